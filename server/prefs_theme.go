package server

import (
	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/pages/account"
	"ruggespraak/people"
)

func (s *Server) prefsRoutes() []Route {
	own := objects("prefs.own")
	return []Route{
		{get, "/weergave", own, people.Read, "appearance", s.appearance},
		{post, "/weergave", own, people.Update, "appearanceChange", s.appearanceChange},
	}
}

// themeWords are the themes as the form names them.
var themeWords = map[string]people.Theme{"systeem": people.ThemeSystem, "licht": people.ThemeLight, "donker": people.ThemeDark}

// appearance is the choice between light and dark.
func (s *Server) appearance(c *fiber.Ctx) error {
	page := account.ThemePage{Page: s.narrow(c, "Licht of donker")}
	for word, theme := range themeWords {
		if theme == session(c).Theme {
			page.Value = word
		}
	}
	return s.render(c, fiber.StatusOK, account.Theme(page))
}

// appearanceChange keeps the choice on the account. A word that is not on the
// form follows the device.
func (s *Server) appearanceChange(c *fiber.Ctx) error {
	if err := s.svc.House.Directory.SetTheme(ctx(c), viewer(c), themeWords[field(c, "weergave")]); err != nil {
		return err
	}
	return s.seeOther(c, "/weergave", "Uw keuze is bewaard.")
}
