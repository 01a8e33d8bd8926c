package mongo

import (
	"context"
	"errors"
	"fmt"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	driver "go.mongodb.org/mongo-driver/v2/mongo"

	"ruggespraak/store"
)

const leases = "_lease"

// Lease takes or renews a named lock. Its document stays when it is released,
// so that the fence goes on growing.
func (db *DB) Lease(ctx context.Context, name, holder string, now time.Time, ttl time.Duration) (store.Lease, error) {
	l := store.Lease{Name: name, Holder: holder, Until: now.Add(ttl).UTC().Truncate(time.Millisecond)}
	if !store.ValidID(name) || !store.ValidID(holder) {
		return store.Lease{}, fmt.Errorf("%w: lease %q for %q", store.ErrQuery, name, holder)
	}
	ctx, cancel, err := decided(ctx)
	if err != nil {
		return store.Lease{}, err
	}
	defer cancel()
	until := bson.E{Key: "until", Value: l.Until.UnixMilli()}
	l.Fence, err = db.changeLease(ctx, bson.D{{Key: "_id", Value: name}, {Key: "holder", Value: holder}},
		bson.D{{Key: "$set", Value: bson.D{until}}}, false)
	if err == nil && l.Fence > 0 {
		return l, nil
	}
	if err == nil {
		free := bson.D{{Key: "_id", Value: name}, {Key: "until", Value: bson.D{{Key: "$lte", Value: now.UnixMilli()}}}}
		take := bson.D{{Key: "$set", Value: bson.D{{Key: "holder", Value: holder}, until}}, {Key: "$inc", Value: bson.D{{Key: "fence", Value: int64(1)}}}}
		l.Fence, err = db.changeLease(ctx, free, take, true)
	}
	if driver.IsDuplicateKeyError(err) { // it is there and not free
		return store.Lease{}, store.ErrLeased
	}
	if err != nil {
		return store.Lease{}, err
	}
	return l, nil
}

// changeLease gives the fence after the change; 0 when no lease fits.
func (db *DB) changeLease(ctx context.Context, fits, change bson.D, upsert bool) (int64, error) {
	reply, err := db.run(ctx, bson.D{
		{Key: "findAndModify", Value: leases}, {Key: "query", Value: fits},
		{Key: "update", Value: change}, {Key: "new", Value: true}, {Key: "upsert", Value: upsert},
	})
	if err != nil {
		return 0, err
	}
	fence, err := reply.LookupErr("value", "fence")
	if err != nil {
		return 0, nil
	}
	n, ok := fence.AsInt64OK()
	if !ok {
		return 0, errors.New("mongo: a lease without a fence")
	}
	return n, nil
}

// Release ends a lease that holder holds.
func (db *DB) Release(ctx context.Context, name, holder string) error {
	ctx, cancel, err := decided(ctx)
	if err != nil {
		return err
	}
	defer cancel()
	_, err = db.changeLease(ctx, bson.D{{Key: "_id", Value: name}, {Key: "holder", Value: holder}},
		bson.D{{Key: "$set", Value: bson.D{{Key: "holder", Value: ""}, {Key: "until", Value: int64(0)}}}}, false)
	return err
}
