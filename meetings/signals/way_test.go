package signals_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"ruggespraak/internal/clock"
	"ruggespraak/internal/fault"
	"ruggespraak/internal/guard"
	"ruggespraak/meetings/incidents"
	"ruggespraak/meetings/signals"
	"ruggespraak/people"
)

func TestWithdrawnIsGoneForColleagues(t *testing.T) {
	b := newBench(t)
	author, colleague, chair := b.coordinator(1), b.coordinator(2), b.chair()
	id := b.submit(author, clean())
	b.must(b.book.Recognise(b.ctx, colleague, id, signals.NotApproachable))
	cluster, err := b.book.MakeCluster(b.ctx, chair, "Tolken", []string{id}, nil)
	b.must(err)
	b.wantKind("Withdraw by a colleague", b.book.Withdraw(b.ctx, colleague, id), fault.Forbidden)
	b.must(b.book.Withdraw(b.ctx, author, id))
	b.drain()
	_, err = b.book.Show(b.ctx, colleague, id)
	b.wantKind("Show after withdrawal", err, fault.NotFound)
	c, err := b.book.ClusterFor(b.ctx, chair, cluster)
	b.must(err)
	if len(c.Contributions) != 0 {
		t.Errorf("cluster still holds %v", c.Contributions)
	}
	to, err := b.book.Recipients(b.ctx, []string{id})
	b.must(err)
	if len(to) != 0 {
		t.Errorf("Recipients = %v, want none", to)
	}
	if got := b.show(author, id).Label; got != "Ingetrokken" {
		t.Errorf("status for the author = %q", got)
	}
}

func TestSentBackAndSubmittedAgain(t *testing.T) {
	b := newBench(t)
	author, colleague, chair := b.coordinator(1), b.coordinator(2), b.chair()
	id := b.submit(author, clean())
	b.must(b.book.Recognise(b.ctx, colleague, id, signals.NotApproachable))
	b.wantKind("SendBack without a reason", b.book.SendBack(b.ctx, chair, id, " ", nil), fault.Invalid)
	b.must(b.book.SendBack(b.ctx, chair, id, "Schrijf het wat algemener.", nil))
	b.drain()
	_, err := b.book.Show(b.ctx, colleague, id)
	b.wantKind("Show after sending back", err, fault.NotFound)
	view := b.show(author, id)
	if view.Label != "Terug bij u" || view.Returned.Reason != "Schrijf het wat algemener." {
		t.Errorf("the author sees %q and %+v", view.Label, view.Returned)
	}
	if got := b.show(chair, id).Label; got != "Terug bij indiener" {
		t.Errorf("the chair sees %q", got)
	}
	draft, err := b.book.Resume(b.ctx, author, id)
	b.must(err)
	again, err := b.book.Resume(b.ctx, author, id)
	b.must(err)
	if draft != again {
		t.Errorf("Resume twice = %q, %q; want the same draft", draft, again)
	}
	d, err := b.book.Draft(b.ctx, author, draft)
	b.must(err)
	form := d.Form
	form.From = d.From
	if form.Text != clean().Text {
		t.Errorf("draft is filled in with %q", form.Text)
	}
	form.Text = "Tolken ontbreken bij de intake."
	next, err := b.book.Submit(b.ctx, author, draft, form)
	b.must(err)
	b.drain()
	if n := b.unread(colleague); n != 1 {
		t.Errorf("who recognised it has %d notices, want the new link", n)
	}
	if got := b.show(author, id); got.Next != next || got.Label != "Ingetrokken" {
		t.Errorf("the old one leads to %q with status %q", got.Next, got.Label)
	}
	_, err = b.book.Resume(b.ctx, author, id)
	b.wantKind("Resume after resubmitting", err, fault.Conflict)
}

