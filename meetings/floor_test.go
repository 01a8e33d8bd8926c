package meetings_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"ruggespraak/internal/fault"
	"ruggespraak/internal/guard"
	"ruggespraak/meetings"
	"ruggespraak/people"
	"ruggespraak/store"
	"ruggespraak/store/storetest"
)

// hall is a running meeting of two items of 20 minutes, the second of which the
// SOM member is invited to.
type hall struct {
	testing.TB
	ctx      context.Context
	db       store.DB
	now      time.Time
	calendar *meetings.Calendar
	floor    *meetings.Floor
	id       string
	first    string
	second   string
	told     []int
	mu       sync.Mutex
}

var names = map[string]string{"marit": "Marit Veldkamp", "karim": "Karim de Groot", "som": "Sanne Bruins", "voorzitter": "Ilse Brandsma"}

func newHall(t testing.TB) *hall {
	h := &hall{TB: t, ctx: context.Background(), db: storetest.Open(t), now: time.Date(2019, 11, 25, 9, 0, 0, 0, time.UTC)}
	clock := func() time.Time { return h.now }
	var err error
	h.calendar, err = meetings.NewCalendar(h.ctx, meetings.Options{DB: h.db, Guard: guard.New(guard.Allow{}, clock), Now: clock, Real: clock, Wake: func() {},
		Names:     func(context.Context) ([]string, error) { return []string{"Marit Veldkamp", "Karim de Groot"}, nil },
		MayPlace:  func(context.Context, meetings.Link) error { return nil },
		MayInvite: func(context.Context, string) error { return nil },
		Leaving:   func(context.Context, *fault.Form, map[string]string) error { return nil }})
	must(t, err)
	h.floor, err = meetings.NewFloor(h.ctx, meetings.FloorOptions{DB: h.db, Calendar: h.calendar,
		Names: func(_ context.Context, ids []string) (map[string]string, error) { return names, nil },
		Announce: func(_ string, n int) {
			h.mu.Lock()
			defer h.mu.Unlock()
			h.told = append(h.told, n)
		}})
	must(t, err)
	h.id = mustCreate(t, h.calendar, details())
	h.first = mustAdd(t, h.calendar, h.id, meetings.Point{Title: "Opening", Minutes: 20})
	h.second = mustAdd(t, h.calendar, h.id, meetings.Point{Title: "Opvang", Minutes: 20})
	must(t, h.calendar.Convene(h.ctx, chair, h.id))
	must(t, h.calendar.Invite(h.ctx, chair, h.id, h.second, []string{"som"}))
	must(t, h.calendar.Begin(h.ctx, chair, h.id))
	return h
}

func (h *hall) show(v people.Viewer) *meetings.Running {
	h.Helper()
	r, err := h.floor.Show(h.ctx, v, h.id)
	if err != nil {
		h.Fatalf("Show for %s = %v", v.Name, err)
	}
	return r
}

func (h *hall) wantKind(what string, err error, kind fault.Kind) {
	h.Helper()
	if !fault.Is(err, kind) {
		h.Errorf("%s = %v, want kind %v", what, err, kind)
	}
}

// waiting are the names of who waits, as the viewer sees them.
func (h *hall) waiting(v people.Viewer) []string {
	h.Helper()
	var all []string
	for _, s := range h.show(v).Waiting {
		all = append(all, s.Name)
	}
	return all
}

func TestTwiceIsOnceAndEveryChangeHasTheNextNumber(t *testing.T) {
	h := newHall(t)
	acts := []struct {
		name string
		do   func() error
	}{
		{"move", func() error { return h.floor.MoveTo(h.ctx, chair, h.id, h.first) }},
		{"stop", func() error { return h.floor.StopTimer(h.ctx, chair, h.id, h.first) }},
		{"start", func() error { return h.floor.StartTimer(h.ctx, chair, h.id, h.first) }},
		{"open", func() error { return h.floor.OpenItem(h.ctx, chair, h.id, h.second) }},
		{"raise", func() error { return h.floor.Raise(h.ctx, marit, h.id, meetings.ToSpeak) }},
		{"lower", func() error { return h.floor.Lower(h.ctx, marit, h.id, meetings.ToSpeak) }},
		{"close", func() error { return h.floor.CloseItem(h.ctx, chair, h.id, h.first) }},
	}
	for i, act := range acts {
		must(t, act.do())
		must(t, act.do())
		if n, err := h.floor.Last(h.ctx, h.id); n != i+1 || err != nil {
			t.Fatalf("after %s twice Last = %d, %v; want %d", act.name, n, err, i+1)
		}
	}
	if got := slices.Compact(h.told); !slices.Equal(got, []int{1, 2, 3, 4, 5, 6, 7}) {
		t.Errorf("announced %v, want 1 to 7", got)
	}
}

