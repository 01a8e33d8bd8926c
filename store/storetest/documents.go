package storetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"ruggespraak/store"
)

// probeCompareAndSet is the raw probe: a database that acknowledges more
// replaces than there are versions loses updates.
func probeCompareAndSet(t *testing.T, db store.DB) {
	if err := ProbeCompareAndSet(t.Context(), db); err != nil {
		t.Fatal(err)
	}
}

// ProbeCompareAndSet lets 20 goroutines replace one document 25 times each and
// tells whether all that was acknowledged is in it. The kind is declared and
// has no document "one".
func ProbeCompareAndSet(ctx context.Context, db store.DB) error {
	const writers, each = 20, 25
	if err := db.Insert(ctx, Kind.Name, thing("one", "red", "1")); err != nil {
		return err
	}
	errs := make(chan error)
	for i := range writers {
		go func() { errs <- replaceSeveral(ctx, db, each, i) }()
	}
	var failed error
	for range writers {
		failed = errors.Join(failed, <-errs)
	}
	if failed != nil {
		return failed
	}
	d, err := db.Get(ctx, Kind.Name, "one")
	if err != nil {
		return err
	}
	if got := len(strings.Fields(string(d.Row))); d.Version != writers*each+1 || got != writers*each {
		return fmt.Errorf("UNFIT: this database loses updates: of %d acknowledged compare-and-sets %d are in the document, which has version %d",
			writers*each, got, d.Version)
	}
	return nil
}

func replaceSeveral(ctx context.Context, db store.DB, times, writer int) error {
	for n := range times {
		if err := replaceUntilDone(ctx, db, fmt.Sprintf("%d/%d ", writer, n)); err != nil {
			return err
		}
	}
	return nil
}

func replaceUntilDone(ctx context.Context, db store.DB, mark string) error {
	for {
		d, err := db.Get(ctx, Kind.Name, "one")
		if err != nil {
			return err
		}
		if d.Version == 1 {
			d.Row = nil
		}
		d.Keys = store.Keys{"color": {mark}, "number": {"1"}}
		d.Row = append(d.Row, mark...)
		if err = db.Replace(ctx, Kind.Name, d); err == nil || !errors.Is(err, store.ErrConflict) {
			return err
		}
	}
}

// together runs n functions at the same time and waits for them.
func together(t testing.TB, n int, run func(i int) error) {
	t.Helper()
	var all sync.WaitGroup
	start := make(chan struct{})
	for i := range n {
		all.Go(func() {
			<-start
			if err := run(i); err != nil {
				t.Errorf("goroutine %d: %v", i, err)
			}
		})
	}
	close(start)
	all.Wait()
}

func bytesComeBack(t *testing.T, db store.DB) {
	bodies := []string{
		`{}`, `null`, `[]`, `""`, ` {"b":1,"a":2.0} `,
		`{"a.b":1,"$set":{"$where":"1"},"":0,"_id":"x"}`,
		`{"text":"\u0000 nul, 😀, U+FFEE ￮, e\u0301, \ud800 lone"}`,
		"\x00\xff not JSON at all", `{"n":9007199254740993,"f":1e400}`,
		strings.Repeat("ë", 100_000),
	}
	for i, body := range bodies {
		d := thing(fmt.Sprintf("id %d.$/\n😀", i), "red", "1")
		d.Row, d.Body = []byte(body)[:min(len(body), store.MaxRow)], []byte(body)
		insert(t, db, d)
		got, err := db.Get(t.Context(), Kind.Name, d.ID)
		must(t, err)
		d.Version, d.Keys = 1, nil
		same(t, fmt.Sprintf("Get of body %.20q", body), got, d)
	}
	p, err := db.Find(t.Context(), Kind.Name, store.Query{Bodies: true})
	must(t, err)
	for i, d := range p.Docs {
		if string(d.Body) != bodies[i] {
			t.Errorf("Find: body %d = %.40q, want %.40q", i, d.Body, bodies[i])
		}
	}
}

