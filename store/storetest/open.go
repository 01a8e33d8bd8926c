// Package storetest is for tests only: Run is the test that every adapter of
// package store passes, and Open gives tests of other packages a store to work
// with. It stores nothing of its own and may import the port and its adapters.
package storetest

import (
	"testing"

	"ruggespraak/store"
	"ruggespraak/store/sqlite"
)

// Open gives an empty store that ends with the test: SQLite in memory.
func Open(t testing.TB) store.DB {
	t.Helper()
	db, err := sqlite.Open(":memory:")
	if err != nil {
		t.Fatalf("open a store in memory: %v", err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}
