package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ruggespraak/store"
)

var box = store.Kind{
	Name:    "box",
	Orders:  []store.Order{{"color", "number"}, {"number"}, {"tag", "number"}},
	Several: []string{"tag"},
}

func newBoxes(t testing.TB, path string) *DB {
	t.Helper()
	db := newDB(t, path)
	must(t, db.Declare(context.Background(), box))
	return db
}

func TestEveryQuestionHasItsIndex(t *testing.T) {
	db := newBoxes(t, ":memory:")
	k, err := db.kind("box")
	if err != nil {
		t.Fatal(err)
	}
	check := func(text string, args []any, mayScanOrder bool) {
		t.Helper()
		for _, line := range planOf(t, db, text, args) {
			bad := strings.Contains(line, "TEMP B-TREE") || strings.HasPrefix(line, "SCAN") && !mayScanOrder
			if bad || line == "SCAN d" || line == "SCAN o" && !mayScanOrder {
				t.Errorf("%s\nplan: %s", text, line)
			}
		}
	}
	for _, text := range []string{k.get, k.find, k.written, k.replaceSame, k.replace, k.remove} {
		check(text, make([]any, strings.Count(text, "?")), false)
	}
	for _, q := range questions() {
		after, err := q.At()
		if err != nil {
			t.Fatal(err)
		}
		s := k.sentence(q, after)
		whole := len(q.Equal) == 0 && q.From == "" && q.To == "" && after == nil
		text, args := s.page(q)
		check(text, args, whole) // a page of everything begins at one end of its order
		check(s.count(), s.args, whole)
		if by := len(q.Order) - len(q.Equal); by > 0 && after == nil {
			check(s.tally(1), s.args, whole)
			check(s.tally(by), s.args, whole)
		}
	}
}

// questions are all shapes that a query can have.
func questions() (out []store.Query) {
	for _, o := range append([]store.Order{nil}, box.Orders...) {
		for n := range len(o) + 1 {
			q := store.Query{Order: o, Equal: []string{"a", "b", "c"}[:n], Limit: 20}
			shapes := []store.Query{q}
			if n < len(o) {
				q.From = "a"
				shapes = append(shapes, q)
				q.To = "x"
				shapes = append(shapes, q)
				q.From = ""
				shapes = append(shapes, q)
			}
			for _, q := range shapes {
				later := q
				later.After = store.NextAfter([]string{"m", "m", "m"}[:len(o)-n+1])
				for _, q := range []store.Query{q, later} {
					down := q
					down.Desc = true
					out = append(out, q, down)
				}
			}
		}
	}
	return out
}

