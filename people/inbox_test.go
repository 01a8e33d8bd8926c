package people_test

import (
	"testing"

	"ruggespraak/internal/fault"
	"ruggespraak/people"
)

func TestInbox(t *testing.T) {
	h := newHouse(t)
	anna := people.Viewer{Account: "anna", Role: people.Coordinator}
	bert := people.Viewer{Account: "bert", Role: people.Coordinator}
	tell := func(id, account string) {
		t.Helper()
		n := people.Notice{Account: account, Kind: "antwoord", Text: "Er is antwoord.", Link: "/terugkoppeling/" + id, At: h.now()}
		if err := h.Inbox.Tell(t.Context(), id, n); err != nil {
			t.Fatalf("Tell(%s): %v", id, err)
		}
	}
	unread := func(v people.Viewer, want int) {
		t.Helper()
		if got, err := h.Inbox.Unread(t.Context(), v); err != nil || got != want {
			t.Errorf("Unread(%s) = %d, %v, want %d", v.Account, got, err, want)
		}
	}
	tell("1", "anna")
	tell("1", "anna")
	tell("2", "anna")
	tell("3", "bert")
	unread(anna, 2)
	unread(people.Viewer{}, 0)
	if _, err := h.Inbox.MarkRead(t.Context(), bert, "1", h.now()); !fault.Is(err, fault.NotFound) {
		t.Errorf("MarkRead of another's = %v, want not found", err)
	}
	if err := h.Inbox.Throw(t.Context(), bert, "1"); !fault.Is(err, fault.NotFound) {
		t.Errorf("Throw of another's = %v, want not found", err)
	}
	if n, err := h.Inbox.MarkRead(t.Context(), anna, "1", h.now()); err != nil || n.Link != "/terugkoppeling/1" {
		t.Errorf("MarkRead = %+v, %v, want the notice", n, err)
	}
	unread(anna, 1)
	if err := h.Inbox.Throw(t.Context(), anna, "1"); err != nil {
		t.Fatalf("Throw: %v", err)
	}
	tell("1", "anna") // told again: stays thrown away
	if err := h.Inbox.Purge(t.Context(), "/terugkoppeling/2"); err != nil {
		t.Fatalf("Purge: %v", err)
	}
	unread(anna, 0)
	if got, _, err := h.Inbox.List(t.Context(), anna, ""); err != nil || len(got) != 0 {
		t.Errorf("List = %v, %v, want nothing", got, err)
	}
	if err := h.Inbox.MarkAllRead(t.Context(), bert, h.now()); err != nil {
		t.Fatalf("MarkAllRead: %v", err)
	}
	unread(bert, 0)
}
