package server

import (
	"github.com/gofiber/fiber/v2"

	pages "ruggespraak/frontend/pages/bundles"
	"ruggespraak/frontend/parts"
)

// bundleOffer puts a draft before a colleague.
func (s *Server) bundleOffer(c *fiber.Ctx) error {
	number := c.Params("nummer")
	err := s.svc.Desk.Offer(ctx(c), viewer(c), number)
	return s.back(c, err, bundlePath(number), "De bundel is aangeboden. Uw collega krijgt bericht.")
}

// bundleApprove approves what the approver read.
func (s *Server) bundleApprove(c *fiber.Ctx) error {
	number := c.Params("nummer")
	err := s.svc.Desk.Approve(ctx(c), viewer(c), number, field(c, "kenmerk"))
	return s.back(c, err, bundlePath(number), "U hebt de bundel goedgekeurd.")
}

// bundleSettle freezes an approved bundle.
func (s *Server) bundleSettle(c *fiber.Ctx) error {
	number := c.Params("nummer")
	err := s.svc.Desk.Settle(ctx(c), viewer(c), number)
	return s.back(c, err, bundlePath(number), "De bundel is vastgesteld.")
}

// bundleSend lets the readers find a frozen bundle.
func (s *Server) bundleSend(c *fiber.Ctx) error {
	number := c.Params("nummer")
	err := s.svc.Desk.Send(ctx(c), viewer(c), number)
	return s.back(c, err, bundlePath(number), "De bundel is verstuurd.")
}

// bundleClose ends a draft without points.
func (s *Server) bundleClose(c *fiber.Ctx) error {
	number := c.Params("nummer")
	err := s.svc.Desk.Close(ctx(c), viewer(c), number)
	return s.back(c, err, bundlePath(number), "De bundel is gesloten. De lezers zien dat er niets te sturen was.")
}

var recallTexts = freeTexts{fields: []string{"reden"}}

// bundleRecallForm asks why a sent bundle is withdrawn.
func (s *Server) bundleRecallForm(c *fiber.Ctx) error {
	return s.recallPage(c, pages.ReasonPage{})
}

// bundleRecall withdraws a sent bundle.
func (s *Server) bundleRecall(c *fiber.Ctx) error {
	number := c.Params("nummer")
	r, again, err := s.guarded(c, recallTexts, func(said map[string]string) error {
		return s.svc.Desk.Recall(ctx(c), viewer(c), number, field(c, "reden"), said)
	})
	if again {
		return s.recallPage(c, pages.ReasonPage{Refused: r, Value: field(c, "reden")})
	}
	return s.back(c, err, bundlePath(number), "De bundel is ingetrokken. De lezers krijgen bericht.")
}

func (s *Server) recallPage(c *fiber.Ctx, page pages.ReasonPage) error {
	in, err := s.svc.Desk.Inspect(ctx(c), viewer(c), c.Params("nummer"))
	if err != nil {
		return err
	}
	page.Page = s.narrow(c, "Bundel "+in.Number+" intrekken")
	page.Page.Error = page.Refused.Any()
	page.Crumbs = []parts.Link{bundlesCrumb, {Label: bundleName(in.Number, in.Addressee), Href: bundlePath(in.Number)}}
	page.Action = c.Path()
	page.Lead = "De lezers kunnen de punten daarna niet meer lezen. Zij krijgen een mail."
	return s.render(c, formStatus(page.Refused), pages.Reason(page))
}
