package signals_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"ruggespraak/internal/clock"
	"ruggespraak/internal/fault"
	"ruggespraak/internal/guard"
	"ruggespraak/internal/outbox"
	"ruggespraak/internal/textindex"
	"ruggespraak/meetings/incidents"
	"ruggespraak/meetings/signals"
	"ruggespraak/people"
	"ruggespraak/store"
	"ruggespraak/store/storetest"
)

// bench is a book with its neighbours over one store, and people around it.
type bench struct {
	t         testing.TB
	ctx       context.Context
	db        store.DB
	book      *signals.Book
	house     *people.House
	register  *incidents.Register
	mail      *outbox.Queue
	projector *outbox.Projector
	now       time.Time
}

// monday is an ordinary working day: 16 September 2019, 10.00 in Amsterdam.
var monday = time.Date(2019, 9, 16, 8, 0, 0, 0, time.UTC)

func newBench(t testing.TB) *bench {
	t.Helper()
	b := &bench{t: t, ctx: context.Background(), db: storetest.Open(t), now: monday}
	now := func() time.Time { return b.now }
	var err error
	b.mail, err = outbox.OpenQueue(b.ctx, outbox.QueueOptions{DB: b.db, Real: clock.Real, Now: now, Host: "ruggespraak.test"})
	b.must(err)
	b.house, err = people.New(b.ctx, people.Options{DB: b.db, Now: clock.Real, Cost: people.CheapCost})
	b.must(err)
	members, err := textindex.Open("")
	b.must(err)
	chair, err := textindex.Open("")
	b.must(err)
	t.Cleanup(func() { _ = errors.Join(members.Close(), chair.Close()) })
	b.projector, err = outbox.NewProjector(b.ctx, outbox.ProjectorOptions{DB: b.db, Real: clock.Real})
	b.must(err)
	b.register, err = incidents.Open(b.ctx, b.db, b.house.Directory)
	b.must(err)
	b.book, err = signals.New(b.ctx, signals.Options{
		DB: b.db, Guard: guard.New(guard.Allow{}, clock.Real), Likeness: b.likeness(members, chair),
		Now: now, Real: clock.Real, Accounts: b.house.Directory, Inbox: b.house.Inbox, Mail: b.mail, Incidents: b.register,
	})
	b.must(err)
	for _, s := range b.book.Sources() {
		b.projector.Add(s, b.book.Handlers())
	}
	return b
}

// likeness follows the book as the program's does.
func (b *bench) likeness(members, chair *textindex.Index) signals.Likeness {
	put := func(x *textindex.Index, v people.Viewer, ids []string) {
		b.must(x.Delete(b.ctx, ids...))
		found, err := b.book.Findable(b.ctx, v, ids)
		b.must(err)
		for _, c := range found {
			b.must(x.Put(b.ctx, textindex.Doc{ID: c.ID, Kind: textindex.KindContribution, Title: c.Title, Body: c.Text, Tags: []string{signals.ThemeLabel(c.Theme)}}))
		}
	}
	return signals.Likeness{
		Find: func(_ context.Context, all bool, title, text string, limit int) ([]textindex.Hit, error) {
			err := b.book.Changed(b.ctx, time.Time{}, func(page []store.Meta) error {
				for _, m := range page {
					put(members, people.Viewer{Role: people.Coordinator}, []string{m.ID})
					put(chair, people.Viewer{Role: people.Chair}, []string{m.ID})
				}
				return nil
			})
			b.must(err)
			if all {
				return chair.Similar(b.ctx, title, text, limit)
			}
			return members.Similar(b.ctx, title, text, limit)
		},
		Forget: func(_ context.Context, id string) error {
			return errors.Join(members.Purge(b.ctx, id), chair.Purge(b.ctx, id))
		},
	}
}

func (b *bench) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) drain() {
	b.t.Helper()
	b.must(b.projector.Drain(b.ctx))
}

