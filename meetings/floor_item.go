package meetings

import (
	"context"
	"time"

	"ruggespraak/internal/fault"
	"ruggespraak/people"
	"ruggespraak/store"
)

// The acts on items are for the chair.

// MoveTo makes an item the one at hand for everybody. It opens the item, and its
// timer runs from now; that of the item before stops, and so do its speaker and
// its poll.
func (f *Floor) MoveTo(ctx context.Context, v people.Viewer, meeting, item string) error {
	var polls []string
	err := f.onItem(ctx, v, meeting, item, func(d *floor) error {
		if d.Current == item && d.of(item).State == Begun {
			return store.Unchanged
		}
		now := f.c.now()
		polls = nil // of a try before
		if d.Current != item {
			polls = d.leave(now)
		}
		d.Current = item
		p := d.progress(item)
		p.State = Begun
		p.start(now)
		return nil
	})
	if err != nil {
		return err
	}
	return f.forgetVoters(ctx, polls...)
}

// leave ends what belongs to the item at hand, and gives the poll that it closed.
func (d *floor) leave(now time.Time) (polls []string) {
	if d.Current == "" {
		return nil
	}
	d.progress(d.Current).stop(now)
	d.finish(now)
	d.Current = ""
	return d.closePolls(now)
}

// OpenItem begins an item without moving to it: who is invited to it can take
// part.
func (f *Floor) OpenItem(ctx context.Context, v people.Viewer, meeting, item string) error {
	return f.onItem(ctx, v, meeting, item, func(d *floor) error {
		p := d.progress(item)
		if p.State == Begun {
			return store.Unchanged
		}
		p.State = Begun
		return nil
	})
}

// CloseItem ends an item: its timer stops, its poll closes, who was invited to it
// leaves.
func (f *Floor) CloseItem(ctx context.Context, v people.Viewer, meeting, item string) error {
	var polls []string
	err := f.onItem(ctx, v, meeting, item, func(d *floor) error {
		p := d.progress(item)
		if p.State == Behind {
			return store.Unchanged
		}
		p.State = Behind
		p.stop(f.c.now())
		polls = nil // of a try before
		if d.Current == item {
			polls = d.leave(f.c.now())
		}
		return nil
	})
	if err != nil {
		return err
	}
	return f.forgetVoters(ctx, polls...)
}

// StartTimer lets the timer of an item run.
func (f *Floor) StartTimer(ctx context.Context, v people.Viewer, meeting, item string) error {
	return f.onItem(ctx, v, meeting, item, func(d *floor) error {
		if d.of(item).State != Begun {
			return fault.New(fault.Conflict, "Open eerst dit punt.")
		}
		return d.progress(item).start(f.c.now())
	})
}

// StopTimer stops the timer of an item; what ran stays.
func (f *Floor) StopTimer(ctx context.Context, v people.Viewer, meeting, item string) error {
	return f.onItem(ctx, v, meeting, item, func(d *floor) error { return d.progress(item).stop(f.c.now()) })
}

func (f *Floor) onItem(ctx context.Context, v people.Viewer, meeting, item string, decide func(*floor) error) error {
	return f.act(ctx, v, meeting, relItem, people.Act, func(s *standing) error {
		i := s.m.item(item)
		if i == nil {
			return fault.NotFoundError()
		}
		if i.Internal {
			return fault.New(fault.Conflict, "Dit punt is alleen voor u. De anderen zien het niet.")
		}
		return decide(s.d)
	})
}

// start and stop give store.Unchanged when the timer is so already.
func (p *progress) start(now time.Time) error {
	if !p.Since.IsZero() {
		return store.Unchanged
	}
	p.Since = now
	return nil
}

func (p *progress) stop(now time.Time) error {
	if p.Since.IsZero() {
		return store.Unchanged
	}
	p.Ran, p.Since = p.ran(now), time.Time{}
	return nil
}

// ran is how long the timer has run.
func (p progress) ran(now time.Time) time.Duration {
	if p.Since.IsZero() {
		return p.Ran
	}
	return p.Ran + now.Sub(p.Since)
}
