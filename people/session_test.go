package people_test

import (
	"context"
	"testing"
	"time"

	"ruggespraak/internal/fault"
	"ruggespraak/people"
)

func TestSessionLimits(t *testing.T) {
	day := 24 * time.Hour
	for _, tc := range []struct {
		name  string
		role  people.Role
		steps []time.Duration // between uses
		want  bool            // still signed in
	}{
		{"used within eight hours", people.Coordinator, []time.Duration{7 * time.Hour, 7 * time.Hour}, true},
		{"not used for eight hours", people.Coordinator, []time.Duration{8 * time.Hour}, false},
		{"seven days at most", people.Coordinator, every(7*time.Hour, 7*day), false},
		{"six days", people.Coordinator, every(7*time.Hour, 6*day), true},
		{"chair twelve hours at most", people.Chair, []time.Duration{6 * time.Hour, 6 * time.Hour}, false},
		{"administrator twelve hours at most", people.Administrator, []time.Duration{6 * time.Hour, 6 * time.Hour}, false},
		{"chair eleven hours", people.Chair, []time.Duration{6 * time.Hour, 5 * time.Hour}, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			h := newHouse(t)
			h.enroll("anna", tc.role)
			token, _ := h.signIn("anna")
			var v people.Viewer
			for _, d := range tc.steps {
				h.pass(d)
				v = h.viewer(token)
			}
			if got := v.Account != ""; got != tc.want {
				t.Errorf("signed in after %v = %v, want %v", tc.steps, got, tc.want)
			}
		})
	}
}

// What a page asks by itself sees the session, and leaves its age as it is.
func TestLookIsNoUse(t *testing.T) {
	h := newHouse(t)
	h.enroll("anna", people.Coordinator)
	token, _ := h.signIn("anna")
	for at, want := range []bool{true, true, false} {
		h.pass(3 * time.Hour)
		if _, v, err := h.Sessions.Look(h.t.Context(), token); (v.Account != "") != want || err != nil {
			t.Errorf("after %d hours Look gives %+v, %v; signed in must be %v", 3*(at+1), v, err, want)
		}
	}
}

func every(step, total time.Duration) (steps []time.Duration) {
	for d := time.Duration(0); d < total; d += step {
		steps = append(steps, step)
	}
	return steps
}

// TestAccessEnds holds that after each event the next request is a visitor's.
func TestAccessEnds(t *testing.T) {
	for _, tc := range []struct {
		name string
		do   func(h *house, admin, v people.Viewer, s *people.Session) error
	}{
		{"signed out", func(h *house, _, _ people.Viewer, s *people.Session) error {
			return h.Sessions.End(h.t.Context(), s)
		}},
		{"signed out everywhere", func(h *house, _, v people.Viewer, _ *people.Session) error {
			return h.Sessions.EndAll(h.t.Context(), v)
		}},
		{"ended by an administrator", func(h *house, admin, v people.Viewer, _ *people.Session) error {
			return h.Sessions.EndAllOf(h.t.Context(), admin, v.Account)
		}},
		{"account ended", func(h *house, admin, v people.Viewer, _ *people.Session) error {
			return h.Directory.End(h.t.Context(), admin, v.Account)
		}},
		{"role taken", func(h *house, admin, v people.Viewer, _ *people.Session) error {
			if err := h.Directory.GiveRole(h.t.Context(), admin, v.Account, people.TaskForce); err != nil {
				return err
			}
			return h.Directory.TakeRole(h.t.Context(), admin, v.Account, people.SOMMember)
		}},
		{"password changed", func(h *house, _, v people.Viewer, s *people.Session) error {
			_, _, err := h.Door.ChangePassword(h.t.Context(), v, s, somePassword, "een heel ander wachtwoord", "een heel ander wachtwoord", people.From{})
			return err
		}},
		{"one session ended by its owner", func(h *house, _, v people.Viewer, s *people.Session) error {
			return h.Sessions.EndOne(h.t.Context(), v, s.Handle)
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			h := newHouse(t)
			admin := h.administrator()
			h.enroll("anna", people.SOMMember)
			token, sess := h.signIn("anna")
			if err := tc.do(h, admin, h.viewer(token), sess); err != nil {
				t.Fatalf("%s: %v", tc.name, err)
			}
			if v := h.holder(sess); v != (people.Viewer{}) {
				t.Errorf("holder = %+v, want a visitor", v)
			}
			if v := h.viewer(token); v != (people.Viewer{}) {
				t.Errorf("viewer = %+v, want a visitor", v)
			}
		})
	}
}

// TestHolderIsNoUse holds that who asks whose a session is, as for a socket that
// stays open, does not keep the session from ending.
func TestHolderIsNoUse(t *testing.T) {
	h := newHouse(t)
	h.enroll("anna", people.Coordinator)
	_, sess := h.signIn("anna")
	h.pass(7 * time.Hour)
	if v := h.holder(sess); v.Account == "" || v.ActiveRole() != people.Coordinator {
		t.Fatalf("after seven hours the holder is %+v", v)
	}
	h.pass(time.Hour)
	if v := h.holder(sess); v != (people.Viewer{}) {
		t.Errorf("after eight hours the holder is %+v, want a visitor", v)
	}
}

