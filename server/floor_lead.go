package server

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"ruggespraak/meetings"
	"ruggespraak/people"
)

// Acts of a running meeting. Each ends on its page again; a script is told that
// it was done, and reads the page itself.

func (s *Server) turnRaise(c *fiber.Ctx) error { return s.hand(c, (*meetings.Floor).Raise) }

func (s *Server) turnLower(c *fiber.Ctx) error { return s.hand(c, (*meetings.Floor).Lower) }

// hand raises or lowers one of the viewer's hands.
func (s *Server) hand(c *fiber.Ctx, act func(*meetings.Floor, context.Context, people.Viewer, string, meetings.Hand) error) error {
	h := meetings.Hand(field(c, "voor"))
	if h != meetings.ToSpeak && h != meetings.OfOrder {
		return fiber.ErrBadRequest
	}
	return s.led(c, act(s.svc.Floor, ctx(c), viewer(c), c.Params("id"), h))
}

func (s *Server) turnCall(c *fiber.Ctx) error {
	return s.led(c, s.svc.Floor.Call(ctx(c), viewer(c), c.Params("id"), c.Params("beurt")))
}

func (s *Server) turnFinish(c *fiber.Ctx) error {
	return s.led(c, s.svc.Floor.Finish(ctx(c), viewer(c), c.Params("id"), c.Params("beurt")))
}

func (s *Server) turnDrop(c *fiber.Ctx) error {
	return s.led(c, s.svc.Floor.Drop(ctx(c), viewer(c), c.Params("id"), c.Params("beurt")))
}

// itemLead opens or closes an item, moves everybody to it, or starts or stops
// its timer.
func (s *Server) itemLead(c *fiber.Ctx) error {
	acts := map[string]func(f *meetings.Floor, ctx context.Context, v people.Viewer, meeting, item string) error{
		"nu": (*meetings.Floor).MoveTo, "openen": (*meetings.Floor).OpenItem, "sluiten": (*meetings.Floor).CloseItem,
		"start": (*meetings.Floor).StartTimer, "stop": (*meetings.Floor).StopTimer,
	}
	act := acts[field(c, "doe")]
	if act == nil {
		return fiber.ErrBadRequest
	}
	return s.led(c, act(s.svc.Floor, ctx(c), viewer(c), c.Params("id"), c.Params("punt")))
}

func (s *Server) led(c *fiber.Ctx, err error) error {
	if err != nil {
		return err
	}
	if wantsJSON(c) {
		return c.SendStatus(fiber.StatusNoContent)
	}
	return s.seeOther(c, livePath(c.Params("id")), "")
}