func TestUrgentHasADeadlineAndAnEnd(t *testing.T) {
	b := newBench(t)
	chair := b.chair()
	f := clean()
	f.Wait = signals.CannotWait
	id := b.submit(b.coordinator(1), f)
	b.drain()
	list, err := b.book.List(b.ctx, chair, signals.Filter{Scope: signals.CannotStay})
	b.must(err)
	if len(list.Items) != 1 || list.Items[0].Deadline.Format(time.DateOnly) != "2019-09-23" {
		t.Errorf("urgent = %+v, want one before 23 September", list.Items)
	}
	if n := b.unread(chair); n != 1 {
		t.Errorf("chair has %d notices, want 1", n)
	}
	b.must(b.book.Contacted(b.ctx, chair, id))
	if n := b.urgent(chair); n != 0 {
		t.Errorf("urgent after contact: %d", n)
	}
}

// TestUrgentStaysWhenSentBack holds that the promise of contact outlives the
// question to write it otherwise, and ends when the author withdraws.
func TestUrgentStaysWhenSentBack(t *testing.T) {
	b := newBench(t)
	author, chair := b.coordinator(1), b.chair()
	f := clean()
	f.Wait = signals.CannotWait
	id := b.submit(author, f)
	b.must(b.book.SendBack(b.ctx, chair, id, "Schrijf het algemener.", nil))
	if n := b.urgent(chair); n != 1 {
		t.Errorf("urgent after sending back: %d, want 1", n)
	}
	if !b.show(chair, id).May.Contact || b.show(author, id).Terms.Urgent.IsZero() {
		t.Error("after sending back nobody is to be contacted any more")
	}
	b.must(b.book.Withdraw(b.ctx, author, id))
	if n := b.urgent(chair); n != 0 || !b.show(author, id).Terms.Urgent.IsZero() {
		t.Errorf("urgent after withdrawing: %d, want 0 and no promise", n)
	}
}

// urgent counts what stands in the chair's list «Kan niet wachten».
func (b *bench) urgent(chair people.Viewer) int {
	b.t.Helper()
	n, err := b.book.Count(b.ctx, chair, signals.Filter{Scope: signals.CannotStay})
	b.must(err)
	return n
}

func TestFlagHidesAtOnceAndTheChairDecides(t *testing.T) {
	b := newBench(t)
	author, colleague, third, chair := b.coordinator(1), b.coordinator(2), b.coordinator(3), b.chair()
	id := b.submit(author, clean())
	b.must(b.book.RaiseFlag(b.ctx, colleague, id))
	b.drain()
	view := b.show(third, id)
	if !view.Hidden || view.Text != "" || view.Title != "" {
		t.Errorf("a colleague still reads %q", view.Title)
	}
	if b.show(author, id).Text == "" || b.show(chair, id).Text == "" {
		t.Error("author and chair must read what was flagged")
	}
	list, err := b.book.List(b.ctx, third, signals.Filter{})
	b.must(err)
	if len(list.Items) != 0 {
		t.Errorf("List holds what is hidden: %+v", list.Items)
	}
	if items, err := b.book.Similar(b.ctx, third, "", clean().Text); err != nil || len(items) != 0 {
		t.Errorf("Similar = %v, %v; want nothing", items, err)
	}
	if n := b.unread(chair); n != 1 {
		t.Errorf("chair has %d notices, want 1", n)
	}
	b.wantKind("Restore by a colleague", b.book.Restore(b.ctx, third, id), fault.Forbidden)
	b.must(b.book.Restore(b.ctx, chair, id))
	if b.show(third, id).Text == "" {
		t.Error("still hidden after Restore")
	}
}

