package discussion_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"ruggespraak/internal/clock"
	"ruggespraak/internal/fault"
	"ruggespraak/internal/guard"
	"ruggespraak/internal/outbox"
	"ruggespraak/meetings/discussion"
	"ruggespraak/meetings/incidents"
	"ruggespraak/people"
	"ruggespraak/store"
	"ruggespraak/store/storetest"
)

// bench is a hall with people around it. Its door lets everybody into any
// topic, but what a test says otherwise.
type bench struct {
	t         testing.TB
	ctx       context.Context
	db        *stubborn
	hall      *discussion.Hall
	house     *people.House
	register  *incidents.Register
	mail      *outbox.Queue
	projector *outbox.Projector
	now       time.Time
	later     time.Duration // the real clock runs ahead by
	access    func(v people.Viewer, t discussion.Topic) (discussion.Access, error)
	made      map[string]discussion.State // of what was made from messages, by origin

	ann, bob, chair, som people.Viewer
}

const topic = discussion.Topic("item:m/i")

// stubborn is a store that takes no new entries, or lists no accounts, while it
// is told so.
type stubborn struct {
	store.DB
	full, nameless bool
}

func (s *stubborn) Find(ctx context.Context, kind string, q store.Query) (store.Page, error) {
	if s.nameless && kind == "account" {
		return store.Page{}, errors.New("the accounts cannot be read")
	}
	return s.DB.Find(ctx, kind, q)
}

func (s *stubborn) Insert(ctx context.Context, kind string, d store.Doc) error {
	if s.full && kind == "gesprek" {
		return errors.New("the store is full")
	}
	return s.DB.Insert(ctx, kind, d)
}

func newBench(t testing.TB) *bench {
	t.Helper()
	b := &bench{t: t, ctx: context.Background(), db: &stubborn{DB: storetest.Open(t)}, made: map[string]discussion.State{}, now: time.Date(2019, 9, 16, 8, 0, 0, 0, time.UTC)}
	b.access = func(v people.Viewer, _ discussion.Topic) (discussion.Access, error) {
		a := discussion.Access{Audience: discussion.AudienceOf(v.ActiveRole()), Relation: "msg.guestitem", Write: true}
		return a, nil
	}
	now := func() time.Time { return b.now }
	var err error
	b.mail, err = outbox.OpenQueue(b.ctx, outbox.QueueOptions{DB: b.db, Real: clock.Real, Now: now, Host: "ruggespraak.test"})
	b.must(err)
	b.house = b.openHouse()
	b.projector, err = outbox.NewProjector(b.ctx, outbox.ProjectorOptions{DB: b.db, Real: clock.Real})
	b.must(err)
	b.register, err = incidents.Open(b.ctx, b.db, b.house.Directory)
	b.must(err)
	b.hall, err = discussion.New(b.ctx, discussion.Options{
		DB: b.db, Guard: guard.New(guard.Allow{}, clock.Real), Accounts: b.house.Directory, Inbox: b.house.Inbox, Mail: b.mail, Incidents: b.register,
		Now: now, Real: func() time.Time { return clock.Real().Add(b.later) },
		Door: func(_ context.Context, t discussion.Topic) (discussion.Admit, error) {
			return func(v people.Viewer) (discussion.Access, error) { return b.access(v, t) }, nil
		},
		Made: func(_ context.Context, origin string, s discussion.State) error {
			b.made[origin] = s
			return nil
		},
	})
	b.must(err)
	for _, s := range b.hall.Sources() {
		b.projector.Add(s, b.hall.Handlers())
	}
	b.ann, b.bob = b.person("Annelies Wildeboer", people.Coordinator), b.person("Bob Kanarie", people.Coordinator)
	b.chair, b.som = b.person("Vera Voorzitter", people.Chair), b.person("Sjoerd Somlid", people.SOMMember)
	return b
}

func (b *bench) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

// openHouse opens the accounts as one more instance does.
func (b *bench) openHouse() *people.House {
	b.t.Helper()
	house, err := people.New(b.ctx, people.Options{DB: b.db, Now: func() time.Time { return b.now }, Cost: people.CheapCost})
	b.must(err)
	return house
}

