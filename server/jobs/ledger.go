package jobs

import (
	"context"
	"errors"
	"fmt"
	"time"

	"ruggespraak/store"
)

// State says how a run ended, or that it has not.
type State string

// The states of a run.
const (
	Busy   State = "bezig"
	Done   State = "klaar"
	Failed State = "mislukt"
)

// Outcome is a row of the ledger: a job and a planned instant.
type Outcome struct {
	store.Meta
	Job      string    `json:"job"`
	At       time.Time `json:"at"`
	ByHand   bool      `json:"byHand,omitempty"`
	State    State     `json:"state"`
	Attempts int       `json:"attempts"`
	Started  time.Time `json:"started"`
	Ended    time.Time `json:"ended,omitzero"`
	Next     time.Time `json:"next,omitzero"` // of a failed one: when it is tried again
	Reason   string    `json:"reason,omitempty"`
	Fence    int64     `json:"fence"` // of the lease under which it was started last
}

// kept is how many rows of a job stay in the ledger.
const kept = 60

func instant(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

func rowID(job string, at time.Time) string { return job + "/" + instant(at) }

func openLedger(ctx context.Context, db store.DB) (*store.Collection[Outcome], error) {
	return store.Open(ctx, db, store.Spec[Outcome]{
		Name:   "job_run",
		Orders: []store.Order{{"job", "at"}},
		Meta:   func(o *Outcome) *store.Meta { return &o.Meta },
		Keys:   func(o *Outcome) store.Keys { return store.Keys{"job": {o.Job}, "at": {instant(o.At)}} },
	})
}

// start writes that the run begins, under the fence of the lease. It answers
// errSettled when there is nothing to do: the run is done, or failed and not
// due again. A row that says «bezig» is of a run that died, for we hold the
// lease.
func (r *Runner) start(ctx context.Context, j Job, at time.Time, byHand bool, fence int64) error {
	now := r.real()
	row := &Outcome{
		Meta: store.Meta{ID: rowID(j.Name, at)}, Job: j.Name, At: at, ByHand: byHand,
		State: Busy, Attempts: 1, Started: now, Fence: fence,
	}
	err := r.ledger.Insert(ctx, row)
	if !errors.Is(err, store.ErrExists) {
		return err
	}
	_, err = r.ledger.Update(ctx, row.ID, func(o *Outcome) error {
		if o.State == Done || o.State == Failed && o.Next.After(now) || o.Fence > fence {
			return errSettled
		}
		o.State, o.Started, o.Fence, o.Reason = Busy, now, fence, ""
		o.Attempts++
		return nil
	})
	return err
}

// finish writes the outcome, unless a successor has taken the run over.
func (r *Runner) finish(ctx context.Context, j Job, at time.Time, fence int64, failure error) error {
	_, err := r.ledger.Update(ctx, rowID(j.Name, at), func(o *Outcome) error {
		if o.Fence != fence {
			return store.Unchanged
		}
		o.State, o.Ended, o.Next = Done, r.real(), time.Time{}
		if failure != nil {
			o.State, o.Reason, o.Next = Failed, reasonOf(failure), r.real().Add(retryAfter)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("outcome of job %s: %w", j.Name, err)
	}
	return nil
}

// prune keeps the newest rows of a job.
func (r *Runner) prune(ctx context.Context, job string) error {
	rows, _, err := r.ledger.Find(ctx, store.Query{Order: store.Order{"job", "at"}, Equal: []string{job}, Desc: true})
	if err != nil {
		return err
	}
	for _, o := range rows[min(kept, len(rows)):] {
		if err := r.ledger.Delete(ctx, o.ID); err != nil {
			return err
		}
	}
	return nil
}

// reasonOf says what sort of error it is: never its text, which is in the log.
func reasonOf(err error) string {
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return "duurde te lang"
	case errors.Is(err, context.Canceled):
		return "onderbroken"
	default:
		return "fout in het programma of de opslag"
	}
}
