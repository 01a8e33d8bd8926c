package textindex

import (
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// Marks of the features that only searching knows.
const (
	markPart = '+' // a part of a compound: opvangplekken has +opvang and +plek
	markCode = '/' // a place in a law or circular: /b8/3, /273f
)

// What a place in a document is worth, against once in a short body.
const (
	titleWorth = 3.0
	headWorth  = 1.0 // summary and headings
	headMore   = 0.5 // for the second time there
	bodyWorth  = 2.2 // for a word that is everywhere in the body
	bodyHalf   = 0.7 // times that a word must stand in a short body for half of that
	bodyLength = 300 // words of a body in which it must be twice as often
)

// weightZero is the byte of the weight 0: a weight is a printable byte, never
// the end of a line. weightSteps are the steps of weight to one unit of worth.
const (
	weightZero  = '0'
	weightSteps = 4
	weightMost  = 30
)

// findable returns the features that a document is searched by, one a line
// behind the byte of its weight. Length and place are in the weight, so that
// searching need not look at the document again.
func findable(d Doc) string {
	title, head, body := count(d.Title), count(d.Head+"\n"+strings.Join(d.Tags, "\n")), count(d.Body)
	all := map[string]float64{}
	share := 0.5 + 0.5/math.Sqrt(max(1, float64(title.words)))
	for f := range title.times {
		all[f] += titleWorth * share
	}
	for f, n := range head.times {
		all[f] += headWorth + headMore*min(1, n-1)
	}
	half := bodyHalf * (1 + float64(body.words)/bodyLength)
	for f, n := range body.times {
		all[f] += bodyWorth * n / (n + half)
	}
	var lines strings.Builder
	for _, f := range slices.Sorted(maps.Keys(all)) {
		weight := min(weightMost, max(1, int(math.Round(all[f]*weightSteps))))
		lines.WriteByte(weightZero + byte(weight))
		lines.WriteString(f + "\n")
	}
	return lines.String()
}

// counted is how often each feature is in a text.
type counted struct {
	words int // that say something
	times map[string]float64
}

func count(text string) counted {
	t := loadTables()
	c := counted{times: map[string]float64{}}
	words := split(text)
	known := map[string][]string{}
	for i, w := range words {
		for _, m := range t.phrases(words, i) {
			c.times[concept(m.concept)]++
		}
		if t.stop[w.text] {
			continue
		}
		c.words++
		if _, ok := known[w.text]; !ok {
			known[w.text] = t.termOf(w).all()
		}
		for _, f := range known[w.text] {
			c.times[f]++
		}
	}
	for _, code := range codes(fold(text)) {
		for _, f := range code.features() {
			c.times[f]++
		}
	}
	return c
}

// A lexeme is one word in its features, by how sure they are.
type lexeme struct {
	stem     string
	forms    []string // stems of the verb or noun that it may be a form of
	parts    []string // stems of the parts of a compound, without mark
	concepts []string // with mark
}

// termOf returns what one word is searched and found by.
func (t *tables) termOf(w word) lexeme {
	l := lexeme{stem: w.stem, parts: t.parts(w.text)}
	for _, forms := range [][]string{infinitives(w.text), persons(w.text), t.irregular(w.text), bare(w.text)} {
		l.forms = append(l.forms, forms...)
	}
	if strings.HasSuffix(w.text, "en") {
		l.forms = append(l.forms, w.text) // ik herken: no plural, but the stem of herkennen
	}
	l.concepts = t.addConcepts(nil, w.text, w.stem)
	for _, form := range append(slices.Clone(l.forms), l.parts...) {
		l.concepts = t.addConcepts(l.concepts, form, form)
	}
	slices.Sort(l.concepts)
	l.concepts = slices.Compact(l.concepts)
	return l
}

// all lists the features that a document with the word has, each once.
func (l lexeme) all() []string {
	found := append([]string{l.stem}, l.forms...)
	for _, p := range l.parts {
		found = append(found, part(p))
	}
	found = append(found, l.concepts...)
	slices.Sort(found)
	return slices.Compact(found)
}

func part(stem string) string { return string(markPart) + stem }

// minWritten is the shortest word in which a slip is looked for.
const minWritten = 4

// writtenWords lists the words of a document as they are written, folded.
func writtenWords(d Doc) string {
	found := features{}
	for _, text := range append([]string{d.Title, d.Head, d.Body}, d.Tags...) {
		for _, w := range split(text) {
			if len(w.text) >= minWritten && !strings.ContainsFunc(w.text, unicode.IsDigit) {
				found.put(w.text)
			}
		}
	}
	return found.lines()
}

// A code is a place in a law or circular, as B8/3, B 8.3, 273f, 36 f.
type code struct {
	text       string // b8/3
	start, end int    // of how it is written
}

var codePattern = regexp.MustCompile(`\b(?:[a-d] ?\d{1,2}(?:[/.:]\d{1,2}[a-z]?)*|\d{2,3} ?[a-z])\b`)

// codes finds the places that a folded text names.
func codes(folded string) []code {
	var all []code
	for _, at := range codePattern.FindAllStringIndex(folded, -1) {
		written := strings.ReplaceAll(folded[at[0]:at[1]], " ", "")
		all = append(all, code{strings.NewReplacer(".", "/", ":", "/").Replace(written), at[0], at[1]})
	}
	return all
}

// features are the code and what it stands under: B8/3 is also B8.
func (c code) features() []string {
	found := []string{string(markCode) + c.text}
	for i := len(c.text) - 1; i > 0; i-- {
		if c.text[i] == '/' {
			found = append(found, string(markCode)+c.text[:i])
		}
	}
	return found
}
