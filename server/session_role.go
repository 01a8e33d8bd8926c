package server

import (
	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/pages/account"
	"ruggespraak/people"
)

// roles is the page where one of several roles is chosen.
func (s *Server) roles(c *fiber.Ctx) error {
	sess := session(c)
	if sess == nil || sess.Account == "" {
		return c.Redirect("/inloggen", fiber.StatusSeeOther)
	}
	return s.showRoles(c, sess, carriedForm{})
}

func (s *Server) showRoles(c *fiber.Ctx, sess *people.Session, form carriedForm) error {
	a, err := s.svc.House.Directory.Account(ctx(c), sess.Account)
	if err != nil {
		return err
	}
	page := account.RolePage{Page: s.bare(c, "Kies uw rol"), Roles: roleChoices(a, sess.Role)}
	if form.route.Path != "" {
		page.Carried = form.hidden()
	}
	return s.render(c, fiber.StatusOK, account.ChooseRole(page))
}

func roleChoices(a *people.Account, current people.Role) []account.Role {
	var all []account.Role
	for _, r := range a.Roles {
		all = append(all, account.Role{Value: string(r), Label: r.Label(), Current: r == current})
	}
	return all
}

// roleChoose goes on in another role, in a new session.
func (s *Server) roleChoose(c *fiber.Ctx) error {
	sess := session(c)
	token, next, err := s.svc.House.Sessions.ChooseRole(ctx(c), viewer(c), sess, people.Role(field(c, "rol")))
	if err != nil {
		return err
	}
	s.takeOn(c, token, next)
	return s.goOn(c, next)
}
