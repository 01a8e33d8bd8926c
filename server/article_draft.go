package server

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/nl"
	pages "ruggespraak/frontend/pages/knowledge"
	"ruggespraak/frontend/parts"
	"ruggespraak/internal/fault"
	"ruggespraak/knowledge"
)

// articleTexts are the fields of a draft that the guard reads.
var articleTexts = freeTexts{fields: []string{"titel", "samenvatting", "tekst", "bronnen", "onzeker"}, colleagues: true}

// articleFields are all fields of the form of a draft.
var articleFields = []string{"titel", "samenvatting", "categorie", "route", "geldig", "tekst", "bronnen", "onzeker", "verwant"}

// articleDraft shows a draft: to its writers as a form, to who may approve it
// as it will be read.
func (s *Server) articleDraft(c *fiber.Ctx) error {
	w, err := s.svc.Library.Working(ctx(c), viewer(c), c.Params("id"))
	if err != nil {
		return err
	}
	if !w.Mine {
		return s.review(c, fiber.StatusOK, w, pages.ReviewPage{})
	}
	return s.edit(c, fiber.StatusOK, w, pages.EditPage{Values: valuesOf(w.Text), Revision: strconv.Itoa(w.Revision), Base: strconv.Itoa(w.Base), Saved: nl.Uur(w.Saved)})
}

// valuesOf are the fields of a text as its writer types them.
func valuesOf(t knowledge.Text) map[string]string {
	var sources []string
	for _, o := range t.Sources {
		sources = append(sources, strings.TrimRight(strings.Join([]string{o.Title, o.URL, o.Date}, " | "), "| "))
	}
	return map[string]string{"titel": t.Title, "samenvatting": t.Summary, "categorie": t.Category, "route": t.Route, "geldig": typedDate(t.Valid), "tekst": t.Body,
		"bronnen": strings.Join(sources, "\n"), "onzeker": strings.Join(t.Unsure, "\n"), "verwant": strings.Join(t.Related, "\n")}
}

// typedArticle reads the form of a draft.
func typedArticle(c *fiber.Ctx, said map[string]string) knowledge.Typed {
	t := knowledge.Text{Title: field(c, "titel"), Summary: field(c, "samenvatting"), Category: field(c, "categorie"), Route: field(c, "route"),
		Valid: isoDate(field(c, "geldig")), Body: field(c, "tekst"), Unsure: linesOf(field(c, "onzeker")), Related: linesOf(field(c, "verwant"))}
	for _, line := range linesOf(field(c, "bronnen")) {
		cells := append(strings.Split(line, "|"), "", "")
		t.Sources = append(t.Sources, knowledge.Source{Title: strings.TrimSpace(cells[0]), URL: strings.TrimSpace(cells[1]), Date: strings.TrimSpace(cells[2])})
	}
	revision, _ := strconv.Atoi(field(c, "versie")) // no number: a form that knows no revision
	base, _ := strconv.Atoi(field(c, "basis"))
	return knowledge.Typed{Text: t, Revision: revision, Base: base, Reasons: said}
}

