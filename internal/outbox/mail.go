package outbox

import (
	"context"
	"errors"
	"fmt"
	"time"

	"ruggespraak/internal/clock"
	"ruggespraak/store"
)

// State says how far a mail is.
type State string

// The states of a mail.
const (
	Waiting State = "wachtend"  // until it is due
	Busy    State = "bezig"     // claimed by a sender, until its claim ends
	Sent    State = "verstuurd" // the mail server took it
	Failed  State = "mislukt"   // refused for good, or tried too often
	Dropped State = "vervallen" // nobody may get it any more
)

// States lists the states in the order in which an administrator looks at them.
var States = []State{Failed, Busy, Waiting, Sent, Dropped}

// claimFor is how long a sender may take for one mail. A mail whose claim has
// ended is sent again, with the same Message-ID.
const claimFor = 2 * time.Minute

// Mail is an outgoing mail: what sort of message, for whom, and where it leads.
// It holds no address and no text; package server/mail knows the subject for
// the kind, and reads the address when it sends.
type Mail struct {
	store.Meta
	To    string    `json:"to"`             // account id
	Kind  string    `json:"kind"`           // see the table in server/mail
	Link  string    `json:"link"`           // path, to be put after the base URL; never a secret: those are made when sending
	At    time.Time `json:"at"`             // when it was decided; the queue's clock when zero
	Until time.Time `json:"until,omitzero"` // not sent after this; zero: no end

	State     State     `json:"state"`
	Attempts  int       `json:"attempts"`
	Due       time.Time `json:"due"` // when to try, or when the claim ends
	SentAt    time.Time `json:"sentAt,omitzero"`
	MessageID string    `json:"messageID"` // without <>; fixed when the mail is made
	Reason    string    `json:"reason,omitempty"`
}

// QueueOptions are what a queue needs.
type QueueOptions struct {
	DB   store.DB
	Real clock.Now // for claims and attempts
	Now  clock.Now // the consultation's, for At
	Host string    // right half of Message-IDs
}

// Queue keeps outgoing mail. Safe for several goroutines and instances.
type Queue struct {
	mails *store.Collection[Mail]
	real  clock.Now
	now   clock.Now
	host  string
	added chan struct{}
}