func absentAndEmpty(t *testing.T, db store.DB) {
	insert(t, db,
		store.Doc{ID: "nil", Keys: nil, Row: nil, Body: nil},
		store.Doc{ID: "empty", Keys: store.Keys{"tag": {}}, Row: []byte{}, Body: []byte{}},
		store.Doc{ID: "none", Keys: store.Keys{"tag": nil, "number": {""}}, Body: []byte{}})
	for _, id := range []string{"nil", "empty", "none"} {
		d, err := db.Get(t.Context(), Kind.Name, id)
		must(t, err)
		if len(d.Body) != 0 || d.Row != nil || d.Keys != nil {
			t.Errorf("Get(%q) = %#v, want no row, no keys and an empty body", id, d)
		}
	}
	same(t, "by number", ids(t, db, by("number")), []string{"none"})
	same(t, "by number, equal to the empty value", ids(t, db, equal(by("number"), "")), []string{"none"})
	d := store.Doc{ID: "nil", Version: 1, Keys: store.Keys{"number": {}}}
	must(t, db.Replace(t.Context(), Kind.Name, d))
	same(t, "by number after a replace", ids(t, db, by("number")), []string{"none"})
}

func instants(t *testing.T, db store.DB) {
	type clocked struct {
		store.Meta
		At   time.Time
		Tags []string
	}
	c, err := store.Open(t.Context(), db, store.Spec[clocked]{
		Name: "clocked", Meta: func(c *clocked) *store.Meta { return &c.Meta }})
	must(t, err)
	zone := time.FixedZone("CEST", 2*60*60)
	for _, tags := range [][]string{nil, {}, {"a"}} {
		v := &clocked{At: time.Date(2019, 9, 16, 13, 30, 0, 123_000_000, zone), Tags: tags}
		must(t, c.Insert(t.Context(), v))
		got, err := c.Get(t.Context(), v.ID)
		must(t, err)
		_, offset := got.At.Zone()
		if !got.At.Equal(v.At) || offset != 2*60*60 {
			t.Errorf("At = %v, want %v", got.At, v.At)
		}
		if (got.Tags == nil) != (tags == nil) || len(got.Tags) != len(tags) {
			t.Errorf("Tags = %#v, want %#v", got.Tags, tags)
		}
	}
}

func versions(t *testing.T, db store.DB) {
	d := thing("one", "red", "1")
	d.Version = 77 // of no account to Insert
	insert(t, db, d)
	for v := int64(1); v <= 3; v++ {
		got, err := db.Get(t.Context(), Kind.Name, "one")
		must(t, err)
		if got.Version != v {
			t.Errorf("version = %d, want %d", got.Version, v)
		}
		d.Version = v
		must(t, db.Replace(t.Context(), Kind.Name, d))
	}
}

func insertTwice(t *testing.T, db store.DB) {
	insert(t, db, thing("one", "red", "1"))
	want(t, "second Insert", db.Insert(t.Context(), Kind.Name, thing("one", "blue", "2")), store.ErrExists)
	d, err := db.Get(t.Context(), Kind.Name, "one")
	must(t, err)
	same(t, "document", string(d.Row), "row of one")
	same(t, "by color blue", ids(t, db, equal(by("color", "number"), "blue")), []string(nil))
}

func insertRace(t *testing.T, db store.DB) {
	var won sync.Map
	together(t, 20, func(i int) error {
		err := db.Insert(t.Context(), Kind.Name, thing("one", "red", fmt.Sprint(i)))
		if err == nil {
			won.Store(i, true)
			return nil
		}
		if errors.Is(err, store.ErrExists) {
			return nil
		}
		return err
	})
	n := 0
	won.Range(func(any, any) bool { n++; return true })
	if n != 1 {
		t.Errorf("%d inserts of one id were acknowledged, want 1", n)
	}
}

func staleReplace(t *testing.T, db store.DB) {
	d := thing("one", "red", "1")
	want(t, "Replace of nothing", db.Replace(t.Context(), Kind.Name, d), store.ErrNotFound)
	insert(t, db, d)
	d.Version, d.Row = 1, []byte("second")
	must(t, db.Replace(t.Context(), Kind.Name, d))
	for _, v := range []int64{0, 1, 3, -1} {
		late := thing("one", "late", "9")
		late.Version = v
		want(t, fmt.Sprintf("Replace of version %d", v), db.Replace(t.Context(), Kind.Name, late), store.ErrConflict)
		want(t, fmt.Sprintf("Delete of version %d", v), db.Delete(t.Context(), Kind.Name, "one", v), store.ErrConflict)
	}
	got, err := db.Get(t.Context(), Kind.Name, "one")
	must(t, err)
	same(t, "row", string(got.Row), "second")
	same(t, "by color late", ids(t, db, equal(by("color", "number"), "late")), []string(nil))
}

