package discussion

import (
	"context"
	"errors"
	"strings"
	"time"

	"ruggespraak/internal/fault"
	"ruggespraak/internal/outbox"
	"ruggespraak/meetings/incidents"
	"ruggespraak/people"
	"ruggespraak/store"
)

// editFor is how long the author may change a message.
const editFor = 5 * time.Minute

// Origin is how things made from a message refer to it.
func Origin(t Topic, n int) string { return entryID(t, n) }

// OriginPath is the address of the message that an origin names; empty for what
// is none.
func OriginPath(origin string) string {
	i := strings.LastIndexByte(origin, '/')
	if i < 0 {
		return ""
	}
	path := Topic(origin[:i]).Path()
	if path == "" {
		return ""
	}
	return path + "#r" + origin[i+1:]
}

// change is one compare-and-set of a message, and then the entry that points at
// it and says how it stands now. decide gets the version that is written;
// store.Unchanged leaves the message as it is. When the entry cannot be written
// at once, the event in the message sees to it; but whoever does the same again
// before that is not told that it is done until the entry is there: rooms that
// are open know of a change by its entry alone.
func (h *Hall) change(ctx context.Context, v people.Viewer, t Topic, n int, decide func(*Entry, Access) error) (*Entry, error) {
	a, err := h.Enter(ctx, v, t)
	if err != nil {
		return nil, err
	}
	var notice *changeData
	m, err := h.entries.Update(ctx, entryID(t, n), func(m *Entry) error {
		notice = nil
		if m.What != Said {
			return fault.NotFoundError()
		}
		if err := decide(m, a); err != nil {
			return err
		}
		m.State.Rev++
		m.Touched = h.o.Real()
		notice = &changeData{State: m.State, By: v.Account, Role: v.ActiveRole(), At: h.o.Now()}
		m.Events.Add(evChanged, h.o.Now(), notice)
		return nil
	})
	if errors.Is(err, store.ErrNotFound) {
		return nil, fault.NotFoundError()
	}
	if err != nil || m.State.Rev == 0 {
		return m, err
	}
	if notice == nil {
		notice = &changeData{State: m.State, By: v.Account, Role: v.ActiveRole(), At: h.o.Now()}
	}
	return m, h.announce(ctx, m, *notice)
}

// changeData is how a message stood after a change, and who changed it.
type changeData struct {
	State State       `json:"state"`
	By    string      `json:"by"`
	Role  people.Role `json:"role"`
	At    time.Time   `json:"at"`
}

// announce adds the entry that points at a changed message; twice is harmless.
func (h *Hall) announce(ctx context.Context, m *Entry, c changeData) error {
	return h.add(ctx, &Entry{
		Topic: m.Topic, What: Changed, About: m.N, By: c.By, Role: c.Role, At: c.At, State: c.State,
		Key: outbox.EffectID("wijziging", m.ID, number(c.State.Rev)),
	})
}

// own is nil when the viewer wrote the message and it is still there.
func own(v people.Viewer, m *Entry, verb people.Verb) error {
	if m.By != v.Account {
		return fault.ForbiddenError()
	}
	if m.State.Gone != Here {
		return fault.New(fault.Conflict, "Deze reactie is al verwijderd.")
	}
	return people.Allow(v, "msg.own", verb)
}

// Edit writes over the text of one's own message, within five minutes. No
// earlier text is kept; who wants it out of the pages of the file too, which are
// used again in time, deletes the message.
func (h *Hall) Edit(ctx context.Context, v people.Viewer, t Topic, n int, d Draft) error {
	a, err := h.Enter(ctx, v, t)
	if err != nil {
		return err
	}
	if m, err := h.message(ctx, t, n); err != nil {
		return err
	} else if err := own(v, m, people.Update); err != nil {
		return err
	}
	var fresh Entry
	if err := h.fill(ctx, v, a, &fresh, d); err != nil {
		return err
	}
	_, err = h.change(ctx, v, t, n, func(m *Entry, a Access) error {
		if err := own(v, m, people.Update); err != nil {
			return err
		}
		if !a.Write || h.o.Now().After(m.At.Add(editFor)) {
			return fault.New(fault.Conflict, "U kunt een reactie 5 minuten lang aanpassen. Die tijd is voorbij.")
		}
		if m.Text == fresh.Text {
			return store.Unchanged
		}
		m.Text, m.HTML, m.Asked, m.State.Edited = fresh.Text, fresh.HTML, fresh.Asked, true
		return nil
	})
	return err
}

// Delete takes back one's own message: its text leaves store and indexes, a
// mark stays. What was made from it elsewhere stays. Doing it again finishes
// what was left undone.
func (h *Hall) Delete(ctx context.Context, v people.Viewer, t Topic, n int) error {
	m, err := h.change(ctx, v, t, n, func(m *Entry, _ Access) error {
		if m.By == v.Account && m.State.Gone == ByAuthor {
			return store.Unchanged
		}
		if err := own(v, m, people.Delete); err != nil {
			return err
		}
		m.wipe(ByAuthor, h.o.Now())
		return nil
	})
	if err != nil {
		return err
	}
	return h.erase(ctx, m)
}

// wipe overwrites everything that was typed or chosen, and what the guard said.
func (m *Entry) wipe(by Gone, at time.Time) {
	m.decide(at)
	m.Text, m.HTML, m.Mentions, m.Asked = "", "", nil, nil
	m.State.Gone, m.State.GoneAt = by, at
}

