package app_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"ruggespraak/cmd/app"
	"ruggespraak/meetings"
	"ruggespraak/server"
	"ruggespraak/store"
)

// forgery is a change that a page of ours did not ask for: what it does to the
// headers and the token of a request that would be right.
type forgery struct {
	name   string
	header http.Header
	token  func(f *fixture, own string) string
}

func ownToken(_ *fixture, own string) string { return own }

func forgeries(f *fixture) []forgery {
	host := strings.TrimPrefix(f.url, "http://")
	address, port, _ := strings.Cut(host, ":")
	all := []forgery{
		{"no token", nil, func(*fixture, string) string { return "" }},
		{"a wrong token", nil, func(*fixture, string) string { return strings.Repeat("0", 64) }},
		{"half a token", nil, func(_ *fixture, own string) string { return own[:len(own)/2] }},
		{"the token of another", nil, func(f *fixture, _ string) string { return f.as("c6").csrf }},
		{"the token of before signing in", nil, func(f *fixture, _ string) string { return inputs(f.as("").get("/inloggen").body).Get("_token") }},
	}
	for _, origin := range []string{"null", "", "https://" + host, "http://kwaad.example", "http://" + address, "http://" + address + ":1",
		"http://" + address + ".:" + port, "http://sub." + host, f.url + "/", host, "http://" + host + ".kwaad.example"} {
		h := http.Header{"Origin": {origin}}
		if origin == "" {
			h = http.Header{"Origin": nil}
		}
		all = append(all, forgery{"origin «" + origin + "»", h, ownToken})
	}
	for _, site := range []string{"cross-site", "same-site", "onzin"} {
		all = append(all, forgery{"fetch site " + site, http.Header{"Sec-Fetch-Site": {site}}, ownToken})
	}
	return all
}

// Every route that changes something refuses what comes from elsewhere, for
// somebody who may use it, about something that is there.
func TestConfusionOfOrigin(t *testing.T) {
	t.Parallel()
	f, rec := newWatched(t)
	path := f.examples()
	all := forgeries(f)
	tried := 0
	for _, r := range f.app.Server.Routes() {
		if r.Method != http.MethodPost {
			continue
		}
		c := f.whoMay(r)
		rec.take()
		for _, forged := range all {
			token := forged.token(f, c.csrf)
			got := c.beside().sendForm(path(r), url.Values{"_token": {token}, "reden": {"Een reden."}, "antwoord": {"ja"}}, forged.header)
			if got.status != http.StatusForbidden {
				t.Errorf("%s with %s = %d (to %q), want it forbidden", r.ID(), forged.name, got.status, got.location)
			}
			if docs := rec.take(); len(docs) > 0 {
				t.Errorf("%s with %s wrote %v", r.ID(), forged.name, docs)
			}
			tried++
		}
	}
	t.Logf("%d requests", tried)
}

// whoMay is somebody who gets through to the route, with a session for its token.
func (f *fixture) whoMay(r server.Route) *client {
	f.Helper()
	for _, a := range actors[1:] {
		if !slices.Contains(r.Objects, "session.new") && slices.Contains(r.Roles(), a.role) {
			return f.as(a.account)
		}
	}
	c := f.as("")
	c.csrf = inputs(c.get("/inloggen").body).Get("_token")
	return c
}

// Methods that no route has change nothing, whatever the path.
func TestConfusionOfMethod(t *testing.T) {
	t.Parallel()
	f, rec := newWatched(t)
	path := f.examples()
	for _, r := range f.app.Server.Routes() {
		c := f.whoMay(r)
		for _, method := range []string{http.MethodHead, http.MethodOptions, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodTrace} {
			q, err := http.NewRequest(method, f.url+path(r), strings.NewReader("_token="+c.csrf))
			f.ok(err)
			q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			q.Header.Set("Origin", f.url)
			q.Header.Set("X-HTTP-Method-Override", http.MethodPost)
			rec.take()
			got := c.beside().do(q)
			if docs := rec.take(); len(docs) > 0 || got.status >= http.StatusInternalServerError || got.status < http.StatusBadRequest && method != http.MethodHead {
				t.Errorf("%s %s = %d and wrote %v", method, path(r), got.status, docs)
			}
		}
	}
}

