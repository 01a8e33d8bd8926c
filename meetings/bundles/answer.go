package bundles

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"ruggespraak/internal/fault"
	"ruggespraak/meetings/signals"
	"ruggespraak/people"
)

// AnswerKind is what a body answers to a point.
type AnswerKind string

// The answers. ToTaskForce is the SOM's only.
const (
	ToTaskForce AnswerKind = "naar-tf"
	PutBefore   AnswerKind = "voorleggen" // to a ministry, or to another body
	TakenUp     AnswerKind = "pakken-op"
	MoreFirst   AnswerKind = "meer-weten"
	NotTaken    AnswerKind = "niet-over"
)

// AnswerKinds lists the answers that a body can give, in the order of the form.
func AnswerKinds(b Body) []AnswerKind {
	if b == SOM {
		return []AnswerKind{ToTaskForce, PutBefore, TakenUp, MoreFirst, NotTaken}
	}
	return []AnswerKind{TakenUp, PutBefore, MoreFirst, NotTaken}
}

// Answer is one version of the answer of a body to a point.
type Answer struct {
	Kind        AnswerKind      `json:"kind"`
	Before      string          `json:"before,omitempty"` // ministry or body it is put before
	By          Day             `json:"by,omitempty"`     // «vóór {datum}»
	Reason      string          `json:"reason"`
	Established Day             `json:"established"`
	Outcome     signals.Outcome `json:"outcome,omitzero"`
	Recorded    Mark            `json:"recorded"`
	Guarded     Reasons         `json:"guarded,omitempty"`
}

// Sentence is the answer in the words of the body; day writes a date.
func (a Answer) Sentence(body Body, day func(time.Time) string) string {
	switch a.Kind {
	case ToTaskForce:
		return "Wij nemen dit mee naar de Task Force"
	case PutBefore:
		if body == SOM {
			return "Wij leggen dit voor aan " + Addressee{Body: Ministry, Name: strings.TrimPrefix(a.Before, "het ministerie van ")}.Label()
		}
		return "Wij leggen dit voor aan " + a.Before
	case TakenUp:
		if a.By == "" {
			return "Wij pakken dit zelf op"
		}
		return "Wij pakken dit zelf op, vóór " + day(a.By.Noon())
	case MoreFirst:
		return "Wij willen eerst meer weten"
	case NotTaken:
		return "Wij nemen dit niet over"
	default:
		return ""
	}
}

// AnswerView is an answer as a viewer who may know it sees it.
type AnswerView struct {
	Answer
	Body      Body
	Published bool
}

// answerFor is the answer as far as the viewer may know it: the body's own
// before it is published, everybody's once an edition brought it.
func (b *Bundle) answerFor(v people.Viewer, p *Point) *AnswerView {
	a := p.answer()
	if a != nil && people.May(v.ActiveRole(), b.Addressee.answerObject(), people.Read) {
		return &AnswerView{Answer: a.seenBy(v), Body: b.Addressee.Body, Published: b.fedBack(p)}
	}
	item := b.publishedItem(p)
	if item == nil || !people.May(v.ActiveRole(), "feedback.published", people.Read) {
		return nil
	}
	return &AnswerView{Answer: item.Answer.seenBy(v), Body: b.Addressee.Body, Published: true}
}

// seenBy leaves out who recorded the answer and when, for all but the chair, and
// the outcome for all but members: who holds it now is not checked for leaving.
func (a Answer) seenBy(v people.Viewer) Answer {
	if v.ActiveRole() != people.Chair {
		a.Recorded, a.Guarded, a.Outcome.At = Mark{}, nil, time.Time{}
	}
	if !v.ActiveRole().Member() {
		a.Outcome = signals.Outcome{}
	}
	return a
}

// mayRecord tells whether the viewer may record or change the answer now.
func (b *Bundle) mayRecord(v people.Viewer, p *Point) bool {
	verb := people.Create
	if p.answer() != nil {
		verb = people.Update
	}
	return b.State == Sent && !b.fedBack(p) && people.May(v.ActiveRole(), b.Addressee.answerObject(), verb)
}

// NewAnswer is what is filled in about an answer.
type NewAnswer struct {
	Kind        AnswerKind
	Before      string
	By          Day
	Reason      string
	Established Day
	Outcome     signals.Outcome
}

// Record keeps the one answer of the body to a point; before it is published it
// can be changed, and every version is kept. «Wij nemen dit mee naar de Task
// Force» builds the point into a draft for the Task Force. The outcome is the
// chair's: another recorder's is left as it was. For the chair, and for the
// secretariat of the Task Force on its own bundles.
func (d *Desk) Record(ctx context.Context, v people.Viewer, number string, n int, in NewAnswer, said Reasons) error {
	b, p, err := d.pointOut(ctx, v, number, n)
	if err != nil {
		return err
	}
	if err := b.checkRecorder(v, p); err != nil {
		return err
	}
	in.Before, in.Reason = strings.TrimSpace(in.Before), strings.TrimSpace(in.Reason)
	in.Outcome.Body = strings.TrimSpace(in.Outcome.Body)
	if err := d.checkAnswer(ctx, b, &in, said); err != nil {
		return err
	}
	point := p.ID
	_, err = d.change(ctx, v, number, people.Read, func(b *Bundle) error {
		p := b.point(point)
		if p == nil || b.State != Sent {
			return fault.NotFoundError()
		}
		if err := b.checkRecorder(v, p); err != nil {
			return err
		}
		a := Answer{
			Kind: in.Kind, Before: in.Before, By: in.By, Reason: in.Reason, Established: in.Established,
			Outcome: in.Outcome, Recorded: d.mark(v), Guarded: said,
		}
		if old := p.answer(); v.ActiveRole() != people.Chair && old != nil {
			a.Outcome = old.Outcome
		}
		p.Answers = append(p.Answers, a)
		b.Events.Add(eventAnswered, a.Recorded.At, pointData{Point: point})
		return nil
	})
	return err
}

