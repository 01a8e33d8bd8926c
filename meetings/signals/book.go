package signals

import (
	"context"
	"errors"
	"fmt"
	"time"

	"ruggespraak/internal/clock"
	"ruggespraak/internal/fault"
	"ruggespraak/internal/guard"
	"ruggespraak/internal/outbox"
	"ruggespraak/meetings/incidents"
	"ruggespraak/people"
	"ruggespraak/store"
)

// Options are what a Book needs. All but Wake and Likeness are required.
type Options struct {
	DB        store.DB
	Guard     *guard.Guard
	Likeness  Likeness  // zero: nothing is found and nothing is kept
	Now       clock.Now // the consultation's clock
	Real      clock.Now
	Accounts  *people.Directory
	Inbox     *people.Inbox
	Incidents *incidents.Register // where removals are noted
	Mail      *outbox.Queue
	Wake      func() // tells the projector that events were written; may be nil
}

// Book is where contributions are kept and decided about. Safe for several
// goroutines.
type Book struct {
	db            store.DB
	contributions *store.Collection[Contribution]
	drafts        *store.Collection[Draft]
	clusters      *store.Collection[clusterDoc]
	incidents     *incidents.Register
	guard         *guard.Guard
	likeness      Likeness
	now           clock.Now
	real          clock.Now
	accounts      *people.Directory
	inbox         *people.Inbox
	mail          *outbox.Queue
	wake          func()
}

// New opens the collections and gives the book.
func New(ctx context.Context, o Options) (*Book, error) {
	b := &Book{
		db: o.DB, guard: o.Guard, now: o.Now, real: o.Real,
		accounts: o.Accounts, inbox: o.Inbox, mail: o.Mail, wake: o.Wake, likeness: o.Likeness, incidents: o.Incidents,
	}
	if b.wake == nil {
		b.wake = func() {}
	}
	var err error
	if b.contributions, err = store.Open(ctx, o.DB, contributionSpec()); err != nil {
		return nil, err
	}
	if b.drafts, err = store.Open(ctx, o.DB, draftSpec()); err != nil {
		return nil, err
	}
	if b.clusters, err = store.Open(ctx, o.DB, clusterSpec()); err != nil {
		return nil, err
	}
	return b, nil
}

// errUnchanged ends a change without writing and without an error.
var errUnchanged = store.Unchanged

// found turns what the store says into what a person may read.
func found(err error) error {
	if errors.Is(err, store.ErrNotFound) {
		return fault.NotFoundError()
	}
	return err
}

// see gives the contribution when the viewer may do this to it.
func (b *Book) see(ctx context.Context, v people.Viewer, id string, verb people.Verb) (*Contribution, error) {
	c, err := b.contributions.Get(ctx, id)
	if err != nil {
		return nil, found(err)
	}
	if err := people.Allow(v, c.relation(v), verb); err != nil {
		return nil, err
	}
	return c, nil
}

// change is one compare-and-set of a contribution: whether the viewer may do
// this to it is decided on the same version that is written.
func (b *Book) change(ctx context.Context, v people.Viewer, id string, verb people.Verb, change func(*Contribution) error) error {
	_, err := b.contributions.Update(ctx, id, func(c *Contribution) error {
		if err := people.Allow(v, c.relation(v), verb); err != nil {
			return err
		}
		c.Changed = b.real()
		return change(c)
	})
	if err != nil {
		return found(err)
	}
	b.wake()
	return nil
}

// chairChange is a change that only the chair makes: on a contribution that
// the chair did not write, or on the chair's own.
func (b *Book) chairChange(ctx context.Context, v people.Viewer, id string, change func(*Contribution) error) error {
	return b.change(ctx, v, id, people.Act, func(c *Contribution) error {
		if err := onlyChair(v); err != nil {
			return err
		}
		return change(c)
	})
}

// onlyChair refuses everybody who may not act on contributions of others: an
// author may act on the own one, but not release it.
func onlyChair(v people.Viewer) error {
	return people.Allow(v, "contrib.sub.other.released", people.Act)
}

// Advance projects how far contributions have come, for the packages that know:
// agenda, discussed, bundled, lying with a body, answered, fed back. Telling it
// twice is harmless, and what happened earlier never overwrites what happened
// later. A stage without a status takes the contribution back to its own: a
// bundle was withdrawn. A meeting takes nothing back from a bundle, and those
// for CoMensha only are on no agenda, also not in a cluster. Ids that are
// unknown are passed over.
func (b *Book) Advance(ctx context.Context, ids []string, s Stage) error {
	if s.Status != "" && rank(s.Status) < 0 {
		return fmt.Errorf("advance contributions: %q is no stage", s.Status)
	}
	return b.advance(ctx, ids, s, func(c *Contribution) bool {
		return !s.ofMeeting() || c.Audience != CoMenshaOnly && rank(c.Stage.Status) <= rank(Discussed)
	})
}

// OffAgenda gives contributions that stood on an agenda their own status back;
// those that have come further since keep it.
func (b *Book) OffAgenda(ctx context.Context, ids []string, at time.Time) error {
	return b.advance(ctx, ids, Stage{At: at}, func(c *Contribution) bool { return c.Stage.ofMeeting() })
}

func (b *Book) advance(ctx context.Context, ids []string, s Stage, concerns func(*Contribution) bool) error {
	for _, id := range distinct(ids) {
		_, err := b.contributions.Update(ctx, id, func(c *Contribution) error {
			if !s.follows(c.Stage) || !concerns(c) {
				return errUnchanged
			}
			c.Stage = s
			return nil
		})
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return fmt.Errorf("advance contribution: %w", err)
		}
	}
	return nil
}

// SetOutcome notes what came of contributions; for the chair, who may change it
// later.
func (b *Book) SetOutcome(ctx context.Context, v people.Viewer, ids []string, o Outcome) error {
	if o.Kind != NoOutcome && labelOf(OutcomeTerms(), string(o.Kind)) == "" {
		return fault.New(fault.Invalid, "Kies een uitkomst.")
	}
	if o.Kind == LiesWith && o.Body == "" {
		return &fault.Error{Kind: fault.Invalid, Sentence: "Vul in waar het nu ligt.", Fields: []fault.Field{{Name: "orgaan", Sentence: "Vul in waar het nu ligt."}}}
	}
	if o.Kind != LiesWith {
		o.Body = ""
	}
	if err := b.refuseBlocked("orgaan", o.Body); err != nil {
		return err
	}
	o.At = b.now()
	for _, id := range distinct(ids) {
		err := b.chairChange(ctx, v, id, func(c *Contribution) error {
			if c.Outcome.Kind == o.Kind && c.Outcome.Body == o.Body {
				return errUnchanged
			}
			c.Outcome = o
			c.note(b.now(), v.Account, "uitkomst", string(o.Kind))
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}
