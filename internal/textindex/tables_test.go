package textindex

import (
	"strings"
	"testing"
)

// TestTablesCanMatch reads the tables as a person wrote them: a pattern that no
// word can match is a slip of the pen.
func TestTablesCanMatch(t *testing.T) {
	for line := range strings.Lines(conceptsText + everydayText) {
		name, patterns, found := strings.Cut(uncomment(line), ":")
		if !found {
			continue
		}
		for _, written := range strings.Fields(patterns) {
			for _, p := range strings.Split(written, "+") {
				word := strings.Trim(p, "*")
				if w := split(word); len(w) != 1 || w[0].text != fold(word) {
					t.Errorf("%s: %q in %q is no word", name, p, written)
				}
				if strings.Contains(p, "*") && len(fold(word)) < minPattern {
					t.Errorf("%s: %q in %q is too short for a start or an end", name, p, written)
				}
			}
		}
	}
}

// TestConceptsStandOnce: concepts.txt has a concept a line; everyday.txt may come
// back to one.
func TestConceptsStandOnce(t *testing.T) {
	seen := map[string]bool{}
	for line := range strings.Lines(conceptsText) {
		name, _, found := strings.Cut(uncomment(line), ":")
		if found && seen[name] {
			t.Errorf("concept %q stands there twice", name)
		}
		seen[name] = true
	}
}

func TestStem(t *testing.T) {
	tests := []struct{ name, a, b string }{
		{"doubled consonant", "overleg", "overleggen"},
		{"v and f", "brief", "brieven"},
		{"z and s", "huis", "huizen"},
		{"plural", "tolk", "tolken"},
		{"accents", "coördinator", "coordinator"},
		{"long vowel", "advocaat", "advocaten"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			if a, b := stem(fold(tc.a)), stem(fold(tc.b)); a != b {
				t.Errorf("stem(%q) = %q, stem(%q) = %q, want the same", tc.a, a, tc.b, b)
			}
		})
	}
}

func TestAnalyseHas(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"stem", "opvangen", "opvang"},
		{"compound tail", "mannenopvang", "opvang"},
		{"compound head", "mannenopvang", "man"},
		{"compound with accents", "zorgcoördinator", stem("coordinator")},
		{"compound of plurals", "opvangplekken", "plek"},
		{"compound of two known words", "tolkentekort", "tekort"},
		{"participle", "uitgebuit", "uitbuit"},
		{"participle of a verb that comes apart", "opgevangen", "opvang"},
		{"diminutive", "hondje", "hond"},
		{"concept", "een vertaler", "#tolk"},
		{"concept in a compound", "telefoontolk", "#tolk"},
		{"verb that comes apart", "hij zegt steeds op het laatste moment af", "#afzeggen"},
		{"phrase over stop words", "er wordt niet vervolgd", "#sepot"},
		{"start of a long word", "schuldsanering", "~schul"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			if got := analyse(tc.text); !got.has(tc.want) {
				t.Errorf("analyse(%q) = %q, want %q in it", tc.text, got.sorted(), tc.want)
			}
		})
	}
}

func TestAnalyseHasNot(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"stop word", "de zaak is van hem", "van"},
		{"phrase over the end of a sentence", "De zaak is niet klaar. Vervolg komt later.", "#sepot"},
		{"mark typed by a person", "#tolk ~opvan", "~opvan"},
		{"word that is too long", strings.Repeat("a", 100), strings.Repeat("a", 100)},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			if got := analyse(tc.text); got.has(tc.want) {
				t.Errorf("analyse(%q) = %q, want no %q in it", tc.text, got.sorted(), tc.want)
			}
		})
	}
}

// TestAnalyseIsBounded counts instead of timing: a text of one endless word or of
// nothing but the start of a phrase has few features.
func TestAnalyseIsBounded(t *testing.T) {
	for _, text := range []string{strings.Repeat("zegt ", 20_000), strings.Repeat("a", 100_000), strings.Repeat("opvangplekken", 7_000)} {
		if got := len(analyse(text)); got > 50 {
			t.Errorf("analyse(%.10q…) has %d features, want at most 50", text, got)
		}
	}
}
