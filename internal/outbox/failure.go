package outbox

import (
	"context"
	"errors"
	"time"

	"ruggespraak/store"
)

// ErrNoHandler is the failure of an event of a kind that nobody registered for.
var ErrNoHandler = errors.New("outbox: no handler for this kind of event")

// Failure is an event whose handler failed, kept until it succeeds. It holds no
// text of the error: that is in the log.
type Failure struct {
	store.Meta           // the id is the event's
	Source     string    `json:"source"`
	Doc        string    `json:"doc"`
	Kind       string    `json:"kind"`
	Attempts   int       `json:"attempts"`
	Reason     string    `json:"reason"` // what sort of error, see reasonOf
	First      time.Time `json:"first"`
	Last       time.Time `json:"last"`
	Next       time.Time `json:"next"`
}

func openFailures(ctx context.Context, db store.DB) (*store.Collection[Failure], error) {
	return store.Open(ctx, db, store.Spec[Failure]{
		Name:   "outbox_failure",
		Orders: []store.Order{{"source"}},
		Meta:   func(f *Failure) *store.Meta { return &f.Meta },
		Keys:   func(f *Failure) store.Keys { return store.Keys{"source": {f.Source}} },
	})
}

func (p *Projector) failuresOf(ctx context.Context, source string) (map[string]*Failure, error) {
	all, err := p.failures.All(ctx, store.Query{Order: store.Order{"source"}, Equal: []string{source}})
	if err != nil {
		return nil, err
	}
	byEvent := make(map[string]*Failure, len(all))
	for _, f := range all {
		byEvent[f.ID] = f
	}
	return byEvent, nil
}

// note keeps that the event failed, and when it is tried again. It works on
// when ctx has run out of time: a handler that hangs must be noted too.
func (p *Projector) note(ctx context.Context, s *projected, doc string, e Event, cause error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), documentLimit)
	defer cancel()
	now := p.real()
	f := &Failure{
		Meta: store.Meta{ID: e.ID}, Source: s.source.name, Doc: doc, Kind: e.Kind,
		Attempts: 1, Reason: reasonOf(cause), First: now, Last: now, Next: now.Add(firstWait),
	}
	err := p.failures.Insert(ctx, f)
	if !errors.Is(err, store.ErrExists) {
		return err
	}
	_, err = p.failures.Update(ctx, e.ID, func(f *Failure) error {
		f.Attempts++
		f.Reason, f.Last, f.Next = reasonOf(cause), now, now.Add(wait(f.Attempts))
		return nil
	})
	if errors.Is(err, store.ErrNotFound) { // another instance has just succeeded
		return nil
	}
	return err
}

// forget drops the failures of events that are done by now.
func (p *Projector) forget(ctx context.Context, failures map[string]*Failure, done map[string]bool) error {
	var failed error
	for id := range done {
		if failures[id] != nil {
			failed = errors.Join(failed, p.failures.Delete(ctx, id))
		}
	}
	return failed
}

// wait is the time between attempt n and the next one.
func wait(n int) time.Duration {
	if n > 20 { // 2 s doubled ten times is over longestWait already
		return longestWait
	}
	return min(firstWait<<(n-1), longestWait)
}

// reasonOf says what sort of error it is, for the administrator: never the
// text of an error.
func reasonOf(err error) string {
	switch {
	case errors.Is(err, ErrNoHandler):
		return "geen afhandeling bekend"
	case errors.Is(err, store.ErrNotFound):
		return "iets bestaat niet meer"
	case errors.Is(err, store.ErrConflict):
		return "te veel wijzigingen tegelijk"
	case errors.Is(err, context.DeadlineExceeded):
		return "duurde te lang"
	case errors.Is(err, context.Canceled):
		return "onderbroken"
	default:
		return "fout in het programma of de opslag"
	}
}
