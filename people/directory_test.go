package people_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ruggespraak/internal/fault"
	"ruggespraak/people"
)

// TestTwoNamesOneAccount holds that addresses which a reader, or a mail
// server, takes for one belong to one account.
func TestTwoNamesOneAccount(t *testing.T) {
	h := newHouse(t)
	admin := h.administrator()
	h.invite(admin, "andré@voorbeeld.nl")
	for _, mail := range []string{"ANDRÉ@voorbeeld.nl", "andre\u0301@voorbeeld.nl", "André@VOORBEELD.nl", " andré@voorbeeld.nl ", "\uff41ndré@voorbeeld.nl"} {
		_, _, err := h.Directory.Invite(t.Context(), admin, people.NewAccount{Name: "Twee", Mail: mail, Roles: []people.Role{people.SOMMember}})
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("Invite(%q) = %v, want invalid", mail, err)
		}
	}
	won := together(t.Context(), 20, func(ctx context.Context) error {
		_, _, err := h.Directory.Invite(ctx, admin, people.NewAccount{Name: "Een", Mail: "een@voorbeeld.nl", Roles: []people.Role{people.SOMMember}})
		return err
	})
	if won != 1 {
		t.Errorf("%d of 20 invited one address, want 1", won)
	}
}

func TestInviteSaysWhatIsWrong(t *testing.T) {
	h := newHouse(t)
	admin := h.administrator()
	for _, tc := range []struct {
		name string
		in   people.NewAccount
		want []string
	}{
		{"nothing filled in", people.NewAccount{}, []string{"naam", "mail", "rol"}},
		{"a coordinator needs a place", people.NewAccount{Name: "Anna", Mail: "a@b.nl", Roles: []people.Role{people.Coordinator}}, []string{"organisatie", "regio"}},
		{"a role that nobody can have", people.NewAccount{Name: "Anna", Mail: "a@b.nl", Roles: []people.Role{"system"}}, []string{"rol"}},
		{"an organisation that is not there", people.NewAccount{Name: "Anna", Mail: "a@b.nl", Roles: []people.Role{people.SOMMember}, Organisation: "x"}, []string{"organisatie"}},
		{"an address with a line break", people.NewAccount{Name: "Anna", Mail: "a@b.nl\r\nBcc: c@d.nl", Roles: []people.Role{people.SOMMember}}, []string{"mail"}},
		{"signs that do not show", people.NewAccount{Name: "An\u202ena", Mail: "a@b.nl", Roles: []people.Role{people.SOMMember}}, []string{"naam"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, _, err := h.Directory.Invite(t.Context(), admin, tc.in)
			var got []string
			for _, f := range fault.Fields(err) {
				got = append(got, f.Name)
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("fields (-want +got):\n%s", diff)
			}
		})
	}
}

func TestOnlyAdministratorsChangeAccounts(t *testing.T) {
	h := newHouse(t)
	anna := h.enroll("anna", people.Coordinator)
	for _, role := range people.BuiltRoles {
		if role == people.Administrator {
			continue
		}
		v := people.Viewer{Account: "x", Role: role}
		_, _, invited := h.Directory.Invite(t.Context(), v, people.NewAccount{Name: "Anna", Mail: "a@b.nl", Roles: []people.Role{people.SOMMember}})
		_, renewed := h.Directory.Renew(t.Context(), v, anna.ID)
		changed := h.Directory.Change(t.Context(), v, anna.ID, people.Change{})
		for what, err := range map[string]error{
			"Invite": invited, "Renew": renewed, "Change": changed,
			"End":         h.Directory.End(t.Context(), v, anna.ID),
			"GiveRole":    h.Directory.GiveRole(t.Context(), v, anna.ID, people.Chair),
			"TakeRole":    h.Directory.TakeRole(t.Context(), v, anna.ID, people.Chair),
			"ConfirmRole": h.Directory.ConfirmRole(t.Context(), v, anna.ID, people.Chair),
			"EndAllOf":    h.Sessions.EndAllOf(t.Context(), v, anna.ID),
		} {
			if !fault.Is(err, fault.NotFound) && !fault.Is(err, fault.Forbidden) {
				t.Errorf("%s by %s = %v, want a refusal", what, role.Label(), err)
			}
		}
	}
}

func TestChairNeedsTwoAdministrators(t *testing.T) {
	h := newHouse(t)
	admin := h.administrator()
	anna := h.enroll("anna", people.SOMMember)
	second := h.enroll("tweede", people.Administrator).Viewer(people.Administrator)
	if err := h.Directory.GiveRole(t.Context(), admin, anna.ID, people.Chair); err != nil {
		t.Fatalf("GiveRole: %v", err)
	}
	if got, _ := h.Directory.Account(t.Context(), anna.ID); got.Has(people.Chair) || len(got.Waiting) != 1 {
		t.Fatalf("account = %+v, want the chair's role to wait", got)
	}
	if err := h.Directory.ConfirmRole(t.Context(), admin, anna.ID, people.Chair); !fault.Is(err, fault.Forbidden) {
		t.Errorf("ConfirmRole by who gave it = %v, want forbidden", err)
	}
	if err := h.Directory.GiveRole(t.Context(), second, anna.ID, people.Chair); err != nil {
		t.Fatalf("GiveRole by the second: %v", err)
	}
	if err := h.Directory.ConfirmRole(t.Context(), second, anna.ID, people.Chair); err != nil {
		t.Fatalf("ConfirmRole by the second: %v", err)
	}
	got, _ := h.Directory.Account(t.Context(), anna.ID)
	if want := []people.Role{people.SOMMember, people.Chair}; !slices.Equal(got.Roles, want) {
		t.Errorf("roles = %v, want %v", got.Roles, want)
	}
}

