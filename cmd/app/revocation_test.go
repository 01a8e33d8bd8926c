package app_test

import (
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"ruggespraak/cmd/app"
	"ruggespraak/internal/clock"
	"ruggespraak/meetings"
	"ruggespraak/people"
	"ruggespraak/server"
)

// A session that ends itself by its line under «Waar u bent ingelogd» is signed
// out like any other; once it was answered with an error.
func TestRevocationOfTheOwnSessionByItsLine(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	c := w.as("som")
	got := c.post(ownLine(w, "som")).want(t, http.StatusSeeOther)
	if got.location != "/" || got.header.Get("Clear-Site-Data") == "" {
		t.Errorf("location %q, Clear-Site-Data %q, want to be signed out", got.location, got.header.Get("Clear-Site-Data"))
	}
	c.get("/berichten").want(t, http.StatusSeeOther)
}

// ownLine is where the account ends its first session.
func ownLine(w *world, account string) string {
	w.Helper()
	seen, err := w.app.House.Sessions.List(background, people.Viewer{Account: account, Role: people.SOMMember}, nil)
	if err != nil || len(seen) == 0 {
		w.Fatalf("sessions of %s: %v (%v), want some", account, seen, err)
	}
	return "/mijn-gegevens/sessies/" + seen[0].Handle + "/uitloggen"
}

// revocable is a new account with two roles that signs in by its password too.
func revocable(w *world, id string) {
	w.Helper()
	doorEnroll(w, id, people.SOMMember, people.TaskForce)
}

// in is a browser in which the account is signed in, as a SOM member.
func (w *world) in(account string) *client {
	w.Helper()
	token, session, err := w.app.House.Sessions.Start(background, account, people.SOMMember, "test")
	if err != nil {
		w.Fatalf("sign in as %s: %v", account, err)
	}
	return &client{world: w, account: account, cookies: map[string]string{"ruggespraak": token}, csrf: session.CSRF()}
}

// beside is a second tab of the same browser.
func (c *client) beside() *client {
	return &client{world: c.world, account: c.account, cookies: maps.Clone(c.cookies), csrf: c.csrf}
}

// revocations end the session of c, each in its own way.
var revocations = []struct {
	name string
	by   func(c, admin *client) answer
}{
	{"logged out", func(c, _ *client) answer { return c.beside().post("/afmelden") }},
	{"logged out everywhere", func(c, _ *client) answer { return c.in(c.account).post("/mijn-gegevens/overal-uitloggen") }},
	{"logged out by its line", func(c, _ *client) answer {
		line := ownLine(c.world, c.account)
		return c.in(c.account).post(line)
	}},
	{"password changed elsewhere", func(c, _ *client) answer {
		return c.in(c.account).post("/mijn-gegevens/wachtwoord", "huidig", doorPassword, "wachtwoord", "lamp raam kelder vork", "herhaal", "lamp raam kelder vork")
	}},
	{"account ended", func(c, admin *client) answer { return admin.beside().post("/accounts/" + c.account + "/beeindigen") }},
	{"role taken", func(c, admin *client) answer {
		return admin.beside().post("/accounts/"+c.account+"/rollen/nemen", "rol", string(people.SOMMember))
	}},
	{"logged out by the administrator", func(c, admin *client) answer { return admin.beside().post("/accounts/" + c.account + "/uitloggen") }},
}

// After what ends a session the next request of it is a visitor's, and what it
// asks to change is not changed.
func TestRevocationEndsTheNextRequest(t *testing.T) {
	t.Parallel()
	f, rec := newWatched(t)
	number := f.sent(toSOM)
	admin := f.as("admin")
	for i, r := range revocations {
		t.Run(r.name, func(t *testing.T) {
			f.TB = t
			id := fmt.Sprintf("herroepen%d", i)
			revocable(f.world, id)
			c := f.in(id)
			c.get("/bundels/"+number).want(t, http.StatusOK)
			r.by(c, admin).want(t, http.StatusSeeOther)
			rec.take()
			c.beside().get("/bundels/"+number).want(t, http.StatusSeeOther)
			got := c.post("/bundels/"+number+"/1/reactie", "reactie", "herken", "toelichting", "Te laat.")
			wantSignIn(t, post("/reactie"), got)
			if docs := rec.take(); len(docs) > 0 {
				t.Errorf("a request after the end wrote %v", docs)
			}
		})
	}
	f.TB = t
}

