package mail

import (
	"context"
	"errors"
	"time"

	"ruggespraak/internal/fault"
	"ruggespraak/internal/outbox"
)

// NoServer is what an administrator reads at a mail that waits while no mail
// server is set.
const NoServer = "niet verstuurd: geen mailserver ingesteld"

// State says how far a mail is.
type State = outbox.State

// The states of a mail.
const (
	Waiting = outbox.Waiting
	Busy    = outbox.Busy
	Sent    = outbox.Sent
	Failed  = outbox.Failed
	Dropped = outbox.Dropped
)

// Shown is a mail as a page may show it: no address, no text of its own.
type Shown struct {
	ID       string
	To       string // account id
	Kind     string
	Subject  string
	Line     string
	Link     string
	State    State
	Reason   string
	Attempts int
	At       time.Time
	SentAt   time.Time
}

// List gives a page of mails in a state, newest first; of all when state is
// empty.
func (s *Sender) List(ctx context.Context, state State, after string) (mails []Shown, next string, err error) {
	page, next, err := s.queue.List(ctx, state, after)
	if err != nil {
		return nil, "", err
	}
	mails = make([]Shown, len(page))
	for i, m := range page {
		mails[i] = s.shown(m)
	}
	return mails, next, nil
}

func (s *Sender) shown(m *outbox.Mail) Shown {
	t := kinds[m.Kind] // of an unknown kind: no subject, and the mail has failed or will
	shown := Shown{
		ID: m.ID, To: m.To, Kind: m.Kind, Subject: t.subject, Line: t.line, Link: m.Link,
		State: m.State, Reason: m.Reason, Attempts: m.Attempts, At: m.At, SentAt: m.SentAt,
	}
	if m.State == outbox.Waiting && !s.Configured() {
		shown.Reason = NoServer
	}
	return shown
}

// Count counts the mails in a state.
func (s *Sender) Count(ctx context.Context, state State) (int, error) {
	return s.queue.Count(ctx, state)
}

// Again makes a mail due at once that failed or waits; a NotFound fault when
// there is no such mail.
func (s *Sender) Again(ctx context.Context, id string) error {
	err := s.queue.Again(ctx, id)
	if errors.Is(err, outbox.ErrNoMail) {
		return fault.NotFoundError()
	}
	return err
}
