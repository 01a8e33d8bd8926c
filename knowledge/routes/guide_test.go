package routes_test

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"ruggespraak/knowledge/routes"
)

// The oracle below is table A.5 of the domain facts once more, by hand and in
// plain Go; testdata/keuzehulp.md is its text as it stands there. Neither knows
// the guide's own data.

type oracle struct{ q [routes.Questions + 1]string }

func (o oracle) is(n int, values ...string) bool { return slices.Contains(values, o.q[n]) }

// asked tells whether the question is asked, of answers of which the ones that
// are not asked are empty.
func (o oracle) asked(n int) bool {
	switch n {
	case 4:
		return o.q[1] == "nl" && o.q[3] == "mh"
	case 5, 6, 7:
		return o.q[3] == "mh"
	case 8:
		return o.q[3] == "loon" || o.q[5] == "ja" || o.is(6, "ja", "vrijspraak", "veroordeeld")
	}
	return true
}

func (o oracle) row(t *testing.T) string {
	mh, unknown, nl := o.q[3] == "mh", o.q[6] == "onbekend", o.q[1] == "nl"
	fits := map[string]bool{
		"R1":  mh && unknown && o.q[1] == "eu",
		"R2":  mh && unknown && o.q[1] == "buiten",
		"R3":  o.q[3] == "loon",
		"R4":  mh && unknown && nl && o.q[5] == "nee" && o.is(4, "aangifte", "bron"),
		"R5":  mh && unknown && nl && o.q[5] == "nee" && o.q[4] == "geen",
		"R6":  mh && o.is(6, "ja", "veroordeeld"),
		"R7":  mh && unknown && nl && o.q[5] == "ja" && o.q[4] == "aangifte",
		"R8":  mh && o.q[6] == "sepot",
		"R9":  mh && o.q[6] == "vrijspraak",
		"R10": mh && unknown && nl && o.q[5] == "ja" && o.q[4] == "bron",
		"R11": mh && unknown && nl && o.q[5] == "ja" && o.q[4] == "geen",
	}
	var one []string
	for row, fit := range fits {
		if fit {
			one = append(one, row)
		}
	}
	if len(one) != 1 {
		t.Fatalf("%v fits rows %v, want exactly one", o.q, one)
	}
	return one[0]
}

// straf, civiel, fonds of step 1.
var rowMarks = map[string]string{
	"R1": "-oo", "R2": "-o-", "R3": "-x-", "R4": "--x", "R5": "--o", "R6": "xox", "R7": "oox", "R8": "-xx", "R9": "-xx", "R10": "-ox", "R11": "-oo",
}

func (o oracle) marks(row string) (straf, civiel, fonds byte) {
	straf, civiel, fonds = rowMarks[row][0], rowMarks[row][1], rowMarks[row][2]
	late := row == "R6" || row == "R8" || row == "R9"
	if o.q[5] == "nee" && (row == "R1" || row == "R2" || row == "R8") {
		civiel = '-'
	}
	if o.q[1] == "eu" && late {
		fonds = 'o'
	}
	if o.q[1] == "buiten" && late {
		fonds = '-'
	}
	if o.q[2] == "gt10" && fonds == 'x' {
		fonds = 'o'
	}
	if o.q[2] == "gt10" && civiel == 'x' {
		civiel = 'o'
	}
	if o.is(2, "9-10", "wn") && o.q[1] == "nl" && fonds == 'o' {
		fonds = 'x'
	}
	if o.q[8] == "nee" && civiel == 'x' {
		civiel = 'o'
	}
	return straf, civiel, fonds
}

func (o oracle) order(straf, civiel, fonds byte) string {
	var b strings.Builder
	for _, mark := range "xo-" {
		if straf == byte(mark) {
			fmt.Fprintf(&b, "straf%c ", mark)
		}
		if fonds == byte(mark) {
			fmt.Fprintf(&b, "fonds%c ", mark)
		}
		if civiel == byte(mark) {
			fmt.Fprintf(&b, "civiel%c ", mark)
		}
	}
	return b.String()
}

