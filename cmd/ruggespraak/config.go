package main

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/alecthomas/kong"

	"ruggespraak/server/mail"
)

// storeSettings say where everything is kept.
type storeSettings struct {
	Data        string `help:"Folder for the store and the text index; made with access for nobody else." default:"./data" env:"RUGGESPRAAK_DATA" placeholder:"FOLDER"`
	Store       string `help:"Where documents are kept: sqlite:PATH or mongodb://…; empty: SQLite in the data folder." env:"RUGGESPRAAK_STORE" placeholder:"ADDRESS" secret:"address"`
	Development bool   `help:"For a developer's machine: says more in the log and accepts a MongoDB server that stands alone." env:"RUGGESPRAAK_DEVELOPMENT"`
}

// Validate is called by kong. It checks what can be known without opening
// anything.
func (s *storeSettings) Validate() error {
	if s.Data == "" {
		return errors.New("--data: a folder is needed")
	}
	if s.Store != "" && !strings.HasPrefix(s.Store, "sqlite:") && !isMongo(s.Store) {
		return errors.New("--store: want sqlite:PATH or mongodb://…")
	}
	if s.Store == "sqlite:" {
		return errors.New("--store: the path after sqlite: is missing")
	}
	return nil
}

func isMongo(address string) bool {
	return strings.HasPrefix(address, "mongodb://") || strings.HasPrefix(address, "mongodb+srv://")
}

// settle fills in what follows from other options.
func (s *storeSettings) settle() {
	if s.Store == "" {
		s.Store = "sqlite:" + filepath.Join(s.Data, storeFile)
	}
}

// mailSettings say how mail leaves, and where it leads to.
type mailSettings struct {
	BaseURL  string `name:"base-url" help:"Scheme and host under which people reach the product, such as https://ruggespraak.example.nl. Forms from elsewhere are refused, and mails link to it." env:"RUGGESPRAAK_BASE_URL" placeholder:"URL"`
	SMTP     string `name:"smtp" help:"Mail server: smtp://user:password@host:587 (STARTTLS) or smtps://…; empty: mails wait, and links are shown to who invites." env:"RUGGESPRAAK_SMTP" placeholder:"URL" secret:"address"`
	MailFrom string `help:"Address that mails come from; empty: ruggespraak@ and the host of the base URL." env:"RUGGESPRAAK_MAIL_FROM" placeholder:"ADDRESS"`
}

// Validate is called by kong.
func (m *mailSettings) Validate() error {
	if err := checkBaseURL(m.BaseURL); err != nil {
		return fmt.Errorf("--base-url: %w", err)
	}
	if m.SMTP != "" {
		if err := mail.CheckServer(m.SMTP); err != nil {
			return fmt.Errorf("--smtp: %w", err)
		}
	}
	if m.MailFrom != "" && !mail.IsAddress(m.MailFrom) {
		return errors.New("--mail-from: want an address such as ruggespraak@example.nl, without a name")
	}
	return nil
}

// needBaseURL holds outside the demo: without it a mail has nowhere to lead to.
func (m *mailSettings) needBaseURL() error {
	if m.SMTP != "" && m.BaseURL == "" {
		return errors.New("--smtp needs --base-url: mails hold a link to the product")
	}
	return nil
}

// settle fills in what follows from other options.
func (m *mailSettings) settle() {
	if m.MailFrom != "" {
		return
	}
	m.MailFrom = "ruggespraak@localhost"
	if u, err := url.Parse(m.BaseURL); err == nil && u.Hostname() != "" {
		m.MailFrom = "ruggespraak@" + u.Hostname()
	}
}

// base is the base URL as links begin.
func (m *mailSettings) base() string { return strings.TrimSuffix(m.BaseURL, "/") }

// webSettings say how the product meets the world.
type webSettings struct {
	Listen         string       `help:"Address to listen on." default:"localhost:8080" env:"RUGGESPRAAK_LISTEN" placeholder:"ADDRESS"`
	Mail           mailSettings `embed:""`
	Contact        string       `help:"Mail address or URL for security reports, for security.txt." env:"RUGGESPRAAK_CONTACT" placeholder:"ADDRESS"`
	HelpHours      string       `help:"When CoMensha answers the phone, in Dutch, for the page Hulp nu." default:"maandag tot en met vrijdag 9.00–17.00 uur" env:"RUGGESPRAAK_HELP_HOURS" placeholder:"WORDS"`
	TrustedProxies []string     `help:"Addresses or networks of reverse proxies whose X-Forwarded-For counts." env:"RUGGESPRAAK_TRUSTED_PROXIES" placeholder:"NETWORK"`
}

// Validate is called by kong.
func (w *webSettings) Validate() error {
	if _, _, err := net.SplitHostPort(w.Listen); err != nil {
		return errors.New("--listen: want host:port")
	}
	if !isContact(w.Contact) {
		return errors.New("--contact: want a mail address, or a URL of the kind https, mailto or tel")
	}
	for _, p := range w.TrustedProxies {
		if err := checkProxy(p); err != nil {
			return fmt.Errorf("--trusted-proxies: %w", err)
		}
	}
	return nil
}

// isContact tells whether security.txt may name it, or nobody.
func isContact(contact string) bool {
	u, err := url.Parse(contact)
	if err != nil {
		return false
	}
	return contact == "" || mail.IsAddress(contact) ||
		u.Scheme == "https" && u.Hostname() != "" || (u.Scheme == "mailto" || u.Scheme == "tel") && u.Opaque != ""
}

func checkBaseURL(base string) error {
	if base == "" {
		return nil
	}
	u, err := url.Parse(base)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		return errors.New("want http:// or https:// and a host")
	}
	if u.Path != "" && u.Path != "/" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return errors.New("want scheme and host only")
	}
	return nil
}

// checkProxy refuses «everybody»: any client could then say from where it calls.
func checkProxy(network string) error {
	if _, err := netip.ParseAddr(network); err == nil {
		return nil
	}
	p, err := netip.ParsePrefix(network)
	if err != nil {
		return fmt.Errorf("%q is no address or network", network)
	}
	if p.Bits() == 0 {
		return fmt.Errorf("%s is everybody", network)
	}
	return nil
}

// secretFiles lets an option that may hold a secret be read from the file that
// its variable with _FILE behind it names, so that the secret stands in no
// environment and no list of processes.
func secretFiles(lookup func(string) (string, bool), read func(string) ([]byte, error)) kong.ResolverFunc {
	return func(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
		if !flag.Tag.Has("secret") {
			return nil, nil
		}
		for _, name := range flag.Envs {
			file, ok := lookup(name + "_FILE")
			if !ok || file == "" {
				continue
			}
			if v, both := lookup(name); both && v != "" {
				return nil, fmt.Errorf("%s and %s_FILE are both set: choose one", name, name)
			}
			text, err := read(file)
			if err != nil {
				return nil, fmt.Errorf("%s_FILE: %w", name, err)
			}
			return strings.TrimSpace(string(text)), nil
		}
		return nil, nil
	}
}
