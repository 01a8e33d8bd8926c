package server

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/nl"
	pages "ruggespraak/frontend/pages/bundles"
	"ruggespraak/frontend/parts"
	"ruggespraak/internal/fault"
	"ruggespraak/meetings/bundles"
	"ruggespraak/meetings/signals"
	"ruggespraak/people"
)

// pointShow shows a point: the form of its texts while the chair drafts it,
// else the point with what came back.
func (s *Server) pointShow(c *fiber.Ctx) error {
	n, err := pointNumber(c)
	if err != nil {
		return err
	}
	v := viewer(c)
	if people.May(v.ActiveRole(), "comp.draft", people.Update) {
		in, err := s.svc.Desk.Inspect(ctx(c), v, c.Params("nummer"))
		if err != nil {
			return err
		}
		if n > len(in.Points) {
			return fault.NotFoundError()
		}
		if in.State != bundles.Sent && in.Freeze == nil {
			return s.pointEditPage(c, in, n)
		}
		if in.State != bundles.Sent {
			return s.seeOther(c, bundlePath(in.Number), "")
		}
	}
	return s.pointPage(c, fiber.StatusOK, n, nil, nil)
}

// pointPage shows a point of a sent bundle, with the reaction or the outcome
// that was refused, if one was.
func (s *Server) pointPage(c *fiber.Ctx, status, n int, react *pages.ReactForm, outcome *pages.ChairPart) error {
	v := viewer(c)
	p, err := s.svc.Desk.ReadPoint(ctx(c), v, c.Params("nummer"), n)
	if err != nil {
		return err
	}
	if p.State == bundles.Withdrawn { // an old link: the bundle says why
		return s.seeOther(c, bundlePath(p.Number), "")
	}
	page := s.pointWords(c, v, p)
	if p.MayReact {
		if page.React, err = s.reactForm(c, p, react); err != nil {
			return err
		}
		page.Page.Error = page.React.Refused.Any()
	}
	if p.Chair != nil {
		if page.Chair, err = s.chairPart(c, p, outcome); err != nil {
			return err
		}
		page.Page.Error = page.Page.Error || page.Chair.Refused.Any()
	}
	if p.Published != nil {
		if err := s.addEffect(c, v, p, &page); err != nil {
			return err
		}
	}
	return s.render(c, status, pages.Point(page))
}

func (s *Server) pointWords(c *fiber.Ctx, v people.Viewer, p *bundles.PointView) pages.PointPage {
	a := p.Addressee
	title := bundleName(p.Number, a) + ", punt " + strconv.Itoa(p.N)
	page := pages.PointPage{
		Page: s.page(c, title), Crumbs: bundleCrumbs(v, p.Number, a), Eyebrow: "Punt " + strconv.Itoa(p.N) + " van " + strconv.Itoa(p.Of),
		Heading: p.Heading, See: p.See, Effect: p.Effect, Band: p.Band, Ask: p.Ask, AskHead: "De vraag aan " + a.Label(),
		Answer: answerWords(a, p.Answer), Answers: "Antwoord van " + a.Label(), NoAnswer: noAnswerWords(p),
		Shows: p.Reactions != nil || p.MayReact, Status: pointWordStatus(p),
	}
	page.Page.Print = title + "."
	if p.Before != nil {
		page.Onward = append(page.Onward, parts.Link{Label: "Dit punt komt uit " + placeWords(*p.Before), Href: pointPath(p.Before.Number, p.Before.N)})
	}
	if p.After != nil {
		page.Onward = append(page.Onward, parts.Link{Label: "Dit punt ging verder in " + placeWords(*p.After), Href: pointPath(p.After.Number, p.After.N)})
	}
	if p.Published != nil {
		page.Published = parts.Link{Label: "Lees de terugkoppeling", Href: feedbackPath(p.Published.Number, p.Published.N)}
	}
	for _, r := range p.Reactions {
		page.Reactions = append(page.Reactions, reactionLine(r))
	}
	if p.N > 1 {
		page.Previous = pointPath(p.Number, p.N-1)
	}
	if p.N < p.Of {
		page.Next = pointPath(p.Number, p.N+1)
	}
	if p.MayAnswer {
		page.Record = parts.Link{Label: "Antwoord vastleggen", Href: pointPath(p.Number, p.N) + "/antwoord"}
		if p.Answer != nil {
			page.Record.Label = "Antwoord wijzigen"
		}
	}
	return page
}

// placeWords is «bundel 2026-02 voor het SOM, punt 4».
func placeWords(p bundles.Place) string {
	return "bundel " + p.Number + " " + forWhom(p.Addressee) + ", punt " + strconv.Itoa(p.N)
}

func noAnswerWords(p *bundles.PointView) string {
	if p.Waits == 0 && p.Answer == nil && p.Answered {
		return nl.Hoofdletter(p.Addressee.Label()) + " heeft geantwoord. U leest het antwoord in de terugkoppeling."
	}
	return nl.Hoofdletter(p.Addressee.Label()) + " heeft nog niet geantwoord. CoMensha zet het antwoord hier, met de reden."
}