// person enrols an account and gives its viewer.
func (b *bench) person(name string, r people.Role, organisation, region string) people.Viewer {
	b.t.Helper()
	a, err := b.house.Enroll(b.ctx, people.System(), people.Enrolment{
		Name: name, Mail: strings.ReplaceAll(strings.ToLower(name), " ", ".") + "@voorbeeld.test", Roles: []people.Role{r},
		Organisation: organisation, Region: region,
	})
	b.must(err)
	return people.Viewer{Account: a.ID, Name: name, Role: r, Organisation: organisation, Region: region}
}

func (b *bench) coordinator(n int) people.Viewer {
	b.t.Helper()
	return b.person(fmt.Sprintf("Coordinator Nummer%d", n), people.Coordinator, fmt.Sprintf("org%d", n), fmt.Sprintf("regio%d", n))
}

func (b *bench) chair() people.Viewer {
	b.t.Helper()
	return b.person("Vera Voorzitter", people.Chair, "comensha", "")
}

func clean() signals.Form {
	return signals.Form{
		Kind: signals.Bottleneck, Text: "De intake loopt vertraging op doordat tolken ontbreken. Dat kost weken.",
		Theme: "zorg", Readers: signals.Members, Wait: signals.CanWait,
	}
}

func (b *bench) submit(v people.Viewer, f signals.Form) string {
	b.t.Helper()
	id, err := b.book.Submit(b.ctx, v, signals.NewDraftID(), f)
	b.must(err)
	return id
}

func (b *bench) show(v people.Viewer, id string) *signals.View {
	b.t.Helper()
	view, err := b.book.Show(b.ctx, v, id)
	b.must(err)
	return view
}

func (b *bench) wantKind(what string, err error, want fault.Kind) {
	b.t.Helper()
	if fault.KindOf(err) != want || err == nil {
		b.t.Errorf("%s: got %v, want kind %d", what, err, want)
	}
}

func TestSubmitMakesCleanTextVisibleAtOnce(t *testing.T) {
	b := newBench(t)
	author, colleague := b.coordinator(1), b.coordinator(2)
	id := b.submit(author, clean())
	b.drain()
	view := b.show(colleague, id)
	if view.Title != "De intake loopt vertraging op doordat tolken ontbreken" {
		t.Errorf("title = %q, want the first sentence", view.Title)
	}
	if view.Label != "Zichtbaar voor collega's" {
		t.Errorf("status = %q", view.Label)
	}
	list, err := b.book.List(b.ctx, colleague, signals.Filter{Kind: "knelpunt", Theme: "zorg", Status: signals.Visible})
	b.must(err)
	if len(list.Items) != 1 || list.Items[0].ID != id {
		t.Errorf("List = %+v, want the contribution", list.Items)
	}
}

func TestSubmitTwiceIsOneContribution(t *testing.T) {
	b := newBench(t)
	author := b.coordinator(1)
	draft := signals.NewDraftID()
	first, err := b.book.Submit(b.ctx, author, draft, clean())
	b.must(err)
	second, err := b.book.Submit(b.ctx, author, draft, clean())
	b.must(err)
	n, err := b.book.Count(b.ctx, author, signals.Filter{Scope: signals.Mine})
	b.must(err)
	if first != second || n != 1 {
		t.Errorf("submitted twice: %q and %q, %d contributions; want one", first, second, n)
	}
}

func TestSubmitNamesWhatIsMissing(t *testing.T) {
	b := newBench(t)
	_, err := b.book.Submit(b.ctx, b.coordinator(1), signals.NewDraftID(), signals.Form{})
	b.wantKind("Submit of an empty form", err, fault.Invalid)
	var names []string
	for _, f := range fault.Fields(err) {
		names = append(names, f.Name)
	}
	if got := strings.Join(names, " "); got != "soort tekst thema lezen wachten" {
		t.Errorf("fields = %q", got)
	}
}

