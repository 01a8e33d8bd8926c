package guard_test

import (
	"strings"
	"testing"

	"ruggespraak/internal/guard"
)

// longText repeats the labelled set up to size bytes.
func longText(tb testing.TB, size int) string {
	tb.Helper()
	var b strings.Builder
	for b.Len() < size {
		for _, l := range mustLabelled(tb, "testdata/labelled.tsv") {
			b.WriteString(l.text)
			b.WriteString(" ")
		}
	}
	return b.String()[:size]
}

// The time at 200 kB is to be about twice that at 100 kB, for ordinary text and for shapes that
// tempt a pattern to look back or ahead.
func BenchmarkCheck(b *testing.B) {
	shapes := []struct {
		name string
		text func(n int) string
	}{
		{"text", func(n int) string { return longText(b, n) }},
		{"digits", func(n int) string { return strings.Repeat("1", n) }},
		{"zeros", func(n int) string { return strings.Repeat("0 ", n/2) }},
		{"keywords", func(n int) string { return strings.Repeat("bsn ", n/4) }},
		{"capitals", func(n int) string { return strings.Repeat("Aa ", n/3) }},
		{"ages", func(n int) string { return strings.Repeat("17-jarige dorp Roemeense Zwolle ", n/32) }},
		{"dates", func(n int) string { return strings.Repeat("12 mei 1999 ", n/12) }},
		{"words", func(n int) string { return strings.Repeat("a@", n/2) }},
		{"networks", func(n int) string { return strings.Repeat("insta ", n/6) }},
		{"leads", func(n int) string { return strings.Repeat("zij heet man, zussen ", n/21) }},
		{"letters", func(n int) string { return strings.Repeat("A", n) }},
	}
	g := newGuard()
	for _, shape := range shapes {
		for _, kb := range []int{100, 200} {
			text := shape.text(kb * 1000)
			b.Run(shape.name+"/"+map[int]string{100: "100kB", 200: "200kB"}[kb], func(b *testing.B) {
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					g.Check(text, guard.Options{})
				}
			})
		}
	}
}

// One contribution as people write it.
func BenchmarkContribution(b *testing.B) {
	g := newGuard()
	text := policy(b)[0] + " " + policy(b)[8] + " Wij belden op 12 mei met 033-448 11 86 en hoorden 27 weken niets."
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		g.Check(text, guard.Options{})
	}
}

// Messages as people write them to each other: without a figure, and with some. The names are of accounts.
func BenchmarkMessage(b *testing.B) {
	texts := map[string]string{
		"plain":   "Dank Sanne, dat herkennen wij hier ook. Bij ons wacht een vrouw nu weken op een plek, en de gemeente zegt dat zij er niet over gaat. Wat doen jullie?",
		"figures": "Wij bespraken dit op 12 november met de IND en CoMensha. In Utrecht zijn nu 3 plekken vrij, in Amersfoort 2. Een cliënt uit onze regio wacht al 6 weken, ook omdat artikel 273f niet werd genoemd. Kan het Schadefonds hier iets mee?",
	}
	names := []string{"Sanne de Wit", "Karim Haddad"}
	g := newGuard()
	for name, text := range texts {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if r := g.Check(text, guard.Options{Names: names}); r.Verdict != guard.Clean {
					b.Fatal(r)
				}
			}
		})
	}
}
