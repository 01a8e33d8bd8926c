package server

import (
	"github.com/gofiber/fiber/v2"

	pages "ruggespraak/frontend/pages/bundles"
	"ruggespraak/meetings/bundles"
)

// reactionKeep keeps the viewer's reaction to a point.
func (s *Server) reactionKeep(c *fiber.Ctx) error {
	n, err := pointNumber(c)
	if err != nil {
		return err
	}
	number := c.Params("nummer")
	kind, text, said := field(c, "reactie"), field(c, "toelichting"), reasonsFor(c, "toelichting")
	err = s.svc.Desk.React(ctx(c), viewer(c), number, n, bundles.ReactionKind(kind), text, said)
	if r, ok := refused(err); ok {
		return s.pointPage(c, fiber.StatusUnprocessableEntity, n, &pages.ReactForm{Refused: r, Reasons: said, Kind: kind, Text: text}, nil)
	}
	return s.back(c, err, pointPath(number, n), "Uw reactie is verstuurd.")
}

// reactionWithdraw takes the viewer's reaction back.
func (s *Server) reactionWithdraw(c *fiber.Ctx) error {
	n, err := pointNumber(c)
	if err != nil {
		return err
	}
	number := c.Params("nummer")
	err = s.svc.Desk.TakeBack(ctx(c), viewer(c), number, n)
	return s.back(c, err, pointPath(number, n), "Uw reactie is ingetrokken.")
}