func (b *Bundle) checkRecorder(v people.Viewer, p *Point) error {
	verb := people.Create
	if p.answer() != nil {
		verb = people.Update
	}
	if !people.May(v.ActiveRole(), b.Addressee.answerObject(), verb) {
		return fault.ForbiddenError() // the point itself is visible
	}
	if b.fedBack(p) {
		return fault.New(fault.Conflict, "Dit antwoord is al teruggekoppeld. Corrigeer eerst de terugkoppeling.")
	}
	return nil
}

func (d *Desk) checkAnswer(ctx context.Context, b *Bundle, in *NewAnswer, said Reasons) error {
	var f fault.Form
	f.Require(slices.Contains(AnswerKinds(b.Addressee.Body), in.Kind), "antwoord", "Kies het antwoord.")
	if in.Kind != PutBefore {
		in.Before = ""
	}
	if in.Kind != TakenUp {
		in.By = ""
	}
	f.Require(in.Kind != PutBefore || in.Before != "", "wie", "Vul in aan wie het wordt voorgelegd.")
	f.Require(utf8.RuneCountInString(in.Before) <= maxName, "wie", "Gebruik een kortere naam.")
	in.checkDays(&f, DayOf(b.Sending.At), d.today())
	f.Require(in.Reason != "", "reden", "Schrijf de reden op. Zorgcoördinatoren lezen die.")
	f.Require(utf8.RuneCountInString(in.Reason) <= maxReason, "reden", "Maak de reden korter: ten hoogste 2.000 tekens.")
	if in.Outcome.Kind != signals.LiesWith {
		in.Outcome.Body = ""
	}
	f.Require(in.Outcome.Kind == signals.NoOutcome || in.Outcome.Label() != "", "uitkomst", "Kies een uitkomst.")
	f.Require(in.Outcome.Kind != signals.LiesWith || in.Outcome.Body != "", "bij", "Vul in bij wie het nu ligt.")
	texts := []part{{"wie", "de naam", in.Before}, {"reden", "de reden", in.Reason}, {"bij", "de organisatie", in.Outcome.Body}}
	l, err := d.leaving(ctx)
	if err != nil {
		return err
	}
	refuse(&f, l.check(0, texts[:2])) // the outcome's holder is for members only
	return d.gate(&f, "Het antwoord is nog niet bewaard", texts, said)
}

func (in *NewAnswer) checkDays(f *fault.Form, sent, today Day) {
	switch {
	case !in.Established.Valid():
		f.Add("vastgesteld", "Vul in op welke dag het antwoord is vastgesteld. Bijvoorbeeld 25-11-2026.")
	case in.Established > today:
		f.Add("vastgesteld", "Deze dag is nog niet geweest.")
	case in.Established < sent:
		f.Add("vastgesteld", "Op deze dag was de bundel nog niet verstuurd.")
	}
	f.Require(in.By == "" || in.By.Valid(), "voor", "Vul een datum in. Bijvoorbeeld 25-11-2026.")
	f.Require(!in.By.Valid() || in.By > in.Established, "voor", "Kies een dag na de dag van het antwoord.")
}

// SetOutcome changes what came of a point, before or after its answer was
// published. For the chair.
func (d *Desk) SetOutcome(ctx context.Context, v people.Viewer, number string, n int, o signals.Outcome, said Reasons) error {
	b, p, err := d.pointOut(ctx, v, number, n)
	if err != nil {
		return err
	}
	if !people.May(v.ActiveRole(), b.Addressee.answerObject(), people.Act) {
		return fault.ForbiddenError()
	}
	o.Body = strings.TrimSpace(o.Body)
	if o.Kind != signals.LiesWith {
		o.Body = ""
	}
	var f fault.Form
	f.Require(o.Kind == signals.NoOutcome || o.Label() != "", "uitkomst", "Kies een uitkomst.")
	f.Require(o.Kind != signals.LiesWith || o.Body != "", "bij", "Vul in bij wie het nu ligt.")
	if err := d.gate(&f, "De uitkomst is nog niet bewaard", []part{{"bij", "de organisatie", o.Body}}, said); err != nil {
		return err
	}
	point := p.ID
	_, err = d.change(ctx, v, number, people.Read, func(b *Bundle) error {
		a := b.point(point).answer()
		if a == nil {
			return fault.New(fault.Conflict, "Er is nog geen antwoord bij dit punt.")
		}
		a.Outcome = o
		b.Events.Add(eventOutcome, d.now(), pointData{Point: point})
		return nil
	})
	return err
}

// ends tells whether the answer ends the asking: nobody is asked about its
// effect.
func (a Answer) ends() bool { return a.Kind == NotTaken || a.Kind == MoreFirst }

// hasEffect tells whether somebody may come to notice this answer.
func (a Answer) hasEffect(body Body) bool {
	if a.ends() {
		return false
	}
	return a.Kind == TakenUp || body == TaskForce ||
		a.Outcome.Kind == signals.Solved || a.Outcome.Kind == signals.PartSolved
}
