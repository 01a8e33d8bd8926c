package server

import (
	"slices"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/nl"
	"ruggespraak/frontend/parts"
	"ruggespraak/meetings/bundles"
	"ruggespraak/meetings/signals"
)

// wayOf draws the whole way of a contribution: what its author and the chair
// did, where it stood on agendas, and what became of it in bundles. answer is
// the last published answer, which stands above the text.
func (s *Server) wayOf(c *fiber.Ctx, view *signals.View) (way []parts.WayStop, answer *parts.AnswerOptions, err error) {
	way = ownStops(view)
	meetings, err := s.meetingStops(c, view)
	if err != nil {
		return nil, nil, err
	}
	steps, err := s.svc.Desk.Trail(ctx(c), viewer(c), view.ID)
	if err != nil {
		return nil, nil, err
	}
	last := lastAnswered(steps)
	for i, step := range steps {
		step.More, step.AskedAgain = s.stillToCome(step.More), s.stillToCome(step.AskedAgain)
		if i < last { // what is asked and promised since, follows on the last answer
			step.More, step.Effect, step.Own = "", nil, nil
		}
		if i == last {
			answer = answerOf(step)
		}
		way = append(way, bundleStops(step)...)
	}
	for _, m := range meetings {
		way = slices.Insert(way, placeOfStop(way, m.At), m)
	}
	return append(way, lastStop(view)...), answer, nil
}

// lastAnswered is the last step whose answer was fed back; -1 without one.
func lastAnswered(steps []bundles.TrailStep) int {
	for i := len(steps) - 1; i >= 0; i-- {
		if steps[i].Answer != nil && steps[i].Edition > 0 {
			return i
		}
	}
	return -1
}

// placeOfStop is where a stop at this instant stands: before the first later one.
func placeOfStop(way []parts.WayStop, at time.Time) int {
	later := slices.IndexFunc(way, func(s parts.WayStop) bool { return s.At.After(at) })
	if later < 0 {
		return len(way)
	}
	return later
}

// stillToCome leaves out a day that has passed: «Dan hoort u meer» is a promise.
func (s *Server) stillToCome(day bundles.Day) bundles.Day {
	if day.Noon().Add(12 * time.Hour).Before(s.svc.Now()) {
		return ""
	}
	return day
}

func ownStops(view *signals.View) []parts.WayStop {
	first := parts.WayStop{At: view.Day, Title: "Ingediend"}
	if !view.Released.IsZero() {
		first.Note = "Zichtbaar voor collega's sinds " + nl.Datum(view.Released) + "."
		if view.Hidden {
			first.Note = "Zichtbaar voor collega's op " + nl.Datum(view.Released) + ". De tekst is nu verborgen."
		}
	} else if view.Terms != nil && view.Terms.Readers == signals.CoMenshaOnly {
		first.Note = "Alleen CoMensha leest dit."
	}
	stops := []parts.WayStop{first}
	if view.Returned != nil {
		stops = append(stops, parts.WayStop{At: view.Returned.Day, Title: view.Label, Note: "Collega's zien deze inbreng nu niet."})
	}
	return stops
}

func (s *Server) meetingStops(c *fiber.Ctx, view *signals.View) ([]parts.WayStop, error) {
	ids := []string{view.ID}
	if view.Cluster != nil && (view.Terms == nil || view.Terms.Readers != signals.CoMenshaOnly) { // those go on no agenda
		ids = append(ids, view.Cluster.ID)
	}
	placed, err := s.svc.Calendar.Linked(ctx(c), viewer(c), ids)
	if err != nil {
		return nil, err
	}
	var stops []parts.WayStop
	seen := map[string]bool{}
	for _, p := range placed {
		if seen[p.Meeting] {
			continue
		}
		seen[p.Meeting] = true
		day, _ := time.Parse(time.DateOnly, p.Day)
		stop := parts.WayStop{At: day.Add(12 * time.Hour), Title: "Op de agenda van", Link: parts.Link{Label: p.Title, Href: "/overleggen/" + p.Meeting}}
		if p.Discussed() {
			stop.Title = "Besproken in"
		}
		stop.Open = !p.Discussed()
		stops = append(stops, stop)
	}
	return stops, nil
}

