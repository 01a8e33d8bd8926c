package textindex_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ruggespraak/internal/textindex"
)

func article(id, title, head, body string) textindex.Doc {
	return textindex.Doc{ID: id, Kind: textindex.KindArticle, Title: title, Head: head, Body: body}
}

// shelf are some articles and what stands beside them.
var shelf = []textindex.Doc{
	article("opvang", "Opvang voor slachtoffers", "Welke opvang is er, ook voor mannen", "COSM is categorale opvang. Voor mannen zijn er minder opvangplekken."),
	article("b8", "Verblijf op grond van B8/3", "Bedenktijd en verblijfsvergunning", "De bedenktijd van drie maanden staat in B8/3 van de Vreemdelingencirculaire. Zie ook B9."),
	article("strafrecht", "Mensenhandel in de wet", "Artikel 273f Sr", "Artikel 273f van het Wetboek van Strafrecht stelt mensenhandel strafbaar."),
	article("schadefonds", "Schadefonds Geweldsmisdrijven", "Een uitkering aanvragen", "Het Schadefonds keert uit aan slachtoffers. Ook zonder aangifte."),
	article("prive", "Privacy en delen", "Wat mag u delen?", "Een één op één overleg met de coördinator."),
	contribution("wachtlijst", "Wachtlijst bij de opvang", "Vrouwen wachten lang op opvang."),
	{ID: "zomer", Kind: textindex.KindMeeting, Title: "Landelijk overleg", Body: "Besproken: schadefonds en tolken.", Day: "2019-06-20", Theme: "opvang"},
	{ID: "herfst", Kind: textindex.KindMeeting, Title: "Landelijk overleg", Body: "Besproken: schadefonds en vervoer.", Day: "2019-11-25", Theme: "vervoer"},
}

func TestFindAsPeopleType(t *testing.T) {
	x := mustOpen(t, "")
	mustPut(t, x, shelf...)
	tests := []struct{ typed, want string }{
		{"opvangplekken", "opvang"},
		{"mannenopvang", "opvang"},
		{"opvang voor mannen", "opvang"},
		{"OPVANGPLEK", "opvang"},
		{"B8/3", "b8"},
		{"b8.3", "b8"},
		{"B 8", "b8"},
		{"b9", "b8"},
		{"273f", "strafrecht"},
		{"artikel 273 f", "strafrecht"},
		{"schade fonds", "schadefonds"},
		{"schadefons", "schadefonds"},
		{"geweldsmisdirjven", "schadefonds"},
		{"verblijfsvergunnig", "b8"},
		{"coordinator", "prive"},
		{"coördinatör", "prive"},
		{"hoe zit het met de bedenktijd?", "b8"},
	}
	for _, tc := range tests {
		if got := search(t, x, tc.typed); len(got) == 0 || got[0] != tc.want {
			t.Errorf("Find(%q) = %q, want %q first", tc.typed, got, tc.want)
		}
	}
}

func TestFindNothing(t *testing.T) {
	x := mustOpen(t, "")
	mustPut(t, x, shelf...)
	for _, typed := range []string{"", "   ", "de het een", "zeppelin", "\"", "\"\""} {
		found, err := x.Find(t.Context(), textindex.Query{Text: typed, Limit: 10})
		if err != nil || found.Total != 0 || len(found.Hits) != 0 {
			t.Errorf("Find(%q) = %v, %v; want nothing", typed, found, err)
		}
	}
}

func TestFindTellsOfSlips(t *testing.T) {
	x := mustOpen(t, "")
	mustPut(t, x, shelf...)
	found, err := x.Find(t.Context(), textindex.Query{Text: "opvang schadefons", Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]textindex.Correction{{Typed: "schadefons", Used: "schadefonds"}}, found.Corrected); diff != "" {
		t.Errorf("Corrected (-want +got):\n%s", diff)
	}
}