// What ended stays ended when the account or the role comes back.
func TestRevocationIsNotTakenBack(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	admin := w.as("admin")
	for name, paths := range map[string][2]string{
		"account": {"beeindigen", "heropenen"}, "role": {"rollen/nemen", "rollen/geven"},
	} {
		id := "terug" + name
		revocable(w, id)
		c := w.in(id)
		c.get("/berichten").want(t, http.StatusOK)
		for _, path := range paths {
			if a := admin.post("/accounts/"+id+"/"+path, "rol", string(people.SOMMember)); a.status >= http.StatusBadRequest {
				t.Fatalf("%s of %s = %d", path, id, a.status)
			}
		}
		if a := c.get("/berichten"); a.status != http.StatusSeeOther {
			t.Errorf("the %s came back, and so did its session: %d", name, a.status)
		}
	}
}

// races is how often each way of ending a session is raced.
const races = 25

// Requests race what ends their session: whichever began after it has ended is
// a visitor's. The clock runs, so that requests write their last use.
func TestRevocationRace(t *testing.T) {
	t.Parallel()
	var now atomic.Int64
	now.Store(began.UnixNano())
	w := newApp(t, func(cfg *app.Config) {
		cfg.Real = func() time.Time { return time.Unix(0, now.Add(int64(time.Second))).UTC() }
		cfg.Consultation = clock.NewConsultation(cfg.Real)
	})
	for i, r := range revocations {
		for n := range races {
			id := fmt.Sprintf("race%dvan%d", i, n)
			revocable(w, id)
			c, admin := w.in(id), w.as("admin")
			now.Add(int64(2 * time.Minute)) // the next request writes its use
			raceOnce(t, r.name, c, func() { r.by(c, admin) })
		}
	}
}

// raceOnce asks from four tabs while end runs, until each has asked once after
// it ended.
func raceOnce(t *testing.T, name string, c *client, end func()) {
	t.Helper()
	var over atomic.Bool
	var tabs sync.WaitGroup
	for range 4 {
		tab := c.beside()
		tabs.Go(func() {
			for last := false; !last; {
				last = over.Load()
				if a := tab.beside().get("/weergave"); last && a.status != http.StatusSeeOther {
					t.Errorf("%s: a request begun afterwards = %d", name, a.status)
				}
			}
		})
	}
	end()
	over.Store(true)
	tabs.Wait()
	if a := c.beside().get("/weergave"); a.status != http.StatusSeeOther {
		t.Errorf("%s: and later = %d", name, a.status)
	}
}

// examples are what stands for the places of paths, by the beginning of the
// path: things that are there, and that a chair may see.
func (f *fixture) examples() func(server.Route) string {
	f.Helper()
	meeting, item := f.meeting(meetings.National, meetings.Open)
	number := f.answered(toSOM)
	contribution := f.released("c2")
	first := map[string]string{
		"/accounts/": "c2", "/berichten/": f.notice("reader"), "/beheer/organisaties/": f.org[1], "/beheer/regios/": f.reg[1], "/taken/gepland/": "stilte",
		"/taken/mail/": f.failedMail(), "/inbreng/concept/": f.draft("c2"), "/inbreng/clusters/": f.cluster(f.released("c2")), "/overleggen/plaatsen/": "inbreng",
		"/overleggen/": meeting, "/inbreng/": contribution, "/bundels/": number, "/terugkoppeling/": number,
		"/kennisbank/compensatie/": "duur", "/kennisbank/compensatie/keuzehulp/": "2",
	}
	second := map[string]string{"/overleggen/:punt": item, "/overleggen/plaatsen/:ding": contribution, "/kennisbank/compensatie/:route": "fonds"}
	return func(r server.Route) string {
		before, _, _ := strings.Cut(r.Path, ":")
		pieces := strings.Split(r.Path, "/")
		filled := false
		for i, piece := range pieces {
			if !strings.HasPrefix(piece, ":") {
				continue
			}
			pieces[i] = cmp.Or(second[before+piece], "1")
			if !filled {
				pieces[i], filled = cmp.Or(first[before], "onbekend"), true
			}
		}
		return strings.Join(pieces, "/")
	}
}