func pointWordStatus(p *bundles.PointView) parts.Status {
	switch {
	case p.Answered:
		return parts.Status{Label: "Beantwoord", Tone: parts.ToneBack}
	case p.MayReact && p.Own == nil && p.Addressee.Body == bundles.SOM:
		return parts.Status{Label: "Wacht op uw reactie", Tone: parts.ToneWarn}
	default:
		return parts.Status{Label: waitWords(p.Waits), Tone: parts.ToneWarn}
	}
}

func reactionLine(r bundles.ReactionView) pages.ReactionLine {
	line := pages.ReactionLine{Kind: r.Kind.Label(), Text: r.Text, From: r.From + ", " + nl.DatumKort(r.Day.Noon())}
	if r.Own {
		line.From = "U, " + nl.DatumKort(r.Day.Noon())
	}
	if r.Reason != "" {
		line.Reason = "Keuze bij de vraag over herkenbaarheid: " + signals.ReasonLabel(r.Reason)
	}
	return line
}

func (s *Server) reactForm(c *fiber.Ctx, p *bundles.PointView, typed *pages.ReactForm) (f *pages.ReactForm, err error) {
	f = &pages.ReactForm{}
	if typed != nil {
		*f = *typed
	} else if p.Own != nil {
		f.Kind, f.Text = string(p.Own.Kind), p.Own.Text
		f.Refused, err = s.before(c, reactionTexts, map[string]string{"toelichting": f.Text}, map[string]string{"toelichting": p.Own.Said})
	}
	f.Own = p.Own != nil
	f.Action = pointPath(p.Number, p.N) + "/reactie"
	who := "Leden van het SOM"
	if p.Addressee.Body == bundles.TaskForce {
		who = "Het secretariaat van de Task Force"
	}
	f.Help = who + " en CoMensha zien uw reactie. U kunt haar wijzigen tot er een antwoord is."
	for _, k := range bundles.ReactionKinds {
		f.Kinds = append(f.Kinds, parts.Option{Value: string(k), Label: k.Label()})
	}
	return f, err
}

// chairPart is what only the chair sees beside the point.
func (s *Server) chairPart(c *fiber.Ctx, p *bundles.PointView, typed *pages.ChairPart) (*pages.ChairPart, error) {
	n := p.Chair.Numbers
	part := &pages.ChairPart{Says: []string{exactWords(n.Organisations, n.Regions, ".")}, Outcomes: outcomeOptions()}
	if p.Chair.Proposed {
		part.Says = append(part.Says, "Twee of meer mensen merken nog niets. Het onderwerp is voorgesteld voor het volgende overleg.")
	}
	var err error
	if part.Sources, err = s.sourceLines(c, p.Chair.Sources, ""); err != nil {
		return nil, err
	}
	for _, a := range p.Chair.Answers {
		part.Versions = append(part.Versions, a.Sentence(p.Addressee.Body, nl.Datum)+" ("+dayWords(a.Established)+")")
	}
	if len(p.Chair.Answers) > 0 {
		now := p.Chair.Answers[len(p.Chair.Answers)-1].Outcome
		part.Action, part.Outcome, part.Holder = pointPath(p.Number, p.N)+"/uitkomst", string(now.Kind), now.Body
	}
	if typed != nil {
		part.Refused, part.Outcome, part.Holder = typed.Refused, typed.Outcome, typed.Holder
	}
	return part, nil
}

func outcomeOptions() []parts.Option {
	var options []parts.Option
	for _, t := range signals.OutcomeTerms() {
		options = append(options, parts.Option{Value: t.Slug, Label: t.Label})
	}
	return options
}

// addEffect tells what people answered to the effect question, as far as the
// viewer may know it.
func (s *Server) addEffect(c *fiber.Ctx, v people.Viewer, p *bundles.PointView, page *pages.PointPage) error {
	e, err := s.svc.Desk.EffectOf(ctx(c), v, p.Number, p.N)
	if err != nil || e == nil {
		return err
	}
	page.EffectSay = effectWords(e)
	if page.Chair != nil && e.Tally != nil {
		t := e.Tally
		page.Chair.Remarks = t.Remarks
		page.Chair.Effect = tallyWords(*t)
	}
	return nil
}

// tallyWords is «Van 12 mensen antwoordden er 6: 2 ja, 2 een beetje, …».
func tallyWords(t bundles.Tally) string {
	var said []string
	for _, a := range []struct {
		n    int
		word string
	}{{t.Yes, "ja"}, {t.Some, "een beetje"}, {t.No, "nee"}, {t.TooEarly, "nog te vroeg"}, {t.NoSight, "geen zicht meer"}} {
		if a.n > 0 {
			said = append(said, strconv.Itoa(a.n)+" "+a.word)
		}
	}
	asked := "Gevraagd aan " + nl.Aantal(t.Asked, "persoon", "mensen") + "."
	if len(said) == 0 {
		return asked + " Er is nog geen antwoord."
	}
	return asked + " Geantwoord: " + nl.Opsomming(said) + "."
}

func effectWords(e *bundles.EffectLine) string { return nl.Hoofdletter(e.Words) + "." }
