package sqlite

import "context"

// Unsynced spares tests the wait for the disk. What they test is the same.
func Unsynced(db *DB) error {
	return db.write.turn(context.Background(), func(ctx context.Context, q *statements) error {
		_, err := q.exec(ctx, `PRAGMA synchronous = OFF`)
		return err
	})
}