func TestIdentifierIsNeverKept(t *testing.T) {
	b := newBench(t)
	author := b.coordinator(1)
	draft := signals.NewDraftID()
	kept, err := b.book.SaveDraft(b.ctx, author, draft, 0, clean())
	b.must(err)
	f := clean()
	f.Text = "Eerste regel.\nHaar BSN 111222333 staat overal."
	_, err = b.book.SaveDraft(b.ctx, author, draft, kept.Revision, f)
	b.wantKind("SaveDraft with a BSN", err, fault.Invalid)
	if want := "Op regel 2 staat iets dat lijkt op een burgerservicenummer (BSN)."; fault.Fields(err)[0].Sentence != want {
		t.Errorf("sentence = %q, want %q", fault.Fields(err)[0].Sentence, want)
	}
	if strings.Contains(err.Error(), "111222333") {
		t.Errorf("the error holds what was typed: %v", err)
	}
	_, err = b.book.Submit(b.ctx, author, draft, f)
	b.wantKind("Submit with a BSN", err, fault.Invalid)
	d, err := b.book.Draft(b.ctx, author, draft)
	b.must(err)
	if d.Form.Text != clean().Text {
		t.Errorf("draft = %q, want the last clean one", d.Form.Text)
	}
}

func TestLateSaveRevivesNothing(t *testing.T) {
	b := newBench(t)
	author := b.coordinator(1)
	for _, saved := range []bool{true, false} {
		draft := signals.NewDraftID()
		revision := int64(0)
		if saved {
			d, err := b.book.SaveDraft(b.ctx, author, draft, 0, clean())
			b.must(err)
			revision = d.Revision
		}
		_, err := b.book.Submit(b.ctx, author, draft, clean())
		b.must(err)
		_, err = b.book.SaveDraft(b.ctx, author, draft, revision, clean())
		b.wantKind("a save after submitting", err, fault.Conflict)
		_, err = b.book.Draft(b.ctx, author, draft)
		b.wantKind("the draft after submitting", err, fault.NotFound)
	}
	drafts, err := b.book.Drafts(b.ctx, author)
	b.must(err)
	if len(drafts) != 0 {
		t.Errorf("Drafts = %v, want none", drafts)
	}
}

func TestDraftIsItsAuthorsOnly(t *testing.T) {
	b := newBench(t)
	author, colleague, chair := b.coordinator(1), b.coordinator(2), b.chair()
	draft := signals.NewDraftID()
	_, err := b.book.SaveDraft(b.ctx, author, draft, 0, clean())
	b.must(err)
	for _, v := range []people.Viewer{colleague, chair, {}} {
		_, err := b.book.Draft(b.ctx, v, draft)
		b.wantKind("Draft of another", err, fault.NotFound)
		b.wantKind("ThrowDraftAway of another", b.book.ThrowDraftAway(b.ctx, v, draft), fault.NotFound)
	}
	_, err = b.book.SaveDraft(b.ctx, colleague, draft, 1, clean())
	b.wantKind("SaveDraft over another's", err, fault.NotFound)
	_, err = b.book.Submit(b.ctx, colleague, draft, clean())
	b.wantKind("Submit of another's", err, fault.NotFound)
	_, err = b.book.SaveDraft(b.ctx, author, draft, 7, clean())
	b.wantKind("SaveDraft with another revision", err, fault.Conflict)
}

// asked is a form about which the guard asks, with the reasons chosen.
func (b *bench) asked(reason string) signals.Form {
	b.t.Helper()
	f := clean()
	f.Text = "Een 17-jarige jongen uit een dorp met 900 inwoners moest weken wachten."
	f.Title = "Wachten op een plek"
	screen := b.book.ScreenForm(f)
	if len(screen.Asked) == 0 {
		b.t.Fatal("the guard asks nothing about an age and a small place")
	}
	f.Reasons = map[string]string{}
	for _, find := range screen.Asked {
		f.Reasons[find.Key] = reason
	}
	return f
}

