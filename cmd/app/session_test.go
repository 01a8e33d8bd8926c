package app_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"ruggespraak/cmd/app"
	"ruggespraak/people"
	"ruggespraak/store"
)

const (
	doorPassword = "fietsen langs de waterkant"
	doorSecret   = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
)

// doorEnroll makes an account that signs in with a password and a code.
func doorEnroll(w *world, id string, roles ...people.Role) {
	w.Helper()
	_, err := w.app.House.Enroll(context.Background(), people.System(), people.Enrolment{
		ID: id, Name: "Deur " + id, Mail: id + "@voorbeeld.nl", Roles: roles, Organisation: w.org[0], Region: w.reg[0],
		Password: doorPassword, Secret: doorSecret,
	})
	if err != nil {
		w.Fatalf("enroll %s: %v", id, err)
	}
}

func doorCode(w *world, secret string) string {
	w.Helper()
	code, err := people.CodeFor(secret, w.real.Now())
	if err != nil {
		w.Fatal(err)
	}
	return code
}

// send posts the fields of a form of the page, as a browser would, with some
// of them filled in.
func (c *client) send(page answer, path string, pairs ...string) answer {
	c.Helper()
	form := inputs(page.body)
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	return c.sendForm(path, form, nil)
}

func (c *client) sendForm(path string, form url.Values, header http.Header) answer {
	c.Helper()
	r, err := http.NewRequest(http.MethodPost, c.url+path, strings.NewReader(form.Encode()))
	if err != nil {
		c.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", c.url)
	for name, values := range header {
		r.Header[name] = values
	}
	return c.do(r)
}

// signInAs walks both steps in the browser.
func (c *client) signInAs(id string) answer {
	c.Helper()
	a := c.send(c.get("/inloggen"), "/inloggen", "mail", id+"@voorbeeld.nl", "wachtwoord", doorPassword).want(c, http.StatusSeeOther)
	return c.send(c.get(a.location), "/inloggen/code", "code", doorCode(c.world, doorSecret))
}

func TestDoorSignsInAndLeadsToThePageAskedFor(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	doorEnroll(w, "anna", people.Coordinator)
	c := w.as("")
	c.get("/beheer/regios/"+w.reg[1]).want(t, http.StatusSeeOther)
	a := c.signInAs("anna").want(t, http.StatusSeeOther)
	if want := "/beheer/regios/" + w.reg[1]; a.location != want {
		t.Errorf("after signing in: %q, want %q", a.location, want)
	}
	c.get(a.location).want(t, http.StatusOK).says(t, "Deur anna")
	if a := c.get("/inloggen").want(t, http.StatusSeeOther); a.location != "/" {
		t.Errorf("a second time: %q, want the start page", a.location)
	}
}

// TestDoorTakesNoAddressFromTheBrowser holds that nothing a browser sends says
// where signing in leads.
func TestDoorTakesNoAddressFromTheBrowser(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	doorEnroll(w, "anna", people.Coordinator)
	c := w.as("")
	page := c.get("/inloggen?next=https://kwaad.example&terug=//kwaad.example")
	a := c.send(page, "/inloggen?next=//kwaad.example", "mail", "anna@voorbeeld.nl", "wachtwoord", doorPassword,
		"next", "//kwaad.example", "_c_route", "POST //kwaad.example", "_c_p_id", "//kwaad.example")
	a = c.send(c.get("/inloggen/code"), "/inloggen/code", "code", doorCode(w, doorSecret), "_c_route", "GET /accounts", "terug", "//kwaad.example")
	if a.location != "/" {
		t.Errorf("after signing in: %q, want the start page", a.location)
	}
}

func TestDoorSaysTheSameToEverybody(t *testing.T) {
	t.Parallel()
	var hashes atomic.Int64
	w := newApp(t, func(c *app.Config) { c.HashCost.Hashed = func() { hashes.Add(1) } })
	doorEnroll(w, "anna", people.Coordinator)
	doorEnroll(w, "gone", people.Coordinator)
	if err := w.app.House.Directory.End(context.Background(), w.viewer("admin"), "gone"); err != nil {
		t.Fatal(err)
	}
	c := w.as("")
	page := c.get("/inloggen")
	var want string
	for _, tc := range []struct{ name, mail, password string }{
		{"known, wrong password", "anna@voorbeeld.nl", "iets heel anders hier"},
		{"unknown", "vera@voorbeeld.nl", doorPassword},
		{"ended", "gone@voorbeeld.nl", doorPassword},
	} {
		before := hashes.Load()
		a := c.send(page, "/inloggen", "mail", tc.mail, "wachtwoord", tc.password).want(t, http.StatusUnprocessableEntity)
		got := fmt.Sprint(a.status, len(a.header), strings.ReplaceAll(a.body, tc.mail, "MAIL"))
		if want == "" {
			want = got
		}
		if got != want {
			t.Errorf("%s: the answer differs", tc.name)
		}
		if n := hashes.Load() - before; n != 1 {
			t.Errorf("%s: %d hashes, want 1", tc.name, n)
		}
		a.hides(t, tc.password)
	}
}

func TestDoorCodeWorksOnce(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	doorEnroll(w, "anna", people.Coordinator)
	code := doorCode(w, doorSecret)
	var won atomic.Int64
	var wg sync.WaitGroup
	for range 5 {
		c := w.as("")
		a := c.send(c.get("/inloggen"), "/inloggen", "mail", "anna@voorbeeld.nl", "wachtwoord", doorPassword).want(t, http.StatusSeeOther)
		page := c.get(a.location)
		wg.Go(func() {
			if c.send(page, "/inloggen/code", "code", code).status == http.StatusSeeOther {
				won.Add(1)
			}
		})
	}
	wg.Wait()
	if won.Load() != 1 {
		t.Errorf("one code let %d in, want 1", won.Load())
	}
}

// TestDoorIsHeldByTheStore holds that a header that a client makes up does not
// lift the limit of its address.
func TestDoorIsHeldByTheStore(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	c := w.as("")
	page := c.get("/inloggen")
	var last answer
	for i := range 65 {
		form := inputs(page.body)
		form.Set("mail", fmt.Sprintf("x%d@voorbeeld.nl", i))
		form.Set("wachtwoord", "iets heel anders hier")
		last = c.sendForm("/inloggen", form, http.Header{
			"X-Forwarded-For": {fmt.Sprintf("198.51.100.%d", i)}, "X-Real-Ip": {fmt.Sprintf("198.51.100.%d", i)}, "Forwarded": {fmt.Sprintf("for=198.51.100.%d", i)},
		})
	}
	last.want(t, http.StatusTooManyRequests).says(t, "Wacht 15 minuten")
}

func TestChangesNeedTokenAndOrigin(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	c, other := w.as("c1"), w.as("c2")
	before := other.csrf
	for _, tc := range []struct {
		name   string
		token  string
		header http.Header
		want   int
	}{
		{"own token", c.csrf, nil, http.StatusSeeOther},
		{"no token", "", nil, http.StatusForbidden},
		{"token of another session", before, nil, http.StatusForbidden},
		{"token of a visitor", w.as("").csrf, nil, http.StatusForbidden},
		{"foreign origin", c.csrf, http.Header{"Origin": {"https://kwaad.example"}}, http.StatusForbidden},
		{"origin null", c.csrf, http.Header{"Origin": {"null"}}, http.StatusForbidden},
		{"no origin", c.csrf, http.Header{"Origin": {""}}, http.StatusForbidden},
		{"another port", c.csrf, http.Header{"Origin": {"http://127.0.0.1:1"}}, http.StatusForbidden},
		{"another scheme", c.csrf, http.Header{"Origin": {strings.Replace(w.url, "http", "https", 1)}}, http.StatusForbidden},
		{"trailing dot", c.csrf, http.Header{"Origin": {w.url + "."}}, http.StatusForbidden},
		{"cross-site fetch", c.csrf, http.Header{"Sec-Fetch-Site": {"cross-site"}}, http.StatusForbidden},
		{"same-site fetch", c.csrf, http.Header{"Sec-Fetch-Site": {"same-site"}}, http.StatusForbidden},
	} {
		form := url.Values{"_token": {tc.token}, "weergave": {"donker"}}
		if a := c.sendForm("/weergave", form, tc.header); a.status != tc.want {
			t.Errorf("%s: status %d, want %d", tc.name, a.status, tc.want)
		}
	}
}

// TestSessionIsNotFixed holds that a token chosen by another never becomes a
// session, and that each step gives a new one.
func TestSessionIsNotFixed(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	doorEnroll(w, "anna", people.Coordinator, people.SOMMember)
	c := w.as("")
	chosen := "voor." + strings.Repeat("a", 43)
	c.cookies["ruggespraak"] = chosen
	seen := map[string]bool{chosen: true}
	fresh := func(step string) {
		t.Helper()
		token := c.cookies["ruggespraak"]
		if seen[token] {
			t.Errorf("%s kept the token", step)
		}
		seen[token] = true
	}
	a := c.send(c.get("/inloggen"), "/inloggen", "mail", "anna@voorbeeld.nl", "wachtwoord", doorPassword)
	fresh("the password")
	waiting := c.cookies["ruggespraak"]
	a = c.send(c.get(a.location), "/inloggen/code", "code", doorCode(w, doorSecret))
	fresh("the code")
	if a.location != "/rol" {
		t.Fatalf("with two roles: %q, want /rol", a.location)
	}
	c.get("/berichten").want(t, http.StatusSeeOther)
	page := c.get("/rol").want(t, http.StatusOK).says(t, "SOM-lid")
	a = c.send(page, "/rol", "rol", "S").want(t, http.StatusSeeOther)
	fresh("the role")
	c.get("/berichten").want(t, http.StatusOK)
	if a.location != "/berichten" {
		t.Errorf("after choosing: %q, want the page asked for", a.location)
	}
	for old := range seen {
		if old == c.cookies["ruggespraak"] {
			continue
		}
		thief := w.as("")
		thief.cookies["ruggespraak"] = old
		thief.get("/berichten").want(t, http.StatusSeeOther)
	}
	if strings.HasPrefix(waiting, "voor.") {
		t.Error("the session that waits for a code has no token of its own")
	}
}

func TestRoleChangesWhatOneMay(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	doorEnroll(w, "anna", people.Coordinator, people.Chair)
	c := w.as("")
	c.signInAs("anna")
	c.send(c.get("/rol"), "/rol", "rol", "C").want(t, http.StatusSeeOther)
	c.get("/accounts").want(t, http.StatusNotFound)
	page := c.get("/mijn-gegevens").says(t, "Verder als Voorzitter")
	c.send(page, "/rol", "rol", "A").want(t, http.StatusNotFound)
	c.send(page, "/rol", "rol", "Z").want(t, http.StatusSeeOther)
	c.get("/accounts").want(t, http.StatusOK)
}

func TestSigningOutEndsTheSession(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	for _, path := range []string{"/afmelden", "/mijn-gegevens/overal-uitloggen"} {
		c, elsewhere := w.as("c1"), w.as("c1")
		token := c.cookies["ruggespraak"]
		a := c.post(path).want(t, http.StatusSeeOther)
		if a.header.Get("Clear-Site-Data") == "" {
			t.Errorf("%s leaves what the browser kept", path)
		}
		c.cookies["ruggespraak"] = token
		c.get("/berichten").want(t, http.StatusSeeOther)
		want := http.StatusOK
		if path != "/afmelden" {
			want = http.StatusSeeOther
		}
		elsewhere.get("/berichten").want(t, want)
	}
}

func TestCookie(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, host, forwarded string
		want                  []string
		not                   []string
	}{
		{"loopback", "", "", []string{"ruggespraak=", "HttpOnly", "SameSite=Lax", "path=/"}, []string{"secure", "__Host-"}},
		{"plain http elsewhere", "ruggespraak.example", "", []string{"__Host-ruggespraak=", "HttpOnly", "SameSite=Lax", "path=/", "secure"}, []string{"domain"}},
		{"https behind a proxy", "ruggespraak.example", "https", []string{"__Host-ruggespraak=", "secure"}, []string{"domain"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := newApp(t, func(c *app.Config) { c.TrustedProxies = []string{"127.0.0.1"} })
			r, err := http.NewRequest(http.MethodGet, w.url+"/inloggen", nil)
			if err != nil {
				t.Fatal(err)
			}
			r.Host = tc.host
			if tc.forwarded != "" {
				r.Header.Set("X-Forwarded-Proto", tc.forwarded)
			}
			got := w.as("").do(r).header.Get("Set-Cookie")
			for _, s := range tc.want {
				if !strings.Contains(strings.ToLower(got), strings.ToLower(s)) {
					t.Errorf("cookie %q lacks %q", got, s)
				}
			}
			for _, s := range tc.not {
				if strings.Contains(strings.ToLower(got), strings.ToLower(s)) {
					t.Errorf("cookie %q has %q", got, s)
				}
			}
		})
	}
}

