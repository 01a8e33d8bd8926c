package textindex

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search/query"
	index "github.com/blevesearch/bleve_index_api"
)

// The weights of the order, tuned on the texts of testdata, each round of which was
// first tried unseen.
const (
	weightConcept = 1.0
	weightStem    = 0.4
	weightStart   = 0.4
	titleBoost    = 0.9  // more for what stands in the title
	restShare     = 0.1  // of what a word's other features are worth
	nearShare     = 0.45 // of what a concept is worth that only touches the word's own
	repeatShare   = 0.7  // of what a feature is worth after its first time
	lengthPower   = 0.65 // less for a long document, which has something of all
	rarityPower   = 1.65 // rare features count more than in proportion
	commonShare   = 0.25 // of what a word is worth that everyone here uses
	wideShare     = 0.45 // of what a concept is worth that says how, not what
	smoothing     = 17.0 // documents added to the count, for small indexes
	threshold     = 0.5  // of the worth of the rarest concept; below it nothing is alike
	oneWord       = 0.9  // the same where a single word of several is shared
	strangeness   = 8.0  // more of that for a text that says things nobody here says
	bestShare     = 0.5  // of the likest's score; below it another is not alike
	fewWords      = 2    // in a text of no more words one is enough
	spaceWeight   = 2.5  // of standing in the same place, beside the most that sharing words is worth
	leastNear     = 0.5  // cosine that makes alike what shares too little

	candidates = 60 // documents by what they share, and as many by place, that are compared in full
	maxTerms   = 60 // rarest features that are asked of bleve
)

// Similar returns at most limit contributions that mean what title and text say,
// the likest first and equals by id; none when nothing is like enough. Documents
// of other kinds are not returned.
func (x *Index) Similar(ctx context.Context, title, text string, limit int) ([]Hit, error) {
	words := split(title + "\n" + text)
	if len(words) == 0 || limit <= 0 {
		return nil, ctx.Err()
	}
	var hits []Hit
	err := x.read(ctx, func(b bleve.Index) error {
		var err error
		hits, err = similar(ctx, b, words)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("find similar texts: %w", err)
	}
	return hits[:min(limit, len(hits))], nil
}

func termQuery(field, text string, boost float64) query.Query {
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
		hits = append(hits, Hit{ID: h.ID, Kind: KindContribution, Score: h.Score})
	}
	return hits, nil
}

// similar lets bleve choose the candidates and then compares each in full.
func similar(ctx context.Context, b bleve.Index, words []word) (hits []Hit, err error) {
	advanced, err := b.Advanced()
	if err != nil {
		return nil, err
	}
	reader, err := advanced.Reader()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, reader.Close()) }()
	if words, err = mended(ctx, reader, words); err != nil {
		return nil, err
	}
	wanted := unitsOf(words)
	if len(wanted) == 0 {
		return nil, nil
	}
	s, err := newScale(ctx, reader, wanted)
	if err != nil {
		return nil, err
	}
	some, err := s.candidates(ctx, b, reader)
	if err != nil {
		return nil, err
	}
	if err := s.share(ctx, reader, some); err != nil {
		return nil, err
	}
	return s.order(reader, some)
}

// commonConcept holds the words for the people all texts are about; they must
// not make two texts alike, in a small index least of all.
const commonConcept = "#slachtoffer"

// scale is what a match on each feature of a text is worth in one index.
type scale struct {
	wanted []unit
	near   [][]string         // what touches each of them
	worth  map[string]float64 // only of features that some document has
	top    float64            // of the rarest concept
	place  place              // of the text
	// unknown is the share of what the text says that no document speaks of,
	// ordinary words aside.
	unknown float64
}

// newScale weighs each feature: one that fewer documents have is worth more. The
// smoothing keeps that difference small as long as there are few documents.
func newScale(ctx context.Context, reader index.IndexReader, wanted []unit) (*scale, error) {
	total, err := documentsOf(ctx, reader, KindContribution)
	if err != nil {
		return nil, err
	}
	s := &scale{wanted: wanted, worth: map[string]float64{}, top: rarity(total, 1)}
	for _, u := range wanted {
		s.near = append(s.near, u.near())
		share := 1.0
		if slices.Contains(u, commonConcept) {
			share = commonShare
		}
		for _, f := range append(u.near(), u...) {
			if _, known := s.worth[f]; known {
				continue
			}
			n, err := documentsWith(ctx, reader, f)
			if err != nil {
				return nil, err
			}
			if n > 0 {
				s.worth[f] = weight(f) * share * rarity(total, n)
				if loadTables().wide[f] {
					s.worth[f] *= wideShare
				}
			}
		}
	}
	s.place, _ = placeOf(featuresOf(wanted), nil)
	strange, common := 0, loadTables().common
	for _, u := range wanted {
		if !slices.ContainsFunc(u, func(f string) bool { return s.worth[f] > 0 || common[f] }) {
			strange++
		}
	}
	s.unknown = float64(strange) / float64(len(wanted))
	return s, nil
}

