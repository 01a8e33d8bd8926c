package bundles

import (
	"context"
	"slices"

	"ruggespraak/internal/fault"
	"ruggespraak/people"
	"ruggespraak/store"
)

// Tally counts the answers of one line. Only the chair sees it.
type Tally struct {
	Asked, Yes, Some, No, TooEarly, NoSight int
	Remarks                                 []string // what still goes wrong
}

// The numbers of answers from which a result is told, for members and for
// readers outside them.
const (
	membersFrom = 3
	outsideFrom = 5
)

// counted are the answers that say something about the effect.
func (t Tally) counted() int { return t.Yes + t.Some + t.No }

// Words is the result in words, from so many answers on.
func (t Tally) Words(from int) string {
	n := t.counted()
	switch {
	case n < from:
		return "nog te weinig antwoorden"
	case 2*(t.Yes+t.Some) > n:
		return "meestal beter"
	case 2*t.No > n:
		return "meestal niet beter"
	default:
		return "wisselend"
	}
}

// EffectLine is the result of the effect question as a viewer may know it:
// words, and for the chair the numbers.
type EffectLine struct {
	Words string
	Tally *Tally // only for the chair
}

func (d *Desk) tally(ctx context.Context, line string) (Tally, error) {
	var t Tally
	all, err := d.effects.All(ctx, store.Query{Order: store.Order{"line"}, Equal: []string{line}})
	if err != nil {
		return t, err
	}
	for _, e := range all {
		t.Asked++
		switch e.Answer {
		case Yes:
			t.Yes++
		case Some:
			t.Some++
		case No:
			t.No++
			t.Remarks = append(t.Remarks, e.Remark)
		case TooEarly:
			t.TooEarly++
		case NoSight:
			t.NoSight++
		}
	}
	slices.Sort(t.Remarks) // in no order that tells who wrote first
	return t, nil
}

// effectLine is the result of a line for a viewer; nil while nobody was asked.
func (d *Desk) effectLine(ctx context.Context, v people.Viewer, line string) (*EffectLine, error) {
	if !people.May(v.ActiveRole(), "effect.result", people.Read) {
		return nil, nil
	}
	t, err := d.tally(ctx, line)
	if err != nil || t.Asked == 0 {
		return nil, err
	}
	switch {
	case v.ActiveRole() == people.Chair:
		return &EffectLine{Words: t.Words(1), Tally: &t}, nil
	case v.ActiveRole().Member():
		return &EffectLine{Words: t.Words(membersFrom)}, nil
	default:
		return &EffectLine{Words: t.Words(outsideFrom)}, nil
	}
}

// EffectOf is the result for a point of a bundle that the viewer may read.
func (d *Desk) EffectOf(ctx context.Context, v people.Viewer, number string, n int) (*EffectLine, error) {
	b, p, err := d.pointOut(ctx, v, number, n)
	if err != nil {
		return nil, err
	}
	if !b.fedBack(p) {
		return nil, fault.NotFoundError()
	}
	return d.effectLine(ctx, v, p.Line)
}
