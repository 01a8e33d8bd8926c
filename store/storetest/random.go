package storetest

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"ruggespraak/store"
)

// Letters are the key values that random operations use. PlainLetters leaves
// out those of the tests that a stand-in is excused from.
var (
	PlainLetters = []string{"", "A", "a", "a.b", "b", "é", "ￒ"}
	Letters      = append(slices.Clone(PlainLetters), "$a", "\ue000", "￮", "😀")
)

// Compare does the same random operations on a plain map and on each of the
// stores, and compares every answer.
func Compare(t *testing.T, letters []string, opens ...func(testing.TB) store.DB) {
	rapid.Check(t, func(rt *rapid.T) {
		m := &machine{model: make(map[string]store.Doc), letters: letters}
		for _, open := range opens {
			db := open(t)
			defer func() { _ = db.Close() }()
			must(t, db.Declare(t.Context(), Kind))
			m.stores = append(m.stores, db)
		}
		rt.Repeat(map[string]func(*rapid.T){
			"insert": m.insert, "replace": m.replace, "delete": m.delete,
			"get": m.get, "getMany": m.getMany, "find": m.find, "count": m.count, "tally": m.tally,
		})
	})
}

type machine struct {
	model   map[string]store.Doc
	stores  []store.DB
	letters []string
}

// agree fails when a store does not give the answer of the model.
func (m *machine) agree(t *rapid.T, want any, wantErr error, ask func(context.Context, store.DB) (any, error)) {
	for i, db := range m.stores {
		got, err := ask(t.Context(), db)
		if !errors.Is(err, wantErr) || wantErr == nil && err != nil {
			t.Fatalf("store %d answered %v, want %v", i, err, wantErr)
		}
		if diff := cmp.Diff(want, got); err == nil && diff != "" {
			t.Fatalf("store %d differs (-want +got):\n%s", i, diff)
		}
	}
}

func (m *machine) id(t *rapid.T) string {
	return rapid.SampledFrom([]string{"1", "2", "3", "4", "é", "a/b"}).Draw(t, "id")
}

func (m *machine) letter(t *rapid.T) string { return rapid.SampledFrom(m.letters).Draw(t, "value") }

func (m *machine) doc(t *rapid.T) store.Doc {
	d := store.Doc{ID: m.id(t), Keys: store.Keys{}}
	for _, key := range []string{"color", "number", "other"} {
		if rapid.IntRange(0, 4).Draw(t, "has "+key) > 0 {
			d.Keys[key] = []string{m.letter(t)}
		}
	}
	d.Keys["tag"] = rapid.SliceOfN(rapid.SampledFrom(m.letters), 0, 3).Draw(t, "tags")
	d.Body = rapid.SliceOfN(rapid.Byte(), 1, 20).Draw(t, "body")
	d.Row = rapid.SliceOfN(rapid.Byte(), 0, 5).Draw(t, "row")
	if len(d.Row) == 0 {
		d.Row = nil
	}
	return d
}

// version is mostly the right one.
func (m *machine) version(t *rapid.T, id string) int64 {
	return m.model[id].Version + rapid.SampledFrom([]int64{0, 0, 0, 1, -1}).Draw(t, "stale")
}

func (m *machine) insert(t *rapid.T) {
	d := m.doc(t)
	var want error
	if _, ok := m.model[d.ID]; ok {
		want = store.ErrExists
	} else {
		kept := d
		kept.Version = 1
		m.model[d.ID] = kept
	}
	m.agree(t, nil, want, func(ctx context.Context, db store.DB) (any, error) { return nil, db.Insert(ctx, Kind.Name, d) })
}

// writable is what the model answers to a write of this version.
func (m *machine) writable(id string, version int64) error {
	had, ok := m.model[id]
	if !ok {
		return store.ErrNotFound
	}
	if had.Version != version {
		return store.ErrConflict
	}
	return nil
}

func (m *machine) replace(t *rapid.T) {
	d := m.doc(t)
	d.Version = m.version(t, d.ID)
	want := m.writable(d.ID, d.Version)
	if want == nil {
		kept := d
		kept.Version++
		m.model[d.ID] = kept
	}
	m.agree(t, nil, want, func(ctx context.Context, db store.DB) (any, error) { return nil, db.Replace(ctx, Kind.Name, d) })
}

func (m *machine) delete(t *rapid.T) {
	id := m.id(t)
	version := m.version(t, id)
	want := m.writable(id, version)
	if want == nil {
		delete(m.model, id)
	}
	m.agree(t, nil, want, func(ctx context.Context, db store.DB) (any, error) {
		return nil, db.Delete(ctx, Kind.Name, id, version)
	})
}

