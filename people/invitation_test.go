package people_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"ruggespraak/internal/fault"
	"ruggespraak/people"
)

// invite makes an invitation for a SOM member.
func (h *house) invite(admin people.Viewer, mail string) (*people.Account, string) {
	h.t.Helper()
	a, token, err := h.Directory.Invite(h.t.Context(), admin, people.NewAccount{Name: "Nieuw Lid", Mail: mail, Roles: []people.Role{people.SOMMember}})
	if err != nil {
		h.t.Fatalf("Invite: %v", err)
	}
	return a, token
}

// accept walks an invitation to its end with a password.
func (h *house) accept(ctx context.Context, token string) (string, error) {
	_, sess, err := h.Door.ChoosePassword(ctx, token, somePassword, somePassword, people.From{})
	if err != nil {
		return "", err
	}
	second, err := h.Door.SecondFactor(ctx, sess, token)
	if err != nil {
		return "", err
	}
	code := h.code(strings.ReplaceAll(second.Secret, " ", ""))
	session, _, err := h.Door.Accept(ctx, sess, token, code, people.From{})
	return session, err
}

func TestInvitationIsUsedOnce(t *testing.T) {
	h := newHouse(t)
	a, token := h.invite(h.administrator(), "lid@voorbeeld.nl")
	if got, err := h.Door.Invitation(t.Context(), token); err != nil || got.Name != "Nieuw Lid" || got.Again {
		t.Errorf("Invitation = %+v, %v, want the new member's", got, err)
	}
	won := together(t.Context(), 100, func(ctx context.Context) error {
		_, err := h.accept(ctx, token)
		return err
	})
	if won != 1 {
		t.Errorf("%d of 100 used the invitation, want 1", won)
	}
	if _, err := h.accept(t.Context(), token); !fault.Is(err, fault.NotFound) {
		t.Errorf("using it again = %v, want not found", err)
	}
	got, err := h.Directory.Account(t.Context(), a.ID)
	if err != nil || !got.Active() {
		t.Errorf("account after accepting = %+v, %v, want it active", got, err)
	}
}

func TestInvitationThatDoesNotCount(t *testing.T) {
	h := newHouse(t)
	admin := h.administrator()
	renewed, old := h.invite(admin, "renewed@voorbeeld.nl")
	if _, err := h.Directory.Renew(t.Context(), admin, renewed.ID); err != nil {
		t.Fatalf("Renew: %v", err)
	}
	ended, ofEnded := h.invite(admin, "ended@voorbeeld.nl")
	if err := h.Directory.End(t.Context(), admin, ended.ID); err != nil {
		t.Fatalf("End: %v", err)
	}
	_, late := h.invite(admin, "late@voorbeeld.nl")
	for _, tc := range []struct {
		name, token string
		wait        time.Duration
	}{
		{"unknown", "niets", 0},
		{"empty", "", 0},
		{"replaced by a newer one", old, 0},
		{"account ended", ofEnded, 0},
		{"after seven days", late, 7 * 24 * time.Hour},
	} {
		t.Run(tc.name, func(t *testing.T) {
			h.pass(tc.wait)
			if _, err := h.Door.Invitation(t.Context(), tc.token); !fault.Is(err, fault.NotFound) {
				t.Errorf("Invitation = %v, want not found", err)
			}
			if _, err := h.accept(t.Context(), tc.token); !fault.Is(err, fault.NotFound) {
				t.Errorf("accepting = %v, want not found", err)
			}
		})
	}
}

func TestNewLinkReplacesCredentialsWhenUsed(t *testing.T) {
	h := newHouse(t)
	admin := h.administrator()
	anna := h.enroll("anna", people.Coordinator)
	session, _ := h.signIn("anna")
	token, err := h.Directory.Renew(t.Context(), admin, anna.ID)
	if err != nil {
		t.Fatalf("Renew: %v", err)
	}
	if h.viewer(session).Account != anna.ID {
		t.Error("the session ended when the link was made, want it to last until the link is used")
	}
	fresh, err := h.accept(t.Context(), token)
	if err != nil {
		t.Fatalf("accept: %v", err)
	}
	if h.viewer(session).Account != "" {
		t.Error("the old session is still good after the new credentials")
	}
	if h.viewer(fresh).Account != anna.ID {
		t.Error("who used the link is not signed in")
	}
}

func TestInvitationOfAnotherDoesNotFit(t *testing.T) {
	h := newHouse(t)
	admin := h.administrator()
	_, one := h.invite(admin, "one@voorbeeld.nl")
	_, two := h.invite(admin, "two@voorbeeld.nl")
	_, sess, err := h.Door.ChoosePassword(t.Context(), one, somePassword, somePassword, people.From{})
	if err != nil {
		t.Fatalf("ChoosePassword: %v", err)
	}
	if _, err := h.Door.SecondFactor(t.Context(), sess, two); !fault.Is(err, fault.NotFound) {
		t.Errorf("SecondFactor with the session of another = %v, want not found", err)
	}
	if _, _, err := h.Door.Accept(t.Context(), sess, two, "000000", people.From{}); !fault.Is(err, fault.NotFound) {
		t.Errorf("Accept with the session of another = %v, want not found", err)
	}
}

func TestFirstAdministrator(t *testing.T) {
	h := newHouse(t)
	older, err := h.Door.FirstAdministrator(t.Context())
	if err != nil || older == "" {
		t.Fatalf("FirstAdministrator = %q, %v, want a token", older, err)
	}
	token, err := h.Door.FirstAdministrator(t.Context())
	if err != nil {
		t.Fatalf("FirstAdministrator: %v", err)
	}
	if _, err := h.Door.BeginFirst(t.Context(), older, "Bea Heer", "bea@voorbeeld.nl"); !fault.Is(err, fault.NotFound) {
		t.Errorf("BeginFirst with the older token = %v, want not found", err)
	}
	if _, err := h.Door.BeginFirst(t.Context(), token, "", "bea"); !fault.Is(err, fault.Invalid) {
		t.Errorf("BeginFirst without a name = %v, want invalid", err)
	}
	invitation, err := h.Door.BeginFirst(t.Context(), token, "Bea Heer", "bea@voorbeeld.nl")
	if err != nil {
		t.Fatalf("BeginFirst: %v", err)
	}
	if _, err := h.Door.BeginFirst(t.Context(), token, "Een Ander", "ander@voorbeeld.nl"); !fault.Is(err, fault.NotFound) {
		t.Errorf("BeginFirst a second time = %v, want not found", err)
	}
	session, err := h.accept(t.Context(), invitation)
	if err != nil {
		t.Fatalf("accept: %v", err)
	}
	if got := h.viewer(session).Role; got != people.Administrator {
		t.Errorf("the first account is %q, want administrator", got)
	}
	if again, err := h.Door.FirstAdministrator(t.Context()); err != nil || again != "" {
		t.Errorf("FirstAdministrator with one there = %q, %v, want none", again, err)
	}
}

func TestFirstAdministratorWhoGaveUpMayBeginAgain(t *testing.T) {
	h := newHouse(t)
	for range 2 {
		token, err := h.Door.FirstAdministrator(t.Context())
		if err != nil || token == "" {
			t.Fatalf("FirstAdministrator = %q, %v, want a token", token, err)
		}
		if _, err := h.Door.BeginFirst(t.Context(), token, "Bea Heer", "bea@voorbeeld.nl"); err != nil {
			t.Fatalf("BeginFirst: %v", err)
		}
	}
}
