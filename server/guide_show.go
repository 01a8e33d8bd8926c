package server

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/nl"
	pages "ruggespraak/frontend/pages/routes"
	"ruggespraak/frontend/parts"
	"ruggespraak/internal/fault"
	"ruggespraak/knowledge/routes"
	"ruggespraak/people"
)

// The guide's pages are counted, not named after their question: which
// questions were asked tells what was answered, and an address stands in logs.

const (
	guidePath    = comparePath + "/keuzehulp"
	guideEnd     = guidePath + "/uitkomst"
	guideWipe    = guidePath + "/wissen"
	guideCheck   = guidePath + "/controle"
	guideTitle   = "Keuzehulp"
	outcomeTitle = "Uitkomst van de keuzehulp"
)

func (s *Server) guideRoutes() []Route {
	public := objects("kb.public")
	return []Route{
		{get, guidePath, public, people.Read, "guideFirst", s.guideFirst},
		{post, guidePath, public, people.Read, "guideAnswer", s.guideAnswer},
		{get, guideEnd, public, people.Read, "guideOutcome", s.guideOutcome},
		{post, guideWipe, public, people.Read, "guideForget", s.guideForget},
		{get, guideCheck, public, people.Update, "guideReviewForm", s.guideReviewForm},
		{post, guideCheck, public, people.Update, "guideReview", s.guideReview},
		{get, guidePath + "/:stap", public, people.Read, "guideStep", s.guideStep},
	}
}

// guideFirst is the first question.
func (s *Server) guideFirst(c *fiber.Ctx) error { return s.guidePage(c, 0) }

// guideStep is the question with that number among those that are asked.
func (s *Server) guideStep(c *fiber.Ctx) error {
	step, err := strconv.Atoi(c.Params("stap"))
	if err != nil || step < 2 || step > routes.Questions {
		return fault.NotFoundError()
	}
	return s.guidePage(c, step-1)
}

// guidePage shows the question in that place, or leads to the first one that
// still waits for its answer.
func (s *Server) guidePage(c *fiber.Ctx, place int) error {
	w, err := s.walk(c)
	if err != nil {
		return err
	}
	asked, valid := s.svc.Routes.Guide().Asked(w.Answers)
	if next := waiting(asked, valid); place > next || place >= len(asked) {
		return c.Redirect(placePath(asked, next), fiber.StatusSeeOther)
	}
	return s.showQuestion(c, fiber.StatusOK, w, place)
}

// waiting is the place of the first question without an answer; behind the last
// when there is none.
func waiting(asked []routes.Question, valid routes.Answers) int {
	i := slices.IndexFunc(asked, func(q routes.Question) bool { return valid[q.Number] == "" })
	if i < 0 {
		return len(asked)
	}
	return i
}

// placePath is the address of the question in that place, or of the outcome.
func placePath(asked []routes.Question, place int) string {
	switch place {
	case len(asked):
		return guideEnd
	case 0:
		return guidePath
	}
	return guidePath + "/" + strconv.Itoa(place+1)
}

func (s *Server) showQuestion(c *fiber.Ctx, status int, w routes.Walk, place int) error {
	standing, err := s.svc.Routes.GuideStanding(ctx(c), viewer(c))
	if err != nil {
		return err
	}
	asked, valid := s.svc.Routes.Guide().Asked(w.Answers)
	page := pages.QuestionPage{
		Page: s.narrow(c, guideTitle+", vraag "+strconv.Itoa(place+1)), Standing: s.standingOf(standing),
		Crumbs: []parts.Link{{Label: compareTitle, Href: comparePath}}, Step: "Vraag " + strconv.Itoa(place+1), First: place == 0,
		Action: guidePath, Question: radiosOf(asked[place], valid),
	}
	page.Wipe, page.Until = wipeOf(w)
	if place > 0 {
		page.Back = placePath(asked, place-1)
	}
	if place == 0 && mayReview(c) {
		page.Review = guideCheck
	}
	if status != fiber.StatusOK {
		page.Page.Error, page.Question.Error = true, "Kies een antwoord."
		page.Error = []parts.FieldError{{Href: "#" + page.Question.Name, Text: page.Question.Error}}
	}
	return s.render(c, status, pages.Question(page))
}

