package sqlite_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"ruggespraak/store"
	"ruggespraak/store/sqlite"
	"ruggespraak/store/storetest"
)

type note struct {
	store.Meta
	Title  string
	Themes []string
}

func openNotes(t *testing.T, db store.DB) *store.Collection[note] {
	t.Helper()
	c, err := store.Open(t.Context(), db, store.Spec[note]{
		Name: "note", Orders: []store.Order{{"theme", "title"}, {"title"}}, Several: []string{"theme"},
		Meta: func(n *note) *store.Meta { return &n.Meta },
		Keys: func(n *note) store.Keys { return store.Keys{"title": {n.Title}, "theme": n.Themes} },
		Row:  func(n *note) any { return n.Title },
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func mustOpen(t testing.TB, path string) *sqlite.DB {
	t.Helper()
	db, err := sqlite.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func TestReopenedFileHasTheDocuments(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new folder?%", "ruggespraak.db")
	db := mustOpen(t, path)
	c := openNotes(t, db)
	for i := range 25 {
		n := &note{Title: fmt.Sprintf("t%02d", i), Themes: []string{"a", "b"}[:1+i%2]}
		if err := c.Insert(t.Context(), n); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = mustOpen(t, path)
	c = openNotes(t, db)
	q := store.Query{Order: store.Order{"theme", "title"}, Equal: []string{"b"}, Limit: 5, Desc: true}
	rows, next, err := store.Rows[string](t.Context(), c, q)
	if err != nil || len(rows) != 5 || rows[0].Row != "t23" || next == "" {
		t.Fatalf("Rows = %v, %q, %v", rows, next, err)
	}
	all, err := c.All(t.Context(), q)
	if err != nil || len(all) != 12 {
		t.Fatalf("All = %d, %v; want 12", len(all), err)
	}
	if _, err := db.Get(t.Context(), "nope", "x"); !errors.Is(err, store.ErrQuery) {
		t.Errorf("Get of an undeclared kind = %v", err)
	}
	for _, name := range []string{path, path + "-wal", path + "-shm", filepath.Dir(path)} {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		if mode := info.Mode().Perm(); mode&0o077 != 0 {
			t.Errorf("mode of %s = %v", filepath.Base(name), mode)
		}
	}
}

func TestInMemory(t *testing.T) {
	storetest.Run(t, func(t *testing.T) store.DB { return mustOpen(t, ":memory:") })
}

func TestInFile(t *testing.T) {
	storetest.Run(t, func(t *testing.T) store.DB {
		db := mustOpen(t, filepath.Join(t.TempDir(), "r.db"))
		if err := sqlite.Unsynced(db); err != nil {
			t.Fatal(err)
		}
		return db
	})
}

func TestRandomOperations(t *testing.T) {
	storetest.Compare(t, storetest.Letters, func(t testing.TB) store.DB { return mustOpen(t, "") })
}
