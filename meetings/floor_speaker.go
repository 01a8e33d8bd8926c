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

// Raise puts the viewer on the speakers list of the item at hand: with a point of
// order before all who wait to speak, else behind them. Who stands on it with
// such a hand already keeps the place.
func (f *Floor) Raise(ctx context.Context, v people.Viewer, meeting string, h Hand) error {
	return f.act(ctx, v, meeting, "speaker.own", people.Create, func(s *standing) error {
		d := s.d
		switch {
		case d.Current == "" || !s.sees(d.Current):
			return fault.New(fault.Conflict, "Er is nu geen punt waarbij u iets kunt zeggen.")
		case h == OfOrder && s.guest():
			return fault.ForbiddenError()
		case d.raised(v.Account, h) >= 0 || d.Speaking != nil && d.Speaking.Account == v.Account:
			return store.Unchanged
		case len(d.Waiting) >= maxWaiting:
			return fault.New(fault.Conflict, "De sprekerslijst is vol.")
		}
		t := turn{ID: store.NewID(), Item: d.Current, Account: v.Account, Role: s.role, Hand: h, Since: f.c.now()}
		at := len(d.Waiting)
		if h == OfOrder {
			at = d.behindOrder()
		}
		d.Waiting = slices.Insert(d.Waiting, at, t)
		return nil
	})
}

// raised is the place of an account among those who wait at the item at hand
// with such a hand; -1 when it does not.
func (d *floor) raised(account string, h Hand) int {
	return slices.IndexFunc(d.Waiting, func(t turn) bool { return t.Account == account && t.Hand == h && t.Item == d.Current })
}

// behindOrder is the place behind the points of order.
func (d *floor) behindOrder() int {
	at := slices.IndexFunc(d.Waiting, func(t turn) bool { return t.Hand != OfOrder })
	if at < 0 {
		return len(d.Waiting)
	}
	return at
}

// Lower takes the viewer off the speakers list of the item at hand.
func (f *Floor) Lower(ctx context.Context, v people.Viewer, meeting string, h Hand) error {
	return f.act(ctx, v, meeting, "speaker.own", people.Delete, func(s *standing) error {
		at := s.d.raised(v.Account, h)
		if at < 0 {
			return store.Unchanged
		}
		s.d.Waiting = slices.Delete(s.d.Waiting, at, at+1)
		return nil
	})
}

// Call gives the floor to who waits; for the chair. Who spoke has finished, or
// goes on after a point of order. A turn that is over or taken back changes
// nothing.
func (f *Floor) Call(ctx context.Context, v people.Viewer, meeting, turn string) error {
	return f.act(ctx, v, meeting, "speaker.list", people.Update, func(s *standing) error {
		at := s.d.waits(turn)
		if at < 0 {
			return store.Unchanged
		}
		now := f.c.now()
		called, before := s.d.Waiting[at], s.d.Speaking
		called.Since = now
		s.d.finish(now)
		s.d.Speaking, s.d.Waiting = &called, slices.Delete(s.d.Waiting, at, at+1)
		if called.Hand == OfOrder && before != nil && before.Hand != OfOrder {
			s.d.goesOn(*before)
		}
		return nil
	})
}

// goesOn puts who was interrupted before all who wait to speak. It is a new turn:
// what was asked about the old one late changes nothing.
func (d *floor) goesOn(t turn) {
	t.ID = store.NewID()
	d.Waiting = slices.Insert(d.Waiting, d.behindOrder(), t)
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

// finish adds up how long who speaks spoke; nothing when nobody does. A point of
// order is no word about the item.
func (d *floor) finish(now time.Time) {
	t := d.Speaking
	d.Speaking = nil
	if t == nil || t.Hand == OfOrder {
		return
	}
	if d.Spoken == nil {
		d.Spoken = map[string]time.Duration{}
	}
	d.Spoken[t.Account] += max(now.Sub(t.Since), time.Second) // who had the floor has spoken
}