func TestQuestionWaitsForTheChair(t *testing.T) {
	b := newBench(t)
	author, colleague, chair := b.coordinator(1), b.coordinator(2), b.chair()
	_, err := b.book.Submit(b.ctx, author, signals.NewDraftID(), b.asked("omdat het mag"))
	b.wantKind("Submit with a reason that is none", err, fault.Invalid)
	id := b.submit(author, b.asked("geen-persoon"))
	_, err = b.book.Show(b.ctx, colleague, id)
	b.wantKind("Show before release", err, fault.NotFound)
	view := b.show(chair, id)
	if len(view.Chair.Asked) == 0 || view.Chair.Asked[0].Reason != "Het gaat niet over bepaalde personen" {
		t.Errorf("the chair sees %+v, want the reason", view.Chair.Asked)
	}
	waiting, err := b.book.Waiting(b.ctx, chair)
	b.must(err)
	if len(waiting) != 1 || waiting[signals.ToRelease] != 1 {
		t.Errorf("Waiting = %v, want one to release", waiting)
	}
	b.wantKind("Waiting for a coordinator", second(b.book.Waiting(b.ctx, colleague)), fault.NotFound)
	b.wantKind("Release by the author", b.book.Release(b.ctx, author, id), fault.Forbidden)
	b.must(b.book.Release(b.ctx, chair, id))
	if b.show(colleague, id).Text == "" {
		t.Error("a released contribution has no text")
	}
}

func TestReminderComesOnce(t *testing.T) {
	b := newBench(t)
	chair := b.chair()
	b.submit(b.coordinator(1), b.asked("openbaar"))
	b.now = monday.AddDate(0, 0, 1)
	b.must(b.book.RemindRelease(b.ctx))
	b.drain()
	if n := b.unread(chair); n != 0 {
		t.Errorf("reminded after one day: %d notices", n)
	}
	for range 3 {
		b.now = b.now.AddDate(0, 0, 1)
		b.must(b.book.RemindRelease(b.ctx))
		b.drain()
	}
	if n := b.unread(chair); n != 1 {
		t.Errorf("notices = %d, want 1", n)
	}
}

func (b *bench) unread(v people.Viewer) int {
	b.t.Helper()
	n, err := b.house.Inbox.Unread(b.ctx, v)
	b.must(err)
	return n
}

func TestCoMenshaOnlyIsNeverSeenByColleagues(t *testing.T) {
	b := newBench(t)
	author, colleague, chair := b.coordinator(1), b.coordinator(2), b.chair()
	f := clean()
	f.Readers = signals.CoMenshaOnly
	id := b.submit(author, f)
	b.wantKind("Release of one for CoMensha only", b.book.Release(b.ctx, chair, id), fault.Conflict)
	_, err := b.book.Show(b.ctx, colleague, id)
	b.wantKind("Show", err, fault.NotFound)
	b.wantKind("Recognise", b.book.Recognise(b.ctx, colleague, id, signals.NotApproachable), fault.NotFound)
	b.wantKind("RaiseFlag", b.book.RaiseFlag(b.ctx, colleague, id), fault.NotFound)
	basis, err := b.book.Basis(b.ctx, []string{id})
	b.must(err)
	if basis.Contributions != 0 {
		t.Errorf("Basis before the author's yes = %+v, want nothing", basis)
	}
	b.must(b.book.AskFurther(b.ctx, chair, id, "2019-02"))
	b.drain()
	if n := b.unread(author); n != 1 {
		t.Errorf("author has %d notices, want the question", n)
	}
	b.wantKind("AnswerFurther by another", b.book.AnswerFurther(b.ctx, colleague, id, true), fault.NotFound)
	b.must(b.book.AnswerFurther(b.ctx, author, id, true))
	basis, err = b.book.Basis(b.ctx, []string{id})
	b.must(err)
	if basis.Contributions != 1 || len(basis.Organisations) != 1 {
		t.Errorf("Basis after the author's yes = %+v, want one", basis)
	}
	b.must(b.book.AnswerFurther(b.ctx, author, id, false))
	may, err := b.book.MayGoFurther(b.ctx, []string{id})
	b.must(err)
	if len(may) != 0 {
		t.Errorf("MayGoFurther after the yes was taken back = %v, want none", may)
	}
}