func (m *machine) get(t *rapid.T) {
	id := m.id(t)
	d, ok := m.model[id]
	var want error
	if !ok {
		want = store.ErrNotFound
	}
	d.Keys = nil
	m.agree(t, d, want, func(ctx context.Context, db store.DB) (any, error) { return db.Get(ctx, Kind.Name, id) })
}

func (m *machine) getMany(t *rapid.T) {
	asked := rapid.SliceOfN(rapid.Custom(m.id), 0, 8).Draw(t, "ids")
	want := make([]store.Doc, 0)
	for _, id := range asked {
		if d, ok := m.model[id]; ok {
			d.Keys = nil
			want = append(want, d)
		}
	}
	m.agree(t, want, nil, func(ctx context.Context, db store.DB) (any, error) { return db.GetMany(ctx, Kind.Name, asked) })
}

// query draws a query that may or may not fit.
func (m *machine) query(t *rapid.T) store.Query {
	orders := append([]store.Order{{}}, Kind.Orders...)
	q := store.Query{Order: rapid.SampledFrom(orders).Draw(t, "order")}
	for range rapid.IntRange(0, len(q.Order)).Draw(t, "equalities") {
		q.Equal = append(q.Equal, m.letter(t))
	}
	if len(q.Equal) < len(q.Order) {
		q.From, q.To = m.letter(t), m.letter(t)
	}
	q.Desc = rapid.Bool().Draw(t, "desc")
	q.Limit = rapid.IntRange(1, 4).Draw(t, "limit")
	return q
}

// entry is a document as an order finds it.
type entry struct {
	values []string
	id     string
}

// entries gives the answer of the model, in order.
func (m *machine) entries(q store.Query) (out []entry) {
	for id, d := range m.model {
		out = append(out, entriesOf(id, d.Keys, q)...)
	}
	slices.SortFunc(out, func(a, b entry) int {
		if c := slices.Compare(a.values, b.values); c != 0 {
			return c
		}
		return strings.Compare(a.id, b.id)
	})
	if q.Desc {
		slices.Reverse(out)
	}
	return out
}

func entriesOf(id string, keys store.Keys, q store.Query) []entry {
	all := []entry{{id: id}}
	for i, key := range q.Order {
		var longer []entry
		for _, e := range all {
			for v := range maps.Keys(setOf(keys[key])) {
				if fits(q, i, v) {
					longer = append(longer, entry{append(slices.Clip(e.values), v), id})
				}
			}
		}
		all = longer
	}
	return all
}

func setOf(values []string) map[string]bool {
	set := make(map[string]bool)
	for _, v := range values {
		set[v] = true
	}
	return set
}

func fits(q store.Query, i int, v string) bool {
	if i < len(q.Equal) {
		return v == q.Equal[i]
	}
	return i > len(q.Equal) || v >= q.From && (q.To == "" || v < q.To)
}

func (m *machine) find(t *rapid.T) {
	q := m.query(t)
	fit := q
	wantErr := Kind.CheckQuery(&fit)
	if wantErr != nil {
		wantErr = store.ErrQuery
	}
	var want []string
	for _, e := range m.entries(q) {
		want = append(want, e.id)
	}
	m.agree(t, want, wantErr, func(ctx context.Context, db store.DB) (any, error) { return allIDs(ctx, db, q) })
}

func (m *machine) count(t *rapid.T) {
	q := m.query(t)
	fit := q
	wantErr := Kind.CheckQuery(&fit)
	if wantErr != nil {
		wantErr = store.ErrQuery
	}
	m.agree(t, len(m.entries(q)), wantErr, func(ctx context.Context, db store.DB) (any, error) { return db.Count(ctx, Kind.Name, q) })
}

func (m *machine) tally(t *rapid.T) {
	q := m.query(t)
	q.Desc = false
	by := q.Order[len(q.Equal):]
	by = by[:rapid.IntRange(0, len(by)).Draw(t, "by")]
	wantErr := Kind.CheckTally(q, by)
	if wantErr != nil {
		wantErr = store.ErrQuery
	}
	var want []store.Cell
	for _, e := range m.entries(q) {
		values := e.values[len(q.Equal) : len(q.Equal)+len(by)]
		if n := len(want); n > 0 && slices.Equal(want[n-1].Values, values) {
			want[n-1].N++
			continue
		}
		want = append(want, store.Cell{Values: values, N: 1})
	}
	m.agree(t, want, wantErr, func(ctx context.Context, db store.DB) (any, error) {
		return db.Tally(ctx, Kind.Name, q, by...)
	})
}