// mixed is a request with ids that do not belong together.
type mixed struct {
	name    string
	account string
	asked
}

// mixtures are all routes with two ids, in the path or in the form, each with
// one of another owner or parent.
func mixtures(f *fixture) []mixed {
	f.Helper()
	a, itemA := f.meeting(meetings.National, meetings.Open)
	b, itemB := f.meeting(meetings.National, meetings.Open)
	system := f.viewer("chair")
	second, err := f.app.Calendar.AddItem(background, system, a, meetings.Point{Title: "Tweede punt", Minutes: 5})
	f.ok(err)
	ofB, ofSecond := f.outcome(b, itemB), f.outcome(a, second)
	one, pointOne := f.compiled(toSOM)
	two, pointTwo := f.compiled(toSOM)
	source := func(number string) string {
		in, err := f.app.Desk.Inspect(background, system, number)
		f.ok(err)
		return in.Points[0].Sources[0]
	}
	three, _ := f.offeredBy("reader")
	_, hashFour := f.offeredBy("reader")
	s1, s2, closed, draft := f.released("c2"), f.released("c2"), f.closed("c2"), f.draft("c2")
	clusterOne, clusterTwo := f.cluster(s1), f.cluster(s2)
	effect, _ := f.effect("c2")
	published := f.published(toSOM)
	notice := f.notice("c2")
	f.ok(f.app.Calendar.Place(background, system, b, itemB, meetings.Link{Kind: meetings.LinkSignal, ID: s1}))
	f.as("c2")
	handle := ownLineOf(f.world, "c2")
	inA := "/overleggen/" + a + "/punten/" + itemB
	return []mixed{
		{"item of another meeting", "chair", get(inA)},
		{"change an item of another", "chair", post(inA, "titel", "Anders")},
		{"move an item of another", "chair", post(inA+"/richting", "richting", "op")},
		{"take off an item of another", "chair", post(inA+"/afhalen", "soort", "inbreng", "id", s1)},
		{"remove an item of another", "chair", post(inA + "/weghalen")},
		{"minutes form of another", "chair", get(inA + "/verslag")},
		{"minutes of another", "chair", post(inA+"/verslag", "verslag", "Een verslag.", "versie", "0")},
		{"outcome at an item of another", "chair", post(inA+"/uitkomsten", "uitkomst", "besluit", "tekst", "Een besluit.")},
		{"outcome of another meeting", "chair", post("/overleggen/" + a + "/punten/" + itemA + "/uitkomsten/" + ofB + "/weghalen")},
		{"outcome of another item", "chair", post("/overleggen/" + a + "/punten/" + itemA + "/uitkomsten/" + ofSecond + "/weghalen")},
		{"place on an item of another", "chair", post("/overleggen/plaatsen/inbreng/"+s2, "punt", a+"/"+itemB)},
		{"place a contribution as a cluster", "chair", post("/overleggen/plaatsen/cluster/"+s2, "punt", a+"/"+itemA)},
		{"place a cluster as a contribution", "chair", post("/overleggen/plaatsen/inbreng/"+clusterOne, "punt", a+"/"+itemA)},
		{"place what colleagues may not read", "chair", post("/overleggen/plaatsen/inbreng/"+closed, "punt", a+"/"+itemA)},
		{"secretariat at a meeting of coordinators", "tf", post("/overleggen/"+a+"/punten/"+itemA, "titel", "Anders")},

		{"point of another bundle", "chair", post("/bundels/"+one+"/1", "punt", pointTwo, "kop", "Een kop", "zien", "Iets", "gevolg", "Iets", "vraag", "Iets", "aan", "Bestuur", "versie", "1")},
		{"move a point of another", "chair", post("/bundels/"+one+"/volgorde", "op", pointTwo)},
		{"source to a point of another", "chair", post("/bundels/"+one+"/toevoegen", "punt", pointTwo, "inbreng", s1)},
		{"remove a point of another", "chair", post("/bundels/"+one+"/1/weghalen", "punt", pointTwo)},
		{"source of a point of another", "chair", post("/bundels/"+one+"/1/inbreng", "punt", pointTwo, "weg", source(two))},
		{"source of another point", "chair", post("/bundels/"+one+"/1/inbreng", "punt", pointOne, "weg", source(two))},
		{"a draft as a source", "chair", post("/bundels/"+one+"/toevoegen", "punt", "nieuw", "inbreng", draft)},
		{"a contribution as a cluster", "chair", post("/bundels/"+one+"/toevoegen", "punt", "nieuw", "cluster", s1)},
		{"what may not go further", "chair", post("/bundels/"+one+"/toevoegen", "punt", pointOne, "inbreng", closed)},
		{"approval with the hash of another", "chair", post("/bundels/"+three+"/goedkeuren", "kenmerk", hashFour)},
		{"point that is not there", "som", get("/bundels/" + published + "/7")},
		{"reaction to a point that is not there", "som", post("/bundels/"+published+"/7/reactie", "reactie", "herken")},
		{"reaction to a bundle in the making", "som", post("/bundels/"+one+"/1/reactie", "reactie", "herken")},
		{"answer of the secretariat for the SOM", "tf", recordAnswer(published)},
		{"edition that is not there", "c1", get("/terugkoppeling/" + published + "/7")},
		{"correct an edition that is not there", "chair", post("/terugkoppeling/"+published+"/7/corrigeren", "veranderd", "Iets.")},
		{"edition of a bundle without one", "c1", get("/terugkoppeling/" + one + "/1")},

		{"out of a cluster it is not in", "chair", post("/inbreng/clusters/"+clusterOne+"/eruit", "inbreng", s2)},
		{"into a second cluster", "chair", post("/inbreng/clusters/"+clusterOne+"/erbij", "inbreng", s2)},
		{"into a second cluster from its page", "chair", post("/inbreng/"+s1+"/cluster", "cluster", clusterTwo)},
		{"a draft into a cluster", "chair", post("/inbreng/clusters/"+clusterOne+"/erbij", "inbreng", draft)},
		{"recognise what one may not read", "c1", post("/inbreng/nieuw", "herken", closed)},
		{"submit in the place of another's", "c1", submitted("van", s1, "concept", store.NewID())},
		{"submit another's draft", "c1", submitted("concept", draft)},
		{"keep another's draft", "c1", submitted("concept", draft, "doe", "concept")},
		{"save another's draft", "c1", asked{http.MethodPost, "/inbreng/concept", submitted("concept", draft).form, ""}},
		{"throw away another's draft", "c1", post("/inbreng/concept/" + draft + "/weggooien")},
		{"withdraw another's", "c1", post("/inbreng/" + s1 + "/intrekken")},
		{"add to another's", "c1", post("/inbreng/"+s1+"/aanvullen", "vorm", "arbeid")},
		{"answer for another", "c1", post("/inbreng/"+closed+"/verder/antwoord", "antwoord", "ja")},

		{"notice of another", "c1", post("/berichten/" + notice + "/bekijken")},
		{"throw away a notice of another", "c1", post("/berichten/" + notice + "/weggooien")},
		{"session of another", "c1", post(handle)},
		{"effect question of another", "c1", get("/terugkoppeling/effect/" + effect)},
		{"answer an effect question of another", "c1", post("/terugkoppeling/effect/"+effect, "antwoord", "ja")},
		{"own role", "admin", post("/accounts/admin/rollen/geven", "rol", "Z")},
		{"region as an organisation", "admin", post("/beheer/organisaties/"+f.reg[0], "organisatie", "Nieuwe naam")},
		{"organisation as a region", "admin", post("/beheer/regios/"+f.org[0], "regio", "Nieuwe naam")},
		{"account in an organisation that is a region", "admin", post("/accounts/c2", "naam", "Karim de Groot", "organisatie", f.reg[0], "regio", f.org[0])},
	}
}

