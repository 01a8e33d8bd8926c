package discussion

import (
	"context"
	"time"

	"ruggespraak/internal/fault"
	"ruggespraak/internal/markdown"
	"ruggespraak/people"
	"ruggespraak/store"
)

// Changed calls each with the messages that were written since an instant of
// the real clock, for an index that follows; the zero time gives everything.
func (h *Hall) Changed(ctx context.Context, since time.Time, each func([]store.Meta) error) error {
	return h.entries.Walk(ctx, store.Query{Order: orderChanged, From: sortable(since)}, func(page []*Entry) error {
		metas := make([]store.Meta, len(page))
		for i, e := range page {
			metas[i] = e.Meta
		}
		return each(metas)
	})
}

// Findable is a message as far as it is searched: never who wrote it.
type Findable struct {
	ID    string
	Topic Topic
	Text  string // without markup
	At    time.Time
	Link  string // path
}

// Findable gives those of the messages that the viewer finds in a search: in
// topics that it may enter, neither hidden nor gone. The others are left out.
func (h *Hall) Findable(ctx context.Context, v people.Viewer, ids []string) ([]Findable, error) {
	all, err := h.entries.GetMany(ctx, ids)
	if err != nil {
		return nil, err
	}
	open := map[Topic]bool{}
	var found []Findable
	for _, e := range all {
		if e.What != Said || e.State.Hidden || e.State.Gone != Here {
			continue
		}
		if _, asked := open[e.Topic]; !asked {
			_, err := h.Enter(ctx, v, e.Topic)
			if err != nil && fault.KindOf(err) == fault.Internal {
				return nil, err
			}
			open[e.Topic] = err == nil
		}
		if open[e.Topic] {
			found = append(found, Findable{ID: e.ID, Topic: e.Topic, Text: markdown.Plain(e.Text), At: e.At, Link: linkTo(e)})
		}
	}
	return found, nil
}
