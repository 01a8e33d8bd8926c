package app_test

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"ruggespraak/internal/outbox"
	"ruggespraak/meetings"
	"ruggespraak/meetings/bundles"
	"ruggespraak/meetings/discussion"
	"ruggespraak/meetings/signals"
	"ruggespraak/people"
	"ruggespraak/store"
)

// fixture makes objects in every state, each by the call that a click makes.
// Every text field holds a canary of its own, words that are nowhere else.
type fixture struct {
	*world
	n        int
	author   string   // of what goes into bundles
	canaries []string // all that were made
	// stamp, when set, does what a contributor does at an instant that is known.
	stamp func(act func())
}

func newFixture(w *world) *fixture { return &fixture{world: w, author: "c3"} }

// contributed does what a contributor does.
func (f *fixture) contributed(act func()) {
	if f.stamp == nil {
		act()
		return
	}
	f.stamp(act)
}

func (f *fixture) ok(err error) {
	f.Helper()
	if err != nil {
		f.Fatalf("fixture: %v", err)
	}
}

// background is the context of everything a fixture makes.
var background = context.Background()

// canary is a word that no other text holds: letters only, so that the guard
// finds nothing in it.
func (f *fixture) canary(field string) string {
	f.n++
	tail := strings.Map(func(r rune) rune { return 'a' + (r - '0') }, strconv.Itoa(f.n))
	c := "kanarie" + field + tail + "x" // so that none is the beginning of another
	f.canaries = append(f.canaries, c)
	return c
}

// owner is the account that owns something «own» of the actor: the actor where
// it may have one, else a coordinator.
func owner(actor string) string {
	if who[actor].role.Member() {
		return actor
	}
	return "c2"
}

// form is a contribution that raises no question.
func (f *fixture) form() signals.Form {
	return signals.Form{Kind: signals.Bottleneck, Title: "Titel met " + f.canary("titel"), Text: "Hier loopt iets vast, zegt " + f.canary("tekst") + ".",
		Theme: "opvang", Readers: signals.Members, Wait: signals.CanWait}
}

func (f *fixture) submit(by string, form signals.Form) string {
	f.Helper()
	var id string
	f.contributed(func() {
		var err error
		id, err = f.app.Book.Submit(background, f.viewer(by), store.NewID(), form)
		f.ok(err)
	})
	f.settle()
	return id
}

// released is visible for colleagues.
func (f *fixture) released(by string) string { return f.submit(by, f.form()) }

func (f *fixture) unnamed(by string) string {
	form := f.form()
	form.Hide = true
	return f.submit(by, form)
}

// closed is for CoMensha only.
func (f *fixture) closed(by string) string {
	form := f.form()
	form.Readers = signals.CoMenshaOnly
	return f.submit(by, form)
}

// held waits for the chair: the guard asked and the writer gave a reason.
func (f *fixture) held(by string) string {
	form := f.form()
	form.Text += " Mevrouw Jansen-Pieters vertelde dat op een openbare bijeenkomst."
	form.Reasons = map[string]string{}
	for _, find := range f.app.Book.ScreenForm(form).Asked {
		form.Reasons[find.Key] = "openbaar"
	}
	return f.submit(by, form)
}

func (f *fixture) flagged(by string) string {
	id := f.released(by)
	f.ok(f.app.Book.RaiseFlag(background, f.viewer("c6"), id))
	f.settle()
	return id
}

func (f *fixture) draft(by string) string {
	f.Helper()
	d, err := f.app.Book.SaveDraft(background, f.viewer(by), store.NewID(), 0, f.form())
	f.ok(err)
	return d.ID
}

func (f *fixture) cluster(ids ...string) string {
	f.Helper()
	id, err := f.app.Book.MakeCluster(background, f.viewer("chair"), "Kop met "+f.canary("kop"), ids, nil)
	f.ok(err)
	f.settle()
	return id
}

// meeting makes a meeting with a point, in a state.
func (f *fixture) meeting(kind meetings.Kind, state meetings.State, picked ...string) (id, point string) {
	f.Helper()
	chair, calendar := f.viewer("chair"), f.app.Calendar
	m, err := calendar.Create(background, chair, meetings.Details{Kind: kind, Title: "Overleg met " + f.canary("overleg"), Date: "2019-11-25",
		Start: "10:00", End: "15:00", Place: "Zaal " + f.canary("plaats"), Picked: picked})
	f.ok(err)
	point, err = calendar.AddItem(background, chair, m.ID, meetings.Point{Title: "Punt met " + f.canary("agenda"), Minutes: 20})
	f.ok(err)
	if kind.OfBody() {
		return m.ID, point
	}
	if state != meetings.Draft {
		f.ok(calendar.Convene(background, chair, m.ID))
		f.ok(calendar.WriteMinutes(background, chair, m.ID, point, meetings.Notes{Text: "Verslag met " + f.canary("verslag")}))
	}
	if state == meetings.Closed {
		f.ok(calendar.Close(background, chair, m.ID))
	}
	f.settle()
	return m.ID, point
}