func TestTheTimerOfAnItemStopsWhenTheMeetingMovesOn(t *testing.T) {
	h := newHall(t)
	must(t, h.floor.MoveTo(h.ctx, chair, h.id, h.first))
	h.now = h.now.Add(7 * time.Minute)
	must(t, h.floor.MoveTo(h.ctx, chair, h.id, h.second))
	h.now = h.now.Add(2 * time.Minute)
	r := h.show(marit)
	if r.Items[0].Ran != 7*time.Minute || r.Items[0].Ticking || r.Item.ID != h.second || r.Item.Ran != 2*time.Minute || !r.Item.Ticking {
		t.Errorf("items are %+v, want 7 minutes standing still and 2 minutes running", r.Items)
	}
}

func TestSpeakers(t *testing.T) {
	h := newHall(t)
	h.wantKind("Raise before an item is at hand", h.floor.Raise(h.ctx, marit, h.id, meetings.ToSpeak), fault.Conflict)
	must(t, h.floor.MoveTo(h.ctx, chair, h.id, h.second))
	for _, v := range []people.Viewer{marit, som, karim} {
		must(t, h.floor.Raise(h.ctx, v, h.id, meetings.ToSpeak))
	}
	if got := h.waiting(karim); !slices.Equal(got, []string{"Marit Veldkamp", "SOM-lid", "Karim de Groot"}) {
		t.Errorf("members see %v waiting; want the order of hands, and who is from outside as a role", got)
	}
	if got := h.waiting(chair)[1]; got != "Sanne Bruins" {
		t.Errorf("the chair sees %q, want the name", got)
	}
	h.wantKind("Call by a coordinator", h.floor.Call(h.ctx, marit, h.id, h.show(chair).Waiting[0].Turn), fault.Forbidden)
	turn := h.show(chair).Waiting[0].Turn
	must(t, h.floor.Call(h.ctx, chair, h.id, turn))
	h.now = h.now.Add(90 * time.Second)
	if r := h.show(marit); !r.Speaking.Own || r.MayRaise != nil {
		t.Errorf("who speaks sees %+v, and may raise a hand: %v", r.Speaking, r.MayRaise)
	}
	must(t, h.floor.Finish(h.ctx, chair, h.id, turn))
	must(t, h.floor.Finish(h.ctx, chair, h.id, turn))
	must(t, h.floor.Raise(h.ctx, marit, h.id, meetings.ToSpeak))
	r := h.show(karim)
	if last := r.Waiting[2]; last.Spoke != 90*time.Second || last.First || !r.Waiting[1].First {
		t.Errorf("waiting are %+v, want Karim for the first time and Marit after 90 seconds", r.Waiting)
	}
	if r.Waiting[0].Turn != "" {
		t.Error("a member got the id of a turn, which is for the chair's acts")
	}
}

// A point of order goes before the list, holds up who speaks, and is no word
// about the item.
func TestAPointOfOrderGoesBeforeTheList(t *testing.T) {
	h := newHall(t)
	nadia, joost := people.Viewer{Account: "nadia", Role: people.Coordinator}, people.Viewer{Account: "joost", Role: people.Coordinator}
	must(t, h.floor.MoveTo(h.ctx, chair, h.id, h.second))
	for _, v := range []people.Viewer{marit, som, karim} {
		must(t, h.floor.Raise(h.ctx, v, h.id, meetings.ToSpeak))
	}
	must(t, h.floor.Call(h.ctx, chair, h.id, h.show(chair).Waiting[0].Turn))
	first := h.show(chair).Speaking.Turn
	h.now = h.now.Add(40 * time.Second)
	for _, v := range []people.Viewer{karim, joost, nadia, nadia} {
		must(t, h.floor.Raise(h.ctx, v, h.id, meetings.OfOrder))
	}
	must(t, h.floor.Lower(h.ctx, joost, h.id, meetings.OfOrder))
	h.wantKind("a point of order of who is invited", h.floor.Raise(h.ctx, som, h.id, meetings.OfOrder), fault.Forbidden)
	h.wantTurns("karim orde", "nadia orde", "som", "karim")

	must(t, h.floor.Call(h.ctx, chair, h.id, h.show(chair).Waiting[0].Turn))
	h.wantTurns("nadia orde", "marit", "som", "karim")
	must(t, h.floor.Finish(h.ctx, chair, h.id, first)) // late: that turn is over
	h.now = h.now.Add(time.Minute)
	must(t, h.floor.Call(h.ctx, chair, h.id, h.show(chair).Waiting[0].Turn))
	h.wantTurns("marit", "som", "karim")
	r := h.show(marit)
	if marit, karim := r.Waiting[0], r.Waiting[2]; marit.Spoke != 40*time.Second || !marit.Own || !karim.First || r.Speaking.Hand != meetings.OfOrder {
		t.Errorf("after a point of order %+v spoke and %+v did not; %+v speaks", marit, karim, r.Speaking)
	}
}

