package textindex

import (
	"cmp"
	"context"
	"errors"
	"math"
	"slices"

	index "github.com/blevesearch/bleve_index_api"
)

// searcher scores the documents of one state of the index for one query.
type searcher struct {
	ctx    context.Context
	reader index.IndexReader
	terms  []term
	kinds  []string // that have documents
	total  uint64
	counts map[string]uint64 // documents with a feature

	// By number of the document, for the kind at hand.
	sum, covered, best       []float64
	onePart, allParts, parts []float64 // of a compound
	required                 []int
	touched, seen            []uint64 // with a best, with a sum
}

// found is a document that has enough of what was typed.
type found struct {
	doc   uint64
	kind  string
	score float64
	id    string
}

// countKinds finds out which kinds have documents: the others are not asked.
func (s *searcher) countKinds() error {
	for _, kind := range Kinds {
		n, err := documentsOf(s.ctx, s.reader, kind)
		if err != nil {
			return err
		}
		if n > 0 {
			s.kinds, s.total = append(s.kinds, kind), s.total+n
		}
	}
	return nil
}

// count tells how many documents of all kinds have the feature.
func (s *searcher) count(feature string) (uint64, error) {
	if n, known := s.counts[feature]; known {
		return n, nil
	}
	var n uint64
	for _, kind := range s.kinds {
		r, err := s.reader.TermFieldReader(s.ctx, []byte(feature), fieldFind+kind, false, false, false)
		if err != nil {
			return 0, err
		}
		n += r.Count()
		if err := r.Close(); err != nil {
			return 0, err
		}
	}
	s.counts[feature] = n
	return n, nil
}

// rareness is what a feature is worth that n documents have.
func (s *searcher) rareness(n uint64) float64 {
	return math.Log(1 + float64(s.total+smoothing)/float64(n+1))
}

// strangeWorth is the share that a word has in what was typed which no document
// has: it tells no document from another.
const strangeWorth = 0.15

// weigh sets what each word of the query is worth: its rarest way that some
// document has.
func (s *searcher) weigh() error {
	for i := range s.terms {
		t := &s.terms[i]
		for _, ways := range [][]way{t.own, t.others} {
			for _, w := range ways {
				n, err := s.count(w.feature)
				if err != nil {
					return err
				}
				if n > 0 && t.worth == 0 {
					t.worth = s.rareness(n)
				}
			}
		}
		if t.worth == 0 {
			t.worth = strangeWorth * s.rareness(0)
		}
	}
	return nil
}

// find scores every document of the kinds that are asked for.
func (s *searcher) find(q Query) ([]found, error) {
	allowed, err := s.allowed(q)
	if err != nil {
		return nil, err
	}
	typed, required := 0.0, 0
	for _, t := range s.terms {
		if t.typed != "" {
			typed += t.worth
		}
		if t.required {
			required++
		}
	}
	var all []found
	for _, kind := range s.kinds {
		if len(q.Kinds) > 0 && !slices.Contains(q.Kinds, kind) {
			continue
		}
		for _, t := range s.terms {
			if err := s.add(kind, t); err != nil {
				return nil, err
			}
		}
		for _, doc := range s.seen {
			share := min(1, s.covered[doc]/typed)
			if share >= leastCovered && s.required[doc] == required && allowed(doc) {
				all = append(all, found{doc: doc, kind: kind, score: s.sum[doc] * share * kindWeight[kind]})
			}
			s.sum[doc], s.covered[doc], s.required[doc] = 0, 0, 0
		}
		s.seen = s.seen[:0]
	}
	return all, nil
}

// add adds what one word is worth to the documents of a kind that have it. Its
// other ways are asked only while few have the word itself: nobody reads on to
// those, and most of the time would go there.
func (s *searcher) add(kind string, t term) error {
	if err := s.walk(kind, t.own); err != nil {
		return err
	}
	if len(s.touched) < enough {
		if err := s.walk(kind, t.others); err != nil {
			return err
		}
		if err := s.together(kind, t.apart); err != nil {
			return err
		}
	}
	for _, doc := range s.touched {
		if s.covered[doc] == 0 && s.sum[doc] == 0 {
			s.seen = append(s.seen, doc)
		}
		s.sum[doc] += s.best[doc]
		if t.typed != "" {
			s.covered[doc] += t.worth
		}
		if t.required {
			s.required[doc]++
		}
		s.best[doc] = 0
	}
	s.touched = s.touched[:0]
	return nil
}

// walk notes for each document the best of the ways.
func (s *searcher) walk(kind string, ways []way) error {
	for _, w := range ways {
		if err := s.postings(kind, w, s.better); err != nil {
			return err
		}
	}
	return nil
}

