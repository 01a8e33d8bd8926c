package app_test

import (
	"context"
	"encoding/csv"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"ruggespraak/cmd/app"
	"ruggespraak/people"
	"ruggespraak/store"
)

// The permission matrix is tried through HTTP: for each relation and verb that
// has a route, a recipe makes an object in that relation and asks the route as
// each role. What must happen is read from permission_matrix.csv, which knows
// nothing of the program.

// cell is one line of the matrix.
type cell struct {
	object people.Object
	role   people.Role
	verb   people.Verb
}

// oracle is permission_matrix.csv: what each role may do.
func oracle(t testing.TB) map[cell]bool {
	t.Helper()
	f, err := os.Open("../../people/testdata/permission_matrix.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	may := map[cell]bool{}
	for _, l := range lines[1:] {
		may[cell{people.Object(l[0]), people.Role(l[1]), people.Verb(l[2][0])}] = l[3] == "allow"
	}
	return may
}

// written records what is written to a store, beside writing it.
type written struct {
	store.DB
	mu   sync.Mutex
	docs []string // «kind/id» of every insert, replace and delete
}

// aside are kinds that change without anybody having decided something: last
// use, throttling, the security journal, and planned work.
var aside = []string{"session", "attempt", "throttle", "happening", "job_run", "journal"}

func (w *written) note(kind, id string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !slices.Contains(aside, kind) {
		w.docs = append(w.docs, kind+"/"+id)
	}
}

func (w *written) Insert(ctx context.Context, kind string, d store.Doc) error {
	err := w.DB.Insert(ctx, kind, d)
	if err == nil {
		w.note(kind, d.ID)
	}
	return err
}

func (w *written) Replace(ctx context.Context, kind string, d store.Doc) error {
	err := w.DB.Replace(ctx, kind, d)
	if err == nil {
		w.note(kind, d.ID)
	}
	return err
}

func (w *written) Delete(ctx context.Context, kind, id string, version int64) error {
	err := w.DB.Delete(ctx, kind, id, version)
	if err == nil {
		w.note(kind, id)
	}
	return err
}

// take gives what was written since the last time.
func (w *written) take() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	docs := w.docs
	w.docs = nil
	return docs
}

// newWatched starts a world of which every write is known.
func newWatched(t testing.TB) (*fixture, *written) {
	t.Helper()
	rec := &written{}
	w := openApp(t, func(cfg *app.Config) {
		rec.DB = cfg.DB
		cfg.DB = rec
	})
	w.serveQuietly()
	return newFixture(w), rec
}

// asked is a request of a recipe.
type asked struct {
	method, path string
	form         []string
	// shows is what a list has when the viewer may list things of the relation,
	// and lacks when not; the list itself may be there for other relations.
	shows string
}

func list(path, shows string) asked { return asked{method: http.MethodGet, path: path, shows: shows} }

func get(path string) asked { return asked{method: http.MethodGet, path: path} }
func post(path string, form ...string) asked {
	return asked{method: http.MethodPost, path: path, form: form}
}
func (c *client) ask(a asked) answer {
	c.Helper()
	if a.method == http.MethodGet {
		return c.get(a.path)
	}
	return c.post(a.path, a.form...)
}

// recipe makes an object in a relation to an account, and asks a route about it.
type recipe struct {
	object people.Object
	verb   people.Verb
	make   func(f *fixture, actor string) asked
}

// actors are the accounts that stand for the roles that are built.
var actors = []struct {
	role    people.Role
	account string
}{
	{people.Visitor, ""}, {people.Coordinator, "c1"}, {people.Chair, "chair"}, {people.SOMMember, "som"}, {people.TaskForce, "tf"}, {people.Administrator, "admin"},
}

func TestMatrix(t *testing.T) {
	t.Parallel()
	may := oracle(t)
	f, rec := newWatched(t)
	cells := 0
	for _, r := range listsFirst(recipes) {
		for _, a := range actors {
			t.Run(fmt.Sprintf("%s/%c/%s", r.object, r.verb, a.role), func(t *testing.T) {
				f.TB = t
				want := r.make(f, a.account)
				f.settle()
				f.real.Move(time.Second) // an account does not do much in one
				rec.take()
				got := f.as(a.account).ask(want)
				cells++
				if may[cell{r.object, a.role, r.verb}] {
					wantAllowed(t, want, got)
					if docs := rec.take(); want.method == http.MethodPost && len(docs) == 0 && !quiet[r.object] {
						t.Errorf("%s %s was allowed and changed nothing", want.method, want.path)
					}
					return
				}
				if want.shows != "" && got.status == http.StatusOK {
					got.hides(t, want.shows)
					return
				}
				wantDenied(t, a.role, want, got)
				if docs := rec.take(); len(docs) > 0 {
					t.Errorf("%s %s was refused and wrote %v", want.method, want.path, docs)
				}
			})
		}
	}
	f.TB = t
	t.Logf("%d cells tried", cells)
}

