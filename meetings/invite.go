package meetings

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"ruggespraak/internal/fault"
	"ruggespraak/people"
	"ruggespraak/store"
)

// Invitation is that an account may take part in the discussion of one item.
type Invitation struct {
	Item    string `json:"item"`
	Account string `json:"account"`
}

// Invite sets which accounts of the SOM and the Task Force read and write along
// with one item, while the meeting is not closed; for the chair. Who is left
// out is not invited any more.
func (c *Calendar) Invite(ctx context.Context, v people.Viewer, id, item string, accounts []string) error {
	if err := people.Allow(v, relInvited, people.Update); err != nil {
		return err
	}
	slices.Sort(accounts)
	accounts = slices.Compact(accounts)
	for _, a := range accounts {
		if err := c.mayInvite(ctx, a); err != nil {
			return err
		}
	}
	_, err := c.update(ctx, v, id, people.Update, func(m *Meeting) error {
		i := m.item(item)
		switch {
		case i == nil:
			return fault.NotFoundError()
		case m.State == Closed:
			return errClosed
		case m.State == Draft || m.Kind.OfBody() || i.Internal:
			return fault.New(fault.Conflict, "Bij dit punt kunt u nu niemand uitnodigen.")
		case slices.Equal(i.Invited, accounts):
			return store.Unchanged
		}
		for _, a := range accounts {
			if !slices.Contains(i.Invited, a) {
				m.Events.Add(EventInvited, c.now(), Invitation{Item: item, Account: a})
			}
		}
		i.Invited = accounts
		return nil
	})
	return err
}

// Talk is how the discussion of an item stands for a viewer.
type Talk struct {
	Meeting  string        // title
	Item     string        // title
	Relation people.Object // "msg.other", "msg.guestitem", "msg.closed", …
	Open     bool          // new messages are taken
	Live     bool          // the meeting goes on
	Guests   bool          // the SOM or the Task Force reads along
}

// TalkOf tells how the discussion of an item stands for the viewer. A NotFound
// fault when there is none for this viewer: before the meeting is convened, in
// a meeting of a body, for who is not invited. Whether the viewer may read in
// the relation is for package people to say.
func (c *Calendar) TalkOf(ctx context.Context, v people.Viewer, id, item string) (Talk, error) {
	talks, err := c.Talks(ctx, id, item)
	if err != nil {
		return Talk{}, err
	}
	talk, err := talks(v)
	if err != nil {
		return Talk{}, err
	}
	names, err := c.unnaming(ctx, v)
	if err != nil {
		return Talk{}, err
	}
	talk.Item = names.Hide(talk.Item)
	return talk, nil
}

// unnaming finds the names that texts of the agenda may hold, and that the viewer
// may not read; for a member that is none.
func (c *Calendar) unnaming(ctx context.Context, v people.Viewer) (*people.NameFinder, error) {
	if v.ActiveRole().Member() || v.IsSystem() {
		return people.FindNames(nil), nil
	}
	all, err := c.names(ctx)
	if err != nil {
		return nil, fmt.Errorf("read names of accounts: %w", err)
	}
	return people.FindNames(all), nil
}

// Talks is TalkOf for many viewers: what it gives tells each how it stands now,
// and reads nothing.
func (c *Calendar) Talks(ctx context.Context, id, item string) (func(people.Viewer) (Talk, error), error) {
	m, err := c.meetings.Get(ctx, id)
	if errors.Is(err, store.ErrNotFound) {
		return nil, fault.NotFoundError()
	}
	if err != nil {
		return nil, err
	}
	return func(v people.Viewer) (Talk, error) { return m.talk(v, item) }, nil
}

func (m *Meeting) talk(v people.Viewer, item string) (Talk, error) {
	i := m.item(item)
	if i == nil || m.State == Draft || m.Kind.OfBody() || i.Internal && !people.May(v.ActiveRole(), relInternal, people.Read) {
		return Talk{}, fault.NotFoundError()
	}
	talk := Talk{Meeting: m.Title, Item: i.Title, Open: m.State != Closed, Live: m.State == Live, Guests: len(i.Invited) > 0}
	talk.Relation = m.talkRelation(v, i)
	if talk.Relation == noRelation {
		return Talk{}, fault.NotFoundError()
	}
	return talk, nil
}

func (m *Meeting) talkRelation(v people.Viewer, i *Item) people.Object {
	member := v.ActiveRole().Member() || v.IsSystem()
	switch {
	case !member && (m.State == Closed || !slices.Contains(i.Invited, v.Account)):
		return noRelation
	case member && !m.takesPart(v):
		return "msg.notparticipating"
	case m.State == Closed:
		return "msg.closed"
	case len(i.Invited) > 0:
		return "msg.guestitem"
	default:
		return "msg.other"
	}
}

// Invite is an item to which an account of the SOM or the Task Force is invited.
type Invite struct {
	Meeting, Item string // ids
	Title         string // of the item
	Begins        time.Time
}

// Invites lists the items to which the viewer is invited now, soonest first.
func (c *Calendar) Invites(ctx context.Context, v people.Viewer) ([]Invite, error) {
	if err := people.Allow(v, relInvited, people.Read); err != nil {
		return nil, err
	}
	names, err := c.unnaming(ctx, v)
	if err != nil {
		return nil, err
	}
	found, err := c.meetings.All(ctx, store.Query{Order: orderGuest, Equal: []string{v.Account}})
	var all []Invite
	for _, m := range found {
		for _, i := range m.Items {
			if slices.Contains(i.Invited, v.Account) {
				all = append(all, Invite{Meeting: m.ID, Item: i.ID, Title: names.Hide(i.Title), Begins: m.Begins})
			}
		}
	}
	return all, err
}
