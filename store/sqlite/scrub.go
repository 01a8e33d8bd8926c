package sqlite

import (
	"context"
	"errors"
)

var errBusy = errors.New("sqlite: a reader kept the write-ahead log from being emptied")

// Scrub rewrites the file and empties the write-ahead log. Writes wait
// meanwhile, and memory holds a copy: it is for the rare removal for good.
//
// Emptying the log alone is not enough. secure_delete overwrites an entry where
// it is when it is deleted, but not the copies of it that stay behind in the
// unused middle of a page when the tree is balanced.
func (db *DB) Scrub(ctx context.Context) error {
	if db.path == "" {
		return ctx.Err()
	}
	err := db.write.turn(ctx, func(ctx context.Context, q *statements) error {
		_, err := q.exec(ctx, `VACUUM`)
		return err
	})
	if err != nil {
		return err
	}
	return db.write.turn(ctx, emptyLog) // again and again while somebody reads, but the file is rewritten once
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