func submitted(pairs ...string) asked {
	return post("/inbreng/nieuw", append(pairs, "soort", "knelpunt", "tekst", "De opvang zit hier al weken vol.", "titel", "Opvang zit vol", "thema", "opvang", "lezen", "leden", "wachten", "ja")...)
}

// outcome is the id of a new outcome at an item.
func (f *fixture) outcome(meeting, item string) string {
	f.Helper()
	f.ok(f.app.Calendar.AddOutcome(background, f.viewer("chair"), meeting, item, meetings.Result{Kind: meetings.Decision, Text: "Besluit " + f.canary("besluit")}))
	m, err := f.app.Calendar.Show(background, f.viewer("chair"), meeting)
	f.ok(err)
	for _, i := range m.Items {
		if i.ID == item {
			return i.Outcomes[0].ID
		}
	}
	f.Fatalf("no item %s", item)
	return ""
}

// ownLineOf is where an account of the world ends its first session.
func ownLineOf(w *world, account string) string {
	w.Helper()
	seen, err := w.app.House.Sessions.List(background, w.viewer(account), nil)
	if err != nil || len(seen) == 0 {
		w.Fatalf("sessions of %s: %v (%v), want some", account, seen, err)
	}
	return "/mijn-gegevens/sessies/" + seen[0].Handle + "/uitloggen"
}

