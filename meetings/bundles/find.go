package bundles

import (
	"context"
	"time"

	"ruggespraak/people"
	"ruggespraak/store"
)

// changedKey is an instant as a search key.
func changedKey(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// Change is a bundle that was written, and how many editions it has.
type Change struct {
	store.Meta
	Editions int
}

// Changed calls each with the bundles that were written since an instant of the
// real clock, for an index that follows; the zero time gives everything.
func (d *Desk) Changed(ctx context.Context, since time.Time, each func([]Change) error) error {
	return d.bundles.Walk(ctx, store.Query{Order: store.Order{"changed"}, From: changedKey(since)}, func(page []*Bundle) error {
		all := make([]Change, len(page))
		for i, b := range page {
			all[i] = Change{b.Meta, len(b.Editions)}
		}
		return each(all)
	})
}

// Findable gives those of the bundles that the viewer may read, as Read does;
// the others are left out.
func (d *Desk) Findable(ctx context.Context, v people.Viewer, numbers []string) ([]*Reading, error) {
	all, err := d.bundles.GetMany(ctx, numbers)
	if err != nil {
		return nil, err
	}
	var found []*Reading
	for _, b := range all {
		if people.Allow(v, b.object(), people.Read) != nil {
			continue
		}
		r, err := d.reading(ctx, v, b)
		if err != nil {
			return nil, err
		}
		r.Number = b.Number
		found = append(found, r)
	}
	return found, nil
}
