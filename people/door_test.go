package people_test

import (
	"context"
	"testing"
	"time"

	"ruggespraak/internal/fault"
	"ruggespraak/people"
)

func TestSignIn(t *testing.T) {
	h := newHouse(t)
	anna := h.enroll("anna", people.Coordinator)
	token, sess := h.signIn("anna")
	if got := h.viewer(token); got != anna.Viewer(people.Coordinator) {
		t.Errorf("viewer after signing in = %+v, want anna as coordinator", got)
	}
	if sess.CSRF() == "" || !sess.CheckCSRF(sess.CSRF()) || sess.CheckCSRF("") {
		t.Errorf("CheckCSRF does not tell the session's own token from none")
	}
}

// TestEqualAnswers holds that who does not exist, who was ended, who was never
// there and who mistypes get one answer after one hash.
func TestEqualAnswers(t *testing.T) {
	h := newHouse(t)
	admin := h.administrator()
	h.enroll("anna", people.Coordinator)
	gone := h.enroll("gone", people.Coordinator)
	if err := h.Directory.End(t.Context(), admin, gone.ID); err != nil {
		t.Fatalf("End: %v", err)
	}
	if _, _, err := h.Directory.Invite(t.Context(), admin, people.NewAccount{Name: "Nieuw", Mail: "new@voorbeeld.nl", Roles: []people.Role{people.SOMMember}}); err != nil {
		t.Fatalf("Invite: %v", err)
	}
	var want string
	for _, tc := range []struct{ name, mail, password string }{
		{"wrong password", "anna@voorbeeld.nl", "iets heel anders"},
		{"unknown", "niemand@voorbeeld.nl", somePassword},
		{"ended", "gone@voorbeeld.nl", somePassword},
		{"invited only", "new@voorbeeld.nl", somePassword},
		{"no address", "geen adres", somePassword},
		{"endless password", "anna@voorbeeld.nl", string(make([]byte, 1<<20))},
	} {
		t.Run(tc.name, func(t *testing.T) {
			before := h.hashes.Load()
			_, sess, err := h.Door.Password(t.Context(), h.visitor(), tc.mail, tc.password, people.From{Address: "192.0.2.1"})
			if sess != nil || !fault.Is(err, fault.Invalid) {
				t.Fatalf("Password = %v, %v, want no session and an invalid fault", sess, err)
			}
			if want == "" {
				want = err.Error()
			}
			if err.Error() != want {
				t.Errorf("Password says %q, want %q", err, want)
			}
			if n := h.hashes.Load() - before; n != 1 {
				t.Errorf("Password computed %d hashes, want 1", n)
			}
		})
	}
}

func TestCodeWorksOnce(t *testing.T) {
	h := newHouse(t)
	h.enroll("anna", people.Coordinator)
	code := h.code(someSecret)
	enter := func(ctx context.Context) error {
		_, waiting, err := h.Door.Password(ctx, h.visitor(), "anna@voorbeeld.nl", somePassword, people.From{})
		if err != nil {
			return err
		}
		_, _, err = h.Door.Code(ctx, waiting, code, people.From{})
		return err
	}
	if won := together(t.Context(), 4, enter); won != 1 {
		t.Errorf("one code let %d in, want 1", won)
	}
	h.pass(time.Hour)
	code = h.code(someSecret)
	h.pass(45 * time.Second)
	if err := enter(t.Context()); err != nil {
		t.Errorf("a code of the step before: %v, want it to work", err)
	}
	h.pass(time.Hour)
	code = h.code(someSecret)
	h.pass(2 * time.Minute)
	if err := enter(t.Context()); !fault.Is(err, fault.Invalid) {
		t.Errorf("a code of two minutes ago = %v, want an invalid fault", err)
	}
}

// TestThrottle holds that a hundred tries at once get no further than a few,
// that the wait ends, and that signing in clears the count.
func TestThrottle(t *testing.T) {
	h := newHouse(t)
	h.enroll("anna", people.Coordinator)
	tries := func(mail string) int {
		before := h.hashes.Load()
		together(t.Context(), 40, func(ctx context.Context) error {
			_, _, err := h.Door.Password(ctx, h.visitor(), mail, "iets heel anders", people.From{})
			return err
		})
		return int(h.hashes.Load() - before)
	}
	known, unknown := tries("Anna@voorbeeld.nl"), tries("niemand@voorbeeld.nl")
	if known != unknown || known > 10 {
		t.Errorf("passwords tried: %d of a known account, %d of an unknown one; want equal and at most 10", known, unknown)
	}
	_, _, err := h.Door.Password(t.Context(), h.visitor(), "anna@voorbeeld.nl", somePassword, people.From{})
	if !fault.Is(err, fault.TooMany) {
		t.Errorf("Password after many tries = %v, want too many", err)
	}
	h.pass(15 * time.Minute)
	h.signIn("anna")
}

func TestAccountsOfOneNetworkAreHeldTogether(t *testing.T) {
	h := newHouse(t)
	var err error
	for i := range 70 {
		mail := string(rune('a'+i%26)) + string(rune('a'+i/26)) + "@voorbeeld.nl"
		_, _, err = h.Door.Password(t.Context(), h.visitor(), mail, "iets heel anders", people.From{Address: "192.0.2.9"})
	}
	if !fault.Is(err, fault.TooMany) {
		t.Errorf("70 wrong tries from one address = %v, want too many", err)
	}
}

func TestCommonPasswords(t *testing.T) {
	for _, tc := range []struct {
		password string
		want     bool // refused
	}{
		{"kort", true},
		{"123456789012", true},
		{"qwertyuiop[]", true},
		{"Welkom2026!!!", true},
		{"W4chtw00rd2026", true},
		{"Ruggespraak-2026", true},
		{"anna.de.vries1", true},
		{"aaaaaaaaaaaaaaaa", true},
		{"1q2w3e4r5t6y", true},
		{"passwordpassword", true},
		{"zomer2026zomer2026", true},
		{somePassword, false},
		{"koffie paard raam lamp", false},
		{"7Hq!zP0v3kLmX", false},
		{"de zomer begint met aardbeien", false},
	} {
		t.Run(tc.password, func(t *testing.T) {
			var f fault.Form
			people.CheckPassword(&f, "wachtwoord", tc.password, "Anna de Vries", "anna@voorbeeld.nl")
			if got := f.Err("") != nil; got != tc.want {
				t.Errorf("CheckPassword(%q) refuses = %v, want %v", tc.password, got, tc.want)
			}
		})
	}
}
