package server

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/parts"
	"ruggespraak/people"
)

// menuEntry is a section of the product. It stands in a menu from the day its
// page exists: when the table has a GET route for its address.
type menuEntry struct{ label, href string }

var (
	entryStart     = menuEntry{"Start", "/"}
	entrySignals   = menuEntry{"Inbreng", "/inbreng"}
	entryMeetings  = menuEntry{"Overleggen", "/overleggen"}
	entryBundles   = menuEntry{"Bundels", "/bundels"}
	entryPoints    = menuEntry{"Punten", "/punten"}
	entryThemes    = menuEntry{"Thema's", "/themas"}
	entryFeedback  = menuEntry{"Terugkoppeling", "/terugkoppeling"}
	entryKnowledge = menuEntry{"Kennisbank", "/kennisbank"}
	entryDirectory = menuEntry{"Wie is waar", "/wie-is-waar"}
	entrySubjects  = menuEntry{"Onderwerpen", "/onderwerpen"}
	entryActions   = menuEntry{"Actiepunten", "/actiepunten"}
	entryAccounts  = menuEntry{"Accounts", "/accounts"}
	entryTasks     = menuEntry{"Taken", "/taken"}
	entryManage    = menuEntry{"Beheer", "/beheer"}
)

// menus are the entries per role, first those in sight, then those behind «Meer».
var menus = map[people.Role][2][]menuEntry{
	people.Coordinator: {{entryStart, entrySignals, entryMeetings, entryFeedback, entryKnowledge, entryDirectory}},
	people.Chair: {{entryStart, entrySignals, entryMeetings, entryBundles, entryFeedback},
		{entryThemes, entryKnowledge, entryDirectory, entrySubjects, entryActions}},
	people.SOMMember:     {{entryStart, entryBundles, entryThemes, entryFeedback, entryKnowledge}},
	people.TaskForce:     {{entryStart, entryPoints, entryFeedback, entryKnowledge}},
	people.Administrator: {{entryStart, entryAccounts, entryTasks, entryManage}},
}

func (s *Server) menuFor(c *fiber.Ctx, v people.Viewer) *parts.Viewer {
	entries := menus[v.ActiveRole()]
	return &parts.Viewer{
		Name: v.Name, RoleLabel: v.ActiveRole().Label(), AccountHref: "/mijn-gegevens", Unread: s.unread(c),
		Menu: s.menuItems(entries[0], c.Path()), More: s.menuItems(entries[1], c.Path()),
	}
}

func (s *Server) menuItems(entries []menuEntry, path string) []parts.MenuItem {
	var items []parts.MenuItem
	for _, e := range entries {
		if s.pages[e.href] {
			items = append(items, parts.MenuItem{Label: e.label, Href: e.href, Current: inSection(path, e.href)})
		}
	}
	return items
}

// inSection tells whether the path belongs to the section at href.
func inSection(path, href string) bool {
	return path == href || (href != "/" && strings.HasPrefix(path, href+"/"))
}
