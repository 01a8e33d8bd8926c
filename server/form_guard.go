package server

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/parts"
	"ruggespraak/internal/fault"
	"ruggespraak/meetings/signals"
)

// Every form with free text goes the same way past the guard. The domain
// refuses, and holds nothing of what was typed; the page shows the finds and
// the wider wordings, made here from the request itself and kept nowhere.

// freeTexts are the fields of a form that the guard reads.
type freeTexts struct {
	fields []string
	// colleagues tells that names of accounts raise no question: agenda and minutes.
	colleagues bool
	// guests tells, where it is set, that somebody from outside the members reads
	// along: then the names raise one after all. It is asked only for a find.
	guests func() (bool, error)
}

// errTaken shows the form again with the wording that was taken; nothing was refused.
var errTaken = fault.New(fault.Invalid, "")

// guarded does the work of a form unless the reader takes a wording of the
// guard's over. A form that could not be kept in time is shown again too, with
// what was typed. said is, per field, why its text may stay, once each question
// about it was answered. again tells that the form must be shown again, with r.
func (s *Server) guarded(c *fiber.Ctx, t freeTexts, work func(said map[string]string) error) (r parts.Refusal, again bool, err error) {
	var given map[string]string
	if key := field(c, parts.TakeName); key != "" {
		err = s.takeGuarded(c, t, key)
	} else if given, err = s.said(c, t); err == nil {
		err = work(given)
	}
	if !fault.Is(err, fault.Invalid) && !late(err) {
		return r, false, err
	}
	names, readErr := s.unasked(c, t, typed(c))
	return s.refusal(err, s.screen(t, names, chosenReasons(c), typed(c))), true, readErr
}

// unasked are the names that raise no question in these texts. Where the guard
// finds nothing without them there is nothing to read them for.
func (s *Server) unasked(c *fiber.Ctx, t freeTexts, text func(name string) string) ([]string, error) {
	if !t.colleagues || s.screen(t, nil, nil, text).Empty() {
		return nil, nil
	}
	if t.guests != nil {
		if guests, err := t.guests(); guests || err != nil {
			return nil, err
		}
	}
	return s.svc.House.Directory.RecentNames(ctx(c))
}

// typed gives what the request holds for a field.
func typed(c *fiber.Ctx) func(name string) string {
	return func(name string) string { return field(c, name) }
}

// screen lets the guard read the texts.
func (s *Server) screen(t freeTexts, names []string, chosen map[string]string, text func(name string) string) signals.Screen {
	var all []signals.Text
	for _, name := range t.fields {
		all = append(all, signals.Text{Field: name, Text: text(name), Names: names})
	}
	return s.svc.Book.Screen(chosen, all...)
}

// takeGuarded takes a wording over for a form that is guarded.
func (s *Server) takeGuarded(c *fiber.Ctx, t freeTexts, key string) error {
	names, err := s.unasked(c, t, typed(c))
	if err != nil {
		return err
	}
	s.takeWording(c, t, names, key)
	return errTaken
}

// takeWording writes the wider wording of a find into the form.
func (s *Server) takeWording(c *fiber.Ctx, t freeTexts, names []string, key string) {
	for _, name := range t.fields {
		wider := s.svc.Book.TakeProposals(key, signals.Text{Field: name, Text: field(c, name), Names: names})
		c.Request().PostArgs().Set(name, wider)
	}
}

// said gives the reason for each field of which every question was answered;
// of several reasons the first.
func (s *Server) said(c *fiber.Ctx, t freeTexts) (map[string]string, error) {
	given, chosen := map[string]string{}, chosenReasons(c)
	if len(chosen) == 0 {
		return given, nil // and the guard need not read along: the domain lets it
	}
	names, err := s.unasked(c, t, typed(c))
	if err != nil {
		return nil, err
	}
	for _, name := range t.fields {
		one := s.screen(freeTexts{fields: []string{name}}, names, chosen, typed(c))
		if len(one.Asked) > 0 && len(one.Unanswered()) == 0 {
			given[name] = one.Asked[0].Reason
		}
	}
	return given, nil
}

