package server

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/pages/admin"
	"ruggespraak/frontend/parts"
	"ruggespraak/people"
)

// accountInviteForm is the form of an invitation.
func (s *Server) accountInviteForm(c *fiber.Ctx) error {
	return s.showInvite(c, fiber.StatusOK, people.NewAccount{}, parts.Refusal{})
}

func (s *Server) showInvite(c *fiber.Ctx, status int, n people.NewAccount, refused parts.Refusal) error {
	organisations, regions, err := s.placeOptions(c, "", "")
	if err != nil {
		return err
	}
	page := admin.InvitePage{Page: s.narrow(c, "Iemand uitnodigen"), Refused: refused, Name: n.Name, Mail: n.Mail,
		Roles: roleOptions(n.Roles), Organisation: n.Organisation, Region: n.Region, Organisations: organisations, Regions: regions}
	page.Page.Error = refused.Any()
	return s.render(c, status, admin.Invite(page))
}

func roleOptions(chosen []people.Role) []parts.Option {
	var options []parts.Option
	for _, r := range people.Grantable() {
		options = append(options, parts.Option{Value: string(r), Label: r.Label(), Checked: slices.Contains(chosen, r)})
	}
	return options
}

// accountInvite makes an account and its invitation. The link is the answer
// itself, not a page to go to: it is shown once and kept nowhere.
func (s *Server) accountInvite(c *fiber.Ctx) error {
	n := people.NewAccount{Name: field(c, "naam"), Mail: field(c, "mail"), Organisation: field(c, "organisatie"), Region: field(c, "regio")}
	for _, r := range fields(c, "rol") {
		n.Roles = append(n.Roles, people.Role(r))
	}
	a, token, err := s.svc.House.Directory.Invite(ctx(c), viewer(c), n)
	if r, ok := refused(err); ok {
		return s.showInvite(c, fiber.StatusUnprocessableEntity, n, r)
	}
	if err != nil {
		return err
	}
	return s.showLink(c, a, token, a.Name+" is uitgenodigd")
}

// showLink shows a link once; with an empty token it is on its way by mail.
func (s *Server) showLink(c *fiber.Ctx, a *people.Account, token, title string) error {
	return s.render(c, fiber.StatusOK, admin.Link(admin.LinkPage{
		Page: s.narrow(c, title), Name: a.Name, Mail: a.Mail, Mailed: token == "",
		Link: s.absolute(c, people.InvitationPath+token), Back: "/accounts/" + a.ID,
	}))
}

// absolute is the path as an address that works outside a browser.
func (s *Server) absolute(c *fiber.Ctx, path string) string {
	if s.base != nil {
		return s.base.Scheme + "://" + s.base.Host + path
	}
	return c.Protocol() + "://" + string(c.Request().Host()) + path
}

// accountLink makes a new invitation for an account.
func (s *Server) accountLink(c *fiber.Ctx) error {
	return s.newLink(c, s.svc.House.Directory.Renew)
}

// accountReopen takes back the end of an account.
func (s *Server) accountReopen(c *fiber.Ctx) error {
	return s.newLink(c, s.svc.House.Directory.Reopen)
}
