package app_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"ruggespraak/people"
	"ruggespraak/server"
)

// matrixAllows tells whether the matrix lets the role do one of the verbs to
// one of the route's objects.
func matrixAllows(may map[cell]bool, r server.Route, role people.Role, verbs ...people.Verb) bool {
	return slices.ContainsFunc(r.Objects, func(o people.Object) bool {
		return slices.ContainsFunc(verbs, func(v people.Verb) bool { return may[cell{o, role, v}] })
	})
}

// nowhere asks a route with ids of what is not there.
func nowhere(r server.Route) asked {
	pieces := strings.Split(r.Path, "/")
	for i, piece := range pieces {
		if strings.HasPrefix(piece, ":") {
			pieces[i] = "bestaat-niet"
		}
	}
	return asked{method: r.Method, path: strings.Join(pieces, "/")}
}

// noPage is an address of the same section of the menu with no page.
func noPage(path string) string {
	section, _, _ := strings.Cut(path[1:], "/")
	return "/" + section + "/bestaat/nergens/in/geen/enkel/geval"
}

// TestEveryRouteRefuses asks every route as every role that may not: what the
// role may not know is the same in every byte as what is not there, what it may
// see but not do is forbidden, and nothing is written.
func TestEveryRouteRefuses(t *testing.T) {
	t.Parallel()
	f, rec := newWatched(t)
	f.settle()
	may := oracle(t)
	for _, a := range actors {
		c := f.as(a.account)
		for _, r := range f.app.Server.Routes() {
			if matrixAllows(may, r, a.role, r.Verb) {
				continue
			}
			rec.take()
			want := nowhere(r)
			got := c.ask(want)
			if docs := rec.take(); len(docs) > 0 {
				t.Errorf("%s as %s was refused and wrote %v", r.ID(), a.role.Label(), docs)
			}
			known := matrixAllows(may, r, a.role, people.Read, people.List)
			switch {
			case a.role == people.Visitor:
				wantSignIn(t, want, got)
			case known && got.status != http.StatusForbidden:
				t.Errorf("%s as %s = %d, want forbidden", r.ID(), a.role.Label(), got.status)
			case !known && (got.status != http.StatusNotFound || got.body != c.get(noPage(want.path)).body):
				t.Errorf("%s as %s = %d, or differs from a page that is not there", r.ID(), a.role.Label(), got.status)
			}
		}
	}
}

// TestLookingChangesNothing asks every page without ids as every role that may.
func TestLookingChangesNothing(t *testing.T) {
	t.Parallel()
	f, rec := newWatched(t)
	f.settle()
	may := oracle(t)
	for _, a := range actors {
		c := f.as(a.account)
		for _, r := range f.app.Server.Routes() {
			if r.Method != http.MethodGet || strings.Contains(r.Path, ":") || !matrixAllows(may, r, a.role, r.Verb) {
				continue
			}
			rec.take()
			got := c.get(r.Path)
			if docs := rec.take(); len(docs) > 0 {
				t.Errorf("GET %s as %s wrote %v", r.Path, a.role.Label(), docs)
			}
			if got.status >= http.StatusInternalServerError {
				t.Errorf("GET %s as %s = %d", r.Path, a.role.Label(), got.status)
			}
		}
	}
}

// TestEveryCellHasARoute holds that what a built role may do has a route or an
// explanation, and that no explanation is out of date.
func TestEveryCellHasARoute(t *testing.T) {
	t.Parallel()
	open, explained := server.Open(newApp(t).app.Server.Routes()), server.Explained()
	for _, c := range open {
		if !slices.Contains(explained, c) {
			t.Errorf("%s: some role may, and no route does", c)
		}
	}
	for _, c := range explained {
		if !slices.Contains(open, c) {
			t.Errorf("%s is explained as having no route, and has one: take it off the list", c)
		}
	}
}