// before sends reasons that were given earlier along with texts that did not
// change since, so that they are not asked about again.
func (s *Server) before(c *fiber.Ctx, t freeTexts, texts, reasons map[string]string) (parts.Refusal, error) {
	text := func(name string) string { return texts[name] }
	names, err := s.unasked(c, t, text)
	if err != nil {
		return parts.Refusal{}, err
	}
	r := parts.Refusal{Guards: map[string]parts.Guarded{}}
	screen := s.screen(t, names, nil, text)
	for _, f := range screen.Asked {
		if reason := reasons[f.Field]; reason != "" {
			g := r.Guards[f.Field]
			g.Given = append(g.Given, parts.HiddenField{Name: parts.ReasonName(f.Key), Value: reason})
			r.Guards[f.Field] = g
		}
	}
	return r, nil
}

// refusal is what the page shows: the summary, and at each field what is wrong
// with it or what the guard says about it. err may be nil: then nothing was
// refused, and only questions stand there.
func (s *Server) refusal(err error, screen signals.Screen) parts.Refusal {
	r, _ := refused(err)
	if late(err) {
		r = parts.Refusal{Title: lateTitle, Late: true}
	}
	r.Fields = pointed(r.Fields, fault.Fields(err), screen)
	r.Guards = map[string]parts.Guarded{}
	for _, f := range screen.Blocked {
		g := r.Guards[f.Field]
		g.Finds = append(g.Finds, parts.GuardFind{Line: f.Line, Kind: f.Word})
		r.Guards[f.Field] = g
	}
	for _, f := range screen.Asked {
		g := r.Guards[f.Field]
		g.Asks = append(g.Asks, askOf(f, r.Any()))
		r.Guards[f.Field] = g
	}
	for _, f := range screen.Hints {
		g := r.Guards[f.Field]
		g.Hints = append(g.Hints, f.Advice)
		r.Guards[f.Field] = g
	}
	return r
}

// pointed leads from what was said to the guard's blocks: to its refusal of a
// field, and to each question about one. What it asks twice it shows once, in
// the first field.
func pointed(said []parts.FieldRefusal, faults []fault.Field, screen signals.Screen) []parts.FieldRefusal {
	var all []parts.FieldRefusal
	for i, f := range faults {
		switch f.Guard {
		case fault.GuardRefuses:
			said[i].Block = parts.RefuseID(f.Name)
			all = append(all, said[i])
		case fault.GuardAsks:
			for _, q := range screen.Unanswered() {
				if q.Field == f.Name {
					all = append(all, parts.FieldRefusal{Name: f.Name, Sentence: f.Sentence, Block: parts.AskID(q.Key)})
				}
			}
		default:
			all = append(all, said[i])
		}
	}
	return all
}

// askOf is the guard's question about one find; missing says that no answer is
// an error by now.
func askOf(f signals.Find, missing bool) parts.GuardAskOptions {
	a := parts.GuardAskOptions{
		ID: parts.AskID(f.Key), Sentence: seesWords(f.Sees), Proposal: f.Proposal, TakeName: parts.TakeName, TakeValue: f.Key,
		EditHref: "#" + f.Field, ReasonName: parts.ReasonName(f.Key), Reason: f.Reason,
	}
	for _, p := range f.Now {
		a.Now = append(a.Now, parts.Fragment{Text: p.Text, Mark: p.Mark})
	}
	if missing && f.Reason == "" {
		a.Error = "Kies wat u wilt doen."
	}
	return a
}

// seesWords says what the guard sees; several things are seen together.
func seesWords(sees string) string {
	if strings.Contains(sees, " en ") {
		return "Wij zien " + sees + " bij elkaar."
	}
	return "Wij zien " + sees + "."
}

// chosenReasons collects the answers to the guard's questions about single
// places, by the key of the place.
func chosenReasons(c *fiber.Ctx) map[string]string {
	chosen := map[string]string{}
	for name, value := range c.Context().PostArgs().All() {
		if key, ok := strings.CutPrefix(string(name), parts.ReasonPrefix); ok {
			chosen[key] = string(value)
		}
	}
	return chosen
}

// formStatus is the status of a form that is shown again.
func formStatus(r parts.Refusal) int {
	switch {
	case r.Late:
		return fiber.StatusServiceUnavailable
	case r.Any():
		return fiber.StatusUnprocessableEntity
	default:
		return fiber.StatusOK
	}
}