var tokenValue = regexp.MustCompile(`name="_token" value="[0-9a-f]*"`)

// gist is what an answer says, without what differs from session to session.
func (a answer) gist() string {
	return fmt.Sprint(a.status, " ", a.location, " ", a.header.Get("Content-Type"), "\n", tokenValue.ReplaceAllString(a.body, ""))
}

// ask is a request of the route with the client's own token.
func (c *client) askRoute(r server.Route, path string) answer {
	c.Helper()
	if r.Method == http.MethodGet {
		return c.get(path)
	}
	return c.post(path, "reden", "Een reden.")
}

// Whatever became of a credential, every route answers as it answers who never
// had one.
func TestRevokedCredentialsAreAVisitors(t *testing.T) {
	t.Parallel()
	f, rec := newWatched(t)
	path := f.examples()
	expired := f.expired()
	admin := f.as("admin")
	states := map[string]*client{"idle": expired[0], "absolute": expired[1], "garbage": f.as(""), "long garbage": f.as("")}
	states["garbage"].cookies["ruggespraak"] = "onzin"
	states["long garbage"].cookies["ruggespraak"] = strings.Repeat("A", 43)
	for i, r := range revocations {
		id := fmt.Sprintf("ontzegd%d", i)
		revocable(f.world, id)
		states[r.name] = f.in(id)
		r.by(states[r.name], admin).want(t, http.StatusSeeOther)
	}
	pending := f.as("")
	doorEnroll(f.world, "halverwege", people.Chair)
	pending.send(pending.get("/inloggen"), "/inloggen", "mail", "halverwege@voorbeeld.nl", "wachtwoord", doorPassword).want(t, http.StatusSeeOther)
	pending.csrf = inputs(pending.get("/inloggen/code").want(t, http.StatusOK).body).Get("_token")
	states["second factor pending"] = pending
	f.settle()
	for _, r := range f.app.Server.Routes() {
		to := path(r)
		want := f.as("").askRoute(r, to)
		for name, c := range states {
			if name == "second factor pending" && (r.Objects[0] == "session.new" || r.Objects[0] == "search") {
				continue // these are the steps of signing in, and what every visitor with a session may do
			}
			if name == "second factor pending" && r.Method == http.MethodPost && slices.Contains(r.Roles(), people.Visitor) {
				continue // its token is good for what anybody may do
			}
			rec.take()
			got := c.beside().askRoute(r, to)
			if got.gist() != want.gist() {
				t.Errorf("%s %s, %s = %s; a visitor gets %s", r.Method, to, name, clip(text(got.gist())), clip(text(want.gist())))
			}
			if docs := rec.take(); len(docs) > 0 {
				t.Errorf("%s %s, %s wrote %v", r.Method, to, name, docs)
			}
		}
	}
	t.Logf("%d routes, %d states", len(f.app.Server.Routes()), len(states))
}

// expired are two sessions of a chair: one that was not used for eight hours,
// and one that was used all day.
func (f *fixture) expired() [2]*client {
	f.Helper()
	idle, busy := f.as("chair"), f.as("chair")
	for range 12 {
		busy.get("/weergave").want(f, http.StatusOK)
		f.real.Move(time.Hour)
	}
	return [2]*client{idle, busy}
}
