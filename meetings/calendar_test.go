package meetings_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"ruggespraak/internal/fault"
	"ruggespraak/internal/guard"
	"ruggespraak/meetings"
	"ruggespraak/people"
	"ruggespraak/store/storetest"
)

var (
	chair  = people.Viewer{Account: "voorzitter", Name: "Ilse Brandsma", Role: people.Chair}
	marit  = people.Viewer{Account: "marit", Name: "Marit Veldkamp", Role: people.Coordinator, Organisation: "o1", Region: "r1"}
	karim  = people.Viewer{Account: "karim", Name: "Karim de Groot", Role: people.Coordinator, Organisation: "o2", Region: "r2"}
	som    = people.Viewer{Account: "som", Name: "Sanne Bruins", Role: people.SOMMember}
	taskTF = people.Viewer{Account: "tf", Name: "Theo Fokkema", Role: people.TaskForce}
)

// fixed is 17 September 2019, the day after a meeting.
func fixed() time.Time { return time.Date(2019, 9, 17, 9, 0, 0, 0, time.UTC) }

var errNotPlaced = fault.New(fault.Invalid, "Deze inbreng is alleen voor CoMensha.")

func newCalendar(t testing.TB) *meetings.Calendar {
	t.Helper()
	c, err := meetings.NewCalendar(context.Background(), meetings.Options{
		DB: storetest.Open(t), Guard: guard.New(guard.Allow{}, fixed), Now: fixed, Real: fixed,
		Names:     func(context.Context) ([]string, error) { return []string{"Marit Veldkamp", "Karim de Groot"}, nil },
		MayRemove: func(context.Context, string, string) error { return nil },
		MayPlace: func(_ context.Context, l meetings.Link) error {
			if l.ID == "besloten" {
				return errNotPlaced
			}
			return nil
		},
		Leaving: func(_ context.Context, form *fault.Form, texts map[string]string) error {
			for field, text := range texts {
				form.Require(text != "Verslag uit Hengelo", field, "Regel 1 noemt een plaats.")
			}
			return nil
		},
		Wake: func() {},
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func details() meetings.Details {
	return meetings.Details{Kind: meetings.National, Title: "Landelijk zorgcoördinatorenoverleg", Date: "2019-11-25",
		Start: "10:00", End: "15:00", Place: "Utrecht", Room: "https://teams.example/overleg"}
}

func mustCreate(t testing.TB, c *meetings.Calendar, d meetings.Details) string {
	t.Helper()
	m, err := c.Create(context.Background(), chair, d)
	if err != nil {
		t.Fatalf("Create(%+v) = %v", d, err)
	}
	return m.ID
}

func mustAdd(t testing.TB, c *meetings.Calendar, id string, p meetings.Point) string {
	t.Helper()
	item, err := c.AddItem(context.Background(), chair, id, p)
	if err != nil {
		t.Fatalf("AddItem(%+v) = %v", p, err)
	}
	return item
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestWallTimeBecomesAnInstantOnBothSidesOfSummerTime(t *testing.T) {
	for _, tc := range []struct{ name, date, want string }{
		{"winter", "2019-11-25", "2019-11-25T09:00:00Z"},
		{"summer", "2019-09-16", "2019-09-16T08:00:00Z"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c, d := newCalendar(t), details()
			d.Date = tc.date
			m, err := c.Show(context.Background(), chair, mustCreate(t, c, d))
			must(t, err)
			if got := m.Begins.Format(time.RFC3339); got != tc.want {
				t.Errorf("begins at %s, want %s", got, tc.want)
			}
		})
	}
}

func TestCreateSaysWhatIsWrongAtTheField(t *testing.T) {
	for _, tc := range []struct {
		name   string
		change func(*meetings.Details)
		field  string
	}{
		{"no title", func(d *meetings.Details) { d.Title = "" }, "titel"},
		{"no date", func(d *meetings.Details) { d.Date = "morgen" }, "datum"},
		{"ends before it begins", func(d *meetings.Details) { d.End = "09:00" }, "eind"},
		{"link is no address", func(d *meetings.Details) { d.Room = "javascript:alert(1)" }, "link"},
		{"kind unknown", func(d *meetings.Details) { d.Kind = "borrel" }, "soort"},
		{"phone number in the place", func(d *meetings.Details) { d.Place = "Bel 06-12345678" }, "plaats"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := details()
			tc.change(&d)
			_, err := newCalendar(t).Create(context.Background(), chair, d)
			fields := fault.Fields(err)
			if !fault.Is(err, fault.Invalid) || len(fields) != 1 || fields[0].Name != tc.field {
				t.Errorf("Create(%+v) = %v, want one fault at %s", d, err, tc.field)
			}
		})
	}
}

func TestNobodyButTheChairKnowsOfADraft(t *testing.T) {
	c := newCalendar(t)
	id := mustCreate(t, c, details())
	for _, v := range []people.Viewer{marit, som, taskTF, {}} {
		if _, err := c.Show(context.Background(), v, id); !fault.Is(err, fault.NotFound) {
			t.Errorf("Show(%s, draft) = %v, want not found", v.ActiveRole(), err)
		}
	}
	must(t, c.Convene(context.Background(), chair, id))
	seen, err := c.Show(context.Background(), marit, id)
	must(t, err)
	if seen.Place != "Utrecht" || seen.MayChange {
		t.Errorf("a coordinator sees place %q, may change %v; want Utrecht, false", seen.Place, seen.MayChange)
	}
	if _, err := c.Show(context.Background(), som, id); !fault.Is(err, fault.NotFound) {
		t.Errorf("Show(SOM member, meeting of the network) = %v, want not found", err)
	}
}

func TestOnlyPickedCoordinatorsTakePart(t *testing.T) {
	c, d := newCalendar(t), details()
	d.Kind, d.Picked = meetings.Working, []string{marit.Account}
	id := mustCreate(t, c, d)
	must(t, c.Convene(context.Background(), chair, id))
	if _, err := c.Show(context.Background(), marit, id); err != nil {
		t.Errorf("Show(picked) = %v, want nil", err)
	}
	if _, err := c.Show(context.Background(), karim, id); !fault.Is(err, fault.NotFound) {
		t.Errorf("Show(not picked) = %v, want not found", err)
	}
	list, _, err := c.List(context.Background(), karim, "")
	must(t, err)
	if len(list) != 0 {
		t.Errorf("List(not picked) = %v, want none", list)
	}
}

func TestMeetingOfABodyShowsDateAndSubjectsOnly(t *testing.T) {
	c, d := newCalendar(t), details()
	d.Kind = meetings.TaskForce
	m, err := c.Create(context.Background(), taskTF, d)
	must(t, err)
	mustAdd(t, c, m.ID, meetings.Point{Title: "Opvang", Presenter: "Marit Veldkamp"})
	seen, err := c.Show(context.Background(), som, m.ID)
	must(t, err)
	if seen.Place != "" || seen.Room != "" || seen.By != "" || len(seen.Items) != 1 || seen.Items[0].Presenter != "" {
		t.Errorf("a SOM member sees %+v, want date and titles only", seen.Meeting)
	}
	if _, err := c.Create(context.Background(), taskTF, details()); err == nil {
		t.Error("the secretariat convened a meeting of the network")
	}
}

func TestMinutesAreForMembersOnceTheMeetingIsClosed(t *testing.T) {
	c := newCalendar(t)
	id := mustCreate(t, c, details())
	item := mustAdd(t, c, id, meetings.Point{Title: "Knelpunten"})
	must(t, c.Convene(context.Background(), chair, id))
	must(t, c.WriteMinutes(context.Background(), chair, id, item, meetings.Notes{Text: "Marit Veldkamp vertelt over **opvang**."}))
	must(t, c.AddOutcome(context.Background(), chair, id, item, meetings.Result{Kind: meetings.Decision, Text: "Naar het SOM."}))
	seen, err := c.Show(context.Background(), marit, id)
	must(t, err)
	if i := seen.Items[0]; i.Notes != "" || i.HTML != "" || len(i.Outcomes) != 0 {
		t.Errorf("before closing a coordinator reads %+v, want nothing", i)
	}
	must(t, c.Close(context.Background(), chair, id))
	seen, err = c.Show(context.Background(), marit, id)
	must(t, err)
	if i := seen.Items[0]; i.HTML == "" || len(i.Outcomes) != 1 {
		t.Errorf("after closing a coordinator reads %+v, want minutes and an outcome", i)
	}
}

// What was made from a message that waits for the chair is for the chair alone,
// and of what is told of the message the newest is true.
func TestWhatWasMadeIsHiddenWithItsMessage(t *testing.T) {
	c, ctx := newCalendar(t), context.Background()
	id := mustCreate(t, c, details())
	item := mustAdd(t, c, id, meetings.Point{Title: "Opvang"})
	steps := []error{c.Convene(ctx, chair, id),
		c.AddOutcome(ctx, chair, id, item, meetings.Result{Kind: meetings.Action, Text: "Uit een reactie.", Origin: "item:m/i/00000001"}),
		c.AddOutcome(ctx, chair, id, item, meetings.Result{Kind: meetings.Information, Text: "Hier geschreven."}),
		c.Close(ctx, chair, id)}
	if err := errors.Join(steps...); err != nil {
		t.Fatal(err)
	}
	reads := func(v people.Viewer) int {
		m, err := c.Show(ctx, v, id)
		found, otherErr := c.Findable(ctx, v, []string{id})
		if err := errors.Join(err, otherErr); err != nil {
			t.Fatal(err)
		}
		if n := len(found[0].Items[0].Outcomes); n != len(m.Items[0].Outcomes) {
			t.Errorf("%d outcomes are found, and %d shown", n, len(m.Items[0].Outcomes))
		}
		return len(m.Items[0].Outcomes)
	}
	for _, step := range []struct {
		rev    int
		hidden bool
		want   int
	}{{2, true, 1}, {1, false, 1}, {4, false, 2}, {3, true, 2}} {
		if err := c.HideMade(ctx, "item:m/i/00000001", step.rev, step.hidden); err != nil {
			t.Fatal(err)
		}
		if got := reads(karim); got != step.want {
			t.Errorf("after %+v a member reads %d outcomes", step, got)
		}
		if got := reads(chair); got != 2 {
			t.Errorf("after %+v the chair reads %d outcomes, want 2", step, got)
		}
	}
}

func TestSecondWriterGetsBothTexts(t *testing.T) {
	c := newCalendar(t)
	id := mustCreate(t, c, details())
	item := mustAdd(t, c, id, meetings.Point{Title: "Knelpunten"})
	must(t, c.Convene(context.Background(), chair, id))
	must(t, c.WriteMinutes(context.Background(), chair, id, item, meetings.Notes{Text: "Eerste tekst."}))
	err := c.WriteMinutes(context.Background(), chair, id, item, meetings.Notes{Text: "Tweede tekst."})
	var other *meetings.Overtaken
	if !errors.As(err, &other) || other.Text != "Eerste tekst." || other.Rev != 1 {
		t.Fatalf("WriteMinutes(from an old version) = %v, want the other text and its version", err)
	}
	must(t, c.WriteMinutes(context.Background(), chair, id, item, meetings.Notes{Text: "Samen.", Rev: other.Rev}))
}

func TestAConfirmedQuestionIsKeptAtOnceAndMarked(t *testing.T) {
	c := newCalendar(t)
	id := mustCreate(t, c, details())
	item := mustAdd(t, c, id, meetings.Point{Title: "Knelpunten"})
	must(t, c.Convene(context.Background(), chair, id))
	asks := meetings.Notes{Text: "Mevrouw Jansen-Pieters vertelt over haar werk."}
	err := c.WriteMinutes(context.Background(), chair, id, item, asks)
	if fields := fault.Fields(err); len(fields) != 1 || fields[0].Guard != fault.GuardAsks {
		t.Fatalf("WriteMinutes(a name) = %v, want a question", err)
	}
	asks.Reasons = meetings.Reasons{"verslag": "collega"}
	must(t, c.WriteMinutes(context.Background(), chair, id, item, asks))
	seen, err := c.Show(context.Background(), chair, id)
	must(t, err)
	if got := seen.Items[0].Asked; len(got) == 0 || got[0].Reason != "collega" {
		t.Errorf("the chair sees %+v, want a mark with the reason", got)
	}
}

func TestWhatIsForCoMenshaOnlyGoesOnNoAgenda(t *testing.T) {
	c := newCalendar(t)
	id := mustCreate(t, c, details())
	item := mustAdd(t, c, id, meetings.Point{Title: "Knelpunten"})
	err := c.Place(context.Background(), chair, id, item, meetings.Link{Kind: meetings.LinkSignal, ID: "besloten"})
	if !errors.Is(err, errNotPlaced) {
		t.Errorf("Place(for CoMensha only) = %v, want %v", err, errNotPlaced)
	}
}

func TestLinkedIsSeenFromTheOtherSide(t *testing.T) {
	c := newCalendar(t)
	id := mustCreate(t, c, details())
	item := mustAdd(t, c, id, meetings.Point{Title: "Knelpunten"})
	link := meetings.Link{Kind: meetings.LinkSignal, ID: "inbreng1"}
	must(t, c.Place(context.Background(), chair, id, item, link))
	must(t, c.Place(context.Background(), chair, id, item, link))
	if got, err := c.Linked(context.Background(), marit, []string{"inbreng1"}); err != nil || len(got) != 0 {
		t.Errorf("Linked(coordinator, draft) = %v, %v; want nothing", got, err)
	}
	must(t, c.Convene(context.Background(), chair, id))
	got, err := c.Linked(context.Background(), marit, []string{"inbreng1"})
	must(t, err)
	if len(got) != 1 || got[0].Item != item || got[0].Discussed() {
		t.Errorf("Linked = %+v, want one placement that is not discussed", got)
	}
	must(t, c.Take(context.Background(), chair, id, item, link))
	if got, err := c.Linked(context.Background(), marit, []string{"inbreng1"}); err != nil || len(got) != 0 {
		t.Errorf("Linked after Take = %v, %v; want nothing", got, err)
	}
}

func TestItemsOfASectionStandTogether(t *testing.T) {
	c := newCalendar(t)
	id := mustCreate(t, c, details())
	mustAdd(t, c, id, meetings.Point{Section: "Opening", Title: "Welkom", Minutes: 10})
	mustAdd(t, c, id, meetings.Point{Section: "Knelpunten", Title: "Opvang", Minutes: 40})
	mustAdd(t, c, id, meetings.Point{Section: "Opening", Title: "Wie is nieuw", Minutes: 5})
	m, err := c.Show(context.Background(), chair, id)
	must(t, err)
	var got []string
	for _, i := range m.Items {
		got = append(got, i.Title)
	}
	if len(got) != 3 || got[1] != "Wie is nieuw" || m.Planned() != 55 || m.Slot() != 300 {
		t.Errorf("agenda %v, %d of %d minutes; want the second of Opening in second place, 55 of 300", got, m.Planned(), m.Slot())
	}
}

func TestEveryoneWhoAddsAnItemFindsItOnTheAgenda(t *testing.T) {
	c := newCalendar(t)
	id := mustCreate(t, c, details())
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			if _, err := c.AddItem(context.Background(), chair, id, meetings.Point{Title: "Punt"}); err != nil {
				t.Errorf("AddItem = %v", err)
			}
		})
	}
	wg.Wait()
	m, err := c.Show(context.Background(), chair, id)
	must(t, err)
	if len(m.Items) != 20 {
		t.Errorf("%d items, want 20", len(m.Items))
	}
}