func TestRemoveLeavesAMarkAndNoText(t *testing.T) {
	b := newBench(t)
	author, colleague, chair := b.coordinator(1), b.coordinator(2), b.chair()
	f := clean()
	f.Text = "Kanariewoord in de tekst over opvang en tolken."
	id := b.submit(author, f)
	b.must(b.book.Supplement(b.ctx, author, id, signals.Extra{Help: "Kanariewoord in de aanvulling."}, nil))
	b.must(b.book.SendBack(b.ctx, chair, id, "Kanariewoord in de reden.", nil))
	draft, err := b.book.Resume(b.ctx, author, id)
	b.must(err)
	b.wantKind("Remove by a colleague", b.book.Remove(b.ctx, colleague, id), fault.NotFound)
	b.must(b.book.Remove(b.ctx, chair, id))
	_, err = b.book.Draft(b.ctx, author, draft)
	b.wantKind("the draft made from it", err, fault.NotFound)
	view := b.show(author, id)
	if view.Removed.IsZero() || view.Text != "" {
		t.Errorf("the mark: removed %v, text %q", view.Removed, view.Text)
	}
	for _, v := range []people.Viewer{author, chair} {
		bytes, err := json.Marshal(b.show(v, id))
		b.must(err)
		if strings.Contains(string(bytes), "Kanariewoord") {
			t.Errorf("%s still receives the text: %s", v.Role, bytes)
		}
	}
	removed, _, err := b.register.List(b.ctx, chair, "")
	b.must(err)
	if len(removed) != 1 || removed[0].What != incidents.Contribution || removed[0].Name != chair.Name || removed[0].Where != signals.Path(id) {
		t.Errorf("incidents are %+v", removed)
	}
	_, _, err = b.register.List(b.ctx, colleague, "")
	b.wantKind("the incidents for a colleague", err, fault.NotFound)
	b.drain()
	b.must(b.book.Remove(b.ctx, chair, id))
	b.wantKind("Resume of what was removed", second(b.book.Resume(b.ctx, author, id)), fault.Conflict)
}

func second[T any](_ T, err error) error { return err }

// TestUnnamedHoldsNobody looks for the author's identity in every byte that a
// colleague receives of a contribution whose author hid it.
func TestUnnamedHoldsNobody(t *testing.T) {
	b := newBench(t)
	colleague, chair := b.coordinator(2), b.chair()
	org, err := b.house.Directory.AddOrganisation(b.ctx, people.System(), "KANARIE-organisatie")
	b.must(err)
	region, err := b.house.Directory.AddRegion(b.ctx, people.System(), "KANARIE-regio")
	b.must(err)
	author := b.person("Kanarie Auteur", people.Coordinator, org.ID, region.ID)
	f := clean()
	f.Hide = true
	b.now = monday.Add(3*time.Hour + 17*time.Minute + 41*time.Second)
	id := b.submit(author, f)
	cluster, err := b.book.MakeCluster(b.ctx, chair, "Tolken", []string{id}, nil)
	b.must(err)
	b.drain()
	list, err := b.book.List(b.ctx, colleague, signals.Filter{})
	b.must(err)
	group, err := b.book.ClusterFor(b.ctx, colleague, cluster)
	b.must(err)
	similar, err := b.book.Similar(b.ctx, colleague, "", clean().Text)
	b.must(err)
	if len(list.Items) != 1 || len(similar) != 1 || len(group.Contributions) != 1 {
		t.Fatalf("colleague finds %d, %d, %d; want one each", len(list.Items), len(similar), len(group.Contributions))
	}
	received, err := json.Marshal([]any{b.show(colleague, id), list, group, similar})
	b.must(err)
	for _, canary := range []string{author.Account, author.Name, org.ID, org.Name, region.ID, region.Name, "11:17", ":17:41"} {
		if strings.Contains(string(received), canary) {
			t.Errorf("a colleague receives %q", canary)
		}
	}
	if b.show(chair, id).Author.Name != author.Name {
		t.Error("the chair must see the author")
	}
}

