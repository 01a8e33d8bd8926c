package server

import (
	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/nl"
	"ruggespraak/frontend/pages/signals"
	pages "ruggespraak/frontend/pages/talk"
	"ruggespraak/frontend/parts"
	"ruggespraak/meetings/discussion"
)

// questionsTab is the tab «Vragen» of Inbreng.
func questionsTab(current bool) signals.Tab {
	return signals.Tab{Label: "Vragen", Href: "/inbreng/vragen", Current: current}
}

// questionList is the tab with questions to colleagues.
func (s *Server) questionList(c *fiber.Ctx) error {
	return s.questions(c, fiber.StatusOK, parts.Refusal{})
}

func (s *Server) questions(c *fiber.Ctx, status int, r parts.Refusal) error {
	tabs, err := s.tabsFor(c, listTab{scope: scopeQuestions})
	if err != nil {
		return err
	}
	page := pages.QuestionsPage{Page: s.page(c, "Vragen"), Tabs: tabs, Title: "Open vragen",
		Empty: "Er zijn nu geen open vragen. Vragen waar 30 dagen niets bij komt, staan hier niet meer.",
		Other: parts.Link{Label: "Mijn vragen", Href: "/inbreng/vragen?lijst=eigen"}}
	page.Page.Error = r.Any()
	list := s.svc.Hall.Questions
	if c.Query("lijst") == "eigen" {
		list = s.svc.Hall.OwnQuestions
		page.Title, page.Empty, page.Other = "Mijn vragen", "U hebt nog niets gevraagd.", parts.Link{Label: "Alle open vragen", Href: "/inbreng/vragen"}
	}
	all, next, err := list(ctx(c), viewer(c), c.Query("na"))
	if err != nil {
		return err
	}
	for _, q := range all {
		page.Lines = append(page.Lines, questionLine(q))
	}
	page.Pager = pagerOf(c, next)
	page.Ask = pages.Composer{Action: "/inbreng/vragen", CSRF: s.token(c), Key: or(field(c, "sleutel"), discussion.NewKey()), Label: "Uw vraag", Button: "Vraag stellen",
		Help: "Bijvoorbeeld: wie heeft ervaring met een B8-aanvraag vanuit de nachtopvang?", Text: field(c, discussion.FieldText), Refused: r,
		Small: true, Note: "Dit telt niet mee als inbreng en gaat niet naar het SOM."}
	return s.render(c, status, pages.Questions(page))
}

func questionTitle(q discussion.QuestionView) string {
	return or(q.Title, "Een vraag waarvan de tekst niet te lezen is")
}

func questionLine(q discussion.QuestionView) pages.Question {
	line := pages.Question{Title: questionTitle(q), Href: "/inbreng/vragen/" + q.ID, New: q.New, Line: q.Author + " · " + nl.Datum(q.At)}
	switch {
	case !q.Closed.IsZero():
		line.Status = parts.Status{Label: "Beantwoord", Tone: parts.TonePositive}
	case q.Answers:
		line.Line += " · laatste reactie op " + nl.Datum(q.Stir)
	}
	return line
}

// questionAsk puts a question to the colleagues.
func (s *Server) questionAsk(c *fiber.Ctx) error {
	var id string
	r, again, err := s.guarded(c, freeTexts{fields: []string{discussion.FieldText}, colleagues: true}, s.pacedText(c, func(said map[string]string) (err error) {
		id, err = s.svc.Hall.Ask(ctx(c), viewer(c), draftOf(c, said))
		return err
	}))
	if again {
		return s.questions(c, formStatus(r), r)
	}
	if err != nil {
		return err
	}
	return s.seeOther(c, "/inbreng/vragen/"+id, "Uw vraag staat bij Vragen. U krijgt bericht als iemand reageert.")
}

// questionClose says that a question is answered.
func (s *Server) questionClose(c *fiber.Ctx) error {
	if err := s.svc.Hall.Close(ctx(c), viewer(c), c.Params("id")); err != nil {
		return err
	}
	return s.seeOther(c, "/inbreng/vragen", "De vraag is gesloten. Bedankt.")
}
