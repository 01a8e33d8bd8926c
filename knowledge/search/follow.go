package search

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"ruggespraak/internal/textindex"
	"ruggespraak/store"
)

// overlap is how far back each look begins before the last one: for writes that
// were under way, and clocks that differ.
const overlap = time.Minute

// pollTime is how often the indexes look for changes by themselves.
const pollTime = time.Second

// readBatch is how many documents are read at once; the port gives at most 100.
const readBatch = 100

// progress is how far the indexes follow a source.
type progress struct {
	since   time.Time
	written map[string]int64 // versions taken over within the overlap
}

// Run keeps the indexes up to date until the context ends: it fills them first,
// then looks for changes and tidies up after what was taken out.
func (f *Finder) Run(ctx context.Context) {
	tick := time.NewTicker(pollTime)
	defer tick.Stop()
	failing := false
	for {
		err := errors.Join(f.follow(ctx), f.Tidy(ctx))
		if err != nil && !failing && ctx.Err() == nil {
			f.log.ErrorContext(ctx, "text index", "error", err)
		}
		failing = err != nil
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// patience is how long a question waits while the indexes are being filled.
const patience = 300 * time.Millisecond

// Refresh takes over what changed. While somebody fills the indexes for the first
// time it waits a moment, and is ErrNotReady then.
func (f *Finder) Refresh(ctx context.Context) error {
	if f.ready.Load() {
		return f.follow(ctx)
	}
	if f.mu.TryLock() {
		defer f.mu.Unlock()
		return f.followLocked(ctx)
	}
	wait, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	select {
	case <-f.filled:
		return f.follow(ctx)
	case <-wait.Done():
		return ErrNotReady
	}
}

// follow takes over what changed. Who waited while another looked, and began to
// wait before that, need not look again.
func (f *Finder) follow(ctx context.Context) error {
	before := f.begun.Load()
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.begun.Load() > before {
		return nil
	}
	return f.followLocked(ctx)
}

func (f *Finder) followLocked(ctx context.Context) error {
	f.begun.Add(1)
	news := false
	for _, s := range f.sources {
		some, err := f.followSource(ctx, s)
		if err != nil {
			return fmt.Errorf("follow %s: %w", s.Kind(), err)
		}
		news = news || some
	}
	if first := !f.ready.Swap(true); first {
		f.fill.Do(func() { close(f.filled) })
		news = true
	}
	if news {
		return f.saveProgress()
	}
	return nil
}

// followSource takes over what changed in one source.
func (f *Finder) followSource(ctx context.Context, s Source) (news bool, err error) {
	last := f.progress[s.Kind()]
	next := progress{since: f.real(), written: map[string]int64{}}
	from := time.Time{}
	if !last.since.IsZero() {
		from = last.since.Add(-overlap)
	}
	err = s.Changed(ctx, from, func(page []store.Meta) error {
		var ids []string
		for _, m := range page {
			next.written[m.ID] = m.Version
			if version, known := last.written[m.ID]; !known || version != m.Version {
				ids = append(ids, m.ID)
			}
		}
		news = news || len(ids) > 0
		for some := range slices.Chunk(ids, readBatch) {
			if err := f.take(ctx, s, some); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return false, err
	}
	f.progress[s.Kind()] = next
	return news, nil
}

// take puts the documents as they are now in every index they belong in, and
// takes them out of the others.
func (f *Finder) take(ctx context.Context, s Source, ids []string) error {
	for _, a := range s.Audiences() {
		read, err := s.Read(ctx, a.reader(), ids)
		if err != nil {
			return err
		}
		var docs []textindex.Doc
		gone := map[string]bool{}
		for _, id := range ids {
			gone[id] = true
		}
		for _, d := range read {
			delete(gone, d.ID)
			docs = append(docs, textindex.Doc{ID: key(s.Kind(), d.ID), Kind: s.Kind(), Title: d.Title, Head: strings.Join(append([]string{d.Head}, d.Headings...), "\n"), Body: d.Body,
				Tags: d.Tags, Theme: d.Theme, Day: d.Day})
		}
		var keys []string
		for id := range gone {
			keys = append(keys, key(s.Kind(), id))
		}
		if err := errors.Join(f.indexes[a].Put(ctx, docs...), f.indexes[a].Delete(ctx, keys...)); err != nil {
			return err
		}
	}
	return nil
}

// key is the document's id in an index, where ids of all kinds stand together.
// Contributions have their own: «Lijkt op» knows no other kind.
func key(kind, id string) string {
	if kind == textindex.KindContribution {
		return id
	}
	return kind + "/" + id
}

// Tidy rewrites the indexes from which something was taken out: no trace of its
// words may stay.
func (f *Finder) Tidy(ctx context.Context) error {
	var all []error
	for _, a := range Audiences {
		all = append(all, f.indexes[a].Tidy(ctx))
	}
	return errors.Join(all...)
}

// Forget takes a document out of every index at once, with the bytes on disk.
func (f *Finder) Forget(ctx context.Context, kind, id string) error {
	var all []error
	for _, a := range Audiences {
		all = append(all, f.indexes[a].Purge(ctx, key(kind, id)))
	}
	return errors.Join(all...)
}

// Rebuild empties the indexes and fills them again.
func (f *Finder) Rebuild(ctx context.Context) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.ready.Store(false)
	for _, a := range Audiences {
		if err := f.indexes[a].Clear(ctx); err != nil {
			return err
		}
	}
	f.progress = map[string]progress{}
	return f.followLocked(ctx)
}

// loadProgress reads how far the indexes followed when the program ended. They
// begin anew when one of them does, or when the file is not what it should be.
func (f *Finder) loadProgress() error {
	if f.state == "" || slices.ContainsFunc(Audiences, func(a Audience) bool { return f.indexes[a].Fresh() }) {
		return nil
	}
	data, err := os.ReadFile(f.state)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	var since map[string]time.Time
	if err := json.Unmarshal(data, &since); err != nil {
		return nil
	}
	for _, s := range f.sources {
		at, ok := since[s.Kind()]
		if !ok {
			return nil
		}
		f.progress[s.Kind()] = progress{since: at}
	}
	f.ready.Store(true)
	f.fill.Do(func() { close(f.filled) })
	return nil
}

// saveProgress notes how far the indexes follow, after they do.
func (f *Finder) saveProgress() error {
	if f.state == "" {
		return nil
	}
	since := map[string]time.Time{}
	for kind, p := range f.progress {
		since[kind] = p.since
	}
	data, err := json.Marshal(since)
	if err != nil {
		return err
	}
	if err := os.WriteFile(f.state+".new", data, 0o600); err != nil {
		return err
	}
	return os.Rename(f.state+".new", f.state)
}
