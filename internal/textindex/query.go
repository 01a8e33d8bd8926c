package textindex

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/blevesearch/bleve/v2"
)

// Query is what somebody looks for. The zero value finds nothing.
type Query struct {
	Text  string   // as typed; words between quotation marks must all be there
	Kinds []string // only these; empty is all
	Theme string   // only this; empty is all
	From  string   // day, inclusive; empty is open
	To    string   // the same

	Limit  int // hits that are wanted; the zero value is none
	Offset int // hits before them
}

// Results is what a query found.
type Results struct {
	Hits      []Hit          // best first, equals by id
	Total     int            // documents that were found
	Kinds     map[string]int // the same by kind
	Corrected []Correction   // words that were taken for slips
	Words     Words          // what was looked for, to mark it in a text
}

// Correction is a word that no document has, and the one that was searched instead.
type Correction struct{ Typed, Used string }

// The weights of searching, tuned on the queries of testdata/queries.txt.
const (
	formWeight    = 0.8  // a word that may be a form of the same verb
	partWeight    = 0.6  // the word is a part of a compound in the document
	apartWeight   = 0.75 // the parts of a typed compound, found one by one
	conceptWeight = 0.4  // another word of the same meaning
	phraseWeight  = 0.5  // a phrase of the same meaning
	slipWeight    = 0.85 // the word that was probably meant
	codeWeight    = 1.5  // a place in a law, which people look for exactly
	underWeight   = 0.5  // a place that the one they look for stands under
	leastCovered  = 0.34 // share of what was typed that a document must have
	enough        = 30   // documents with the word itself; then no others are asked

	maxQuery = 24 // words that are looked at
)

// kindWeight says how likely a kind is what somebody looks for: what explains
// before what was said.
var kindWeight = map[string]float64{
	KindArticle: 1.5, KindContribution: 1, KindMeeting: 0.8, KindDiscussion: 0.8, KindBundle: 0.9, KindFeedback: 0.9,
}

// Find returns what the query finds. The order depends on the documents only.
func (x *Index) Find(ctx context.Context, q Query) (Results, error) {
	var r Results
	err := x.read(ctx, func(b bleve.Index) error {
		var err error
		r, err = find(ctx, b, q)
		return err
	})
	if err != nil {
		return Results{}, fmt.Errorf("search texts: %w", err)
	}
	return r, nil
}

func find(ctx context.Context, b bleve.Index, q Query) (r Results, err error) {
	terms := parseQuery(q.Text)
	if len(terms) == 0 {
		return Results{}, nil
	}
	advanced, err := b.Advanced()
	if err != nil {
		return r, err
	}
	reader, err := advanced.Reader()
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, reader.Close()) }()
	s := &searcher{ctx: ctx, reader: reader, terms: terms, counts: map[string]uint64{}}
	if err := s.countKinds(); err != nil {
		return r, err
	}
	if r.Corrected, err = s.correct(); err != nil {
		return r, err
	}
	r.Words = wordsOf(s.terms)
	if err := s.weigh(); err != nil {
		return r, err
	}
	found, err := s.find(q)
	if err != nil {
		return r, err
	}
	r.Total, r.Kinds = len(found), map[string]int{}
	for _, f := range found {
		r.Kinds[f.kind]++
	}
	r.Hits, err = s.page(found, q.Offset, q.Limit)
	return r, err
}

// A term is one word of the query with the ways in which a document can have it.
type term struct {
	typed    string   // folded; empty for a phrase, whose words are terms themselves
	required bool     // it stood between quotation marks
	own      []way    // the word itself, its forms, what was probably meant
	others   []way    // compounds that hold it, words of the same meaning
	apart    []string // parts of a typed compound: found together they are one way

	worth float64
}

// A way is a feature and what it is worth beside the word itself.
type way struct {
	feature string
	weight  float64
}

// quotes are the quotation marks that people type.
var quotes = strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "«", `"`, "»", `"`)

// parseQuery takes the query apart; what says nothing is left out.
func parseQuery(text string) []term {
	t := loadTables()
	folded := quotes.Replace(fold(text))
	var terms []term
	for _, c := range codes(folded) {
		terms = append(terms, t.codeTerm(c))
		folded = folded[:c.start] + strings.Repeat(" ", c.end-c.start) + folded[c.end:]
	}
	pieces := strings.Split(folded, `"`)
	for i, piece := range pieces {
		for _, w := range split(piece) {
			known := slices.ContainsFunc(terms, func(other term) bool { return other.typed == w.text })
			if !known && !t.stop[w.text] && len(terms) < maxQuery {
				terms = append(terms, t.wordTerm(w, i%2 == 1 && i < len(pieces)-1))
			}
		}
	}
	return append(terms, t.phraseTerms(split(folded))...)
}

func (t *tables) codeTerm(c code) term {
	found := c.features()
	at := term{typed: c.text, own: []way{{found[0], codeWeight}}}
	for _, f := range found[1:] {
		at.others = append(at.others, way{f, underWeight})
	}
	at.others = append(at.others, t.termOf(word{text: c.text, stem: c.text}).others()...)
	return at
}

func (t *tables) wordTerm(w word, required bool) term {
	l := t.termOf(w)
	found := term{typed: w.text, required: required, own: l.own(1), others: l.others()}
	if len(l.parts) > 1 {
		found.apart = l.parts
	}
	return found
}

// own are the ways of the word itself.
func (l lexeme) own(weight float64) []way {
	ways := []way{{l.stem, weight}}
	for _, f := range l.forms {
		ways = append(ways, way{f, weight * formWeight})
	}
	return ways
}

// others are the ways of what holds the word or means the same.
func (l lexeme) others() []way {
	ways := []way{{part(l.stem), partWeight}}
	for _, c := range l.concepts {
		weight := conceptWeight
		if loadTables().wide[c] {
			weight *= wideShare
		}
		ways = append(ways, way{c, weight})
	}
	return ways
}

// phraseTerms are what words mean together.
func (t *tables) phraseTerms(words []word) []term {
	var terms []term
	for i := range words {
		for _, m := range t.phrases(words, i) {
			terms = append(terms, term{others: []way{{concept(m.concept), phraseWeight}}})
		}
	}
	return terms[:min(len(terms), maxQuery)]
}
