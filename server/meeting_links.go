package server

import (
	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/parts"
	"ruggespraak/internal/fault"
	"ruggespraak/meetings"
)

// titleOf gives title and address of something on an agenda; empty when the
// viewer may not read it or it is no longer there.
func (s *Server) titleOf(c *fiber.Ctx, l meetings.Link) (parts.Link, error) {
	if l.Kind == meetings.LinkCluster {
		return s.clusterTitle(c, l.ID)
	}
	briefs, err := s.svc.Book.Brief(ctx(c), viewer(c), []string{l.ID})
	if err != nil || len(briefs) == 0 {
		return parts.Link{}, err
	}
	return parts.Link{Label: briefs[0].Title, Href: "/inbreng/" + l.ID}, nil
}

func (s *Server) clusterTitle(c *fiber.Ctx, id string) (parts.Link, error) {
	cluster, err := s.svc.Book.ClusterFor(ctx(c), viewer(c), id)
	if fault.Is(err, fault.NotFound) || fault.Is(err, fault.Forbidden) {
		return parts.Link{}, nil
	}
	if err != nil {
		return parts.Link{}, err
	}
	return parts.Link{Label: cluster.Heading, Href: "/inbreng/clusters/" + id}, nil
}
