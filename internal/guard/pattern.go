package guard

import (
	"regexp"
	"sync"
)

// pattern is a regular expression that is compiled when it is first used: there
// are over a hundred, and a program that checks no text holds none of them.
type pattern struct {
	text string
	led  bool
	once sync.Once
	re   *regexp.Regexp

	reading sync.Once
	need    *need
	heads   map[byte][]string // of a led pattern: how it begins, by first byte
}

func compiled(text string) *pattern { return &pattern{text: text} }

// compiledLed is for a pattern that begins with one of many whole words. It is tried only where one of
// them stands; to look for it anywhere costs a hundred times as much. What follows the words must end
// soon or match, so that no text is read over and over.
func compiledLed(text string) *pattern { return &pattern{text: `^(?:` + text + `)`, led: true} }

func (p *pattern) regexp() *regexp.Regexp {
	p.once.Do(func() { p.re = regexp.MustCompile(p.text) })
	return p.re
}

// mayMatch says that a text has what the pattern needs. Only where it does, the pattern is compiled.
func (p *pattern) mayMatch(s *shaped) bool {
	p.reading.Do(p.read)
	return p.need.in(s)
}

func (p *pattern) read() {
	if p.led {
		p.heads = headsOf(p.text)
		return
	}
	p.need = needOf(p.text)
}

// find gives the first match in a text from byte at on, as if the text began there.
func (p *pattern) find(text []byte, s *shaped, at int) []int {
	if !p.led {
		return moved(p.FindSubmatchIndex(text[at:]), at)
	}
	for i := at; i < len(text); i++ {
		if i > at && inWord(s.text[i-1]) || !s.hasPrefix(i, p.heads[s.text[i]]) {
			continue
		}
		if m := p.FindSubmatchIndex(text[i:]); m != nil {
			return moved(m, i)
		}
	}
	return nil
}

// moved counts the places of a match from at bytes earlier.
func moved(m []int, at int) []int {
	for i := range m {
		if m[i] >= 0 {
			m[i] += at
		}
	}
	return m
}

func (p *pattern) Match(b []byte) bool              { return p.regexp().Match(b) }
func (p *pattern) MatchString(s string) bool        { return p.regexp().MatchString(s) }
func (p *pattern) Find(b []byte) []byte             { return p.regexp().Find(b) }
func (p *pattern) FindIndex(b []byte) []int         { return p.regexp().FindIndex(b) }
func (p *pattern) FindStringIndex(s string) []int   { return p.regexp().FindStringIndex(s) }
func (p *pattern) FindSubmatchIndex(b []byte) []int { return p.regexp().FindSubmatchIndex(b) }
func (p *pattern) FindStringSubmatchIndex(s string) []int {
	return p.regexp().FindStringSubmatchIndex(s)
}
func (p *pattern) FindAllIndex(b []byte, n int) [][]int   { return p.regexp().FindAllIndex(b, n) }
func (p *pattern) FindAllString(s string, n int) []string { return p.regexp().FindAllString(s, n) }
func (p *pattern) FindAllStringIndex(s string, n int) [][]int {
	return p.regexp().FindAllStringIndex(s, n)
}
func (p *pattern) FindAllSubmatchIndex(b []byte, n int) [][]int {
	return p.regexp().FindAllSubmatchIndex(b, n)
}
func (p *pattern) ReplaceAllString(s, with string) string {
	return p.regexp().ReplaceAllString(s, with)
}
