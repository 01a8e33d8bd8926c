package app_test

import (
	"net/http"
	"testing"
)

// A session that ends itself by its line under «Waar u bent ingelogd» is signed
// out like any other; once it was answered with an error.
func TestRevocationOfTheOwnSessionByItsLine(t *testing.T) {
	w := newApp(t)
	c := w.as("som")
	seen, err := w.app.House.Sessions.List(background, w.viewer("som"), nil)
	if err != nil || len(seen) != 1 {
		t.Fatalf("sessions %v (%v), want one", seen, err)
	}
	got := c.post("/mijn-gegevens/sessies/"+seen[0].Handle+"/uitloggen").want(t, http.StatusSeeOther)
	if got.location != "/" || got.header.Get("Clear-Site-Data") == "" {
		t.Errorf("location %q, Clear-Site-Data %q, want to be signed out", got.location, got.header.Get("Clear-Site-Data"))
	}
	c.get("/berichten").want(t, http.StatusSeeOther)
}
