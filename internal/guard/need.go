package guard

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// need is what a text must hold for a pattern to match anywhere in it: a word, or all or one of some
// parts; nil when nothing is known. It is read from the pattern itself, so that it always fits. Most
// texts lack what most patterns need, and to look for words costs a hundredth of trying the pattern.
type need struct {
	word  string // in the form of shape; an edge stands where no letter or digit may touch it
	parts []*need
	one   bool // one of the parts is enough
}

// edge stands in a word for the \b of a pattern.
const edge = "\b"

// in says whether a text has what is needed.
func (n *need) in(s *shaped) bool {
	switch {
	case n == nil:
		return true
	case n.parts == nil:
		return s.has(n.word)
	}
	for _, p := range n.parts {
		if p.in(s) == n.one {
			return n.one
		}
	}
	return !n.one
}

// size is the number of words.
func (n *need) size() int {
	if n.parts == nil {
		return 1
	}
	size := 0
	for _, p := range n.parts {
		size += p.size()
	}
	return size
}

// shape maps the runes of a text as needs are sought in it: in lower case, every digit a 0.
func shape(r rune) rune {
	if r >= '0' && r <= '9' {
		return '0'
	}
	return lowerRune(r)
}

// shaped is a text in that form.
type shaped struct {
	text  []byte
	pairs [1 << 16 / 64]uint64 // a bit for each two bytes that follow each other in the text
}

func newShaped(text []byte) *shaped {
	s := &shaped{text: bytes.Map(shape, text)}
	for i := 1; i < len(s.text); i++ {
		p := pair(s.text[i-1], s.text[i])
		s.pairs[p/64] |= 1 << (p % 64)
	}
	return s
}

func pair(a, b byte) int { return int(a)<<8 | int(b) }

// has says that a word stands in the text.
func (s *shaped) has(word string) bool {
	bare, before := strings.CutPrefix(word, edge)
	bare, behind := strings.CutSuffix(bare, edge)
	for i := 1; i < len(bare); i++ {
		if p := pair(bare[i-1], bare[i]); s.pairs[p/64]&(1<<(p%64)) == 0 {
			return false // nearly always at once
		}
	}
	for a := 0; ; a++ {
		i := bytes.Index(s.text[a:], []byte(bare))
		if i < 0 {
			return false
		}
		a += i
		b := a + len(bare)
		if !(before && a > 0 && inWord(s.text[a-1])) && !(behind && b < len(s.text) && inWord(s.text[b])) {
			return true
		}
	}
}

// hasPrefix says that the text goes on with one of the words from byte i.
func (s *shaped) hasPrefix(i int, words []string) bool {
	for _, w := range words {
		if bytes.HasPrefix(s.text[i:], []byte(w)) {
			return true
		}
	}
	return false
}

// inWord says that \b takes c for part of a word: no letter with an accent is.
func inWord(c byte) bool { return c < utf8.RuneSelf && isWordByte(c) || c == '_' }