func (b *bench) drain() {
	b.t.Helper()
	b.must(b.projector.Drain(b.ctx))
}

func (b *bench) person(name string, r people.Role) people.Viewer {
	b.t.Helper()
	return b.personIn(b.house, name, r)
}

func (b *bench) personIn(house *people.House, name string, r people.Role) people.Viewer {
	b.t.Helper()
	a, err := house.Enroll(b.ctx, people.System(), people.Enrolment{
		Name: name, Mail: strings.ReplaceAll(strings.ToLower(name), " ", ".") + "@voorbeeld.test", Roles: []people.Role{r},
	})
	b.must(err)
	return a.Viewer(r)
}

var keys int

func newKey() string { keys++; return fmt.Sprintf("sleutel-%d", keys) }

func (b *bench) say(v people.Viewer, t discussion.Topic, text string) int {
	b.t.Helper()
	n, err := b.hall.Post(b.ctx, v, t, discussion.Draft{Text: text, Key: newKey()})
	b.must(err)
	return n
}

func (b *bench) show(v people.Viewer, t discussion.Topic) *discussion.Thread {
	b.t.Helper()
	thread, err := b.hall.Show(b.ctx, v, t)
	b.must(err)
	return thread
}

// since is what came after an entry, for the viewer's audience.
func (b *bench) since(v people.Viewer, t discussion.Topic, after int) ([]discussion.Change, discussion.Access, error) {
	a, err := b.hall.Enter(b.ctx, v, t)
	if err != nil {
		return nil, a, err
	}
	room, err := b.hall.Room(b.ctx, t)
	return room.Since(after), a, err
}

// shown is what a change shows to whom has the access.
func (b *bench) shown(c discussion.Change, a discussion.Access) discussion.Message {
	b.t.Helper()
	m, err := c.For(b.ctx, a.Audience, a)
	b.must(err)
	return m
}

func (b *bench) wantKind(what string, err error, want fault.Kind) {
	b.t.Helper()
	if fault.KindOf(err) != want || err == nil {
		b.t.Errorf("%s = %v, want a fault of kind %d", what, err, want)
	}
}

func TestTheSameKeyIsTheSameMessage(t *testing.T) {
	b := newBench(t)
	draft := discussion.Draft{Text: "Hier spreekt iemand.", Key: "een"}
	var group sync.WaitGroup
	got := make([]int, 12)
	for i := range got {
		group.Go(func() {
			n, err := b.hall.Post(b.ctx, b.ann, topic, draft)
			if err != nil {
				t.Error(err)
			}
			got[i] = n
		})
	}
	group.Wait()
	if first := got[0]; slices.ContainsFunc(got, func(n int) bool { return n != first }) {
		t.Errorf("Post with one key at once gave %v, want one number", got)
	}
	if n := len(b.show(b.bob, topic).Messages); n != 1 {
		t.Errorf("the topic has %d messages, want 1", n)
	}
	changed := discussion.Draft{Text: "Hier spreekt iemand anders.", Key: draft.Key}
	for range 2 {
		if n, err := b.hall.Post(b.ctx, b.ann, topic, changed); err != nil || n != got[0]+1 {
			t.Errorf("the key with another text gave number %d (%v), want %d", n, err, got[0]+1)
		}
	}
	if other, err := b.hall.Post(b.ctx, b.bob, topic, draft); err != nil || other == got[0] {
		t.Errorf("the key of another author gave number %d (%v), want one of its own", other, err)
	}
}

