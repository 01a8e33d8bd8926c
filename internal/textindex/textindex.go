// Package textindex finds Dutch texts: those that mean the same in other words
// ([Index.Similar]), and those that somebody looks for ([Index.Find]).
//
// bleve keeps the index; the analysis of Dutch is this package's own, and so is
// the order of what is found. A text becomes a set of features: the stems of its
// words, the parts of its compounds ("opvangplekken" is also opvang and plek),
// the concepts its words and phrases belong to ("tolk", "vertaler" and
// "taalbarrière" share one) and the first letters of its longer words; a concept
// counts for little where only one that touches it is found. And a text stands
// somewhere in a space of what is told together, made of texts of testdata:
// it brings texts together that share too little, and tells a concept that was
// met by chance from one that fits the rest. bleve's
// nl analyzer gives the first of these only, too little for texts of forty words
// that describe one thing from two sides.
//
// Searching has features of its own, each with a weight that says where in the
// document it stands and how often, so that a search reads postings only.
//
// What is kept: in one folder an instance, and one instance an audience, the
// features and the single words of each document under its id, never its text. Everything is derived:
// a folder that is damaged, or written by another version of the analysis, is
// replaced by an empty one, and the caller fills it again. The order of the hits
// depends on the documents only, not on the order in which they came.
//
// It may import the standard library, bleve and x/text.
package textindex

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/blevesearch/bleve/v2"
)

// The kinds of document. [Index.Similar] looks at contributions only.
const (
	KindArticle      = "artikel"
	KindContribution = "inbreng"
	KindMeeting      = "overleg"
	KindDiscussion   = "gesprek"
	KindBundle       = "bundel"
	KindFeedback     = "terugkoppeling"
)

// Kinds lists them.
var Kinds = []string{KindArticle, KindContribution, KindMeeting, KindDiscussion, KindBundle, KindFeedback}

// Doc is a text to find again.
type Doc struct {
	ID    string // not empty
	Kind  string // one of Kinds
	Title string
	Head  string // what says most after the title: summary, headings
	Body  string
	Tags  []string // labels of themes; Find knows them as words of the head
	Theme string   // by which Find can narrow; may be empty
	Day   string   // 2006-01-02, the same; may be empty
}

// Hit is a document that was found. Scores of one answer may be compared with
// each other, not with those of another.
type Hit struct {
	ID    string
	Kind  string
	Score float64
}

// ErrClosed is returned by every method after Close.
var ErrClosed = errors.New("text index is closed")

// Index is a set of documents of one audience. Safe for several goroutines: one
// writes at a time, reading goes on meanwhile.
type Index struct {
	dir   string
	fresh bool

	write sync.Mutex   // held by whoever changes documents
	mu    sync.RWMutex // guards current
	// current is nil after Close.
	current *generation
}

// Open opens the index in the folder dir, or makes it there; only one process
// may have it open. The empty name is an index in memory. An index that is
// damaged or of another version is replaced by an empty one: see [Index.Fresh].
func Open(dir string) (*Index, error) {
	current, fresh, err := openCurrent(dir)
	if err != nil {
		return nil, fmt.Errorf("open text index: %w", err)
	}
	return &Index{dir: dir, fresh: fresh, current: current}, nil
}

// Fresh tells whether Open began with an empty index, which the caller must fill.
func (x *Index) Fresh() bool { return x.fresh }

// Put adds the documents, each in the place of the one with its id. When it
// returns they are found.
func (x *Index) Put(ctx context.Context, docs ...Doc) error {
	return x.change(ctx, func(g *generation) error {
		for len(docs) > 0 {
			n := min(len(docs), batchSize)
			batch := g.bleve.NewBatch()
			for _, d := range docs[:n] {
				if err := ctx.Err(); err != nil {
					return err
				}
				if !slices.Contains(Kinds, d.Kind) {
					return fmt.Errorf("index %s: %q is no kind", d.ID, d.Kind)
				}
				if err := add(batch, d.ID, entryOf(d)); err != nil {
					return fmt.Errorf("index %s: %w", d.ID, err)
				}
			}
			if err := g.bleve.Batch(batch); err != nil {
				return fmt.Errorf("index %d documents: %w", n, err)
			}
			docs = docs[n:]
		}
		return nil
	})
}

// Delete takes the documents out; ids that are not there are no error. Traces of
// their words may stay in the files until [Index.Tidy].
func (x *Index) Delete(ctx context.Context, ids ...string) error {
	return x.change(ctx, func(g *generation) error { return g.remove(ids) })
}

// Purge takes the documents out and writes the whole index anew, so that when it
// returns no file in the folder holds a word or a stem of theirs that is in no
// other document. After an error it must be called again; the documents are then
// out of the hits already.
func (x *Index) Purge(ctx context.Context, ids ...string) error {
	return x.change(ctx, func(g *generation) error {
		if err := g.remove(ids); err != nil {
			return err
		}
		return x.rewrite(ctx, g, g.copyEntries)
	})
}

// Tidy writes the index anew when something was taken out of it by Delete, now or
// before the program last ended; otherwise it does nothing. After it nothing of
// what was taken out is left in the folder.
func (x *Index) Tidy(ctx context.Context) error {
	return x.change(ctx, func(g *generation) error {
		if untidy, err := g.bleve.GetInternal(untidyKey); err != nil || untidy == nil {
			return err
		}
		return x.rewrite(ctx, g, g.copyEntries)
	})
}

// Clear takes everything out, for who fills the index anew.
func (x *Index) Clear(ctx context.Context) error {
	return x.change(ctx, func(g *generation) error {
		return x.rewrite(ctx, g, func(context.Context, *generation) error { return nil })
	})
}

// rewrite puts the next generation, filled by fill, in the place of g.
func (x *Index) rewrite(ctx context.Context, g *generation, fill func(context.Context, *generation) error) error {
	next, err := g.next(ctx, x.dir, fill)
	if err != nil {
		return fmt.Errorf("rewrite text index: %w", err)
	}
	x.mu.Lock()
	x.current = next
	x.mu.Unlock()
	return g.discard()
}

// Close releases the index and its folder. Closing twice is harmless.
func (x *Index) Close() error {
	x.write.Lock()
	defer x.write.Unlock()
	x.mu.Lock()
	defer x.mu.Unlock()
	g := x.current
	x.current = nil
	if g == nil {
		return nil
	}
	return g.bleve.Close()
}

// change runs one writer at a time.
func (x *Index) change(ctx context.Context, f func(*generation) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	x.write.Lock()
	defer x.write.Unlock()
	x.mu.RLock()
	g := x.current
	x.mu.RUnlock()
	if g == nil {
		return ErrClosed
	}
	return f(g)
}

// read runs f while no rewriting takes its index away.
func (x *Index) read(ctx context.Context, f func(bleve.Index) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	if x.current == nil {
		return ErrClosed
	}
	return f(x.current.bleve)
}
