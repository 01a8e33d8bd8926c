package meetings

import (
	"context"
	"errors"
	"slices"
	"time"

	"ruggespraak/people"
	"ruggespraak/store"
)

// roomOpens is how long before an item those who are invited to it get the link
// to the online meeting.
const roomOpens = 30 * time.Minute

// Running is how a meeting is led, as its viewer may see it. For the SOM and the
// Task Force that is the one item they are invited to, and people are roles.
type Running struct {
	Meeting string
	Title   string // of the meeting, and when it begins: for members
	Begins  time.Time
	State   State
	Over    bool   // its day has passed, and nobody closed it
	N       int    // number of the newest change
	Room    string // link to the online meeting; empty when not for the viewer, or not yet
	Guest   bool   // the viewer is not of the members

	Items    []Stage // the agenda; of a guest only the own item
	Item     *Stage  // at hand; of a guest the own item; nil before the first
	Speaking *Speaker
	Waiting  []Speaker
	Polls    []Poll // of Item, latest first
	Raised   []Hand // with which the viewer waits
	MayRaise []Hand
	MayLead  bool
}

// Stage is an item of the agenda and how far it is.
type Stage struct {
	ID       string
	Number   int
	Title    string
	Planned  time.Time // when it begins, by the agenda
	Minutes  int       // planned; 0: no length was planned
	State    ItemState
	AtHand   bool
	Ran      time.Duration
	Ticking  bool
	Internal bool
	Guests   bool // the SOM or the Task Force takes part in it
	Links    []Link
}

// Speaker is who speaks or waits.
type Speaker struct {
	Turn  string // for the chair's acts; empty for others
	Name  string // to guests, and of guests to members, the role
	Role  string // beside a name, where it is no coordinator
	Spoke time.Duration
	First bool // has not spoken yet; told to members only
	Since time.Time
	Own   bool
	Hand  Hand
}

// Poll is a quick poll as its viewer may see it.
type Poll struct {
	ID       string
	Question string
	Options  []string
	Several  bool
	Open     bool
	Voted    bool  // the viewer, while it is open
	Votes    int   // how many; for members
	Tally    []int // nil unless the viewer may know the result, and three have voted
}

// Show gives how a meeting is led now, or a NotFound fault.
func (f *Floor) Show(ctx context.Context, v people.Viewer, meeting string) (*Running, error) {
	s, err := f.enter(ctx, v, meeting)
	if err != nil {
		return nil, err
	}
	may := func(o people.Object, verb people.Verb) bool { return people.May(s.role, o, verb) }
	r := &Running{Meeting: s.m.ID, Title: s.m.Title, State: s.m.State, Over: s.m.Over(f.c.now()), Begins: s.m.Begins, N: s.d.N, Guest: s.guest(),
		MayLead: may("speaker.list", people.Update) && s.m.State == Live}
	if r.Guest {
		r.Title, r.Begins = "", time.Time{}
	}
	names, err := f.c.unnaming(ctx, v)
	if err != nil {
		return nil, err
	}
	s.stages(r, names, f.c.now())
	s.room(r, f.c.now())
	if r.Item == nil {
		return r, nil
	}
	if err := f.speakers(ctx, v, s, r); err != nil {
		return nil, err
	}
	return r, f.polls(ctx, v, s, r, names)
}

// stages fills in the agenda as far as the viewer sees it, and what is at hand.
func (s *standing) stages(r *Running, names *people.NameFinder, now time.Time) {
	begins := s.m.Begins
	for n, i := range s.m.Items {
		p := s.d.of(i.ID)
		stage := Stage{ID: i.ID, Number: n + 1, Title: names.Hide(i.Title), Planned: begins, Minutes: i.Minutes, State: p.State, AtHand: s.d.Current == i.ID,
			Ran: p.ran(now), Ticking: !p.Since.IsZero(), Internal: i.Internal, Guests: len(i.Invited) > 0, Links: i.Links}
		begins = begins.Add(time.Duration(i.Minutes) * time.Minute)
		if !s.sees(i.ID) {
			continue
		}
		if r.Guest {
			stage.Links, stage.Number = nil, 0
		}
		r.Items = append(r.Items, stage)
	}
	at := slices.IndexFunc(r.Items, func(i Stage) bool { return i.AtHand })
	if at < 0 && r.Guest {
		at = max(0, slices.IndexFunc(r.Items, func(i Stage) bool { return i.State == Begun }))
	}
	if at >= 0 {
		r.Item = &r.Items[at]
	}
	if r.Guest {
		r.Items = r.Items[at : at+1]
		r.Item = &r.Items[0]
	}
}

// room gives the link to the online meeting: to members, and to who is invited
// to an item from half an hour before it, or as soon as it is open.
func (s *standing) room(r *Running, now time.Time) {
	switch {
	case !r.Guest && people.May(s.role, relPlace, people.Read):
		r.Room = s.m.Room
	case r.Guest && people.May(s.role, "meeting.room.invited", people.Read):
		if r.Item.State == Begun || !now.Before(r.Item.Planned.Add(-roomOpens)) {
			r.Room = s.m.Room
		}
	}
}

