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
	Indexes map[Audience]*textindex.Index // one for each of Audiences; they stay the caller's
	Sources []Source
	Real    clock.Now
	State   string // file that says how far the indexes follow; empty: they begin anew
	Log     *slog.Logger
}

// Finder answers what people look for. Safe for several goroutines.
type Finder struct {
	indexes map[Audience]*textindex.Index
	sources []Source
	real    clock.Now
	state   string
	log     *slog.Logger

	ready  atomic.Bool   // everything was taken over once
	filled chan struct{} // closed when that happens first
	fill   sync.Once
	begun  atomic.Int64 // looks for changes

	mu       sync.Mutex // held by who changes the indexes
	progress map[string]progress
}

// ErrNotReady tells that the indexes are being filled.
var ErrNotReady = errors.New("search: the indexes are being filled")

// New makes the finder; Run keeps it up to date.
func New(o Options) (*Finder, error) {
	f := &Finder{indexes: o.Indexes, sources: o.Sources, real: o.Real, state: o.State, log: o.Log, progress: map[string]progress{}, filled: make(chan struct{})}
	if f.log == nil {
		f.log = slog.Default()
	}
	for _, a := range Audiences {
		if f.indexes[a] == nil {
			return nil, fmt.Errorf("search: no index for %s", a)
		}
	}
	if err := f.loadProgress(); err != nil {
		return nil, fmt.Errorf("progress of the text indexes: %w", err)
	}
	return f, nil
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
	found, err := f.indexes[audienceOf(v)].Find(ctx, ask)
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
