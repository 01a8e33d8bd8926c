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
	all, next, err := s.svc.House.Journal.List(ctx(c), viewer(c), c.Query("na"))
	if err != nil {
		return err
	}
	return s.showLog(c, all, next, admin.LogPage{})
}

// accountLog shows what happened to one account.
func (s *Server) accountLog(c *fiber.Ctx) error {
	a, err := s.svc.House.Directory.Person(ctx(c), viewer(c), c.Params("id"))
	if err != nil {
		return err
	}
	all, next, err := s.svc.House.Journal.Of(ctx(c), viewer(c), a.ID, c.Query("na"))
	if err != nil {
		return err
	}
	return s.showLog(c, all, next, admin.LogPage{Name: a.Name, Back: "/accounts/" + a.ID})
}

func (s *Server) showLog(c *fiber.Ctx, all []*people.Happening, next string, page admin.LogPage) error {
	names, err := s.svc.House.Directory.Names(ctx(c), namedIn(all))
	if err != nil {
		return err
	}
	page.Page = s.page(c, "Logboek")
	if next != "" {
		page.Next = c.Path() + "?na=" + url.QueryEscape(next)
	}
	if c.Query("na") != "" {
		page.First = c.Path()
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
