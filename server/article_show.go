package server

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/nl"
	pages "ruggespraak/frontend/pages/knowledge"
	"ruggespraak/frontend/parts"
	"ruggespraak/knowledge"
	"ruggespraak/people"
)

// articleShow shows an article to members, SOM and Task Force.
func (s *Server) articleShow(c *fiber.Ctx) error {
	a, err := s.svc.Library.Article(ctx(c), viewer(c), c.Params("slug"))
	if err != nil {
		return err
	}
	page := s.articlePage(c, a, "/kennisbank")
	page.Tools = articleTools(a, viewer(c))
	return s.render(c, fiber.StatusOK, pages.Show(page))
}

// articlePublicShow shows an article that everybody may read.
func (s *Server) articlePublicShow(c *fiber.Ctx) error {
	a, err := s.svc.Library.PublicArticle(ctx(c), viewer(c), c.Params("slug"))
	if err != nil {
		return err
	}
	return s.render(c, fiber.StatusOK, pages.Show(s.articlePage(c, a, "/openbaar/kennisbank")))
}

func (s *Server) articlePage(c *fiber.Ctx, a *knowledge.Seen, base string) pages.ShowPage {
	category, _ := knowledge.CategoryOf(a.Category)
	page := pages.ShowPage{
		Page: s.page(c, a.Title), Title: a.Title, Summary: a.Summary, Statuses: articleStatuses(a.Line),
		Crumbs:   []parts.Link{{Label: "Kennisbank", Href: base}, {Label: category.Label, Href: base + "#" + category.Slug}},
		Contents: contentsOf(a), Text: rendered(a.HTML), Unsure: a.Text.Unsure, Sources: sourcesOf(a.Text), Facts: articleFacts(a), DemoSay: s.demoDates(), Advice: knowledge.Advice,
		Related: aroundOf(base, a.Related), Links: aroundOf(base, a.Backlink),
	}
	if a.CheckedOn != "" && !a.Expired {
		page.Checked = "Gecontroleerd op " + writtenDay(a.CheckedOn) + ", volgende controle vóór " + writtenDay(a.Due) + "."
	}
	if a.Expired {
		page.Expired = expiredLine(a.Line)
	}
	page.Page.Print = fmt.Sprintf("%s. Afgedrukt op %s van %s", a.Title, nl.Datum(s.svc.Real()), s.addressOf(c))
	return page
}

// addressOf is the whole address of the page, for paper.
func (s *Server) addressOf(c *fiber.Ctx) string {
	if s.base != nil {
		return strings.TrimSuffix(s.base.String(), "/") + c.Path()
	}
	return c.BaseURL() + c.Path()
}

func contentsOf(a *knowledge.Seen) []pages.Heading {
	var all []pages.Heading
	for _, h := range a.Contents {
		all = append(all, pages.Heading{Sub: h.Level > 2, Href: "#" + h.ID, Text: h.Text})
	}
	return all
}

func sourcesOf(t knowledge.Text) []pages.Source {
	var all []pages.Source
	for _, o := range t.Sources {
		all = append(all, pages.Source{Text: o.Title, Href: o.URL, Date: writtenDay(o.Date)})
	}
	return all
}

// aroundOf are articles beside this one; what must be checked says so.
func aroundOf(base string, lines []knowledge.Line) []pages.Row {
	var all []pages.Row
	for _, l := range lines {
		row := pages.Row{Title: l.Title, Href: base + "/" + l.Slug}
		if l.Expired {
			row.Note = knowledge.Expiry
		}
		all = append(all, row)
	}
	return all
}

func articleFacts(a *knowledge.Seen) []parts.Fact {
	var facts []parts.Fact
	checked := "Nog niet gecontroleerd door CoMensha"
	if a.CheckedOn != "" {
		checked = "Op " + writtenDay(a.CheckedOn)
		if a.CheckedBy != "" {
			checked += ", door " + a.CheckedBy
		}
	}
	facts = append(facts, parts.Fact{Term: "Gecontroleerd", Text: checked})
	if a.Due != "" {
		facts = append(facts, parts.Fact{Term: "Volgende controle", Text: "Vóór " + writtenDay(a.Due)})
	}
	if a.Text.Valid != "" {
		facts = append(facts, parts.Fact{Term: "Geldig per", Text: writtenDay(a.Text.Valid)})
	}
	if a.May.Edit {
		facts = append(facts, parts.Fact{Term: "Eigenaar", Text: ownerName(a)}, parts.Fact{Term: "Te lezen voor", Text: audienceLabel(a.Audience)})
	}
	return facts
}

func ownerName(a *knowledge.Seen) string {
	if a.Owner != "" {
		return a.Owner
	}
	return "De voorzitter"
}

func audienceLabel(a knowledge.Audience) string {
	if a == knowledge.Public {
		return "Iedereen (openbaar)"
	}
	return "Zorgcoördinatoren, SOM en Task Force (besloten)"
}

// articleTools are what the viewer can do with the article.
func articleTools(a *knowledge.Seen, v people.Viewer) *pages.Tools {
	base := "/kennisbank/" + a.Slug
	tools := &pages.Tools{Versions: base + "/versies", Markdown: base + "/markdown", ODT: base + "/odt", Number: strconv.Itoa(a.Number)}
	when := func(may bool, path string) string {
		if may {
			return base + path
		}
		return ""
	}
	tools.EditTo, tools.ConfirmTo = when(a.May.Edit, "/bewerken"), when(a.May.Confirm, "/klopt")
	tools.ApproveTo, tools.ManageHref = when(a.May.Approve, "/goedkeuren"), when(a.May.Manage, "/beheer")
	if a.Unchecked && v.ActiveRole() == people.Chair {
		tools.Approved = fmt.Sprintf("%d van de 2 voorzitters hebben dit artikel goedgekeurd.", a.Approved)
	}
	return tools
}

// articleMarkdown gives the article as a file with its front matter.
func (s *Server) articleMarkdown(c *fiber.Ctx) error {
	a, err := s.svc.Library.Article(ctx(c), viewer(c), c.Params("slug"))
	if err != nil {
		return err
	}
	file, err := a.Markdown()
	if err != nil {
		return err
	}
	return download(c, a.Slug+".md", "text/markdown; charset=utf-8", file)
}

// articleODT gives the article as a document to work on in an office program.
func (s *Server) articleODT(c *fiber.Ctx) error {
	a, err := s.svc.Library.Article(ctx(c), viewer(c), c.Params("slug"))
	if err != nil {
		return err
	}
	var marks []string
	for _, st := range articleStatuses(a.Line) {
		marks = append(marks, st.Label)
	}
	if a.Expired {
		marks = append(marks, expiredLine(a.Line))
	}
	site := strings.TrimSuffix(s.addressOf(c), c.Path())
	marks = append(marks, "Van "+site+articlePath(c))
	file, err := a.ODT(site, marks...)
	if err != nil {
		return err
	}
	return download(c, a.Slug+".odt", "application/vnd.oasis.opendocument.text", file)
}

// expiredLine stands above an article that had to be checked.
func expiredLine(l knowledge.Line) string {
	return "Deze tekst had vóór " + writtenDay(l.Due) + " gecontroleerd moeten zijn. Controleer de informatie bij de bron."
}

// download answers a file that the browser keeps.
func download(c *fiber.Ctx, name, kind string, file []byte) error {
	c.Attachment(name)
	c.Set(fiber.HeaderContentType, kind)
	return c.Send(file)
}
