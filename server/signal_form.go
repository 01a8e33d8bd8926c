package server

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/nl"
	pages "ruggespraak/frontend/pages/signals"
	"ruggespraak/frontend/parts"
	"ruggespraak/internal/fault"
	"ruggespraak/meetings/signals"
)

var signalTexts = freeTexts{fields: []string{signals.FieldText, signals.FieldTitle}}

// signalNewForm is the form of «Inbreng delen», empty but for its defaults.
func (s *Server) signalNewForm(c *fiber.Ctx) error {
	f := signals.Form{Kind: signals.Kind(oneOf(c.Query("soort"), kindOptions(false))), Readers: signals.Members, Wait: signals.CanWait}
	page := s.formPage(c, f)
	page.Draft, page.Version = signals.NewDraftID(), "0"
	return s.render(c, fiber.StatusOK, pages.Form(page))
}

// draftShow opens one's own draft in the form.
func (s *Server) draftShow(c *fiber.Ctx) error {
	d, err := s.svc.Book.Draft(ctx(c), viewer(c), c.Params("id"))
	if err != nil {
		return err
	}
	page := s.formPage(c, d.Form)
	page.Draft, page.Version, page.From, page.Saved = d.ID, strconv.FormatInt(d.Revision, 10), d.From, nl.Uur(d.Saved)
	page.ThrowHref = "/inbreng/concept/" + d.ID + "/weggooien"
	if err := s.fillNotice(c, &page); err != nil {
		return err
	}
	return s.render(c, fiber.StatusOK, pages.Form(page))
}

// fillNotice shows why the contribution that is written again was sent back.
func (s *Server) fillNotice(c *fiber.Ctx, page *pages.FormPage) error {
	if page.From == "" {
		return nil
	}
	view, err := s.svc.Book.Show(ctx(c), viewer(c), page.From)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err == nil && view.Returned != nil {
		page.Notice = view.Returned.Reason
	}
	return err
}

// formPage is the form with what was typed in it.
func (s *Server) formPage(c *fiber.Ctx, f signals.Form) pages.FormPage {
	return pages.FormPage{
		Page: s.narrow(c, "Inbreng delen"), Action: "/inbreng/nieuw", SaveURL: "/inbreng/concept",
		Kind: string(f.Kind), Text: f.Text, Title: f.Title, Theme: f.Theme, Readers: string(f.Readers), Wait: f.Wait,
		Hide: f.Hide, Quote: f.Quote, Kinds: kindOptions(true), Themes: themeOptions(false),
	}
}

// typedForm reads the form as it was posted.
func typedForm(c *fiber.Ctx) signals.Form {
	return signals.Form{
		Kind: signals.Kind(field(c, signals.FieldKind)), Text: field(c, signals.FieldText), Title: field(c, signals.FieldTitle),
		Theme: field(c, signals.FieldTheme), Readers: signals.Audience(field(c, signals.FieldReaders)),
		Hide: ticked(c, "verberg"), Quote: ticked(c, "citaat"), Wait: field(c, signals.FieldWait), From: field(c, "van"),
		Reasons: chosenReasons(c),
	}
}