func rarity(total, with uint64) float64 {
	return math.Pow(math.Log((float64(total)+smoothing)/float64(with+1)), rarityPower)
}

func documentsWith(ctx context.Context, reader index.IndexReader, feature string) (uint64, error) {
	r, err := reader.TermFieldReader(ctx, []byte(feature), fieldAll, false, false, false)
	if err != nil {
		return 0, err
	}
	return r.Count(), r.Close()
}

// documentsOf counts the documents of a kind.
func documentsOf(ctx context.Context, reader index.IndexReader, kind string) (uint64, error) {
	r, err := reader.TermFieldReader(ctx, []byte(kind), fieldKind, false, false, false)
	if err != nil {
		return 0, err
	}
	return r.Count(), r.Close()
}

// candidateQuery asks for contributions with any of the features worth most.
func (s *scale) candidateQuery() query.Query {
	names := slices.SortedFunc(maps.Keys(s.worth), func(a, b string) int {
		return cmp.Or(cmp.Compare(s.worth[b], s.worth[a]), cmp.Compare(a, b))
	})
	var some []query.Query
	for _, f := range names[:min(len(names), maxTerms)] {
		some = append(some, termQuery(fieldAll, f, s.worth[f]), termQuery(fieldTitle, f, s.worth[f]*titleBoost))
	}
	kind := termQuery(fieldKind, KindContribution, 0)
	return bleve.NewConjunctionQuery(kind, bleve.NewDisjunctionQuery(some...))
}

// candidate is a document with what it shares with the text.
type candidate struct {
	internal   index.IndexInternalID
	length     float64 // features of the whole document
	title, all features
	near       float64 // cosine of the places
	chosen     bool
	likeness   float64
	matching   int // words of the text that it has
	score      float64
}

// candidates returns the contributions that share what is worth most, and those
// that stand nearest, in the order of the index.
func (s *scale) candidates(ctx context.Context, b bleve.Index, reader index.IndexReader) ([]*candidate, error) {
	all, err := s.places(ctx, reader)
	if err != nil {
		return nil, err
	}
	far := nthNear(all, candidates)
	for _, c := range all {
		c.chosen = c.near > 0 && c.near >= far
	}
	found, err := s.sharing(ctx, b)
	if err != nil {
		return nil, err
	}
	for _, h := range found {
		internal, err := reader.InternalID(h.ID)
		if err != nil {
			return nil, err
		}
		at, known := slices.BinarySearchFunc(all, internal, func(c *candidate, id index.IndexInternalID) int { return c.internal.Compare(id) })
		if known { // else it came after the reader
			all[at].chosen = true
		}
	}
	all = slices.DeleteFunc(all, func(c *candidate) bool { return !c.chosen })
	for _, c := range all {
		c.title, c.all = features{}, features{}
	}
	return all, nil
}

// nthNear is the nth highest nearness, the least of all where there are fewer.
func nthNear(all []*candidate, n int) float64 {
	var some []float64
	for _, c := range all {
		some = append(some, c.near)
	}
	slices.Sort(some)
	if len(some) == 0 {
		return 0
	}
	return some[max(0, len(some)-n)]
}

// places returns every contribution, and how near it stands to the text.
func (s *scale) places(ctx context.Context, reader index.IndexReader) (all []*candidate, err error) {
	packed, err := reader.DocValueReader([]string{fieldPlace})
	if err != nil {
		return nil, err
	}
	docs, err := reader.TermFieldReader(ctx, []byte(KindContribution), fieldKind, false, false, false)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, docs.Close()) }()
	for {
		doc, err := docs.Next(nil)
		if err != nil || doc == nil {
			return all, err
		}
		c := &candidate{internal: slices.Clone(doc.ID)}
		err = packed.VisitDocValues(doc.ID, func(_ string, value []byte) { c.near = s.place.nearness(value) })
		if err != nil {
			return nil, err
		}
		all = append(all, c)
	}
}