// wantTurns fails unless these accounts wait, in this order.
func (h *hall) wantTurns(want ...string) {
	h.Helper()
	doc, err := h.db.Get(h.ctx, "leiding", h.id)
	must(h, err)
	var kept struct {
		Waiting []struct{ Account, Hand string }
	}
	must(h, json.Unmarshal(doc.Body, &kept))
	var got []string
	for _, t := range kept.Waiting {
		got = append(got, strings.TrimSpace(t.Account+" "+t.Hand))
	}
	if !slices.Equal(got, want) {
		h.Errorf("waiting are %q, want %q", got, want)
	}
}

// Calling by two chairs at once calls one after the other, and loses nobody.
func TestChairsLeadAtOnce(t *testing.T) {
	h := newHall(t)
	must(t, h.floor.MoveTo(h.ctx, chair, h.id, h.first))
	var all sync.WaitGroup
	for i := range 12 {
		all.Go(func() {
			v := people.Viewer{Account: fmt.Sprint("c", i), Role: people.Coordinator}
			if err := h.floor.Raise(h.ctx, v, h.id, meetings.ToSpeak); err != nil {
				t.Errorf("Raise = %v", err)
			}
		})
	}
	all.Wait()
	stand := people.Viewer{Account: "tweede", Role: people.Chair}
	for _, s := range h.show(chair).Waiting {
		for _, v := range []people.Viewer{chair, stand} {
			all.Go(func() {
				if err := h.floor.Call(h.ctx, v, h.id, s.Turn); err != nil {
					t.Errorf("Call = %v", err)
				}
			})
		}
	}
	all.Wait()
	r := h.show(chair)
	n, err := h.floor.Last(h.ctx, h.id)
	if len(r.Waiting) != 0 || r.Speaking == nil || n != 1+12+12 || err != nil {
		t.Errorf("%d wait, %+v speaks, number %d, %v; want none, one, 25", len(r.Waiting), r.Speaking, n, err)
	}
}

func (h *hall) poll(p meetings.PollForm) string {
	h.Helper()
	must(h, h.floor.Poll(h.ctx, chair, h.id, p))
	return h.show(chair).Polls[0].ID
}

var asking = meetings.PollForm{Question: "Moet dit in de bundel?", Options: []string{"Ja", "Nee"}, Key: "1"}

