// Package sqlite keeps documents in one SQLite file, or in memory. It is one of
// the two adapters of package store.
//
// Layout: a table a kind, named after it, with a row a document (id, version,
// stamp of the last write, keys, row, body), and a table an order, named
// "kind/key,key", with an entry (values, id) for each document and value found
// through it. Order tables are their own covering index, so that pages and
// tallies read entries in order and nothing else, and a document without a
// value simply has no entry. Beside them stand _orders (how far an order has
// been built) and _lease.
//
// Chosen: entries of our own, instead of columns of the document with
// indexes, because a key with several values needs several entries.
//
// One goroutine writes at a time; readers go on meanwhile. Writes are synced
// before they are acknowledged, and deleted bytes are overwritten. The package
// may import package store and the SQLite driver, and nothing else may import
// that driver.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync"

	driver "modernc.org/sqlite" // registers itself as "sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"ruggespraak/store"
)

// layout is the number of the layout described above. A file with a higher
// number was written by a newer program and is refused.
const layout = 1

const readers = 4 // connections

// forReading maps the file into memory. Otherwise all connections share one
// budget of cached pages, and after one of them has read much the others hit
// on hardly any: seven times as many reads a page were counted. Only who mends
// the file after a crash keeps readers waiting; for others the writer waits by
// itself, so that waiting ends with the caller's context.
const forReading = "&_pragma=query_only(ON)&_pragma=mmap_size(134217728)&_pragma=busy_timeout(2000)"

var errClosed = errors.New("sqlite: store is closed")

var _ store.DB = (*DB)(nil)

// DB is an open store. Safe for several goroutines; several processes on one
// machine may have the same file open.
type DB struct {
	path  string
	write *writer
	reads *statements // nil in memory: reads then take turns with writes
	pool  *sql.DB     // of reads

	mu    sync.RWMutex
	kinds map[string]*kind

	scrubs scrubs
}

// Open opens the file, and makes it and its folder when they are not there,
// readable for their owner only. An empty path or ":memory:" gives a store in
// memory that no other Open sees.
func Open(path string) (*DB, error) {
	db := &DB{path: path, kinds: make(map[string]*kind)}
	if path == "" || path == ":memory:" {
		db.path = ""
		return db.opened(":memory:?" + pragmas("OFF", "MEMORY"))
	}
	if err := makePrivate(path); err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	dsn, err := address(path)
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	return db.opened(dsn)
}

func (db *DB) opened(dsn string) (*DB, error) {
	ctx := context.Background()
	pool, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	db.write = newWriter(pool)
	if err := db.prepareAmongOthers(ctx); err != nil {
		_ = db.write.close()
		return nil, fmt.Errorf("open store: %w", err)
	}
	if db.path == "" {
		return db, nil
	}
	if db.pool, err = sql.Open("sqlite", dsn+forReading); err != nil {
		_ = db.write.close()
		return nil, fmt.Errorf("open store: %w", err)
	}
	db.pool.SetMaxOpenConns(readers)
	db.pool.SetMaxIdleConns(readers)
	db.reads = newStatements(db.pool.PrepareContext)
	return db, nil
}

// makePrivate makes the folder and the file. SQLite gives its -wal and -shm
// files the mode of the file they belong to.
func makePrivate(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(f.Chmod(0o600), f.Close())
}

func address(path string) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	u := url.URL{Scheme: "file", Path: abs}
	return u.String() + "?" + pragmas("FULL", "WAL"), nil
}

func pragmas(synchronous, journal string) string {
	v := url.Values{"_pragma": {
		"journal_mode(" + journal + ")",
		"synchronous(" + synchronous + ")",
		"secure_delete(ON)",
		"foreign_keys(OFF)",
		"temp_store(MEMORY)",
		"trusted_schema(OFF)",
	}}
	return v.Encode()
}

// Several programs may open a file at the same moment, and one of them may be
// rewriting it, which takes a while. A try takes the writer's patience: a program
// that begins waits for two minutes, where an answer to somebody would not.
const openTries = 60

func (db *DB) prepareAmongOthers(ctx context.Context) error {
	for try := 1; ; try++ {
		err := db.prepareFile(ctx)
		if !isBusy(err) || try == openTries {
			return err
		}
	}
}

// isBusy tells that another process has the file, and that nothing was done.
func isBusy(err error) bool {
	var e *driver.Error
	return errors.Is(err, errBusy) || errors.As(err, &e) && e.Code()&0xff == sqlite3.SQLITE_BUSY
}

func (db *DB) prepareFile(ctx context.Context) error {
	return db.write.transact(ctx, func(ctx context.Context, q *statements) error {
		var found int
		if err := q.row(ctx, `PRAGMA user_version`).Scan(&found); err != nil {
			return err
		}
		if found == layout {
			return nil
		}
		if found > layout {
			return fmt.Errorf("%s has layout %d and was written by a newer program; this one knows up to %d",
				db.path, found, layout)
		}
		for _, s := range []string{
			`CREATE TABLE IF NOT EXISTS _orders (name TEXT PRIMARY KEY, kind TEXT NOT NULL, upto INTEGER) WITHOUT ROWID`,
			`CREATE TABLE IF NOT EXISTS _lease (name TEXT PRIMARY KEY, holder TEXT NOT NULL,
				fence INTEGER NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID`,
			fmt.Sprintf(`PRAGMA user_version = %d`, layout),
		} {
			if _, err := q.exec(ctx, s); err != nil {
				return err
			}
		}
		return nil
	})
}

// Ping tells whether the store answers.
func (db *DB) Ping(ctx context.Context) error {
	return db.read(ctx, func(ctx context.Context, q *statements) error {
		var one int
		return q.row(ctx, `SELECT 1`).Scan(&one)
	})
}

// Close waits for the write that is going on. Everything asked afterwards is
// an error.
func (db *DB) Close() error {
	err := db.write.close()
	if db.pool == nil {
		return err
	}
	db.reads.forget()
	return errors.Join(err, db.pool.Close())
}

// read runs the work on a connection for reading.
func (db *DB) read(ctx context.Context, work func(context.Context, *statements) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if db.reads == nil {
		return db.write.turn(ctx, work)
	}
	return work(ctx, db.reads)
}
