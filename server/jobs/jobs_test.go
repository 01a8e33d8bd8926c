package jobs_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"
	_ "time/tzdata" // a machine without zones must plan the same

	"github.com/google/go-cmp/cmp"

	"ruggespraak/internal/fault"
	"ruggespraak/server/jobs"
	"ruggespraak/store"
	"ruggespraak/store/storetest"
)

// hall is a store, a clock and the runners of several instances.
type hall struct {
	db  store.DB
	now atomic.Int64
}

func newHall(t *testing.T) *hall {
	t.Helper()
	h := &hall{db: storetest.Open(t)}
	h.set(time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC))
	return h
}

func (h *hall) clock() time.Time     { return time.UnixMilli(h.now.Load()).UTC() }
func (h *hall) set(t time.Time)      { h.now.Store(t.UnixMilli()) }
func (h *hall) move(d time.Duration) { h.set(h.clock().Add(d)) }
func amsterdam(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func (h *hall) newRunner(t *testing.T, run func(context.Context, time.Time) error) *jobs.Runner {
	t.Helper()
	r, err := jobs.New(t.Context(), jobs.Options{DB: h.db, Real: h.clock, Now: h.clock})
	if err != nil {
		t.Fatal(err)
	}
	r.Add(jobs.Job{Name: "effect", Title: "Effectvraag", Plan: jobs.Daily(8, 0, amsterdam(t)), Run: run})
	return r
}

func mustCatchUp(t *testing.T, r *jobs.Runner) {
	t.Helper()
	if err := r.CatchUp(t.Context()); err != nil {
		t.Fatalf("CatchUp = %v", err)
	}
}

func mustLast(t *testing.T, r *jobs.Runner) *jobs.Outcome {
	t.Helper()
	all, err := r.List(t.Context())
	if err != nil || len(all) != 1 || all[0].Last == nil {
		t.Fatalf("List = %v, %v, want one job with an outcome", all, err)
	}
	return all[0].Last
}

func TestLatestMissedInstantIsMadeUpOnce(t *testing.T) {
	h := newHall(t)
	var ran []string
	r := h.newRunner(t, func(_ context.Context, at time.Time) error {
		ran = append(ran, at.Format(time.RFC3339))
		return nil
	})
	mustCatchUp(t, r)
	mustCatchUp(t, r)
	h.move(30 * 24 * time.Hour) // stopped for a month, over the change to summer time
	mustCatchUp(t, r)
	mustCatchUp(t, r)
	if diff := cmp.Diff([]string{"2026-03-01T07:00:00Z", "2026-03-31T06:00:00Z"}, ran); diff != "" {
		t.Errorf("ran for (-want +got):\n%s", diff)
	}
	if last := mustLast(t, r); last.State != jobs.Done || last.Attempts != 1 {
		t.Errorf("last outcome = %+v, want done at the first attempt", last)
	}
}

// Three instances over one store, a thousand days: every day once.
func TestThreeInstancesRunEachInstantOnce(t *testing.T) {
	h := newHall(t)
	var mu sync.Mutex
	ran := map[time.Time]int{}
	var instances []*jobs.Runner
	for range 3 {
		instances = append(instances, h.newRunner(t, func(_ context.Context, at time.Time) error {
			mu.Lock()
			defer mu.Unlock()
			ran[at]++
			return nil
		}))
	}
	days := 1000
	if testing.Short() {
		days = 100
	}
	for range days {
		var all sync.WaitGroup
		for _, r := range instances {
			all.Go(func() {
				if err := r.CatchUp(t.Context()); err != nil {
					t.Errorf("CatchUp = %v", err)
				}
			})
		}
		all.Wait()
		h.move(24 * time.Hour)
	}
	if len(ran) != days {
		t.Errorf("instants that ran = %d, want %d", len(ran), days)
	}
	for at, n := range ran {
		if n != 1 {
			t.Errorf("%v ran %d times, want once", at, n)
		}
	}
}

// An instance that died in the middle left a lease and a row that says «bezig».
func TestDeadRunIsTakenOver(t *testing.T) {
	h := newHall(t)
	dying, die := context.WithCancel(t.Context())
	started := make(chan struct{})
	stuck := make(chan struct{})
	first := h.newRunner(t, func(context.Context, time.Time) error {
		close(started)
		<-stuck // it does not hear its context: as good as dead
		return nil
	})
	ended := make(chan struct{})
	go func() { _ = first.CatchUp(dying); close(ended) }()
	<-started
	ran := 0
	second := h.newRunner(t, func(context.Context, time.Time) error { ran++; return nil })
	mustCatchUp(t, second)
	if ran != 0 {
		t.Fatal("the second instance ran under the first one's lease")
	}
	h.move(time.Minute) // the lease has ended
	mustCatchUp(t, second)
	if last := mustLast(t, second); ran != 1 || last.State != jobs.Done || last.Attempts != 2 {
		t.Errorf("ran %d times, outcome = %+v, want once and done", ran, last)
	}
	die()
	close(stuck)
	<-ended
	if last := mustLast(t, second); last.State != jobs.Done {
		t.Errorf("the dead run wrote %s over its successor's outcome", last.State)
	}
}

func TestFailedRunIsSeenAndTriedAgain(t *testing.T) {
	h := newHall(t)
	failure := errors.New("text of Jan de Vries")
	r := h.newRunner(t, func(context.Context, time.Time) error { return failure })
	if err := r.CatchUp(t.Context()); !errors.Is(err, failure) {
		t.Fatalf("CatchUp = %v, want the job's error", err)
	}
	if last := mustLast(t, r); last.State != jobs.Failed || last.Reason != "fout in het programma of de opslag" {
		t.Errorf("outcome = %+v, want failed without the error's text", last)
	}
	failure = nil
	mustCatchUp(t, r)
	if last := mustLast(t, r); last.State != jobs.Failed {
		t.Errorf("state = %s at once, want a pause first", last.State)
	}
	h.move(5 * time.Minute)
	mustCatchUp(t, r)
	if last := mustLast(t, r); last.State != jobs.Done || last.Attempts != 2 {
		t.Errorf("outcome = %+v, want done at the second attempt", last)
	}
}

func TestPanickingJobFails(t *testing.T) {
	h := newHall(t)
	r := h.newRunner(t, func(context.Context, time.Time) error { panic("oops") })
	if err := r.CatchUp(t.Context()); err == nil {
		t.Error("CatchUp = nil, want an error")
	}
	if last := mustLast(t, r); last.State != jobs.Failed {
		t.Errorf("state = %s, want %s", last.State, jobs.Failed)
	}
}

func TestRunNow(t *testing.T) {
	h := newHall(t)
	ran := 0
	r := h.newRunner(t, func(context.Context, time.Time) error { ran++; return nil })
	mustCatchUp(t, r)
	if err := r.RunNow(t.Context(), "effect"); err != nil || ran != 2 {
		t.Errorf("RunNow = %v, ran %d times, want 2", err, ran)
	}
	if last := mustLast(t, r); !last.ByHand {
		t.Errorf("outcome = %+v, want one by hand", last)
	}
	if err := r.RunNow(t.Context(), "unknown"); !fault.Is(err, fault.NotFound) {
		t.Errorf("RunNow(unknown) = %v, want not found", err)
	}
}

func TestRunStartsAtOnceAndEndsWithItsContext(t *testing.T) {
	h := newHall(t)
	ran := make(chan time.Time, 1)
	r := h.newRunner(t, func(_ context.Context, at time.Time) error { ran <- at; return nil })
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- r.Run(ctx) }()
	<-ran
	stop()
	if err := <-ended; err != nil {
		t.Errorf("Run = %v", err)
	}
}

func TestLedgerStaysSmall(t *testing.T) {
	h := newHall(t)
	r := h.newRunner(t, func(context.Context, time.Time) error { return nil })
	for range 80 {
		mustCatchUp(t, r)
		h.move(24 * time.Hour)
	}
	page, err := h.db.Find(t.Context(), "job_run", store.Query{})
	if err != nil || len(page.Docs) != 60 {
		t.Errorf("rows = %d, %v, want 60", len(page.Docs), err)
	}
}
