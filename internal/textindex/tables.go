package textindex

import (
	"crypto/sha256"
	_ "embed"
	"slices"
	"strings"
	"sync"
)

// The tables are ours: words of this field, written by hand. concepts.txt has a
// concept a line, its name and its patterns; the head of the file says how to
// write them. everyday.txt adds what people say in daily speech, related.txt says
// which concepts touch, wide.txt which are worth less, verbs.txt has the irregular
// verbs, parts.txt the words that compounds are made of, and common.txt those
// that are ordinary everywhere.
var (
	//go:embed concepts.txt
	conceptsText string
	//go:embed everyday.txt
	everydayText string
	//go:embed related.txt
	relatedText string
	//go:embed wide.txt
	wideText string
	//go:embed verbs.txt
	verbsText string
	//go:embed parts.txt
	partsText string
	//go:embed stop.txt
	stopText string
	//go:embed common.txt
	commonText string
)

// tables is the parsed form of the files. It is read only.
type tables struct {
	stop     map[string]bool     // folded words that say nothing alone
	common   map[string]bool     // stems of ordinary words, strange nowhere
	exact    map[string][]string // stem -> concepts
	prefix   map[string][]string // start of a word -> concepts
	suffix   map[string][]string // end of a word -> concepts
	phrase   map[string][]phrase // first pattern's key -> phrases
	compound map[string]bool     // stems and words that a compound may hold
	near     map[string][]string // concept -> concepts that touch it
	wide     map[string]bool     // features of concepts that are worth less
	verb     map[string]string   // irregular form -> infinitive
}

// phrase is a row of patterns that must follow each other closely.
type phrase struct {
	concept string
	rest    []pattern
	gap     int // words that may stand between two of them
}

// pattern matches one word: by its stem, by its start or by its end.
type pattern struct {
	kind patternKind
	text string
}

type patternKind byte

const (
	byStem patternKind = iota
	byStart
	byEnd
)

// loadTables parses the files at the first text: a server that never searches
// does not hold them.
var loadTables = sync.OnceValue(func() *tables {
	t := &tables{
		stop:     map[string]bool{},
		common:   map[string]bool{},
		exact:    map[string][]string{},
		prefix:   map[string][]string{},
		suffix:   map[string][]string{},
		phrase:   map[string][]phrase{},
		compound: map[string]bool{},
		near:     map[string][]string{},
		wide:     map[string]bool{},
		verb:     map[string]string{},
	}
	for _, w := range fieldsOf(stopText) {
		t.stop[fold(w)] = true
	}
	for _, w := range fieldsOf(commonText) {
		t.common[stem(fold(w))] = true
	}
	for _, w := range fieldsOf(partsText) {
		t.addCompoundPart(fold(w))
	}
	for line := range strings.Lines(conceptsText + everydayText) {
		name, patterns, found := strings.Cut(uncomment(line), ":")
		if !found {
			continue
		}
		for _, p := range strings.Fields(fold(patterns)) {
			t.addPattern(strings.TrimSpace(name), p)
		}
	}
	for _, name := range fieldsOf(wideText) {
		t.wide[concept(name)] = true
	}
	for line := range strings.Lines(relatedText) {
		t.addNear(strings.Fields(uncomment(line)))
	}
	for line := range strings.Lines(verbsText) {
		t.addVerb(strings.Fields(uncomment(line)))
	}
	return t
})

func (t *tables) addNear(names []string) {
	for _, a := range names {
		for _, b := range names {
			if a != b && !slices.Contains(t.near[a], b) {
				t.near[a] = append(t.near[a], b)
			}
		}
	}
}

func (t *tables) addVerb(forms []string) {
	if len(forms) == 0 {
		return
	}
	for _, form := range forms[1:] {
		t.verb[form] = forms[0]
	}
}

func tablesSum() [sha256.Size]byte {
	return sha256.Sum256([]byte(strings.Join([]string{
		conceptsText, everydayText, relatedText, wideText, verbsText, partsText, stopText, commonText, spaceBin,
	}, "\x00")))
}

