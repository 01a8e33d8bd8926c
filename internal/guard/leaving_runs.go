package guard

import (
	"hash/fnv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// runLength is the number of words that may not be taken over in a row.
const runLength = 8

// Runs holds the runs of eight words of texts from which nothing may be taken over. It keeps their
// hashes, not the texts. Add first, then use it for any number of checks at once.
type Runs struct{ seen map[uint64]bool }

// NewRuns returns an empty set.
func NewRuns() *Runs { return &Runs{seen: map[uint64]bool{}} }

// Add adds a text; id is only for traces of the caller and is not kept. Not for concurrent use.
func (r *Runs) Add(id, text string) {
	sc := newScan(&Guard{lists: loadLists()}, text)
	ws := runWords(sc.full)
	for i := 0; i+runLength <= len(ws); i++ {
		r.seen[hashRun(ws[i:i+runLength])] = true
	}
}

// runWord is one word of a run: plain letters, and where it stands.
type runWord struct {
	text string
	a, b int
}

// runWords gives the words of a normalised text as runs compare them: no capitals, accents or marks, a
// hyphen parts two words, and laws, titles and national bodies are left out.
func runWords(s string) []runWord {
	lists := loadLists()
	var ts []token
	for _, m := range wordPlaces(s) {
		word := strings.Trim(s[m[0]:m[1]], "'")
		t := token{a: m[0], b: m[1], low: lower(word)}
		t.cap = t.low != word
		t.caps = t.cap && len(word) > 1 && strings.ToUpper(word) == word
		ts = append(ts, t)
	}
	calm(ts)
	markKnown(ts, lists.bodyPhrases)
	var out []runWord
	for _, t := range ts {
		if t.known {
			continue
		}
		for part := range strings.SplitSeq(t.low, "-") {
			if w := bareWord(part); w != "" {
				out = append(out, runWord{w, t.a, t.b})
			}
		}
	}
	return out
}

// calm takes the capitals from words in a row of them: in a text that shouts, «OM» is the word «om».
func calm(ts []token) {
	shouting := make([]bool, len(ts))
	for i := range ts {
		shouting[i] = i > 0 && ts[i-1].caps && ts[i].caps || i+1 < len(ts) && ts[i].caps && ts[i+1].caps
	}
	for i := range ts {
		if shouting[i] {
			ts[i].cap, ts[i].caps = false, false
		}
	}
}

// bareWord keeps the letters and digits of a word, without accents.
func bareWord(w string) string {
	ascii := true
	for i := range len(w) {
		ascii = ascii && w[i] < 0x80
	}
	if ascii {
		return strings.ReplaceAll(strings.ReplaceAll(w, "'", ""), "&", "")
	}
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) || r == '\'' || r == '&' {
			return -1
		}
		return r
	}, norm.NFD.String(w))
}

func hashRun(ws []runWord) uint64 {
	h := fnv.New64a()
	for _, w := range ws {
		h.Write([]byte(w.text))
		h.Write([]byte{' '})
	}
	return h.Sum64()
}
