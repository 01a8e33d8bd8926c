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

// FloorOptions are what a Floor needs. All but Announce are required.
type FloorOptions struct {
	DB       store.DB
	Calendar *Calendar
	// Names gives the names of accounts by their ids.
	Names func(context.Context, []string) (map[string]string, error)
	// Announce tells that the control of a meeting has a new number, after the
	// write. It is a hint: it must not block, and nothing depends on its coming.
	Announce func(meeting string, n int)
}

// Floor is how a meeting is led while it goes on: which item is at hand and for
// how long, who speaks and who waits, and the quick polls. Safe for several
// goroutines and instances.
//
// All of it is one document a meeting, and every act is one compare-and-set of
// it. So several chairs lead at once, nobody holds the controls, and whoever is
// left goes on when one drops out. An act says what must be so («this item is at
// hand», not «the next one»): doing it twice is doing it once.
//
// Each change makes the document's number one more. That number is the topic
// «overleg:<id>» of the discussion: dense without a second write. A change says
// only that there is one; who follows reads how the meeting is led now, so there
// is nothing to replay and nothing that could come twice.
type Floor struct {
	o      FloorOptions
	c      *Calendar
	floors *store.Collection[floor]
	voters *store.Collection[voters]
}

// NewFloor opens the floor.
func NewFloor(ctx context.Context, o FloorOptions) (*Floor, error) {
	if o.Announce == nil {
		o.Announce = func(string, int) {}
	}
	f := &Floor{o: o, c: o.Calendar}
	var errs [2]error
	f.floors, errs[0] = store.Open(ctx, o.DB, store.Spec[floor]{Name: "leiding", Meta: func(d *floor) *store.Meta { return &d.Meta }})
	f.voters, errs[1] = store.Open(ctx, o.DB, store.Spec[voters]{Name: "peiling_gestemd", Meta: func(d *voters) *store.Meta { return &d.Meta }})
	return f, errors.Join(errs[:]...)
}

// floor is how one meeting is led: the kind of document "leiding", without
// keys. Its id is the meeting's.
type floor struct {
	store.Meta
	N        int        `json:"n"`
	Current  string     `json:"current,omitempty"` // item at hand for everybody
	Items    []progress `json:"items,omitempty"`
	Waiting  []turn     `json:"waiting,omitempty"` // points of order first, then in the order of their hands
	Speaking *turn      `json:"speaking,omitempty"`
	// Spoken is how long each account spoke in this meeting. It goes when the
	// meeting closes, as the turns do.
	Spoken map[string]time.Duration `json:"spoken,omitempty"`
	Polls  []poll                   `json:"polls,omitempty"`
	Ended  bool                     `json:"ended,omitempty"`
}

// ItemState is where an item of a running meeting stands.
type ItemState string

// The states of an item.
const (
	Ahead  ItemState = ""         // not begun
	Begun  ItemState = "open"     // being discussed
	Behind ItemState = "gesloten" // done with; who was invited to it is so no more
)

// progress is how far an item is.
type progress struct {
	Item  string        `json:"item"`
	State ItemState     `json:"state,omitempty"`
	Ran   time.Duration `json:"ran,omitempty"`  // on its timer, when that last stopped
	Since time.Time     `json:"since,omitzero"` // the timer runs since; zero: it stands still
}

// Hand is what somebody raises a hand for.
type Hand string

// What a hand is raised for: to speak about the item, or a point of order: about
// how the meeting goes. That one goes before the list, and is for members.
const (
	ToSpeak Hand = ""
	OfOrder Hand = "orde"
)

// turn is somebody's place on the speakers list of an item.
type turn struct {
	ID      string      `json:"id"`
	Item    string      `json:"item"`
	Account string      `json:"account"`
	Role    people.Role `json:"role"`
	Hand    Hand        `json:"hand,omitempty"`
	Since   time.Time   `json:"since"` // of the hand; of who speaks, when that began
}

// progress gives how far an item is, to change it.
func (d *floor) progress(item string) *progress {
	at := slices.IndexFunc(d.Items, func(p progress) bool { return p.Item == item })
	if at < 0 {
		d.Items = append(d.Items, progress{Item: item})
		at = len(d.Items) - 1
	}
	return &d.Items[at]
}

// of gives how far an item is, to look at it.
func (d *floor) of(item string) progress {
	at := slices.IndexFunc(d.Items, func(p progress) bool { return p.Item == item })
	if at < 0 {
		return progress{Item: item}
	}
	return d.Items[at]
}

// standing is how a viewer stands to a meeting that is led.
type standing struct {
	m    *Meeting
	d    *floor
	role people.Role
	// invited are the items that a viewer of the SOM or the Task Force takes part
	// in now; of members it is empty: they take part in all.
	invited []string
}

// guest tells that the viewer is not of the members, and so sees roles only.
func (s *standing) guest() bool { return len(s.invited) > 0 }

// enter lets in who takes part in the meeting: its members, and for the items
// they are invited to, until those are closed, accounts of the SOM and the Task
// Force. Anybody else gets a NotFound fault.
func (f *Floor) enter(ctx context.Context, v people.Viewer, id string) (*standing, error) {
	m, d, err := f.read(ctx, id)
	if err != nil {
		return nil, err
	}
	return admit(m, d, v)
}

func (f *Floor) read(ctx context.Context, id string) (*Meeting, *floor, error) {
	m, err := f.c.meetings.Get(ctx, id)
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil, fault.NotFoundError()
	}
	if err != nil {
		return nil, nil, fmt.Errorf("read meeting: %w", err)
	}
	d, err := f.floors.Get(ctx, id)
	if errors.Is(err, store.ErrNotFound) {
		d, err = &floor{}, nil
	}
	return m, d, err
}

