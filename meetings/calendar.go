package meetings

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"ruggespraak/internal/clock"
	"ruggespraak/internal/fault"
	"ruggespraak/internal/guard"
	"ruggespraak/internal/outbox"
	"ruggespraak/people"
	"ruggespraak/store"
)

// Options is what the calendar works with. All are needed.
type Options struct {
	DB    store.DB
	Guard *guard.Guard
	Now   clock.Now // the consultation's clock
	Real  clock.Now
	// Names gives the full names of accounts, which raise no question in agenda and minutes.
	Names func(context.Context) ([]string, error)
	// MayPlace is nil when this may stand on an agenda of the network.
	MayPlace func(context.Context, Link) error
	// Leaving notes in the form what may not leave to a body in texts under the
	// names of their fields.
	Leaving func(ctx context.Context, form *fault.Form, texts map[string]string) error
	// MayRemove is nil when nothing stands elsewhere about this item.
	MayRemove func(ctx context.Context, meeting, item string) error
	// MayInvite is nil when this account may be invited to an item: it is of the
	// SOM or the Task Force.
	MayInvite func(ctx context.Context, account string) error
	Wake      func() // tells the projector that events wait; after the write
}

// Calendar keeps the meetings. Safe for several goroutines.
type Calendar struct {
	meetings  *store.Collection[Meeting]
	proposals *store.Collection[Proposal]
	guard     *guard.Guard
	now       clock.Now
	names     func(context.Context) ([]string, error)
	mayPlace  func(context.Context, Link) error
	leaving   func(context.Context, *fault.Form, map[string]string) error
	wake      func()
	mayInvite func(context.Context, string) error
	mayRemove func(ctx context.Context, meeting, item string) error
}

// NewCalendar opens the calendar.
func NewCalendar(ctx context.Context, o Options) (*Calendar, error) {
	all, err := store.Open(ctx, o.DB, spec(o.Real))
	if err != nil {
		return nil, err
	}
	proposals, err := store.Open(ctx, o.DB, proposalSpec())
	if err != nil {
		return nil, err
	}
	return &Calendar{meetings: all, proposals: proposals, guard: o.Guard, now: o.Now, names: o.Names, mayPlace: o.MayPlace, mayInvite: o.MayInvite, mayRemove: o.MayRemove, leaving: o.Leaving, wake: o.Wake}, nil
}

// EventChanged is the kind of the event that an agenda or a meeting's state
// changed; whoever follows what stands on agendas reads the meeting again.
const EventChanged = "overleg.gewijzigd"

// EventTaken is the kind of the event that something went off an agenda; its
// data is a Link.
const EventTaken = "overleg.afgehaald"

// EventOpened is the kind of the event that a meeting was convened.
const EventOpened = "overleg.bijeengeroepen"

// EventInvited is the kind of the event that an account was invited to an item;
// its data is an Invitation.
const EventInvited = "overleg.uitgenodigd"

// Sources are the documents of this package that hold events.
func (c *Calendar) Sources() []outbox.Source {
	return []outbox.Source{outbox.SourceOf("overleg", c.meetings, func(m *Meeting) *outbox.Log { return &m.Events })}
}

// Listed is a meeting in a list.
type Listed struct {
	ID     string
	Kind   Kind
	Title  string
	State  State
	Begins time.Time
	Ends   time.Time
	Items  int
}

// Over tells whether the day of a meeting has passed: it was held, or was not,
// and nobody closed it.
func (l Listed) Over(now time.Time) bool { return over(l.State, l.Ends, now) }

func over(s State, ends, now time.Time) bool {
	return (s == Open || s == Live) && inZone(ends).Format(time.DateOnly) < inZone(now).Format(time.DateOnly)
}

// listPage is how many meetings a list shows at a time.
const listPage = 50

// List gives the meetings the viewer may know of, latest first. next goes on.
func (c *Calendar) List(ctx context.Context, v people.Viewer, after string) (all []Listed, next string, err error) {
	if err := c.mayList(v); err != nil {
		return nil, "", err
	}
	rows, next, err := store.Rows[row](ctx, c.meetings, store.Query{Order: orderBegin, Equal: []string{listOf(v)}, Desc: true, Limit: listPage, After: after})
	if errors.Is(err, store.ErrCursor) {
		return nil, "", fault.NotFoundError()
	}
	if err != nil {
		return nil, "", err
	}
	for _, r := range rows {
		m := Meeting{Kind: r.Row.Kind, State: r.Row.State, Picked: r.Row.Picked}
		if people.Allow(v, m.relation(v), people.List) == nil {
			all = append(all, Listed{r.ID, r.Row.Kind, r.Row.Title, r.Row.State, r.Row.Begins, r.Row.Ends, r.Row.Items})
		}
	}
	return all, next, nil
}