// listsFirst puts the recipes of lists in front: later there is more than a
// page of everything.
func listsFirst(all []recipe) []recipe {
	sorted := slices.Clone(all)
	slices.SortStableFunc(sorted, func(a, b recipe) int {
		rank := func(r recipe) int {
			if r.verb == people.List {
				return 0
			}
			return 1
		}
		return rank(a) - rank(b)
	})
	return sorted
}

// quiet are objects of which the kind is left out of what is recorded.
var quiet = map[people.Object]bool{"session.own": true, "session.other": true, "account.own": true, "job": true}

func wantAllowed(t *testing.T, want asked, got answer) {
	t.Helper()
	fine := got.status == http.StatusOK || got.status == http.StatusNoContent ||
		got.status == http.StatusSeeOther && !strings.HasPrefix(got.location, "/inloggen")
	if want.shows != "" && !strings.Contains(got.body, want.shows) {
		t.Errorf("%s does not list %q: %s", want.path, want.shows, clip(text(got.body)))
	}
	if !fine {
		t.Errorf("%s %s = %d (to %q), want it allowed: %s", want.method, want.path, got.status, got.location, clip(text(got.body)))
	}
}

func wantDenied(t *testing.T, role people.Role, want asked, got answer) {
	t.Helper()
	if role == people.Visitor {
		wantSignIn(t, want, got)
		return
	}
	if got.status != http.StatusNotFound && got.status != http.StatusForbidden {
		t.Errorf("%s %s = %d (to %q), want it not found or forbidden: %s", want.method, want.path, got.status, got.location, clip(text(got.body)))
	}
}

// wantSignIn is what a visitor gets instead of anything that is not public: the
// way to the sign-in page, or not found.
func wantSignIn(t *testing.T, want asked, got answer) {
	t.Helper()
	asksToSignIn := got.status == http.StatusSeeOther && got.location == "/inloggen" ||
		want.method == http.MethodPost && strings.Contains(text(got.body), "Inloggen")
	if !asksToSignIn && got.status != http.StatusNotFound && got.status != http.StatusForbidden {
		t.Errorf("%s %s as a visitor = %d (to %q), want to be asked to sign in", want.method, want.path, got.status, got.location)
	}
}

// byDomain are pairs for which no request can tell one relation from another
// that the same route serves; the reason says where they are tried.
var byDomain = map[people.Object]string{
	"start.own":            "the start page shows its own sections a role, TestStartPages",
	"page.public":          "everybody reads it, TestPublicPages",
	"session.new":          "signing in is tried in sign-in tests",
	"demo":                 "in the demo only",
	"meeting.room.invited": "members read the same link by meeting.place; TestLiveForWhoIsInvited",
	"role.assign":          "the chair sees roles in the list of accounts, by account.other; changing roles is tried below",
}

// TestEveryRouteHasARecipe holds the recipes complete: each relation and verb of
// a route is tried.
func TestEveryRouteHasARecipe(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	have := map[string]bool{}
	for _, r := range recipes {
		have[fmt.Sprintf("%s %c", r.object, r.verb)] = true
	}
	may := oracle(t)
	for _, r := range w.app.Server.Routes() {
		for _, o := range r.Objects {
			pair := fmt.Sprintf("%s %c", o, r.Verb)
			if !have[pair] && byDomain[o] == "" && tried(may, o, r.Verb) {
				have[pair] = true
				t.Errorf("route %s: no recipe tries %s", r.ID(), pair)
			}
		}
	}
}

// tried tells whether some built role may do this: a pair that none may is no
// reason for a route, and is served by it for its other relations.
func tried(may map[cell]bool, o people.Object, v people.Verb) bool {
	return slices.ContainsFunc(people.BuiltRoles, func(r people.Role) bool { return may[cell{o, r, v}] })
}

// TestRoutesAreInThePolicy asks the matrix, not the program, who may use each
// route.
func TestRoutesAreInThePolicy(t *testing.T) {
	t.Parallel()
	may := oracle(t)
	for _, r := range newApp(t).app.Server.Routes() {
		for _, role := range people.Roles {
			want := slices.ContainsFunc(r.Objects, func(o people.Object) bool { return may[cell{o, role, r.Verb}] })
			if got := slices.Contains(r.Roles(), role); got != want {
				t.Errorf("route %s lets %s through: %v, the matrix says %v", r.ID(), role, got, want)
			}
		}
	}
}

// TestUnseenIsLikeUnknown asks every route with an id for the id of something
// that is there and the viewer may not see, and for a random one: the answers
// are the same in every byte.
func TestUnseenIsLikeUnknown(t *testing.T) {
	t.Parallel()
	f, _ := newWatched(t)
	hidden := f.hiddenFrom()
	for _, a := range actors[1:] {
		for _, path := range hidden[a.role] {
			t.Run(string(a.role)+path.pattern, func(t *testing.T) {
				f.TB = t
				c := f.as(a.account)
				got := c.get(path.real())
				other := c.get(path.random())
				if got.status != http.StatusNotFound || got.body != other.body || got.status != other.status {
					t.Errorf("GET %s = %d, %d bytes; a random id gives %d, %d bytes", path.pattern, got.status, len(got.body), other.status, len(other.body))
				}
			})
		}
	}
	f.TB = t
}
