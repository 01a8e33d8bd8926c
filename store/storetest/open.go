// Package storetest is for tests only: Run is the test that every adapter of
// package store passes, and Open gives tests of other packages a store to work
// with. It stores nothing of its own and may import the port and its adapters.
package storetest

import (
	"context"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"ruggespraak/store"
	"ruggespraak/store/mongo"
	"ruggespraak/store/sqlite"
)

// Environment variables of the tests.
const (
	// MongoAddress names the MongoDB that tests may fill with databases whose
	// names begin with "test_".
	MongoAddress = "RUGGESPRAAK_TEST_MONGODB"
	// StoreChoice is "mongodb" to let Open give that MongoDB.
	StoreChoice = "RUGGESPRAAK_TEST_STORE"
)

// Open gives an empty store that ends with the test: SQLite in memory, or
// MongoDB when StoreChoice asks for it.
func Open(t testing.TB) store.DB {
	t.Helper()
	if !OverMongo() {
		return InMemory(t)
	}
	open, _ := Mongo(t)
	return open(t)
}

// OverMongo tells whether Open gives MongoDB. A test that asks the same of the
// store thousands of times may ask it less often there.
func OverMongo() bool { return os.Getenv(StoreChoice) == "mongodb" }

// InMemory gives SQLite in memory.
func InMemory(t testing.TB) store.DB {
	t.Helper()
	db, err := sqlite.Open(":memory:")
	if err != nil {
		t.Fatalf("open a store in memory: %v", err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// Mongo gives the function that opens an empty database on the MongoDB under
// test, and the names of tests that are excused because it is a stand-in. It
// skips the test when there is none.
func Mongo(t testing.TB) (open func(testing.TB) store.DB, excused []string) {
	t.Helper()
	address := os.Getenv(MongoAddress)
	if address == "" {
		t.Skipf("no MongoDB to test with: %s is not set; «make test-mongo» sets it", MongoAddress)
	}
	open = func(t testing.TB) store.DB {
		t.Helper()
		return openMongo(t, address)
	}
	if strings.Contains(openMongo(t, address).Server(t.Context()), "stand-in") {
		excused = []string{OddByteOrder, DollarTally}
	}
	return open, excused
}

func openMongo(t testing.TB, address string) *mongo.DB {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatalf("%s: %v", MongoAddress, err)
	}
	u.Path = "/test_" + store.NewID()
	db, err := mongo.Open(t.Context(), u.String(), mongo.Options{Development: true, Watch: confirmed(t)})
	if err != nil {
		t.Fatalf("open MongoDB: %v", err)
	}
	t.Cleanup(func() {
		_ = db.DropTest(context.Background())
		_ = db.Close()
	})
	return db
}

// reading are the commands that change nothing.
var reading = []string{
	"hello", "isMaster", "ismaster", "ping", "buildInfo", "buildinfo", "find", "getMore", "killCursors", "aggregate",
	"count", "listIndexes", "endSessions",
}

// confirmed fails the test at a write that a majority need not have journalled.
func confirmed(t testing.TB) func(command, concern string) {
	return func(command, concern string) {
		if missing := unconfirmed(command, concern); missing != "" {
			t.Errorf("%s was sent with write concern %q, without %s", command, concern, missing)
		}
	}
}

// unconfirmed gives what the write concern of a command lacks.
func unconfirmed(command, concern string) string {
	if slices.Contains(reading, command) {
		return ""
	}
	for _, part := range []string{`"w":"majority"`, `"j":true`, `"wtimeout":`} {
		if !strings.Contains(strings.ReplaceAll(concern, " ", ""), part) {
			return part
		}
	}
	return ""
}
