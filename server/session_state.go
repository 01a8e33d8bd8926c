package server

import (
	"github.com/gofiber/fiber/v2"

	"ruggespraak/people"
)

// resume finds out who asks.
func (s *Server) resume(*fiber.Ctx) error { return nil }

// rememberPlace keeps on the server where a visitor wanted to go.
func (s *Server) rememberPlace(*fiber.Ctx, Route) {}

// carryForm carries what was posted on a dead session through signing in.
func (s *Server) carryForm(c *fiber.Ctx, _ Route) error {
	return c.Redirect("/inloggen", fiber.StatusSeeOther)
}

// token is the session's token for forms; empty without a session.
func (s *Server) token(*fiber.Ctx) string { return "" }

// tokenFits tells whether the form carries the token of this very session.
func (s *Server) tokenFits(*fiber.Ctx) bool { return false }

// theme is "light", "dark" or empty.
func (s *Server) theme(*fiber.Ctx) string { return "" }

// takeFlash takes the sentence that the action before left.
func (s *Server) takeFlash(*fiber.Ctx) string { return "" }

// leaveFlash leaves a sentence for the next page.
func (s *Server) leaveFlash(*fiber.Ctx, string) error { return nil }

// unread counts the viewer's unread notices.
func (s *Server) unread(*fiber.Ctx) int { return 0 }

// enter signs somebody in and goes where the visitor was going.
func (s *Server) enter(c *fiber.Ctx, _ string, _ people.Role) error {
	return c.Redirect("/", fiber.StatusSeeOther)
}
