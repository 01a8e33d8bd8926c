package server

import (
	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/nl"
	pages "ruggespraak/frontend/pages/bundles"
	"ruggespraak/frontend/parts"
	"ruggespraak/internal/fault"
	"ruggespraak/meetings/bundles"
	"ruggespraak/meetings/signals"
	"ruggespraak/people"
)

var answerFields = []string{"antwoord", "wie", "voor", "vastgesteld", "reden", "uitkomst", "bij"}

var (
	answerTexts  = freeTexts{fields: []string{"wie", "reden", "bij"}}
	outcomeTexts = freeTexts{fields: []string{"bij"}}
)

// answerForm shows the form of a body's answer.
func (s *Server) answerForm(c *fiber.Ctx) error {
	n, err := pointNumber(c)
	if err != nil {
		return err
	}
	return s.answerPage(c, n, pages.AnswerPage{})
}

// answerRecord keeps the body's one answer to a point.
func (s *Server) answerRecord(c *fiber.Ctx) error {
	n, err := pointNumber(c)
	if err != nil {
		return err
	}
	number := c.Params("nummer")
	r, again, err := s.guarded(c, answerTexts, func(said map[string]string) error {
		return s.svc.Desk.Record(ctx(c), viewer(c), number, n, bundles.NewAnswer{
			Kind: bundles.AnswerKind(field(c, "antwoord")), Before: field(c, "wie"), By: day(c, "voor"), Reason: field(c, "reden"),
			Established: day(c, "vastgesteld"), Outcome: outcomeTyped(c),
		}, said)
	})
	if again {
		page := pages.AnswerPage{Refused: r, Values: map[string]string{}}
		for _, name := range answerFields {
			page.Values[name] = field(c, name)
		}
		return s.answerPage(c, n, page)
	}
	return s.back(c, err, pointPath(number, n), "Het antwoord is vastgelegd. Zorgcoördinatoren lezen het in de terugkoppeling.")
}

func outcomeTyped(c *fiber.Ctx) signals.Outcome {
	return signals.Outcome{Kind: signals.OutcomeKind(field(c, "uitkomst")), Body: field(c, "bij")}
}

func (s *Server) answerPage(c *fiber.Ctx, n int, page pages.AnswerPage) error {
	v := viewer(c)
	p, err := s.svc.Desk.ReadPoint(ctx(c), v, c.Params("nummer"), n)
	if err != nil {
		return err
	}
	if p.State == bundles.Withdrawn {
		return s.seeOther(c, bundlePath(p.Number), "")
	}
	if !p.MayAnswer {
		return s.mayNotAnswer(c, p)
	}
	a := p.Addressee
	page.Page = s.narrow(c, "Antwoord van "+a.Label())
	page.Page.Error = page.Refused.Any()
	page.Crumbs = append(bundleCrumbs(v, p.Number, a), parts.Link{Label: p.Heading, Href: pointPath(p.Number, n)})
	page.Action, page.AskHead, page.Ask = c.Path(), "De vraag aan "+a.Label(), p.Ask
	page.Lead = "Eén antwoord op dit punt, met de reden. U kunt het wijzigen tot het is teruggekoppeld."
	page.Kinds = answerOptions(a)
	page.WhoLabel = "Aan wie wordt het voorgelegd?"
	if a.Body == bundles.SOM {
		page.WhoLabel = "Aan welk ministerie wordt het voorgelegd?"
	}
	if v.ActiveRole() == people.Chair {
		page.Outcomes = outcomeOptions()
	}
	if page.Values == nil {
		page.Values = answerValues(p)
		if p.Answer != nil {
			if page.Refused, err = s.before(c, answerTexts, page.Values, p.Answer.Guarded); err != nil {
				return err
			}
		}
	}
	return s.render(c, formStatus(page.Refused), pages.Answer(page))
}

// mayNotAnswer sends who came too late back to the point; who may never is told so.
func (s *Server) mayNotAnswer(c *fiber.Ctx, p *bundles.PointView) error {
	if p.Published != nil && viewer(c).ActiveRole() == people.Chair {
		return s.seeOther(c, pointPath(p.Number, p.N), "Dit antwoord is al teruggekoppeld. Corrigeer eerst de terugkoppeling.")
	}
	return fault.ForbiddenError()
}

func answerValues(p *bundles.PointView) map[string]string {
	if p.Answer == nil {
		return map[string]string{}
	}
	a := p.Answer
	return map[string]string{
		"antwoord": string(a.Kind), "wie": a.Before, "voor": typedDate(string(a.By)), "vastgesteld": typedDate(string(a.Established)),
		"reden": a.Reason, "uitkomst": string(a.Outcome.Kind), "bij": a.Outcome.Body,
	}
}

func answerOptions(a bundles.Addressee) []parts.Option {
	label := map[bundles.AnswerKind]string{
		bundles.PutBefore: "Wij leggen dit voor aan een ander orgaan", bundles.TakenUp: "Wij pakken dit zelf op, vóór een datum",
	}
	if a.Body == bundles.SOM {
		label[bundles.PutBefore] = "Wij leggen dit voor aan een ministerie"
	}
	var options []parts.Option
	for _, k := range bundles.AnswerKinds(a.Body) {
		text := label[k]
		if text == "" {
			text = bundles.Answer{Kind: k}.Sentence(a.Body, nl.Datum)
		}
		options = append(options, parts.Option{Value: string(k), Label: text})
	}
	return options
}

// outcomeSet changes what came of a point.
func (s *Server) outcomeSet(c *fiber.Ctx) error {
	n, err := pointNumber(c)
	if err != nil {
		return err
	}
	number := c.Params("nummer")
	r, again, err := s.guarded(c, outcomeTexts, func(said map[string]string) error {
		return s.svc.Desk.SetOutcome(ctx(c), viewer(c), number, n, outcomeTyped(c), said)
	})
	if again {
		return s.pointPage(c, formStatus(r), n, nil, &pages.ChairPart{Refused: r, Outcome: field(c, "uitkomst"), Holder: field(c, "bij")})
	}
	return s.back(c, err, pointPath(number, n), "De uitkomst is bewaard.")
}
