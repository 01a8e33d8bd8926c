package guard

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is one word of a text.
type token struct {
	a, b  int    // bytes
	low   string // lower case
	cap   bool   // begins with a capital
	caps  bool   // two letters or more, all capitals
	first bool   // opens a sentence
	known bool   // part of a known phrase: a body, law, place, organisation
}

// wordPlaces gives the bytes of each word: letters and digits, with ' and & inside; parts with a hyphen
// between; a ' may stand before.
func wordPlaces(s string) [][2]int {
	var out [][2]int
	for at := 0; at < len(s); {
		r, n := utf8.DecodeRuneInString(s[at:])
		if !isWordRune(r) {
			at += n
			continue
		}
		a := at
		if a > 0 && s[a-1] == '\'' {
			a--
		}
		at = partEnd(s, at, "'&")
		for at < len(s) && s[at] == '-' {
			if r, _ := utf8.DecodeRuneInString(s[at+1:]); !isWordRune(r) {
				break
			}
			at = partEnd(s, at+1, "'")
		}
		out = append(out, [2]int{a, at})
	}
	return out
}

// partEnd gives the end of the letters, digits and marks from byte at on.
func partEnd(s string, at int, marks string) int {
	for i, r := range s[at:] {
		if !isWordRune(r) && !strings.ContainsRune(marks, r) {
			return at + i
		}
	}
	return len(s)
}

func isWordRune(r rune) bool { return r >= '0' && r <= '9' || unicode.IsLetter(r) }

// tokens gives the words of the text that no rule has taken.
func (sc *scan) tokens() []token {
	places := wordPlaces(string(sc.work))
	out := make([]token, 0, len(places))
	starts, next, opening := sc.sentences(), 0, false
	for _, m := range places {
		t := token{a: m[0], b: m[1]}
		for t.b > t.a+1 && sc.work[t.b-1] == '\'' {
			t.b--
		}
		if sc.work[t.a] == '\'' && !shortArticle(sc.low[t.a:t.b]) {
			t.a++
		}
		t.low = string(sc.low[t.a:t.b])
		r, _ := utf8.DecodeRune(sc.work[t.a:t.b])
		t.cap = unicode.IsUpper(r) || r == '\'' && t.low != string(sc.work[t.a:t.b])
		if i := strings.IndexByte(t.low, '-'); !t.cap && i > 0 && i < 4 && sc.g.lists.particles[t.low[:i]] {
			r, _ = utf8.DecodeRune(sc.work[t.a+i+1:])
			t.cap = unicode.IsUpper(r) // «al-Masri»
		}
		t.caps = t.cap && len(t.low) > 1 && strings.ToUpper(t.low) == string(sc.work[t.a:t.b])
		for next < len(starts) && starts[next] <= t.a {
			opening = true
			next++
		}
		t.first, opening = opening, false
		if !t.first && t.a > 0 {
			t.first = sc.opens(t.a)
		}
		out = append(out, t)
	}
	return out
}

// shortArticle says that a word begins with «'s» or «'t», as in 's-Hertogenbosch, and is not quoted.
func shortArticle(b []byte) bool {
	return len(b) > 1 && (b[1] == 's' || b[1] == 't') && (len(b) == 2 || !isWordByte(b[2]))
}

// opens says that what stands before byte a opens a sentence of its own: a colon, a bullet, a quote.
func (sc *scan) opens(a int) bool {
	i := a
	for i > 0 && (sc.full[i-1] == ' ' || sc.full[i-1] == '"' || sc.full[i-1] == '\'' || sc.full[i-1] == '(') {
		i--
	}
	if i == 0 {
		return true
	}
	switch sc.full[i-1] {
	case ':', '*', '|', '\n', '#', '>', '"':
		return true
	case '-':
		return i-1 == 0 || sc.full[i-2] == ' ' || sc.full[i-2] == '\n'
	}
	return false
}

// joined says that two words follow each other with nothing but a space between them.
func (sc *scan) joined(a, b token) bool { return b.a == a.b+1 && sc.work[a.b] == ' ' }

// phraseSet finds fixed expressions, whatever their capitals and marks.
type phraseSet struct {
	byFirst map[string][][]string // by first word, the longest first
}

func newPhraseSet(groups ...[]string) *phraseSet {
	p := &phraseSet{byFirst: map[string][][]string{}}
	for _, g := range groups {
		for _, phrase := range g {
			p.put(phrase)
		}
	}
	return p
}

func (p *phraseSet) put(phrase string) {
	ws := phraseWords(phrase)
	if len(ws) == 0 {
		return
	}
	list := append(p.byFirst[ws[0]], ws)
	for i := len(list) - 1; i > 0 && len(list[i]) > len(list[i-1]); i-- {
		list[i], list[i-1] = list[i-1], list[i]
	}
	p.byFirst[ws[0]] = list
}

func phraseWords(s string) []string {
	s = lower(s)
	places := wordPlaces(s)
	ws := make([]string, len(places))
	for i, p := range places {
		ws[i] = strings.Trim(s[p[0]:p[1]], "'")
	}
	return ws
}

// has says that s as a whole is one of the phrases.
func (p *phraseSet) has(s string) bool {
	ws := phraseWords(s)
	return len(ws) > 0 && p.at(ws) == len(ws)
}

// at gives how many words of ws, from the first, are a phrase: the longest one, 0 when none is.
func (p *phraseSet) at(ws []string) int {
	if len(ws) == 0 {
		return 0
	}
	for _, phrase := range p.byFirst[ws[0]] {
		if hasPrefix(ws, phrase) {
			return len(phrase)
		}
	}
	return 0
}

func hasPrefix(ws, phrase []string) bool {
	if len(phrase) > len(ws) {
		return false
	}
	for i := range phrase {
		if ws[i] != phrase[i] {
			return false
		}
	}
	return true
}

const longestPhrase = 12 // words

// isPlainWord says that a word which could be a body's short name is an ordinary one: «om», «som».
func isPlainWord(t token) bool {
	switch t.low {
	case "om", "som", "duo", "greta", "mind", "eu", "cak":
		return !t.caps
	case "halt", "signal", "teams", "zoom", "booking":
		return !t.cap
	}
	return false
}

// markKnown marks the words that belong to a known phrase.
func markKnown(ts []token, p *phraseSet) {
	ws := make([]string, 0, longestPhrase)
	for i := 0; i < len(ts); i++ {
		if _, ok := p.byFirst[ts[i].low]; !ok || isPlainWord(ts[i]) {
			continue
		}
		ws = ws[:0]
		for j := i; j < len(ts) && j < i+longestPhrase; j++ {
			ws = append(ws, ts[j].low)
		}
		n := p.at(ws)
		for j := i; j < i+n; j++ {
			ts[j].known = true
		}
		i += max(n-1, 0)
	}
}
