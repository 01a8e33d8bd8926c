package guard

import (
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// The form of a word, as a regular expression says it.
func TestWordPlaces(t *testing.T) {
	form := regexp.MustCompile(`'?[\p{L}\d][\p{L}\d'&]*(?:-[\p{L}\d]['\p{L}\d]*)*`)
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("aBé7'&-- .٣ǅ\x01ß"))).Draw(t, "text")
		var want [][2]int
		for _, m := range form.FindAllStringIndex(text, -1) {
			want = append(want, [2]int{m[0], m[1]})
		}
		if diff := cmp.Diff(want, wordPlaces(text)); diff != "" {
			t.Fatalf("wordPlaces(%q): %s", text, diff)
		}
	})
}