func TestFindNarrows(t *testing.T) {
	x := mustOpen(t, "")
	mustPut(t, x, shelf...)
	tests := []struct {
		name string
		q    textindex.Query
		want []string
	}{
		{"kind", textindex.Query{Kinds: []string{textindex.KindContribution}, Text: "opvang"}, []string{"wachtlijst"}},
		{"from", textindex.Query{From: "2019-07-01", Text: "schadefonds"}, []string{"herfst"}},
		{"to", textindex.Query{To: "2019-07-01", Text: "schadefonds"}, []string{"zomer"}},
		{"day itself", textindex.Query{From: "2019-06-20", To: "2019-06-20", Text: "schadefonds"}, []string{"zomer"}},
		{"theme", textindex.Query{Theme: "vervoer", Text: "schadefonds"}, []string{"herfst"}},
		{"quoted words", textindex.Query{Text: `schadefonds "vervoer"`}, []string{"herfst"}},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			tc.q.Limit = 10
			found, err := x.Find(t.Context(), tc.q)
			if err != nil {
				t.Fatal(err)
			}
			if got := ids(found.Hits); !cmp.Equal(got, tc.want) || found.Total != len(tc.want) {
				t.Errorf("Find = %q of %d, want %q", got, found.Total, tc.want)
			}
		})
	}
}

func TestFindGivesPages(t *testing.T) {
	x := mustOpen(t, "")
	for i := range 9 {
		mustPut(t, x, contribution(fmt.Sprint(i), "Tolk bij de intake", ""))
	}
	var got []string
	for offset := 0; offset < 12; offset += 4 {
		found, err := x.Find(t.Context(), textindex.Query{Text: "tolk", Limit: 4, Offset: offset})
		if err != nil || found.Total != 9 || found.Kinds[textindex.KindContribution] != 9 {
			t.Fatalf("Find = %v, %v; want nine", found, err)
		}
		got = append(got, ids(found.Hits)...)
	}
	if want := strings.Split("012345678", ""); !cmp.Equal(got, want) {
		t.Errorf("pages = %q, want %q", got, want)
	}
}

// The order may depend on what the documents say, never on when they came, on
// what was there before, or on how bleve has put them away.
func TestFindDoesNotDependOnTheWayDocumentsCame(t *testing.T) {
	docs, _, _ := pairs(t, "testdata/pairs.txt")
	docs = append(slices.Clone(docs[:80]), shelf...)
	typed := []string{"opvang voor mannen", "tolk aangifte", "schadefons", "wachtlijst ggz", "B8/3", "waar kan zij heen"}
	first := mustOpen(t, "")
	mustPut(t, first, docs...)
	for seed := range uint64(4) {
		x := mustOpen(t, map[bool]string{true: t.TempDir()}[seed%2 == 0])
		random := rand.New(rand.NewPCG(seed, 1))
		mustPut(t, x, contribution("weg", "Tolk en opvang en aangifte", "schadefonds"))
		shuffled := slices.Clone(docs)
		random.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		for len(shuffled) > 0 {
			n := min(len(shuffled), 1+random.IntN(40))
			mustPut(t, x, shuffled[:n]...)
			shuffled = shuffled[n:]
		}
		leave := x.Delete
		if seed > 1 {
			leave = x.Purge
		}
		if err := leave(t.Context(), "weg"); err != nil {
			t.Fatal(err)
		}
		for _, q := range typed {
			want, err := first.Find(t.Context(), textindex.Query{Text: q, Limit: 20})
			if err != nil {
				t.Fatal(err)
			}
			got, err := x.Find(t.Context(), textindex.Query{Text: q, Limit: 20})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want.Hits, got.Hits); diff != "" || len(got.Hits) == 0 {
				t.Errorf("seed %d, Find(%q) (-first +this):\n%s", seed, q, diff)
			}
		}
	}
}

