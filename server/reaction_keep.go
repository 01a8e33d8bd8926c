package server

import (
	"github.com/gofiber/fiber/v2"

	pages "ruggespraak/frontend/pages/bundles"
	"ruggespraak/meetings/bundles"
)

var reactionTexts = freeTexts{fields: []string{"toelichting"}}

// reactionKeep keeps the viewer's reaction to a point.
func (s *Server) reactionKeep(c *fiber.Ctx) error {
	n, err := pointNumber(c)
	if err != nil {
		return err
	}
	number := c.Params("nummer")
	kind := field(c, "reactie")
	r, again, err := s.guarded(c, reactionTexts, func(said map[string]string) error {
		return s.svc.Desk.React(ctx(c), viewer(c), number, n, bundles.ReactionKind(kind), field(c, "toelichting"), said)
	})
	if again {
		return s.pointPage(c, formStatus(r), n, &pages.ReactForm{Refused: r, Kind: kind, Text: field(c, "toelichting")}, nil)
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