func revision(c *fiber.Ctx) int64 {
	n, err := strconv.ParseInt(field(c, "versie"), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// signalSubmit hands the form in, or does what another of its buttons asks.
func (s *Server) signalSubmit(c *fiber.Ctx) error {
	switch {
	case field(c, parts.TakeName) != "":
		s.takeWording(c, signalTexts, nil, field(c, parts.TakeName))
		return s.formAgain(c, fiber.StatusOK, nil)
	case field(c, "herken") != "":
		return s.recogniseInstead(c)
	case field(c, "doe") == "concept":
		return s.keepDraft(c)
	case field(c, "doe") == "lijkt":
		return s.formAgain(c, fiber.StatusOK, nil)
	}
	id, err := s.svc.Book.Submit(ctx(c), viewer(c), field(c, "concept"), typedForm(c))
	if fault.Is(err, fault.Invalid) || late(err) {
		return s.formAgain(c, fiber.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	return s.seeOther(c, signals.Path(id)+"/aanvullen",
		"Bedankt. Uw inbreng is ontvangen en staat bij Inbreng. U krijgt bericht bij elke stap. "+
			"U kunt uw inbreng altijd intrekken. Wat in een vastgestelde bundel staat, blijft daar.")
}

// formAgain shows the form with what was typed, what is wrong with it, and what
// looks like it.
func (s *Server) formAgain(c *fiber.Ctx, status int, refusal error) error {
	f := typedForm(c)
	page := s.formPage(c, f)
	page.Draft, page.Version, page.From = field(c, "concept"), field(c, "versie"), f.From
	if page.Draft == "" {
		page.Draft, page.Version = signals.NewDraftID(), "0"
	}
	if page.Title == "" {
		page.Title = signals.FirstSentence(f.Text)
	}
	screen := s.svc.Book.ScreenForm(f)
	page.Refused = s.refusal(refusal, screen)
	page.Page.Error = page.Refused.Any()
	if page.Refused.Late {
		status = formStatus(page.Refused)
	}
	if err := s.fillSimilar(c, f, screen, &page); err != nil {
		return err
	}
	if err := s.fillNotice(c, &page); err != nil {
		return err
	}
	return s.render(c, status, pages.Form(page))
}

func (s *Server) fillSimilar(c *fiber.Ctx, f signals.Form, screen signals.Screen, page *pages.FormPage) error {
	if len(screen.Blocked) > 0 || f.Text == "" {
		return nil
	}
	lines, err := s.similarTo(c, f.Title, f.Text)
	if err != nil && !fault.Is(err, fault.Invalid) {
		return err
	}
	page.Similar, page.Looked = lines, field(c, "doe") == "lijkt"
	return nil
}

// recogniseInstead gives support from inside the form; what was typed is kept
// as a draft when it may be.
func (s *Server) recogniseInstead(c *fiber.Ctx) error {
	id := field(c, "herken")
	if err := s.svc.Book.Recognise(ctx(c), viewer(c), id, signals.NotApproachable); err != nil {
		return err
	}
	_, err := s.svc.Book.SaveDraft(ctx(c), viewer(c), field(c, "concept"), revision(c), typedForm(c))
	if err != nil && fault.KindOf(err) == fault.Internal {
		return err
	}
	said := "U herkent dit."
	if err == nil && field(c, signals.FieldText) != "" {
		said += " Wat u schreef, staat bij Concepten."
	}
	return s.seeOther(c, signals.Path(id), said)
}

// keepDraft is «Bewaren als concept».
func (s *Server) keepDraft(c *fiber.Ctx) error {
	d, err := s.svc.Book.SaveDraft(ctx(c), viewer(c), field(c, "concept"), revision(c), typedForm(c))
	if fault.Is(err, fault.Invalid) || late(err) {
		return s.formAgain(c, fiber.StatusUnprocessableEntity, err)
	}
	if fault.Is(err, fault.Conflict) {
		return s.conflictAgain(c, err)
	}
	if err != nil {
		return err
	}
	return s.seeOther(c, "/inbreng/concept/"+d.ID, "Uw concept is bewaard. Alleen u kunt het lezen.")
}

// conflictAgain shows what was typed, and knows the other window's revision, so
// that saving once more keeps this text.
func (s *Server) conflictAgain(c *fiber.Ctx, conflict error) error {
	d, err := s.svc.Book.Draft(ctx(c), viewer(c), field(c, "concept"))
	if err != nil {
		return conflict // submitted or thrown away meanwhile
	}
	c.Request().PostArgs().Set("versie", strconv.FormatInt(d.Revision, 10))
	sentence := conflict.Error()
	return s.formAgain(c, fiber.StatusConflict, &fault.Error{Kind: fault.Invalid, Sentence: "Uw concept is nog niet bewaard",
		Fields: []fault.Field{{Name: signals.FieldText, Sentence: sentence}}})
}

// saved is what the script that keeps drafts is answered.
type saved struct {
	Kept    string            `json:"bewaard,omitempty"`
	Refused string            `json:"geweigerd,omitempty"`
	Fields  map[string]string `json:"velden,omitempty"`
}

// draftSave keeps the draft while one types. A refusal is an answer, not an
// error: the script shows it and the text stays in the form.
func (s *Server) draftSave(c *fiber.Ctx) error {
	d, err := s.svc.Book.SaveDraft(ctx(c), viewer(c), field(c, "concept"), revision(c), typedForm(c))
	switch fault.KindOf(err) {
	case fault.Invalid:
		return c.Status(fiber.StatusUnprocessableEntity).JSON(saved{Refused: refusalSentence(err)})
	case fault.Conflict:
		return c.Status(fiber.StatusConflict).JSON(saved{Refused: err.Error()})
	}
	if err != nil {
		return err
	}
	return c.JSON(saved{Kept: nl.Uur(s.svc.Now()), Fields: map[string]string{"versie": strconv.FormatInt(d.Revision, 10)}})
}

func refusalSentence(err error) string {
	r, _ := refused(err)
	words := []string{"Wij kunnen dit niet bewaren."}
	for _, f := range r.Fields {
		words = append(words, f.Sentence)
	}
	return strings.Join(append(words, "Haal het weg of schrijf het algemener. Uw tekst staat nog in het formulier."), " ")
}

// signalSimilar answers the lines of «Lijkt op» while one types.
func (s *Server) signalSimilar(c *fiber.Ctx) error {
	lines, err := s.similarTo(c, field(c, signals.FieldTitle), field(c, signals.FieldText))
	if fault.Is(err, fault.Invalid) {
		return s.render(c, fiber.StatusUnprocessableEntity, pages.SimilarRows(nil))
	}
	if err != nil {
		return err
	}
	return s.render(c, fiber.StatusOK, pages.SimilarRows(lines))
}

func (s *Server) similarTo(c *fiber.Ctx, title, text string) ([]pages.Line, error) {
	items, err := s.svc.Book.Similar(ctx(c), viewer(c), title, text)
	if err != nil {
		return nil, err
	}
	var lines []pages.Line
	for _, i := range items {
		l := signalLine(i, viewer(c))
		l.Eyebrow = ""
		l.Recognise = i.CanRecognise
		lines = append(lines, l)
	}
	return lines, nil
}

func (s *Server) draftThrowForm(c *fiber.Ctx) error {
	d, err := s.svc.Book.Draft(ctx(c), viewer(c), c.Params("id"))
	if err != nil {
		return err
	}
	return s.render(c, fiber.StatusOK, pages.Confirm(pages.ConfirmPage{
		Page: s.narrow(c, "Concept weggooien"), Crumbs: []parts.Link{{Label: "Inbreng", Href: "/inbreng"}, {Label: "Concepten", Href: "/inbreng?lijst=concepten"}},
		Title:   "Wilt u dit concept weggooien?",
		Text:    []string{"De tekst is dan weg. U kunt hem niet terughalen."},
		Action:  c.Path(),
		Buttons: []parts.ButtonOptions{{Label: "Weggooien", Kind: parts.ButtonPrimary}},
		Back:    parts.Link{Label: "Terug naar uw concept", Href: "/inbreng/concept/" + d.ID},
	}))
}

func (s *Server) draftThrow(c *fiber.Ctx) error {
	if err := s.svc.Book.ThrowDraftAway(ctx(c), viewer(c), c.Params("id")); err != nil {
		return err
	}
	return s.seeOther(c, "/inbreng?lijst=concepten", "Uw concept is weggegooid.")
}
