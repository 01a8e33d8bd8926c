package outbox

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"time"

	"ruggespraak/internal/clock"
	"ruggespraak/store"
)

const (
	pollEvery     = 2 * time.Second // for events that another instance wrote, and for second attempts
	gatherFor     = 20 * time.Millisecond
	leaseFor      = 30 * time.Second // longer than a page of documents takes
	documentLimit = 20 * time.Second // for all handlers of one document
	firstWait     = 2 * time.Second  // after the first failure; doubled each time
	longestWait   = 10 * time.Minute
)

// Handler makes the effects of an event of the document doc. It may run more
// than once for the same event and must then change nothing more. An error
// keeps the event, which is tried again later.
type Handler func(ctx context.Context, doc string, e Event) error

// ProjectorOptions are what a projector needs.
type ProjectorOptions struct {
	DB   store.DB
	Real clock.Now    // for leases and second attempts
	Log  *slog.Logger // nil: slog.Default()
}

// Projector hands events to handlers. Add everything before Run or Drain;
// after that it is safe for several goroutines.
type Projector struct {
	db       store.DB
	real     clock.Now
	log      *slog.Logger
	holder   string
	failures *store.Collection[Failure]
	sources  map[string]*projected
	wake     chan struct{}
}

// projected is a source with what must happen for its events.
type projected struct {
	source   Source
	handlers map[string][]Handler
}