func TestNumbersHaveNoHoles(t *testing.T) {
	b := newBench(t)
	const writers, each = 6, 8
	var group sync.WaitGroup
	for w := range writers {
		group.Go(func() {
			for i := range each {
				_, err := b.hall.Post(b.ctx, b.ann, topic, discussion.Draft{Text: "Een zin.", Key: fmt.Sprintf("%d-%d", w, i)})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	entries, err := b.hall.Tail(b.ctx, topic, 0)
	b.must(err)
	if len(entries) != writers*each {
		t.Errorf("Tail gave %d entries without a hole, want %d", len(entries), writers*each)
	}
}

func TestEditKeepsNoOldText(t *testing.T) {
	b := newBench(t)
	n := b.say(b.ann, topic, "OUDETEKST staat hier.")
	b.must(b.hall.Edit(b.ctx, b.ann, topic, n, discussion.Draft{Text: "Nieuwe tekst."}))
	b.drain()
	entries, err := b.hall.Tail(b.ctx, topic, 0)
	b.must(err)
	for _, e := range entries {
		if strings.Contains(fmt.Sprintf("%+v", *e), "OUDETEKST") {
			t.Errorf("entry %d holds the old text", e.N)
		}
	}
	m := b.show(b.bob, topic).Messages[0]
	if !m.Edited || !strings.Contains(string(m.HTML), "Nieuwe tekst") {
		t.Errorf("after Edit the message is %+v, want the new text, marked as edited", m)
	}
	b.wantKind("Edit by another", b.hall.Edit(b.ctx, b.bob, topic, n, discussion.Draft{Text: "Van mij."}), fault.Forbidden)
	b.now = b.now.Add(6 * time.Minute)
	b.wantKind("Edit after six minutes", b.hall.Edit(b.ctx, b.ann, topic, n, discussion.Draft{Text: "Te laat."}), fault.Conflict)
}

func TestDeleteAndRemoveLeaveAMark(t *testing.T) {
	b := newBench(t)
	one, two := b.say(b.ann, topic, "EERSTE tekst."), b.say(b.ann, topic, "TWEEDE tekst.")
	b.wantKind("Delete by another", b.hall.Delete(b.ctx, b.bob, topic, one), fault.Forbidden)
	b.wantKind("Remove by a coordinator", b.hall.Remove(b.ctx, b.bob, topic, two), fault.NotFound)
	b.must(b.hall.Delete(b.ctx, b.ann, topic, one))
	b.must(b.hall.Remove(b.ctx, b.chair, topic, two))
	b.drain()
	thread := b.show(b.bob, topic)
	if thread.Messages[0].Gone != discussion.ByAuthor || thread.Messages[1].Gone != discussion.ByChair {
		t.Errorf("marks are %q and %q", thread.Messages[0].Gone, thread.Messages[1].Gone)
	}
	entries, err := b.hall.Tail(b.ctx, topic, 0)
	b.must(err)
	for _, e := range entries {
		if dump := fmt.Sprintf("%+v", *e); strings.Contains(dump, "EERSTE") || strings.Contains(dump, "TWEEDE") {
			t.Errorf("entry %d holds a text that is gone", e.N)
		}
	}
	if len(b.made) != 1 || b.made[discussion.Origin(topic, two)].Gone != discussion.ByChair {
		t.Errorf("what was made from messages goes with %+v, want with message %d alone", b.made, two)
	}
	removed, _, err := b.register.List(b.ctx, b.chair, "")
	b.must(err)
	if len(removed) != 1 || removed[0].What != incidents.Message || removed[0].Name != b.chair.Name {
		t.Errorf("incidents are %+v, want one, of the removal only", removed)
	}
}

func TestAFlagHidesAtOnceUntilTheChairDecides(t *testing.T) {
	b := newBench(t)
	n := b.say(b.ann, topic, "GEHEIM staat hier.")
	b.must(b.hall.Flag(b.ctx, b.som, topic, n))
	b.must(b.hall.Flag(b.ctx, b.bob, topic, n))
	for _, v := range []people.Viewer{b.ann, b.bob, b.som} {
		if m := b.show(v, topic).Messages[0]; !m.Hidden || m.HTML != "" {
			t.Errorf("%s reads %+v, want a hidden message", v.Name, m)
		}
		changes, a, err := b.since(v, topic, 0)
		b.must(err)
		for _, c := range changes {
			if strings.Contains(string(b.shown(c, a).HTML), "GEHEIM") {
				t.Errorf("entry %d shows %s the text that is hidden by now", c.N, v.Name)
			}
		}
	}
	if m := b.show(b.chair, topic).Messages[0]; !m.Hidden || m.HTML == "" {
		t.Errorf("the chair reads %+v, want the hidden text", m)
	}
	waiting, err := b.hall.AllFlagged(b.ctx, b.chair)
	b.must(err)
	if len(waiting) != 1 {
		t.Errorf("%d messages wait for the chair, want 1", len(waiting))
	}
	b.wantKind("Restore by a coordinator", b.hall.Restore(b.ctx, b.bob, topic, n), fault.NotFound)
	b.must(b.hall.Restore(b.ctx, b.chair, topic, n))
	if m := b.show(b.som, topic).Messages[0]; m.Hidden || m.HTML == "" {
		t.Errorf("after Restore a reader gets %+v, want the text", m)
	}
}

// TestDoneAgainIsDone breaks off an act between the message and its entry. Who
// does it again is told that it is done when open rooms can know of it.
// What was made from a message is hidden and shown with it, also when that was
// flagged while it was being made.
func TestWhatWasMadeWaitsForTheChairToo(t *testing.T) {
	b := newBench(t)
	n := b.say(b.ann, topic, "Dit is de tekst.")
	origin := discussion.Origin(topic, n)
	b.must(b.hall.Make(b.ctx, b.chair, topic, n, func(text, _ string) error {
		if text != "Dit is de tekst." {
			t.Errorf("made of %q", text)
		}
		b.must(b.hall.Flag(b.ctx, b.bob, topic, n))
		delete(b.made, origin) // it was not there yet
		return nil
	}))
	if !b.made[origin].Hidden {
		t.Error("what was made while the message was flagged is to be read")
	}
	b.wantKind("Make of a hidden message", b.hall.Make(b.ctx, b.chair, topic, n, nil), fault.Conflict)
	b.must(b.hall.Restore(b.ctx, b.chair, topic, n))
	if b.made[origin].Hidden {
		t.Error("the chair let the message stand, and what was made of it stays hidden")
	}
	delete(b.made, origin)
	b.must(b.hall.Flag(b.ctx, b.bob, topic, n))
	hidden := b.made[origin]
	clear(b.made)
	b.drain()
	if got, ok := b.made[origin]; !ok || got != hidden {
		t.Errorf("after a stop half-way it stands as %+v, want %+v", got, hidden)
	}
	b.must(b.hall.Delete(b.ctx, b.ann, topic, n))
	b.drain()
	if !b.made[origin].Hidden {
		t.Error("its author took the message back, and shows what was made of it")
	}
}

func TestDoneAgainIsDone(t *testing.T) {
	b := newBench(t)
	for name, act := range map[string]func(n int) error{
		"remove": func(n int) error { return b.hall.Remove(b.ctx, b.chair, topic, n) },
		"delete": func(n int) error { return b.hall.Delete(b.ctx, b.ann, topic, n) },
		"flag":   func(n int) error { return b.hall.Flag(b.ctx, b.bob, topic, n) },
	} {
		n := b.say(b.ann, topic, "GEHEIM bij "+name)
		room, err := b.hall.Room(b.ctx, topic)
		b.must(err)
		b.db.full = true
		if act(n) == nil {
			t.Errorf("%s: the first time it was done, without an entry", name)
		}
		b.db.full = false
		b.must(act(n))
		b.must(room.Advance(b.ctx))
		messages, err := room.Messages(b.ctx, discussion.Members, discussion.Access{})
		b.must(err)
		for _, m := range messages {
			if m.N == n && m.HTML != "" {
				t.Errorf("%s: an open room still shows %q", name, m.HTML)
			}
		}
	}
}

// TestANameIsNoNameFromTheFirstMoment keeps one room, as for people who follow a
// topic, while somebody joins through another instance whose name is said.
func TestANameIsNoNameFromTheFirstMoment(t *testing.T) {
	b := newBench(t)
	b.say(b.ann, topic, "Eerst dit.")
	room, err := b.hall.Room(b.ctx, topic)
	b.must(err)
	a, err := b.hall.Enter(b.ctx, b.som, topic)
	b.must(err)
	b.shown(room.Since(0)[0], a)
	b.personIn(b.openHouse(), "Dirkje Nieuwkomer", people.Coordinator)
	n := b.say(b.ann, topic, "Welkom, dirkje nieuwkomer.")
	b.must(room.Advance(b.ctx))
	for what, m := range map[string]discussion.Message{"page": b.show(b.som, topic).Messages[n-1], "frame": b.shown(room.Since(1)[0], a)} {
		if html := string(m.HTML); strings.Contains(html, "nieuwkomer") || !strings.Contains(html, people.AwayName) {
			t.Errorf("in the %s a SOM member reads %q", what, html)
		}
	}
}

// TestAPartOfANameIsNoNameEither says what raises no question among members, and
// then lets the SOM read it.
func TestAPartOfANameIsNoNameEither(t *testing.T) {
	b := newBench(t)
	for _, said := range []string{
		"Annelies ziet dit ook.", "Volgens mw. Wildeboer.", "A. Wildeboer ziet dit.", "Annelies\nWildeboer ziet dit.", "Annelies **Wildeboer** ziet dit.",
		"Annelies&nbsp;Wildeboer ziet dit.", "Annel&#105;es Wildeboer ziet dit.", "Annelies\u200b Wildeboer ziet dit.", "[Daar](https://voorbeeld.nl/annelies-wildeboer) staat dit.",
		"## Annelies ziet dit",
	} {
		n := b.say(b.bob, topic, said)
		messages := b.show(b.som, topic).Messages
		if html := strings.ToLower(string(messages[len(messages)-1].HTML)); strings.Contains(html, "annel") || strings.Contains(html, "wildeboer") {
			t.Errorf("of %q a SOM member reads %q", said, html)
		}
		b.must(b.hall.Delete(b.ctx, b.bob, topic, n))
	}
}

// TestWhereAContributionStandsIsForMembers says where one stands, as words and as
// a link.
func TestWhereAContributionStandsIsForMembers(t *testing.T) {
	b := newBench(t)
	for _, said := range []string{"Zie https://ruggespraak.test/inbreng/geheim1.", "Zie [dit](/inbreng/geheim1) hierover.", "Zie /inbreng/geheim1#r00000001"} {
		n := b.say(b.bob, topic, said)
		html := func(v people.Viewer) string {
			messages := b.show(v, topic).Messages
			return string(messages[len(messages)-1].HTML)
		}
		if got := html(b.som); strings.Contains(got, "geheim1") || !strings.Contains(got, "Zie") {
			t.Errorf("of %q a SOM member reads %q", said, got)
		}
		if got := html(b.ann); !strings.Contains(got, "geheim1") {
			t.Errorf("of %q a member reads %q", said, got)
		}
		b.must(b.hall.Delete(b.ctx, b.bob, topic, n))
	}
}

// TestWithoutNamesNothingIsShownOutside takes the list of accounts away: who may
// read no names gets no message, and to the members it makes no difference.
func TestWithoutNamesNothingIsShownOutside(t *testing.T) {
	b := newBench(t)
	b.say(b.ann, topic, "Zoals bob kanarie zei.")
	b.db.nameless = true
	changes, a, err := b.since(b.som, topic, 0)
	b.must(err)
	if m, err := changes[0].For(b.ctx, a.Audience, a); err == nil || !cmp.Equal(m, discussion.Message{}) {
		t.Errorf("For the SOM = %+v, %v, want nothing and an error", m, err)
	}
	if thread, err := b.hall.Show(b.ctx, b.som, topic); err == nil {
		t.Errorf("Show for the SOM = %+v, want an error", thread)
	}
	changes, a, err = b.since(b.bob, topic, 0)
	b.must(err)
	for what, m := range map[string]discussion.Message{"page": b.show(b.bob, topic).Messages[0], "frame": b.shown(changes[0], a)} {
		if !strings.Contains(string(m.HTML), "bob kanarie") {
			t.Errorf("in the %s a member reads %q", what, m.HTML)
		}
	}
}

func TestOutsideTheMembersPeopleAreRoles(t *testing.T) {
	b := newBench(t)
	_, err := b.hall.Post(b.ctx, b.ann, topic, discussion.Draft{Text: "Zoals bob kanarie zei.", Key: "1", Mentions: []string{b.bob.Account}})
	b.must(err)
	b.must(b.hall.React(b.ctx, b.bob, topic, 1, discussion.Agree, true))
	b.say(b.som, topic, "Wij lezen mee.")
	all := fmt.Sprintf("%+v", b.show(b.som, topic).Messages)
	changes, a, err := b.since(b.som, topic, 0)
	b.must(err)
	for _, c := range changes {
		all += fmt.Sprintf("%+v", b.shown(c, a))
	}
	for _, v := range []people.Viewer{b.ann, b.bob, b.som} {
		for _, word := range []string{v.Name, strings.ToLower(v.Name), v.Account} {
			if strings.Contains(all, word) {
				t.Errorf("a SOM member reads %q", word)
			}
		}
	}
	m := b.show(b.som, topic).Messages[0]
	want := []discussion.Count{{Reaction: discussion.Agree, Role: "Zorgcoördinator", N: 1}}
	if d := cmp.Diff(want, m.Counts); d != "" {
		t.Errorf("reactions for the SOM: %s", d)
	}
	if m := b.show(b.ann, topic).Messages[1]; m.Author != "SOM-lid" {
		t.Errorf("members see %q as the author from outside, want the role", m.Author)
	}
}

func TestTheAuthorOfAnUnnamedContributionIsIndiener(t *testing.T) {
	b := newBench(t)
	b.access = func(v people.Viewer, _ discussion.Topic) (discussion.Access, error) {
		return discussion.Access{Audience: discussion.AudienceOf(v.ActiveRole()), Relation: "msg.contrib", Write: true, Owner: b.ann.Account, Unnamed: true}, nil
	}
	under := discussion.TopicOf(discussion.Contribution, "x")
	b.say(b.ann, under, "Dit bedoelde ik.")
	_, err := b.hall.Post(b.ctx, b.bob, under, discussion.Draft{Text: "Wat vindt u?", Key: "2", ReplyTo: 1, Mentions: []string{b.ann.Account}})
	b.must(err)
	got := b.show(b.bob, under).Messages
	if got[0].Author != discussion.Indiener || got[1].ReplyFor != discussion.Indiener {
		t.Errorf("authors are %q and, replied to, %q; want «Indiener»", got[0].Author, got[1].ReplyFor)
	}
	if d := cmp.Diff([]string{b.ann.Name}, got[1].Mentions); d != "" {
		t.Errorf("a mention must stay the name that was picked: %s", d)
	}
	if got := b.show(b.chair, under).Messages[0].Author; got != b.ann.Name {
		t.Errorf("the chair sees %q, want the name", got)
	}
}

func TestTheGuardStandsBeforeEveryMessage(t *testing.T) {
	b := newBench(t)
	post := func(v people.Viewer, text, reason string) error {
		_, err := b.hall.Post(b.ctx, v, topic, discussion.Draft{Text: text, Key: newKey(), Reason: reason})
		return err
	}
	b.wantKind("Post of a BSN", post(b.ann, "Haar BSN is 111222333.", ""), fault.Invalid)
	b.wantKind("Post of a BSN with a reason", post(b.ann, "Haar BSN is 111222333.", "openbaar"), fault.Invalid)
	const asks = "Een 17-jarige jongen uit Baarle-Nassau werkt daar."
	b.wantKind("Post of what is asked", post(b.ann, asks, ""), fault.Invalid)
	b.must(post(b.ann, asks, "geen-persoon"))
	if !b.show(b.chair, topic).Messages[0].Asked || b.show(b.bob, topic).Messages[0].Asked {
		t.Error("a confirmed question must be marked for the chair alone")
	}
	b.must(post(b.ann, "Annelies Wildeboer belt mevrouw Bob Kanarie.", ""))
}

func TestPeopleAreToldOnceAndMailedOnceADay(t *testing.T) {
	b := newBench(t)
	first := b.say(b.ann, topic, "Een vraag.")
	for i := range 3 {
		_, err := b.hall.Post(b.ctx, b.bob, topic, discussion.Draft{Text: "Antwoord.", Key: fmt.Sprint(i), ReplyTo: first, Mentions: []string{b.ann.Account}})
		b.must(err)
	}
	b.drain()
	notices, _, err := b.house.Inbox.List(b.ctx, b.ann, "")
	b.must(err)
	mails, _, err := b.mail.List(b.ctx, "", "")
	b.must(err)
	if len(notices) != 3 || len(mails) != 1 {
		t.Errorf("%d notices and %d mails, want 3 and 1", len(notices), len(mails))
	}
	b.must(b.hall.Delete(b.ctx, b.bob, topic, first+1))
	if notices, _, err = b.house.Inbox.List(b.ctx, b.ann, ""); err != nil || len(notices) != 2 {
		t.Errorf("after Delete %d notices (%v), want 2", len(notices), err)
	}
}

func TestUnread(t *testing.T) {
	b := newBench(t)
	b.say(b.ann, topic, "Een.")
	b.must(b.hall.MarkSeen(b.ctx, b.bob, topic, 99))
	b.say(b.ann, topic, "Twee.")
	b.must(b.hall.React(b.ctx, b.ann, topic, 1, discussion.Query, true))
	b.must(b.hall.MarkSeen(b.ctx, b.bob, topic, 0))
	b.drain()
	for _, tc := range []struct {
		name string
		v    people.Viewer
		want discussion.Tally
	}{{"who said everything", b.ann, discussion.Tally{All: 2}}, {"who reacted", b.bob, discussion.Tally{All: 2, Unread: 1}}} {
		if got, err := b.hall.Tally(b.ctx, tc.v, topic); got != tc.want || err != nil {
			t.Errorf("Tally for %s = %+v, %v; want %+v", tc.name, got, err, tc.want)
		}
	}
}

func TestQuestions(t *testing.T) {
	b := newBench(t)
	draft := discussion.Draft{Text: "Wie heeft ervaring met een B8-aanvraag? Graag uw tips.", Key: "vraag"}
	id, err := b.hall.Ask(b.ctx, b.ann, draft)
	b.must(err)
	if again, err := b.hall.Ask(b.ctx, b.ann, draft); again != id || err != nil {
		t.Errorf("Ask again = %q, %v; want %q", again, err, id)
	}
	about := discussion.TopicOf(discussion.Asked, id)
	list := func() []discussion.QuestionView {
		b.drain()
		all, _, err := b.hall.Questions(b.ctx, b.bob, "")
		b.must(err)
		return all
	}
	if all := list(); len(all) != 1 || all[0].Title != "Wie heeft ervaring met een B8-aanvraag?" || !all[0].New || all[0].MayClose {
		t.Errorf("Questions = %+v, want the one, new, with its first sentence", all)
	}
	b.now = b.now.Add(29 * 24 * time.Hour)
	b.say(b.bob, about, "Wij, vorig jaar.")
	list()
	b.now = b.now.Add(29 * 24 * time.Hour)
	if n := len(list()); n != 1 {
		t.Errorf("29 days after the last message %d questions are listed, want 1", n)
	}
	b.now = b.now.Add(2 * 24 * time.Hour)
	if n := len(list()); n != 0 {
		t.Errorf("after 31 quiet days %d questions are listed, want none", n)
	}
	inTime := discussion.Draft{Text: "Nog iets.", Key: "op tijd"}
	said, err := b.hall.Post(b.ctx, b.bob, about, inTime)
	b.must(err)
	b.wantKind("Close by another", b.hall.Close(b.ctx, b.bob, id), fault.Forbidden)
	b.must(b.hall.Close(b.ctx, b.ann, id))
	if n := len(list()); n != 0 {
		t.Errorf("a closed question is still listed")
	}
	_, err = b.hall.Post(b.ctx, b.bob, about, discussion.Draft{Text: "Te laat.", Key: "te laat"})
	b.wantKind("Post to a closed question", err, fault.Conflict)
	if n, err := b.hall.Post(b.ctx, b.bob, about, inTime); err != nil || n != said {
		t.Errorf("what was said in time is said again as number %d (%v), want %d", n, err, said)
	}
	_, err = b.hall.Show(b.ctx, b.som, about)
	b.wantKind("Show a question to the SOM", err, fault.NotFound)
	b.must(b.hall.Remove(b.ctx, b.chair, about, 1))
	if v, err := b.hall.Question(b.ctx, b.bob, id); err != nil || v.Title != "" {
		t.Errorf("a removed question is %+v, %v; want it without its text", v, err)
	}
}

// A client that shows what a snapshot said, and then what every later entry
// says, shows what a fresh snapshot shows: for every audience, wherever it
// stopped, whatever happened.
func TestSnapshotAndEntriesAreAFreshSnapshot(t *testing.T) {
	b := newBench(t)
	trial := 0
	rapid.Check(t, func(r *rapid.T) {
		trial++
		about := discussion.ItemTopic("m", fmt.Sprint(trial))
		readers := []people.Viewer{b.ann, b.chair, b.som}
		screens := make([]screen, len(readers))
		for range rapid.IntRange(1, 25).Draw(r, "steps") {
			b.step(r, about)
			for i, v := range readers {
				if rapid.Bool().Draw(r, "looks") {
					screens[i].look(r, b, v, about)
				}
			}
		}
		for i, v := range readers {
			screens[i].look(r, b, v, about)
			if d := cmp.Diff(b.show(v, about).Messages, screens[i].shown); d != "" {
				r.Fatalf("%s shows (-fresh +shown): %s", v.Name, d)
			}
		}
	})
}

// step is something that somebody does, allowed or not.
func (b *bench) step(r *rapid.T, about discussion.Topic) {
	who := rapid.SampledFrom([]people.Viewer{b.ann, b.bob, b.chair, b.som}).Draw(r, "who")
	last, err := b.hall.Last(b.ctx, about)
	b.must(err)
	n := rapid.IntRange(1, last+1).Draw(r, "n")
	switch rapid.IntRange(0, 7).Draw(r, "act") {
	case 0, 1:
		_, err = b.hall.Post(b.ctx, who, about, discussion.Draft{Text: "Een zin.", Key: newKey()})
	case 2:
		err = b.hall.Edit(b.ctx, who, about, n, discussion.Draft{Text: rapid.SampledFrom([]string{"Anders.", "Weer anders."}).Draw(r, "text")})
	case 3:
		err = b.hall.Delete(b.ctx, who, about, n)
	case 4:
		err = b.hall.Flag(b.ctx, who, about, n)
	case 5:
		err = b.hall.Restore(b.ctx, who, about, n)
	case 6:
		err = b.hall.Remove(b.ctx, who, about, n)
	default:
		err = b.hall.React(b.ctx, who, about, n, rapid.SampledFrom(discussion.Reactions).Draw(r, "reaction"), rapid.Bool().Draw(r, "on"))
	}
	if err != nil && fault.KindOf(err) == fault.Internal {
		r.Fatal(err)
	}
}

// screen is what a client shows.
type screen struct {
	last  int
	shown []discussion.Message
}

func (s *screen) look(r *rapid.T, b *bench, v people.Viewer, about discussion.Topic) {
	changes, a, err := b.since(v, about, s.last)
	b.must(err)
	for _, c := range changes {
		if c.N != s.last+1 {
			r.Fatalf("entry %d came after %d", c.N, s.last)
		}
		s.last = c.N
		m := b.shown(c, a)
		if i := slices.IndexFunc(s.shown, func(old discussion.Message) bool { return old.N == m.N }); i >= 0 {
			s.shown[i] = m
			continue
		}
		s.shown = append(s.shown, m)
	}
}
