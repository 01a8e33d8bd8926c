package outbox_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ruggespraak/internal/outbox"
)

func (h *house) newQueue(t *testing.T) *outbox.Queue {
	t.Helper()
	q, err := outbox.OpenQueue(t.Context(), outbox.QueueOptions{DB: h.db, Real: h.clock, Now: h.clock, Host: "voorbeeld.nl"})
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func mustAdd(t *testing.T, q *outbox.Queue, id string) {
	t.Helper()
	if err := q.Add(t.Context(), id, outbox.Mail{To: "anna", Kind: "antwoord", Link: "/terugkoppeling/2026-01"}); err != nil {
		t.Fatal(err)
	}
}

func mustClaim(t *testing.T, q *outbox.Queue) *outbox.Mail {
	t.Helper()
	m, err := q.Claim(t.Context())
	if err != nil {
		t.Fatalf("Claim = %v", err)
	}
	return m
}

func mustHaveNone(t *testing.T, q *outbox.Queue) {
	t.Helper()
	if m, err := q.Claim(t.Context()); !errors.Is(err, outbox.ErrNone) {
		t.Fatalf("Claim = %v, %v, want ErrNone", m, err)
	}
}

func TestAddAgainIsHarmless(t *testing.T) {
	h := newHouse(t)
	q := h.newQueue(t)
	mustAdd(t, q, "one")
	first := mustClaim(t, q)
	mustAdd(t, q, "one")
	mustHaveNone(t, q)
	h.now = h.now.Add(time.Hour) // the claim has ended
	again := mustClaim(t, q)
	if again.MessageID != first.MessageID {
		t.Errorf("Message-ID of the second attempt = %s, want %s", again.MessageID, first.MessageID)
	}
}

func TestClaimSettles(t *testing.T) {
	ctx := t.Context()
	for _, tc := range []struct {
		name   string
		settle func(*outbox.Queue, *outbox.Mail) error
		want   outbox.State
	}{
		{"sent", func(q *outbox.Queue, m *outbox.Mail) error { return q.MarkSent(ctx, m) }, outbox.Sent},
		{"later", func(q *outbox.Queue, m *outbox.Mail) error { return q.Retry(ctx, m, "later", time.Minute) }, outbox.Waiting},
		{"refused", func(q *outbox.Queue, m *outbox.Mail) error { return q.Fail(ctx, m, "no") }, outbox.Failed},
		{"nobody", func(q *outbox.Queue, m *outbox.Mail) error { return q.Drop(ctx, m, "gone") }, outbox.Dropped},
	} {
		t.Run(tc.name, func(t *testing.T) {
			h := newHouse(t)
			q := h.newQueue(t)
			mustAdd(t, q, "one")
			if err := tc.settle(q, mustClaim(t, q)); err != nil {
				t.Fatal(err)
			}
			mails, _, err := q.List(ctx, "", "")
			if err != nil || len(mails) != 1 || mails[0].State != tc.want {
				t.Errorf("List = %v, %v, want one mail that is %s", mails, err, tc.want)
			}
			mustHaveNone(t, q)
		})
	}
}

func TestRetryIsDueAfterItsWait(t *testing.T) {
	h := newHouse(t)
	q := h.newQueue(t)
	mustAdd(t, q, "one")
	if err := q.Retry(t.Context(), mustClaim(t, q), "later", time.Minute); err != nil {
		t.Fatal(err)
	}
	h.now = h.now.Add(59 * time.Second)
	mustHaveNone(t, q)
	h.now = h.now.Add(time.Second)
	if m := mustClaim(t, q); m.Attempts != 2 {
		t.Errorf("attempts = %d, want 2", m.Attempts)
	}
}

func TestALateSettlingChangesNothing(t *testing.T) {
	h := newHouse(t)
	q := h.newQueue(t)
	mustAdd(t, q, "one")
	slow := mustClaim(t, q)
	h.now = h.now.Add(time.Hour)
	quick := mustClaim(t, q)
	if err := q.MarkSent(t.Context(), quick); err != nil {
		t.Fatal(err)
	}
	if err := q.Fail(t.Context(), slow, "too late"); err != nil {
		t.Fatal(err)
	}
	n, err := q.Count(t.Context(), outbox.Sent)
	if err != nil || n != 1 {
		t.Errorf("Count(Sent) = %d, %v, want 1", n, err)
	}
}

func TestAgain(t *testing.T) {
	h := newHouse(t)
	q := h.newQueue(t)
	mustAdd(t, q, "one")
	if err := q.Fail(t.Context(), mustClaim(t, q), "no"); err != nil {
		t.Fatal(err)
	}
	if err := q.Again(t.Context(), "one"); err != nil {
		t.Fatal(err)
	}
	if m := mustClaim(t, q); m.ID != "one" {
		t.Errorf("claimed %s, want one", m.ID)
	}
	if err := q.Again(t.Context(), "unknown"); !errors.Is(err, outbox.ErrNoMail) {
		t.Errorf("Again(unknown) = %v, want ErrNoMail", err)
	}
}

// Ten senders share a hundred mails: each mail is claimed once.
func TestSendersShareTheWork(t *testing.T) {
	h := newHouse(t)
	q := h.newQueue(t)
	for i := range 100 {
		mustAdd(t, q, fmt.Sprint(i))
	}
	var mu sync.Mutex
	claims := map[string]int{}
	var all sync.WaitGroup
	for range 10 {
		all.Go(func() {
			for {
				m, err := q.Claim(t.Context())
				if errors.Is(err, outbox.ErrNone) {
					return // nothing due, or others were first with all that was
				}
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				claims[m.ID]++
				mu.Unlock()
			}
		})
	}
	all.Wait()
	for m, err := q.Claim(t.Context()); err == nil; m, err = q.Claim(t.Context()) {
		claims[m.ID]++
	}
	want := map[string]int{}
	for i := range 100 {
		want[fmt.Sprint(i)] = 1
	}
	if diff := cmp.Diff(want, claims); diff != "" {
		t.Errorf("claims (-want +got):\n%s", diff)
	}
}

func TestPruneKeepsWhatStillMatters(t *testing.T) {
	h := newHouse(t)
	q := h.newQueue(t)
	mustAdd(t, q, "sent")
	if err := q.MarkSent(t.Context(), mustClaim(t, q)); err != nil {
		t.Fatal(err)
	}
	mustAdd(t, q, "waiting")
	n, err := q.Prune(t.Context(), h.now.Add(time.Hour))
	if err != nil || n != 1 {
		t.Errorf("Prune = %d, %v, want 1", n, err)
	}
	if m := mustClaim(t, q); m.ID != "waiting" {
		t.Errorf("left = %s, want waiting", m.ID)
	}
}
