package textindex_test

import (
	"slices"
	"strings"
	"testing"

	"ruggespraak/internal/textindex"
)

// pair is a paraphrase and the contribution it should find.
type pair struct{ query, want string }

// TestSimilarFindsParaphrases holds the bar: the expected contribution is among
// the three for four in five, on the half that weights and tables were tuned on
// and on the half that they were not.
func TestSimilarFindsParaphrases(t *testing.T) {
	docs, tuned, held := pairs(t)
	x := mustOpen(t, "")
	mustPut(t, x, docs...)
	for _, half := range []struct {
		name  string
		pairs []pair
	}{{"tuned on", tuned}, {"held back", held}} {
		found, first := 0, 0
		for _, p := range half.pairs {
			got := similar(t, x, p.query)
			if slices.Contains(got, p.want) {
				found++
			} else {
				t.Logf("missed: %q wants %s, got %q", p.query, p.want, got)
			}
			if len(got) > 0 && got[0] == p.want {
				first++
			}
		}
		n := len(half.pairs)
		t.Logf("%s: %d of %d among the three (%d%%), %d first", half.name, found, n, 100*found/n, first)
		if found*100 < n*80 {
			t.Errorf("%s: %d of %d found, want at least 80%%", half.name, found, n)
		}
	}
}

func pairs(t testing.TB) (docs []textindex.Doc, tuned, held []pair) {
	t.Helper()
	for block := range strings.SplitSeq(mustRead(t, "testdata/pairs.txt"), "\n= ") {
		lines := strings.Split(block, "\n")
		if strings.HasPrefix(block, "//") {
			continue
		}
		docs = append(docs, contribution(lines[0], lines[1], lines[2]))
		for _, line := range lines[3:] {
			switch query, kind := strings.TrimLeft(line, "?! "), line; {
			case strings.HasPrefix(kind, "? "):
				tuned = append(tuned, pair{query, lines[0]})
			case strings.HasPrefix(kind, "! "):
				held = append(held, pair{query, lines[0]})
			}
		}
	}
	return docs, tuned, held
}
