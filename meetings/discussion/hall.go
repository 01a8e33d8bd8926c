package discussion

import (
	"context"
	"errors"
	"fmt"

	"ruggespraak/internal/clock"
	"ruggespraak/internal/fault"
	"ruggespraak/internal/guard"
	"ruggespraak/internal/outbox"
	"ruggespraak/meetings/incidents"
	"ruggespraak/people"
	"ruggespraak/store"
)

// Options are what a Hall needs. All but the last four are required.
type Options struct {
	DB        store.DB
	Guard     *guard.Guard
	Door      Door
	Accounts  *people.Directory
	Inbox     *people.Inbox
	Incidents *incidents.Register // where removals are noted
	Mail      *outbox.Queue
	Now       clock.Now // the consultation's clock
	Real      clock.Now
	Wake      func() // tells the projector that events wait; after the write

	// Made keeps what was made elsewhere from the text of a message in step with
	// it: hidden while the message is, gone once the chair removed it. The origin
	// is Origin(topic, n). Twice is harmless.
	Made func(ctx context.Context, origin string, s State) error
	// Waiting tells that more messages of a topic wait for the chair, or fewer.
	// Twice is harmless.
	Waiting func(ctx context.Context, t Topic) error
	// Forget takes a message out of the indexes. Twice is harmless.
	Forget func(ctx context.Context, t Topic, n int) error
	// Announce tells that the topic has a new entry, after the write. It is a
	// hint: it must not block, and nothing depends on its coming.
	Announce func(t Topic, n int)
}

// Hall is where people talk. Safe for several goroutines and instances.
type Hall struct {
	o         Options
	entries   *store.Collection[Entry]
	seen      *store.Collection[seenDoc]
	questions *store.Collection[Question]
	presence  *store.Collection[presenceDoc]
}

// New opens the collections and gives the hall.
func New(ctx context.Context, o Options) (*Hall, error) {
	if o.Wake == nil {
		o.Wake = func() {}
	}
	if o.Made == nil {
		o.Made = func(context.Context, string, State) error { return nil }
	}
	if o.Waiting == nil {
		o.Waiting = func(context.Context, Topic) error { return nil }
	}
	if o.Forget == nil {
		o.Forget = func(context.Context, Topic, int) error { return nil }
	}
	if o.Announce == nil {
		o.Announce = func(Topic, int) {}
	}
	h := &Hall{o: o}
	var errs [4]error
	h.entries, errs[0] = store.Open(ctx, o.DB, entrySpec())
	h.seen, errs[1] = store.Open(ctx, o.DB, seenSpec())
	h.questions, errs[2] = store.Open(ctx, o.DB, questionSpec())
	h.presence, errs[3] = store.Open(ctx, o.DB, presenceSpec())
	return h, errors.Join(errs[:]...)
}

// Enter tells how the viewer stands to the topic; a NotFound fault when it is
// not for the viewer. Whoever subscribes to a topic is asked through it, and
// again when rights may have changed.
func (h *Hall) Enter(ctx context.Context, v people.Viewer, t Topic) (Access, error) {
	admit, err := h.Door(ctx, t)
	if err != nil {
		return Access{}, err
	}
	return admit(v)
}

// Door is Enter for many viewers: it reads once.
func (h *Hall) Door(ctx context.Context, t Topic) (Admit, error) {
	door := h.o.Door
	switch subject, _, _ := t.Parts(); subject {
	case "":
		return nil, fault.NotFoundError()
	case Asked:
		door = h.questionDoor
	}
	admit, err := door(ctx, t)
	if err != nil {
		return nil, err
	}
	return func(v people.Viewer) (Access, error) {
		a, err := admit(v)
		if err != nil {
			return Access{}, err
		}
		if v.IsSystem() {
			return a, nil
		}
		if a.Audience == "" {
			return Access{}, fault.NotFoundError()
		}
		return a, people.Allow(v, a.Relation, people.Read)
	}, nil
}

// Tail gives the entries of a topic after number after, in their order and
// without a hole, at most a page of them. It asks nobody who may: it is for
// making frames, which go to those whom Enter let in.
func (h *Hall) Tail(ctx context.Context, t Topic, after int) ([]*Entry, error) {
	found, _, err := h.entries.Find(ctx, store.Query{Order: orderNumber, Equal: []string{string(t)}, From: number(after + 1)})
	if err != nil {
		return nil, err
	}
	for i, e := range found {
		if e.N != after+1+i {
			return found[:i], nil // what is behind the hole comes when the hole is filled
		}
	}
	return found, nil
}

// Last is the number of the topic's newest entry; 0 when nothing was said.
func (h *Hall) Last(ctx context.Context, t Topic) (int, error) {
	newest, _, err := h.entries.Find(ctx, store.Query{Order: orderNumber, Equal: []string{string(t)}, Desc: true, Limit: 1})
	if err != nil || len(newest) == 0 {
		return 0, err
	}
	return newest[0].N, nil
}

// add inserts the entry under the next number, unless its author's key stands
// in the topic already: then it becomes that one. The newest number is read
// before the key is looked for: whoever else comes with the same key in between
// takes that number, and the insert meets it.
func (h *Hall) add(ctx context.Context, e *Entry) error {
	for {
		last, err := h.Last(ctx, e.Topic)
		if err != nil {
			return err
		}
		same, err := h.withKey(ctx, e.Key)
		if err != nil {
			return err
		}
		if same != nil {
			*e = *same
			return nil
		}
		if last >= maxNumber {
			return fmt.Errorf("topic has %d entries", last)
		}
		e.N = last + 1
		e.ID = entryID(e.Topic, e.N)
		if e.What == Said {
			e.About = e.N
		}
		err = h.entries.Insert(ctx, e)
		if err == nil {
			h.o.Announce(e.Topic, e.N)
			h.o.Wake()
			return nil
		}
		if !errors.Is(err, store.ErrExists) {
			return fmt.Errorf("add to topic: %w", err)
		}
	}
}

func (h *Hall) withKey(ctx context.Context, key string) (*Entry, error) {
	found, _, err := h.entries.Find(ctx, store.Query{Order: orderKey, Equal: []string{key}, Limit: 1})
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return found[0], nil
}

// message reads a message of the topic; a NotFound fault when the number is of
// nothing that was said.
func (h *Hall) message(ctx context.Context, t Topic, n int) (*Entry, error) {
	e, err := h.entries.Get(ctx, entryID(t, n))
	if errors.Is(err, store.ErrNotFound) || err == nil && e.What != Said {
		return nil, fault.NotFoundError()
	}
	return e, err
}
