package app_test

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"ruggespraak/cmd/app"
	"ruggespraak/meetings"
	"ruggespraak/meetings/bundles"
	"ruggespraak/meetings/discussion"
	"ruggespraak/people"
	"ruggespraak/server"
	"ruggespraak/store"
	"ruggespraak/store/storetest"
)

// The sweep walks every route as every role that is built, with every id that
// was ever written, and searches every byte that comes back: what a role may
// not know is in none of them.

// contributors write everything that goes into bundles and nothing else; each
// is alone in an organisation and a region, as several coordinators are.
var contributors = []struct{ id, name, organisation, region string }{
	{"deelnemereersteling", "Hedwig Kanariestein", "Huis Goudvink", "Regio Goudvinkenland"},
	{"deelnemertweeling", "Lieuwe Putterveen", "Huis Sijsje", "Regio Sijsjesland"},
	{"deelnemerderdeling", "Aukje Zwijgersma", "Huis Kneutje", "Regio Kneutjesland"}, // of what has no name
}

// swept is a world with everything in it, of which every write is known.
type swept struct {
	*fixture
	rec  *written
	mu   sync.Mutex
	docs map[string]string   // kinds of everything that was written, by its id
	subs map[string][]string // ids inside a document, by the document's id

	of        map[string][]string // canaries and ids by the group of things they are in
	numbers   []string            // of bundles
	instants  []string            // of what contributors did, as unix seconds
	authorIDs []string            // organisations and regions of the contributors
}

// within notes the ids that stand inside the documents written.
type within struct {
	*written
	s *swept
}

func (w within) Insert(ctx context.Context, kind string, d store.Doc) error {
	w.s.look(kind, d)
	return w.written.Insert(ctx, kind, d)
}

func (w within) Replace(ctx context.Context, kind string, d store.Doc) error {
	w.s.look(kind, d)
	return w.written.Replace(ctx, kind, d)
}

var idShape = regexp.MustCompile(`"([a-z2-7]{26})"`)

func (s *swept) look(kind string, d store.Doc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.docs[d.ID] = kind
	for _, m := range idShape.FindAllSubmatch(d.Body, -1) {
		if id := string(m[1]); id != d.ID && !slices.Contains(s.subs[d.ID], id) {
			s.subs[d.ID] = append(s.subs[d.ID], id)
		}
	}
}

// newSwept opens a world with objects in every state. Contributors act at
// minutes that end in a seven, and nothing else happens then.
func newSwept(t *testing.T) *swept {
	t.Helper()
	s := &swept{rec: &written{}, docs: map[string]string{}, subs: map[string][]string{}, of: map[string][]string{}}
	w := openApp(t, func(cfg *app.Config) {
		s.rec.DB = cfg.DB
		cfg.DB = within{s.rec, s}
	})
	s.fixture = newFixture(w)
	s.settleIn()
	s.stamp = func(act func()) {
		s.to(7)
		s.instants = append(s.instants, strconv.FormatInt(s.app.Clock.Now().Unix(), 10))
		act()
		s.to(2)
	}
	s.serveQuietly()
	s.fill()
	return s
}

// settleIn gives the contributors their accounts.
func (s *swept) settleIn() {
	for _, c := range contributors {
		o, err := s.app.House.Directory.AddOrganisation(background, people.System(), c.organisation)
		s.ok(err)
		r, err := s.app.House.Directory.AddRegion(background, people.System(), c.region)
		s.ok(err)
		_, err = s.app.House.Enroll(background, people.System(), people.Enrolment{ID: c.id, Name: c.name, Mail: c.id + "@ruggespraak.example",
			Roles: []people.Role{people.Coordinator}, Organisation: o.ID, Region: r.ID, Password: password})
		s.ok(err)
		s.authorIDs = append(s.authorIDs, o.ID, r.ID)
		s.who[c.id] = person{c.name, people.Coordinator, -1}
	}
	s.author = contributors[0].id
}

// to moves the consultation's clock to the next minute with this last digit.
func (s *swept) to(digit int) {
	now := s.app.Clock.Now()
	next := now.Truncate(10 * time.Minute).Add(time.Duration(digit) * time.Minute)
	if !next.After(now) {
		next = next.Add(10 * time.Minute)
	}
	s.app.Clock.SetOffset(s.app.Clock.Offset() + next.Sub(now))
}