func (o oracle) notes(row string, straf, civiel, fonds byte) string {
	q1, q2, q3, q6, q7, q8 := o.q[1], o.q[2], o.q[3], o.q[6], o.q[7], o.q[8]
	s, c, f := straf != '-', civiel != '-', fonds != '-'
	nl, mh := q1 == "nl", q3 == "mh"
	elsewhere := q1 == "eu" || q1 == "buiten"
	wages := q7 == "ja" || q3 == "loon"
	after := q6 == "sepot" || q6 == "vrijspraak" || q6 == "veroordeeld"
	var all []string
	for _, n := range []struct {
		id    string
		holds bool
	}{
		{"REGIE", o.q[12] == "wn" || o.q[12] == "nee"},
		{"GEEN_ROUTE", !s && !c && !f},
		{"FONDS_TERMIJN", nl && mh && q2 == "lt9"},
		{"FONDS_NU", nl && mh && (q2 == "9-10" || q2 == "wn")},
		{"FONDS_LAAT", nl && mh && q2 == "gt10"},
		{"FONDS_LAND", q1 == "eu" && f},
		{"VERREKENEN", nl && f && (s || c)},
		{"VOEGEN", s && q6 != "veroordeeld"},
		{"SVM", q6 == "veroordeeld"},
		{"BEROEP", q6 == "vrijspraak" || q6 == "veroordeeld"},
		{"KLACHT", q6 == "sepot"},
		{"VERBLIJF", after},
		{"STRAF_LATER", mh && q6 == "onbekend" && !s},
		{"STRAF_OUD", mh && q2 == "gt10" && (q6 == "onbekend" || q6 == "sepot")},
		{"CIVIEL", c},
		{"VERHAAL_NEE", q8 == "nee" && c},
		{"VERHAAL_WN", q8 == "wn" && c},
		{"LOON_NL", nl && wages},
		{"LOON_ELDERS", elsewhere && wages},
		{"VERTEGENWOORDIGER", o.q[9] == "ja"},
		{"PAPIEREN", o.q[10] == "nee"},
		{"VERTREK", o.q[11] == "ja"},
		{"VERTREK_FONDS", o.q[11] == "ja" && nl && f},
		{"ADV_SLACHTOFFER", mh && q6 != "onbekend" || s || row == "R1" || row == "R2"},
		{"ADV_ARBEID", q3 == "loon" || q7 == "ja" && c},
		{"ADV_LETSEL", mh && c},
		{"ADV_VREEMDELING", after},
		{"ADV_GEEN", nl && f},
	} {
		if n.holds {
			all = append(all, n.id)
		}
	}
	return strings.Join(all, " ")
}

// values of the twelve answers.
var values = [routes.Questions + 1][]string{
	1: {"nl", "eu", "buiten"}, 2: {"lt9", "9-10", "gt10", "wn"}, 3: {"mh", "loon"}, 4: {"aangifte", "bron", "geen"}, 5: {"ja", "nee"},
	6: {"ja", "sepot", "vrijspraak", "veroordeeld", "onbekend"}, 7: {"ja", "nee"}, 8: {"ja", "nee", "wn"}, 9: {"ja", "nee"}, 10: {"ja", "nee"},
	11: {"ja", "nee"}, 12: {"ja", "wn", "nee"},
}

// everyCombination calls with every combination of answers, those to questions
// that are not asked included.
func everyCombination(do func(all [routes.Questions + 1]string)) {
	var given [routes.Questions + 1]string
	var from func(n int)
	from = func(n int) {
		if n > routes.Questions {
			do(given)
			return
		}
		for _, v := range values[n] {
			given[n] = v
			from(n + 1)
		}
	}
	from(1)
}

func TestEveryCombinationIsAsTheTableSays(t *testing.T) {
	g := mustGuide(t)
	tried := 0
	everyCombination(func(all [routes.Questions + 1]string) {
		tried++
		given, o := routes.Answers{}, oracle{}
		for n := 1; n <= routes.Questions; n++ {
			given[n] = all[n]
			if o.asked(n) {
				o.q[n] = all[n]
			}
		}
		row := o.row(t)
		straf, civiel, fonds := o.marks(row)
		want := row + "|" + o.order(straf, civiel, fonds) + "|" + o.notes(row, straf, civiel, fonds)
		out, ok := g.Judge(given)
		if got := written(out); got != want || !ok || out.FirstStep == "" {
			t.Fatalf("Judge(%v) = %s, %v, want %s", o.q[1:], got, ok, want)
		}
	})
	if tried != 103_680 {
		t.Errorf("tried %d combinations, want 103680", tried)
	}
}

