package mail

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	netmail "net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/google/go-cmp/cmp"

	"ruggespraak/internal/fault"
	"ruggespraak/internal/outbox"
	"ruggespraak/store/storetest"
)

// postOffice is a real mail server that does what a test tells it to.
type postOffice struct {
	mu    sync.Mutex
	got   []letter
	rcpt  error // answer to RCPT
	data  error // answer after the message
	cut   bool  // hang up after the message, without an answer
	addr  string
	close func()
}

type letter struct {
	from, to  string
	raw       []byte
	user      string // whose password came with it
	encrypted bool   // at the password
}

func newPostOffice(t *testing.T) *postOffice {
	t.Helper()
	return newEncryptedPostOffice(t, nil, false)
}

// newEncryptedPostOffice offers STARTTLS, or speaks TLS from the first byte; no
// config is neither.
func newEncryptedPostOffice(t *testing.T, config *tls.Config, fromTheFirstByte bool) *postOffice {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &postOffice{addr: l.Addr().String()}
	server := smtp.NewServer(p)
	server.TLSConfig = config
	if fromTheFirstByte {
		l = tls.NewListener(l, config)
	}
	server.Domain = "mail.voorbeeld.nl"
	server.ErrorLog = quiet{}
	ended := make(chan struct{})
	go func() { _ = server.Serve(l); close(ended) }()
	p.close = sync.OnceFunc(func() {
		_ = server.Close()
		_ = l.Close() // Close of a server that does not serve yet leaves its listener open
		<-ended
	})
	t.Cleanup(p.close)
	return p
}

type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}

func (p *postOffice) NewSession(c *smtp.Conn) (smtp.Session, error) {
	return &counter{office: p, conn: c}, nil
}

func (p *postOffice) letters() []letter {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]letter(nil), p.got...)
}

func (p *postOffice) behave(change func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	change()
}

// counter is one conversation.
type counter struct {
	office *postOffice
	conn   *smtp.Conn
	l      letter
}

func (c *counter) Mail(from string, _ *smtp.MailOptions) error { c.l.from = from; return nil }
func (c *counter) Rcpt(to string, _ *smtp.RcptOptions) error {
	c.l.to = to
	c.office.mu.Lock()
	defer c.office.mu.Unlock()
	return c.office.rcpt
}
func (c *counter) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	c.l.raw = raw
	c.office.mu.Lock()
	defer c.office.mu.Unlock()
	if c.office.data == nil {
		c.office.got = append(c.office.got, c.l)
	}
	if c.office.cut {
		_ = c.conn.Conn().Close()
	}
	return c.office.data
}
func (c *counter) Reset()        {}
func (c *counter) Logout() error { return nil }

// desk is a queue and a sender for the office.
type desk struct {
	queue   *outbox.Queue
	sender  *Sender
	now     time.Time
	address func(account string) (string, error)
}

func newDesk(t *testing.T, change func(*Options)) *desk {
	t.Helper()
	db := storetest.Open(t)
	var err error
	d := &desk{now: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)}
	clock := func() time.Time { return d.now }
	d.queue, err = outbox.OpenQueue(t.Context(), outbox.QueueOptions{DB: db, Real: clock, Now: clock, Host: "ruggespraak.voorbeeld.nl"})
	if err != nil {
		t.Fatal(err)
	}
	d.address = func(account string) (string, error) { return account + "@voorbeeld.nl", nil }
	o := Options{
		Queue: d.queue, From: "ruggespraak@voorbeeld.nl", BaseURL: "https://ruggespraak.voorbeeld.nl",
		Address: func(_ context.Context, account string) (string, error) { return d.address(account) },
		Log:     slog.New(slog.DiscardHandler),
	}
	change(&o)
	if d.sender, err = New(o); err != nil {
		t.Fatal(err)
	}
	return d
}

func newDeskFor(t *testing.T, p *postOffice) *desk {
	return newDesk(t, func(o *Options) { o.Server = "smtp://" + p.addr })
}

func (d *desk) mustAdd(t *testing.T, id, kind, link string) {
	t.Helper()
	if err := d.queue.Add(t.Context(), id, outbox.Mail{To: "anna", Kind: kind, Link: link}); err != nil {
		t.Fatal(err)
	}
}

func (d *desk) mustShow(t *testing.T) Shown {
	t.Helper()
	mails, _, err := d.sender.List(t.Context(), "", "")
	if err != nil || len(mails) != 1 {
		t.Fatalf("List = %v, %v, want one mail", mails, err)
	}
	return mails[0]
}