// TestFormIsCarriedThroughSigningIn holds that a form sent on a dead session is
// there again afterwards, and was stored nowhere in between.
func TestFormIsCarriedThroughSigningIn(t *testing.T) {
	t.Parallel()
	const typed = "Huis van de regel \"één\"\n<b>en</b> twee & drie"
	w := newApp(t)
	doorEnroll(w, "beheer", people.Administrator, people.SOMMember)
	c := w.as("admin")
	c.cookies = map[string]string{} // the session has gone
	form := url.Values{"_token": {c.csrf}, "organisatie": {typed}, "keuze": {"a", "b"}, "concept": {store.NewID()}}
	page := c.sendForm("/beheer/organisaties", form, nil).want(t, http.StatusOK).says(t, "Uw formulier is er nog")
	page = c.send(page, "/inloggen", "mail", "beheer@voorbeeld.nl", "wachtwoord", "iets heel anders hier").want(t, http.StatusUnprocessableEntity)
	page = c.send(page, "/inloggen", "mail", "beheer@voorbeeld.nl", "wachtwoord", doorPassword).want(t, http.StatusOK).says(t, "Zes cijfers")
	page = c.send(page, "/inloggen/code", "code", "000000").want(t, http.StatusUnprocessableEntity)
	page = c.send(page, "/inloggen/code", "code", doorCode(w, doorSecret)).want(t, http.StatusOK).says(t, "Kies uw rol")
	page = c.send(page, "/rol", "rol", "A").want(t, http.StatusOK).says(t, "Wat u invulde, is nog niet verstuurd")
	got := inputs(page.body)
	if got.Get("organisatie") != typed || len(got["keuze"]) != 2 {
		t.Errorf("carried %q, %q; want %q and both choices", got.Get("organisatie"), got["keuze"], typed)
	}
	page.hides(t, form.Get("concept")+"”") // an id is carried, and shown to nobody
	if got.Get("concept") != form.Get("concept") {
		t.Errorf("carried concept %q, want %q", got.Get("concept"), form.Get("concept"))
	}
	if !strings.Contains(page.body, `action="/beheer/organisaties"`) {
		t.Error("the form does not go to its own route")
	}
	c.send(page, "/beheer/organisaties", "organisatie", "Huis Hoek").want(t, http.StatusSeeOther)
	c.get("/beheer").says(t, "Huis Hoek")
}