// together notes what the parts of a compound are worth where they stand apart:
// little where only some of them are there.
func (s *searcher) together(kind string, parts []string) error {
	var some []uint64 // with any of the parts
	for _, p := range parts {
		var here []uint64 // with this one
		for _, w := range []way{{p, apartWeight}, {part(p), apartWeight * partWeight}} {
			err := s.postings(kind, w, func(doc uint64, worth float64) {
				if s.onePart[doc] == 0 {
					here = append(here, doc)
				}
				s.onePart[doc] = max(s.onePart[doc], worth)
			})
			if err != nil {
				return err
			}
		}
		for _, doc := range here {
			if s.parts[doc] == 0 {
				some = append(some, doc)
			}
			s.allParts[doc] += s.onePart[doc]
			s.parts[doc]++
			s.onePart[doc] = 0
		}
	}
	for _, doc := range some {
		share := s.parts[doc] / float64(len(parts))
		s.better(doc, s.allParts[doc]*share*share)
		s.allParts[doc], s.parts[doc] = 0, 0
	}
	return nil
}

// better notes what the word at hand is worth for a document, if it is more.
func (s *searcher) better(doc uint64, worth float64) {
	if s.best[doc] == 0 {
		s.touched = append(s.touched, doc)
	}
	s.best[doc] = max(s.best[doc], worth)
}

// postings calls f with each document of the kind that has the feature, and
// what that is worth.
func (s *searcher) postings(kind string, w way, f func(doc uint64, worth float64)) (err error) {
	n, err := s.count(w.feature)
	if err != nil || n == 0 {
		return err
	}
	worth := w.weight * s.rareness(n) / weightSteps
	r, err := s.reader.TermFieldReader(s.ctx, []byte(w.feature), fieldFind+kind, true, false, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	var at index.TermFieldDoc
	for {
		doc, err := r.Next(at.Reset())
		if err != nil || doc == nil {
			return err
		}
		n := doc.ID.Value()
		s.grow(n)
		f(n, worth*float64(doc.Freq))
	}
}

func (s *searcher) grow(doc uint64) {
	if missing := max(int(doc)+1, int(s.total)) - len(s.sum); missing > 0 {
		for _, of := range []*[]float64{&s.sum, &s.covered, &s.best, &s.onePart, &s.allParts, &s.parts} {
			*of = append(*of, make([]float64, missing)...)
		}
		s.required = append(s.required, make([]int, missing)...)
	}
}

// allowed tells of a document whether theme and period let it through.
func (s *searcher) allowed(q Query) (func(uint64) bool, error) {
	tests := []func(uint64) bool{}
	if q.Theme != "" {
		themed := map[uint64]bool{}
		if err := s.mark(themed, fieldTheme, q.Theme); err != nil {
			return nil, err
		}
		tests = append(tests, func(doc uint64) bool { return themed[doc] })
	}
	if q.From != "" || q.To != "" {
		dated, err := s.between(q.From, cmp.Or(q.To, "9999"))
		if err != nil {
			return nil, err
		}
		tests = append(tests, func(doc uint64) bool { return dated[doc] })
	}
	return func(doc uint64) bool {
		return !slices.ContainsFunc(tests, func(test func(uint64) bool) bool { return !test(doc) })
	}, nil
}

func (s *searcher) mark(docs map[uint64]bool, field, term string) (err error) {
	r, err := s.reader.TermFieldReader(s.ctx, []byte(term), field, false, false, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	var at index.TermFieldDoc
	for {
		doc, err := r.Next(at.Reset())
		if err != nil || doc == nil {
			return err
		}
		docs[doc.ID.Value()] = true
	}
}

// between marks the documents of the days from and to.
func (s *searcher) between(from, to string) (_ map[uint64]bool, err error) {
	days, err := s.reader.FieldDictRange(fieldDay, []byte(from), []byte(to))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, days.Close()) }()
	docs := map[uint64]bool{}
	for {
		day, err := days.Next()
		if err != nil || day == nil {
			return docs, err
		}
		if err := s.mark(docs, fieldDay, day.Term); err != nil {
			return nil, err
		}
	}
}

// page gives the hits at these places, best first and equals by id. Only ids that
// can matter are read.
func (s *searcher) page(all []found, offset, limit int) ([]Hit, error) {
	if offset >= len(all) || limit <= 0 {
		return nil, nil
	}
	least := nthScore(all, min(len(all), offset+limit))
	all = slices.DeleteFunc(all, func(f found) bool { return f.score < least })
	for i := range all {
		var err error
		if all[i].id, err = s.reader.ExternalID(index.NewIndexInternalID(nil, all[i].doc)); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(all, func(a, b found) int { return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.id, b.id)) })
	var hits []Hit
	for _, f := range all[offset:min(len(all), offset+limit)] {
		hits = append(hits, Hit{ID: f.id, Kind: f.kind, Score: f.score})
	}
	return hits, nil
}

// nthScore is the nth highest score.
func nthScore(all []found, n int) float64 {
	var top []float64 // lowest first
	for _, f := range all {
		if len(top) == n {
			if f.score <= top[0] {
				continue
			}
			top = top[:copy(top, top[1:])]
		}
		at, _ := slices.BinarySearch(top, f.score)
		top = slices.Insert(top, at, f.score)
	}
	return top[0]
}