func planOf(t *testing.T, db *DB, text string, args []any) (lines []string) {
	t.Helper()
	err := db.write.turn(t.Context(), func(ctx context.Context, q *statements) error {
		rows, err := q.query(ctx, `EXPLAIN QUERY PLAN `+text, args...)
		if err != nil {
			return err
		}
		return each(rows, func() error {
			var id, parent, unused int
			var line string
			err := rows.Scan(&id, &parent, &unused, &line)
			lines = append(lines, line)
			return err
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

const canary = "KANARIE"

// TestScrubLeavesNothing removes documents among others, in an order that
// splits and joins pages of all trees, and looks for their bytes.
func TestScrubLeavesNothing(t *testing.T) {
	for seed := range uint64(4) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			dir := t.TempDir()
			db := newBoxes(t, filepath.Join(dir, "r.db"))
			must(t, Unsynced(db))
			r := rand.New(rand.NewPCG(seed, 1))
			live := fillWithCanaries(t, db, r)
			if n := canariesIn(t, dir); n == 0 {
				t.Fatal("control: the canary is not in the files before it is removed")
			}
			for id, version := range live {
				if !strings.Contains(id, canary) {
					d := store.Doc{ID: id, Version: version, Body: []byte("overwritten"), Keys: store.Keys{"number": {"0"}}}
					must(t, db.Replace(t.Context(), "box", d))
					continue
				}
				must(t, db.Delete(t.Context(), "box", id, version))
			}
			must(t, db.Scrub(t.Context()))
			if n := canariesIn(t, dir); n != 0 {
				t.Errorf("%d canaries left in the files", n)
			}
		})
	}
}

func fillWithCanaries(t *testing.T, db *DB, r *rand.Rand) map[string]int64 {
	t.Helper()
	live := make(map[string]int64)
	for i := range 600 {
		mark := canary
		if i%3 > 0 {
			mark = "anders"
		}
		pad := strings.Repeat(mark+" ", r.IntN(40))
		d := store.Doc{
			ID: []string{mark, ""}[r.IntN(2)] + store.NewID(), Row: []byte("row " + pad), Body: []byte("body " + strings.Repeat(mark, r.IntN(2000))),
			Keys: store.Keys{"color": {mark + pad}, "number": {fmt.Sprint(mark, r.IntN(99))}, "tag": {mark + "1", mark + "2" + pad}},
		}
		must(t, db.Insert(t.Context(), "box", d))
		if mark == canary {
			live[d.ID] = 1
		}
	}
	for id := range live { // grow and shrink some
		if r.IntN(2) == 0 {
			d := store.Doc{ID: id, Version: 1, Body: []byte(strings.Repeat(canary, r.IntN(3000))), Keys: store.Keys{"color": {canary + store.NewID()}}}
			must(t, db.Replace(t.Context(), "box", d))
			live[id] = 2
		}
	}
	return live
}

func canariesIn(t *testing.T, dir string) (n int) {
	t.Helper()
	files, err := os.ReadDir(dir)
	must(t, err)
	for _, f := range files {
		b, err := os.ReadFile(filepath.Join(dir, f.Name()))
		must(t, err)
		if c := bytes.Count(b, []byte(canary)); c > 0 {
			t.Logf("%s: %d", f.Name(), c)
			n += c
		}
	}
	return n
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// enough is a context that is cancelled when it has been asked a few times.
type enough struct {
	context.Context
	left int
}

func (e *enough) Err() error {
	e.left--
	if e.left < 0 {
		return context.Canceled
	}
	return nil
}

func TestStoppedBuildGoesOn(t *testing.T) {
	path := filepath.Join(t.TempDir(), "r.db")
	db := newBoxes(t, path)
	must(t, Unsynced(db))
	const all = 3*step + 7
	for i := range all {
		must(t, db.Insert(t.Context(), "box", store.Doc{ID: fmt.Sprint(i), Keys: store.Keys{"place": {fmt.Sprint(i % 3)}}}))
	}
	more := box
	more.Orders = append(more.Orders[:2:2], store.Order{"place"})
	if err := db.Declare(&enough{t.Context(), 5}, more); !errors.Is(err, context.Canceled) {
		t.Fatalf("Declare = %v, want cancelled", err)
	}
	if got := entriesOf(t, db, "box/place"); got != 2*step {
		t.Fatalf("stopped after %d entries, want %d", got, 2*step)
	}
	must(t, db.Close())
	db = newDB(t, path)
	must(t, db.Declare(t.Context(), more))
	n, err := db.Count(t.Context(), "box", store.Query{Order: store.Order{"place"}})
	if n != all || err != nil {
		t.Errorf("Count = %d, %v, want %d", n, err, all)
	}
	if got := entriesOf(t, db, "sqlite_schema WHERE name = 'box/tag,number'"); got != 0 {
		t.Error("the order that is no longer declared is still there")
	}
}

func newDB(t testing.TB, path string) *DB {
	t.Helper()
	db, err := Open(path)
	must(t, err)
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func entriesOf(t *testing.T, db *DB, from string) (n int) {
	t.Helper()
	if !strings.Contains(from, " ") {
		from = quoted(from)
	}
	must(t, db.write.turn(t.Context(), func(ctx context.Context, q *statements) error {
		return q.row(ctx, `SELECT count(*) FROM `+from).Scan(&n)
	}))
	return n
}

func TestNewerFileIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "r.db")
	db := newDB(t, path)
	must(t, db.write.turn(t.Context(), func(ctx context.Context, q *statements) error {
		_, err := q.exec(ctx, fmt.Sprintf(`PRAGMA user_version = %d`, layout+1))
		return err
	}))
	must(t, db.Close())
	if _, err := Open(path); err == nil || !strings.Contains(err.Error(), "newer program") {
		t.Errorf("Open = %v, want refused", err)
	}
}

func TestFileThatIsNoDatabaseIsLeftAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "r.db")
	text := []byte(strings.Repeat("not a database, and longer than a header of one\n", 99))
	must(t, os.WriteFile(path, text, 0o600))
	if _, err := Open(path); err == nil {
		t.Error("Open of a text file is no error")
	}
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(after, text) {
		t.Errorf("the file was changed, %v", err)
	}
}

