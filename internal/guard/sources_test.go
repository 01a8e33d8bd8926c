package guard_test

import (
	"bufio"
	"os"
	"testing"
	"time"

	"ruggespraak/internal/guard"
)

// Numbers of organisations, articles and dates as the five source documents write them raise no alarm,
// now and in the years that come.
func TestSourceDocumentsRaiseNoAlarm(t *testing.T) {
	for _, day := range []time.Time{
		time.Date(2019, 9, 17, 12, 0, 0, 0, time.UTC),
		testDay(),
		time.Date(2034, 1, 1, 12, 0, 0, 0, time.UTC),
	} {
		g := guard.New(guard.Allow{}, func() time.Time { return day })
		f, err := os.Open("testdata/sources.txt")
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		for sc := bufio.NewScanner(f); sc.Scan(); {
			if r := g.Check(sc.Text(), guard.Options{}); r.Verdict != guard.Clean {
				t.Errorf("%d: Check(%q) = %s %v, want schoon", day.Year(), sc.Text(), r.Verdict, rules(r))
			}
		}
	}
}