func fieldsOf(text string) []string {
	var all []string
	for line := range strings.Lines(text) {
		all = append(all, strings.Fields(uncomment(line))...)
	}
	return all
}

func uncomment(line string) string {
	line, _, _ = strings.Cut(line, "//")
	return line
}

func (t *tables) addPattern(concept, written string) {
	first, rest, isPhrase := strings.Cut(written, "+")
	p := newPattern(first)
	if isPhrase {
		ph := phrase{concept: concept, gap: phraseGap}
		for _, w := range strings.Split(rest, "+") {
			ph.rest = append(ph.rest, newPattern(w))
			if slices.Contains(particles, w) {
				ph.gap = particleGap
			}
		}
		t.phrase[p.key()] = append(t.phrase[p.key()], ph)
		return
	}
	table := [...]map[string][]string{byStem: t.exact, byStart: t.prefix, byEnd: t.suffix}[p.kind]
	if !slices.Contains(table[p.text], concept) {
		table[p.text] = append(table[p.text], concept)
	}
	if p.kind == byStem {
		t.addCompoundPart(first)
	}
}

func newPattern(written string) pattern {
	if start, ok := strings.CutSuffix(written, "*"); ok {
		return pattern{byStart, start}
	}
	if end, ok := strings.CutPrefix(written, "*"); ok {
		return pattern{byEnd, end}
	}
	return pattern{byStem, stem(written)}
}

// key is unlike for patterns of another kind with the same letters.
func (p pattern) key() string { return string('0'+rune(p.kind)) + p.text }

func (p pattern) matches(w word) bool {
	switch p.kind {
	case byStart:
		return strings.HasPrefix(w.text, p.text)
	case byEnd:
		return strings.HasSuffix(w.text, p.text) || strings.HasSuffix(w.stem, p.text)
	default:
		return w.stem == p.text
	}
}

// minPattern is the shortest start or end that the tables may hold.
const minPattern = 3

// concepts calls f with each concept of a word.
func (t *tables) concepts(text, stem string, f func(name string)) {
	for _, name := range t.exact[stem] {
		f(name)
	}
	for n := minPattern; n <= len(text); n++ {
		for _, name := range t.prefix[text[:n]] {
			f(name)
		}
		for _, name := range t.suffix[text[len(text)-n:]] {
			f(name)
		}
	}
	for n := minPattern; stem != text && n <= len(stem); n++ {
		for _, name := range t.suffix[stem[len(stem)-n:]] {
			f(name)
		}
	}
}

// How many words may stand between two patterns of a phrase. Dutch puts more
// between a verb and its particle: «zegt steeds op het laatste moment af».
const (
	phraseGap   = 2
	particleGap = 6
)

// match is a phrase that was found, and the places of its words.
type match struct {
	concept string
	at      []int
}

// phrases returns the phrases that begin with the word at place i.
func (t *tables) phrases(words []word, i int) []match {
	var found []match
	t.phrasesStarting(words[i], func(ph phrase) {
		if at := ph.follows(words, i); at != nil {
			found = append(found, match{ph.concept, at})
		}
	})
	return found
}

func (t *tables) phrasesStarting(w word, f func(phrase)) {
	each := func(key string) {
		for _, ph := range t.phrase[key] {
			f(ph)
		}
	}
	each(pattern{byStem, w.stem}.key())
	for n := 2; n <= len(w.text); n++ {
		each(pattern{byStart, w.text[:n]}.key())
		each(pattern{byEnd, w.text[len(w.text)-n:]}.key())
	}
}

// follows returns the places of the words of the phrase that begins at place i,
// nil when the rest of it does not come in this order within the sentence.
func (ph phrase) follows(words []word, i int) []int {
	rest, gap, at := ph.rest, 0, []int{i}
	for j := i + 1; j < len(words) && len(rest) > 0; j++ {
		if words[j].sentence != words[i].sentence || gap > ph.gap {
			return nil
		}
		gap++
		if rest[0].matches(words[j]) {
			rest, gap, at = rest[1:], 0, append(at, j)
		}
	}
	if len(rest) > 0 {
		return nil
	}
	return at
}