func TestAPollCountsEachAccountOnceAndKeepsNobody(t *testing.T) {
	h := newHall(t)
	h.wantKind("Poll without an item", h.floor.Poll(h.ctx, chair, h.id, asking), fault.Invalid)
	must(t, h.floor.MoveTo(h.ctx, chair, h.id, h.second))
	id := h.poll(asking)
	must(t, h.floor.Poll(h.ctx, chair, h.id, asking)) // the same key
	other := asking
	other.Key = "2"
	h.wantKind("a second poll", h.floor.Poll(h.ctx, chair, h.id, other), fault.Invalid)
	for name, choices := range map[string][]int{"nothing": nil, "two": {0, 1}, "what is not there": {2}, "less than nothing": {-1}} {
		h.wantKind("Vote for "+name, h.floor.Vote(h.ctx, marit, h.id, id, choices), fault.Invalid)
	}
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() {
			v := people.Viewer{Account: fmt.Sprint("stemmer", i/2), Role: people.Coordinator} // each twice
			if err := h.floor.Vote(h.ctx, v, h.id, id, []int{0}); err != nil && !fault.Is(err, fault.Conflict) {
				t.Errorf("Vote = %v", err)
			}
		})
	}
	all.Wait()
	must(t, h.floor.Vote(h.ctx, som, h.id, id, []int{1}))
	if p := h.show(marit).Polls[0]; p.Votes != 11 || p.Tally != nil || !p.Open {
		t.Errorf("while it is open members see %+v, want 11 votes and no result", p)
	}
	must(t, h.floor.ClosePoll(h.ctx, chair, h.id, id))
	must(t, h.floor.ClosePoll(h.ctx, chair, h.id, id))
	if p := h.show(marit).Polls[0]; !slices.Equal(p.Tally, []int{10, 1}) {
		t.Errorf("result = %+v, want 10 and 1", p)
	}
	h.wantKind("Vote when it is closed", h.floor.Vote(h.ctx, karim, h.id, id, []int{0}), fault.Conflict)
	if polls := h.show(som).Polls; len(polls) != 0 {
		t.Errorf("the SOM sees %+v of a closed poll, want nothing", polls)
	}
	doc, err := h.db.Get(h.ctx, "leiding", h.id)
	must(t, err)
	if strings.Contains(string(doc.Body), "stemmer") {
		t.Error("the count of votes stands beside who voted")
	}
	if _, err := h.db.Get(h.ctx, "peiling_gestemd", id); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("who voted is kept after the poll closed: %v", err)
	}
}

// forgetful writes how meetings are led, and does not say so.
type forgetful struct{ store.DB }

func (f forgetful) Replace(ctx context.Context, kind string, d store.Doc) error {
	if err := f.DB.Replace(ctx, kind, d); err != nil || kind != "leiding" {
		return err
	}
	return errors.New("the connection was reset")
}

func TestAVoteThatMayBeCountedIsNotCountedAgain(t *testing.T) {
	h := newHall(t)
	must(t, h.floor.MoveTo(h.ctx, chair, h.id, h.second))
	id := h.poll(asking)
	floor, err := meetings.NewFloor(h.ctx, meetings.FloorOptions{DB: forgetful{h.db}, Calendar: h.calendar})
	must(t, err)
	if err := floor.Vote(h.ctx, marit, h.id, id, []int{0}); err == nil {
		t.Error("Vote = nil, want what the store said")
	}
	h.wantKind("Vote again", h.floor.Vote(h.ctx, marit, h.id, id, []int{0}), fault.Conflict)
	if p := h.show(karim).Polls[0]; p.Votes != 1 {
		t.Errorf("there are %d votes, want 1", p.Votes)
	}
}

func TestAResultIsShownFromThreeVotes(t *testing.T) {
	for _, tc := range []struct {
		votes int
		want  []int
	}{{2, nil}, {3, []int{3, 0}}} {
		t.Run(fmt.Sprint(tc.votes), func(t *testing.T) {
			h := newHall(t)
			must(t, h.floor.MoveTo(h.ctx, chair, h.id, h.first))
			id := h.poll(asking)
			for i := range tc.votes {
				must(t, h.floor.Vote(h.ctx, people.Viewer{Account: fmt.Sprint(i), Role: people.Coordinator}, h.id, id, []int{0}))
			}
			must(t, h.floor.ClosePoll(h.ctx, chair, h.id, id))
			for _, v := range []people.Viewer{marit, chair} {
				if got := h.show(v).Polls[0].Tally; !slices.Equal(got, tc.want) {
					t.Errorf("%s sees %v, want %v", v.Name, got, tc.want)
				}
			}
		})
	}
}