func TestClusterPointsAtUntouchedOriginals(t *testing.T) {
	b := newBench(t)
	authors := []people.Viewer{b.coordinator(1), b.coordinator(2), b.coordinator(3)}
	chair := b.chair()
	closed := clean()
	closed.Readers = signals.CoMenshaOnly
	ids := []string{b.submit(authors[0], clean()), b.submit(authors[1], clean()), b.submit(authors[2], closed)}
	_, err := b.book.MakeCluster(b.ctx, authors[0], "Tolken", ids, nil)
	b.wantKind("MakeCluster by a coordinator", err, fault.Forbidden)
	cluster, err := b.book.MakeCluster(b.ctx, chair, "Tolken", ids, nil)
	b.must(err)
	_, err = b.book.MakeCluster(b.ctx, chair, "Nog een keer", ids[:1], nil)
	b.wantKind("a contribution in two clusters", err, fault.Conflict)
	b.drain()
	for _, a := range authors {
		if n := b.unread(a); n != 1 {
			t.Errorf("%s has %d notices, want 1", a.Name, n)
		}
	}
	c, err := b.book.ClusterFor(b.ctx, chair, cluster)
	b.must(err)
	if len(c.Contributions) != 3 || len(c.Exact.Organisations) != 3 || len(c.Log) != 4 {
		t.Errorf("the chair sees %d contributions, %d organisations, %d lines of log", len(c.Contributions), len(c.Exact.Organisations), len(c.Log))
	}
	c, err = b.book.ClusterFor(b.ctx, authors[0], cluster)
	b.must(err)
	if slices.Contains(c.Contributions, ids[2]) || len(c.Contributions) != 2 || c.Support != "Collega's herkennen dit." {
		t.Errorf("a colleague sees %v, %q", c.Contributions, c.Support)
	}
	b.must(b.book.Undo(b.ctx, chair, cluster))
	b.drain()
	_, err = b.book.ClusterFor(b.ctx, chair, cluster)
	b.wantKind("ClusterFor after Undo", err, fault.NotFound)
	if got := b.show(chair, ids[0]); got.Cluster != nil || len(got.Chair.Log) != 0 {
		t.Errorf("the original keeps a trace: %+v %+v", got.Cluster, got.Chair.Log)
	}
	_, err = b.book.MakeCluster(b.ctx, chair, "Nieuw", ids, nil)
	b.must(err)
}

func TestAdvanceNeverGoesBack(t *testing.T) {
	b := newBench(t)
	author := b.coordinator(1)
	id := b.submit(author, clean())
	at := func(days int) time.Time { return monday.AddDate(0, 0, days) }
	steps := []signals.Stage{
		{Status: signals.Bundled, At: at(10), Ref: "2019-02"},
		{Status: signals.WithBody, At: at(10), Body: "het SOM"},
		{Status: signals.Bundled, At: at(10), Ref: "2019-02"},
		{Status: signals.Discussed, At: at(5)},
	}
	for _, s := range steps {
		b.must(b.book.Advance(b.ctx, []string{id, "bestaatniet"}, s))
	}
	b.now = at(53)
	view := b.show(author, id)
	if view.Label != "Ligt bij het SOM" || view.WaitDays != 43 {
		t.Errorf("status = %q, %d days", view.Label, view.WaitDays)
	}
	b.must(b.book.Advance(b.ctx, []string{id}, signals.Stage{At: at(60)}))
	if got := b.show(author, id).Label; got != "Zichtbaar voor collega's" {
		t.Errorf("status after the bundle was withdrawn = %q", got)
	}
}

// TestAMeetingTakesNothingBack holds that what lies with a body still does when
// it comes on an agenda, and when it goes off again.
func TestAMeetingTakesNothingBack(t *testing.T) {
	b := newBench(t)
	author := b.coordinator(1)
	f := clean()
	f.Readers = signals.CoMenshaOnly
	free, lies, closed := b.submit(author, clean()), b.submit(author, clean()), b.submit(author, f)
	all := []string{free, lies, closed}
	at := func(days int) time.Time { return monday.AddDate(0, 0, days) }
	want := func(when string, labels ...string) {
		t.Helper()
		for i, label := range labels {
			if got := b.show(author, all[i]).Label; got != label {
				t.Errorf("%s: contribution %d is %q, want %q", when, i+1, got, label)
			}
		}
	}
	b.must(b.book.Advance(b.ctx, []string{lies}, signals.Stage{Status: signals.WithBody, At: at(1), Body: "het SOM"}))
	b.must(b.book.Advance(b.ctx, all, signals.Stage{Status: signals.OnAgenda, At: at(2), Ref: "2019-11-25"}))
	want("on an agenda", "Op de agenda van 25 november 2019", "Ligt bij het SOM", "Ingediend")
	b.must(b.book.OffAgenda(b.ctx, all, at(3)))
	want("off it", "Zichtbaar voor collega's", "Ligt bij het SOM", "Ingediend")
}