// instant is a time as a key: it sorts by byte.
func instant(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// OpenQueue opens the queue of the store.
func OpenQueue(ctx context.Context, o QueueOptions) (*Queue, error) {
	mails, err := store.Open(ctx, o.DB, store.Spec[Mail]{
		Name:   "outbox_mail",
		Orders: []store.Order{{"state", "due"}, {"state", "at"}, {"at"}},
		Meta:   func(m *Mail) *store.Meta { return &m.Meta },
		Keys: func(m *Mail) store.Keys {
			return store.Keys{"state": {string(m.State)}, "due": {instant(m.Due)}, "at": {instant(m.At)}}
		},
	})
	if err != nil {
		return nil, err
	}
	return &Queue{mails: mails, real: o.Real, now: o.Now, host: o.Host, added: make(chan struct{}, 1)}, nil
}

// Add keeps a mail under the id, which EffectID makes of event, recipient and
// kind. Adding it again is harmless, whatever has become of the first.
func (q *Queue) Add(ctx context.Context, id string, m Mail) error {
	m.Meta = store.Meta{ID: id}
	m.State, m.Due = Waiting, q.real()
	m.MessageID = store.NewID() + "@" + q.host
	if m.At.IsZero() {
		m.At = q.now()
	}
	err := q.mails.Insert(ctx, &m)
	if err != nil && !errors.Is(err, store.ErrExists) {
		return fmt.Errorf("add mail %s: %w", m.Kind, err)
	}
	q.hint()
	return nil
}

// Added gives a value after a mail was added or made due by this instance.
func (q *Queue) Added() <-chan struct{} { return q.added }

func (q *Queue) hint() {
	select {
	case q.added <- struct{}{}:
	default:
	}
}

// ErrNone is the answer of Claim when no mail is due.
var ErrNone = errors.New("outbox: no mail is due")

// Claim takes a mail that is due, or answers ErrNone. It counts as an attempt
// at once, so that a sender that dies has been counted.
func (q *Queue) Claim(ctx context.Context) (*Mail, error) {
	for _, state := range []State{Busy, Waiting} {
		m, err := q.claimOf(ctx, state)
		if !errors.Is(err, ErrNone) {
			return m, err
		}
	}
	return nil, ErrNone
}

// claimOf claims a mail in this state. Where other senders were first with all
// it saw, it looks again: there may be more.
func (q *Queue) claimOf(ctx context.Context, state State) (*Mail, error) {
	for {
		due, _, err := q.mails.Find(ctx, store.Query{
			Order: store.Order{"state", "due"}, Equal: []string{string(state)},
			To: instant(q.real().Add(time.Millisecond)), Limit: 20,
		})
		if err != nil {
			return nil, err
		}
		for _, m := range due {
			m.State, m.Due = Busy, q.real().Add(claimFor)
			m.Attempts++
			err := q.mails.Replace(ctx, m)
			if err == nil || !errors.Is(err, store.ErrConflict) && !errors.Is(err, store.ErrNotFound) {
				return m, err
			}
		}
		if len(due) == 0 {
			return nil, ErrNone
		}
	}
}

// MarkSent says that the mail server took the mail. It, Retry, Fail and Drop
// end a claim; one that another sender has taken over meanwhile is left alone.
func (q *Queue) MarkSent(ctx context.Context, m *Mail) error {
	return q.settle(ctx, m, func(m *Mail) { m.State, m.SentAt, m.Reason = Sent, q.real(), "" })
}

// Retry makes the mail due again later.
func (q *Queue) Retry(ctx context.Context, m *Mail, reason string, after time.Duration) error {
	return q.settle(ctx, m, func(m *Mail) { m.State, m.Due, m.Reason = Waiting, q.real().Add(after), reason })
}

// Fail gives the mail up; the administrator sees it and can try Again.
func (q *Queue) Fail(ctx context.Context, m *Mail, reason string) error {
	return q.settle(ctx, m, func(m *Mail) { m.State, m.Reason = Failed, reason })
}

// Drop says that nobody may get the mail any more.
func (q *Queue) Drop(ctx context.Context, m *Mail, reason string) error {
	return q.settle(ctx, m, func(m *Mail) { m.State, m.Reason = Dropped, reason })
}

func (q *Queue) settle(ctx context.Context, claimed *Mail, change func(*Mail)) error {
	_, err := q.mails.Update(ctx, claimed.ID, func(m *Mail) error {
		if m.State != Busy || m.Attempts != claimed.Attempts {
			return store.Unchanged
		}
		change(m)
		return nil
	})
	if err != nil {
		return fmt.Errorf("settle mail %s: %w", claimed.Kind, err)
	}
	return nil
}

// ErrNoMail is the answer of Again when there is no such mail.
var ErrNoMail = errors.New("outbox: no such mail")

// Again makes a mail due that failed or waits; of any other it is nothing.
func (q *Queue) Again(ctx context.Context, id string) error {
	_, err := q.mails.Update(ctx, id, func(m *Mail) error {
		if m.State != Failed && m.State != Waiting {
			return store.Unchanged
		}
		m.State, m.Due = Waiting, q.real()
		return nil
	})
	if errors.Is(err, store.ErrNotFound) {
		return ErrNoMail
	}
	if err != nil {
		return fmt.Errorf("mail again: %w", err)
	}
	q.hint()
	return nil
}

// List gives a page of mails in a state, newest first; of all mails when state
// is empty.
func (q *Queue) List(ctx context.Context, state State, after string) (mails []*Mail, next string, err error) {
	query := store.Query{Order: store.Order{"at"}, Desc: true, Limit: page, After: after}
	if state != "" {
		query.Order, query.Equal = store.Order{"state", "at"}, []string{string(state)}
	}
	return q.mails.Find(ctx, query)
}

// Count counts the mails in a state.
func (q *Queue) Count(ctx context.Context, state State) (int, error) {
	return q.mails.Count(ctx, store.Query{Order: store.Order{"state", "at"}, Equal: []string{string(state)}})
}

// Prune removes mails that were sent or dropped and were decided before the
// instant. It gives how many.
func (q *Queue) Prune(ctx context.Context, before time.Time) (int, error) {
	n := 0
	for _, state := range []State{Sent, Dropped} {
		old, err := q.mails.All(ctx, store.Query{
			Order: store.Order{"state", "at"}, Equal: []string{string(state)}, To: instant(before),
		})
		if err != nil {
			return n, err
		}
		for _, m := range old {
			if err := q.mails.Delete(ctx, m.ID); err != nil {
				return n, err
			}
			n++
		}
	}
	return n, nil
}
