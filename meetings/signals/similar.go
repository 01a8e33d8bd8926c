package signals

import (
	"context"
	"fmt"
	"time"

	"ruggespraak/internal/textindex"
	"ruggespraak/people"
	"ruggespraak/store"
)

// Likeness is where «Lijkt op» looks: among what all members may read, or for
// the chair among all that was submitted. Who fills it follows Changed and
// Findable. Without it nothing is alike.
type Likeness struct {
	Find   func(ctx context.Context, all bool, title, text string, limit int) ([]textindex.Hit, error)
	Forget func(ctx context.Context, id string) error // takes a contribution out, with the bytes on disk
}

// Limits of «Lijkt op».
const (
	similarShown = 3
	similarAsked = 12 // hits looked at, for some may not be read any more
)

// changedKey is an instant as a search key.
func changedKey(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// Changed calls each with the contributions that were written since an instant of
// the real clock, for an index that follows; the zero time gives everything.
func (b *Book) Changed(ctx context.Context, since time.Time, each func([]store.Meta) error) error {
	return b.contributions.WalkMeta(ctx, store.Query{Order: store.Order{"changed"}, From: changedKey(since)}, each)
}

// Findable is a contribution as far as it is searched.
type Findable struct {
	ID, Title, Text string
	Kind            Kind
	Theme           string // slug
	Day             time.Time
}

// Findable gives those of the contributions that the viewer finds in a search:
// what colleagues find in lists, for the chair all that takes part. What only its
// author may read is not searched. The others are left out.
func (b *Book) Findable(ctx context.Context, v people.Viewer, ids []string) ([]Findable, error) {
	all, err := b.contributions.GetMany(ctx, ids)
	if err != nil {
		return nil, err
	}
	var found []Findable
	for _, c := range all {
		reader := people.Viewer{Role: v.Role} // what stands in the index is the same for all of the role
		if people.Allow(reader, c.relation(reader), people.Read) == nil && c.live() && (c.shown() || seesAll(v)) {
			found = append(found, Findable{ID: c.ID, Title: c.Title, Text: c.Text, Kind: c.Kind, Theme: c.Theme, Day: dayOf(c.At)})
		}
	}
	return found, nil
}

// forget takes a contribution out of the indexes, with the bytes on disk.
func (b *Book) forget(ctx context.Context, id string) error {
	if b.likeness.Forget == nil {
		return nil
	}
	return b.likeness.Forget(ctx, id)
}

// Similar gives at most three contributions that look like the text, best
// first: only what the viewer may read. A text in which the guard finds an
// identifier is not searched: Invalid.
func (b *Book) Similar(ctx context.Context, v people.Viewer, title, text string) ([]Item, error) {
	if err := people.Allow(v, "contrib.sub.other.released", people.List); err != nil {
		return nil, err
	}
	form := Form{Title: title, Text: text}.trimmed()
	if err := form.tooLong(); err != nil {
		return nil, err
	}
	if err := b.screen(form).refused(); err != nil {
		return nil, err
	}
	if b.likeness.Find == nil || form.Title == "" && form.Text == "" {
		return nil, nil
	}
	hits, err := b.likeness.Find(ctx, seesAll(v), form.Title, form.Text, similarAsked)
	if err != nil {
		return nil, fmt.Errorf("similar contributions: %w", err)
	}
	return b.readable(ctx, v, hits)
}

// readable asks the store again: an index may be behind.
func (b *Book) readable(ctx context.Context, v people.Viewer, hits []textindex.Hit) ([]Item, error) {
	ids := make([]string, len(hits))
	for i, h := range hits {
		ids[i] = h.ID
	}
	all, err := b.contributions.GetMany(ctx, ids)
	if err != nil {
		return nil, err
	}
	var items []Item
	for _, c := range all {
		if len(items) == similarShown {
			break
		}
		if people.Allow(v, c.relation(v), people.Read) == nil && c.live() && !c.withheldFrom(v) {
			item := b.itemOf(v, c.ID, rowOf(c))
			item.Recognised = c.supportOf(v.Account) >= 0
			item.CanRecognise = c.may(v).Recognise && !item.Recognised
			items = append(items, item)
		}
	}
	return items, nil
}