// NewProjector makes a projector without sources.
func NewProjector(ctx context.Context, o ProjectorOptions) (*Projector, error) {
	failures, err := openFailures(ctx, o.DB)
	if err != nil {
		return nil, err
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	return &Projector{
		db: o.DB, real: o.Real, log: o.Log, holder: store.NewID(), failures: failures,
		sources: map[string]*projected{}, wake: make(chan struct{}, 1),
	}, nil
}

// Add registers handlers for the events of a source, by kind of event. A source
// may be added several times: all its handlers for a kind then run.
func (p *Projector) Add(s Source, handlers map[string]Handler) {
	at := p.sources[s.name]
	if at == nil {
		at = &projected{source: s, handlers: map[string][]Handler{}}
		p.sources[s.name] = at
	}
	for kind, h := range handlers {
		at.handlers[kind] = append(at.handlers[kind], h)
	}
}

// Wake says that events were written. It never blocks and may be called
// before Run.
func (p *Projector) Wake() {
	select {
	case p.wake <- struct{}{}:
	default: // a waiting wake covers this one
	}
}

// Run projects until the context ends: a moment after it was woken, so that what
// was written reaches people first and what comes right behind it is projected
// with it, and every two seconds for what other instances wrote or what failed
// before.
func (p *Projector) Run(ctx context.Context) {
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for {
		for _, s := range p.ordered() {
			p.project(ctx, s)
		}
		select {
		case <-ctx.Done():
			return
		case <-p.wake:
			select {
			case <-ctx.Done():
				return
			case <-time.After(gatherFor):
			}
		case <-tick.C:
		}
	}
}

// Drain projects until nothing waits, without a lease and without waiting for
// second attempts: for tests and for loading the demo. The error tells which
// events could not be projected.
func (p *Projector) Drain(ctx context.Context) error {
	for {
		done, failed := 0, error(nil)
		for _, s := range p.ordered() {
			n, err := p.pass(ctx, s, nil)
			done += n
			failed = errors.Join(failed, err)
		}
		if done == 0 || ctx.Err() != nil {
			return errors.Join(failed, ctx.Err())
		}
	}
}

// Failures lists the events whose handlers failed, oldest first.
func (p *Projector) Failures(ctx context.Context) ([]*Failure, error) {
	all, err := p.failures.All(ctx, store.Query{})
	slices.SortFunc(all, func(a, b *Failure) int { return a.First.Compare(b.First) })
	return all, err
}

// Again makes a failed event due at once; of one that has succeeded meanwhile
// it is nothing.
func (p *Projector) Again(ctx context.Context, event string) error {
	_, err := p.failures.Update(ctx, event, func(f *Failure) error {
		f.Next = p.real()
		return nil
	})
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	p.Wake()
	return err
}

func (p *Projector) ordered() []*projected {
	all := make([]*projected, 0, len(p.sources))
	for _, name := range slices.Sorted(maps.Keys(p.sources)) {
		all = append(all, p.sources[name])
	}
	return all
}

// project is a pass under the lease of the source, taken only when something
// waits: an idle product writes nothing.
func (p *Projector) project(ctx context.Context, s *projected) {
	docs, _, err := s.source.waiting(ctx, "")
	if err != nil {
		p.complain(ctx, s, err)
		return
	}
	if len(docs) == 0 || p.lease(ctx, s) != nil {
		return
	}
	defer func() {
		// Also when ctx has ended: the next instance need not wait for the end of the lease.
		if err := p.db.Release(context.WithoutCancel(ctx), leaseName(s), p.holder); err != nil {
			p.complain(ctx, s, err)
		}
	}()
	for ctx.Err() == nil {
		now := p.real()
		n, err := p.pass(ctx, s, &now)
		p.complain(ctx, s, err)
		if n == 0 {
			return
		}
	}
}

func leaseName(s *projected) string { return "outbox/" + s.source.name }

func (p *Projector) lease(ctx context.Context, s *projected) error {
	_, err := p.db.Lease(ctx, leaseName(s), p.holder, p.real(), leaseFor)
	if err != nil && !errors.Is(err, store.ErrLeased) {
		p.complain(ctx, s, err)
	}
	return err
}

func (p *Projector) complain(ctx context.Context, s *projected, err error) {
	if err != nil && ctx.Err() == nil {
		p.log.ErrorContext(ctx, "projecting events", "source", s.source.name, "error", err)
	}
}

// pass goes once through the waiting documents. due is when failed events may
// be tried again; nil tries all of them, and needs no lease. It gives the
// number of events that are done.
func (p *Projector) pass(ctx context.Context, s *projected, due *time.Time) (done int, failed error) {
	failures, err := p.failuresOf(ctx, s.source.name)
	if err != nil {
		return 0, err
	}
	for after := ""; ; {
		docs, next, err := s.source.waiting(ctx, after)
		if err != nil {
			return done, errors.Join(failed, err)
		}
		for _, d := range docs {
			n, err := p.document(ctx, s, d, failures, due)
			done += n
			failed = errors.Join(failed, err)
		}
		if next == "" || ctx.Err() != nil || due != nil && p.lease(ctx, s) != nil {
			return done, failed
		}
		after = next
	}
}

// document runs the handlers for the events of one document and takes out what
// is done. An event that fails keeps no other from being handled.
func (p *Projector) document(ctx context.Context, s *projected, d waiting, failures map[string]*Failure, due *time.Time) (int, error) {
	ctx, cancel := context.WithTimeout(ctx, documentLimit)
	defer cancel()
	done := map[string]bool{}
	var failed error
	for _, e := range d.log {
		before := failures[e.ID]
		if before != nil && due != nil && before.Next.After(*due) {
			continue
		}
		if err := s.handle(ctx, d.id, e); err != nil {
			failed = errors.Join(failed, fmt.Errorf("%s of %s: %w", e.Kind, s.source.name, err), p.note(ctx, s, d.id, e, err))
			continue
		}
		done[e.ID] = true
	}
	if len(done) == 0 {
		return 0, failed
	}
	if err := s.source.clear(ctx, d.id, done); err != nil && !errors.Is(err, store.ErrNotFound) {
		return 0, errors.Join(failed, fmt.Errorf("clear events of %s: %w", s.source.name, err))
	}
	return len(done), errors.Join(failed, p.forget(ctx, failures, done))
}

// handle runs all handlers of the event; one that fails keeps no other from
// running.
func (s *projected) handle(ctx context.Context, doc string, e Event) error {
	handlers := s.handlers[e.Kind]
	if len(handlers) == 0 {
		return ErrNoHandler
	}
	var failed error
	for _, h := range handlers {
		failed = errors.Join(failed, guarded(ctx, h, doc, e))
	}
	return failed
}

// guarded turns a panic of a handler into an error: one broken handler must not
// stop the others.
func guarded(ctx context.Context, h Handler, doc string, e Event) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("handler panicked: %v", r)
		}
	}()
	return h(ctx, doc, e)
}