func TestGuessedIDsAreNotFound(t *testing.T) {
	b := newBench(t)
	author := b.coordinator(1)
	f := clean()
	f.Readers = signals.CoMenshaOnly
	id := b.submit(author, f)
	for _, role := range []people.Role{people.Visitor, people.Coordinator, people.SOMMember, people.TaskForce, people.Administrator} {
		v := people.Viewer{Account: "iemand", Role: role}
		for _, guess := range []string{id, signals.NewDraftID(), "", "x"} {
			_, err := b.book.Show(b.ctx, v, guess)
			if err == nil || err.Error() != fault.NotFoundError().Error() {
				t.Errorf("%s asks %q: %v", role, guess, err)
			}
		}
	}
}

func TestSimilarFindsOtherWords(t *testing.T) {
	b := newBench(t)
	author, colleague, chair := b.coordinator(1), b.coordinator(2), b.chair()
	open := b.submit(author, clean())
	closed := clean()
	closed.Readers = signals.CoMenshaOnly
	b.submit(author, closed)
	for v, want := range map[people.Viewer]int{colleague: 1, chair: 2} {
		items, err := b.book.Similar(b.ctx, v, "", "de tolk zegt steeds op het laatste moment af")
		b.must(err)
		if len(items) != want {
			t.Errorf("%s finds %d, want %d", v.Role, len(items), want)
		}
	}
	_, err := b.book.Similar(b.ctx, colleague, "", "BSN 111222333 en een tolk")
	b.wantKind("Similar with a BSN", err, fault.Invalid)
	b.must(b.book.Withdraw(b.ctx, author, open))
	items, err := b.book.Similar(b.ctx, colleague, "", clean().Text)
	b.must(err)
	if len(items) != 0 {
		t.Errorf("finds what was withdrawn: %+v", items)
	}
}

// TestSupportCountsEachOrganisationOnce holds the count against a set, over
// random givings and takings back.
func TestSupportCountsEachOrganisationOnce(t *testing.T) {
	b := newBench(t)
	rapid.Check(t, func(r *rapid.T) {
		author := people.Viewer{Account: "a", Role: people.Coordinator, Organisation: "o0", Region: "r0"}
		id := b.submit(author, clean())
		given := map[int]bool{}
		for range rapid.IntRange(0, 12).Draw(r, "steps") {
			n := rapid.IntRange(1, 6).Draw(r, "who")
			v := people.Viewer{Account: fmt.Sprint("c", n), Role: people.Coordinator, Organisation: fmt.Sprint("o", n%4), Region: fmt.Sprint("r", n%3)}
			if rapid.Bool().Draw(r, "give") {
				b.must(b.book.Recognise(b.ctx, v, id, signals.NotApproachable))
				given[n] = true
				continue
			}
			b.must(b.book.Unrecognise(b.ctx, v, id))
			delete(given, n)
		}
		organisations, regions := map[int]bool{0: true}, map[int]bool{0: true}
		for n := range given {
			organisations[n%4], regions[n%3] = true, true
		}
		basis, err := b.book.Basis(b.ctx, []string{id, id})
		b.must(err)
		if len(basis.Organisations) != len(organisations) || len(basis.Regions) != len(regions) {
			r.Fatalf("Basis = %v, %v; want %d, %d", basis.Organisations, basis.Regions, len(organisations), len(regions))
		}
	})
}

func TestUnquotableHoldsWhatMayNotBeTakenOver(t *testing.T) {
	b := newBench(t)
	author := b.coordinator(1)
	free, kept := clean(), clean()
	free.Quote = true
	free.Text = "Een vaste tolk per regio scheelt bij ons elke week een dag wachten."
	kept.Text = "Zonder vaste tolk wachten onze mensen elke week weer een hele dag extra."
	b.submit(author, free)
	b.must(b.book.Withdraw(b.ctx, author, b.submit(author, kept)))
	runs, err := b.book.Unquotable(b.ctx)
	b.must(err)
	g := guard.New(guard.Allow{}, clock.Real)
	if got := g.CheckLeaving(free.Text, guard.Known{}, runs); len(got) != 0 {
		t.Errorf("a text that may be quoted is refused: %+v", got)
	}
	if got := g.CheckLeaving(kept.Text, guard.Known{}, runs); len(got) == 0 {
		t.Error("a withdrawn text may be taken over")
	}
}
