package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/go-co-op/gocron/v2"

	"ruggespraak/internal/clock"
	"ruggespraak/internal/fault"
	"ruggespraak/store"
)

const (
	lookEvery   = 20 * time.Second // how often gocron wakes the runner
	leaseFor    = 45 * time.Second // a dead instance holds a job no longer than this
	renewEvery  = 15 * time.Second
	jobLimit    = 15 * time.Minute
	retryAfter  = 5 * time.Minute // after a failure
	settleLimit = 10 * time.Second
)

// errSettled says that a run needs nobody any more.
var errSettled = errors.New("jobs: run is settled")

// Job is planned work. Run gets the planned instant and does all that was due
// by then; it may run twice for the same instant and must then change nothing
// more.
type Job struct {
	Name  string // for the ledger and the command line; lower case, unique
	Title string // Dutch, for the administrator
	Plan  Plan
	Run   func(ctx context.Context, at time.Time) error
}

// Options are what a runner needs.
type Options struct {
	DB   store.DB
	Real clock.Now    // for leases
	Now  clock.Now    // the consultation's, on which jobs are planned
	Log  *slog.Logger // nil: slog.Default()
}

// Runner runs jobs. Add all of them first; after that it is safe for several
// goroutines.
type Runner struct {
	db     store.DB
	ledger *store.Collection[Outcome]
	real   clock.Now
	now    clock.Now
	log    *slog.Logger
	jobs   []Job
	turn   chan struct{} // one pass at a time in this instance
}

// New makes a runner without jobs.
func New(ctx context.Context, o Options) (*Runner, error) {
	ledger, err := openLedger(ctx, o.DB)
	if err != nil {
		return nil, err
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	return &Runner{db: o.DB, ledger: ledger, real: o.Real, now: o.Now, log: o.Log, turn: make(chan struct{}, 1)}, nil
}

// Add registers a job. A name that is taken is a programmer's mistake and panics.
func (r *Runner) Add(j Job) {
	if _, ok := r.job(j.Name); ok {
		panic("jobs: two jobs are named " + j.Name)
	}
	r.jobs = append(r.jobs, j)
}

func (r *Runner) job(name string) (Job, bool) {
	i := slices.IndexFunc(r.jobs, func(j Job) bool { return j.Name == name })
	if i < 0 {
		return Job{}, false
	}
	return r.jobs[i], true
}

// Run runs jobs as they become due, until the context ends; then it waits for
// the one that is running, whose context has ended too.
func (r *Runner) Run(ctx context.Context) error {
	scheduler, err := gocron.NewScheduler(gocron.WithLocation(time.UTC), gocron.WithStopTimeout(settleLimit))
	if err != nil {
		return fmt.Errorf("start jobs: %w", err)
	}
	pass := func() {
		if err := r.CatchUp(ctx); err != nil && ctx.Err() == nil {
			r.log.ErrorContext(ctx, "running jobs", "error", err)
		}
	}
	_, err = scheduler.NewJob(gocron.DurationJob(lookEvery), gocron.NewTask(pass),
		gocron.WithSingletonMode(gocron.LimitModeReschedule), gocron.WithStartAt(gocron.WithStartImmediately()))
	if err != nil {
		return fmt.Errorf("start jobs: %w", err)
	}
	scheduler.Start()
	<-ctx.Done()
	if err := scheduler.Shutdown(); err != nil {
		return fmt.Errorf("stop jobs: %w", err)
	}
	return nil
}

// CatchUp runs, for each job, the latest planned instant that has not been
// done. It is what every wake does, and what the demo asks for after moving
// the clock. A job that fails keeps no other from running.
func (r *Runner) CatchUp(ctx context.Context) error {
	select {
	case r.turn <- struct{}{}:
		defer func() { <-r.turn }()
	case <-ctx.Done():
		return ctx.Err()
	}
	var failed error
	for _, j := range r.jobs {
		if ctx.Err() != nil {
			return errors.Join(failed, ctx.Err())
		}
		failed = errors.Join(failed, r.catchUp(ctx, j))
	}
	return failed
}

// catchUp looks before it takes the lease: most wakes find nothing to do and
// write nothing.
func (r *Runner) catchUp(ctx context.Context, j Job) error {
	at := j.Plan.latest(r.now())
	row, err := r.ledger.Get(ctx, rowID(j.Name, at))
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	if err == nil && (row.State == Done || row.State == Failed && row.Next.After(r.real())) {
		return nil
	}
	return r.run(ctx, j, at, false)
}

// RunNow runs a job by hand, for the instant of now. The error is a NotFound
// fault for an unknown name, a Conflict fault while it runs elsewhere.
func (r *Runner) RunNow(ctx context.Context, name string) error {
	j, ok := r.job(name)
	if !ok {
		return fault.NotFoundError()
	}
	err := r.run(ctx, j, r.now(), true)
	if errors.Is(err, store.ErrLeased) {
		return fault.Wrap(fault.Conflict, "Deze taak is al bezig.", err)
	}
	return err
}

// run runs a job for an instant under its lease, if another instance does not.
func (r *Runner) run(ctx context.Context, j Job, at time.Time, byHand bool) error {
	holder := store.NewID() // of this run: two runs of one instance exclude each other too
	lease, err := r.db.Lease(ctx, leaseName(j), holder, r.real(), leaseFor)
	if errors.Is(err, store.ErrLeased) && !byHand {
		return nil
	}
	if err != nil {
		return fmt.Errorf("lease of job %s: %w", j.Name, err)
	}
	defer r.release(ctx, j, holder)
	if err := r.start(ctx, j, at, byHand, lease.Fence); errors.Is(err, errSettled) {
		return nil
	} else if err != nil {
		return fmt.Errorf("start job %s: %w", j.Name, err)
	}
	failure := r.guarded(ctx, j, at, holder)

	// Also when ctx has ended: the ledger must not say «bezig» for ever.
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleLimit)
	defer cancel()
	err = r.finish(end, j, at, lease.Fence, failure)
	if failure != nil {
		return errors.Join(fmt.Errorf("job %s: %w", j.Name, failure), err)
	}
	return errors.Join(err, r.prune(end, j.Name))
}

