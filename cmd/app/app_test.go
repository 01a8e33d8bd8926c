package app_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/net/html"

	"ruggespraak/cmd/app"
	"ruggespraak/internal/clock"
	"ruggespraak/people"
	"ruggespraak/store"
	"ruggespraak/store/storetest"
)

// world is the whole program on a store of its own, answering on loopback, with
// organisations, regions and accounts.
type world struct {
	testing.TB
	app  *app.App
	db   store.DB
	url  string
	real *machine // the machine's clock in this world
	who  map[string]person
	org  []string
	reg  []string
}

// person is who has an account.
type person struct {
	name string
	role people.Role
	at   int
}

// who are the accounts of every world, by a short name. Coordinators c1..c6
// work at organisations 0..5 in regions 0..5.
var who = map[string]person{
	"c1": {"Marit Veldkamp", people.Coordinator, 0}, "c2": {"Karim de Groot", people.Coordinator, 1},
	"c3": {"Femke Aalders", people.Coordinator, 2}, "c4": {"Joost Hartsuiker", people.Coordinator, 3},
	"c5": {"Wietske Sjoerdema", people.Coordinator, 4}, "c6": {"Nadia Belhadj", people.Coordinator, 5},
	"chair": {"Ilse Brandsma", people.Chair, -1}, "reader": {"Ruud Lammertink", people.Chair, -1},
	"som": {"Sanne Bruinsma", people.SOMMember, -1}, "som2": {"Pieter Wassenberg", people.SOMMember, -1},
	"tf": {"Theo Fokkinga", people.TaskForce, -1}, "admin": {"Anja Bijlsma", people.Administrator, -1},
}

// password is every account's.
const password = "fiets regen tafel wolk"

// began is when every world begins: the consultation and the machine agree.
var began = time.Date(2019, 9, 17, 8, 0, 0, 0, time.UTC)

// machine is a clock that a test moves while the program reads it.
type machine struct {
	mu  sync.Mutex
	now time.Time
}

// Now reads the clock.
func (m *machine) Now() time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.now
}

// Move puts the clock on.
func (m *machine) Move(d time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now = m.now.Add(d)
}

// newApp starts a world. A configuration changed by with is its own.
func newApp(t testing.TB, with ...func(*app.Config)) *world {
	t.Helper()
	w := openApp(t, with...)
	w.serve()
	return w
}

// openApp opens the program without a network.
func openApp(t testing.TB, with ...func(*app.Config)) *world {
	t.Helper()
	w := openAgain(t, with...)
	w.enroll(context.Background())
	return w
}

// openAgain opens the program on a store that has its accounts already.
func openAgain(t testing.TB, with ...func(*app.Config)) *world {
	t.Helper()
	w := &world{TB: t, real: &machine{now: began}, who: maps.Clone(who), db: storetest.Open(t)}
	now := w.real.Now
	cfg := app.Config{DB: w.db, Real: now, Consultation: clock.NewConsultation(now), HashCost: people.HashCost{Memory: 8, Time: 1, Threads: 1},
		Shipped: fstest.MapFS{}, Log: slog.New(slog.NewTextHandler(io.Discard, nil))}
	for _, change := range with {
		change(&cfg)
	}
	var err error
	if w.app, err = app.New(context.Background(), cfg); err != nil {
		t.Fatalf("open the program: %v", err)
	}
	return w
}

func (w *world) serve() {
	w.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		w.Fatal(err)
	}
	w.serveOn(ln)
}

func (w *world) serveOn(ln net.Listener) {
	w.url = "http://" + ln.Addr().String()
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- w.app.Run(ctx, ln) }()
	w.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			w.Errorf("the program ended with %v", err)
		}
		if err := w.app.Close(); err != nil {
			w.Errorf("close: %v", err)
		}
	})
}

// serveQuietly answers requests and does nothing by itself: what follows from
// an act follows at settle, so that a test knows who wrote what.
func (w *world) serveQuietly() {
	w.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		w.Fatal(err)
	}
	w.url = "http://" + ln.Addr().String()
	ended := make(chan error, 1)
	go func() { ended <- w.app.Server.Serve(ln) }()
	w.Cleanup(func() {
		if err := errors.Join(w.app.Server.Shutdown(), <-ended, w.app.Close()); err != nil {
			w.Errorf("stop: %v", err)
		}
	})
}

