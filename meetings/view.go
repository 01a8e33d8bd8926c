package meetings

import (
	"context"
	"slices"
	"strings"
	"time"

	"ruggespraak/people"
	"ruggespraak/store"
)

// The relations of the permission matrix that this package decides.
const (
	relDraft    people.Object = "meeting.draft"
	relMeta     people.Object = "meeting.meta"
	relBody     people.Object = "meeting.body"
	relPlace    people.Object = "meeting.place"
	relItem     people.Object = "agenda.other"
	relInternal people.Object = "agenda.internal"
	relWriting  people.Object = "minutes.draft"
	relMinutes  people.Object = "minutes.final"
	relAction   people.Object = "action.other"
	relInvited  people.Object = "agenda.invited"
)

// noRelation is no row of the matrix: nobody may anything.
const noRelation people.Object = ""

// relation is how the viewer stands to the meeting.
func (m *Meeting) relation(v people.Viewer) people.Object {
	switch {
	case m.State == Draft:
		return relDraft
	case m.Kind.OfBody():
		return relBody
	case m.takesPart(v):
		return relMeta
	default:
		return noRelation
	}
}

// takesPart tells whether the viewer is of the meeting: the chair always, a
// coordinator unless the chair picked others.
func (m *Meeting) takesPart(v people.Viewer) bool {
	return v.ActiveRole() == people.Chair || v.IsSystem() || len(m.Picked) == 0 || slices.Contains(m.Picked, v.Account)
}

// Seen is a meeting as its viewer may see it: what is not for them is empty.
type Seen struct {
	Meeting
	MayChange  bool // agenda, data and state
	MayWrite   bool // minutes and outcomes
	SeesPlace  bool
	SeesLinks  bool
	SeesLength bool // planned minutes against the slot
}

// Show gives the meeting as the viewer may see it, or a NotFound fault.
func (c *Calendar) Show(ctx context.Context, v people.Viewer, id string) (*Seen, error) {
	m, err := c.get(ctx, v, id, people.Read)
	if err != nil {
		return nil, err
	}
	return m.seenBy(v), nil
}

func (m *Meeting) seenBy(v people.Viewer) *Seen {
	may := func(o people.Object, verb people.Verb) bool { return people.May(v.ActiveRole(), o, verb) }
	s := &Seen{
		Meeting:    *m,
		MayChange:  may(m.relation(v), people.Update) && (v.ActiveRole() != people.TaskForce || m.Kind == TaskForce),
		MayWrite:   may(relWriting, people.Update),
		SeesPlace:  may(relPlace, people.Read),
		SeesLinks:  may(relItem, people.Read),
		SeesLength: may(relItem, people.Update),
	}
	s.Events, s.Items = nil, nil
	for _, item := range m.Items {
		if !item.Internal || may(relInternal, people.Read) {
			s.Items = append(s.Items, m.itemFor(v, item))
		}
	}
	if !s.SeesPlace {
		s.Place, s.Room, s.Picked = "", "", nil
	}
	if !may(relDraft, people.Read) {
		s.Asked, s.By = nil, ""
	}
	return s
}

// itemFor leaves of an item what the viewer may see: minutes and outcomes are
// for members once the meeting is closed, but for what was made from a message that
// waits for the chair; links for who may read the agenda.
func (m *Meeting) itemFor(v people.Viewer, item Item) Item {
	role := v.ActiveRole()
	writer := people.May(role, relWriting, people.Read)
	if !people.May(role, relItem, people.Read) {
		item.Links, item.Presenter, item.Minutes = nil, "", 0
	}
	if !people.May(role, relInvited, people.Update) {
		item.Invited = nil
	}
	if !writer {
		item.Asked = nil
		item.Outcomes = slices.DeleteFunc(slices.Clone(item.Outcomes), func(o Outcome) bool { return o.Hidden })
		for i := range item.Outcomes {
			item.Outcomes[i].Asked = nil
		}
	}
	if !writer && (m.State != Closed || !people.May(role, relMinutes, people.Read)) {
		item.Notes, item.HTML, item.Rev, item.Outcomes = "", "", 0, nil
	}
	return item
}

// Over tells whether the day of the meeting has passed, and nobody closed it.
func (m *Meeting) Over(now time.Time) bool { return over(m.State, m.Ends, now) }

// Placement is where something stands on an agenda.
type Placement struct {
	Link      string // id of what was placed
	Meeting   string
	Title     string
	Kind      Kind
	State     State
	Day       string // 2006-01-02
	Item      string
	ItemTitle string
}

// Discussed tells whether the meeting has been held.
func (p Placement) Discussed() bool { return p.State == Closed }

// Linked gives where these contributions or clusters stand on agendas that the
// viewer may read, earliest meeting first.
func (c *Calendar) Linked(ctx context.Context, v people.Viewer, ids []string) ([]Placement, error) {
	var all []Placement
	for _, id := range ids {
		found, err := c.meetings.All(ctx, store.Query{Order: orderLink, Equal: []string{id}})
		if err != nil {
			return nil, err
		}
		for _, m := range found {
			if people.Allow(v, m.relation(v), people.Read) == nil {
				all = append(all, m.seenBy(v).placements(id)...)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Placement) int { return strings.Compare(a.Day, b.Day) })
	return all, nil
}

func (s *Seen) placements(id string) []Placement {
	var all []Placement
	for _, item := range s.Items {
		if slices.ContainsFunc(item.Links, func(l Link) bool { return l.ID == id }) {
			all = append(all, Placement{id, s.ID, s.Title, s.Kind, s.State, s.Date, item.ID, item.Title})
		}
	}
	return all
}

// TakesPart tells whether the account is of the meeting as a coordinator.
func (s *Seen) TakesPart(account string) bool {
	return len(s.Picked) == 0 || slices.Contains(s.Picked, account)
}