// bundleStops are the stops of one bundle: in it, lying with a body, answered,
// fed back, asked after.
func bundleStops(step bundles.TrailStep) []parts.WayStop {
	if step.Frozen.IsZero() {
		return []parts.WayStop{{When: "Nu", Title: "In een bundel in voorbereiding voor " + step.Addressee.Label(), Open: true}}
	}
	stops := []parts.WayStop{{At: step.Frozen, Title: "In bundel " + step.Number + ", punt " + strconv.Itoa(step.N), Note: "Voor " + step.Addressee.Label() + "."}}
	if step.Sent.IsZero() {
		return stops
	}
	stops[0].Title, stops[0].Link = "In bundel", parts.Link{Label: step.Number + ", punt " + strconv.Itoa(step.N), Href: "/bundels/" + step.Number + "/" + strconv.Itoa(step.N)}
	if !step.Withdrawn.IsZero() {
		stops[0].Link.Href = "/bundels/" + step.Number // the points are gone, the reason is there
		return append(stops, parts.WayStop{At: step.Withdrawn, Title: "Bundel " + step.Number + " is ingetrokken"})
	}
	lies := parts.WayStop{At: step.Sent, Title: "Ligt bij " + step.Addressee.Label()}
	if step.Waits > 0 && !step.Answered {
		lies.Note = waitWords(step.Waits) + "."
	}
	if t := step.AskedAgain.Noon(); !t.IsZero() {
		lies.Note = joinWords(" ", lies.Note, nl.Hoofdletter(step.Addressee.Label())+" heeft nog niet geantwoord. CoMensha vraagt het opnieuw op "+nl.Datum(t)+".")
	}
	return append(append(stops, lies), answerStops(step)...)
}

func answerStops(step bundles.TrailStep) []parts.WayStop {
	if step.Answer == nil {
		return nil
	}
	answered := parts.WayStop{At: step.Answer.Established.Noon(), Title: "Beantwoord", Note: step.Answer.Sentence(step.Answer.Body, nl.Datum) + ".", Back: true}
	stops := []parts.WayStop{answered}
	if step.Edition == 0 {
		stops[0].Note += " Nog niet gepubliceerd."
		return stops
	}
	stops = append(stops, parts.WayStop{At: step.Published, Title: "Teruggekoppeld in", Back: true,
		Link: parts.Link{Label: "de terugkoppeling van bundel " + step.Number, Href: "/terugkoppeling/" + step.Number + "/" + strconv.Itoa(step.Edition)}})
	if t := step.Corrected.Noon(); !t.IsZero() {
		stops[1].Note = "Gecorrigeerd op " + nl.Datum(t) + "."
	}
	if step.Effect != nil && step.Effect.Words != "" {
		stops = append(stops, parts.WayStop{When: "Merken collega's verschil?", Title: nl.Hoofdletter(step.Effect.Words), Back: true})
	}
	stops = append(stops, effectStop(step)...)
	if t := step.More.Noon(); !t.IsZero() {
		stops = append(stops, parts.WayStop{When: "Dan hoort u meer", Title: nl.Datum(t), Back: true, Open: true})
	}
	return stops
}

// effectStop leads to the viewer's own effect question.
func effectStop(step bundles.TrailStep) []parts.WayStop {
	if step.Own == nil || step.Own.Answer != "" {
		return nil
	}
	return []parts.WayStop{{When: "Nu", Title: "Merkt u in uw werk dat dit beter gaat?", Back: true,
		Link: parts.Link{Label: "Geef antwoord", Href: "/terugkoppeling/effect/" + step.Own.ID}}}
}

func answerOf(step bundles.TrailStep) *parts.AnswerOptions {
	a := step.Answer
	return &parts.AnswerOptions{
		ID: "antwoord", Head: "Antwoord van " + step.Addressee.Label() + ", vastgesteld op " + nl.Datum(a.Established.Noon()),
		Answer: a.Sentence(a.Body, nl.Datum) + ".", Reason: a.Reason, MoreAt: step.More.Noon(),
	}
}

func lastStop(view *signals.View) []parts.WayStop {
	switch view.Status.Status {
	case signals.Withdrawn:
		return []parts.WayStop{{At: view.Status.At, Title: "Ingetrokken"}}
	case signals.TakenAway:
		return []parts.WayStop{{At: view.Status.At, Title: "Tekst verwijderd"}}
	default:
		return nil
	}
}