func admit(m *Meeting, d *floor, v people.Viewer) (*standing, error) {
	s := &standing{m: m, d: d, role: v.ActiveRole()}
	if m.State == Draft || m.Kind.OfBody() {
		return nil, fault.NotFoundError()
	}
	if s.role.Member() && m.takesPart(v) || v.IsSystem() {
		return s, people.Allow(v, "speaker.list", people.Read)
	}
	s.invited = m.invitedNow(v.Account, d)
	if s.role.Member() || m.State == Closed || len(s.invited) == 0 {
		return nil, fault.NotFoundError()
	}
	return s, people.Allow(v, "speaker.list", people.Read)
}

// invitedNow lists the items an account is invited to and that are not closed.
func (m *Meeting) invitedNow(account string, d *floor) []string {
	var all []string
	for _, i := range m.Items {
		if slices.Contains(i.Invited, account) && d.of(i.ID).State != Behind {
			all = append(all, i.ID)
		}
	}
	return all
}

// sees tells whether the viewer takes part in an item.
func (s *standing) sees(item string) bool {
	i := s.m.item(item)
	if i == nil {
		return false
	}
	if s.guest() {
		return slices.Contains(s.invited, item)
	}
	return !i.Internal || people.May(s.role, relInternal, people.Read)
}

// Enter is nil when the viewer may follow how the meeting is led, else a
// NotFound fault. It must be asked again when rights may have changed.
func (f *Floor) Enter(ctx context.Context, v people.Viewer, meeting string) error {
	_, err := f.enter(ctx, v, meeting)
	return err
}

// Door is Enter for many viewers: what it gives tells of each whether it may
// now, and reads nothing.
func (f *Floor) Door(ctx context.Context, meeting string) (func(people.Viewer) error, error) {
	m, d, err := f.read(ctx, meeting)
	if err != nil {
		return nil, err
	}
	return func(v people.Viewer) error {
		_, err := admit(m, d, v)
		return err
	}, nil
}

// Behind tells whether an item was closed: who was invited to it is let in no
// more.
func (f *Floor) Behind(ctx context.Context, meeting, item string) (bool, error) {
	d, err := f.floors.Get(ctx, meeting)
	if errors.Is(err, store.ErrNotFound) {
		return false, nil
	}
	return err == nil && d.of(item).State == Behind, err
}

// Last is the number of the newest change of how the meeting is led, 0 when
// there is none. Who may ask is Enter's affair.
func (f *Floor) Last(ctx context.Context, meeting string) (int, error) {
	d, err := f.floors.Get(ctx, meeting)
	if errors.Is(err, store.ErrNotFound) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return d.N, nil
}

var errNotRunning = fault.New(fault.Conflict, "Dit overleg is nu niet bezig. Bekijk de pagina opnieuw.")

// act changes how a running meeting is led, for who may do the verb to the
// object. store.Unchanged of decide ends it without an error and a number.
func (f *Floor) act(ctx context.Context, v people.Viewer, id string, o people.Object, verb people.Verb, decide func(*standing) error) error {
	s, err := f.enter(ctx, v, id)
	if err != nil {
		return err
	}
	if err := people.Allow(v, o, verb); err != nil {
		return err
	}
	if s.m.State != Live {
		return errNotRunning
	}
	return f.change(ctx, id, func(d *floor) error {
		if d.Ended {
			return errNotRunning
		}
		return decide(&standing{m: s.m, d: d, role: s.role, invited: s.invited})
	})
}

// change is one compare-and-set and its announcement.
func (f *Floor) change(ctx context.Context, id string, decide func(*floor) error) error {
	d, err := f.floors.Update(ctx, id, func(d *floor) error {
		if err := decide(d); err != nil {
			return err
		}
		d.N++
		return nil
	})
	if errors.Is(err, store.ErrNotFound) {
		if err := f.floors.Insert(ctx, &floor{Meta: store.Meta{ID: id}}); err != nil && !errors.Is(err, store.ErrExists) {
			return fmt.Errorf("begin leading: %w", err)
		}
		return f.change(ctx, id, decide)
	}
	if err != nil {
		return err
	}
	f.o.Announce(id, d.N)
	return nil
}

// Follow looks again at a meeting that changed, or about which something did:
// those who follow it read it anew, and what must end with the meeting ends.
// Twice is harmless.
func (f *Floor) Follow(ctx context.Context, meeting string) error {
	m, err := f.c.meetings.Get(ctx, meeting)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if m.State != Live && m.State != Closed {
		return nil
	}
	var polls []string
	err = f.change(ctx, meeting, func(d *floor) error {
		polls = nil
		if m.State == Live {
			return nil
		}
		if d.Ended {
			return store.Unchanged
		}
		polls = d.end(f.c.now())
		return nil
	})
	return errors.Join(err, f.forgetVoters(ctx, polls...))
}

// end stops what runs, and forgets who spoke and who wanted to. It gives all
// polls: of one that was closed and then cut off, who voted is known still.
func (d *floor) end(now time.Time) (polls []string) {
	for i := range d.Items {
		d.Items[i].stop(now)
	}
	d.closePolls(now)
	for _, p := range d.Polls {
		polls = append(polls, p.ID)
	}
	d.Waiting, d.Speaking, d.Spoken, d.Current, d.Ended = nil, nil, nil, "", true
	return polls
}
