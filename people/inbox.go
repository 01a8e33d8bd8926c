package people

import (
	"context"
	"errors"
	"fmt"
	"time"

	"ruggespraak/internal/fault"
	"ruggespraak/store"
)

// Notice is a line in somebody's inbox.
type Notice struct {
	store.Meta
	Account string     `json:"account"`
	Kind    string     `json:"kind"`
	Text    string     `json:"text"` // a fixed Dutch line; at most the title of a thing its reader may read
	Link    string     `json:"link"` // path
	At      time.Time  `json:"at"`   // by the clock of who tells
	Read    *time.Time `json:"read,omitempty"`
	Gone    bool       `json:"gone,omitempty"` // thrown away or purged: without text, so that telling again changes nothing
}

// Inbox holds what the product has to tell each account. Safe for several
// goroutines.
type Inbox struct{ notices *store.Collection[Notice] }

func newInbox(ctx context.Context, db store.DB) (*Inbox, error) {
	notices, err := store.Open(ctx, db, store.Spec[Notice]{
		Name:   "notice",
		Orders: []store.Order{{"account", "at"}, {"unread"}, {"link"}},
		Meta:   func(n *Notice) *store.Meta { return &n.Meta },
		Keys:   noticeKeys,
	})
	return &Inbox{notices: notices}, err
}

func noticeKeys(n *Notice) store.Keys {
	if n.Gone {
		return nil
	}
	k := store.Keys{"account": {n.Account}, "at": {instantKey(n.At)}, "link": {n.Link}}
	if n.Read == nil {
		k["unread"] = []string{n.Account}
	}
	return k
}

// instantKey sorts like the instant.
func instantKey(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// Tell puts a notice in the inbox of n.Account. The id is made from what
// happened, who is told and how; telling again changes nothing, also when the
// reader threw the notice away in the meantime.
func (in *Inbox) Tell(ctx context.Context, id string, n Notice) error {
	if n.Account == "" || n.At.IsZero() {
		return fmt.Errorf("tell %s: a notice needs an account and an instant", id)
	}
	n.Meta = store.Meta{ID: id}
	n.Read = nil
	err := in.notices.Insert(ctx, &n)
	if errors.Is(err, store.ErrExists) {
		return nil
	}
	return err
}

// Unread counts what the viewer did not read; 0 for a visitor.
func (in *Inbox) Unread(ctx context.Context, v Viewer) (int, error) {
	if v.Account == "" || !May(v.ActiveRole(), "bericht.own", List) {
		return 0, nil
	}
	return in.notices.Count(ctx, store.Query{Order: store.Order{"unread"}, Equal: []string{v.Account}})
}

// List gives a page of the viewer's notices, newest first. after is the next
// of the page before.
func (in *Inbox) List(ctx context.Context, v Viewer, after string) (notices []*Notice, next string, err error) {
	if err := Allow(v, "bericht.own", List); err != nil {
		return nil, "", err
	}
	notices, next, err = in.notices.Find(ctx, store.Query{
		Order: store.Order{"account", "at"}, Equal: []string{v.Account}, Desc: true, Limit: 50, After: after,
	})
	if errors.Is(err, store.ErrCursor) {
		err = fault.NotFoundError() // not a page of ours
	}
	return notices, next, err
}

// Notice gives one of the viewer's notices.
func (in *Inbox) Notice(ctx context.Context, v Viewer, id string) (*Notice, error) {
	if err := in.own(ctx, v, id, Read); err != nil {
		return nil, err
	}
	return found(in.notices.Get(ctx, id))
}

// MarkRead notes that the viewer read the notice and gives it.
func (in *Inbox) MarkRead(ctx context.Context, v Viewer, id string, at time.Time) (*Notice, error) {
	if err := in.own(ctx, v, id, Update); err != nil {
		return nil, err
	}
	return found(in.notices.Update(ctx, id, func(n *Notice) error {
		if n.Read != nil {
			return store.Unchanged
		}
		n.Read = &at
		return nil
	}))
}

// MarkAllRead notes that the viewer read everything there is.
func (in *Inbox) MarkAllRead(ctx context.Context, v Viewer, at time.Time) error {
	if err := Allow(v, "bericht.own", Update); err != nil {
		return err
	}
	unread, err := in.notices.All(ctx, store.Query{Order: store.Order{"unread"}, Equal: []string{v.Account}})
	if err != nil {
		return err
	}
	for _, n := range unread {
		if _, err := in.MarkRead(ctx, v, n.ID, at); err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
	}
	return nil
}

// Throw removes one of the viewer's notices.
func (in *Inbox) Throw(ctx context.Context, v Viewer, id string) error {
	if err := in.own(ctx, v, id, Delete); err != nil {
		return err
	}
	return in.empty(ctx, id)
}

// Purge removes every notice that leads to link, from everybody's inbox: what
// it names must not be left anywhere.
func (in *Inbox) Purge(ctx context.Context, link string) error {
	all, err := in.notices.All(ctx, store.Query{Order: store.Order{"link"}, Equal: []string{link}})
	if err != nil {
		return err
	}
	for _, n := range all {
		if err := in.empty(ctx, n.ID); err != nil {
			return err
		}
	}
	return nil
}

// empty leaves of a notice that it was there.
func (in *Inbox) empty(ctx context.Context, id string) error {
	_, err := in.notices.Update(ctx, id, func(n *Notice) error {
		n.Text, n.Link, n.Gone = "", "", true
		return nil
	})
	return err
}

// own is nil when the notice is the viewer's and the viewer may do this to it;
// the notice of another is not found.
func (in *Inbox) own(ctx context.Context, v Viewer, id string, verb Verb) error {
	n, err := found(in.notices.Get(ctx, id))
	if err != nil {
		return err
	}
	if n.Gone {
		return fault.NotFoundError()
	}
	if n.Account != v.Account {
		return Allow(v, "bericht.other", verb)
	}
	return Allow(v, "bericht.own", verb)
}
