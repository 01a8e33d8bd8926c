package mail

import (
	"context"
	"time"

	"ruggespraak/internal/outbox"
)

// NoServer is what an administrator reads at a mail that waits while no mail
// server is set.
const NoServer = "niet verstuurd: geen mailserver ingesteld"

// Shown is a mail as a page may show it: no address, no text of its own.
type Shown struct {
	ID       string
	To       string // account id
	Kind     string
	Subject  string
	Line     string
	Link     string
	State    outbox.State
	Reason   string
	Attempts int
	At       time.Time
	SentAt   time.Time
}

// List gives a page of mails in a state, newest first; of all when state is
// empty.
func (s *Sender) List(ctx context.Context, state outbox.State, after string) (mails []Shown, next string, err error) {
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
