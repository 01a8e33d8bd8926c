package server

import (
	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/nl"
	pages "ruggespraak/frontend/pages/knowledge"
	"ruggespraak/frontend/parts"
	"ruggespraak/knowledge"
)

// articleDue is «Klopt nog?»: what must be checked.
func (s *Server) articleDue(c *fiber.Ctx) error {
	lines, err := s.svc.Library.Due(ctx(c), viewer(c))
	if err != nil {
		return err
	}
	page := pages.RowsPage{Page: s.narrow(c, "Klopt nog?"), Crumbs: []parts.Link{pages.KnowledgeCrumb}, DemoSay: s.demoDates(),
		Lead:  "Deze artikelen moeten binnen 30 dagen gecontroleerd worden, of hadden dat al moeten zijn.",
		Empty: "Er hoeft nu niets gecontroleerd te worden. U krijgt bericht als dat zo is."}
	for _, l := range lines {
		row := pages.Row{Title: l.Title, Href: "/kennisbank/" + l.Slug, Statuses: articleStatuses(l)}
		if !l.Expired {
			row.Note = "Controleren vóór " + writtenDay(l.Due)
		}
		if !l.Unchecked {
			row.Confirm = row.Href + "/klopt"
		}
		page.Rows = append(page.Rows, row)
	}
	return s.render(c, fiber.StatusOK, pages.Rows(page))
}

// articleBroken lists links between articles that lead nowhere.
func (s *Server) articleBroken(c *fiber.Ctx) error {
	broken, err := s.svc.Library.BrokenLinks(ctx(c), viewer(c))
	if err != nil {
		return err
	}
	page := pages.RowsPage{Page: s.narrow(c, "Kapotte links"), Crumbs: []parts.Link{pages.KnowledgeCrumb},
		Lead:  "Deze artikelen verwijzen naar een artikel dat er niet is.",
		Empty: "Alle links tussen artikelen werken."}
	for _, b := range broken {
		page.Rows = append(page.Rows, pages.Row{Title: b.Title, Href: "/kennisbank/" + b.Slug, Note: "Verwijst naar «" + b.To + "». Dat artikel is er niet."})
	}
	return s.render(c, fiber.StatusOK, pages.Rows(page))
}

// articleDrafts lists what is being written.
func (s *Server) articleDrafts(c *fiber.Ctx) error {
	drafts, err := s.svc.Library.Drafts(ctx(c), viewer(c))
	if err != nil {
		return err
	}
	page := pages.RowsPage{Page: s.narrow(c, "Concepten"), Crumbs: []parts.Link{pages.KnowledgeCrumb},
		Lead:  "Lezers zien een tekst pas als een tweede persoon haar heeft goedgekeurd.",
		Empty: "Er is geen concept van u, en er wacht niets op u."}
	for _, d := range drafts {
		page.Rows = append(page.Rows, pages.Row{Title: d.Title, Href: "/kennisbank/concept/" + d.ID, Statuses: []parts.Status{draftStatus(d)},
			Note: "Bewaard op " + nl.Datum(d.Saved)})
	}
	return s.render(c, fiber.StatusOK, pages.Rows(page))
}

func draftStatus(d knowledge.DraftLine) parts.Status {
	switch {
	case d.Product:
		return parts.Status{Label: "Nieuwere tekst bij Ruggespraak", Tone: parts.ToneWarn}
	case d.Offered && d.Own:
		return parts.Status{Label: "Wacht op goedkeuring"}
	case d.Offered:
		return parts.Status{Label: "Wacht op u", Tone: parts.ToneWarn}
	case d.Returned:
		return parts.Status{Label: "Terug bij u", Tone: parts.ToneWarn}
	default:
		return parts.Status{Label: "Concept", Tone: parts.ToneQuiet}
	}
}

// articleNewForm asks for title and category of a new article.
func (s *Server) articleNewForm(c *fiber.Ctx) error {
	return s.newArticle(c, fiber.StatusOK, parts.Refusal{})
}

// articleNew begins a new article.
func (s *Server) articleNew(c *fiber.Ctx) error {
	var id string
	r, again, err := s.guarded(c, freeTexts{fields: []string{"titel"}, colleagues: true}, func(map[string]string) (err error) {
		id, err = s.svc.Library.Start(ctx(c), viewer(c), field(c, "titel"), field(c, "categorie"))
		return err
	})
	if again {
		return s.newArticle(c, formStatus(r), r)
	}
	if err != nil {
		return err
	}
	return s.seeOther(c, "/kennisbank/concept/"+id, "")
}

func (s *Server) newArticle(c *fiber.Ctx, status int, r parts.Refusal) error {
	page := pages.NewPage{Page: s.narrow(c, "Nieuw artikel"), Crumbs: []parts.Link{pages.KnowledgeCrumb}, Refused: r,
		Title: field(c, "titel"), Category: field(c, "categorie"), Categories: categoryOptions()}
	page.Page.Error = r.Any()
	return s.render(c, status, pages.New(page))
}

func categoryOptions() []parts.Option {
	var all []parts.Option
	for _, category := range knowledge.Categories {
		all = append(all, parts.Option{Value: category.Slug, Label: category.Label})
	}
	return all
}

// articleEdit begins a draft of an article, or opens the one that is there.
func (s *Server) articleEdit(c *fiber.Ctx) error {
	id, err := s.svc.Library.Begin(ctx(c), viewer(c), c.Params("slug"))
	if err != nil {
		return err
	}
	return s.seeOther(c, "/kennisbank/concept/"+id, "")
}

// articleRestore makes a draft of an earlier text.
func (s *Server) articleRestore(c *fiber.Ctx) error {
	number, err := c.ParamsInt("nummer")
	if err != nil {
		return fiber.ErrNotFound
	}
	id, err := s.svc.Library.Restore(ctx(c), viewer(c), c.Params("slug"), number)
	if err != nil {
		return err
	}
	return s.seeOther(c, "/kennisbank/concept/"+id, "Dit is de eerdere tekst. Bied haar aan om haar terug te zetten.")
}