func deleteTwice(t *testing.T, db store.DB) {
	insert(t, db, thing("one", "red", "1", "a", "b"))
	must(t, db.Delete(t.Context(), Kind.Name, "one", 1))
	want(t, "second Delete", db.Delete(t.Context(), Kind.Name, "one", 1), store.ErrNotFound)
	_, err := db.Get(t.Context(), Kind.Name, "one")
	want(t, "Get", err, store.ErrNotFound)
	for _, q := range []store.Query{by(), by("number"), equal(by("tag", "number"), "a")} {
		same(t, fmt.Sprint("by ", q.Order), ids(t, db, q), []string(nil))
	}
}

func deleteAndInsert(t *testing.T, db store.DB) {
	insert(t, db, thing("one", "red", "1"))
	must(t, db.Delete(t.Context(), Kind.Name, "one", 1))
	insert(t, db, thing("one", "blue", "2"))
	same(t, "by color", ids(t, db, by("number")), []string{"one"})
	same(t, "by color red", ids(t, db, equal(by("color", "number"), "red")), []string(nil))
	d, err := db.Get(t.Context(), Kind.Name, "one")
	must(t, err)
	if d.Version != 1 {
		t.Errorf("version = %d, want 1", d.Version)
	}
}

func tooLarge(t *testing.T, db store.DB) {
	largest := thing("largest", "red", strings.Repeat("n", store.MaxKey))
	largest.Row = bytes.Repeat([]byte("r"), store.MaxRow)
	largest.Body = bytes.Repeat([]byte("b"), store.MaxBody)
	insert(t, db, largest)
	got, err := db.Get(t.Context(), Kind.Name, "largest")
	must(t, err)
	if !bytes.Equal(got.Body, largest.Body) || !bytes.Equal(got.Row, largest.Row) {
		t.Error("the largest document came back different")
	}
	body, row, key, values := thing("x", "red", "1"), thing("x", "red", "1"), thing("x", "red", "1"), thing("x", "red", "1")
	body.Body = bytes.Repeat([]byte("b"), store.MaxBody+1)
	row.Row = bytes.Repeat([]byte("r"), store.MaxRow+1)
	key.Keys["number"] = []string{strings.Repeat("n", store.MaxKey+1)}
	values.Keys["tag"] = make([]string, store.MaxValues+1)
	all := thing("x", "red", "1")
	for i := range store.MaxValues {
		all.Keys["tag"] = append(all.Keys["tag"], fmt.Sprintf("%0*d", store.MaxKey, i))
	}
	for _, d := range []store.Doc{body, row, key, values, all} {
		want(t, "Insert", db.Insert(t.Context(), Kind.Name, d), store.ErrTooLarge)
		d.ID, d.Version = "largest", 1
		want(t, "Replace", db.Replace(t.Context(), Kind.Name, d), store.ErrTooLarge)
	}
}

func keysThatCannotBe(t *testing.T, db store.DB) {
	for _, keys := range []store.Keys{
		{"number": {"\xff"}}, {"number": {"a\x00b"}}, {"number": {"1", "2"}}, {"Num.ber": {"1"}}, {"$x": {"1"}},
	} {
		d := store.Doc{ID: "x", Keys: keys}
		want(t, fmt.Sprintf("Insert with keys %q", keys), db.Insert(t.Context(), Kind.Name, d), store.ErrQuery)
	}
}