// question is a question to colleagues; its first message holds its text.
func (f *fixture) question(by string) (id, says string) {
	f.Helper()
	says = f.canary("vraag")
	id, err := f.app.Hall.Ask(background, f.viewer(by), discussion.Draft{Text: "Wie weet iets van " + says + "?", Key: store.NewID()})
	f.ok(err)
	f.settle()
	return id, says
}

// said is a message in a topic.
func (f *fixture) said(t discussion.Topic, by string) (number string) {
	f.Helper()
	n, err := f.app.Hall.Post(background, f.viewer(by), t, discussion.Draft{Text: "Ik zie " + f.canary("reactie") + ".", Key: store.NewID()})
	f.ok(err)
	f.settle()
	return strconv.Itoa(n)
}

// item is the discussion of an agenda item of the network.
func (f *fixture) item() discussion.Topic {
	f.Helper()
	return discussion.ItemTopic(f.meeting(meetings.National, meetings.Open))
}

// mixed is the same, with the SOM and the Task Force invited.
func (f *fixture) mixed() discussion.Topic {
	f.Helper()
	t := f.item()
	_, meeting, item := t.Parts()
	f.ok(f.app.Calendar.Invite(background, f.viewer("chair"), meeting, item, []string{f.viewer("som").Account, f.viewer("tf").Account}))
	f.settle()
	return t
}

// compiled is a bundle with one written point from a cluster of three
// organisations.
func (f *fixture) compiled(to bundles.Addressee) (number, point string) {
	return f.compiledBy("chair", to)
}

func (f *fixture) compiledBy(by string, to bundles.Addressee) (number, point string) {
	f.Helper()
	desk, chair := f.app.Desk, f.viewer(by)
	id := f.released(f.author)
	for _, by := range []string{"c4", "c5"} {
		f.contributed(func() { f.ok(f.app.Book.Recognise(background, f.viewer(by), id, signals.NotApproachable)) })
	}
	cluster := f.cluster(id)
	b, err := desk.Begin(background, chair, bundles.NewBundle{Addressee: to, From: "2019-01-01", To: "2019-09-17"})
	f.ok(err)
	point, err = desk.AddCluster(background, chair, b.Number, cluster)
	f.ok(err)
	f.ok(desk.Write(background, chair, b.Number, point, 0, bundles.Texts{
		Heading: "Opvang ontbreekt, zegt " + f.canary("kop"), See: "Wij zien " + f.canary("zien"), Effect: "Gevolg is " + f.canary("gevolg"),
		Ask: "Wilt u helpen met " + f.canary("vraag"), To: "Het bestuur",
	}, nil))
	f.settle()
	return b.Number, point
}

func (f *fixture) offered(to bundles.Addressee) (number, hash string) {
	f.Helper()
	number, _ = f.compiled(to)
	f.ok(f.app.Desk.Offer(background, f.viewer("chair"), number))
	seen, err := f.app.Desk.Inspect(background, f.viewer("reader"), number)
	f.ok(err)
	return number, seen.Hash
}

func (f *fixture) approved(to bundles.Addressee) string {
	f.Helper()
	number, hash := f.offered(to)
	f.ok(f.app.Desk.Approve(background, f.viewer("reader"), number, hash))
	return number
}

func (f *fixture) frozen(to bundles.Addressee) string {
	f.Helper()
	number := f.approved(to)
	f.ok(f.app.Desk.Settle(background, f.viewer("chair"), number))
	return number
}

func (f *fixture) sent(to bundles.Addressee) string {
	f.Helper()
	number := f.frozen(to)
	f.ok(f.app.Desk.Send(background, f.viewer("chair"), number))
	f.settle()
	return number
}

func (f *fixture) answered(to bundles.Addressee) string {
	f.Helper()
	number := f.sent(to)
	f.ok(f.app.Desk.Record(background, f.viewer("chair"), number, 1, bundles.NewAnswer{Kind: bundles.TakenUp, By: bundles.DayOf(f.app.Clock.Now()).AddMonths(6), Established: bundles.DayOf(f.app.Clock.Now()),
		Reason: "De reden is " + f.canary("reden")}, nil))
	f.settle()
	return number
}

// edition has the text of the next edition of an answered bundle.
func (f *fixture) edition(to bundles.Addressee) (number, seen string, recipients int) {
	f.Helper()
	number = f.answered(to)
	chair, desk := f.viewer("chair"), f.app.Desk
	prep, err := desk.Prepare(background, chair, number)
	f.ok(err)
	items := map[string]bundles.ItemDraft{}
	for _, it := range prep.Items {
		items[it.Point] = bundles.ItemDraft{Gave: "Wij gaven door " + f.canary("gaf"), Now: "Nu gebeurt " + f.canary("nu"), More: prep.Today.AddMonths(4)}
	}
	f.ok(desk.SaveEdition(background, chair, number, prep.Rev, items, nil))
	prep, err = desk.Prepare(background, chair, number)
	f.ok(err)
	return number, prep.Seen, prep.Recipients
}