func written(o routes.Outcome) string {
	var marks strings.Builder
	for _, r := range o.Routes {
		fmt.Fprintf(&marks, "%s%s ", r.Route, r.Mark)
	}
	var notes []string
	for _, n := range o.Notes {
		notes = append(notes, n.ID)
	}
	return o.Row + "|" + marks.String() + "|" + strings.Join(notes, " ")
}

// Every asked question without a valid answer means no outcome.
func TestNoOutcomeWithoutEveryAnswer(t *testing.T) {
	g := mustGuide(t)
	full := routes.Answers{1: "nl", 2: "lt9", 3: "mh", 4: "bron", 5: "ja", 6: "onbekend", 7: "nee", 8: "wn", 9: "nee", 10: "ja", 11: "nee", 12: "ja"}
	if _, ok := g.Judge(full); !ok {
		t.Fatalf("Judge(%v) gives no outcome", full)
	}
	for n := 1; n <= routes.Questions; n++ {
		for _, bad := range []string{"", "onzin", "lt9 ", "NL"} {
			given := routes.Answers{}
			for k, v := range full {
				given[k] = v
			}
			given[n] = bad
			if out, ok := g.Judge(given); ok {
				t.Errorf("Judge with q%d = %q gives %s", n, bad, out.Row)
			}
		}
	}
}

var quoted = regexp.MustCompile(`«([^»]*)»`)

// Texts that the table gives word for word are shown word for word.
func TestTextsAreThoseOfTheTable(t *testing.T) {
	facts, err := os.ReadFile("testdata/keuzehulp.md")
	if err != nil {
		t.Fatal(err)
	}
	g := mustGuide(t)
	shown := map[string]bool{}
	everyCombination(func(all [routes.Questions + 1]string) {
		given := routes.Answers{}
		for n, v := range all[1:] {
			given[n+1] = v
		}
		out, _ := g.Judge(given)
		shown[out.FirstStep] = true
		for _, n := range out.Notes {
			shown[n.Text] = true
		}
	})
	_, tables, _ := strings.Cut(string(facts), "**Step 1, the row.**")
	tables, _, _ = strings.Cut(tables, "«Gratis advocaat» is never said")
	found := 0
	for _, m := range quoted.FindAllStringSubmatch(tables, -1) {
		if m[1] == "nu niet" {
			continue
		}
		if found++; !shown[m[1]] {
			t.Errorf("never shown: %s", m[1])
		}
	}
	if found != 12+23 {
		t.Errorf("the table has %d texts, want 12 first steps and 23 notes", found)
	}
}

// The questions and answers are those of the table, but for a capital.
func TestQuestionsAreThoseOfTheTable(t *testing.T) {
	facts, err := os.ReadFile("testdata/keuzehulp.md")
	if err != nil {
		t.Fatal(err)
	}
	g := mustGuide(t)
	for n := 1; n <= routes.Questions; n++ {
		q := g.Question(n)
		line := regexp.MustCompile(fmt.Sprintf(`(?m)^\| %d \|.*$`, n)).FindString(string(facts))
		if text := strings.TrimSpace(q.Text + " " + q.Help); !strings.Contains(line, "| "+text+" |") {
			t.Errorf("question %d = %q, not in %s", n, text, line)
		}
		var have []string
		for _, o := range q.Options {
			have = append(have, o.Value)
			_, after, found := strings.Cut(line, "`"+o.Value+"`")
			if bare := strings.Replace(strings.ToLower(o.Text), "eén", "één", 1); !found || !strings.Contains(strings.ToLower(after), bare) && bare != o.Value {
				t.Errorf("question %d, %s = %q, not in %s", n, o.Value, o.Text, line)
			}
		}
		if !slices.Equal(have, values[n]) {
			t.Errorf("question %d has %v, want %v", n, have, values[n])
		}
	}
}

// A free lawyer is never promised without the condition.
func TestFreeLawyerIsNeverPromised(t *testing.T) {
	const condition = "als er een bekende verdachte is en het letsel aan de voorwaarden voldoet. De advocaat vraagt dit aan."
	for _, file := range []string{"guide.json", "compare.json"} {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`(?i)gratis advocaat.*`).FindAllString(string(data), -1) {
			if !strings.HasPrefix(m[len("gratis advocaat: "):], condition) {
				t.Errorf("%s says %.80s", file, m)
			}
		}
	}
}

func mustGuide(t *testing.T) *routes.Guide {
	t.Helper()
	g, err := routes.LoadGuide()
	if err != nil {
		t.Fatal(err)
	}
	return g
}