// speakers fills in the speakers list of the item at hand.
func (f *Floor) speakers(ctx context.Context, v people.Viewer, s *standing, r *Running) error {
	if !r.Item.AtHand || s.m.State != Live {
		return nil
	}
	d := s.d
	here := slices.DeleteFunc(slices.Clone(d.Waiting), func(t turn) bool { return t.Item != d.Current })
	all := here
	if d.Speaking != nil {
		all = append(slices.Clone(here), *d.Speaking)
	}
	accounts := make([]string, len(all))
	for i, t := range all {
		accounts[i] = t.Account
	}
	var names map[string]string
	if !r.Guest {
		var err error
		if names, err = f.o.Names(ctx, accounts); err != nil {
			return err
		}
	}
	for _, t := range here {
		r.Waiting = append(r.Waiting, s.speaker(v, t, names, r))
	}
	if d.Speaking != nil {
		now := s.speaker(v, *d.Speaking, names, r)
		r.Speaking = &now
	}
	s.hands(v, r)
	return nil
}

// hands fills in what the viewer raised, and may raise, a hand for. Who leads
// needs no point of order.
func (s *standing) hands(v people.Viewer, r *Running) {
	speaks := r.Speaking != nil && r.Speaking.Own
	for _, h := range []Hand{ToSpeak, OfOrder} {
		switch {
		case s.d.raised(v.Account, h) >= 0:
			r.Raised = append(r.Raised, h)
		case !speaks && (h == ToSpeak || !r.Guest && !r.MayLead) && people.May(s.role, "speaker.own", people.Create):
			r.MayRaise = append(r.MayRaise, h)
		}
	}
}

// speaker is a turn as the viewer may see it. Guests, and guests to members, are
// a role, with nothing that tells whether two turns are of one person.
func (s *standing) speaker(v people.Viewer, t turn, names map[string]string, r *Running) Speaker {
	shown := Speaker{Name: t.Role.Label(), Since: t.Since, Own: t.Account == v.Account, Hand: t.Hand}
	if r.Guest || !t.Role.Member() && s.role != people.Chair {
		return shown
	}
	shown.Spoke = s.d.Spoken[t.Account]
	shown.First = shown.Spoke == 0
	shown.Name = names[t.Account]
	if t.Role != people.Coordinator {
		shown.Role = t.Role.Label()
	}
	if r.MayLead {
		shown.Turn = t.ID
	}
	return shown
}

// polls fills in the polls of the item.
func (f *Floor) polls(ctx context.Context, v people.Viewer, s *standing, r *Running, names *people.NameFinder) error {
	if !people.May(s.role, "poll", people.Read) {
		return nil
	}
	for _, p := range slices.Backward(s.d.Polls) {
		if p.Item != r.Item.ID || r.Guest && (!p.Closed.IsZero() || p.named(names)) {
			continue
		}
		shown := s.pollFor(p, r)
		if shown.Open {
			all, err := f.voters.Get(ctx, p.ID)
			if err != nil && !errors.Is(err, store.ErrNotFound) {
				return err
			}
			if err == nil {
				_, shown.Voted = slices.BinarySearch(all.Accounts, v.Account)
			}
		}
		r.Polls = append(r.Polls, shown)
	}
	return nil
}

// named tells whether the poll names an account. Such a poll is not for a guest:
// it was opened before somebody from outside was invited, or the chair said that
// the name may stay.
func (p *poll) named(names *people.NameFinder) bool {
	return slices.ContainsFunc(append(slices.Clone(p.Options), p.Question), func(said string) bool { return len(names.In(said)) > 0 })
}

func (s *standing) pollFor(p poll, r *Running) Poll {
	shown := Poll{ID: p.ID, Question: p.Question, Options: p.Options, Several: p.Several, Open: p.Closed.IsZero()}
	if r.Guest {
		return shown
	}
	shown.Votes = p.Votes
	if !shown.Open && p.Votes >= shownFrom && people.May(s.role, "poll.result", people.Read) {
		shown.Tally = slices.Clone(p.Tally)
	}
	return shown
}

// Results gives the polls of a meeting that are closed, by item, for who may
// read their result; nil for others.
func (f *Floor) Results(ctx context.Context, v people.Viewer, meeting string) (map[string][]Poll, error) {
	s, err := f.enter(ctx, v, meeting)
	if err != nil || s.guest() {
		return nil, err
	}
	all := map[string][]Poll{}
	for _, p := range s.d.Polls {
		if !p.Closed.IsZero() && s.sees(p.Item) {
			all[p.Item] = append(all[p.Item], s.pollFor(p, &Running{}))
		}
	}
	return all, nil
}
