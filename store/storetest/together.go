package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"ruggespraak/store"
)

var noon = time.Date(2019, 9, 16, 12, 0, 0, 987_654_321, time.FixedZone("CEST", 2*60*60))

func cancelled(t *testing.T, db store.DB) {
	insert(t, db, thing("1", "red", "1"))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, get := db.Get(ctx, Kind.Name, "1")
	_, many := db.GetMany(ctx, Kind.Name, []string{"1"})
	_, find := db.Find(ctx, Kind.Name, by("number"))
	_, count := db.Count(ctx, Kind.Name, by("number"))
	_, tally := db.Tally(ctx, Kind.Name, by("number"), "number")
	_, lease := db.Lease(ctx, "l", "a", noon, time.Minute)
	d := thing("1", "blue", "2")
	d.Version = 1
	for name, err := range map[string]error{
		"Get": get, "GetMany": many, "Find": find, "Count": count, "Tally": tally, "Lease": lease,
		"Insert": db.Insert(ctx, Kind.Name, thing("2", "red", "1")), "Replace": db.Replace(ctx, Kind.Name, d),
		"Delete": db.Delete(ctx, Kind.Name, "1", 1), "Ping": db.Ping(ctx), "Release": db.Release(ctx, "l", "a"),
	} {
		want(t, name+" with a cancelled context", err, context.Canceled)
	}
	same(t, "what is there", ids(t, db, by("number")), []string{"1"})
	same(t, "red things", ids(t, db, equal(by("color", "number"), "red")), []string{"1"})
}

func lease(t *testing.T, db store.DB) {
	take := func(holder string, at time.Time) (store.Lease, error) {
		return db.Lease(t.Context(), "job", holder, at, time.Minute)
	}
	a, err := take("a", noon)
	must(t, err)
	same(t, "lease", a, store.Lease{Name: "job", Holder: "a", Fence: a.Fence, Until: noon.Add(time.Minute).UTC().Truncate(time.Millisecond)})
	_, err = take("b", noon.Add(30*time.Second))
	want(t, "lease of another", err, store.ErrLeased)
	again, err := take("a", noon.Add(30*time.Second))
	must(t, err)
	if again.Fence != a.Fence || !again.Until.After(a.Until) {
		t.Errorf("renewed lease = %+v, had %+v", again, a)
	}
	_, err = take("b", noon.Add(89*time.Second))
	want(t, "lease of another after its renewal", err, store.ErrLeased)
	b, err := take("b", noon.Add(90*time.Second))
	must(t, err)
	_, err = take("a", noon.Add(91*time.Second))
	want(t, "lease that was lost", err, store.ErrLeased)
	must(t, db.Release(t.Context(), "job", "a")) // not a's any more
	_, err = take("a", noon.Add(92*time.Second))
	want(t, "lease after a release of no effect", err, store.ErrLeased)
	must(t, db.Release(t.Context(), "job", "b"))
	back, err := take("a", noon)
	must(t, err)
	if !(a.Fence < b.Fence && b.Fence < back.Fence) {
		t.Errorf("fences %d, %d, %d do not grow", a.Fence, b.Fence, back.Fence)
	}
	_, err = db.Lease(t.Context(), "another job", "b", noon, time.Minute)
	must(t, err)
	must(t, db.Release(t.Context(), "a job that never was", "b"))
	_, err = db.Lease(t.Context(), "", "b", noon, time.Minute)
	want(t, "lease without a name", err, store.ErrQuery)
	_, err = db.Lease(t.Context(), "job", "", noon, time.Minute)
	want(t, "lease without a holder", err, store.ErrQuery)
}

// leaseContention: at each instant one holder, and each holder its own fence.
func leaseContention(t *testing.T, db store.DB) {
	const holders, rounds = 12, 6
	var mu sync.Mutex
	byFence := make(map[int64]string)
	for round := range rounds {
		won := 0
		together(t, holders, func(i int) error {
			holder := fmt.Sprint("holder ", i)
			l, err := db.Lease(t.Context(), "job", holder, noon.Add(time.Duration(round)*time.Hour), time.Minute)
			if errors.Is(err, store.ErrLeased) {
				return nil
			}
			mu.Lock()
			defer mu.Unlock()
			won++
			if had := byFence[l.Fence]; had != "" && had != holder {
				return fmt.Errorf("fence %d of %s went to %s", l.Fence, had, holder)
			}
			byFence[l.Fence] = holder
			return err
		})
		if won != 1 {
			t.Errorf("round %d: %d holders at once, want 1", round, won)
		}
	}
}

func scrubAndPing(t *testing.T, db store.DB) {
	insert(t, db, thing("1", "red", "1"))
	must(t, db.Delete(t.Context(), Kind.Name, "1", 1))
	must(t, db.Scrub(t.Context()))
	must(t, db.Ping(t.Context()))
}

func closedStore(t *testing.T, db store.DB) {
	must(t, db.Close())
	must(t, db.Close())
	if err := db.Insert(t.Context(), Kind.Name, thing("1", "red", "1")); err == nil {
		t.Error("Insert into a closed store is no error")
	}
	if _, err := db.Get(t.Context(), Kind.Name, "1"); err == nil || errors.Is(err, store.ErrNotFound) {
		t.Errorf("Get from a closed store = %v", err)
	}
	if err := db.Ping(t.Context()); err == nil {
		t.Error("Ping of a closed store is no error")
	}
}
