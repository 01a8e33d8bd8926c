package textindex

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/dutch"
	"golang.org/x/text/unicode/norm"
)

// maxWord is the longest word that is looked at, in bytes: what is longer is no
// word, and the analysis of one costs time in the square of its length.
const maxWord = 64

// word is one word of a text, folded to lower case without accents.
type word struct {
	text     string
	stem     string
	sentence int
}

// split cuts text into words: runs of letters and digits. A hyphen, a slash and
// an apostrophe end a word; a full stop, a colon or a new line ends the sentence.
func split(text string) []word {
	var words []word
	sentence := 0
	folded := fold(text)
	start := -1
	flush := func(end int) {
		if start >= 0 && end-start > 1 && end-start <= maxWord {
			w := folded[start:end]
			words = append(words, word{text: w, stem: stem(w), sentence: sentence})
		}
		start = -1
	}
	for i, r := range folded {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			if start < 0 {
				start = i
			}
			continue
		}
		flush(i)
		if strings.ContainsRune(".!?;:\n", r) {
			sentence++
		}
	}
	flush(len(folded))
	return words
}

// fold returns text in lower case and without accents.
func fold(text string) string {
	text = strings.ToLower(strings.ToValidUTF8(text, " "))
	if isASCII(text) {
		return text
	}
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFKD.String(text))
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// stem returns the Snowball stem of a folded word, with a doubled last consonant
// written once and a hard last consonant, so that overleg and overleggen, brief
// and brieven meet.
func stem(w string) string {
	env := snowballstem.NewEnv(w)
	dutch.Stem(env)
	s := env.Current()
	if n := len(s); n > 2 && s[n-1] == s[n-2] && !strings.ContainsRune("aeiou", rune(s[n-1])) {
		s = s[:n-1]
	}
	switch {
	case len(s) > 2 && strings.HasSuffix(s, "v"):
		return s[:len(s)-1] + "f"
	case len(s) > 2 && strings.HasSuffix(s, "z"):
		return s[:len(s)-1] + "s"
	}
	return s
}

// bare returns what a diminutive may be the small form of (hondje, baantje,
// briefjes), or nothing.
func bare(w string) []string {
	w = strings.TrimSuffix(w, "s")
	base, found := strings.CutSuffix(w, "je")
	if !found || len(base) < 3 {
		return nil
	}
	stems := []string{stem(base)}
	if short, found := strings.CutSuffix(base, "t"); found && len(short) >= 3 {
		stems = append(stems, stem(short))
		if shorter, found := strings.CutSuffix(short, "e"); found && len(shorter) >= 3 {
			stems = append(stems, stem(shorter))
		}
	}
	return stems
}

// particles begin verbs that come apart.
var particles = strings.Fields("aan achter af bij binnen door in los mee na neer om onder op over rond tegen terug toe uit vast voor weg")

// infinitives guesses the stems of the verb that a past participle comes from
// (gemeld, uitgebuit, opgevangen). Whether its last letter belongs to the verb
// cannot be seen, so it tries both.
func infinitives(w string) []string {
	if !strings.HasSuffix(w, "d") && !strings.HasSuffix(w, "t") && !strings.HasSuffix(w, "en") {
		return nil
	}
	particle, rest := "", w
	if !strings.HasPrefix(w, "ge") {
		particle, rest = cutParticle(w)
	}
	core, found := strings.CutPrefix(rest, "ge")
	if !found || len(core) < 4 {
		return nil
	}
	if strings.HasSuffix(core, "en") {
		return []string{particle + stem(core)}
	}
	return []string{particle + stem(core[:len(core)-1]), particle + stem(core)}
}

// minVerb is the shortest form whose ending is taken off.
const minVerb = 4

// persons returns the stems of the verb that a form of the present or the past
// comes from (belt, belde, wachtten), as far as its ending tells.
func persons(w string) []string {
	for _, ending := range []string{"tten", "dden", "ten", "den", "tte", "dde", "te", "de", "t"} {
		if base, found := strings.CutSuffix(w, ending); found && len(base) >= minVerb-1 {
			return []string{stem(base)}
		}
	}
	return nil
}

// irregular returns the stem of the infinitive of a form that verbs.txt has, with
// the particle that stands in front of it.
func (t *tables) irregular(w string) []string {
	if infinitive, ok := t.verb[w]; ok {
		return []string{stem(infinitive)}
	}
	for _, p := range particles {
		rest, found := strings.CutPrefix(w, p)
		if infinitive, ok := t.verb[rest]; found && ok {
			return []string{stem(p + infinitive)}
		}
	}
	return nil
}

func cutParticle(w string) (particle, rest string) {
	for _, p := range particles {
		if rest, found := strings.CutPrefix(w, p); found && strings.HasPrefix(rest, "ge") {
			return p, rest
		}
	}
	return "", w
}
