package server

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/nl"
	pages "ruggespraak/frontend/pages/knowledge"
	"ruggespraak/frontend/parts"
	"ruggespraak/knowledge"
	"ruggespraak/people"
)

// articleRoutes stand last in the table: what is no other address of the
// knowledge base is an article.
func (s *Server) articleRoutes() []Route {
	own, writers, drafts := objects("kb.draft.own"), objects("kb.draft.own", "kb.draft.editor"), objects("kb.draft.own", "kb.draft.editor", "kb.draft.other")
	work := own // lists for who writes and looks after articles
	members, public, either := objects("kb.members"), objects("kb.public"), objects("kb.members", "kb.public")
	return []Route{
		{get, "/kennisbank", members, people.List, "articleList", s.articleList},
		{get, "/kennisbank/klopt-nog", work, people.List, "articleDue", s.articleDue},
		{get, "/kennisbank/kapotte-links", work, people.List, "articleBroken", s.articleBroken},
		{get, "/kennisbank/concepten", drafts, people.List, "draftList", s.articleDrafts},
		{get, "/kennisbank/nieuw", own, people.Create, "articleNewForm", s.articleNewForm},
		{post, "/kennisbank/nieuw", own, people.Create, "articleNew", s.articleNew},
		{get, "/kennisbank/concept/:id", drafts, people.Read, "articleDraft", s.articleDraft},
		{post, "/kennisbank/concept/:id", writers, people.Update, "articleDraftSave", s.articleDraftSave},
		{post, "/kennisbank/concept/:id/bewaren", writers, people.Update, "articleDraftKeep", s.articleDraftKeep},
		{post, "/kennisbank/concept/:id/aanbieden", own, people.Act, "articleDraftOffer", s.articleDraftOffer},
		{post, "/kennisbank/concept/:id/weggooien", own, people.Delete, "articleDraftThrow", s.articleDraftThrow},
		{post, "/kennisbank/concept/:id/redacteuren", own, people.Update, "articleDraftEditors", s.articleDraftEditors},
		{post, "/kennisbank/concept/:id/terugsturen", objects("kb.draft.other"), people.Act, "articleDraftReturn", s.articleDraftReturn},
		{post, "/kennisbank/concept/:id/goedkeuren", objects("kb.approve.other"), people.Act, "articleDraftApprove", s.articleDraftApprove},
		{get, "/kennisbank/:slug", members, people.Read, "articleShow", s.articleShow},
		{get, "/openbaar/kennisbank", public, people.List, "articlePublicList", s.articlePublicList},
		{get, "/openbaar/kennisbank/:slug", public, people.Read, "articlePublicShow", s.articlePublicShow},
		{post, "/kennisbank/:slug/bewerken", own, people.Create, "articleEdit", s.articleEdit},
		{post, "/kennisbank/:slug/versies/:nummer/terugzetten", own, people.Create, "articleRestore", s.articleRestore},
		{post, "/kennisbank/:slug/goedkeuren", objects("kb.approve.other"), people.Act, "articleApprove", s.articleApprove},
		{get, "/kennisbank/:slug/beheer", either, people.Update, "articleManageForm", s.articleManageForm},
		{post, "/kennisbank/:slug/beheer", either, people.Update, "articleManage", s.articleManage},
		{post, "/kennisbank/:slug/weghalen", either, people.Delete, "articleRemove", s.articleRemove},
		{post, "/kennisbank/:slug/klopt", either, people.Act, "articleConfirm", s.articleConfirm},
		{get, "/kennisbank/:slug/versies", members, people.Read, "articleVersions", s.articleVersions},
		{get, "/kennisbank/:slug/versies/:nummer", members, people.Read, "articleCompare", s.articleCompare},
		{get, "/kennisbank/:slug/markdown", members, people.Read, "articleMarkdown", s.articleMarkdown},
		{get, "/kennisbank/:slug/odt", members, people.Read, "articleODT", s.articleODT},
	}
}

// articleList is the index for members, SOM and Task Force.
func (s *Server) articleList(c *fiber.Ctx) error {
	lines, err := s.svc.Library.List(ctx(c), viewer(c))
	if err != nil {
		return err
	}
	page := pages.ListPage{Page: s.page(c, "Kennisbank"), Lead: "Uitleg en afspraken, met bronnen en met de dag waarop iemand ze controleerde.",
		Shelves: shelves("/kennisbank/", lines), Routes: s.compensation(), DemoSay: s.demoDates()}
	if viewer(c).ActiveRole().Member() {
		page.NewHref = "/kennisbank/nieuw"
		page.Work = []parts.Link{{Label: "Concepten", Href: "/kennisbank/concepten"}, {Label: "Klopt nog?", Href: "/kennisbank/klopt-nog"},
			{Label: "Kapotte links", Href: "/kennisbank/kapotte-links"}}
	}
	return s.render(c, fiber.StatusOK, pages.List(page))
}

// articlePublicList is the index for everybody.
func (s *Server) articlePublicList(c *fiber.Ctx) error {
	lines, err := s.svc.Library.PublicList(ctx(c), viewer(c))
	if err != nil {
		return err
	}
	return s.render(c, fiber.StatusOK, pages.List(pages.ListPage{Page: s.page(c, "Kennisbank"), DemoSay: s.demoDates(), Routes: s.compensation(),
		Lead: "Uitleg over hulp aan slachtoffers van mensenhandel, met bronnen.", Shelves: shelves("/openbaar/kennisbank/", lines)}))
}

// compensation leads to the comparator and the guide from the day they exist.
func (s *Server) compensation() []parts.Link {
	var links []parts.Link
	for _, l := range []parts.Link{{Label: "Drie routes vergelijken", Href: "/kennisbank/compensatie"},
		{Label: "Keuzehulp", Href: "/kennisbank/compensatie/keuzehulp"}, {Label: "Keuzehulp", Href: "/kennisbank/keuzehulp"}} {
		if s.pages[l.Href] {
			links = append(links, l)
		}
	}
	return links
}

// demoDates says in the demo that the knowledge base does not follow its clock.
func (s *Server) demoDates() string {
	if s.cfg.Demo == nil {
		return ""
	}
	return "De datums in de kennisbank volgen de echte kalender, niet die van de demo. Het is vandaag " + nl.Datum(s.svc.Real()) + "."
}

// shelves puts articles under their categories.
func shelves(base string, lines []knowledge.Line) []pages.Shelf {
	var all []pages.Shelf
	for _, category := range knowledge.Categories {
		shelf := pages.Shelf{ID: category.Slug, Title: category.Label}
		for _, l := range lines {
			if l.Category == category.Slug {
				shelf.Rows = append(shelf.Rows, pages.Row{Title: l.Title, Href: base + l.Slug, Summary: l.Summary, Statuses: articleStatuses(l)})
			}
		}
		if len(shelf.Rows) > 0 {
			all = append(all, shelf)
		}
	}
	return all
}

// articleStatuses are the marks of an article.
func articleStatuses(l knowledge.Line) []parts.Status {
	var all []parts.Status
	if l.Unchecked {
		all = append(all, parts.Status{Label: "Nog niet gecontroleerd door CoMensha", Tone: parts.ToneWarn})
	}
	if l.Expired {
		all = append(all, parts.Status{Label: "Had vóór " + writtenDay(l.Due) + " gecontroleerd moeten zijn", Tone: parts.ToneWarn})
	}
	return all
}

// writtenDay writes a stored day in words; what is no day stays.
func writtenDay(day string) string {
	t, err := time.ParseInLocation(time.DateOnly, day, nl.Zone())
	if err != nil {
		return day
	}
	return nl.Datum(t)
}