func radiosOf(q routes.Question, valid routes.Answers) parts.RadiosOptions {
	o := parts.RadiosOptions{Name: q.Field(), Legend: q.Text, Help: q.Help, Value: valid[q.Number]}
	for _, a := range q.Options {
		o.Options = append(o.Options, parts.Option{Value: a.Value, Label: a.Text})
	}
	return o
}

// wipeOf is where the answers are wiped and until when they are kept; both
// empty while there are none.
func wipeOf(w routes.Walk) (action, until string) {
	if w.Begun.IsZero() {
		return "", ""
	}
	return guideWipe, nl.Uur(w.Begun.Add(routes.KeptFor))
}

// guideOutcome is what the guide says of the answers; without all of them it
// leads to the first question that waits.
func (s *Server) guideOutcome(c *fiber.Ctx) error {
	w, err := s.walk(c)
	if err != nil {
		return err
	}
	guide := s.svc.Routes.Guide()
	asked, valid := guide.Asked(w.Answers)
	out, ok := guide.Judge(w.Answers)
	if !ok {
		return c.Redirect(placePath(asked, waiting(asked, valid)), fiber.StatusSeeOther)
	}
	standing, err := s.svc.Routes.GuideStanding(ctx(c), viewer(c))
	if err != nil {
		return err
	}
	page := pages.OutcomePage{Page: s.narrow(c, outcomeTitle), Standing: s.standingOf(standing), Row: out.Row, First: out.FirstStep,
		Routes: s.routeLines(out), Answers: givenOf(asked, valid), Back: placePath(asked, len(asked)-1)}
	page.Page.Print = guideTitle + ". " + s.printed(c)
	page.Wipe, page.Until = wipeOf(w)
	var numbers []string
	for _, n := range out.Notes {
		line := pages.Note{ID: n.ID, Text: n.Text}
		if strings.HasPrefix(n.ID, "ADV_") {
			page.Lawyers = append(page.Lawyers, line)
		} else {
			page.Notes = append(page.Notes, line)
		}
		numbers = append(numbers, n.Sources...)
	}
	page.Sources = routeSources(s.svc.Routes.Sources(numbers))
	return s.render(c, fiber.StatusOK, pages.Outcome(page))
}

func (s *Server) routeLines(out routes.Outcome) []pages.RouteLine {
	var lines []pages.RouteLine
	for _, r := range out.Routes {
		advantage, condition := s.svc.Routes.Reasons(r.Route)
		lines = append(lines, pages.RouteLine{Route: string(r.Route), Mark: string(r.Mark), Label: r.Route.Label(), Words: r.Mark.Label(),
			Advantage: advantage, Condition: condition})
	}
	return lines
}

func givenOf(asked []routes.Question, valid routes.Answers) []pages.Given {
	var all []pages.Given
	for place, q := range asked {
		all = append(all, pages.Given{Question: q.Text, Answer: q.Answer(valid[q.Number]), Href: placePath(asked, place)})
	}
	return all
}

// guideReviewForm shows a chair the form to review the guide.
func (s *Server) guideReviewForm(c *fiber.Ctx) error {
	return s.showGuideReview(c, fiber.StatusOK, nil)
}

// guideReview keeps that a chair says the guide still holds.
func (s *Server) guideReview(c *fiber.Ctx) error {
	err := s.svc.Routes.ConfirmGuide(ctx(c), viewer(c), typedDates(c))
	if _, is := refused(err); is {
		return s.showGuideReview(c, fiber.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	return s.seeOther(c, guideCheck, "Uw controle is bewaard.")
}

func (s *Server) showGuideReview(c *fiber.Ctx, status int, refusal error) error {
	standing, err := s.svc.Routes.GuideStanding(ctx(c), viewer(c))
	if err != nil {
		return err
	}
	review, err := s.reviewOf(c, standing, refusal)
	if err != nil {
		return err
	}
	page := s.narrow(c, "Keuzehulp controleren")
	page.Error = refusal != nil
	return s.render(c, status, pages.GuideReview(pages.ReviewPage{Page: page, Standing: s.standingOf(standing), Review: *review,
		Crumbs: []parts.Link{{Label: compareTitle, Href: comparePath}, {Label: guideTitle, Href: guidePath}}}))
}