// linesOf are the lines of a field that hold something.
func linesOf(text string) []string {
	var all []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// articleDraftSave keeps what was typed, and shows it as it will be read when
// that was asked.
func (s *Server) articleDraftSave(c *fiber.Ctx) error {
	return s.draftWrite(c, func(t knowledge.Typed) error {
		_, err := s.svc.Library.Save(ctx(c), viewer(c), c.Params("id"), t)
		return err
	}, func() error {
		if field(c, "doe") == "voorbeeld" {
			return s.preview(c)
		}
		return s.seeOther(c, "/kennisbank/concept/"+c.Params("id"), "Uw concept is bewaard.")
	})
}

// articleDraftOffer keeps what was typed and asks a second person to approve it.
func (s *Server) articleDraftOffer(c *fiber.Ctx) error {
	return s.draftWrite(c, func(t knowledge.Typed) error {
		return s.svc.Library.Offer(ctx(c), viewer(c), c.Params("id"), t)
	}, func() error {
		return s.seeOther(c, "/kennisbank/concepten", "Uw tekst wacht op goedkeuring door een voorzitter.")
	})
}

// draftWrite does the work of the form of a draft. When another text came
// between, both are shown and nothing typed is lost.
func (s *Server) draftWrite(c *fiber.Ctx, work func(knowledge.Typed) error, done func() error) error {
	r, again, err := s.guarded(c, articleTexts, func(said map[string]string) error { return work(typedArticle(c, said)) })
	var other *knowledge.Overtaken
	if errors.As(err, &other) {
		return s.draftAgain(c, fiber.StatusConflict, pages.EditPage{Revision: strconv.Itoa(other.Revision), Base: strconv.Itoa(other.Base),
			Theirs: other.Text.Whole(), Refused: parts.Refusal{Title: "Uw tekst is nog niet bewaard", Fields: []parts.FieldRefusal{
				{Name: "tekst", Sentence: "Iemand anders veranderde intussen deze tekst. Zet de twee teksten samen en bewaar opnieuw."}}}})
	}
	if again {
		return s.draftAgain(c, formStatus(r), pages.EditPage{Revision: s.revisionNow(c), Base: field(c, "basis"), Refused: r})
	}
	if err != nil {
		return err
	}
	return done()
}

// revisionNow is the draft's revision for a form that is shown again: offering
// may have saved the text before something was refused.
func (s *Server) revisionNow(c *fiber.Ctx) string {
	w, err := s.svc.Library.Working(ctx(c), viewer(c), c.Params("id"))
	typed := typedArticle(c, nil)
	if err == nil && w.Revision == typed.Revision+1 && w.Holds(typed.Text) {
		return strconv.Itoa(w.Revision)
	}
	return field(c, "versie")
}

// draftAgain shows the form with what was typed.
func (s *Server) draftAgain(c *fiber.Ctx, status int, page pages.EditPage) error {
	w, err := s.svc.Library.Working(ctx(c), viewer(c), c.Params("id"))
	if err != nil {
		return err
	}
	page.Values = map[string]string{}
	for _, name := range articleFields {
		page.Values[name] = field(c, name)
	}
	return s.edit(c, status, w, page)
}

// preview shows the form with the text as it will be read.
func (s *Server) preview(c *fiber.Ctx) error {
	w, err := s.svc.Library.Working(ctx(c), viewer(c), c.Params("id"))
	if err != nil {
		return err
	}
	html, err := s.svc.Library.Preview(ctx(c), w.Text)
	if err != nil {
		return err
	}
	return s.edit(c, fiber.StatusOK, w, pages.EditPage{Values: valuesOf(w.Text), Revision: strconv.Itoa(w.Revision), Base: strconv.Itoa(w.Base),
		Saved: nl.Uur(w.Saved), Preview: rendered(html)})
}

// edit fills in what the form has around what was typed.
func (s *Server) edit(c *fiber.Ctx, status int, w *knowledge.Working, page pages.EditPage) error {
	wrong := page.Refused.Any()
	page.Page = s.page(c, "Concept: "+w.Text.Title)
	page.Page.Error = wrong
	page.Action, page.Crumbs = w.Path(), []parts.Link{pages.KnowledgeCrumb, {Label: "Concepten", Href: "/kennisbank/concepten"}}
	page.Categories, page.Notice, page.MayOffer = categoryOptions(), w.Returned, w.Own
	for _, r := range knowledge.Routes {
		page.Routes = append(page.Routes, parts.Option{Value: r.Slug, Label: r.Label})
	}
	if !w.Own {
		return s.render(c, status, pages.Edit(page))
	}
	page.ThrowTo = w.Path() + "/weggooien"
	members, err := s.svc.Library.Members(ctx(c))
	if err != nil {
		return err
	}
	for _, m := range members {
		if m.ID != w.Author {
			page.Editors = append(page.Editors, parts.Option{Value: m.ID, Label: m.Name, Checked: w.IsEditor(m.ID)})
		}
	}
	return s.render(c, status, pages.Edit(page))
}

// articleDraftKeep keeps the draft while one types; the script shows the answer.
func (s *Server) articleDraftKeep(c *fiber.Ctx) error {
	d, err := s.svc.Library.Save(ctx(c), viewer(c), c.Params("id"), typedArticle(c, nil))
	var other *knowledge.Overtaken
	switch {
	case errors.As(err, &other):
		return c.Status(fiber.StatusConflict).JSON(saved{Refused: "Iemand anders veranderde intussen deze tekst. Klik op Bewaren: u ziet dan beide teksten naast elkaar."})
	case fault.Is(err, fault.Invalid):
		return c.Status(fiber.StatusUnprocessableEntity).JSON(saved{Refused: refusalSentence(err)})
	case err != nil:
		return err
	}
	return c.JSON(saved{Kept: nl.Uur(s.svc.Real()), Fields: map[string]string{"versie": strconv.Itoa(d.Revision), "basis": strconv.Itoa(d.Base)}})
}

// articleDraftThrow throws a draft away.
func (s *Server) articleDraftThrow(c *fiber.Ctx) error {
	if err := s.svc.Library.Throw(ctx(c), viewer(c), c.Params("id")); err != nil {
		return err
	}
	return s.seeOther(c, "/kennisbank/concepten", "Het concept is weggegooid.")
}

// articleDraftEditors says who may write along.
func (s *Server) articleDraftEditors(c *fiber.Ctx) error {
	if err := s.svc.Library.NameEditors(ctx(c), viewer(c), c.Params("id"), fields(c, "redacteur")); err != nil {
		return err
	}
	return s.seeOther(c, "/kennisbank/concept/"+c.Params("id"), "Bewaard wie meeschrijft.")
}

// articleDraftReturn gives an offered draft back to its writer.
func (s *Server) articleDraftReturn(c *fiber.Ctx) error {
	err := s.svc.Library.SendBack(ctx(c), viewer(c), c.Params("id"), field(c, "reden"))
	if r, ok := refused(err); ok {
		w, err := s.svc.Library.Working(ctx(c), viewer(c), c.Params("id"))
		if err != nil {
			return err
		}
		return s.review(c, fiber.StatusUnprocessableEntity, w, pages.ReviewPage{Refused: r, Reason: field(c, "reden")})
	}
	if err != nil {
		return err
	}
	return s.seeOther(c, "/kennisbank/concepten", "De tekst is terug bij wie haar schreef.")
}

// articleDraftApprove approves an offered draft.
func (s *Server) articleDraftApprove(c *fiber.Ctx) error {
	revision, _ := strconv.Atoi(field(c, "versie")) // no number: no text that was read
	published, err := s.svc.Library.Approve(ctx(c), viewer(c), c.Params("id"), revision)
	var other *knowledge.Overtaken
	if errors.As(err, &other) {
		return fault.New(fault.Conflict, "Er is intussen een andere tekst goedgekeurd. Geef dit concept terug aan wie het schreef.")
	}
	if err != nil {
		return err
	}
	if !published {
		return s.seeOther(c, "/kennisbank/concepten", "U hebt de tekst goedgekeurd. Er is nog één voorzitter nodig.")
	}
	return s.seeOther(c, "/kennisbank", "De tekst is goedgekeurd. Lezers zien haar nu.")
}

// review fills in an offered draft for who may approve it.
func (s *Server) review(c *fiber.Ctx, status int, w *knowledge.Working, page pages.ReviewPage) error {
	html, err := s.svc.Library.Preview(ctx(c), w.Text)
	if err != nil {
		return err
	}
	wrong := page.Refused.Any()
	page.Page, page.Title, page.Text = s.page(c, w.Text.Title), w.Text.Title, rendered(html)
	page.Page.Error = wrong
	page.Crumbs = []parts.Link{pages.KnowledgeCrumb, {Label: "Concepten", Href: "/kennisbank/concepten"}}
	page.Statuses = []parts.Status{{Label: "Wacht op goedkeuring", Tone: parts.ToneWarn}}
	page.Revision, page.Asked, page.Sources, page.Unsure = strconv.Itoa(w.Revision), w.Asked, sourcesOf(w.Text), w.Text.Unsure
	page.Line = fmt.Sprintf("Geschreven door %s, aangeboden op %s.", w.Writer, nl.Datum(w.Offered))
	if w.Product() || w.Writer == "" {
		page.Line = "Een nieuwere tekst die bij Ruggespraak kwam."
	}
	if w.NeedsTwo {
		page.Line += fmt.Sprintf(" Twee mensen met de rol van voorzitter keuren haar goed; %d deden dat al.", len(w.Approvals))
	}
	if w.Current != nil {
		page.Changes = changesOf(knowledge.Diff(w.Current.Text.Whole(), w.Text.Whole()))
	}
	if w.Approve {
		page.ApproveTo = w.Path() + "/goedkeuren"
	}
	if w.Return {
		page.ReturnTo = w.Path() + "/terugsturen"
	}
	return s.render(c, status, pages.Review(page))
}
