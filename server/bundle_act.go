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

// bundleRecallForm asks why a sent bundle is withdrawn.
func (s *Server) bundleRecallForm(c *fiber.Ctx) error {
	return s.recallPage(c, fiber.StatusOK, pages.ReasonPage{})
}

// bundleRecall withdraws a sent bundle.
func (s *Server) bundleRecall(c *fiber.Ctx) error {
	number := c.Params("nummer")
	err := s.svc.Desk.Recall(ctx(c), viewer(c), number, field(c, "reden"), reasonsFor(c, "reden"))
	if r, ok := refused(err); ok {
		return s.recallPage(c, fiber.StatusUnprocessableEntity, pages.ReasonPage{Refused: r, Value: field(c, "reden"), Reasons: reasonsFor(c, "reden")})
	}
	return s.back(c, err, bundlePath(number), "De bundel is ingetrokken. De lezers krijgen bericht.")
}

func (s *Server) recallPage(c *fiber.Ctx, status int, page pages.ReasonPage) error {
	in, err := s.svc.Desk.Inspect(ctx(c), viewer(c), c.Params("nummer"))
	if err != nil {
		return err
	}
	page.Page = s.narrow(c, "Bundel "+in.Number+" intrekken")
	page.Page.Error = page.Refused.Any()
	page.Crumbs = []parts.Link{bundlesCrumb, {Label: bundleName(in.Number, in.Addressee), Href: bundlePath(in.Number)}}
	page.Action = c.Path()
	page.Lead = "De lezers kunnen de punten daarna niet meer lezen. Zij krijgen een mail."
	return s.render(c, status, pages.Reason(page))
}
