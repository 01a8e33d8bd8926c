package textindex

import (
	"maps"
	"slices"
	"strings"
)

// A feature is a stem, or something that a mark in front tells from a stem.
const (
	markConcept = '#' // a concept, by name
	markStart   = '~' // the first letters of a longer word
)

// startLength is how many letters of a word stand for the whole.
const startLength = 5

// features is the set of what a text is about.
type features map[string]struct{}

func (f features) put(name string)      { f[name] = struct{}{} }
func (f features) has(name string) bool { _, ok := f[name]; return ok }
func (f features) merge(other features) { maps.Copy(f, other) }
func (f features) clone() features      { return maps.Clone(f) }
func (f features) sorted() []string     { return slices.Sorted(maps.Keys(f)) }
func (f features) lines() string        { return strings.Join(f.sorted(), "\n") }
func concept(name string) string        { return string(markConcept) + name }
func wordStart(stem string) (string, bool) {
	if len(stem) <= startLength {
		return "", false
	}
	return string(markStart) + stem[:startLength], true
}

// analyse returns the features of a text.
func analyse(text string) features {
	t := loadTables()
	words := split(text)
	found := features{}
	for i, w := range words {
		if !t.stop[w.text] {
			t.addWord(found, w)
		}
		for _, name := range t.phrases(words[i:]) {
			found.put(concept(name))
		}
	}
	return found
}

// addWord puts in what one word says: its stem, its concepts, its parts.
func (t *tables) addWord(found features, w word) {
	found.put(w.stem)
	if start, ok := wordStart(w.stem); ok {
		found.put(start)
	}
	if verb := infinitive(w.text); verb != "" {
		found.put(verb)
		t.addConcepts(found, verb, verb)
	}
	t.addConcepts(found, w.text, w.stem)
	for _, part := range t.parts(w.text) {
		found.put(part)
		t.addConcepts(found, part, part)
	}
}

func (t *tables) addConcepts(found features, text, stem string) {
	t.concepts(text, stem, func(name string) { found.put(concept(name)) })
}