var canaryShape = regexp.MustCompile(`kanarie[a-z]+`)

// group remembers what was made, and which canaries stand in it, under a name.
func (s *swept) group(name string, make func() []string) {
	s.Helper()
	from := len(s.canaries)
	s.of[name] = append(s.of[name], make()...)
	s.of[name] = append(s.of[name], s.canaries[from:]...)
}

// one is a group of one thing.
func one(id string) []string { return []string{id} }

func (s *swept) fill() {
	s.Helper()
	a, b, silent := contributors[0].id, contributors[1].id, contributors[2].id
	chair := s.viewer("chair")
	s.group("contribution", func() []string { return []string{s.released(a), s.released(b)} })
	s.group("unnamed", func() []string { return one(s.unnamed(silent)) })
	s.group("closed", func() []string { return []string{s.closed(a), s.held(b), s.flagged(a)} })
	s.group("draft", func() []string { return []string{s.draft(a), s.draft(b), s.articleDraft(a)} })
	s.group("closed", func() []string {
		back, gone, erased := s.released(a), s.released(a), s.released(a)
		s.ok(s.app.Book.SendBack(background, chair, back, "Schrijf het "+s.canary("terug")+".", nil))
		s.ok(s.app.Book.Withdraw(background, s.viewer(a), gone))
		s.ok(s.app.Book.Remove(background, chair, erased))
		return []string{back, gone, erased}
	})
	s.group("contribution", func() []string { return one(s.cluster(s.released(a), s.released(b))) })
	s.settle()
	s.fillMeetings()
	s.fillBundles()
	s.group("notice", func() []string { return one(s.notice(a)) })
	s.failedMail()
	s.to(2)
	s.settle()
}

func (s *swept) fillMeetings() {
	s.Helper()
	chair, linked := s.viewer("chair"), s.of["contribution"][0]
	for name, state := range map[string]meetings.State{"meeting.draft": meetings.Draft, "meeting.open": meetings.Open, "meeting.closed": meetings.Closed} {
		s.group(name, func() []string {
			id, point := s.meeting(meetings.National, state)
			return []string{id, point}
		})
	}
	open := s.of["meeting.open"]
	s.ok(s.app.Calendar.Place(background, chair, open[0], open[1], meetings.Link{Kind: meetings.LinkSignal, ID: linked}))
	s.ok(s.app.Calendar.Place(background, chair, open[0], open[1], meetings.Link{Kind: meetings.LinkSignal, ID: s.of["unnamed"][0]}))
	s.ok(s.app.Calendar.AddOutcome(background, chair, open[0], open[1], meetings.Result{Kind: meetings.Decision, Text: "Besluit " + s.canary("besluit")}))
	s.ok(s.app.Calendar.Propose(background, "voorstelvoorgoed", "Voorstel "+s.canary("voorstel"), "/inbreng/"+linked))
	s.group("meeting.live", func() []string {
		id := s.running()
		s.ok(s.app.Floor.Call(background, chair, id, path.Base(s.turn(id, contributors[0].id))))
		s.turn(id, contributors[1].id)
		s.said(discussion.ItemTopic(id, s.led(id).Item.ID), contributors[0].id)
		s.polled(id)
		return one(id)
	})
	s.group("body", func() []string { id, point := s.meeting(meetings.SOM, meetings.Open); return []string{id, point} })
	s.group("body", func() []string { id, point := s.meeting(meetings.TaskForce, meetings.Open); return []string{id, point} })
}

// bundle makes a bundle and takes down its number.
func (s *swept) bundle(number string) string {
	s.numbers = append(s.numbers, number)
	return number
}

