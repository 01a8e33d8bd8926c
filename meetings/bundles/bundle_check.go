package bundles

import (
	"context"
	"fmt"

	"ruggespraak/people"
)

// Numbers are the exact numbers behind a point. Only the chair sees them.
type Numbers struct {
	Organisations int
	Regions       int
	Contributions int
}

// Inspection is a bundle as the chair works on it: the stored bundle, the exact
// numbers per point, and what the check found.
type Inspection struct {
	*Bundle
	Numbers  map[string]Numbers  // point id
	Allowed  map[string][]string // point id: its sources that may go further
	Findings []Finding
	Hash     string // of what would be approved now
}

// Inspect gives a bundle with its numbers and findings, whatever its state. For
// the chair.
func (d *Desk) Inspect(ctx context.Context, v people.Viewer, number string) (*Inspection, error) {
	if err := people.Allow(v, "comp.draft", people.Read); err != nil {
		return nil, err
	}
	b, err := d.load(ctx, v, number, people.Read)
	if err != nil {
		return nil, err
	}
	return d.inspect(ctx, b)
}

func (d *Desk) inspect(ctx context.Context, b *Bundle) (*Inspection, error) {
	in := &Inspection{Bundle: b, Numbers: map[string]Numbers{}, Allowed: map[string][]string{}}
	for _, p := range b.Points {
		basis, err := d.book.Basis(ctx, p.Sources)
		if err != nil {
			return nil, fmt.Errorf("numbers of a point of %s: %w", b.Number, err)
		}
		in.Numbers[p.ID] = Numbers{
			Organisations: len(basis.Organisations), Regions: len(basis.Regions), Contributions: basis.Contributions,
		}
		if in.Allowed[p.ID], err = d.mayGo(ctx, p.Sources); err != nil {
			return nil, fmt.Errorf("sources of a point of %s: %w", b.Number, err)
		}
	}
	in.Hash = hashOf(b.sheet(in.broad()).bytes())
	if !b.editable() {
		return in, nil
	}
	var err error
	in.Findings, err = d.findings(ctx, in)
	return in, err
}

// broad gives the bands by the numbers of now.
func (in *Inspection) broad() map[string]bool {
	bands := map[string]bool{}
	for id, n := range in.Numbers {
		bands[id] = n.Organisations >= broadFrom
	}
	return bands
}

// findings is the whole check: what is missing, what may not go further, and
// what the texts give away.
func (d *Desk) findings(ctx context.Context, in *Inspection) ([]Finding, error) {
	b := in.Bundle
	l, err := d.leaving(ctx)
	if err != nil {
		return nil, err
	}
	var all []Finding
	for i, p := range b.Points {
		n := i + 1
		for _, t := range p.Texts.parts() {
			if t.text == "" {
				all = append(all, Finding{Point: n, Field: t.field, Name: t.name, Rule: "leeg", Say: "mist nog " + t.name + "."})
			}
		}
		if len(in.Allowed[p.ID]) == 0 {
			all = append(all, Finding{Point: n, Field: "bron", Name: "de inbreng", Rule: "bron", Say: "rust op geen enkele inbreng die verder mag. Voeg inbreng toe, of haal het punt weg."})
		}
		all = append(all, l.check(n, p.Texts.parts())...)
	}
	return append(all, l.check(0, []part{b.Addressee.part()})...), nil
}