// sharing asks bleve for the contributions that share what is worth most.
func (s *scale) sharing(ctx context.Context, b bleve.Index) ([]Hit, error) {
	if len(s.worth) == 0 {
		return nil, nil
	}
	return run(ctx, b, s.candidateQuery(), candidates)
}

// share finds what each candidate has of the text. It walks the postings of each
// feature: reading a document's own features would unpack those of a thousand
// others with it.
func (s *scale) share(ctx context.Context, reader index.IndexReader, some []*candidate) error {
	for f := range s.worth {
		err := visit(ctx, reader, fieldAll, f, some, func(c *candidate, norm float64) {
			c.all.put(f)
			c.length = 1 / (norm * norm)
		})
		if err != nil {
			return err
		}
		err = visit(ctx, reader, fieldTitle, f, some, func(c *candidate, _ float64) { c.title.put(f) })
		if err != nil {
			return err
		}
	}
	return nil
}

// order scores the candidates by what they share and by where they stand, and
// leaves out who is not alike.
func (s *scale) order(reader index.IndexReader, some []*candidate) ([]Hit, error) {
	most := threshold * s.top
	for _, c := range some {
		c.likeness = s.likeness(c)
		most = max(most, c.likeness)
	}
	best, found := 0.0, false
	for _, c := range some {
		c.score = c.likeness/most + spaceWeight*c.near
		best = max(best, c.score)
		found = found || s.alike(c)
	}
	if !found {
		return nil, nil
	}
	var hits []Hit
	for _, c := range some {
		if c.score == 0 || c.score < bestShare*best {
			continue
		}
		id, err := reader.ExternalID(c.internal)
		if err != nil {
			return nil, err
		}
		hits = append(hits, Hit{ID: id, Kind: KindContribution, Score: c.score})
	}
	slices.SortFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.ID, b.ID))
	})
	return hits, nil
}

// visit calls f with each of the documents that has the feature, and the norm
// that bleve keeps of its field: one over the root of the number of features.
func visit(ctx context.Context, reader index.IndexReader, field, feature string, some []*candidate, f func(*candidate, float64)) (err error) {
	postings, err := reader.TermFieldReader(ctx, []byte(feature), field, false, true, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, postings.Close()) }()
	var at index.TermFieldDoc
	for i := 0; i < len(some); {
		doc, err := postings.Advance(some[i].internal, at.Reset())
		if err != nil || doc == nil {
			return err
		}
		for i < len(some) && some[i].internal.Compare(doc.ID) < 0 {
			i++
		}
		if i < len(some) && some[i].internal.Equals(doc.ID) {
			f(some[i], doc.Norm)
			i++
		}
	}
	return nil
}

// likeness adds up what the words of the text are worth for one document.
func (s *scale) likeness(c *candidate) float64 {
	sum := 0.0
	used := map[string]bool{}
	for i := range s.wanted {
		worth := s.unitWorth(i, c.title, c.all, used)
		sum += worth
		if worth > 0 {
			c.matching++
		}
	}
	return sum / math.Pow(1+c.length/100, lengthPower)
}

// alike tells whether a document shares enough to speak of, or stands near.
func (s *scale) alike(c *candidate) bool {
	least := threshold * s.top
	if c.matching < 2 && len(s.wanted) > fewWords {
		least = oneWord * s.top
	}
	strange := 1 + strangeness*math.Pow(s.unknown, 2)
	return c.likeness >= least*strange || c.near >= leastNear*strange && c.matching > 0
}

// unitWorth counts the best feature of a word in full and little of its others,
// which say nearly the same, and less of what another word has said before.
func (s *scale) unitWorth(i int, title, all features, used map[string]bool) float64 {
	best, sum := 0.0, 0.0
	for _, f := range s.wanted[i] {
		if !all.has(f) {
			continue
		}
		worth := s.worth[f]
		if title.has(f) {
			worth += worth * titleBoost
		}
		if used[f] {
			worth *= repeatShare
		}
		used[f] = true
		best = max(best, worth)
		sum += worth
	}
	for _, f := range s.near[i] {
		if all.has(f) && !used[f] {
			worth := s.worth[f] * nearShare
			used[f] = true
			best = max(best, worth)
			sum += worth
		}
	}
	return best + restShare*(sum-best)
}