func TestLastRoleStays(t *testing.T) {
	h := newHouse(t)
	admin := h.administrator()
	anna := h.enroll("anna", people.SOMMember)
	if err := h.Directory.TakeRole(t.Context(), admin, anna.ID, people.SOMMember); !fault.Is(err, fault.Invalid) {
		t.Errorf("TakeRole of the last one = %v, want invalid", err)
	}
	if err := h.Directory.GiveRole(t.Context(), admin, anna.ID, people.Coordinator); !fault.Is(err, fault.Invalid) {
		t.Errorf("GiveRole(coordinator) without a place = %v, want invalid", err)
	}
}

func TestNobodyChangesTheOwnRoles(t *testing.T) {
	h := newHouse(t)
	admin := h.administrator()
	for what, do := range map[string]func(context.Context, people.Viewer, string, people.Role) error{
		"GiveRole": h.Directory.GiveRole, "TakeRole": h.Directory.TakeRole, "ConfirmRole": h.Directory.ConfirmRole,
	} {
		if err := do(t.Context(), admin, admin.Account, people.Chair); !fault.Is(err, fault.Forbidden) {
			t.Errorf("%s of oneself = %v, want forbidden", what, err)
		}
	}
	if err := h.Directory.End(t.Context(), admin, admin.Account); !fault.Is(err, fault.Forbidden) {
		t.Errorf("End of the own account = %v, want forbidden", err)
	}
}

func TestEndedAccountIsOutOfLists(t *testing.T) {
	h := newHouse(t)
	admin := h.administrator()
	anna := h.enroll("anna", people.SOMMember)
	if err := h.Directory.End(t.Context(), admin, anna.ID); err != nil {
		t.Fatalf("End: %v", err)
	}
	if got, err := h.Directory.WithRole(t.Context(), people.SOMMember); err != nil || len(got) != 0 {
		t.Errorf("WithRole = %v, %v, want nobody", got, err)
	}
	if _, _, ok, err := h.Directory.Address(t.Context(), anna.ID); ok || err != nil {
		t.Errorf("Address = %v, %v, want none", ok, err)
	}
	if got, err := h.Directory.RecentNames(t.Context()); err != nil || !slices.Contains(got, "anna") {
		t.Errorf("AllNames = %v, %v, want anna among them", got, err)
	}
	token, err := h.Directory.Reopen(t.Context(), admin, anna.ID)
	if err != nil {
		t.Fatalf("Reopen: %v", err)
	}
	if _, err := h.accept(t.Context(), token); err != nil {
		t.Errorf("accept after Reopen: %v", err)
	}
}

func TestChairSeesNamesAndRolesOnly(t *testing.T) {
	h := newHouse(t)
	h.enroll("anna", people.SOMMember)
	got, err := h.Directory.People(t.Context(), people.Viewer{Account: "z", Role: people.Chair})
	if err != nil {
		t.Fatalf("People: %v", err)
	}
	want := []people.Person{{ID: got[0].ID, Name: "anna", Roles: []people.Role{people.SOMMember}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("People for the chair (-want +got):\n%s", diff)
	}
}

func TestOrganisations(t *testing.T) {
	h := newHouse(t)
	admin := h.administrator()
	o, err := h.Directory.AddOrganisation(t.Context(), admin, "  Opvang  Noord ")
	if err != nil || o.Name != "Opvang Noord" {
		t.Fatalf("AddOrganisation = %+v, %v, want Opvang Noord", o, err)
	}
	h.pass(time.Hour)
	if _, err := h.Directory.AddOrganisation(t.Context(), admin, "opvang noord"); !fault.Is(err, fault.Invalid) {
		t.Errorf("AddOrganisation of the same name = %v, want invalid", err)
	}
	if err := h.Directory.RenameOrganisation(t.Context(), admin, o.ID, "Opvang Zuid"); err != nil {
		t.Fatalf("RenameOrganisation: %v", err)
	}
	if _, err := h.Directory.AddOrganisation(t.Context(), admin, "Opvang Noord"); err != nil {
		t.Errorf("AddOrganisation of a name that is free again: %v", err)
	}
	if got := h.Directory.OrganisationName(t.Context(), o.ID); got != "Opvang Zuid" {
		t.Errorf("OrganisationName = %q, want Opvang Zuid", got)
	}
	if _, err := h.Directory.AddRegion(t.Context(), people.Viewer{Account: "c", Role: people.Coordinator}, "Regio"); !fault.Is(err, fault.Forbidden) {
		t.Errorf("AddRegion by a coordinator = %v, want forbidden", err)
	}
}

// TestAllNamesAreOfNow holds that a name is among all as soon as its account is
// made, and after a second when another instance made it.
func TestAllNamesAreOfNow(t *testing.T) {
	h := newHouse(t)
	names := func() int {
		all, err := h.Directory.RecentNames(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	}
	before := names()
	h.enroll("anna", people.Coordinator)
	if got := names(); got != before+1 {
		t.Errorf("with one account more there are %d names, want %d", got, before+1)
	}
	other, err := people.New(t.Context(), people.Options{DB: h.db, Now: h.now, Cost: people.CheapCost})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := other.Enroll(t.Context(), people.System(), people.Enrolment{Name: "Bea Verweg", Mail: "bea@voorbeeld.nl", Roles: []people.Role{people.Coordinator}}); err != nil {
		t.Fatal(err)
	}
	h.pass(time.Second)
	if got := names(); got != before+2 {
		t.Errorf("a second after another instance made one there are %d names, want %d", got, before+2)
	}
}
