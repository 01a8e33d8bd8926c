package knowledge_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"ruggespraak/knowledge"
)

func TestDiffComparesWords(t *testing.T) {
	got := knowledge.Diff("De termijn is tien jaar.", "De termijn is vijf jaar.")
	want := []knowledge.Change{{Op: knowledge.Same, Text: "De termijn is "}, {Op: knowledge.Removed, Text: "tien"}, {Op: knowledge.Added, Text: "vijf"},
		{Op: knowledge.Same, Text: " jaar."}}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("Diff (-want +got):\n%s", d)
	}
}

// Whatever the texts are, both can be read back from their comparison.
func TestDiffLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.RuneFrom([]rune("aé b\n.#漢😀0")), 0, 60, -1)
		before, after := text.Draw(t, "before"), text.Draw(t, "after")
		var was, is strings.Builder
		for _, c := range knowledge.Diff(before, after) {
			if c.Op != knowledge.Added {
				was.WriteString(c.Text)
			}
			if c.Op != knowledge.Removed {
				is.WriteString(c.Text)
			}
		}
		if was.String() != before || is.String() != after {
			t.Fatalf("Diff(%q, %q) reads back as %q and %q", before, after, was.String(), is.String())
		}
	})
}