func (w *world) enroll(ctx context.Context) {
	w.Helper()
	system := people.System()
	for _, n := range []string{"De Vuurtoren", "Stichting Havenlicht", "De Wende", "Zorggroep Kompas", "Huis Oever", "Stichting Brugwachter"} {
		o, err := w.app.House.Directory.AddOrganisation(ctx, system, n)
		if err != nil {
			w.Fatalf("add organisation: %v", err)
		}
		w.org = append(w.org, o.ID)
	}
	for _, n := range []string{"Regio Noorderkwartier", "Regio Duinrand", "Regio Veenland", "Regio Heuvelrug", "Regio Waterstreek", "Regio Grensland"} {
		r, err := w.app.House.Directory.AddRegion(ctx, system, n)
		if err != nil {
			w.Fatalf("add region: %v", err)
		}
		w.reg = append(w.reg, r.ID)
	}
	for id, p := range who {
		e := people.Enrolment{ID: id, Name: p.name, Mail: id + "@ruggespraak.example", Roles: []people.Role{p.role},
			Password: password, Secret: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"}
		if p.at >= 0 {
			e.Organisation, e.Region = w.org[p.at], w.reg[p.at]
		}
		if _, err := w.app.House.Enroll(ctx, system, e); err != nil {
			w.Fatalf("enroll %s: %v", id, err)
		}
	}
}

// viewer is the account as domain functions know it.
func (w *world) viewer(id string) people.Viewer {
	w.Helper()
	a, err := w.app.House.Directory.Account(context.Background(), id)
	if err != nil {
		w.Fatalf("account %s: %v", id, err)
	}
	return a.Viewer(w.who[id].role)
}

// settle waits until everything that had to follow has followed.
func (w *world) settle() {
	w.Helper()
	if err := w.app.Projector.Drain(context.Background()); err != nil {
		w.Fatalf("project: %v", err)
	}
}

// client is somebody's browser. An empty account is a visitor.
type client struct {
	*world
	account string
	cookies map[string]string
	csrf    string
}

// as signs in as an account of the world; "" stays a visitor.
func (w *world) as(account string) *client {
	w.Helper()
	c := &client{world: w, account: account, cookies: map[string]string{}}
	if account == "" {
		return c
	}
	token, session, err := w.app.House.Sessions.Start(context.Background(), account, w.who[account].role, "test")
	if err != nil {
		w.Fatalf("sign in as %s: %v", account, err)
	}
	c.cookies["ruggespraak"], c.csrf = token, session.CSRF()
	return c
}

// answer is what the server said.
type answer struct {
	status   int
	header   http.Header
	body     string
	location string
}

func (c *client) get(path string) answer {
	c.Helper()
	r, err := http.NewRequest(http.MethodGet, c.url+path, nil)
	if err != nil {
		c.Fatal(err)
	}
	return c.do(r)
}

// post sends a form with the session's token, as a page of ours would. pairs
// are names and values in turn.
func (c *client) post(path string, pairs ...string) answer {
	c.Helper()
	form := url.Values{"_token": {c.csrf}}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	r, err := http.NewRequest(http.MethodPost, c.url+path, strings.NewReader(form.Encode()))
	if err != nil {
		c.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", c.url)
	return c.do(r)
}

// do sends any request with the client's cookies; redirects are not followed.
func (c *client) do(r *http.Request) answer {
	c.Helper()
	for name, value := range c.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	resp, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		c.Fatalf("%s %s: %v", r.Method, r.URL.Path, err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		c.Fatalf("%s %s: %v", r.Method, r.URL.Path, err)
	}
	for _, k := range resp.Cookies() {
		c.cookies[k.Name] = k.Value
		if k.MaxAge < 0 {
			delete(c.cookies, k.Name)
		}
	}
	return answer{resp.StatusCode, resp.Header, string(body), resp.Header.Get("Location")}
}

// want fails unless the answer has the status.
func (a answer) want(t testing.TB, status int) answer {
	t.Helper()
	if a.status != status {
		t.Fatalf("status %d, want %d; location %q, page says: %s", a.status, status, a.location, clip(text(a.body)))
	}
	return a
}

// says fails unless the page shows the words.
func (a answer) says(t testing.TB, words string) answer {
	t.Helper()
	if !strings.Contains(text(a.body), words) {
		t.Errorf("page does not say %q: %s", words, clip(text(a.body)))
	}
	return a
}

// hides fails when the words are anywhere in the bytes of the answer.
func (a answer) hides(t testing.TB, words string) answer {
	t.Helper()
	if strings.Contains(a.body, words) {
		t.Errorf("the answer holds %q", words)
	}
	return a
}

func clip(s string) string {
	if len(s) > 1500 {
		return s[:1500] + "…"
	}
	return s
}

// text is what a page shows, without its markup, with single spaces.
func text(page string) string {
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return page
	}
	var words []string
	for n := range root.Descendants() {
		if n.Type == html.TextNode && n.Parent.Data != "script" && n.Parent.Data != "style" {
			words = append(words, strings.Fields(n.Data)...)
		}
	}
	return strings.Join(words, " ")
}

// inputs are the named fields of all forms of a page, with their values: what a
// browser would send back.
func inputs(page string) url.Values {
	values := url.Values{}
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return values
	}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode || (n.Data != "input" && n.Data != "textarea" && n.Data != "select") {
			continue
		}
		value := attr(n, "value")
		if n.Data == "textarea" && n.FirstChild != nil {
			value = n.FirstChild.Data
		}
		values.Add(attr(n, "name"), value)
	}
	return values
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func TestAVisitorIsAskedToSignIn(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	a := w.as("").get("/overleggen").want(t, http.StatusSeeOther)
	if a.location != "/inloggen" {
		t.Errorf("location %q, want /inloggen", a.location)
	}
	start := w.as("").get("/").want(t, http.StatusOK).says(t, "Een account krijgt u van de beheerder")
	if !strings.Contains(start.body, "<title>Ruggespraak</title>") {
		t.Error("the start page of a visitor has another title than the name")
	}
}

func TestEveryAnswerCarriesTheHeaders(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	for _, path := range []string{"/", "/livez", "/bestaat-niet", "/assets/bestaat-niet.css", "/overleggen"} {
		h := w.as("").get(path).header
		for _, name := range []string{"Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy",
			"Cross-Origin-Resource-Policy", "Permissions-Policy", "Cache-Control"} {
			if h.Get(name) == "" {
				t.Errorf("GET %s has no %s", path, name)
			}
		}
	}
}
