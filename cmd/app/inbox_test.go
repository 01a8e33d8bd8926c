package app_test

import (
	"context"
	"net/http"
	"testing"

	"ruggespraak/people"
)

func TestNoticesAreOnesOwn(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	n := people.Notice{Account: "c1", Kind: "proef", Text: "Er is antwoord op uw inbreng.", Link: "/beheer", At: began}
	if err := w.app.House.Inbox.Tell(context.Background(), "proef-1", n); err != nil {
		t.Fatal(err)
	}
	c, other := w.as("c1"), w.as("c2")
	c.get("/").says(t, "Berichten, nieuw: 1")
	c.get("/berichten").says(t, "Er is antwoord op uw inbreng.").says(t, "Nieuw voor u")
	other.get("/berichten").hides(t, "Er is antwoord").says(t, "U hebt geen berichten")
	unknown := other.post("/berichten/bestaat-niet/bekijken").want(t, http.StatusNotFound)
	if foreign := other.post("/berichten/proef-1/bekijken").want(t, http.StatusNotFound); foreign.body != unknown.body {
		t.Error("another's notice differs from one that is not there")
	}
	c.get("/berichten/proef-1").want(t, http.StatusOK).says(t, "Er is antwoord")
	if a, b := other.get("/berichten/proef-1").want(t, http.StatusNotFound), other.get("/berichten/bestaat-niet"); a.body != b.body {
		t.Error("another's notice differs from one that is not there")
	}
	other.post("/berichten/proef-1/weggooien").want(t, http.StatusNotFound)
	if a := c.post("/berichten/proef-1/bekijken").want(t, http.StatusSeeOther); a.location != "/beheer" {
		t.Errorf("the notice leads to %q, want /beheer", a.location)
	}
	c.get("/berichten").hides(t, "Nieuw voor u")
	c.post("/berichten/gelezen").want(t, http.StatusSeeOther)
	c.post("/berichten/proef-1/weggooien").want(t, http.StatusSeeOther)
	c.get("/berichten").says(t, "U hebt geen berichten")
}
