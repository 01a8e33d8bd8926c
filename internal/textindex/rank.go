package textindex

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search/query"
	index "github.com/blevesearch/bleve_index_api"
)

// The weights of the order, tuned on one half of testdata/pairs.txt and shown on
// the other.
const (
	weightConcept = 1.0
	weightStem    = 0.7
	weightStart   = 0.25
	titleBoost    = 0.6  // more for what stands in the title
	lengthPower   = 0.15 // less for a long document, which has something of all
	threshold     = 3.0  // below it two texts are not alike

	candidates = 60 // documents that are compared in full
	maxTerms   = 60 // rarest features that are asked of bleve
)

// Similar returns at most limit contributions that mean what title and text say,
// the likest first and equals by id; none when nothing is like enough. Documents
// of other kinds are not returned.
func (x *Index) Similar(ctx context.Context, title, text string, limit int) ([]Hit, error) {
	wanted := analyse(title + "\n" + text)
	if len(wanted) == 0 || limit <= 0 {
		return nil, ctx.Err()
	}
	var hits []Hit
	err := x.read(ctx, func(b bleve.Index) error {
		var err error
		hits, err = similar(ctx, b, wanted)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("find similar texts: %w", err)
	}
	return hits[:min(limit, len(hits))], nil
}

// Search returns at most limit documents that have the words of query, or words
// that mean the same, the best first and equals by id. Of three words or more
// one in three may be missing.
func (x *Index) Search(ctx context.Context, words string, limit int) ([]Hit, error) {
	q := wordsQuery(words)
	if q == nil || limit <= 0 {
		return nil, ctx.Err()
	}
	var hits []Hit
	err := x.read(ctx, func(b bleve.Index) error {
		var err error
		hits, err = run(ctx, b, q, limit)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("search texts: %w", err)
	}
	return hits, nil
}

// wordsQuery asks for each word by its stem, its concept, its parts or its start.
func wordsQuery(words string) query.Query {
	t := loadTables()
	var each []query.Query
	for _, w := range split(words) {
		if t.stop[w.text] {
			continue
		}
		found := features{}
		t.addWord(found, w)
		var ways []query.Query
		for _, f := range found.sorted() {
			ways = append(ways, term(fieldAll, f, weight(f)), term(fieldTitle, f, weight(f)*titleBoost))
		}
		each = append(each, bleve.NewDisjunctionQuery(ways...))
	}
	if len(each) == 0 {
		return nil
	}
	q := bleve.NewDisjunctionQuery(each...)
	q.SetMin(float64(len(each) - len(each)/3))
	return q
}

func term(field, text string, boost float64) query.Query {
	q := bleve.NewTermQuery(text)
	q.SetField(field)
	q.SetBoost(boost)
	return q
}

func weight(feature string) float64 {
	switch feature[0] {
	case markConcept:
		return weightConcept
	case markStart:
		return weightStart
	default:
		return weightStem
	}
}

func run(ctx context.Context, b bleve.Index, q query.Query, limit int) ([]Hit, error) {
	request := bleve.NewSearchRequestOptions(q, limit, 0, false)
	request.SortBy([]string{"-_score", "_id"})
	result, err := b.SearchInContext(ctx, request)
	if err != nil {
		return nil, err
	}
	hits := make([]Hit, 0, len(result.Hits))
	for _, h := range result.Hits {
		hits = append(hits, Hit{ID: h.ID, Score: h.Score})
	}
	return hits, nil
}

// similar lets bleve choose the candidates and then compares each in full.
func similar(ctx context.Context, b bleve.Index, wanted features) (hits []Hit, err error) {
	advanced, err := b.Advanced()
	if err != nil {
		return nil, err
	}
	reader, err := advanced.Reader()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, reader.Close()) }()
	weights, err := weigh(ctx, reader, wanted)
	if err != nil || len(weights) == 0 {
		return nil, err
	}
	found, err := run(ctx, b, candidateQuery(weights), candidates)
	if err != nil {
		return nil, err
	}
	return compare(reader, weights, found)
}

// weighted is a feature with what a match on it is worth.
type weighted struct {
	feature string
	worth   float64
}

// weigh returns the features that some document has, those worth most first. A
// feature that fewer documents have is worth more; the constants keep that
// difference small as long as there are few documents.
func weigh(ctx context.Context, reader index.IndexReader, wanted features) ([]weighted, error) {
	total, err := reader.DocCount()
	if err != nil {
		return nil, err
	}
	var all []weighted
	for _, f := range wanted.sorted() {
		n, err := documentsWith(ctx, reader, f)
		if err != nil {
			return nil, err
		}
		if n > 0 {
			all = append(all, weighted{f, weight(f) * math.Log((float64(total)+20)/(float64(n)+1))})
		}
	}
	slices.SortStableFunc(all, func(a, b weighted) int { return cmp.Compare(b.worth, a.worth) })
	return all, nil
}

func documentsWith(ctx context.Context, reader index.IndexReader, feature string) (uint64, error) {
	r, err := reader.TermFieldReader(ctx, []byte(feature), fieldAll, false, false, false)
	if err != nil {
		return 0, err
	}
	return r.Count(), r.Close()
}

func candidateQuery(weights []weighted) query.Query {
	var some []query.Query
	for _, w := range weights[:min(len(weights), maxTerms)] {
		some = append(some, term(fieldAll, w.feature, w.worth), term(fieldTitle, w.feature, w.worth*titleBoost))
	}
	kind := term(fieldKind, KindContribution, 0)
	return bleve.NewConjunctionQuery(kind, bleve.NewDisjunctionQuery(some...))
}

// compare scores each candidate by the worth of what it shares with the text.
func compare(reader index.IndexReader, weights []weighted, found []Hit) ([]Hit, error) {
	values, err := reader.DocValueReader([]string{fieldTitle, fieldAll})
	if err != nil {
		return nil, err
	}
	var hits []Hit
	for _, c := range found {
		internal, err := reader.InternalID(c.ID)
		if err != nil {
			return nil, err
		}
		title, all := features{}, features{}
		err = values.VisitDocValues(internal, func(field string, term []byte) {
			if field == fieldTitle {
				title.put(string(term))
				return
			}
			all.put(string(term))
		})
		if err != nil {
			return nil, err
		}
		if score := likeness(weights, title, all); score >= threshold {
			hits = append(hits, Hit{ID: c.ID, Score: score})
		}
	}
	slices.SortFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.ID, b.ID))
	})
	return hits, nil
}

func likeness(weights []weighted, title, all features) float64 {
	sum := 0.0
	for _, w := range weights {
		if all.has(w.feature) {
			sum += w.worth
		}
		if title.has(w.feature) {
			sum += w.worth * titleBoost
		}
	}
	return sum / math.Pow(1+float64(len(all))/100, lengthPower)
}