func TestAProposalIsPutOnAnAgendaOnce(t *testing.T) {
	c := newCalendar(t)
	id := mustCreate(t, c, details())
	must(t, c.Propose(context.Background(), "lijn1", "Opvang voor mannen", "/bundels/2019-01/1"))
	must(t, c.Propose(context.Background(), "lijn1", "Opvang voor mannen", "/bundels/2019-01/1"))
	open, err := c.Proposals(context.Background(), chair)
	must(t, err)
	if len(open) != 1 {
		t.Fatalf("%d proposals, want 1", len(open))
	}
	must(t, c.Accept(context.Background(), chair, open[0].ID, id))
	if err := c.Accept(context.Background(), chair, open[0].ID, id); !fault.Is(err, fault.NotFound) {
		t.Errorf("Accept twice = %v, want not found", err)
	}
	if _, err := c.Proposals(context.Background(), marit); err == nil {
		t.Error("a coordinator may list proposals")
	}
}

func TestStatesFollowEachOther(t *testing.T) {
	c := newCalendar(t)
	id := mustCreate(t, c, details())
	ctx := context.Background()
	if err := c.Close(ctx, chair, id); !fault.Is(err, fault.Conflict) {
		t.Errorf("Close(draft) = %v, want conflict", err)
	}
	must(t, c.Convene(ctx, chair, id))
	must(t, c.BackToDraft(ctx, chair, id))
	must(t, c.Convene(ctx, chair, id))
	must(t, c.Begin(ctx, chair, id))
	if err := c.BackToDraft(ctx, chair, id); !fault.Is(err, fault.Conflict) {
		t.Errorf("BackToDraft(live) = %v, want conflict", err)
	}
	if err := c.Begin(ctx, marit, id); !fault.Is(err, fault.Forbidden) {
		t.Errorf("Begin(coordinator) = %v, want forbidden", err)
	}
	must(t, c.Close(ctx, chair, id))
	if _, err := c.AddItem(ctx, chair, id, meetings.Point{Title: "Te laat"}); !fault.Is(err, fault.Conflict) {
		t.Errorf("AddItem(closed) = %v, want conflict", err)
	}
}