// «Lijkt op» must not change by what else is searched.
func TestSimilarIsNotMovedByOtherKinds(t *testing.T) {
	docs, _, _ := pairs(t, "testdata/pairs.txt")
	alone, among := mustOpen(t, ""), mustOpen(t, "")
	mustPut(t, alone, docs[:60]...)
	mustPut(t, among, docs[:60]...)
	for i, d := range docs[60:] {
		d.Kind, d.ID = textindex.Kinds[i%len(textindex.Kinds)], "ander-"+d.ID
		if d.Kind != textindex.KindContribution {
			mustPut(t, among, d)
		}
	}
	for _, d := range docs[60:80] {
		want, err := alone.Similar(t.Context(), d.Title, d.Body, 3)
		if err != nil {
			t.Fatal(err)
		}
		got, err := among.Similar(t.Context(), d.Title, d.Body, 3)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("Similar(%q) (-alone +among):\n%s", d.Title, diff)
		}
	}
}

func TestClearLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	x := mustOpen(t, dir)
	mustPut(t, x, contribution("geheim", "Xylofoonles", "kwetterend"))
	if err := x.Clear(t.Context()); err != nil {
		t.Fatal(err)
	}
	if folderHolds(t, dir, "xylofo") {
		t.Error("a file holds a word after Clear")
	}
	if got := search(t, x, "xylofoonles"); len(got) != 0 {
		t.Errorf("Find after Clear = %q, want none", got)
	}
}

func TestPutRefusesAnUnknownKind(t *testing.T) {
	x := mustOpen(t, "")
	if err := x.Put(t.Context(), textindex.Doc{ID: "a", Kind: "roman"}); err == nil {
		t.Error("Put of an unknown kind = nil, want an error")
	}
}

// shown joins pieces, the marked ones between brackets.
func shown(pieces []textindex.Piece) string {
	var b strings.Builder
	for _, p := range pieces {
		if p.Marked {
			b.WriteString("[" + p.Text + "]")
		} else {
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

func TestSnippet(t *testing.T) {
	x := mustOpen(t, "")
	mustPut(t, x, shelf...)
	long := strings.Repeat("Dit gaat over iets heel anders. ", 20)
	tests := []struct{ typed, text, want string }{
		{"opvang mannen", "Voor mannen zijn er weinig opvangplekken.", "Voor [mannen] zijn er weinig [opvangplekken]."},
		{"coordinator", "De coördinator\n\nbelt.", "De [coördinator] belt."},
		{"B8/3", "Zie B8/3 en <b>B9</b>.", "Zie [B8]/3 en <b>B9</b>."},
		{"schadefons", "Het Schadefonds keert uit.", "Het [Schadefonds] keert uit."},
		{"zeppelin", "Niets hiervan.", "Niets hiervan."},
		{"", "Niets gevraagd.", "Niets gevraagd."},
		{"schadefonds", long + "Het schadefonds keert uit. " + long, "… heel anders. Het [schadefonds] keert uit. Dit gaat over iets heel …"},
	}
	for _, tc := range tests {
		found, err := x.Find(t.Context(), textindex.Query{Text: tc.typed, Limit: 1})
		if err != nil {
			t.Fatal(err)
		}
		if got := shown(found.Words.Snippet(tc.text, 70)); got != tc.want {
			t.Errorf("Snippet for %q of %q = %q, want %q", tc.typed, tc.text, got, tc.want)
		}
	}
}

// What a snippet shows, put together, is the text itself.
func TestSnippetChangesNoLetter(t *testing.T) {
	x := mustOpen(t, "")
	mustPut(t, x, shelf...)
	found, err := x.Find(t.Context(), textindex.Query{Text: "opvang één coördinator B8/3", Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"", "é", "Eén coo\u0308rdinator 😀 B8/3 opvang", "opvang\xffopvang", strings.Repeat("é", 500), strings.Repeat("opvang ", 90)} {
		var b strings.Builder
		for _, p := range found.Words.Mark(text) {
			b.WriteString(p.Text)
		}
		if b.String() != text {
			t.Errorf("Mark(%q) says %q", text, b.String())
		}
		for _, p := range found.Words.Snippet(text, 80) {
			if len(p.Text) > 120 {
				t.Errorf("Snippet of %d bytes has a piece of %d", len(text), len(p.Text))
			}
		}
	}
}