// TestTwoOnOneFile stands for two processes: nothing but the file is shared.
func TestTwoOnOneFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "r.db")
	both := []*DB{newBoxes(t, path), newBoxes(t, path)}
	must(t, both[0].Insert(t.Context(), "box", store.Doc{ID: "1"}))
	const each = 50
	done := make(chan error)
	for i, db := range both {
		go func() { done <- addTo(t.Context(), db, each, fmt.Sprint(i)) }()
	}
	for range both {
		must(t, <-done)
	}
	d, err := both[0].Get(t.Context(), "box", "1")
	must(t, err)
	if d.Version != 2*each+1 {
		t.Errorf("version = %d after %d replaces", d.Version, 2*each)
	}
	must(t, both[1].Scrub(t.Context()))
	n, err := both[0].Count(t.Context(), "box", store.Query{Order: store.Order{"number"}})
	if n != 1 || err != nil {
		t.Errorf("Count = %d, %v, want 1", n, err)
	}
}

// TestNobodyHangsWhileAnotherWrites lets another process keep the file. All who
// write meanwhile, one behind the other, are refused when their own time is
// over, without a time of their own too; who reads is not kept; and afterwards
// nothing of what was refused is there.
func TestNobodyHangsWhileAnotherWrites(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "r.db")
	db := newBoxes(t, path)
	must(t, db.Insert(t.Context(), "box", store.Doc{ID: "1"}))
	letGo := seize(t, path)
	soon, end := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer end()
	writes := map[string]func() error{
		"insert":          func() error { return db.Insert(soon, "box", store.Doc{ID: "2"}) },
		"insert, patient": func() error { return db.Insert(t.Context(), "box", store.Doc{ID: "3"}) },
		"replace":         func() error { return db.Replace(soon, "box", store.Doc{ID: "1", Version: 1, Body: []byte("x")}) },
		"replace its keys": func() error {
			return db.Replace(soon, "box", store.Doc{ID: "1", Version: 1, Keys: store.Keys{"number": {"1"}}})
		},
		"delete":  func() error { return db.Delete(soon, "box", "1", 1) },
		"lease":   func() error { _, err := db.Lease(soon, "l", "h", time.Time{}, time.Hour); return err },
		"release": func() error { return db.Release(soon, "l", "h") },
		"scrub":   func() error { return db.Scrub(soon) },
	}
	type outcome struct {
		what string
		err  error
	}
	done := make(chan outcome)
	for what, write := range writes {
		go func() { done <- outcome{what, write()} }()
	}
	for range writes {
		if o := <-done; !errors.Is(o.err, context.DeadlineExceeded) {
			t.Errorf("%s = %v, want that its time was over", o.what, o.err)
		}
	}
	if d, err := db.Get(t.Context(), "box", "1"); err != nil || d.Version != 1 {
		t.Errorf("Get = version %d, %v, want 1", d.Version, err)
	}
	letGo()
	if n, err := db.Count(t.Context(), "box", store.Query{}); n != 1 || err != nil {
		t.Errorf("Count = %d, %v, want 1", n, err)
	}
	must(t, db.Insert(t.Context(), "box", store.Doc{ID: "2"}))
}

