package sqlite

import (
	"context"
	"errors"
)

var errBusy = errors.New("sqlite: a reader kept the write-ahead log from being emptied")

// Scrub empties the write-ahead log into the file, where secure_delete has
// overwritten what was deleted.
func (db *DB) Scrub(ctx context.Context) error {
	if db.path == "" {
		return ctx.Err()
	}
	return db.write.turn(ctx, func(ctx context.Context, q *statements) error {
		var busy, pages, moved int
		if err := q.row(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`).Scan(&busy, &pages, &moved); err != nil {
			return err
		}
		if busy != 0 {
			return errBusy
		}
		return nil
	})
}