func (c *Calendar) mayList(v people.Viewer) error {
	for _, o := range []people.Object{relMeta, relBody, relDraft} {
		if people.May(v.ActiveRole(), o, people.List) {
			return nil
		}
	}
	return fault.NotFoundError()
}

// Next is the first meeting of the network that is not closed and that the
// viewer may know of; nil when there is none.
func (c *Calendar) Next(ctx context.Context, v people.Viewer) (*Listed, error) {
	from := sortable(c.now().Add(-24 * time.Hour))
	rows, _, err := store.Rows[row](ctx, c.meetings, store.Query{Order: orderBegin, Equal: []string{listOf(v)}, From: from, Limit: listPage})
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		m := Meeting{Kind: r.Row.Kind, State: r.Row.State, Picked: r.Row.Picked}
		if m.State == Closed || m.State == Draft || over(m.State, r.Row.Ends, c.now()) || m.Kind.OfBody() || people.Allow(v, m.relation(v), people.List) != nil {
			continue
		}
		return &Listed{r.ID, r.Row.Kind, r.Row.Title, r.Row.State, r.Row.Begins, r.Row.Ends, r.Row.Items}, nil
	}
	return nil, nil
}

// ToClose lists, of the last fifty meetings, those of the network whose day has
// passed and that nobody closed, latest first. For who may close them.
func (c *Calendar) ToClose(ctx context.Context, v people.Viewer) ([]Listed, error) {
	if !people.May(v.ActiveRole(), relMeta, people.Act) {
		return nil, nil
	}
	rows, _, err := store.Rows[row](ctx, c.meetings, store.Query{Order: orderBegin, Equal: []string{listOf(v)}, To: sortable(c.now()), Desc: true, Limit: listPage})
	if err != nil {
		return nil, err
	}
	var all []Listed
	for _, r := range rows {
		l := Listed{r.ID, r.Row.Kind, r.Row.Title, r.Row.State, r.Row.Begins, r.Row.Ends, r.Row.Items}
		if l.Over(c.now()) && !l.Kind.OfBody() {
			all = append(all, l)
		}
	}
	return all, nil
}

// Upcoming lists the meetings that are not closed and whose agenda the viewer
// may change, soonest first: where something can be placed.
func (c *Calendar) Upcoming(ctx context.Context, v people.Viewer) ([]*Meeting, error) {
	if err := people.Allow(v, relItem, people.Update); err != nil {
		return nil, err
	}
	from := sortable(c.now().Add(-24 * time.Hour))
	all, _, err := c.meetings.Find(ctx, store.Query{Order: orderBegin, Equal: []string{listOf(v)}, From: from, Limit: listPage})
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(all, func(m *Meeting) bool { return m.State == Closed || m.Kind.OfBody() }), nil
}

// get reads a meeting that the viewer may do this to.
func (c *Calendar) get(ctx context.Context, v people.Viewer, id string, verb people.Verb) (*Meeting, error) {
	m, err := c.meetings.Get(ctx, id)
	if errors.Is(err, store.ErrNotFound) {
		return nil, fault.NotFoundError()
	}
	if err != nil {
		return nil, fmt.Errorf("read meeting: %w", err)
	}
	if err := people.Allow(v, m.relation(v), verb); err != nil {
		return nil, err
	}
	return m, nil
}

// update changes a meeting that the viewer may do this to, and wakes the
// projector after the write.
func (c *Calendar) update(ctx context.Context, v people.Viewer, id string, verb people.Verb, change func(*Meeting) error) (*Meeting, error) {
	m, err := c.meetings.Update(ctx, id, func(m *Meeting) error {
		if err := people.Allow(v, m.relation(v), verb); err != nil {
			return err
		}
		if v.ActiveRole() == people.TaskForce && verb != people.Read && m.Kind != TaskForce {
			return fault.ForbiddenError() // the secretariat enters its own meetings only
		}
		return change(m)
	})
	if errors.Is(err, store.ErrNotFound) {
		return nil, fault.NotFoundError()
	}
	if err != nil {
		return nil, err
	}
	c.wake()
	return m, nil
}
