package bundles

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"ruggespraak/internal/fault"
	"ruggespraak/people"
	"ruggespraak/store"
)

// AddCluster makes a point of a cluster, prefilled with the cluster's heading
// and nothing else, and gives the point's id. Contributions for «Alleen
// CoMensha» whose author did not say yes stay out. For the chair.
func (d *Desk) AddCluster(ctx context.Context, v people.Viewer, number, cluster string) (string, error) {
	if err := people.Allow(v, "comp.draft", people.Update); err != nil {
		return "", err
	}
	c, err := d.book.ClusterFor(ctx, v, cluster)
	if err != nil {
		return "", err
	}
	ids, err := d.mayGo(ctx, c.Contributions)
	if err != nil {
		return "", err
	}
	if len(ids) == 0 {
		return "", errNoneMayGo()
	}
	return d.addPoint(ctx, v, number, Point{Cluster: c.ID, Sources: ids, Texts: Texts{Heading: c.Heading}})
}

// AddContribution makes a point of one contribution, with no words of it. For
// the chair.
func (d *Desk) AddContribution(ctx context.Context, v people.Viewer, number, contribution string) (string, error) {
	if err := d.checkSource(ctx, v, contribution); err != nil {
		return "", err
	}
	return d.addPoint(ctx, v, number, Point{Sources: []string{contribution}})
}

// AddSource rests a point on one more contribution. For the chair.
func (d *Desk) AddSource(ctx context.Context, v people.Viewer, number, point, contribution string) error {
	if err := d.checkSource(ctx, v, contribution); err != nil {
		return err
	}
	return d.edit(ctx, v, number, func(b *Bundle) error {
		if b.point(point) == nil {
			return fault.NotFoundError()
		}
		if slices.Contains(b.sources(), contribution) {
			return errUsed()
		}
		p := b.point(point)
		p.Sources = append(p.Sources, contribution)
		return nil
	})
}

// DropSource takes a contribution out of a point. For the chair.
func (d *Desk) DropSource(ctx context.Context, v people.Viewer, number, point, contribution string) error {
	return d.edit(ctx, v, number, func(b *Bundle) error {
		p := b.point(point)
		if p == nil || !slices.Contains(p.Sources, contribution) {
			return fault.NotFoundError()
		}
		p.Sources = slices.DeleteFunc(p.Sources, func(s string) bool { return s == contribution })
		return nil
	})
}

// checkSource refuses what the chair may not read, and what may not go further
// than its author chose.
func (d *Desk) checkSource(ctx context.Context, v people.Viewer, contribution string) error {
	if err := people.Allow(v, "comp.draft", people.Update); err != nil {
		return err
	}
	known, err := d.book.Brief(ctx, v, []string{contribution})
	if err != nil {
		return err
	}
	if len(known) == 0 {
		return fault.NotFoundError()
	}
	ids, err := d.mayGo(ctx, []string{contribution})
	if err != nil {
		return err
	}
	if len(ids) == 0 {
		return errNoneMayGo()
	}
	return nil
}

func (d *Desk) addPoint(ctx context.Context, v people.Viewer, number string, p Point) (string, error) {
	p.ID = store.NewID()
	p.Line = p.ID
	err := d.edit(ctx, v, number, func(b *Bundle) error {
		if len(b.Points) >= maxPoints {
			return fault.New(fault.Conflict, "Een bundel heeft ten hoogste 40 punten.")
		}
		used := b.sources()
		rest := slices.DeleteFunc(slices.Clone(p.Sources), func(s string) bool { return slices.Contains(used, s) })
		if len(rest) == 0 {
			return errUsed()
		}
		added := p
		added.Sources = rest
		added.Texts.To = b.Addressee.Label()
		b.Points = append(b.Points, added)
		return nil
	})
	return p.ID, err
}

func errUsed() error {
	return fault.New(fault.Conflict, "Deze inbreng staat al in een punt van deze bundel.")
}

func errNoneMayGo() error {
	return fault.New(fault.Conflict, "Deze inbreng mag niet verder. Zij is ingetrokken, of de indiener koos «Alleen CoMensha» en zei nog geen ja.")
}