// Ids that do not belong together are refused, and change neither of the two.
func TestConfusionOfIDs(t *testing.T) {
	t.Parallel()
	f, rec := newWatched(t)
	for _, m := range mixtures(f) {
		t.Run(m.name, func(t *testing.T) {
			f.TB = t
			f.settle()
			rec.take()
			got := f.as(m.account).ask(m.asked)
			if got.status == http.StatusOK || got.status >= http.StatusInternalServerError {
				t.Errorf("%s %s = %d, want it refused: %s", m.method, m.path, got.status, clip(text(got.body)))
			}
			if docs := rec.take(); len(docs) > 0 {
				t.Errorf("%s %s = %d wrote %v", m.method, m.path, got.status, docs)
			}
		})
	}
	f.TB = t
}

// kept keeps the last body of every document that is written.
type kept struct {
	*written
	mu   sync.Mutex
	body map[string]string // by kind and id
}

func (k *kept) keep(kind string, d store.Doc) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.body[kind+"/"+d.ID] = string(d.Body)
}

func (k *kept) Insert(ctx context.Context, kind string, d store.Doc) error {
	k.keep(kind, d)
	return k.written.Insert(ctx, kind, d)
}

func (k *kept) Replace(ctx context.Context, kind string, d store.Doc) error {
	k.keep(kind, d)
	return k.written.Replace(ctx, kind, d)
}

var jsonName = regexp.MustCompile(`"([A-Za-z_]+)":`)