// Nobody can see or close a poll of an item that the meeting has left.
func TestAPollEndsWithItsItem(t *testing.T) {
	for name, leave := range map[string]func(h *hall) error{
		"moving on": func(h *hall) error { return h.floor.MoveTo(h.ctx, chair, h.id, h.second) },
		"closing":   func(h *hall) error { return h.floor.CloseItem(h.ctx, chair, h.id, h.first) },
	} {
		t.Run(name, func(t *testing.T) {
			h := newHall(t)
			must(t, h.floor.MoveTo(h.ctx, chair, h.id, h.first))
			id := h.poll(asking)
			for i := range 3 {
				must(t, h.floor.Vote(h.ctx, people.Viewer{Account: fmt.Sprint(i), Role: people.Coordinator}, h.id, id, []int{0}))
			}
			must(t, leave(h))
			h.wantKind("Vote", h.floor.Vote(h.ctx, marit, h.id, id, []int{0}), fault.Conflict)
			if _, err := h.db.Get(h.ctx, "peiling_gestemd", id); !errors.Is(err, store.ErrNotFound) {
				t.Errorf("who voted is kept: %v", err)
			}
			if kept, err := h.floor.Results(h.ctx, marit, h.id); err != nil || !slices.Equal(kept[h.first][0].Tally, []int{3, 0}) {
				t.Errorf("Results = %+v, %v, want 3 votes with the item", kept, err)
			}
			must(t, h.floor.MoveTo(h.ctx, chair, h.id, h.second))
			next := asking
			next.Key = "2"
			h.poll(next)
		})
	}
}

func TestTheGuardStandsBeforeAPoll(t *testing.T) {
	h := newHall(t)
	must(t, h.floor.MoveTo(h.ctx, chair, h.id, h.second)) // somebody from outside reads along
	for name, p := range map[string]meetings.PollForm{
		"a number":           {Question: "Is het BSN 111222333 goed?", Options: []string{"Ja", "Nee"}},
		"a number as answer": {Question: "Welk nummer?", Options: []string{"111222333", "BSN 111222333"}},
		"one answer":         {Question: "Goed?", Options: []string{"Ja"}},
		"the same twice":     {Question: "Goed?", Options: []string{"Ja", "Ja"}},
		"a colleague's name": {Question: "Gaat mevrouw Marit Veldkamp naar de Task Force?", Options: []string{"Ja", "Nee"}},
	} {
		p.Key = name
		h.wantKind("Poll with "+name, h.floor.Poll(h.ctx, chair, h.id, p), fault.Invalid)
	}
	h.wantKind("Poll by a coordinator", h.floor.Poll(h.ctx, marit, h.id, asking), fault.Forbidden)
	h.poll(meetings.PollForm{Question: "Gaat mevrouw Marit Veldkamp naar de Task Force?", Options: []string{"Ja", "Nee"}, Key: "gezegd", Reasons: meetings.Reasons{"vraag": "collega"}})
	if got := h.show(som).Polls; len(got) != 0 {
		t.Errorf("the SOM reads %+v, which names an account", got)
	}
}

func TestWhoIsInvitedSeesOneItemWhileItIsOpenAndNoNames(t *testing.T) {
	h := newHall(t)
	must(t, h.floor.MoveTo(h.ctx, chair, h.id, h.first))
	must(t, h.floor.Raise(h.ctx, marit, h.id, meetings.ToSpeak))
	before := h.show(som)
	if before.Item.ID != h.second || len(before.Items) != 1 || before.Title != "" || before.Waiting != nil || before.MayRaise != nil {
		t.Errorf("before its turn the SOM sees %+v, want its own item alone", before)
	}
	h.wantKind("Raise at another item", h.floor.Raise(h.ctx, som, h.id, meetings.ToSpeak), fault.Conflict)
	other := h.poll(asking)
	h.wantKind("Vote at another item", h.floor.Vote(h.ctx, som, h.id, other, []int{0}), fault.NotFound)
	must(t, h.floor.ClosePoll(h.ctx, chair, h.id, other))

	must(t, h.floor.MoveTo(h.ctx, chair, h.id, h.second))
	for _, v := range []people.Viewer{marit, karim, som} {
		must(t, h.floor.Raise(h.ctx, v, h.id, meetings.ToSpeak))
	}
	must(t, h.floor.Call(h.ctx, chair, h.id, h.show(chair).Waiting[0].Turn))
	r := h.show(som)
	all := fmt.Sprintf("%+v %+v %+v", *r, *r.Item, *r.Speaking)
	for account, name := range names {
		for _, word := range append(strings.Fields(name), account) {
			if len(word) > 3 && strings.Contains(strings.ToLower(all), strings.ToLower(word)) {
				t.Errorf("a SOM member gets %q", word)
			}
		}
	}
	if !slices.Equal(r.Raised, []meetings.Hand{meetings.ToSpeak}) || r.MayRaise != nil || r.Speaking.Name != "Zorgcoördinator" || r.Waiting[0].First {
		t.Errorf("at its turn the SOM sees %+v, want roles alone and its own hand", r)
	}
	must(t, h.floor.Call(h.ctx, chair, h.id, h.show(chair).Waiting[1].Turn)) // the SOM member's
	h.now = h.now.Add(time.Minute)
	must(t, h.floor.Finish(h.ctx, chair, h.id, h.show(chair).Speaking.Turn))
	must(t, h.floor.Raise(h.ctx, som, h.id, meetings.ToSpeak))
	for _, s := range h.show(marit).Waiting[1:] {
		if s.Name == names["som"] || s.First || s.Spoke != 0 {
			t.Errorf("a member sees %+v, want a role and nothing that ties turns together", s)
		}
	}
	must(t, h.floor.CloseItem(h.ctx, chair, h.id, h.second))
	h.wantKind("Enter when the item is closed", h.floor.Enter(h.ctx, som, h.id), fault.NotFound)
	h.wantKind("Enter of who is not invited", h.floor.Enter(h.ctx, taskTF, h.id), fault.NotFound)
}