// Write changes the texts of a point. rev is the point's revision that the
// writer saw: when somebody else wrote in between, nothing is lost and the
// answer is a conflict. What the guard refuses is not kept, nor what may not
// leave: a point says nothing else in any state. For the chair.
func (d *Desk) Write(ctx context.Context, v people.Viewer, number, point string, rev int, t Texts, said Reasons) error {
	if err := people.Allow(v, "comp.draft", people.Update); err != nil {
		return err
	}
	t = t.trimmed()
	if err := d.checkTexts(ctx, t, said); err != nil {
		return err
	}
	return d.edit(ctx, v, number, func(b *Bundle) error {
		p := b.point(point)
		if p == nil {
			return fault.NotFoundError()
		}
		if p.Rev != rev {
			return fault.New(fault.Conflict, "Een collega heeft dit punt intussen gewijzigd. Uw tekst staat hieronder nog. Vergelijk, en sla opnieuw op.")
		}
		p.Texts, p.Guarded, p.Rev = t, said, p.Rev+1
		return nil
	})
}

func (t Texts) trimmed() Texts {
	return Texts{
		Heading: strings.TrimSpace(t.Heading), See: strings.TrimSpace(t.See), Effect: strings.TrimSpace(t.Effect),
		Ask: strings.TrimSpace(t.Ask), To: strings.TrimSpace(t.To),
	}
}

// parts gives the texts under the names of their fields.
func (t Texts) parts() []part {
	return []part{
		{"kop", "de kop", t.Heading}, {"zien", "«Wat zien zorgcoördinatoren?»", t.See},
		{"gevolg", "«Wat is het gevolg voor slachtoffers?»", t.Effect},
		{"vraag", "de vraag", t.Ask}, {"aan", "«Aan wie?»", t.To},
	}
}

func (d *Desk) checkTexts(ctx context.Context, t Texts, said Reasons) error {
	var f fault.Form
	f.Require(t.Heading != "", "kop", "Schrijf de kop in één zin.")
	f.Require(utf8.RuneCountInString(t.Heading) <= maxHeading, "kop", "Maak de kop korter: ten hoogste 200 tekens.")
	for _, p := range t.parts()[1:] {
		f.Require(utf8.RuneCountInString(p.text) <= maxText, p.field, "Maak de tekst korter: ten hoogste 4.000 tekens.")
	}
	l, err := d.leaving(ctx)
	if err != nil {
		return err
	}
	refuse(&f, l.check(0, t.parts()))
	return d.gate(&f, "Het punt is nog niet bewaard", t.parts(), said)
}

// Direction is which way a point moves.
type Direction int

// The two directions.
const (
	Up   Direction = -1
	Down Direction = 1
)

// Move puts a point one place up or down; at the end it stays. For the chair.
func (d *Desk) Move(ctx context.Context, v people.Viewer, number, point string, dir Direction) error {
	return d.edit(ctx, v, number, func(b *Bundle) error {
		i := b.numberOf(point) - 1
		if i < 0 {
			return fault.NotFoundError()
		}
		j := i + int(dir)
		if j < 0 || j >= len(b.Points) {
			return store.Unchanged
		}
		b.Points[i], b.Points[j] = b.Points[j], b.Points[i]
		return nil
	})
}

// Remove takes a point out of a draft. A point that another body passed on
// stays while somebody waits for the answer: nothing may get lost at the
// hand-over. For the chair.
func (d *Desk) Remove(ctx context.Context, v people.Viewer, number, point string) error {
	return d.edit(ctx, v, number, func(b *Bundle) error {
		p := b.point(point)
		if p == nil {
			return fault.NotFoundError()
		}
		awaited, err := d.awaited(ctx, p)
		if err != nil {
			return err
		}
		if awaited {
			return fault.New(fault.Conflict, "Dit punt is door een ander orgaan doorgegeven. Het kan niet weg: zorgcoördinatoren wachten op het antwoord.")
		}
		b.Points = slices.DeleteFunc(b.Points, func(p Point) bool { return p.ID == point })
		return nil
	})
}

// awaited tells whether a body passed the point on and still does, for
// contributions that may go further still.
func (d *Desk) awaited(ctx context.Context, p *Point) (bool, error) {
	if p.Origin == nil {
		return false, nil
	}
	from, err := d.bundles.Get(ctx, p.Origin.Bundle)
	if err != nil {
		return false, err
	}
	before := from.point(p.Origin.Point)
	if from.State != Sent || before == nil || before.answer() == nil || before.answer().Kind != ToTaskForce {
		return false, nil
	}
	may, err := d.mayGo(ctx, p.Sources)
	return len(may) > 0, err
}