func TestOneItemMayBeAboutSeveralThings(t *testing.T) {
	c := newCalendar(t)
	id := mustCreate(t, c, details())
	item := mustAdd(t, c, id, meetings.Point{Title: "Knelpunten"})
	for _, about := range []string{"inbreng1", "inbreng2", "inbreng3"} {
		must(t, c.Place(context.Background(), chair, id, item, meetings.Link{Kind: meetings.LinkSignal, ID: about}))
	}
	got, err := c.Linked(context.Background(), chair, []string{"inbreng1", "inbreng3"})
	must(t, err)
	if len(got) != 2 {
		t.Errorf("Linked = %+v, want one placement of each", got)
	}
}

func TestTheSecretariatEntersTheSubjectsOfItsOwnMeetingsOnly(t *testing.T) {
	c, d := newCalendar(t), details()
	d.Kind = meetings.SOM
	theirs := mustCreate(t, c, d)
	d.Kind = meetings.TaskForce
	own, err := c.Create(context.Background(), taskTF, d)
	must(t, err)
	if _, err := c.AddItem(context.Background(), taskTF, own.ID, meetings.Point{Title: "Opvang"}); err != nil {
		t.Errorf("AddItem(own meeting) = %v, want nil", err)
	}
	if _, err := c.AddItem(context.Background(), taskTF, theirs, meetings.Point{Title: "Opvang"}); !fault.Is(err, fault.Forbidden) {
		t.Errorf("AddItem(meeting of the SOM) = %v, want forbidden", err)
	}
}

