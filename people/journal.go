package people

import (
	"context"
	"errors"
	"net/netip"
	"time"

	"ruggespraak/internal/clock"
	"ruggespraak/internal/fault"
	"ruggespraak/store"
)

// Happening is a security event: that something happened to an account, never
// what anybody wrote.
type Happening struct {
	store.Meta
	At      time.Time `json:"at"`
	What    What      `json:"what"`
	Account string    `json:"account,omitempty"` // whom it is about; empty: unknown
	By      string    `json:"by,omitempty"`      // account that did it; empty: the person itself
	Role    Role      `json:"role,omitempty"`
	Network string    `json:"network,omitempty"` // address cut to /24 or /48
}

// What happened.
type What string

// The security events.
const (
	SignedIn       What = "signed_in"
	SignInRefused  What = "sign_in_refused"
	SignInHeld     What = "sign_in_held" // too many attempts
	SignedOut      What = "signed_out"
	SignedOutAll   What = "signed_out_everywhere"
	RoleChosen     What = "role_chosen"
	Invited        What = "invited"
	LinkRenewed    What = "link_renewed"
	Joined         What = "joined"
	CredentialsNew What = "credentials_new" // by a new link
	PasswordNew    What = "password_new"
	RoleGiven      What = "role_given"
	RoleTaken      What = "role_taken"
	AccountChanged What = "account_changed"
	AccountEnded   What = "account_ended"
	AccountOpened  What = "account_opened"
)

// Journal keeps security events. Safe for several goroutines.
type Journal struct {
	happenings *store.Collection[Happening]
	now        clock.Now
}

func newJournal(ctx context.Context, db store.DB, now clock.Now) (*Journal, error) {
	happenings, err := store.Open(ctx, db, store.Spec[Happening]{
		Name:   "security_event",
		Orders: []store.Order{{"at"}, {"account", "at"}},
		Meta:   func(h *Happening) *store.Meta { return &h.Meta },
		Keys: func(h *Happening) store.Keys {
			return store.Keys{"at": {instantKey(h.At)}, "account": {h.Account}}
		},
	})
	return &Journal{happenings: happenings, now: now}, err
}

// note keeps the event at the present instant.
func (j *Journal) note(ctx context.Context, h Happening) error {
	h.At = j.now()
	return j.happenings.Insert(ctx, &h)
}

// List gives a page of security events, newest first.
func (j *Journal) List(ctx context.Context, v Viewer, after string) (happenings []*Happening, next string, err error) {
	if err := Allow(v, "audit.security", List); err != nil {
		return nil, "", err
	}
	return j.find(ctx, store.Query{Order: store.Order{"at"}, After: after})
}

// Of gives a page of what happened to one account, newest first.
func (j *Journal) Of(ctx context.Context, v Viewer, account, after string) (happenings []*Happening, next string, err error) {
	if err := Allow(v, "audit.security", Read); err != nil {
		return nil, "", err
	}
	return j.find(ctx, store.Query{Order: store.Order{"account", "at"}, Equal: []string{account}, After: after})
}

func (j *Journal) find(ctx context.Context, q store.Query) (happenings []*Happening, next string, err error) {
	q.Desc, q.Limit = true, 50
	happenings, next, err = j.happenings.Find(ctx, q)
	if errors.Is(err, store.ErrCursor) {
		err = fault.NotFoundError() // not a page of ours
	}
	return happenings, next, err
}

// network cuts an address to the network it is from: /24, or /48 for IPv6.
// What is no address gives nothing.
func network(address string) string {
	a, err := netip.ParseAddr(address)
	if err != nil {
		return ""
	}
	bits := 48
	if a = a.Unmap().WithZone(""); a.Is4() {
		bits = 24
	}
	p, _ := a.Prefix(bits)
	return p.String()
}
