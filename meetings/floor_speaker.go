package meetings

import (
	"context"
	"slices"
	"time"

	"ruggespraak/internal/fault"
	"ruggespraak/people"
	"ruggespraak/store"
)

// maxWaiting is how many hands one meeting holds.
const maxWaiting = 200

// Raise puts the viewer on the speakers list of the item at hand. Who stands on
// it already keeps the place.
func (f *Floor) Raise(ctx context.Context, v people.Viewer, meeting string) error {
	return f.act(ctx, v, meeting, "speaker.own", people.Create, func(s *standing) error {
		d := s.d
		if d.Current == "" || !s.sees(d.Current) {
			return fault.New(fault.Conflict, "Er is nu geen punt waarbij u iets kunt zeggen.")
		}
		if d.hand(v.Account) >= 0 || d.Speaking != nil && d.Speaking.Account == v.Account {
			return store.Unchanged
		}
		if len(d.Waiting) >= maxWaiting {
			return fault.New(fault.Conflict, "De sprekerslijst is vol.")
		}
		d.Waiting = append(d.Waiting, turn{ID: store.NewID(), Item: d.Current, Account: v.Account, Role: s.role, Since: f.c.now()})
		return nil
	})
}

// hand is the place of an account among those who wait at the item at hand; -1
// when it does not.
func (d *floor) hand(account string) int {
	return slices.IndexFunc(d.Waiting, func(t turn) bool { return t.Account == account && t.Item == d.Current })
}

// Lower takes the viewer off the speakers list of the item at hand.
func (f *Floor) Lower(ctx context.Context, v people.Viewer, meeting string) error {
	return f.act(ctx, v, meeting, "speaker.own", people.Delete, func(s *standing) error {
		at := s.d.hand(v.Account)
		if at < 0 {
			return store.Unchanged
		}
		s.d.Waiting = slices.Delete(s.d.Waiting, at, at+1)
		return nil
	})
}

// Call gives the floor to who waits; for the chair. Who spoke has finished. A
// turn that is over or taken back changes nothing.
func (f *Floor) Call(ctx context.Context, v people.Viewer, meeting, turn string) error {
	return f.act(ctx, v, meeting, "speaker.list", people.Update, func(s *standing) error {
		at := s.d.waits(turn)
		if at < 0 {
			return store.Unchanged
		}
		now := f.c.now()
		s.d.finish(now)
		called := s.d.Waiting[at]
		called.Since = now
		s.d.Speaking, s.d.Waiting = &called, slices.Delete(s.d.Waiting, at, at+1)
		return nil
	})
}

// Drop takes somebody off the speakers list; for the chair.
func (f *Floor) Drop(ctx context.Context, v people.Viewer, meeting, turn string) error {
	return f.act(ctx, v, meeting, "speaker.list", people.Act, func(s *standing) error {
		at := s.d.waits(turn)
		if at < 0 {
			return store.Unchanged
		}
		s.d.Waiting = slices.Delete(s.d.Waiting, at, at+1)
		return nil
	})
}

func (d *floor) waits(id string) int {
	return slices.IndexFunc(d.Waiting, func(t turn) bool { return t.ID == id })
}

// Finish ends the turn of who speaks; for the chair. When somebody else speaks
// by now, nothing changes.
func (f *Floor) Finish(ctx context.Context, v people.Viewer, meeting, turn string) error {
	return f.act(ctx, v, meeting, "speaker.list", people.Act, func(s *standing) error {
		if s.d.Speaking == nil || s.d.Speaking.ID != turn {
			return store.Unchanged
		}
		s.d.finish(f.c.now())
		return nil
	})
}

// finish adds up how long who speaks spoke; nothing when nobody does.
func (d *floor) finish(now time.Time) {
	if d.Speaking == nil {
		return
	}
	if d.Spoken == nil {
		d.Spoken = map[string]time.Duration{}
	}
	d.Spoken[d.Speaking.Account] += max(now.Sub(d.Speaking.Since), time.Second) // who had the floor has spoken
	d.Speaking = nil
}
