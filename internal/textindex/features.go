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

// readFeatures is the opposite of lines.
func readFeatures(lines string) features {
	f := features{}
	for name := range strings.SplitSeq(lines, "\n") {
		if name != "" {
			f.put(name)
		}
	}
	return f
}

// A unit is what one word or one phrase of a text says, in several features
// that mean nearly the same.
type unit []string

// near returns the concepts that touch those of the unit.
func (u unit) near() []string {
	t := loadTables()
	var found []string
	for _, f := range u {
		if f[0] != markConcept {
			continue
		}
		for _, name := range t.near[f[1:]] {
			if f := concept(name); !slices.Contains(u, f) && !slices.Contains(found, f) {
				found = append(found, f)
			}
		}
	}
	slices.Sort(found)
	return found
}

// analyse returns the features of a text.
func analyse(text string) features { return featuresOf(units(text)) }

func featuresOf(all []unit) features {
	found := features{}
	for _, u := range all {
		for _, f := range u {
			found.put(f)
		}
	}
	return found
}

// units returns what a text says, word by word and phrase by phrase.
func units(text string) []unit { return unitsOf(split(text)) }

func unitsOf(words []word) []unit {
	t := loadTables()
	var all []unit
	var said []match
	for i, w := range words {
		if !t.stop[w.text] {
			all = append(all, t.unitOf(w))
		}
		said = append(said, t.phrases(words, i)...)
		if u := t.apart(words[i:]); len(u) > 0 {
			all = append(all, u)
		}
	}
	return append(all, joined(said)...)
}

// joined makes one unit of the phrases that have a word in common: they say the
// same thing.
func joined(said []match) []unit {
	var all []unit
	unitAt := map[int]int{}
	for _, m := range said {
		n := len(all)
		for _, i := range m.at {
			if k, ok := unitAt[i]; ok {
				n = min(n, k)
			}
		}
		if n == len(all) {
			all = append(all, nil)
		}
		for _, i := range m.at {
			unitAt[i] = n
		}
		if f := concept(m.concept); !slices.Contains(all[n], f) {
			all[n] = append(all[n], f)
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
	for _, forms := range [][]string{infinitives(w.text), persons(w.text), t.irregular(w.text), bare(w.text), t.parts(w.text)} {
		for _, form := range forms {
			u = t.addConcepts(append(u, form), form, form)
		}
	}
	slices.Sort(u)
	return slices.Compact(u)
}

// apart returns the concepts of the verb that begins with the first word and whose
// particle follows in the same sentence: «zegt steeds op het laatste moment af».
func (t *tables) apart(words []word) unit {
	var u unit
	verb := words[0]
	for i, w := range words[1:min(len(words), particleGap+2)] {
		if w.sentence != verb.sentence {
			break
		}
		if !slices.Contains(particles, w.text) || i+2 < len(words) && t.afterPreposition(words[i+2]) {
			continue
		}
		for _, base := range append(append(persons(verb.text), t.irregular(verb.text)...), verb.stem) {
			u = t.addConcepts(u, w.text+base, w.text+base)
		}
	}
	slices.Sort(u)
	return slices.Compact(u)
}

// afterPreposition tells whether a word makes the one before it a preposition.
func (t *tables) afterPreposition(w word) bool {
	return slices.Contains(determiners, w.text)
}

var determiners = strings.Fields("de het een die dat deze dit haar hem hen hun zijn mijn ons onze elkaar zich elke alle wat waar wie")

func (t *tables) addConcepts(u unit, text, stem string) unit {
	t.concepts(text, stem, func(name string) { u = append(u, concept(name)) })
	return u
}