func mustParse(t *testing.T, l letter) *netmail.Message {
	t.Helper()
	m, err := netmail.ReadMessage(bytes.NewReader(l.raw))
	if err != nil {
		t.Fatalf("the mail cannot be read: %v\n%s", err, l.raw)
	}
	return m
}

func TestMailSaysKindAndLinkOnly(t *testing.T) {
	p := newPostOffice(t)
	d := newDeskFor(t, p)
	d.mustAdd(t, "one", "antwoord", "/terugkoppeling/2026-02")
	if n, err := d.sender.SendDue(t.Context()); n != 1 || err != nil {
		t.Fatalf("SendDue = %d, %v, want 1", n, err)
	}
	m := mustParse(t, p.letters()[0])
	got := map[string]string{}
	for _, name := range []string{"From", "To", "Subject", "Auto-Submitted", "Content-Type", "Cc", "Bcc", "User-Agent", "X-Mailer"} {
		got[name] = m.Header.Get(name)
	}
	want := map[string]string{
		"From": `"Ruggespraak" <ruggespraak@voorbeeld.nl>`, "To": "<anna@voorbeeld.nl>",
		"Subject": "Ruggespraak: antwoord op uw inbreng", "Auto-Submitted": "auto-generated",
		"Content-Type": "text/plain; charset=UTF-8", "Cc": "", "Bcc": "", "User-Agent": "", "X-Mailer": "",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("headers (-want +got):\n%s", diff)
	}
	body, err := io.ReadAll(m.Body)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"https://ruggespraak.voorbeeld.nl/terugkoppeling/2026-02", "Antwoorden op deze mail kan niet"} {
		if !strings.Contains(string(body), part) {
			t.Errorf("the body lacks %q:\n%s", part, body)
		}
	}
	if shown := d.mustShow(t); shown.State != outbox.Sent {
		t.Errorf("state = %s, want %s", shown.State, outbox.Sent)
	}
}

// Every kind makes a mail that a parser reads back as it was meant.
func TestEveryKindCanBeSent(t *testing.T) {
	p := newPostOffice(t)
	d := newDeskFor(t, p)
	for _, kind := range Kinds() {
		d.mustAdd(t, kind, kind, "/berichten")
	}
	if n, err := d.sender.SendDue(t.Context()); n != len(Kinds()) || err != nil {
		t.Fatalf("SendDue = %d, %v, want %d", n, err, len(Kinds()))
	}
	for _, l := range p.letters() {
		if subject := mustParse(t, l).Header.Get("Subject"); !strings.HasPrefix(subject, "Ruggespraak: ") {
			t.Errorf("subject %q does not say whose it is", subject)
		}
	}
}

func TestRefusedForNowIsSentLater(t *testing.T) {
	p := newPostOffice(t)
	p.rcpt = &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: "greylisted"}
	d := newDeskFor(t, p)
	d.mustAdd(t, "one", "antwoord", "/x")
	if n, err := d.sender.SendDue(t.Context()); n != 0 || err != nil {
		t.Fatalf("SendDue = %d, %v, want 0", n, err)
	}
	if shown := d.mustShow(t); shown.State != outbox.Waiting || shown.Reason != "de mailserver vraagt om later (code 451)" {
		t.Errorf("mail = %+v, want one that waits with the reason", shown)
	}
	p.behave(func() { p.rcpt = nil })
	d.now = d.now.Add(time.Minute)
	if n, err := d.sender.SendDue(t.Context()); n != 1 || err != nil {
		t.Errorf("SendDue later = %d, %v, want 1", n, err)
	}
}

func TestRefusedForGoodIsSeenAndTriedAgainByHand(t *testing.T) {
	p := newPostOffice(t)
	p.data = &smtp.SMTPError{Code: 554, EnhancedCode: smtp.EnhancedCode{5, 7, 1}, Message: "no mail for anna@voorbeeld.nl"}
	d := newDeskFor(t, p)
	d.mustAdd(t, "one", "antwoord", "/x")
	d.mustAdd(t, "two", "antwoord", "/x")
	if n, err := d.sender.SendDue(t.Context()); n != 0 || err != nil {
		t.Fatalf("SendDue = %d, %v, want 0", n, err)
	}
	mails, _, err := d.sender.List(t.Context(), outbox.Failed, "")
	if err != nil || len(mails) != 2 || mails[0].Reason != "de mailserver weigert deze mail (code 554)" {
		t.Fatalf("failed mails = %+v, %v, want two with the code and no address", mails, err)
	}
	p.behave(func() { p.data = nil })
	if err := d.queue.Again(t.Context(), "one"); err != nil {
		t.Fatal(err)
	}
	if n, err := d.sender.SendDue(t.Context()); n != 1 || err != nil {
		t.Errorf("SendDue after Again = %d, %v, want 1", n, err)
	}
}

