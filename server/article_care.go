package server

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	pages "ruggespraak/frontend/pages/knowledge"
	"ruggespraak/frontend/parts"
	"ruggespraak/internal/fault"
	"ruggespraak/knowledge"
)

func articlePath(c *fiber.Ctx) string { return "/kennisbank/" + c.Params("slug") }

// articleApprove approves an article that came with the product.
func (s *Server) articleApprove(c *fiber.Ctx) error {
	number, _ := strconv.Atoi(field(c, "versie")) // no number: no version of the article
	if err := s.svc.Library.ApproveShipped(ctx(c), viewer(c), c.Params("slug"), number); err != nil {
		return err
	}
	return s.seeOther(c, articlePath(c), "U hebt dit artikel goedgekeurd.")
}

// articleConfirm is «Klopt nog».
func (s *Server) articleConfirm(c *fiber.Ctx) error {
	if err := s.svc.Library.Confirm(ctx(c), viewer(c), c.Params("slug")); err != nil {
		return err
	}
	to := articlePath(c)
	if field(c, "terug") == "lijst" {
		to = "/kennisbank/klopt-nog"
	}
	return s.seeOther(c, to, "U hebt bevestigd dat dit artikel nog klopt.")
}

// articleManageForm asks who looks after an article and who may read it.
func (s *Server) articleManageForm(c *fiber.Ctx) error {
	return s.manage(c, fiber.StatusOK, pages.ManagePage{})
}

// articleManage keeps that choice.
func (s *Server) articleManage(c *fiber.Ctx) error {
	care := knowledge.Care{Owner: field(c, "eigenaar"), Audience: knowledge.Audience(field(c, "publiek"))}
	err := s.svc.Library.Manage(ctx(c), viewer(c), c.Params("slug"), care)
	if r, ok := refused(err); ok {
		return s.manage(c, fiber.StatusUnprocessableEntity, pages.ManagePage{Refused: r, Owner: care.Owner, Audience: string(care.Audience)})
	}
	if err != nil {
		return err
	}
	return s.seeOther(c, articlePath(c), "De eigenaar en de lezers zijn bewaard.")
}

func (s *Server) manage(c *fiber.Ctx, status int, page pages.ManagePage) error {
	a, err := s.svc.Library.Article(ctx(c), viewer(c), c.Params("slug"))
	if err != nil {
		return err
	}
	if !a.May.Manage {
		return fault.ForbiddenError()
	}
	members, err := s.svc.Library.Members(ctx(c))
	if err != nil {
		return err
	}
	if !page.Refused.Any() {
		page.Owner, page.Audience = a.OwnerID, string(a.Audience)
	}
	page.Page, page.RemoveTo = s.narrow(c, "Eigenaar en lezers"), articlePath(c)+"/weghalen"
	page.Page.Error = page.Refused.Any()
	page.Crumbs = []parts.Link{pages.KnowledgeCrumb, {Label: a.Title, Href: articlePath(c)}}
	page.Owners = []parts.Option{{Value: "", Label: "De voorzitter"}}
	for _, m := range members {
		page.Owners = append(page.Owners, parts.Option{Value: m.ID, Label: m.Name})
	}
	page.Audiences = []parts.Option{{Value: string(knowledge.Closed), Label: "Besloten", Help: "Zorgcoördinatoren, SOM en Task Force."},
		{Value: string(knowledge.Public), Label: "Openbaar", Help: "Iedereen, ook zonder account."}}
	return s.render(c, status, pages.Manage(page))
}

// articleRemove takes an article out of the knowledge base.
func (s *Server) articleRemove(c *fiber.Ctx) error {
	if err := s.svc.Library.Remove(ctx(c), viewer(c), c.Params("slug")); err != nil {
		return err
	}
	return s.seeOther(c, "/kennisbank", "Het artikel staat niet meer in de kennisbank.")
}
