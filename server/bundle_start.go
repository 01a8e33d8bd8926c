package server

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/nl"
	pages "ruggespraak/frontend/pages/bundles"
	feedbackpages "ruggespraak/frontend/pages/feedback"
	"ruggespraak/frontend/parts"
	"ruggespraak/meetings/bundles"
	"ruggespraak/people"
)

// startBundles gives what waits in bundles: for the chair what to approve, to
// send and to answer; for SOM and Task Force the points that wait for them.
func (s *Server) startBundles(c *fiber.Ctx) ([]startSection, error) {
	switch v := viewer(c); v.ActiveRole() {
	case people.Chair:
		return s.startChairBundles(c, v)
	case people.SOMMember, people.TaskForce:
		return s.startBody(c, v)
	}
	return nil, nil
}

func (s *Server) startChairBundles(c *fiber.Ctx, v people.Viewer) ([]startSection, error) {
	desk, err := s.svc.Desk.ForChair(ctx(c), v)
	if err != nil {
		return nil, err
	}
	var sections []startSection
	add := func(rank int, id, title string, rows []pages.Row) {
		if len(rows) > 0 {
			sections = append(sections, startSection{rank: rank, body: pages.Start(pages.StartPart{ID: id, Title: title, Rows: rows})})
		}
	}
	add(rankApprove, "goedkeuren", "Goed te keuren", waitingRows(desk.ToApprove, func(w bundles.Waiting) string {
		return "Aangeboden op " + dayWords(w.Since)
	}, parts.Status{Label: "Wacht op u", Tone: parts.ToneWarn}))
	next := waitingRows(desk.ToSettle, nil, parts.Status{Label: "Goedgekeurd", Tone: parts.TonePositive})
	next = append(next, waitingRows(desk.ToSend, nil, parts.Status{Label: "Vastgesteld", Tone: parts.TonePositive})...)
	next = append(next, waitingRows(desk.Elsewhere, nil, parts.Status{Label: "Ligt bij een collega", Tone: parts.ToneQuiet})...)
	add(rankApprove+1, "onderweg", "Bundels onderweg", next)
	add(rankAnswers, "terugkoppelen", "Nog terug te koppelen", feedRows(desk.ToFeed))
	add(rankWaiting-1, "opnieuw", "Vandaag opnieuw te vragen", waitingRows(desk.AskAgain, func(w bundles.Waiting) string {
		return nl.Aantal(w.Open, "punt", "punten") + " zonder antwoord"
	}, parts.Status{}))
	add(rankWaiting, "wacht", "Wacht op antwoord", silentRows(desk.Silent))
	return sections, nil
}

func waitingRows(all []bundles.Waiting, line func(bundles.Waiting) string, st parts.Status) []pages.Row {
	var rows []pages.Row
	for _, w := range all {
		r := pages.Row{Title: bundleName(w.Number, w.Addressee), Href: bundlePath(w.Number), Status: st}
		if line != nil {
			r.Line = line(w)
		}
		rows = append(rows, r)
	}
	return rows
}

func feedRows(all []bundles.Waiting) []pages.Row {
	var rows []pages.Row
	for _, w := range all {
		rows = append(rows, pages.Row{
			Title: bundleName(w.Number, w.Addressee), Href: "/terugkoppeling/" + w.Number + "/maken",
			Line: nl.Aantal(w.Open, "antwoord", "antwoorden") + " nog niet teruggekoppeld",
		})
	}
	return rows
}

func silentRows(all []bundles.Waiting) []pages.Row {
	return waitingRows(all, func(w bundles.Waiting) string {
		return nl.Aantal(w.Open, "punt", "punten") + " zonder antwoord · " + waitWords(w.Days)
	}, parts.Status{})
}

func (s *Server) startBody(c *fiber.Ctx, v people.Viewer) ([]startSection, error) {
	waiting, err := s.svc.Desk.ForBody(ctx(c), v)
	if err != nil || len(waiting) == 0 {
		return nil, err
	}
	part := pages.StartPart{ID: "wacht", Title: "Punten die op uw reactie wachten"}
	if v.ActiveRole() == people.TaskForce {
		part.Title = "Punten die op antwoord wachten"
	}
	for _, w := range waiting {
		part.Rows = append(part.Rows, pages.Row{
			Title: bundleName(w.Number, w.Addressee), Href: bundlePath(w.Number),
			Status: parts.Status{Label: nl.Aantal(w.Open, "punt", "punten"), Tone: parts.ToneWarn}, Line: "Verstuurd op " + dayWords(w.Since),
		})
	}
	return []startSection{{rank: rankAnswers, body: pages.Start(part)}}, nil
}

// How many answers a start page shows, and how many questions with their form;
// to the others it leads.
const (
	startAnswers = 3
	startEffects = 2
)

// startFeedback gives what came back: to members the answers on their own
// inbreng and the effect questions, to SOM and Task Force what was published.
func (s *Server) startFeedback(c *fiber.Ctx) ([]startSection, error) {
	v := viewer(c)
	switch {
	case v.ActiveRole() == people.Chair || !people.May(v.ActiveRole(), "feedback.published", people.List):
		return nil, nil
	case v.ActiveRole().Member():
		return s.startOwnAnswers(c, v)
	}
	all, err := s.svc.Desk.ListFeedback(ctx(c), v)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	part := feedbackpages.StartPart{ID: "antwoorden", Title: "Nieuwe terugkoppeling"}
	for _, l := range all[:min(len(all), startAnswers)] {
		part.Rows = append(part.Rows, feedbackRow(l))
	}
	return []startSection{{rank: rankAnswers, body: feedbackpages.Start(part)}}, nil
}

func (s *Server) startOwnAnswers(c *fiber.Ctx, v people.Viewer) ([]startSection, error) {
	own, err := s.svc.Desk.OwnAnswers(ctx(c), v, startAnswers)
	if err != nil {
		return nil, err
	}
	open, err := s.svc.Desk.OpenEffects(ctx(c), v)
	if err != nil || len(own)+len(open) == 0 {
		return nil, err
	}
	page := feedbackpages.StartAnswers{CSRF: s.token(c), All: parts.Link{Label: "Alle terugkoppeling", Href: "/terugkoppeling"}}
	for _, a := range own {
		item := itemWords(a.In, a.Item)
		page.Answers = append(page.Answers, feedbackpages.StartAnswer{
			Head: item.Head, Text: item.Answer,
			On: parts.Link{Label: item.Heading, Href: feedbackPath(a.In.Number, a.In.N) + "#" + item.ID},
		})
	}
	for i, q := range open[:min(len(open), startEffects)] {
		page.Effects = append(page.Effects, feedbackpages.StartEffect{
			ID: "effect-" + strconv.Itoa(i+1), Action: "/terugkoppeling/effect/" + q.ID, Options: effectOptions(),
			On: parts.Link{Label: q.Heading, Href: feedbackPath(q.Feedback.Number, q.Feedback.N)},
		})
	}
	for _, q := range open[min(len(open), startEffects):] {
		page.More = append(page.More, parts.Link{Label: q.Heading, Href: "/terugkoppeling/effect/" + q.ID})
	}
	return []startSection{{rank: rankAnswers, body: feedbackpages.Answers(page)}}, nil
}
