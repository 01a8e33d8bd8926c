package textindex

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	index "github.com/blevesearch/bleve_index_api"
)

// A longer word may have two slips, a shorter one a single one.
const (
	longWord     = 8
	veryLongWord = 12
	maxSlip      = 24 // letters; the search for slips in a longer word is slow
	// minMended is the shortest word of a whole text in which one is looked for:
	// shorter ones are too near each other.
	minMended = 6
)

// correct looks for what was probably meant by words that no document has, among
// the words of the documents: first the fewest slips, then the word in most
// documents.
func (s *searcher) correct() ([]Correction, error) {
	var all []Correction
	for i := range s.terms {
		t := &s.terms[i]
		if strange, err := s.strange(*t); err != nil || !strange {
			if err != nil {
				return nil, err
			}
			continue
		}
		meant, err := s.meant(t.typed)
		if err != nil {
			return nil, err
		}
		if meant == "" {
			continue
		}
		all = append(all, Correction{Typed: t.typed, Used: meant})
		l := loadTables().termOf(word{text: meant, stem: stem(meant)})
		t.own = append(t.own, l.own(slipWeight)...)
		t.others = append(t.others, l.others()...)
	}
	return all, nil
}

// maxMended is in how many words of one text a slip is looked for: each takes
// time.
const maxMended = 8

// mended returns the words with those in the place of a slip that were probably
// meant.
func mended(ctx context.Context, reader index.IndexReader, words []word) ([]word, error) {
	s := &searcher{ctx: ctx, reader: reader}
	words, tried := slices.Clone(words), 0
	for i, w := range words {
		if len(w.text) < minMended || len(w.text) > maxSlip || strings.ContainsAny(w.text, "0123456789") || loadTables().says(w) {
			continue
		}
		if n, err := documentsWith(ctx, reader, w.stem); err != nil || n > 0 {
			if err != nil {
				return nil, err
			}
			continue
		}
		if tried++; tried > maxMended {
			break
		}
		meant, err := s.meant(w.text)
		if err != nil {
			return nil, err
		}
		if surely(w.text, meant) {
			words[i].text, words[i].stem = meant, stem(meant)
		}
	}
	return words, nil
}

// surely tells whether one word can be the other mistyped, where nobody sees what
// was made of it: with the same first letter and one slip, in a very long word two.
func surely(typed, meant string) bool {
	if meant == "" || typed[0] != meant[0] {
		return false
	}
	return slips(typed, meant) <= 1+len(typed)/veryLongWord
}

// says tells whether the tables or the space know the word.
func (t *tables) says(w word) bool {
	return t.stop[w.text] || slices.ContainsFunc(t.unitOf(w), func(f string) bool {
		_, placed := slices.BinarySearch(loadSpace().names, f)
		return f[0] == markConcept || t.common[f] || placed
	})
}

// strange tells that no document has the word, whole or as a part, and that the
// tables do not know all its parts either.
func (s *searcher) strange(t term) (bool, error) {
	if len(t.typed) < minWritten || len(t.typed) > maxSlip || strings.ContainsAny(t.typed, "0123456789") || len(t.apart) > 1 {
		return false, nil
	}
	for _, w := range append(slices.Clone(t.own), way{part(t.own[0].feature), 1}) {
		if n, err := s.count(w.feature); err != nil || n > 0 {
			return false, err
		}
	}
	return true, nil
}

// meant gives the likeliest word of the documents, empty when none is near.
func (s *searcher) meant(typed string) (best string, err error) {
	fuzzy, ok := s.reader.(index.IndexReaderFuzzy)
	if !ok {
		return "", nil
	}
	most := 1
	if len(typed) >= longWord {
		most = 2
	}
	near, err := fuzzy.FieldDictFuzzy(fieldWords, typed, most, "")
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, near.Close()) }()
	type candidate struct {
		slips int
		start bool // another first letter: people seldom slip there
		count uint64
	}
	var top candidate
	for {
		entry, err := near.Next()
		if err != nil || entry == nil {
			return best, err
		}
		this := candidate{slips(typed, entry.Term), typed[0] != entry.Term[0], entry.Count}
		order := cmp.Or(cmp.Compare(this.slips, top.slips), compareBool(this.start, top.start), cmp.Compare(top.count, this.count), strings.Compare(entry.Term, best))
		if best == "" || order < 0 {
			best, top = entry.Term, this
		}
	}
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	default:
		return 1
	}
}

// slips counts the letters that are missing, too many, wrong or changed round.
func slips(a, b string) int {
	rows := [3][]int{make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)}
	for j := range rows[1] {
		rows[1][j] = j
	}
	for i := 1; i <= len(a); i++ {
		before, last, row := rows[0], rows[1], rows[2]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			wrong := 1
			if a[i-1] == b[j-1] {
				wrong = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+wrong)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		rows[0], rows[1], rows[2] = last, row, before
	}
	return rows[1][len(b)]
}
