package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ruggespraak/store"
)

// Kind is what the tests keep: things with a colour, tags and a number.
var Kind = store.Kind{
	Name: "thing",
	Orders: []store.Order{
		{"color", "number"},
		{"number"},
		{"tag", "number"},
		{"color", "tag", "number"},
	},
	Several: []string{"tag"},
}

type test struct {
	name string
	run  func(*testing.T, store.DB)
}

var tests = []test{
	{"no compare-and-set is lost", probeCompareAndSet}, // first: without it nothing else means anything
	{"bytes come back as they went in", bytesComeBack},
	{"absent and empty are one", absentAndEmpty},
	{"instants keep milliseconds and zone", instants},
	{"versions count from one", versions},
	{"insert twice", insertTwice},
	{"one of many inserts wins", insertRace},
	{"stale replace", staleReplace},
	{"delete twice", deleteTwice},
	{"deleted and inserted again", deleteAndInsert},
	{"what is too large", tooLarge},
	{"keys that cannot be", keysThatCannotBe},
	{"ids that cannot be", idsThatCannotBe},
	{"get many in the order asked", getMany},
	{"plain characters sort by byte", plainByteOrder},
	{OddByteOrder, oddByteOrder},
	{"pages up and down", pages},
	{"ranges", ranges},
	{"sparse keys", sparseKeys},
	{"several values", severalValues},
	{"changed keys", changedKeys},
	{"cursor while documents come and go", cursorUnderChange},
	{"cursors that are not ours", foreignCursors},
	{"queries that do not fit", misfitQueries},
	{"values that cannot be find nothing", impossibleValues},
	{"tally and count", tallyAndCount},
	{DollarTally, dollarTally},
	{"changed declaration", changedDeclaration},
	{"cancelled contexts", cancelled},
	{"lease", lease},
	{"lease contention", leaseContention},
	{"update in a collection", updateCollection},
	{"walk through ids and versions", walkMeta},
	{"scrub and ping", scrubAndPing},
	{"closed store", closedStore},
}

// Tests that MongoDB's stand-in cannot pass. It sorts strings by UTF-16 unit, so
// that an emoji comes before U+FFEE; and it evaluates a value that begins with
// a dollar as an expression when documents are grouped by it.
const (
	OddByteOrder = "odd characters sort by byte"
	DollarTally  = "tally of values with a dollar"
)

// Run attacks the differences that adapters may have, each test on a store of
// its own. A test may be excused by its name; that is for a stand-in of a
// database, never for the real one.
func Run(t *testing.T, open func(*testing.T) store.DB, excused ...string) {
	for _, name := range excused {
		if !slices.ContainsFunc(tests, func(c test) bool { return c.name == name }) {
			t.Errorf("there is no test %q to excuse", name)
		}
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			if slices.Contains(excused, c.name) {
				t.Skip("excused: " + c.name)
			}
			db := open(t)
			must(t, db.Declare(t.Context(), Kind))
			c.run(t, db)
		})
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func want(t testing.TB, what string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%s = %v, want %v", what, err, want)
	}
}

func same(t testing.TB, what string, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s differs (-want +got):\n%s", what, diff)
	}
}

// thing makes a document; tags may be none.
func thing(id, color, number string, tags ...string) store.Doc {
	return store.Doc{
		ID:   id,
		Keys: store.Keys{"color": {color}, "number": {number}, "tag": tags},
		Row:  []byte("row of " + id),
		Body: fmt.Appendf(nil, `{"id":%q}`, id),
	}
}

func insert(t testing.TB, db store.DB, docs ...store.Doc) {
	t.Helper()
	for _, d := range docs {
		must(t, db.Insert(t.Context(), Kind.Name, d))
	}
}

// ids gives the ids of all pages of the query, and fails when a page is larger
// than its limit or an empty page promises another.
func ids(t testing.TB, db store.DB, q store.Query) []string {
	t.Helper()
	all, err := allIDs(t.Context(), db, q)
	must(t, err)
	return all
}

func allIDs(ctx context.Context, db store.DB, q store.Query) ([]string, error) {
	var all []string
	for {
		p, err := db.Find(ctx, Kind.Name, q)
		if err != nil {
			return nil, err
		}
		if q.Limit > 0 && len(p.Docs) > q.Limit || len(p.Docs) == 0 && p.Next != "" {
			return nil, fmt.Errorf("page of %d documents with limit %d and next %q", len(p.Docs), q.Limit, p.Next)
		}
		for _, d := range p.Docs {
			all = append(all, d.ID)
		}
		if p.Next == "" {
			return all, nil
		}
		q.After = p.Next
	}
}

func by(keys ...string) store.Query { return store.Query{Order: keys} }

func equal(q store.Query, values ...string) store.Query {
	q.Equal = values
	return q
}

func desc(q store.Query) store.Query {
	q.Desc = true
	return q
}

func limit(q store.Query, n int) store.Query {
	q.Limit = n
	return q
}
