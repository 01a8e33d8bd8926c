package mail

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/wneessen/go-mail"

	"ruggespraak/internal/fault"
	"ruggespraak/internal/outbox"
)

const (
	lookEvery   = 30 * time.Second // for mail that is due again
	settleLimit = 10 * time.Second // for writing down the outcome
	firstWait   = time.Minute      // after the first attempt; doubled each time
	longestWait = time.Hour
	maxAttempts = 80 // some three days
)

// Options are what a sender needs.
type Options struct {
	Queue   *outbox.Queue
	Server  string // smtp://… or smtps://…; empty: there is no mail server
	From    string // bare address of the sender
	BaseURL string // without a slash at the end
	// Address reads the address of an account. A NotFound fault means that
	// nobody may get the mail any more: it is dropped.
	Address func(ctx context.Context, account string) (string, error)
	// Link gives the path for a mail; nil takes the mail's own. A NotFound
	// fault drops the mail. It makes links that are secrets: those are never kept.
	Link func(ctx context.Context, m outbox.Mail) (string, error)
	Log  *slog.Logger // nil: slog.Default()
}

// Sender sends the mails of a queue. Safe for several goroutines; several
// instances share the work.
type Sender struct {
	queue   *outbox.Queue
	client  *mail.Client // nil: there is no mail server
	from    string
	baseURL string
	address func(ctx context.Context, account string) (string, error)
	link    func(ctx context.Context, m outbox.Mail) (string, error)
	log     *slog.Logger
}

// New makes a sender. The error says what is wrong with the options; it never
// holds the password.
func New(o Options) (*Sender, error) {
	s := &Sender{queue: o.Queue, from: o.From, baseURL: o.BaseURL, address: o.Address, link: o.Link, log: o.Log}
	if s.log == nil {
		s.log = slog.Default()
	}
	if s.link == nil {
		s.link = func(_ context.Context, m outbox.Mail) (string, error) { return m.Link, nil }
	}
	if o.Server == "" {
		return s, nil
	}
	if _, err := bareAddress(o.From); err != nil {
		return nil, fmt.Errorf("sender address: %w", err)
	}
	client, err := newClient(o.Server, o.From)
	if err != nil {
		return nil, err
	}
	s.client = client
	return s, nil
}

// Configured tells whether there is a mail server.
func (s *Sender) Configured() bool { return s.client != nil }

// Run sends until the context ends: at once what this instance adds, and every
// half minute what is due. Without a mail server it only waits for the end.
func (s *Sender) Run(ctx context.Context) {
	if !s.Configured() {
		<-ctx.Done()
		return
	}
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		if _, err := s.SendDue(ctx); err != nil && ctx.Err() == nil {
			s.log.ErrorContext(ctx, "sending mail", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-s.queue.Added():
		case <-tick.C:
		}
	}
}

// SendDue sends every mail that is due and gives how many the server took. It
// stops at the first sign that the mail server is away: the other mails stay
// untouched. An error is about the queue or the server, never about one mail.
func (s *Sender) SendDue(ctx context.Context) (sent int, err error) {
	if !s.Configured() {
		return 0, nil
	}
	for ctx.Err() == nil {
		m, err := s.queue.Claim(ctx)
		if errors.Is(err, outbox.ErrNone) {
			return sent, nil
		}
		if err != nil {
			return sent, err
		}
		outcome := s.attempt(ctx, m)
		if outcome == nil {
			sent++
		}
		if err := s.settle(ctx, m, outcome); err != nil {
			return sent, err
		}
	}
	return sent, ctx.Err()
}

// attempt tries to send one mail; nil when the server took it.
func (s *Sender) attempt(ctx context.Context, m *outbox.Mail) error {
	address, err := s.address(ctx, m.To)
	if err != nil {
		return err
	}
	path, err := s.link(ctx, *m)
	if err != nil {
		return err
	}
	msg, err := s.compose(m, address, path)
	if err != nil {
		return err
	}
	return s.deliver(ctx, msg)
}

// settle writes down what became of the attempt. It gives an error when the
// queue cannot be written or the mail server is away. It works on when ctx has
// ended: a mail that was sent must be known to be sent.
func (s *Sender) settle(ctx context.Context, m *outbox.Mail, outcome error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleLimit)
	defer cancel()
	if outcome == nil {
		return s.queue.MarkSent(ctx, m)
	}
	if fault.Is(outcome, fault.NotFound) {
		return s.queue.Drop(ctx, m, "de ontvanger mag deze mail niet meer krijgen")
	}
	if errors.Is(outcome, errUnfit) {
		s.log.ErrorContext(ctx, "mail cannot be sent", "mail", m.ID, "kind", m.Kind, "error", outcome)
		return s.queue.Fail(ctx, m, "de mail klopt niet: adres, soort of link")
	}
	reason := reasonOf(outcome)
	var refusal *refused
	about := errors.As(outcome, &refusal) // about this mail, not about the server
	if about && refusal.forGood || m.Attempts >= maxAttempts {
		return s.queue.Fail(ctx, m, reason)
	}
	if err := s.queue.Retry(ctx, m, reason, wait(m.Attempts)); err != nil || about {
		return err
	}
	return fmt.Errorf("mail %s of kind %s: %w", m.ID, m.Kind, outcome)
}

// reasonOf is what the administrator reads: never the text of an error.
func reasonOf(outcome error) string {
	var refusal *refused
	if errors.As(outcome, &refusal) {
		return refusal.reason()
	}
	if errors.Is(outcome, errAway) {
		return "de mailserver is niet bereikbaar"
	}
	return "fout in het programma of de opslag"
}

// wait is the time between attempt n and the next.
func wait(n int) time.Duration {
	if n > 10 { // a minute doubled six times is over longestWait already
		return longestWait
	}
	return min(firstWait<<(n-1), longestWait)
}
