package people_test

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"ruggespraak/people"
	"ruggespraak/store"
	"ruggespraak/store/storetest"
)

const (
	somePassword = "fietsen langs de waterkant"
	someSecret   = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
)

// house is a House with a clock that the test moves and a count of the
// password hashes computed.
type house struct {
	*people.House
	t      testing.TB
	db     store.DB
	at     atomic.Int64
	hashes atomic.Int64
}

func newHouse(t testing.TB) *house {
	t.Helper()
	h := &house{t: t, db: storetest.Open(t)}
	h.at.Store(time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC).UnixMilli())
	cost := people.CheapCost
	cost.Hashed = func() { h.hashes.Add(1) }
	var err error
	h.House, err = people.New(t.Context(), people.Options{DB: h.db, Now: h.now, Cost: cost})
	if err != nil {
		t.Fatalf("New: %v", err)
	}
	return h
}

func (h *house) now() time.Time { return time.UnixMilli(h.at.Load()).UTC() }

func (h *house) pass(d time.Duration) { h.at.Add(d.Milliseconds()) }

// enroll makes an active account with somePassword and someSecret.
func (h *house) enroll(name string, roles ...people.Role) *people.Account {
	h.t.Helper()
	a, err := h.Enroll(h.t.Context(), people.System(), people.Enrolment{
		Name: name, Mail: name + "@voorbeeld.nl", Roles: roles, Password: somePassword, Secret: someSecret,
	})
	if err != nil {
		h.t.Fatalf("Enroll(%s): %v", name, err)
	}
	return a
}

func (h *house) administrator() people.Viewer {
	h.t.Helper()
	return h.enroll("beheer", people.Administrator).Viewer(people.Administrator)
}

func (h *house) code(secret string) string {
	h.t.Helper()
	c, err := people.CodeFor(secret, h.now())
	if err != nil {
		h.t.Fatalf("CodeFor: %v", err)
	}
	return c
}

// visitor is a session of who is not signed in.
func (h *house) visitor() *people.Session {
	h.t.Helper()
	_, s, err := h.Sessions.Anonymous(h.t.Context())
	if err != nil {
		h.t.Fatalf("Anonymous: %v", err)
	}
	return s
}

// signIn walks both steps.
func (h *house) signIn(name string) (token string, s *people.Session) {
	h.t.Helper()
	_, waiting, err := h.Door.Password(h.t.Context(), h.visitor(), name+"@voorbeeld.nl", somePassword, people.From{Address: "192.0.2.7"})
	if err != nil {
		h.t.Fatalf("Password: %v", err)
	}
	token, s, err = h.Door.Code(h.t.Context(), waiting, h.code(someSecret), people.From{Address: "192.0.2.7"})
	if err != nil {
		h.t.Fatalf("Code: %v", err)
	}
	return token, s
}

// viewer is who the token's session shows; a visitor when it is over.
func (h *house) viewer(token string) people.Viewer {
	h.t.Helper()
	_, v, err := h.Sessions.Resume(h.t.Context(), token)
	if err != nil {
		h.t.Fatalf("Resume: %v", err)
	}
	return v
}

// holder is whose session it is, as a socket asks.
func (h *house) holder(sess *people.Session) people.Viewer {
	h.t.Helper()
	holders, err := h.Sessions.Holders(h.t.Context(), []string{"nobody's", sess.ID, sess.ID})
	if err != nil {
		h.t.Fatalf("Holders: %v", err)
	}
	return holders[sess.ID]
}

// together runs do n times at once and tells how often it gave no error.
func together(ctx context.Context, n int, do func(context.Context) error) (won int) {
	var wins atomic.Int64
	var wg sync.WaitGroup
	for range n {
		wg.Go(func() {
			if do(ctx) == nil {
				wins.Add(1)
			}
		})
	}
	wg.Wait()
	return int(wins.Load())
}
