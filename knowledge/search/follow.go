package search

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
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
	Since   time.Time        `json:"since"`
	Written map[string]int64 `json:"written"` // versions taken over within the overlap
}

// Run keeps the indexes up to date until the context ends. Once somebody needs
// them it fills them, then looks for changes and tidies up after what was taken
// out. Before that it only looks whether the files of the last time, if there are
// any, hold something that changed: it may have to leave them.
func (f *Finder) Run(ctx context.Context) {
	f.running.Store(true)
	defer f.running.Store(false)
	tick := time.NewTicker(pollTime)
	defer tick.Stop()
	failing := false
	for {
		err := f.tend(ctx)
		if err != nil && !failing && ctx.Err() == nil {
			f.log.ErrorContext(ctx, "text index", "error", err)
		}
		failing = err != nil
		select {
		case <-ctx.Done():
			return
		case <-f.wake:
		case <-tick.C:
		}
	}
}

// tend is what Run does each time.
func (f *Finder) tend(ctx context.Context) error {
	if !f.needed.Load() {
		behind, err := f.behind(ctx)
		if err != nil || !behind {
			return err
		}
		f.needed.Store(true)
	}
	return errors.Join(f.follow(ctx), f.Tidy(ctx))
}

// behind tells whether something changed of what the files in the folder hold.
func (f *Finder) behind(ctx context.Context) (bool, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.holdsSome() {
		return false, nil
	}
	for _, s := range f.sources {
		next, err := f.look(ctx, s, func([]string) error { return errBehind })
		if errors.Is(err, errBehind) {
			return true, nil
		}
		if err != nil {
			return false, fmt.Errorf("look at %s: %w", s.Kind(), err)
		}
		f.progress[s.Kind()] = next
	}
	return false, nil
}

var errBehind = errors.New("search: the indexes are behind")

// patience is how long a question waits while the indexes are being filled.
const patience = 8 * time.Second

// Refresh takes over what changed. Until the indexes are filled it waits for Run,
// but not long, and is ErrNotReady then; without Run it fills them itself.
func (f *Finder) Refresh(ctx context.Context) error {
	f.Wake()
	if f.ready.Load() || !f.running.Load() {
		return f.follow(ctx)
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
	if f.begun.Load() > before && f.ready.Load() {
		return nil
	}
	return f.followLocked(ctx)
}

func (f *Finder) followLocked(ctx context.Context) error {
	indexes, err := f.shelf()
	if err != nil {
		return err
	}
	f.begun.Add(1)
	if !f.ready.Load() && slices.ContainsFunc(Audiences, func(a Audience) bool { return indexes[a].Fresh() }) {
		f.progress = map[string]progress{} // one of them was lost
	}
	for _, s := range f.sources {
		next, err := f.look(ctx, s, func(ids []string) error {
			f.unsaved = true
			return f.take(ctx, indexes, s, ids)
		})
		if err != nil {
			return fmt.Errorf("follow %s: %w", s.Kind(), err)
		}
		f.progress[s.Kind()] = next
	}
	if !f.ready.Swap(true) {
		f.unsaved = true
		f.fill.Do(func() { close(f.filled) })
	}
	return nil
}

// look calls each with what was written in a source since the last look, some at
// a time, and gives how far that is.
func (f *Finder) look(ctx context.Context, s Source, each func(ids []string) error) (progress, error) {
	last := f.progress[s.Kind()]
	next := progress{Since: f.real(), Written: map[string]int64{}}
	from := time.Time{}
	if !last.Since.IsZero() {
		from = last.Since.Add(-overlap)
	}
	err := s.Changed(ctx, from, func(page []store.Meta) error {
		var ids []string
		for _, m := range page {
			next.Written[m.ID] = m.Version
			if version, known := last.Written[m.ID]; !known || version != m.Version {
				ids = append(ids, m.ID)
			}
		}
		for some := range slices.Chunk(ids, readBatch) {
			if err := each(some); err != nil {
				return err
			}
		}
		return nil
	})
	return next, err
}

// take puts the documents as they are now in every index they belong in, and
// takes them out of the others.
func (f *Finder) take(ctx context.Context, indexes map[Audience]*textindex.Index, s Source, ids []string) error {
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
		if err := errors.Join(indexes[a].Put(ctx, docs...), indexes[a].Delete(ctx, keys...)); err != nil {
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
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.settle(ctx)
}

// settle tidies the indexes, and then writes down how far they follow: after a
// start nobody looks at them again for what stands there as taken over.
func (f *Finder) settle(ctx context.Context) error {
	if !f.ready.Load() {
		return nil
	}
	indexes, err := f.shelf()
	if err != nil {
		return err
	}
	for _, a := range Audiences {
		if err := indexes[a].Tidy(ctx); err != nil {
			return err
		}
	}
	if !f.unsaved {
		return nil
	}
	if err := f.saveProgress(); err != nil {
		return err
	}
	f.unsaved = false
	return nil
}

// Forget takes a document out of every index at once, with the bytes on disk.
func (f *Finder) Forget(ctx context.Context, kind, id string) error {
	if !f.holdsSome() {
		return nil
	}
	indexes, err := f.shelf()
	if err != nil {
		return err
	}
	var all []error
	for _, a := range Audiences {
		all = append(all, indexes[a].Purge(ctx, key(kind, id)))
	}
	return errors.Join(all...)
}

// holdsSome tells whether there are indexes, in memory or in the folder.
func (f *Finder) holdsSome() bool {
	f.door.Lock()
	defer f.door.Unlock()
	return f.indexes != nil || f.kept
}

// Rebuild empties the indexes and fills them again.
func (f *Finder) Rebuild(ctx context.Context) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	indexes, err := f.shelf()
	if err != nil {
		return err
	}
	f.ready.Store(false)
	for _, a := range Audiences {
		if err := indexes[a].Clear(ctx); err != nil {
			return err
		}
	}
	f.progress = map[string]progress{}
	if err := f.followLocked(ctx); err != nil {
		return err
	}
	return f.settle(ctx)
}

// loadProgress reads how far the indexes followed when the program ended. They
// begin anew when the file is not what it should be.
func (f *Finder) loadProgress() error {
	if f.state == "" {
		return nil
	}
	data, err := os.ReadFile(f.state)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	f.kept = true
	var all map[string]progress
	if err := json.Unmarshal(data, &all); err == nil && all != nil {
		f.progress = all
	}
	return nil
}

// keep makes the file before there is an index in the folder, which then never
// stands there unseen.
func (f *Finder) keep() error {
	if f.state == "" || f.kept {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(f.state), 0o700); err != nil {
		return err
	}
	if err := f.saveProgress(); err != nil {
		return err
	}
	f.kept = true
	return nil
}

// saveProgress notes how far the indexes follow, after they do.
func (f *Finder) saveProgress() error {
	if f.state == "" {
		return nil
	}
	data, err := json.Marshal(f.progress)
	if err != nil {
		return err
	}
	if err := os.WriteFile(f.state+".new", data, 0o600); err != nil {
		return err
	}
	return os.Rename(f.state+".new", f.state)
}
