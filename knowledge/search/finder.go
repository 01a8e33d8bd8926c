package search

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"ruggespraak/internal/clock"
	"ruggespraak/internal/fault"
	"ruggespraak/internal/textindex"
	"ruggespraak/people"
)

// Options are what a Finder works with. All but State and Log are needed.
type Options struct {
	Open    func(Audience) (*textindex.Index, error) // opens an audience's index; the finder closes it
	Sources []Source
	Real    clock.Now
	State   string // file that says how far the indexes follow; empty: they are in memory
	Log     *slog.Logger
}

// Finder answers what people look for. It has no index open until somebody needs
// one, or until something changed of what the files of the last time hold. Safe
// for several goroutines.
type Finder struct {
	open    func(Audience) (*textindex.Index, error)
	sources []Source
	real    clock.Now
	state   string
	log     *slog.Logger

	needed  atomic.Bool
	wake    chan struct{} // holds one element when Run must not wait for its tick
	running atomic.Bool   // Run is
	ready   atomic.Bool   // everything was taken over once
	filled  chan struct{} // closed when that happens first
	fill    sync.Once
	begun   atomic.Int64 // looks for changes

	mu       sync.Mutex // held by who changes the indexes
	progress map[string]progress
	unsaved  bool // progress is further than State says

	door    sync.Mutex // guards indexes
	indexes map[Audience]*textindex.Index
	kept    bool // State, and so an index, is in the folder
	closed  bool // written with mu held too
}

// ErrNotReady tells that the indexes are being filled.
var ErrNotReady = errors.New("search: the indexes are being filled")

// New makes the finder; Run keeps it up to date and Close ends it.
func New(o Options) (*Finder, error) {
	f := &Finder{open: o.Open, sources: o.Sources, real: o.Real, state: o.State, log: o.Log, progress: map[string]progress{},
		wake: make(chan struct{}, 1), filled: make(chan struct{})}
	if f.log == nil {
		f.log = slog.Default()
	}
	if err := f.loadProgress(); err != nil {
		return nil, fmt.Errorf("progress of the text indexes: %w", err)
	}
	return f, nil
}

// Wake tells that somebody may search soon: Run opens and fills the indexes.
func (f *Finder) Wake() {
	if f.needed.Swap(true) {
		return
	}
	select {
	case f.wake <- struct{}{}:
	default:
	}
}

// shelf gives the indexes, and opens them the first time.
func (f *Finder) shelf() (map[Audience]*textindex.Index, error) {
	f.door.Lock()
	defer f.door.Unlock()
	if f.closed {
		return nil, textindex.ErrClosed
	}
	if f.indexes != nil {
		return f.indexes, nil
	}
	if err := f.keep(); err != nil {
		return nil, err
	}
	all := map[Audience]*textindex.Index{}
	for _, a := range Audiences {
		x, err := f.open(a)
		if err != nil {
			return nil, errors.Join(err, closeAll(all))
		}
		all[a] = x
	}
	f.indexes = all
	return all, nil
}

func closeAll(all map[Audience]*textindex.Index) error {
	var errs []error
	for _, x := range all {
		errs = append(errs, x.Close())
	}
	return errors.Join(errs...)
}

// Close writes down how far the indexes follow, and closes them. Run must have
// ended. Closing twice is harmless.
func (f *Finder) Close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		return nil
	}
	err := f.settle(context.Background())
	f.door.Lock()
	defer f.door.Unlock()
	f.closed = true
	return errors.Join(err, closeAll(f.indexes))
}

// MaxText is the longest text that is looked for, in bytes; what is longer is cut.
const MaxText = 300

// Question is what somebody looks for.
type Question struct {
	Text  string
	Kind  string // one of textindex.Kinds; empty is all
	Theme string // slug; empty is all
	From  string // day 2006-01-02; empty is open

	Offset int
	Limit  int
}

// Answer is what was found.
type Answer struct {
	Results   []Result // best first
	Total     int
	Kinds     map[string]int
	Corrected []textindex.Correction
}

// Result is one document that was found, in pieces of which what was looked for
// is marked.
type Result struct {
	Document
	Kind    string
	Title   []textindex.Piece
	Snippet []textindex.Piece
}

// snippetSize is the length of a snippet, in bytes.
const snippetSize = 220

// Find gives what the viewer finds. While the indexes are being filled the error
// is ErrNotReady; a role that may not search gets NotFound.
func (f *Finder) Find(ctx context.Context, v people.Viewer, q Question) (Answer, error) {
	if err := people.Allow(v, "search", people.List); err != nil {
		return Answer{}, err
	}
	if err := f.Refresh(ctx); err != nil {
		return Answer{}, err
	}
	ask := textindex.Query{Text: cut(q.Text), Theme: q.Theme, From: q.From, Offset: q.Offset, Limit: q.Limit}
	if q.Kind != "" {
		ask.Kinds = []string{q.Kind}
	}
	indexes, err := f.shelf()
	if err != nil {
		return Answer{}, err
	}
	found, err := indexes[audienceOf(v)].Find(ctx, ask)
	if err != nil {
		return Answer{}, err
	}
	a := Answer{Total: found.Total, Kinds: found.Kinds, Corrected: found.Corrected}
	read, err := f.read(ctx, v, found.Hits)
	if err != nil {
		return Answer{}, err
	}
	for _, h := range found.Hits {
		d, ok := read[h.ID]
		if !ok {
			a.Total-- // gone since it was found
			a.Kinds[h.Kind]--
			continue
		}
		a.Results = append(a.Results, Result{Document: d, Kind: h.Kind, Title: found.Words.Mark(d.Title), Snippet: found.Words.Snippet(d.Head+" "+d.Body, snippetSize)})
	}
	return a, nil
}

// Similar gives the contributions that an audience may read and that look like a
// text, best first. The error is ErrNotReady as with Find.
func (f *Finder) Similar(ctx context.Context, a Audience, title, text string, limit int) ([]textindex.Hit, error) {
	if err := f.Refresh(ctx); err != nil {
		return nil, err
	}
	indexes, err := f.shelf()
	if err != nil {
		return nil, err
	}
	return indexes[a].Similar(ctx, title, text, limit)
}

// Kinds lists the kinds of which the viewer's audience may find something.
func (f *Finder) Kinds(v people.Viewer) []string {
	var kinds []string
	for _, s := range f.sources {
		if slices.Contains(s.Audiences(), audienceOf(v)) {
			kinds = append(kinds, s.Kind())
		}
	}
	return kinds
}

// cut keeps the start of a long question.
func cut(text string) string {
	if len(text) > MaxText {
		text = text[:MaxText]
	}
	return strings.ToValidUTF8(text, "")
}

// read asks the sources again what the viewer may read, by key of the index.
func (f *Finder) read(ctx context.Context, v people.Viewer, hits []textindex.Hit) (map[string]Document, error) {
	all := map[string]Document{}
	for _, s := range f.sources {
		var ids []string
		for _, h := range hits {
			if h.Kind == s.Kind() {
				ids = append(ids, strings.TrimPrefix(h.ID, key(h.Kind, "")))
			}
		}
		for some := range slices.Chunk(ids, readBatch) {
			docs, err := s.Read(ctx, v, some)
			if fault.Is(err, fault.NotFound) {
				continue
			}
			if err != nil {
				return nil, fmt.Errorf("read what was found of %s: %w", s.Kind(), err)
			}
			for _, d := range docs {
				all[key(s.Kind(), d.ID)] = d
			}
		}
	}
	return all, nil
}
