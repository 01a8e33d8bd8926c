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

// A unit is what one word or one phrase of a text says, in several features
// that mean nearly the same.
type unit []string

// analyse returns the features of a text.
func analyse(text string) features {
	found := features{}
	for _, u := range units(text) {
		for _, f := range u {
			found.put(f)
		}
	}
	return found
}

// units returns what a text says, word by word and phrase by phrase.
func units(text string) []unit {
	t := loadTables()
	words := split(text)
	var all []unit
	for i, w := range words {
		if !t.stop[w.text] {
			all = append(all, t.unitOf(w))
		}
		for _, name := range t.phrases(words[i:]) {
			all = append(all, unit{concept(name)})
		}
	}
	return all
}

// unitOf returns what one word says: its stem, its concepts, its parts.
func (t *tables) unitOf(w word) unit {
	u := unit{w.stem}
	if start, ok := wordStart(w.stem); ok {
		u = append(u, start)
	}
	u = t.addConcepts(u, w.text, w.stem)
	for _, forms := range [][]string{infinitives(w.text), bare(w.text), t.parts(w.text)} {
		for _, form := range forms {
			u = t.addConcepts(append(u, form), form, form)
		}
	}
	slices.Sort(u)
	return slices.Compact(u)
}

func (t *tables) addConcepts(u unit, text, stem string) unit {
	t.concepts(text, stem, func(name string) { u = append(u, concept(name)) })
	return u
}
