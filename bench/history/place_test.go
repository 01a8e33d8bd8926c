package history

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"testing"
	"time"

	"ruggespraak/store"
	"ruggespraak/store/mongo"
	"ruggespraak/store/sqlite"
	"ruggespraak/store/storetest"
)

// place is where one history is kept: what the instances are told of it, how a
// test gets in beside them, and how it is taken away for a while.
type place struct {
	stage   *stage
	address string
	open    func(context.Context) (store.DB, error)
	away    func(ctx context.Context, d time.Duration) error
	remove  func(context.Context) error
}

// places makes them: in files, or in the MongoDB that the tests are given.
func places(t testing.TB) func(ctx context.Context, folder string) (*place, error) {
	t.Helper()
	if address := os.Getenv(storetest.MongoAddress); address != "" {
		return func(ctx context.Context, _ string) (*place, error) { return inMongo(ctx, address) }
	}
	filled := filepath.Join(t.TempDir(), "filled.db")
	s, err := fill(t.Context(), func(context.Context) (store.DB, error) { return sqlite.Open(filled) })
	if err != nil {
		t.Fatal(err)
	}
	return func(_ context.Context, folder string) (*place, error) { return inFile(folder, filled, s) }
}

func fill(ctx context.Context, open func(context.Context) (store.DB, error)) (*stage, error) {
	db, err := open(ctx)
	if err != nil {
		return nil, err
	}
	s, err := prepare(ctx, db)
	return s, errors.Join(err, db.Close())
}

// inFile gives a copy of a store that was filled.
func inFile(folder, filled string, s *stage) (*place, error) {
	path := filepath.Join(folder, "history.db")
	raw, err := os.ReadFile(filled)
	if err != nil {
		return nil, err
	}
	return &place{
		stage:   s,
		address: "sqlite:" + path,
		open:    func(context.Context) (store.DB, error) { return sqlite.Open(path) },
		away:    func(ctx context.Context, d time.Duration) error { return lock(ctx, path, d) },
		remove:  func(context.Context) error { return nil },
	}, os.WriteFile(path, raw, 0o600)
}

// lock keeps everybody from writing in the store for a while.
func lock(ctx context.Context, path string, d time.Duration) error {
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=busy_timeout(60000)")
	if err != nil {
		return err
	}
	defer db.Close()
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, "BEGIN EXCLUSIVE"); err != nil {
		return fmt.Errorf("lock the store: %w", err)
	}
	sleep(ctx, d)
	_, err = conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
	return err
}

// inMongo gives a database of its own, which the instances reach by a road.
func inMongo(ctx context.Context, address string) (*place, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	way, err := newRoad(u.Host)
	if err != nil {
		return nil, err
	}
	u.Path = "/test_" + store.NewID()
	direct := u.String()
	open := func(ctx context.Context) (store.DB, error) {
		return mongo.Open(ctx, direct, mongo.Options{Development: true})
	}
	s, err := fill(ctx, open)
	if err != nil {
		return nil, err
	}
	u.Host = way.address()
	q := u.Query()
	q.Set("directConnection", "true") // or the driver goes where the server says it is
	u.RawQuery = q.Encode()
	return &place{
		stage: s, address: u.String(), open: open,
		away: func(ctx context.Context, d time.Duration) error {
			way.block()
			sleep(ctx, d)
			way.unblock()
			return nil
		},
		remove: func(ctx context.Context) error {
			way.close()
			db, err := mongo.Open(ctx, direct, mongo.Options{Development: true})
			if err != nil {
				return err
			}
			return errors.Join(db.DropTest(ctx), db.Close())
		},
	}, nil
}