func idsThatCannotBe(t *testing.T, db store.DB) {
	insert(t, db, thing("one", "red", "1"))
	for _, id := range []string{"", "\xff", "one\x00", strings.Repeat("x", store.MaxKey+1)} {
		want(t, "Insert", db.Insert(t.Context(), Kind.Name, store.Doc{ID: id}), store.ErrQuery)
		_, err := db.Get(t.Context(), Kind.Name, id)
		want(t, "Get", err, store.ErrNotFound)
		want(t, "Replace", db.Replace(t.Context(), Kind.Name, store.Doc{ID: id, Version: 1}), store.ErrNotFound)
		want(t, "Delete", db.Delete(t.Context(), Kind.Name, id, 1), store.ErrNotFound)
		docs, err := db.GetMany(t.Context(), Kind.Name, []string{id, "one"})
		must(t, err)
		if len(docs) != 1 {
			t.Errorf("GetMany(%q and one) gave %d documents", id, len(docs))
		}
	}
}

func getMany(t *testing.T, db store.DB) {
	insert(t, db, thing("a", "red", "1"), thing("b", "red", "2"), thing("c\"'", "red", "3"))
	docs, err := db.GetMany(t.Context(), Kind.Name, []string{"c\"'", "nope", "a", "b", "a"})
	must(t, err)
	var got []string
	for _, d := range docs {
		got = append(got, d.ID+" "+string(d.Row))
		if d.Version != 1 || len(d.Body) == 0 {
			t.Errorf("GetMany gave %+v", d)
		}
	}
	same(t, "GetMany", got, []string{"c\"' row of c\"'", "a row of a", "b row of b", "a row of a"})
	docs, err = db.GetMany(t.Context(), Kind.Name, nil)
	if len(docs) != 0 || err != nil {
		t.Errorf("GetMany of nothing = %v, %v", docs, err)
	}
	_, err = db.GetMany(t.Context(), Kind.Name, make([]string, store.MaxPage+1))
	want(t, "GetMany of too many", err, store.ErrQuery)
}

func updateCollection(t *testing.T, db store.DB) {
	type tally struct {
		store.Meta
		N int
	}
	c, err := store.Open(t.Context(), db, store.Spec[tally]{
		Name: "tally", Orders: []store.Order{{"n"}},
		Meta: func(v *tally) *store.Meta { return &v.Meta },
		Keys: func(v *tally) store.Keys { return store.Keys{"n": {fmt.Sprintf("%06d", v.N)}} },
	})
	must(t, err)
	v := &tally{}
	must(t, c.Insert(t.Context(), v))
	together(t, 20, func(int) error {
		for range 5 {
			if _, err := c.Update(t.Context(), v.ID, func(v *tally) error { v.N++; return nil }); err != nil {
				return err
			}
		}
		return nil
	})
	all, err := c.All(t.Context(), by("n"))
	must(t, err)
	if len(all) != 1 || all[0].N != 100 || all[0].Version != 101 {
		t.Errorf("after 100 updates: %d values, N = %d", len(all), all[0].N)
	}
	same(t, "Delete", c.Delete(t.Context(), v.ID), error(nil))
	same(t, "second Delete", c.Delete(t.Context(), v.ID), error(nil))
}

func walkMeta(t *testing.T, db store.DB) {
	type tally struct {
		store.Meta
		N int
	}
	c, err := store.Open(t.Context(), db, store.Spec[tally]{
		Name: "tally", Orders: []store.Order{{"n"}},
		Meta: func(v *tally) *store.Meta { return &v.Meta },
		Keys: func(v *tally) store.Keys { return store.Keys{"n": {fmt.Sprintf("%06d", v.N)}} },
	})
	must(t, err)
	for i, id := range []string{"c", "a", "b"} {
		must(t, c.Insert(t.Context(), &tally{Meta: store.Meta{ID: id}, N: i}))
	}
	_, err = c.Update(t.Context(), "a", func(*tally) error { return nil })
	must(t, err)
	var got [][]store.Meta
	must(t, c.WalkMeta(t.Context(), limit(by("n"), 2), func(page []store.Meta) error {
		got = append(got, page)
		return nil
	}))
	same(t, "WalkMeta", got, [][]store.Meta{{{ID: "c", Version: 1}, {ID: "a", Version: 2}}, {{ID: "b", Version: 1}}})
	full := errors.New("full")
	err = c.WalkMeta(t.Context(), limit(by("n"), 2), func([]store.Meta) error { return full })
	want(t, "WalkMeta that is ended", err, full)
}