func leaseName(j Job) string { return "job/" + j.Name }

func (r *Runner) release(ctx context.Context, j Job, holder string) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleLimit)
	defer cancel()
	if err := r.db.Release(ctx, leaseName(j), holder); err != nil {
		r.log.ErrorContext(ctx, "release job", "job", j.Name, "error", err)
	}
}

// guarded runs the function while the lease is renewed, and turns a panic into
// an error. When the lease is lost the function's context ends.
func (r *Runner) guarded(ctx context.Context, j Job, at time.Time, holder string) (err error) {
	ctx, cancel := context.WithTimeout(ctx, jobLimit)
	renewed := make(chan struct{})
	go func() {
		defer close(renewed)
		defer cancel()
		r.renew(ctx, j, holder)
	}()
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panicked: %v", p)
		}
		cancel()
		<-renewed
	}()
	return j.Run(ctx, at)
}

// renew keeps the lease until the context ends or the lease is lost.
func (r *Runner) renew(ctx context.Context, j Job, holder string) {
	tick := time.NewTicker(renewEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if _, err := r.db.Lease(ctx, leaseName(j), holder, r.real(), leaseFor); errors.Is(err, store.ErrLeased) {
			return
		}
	}
}

// Status is a job with its plan and its last outcome.
type Status struct {
	Name, Title string
	Plan        string // in Dutch
	Next        time.Time
	Last        *Outcome // nil: it has never run
}

// List gives all jobs in the order in which they were added.
func (r *Runner) List(ctx context.Context) ([]Status, error) {
	all := make([]Status, len(r.jobs))
	for i, j := range r.jobs {
		rows, _, err := r.ledger.Find(ctx, store.Query{
			Order: store.Order{"job", "at"}, Equal: []string{j.Name}, Desc: true, Limit: 1,
		})
		if err != nil {
			return nil, err
		}
		all[i] = Status{Name: j.Name, Title: j.Title, Plan: j.Plan.String(), Next: j.Plan.next(r.now())}
		if len(rows) > 0 {
			all[i].Last = rows[0]
		}
	}
	return all, nil
}
