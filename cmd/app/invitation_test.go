package app_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"ruggespraak/people"
)

// invitePath invites somebody through the pages and gives the link's path.
func invitePath(w *world, mail string) string {
	w.Helper()
	admin := w.as("admin")
	page := admin.post("/accounts/nieuw", "naam", "Nieuw Lid", "mail", mail, "rol", "S").want(w, http.StatusOK).says(w, "U ziet hem maar één keer")
	link := inputs(page.body).Get("link")
	path, ok := strings.CutPrefix(link, w.url)
	if !ok {
		w.Fatalf("link %q is not at %s", link, w.url)
	}
	return path
}

// useInvitation walks the steps up to the code and gives the page that asks it.
func useInvitation(c *client, path string) (page answer, code string) {
	c.Helper()
	c.send(c.get(path).want(c, http.StatusOK), path, "wachtwoord", doorPassword, "herhaal", doorPassword).want(c, http.StatusSeeOther)
	page = c.get(path+"/code").want(c, http.StatusOK)
	_, after, _ := strings.Cut(page.body, `id="sleutel">`)
	secret, _, _ := strings.Cut(after, "<")
	return page, doorCode(c.world, strings.ReplaceAll(secret, " ", ""))
}

func TestInvitationFromLinkToAccount(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	path := invitePath(w, "lid@voorbeeld.nl")
	c := w.as("")
	page := c.get(path).says(t, "Nieuw Lid")
	c.send(page, path, "wachtwoord", "kort", "herhaal", "anders").want(t, http.StatusUnprocessableEntity).
		says(t, "ten minste 12 tekens").says(t, "twee keer hetzelfde").hides(t, "anders\"")
	c.send(page, path, "wachtwoord", "Welkom2026!!!", "herhaal", "Welkom2026!!!").want(t, http.StatusUnprocessableEntity).says(t, "te makkelijk")
	page, code := useInvitation(c, path)
	page.hides(t, "data:").hides(t, "style=")
	c.send(page, path+"/code", "code", "000000").want(t, http.StatusUnprocessableEntity).says(t, "klopt niet")
	a := c.send(page, path+"/code", "code", code).want(t, http.StatusSeeOther)
	c.get(a.location).want(t, http.StatusOK).says(t, "Uw account is klaar").says(t, "SOM-lid")
	w.as("").get(path).want(t, http.StatusNotFound)
	w.as("admin").get("/accounts").says(t, "lid@voorbeeld.nl").hides(t, path)
}

func TestInvitationIsUsedOnceByManyBrowsers(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	path := invitePath(w, "lid@voorbeeld.nl")
	const browsers = 20
	var won atomic.Int64
	var wg sync.WaitGroup
	var tries []func() answer
	for range browsers {
		c := w.as("")
		page, code := useInvitation(c, path)
		tries = append(tries, func() answer { return c.send(page, path+"/code", "code", code) })
	}
	for _, try := range tries {
		wg.Go(func() {
			for range 100 / browsers {
				if try().status == http.StatusSeeOther {
					won.Add(1)
				}
			}
		})
	}
	wg.Wait()
	if won.Load() != 1 {
		t.Errorf("the invitation was used %d times by 100 requests, want 1", won.Load())
	}
}

func TestInvitationsThatDoNotCountLookAlike(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	admin := w.as("admin")
	replaced := invitePath(w, "een@voorbeeld.nl")
	all, err := w.app.House.Directory.People(context.Background(), w.viewer("admin"))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		if p.Mail == "een@voorbeeld.nl" {
			admin.post("/accounts/"+p.ID+"/link").want(t, http.StatusOK).says(t, "Nieuwe link")
		}
	}
	late := invitePath(w, "twee@voorbeeld.nl")
	unknown := "/uitnodiging/" + strings.Repeat("x", 43)
	w.real.Move(7 * 24 * time.Hour)
	want := w.as("").get(unknown).want(t, http.StatusNotFound).says(t, "Vraag de beheerder")
	for name, path := range map[string]string{"replaced": replaced, "too old": late, "first administrator's": "/eerste-beheerder/x"} {
		if got := w.as("").get(path); got.gist() != want.gist() {
			t.Errorf("%s: the answer differs from that for an unknown link", name)
		}
	}
}

func TestFirstAdministratorThroughThePages(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	ctx, system := context.Background(), people.System()
	directory := w.app.House.Directory
	if err := errors.Join(directory.GiveRole(ctx, system, "admin", people.SOMMember), directory.TakeRole(ctx, system, "admin", people.Administrator)); err != nil {
		t.Fatal(err)
	}
	token, err := w.app.House.Door.FirstAdministrator(ctx)
	if err != nil {
		t.Fatal(err)
	}
	c := w.as("")
	path := people.FirstPath + token
	page := c.get(path).want(t, http.StatusOK)
	c.send(page, path, "naam", "", "mail", "geen").want(t, http.StatusUnprocessableEntity).says(t, "Vul een naam in")
	a := c.send(page, path, "naam", "Bea Heer", "mail", "bea@voorbeeld.nl").want(t, http.StatusSeeOther)
	w.as("").get(path).want(t, http.StatusNotFound)
	page, code := useInvitation(c, a.location)
	c.send(page, a.location+"/code", "code", code).want(t, http.StatusSeeOther)
	c.get("/accounts/nieuw").want(t, http.StatusOK)
}