// The server took the message and hung up before it said so: the one case in
// which a mail comes twice. It is the same message in every byte.
func TestCutAfterDataComesTwiceAsTheSameMessage(t *testing.T) {
	p := newPostOffice(t)
	p.cut = true
	d := newDeskFor(t, p)
	d.mustAdd(t, "one", "antwoord", "/x")
	if n, err := d.sender.SendDue(t.Context()); n != 0 || err == nil {
		t.Fatalf("SendDue = %d, %v, want 0 and an error", n, err)
	}
	p.behave(func() { p.cut = false })
	d.now = d.now.Add(time.Minute)
	if n, err := d.sender.SendDue(t.Context()); n != 1 || err != nil {
		t.Fatalf("SendDue again = %d, %v, want 1", n, err)
	}
	letters := p.letters()
	if len(letters) != 2 {
		t.Fatalf("the office has %d letters, want 2", len(letters))
	}
	if diff := cmp.Diff(string(letters[0].raw), string(letters[1].raw)); diff != "" {
		t.Errorf("the second differs from the first (-first +second):\n%s", diff)
	}
	if id := mustParse(t, letters[0]).Header.Get("Message-ID"); !strings.HasSuffix(id, "@ruggespraak.voorbeeld.nl>") {
		t.Errorf("Message-ID = %q, want one of our host", id)
	}
}

func TestServerAwayLeavesTheOthersUntouched(t *testing.T) {
	p := newPostOffice(t)
	d := newDeskFor(t, p)
	d.mustAdd(t, "one", "antwoord", "/x")
	d.mustAdd(t, "two", "antwoord", "/x")
	p.close()
	if n, err := d.sender.SendDue(t.Context()); n != 0 || !errors.Is(err, errAway) {
		t.Fatalf("SendDue = %d, %v, want 0 and errAway", n, err)
	}
	mails, _, err := d.sender.List(t.Context(), outbox.Waiting, "")
	if err != nil || len(mails) != 2 {
		t.Fatalf("waiting mails = %v, %v, want 2", mails, err)
	}
	if attempts := mails[0].Attempts + mails[1].Attempts; attempts != 1 {
		t.Errorf("attempts of both = %d, want 1", attempts)
	}
}

func TestEndedAccountGetsNothing(t *testing.T) {
	p := newPostOffice(t)
	d := newDeskFor(t, p)
	d.address = func(string) (string, error) { return "", fmt.Errorf("address: %w", fault.NotFoundError()) }
	d.mustAdd(t, "one", "antwoord", "/x")
	if n, err := d.sender.SendDue(t.Context()); n != 0 || err != nil {
		t.Fatalf("SendDue = %d, %v, want 0", n, err)
	}
	if shown := d.mustShow(t); shown.State != outbox.Dropped {
		t.Errorf("state = %s, want %s", shown.State, outbox.Dropped)
	}
}

func TestWhatCannotBeAMailFails(t *testing.T) {
	for _, tc := range []struct {
		name, address, kind, link string
	}{
		{"line feed in the address", "anna@voorbeeld.nl\nBcc: x@y.nl", "antwoord", "/x"},
		{"carriage return and line feed", "anna@voorbeeld.nl\r\nBcc: <x@y.nl>", "antwoord", "/x"},
		{"NUL", "anna@voorbeeld.nl\x00", "antwoord", "/x"},
		{"name before the address", "Anna <anna@voorbeeld.nl>", "antwoord", "/x"},
		{"name with a line break", "\"Anna\r\nBcc: x@y.nl\" <anna@voorbeeld.nl>", "antwoord", "/x"},
		{"two addresses", "anna@voorbeeld.nl,x@y.nl", "antwoord", "/x"},
		{"no address", "", "antwoord", "/x"},
		{"unknown kind", "anna@voorbeeld.nl", "reclame", "/x"},
		{"link to elsewhere", "anna@voorbeeld.nl", "antwoord", "//evil.example/"},
		{"link with a line break", "anna@voorbeeld.nl", "antwoord", "/x\r\nhttps://evil.example/"},
		{"no link", "anna@voorbeeld.nl", "antwoord", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			p := newPostOffice(t)
			d := newDeskFor(t, p)
			d.address = func(string) (string, error) { return tc.address, nil }
			d.mustAdd(t, "one", tc.kind, tc.link)
			if n, err := d.sender.SendDue(t.Context()); n != 0 || err != nil {
				t.Fatalf("SendDue = %d, %v, want 0", n, err)
			}
			if shown := d.mustShow(t); shown.State != outbox.Failed {
				t.Errorf("state = %s, want %s", shown.State, outbox.Failed)
			}
			if got := p.letters(); len(got) != 0 {
				t.Errorf("the office got %q", got[0].raw)
			}
		})
	}
}

