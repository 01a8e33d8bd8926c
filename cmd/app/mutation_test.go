package app_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	_ "unsafe" // for the policy

	"ruggespraak/people"
)

// policy is people's own: it has no door by which a program could change it, so
// this test takes it by its name.
//
//go:linkname policy ruggespraak/people.policy
var policy map[people.Object]map[people.Role]string

// flip turns one cell of the policy about until the test ends. Every world has
// this policy, so a test that flips runs beside no other: all others are
// parallel, and wait for it.
func flip(t *testing.T, c cell) {
	row := policy[c.object]
	was, had := row[c.role]
	verbs, redaction, redacted := strings.Cut(was, "/")
	if strings.Contains(verbs, string(c.verb)) {
		verbs = strings.ReplaceAll(verbs, string(c.verb), "")
	} else {
		verbs += string(c.verb)
	}
	if redacted {
		verbs += "/" + redaction
	}
	row[c.role] = verbs
	t.Cleanup(func() {
		row[c.role] = was
		if !had {
			delete(row, c.role)
		}
	})
}

// elsewhere are cells without which the answer stays, each with its reason.
var elsewhere = map[string]string{
	"contrib.sub.own L":            "the list opens for one of its relations and shows what may be read",
	"contrib.sub.other.released L": "the same",
	"contrib.sub.other.unnamed L":  "the same",
	"contrib.sub.other.closed L":   "the same",
	"comp.draft L":                 "the same for the list of bundles",
	"comp.sent.som L":              "the same",
	"comp.sent.tf L":               "the same",
	"comp.sent.other L":            "the same",
	"agenda.other C":               "the route serves meetings of bodies too, and the calendar asks the meeting's relation",
	"agenda.other U":               "the same",
	"job L":                        "one page shows work and mail, to the same roles",
	"outbox L":                     "the same",
	"role.assign R":                "one page shows an account with its roles, to the same roles",
	"effect.own R":                 "the chair reads effect answers with the point",
}

// TestMutation takes away each cell that has a recipe, one at a time, and asks
// what TestMatrix asks: the answer must be another than the matrix wants, or
// TestMatrix would not notice. A cell that is given is another matter: most open
// nothing alone, because the domain decides again by its own rows; there
// TestPolicyIsTheMatrix and TestRoutesAreInThePolicy notice.
func TestMutation(t *testing.T) {
	may := oracle(t)
	f, rec := newWatched(t)
	flipped := 0
	for _, r := range recipes {
		for _, a := range actors {
			c := cell{r.object, a.role, r.verb}
			name := fmt.Sprintf("%s %c", r.object, r.verb)
			if !may[c] || elsewhere[name] != "" {
				continue
			}
			t.Run(name+" "+string(a.role), func(t *testing.T) {
				f.TB = t
				want := r.make(f, a.account)
				f.settle()
				rec.take()
				flip(t, c)
				got := f.as(a.account).ask(want)
				flipped++
				if !isRefused(want, got) {
					t.Errorf("without the cell %s %s is still answered: %d to %q", want.method, want.path, got.status, got.location)
				}
			})
		}
	}
	f.TB = t
	t.Logf("%d cells taken away", flipped)
}

// isRefused tells whether the answer is not what an allowed request gets.
func isRefused(want asked, got answer) bool {
	asksToSignIn := got.location == "/inloggen" || want.method == http.MethodPost && got.status == http.StatusOK && strings.Contains(text(got.body), "Inloggen")
	hidden := want.shows != "" && !strings.Contains(got.body, want.shows)
	return got.status >= http.StatusBadRequest || asksToSignIn || hidden
}
