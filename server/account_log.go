package server

import (
	"cmp"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/nl"
	"ruggespraak/frontend/pages/admin"
	"ruggespraak/people"
)

// happened are the security events in words.
var happened = map[people.What]string{
	people.SignedIn: "Ingelogd", people.SignInRefused: "Inloggen mislukt", people.SignInHeld: "Te vaak geprobeerd in te loggen",
	people.SignedOut: "Uitgelogd", people.SignedOutAll: "Overal uitgelogd", people.RoleChosen: "Verder in een rol",
	people.Invited: "Uitgenodigd", people.LinkRenewed: "Nieuwe link gemaakt", people.Joined: "Uitnodiging gebruikt",
	people.CredentialsNew: "Nieuw wachtwoord en nieuwe codes", people.PasswordNew: "Wachtwoord veranderd",
	people.RoleGiven: "Rol gegeven", people.RoleTaken: "Rol weggehaald", people.AccountChanged: "Gegevens veranderd",
	people.AccountEnded: "Account beëindigd", people.AccountOpened: "Account weer geopend",
}

// securityLog shows what happened to accounts.
func (s *Server) securityLog(c *fiber.Ctx) error {
	after := c.Query("na")
	all, next, err := s.svc.House.Journal.List(ctx(c), viewer(c), after)
	if err != nil {
		return err
	}
	names, err := s.svc.House.Directory.Names(ctx(c), namedIn(all))
	if err != nil {
		return err
	}
	page := admin.LogPage{Page: s.page(c, "Logboek")}
	if next != "" {
		page.Next = "/accounts/logboek?na=" + url.QueryEscape(next)
	}
	if after != "" {
		page.First = "/accounts/logboek"
	}
	for _, h := range all {
		page.Lines = append(page.Lines, logLine(h, names))
	}
	return s.render(c, fiber.StatusOK, admin.Log(page))
}

func namedIn(all []*people.Happening) []string {
	var ids []string
	for _, h := range all {
		ids = append(ids, h.Account, h.By)
	}
	return ids
}

func logLine(h *people.Happening, names map[string]string) admin.LogLine {
	what := happened[h.What]
	if h.Role != "" {
		what += ": " + h.Role.Label()
	}
	return admin.LogLine{
		What: what, When: nl.DatumUur(h.At), Network: cmp.Or(h.Network, "Onbekend"),
		Who: cmp.Or(names[h.Account], "Onbekend"), By: cmp.Or(names[h.By], "Zelf"),
	}
}
