package server

import (
	"github.com/gofiber/fiber/v2"
)

// left sends who has signed out to the start page and has the browser forget
// what it kept, so that «Back» shows nothing.
func left(c *fiber.Ctx) error {
	setCookie(c, "")
	c.Set("Clear-Site-Data", `"cache", "storage"`)
	return c.Redirect("/", fiber.StatusSeeOther)
}

// signOut ends this session.
func (s *Server) signOut(c *fiber.Ctx) error {
	if err := s.svc.House.Sessions.End(ctx(c), session(c)); err != nil {
		return err
	}
	return left(c)
}

// signOutEverywhere ends all sessions of the viewer.
func (s *Server) signOutEverywhere(c *fiber.Ctx) error {
	if err := s.svc.House.Sessions.EndAll(ctx(c), viewer(c)); err != nil {
		return err
	}
	return left(c)
}

// signOutOne ends one of the viewer's sessions, mostly another than this.
func (s *Server) signOutOne(c *fiber.Ctx) error {
	handle := c.Params("sessie")
	if handle == session(c).Handle {
		return s.signOut(c)
	}
	if err := s.svc.House.Sessions.EndOne(ctx(c), viewer(c), handle); err != nil {
		return err
	}
	return s.seeOther(c, "/mijn-gegevens/sessies", "U bent daar uitgelogd.")
}
