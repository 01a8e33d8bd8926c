package mail

import (
	"errors"
	"fmt"
	netmail "net/mail"
	"strings"

	"github.com/wneessen/go-mail"

	"ruggespraak/internal/outbox"
)

// closing ends every mail.
const closing = "Log in om verder te lezen. Om uw gegevens te beschermen staat er niets over de inhoud in deze mail.\n\n" +
	"Antwoorden op deze mail kan niet: niemand leest uw antwoord.\n"

// errUnfit is a mail that can never be sent as it is.
var errUnfit = errors.New("mail cannot be sent as it is")

// compose makes the message. Its bytes depend on the mail, the address and the
// link only, so that a second attempt is the same message.
func (s *Sender) compose(m *outbox.Mail, address, path string) (*mail.Msg, error) {
	t, ok := kinds[m.Kind]
	if !ok {
		return nil, fmt.Errorf("%w: unknown kind %q", errUnfit, m.Kind)
	}
	to, err := bareAddress(address)
	if err != nil {
		return nil, err
	}
	if !plainPath(path) {
		return nil, fmt.Errorf("%w: link is no path", errUnfit)
	}
	msg := mail.NewMsg(mail.WithNoDefaultUserAgent(), mail.WithCharset(mail.CharsetUTF8))
	msg.FromMailAddress(&netmail.Address{Name: "Ruggespraak", Address: s.from})
	msg.ToMailAddress(&netmail.Address{Address: to})
	msg.Subject(t.subject)
	msg.SetMessageIDWithValue(m.MessageID)
	msg.SetDateWithValue(m.At)
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetGenHeader("X-Auto-Response-Suppress", "All")
	msg.SetBodyString(mail.TypeTextPlain, body(t, s.baseURL+path))
	return msg, nil
}

func body(t text, link string) string {
	return t.line + "\n\n" + link + "\n\n" + closing
}

// IsAddress tells whether mail can come from it, or go to it: an address without
// a name.
func IsAddress(address string) bool {
	_, err := bareAddress(address)
	return err == nil
}

// bareAddress accepts one address without a name, and nothing that could end a
// header line.
func bareAddress(address string) (string, error) {
	if strings.ContainsFunc(address, func(r rune) bool { return r <= ' ' || r == 0x7f }) {
		return "", fmt.Errorf("%w: address holds white space or control characters", errUnfit)
	}
	parsed, err := netmail.ParseAddress(address)
	if err != nil || parsed.Address != address {
		return "", fmt.Errorf("%w: no plain address", errUnfit)
	}
	return address, nil
}

// plainPath tells whether a link is a path on our own site, in characters that
// need no escaping.
func plainPath(path string) bool {
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") {
		return false
	}
	return !strings.ContainsFunc(path, func(r rune) bool { return r <= ' ' || r >= 0x7f || r == '\\' })
}