func TestFortySupportersAtOnce(t *testing.T) {
	b := newBench(t)
	id := b.submit(b.coordinator(0), clean())
	var all sync.WaitGroup
	failed := make(chan error, 80)
	for n := range 40 {
		v := people.Viewer{Account: store.NewID(), Role: people.Coordinator, Organisation: fmt.Sprintf("o%d", n%20), Region: fmt.Sprintf("r%d", n%10)}
		for range 2 {
			all.Go(func() { failed <- b.book.Recognise(b.ctx, v, id, signals.NotApproachable) })
		}
	}
	all.Wait()
	close(failed)
	for err := range failed {
		b.must(err)
	}
	basis, err := b.book.Basis(b.ctx, []string{id})
	b.must(err)
	if len(basis.Organisations) != 21 || len(basis.Regions) != 11 {
		t.Errorf("Basis = %d organisations, %d regions; want 21, 11", len(basis.Organisations), len(basis.Regions))
	}
	to, err := b.book.Recipients(b.ctx, []string{id})
	b.must(err)
	if len(to) != 41 {
		t.Errorf("Recipients = %d, want 41", len(to))
	}
}

func TestSupportSentence(t *testing.T) {
	b := newBench(t)
	author, reader := b.coordinator(1), b.coordinator(9)
	id := b.submit(author, clean())
	if got := b.show(reader, id).Support.Sentence; got != "" {
		t.Errorf("nobody recognises it: %q", got)
	}
	second, third := b.coordinator(2), b.coordinator(3)
	b.must(b.book.Recognise(b.ctx, second, id, signals.NotApproachable))
	if got := b.show(reader, id).Support.Sentence; got != "Collega's herkennen dit." {
		t.Errorf("two organisations: %q", got)
	}
	b.must(b.book.Recognise(b.ctx, third, id, signals.Approachable))
	view := b.show(reader, id)
	if view.Support.Sentence != "3 organisaties in 3 regio's herkennen dit." {
		t.Errorf("three organisations: %q", view.Support.Sentence)
	}
	if len(view.Support.Approached) != 1 || view.Support.Approached[0].Name != third.Name {
		t.Errorf("may be approached: %+v, want %s only", view.Support.Approached, third.Name)
	}
	b.must(b.book.Unrecognise(b.ctx, third, id))
	if got := b.show(reader, id).Support.Sentence; got != "Collega's herkennen dit." {
		t.Errorf("after taking it back: %q", got)
	}
	b.wantKind("Recognise one's own", b.book.Recognise(b.ctx, author, id, signals.NotApproachable), fault.Conflict)
	b.wantKind("Recognise by the chair", b.book.Recognise(b.ctx, b.chair(), id, signals.NotApproachable), fault.Forbidden)
}

func TestTakeProposalsWritesTheWiderWording(t *testing.T) {
	b := newBench(t)
	const find = "17-jarige jongen uit een dorp"
	text := "Een " + find + ". Later nog een " + find + "."
	screen := b.book.Screen(nil, signals.Text{Field: "tekst", Text: text})
	if len(screen.Asked) == 0 {
		t.Fatal("the guard asks nothing")
	}
	for _, f := range screen.Asked {
		text = b.book.TakeProposals(f.Key, signals.Text{Field: "tekst", Text: text})
	}
	if strings.Contains(text, "17") || len(b.book.Screen(nil, signals.Text{Field: "tekst", Text: text}).Asked) != 0 {
		t.Errorf("after taking over: %q", text)
	}
}
