package textindex

import "strings"

// The shortest compound that is taken apart, and the shortest part of one.
const (
	minCompound = 7
	minPart     = 3
	minUnknown  = 5 // for a part that no table has
	minStem     = 4 // for a stem: a shorter one is in too many words (plek-ken, herken-nen)
)

// joints are the letters that Dutch puts between two parts.
var joints = []string{"", "s", "en", "e", "n"}

func (t *tables) addCompoundPart(w string) {
	if len(w) < minPart {
		return
	}
	t.compound[w] = true
	if s := stem(w); len(s) >= minStem {
		t.compound[s] = true
	}
}

// parts returns the stems of the parts of a compound, or nil. The last known
// part counts most (it says what the thing is), so the longest tail is taken
// first: mannen-opvang, zorg-coordinator, tolken-tekort. Where only the tail is
// known the head is kept whole, if it is long enough to be a word.
func (t *tables) parts(w string) []string {
	if len(w) < minCompound {
		return nil
	}
	for cut := minPart; cut <= len(w)-minPart; cut++ {
		if !t.known(w[cut:]) {
			continue
		}
		if head := t.head(w[:cut]); head != nil {
			return append(head, stem(w[cut:]))
		}
	}
	return t.loosePart(w)
}

// head returns the stems of what stands before the tail, nil when unknown.
func (t *tables) head(w string) []string {
	for _, joint := range joints {
		bare, found := strings.CutSuffix(w, joint)
		if !found || len(bare) < minPart {
			continue
		}
		if t.known(bare) {
			return []string{stem(bare)}
		}
		if inner := t.parts(bare); len(inner) > 1 {
			return inner
		}
	}
	return nil
}

// loosePart finds one known part beside an unknown one of some length.
func (t *tables) loosePart(w string) []string {
	for cut := minUnknown; cut <= len(w)-minUnknown; cut++ {
		if t.known(w[cut:]) {
			return []string{stem(w[cut:])}
		}
	}
	for cut := len(w) - minUnknown; cut >= minUnknown; cut-- {
		if t.known(w[:cut]) {
			return []string{stem(w[:cut])}
		}
	}
	return nil
}

func (t *tables) known(w string) bool {
	if t.compound[w] {
		return true
	}
	s := stem(w)
	return len(s) >= minStem && t.compound[s]
}
