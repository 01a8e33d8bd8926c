package sqlite

import (
	"context"
	"errors"
	"sync/atomic"
)

var errBusy = errors.New("sqlite: a reader kept the write-ahead log from being emptied")

// scrubs counts how often the file was rewritten, so that once serves all who
// asked before it began. Who has the writer's turn changes it.
type scrubs struct {
	begun     atomic.Int64
	rewritten int64 // the last that succeeded
	emptied   int64 // the last after which the log was emptied
}

// Scrub rewrites the file and empties the write-ahead log. Writes wait
// meanwhile, and memory holds a copy: it is for the rare removal for good.
//
// Emptying the log alone is not enough. secure_delete overwrites an entry where
// it is when it is deleted, but not the copies of it that stay behind in the
// unused middle of a page when the tree is balanced.
func (db *DB) Scrub(ctx context.Context) error { return db.scrub(ctx, db.scrubs.begun.Load()) }

// scrub is a Scrub that was asked for after so many had begun.
func (db *DB) scrub(ctx context.Context, after int64) error {
	if db.path == "" {
		return ctx.Err()
	}
	s := &db.scrubs
	err := db.write.turn(ctx, func(ctx context.Context, q *statements) error {
		if s.rewritten > after {
			return nil
		}
		n := s.begun.Add(1)
		_, err := q.exec(ctx, `VACUUM`)
		if err == nil {
			s.rewritten = n
		}
		return err
	})
	if err != nil {
		return err
	}
	// Again and again while somebody reads, but the file is rewritten once.
	return db.write.turn(ctx, func(ctx context.Context, q *statements) error {
		if s.emptied > after {
			return nil
		}
		err := emptyLog(ctx, q)
		if err == nil {
			s.emptied = s.rewritten
		}
		return err
	})
}

func emptyLog(ctx context.Context, q *statements) error {
	var busy, pages, moved int
	if err := q.row(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`).Scan(&busy, &pages, &moved); err != nil {
		return err
	}
	if busy != 0 {
		return errBusy
	}
	_, err := q.exec(ctx, `PRAGMA shrink_memory`) // what this connection kept of so large a transaction
	return err
}