// decide ends that a message waits for the chair.
func (m *Entry) decide(at time.Time) {
	if m.State.Hidden {
		m.State.Hidden = false
		m.Events.Add(evDecided, at, nil)
	}
}

// erase removes what else holds the text of a message that is gone. Twice is
// harmless.
func (h *Hall) erase(ctx context.Context, m *Entry) error {
	errs := []error{h.o.Inbox.Purge(ctx, linkTo(m)), h.o.Forget(ctx, m.Topic, m.N)}
	if m.State.Gone == ByChair {
		errs = append(errs, h.made(ctx, m), h.o.Incidents.Note(ctx, m.ID, incidents.Removal{
			What: incidents.Message, At: m.State.GoneAt, Where: linkTo(m), By: m.RemovedBy, Flagged: m.Flag != nil,
		}))
	}
	return errors.Join(append(errs, h.o.DB.Scrub(ctx))...)
}

// made tells how a message stands to what was made of it. What its author took
// back stays as it is.
func (h *Hall) made(ctx context.Context, m *Entry) error {
	if m.State.Gone == ByAuthor {
		return nil
	}
	return h.o.Made(ctx, Origin(m.Topic, m.N), m.State)
}

// linkTo is the address of a message.
func linkTo(m *Entry) string { return m.Topic.Path() + "#r" + number(m.N) }

// Flag says that somebody can be recognised in a message that the viewer may
// read. It is hidden from that moment, from all but the chair, until the chair
// decides, and what was made of it with it. Doing it again changes nothing.
func (h *Hall) Flag(ctx context.Context, v people.Viewer, t Topic, n int) error {
	m, err := h.change(ctx, v, t, n, func(m *Entry, _ Access) error {
		if err := people.Allow(v, "msg.flag", people.Create); err != nil {
			return err
		}
		if m.By == v.Account {
			return fault.New(fault.Conflict, "Dit is uw eigen reactie. U kunt haar verwijderen.")
		}
		return h.hide(v, m)
	})
	if err != nil {
		return err
	}
	return h.made(ctx, m)
}

func (h *Hall) hide(v people.Viewer, m *Entry) error {
	if m.State.Hidden || m.State.Gone != Here {
		return store.Unchanged
	}
	m.State.Hidden, m.Flag = true, &Flag{By: v.Account, At: h.o.Now()}
	m.Events.Add(evFlagged, h.o.Now(), nil)
	return nil
}

// Restore shows a hidden message again; for the chair.
func (h *Hall) Restore(ctx context.Context, v people.Viewer, t Topic, n int) error {
	m, err := h.change(ctx, v, t, n, func(m *Entry, _ Access) error {
		if err := people.Allow(v, "msg.flag", people.Act); err != nil {
			return err
		}
		if !m.State.Hidden {
			return store.Unchanged
		}
		m.decide(h.o.Now())
		m.Flag = nil
		return nil
	})
	if err != nil {
		return err
	}
	return h.made(ctx, m)
}

// Remove takes a message away for good; for the chair. When it answers without
// an error the text is overwritten in the store, and gone from what was made of
// it, from notices, from the indexes, and from files that the store governs
// itself. A mark stays, and an incident without the text. Doing it again
// finishes what was left undone.
func (h *Hall) Remove(ctx context.Context, v people.Viewer, t Topic, n int) error {
	m, err := h.change(ctx, v, t, n, func(m *Entry, _ Access) error {
		if err := people.Allow(v, "msg.flag", people.Act); err != nil {
			return err
		}
		if m.State.Gone == ByChair {
			return store.Unchanged
		}
		m.wipe(ByChair, h.o.Now())
		m.RemovedBy = v.Account
		m.Events.Add(evRemoved, h.o.Now(), nil)
		return nil
	})
	if err != nil {
		return err
	}
	return h.erase(ctx, m)
}

// Toggle gives a reaction to a message, or takes back the one that was given.
func (h *Hall) Toggle(ctx context.Context, v people.Viewer, t Topic, n int, r Reaction) error {
	if _, err := h.Enter(ctx, v, t); err != nil {
		return err
	}
	room, err := h.Room(ctx, t)
	if err != nil {
		return err
	}
	return h.React(ctx, v, t, n, r, !room.reacted(n, r, v.Account))
}

// React gives a reaction to a message, or takes it back. Giving it twice is
// giving it once.
func (h *Hall) React(ctx context.Context, v people.Viewer, t Topic, n int, r Reaction, on bool) error {
	a, err := h.Enter(ctx, v, t)
	if err != nil {
		return err
	}
	verb := people.Create
	if !on {
		verb = people.Delete
	}
	if err := people.Allow(v, "msg.reaction.own", verb); err != nil {
		return err
	}
	m, err := h.message(ctx, t, n)
	if err != nil {
		return err
	}
	if r != Agree && r != Query {
		return fault.New(fault.Invalid, "Kies «eens» of «vraag».")
	}
	if !a.Write || m.State.Hidden || m.State.Gone != Here {
		return fault.New(fault.Conflict, "Op deze reactie kunt u nu niet reageren.")
	}
	return h.add(ctx, &Entry{
		Topic: t, What: Reacted, About: n, By: v.Account, Role: v.ActiveRole(), At: h.o.Now(), Reaction: r, Off: !on,
		Key: outbox.EffectID("reactie", string(t), v.Account, store.NewID()),
	})
}
