package server

import (
	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/nl"
	pages "ruggespraak/frontend/pages/routes"
)

// startRoutes tells a chair what to check in the comparator and the guide.
func (s *Server) startRoutes(c *fiber.Ctx) ([]startSection, error) {
	if !mayReview(c) {
		return nil, nil
	}
	due, err := s.svc.Routes.Due(ctx(c), viewer(c))
	if err != nil || due == 0 {
		return nil, err
	}
	return []startSection{{rank: rankElse, body: pages.Start(pages.StartPart{Href: comparePath, Title: compareTitle,
		Line: nl.Aantal(due, "tekst", "teksten") + " na te kijken bij de bron"})}}, nil
}
