package server

import (
	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/nl"
	pages "ruggespraak/frontend/pages/feedback"
	"ruggespraak/frontend/parts"
	"ruggespraak/meetings/bundles"
	"ruggespraak/people"
)

const effectQuestion = "Merkt u in uw werk dat dit beter gaat?"

var effectTexts = freeTexts{fields: []string{"mis"}}

// effectShow shows the viewer's own effect question.
func (s *Server) effectShow(c *fiber.Ctx) error {
	return s.effectPage(c, nil)
}

// effectAnswer keeps the answer to it.
func (s *Server) effectAnswer(c *fiber.Ctx) error {
	answer := field(c, "antwoord")
	r, again, err := s.guarded(c, effectTexts, func(said map[string]string) error {
		return s.svc.Desk.AnswerEffect(ctx(c), viewer(c), c.Params("id"), bundles.EffectAnswer(answer), field(c, "mis"), said)
	})
	if again {
		return s.effectPage(c, &pages.EffectPage{Refused: r, Answer: answer, Remark: field(c, "mis")})
	}
	done := "Bedankt. Uw antwoord is bewaard."
	if bundles.EffectAnswer(answer) == bundles.TooEarly {
		done = "Bedankt. Wij vragen het over 6 maanden opnieuw."
	}
	return s.back(c, err, c.Path(), done)
}

func (s *Server) effectPage(c *fiber.Ctx, typed *pages.EffectPage) error {
	q, err := s.svc.Desk.EffectFor(ctx(c), viewer(c), c.Params("id"))
	if err != nil {
		return err
	}
	page := pages.EffectPage{Answer: string(q.Answer), Remark: q.Remark}
	if typed != nil {
		page = *typed
	} else if page.Refused, err = s.before(c, effectTexts, map[string]string{"mis": q.Remark}, map[string]string{"mis": q.Said}); err != nil {
		return err
	}
	page.Page = s.narrow(c, effectQuestion)
	page.Page.Error = page.Refused.Any()
	page.Crumbs, page.Action, page.Heading = []parts.Link{feedbackCrumb}, c.Path(), q.Heading
	page.Options = effectOptions()
	for i, o := range page.Options {
		page.Options[i].Help = effectHelp(bundles.EffectAnswer(o.Value))
	}
	if q.Answer != bundles.NotAnswered && typed == nil {
		page.Done = "U antwoordde: " + q.Answer.Label() + ". U kunt uw antwoord wijzigen."
		if q.Again != "" {
			page.Done = "U antwoordde: " + q.Answer.Label() + ". Wij vragen het opnieuw op " + dayWords(q.Again) + "."
		}
	}
	if q.Told != nil {
		item := itemWords(q.In, *q.Told)
		page.Told = &item
	}
	page.Link = parts.Link{Label: "Lees de hele terugkoppeling", Href: feedbackPath(q.Feedback.Number, q.Feedback.N)}
	return s.render(c, formStatus(page.Refused), pages.Effect(page))
}

func effectOptions() []parts.Option {
	var options []parts.Option
	for _, a := range bundles.EffectAnswers {
		options = append(options, parts.Option{Value: string(a), Label: a.Label()})
	}
	return options
}

func effectHelp(a bundles.EffectAnswer) string {
	if a == bundles.TooEarly {
		return "Wij vragen het over 6 maanden opnieuw."
	}
	return ""
}

// effectRows are the questions that wait for the viewer.
func (s *Server) effectRows(c *fiber.Ctx) ([]pages.Row, error) {
	v := viewer(c)
	if !people.May(v.ActiveRole(), "effect.own", people.Create) {
		return nil, nil
	}
	open, err := s.svc.Desk.OpenEffects(ctx(c), v)
	if err != nil {
		return nil, err
	}
	var rows []pages.Row
	for _, q := range open {
		rows = append(rows, pages.Row{
			Title: q.Heading, Href: "/terugkoppeling/effect/" + q.ID, Fresh: true, Line: "Gevraagd op " + nl.Datum(q.Asked.Noon()),
		})
	}
	return rows, nil
}
