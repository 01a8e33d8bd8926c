package server

import (
	"errors"
	"strconv"

	"github.com/gofiber/fiber/v2"

	pages "ruggespraak/frontend/pages/meetings"
	"ruggespraak/frontend/parts"
	"ruggespraak/meetings"
)

// notesForm shows the minutes and outcomes of a point, to write them.
func (s *Server) notesForm(c *fiber.Ctx) error {
	_, item, err := s.meetingItem(c)
	if err != nil {
		return err
	}
	return s.notes(c, fiber.StatusOK, pages.NotesPage{Text: item.Notes, Rev: strconv.Itoa(item.Rev)})
}

var (
	minutesTexts = freeTexts{fields: []string{"verslag"}, colleagues: true}
	resultTexts  = freeTexts{fields: []string{"tekst", "wie"}, colleagues: true}
)

// notesWrite saves the minutes. When another saved in between, the page comes
// back with both texts and nothing is lost.
func (s *Server) notesWrite(c *fiber.Ctx) error {
	rev, _ := strconv.Atoi(field(c, "versie")) // no number: a form from before anything was saved
	r, again, err := s.guarded(c, minutesTexts, func(said map[string]string) error {
		return s.svc.Calendar.WriteMinutes(ctx(c), viewer(c), c.Params("id"), c.Params("punt"),
			meetings.Notes{Text: field(c, "verslag"), Rev: rev, Reasons: said})
	})
	typed := pages.NotesPage{Text: field(c, "verslag"), Rev: field(c, "versie"), Refused: r}
	if again {
		return s.notes(c, formStatus(r), typed)
	}
	var other *meetings.Overtaken
	if errors.As(err, &other) {
		typed.Theirs, typed.Rev = other.Text, strconv.Itoa(other.Rev)
		typed.Refused = parts.Refusal{Title: "Het verslag is nog niet bewaard",
			Fields: []parts.FieldRefusal{{Name: "verslag", Sentence: "Iemand anders bewaarde intussen een andere tekst."}}}
		return s.notes(c, fiber.StatusConflict, typed)
	}
	if err != nil {
		return err
	}
	return s.seeOther(c, "/overleggen/"+c.Params("id")+"#punt-"+c.Params("punt"), "Het verslag is bewaard.")
}

// outcomeAdd notes what came out of a point.
func (s *Server) outcomeAdd(c *fiber.Ctx) error {
	r, again, err := s.guarded(c, resultTexts, func(said map[string]string) error {
		return s.svc.Calendar.AddOutcome(ctx(c), viewer(c), c.Params("id"), c.Params("punt"), meetings.Result{
			Kind: meetings.OutcomeKind(field(c, "uitkomst")), Text: field(c, "tekst"), Owner: field(c, "wie"),
			Due: isoDate(field(c, "voor")), Reasons: said})
	})
	if again {
		_, item, err := s.meetingItem(c)
		if err != nil {
			return err
		}
		return s.notes(c, formStatus(r), pages.NotesPage{Text: item.Notes, Rev: strconv.Itoa(item.Rev), Outcome: pages.OutcomeForm{
			Refused: r, Kind: field(c, "uitkomst"),
			Values: map[string]string{"tekst": field(c, "tekst"), "wie": field(c, "wie"), "voor": field(c, "voor")}}})
	}
	if err != nil {
		return err
	}
	return s.seeOther(c, notesPath(c), "De uitkomst is bewaard.")
}

// outcomeRemove takes an outcome away.
func (s *Server) outcomeRemove(c *fiber.Ctx) error {
	if err := s.svc.Calendar.RemoveOutcome(ctx(c), viewer(c), c.Params("id"), c.Params("punt"), c.Params("uitkomst")); err != nil {
		return err
	}
	return s.seeOther(c, notesPath(c), "De uitkomst is weggehaald.")
}

func notesPath(c *fiber.Ctx) string {
	return "/overleggen/" + c.Params("id") + "/punten/" + c.Params("punt") + "/verslag"
}

// notes fills in what the page has around the typed texts.
func (s *Server) notes(c *fiber.Ctx, status int, page pages.NotesPage) error {
	m, item, err := s.meetingItem(c)
	if err != nil {
		return err
	}
	if page.Refused.Guards == nil && page.Text == item.Notes {
		before, err := s.before(c, minutesTexts, map[string]string{"verslag": item.Notes}, reasonsOf(item.Asked, minutesTexts))
		if err != nil {
			return err
		}
		page.Refused.Guards = before.Guards
	}
	page.Page, page.Title = s.narrow(c, "Verslag: "+item.Title), item.Title
	page.Page.Error = page.Refused.Any() || page.Outcome.Refused.Any()
	page.Crumbs = []parts.Link{meetingsCrumb, {Label: m.Title, Href: "/overleggen/" + m.ID}}
	if m.State == meetings.Live {
		page.Crumbs = append(page.Crumbs, parts.Link{Label: "Live", Href: livePath(m.ID)})
	}
	page.Action, page.OutcomeTo = notesPath(c), "/overleggen/"+m.ID+"/punten/"+item.ID+"/uitkomsten"
	for _, k := range meetings.OutcomeKinds {
		page.Outcome.Kinds = append(page.Outcome.Kinds, parts.Option{Value: string(k), Label: k.Label()})
	}
	if page.Outcome.Values == nil {
		page.Outcome.Values = map[string]string{}
	}
	for _, o := range item.Outcomes {
		line := outcomeLine(o)
		line.Remove = page.OutcomeTo + "/" + o.ID + "/weghalen"
		page.Outcomes = append(page.Outcomes, line)
	}
	return s.render(c, status, pages.Notes(page))
}
