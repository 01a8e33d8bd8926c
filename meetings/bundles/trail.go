package bundles

import (
	"context"
	"slices"
	"time"

	"ruggespraak/people"
	"ruggespraak/store"
)

// TrailStep is what became of a contribution in one bundle, as far as a member
// may know it.
type TrailStep struct {
	Number     string
	N          int // number of the point
	Addressee  Addressee
	Frozen     time.Time // zero: not yet, and only the chair gets the step
	Sent       time.Time // zero: not yet; the bundle may be read from then on
	Withdrawn  time.Time
	Waits      int         // days without an answer
	Answered   bool        // recorded; what it is, follows with the feedback
	Answer     *AnswerView // published; the chair sees it before
	Published  time.Time
	Edition    int // number of the edition with the answer; 0: none
	More       Day // «Dan hoort u meer»
	AskedAgain Day // no answer yet; asked again on this day
	Corrected  Day // an edition about this point was corrected
	Effect     *EffectLine
	Own        *EffectQuestion // asked of the viewer
}

// Trail tells what became of a contribution: its points, in the order of their
// freezing. The caller has made sure that the viewer may read the contribution.
// Outside the members there is no trail.
func (d *Desk) Trail(ctx context.Context, v people.Viewer, contribution string) ([]TrailStep, error) {
	if !v.ActiveRole().Member() {
		return nil, nil
	}
	all, err := d.bundles.All(ctx, store.Query{Order: store.Order{"source"}, Equal: []string{contribution}})
	if err != nil {
		return nil, err
	}
	var steps []TrailStep
	for _, b := range all {
		for i := range b.Points {
			if !slices.Contains(b.Points[i].Sources, contribution) || !b.showsIn(v) {
				continue
			}
			step, err := d.step(ctx, v, b, &b.Points[i])
			if err != nil {
				return nil, err
			}
			steps = append(steps, step)
		}
	}
	slices.SortStableFunc(steps, func(x, y TrailStep) int { return x.order().Compare(y.order()) })
	return steps, nil
}

// showsIn tells whether a step in this bundle is told: to members once it is
// frozen, to the chair from the start.
func (b *Bundle) showsIn(v people.Viewer) bool {
	return b.Freeze != nil || v.ActiveRole() == people.Chair
}

// order puts what is not frozen last.
func (s TrailStep) order() time.Time {
	if s.Frozen.IsZero() {
		return time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return s.Frozen
}

func (d *Desk) step(ctx context.Context, v people.Viewer, b *Bundle, p *Point) (TrailStep, error) {
	s := TrailStep{Number: b.Number, N: b.numberOf(p.ID), Addressee: b.Addressee, Answered: p.answer() != nil}
	if b.Freeze != nil {
		s.Frozen = b.Freeze.At
	}
	if b.Sending != nil {
		s.Sent = b.Sending.At
	}
	if b.Withdraw != nil {
		s.Withdrawn = b.Withdraw.At
		return s, nil
	}
	if b.State == Sent && !s.Answered {
		s.Waits = max(DayOf(s.Sent).DaysUntil(d.today()), 0)
	}
	s.Answer = b.answerFor(v, p)
	b.addEditions(p, &s)
	if s.Edition == 0 {
		return s, nil
	}
	var err error
	if s.Effect, err = d.effectLine(ctx, v, p.Line); err != nil {
		return s, err
	}
	s.Own, err = d.ownEffect(ctx, v, b, p)
	return s, err
}

// addEditions notes where the point was fed back, or said to be asked again.
func (b *Bundle) addEditions(p *Point, s *TrailStep) {
	for i := range b.Editions {
		e := &b.Editions[i]
		j := slices.IndexFunc(e.Items, func(it Item) bool { return it.Point == p.ID })
		if j < 0 {
			continue
		}
		if e.Retracted != nil {
			s.Corrected = DayOf(e.Retracted.At)
			continue
		}
		if e.Items[j].Answer == nil {
			s.AskedAgain = e.Items[j].More
			continue
		}
		s.Edition, s.Published, s.More, s.AskedAgain = e.N, e.Published.At, e.Items[j].More, ""
	}
}

// ownEffect is the viewer's own effect question about the answer of this step.
func (d *Desk) ownEffect(ctx context.Context, v people.Viewer, b *Bundle, p *Point) (*EffectQuestion, error) {
	e, err := d.effects.Get(ctx, effectID(p.Line, v.Account))
	if isNotFound(err) || err == nil && (e.Bundle != b.Number || e.Point != p.ID) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	q := e.question()
	return &q, nil
}
