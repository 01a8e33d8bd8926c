package meetings

import (
	"context"

	"ruggespraak/internal/fault"
	"ruggespraak/people"
)

// Convene opens a draft: who takes part sees it from now on and is told.
func (c *Calendar) Convene(ctx context.Context, v people.Viewer, id string) error {
	return c.move(ctx, v, id, Draft, Open, EventOpened)
}

// BackToDraft hides an open meeting again.
func (c *Calendar) BackToDraft(ctx context.Context, v people.Viewer, id string) error {
	return c.move(ctx, v, id, Open, Draft, EventChanged)
}

// Begin starts an open meeting.
func (c *Calendar) Begin(ctx context.Context, v people.Viewer, id string) error {
	return c.move(ctx, v, id, Open, Live, EventChanged)
}

// Close ends a meeting: minutes and outcomes are for all members from now on,
// and what stood on its agenda has been discussed. An open meeting can be
// closed too, for those who kept no live page.
func (c *Calendar) Close(ctx context.Context, v people.Viewer, id string) error {
	_, err := c.update(ctx, v, id, people.Act, func(m *Meeting) error {
		if m.State != Live && m.State != Open {
			return errState
		}
		m.State = Closed
		m.Events.Add(EventChanged, c.now(), nil)
		return nil
	})
	return err
}

var errState = fault.New(fault.Conflict, "Dit overleg staat nu anders. Bekijk de pagina opnieuw.")

func (c *Calendar) move(ctx context.Context, v people.Viewer, id string, from, to State, event string) error {
	_, err := c.update(ctx, v, id, people.Act, func(m *Meeting) error {
		if m.State != from {
			return errState
		}
		if m.Kind.OfBody() && to == Draft {
			return errState
		}
		m.State = to
		m.Events.Add(event, c.now(), nil)
		return nil
	})
	return err
}
