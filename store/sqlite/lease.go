package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"ruggespraak/store"
)

const takeLease = `INSERT INTO _lease (name, holder, fence, until) VALUES (?, ?, 1, ?)
	ON CONFLICT (name) DO UPDATE SET fence = fence + (holder <> excluded.holder), holder = excluded.holder, until = excluded.until
	WHERE holder = excluded.holder OR until <= ? RETURNING fence`

// Lease takes or renews a named lock. Its row stays when it is released, so
// that the fence goes on growing.
func (db *DB) Lease(ctx context.Context, name, holder string, now time.Time, ttl time.Duration) (store.Lease, error) {
	l := store.Lease{Name: name, Holder: holder, Until: now.Add(ttl).UTC().Truncate(time.Millisecond)}
	if !store.ValidID(name) || !store.ValidID(holder) {
		return store.Lease{}, fmt.Errorf("%w: lease %q for %q", store.ErrQuery, name, holder)
	}
	err := db.write.transact(ctx, func(ctx context.Context, q *statements) error {
		return q.row(ctx, takeLease, name, holder, l.Until.UnixMilli(), now.UnixMilli()).Scan(&l.Fence)
	})
	if errors.Is(err, sql.ErrNoRows) {
		return store.Lease{}, store.ErrLeased
	}
	if err != nil {
		return store.Lease{}, err
	}
	return l, nil
}

// Release ends a lease that holder holds.
func (db *DB) Release(ctx context.Context, name, holder string) error {
	return db.write.turn(ctx, func(ctx context.Context, q *statements) error {
		_, err := q.exec(ctx, `UPDATE _lease SET holder = '', until = 0 WHERE name = ? AND holder = ?`, name, holder)
		return err
	})
}
