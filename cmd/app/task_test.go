package app_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"ruggespraak/internal/outbox"
	"ruggespraak/store"
)

func taskMail(t *testing.T, w *world, id, to string) {
	t.Helper()
	if err := w.app.Mail.Add(context.Background(), id, outbox.Mail{To: to, Kind: "antwoord", Link: "/terugkoppeling/2019-01"}); err != nil {
		t.Fatal(err)
	}
}

// taskFailed adds a mail that was refused for good.
func taskFailed(t *testing.T, w *world, id, to string) {
	t.Helper()
	taskMail(t, w, id, to)
	m, err := w.app.Mail.Claim(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if err := w.app.Mail.Fail(context.Background(), m, "de mailserver weigert deze mail (code 554)"); err != nil {
		t.Fatal(err)
	}
}

func TestTasksShowHowMailAndJobsStand(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	taskFailed(t, w, "m1", "c1")
	page := w.as("admin").get("/taken").want(t, 200)
	page.says(t, "1 mail is mislukt.").says(t, "Marit Veldkamp").says(t, "de mailserver weigert deze mail (code 554)")
	page.says(t, "Vragen of het beter gaat").says(t, "elke dag om 8.00 uur")
}

// That somebody got «antwoord op uw inbreng» says that they contributed: an
// administrator does not read that.
func TestTasksHideWhatMailIsAbout(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	taskFailed(t, w, "m1", "c1")
	taskMail(t, w, "m2", "c2")
	admin := w.as("admin")
	for _, path := range []string{"/taken", "/taken?stand=wachtend", "/"} {
		page := admin.get(path).want(t, 200)
		for _, secret := range []string{"op uw inbreng", "terugkoppeling/2019-01", "@ruggespraak.example"} {
			page.hides(t, secret)
		}
	}
}

func TestTasksAreTheAdministrators(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	for _, who := range []string{"c1", "chair", "som", "tf"} {
		c := w.as(who)
		c.get("/taken").want(t, 404)
		c.post("/taken/gepland/effectvraag").want(t, 404)
		c.post("/taken/mail/m1").want(t, 404)
		c.post("/taken/vast/e1").want(t, 404)
	}
	w.as("").get("/taken").want(t, 303)
}

// The program itself runs all jobs when it starts, so it is quiet here.
func TestTaskIsRunByHand(t *testing.T) {
	t.Parallel()
	w := openApp(t)
	w.serveQuietly()
	admin := w.as("admin")
	admin.post("/taken/gepland/opruimen").want(t, 303)
	admin.get("/taken").says(t, "De taak is uitgevoerd.").says(t, "Klaar")
	admin.post("/taken/gepland/bestaat-niet").want(t, 404)
	admin.get("/taken/gepland/opruimen").want(t, 404)
}

func TestTaskThatRunsIsNotRunTwice(t *testing.T) {
	t.Parallel()
	w := openApp(t)
	w.serveQuietly()
	if _, err := w.db.Lease(context.Background(), "job/opruimen", "another instance", w.real.Now(), time.Minute); err != nil {
		t.Fatal(err)
	}
	admin := w.as("admin")
	admin.post("/taken/gepland/opruimen").want(t, 303)
	admin.get("/taken").want(t, 200).says(t, "Deze taak is al bezig.").hides(t, "De taak is uitgevoerd.").hides(t, "Klaar")
}

func TestFailedMailIsSentAgain(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	taskFailed(t, w, "m1", "c1")
	admin := w.as("admin")
	admin.post("/taken/mail/m1").want(t, 303)
	admin.get("/taken").says(t, "Er is geen mail mislukt. 1 mail wacht: er is geen mailserver ingesteld.")
	admin.post("/taken/mail/bestaat-niet").want(t, 404)
}

func TestStartTellsTheAdministratorWhatFailed(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	admin := w.as("admin")
	admin.get("/").want(t, 200).says(t, "Alle taken en mail zijn in orde.")
	taskFailed(t, w, "m1", "c1")
	page := admin.get("/").want(t, 200).says(t, "1 mail is mislukt")
	if !strings.Contains(page.body, `href="/taken"`) {
		t.Error("the start page does not lead to /taken")
	}
	w.as("c1").get("/").want(t, 200).hides(t, "mail is mislukt")
}

// What the projector cannot follow up is seen and tried again by hand.
func TestStuckEffectIsSeen(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	// An event that a later version wrote: nobody here knows its kind.
	strange := store.Doc{ID: "d1", Keys: store.Keys{"todo": {"1"}},
		Body: []byte(`{"events":[{"id":"e1","kind":"later.bedacht","at":"2019-09-17T08:00:00Z"}]}`)}
	if err := w.db.Insert(context.Background(), "overleg", strange); err != nil {
		t.Fatal(err)
	}
	if err := w.app.Projector.Drain(context.Background()); !errors.Is(err, outbox.ErrNoHandler) {
		t.Fatalf("Drain = %v, want ErrNoHandler", err)
	}
	admin := w.as("admin")
	admin.get("/taken").want(t, 200).says(t, "Wat vastzit").says(t, "later.bedacht").says(t, "geen afhandeling bekend")
	admin.get("/").says(t, "1 besluit is nog niet overal verwerkt")
	admin.post("/taken/vast/e1").want(t, 303)
	admin.get("/taken").says(t, "Ruggespraak probeert het opnieuw.")
}