func TestSecretLinkIsMadeWhenSending(t *testing.T) {
	p := newPostOffice(t)
	d := newDesk(t, func(o *Options) {
		o.Server = "smtp://" + p.addr
		o.Link = func(_ context.Context, m outbox.Mail) (string, error) { return "/uitnodiging/" + m.To, nil }
	})
	d.mustAdd(t, "one", "uitnodiging", "")
	if n, err := d.sender.SendDue(t.Context()); n != 1 || err != nil {
		t.Fatalf("SendDue = %d, %v, want 1", n, err)
	}
	if raw := p.letters()[0].raw; !bytes.Contains(raw, []byte("/uitnodiging/anna")) {
		t.Errorf("the mail lacks the link:\n%s", raw)
	}
	if shown := d.mustShow(t); shown.Link != "" {
		t.Errorf("the queue kept the link %q", shown.Link)
	}
}

// A password is given to nobody in clear text: a server without STARTTLS gets
// neither it nor the mail.
func TestPasswordNeedsEncryption(t *testing.T) {
	p := newPostOffice(t)
	d := newDesk(t, func(o *Options) { o.Server = "smtp://post:geheim@" + p.addr })
	d.mustAdd(t, "one", "antwoord", "/x")
	n, err := d.sender.SendDue(t.Context())
	if n != 0 || !errors.Is(err, errAway) {
		t.Fatalf("SendDue = %d, %v, want 0 and errAway", n, err)
	}
	if strings.Contains(err.Error(), "geheim") {
		t.Errorf("the error tells the password: %v", err)
	}
	if got := p.letters(); len(got) != 0 {
		t.Errorf("the office got %d letters, want none", len(got))
	}
}

func TestWithoutServerMailsWait(t *testing.T) {
	d := newDesk(t, func(*Options) {})
	d.mustAdd(t, "one", "antwoord", "/x")
	if n, err := d.sender.SendDue(t.Context()); n != 0 || err != nil {
		t.Fatalf("SendDue = %d, %v, want 0", n, err)
	}
	shown := d.mustShow(t)
	if shown.State != outbox.Waiting || shown.Reason != NoServer || shown.Subject != "Ruggespraak: antwoord op uw inbreng" {
		t.Errorf("mail = %+v, want one that waits for a server", shown)
	}
}

func TestRunSendsWhatIsAddedAndEndsWithItsContext(t *testing.T) {
	p := newPostOffice(t)
	sent := make(chan struct{}, 1)
	d := newDeskFor(t, p)
	d.address = func(account string) (string, error) { sent <- struct{}{}; return account + "@voorbeeld.nl", nil }
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { d.sender.Run(ctx); close(ended) }()
	d.mustAdd(t, "one", "antwoord", "/x")
	<-sent
	stop()
	<-ended
	if shown := d.mustShow(t); shown.State == outbox.Busy {
		t.Errorf("state after the stop = %s, want it settled", shown.State)
	}
}

func TestCheckServer(t *testing.T) {
	for _, tc := range []struct {
		server string
		fits   bool
	}{
		{"smtp://localhost", true},
		{"smtp://user:secret@mail.voorbeeld.nl:587", true},
		{"smtps://mail.voorbeeld.nl", true},
		{"mail.voorbeeld.nl:25", false},
		{"http://mail.voorbeeld.nl", false},
		{"smtp://", false},
		{"smtp://user:geheim@mail.voorbeeld.nl:poort", false},
	} {
		t.Run(tc.server, func(t *testing.T) {
			err := CheckServer(tc.server)
			if (err == nil) != tc.fits {
				t.Errorf("CheckServer(%q) = %v, want fits %v", tc.server, err, tc.fits)
			}
			if err != nil && strings.Contains(err.Error(), "geheim") {
				t.Errorf("CheckServer(%q) = %v, which tells the password", tc.server, err)
			}
		})
	}
}
