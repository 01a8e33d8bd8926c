package mail

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/wneessen/go-mail"
)

// talkLimit is for one conversation with the mail server; far below the time a
// claim lasts.
const talkLimit = 20 * time.Second

// CheckServer tells why the address of a mail server cannot be used, or nil.
func CheckServer(server string) error {
	_, err := newClient(server, "controle@localhost")
	return err
}

// newClient reads smtp://user:password@host:port (STARTTLS when the server
// offers it, and always when there is a password) or smtps:// (TLS from the
// first byte).
func newClient(server, from string) (*mail.Client, error) {
	u, err := url.Parse(server)
	if err != nil || u.Hostname() == "" || u.Path != "" && u.Path != "/" {
		return nil, errors.New("mail server: want smtp://user:password@host:port or smtps://…")
	}
	_, host, _ := strings.Cut(from, "@")
	options := []mail.Option{mail.WithTimeout(talkLimit), mail.WithHELO(host)}
	port := "587"
	switch u.Scheme {
	case "smtp":
		policy := mail.TLSOpportunistic
		if u.User != nil {
			policy = mail.TLSMandatory
		}
		options = append(options, mail.WithTLSPolicy(policy))
	case "smtps":
		port = "465"
		options = append(options, mail.WithSSL())
	default:
		return nil, fmt.Errorf("mail server: scheme %q is not smtp or smtps", u.Scheme)
	}
	if u.Port() != "" {
		port = u.Port()
	}
	number, err := strconv.Atoi(port)
	if err != nil {
		return nil, errors.New("mail server: port is no number")
	}
	options = append(options, mail.WithPort(number))
	if u.User != nil {
		password, _ := u.User.Password()
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover),
			mail.WithUsername(u.User.Username()), mail.WithPassword(password))
	}
	client, err := mail.NewClient(u.Hostname(), options...)
	if err != nil {
		return nil, fmt.Errorf("mail server: %w", err)
	}
	return client, nil
}

// errAway is a mail server that cannot be reached or stops in the middle.
var errAway = errors.New("mail server is away")

// refused is the mail server's answer about one mail.
type refused struct {
	code    int
	forGood bool
}

func (r *refused) Error() string { return "mail server: " + r.reason() }

// reason is what the administrator reads: the code, for the server's words may
// repeat an address.
func (r *refused) reason() string {
	if r.forGood {
		return fmt.Sprintf("de mailserver weigert deze mail (code %d)", r.code)
	}
	return fmt.Sprintf("de mailserver vraagt om later (code %d)", r.code)
}

// deliver hands one message to the server. A *refused is about this message;
// any other error about the server or the connection.
func (s *Sender) deliver(ctx context.Context, msg *mail.Msg) error {
	err := s.client.DialAndSendWithContext(ctx, msg)
	if err == nil || msg.IsDelivered() {
		return nil // an error after the server's 250, at RSET or QUIT, does not undo it
	}
	var failure *mail.SendError
	if !errors.As(err, &failure) {
		return fmt.Errorf("%w: %w", errAway, err) // before the message: it can hold no address
	}
	if failure.ErrorCode() == 0 {
		return fmt.Errorf("%w: cut off at %s", errAway, failure.Reason) // not its text, which repeats the address
	}
	return &refused{code: failure.ErrorCode(), forGood: failure.ErrorCode() >= 500}
}