func (f *fixture) published(to bundles.Addressee) string {
	f.Helper()
	number, seen, recipients := f.edition(to)
	_, err := f.app.Desk.Publish(background, f.viewer("chair"), number, seen, recipients)
	f.ok(err)
	f.settle()
	return number
}

// effect is the open effect question of a coordinator, three months after an
// edition.
func (f *fixture) effect(of string) (id, bundle string) {
	f.Helper()
	f.author = of
	defer func() { f.author = "c3" }()
	bundle = f.published(bundles.Addressee{Body: bundles.SOM})
	f.app.Clock.SetOffset(f.app.Clock.Offset() + 93*24*time.Hour)
	f.ok(f.app.Desk.AskEffects(background))
	f.settle()
	open, err := f.app.Desk.OpenEffects(background, f.viewer(of))
	f.ok(err)
	for _, q := range open {
		if q.Feedback.Number == bundle {
			return q.ID, bundle
		}
	}
	f.Fatalf("fixture: %s has no effect question about %s", of, bundle)
	return "", ""
}

// notice is a notice in somebody's inbox.
func (f *fixture) notice(of string) string {
	f.Helper()
	f.n++
	id := fmt.Sprintf("bericht%d", f.n)
	f.ok(f.app.House.Inbox.Tell(background, id, people.Notice{Account: of, Kind: "proef", Text: "Een bericht.", Link: "/", At: f.app.Clock.Now()}))
	return id
}

// failedMail is a mail that the mail server refused for good.
func (f *fixture) failedMail() string {
	f.Helper()
	f.n++
	id := fmt.Sprintf("mail%d", f.n)
	f.ok(f.app.Mail.Add(background, id, outbox.Mail{To: "c2", Kind: "antwoord", Link: "/"}))
	m, err := f.app.Mail.Claim(background)
	f.ok(err)
	f.ok(f.app.Mail.Fail(background, m, "geweigerd"))
	return m.ID
}

// newcomer is an account of nobody in particular.
func (f *fixture) newcomer(also ...people.Role) string {
	f.Helper()
	f.n++
	a, err := f.app.House.Enroll(background, people.System(), people.Enrolment{Name: "Nieuwe Collega" + strings.Repeat("i", f.n), Mail: fmt.Sprintf("nieuw%d@ruggespraak.example", f.n),
		Roles: append([]people.Role{people.Coordinator}, also...), Organisation: f.org[0], Region: f.reg[0]})
	f.ok(err)
	return a.ID
}

// place is an address with an id in it.
type place struct {
	pattern string // with %s for the id
	id      string
}

func (p place) real() string   { return fmt.Sprintf(p.pattern, p.id) }
func (p place) random() string { return fmt.Sprintf(p.pattern, strings.Repeat("q", len(p.id))) }

// hiddenFrom are addresses of things that a role may not know of.
func (f *fixture) hiddenFrom() map[people.Role][]place {
	som := bundles.Addressee{Body: bundles.SOM}
	draftMeeting, _ := f.meeting(meetings.National, meetings.Draft)
	openMeeting, _ := f.meeting(meetings.National, meetings.Open)
	draftBundle, _ := f.compiled(som)
	ministry := f.sent(bundles.Addressee{Body: bundles.Ministry, Name: "VWS"})
	signal, closed, cluster := f.released("c2"), f.closed("c2"), f.cluster(f.released("c2"))
	forMembers := []place{{"/inbreng/%s", signal}, {"/inbreng/%s", closed}, {"/inbreng/clusters/%s", cluster}, {"/overleggen/%s", openMeeting},
		{"/overleggen/%s", draftMeeting}, {"/inbreng/concept/%s", f.draft("c2")}, {"/bundels/%s", draftBundle}, {"/bundels/%s", ministry}}
	return map[people.Role][]place{
		people.Coordinator: {{"/inbreng/%s", closed}, {"/inbreng/%s", f.held("c2")}, {"/overleggen/%s", draftMeeting},
			{"/inbreng/concept/%s", f.draft("c2")}, {"/kennisbank/concept/%s", f.articleDraft("c2")}, {"/bundels/%s", draftBundle}, {"/accounts/%s", "c2"}},
		people.Chair:         {{"/inbreng/concept/%s", f.draft("c2")}, {"/kennisbank/concept/%s", f.articleDraft("c2")}},
		people.SOMMember:     forMembers,
		people.TaskForce:     append(forMembers, place{"/bundels/%s", f.sent(som)}),
		people.Administrator: forMembers,
	}
}
