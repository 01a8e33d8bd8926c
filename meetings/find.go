package meetings

import (
	"context"
	"time"

	"ruggespraak/people"
	"ruggespraak/store"
)

// Changed calls each with what was written since an instant of the real clock,
// for an index that follows; the zero time gives everything.
func (c *Calendar) Changed(ctx context.Context, since time.Time, each func([]store.Meta) error) error {
	return c.meetings.WalkMeta(ctx, store.Query{Order: orderChanged, From: sortable(since)}, each)
}

// Findable gives those of the meetings that the viewer may read, as Show does;
// the others are left out.
func (c *Calendar) Findable(ctx context.Context, v people.Viewer, ids []string) ([]*Seen, error) {
	all, err := c.meetings.GetMany(ctx, ids)
	if err != nil {
		return nil, err
	}
	var seen []*Seen
	for _, m := range all {
		if people.Allow(v, m.relation(v), people.Read) == nil {
			seen = append(seen, m.seenBy(v))
		}
	}
	return seen, nil
}