// A meeting whose day has passed is no next meeting any more, closed or not;
// who can close it is reminded.
func TestAMeetingThatNobodyClosedHasBeen(t *testing.T) {
	c := newCalendar(t)
	d := details()
	d.Title, d.Date = "Vergeten overleg", "2019-09-16"
	forgotten := mustCreate(t, c, d)
	must(t, c.Convene(context.Background(), chair, forgotten))
	d.Title, d.Date = "Overleg van vandaag", "2019-09-17"
	today := mustCreate(t, c, d)
	must(t, c.Convene(context.Background(), chair, today))

	next, err := c.Next(context.Background(), marit)
	must(t, err)
	if next == nil || next.ID != today {
		t.Errorf("Next() = %+v, want the one of today", next)
	}
	open, err := c.ToClose(context.Background(), chair)
	must(t, err)
	if len(open) != 1 || open[0].ID != forgotten || !open[0].Over(fixed()) {
		t.Errorf("ToClose(chair) = %+v, want the one of yesterday", open)
	}
	if open, err := c.ToClose(context.Background(), marit); err != nil || open != nil {
		t.Errorf("ToClose(coordinator) = %+v, %v, want nothing", open, err)
	}
	must(t, c.Begin(context.Background(), chair, forgotten))
	if open, err := c.ToClose(context.Background(), chair); err != nil || len(open) != 1 {
		t.Errorf("ToClose(one that was begun) = %+v, %v, want it all the same", open, err)
	}
	must(t, c.Close(context.Background(), chair, forgotten))
	if open, err := c.ToClose(context.Background(), chair); err != nil || open != nil {
		t.Errorf("ToClose after closing = %+v, %v, want nothing", open, err)
	}
}