// TestRevocationRace holds that a request that races the end of an account
// never brings the session back.
func TestRevocationRace(t *testing.T) {
	h := newHouse(t)
	admin := h.administrator()
	anna := h.enroll("anna", people.SOMMember)
	token, _ := h.signIn("anna")
	h.pass(2 * time.Minute) // so that each request writes its use
	together(t.Context(), 50, func(ctx context.Context) error {
		_, _, err := h.Sessions.Resume(ctx, token)
		return err
	})
	done := make(chan error)
	go func() { done <- h.Directory.End(t.Context(), admin, anna.ID) }()
	together(t.Context(), 50, func(ctx context.Context) error {
		_, _, err := h.Sessions.Resume(ctx, token)
		return err
	})
	if err := <-done; err != nil {
		t.Fatalf("End: %v", err)
	}
	if v := h.viewer(token); v.Account != "" {
		t.Errorf("viewer after the end = %+v, want a visitor", v)
	}
}

func TestRoleIsChosenUnderANewToken(t *testing.T) {
	h := newHouse(t)
	h.enroll("anna", people.Coordinator, people.Chair)
	token, sess := h.signIn("anna")
	v := h.viewer(token)
	if v.Account == "" || v.Role != "" {
		t.Fatalf("viewer with two roles = %+v, want an account without a role", v)
	}
	if _, _, err := h.Sessions.ChooseRole(t.Context(), v, sess, people.Administrator); !fault.Is(err, fault.NotFound) {
		t.Errorf("ChooseRole(administrator) = %v, want not found", err)
	}
	next, chair, err := h.Sessions.ChooseRole(t.Context(), v, sess, people.Chair)
	if err != nil {
		t.Fatalf("ChooseRole: %v", err)
	}
	if next == token || chair.CSRF() == sess.CSRF() {
		t.Error("the session kept its token or its secret")
	}
	if got := h.viewer(next).Role; got != people.Chair {
		t.Errorf("role = %q, want chair", got)
	}
	if h.viewer(token).Account != "" {
		t.Error("the old token is still good")
	}
}

func TestTokensThatNeverBecomeValid(t *testing.T) {
	h := newHouse(t)
	h.enroll("anna", people.Coordinator)
	_, waiting, err := h.Door.Password(t.Context(), h.visitor(), "anna@voorbeeld.nl", somePassword, people.From{})
	if err != nil {
		t.Fatalf("Password: %v", err)
	}
	if waiting.Account != "" {
		t.Error("a session that waits for its code has an account")
	}
	chosen := "voor.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	for _, token := range []string{"", "x", chosen, waiting.ID} {
		if v := h.viewer(token); v != (people.Viewer{}) {
			t.Errorf("viewer(%q) = %+v, want a visitor", token, v)
		}
	}
}

func TestReturnToComesAlongThroughSigningIn(t *testing.T) {
	h := newHouse(t)
	h.enroll("anna", people.Coordinator)
	visitor := h.visitor()
	want := people.Target{Route: "GET /inbreng/:id", Params: map[string]string{"id": "abc"}}
	h.Sessions.SetReturnTo(visitor, want)
	_, waiting, err := h.Door.Password(t.Context(), visitor, "anna@voorbeeld.nl", somePassword, people.From{})
	if err != nil {
		t.Fatalf("Password: %v", err)
	}
	_, sess, err := h.Door.Code(t.Context(), waiting, h.code(someSecret), people.From{})
	if err != nil {
		t.Fatalf("Code: %v", err)
	}
	got, err := h.Sessions.TakeReturnTo(t.Context(), sess)
	if err != nil || got == nil || got.Route != want.Route || got.Params["id"] != "abc" {
		t.Errorf("TakeReturnTo = %+v, %v, want %+v", got, err, want)
	}
}

func TestFlashIsShownOnce(t *testing.T) {
	h := newHouse(t)
	h.enroll("anna", people.Coordinator)
	_, sess := h.signIn("anna")
	if err := h.Sessions.SetFlash(t.Context(), sess, "Bewaard."); err != nil {
		t.Fatalf("SetFlash: %v", err)
	}
	for _, want := range []string{"Bewaard.", ""} {
		if got, err := h.Sessions.TakeFlash(t.Context(), sess); err != nil || got != want {
			t.Errorf("TakeFlash = %q, %v, want %q", got, err, want)
		}
	}
}

func TestSweepLeavesWhatIsGood(t *testing.T) {
	h := newHouse(t)
	h.enroll("anna", people.Coordinator)
	h.enroll("zoe", people.Chair)
	token, _ := h.signIn("anna")
	h.signIn("zoe")
	h.pass(7 * time.Hour)
	h.viewer(token)
	h.pass(6 * time.Hour)
	if err := h.Door.Sweep(t.Context()); err != nil {
		t.Fatalf("Sweep: %v", err)
	}
	if h.viewer(token).Account == "" {
		t.Error("Sweep ended a session that was good")
	}
}
