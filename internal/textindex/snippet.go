package textindex

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Piece is a run of a text; a marked one is a word that was looked for.
type Piece struct {
	Text   string
	Marked bool
}

// Words is what a query looked for. The zero value marks nothing.
type Words struct {
	own    features // stems, and codes with their mark
	others features // words of the same meaning
	known  map[string]worth
}

type worth int

const (
	worthNothing worth = iota
	worthOther
	worthOwn
)

func wordsOf(terms []term) Words {
	w := Words{own: features{}, others: features{}, known: map[string]worth{}}
	for _, t := range terms {
		for _, way := range t.own {
			w.own.put(way.feature)
		}
		for _, p := range t.apart {
			w.own.put(p)
		}
		for _, way := range t.others {
			switch way.feature[0] {
			case markConcept:
				w.others.put(way.feature)
			case markCode:
				w.own.put(way.feature)
			}
		}
	}
	return w
}

// of tells what one folded word is worth.
func (w Words) of(text string) worth {
	found, ok := w.known[text]
	if !ok {
		found = w.look(text)
		w.known[text] = found
	}
	return found
}

func (w Words) look(text string) worth {
	t := loadTables()
	if t.stop[text] || len(text) < 2 || len(text) > maxWord {
		return worthNothing
	}
	l := t.termOf(word{text: text, stem: stem(text)})
	for _, f := range append(append([]string{l.stem, string(markCode) + text}, l.forms...), l.parts...) {
		if w.own.has(f) {
			return worthOwn
		}
	}
	for _, f := range l.concepts {
		if w.others.has(f) {
			return worthOther
		}
	}
	return worthNothing
}

// snippetText bounds how much of a text is looked through, in bytes.
const snippetText = 30_000

// token is one word or code of a text, or what stands between two.
type token struct {
	start, end int
	worth      worth
}

// Mark cuts a text into pieces, of which the words that were looked for are marked.
func (w Words) Mark(text string) []Piece { return pieces(text, w.tokens(text), worthOwn) }

// Snippet cuts the part of at most size letters out of a text that says most of
// what was looked for. It makes words of a line; a cut is shown by «…».
func (w Words) Snippet(text string, size int) []Piece {
	text = strings.Join(strings.Fields(clip(text, snippetText)), " ")
	tokens := w.tokens(text)
	least := worthOwn
	if !has(tokens, worthOwn) {
		least = worthOther
	}
	start, end := window(text, tokens, size)
	var inside []token
	for _, t := range tokens {
		if t.start >= start && t.end <= end {
			inside = append(inside, token{t.start - start, t.end - start, t.worth})
		}
	}
	found := pieces(text[start:end], inside, least)
	if start > 0 {
		found = append([]Piece{{Text: "… "}}, found...)
	}
	if end < len(text) {
		found = append(found, Piece{Text: " …"})
	}
	return found
}

func has(tokens []token, least worth) bool {
	for _, t := range tokens {
		if t.worth >= least {
			return true
		}
	}
	return false
}

// clip cuts a text at a letter.
func clip(text string, most int) string {
	if len(text) <= most {
		return text
	}
	for most > 0 && !utf8.RuneStart(text[most]) {
		most--
	}
	return text[:most]
}

// tokens finds the words of a text that are worth something.
func (w Words) tokens(text string) []token {
	if len(w.own) == 0 && len(w.others) == 0 {
		return nil
	}
	var all []token
	start := -1
	flush := func(end int) {
		if start >= 0 {
			if found := w.of(fold(text[start:end])); found > worthNothing {
				all = append(all, token{start, end, found})
			}
		}
		start = -1
	}
	for i, r := range text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) {
			if start < 0 {
				start = i
			}
			continue
		}
		flush(i)
	}
	flush(len(text))
	return all
}

// window is the part of at most size bytes with the most different words, the
// first of equals, cut between words.
func window(text string, tokens []token, size int) (start, end int) {
	if len(text) <= size {
		return 0, len(text)
	}
	best, from := 0, 0
	for i, t := range tokens {
		sum, seen := 0, map[string]bool{}
		for _, next := range tokens[i:] {
			if next.end > t.start+size*2/3 {
				break
			}
			if word := fold(text[next.start:next.end]); !seen[word] {
				seen[word] = true
				sum += int(next.worth)
			}
		}
		if sum > best {
			best, from = sum, t.start
		}
	}
	start = wordStartBefore(text, max(0, min(from-size/4, len(text)-size)))
	return start, wordEndBefore(text, min(len(text), start+size))
}

// wordStartBefore is the start of the word at a place, or after the full stop
// that is nearest before it.
func wordStartBefore(text string, at int) int {
	if at == 0 {
		return 0
	}
	if space := strings.LastIndexByte(text[:at], ' '); space >= 0 {
		return space + 1
	}
	return 0
}

func wordEndBefore(text string, at int) int {
	if at == len(text) {
		return at
	}
	if space := strings.LastIndexByte(text[:at], ' '); space > 0 {
		return space
	}
	for at > 0 && !utf8.RuneStart(text[at]) {
		at--
	}
	return at
}

func pieces(text string, tokens []token, least worth) []Piece {
	var all []Piece
	done := 0
	for _, t := range tokens {
		if t.worth < least {
			continue
		}
		if t.start > done {
			all = append(all, Piece{Text: text[done:t.start]})
		}
		all = append(all, Piece{Text: text[t.start:t.end], Marked: true})
		done = t.end
	}
	if done < len(text) {
		all = append(all, Piece{Text: text[done:]})
	}
	return all
}