func TestTheRoomLinkOpensHalfAnHourBeforeTheItem(t *testing.T) {
	for _, tc := range []struct {
		name  string
		begin time.Time // of the meeting is 9.00 UTC, of the item 9.20
		open  bool
		want  string
	}{
		{"31 minutes before", time.Date(2019, 11, 25, 8, 49, 0, 0, time.UTC), false, ""},
		{"30 minutes before", time.Date(2019, 11, 25, 8, 50, 0, 0, time.UTC), false, "https://teams.example/overleg"},
		{"earlier, as it is open", time.Date(2019, 11, 25, 8, 0, 0, 0, time.UTC), true, "https://teams.example/overleg"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			h := newHall(t)
			h.now = tc.begin
			opened := map[bool]func() error{false: func() error { return nil }, true: func() error { return h.floor.OpenItem(h.ctx, chair, h.id, h.second) }}
			must(t, opened[tc.open]())
			if got := h.show(som).Room; got != tc.want {
				t.Errorf("room = %q, want %q", got, tc.want)
			}
		})
	}
}

func TestWhatRunsEndsWithTheMeeting(t *testing.T) {
	h := newHall(t)
	must(t, h.floor.MoveTo(h.ctx, chair, h.id, h.first))
	must(t, h.floor.Raise(h.ctx, marit, h.id, meetings.ToSpeak))
	must(t, h.floor.Call(h.ctx, chair, h.id, h.show(chair).Waiting[0].Turn))
	id := h.poll(asking)
	must(t, h.floor.Vote(h.ctx, karim, h.id, id, []int{0}))
	must(t, h.calendar.Close(h.ctx, chair, h.id))
	h.wantKind("Raise in a closed meeting", h.floor.Raise(h.ctx, karim, h.id, meetings.ToSpeak), fault.Conflict)
	must(t, h.floor.Follow(h.ctx, h.id))
	n, err := h.floor.Last(h.ctx, h.id)
	must(t, err)
	must(t, h.floor.Follow(h.ctx, h.id))
	if again, err := h.floor.Last(h.ctx, h.id); again != n || err != nil {
		t.Errorf("Follow again makes number %d of %d, %v", again, n, err)
	}
	doc, err := h.db.Get(h.ctx, "leiding", h.id)
	must(t, err)
	for _, account := range []string{"marit", "karim"} {
		if strings.Contains(string(doc.Body), account) {
			t.Errorf("how the meeting was led still names %s", account)
		}
	}
	if _, err := h.db.Get(h.ctx, "peiling_gestemd", id); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("who voted is kept after the meeting: %v", err)
	}
	kept, err := h.floor.Results(h.ctx, marit, h.id)
	if len(kept[h.first]) != 1 || err != nil {
		t.Errorf("Results = %+v, %v; want the poll with its item", kept, err)
	}
}

func TestWhoWasNotPickedSeesNothingOfAMeeting(t *testing.T) {
	h := newHall(t)
	d := details()
	d.Picked = []string{"marit"}
	id := mustCreate(t, h.calendar, d)
	must(t, h.calendar.Convene(h.ctx, chair, id))
	must(t, h.calendar.Begin(h.ctx, chair, id))
	must(t, h.floor.Enter(h.ctx, marit, id))
	h.wantKind("Enter of who was not picked", h.floor.Enter(h.ctx, karim, id), fault.NotFound)
}