// TestFormIsNotCarriedElsewhere holds that only a route of the table is
// carried to, that passwords are not carried, and that a role that may not
// send the form does not get it.
func TestFormIsNotCarriedElsewhere(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	doorEnroll(w, "anna", people.Coordinator)
	c := w.as("")
	c.sendForm("/mijn-gegevens/wachtwoord", url.Values{"huidig": {"geheimpje hier"}}, nil).want(t, http.StatusSeeOther).hides(t, "geheimpje")
	c.sendForm("/afmelden", url.Values{}, nil).want(t, http.StatusSeeOther)
	page := c.sendForm("/beheer/organisaties", url.Values{"organisatie": {"Huis Hoek"}}, nil).want(t, http.StatusOK)
	page = c.send(page, "/inloggen", "mail", "anna@voorbeeld.nl", "wachtwoord", doorPassword)
	a := c.send(page, "/inloggen/code", "code", doorCode(w, doorSecret)).want(t, http.StatusSeeOther)
	if a.location != "/" {
		t.Errorf("a coordinator with an administrator's form: %q, want the start page", a.location)
	}
	script := w.as("")
	script.sendForm("/beheer/organisaties", url.Values{"organisatie": {"Huis Hoek"}}, http.Header{"Sec-Fetch-Mode": {"cors"}}).
		want(t, http.StatusUnauthorized).hides(t, "Huis Hoek")
}

