package people

import (
	"context"
	"fmt"

	"ruggespraak/internal/clock"
	"ruggespraak/internal/outbox"
	"ruggespraak/store"
)

// Options says with what a House works.
type Options struct {
	DB   store.DB
	Now  clock.Now // the real clock
	Cost HashCost  // the zero value is the cost of the trust model
	// Mail takes the mails with invitations. Nil: no mail server is set, and the
	// inviter gets the link instead.
	Mail *outbox.Queue
}

// House is everything this package does, over one store.
type House struct {
	Directory *Directory
	Sessions  *Sessions
	Door      *Door
	Inbox     *Inbox
	Journal   *Journal
	now       clock.Now
}

// New opens the package's kinds and gives its services.
func New(ctx context.Context, o Options) (*House, error) {
	journal, err := newJournal(ctx, o.DB, o.Now)
	if err != nil {
		return nil, fmt.Errorf("open journal: %w", err)
	}
	directory, err := newDirectory(ctx, o, journal)
	if err != nil {
		return nil, fmt.Errorf("open directory: %w", err)
	}
	inbox, err := newInbox(ctx, o.DB)
	if err != nil {
		return nil, fmt.Errorf("open inbox: %w", err)
	}
	sessions, err := newSessions(ctx, o.DB, directory, o.Now)
	if err != nil {
		return nil, fmt.Errorf("open sessions: %w", err)
	}
	door, err := newDoor(ctx, o, directory, sessions)
	if err != nil {
		return nil, fmt.Errorf("open door: %w", err)
	}
	return &House{Directory: directory, Sessions: sessions, Door: door, Inbox: inbox, Journal: journal, now: o.Now}, nil
}
