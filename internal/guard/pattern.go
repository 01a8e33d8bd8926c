package guard

import (
	"regexp"
	"sync"
)

// pattern is a regular expression that is compiled when it is first used: there
// are over a hundred, and a program that checks no text holds none of them.
type pattern struct {
	text string
	once sync.Once
	re   *regexp.Regexp
}

func compiled(text string) *pattern { return &pattern{text: text} }

func (p *pattern) regexp() *regexp.Regexp {
	p.once.Do(func() { p.re = regexp.MustCompile(p.text) })
	return p.re
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