// names are the names of every field that any document has.
func (k *kept) names() []string {
	k.mu.Lock()
	defer k.mu.Unlock()
	all := []string{"role", "roles", "region", "author", "status", "_id", "id", "version", "Author", "account", "admin", "_method", "from"}
	for _, body := range k.body {
		for _, m := range jsonName.FindAllStringSubmatch(body, -1) {
			all = append(all, m[1])
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// random is what differs between two documents that were made alike.
var random = regexp.MustCompile(`[a-z2-7]{26}|[0-9a-f]{32,}|"2019-\d\d"|kanarie[a-z]+|"sheet":"[^"]*"|(?:mens|nieuw)\d+`)

// took are the documents that were written since the last time, without what is
// random; organisations and regions keep a name.
func (k *kept) took(w *world) []string {
	var names []string
	for i := range w.org {
		names = append(names, w.org[i], fmt.Sprintf("organisation %d", i), w.reg[i], fmt.Sprintf("region %d", i))
	}
	named := strings.NewReplacer(names...)
	var all []string
	for _, doc := range k.take() {
		kind, _, _ := strings.Cut(doc, "/")
		k.mu.Lock()
		all = append(all, kind+" "+random.ReplaceAllString(named.Replace(k.body[doc]), "*"))
		k.mu.Unlock()
	}
	slices.Sort(all)
	return all
}

// hostile are values that would do harm where a field of this name were taken over.
func (f *fixture) hostile(name string) string {
	switch strings.ToLower(name) {
	case "role", "roles", "rol":
		return "Z"
	case "author", "account", "by", "editors":
		return "c6"
	case "region":
		return f.reg[5]
	case "organisation":
		return f.org[5]
	case "id", "_id":
		return store.NewID()
	case "status", "state":
		return "sent"
	case "_method":
		return "DELETE"
	case "at", "released", "changed", "created":
		return "2001-01-01T00:00:00Z"
	default:
		return "1"
	}
}

// A field that a form does not have changes nothing, whatever it is called: of
// two forms that differ in such fields only, the documents are the same.
func TestConfusionOfFields(t *testing.T) {
	t.Parallel()
	k := &kept{written: &written{}, body: map[string]string{}}
	w := openApp(t, func(cfg *app.Config) {
		k.DB = cfg.DB
		cfg.DB = k
	})
	w.serveQuietly()
	f := newFixture(w)
	f.examples()
	f.published(toSOM)
	names := k.names()
	for _, form := range []struct {
		account string
		ask     func(n int) asked
	}{
		{"c1", func(int) asked { return submitted("concept", store.NewID()) }},
		{"c1", func(int) asked { return submitted("concept", store.NewID(), "doe", "concept") }},
		{"c1", func(int) asked { return post("/inbreng/"+f.released("c1")+"/aanvullen", "vorm", "arbeid") }},
		{"c1", func(int) asked { return post("/inbreng/" + f.released("c2") + "/herken") }},
		{"chair", func(int) asked {
			return post("/overleggen/nieuw", "soort", "landelijk", "titel", "Overleg", "datum", "25-11-2019", "begin", "10.00", "eind", "15.00")
		}},
		{"chair", func(int) asked {
			id, _ := f.meeting(meetings.National, meetings.Open)
			return post("/overleggen/"+id+"/punten/nieuw", "titel", "Een punt", "minuten", "10")
		}},
		{"chair", func(int) asked { return post("/bundels/nieuw", "aan", "som", "van", "01-01-2019", "tot", "17-09-2019") }},
		{"chair", func(int) asked {
			n, point := f.compiled(toSOM)
			return post("/bundels/"+n+"/1", "punt", point, "kop", "Een kop", "zien", "Iets", "gevolg", "Iets", "vraag", "Iets", "aan", "Bestuur", "versie", "1")
		}},
		{"chair", func(int) asked { return recordAnswer(f.sent(toSOM)) }},
		{"som", func(int) asked { return post("/bundels/"+f.sent(toSOM)+"/1/reactie", "reactie", "herken") }},
		{"admin", func(n int) asked {
			return post("/accounts/nieuw", "naam", "Nieuw Mens", "mail", "mens"+strconv.Itoa(n)+"@ruggespraak.example", "rol", "S")
		}},
		{"admin", func(int) asked {
			return post("/accounts/"+f.newcomer(), "naam", "Andere Naam", "organisatie", f.org[1], "regio", f.reg[1])
		}},
		{"c1", func(int) asked { return post("/weergave", "weergave", "dark") }},
	} {
		plain := form.ask(1)
		more := form.ask(2)
		used := inputs(f.as(form.account).get(more.path).body)
		for _, name := range names {
			if _, own := used[name]; !own && !slices.Contains(more.form, name) {
				more.form = append(more.form, name, f.hostile(name))
			}
		}
		f.settle()
		k.take()
		f.as(form.account).ask(plain)
		want := k.took(w)
		f.as(form.account).ask(more)
		if got := k.took(w); len(want) == 0 || !slices.Equal(got, want) {
			t.Errorf("POST %s with %d fields more wrote\n%s\nwithout them\n%s", more.path, len(more.form)/2, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
	t.Logf("%d names of fields", len(names))
}