// TestAWriteWaitsForAnother begins to write while another process does, and is
// done when that is.
func TestAWriteWaitsForAnother(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "r.db")
	db := newBoxes(t, path)
	letGo := seize(t, path)
	tried := make(chan struct{}, 1000)
	done := make(chan error)
	go func() {
		done <- db.write.turn(t.Context(), func(ctx context.Context, q *statements) error {
			tried <- struct{}{}
			_, err := q.exec(ctx, `PRAGMA user_version = 1`)
			return err
		})
	}()
	<-tried
	<-tried
	letGo()
	must(t, <-done)
}

// seize takes the right to write, as another process does, until letGo.
func seize(t *testing.T, path string) (letGo func()) {
	t.Helper()
	other, err := sql.Open("sqlite", "file:"+path)
	must(t, err)
	other.SetMaxOpenConns(1)
	_, err = other.Exec(`BEGIN IMMEDIATE`)
	must(t, err)
	return func() {
		t.Helper()
		_, err := other.Exec(`ROLLBACK`)
		must(t, errors.Join(err, other.Close()))
	}
}

func addTo(ctx context.Context, db *DB, times int, mark string) error {
	for i := 0; i < times; {
		d, err := db.Get(ctx, "box", "1")
		if err != nil {
			return err
		}
		d.Keys = store.Keys{"number": {fmt.Sprint(mark, i)}}
		err = db.Replace(ctx, "box", d)
		if err == nil {
			i++
		} else if !errors.Is(err, store.ErrConflict) {
			return err
		}
	}
	return nil
}

func BenchmarkOpenInMemory(b *testing.B) {
	for b.Loop() {
		db, err := Open(":memory:")
		must(b, err)
		must(b, db.Close())
	}
}

func TestManyOpenANewFileAtOnce(t *testing.T) {
	for range 5 {
		path := filepath.Join(t.TempDir(), "r.db")
		done := make(chan error)
		const n = 6
		for i := range n {
			go func() {
				db, err := Open(path)
				if err == nil {
					err = errors.Join(db.Declare(t.Context(), box), db.Insert(t.Context(), "box", store.Doc{ID: fmt.Sprint(i)}), db.Close())
				}
				done <- err
			}()
		}
		for range n {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
	}
}

// TestAScrubServesWhoAskedBefore asks twice before the first scrub has begun, and
// once after.
func TestAScrubServesWhoAskedBefore(t *testing.T) {
	db, err := Open(filepath.Join(t.TempDir(), "store.db"))
	must(t, err)
	defer db.Close()
	for range 2 {
		must(t, db.scrub(t.Context(), 0))
	}
	if n := db.scrubs.begun.Load(); n != 1 {
		t.Errorf("rewritten %d times for two who asked before, want once", n)
	}
	must(t, db.Scrub(t.Context()))
	if n := db.scrubs.begun.Load(); n != 2 || db.scrubs.emptied != 2 {
		t.Errorf("rewritten %d times and emptied up to %d, want 2 and 2", n, db.scrubs.emptied)
	}
}

func TestScrubWhileOthersRead(t *testing.T) {
	dir := t.TempDir()
	db := newBoxes(t, filepath.Join(dir, "r.db"))
	must(t, Unsynced(db))
	live := fillWithCanaries(t, db, rand.New(rand.NewPCG(9, 9)))
	for id, version := range live {
		must(t, db.Delete(t.Context(), "box", id, version))
	}
	stop, done := make(chan struct{}), make(chan error)
	const others = 6
	for range others {
		go func() {
			for {
				select {
				case <-stop:
					done <- nil
					return
				default:
				}
				p, err := db.Find(t.Context(), "box", store.Query{Bodies: true})
				if err != nil || len(p.Docs) != 200 {
					done <- fmt.Errorf("Find while scrubbing: %d documents, %w", len(p.Docs), err)
					return
				}
			}
		}()
	}
	must(t, db.Scrub(t.Context()))
	close(stop)
	for range others {
		must(t, <-done)
	}
	if n := canariesIn(t, dir); n != 0 {
		t.Errorf("%d canaries left in the files", n)
	}
}
