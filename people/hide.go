package people

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// AwayName stands where a text named an account, for who may read no names.
const AwayName = "een deelnemer"

// NameFinder finds names of accounts in texts, however they are written: whole
// in any case, and with a capital the first name, the surname, or the last word
// of it, also behind initials. A word that is somebody's name and something else
// too is a name to it: it is for texts in which nobody may be named.
type NameFinder struct{ by map[string][]naming }

// naming is a way to name somebody.
type naming struct {
	words   []string // folded
	capital bool     // is a name only with a capital
	inside  bool     // and not at the start of a sentence: «Groot» of «de Groot»
}

// FindNames gives the finder of these names.
func FindNames(all []string) *NameFinder {
	f := &NameFinder{by: map[string][]naming{}}
	for _, name := range all {
		var words []string
		for _, w := range wordsOf(name) {
			words = append(words, w.folded)
		}
		switch last := len(words) - 1; {
		case last < 0:
		case last == 0:
			f.add(naming{words: words, capital: true})
		default:
			f.add(naming{words: words})
			f.add(naming{words: words[:1], capital: true})
			f.add(naming{words: words[1:], capital: true})
			if last > 1 {
				f.add(naming{words: words[last:], capital: true, inside: true})
			}
		}
	}
	return f
}

func (f *NameFinder) add(n naming) { f.by[n.words[0]] = append(f.by[n.words[0]], n) }

// Hide gives the text with AwayName for every name in it.
func (f *NameFinder) Hide(text string) string {
	var out strings.Builder
	at := 0
	for _, span := range f.In(text) {
		out.WriteString(text[at:span[0]] + AwayName)
		at = span[1]
	}
	return out.String() + text[at:]
}

// In gives where names stand in the text, in order: from byte until byte.
func (f *NameFinder) In(text string) [][2]int {
	var spans [][2]int
	words := wordsOf(text)
	for i := 0; i < len(words); {
		n := f.at(text, words, i)
		if n == 0 {
			i++
			continue
		}
		from := i
		for from > 0 && initial(text, words[from-1], words[from]) {
			from--
		}
		spans = append(spans, [2]int{words[from].from, words[i+n-1].until})
		i += n
	}
	return spans
}

// at is of how many words the longest name is that begins with word i.
func (f *NameFinder) at(text string, words []word, i int) int {
	longest := 0
	for _, first := range []string{words[i].folded, strings.TrimSuffix(words[i].folded, "s")} {
		for _, n := range f.by[first] {
			if len(n.words) > longest && n.stands(text, words, i) {
				longest = len(n.words)
			}
		}
	}
	return longest
}

// stands tells whether the words from i on are the name.
func (n naming) stands(text string, words []word, i int) bool {
	if i+len(n.words) > len(words) {
		return false
	}
	last := i + len(n.words) - 1
	for k, want := range n.words {
		got := words[i+k]
		switch {
		case got.folded != want && (i+k != last || got.folded != want+"s"): // «Femkes»
			return false
		case k > 0 && strings.Trim(text[words[i+k-1].until:got.from], " \t\r\n\u00a0-'’*_~`\\") != "":
			return false
		}
	}
	return (!n.capital || words[last].capital) && (!n.inside || !starts(text, words, i))
}

// starts tells whether a sentence begins with word i, as far as one can tell:
// what ends in a point and is short may be a title.
func starts(text string, words []word, i int) bool {
	before := strings.TrimRight(text[:words[i].from], " \t\r\n*_~`\"'“„«(")
	if before == "" {
		return true
	}
	title := i > 0 && before[len(before)-1] == '.' && words[i-1].until == len(before)-1 && len(words[i-1].folded) <= 4
	return !title && strings.ContainsAny(before[len(before)-1:], ".!?:")
}

// initial tells whether word a is a letter with a point before word b.
func initial(text string, a, b word) bool {
	return a.capital && utf8.RuneCountInString(a.folded) == 1 && strings.TrimSpace(text[a.until:b.from]) == "."
}

// word is a row of letters of a text.
type word struct {
	folded      string // in lower case, without accents and what shows nothing
	from, until int    // bytes
	capital     bool
}

func wordsOf(text string) []word {
	var all []word
	from := -1
	end := func(until int) {
		if from >= 0 {
			r, _ := utf8.DecodeRuneInString(text[from:])
			all = append(all, word{fold(text[from:until]), from, until, unicode.IsUpper(r)})
		}
		from = -1
	}
	for at, r := range text {
		switch {
		case unicode.IsLetter(r):
			if from < 0 {
				from = at
			}
		case from >= 0 && unicode.In(r, unicode.Mn, unicode.Cf): // an accent of its own, a soft hyphen
		default:
			end(at)
		}
	}
	end(len(text))
	return all
}

func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.Mn, unicode.Cf) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(s))
}
