package server

import (
	"context"
	"slices"

	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/nl"
	"ruggespraak/frontend/pages/admin"
	"ruggespraak/frontend/parts"
	"ruggespraak/people"
)

// account is the page of somebody's account.
func (s *Server) account(c *fiber.Ctx) error {
	a, err := s.svc.House.Directory.Person(ctx(c), viewer(c), c.Params("id"))
	if err != nil {
		return err
	}
	return s.showAccount(c, fiber.StatusOK, a, parts.Refusal{})
}

func (s *Server) showAccount(c *fiber.Ctx, status int, a *people.Account, refused parts.Refusal) error {
	v := viewer(c)
	organisations, regions, err := s.placeOptions(c, a.Organisation, a.Region)
	if err != nil {
		return err
	}
	page := admin.AccountPage{
		Page: s.narrow(c, a.Name), Refused: refused, Name: a.Name, Mail: a.Mail, Status: personStatus(a.Joined != nil, a.Ended != nil),
		Organisation: a.Organisation, Region: a.Region, Organisations: organisations, Regions: regions,
		Roles: roleLines(v, a), Free: freeRoles(a),
		Own: a.ID == v.Account, Ended: a.Ended != nil, Action: "/accounts/" + a.ID,
	}
	page.Page.Error = refused.Any()
	return s.render(c, status, admin.Show(page))
}

func roleLines(v people.Viewer, a *people.Account) []admin.RoleLine {
	var lines []admin.RoleLine
	for _, r := range a.Roles {
		lines = append(lines, admin.RoleLine{Value: string(r), Label: r.Label()})
	}
	for _, g := range a.Waiting {
		confirm := g.By != v.Account && a.ID != v.Account
		lines = append(lines, admin.RoleLine{Value: string(g.Role), Label: g.Role.Label(), Waits: true, Confirm: confirm})
	}
	return lines
}

func freeRoles(a *people.Account) []parts.Option {
	var free []parts.Option
	for _, r := range people.Grantable() {
		waits := slices.ContainsFunc(a.Waiting, func(g people.Grant) bool { return g.Role == r })
		if !a.Has(r) && !waits {
			free = append(free, parts.Option{Value: string(r), Label: r.Label()})
		}
	}
	return free
}

// accountChange changes name, organisation and region.
func (s *Server) accountChange(c *fiber.Ctx) error {
	change := people.Change{Name: field(c, "naam"), Organisation: field(c, "organisatie"), Region: field(c, "regio")}
	err := s.svc.House.Directory.Change(ctx(c), viewer(c), c.Params("id"), change)
	if r, ok := refused(err); ok {
		a, err := s.svc.House.Directory.Person(ctx(c), viewer(c), c.Params("id"))
		if err != nil {
			return err
		}
		a.Name, a.Organisation, a.Region = change.Name, change.Organisation, change.Region
		return s.showAccount(c, fiber.StatusUnprocessableEntity, a, r)
	}
	if err != nil {
		return err
	}
	return s.seeOther(c, "/accounts/"+c.Params("id"), "De gegevens zijn bewaard.")
}

// roleGive gives the account a role.
func (s *Server) roleGive(c *fiber.Ctx) error {
	return s.changeRole(c, s.svc.House.Directory.GiveRole, "De rol is gegeven, of wacht op een tweede beheerder.")
}

// roleTake takes a role away.
func (s *Server) roleTake(c *fiber.Ctx) error {
	return s.changeRole(c, s.svc.House.Directory.TakeRole, "De rol is weggehaald.")
}

// roleConfirm gives a role that another administrator proposed.
func (s *Server) roleConfirm(c *fiber.Ctx) error {
	return s.changeRole(c, s.svc.House.Directory.ConfirmRole, "De rol is bevestigd.")
}

func (s *Server) changeRole(c *fiber.Ctx, change func(context.Context, people.Viewer, string, people.Role) error, said string) error {
	id := c.Params("id")
	err := change(ctx(c), viewer(c), id, people.Role(field(c, "rol")))
	if r, ok := refused(err); ok {
		a, err := s.svc.House.Directory.Person(ctx(c), viewer(c), id)
		if err != nil {
			return err
		}
		return s.showAccount(c, fiber.StatusUnprocessableEntity, a, r)
	}
	if err != nil {
		return err
	}
	return s.seeOther(c, "/accounts/"+id, said)
}

// newLink makes a link for the account and shows it.
func (s *Server) newLink(c *fiber.Ctx, make func(context.Context, people.Viewer, string) (string, error)) error {
	token, err := make(ctx(c), viewer(c), c.Params("id"))
	if err != nil {
		return err
	}
	a, err := s.svc.House.Directory.Person(ctx(c), viewer(c), c.Params("id"))
	if err != nil {
		return err
	}
	return s.showLink(c, a, token, "Nieuwe link voor "+a.Name)
}

// accountEnd ends an account.
func (s *Server) accountEnd(c *fiber.Ctx) error {
	if err := s.svc.House.Directory.End(ctx(c), viewer(c), c.Params("id")); err != nil {
		return err
	}
	return s.seeOther(c, "/accounts/"+c.Params("id"), "Het account is beëindigd.")
}

// accountSessions shows where somebody is signed in.
func (s *Server) accountSessions(c *fiber.Ctx) error {
	a, err := s.svc.House.Directory.Person(ctx(c), viewer(c), c.Params("id"))
	if err != nil {
		return err
	}
	seen, err := s.svc.House.Sessions.ListOf(ctx(c), viewer(c), a.ID)
	if err != nil {
		return err
	}
	page := admin.SessionsPage{Page: s.narrow(c, "Waar ingelogd"), Name: a.Name, Action: "/accounts/" + a.ID}
	for _, one := range seen {
		line := "Ingelogd " + nl.DatumUur(one.SignedIn) + ", laatst gebruikt " + nl.DatumUur(one.Used)
		page.Sessions = append(page.Sessions, admin.Session{Device: one.Device, Line: line})
	}
	return s.render(c, fiber.StatusOK, admin.Sessions(page))
}

// accountSignOut ends all sessions of an account.
func (s *Server) accountSignOut(c *fiber.Ctx) error {
	id := c.Params("id")
	if err := s.svc.House.Sessions.EndAllOf(ctx(c), viewer(c), id); err != nil {
		return err
	}
	if id == viewer(c).Account {
		return left(c)
	}
	return s.seeOther(c, "/accounts/"+id+"/sessies", "Dit account is overal uitgelogd.")
}