func (s *swept) fillBundles() {
	s.Helper()
	first := func(number, _ string) string { return number }
	s.group("bundle.draft", func() []string { return one(s.bundle(first(s.compiled(toSOM)))) })
	s.group("bundle.draft", func() []string { return one(s.bundle(first(s.offered(toSOM)))) })
	s.group("bundle.draft", func() []string { return one(s.bundle(s.approved(toTF))) })
	s.group("bundle.draft", func() []string { return one(s.bundle(s.frozen(toSOM))) })
	s.group("bundle.ministry", func() []string { return one(s.bundle(s.sent(toMinistry))) })
	s.group("bundle.sent", func() []string { return []string{s.bundle(s.sent(toSOM)), s.bundle(s.sent(toTF))} })
	s.group("bundle.answered", func() []string { return []string{s.bundle(s.answered(toSOM)), s.bundle(s.answered(toTF))} })
	s.group("bundle.withdrawn", func() []string {
		number := s.sent(toSOM)
		s.ok(s.app.Desk.Recall(background, s.viewer("chair"), number, "Er stond een fout in.", nil))
		return one(s.bundle(number))
	})
	s.group("feedback.draft", func() []string { number, _, _ := s.edition(toSOM); return one(s.bundle(number)) })
	s.group("feedback.published", func() []string { return []string{s.bundle(s.published(toSOM)), s.bundle(s.published(toTF))} })
	s.group("effect", func() []string {
		id, number := s.effect(contributors[0].id)
		s.ok(s.app.Desk.AnswerEffect(background, s.viewer(contributors[0].id), id, bundles.No, "Het hielp niet, zegt "+s.canary("opmerking")+".", nil))
		return []string{id, s.bundle(number)}
	})
}

// reads are the canaries that a SOM member or the secretariat may read: what
// stands in points, answers and editions sent to it, and its own meetings.
func (s *swept) reads(role people.Role) map[string]bool {
	s.Helper()
	may := map[string]bool{}
	system := people.System()
	for _, number := range s.numbers {
		in, err := s.app.Desk.Inspect(background, system, number)
		s.ok(err)
		for _, e := range in.Editions {
			for _, item := range e.Items {
				allow(may, item.Heading, item.Gave, item.Now)
				if item.Answer != nil {
					allow(may, item.Answer.Reason)
				}
			}
		}
		if in.Sending == nil || in.State == bundles.Withdrawn || !readsOf(role, in.Addressee.Body) {
			continue
		}
		for _, p := range in.Points {
			allow(may, p.Texts.Heading, p.Texts.See, p.Texts.Effect, p.Texts.Ask)
			for _, answer := range p.Answers {
				allow(may, answer.Reason)
			}
		}
	}
	for _, c := range textsOf(s.of["meeting.live"], "agenda", "reactie", "peiling", "antwoord") {
		may[c] = true // the item to which both are invited
	}
	for _, c := range s.of["body"] {
		may[c] = !strings.Contains(c, "plaats")
	}
	return may
}

func readsOf(role people.Role, body bundles.Body) bool {
	return body == bundles.TaskForce || role == people.SOMMember && body == bundles.SOM
}

func allow(may map[string]bool, texts ...string) {
	for _, t := range texts {
		for _, c := range canaryShape.FindAllString(t, -1) {
			may[c] = true
		}
	}
}

// made are the ids of documents of these kinds.
func (s *swept) made(kinds ...string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var ids []string
	for id, kind := range s.docs {
		if slices.Contains(kinds, kind) {
			ids = append(ids, id)
		}
	}
	return ids
}

// raw are the kinds of what contributors make.
var raw = []string{"contribution", "contribution_cluster", "contribution_draft", "incident"}

// addresses are all addresses of a route. A page with one place in its path is
// asked with every id that is in the store: of documents, of what stands
// inside them, numbers of bundles, names of work. A second place gets what
// stands inside the document of the first, and numbers of points; a third gets
// numbers of messages and one such id. Where the number of addresses would
// explode, a few documents stand for their kind: three for a form, one for a
// path with several places, which meetings and bundles have. Over MongoDB one
// stands for its kind everywhere: another id asks the store the same.
func (s *swept) addresses(r server.Route) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	paths := []string{r.Path}
	perKind := 3
	switch places := strings.Count(r.Path, ":"); {
	case places > 1 || storetest.OverMongo():
		perKind = 1
	case r.Method == http.MethodGet:
		perKind = len(s.docs)
	}
	for n := 0; strings.Contains(paths[0], ":"); n++ {
		var next []string
		for _, p := range paths {
			before, rest, _ := strings.Cut(p, ":")
			_, after, found := strings.Cut(rest, "/")
			if found {
				after = "/" + after
			}
			for _, id := range s.fillers(n, before, perKind) {
				next = append(next, before+id+after)
			}
		}
		paths = next
	}
	return paths
}