// TestAccessEndsWithTheNextRequest walks what ends a session through the
// administrator's pages.
func TestAccessEndsWithTheNextRequest(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	admin := w.as("admin")
	admin.post("/accounts/som/rollen/geven", "rol", "T").want(t, http.StatusSeeOther)
	for _, tc := range []struct{ account, path, role string }{
		{"som2", "/accounts/som2/uitloggen", ""},
		{"som", "/accounts/som/rollen/nemen", "S"},
		{"som2", "/accounts/som2/beeindigen", ""},
	} {
		c := w.as(tc.account)
		c.get("/berichten").want(t, http.StatusOK)
		admin.post(tc.path, "rol", tc.role).want(t, http.StatusSeeOther)
		if a := c.get("/berichten"); a.status != http.StatusSeeOther {
			t.Errorf("after %s: status %d, want a visitor's", tc.path, a.status)
		}
	}
}

// TestErrorBeginsNoSession holds that a refused request leaves the browser its
// session: a form from another site comes without the cookie, and one that is
// too large is answered before anybody looks who sent it.
func TestErrorBeginsNoSession(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	for name, r := range map[string]*http.Request{
		"from elsewhere": bareRequest(t, http.MethodPost, w.url+"/inbreng/nieuw", "a=b"),
		"to what is not": bareRequest(t, http.MethodPost, w.url+"/nergens", "a=b"),
		"too large":      bareRequest(t, http.MethodPost, w.url+"/inbreng/nieuw", "tekst="+strings.Repeat("a", 8<<20)),
	} {
		t.Run(name, func(t *testing.T) {
			r.Header.Set("Origin", "https://elders.example")
			got := w.as("").do(r)
			if got.status < http.StatusBadRequest {
				t.Errorf("status %d, want a refusal", got.status)
			}
			if cookie := got.header.Get("Set-Cookie"); cookie != "" {
				t.Errorf("a refusal sets the cookie %q", cookie)
			}
		})
	}
}

func bareRequest(t *testing.T, method, address, body string) *http.Request {
	t.Helper()
	r, err := http.NewRequest(method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r
}

// TestHead holds that what can be read can be asked about: monitors and mail
// scanners do.
func TestHead(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	for path, want := range map[string]int{"/livez": http.StatusOK, "/inloggen": http.StatusOK, "/inbreng": http.StatusSeeOther, "/nergens": http.StatusNotFound} {
		got := w.as("").do(bareRequest(t, http.MethodHead, w.url+path, ""))
		if got.status != want || got.body != "" {
			t.Errorf("HEAD %s = %d with %d bytes, want %d without", path, got.status, len(got.body), want)
		}
	}
}
