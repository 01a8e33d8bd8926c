package app_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"ruggespraak/people"
)

func TestInviteFormKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	page := w.as("admin").post("/accounts/nieuw", "naam", "Nieuw Lid", "mail", "geen adres", "rol", "C").want(t, http.StatusUnprocessableEntity)
	page.says(t, "zoals naam@voorbeeld.nl").says(t, "Kies een organisatie")
	got := inputs(page.body)
	if got.Get("naam") != "Nieuw Lid" || got.Get("mail") != "geen adres" {
		t.Errorf("the form shows %q, %q; want what was typed", got.Get("naam"), got.Get("mail"))
	}
}

func TestAccountPageChangesAnAccount(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	admin := w.as("admin")
	admin.post("/accounts/c1", "naam", "Marit Nieuw", "organisatie", w.org[2], "regio", w.reg[2]).want(t, http.StatusSeeOther)
	admin.get("/accounts").says(t, "Marit Nieuw").says(t, "De Wende, Regio Veenland")
	admin.post("/accounts/c1", "naam", "", "organisatie", "", "regio", "").want(t, http.StatusUnprocessableEntity).says(t, "Kies een regio")
	admin.post("/accounts/c1/rollen/nemen", "rol", "C").want(t, http.StatusUnprocessableEntity).says(t, "enige rol")
	admin.post("/accounts/c1/rollen/geven", "rol", "S").want(t, http.StatusSeeOther)
	admin.get("/accounts/c1").says(t, "SOM-lid")
	admin.post("/accounts/admin/rollen/geven", "rol", "Z").want(t, http.StatusForbidden)
	admin.post("/accounts/admin/beeindigen").want(t, http.StatusForbidden)
	admin.post("/accounts/bestaat-niet/beeindigen").want(t, http.StatusNotFound)
	admin.post("/accounts/c1/beeindigen").want(t, http.StatusSeeOther)
	admin.get("/accounts/c1").says(t, "Beëindigd")
	admin.get("/accounts/logboek").says(t, "Account beëindigd").says(t, "Rol gegeven: SOM-lid").says(t, "Anja Bijlsma")
	admin.post("/accounts/c1/heropenen").want(t, http.StatusOK).says(t, "Nieuwe link voor Marit Nieuw")
}

// TestFieldsNobodyAskedForChangeNothing holds that a form cannot set what it
// does not show.
func TestFieldsNobodyAskedForChangeNothing(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	w.as("c1").post("/weergave", "weergave", "donker", "role", "A", "rol", "A", "roles", "A", "ended", "", "account", "c2", "version", "9").want(t, http.StatusSeeOther)
	a, err := w.app.House.Directory.Account(context.Background(), "c1")
	if err != nil || len(a.Roles) != 1 || a.Roles[0] != people.Coordinator || a.Theme != people.ThemeDark {
		t.Errorf("account = %+v, %v, want a coordinator with the dark theme", a, err)
	}
	b, err := w.app.House.Directory.Account(context.Background(), "c2")
	if err != nil || b.Theme != people.ThemeSystem {
		t.Errorf("another's account = %+v, %v, want it untouched", b, err)
	}
}

func TestOwnPassword(t *testing.T) {
	t.Parallel()
	const next = "zeven paarse schommelstoelen"
	w := newApp(t)
	doorEnroll(w, "anna", people.Coordinator)
	c, elsewhere := w.as(""), w.as("")
	c.signInAs("anna").want(t, http.StatusSeeOther)
	w.real.Move(100 * time.Second) // another time step: a code works once
	elsewhere.signInAs("anna").want(t, http.StatusSeeOther)
	page := c.get("/mijn-gegevens").says(t, "De Vuurtoren").says(t, "Regio Noorderkwartier")
	c.get("/mijn-gegevens/sessies").says(t, "Dit apparaat")
	c.send(page, "/mijn-gegevens/wachtwoord", "huidig", "niet dit woord", "wachtwoord", next, "herhaal", next).
		want(t, http.StatusUnprocessableEntity).says(t, "niet uw wachtwoord van nu").hides(t, next)
	a := c.send(page, "/mijn-gegevens/wachtwoord", "huidig", doorPassword, "wachtwoord", next, "herhaal", next).want(t, http.StatusSeeOther)
	c.get(a.location).want(t, http.StatusOK).says(t, "wachtwoord is bewaard")
	elsewhere.get("/berichten").want(t, http.StatusSeeOther)
}

func TestThemeIsOnEveryPage(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	c := w.as("c1")
	c.post("/weergave", "weergave", "donker").want(t, http.StatusSeeOther)
	if a := c.get("/berichten"); !strings.Contains(a.body, `data-theme="dark"`) {
		t.Error("the page is not dark")
	}
	c.post("/weergave", "weergave", "systeem").want(t, http.StatusSeeOther)
	c.get("/berichten").hides(t, "data-theme")
}