// fillers are the ids for the n-th place of a path that begins so.
func (s *swept) fillers(n int, before string, perKind int) []string {
	if n > 0 {
		inside := []string{"1", "2"}
		for _, piece := range strings.Split(before, "/") {
			inside = append(inside, s.subs[piece]...)
		}
		if n > 1 {
			return inside[:min(len(inside), 3)]
		}
		return inside
	}
	ids := slices.Concat(s.numbers, jobNames)
	of := map[string]int{}
	for _, id := range slices.Sorted(maps.Keys(s.docs)) {
		if of[s.docs[id]]++; s.docs[id] == "overleg" || of[s.docs[id]] <= perKind {
			ids = append(ids, id)
		}
	}
	if perKind == len(s.docs) {
		ids = slices.Concat(ids, slices.Concat(slices.Collect(maps.Values(s.subs))...))
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// jobNames are the names of planned work.
var jobNames = []string{"post", "effectvraag", "stilte", "vrijgeven", "opruimen"}

// find is what a role must not receive.
type find struct {
	what string
	in   func(bytes string) string // what was found, or nothing
}

// anyOf finds one of the words.
func anyOf(what string, words []string) find {
	words = slices.DeleteFunc(slices.Clone(words), func(w string) bool { return w == "" })
	return find{what, func(bytes string) string {
		for _, w := range words {
			if strings.Contains(bytes, w) {
				return w
			}
		}
		return ""
	}}
}

// canaryBut finds a canary that is not among those allowed.
func canaryBut(may map[string]bool) find {
	return find{"a text", func(bytes string) string {
		for _, c := range canaryShape.FindAllString(bytes, -1) {
			if !may[c] {
				return c
			}
		}
		return ""
	}}
}

// theSeventh finds an instant at which contributors acted, to the minute.
var theSeventh = find{"an instant", func(bytes string) string {
	return regexp.MustCompile(`(?:^|\D)\d{1,2}[:.][0-5]7(?:\D|$)`).FindString(bytes)
}}

// received is every byte of an answer but the instant at which the machine gave it.
func (a answer) received() string {
	h := a.header.Clone()
	h.Del("Date")
	var b strings.Builder
	_ = h.Write(&b)
	return b.String() + a.body
}

// sweep searches what a walk receives.
type sweep struct {
	*client
	finds []find
	known map[string]bool // answers that were searched already
	asked int
	found []string
}

func (s *swept) sweepAs(account string, finds ...find) *sweep {
	return &sweep{client: s.as(account), finds: finds, known: map[string]bool{}}
}

// search searches an answer, and forgets it.
func (w *sweep) search(where string, bytes string) {
	w.asked++
	if w.known[bytes] {
		return
	}
	w.known[bytes] = true
	for _, f := range w.finds {
		if got := f.in(bytes); got != "" {
			w.found = append(w.found, fmt.Sprintf("%s holds %s: %q", where, f.what, got))
		}
	}
}

// report fails for everything found, the first twenty in full.
func (w *sweep) report(t *testing.T) {
	t.Helper()
	for i, f := range w.found {
		if i == 20 {
			t.Errorf("and %d more", len(w.found)-i)
			return
		}
		t.Error(f)
	}
}

// pages asks every GET route at every address, and sees that nothing was written.
func (s *swept) pages(t *testing.T, w *sweep) {
	t.Helper()
	for _, r := range s.app.Server.Routes() {
		if r.Method != http.MethodGet {
			continue
		}
		for _, path := range s.addresses(r) {
			s.rec.take()
			got := w.get(path)
			if docs := s.rec.take(); len(docs) > 0 {
				t.Errorf("GET %s as %q wrote %v", path, w.account, docs)
			}
			if got.status >= http.StatusInternalServerError {
				t.Errorf("GET %s as %q = %d", path, w.account, got.status)
			}
			w.search("GET "+path, got.received())
		}
	}
}

// forms sends an empty form and a plausible one to every POST route. Where the
// role gets no form through, a few addresses do: it is refused, or carried
// through signing in, before any handler has seen the ids.
func (s *swept) forms(t *testing.T, w *sweep) {
	t.Helper()
	plausible := s.plausible()
	for _, r := range s.app.Server.Routes() {
		if r.Method != http.MethodPost {
			continue
		}
		paths := s.addresses(r)
		if !slices.Contains(r.Roles(), cmp.Or(s.who[w.account].role, people.Visitor)) {
			paths = paths[:min(len(paths), 20)]
		}
		for _, path := range paths {
			if s.ofAPerson(path) {
				continue
			}
			for _, form := range [][]string{nil, plausible} {
				s.send(t, w, path, form)
			}
		}
		w.search("GET / after POST "+r.Path, w.get("/").received())
	}
}

// send posts a form, searches the answer for what was not in the request, and
// signs in again where the form ended the session.
func (s *swept) send(t *testing.T, w *sweep, path string, form []string) {
	t.Helper()
	got := w.post(path, form...)
	if got.status >= http.StatusInternalServerError {
		t.Errorf("POST %s as %q = %d", path, w.account, got.status)
	}
	bytes := got.received()
	for _, own := range slices.Concat(strings.Split(path, "/"), form) {
		if idShape.MatchString(`"` + own + `"`) {
			bytes = strings.ReplaceAll(bytes, own, "")
		}
	}
	w.search("POST "+path, bytes)
	if w.account != "" && strings.Contains(got.header.Get("Set-Cookie"), "ruggespraak=") {
		again := s.as(w.account)
		w.cookies, w.csrf = again.cookies, again.csrf
	}
}

// ofAPerson tells whether the path is of an account that walks: ending that one
// would end the walk.
func (s *swept) ofAPerson(path string) bool {
	for _, piece := range strings.Split(path, "/") {
		if _, is := s.who[piece]; is {
			return true
		}
	}
	return false
}

// plausible is one form for every route: each field that some form has, with a
// value that it may have.
func (s *swept) plausible() []string {
	signal, point := s.of["contribution"][0], s.of["meeting.open"]
	return []string{"soort", "knelpunt", "titel", "Een titel", "tekst", "Een tekst over opvang en tolken.", "thema", "opvang", "lezen", "leden", "wachten", "ja",
		"concept", s.of["draft"][0], "inbreng", signal, "herken", "", "van", "01-01-2019", "tot", "17-09-2019", "aan", "som", "kop", "Een kop",
		"zien", "Wij zien iets.", "gevolg", "Dit gevolg.", "vraag", "Wilt u helpen?", "punt", point[0] + "/" + point[1], "op", point[1], "reactie", "herken", "toelichting", "Wij ook.",
		"antwoord", "meer-weten", "reden", "Wij willen meer weten.", "vastgesteld", "17-09-2019", "uitkomst", "opgelost", "stand", "open", "datum", "25-11-2019", "begin", "10.00", "eind", "15.00",
		"naam", "Een Naam", "mail", "iemand@ruggespraak.example", "wachtwoord", "kort", "rol", "S", "organisatie", s.org[0], "regio", s.reg[0], "weergave", "dark", "versie", "1", "veranderd", "Iets."}
}

// mails searches the mails to an account.
func (s *swept) mails(w *sweep) {
	s.Helper()
	for after := ""; ; {
		page, next, err := s.app.Sender.List(background, "", after)
		s.ok(err)
		for _, m := range page {
			if m.To == w.account {
				w.search("a mail", m.Subject+"\n"+m.Line+"\n"+m.Link)
			}
		}
		if after = next; after == "" {
			return
		}
	}
}

// forBodies is what SOM and Task Force must never receive.
func (s *swept) forBodies(role people.Role) []find {
	s.Helper()
	names := []string{"Regio Noorderkwartier", "Regio Duinrand", "Regio Veenland", "Regio Heuvelrug", "Regio Waterstreek", "Regio Grensland",
		"De Vuurtoren", "Stichting Havenlicht", "De Wende", "Zorggroep Kompas", "Huis Oever", "Stichting Brugwachter"}
	for _, c := range contributors {
		names = append(names, c.id, c.name, c.organisation, c.region)
	}
	for _, p := range s.who {
		if p.role == people.Coordinator {
			names = append(names, p.name)
		}
	}
	return []find{
		anyOf("a contributor, organisation or region", slices.Concat(names, s.authorIDs, s.org, s.reg)),
		anyOf("a contribution's id", s.made(raw...)),
		anyOf("an instant", s.instants), theSeventh, canaryBut(s.reads(role)),
	}
}

// forOthers is what an administrator and a visitor must never receive: no text
// of anybody, not even what SOM and Task Force read.
func (s *swept) forOthers() []find {
	return []find{canaryBut(nil), anyOf("a contribution's id", s.made(raw...)), anyOf("an instant", s.instants), theSeventh}
}

// nobodys are drafts, which reach nobody but their author.
func (s *swept) nobodys() find { return anyOf("a draft", s.of["draft"]) }

// forColleagues is what a coordinator must not receive of what others wrote.
func (s *swept) forColleagues() []find {
	unpublished := slices.Concat(s.of["bundle.answered"], s.of["feedback.draft"])
	answers := slices.DeleteFunc(unpublished, func(c string) bool {
		return !strings.HasPrefix(c, "kanariereden") && !strings.HasPrefix(c, "kanariegaf") && !strings.HasPrefix(c, "kanarienu")
	})
	minutes := slices.DeleteFunc(slices.Clone(s.of["meeting.open"]), func(c string) bool { return !strings.HasPrefix(c, "kanarieverslag") })
	silent := contributors[2]
	unnamed, author := anyOf("", s.of["unnamed"]), anyOf("", []string{silent.id, silent.name, silent.organisation, silent.region})
	return []find{
		s.nobodys(), anyOf("what is closed", s.of["closed"]), anyOf("a bundle in the making", textsOf(s.of["bundle.draft"], "zien", "gevolg", "vraag")),
		anyOf("an unpublished answer", answers), anyOf("minutes of an open meeting", minutes), anyOf("a meeting in draft", s.of["meeting.draft"]),
		anyOf("an effect answer of another", textsOf(s.of["effect"], "opmerking")), theSeventh,
		{"who wrote what has no name", func(bytes string) string {
			if unnamed.in(bytes) == "" {
				return ""
			}
			return author.in(mentionable.ReplaceAllString(bytes, "")) // names every member
		}},
	}
}

// mentionable is the list of whom one can mention in a message.
var mentionable = regexp.MustCompile(`(?s)<fieldset[^>]*aria-describedby="noem-h".*?</fieldset>`)

// textsOf are the canaries of some fields.
func textsOf(canaries []string, fields ...string) []string {
	return slices.DeleteFunc(slices.Clone(canaries), func(c string) bool {
		return !slices.ContainsFunc(fields, func(f string) bool { return strings.HasPrefix(c, "kanarie"+f) })
	})
}

func TestSweep(t *testing.T) {
	t.Parallel()
	s := newSwept(t)
	t.Logf("%d documents, %d canaries, %d instants", len(s.docs), len(s.canaries), len(s.instants))
	for _, a := range []struct {
		account string
		finds   []find
		posts   bool
	}{
		{"som", s.forBodies(people.SOMMember), true},
		{"tf", s.forBodies(people.TaskForce), true},
		{"", s.forOthers(), true},
		{"c1", s.forColleagues(), false},
		{"chair", []find{s.nobodys()}, false},
		{"admin", s.forOthers(), true},
	} {
		t.Run("as "+a.account, func(t *testing.T) {
			s.TB = t
			w := s.sweepAs(a.account, a.finds...)
			s.mails(w)
			s.pages(t, w)
			pages := w.asked
			if a.posts {
				s.forms(t, w)
			}
			w.report(t)
			t.Logf("%d pages, %d forms, %d different answers", pages, w.asked-pages, len(w.known))
		})
	}
	s.TB = t
}

// The sweep finds what it looks for: each thing that is planted in what a SOM
// member reads, and on a coordinator's pages names, ids and texts without help.
func TestSweepFindsALeak(t *testing.T) {
	t.Parallel()
	s := newSwept(t)
	silent, signal := contributors[2], s.of["contribution"]
	for i, planted := range []string{
		silent.name, silent.organisation, silent.region, signal[0], signal[len(signal)-1], s.of["draft"][0], s.instants[3], "17.47 uur",
	} {
		link := fmt.Sprintf("/geplant/%d", i)
		s.ok(s.app.House.Inbox.Tell(background, "geplant"+strconv.Itoa(i), people.Notice{Account: "som", Kind: "proef", Text: "Hier staat " + planted, Link: link, At: s.app.Clock.Now()}))
		w := s.sweepAs("som", s.forBodies(people.SOMMember)...)
		w.search("/berichten", w.get("/berichten").received())
		if len(w.found) == 0 {
			t.Errorf("%q was planted and not found", planted)
		}
		s.ok(s.app.House.Inbox.Purge(background, link))
	}
	for _, f := range s.forBodies(people.SOMMember)[:2] {
		w := s.sweepAs("c1", f)
		w.search("/inbreng", w.get("/inbreng").received())
		if len(w.found) == 0 {
			t.Errorf("%s was not found on a coordinator's list", f.what)
		}
	}
}
