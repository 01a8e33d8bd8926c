package guard_test

import (
	"bufio"
	"os"
	"strings"
	"testing"
	"time"

	"ruggespraak/internal/guard"
)

// testDay is a fixed day for the range of birth dates.
func testDay() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) }

func newGuard() *guard.Guard { return guard.New(guard.Allow{}, testDay) }

type labelled struct {
	line int
	want string
	text string
}

// mustLabelled reads a file of «verdict, tab, text» lines. In a text «\n» stands for a line end.
func mustLabelled(tb testing.TB, name string) []labelled {
	tb.Helper()
	f, err := os.Open(name)
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	var out []labelled
	sc := bufio.NewScanner(f)
	for n := 1; sc.Scan(); n++ {
		if sc.Text() == "" || strings.HasPrefix(sc.Text(), "#") {
			continue
		}
		want, text, ok := strings.Cut(sc.Text(), "\t")
		if !ok {
			tb.Fatalf("%s:%d: no tab", name, n)
		}
		out = append(out, labelled{n, want, strings.ReplaceAll(text, `\n`, "\n")})
	}
	if err := sc.Err(); err != nil {
		tb.Fatal(err)
	}
	return out
}

// The bars of the labelled set: 95 % of blok, 80 % of vraag, at most 5 % false alarms.
func TestLabelledSet(t *testing.T) {
	g := newGuard()
	total, right, alarms := map[string]int{}, map[string]int{}, 0
	for _, l := range mustLabelled(t, "testdata/labelled.tsv") {
		got := g.Check(l.text, guard.Options{})
		total[l.want]++
		if got.Verdict.String() == l.want {
			right[l.want]++
			continue
		}
		if l.want == "schoon" {
			alarms++
		}
		t.Logf("labelled.tsv:%d: %s, want %s: %s %v", l.line, got.Verdict, l.want, l.text, rules(got))
	}
	t.Logf("blok %d/%d, vraag %d/%d, schoon %d/%d", right["blok"], total["blok"], right["vraag"], total["vraag"], right["schoon"], total["schoon"])
	if n := total["blok"] + total["vraag"] + total["schoon"]; n < 300 {
		t.Errorf("%d texts, want 300 or more", n)
	}
	if right["blok"]*100 < 95*total["blok"] {
		t.Errorf("blok: %d of %d found", right["blok"], total["blok"])
	}
	if right["vraag"]*100 < 80*total["vraag"] {
		t.Errorf("vraag: %d of %d found", right["vraag"], total["vraag"])
	}
	if alarms*100 > 5*total["schoon"] {
		t.Errorf("false alarms: %d of %d", alarms, total["schoon"])
	}
}

func rules(r guard.Report) []string {
	var out []string
	for _, f := range r.Findings {
		out = append(out, f.Rule+"/"+f.Level.String())
	}
	return out
}
