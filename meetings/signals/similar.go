package signals

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"ruggespraak/internal/clock"
	"ruggespraak/internal/textindex"
	"ruggespraak/people"
	"ruggespraak/store"
)

// Indexes are where «Lijkt op» looks: one for the members, with what all of
// them may read, and one for the chair, with everything that was submitted.
type Indexes struct{ Members, Chair *textindex.Index }

// Limits of «Lijkt op».
const (
	similarShown  = 3
	similarAsked  = 12              // hits looked at, for some may not be read any more
	changeOverlap = 1 * time.Minute // for writes that were under way, and clocks that differ
)

// finder keeps the indexes up to date with the store. Each instance has its
// own; it looks for changes before it answers.
type finder struct {
	indexes       Indexes
	contributions *store.Collection[Contribution]
	real          clock.Now

	mu      sync.Mutex
	since   time.Time        // of the last refresh
	written map[string]int64 // versions written within the overlap
}

func newFinder(o Options, c *store.Collection[Contribution]) *finder {
	return &finder{indexes: o.Index, contributions: c, real: o.Real, written: map[string]int64{}}
}

func (f *finder) off() bool { return f.indexes.Members == nil || f.indexes.Chair == nil }

// changedKey is an instant as a search key.
func changedKey(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// refresh takes over what changed since the last time.
func (f *finder) refresh(ctx context.Context) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	began := f.real()
	changed, err := f.contributions.All(ctx, store.Query{
		Order: store.Order{"changed"}, From: changedKey(f.since.Add(-changeOverlap)),
	})
	if err != nil {
		return fmt.Errorf("changed contributions: %w", err)
	}
	written := map[string]int64{}
	var news []*Contribution
	for _, c := range changed {
		written[c.ID] = c.Version
		if f.written[c.ID] != c.Version {
			news = append(news, c)
		}
	}
	if err := f.write(ctx, news); err != nil {
		return err
	}
	f.since, f.written = began, written
	return nil
}

// rebuild goes through all contributions once.
func (f *finder) rebuild(ctx context.Context) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	began := f.real()
	q := store.Query{}
	for {
		page, next, err := f.contributions.Find(ctx, q)
		if err != nil {
			return err
		}
		if err := f.write(ctx, page); err != nil {
			return err
		}
		if next == "" {
			f.since = began
			return nil
		}
		q.After = next
	}
}

// write takes over contributions as they are now.
func (f *finder) write(ctx context.Context, all []*Contribution) error {
	return errors.Join(
		put(ctx, f.indexes.Members, all, (*Contribution).shown),
		put(ctx, f.indexes.Chair, all, (*Contribution).live),
	)
}

// put keeps in the index those that belong in it, and takes out the others.
func put(ctx context.Context, x *textindex.Index, all []*Contribution, belongs func(*Contribution) bool) error {
	var docs []textindex.Doc
	var gone []string
	for _, c := range all {
		if !belongs(c) {
			gone = append(gone, c.ID)
			continue
		}
		docs = append(docs, textindex.Doc{ID: c.ID, Kind: textindex.KindContribution, Title: c.Title, Body: c.Text, Tags: []string{ThemeLabel(c.Theme)}})
	}
	return errors.Join(x.Put(ctx, docs...), x.Delete(ctx, gone...))
}

// Reindex fills the indexes from the store, for a start; until it is done
// «Lijkt op» finds what is there.
func (b *Book) Reindex(ctx context.Context) error {
	if b.finder.off() {
		return nil
	}
	return b.finder.rebuild(ctx)
}

// forget takes a contribution out of the indexes, with the bytes on disk.
func (b *Book) forget(ctx context.Context, id string) error {
	if b.finder.off() {
		return nil
	}
	return errors.Join(b.finder.indexes.Members.Purge(ctx, id), b.finder.indexes.Chair.Purge(ctx, id))
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
	if b.finder.off() || form.Title == "" && form.Text == "" {
		return nil, nil
	}
	if err := b.finder.refresh(ctx); err != nil {
		return nil, err
	}
	hits, err := b.finder.indexFor(v).Similar(ctx, form.Title, form.Text, similarAsked)
	if err != nil {
		return nil, fmt.Errorf("similar contributions: %w", err)
	}
	return b.readable(ctx, v, hits)
}

func (f *finder) indexFor(v people.Viewer) *textindex.Index {
	if seesAll(v) {
		return f.indexes.Chair
	}
	return f.indexes.Members
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
