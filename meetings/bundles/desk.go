package bundles

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"ruggespraak/internal/clock"
	"ruggespraak/internal/fault"
	"ruggespraak/internal/guard"
	"ruggespraak/internal/outbox"
	"ruggespraak/meetings/signals"
	"ruggespraak/people"
	"ruggespraak/store"
)

// Desk is who compiles, sends, and brings back. Safe for several goroutines.
type Desk struct {
	bundles   *store.Collection[Bundle]
	reactions *store.Collection[Reaction]
	effects   *store.Collection[Effect]

	book     *signals.Book
	guard    *guard.Guard
	accounts *people.Directory
	inbox    *people.Inbox
	mail     *outbox.Queue
	now      clock.Now
	wake     func()
	propose  func(ctx context.Context, id, title, link string) error
}

// Options are what a Desk works with. All are needed but Wake and Propose.
type Options struct {
	DB       store.DB
	Book     *signals.Book
	Guard    *guard.Guard
	Accounts *people.Directory
	Inbox    *people.Inbox
	Mail     *outbox.Queue
	Now      clock.Now // the consultation's clock
	Real     clock.Now

	// Wake tells the projector that events wait; it is called after the write.
	Wake func()
	// Propose puts a subject on the list for the next agenda; the same id
	// again must be harmless. Without it nothing is proposed.
	Propose func(ctx context.Context, id, title, link string) error
}

// New opens the collections and gives the Desk.
func New(ctx context.Context, o Options) (*Desk, error) {
	d := &Desk{
		book: o.Book, guard: o.Guard, accounts: o.Accounts, inbox: o.Inbox, mail: o.Mail,
		now: o.Now, wake: o.Wake, propose: o.Propose,
	}
	if d.wake == nil {
		d.wake = func() {}
	}
	var err error
	if d.bundles, err = store.Open(ctx, o.DB, spec(o.Real)); err != nil {
		return nil, err
	}
	if d.reactions, err = store.Open(ctx, o.DB, reactionSpec()); err != nil {
		return nil, err
	}
	if d.effects, err = store.Open(ctx, o.DB, effectSpec()); err != nil {
		return nil, err
	}
	return d, nil
}

// today is the day on the consultation's clock.
func (d *Desk) today() Day { return DayOf(d.now()) }

// load reads a bundle that the viewer may do this to; what the viewer may not
// know of is not found.
func (d *Desk) load(ctx context.Context, v people.Viewer, number string, verb people.Verb) (*Bundle, error) {
	b, err := d.bundles.Get(ctx, number)
	if err != nil {
		return nil, border(err)
	}
	if err := people.Allow(v, b.object(), verb); err != nil {
		return nil, err
	}
	return b, nil
}

// change is load and compare-and-set in one: work runs on the bundle while the
// viewer may do this to it, and may run several times.
func (d *Desk) change(ctx context.Context, v people.Viewer, number string, verb people.Verb, work func(*Bundle) error) (*Bundle, error) {
	b, err := d.bundles.Update(ctx, number, func(b *Bundle) error {
		if err := people.Allow(v, b.object(), verb); err != nil {
			return err
		}
		return work(b)
	})
	if err != nil {
		return nil, border(err)
	}
	if len(b.Events) > 0 {
		d.wake()
	}
	return b, nil
}

// edit changes what a bundle says: only while it is being drafted, and noted
// for the four eyes.
func (d *Desk) edit(ctx context.Context, v people.Viewer, number string, work func(*Bundle) error) error {
	_, err := d.change(ctx, v, number, people.Update, func(b *Bundle) error {
		if !b.editable() {
			return errFrozen()
		}
		if err := work(b); err != nil {
			return err
		}
		b.touched(v.Account, d.now())
		return nil
	})
	return err
}

// border turns what the store does not find into a page that is not found.
func border(err error) error {
	if errors.Is(err, store.ErrNotFound) {
		return fault.NotFoundError()
	}
	return err
}

func isNotFound(err error) bool { return errors.Is(err, store.ErrNotFound) }

func isExists(err error) bool { return errors.Is(err, store.ErrExists) }

func isConflict(err error) bool { return errors.Is(err, store.ErrConflict) }

func errFrozen() error {
	return fault.New(fault.Conflict, "Deze bundel is vastgesteld. Daarna verandert er niets meer aan de tekst.")
}

// Sources are the collections whose documents carry events.
func (d *Desk) Sources() []outbox.Source {
	return []outbox.Source{
		outbox.SourceOf("bundle", d.bundles, func(b *Bundle) *outbox.Log { return &b.Events }),
		outbox.SourceOf("effect", d.effects, func(e *Effect) *outbox.Log { return &e.Events }),
	}
}

// inState gives all bundles in a state, the oldest first. There are a few a
// year.
func (d *Desk) inState(ctx context.Context, s State) ([]*Bundle, error) {
	all, err := d.bundles.All(ctx, store.Query{Order: store.Order{"state"}, Equal: []string{string(s)}})
	if err != nil {
		return nil, fmt.Errorf("bundles that are %s: %w", s, err)
	}
	return all, nil
}

// mark is a Mark of now.
func (d *Desk) mark(v people.Viewer) Mark { return Mark{By: v.Account, At: d.now()} }

// withRole gives the accounts that hold a role now, in a fixed order.
func (d *Desk) withRole(ctx context.Context, r people.Role) ([]string, error) {
	holders, err := d.accounts.WithRole(ctx, r)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(holders))
	for i, h := range holders {
		ids[i] = h.ID
	}
	slices.Sort(ids)
	return ids, nil
}
