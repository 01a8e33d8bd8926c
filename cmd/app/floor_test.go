package app_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"ruggespraak/meetings"
	"ruggespraak/meetings/discussion"
	"ruggespraak/store"
)

// running is a meeting that goes on, at an item with the SOM and the Task Force.
func (f *fixture) running() (id string) {
	f.Helper()
	_, id, item := f.mixed().Parts()
	f.ok(f.app.Calendar.Begin(background, f.viewer("chair"), id))
	f.ok(f.app.Floor.MoveTo(background, f.viewer("chair"), id, item))
	f.settle()
	return id
}

// led is how the chair sees it.
func (f *fixture) led(id string) *meetings.Running {
	f.Helper()
	r, err := f.app.Floor.Show(background, f.viewer("chair"), id)
	f.ok(err)
	return r
}

// turn is the address of the turn of somebody who raises a hand.
func (f *fixture) turn(id, of string) string {
	f.Helper()
	f.ok(f.app.Floor.Raise(background, f.viewer(of), id, meetings.ToSpeak))
	waiting := f.led(id).Waiting
	return "/overleggen/" + id + "/live/beurten/" + waiting[len(waiting)-1].Turn
}

// polled is the address of a poll that is open.
func (f *fixture) polled(id string) string {
	f.Helper()
	f.ok(f.app.Floor.Poll(background, f.viewer("chair"), id, meetings.PollForm{Question: "Wat vindt u van " + f.canary("peiling") + "?",
		Options: []string{"Ja", "Nee met " + f.canary("antwoord")}, Key: store.NewID()}))
	return "/overleggen/" + id + "/live/peilingen/" + f.led(id).Polls[0].ID
}

func TestLiveFromBeginToEnd(t *testing.T) {
	t.Parallel()
	f := newFixture(newApp(t))
	id, item := f.meeting(meetings.National, meetings.Open)
	chair, one, two := f.as("chair"), f.as("c1"), f.as("c2")
	live := "/overleggen/" + id + "/live"

	one.get(live).want(t, http.StatusOK).says(t, "Dit overleg is nog niet begonnen.")
	if to := chair.post("/overleggen/"+id+"/stand", "stand", "bezig").want(t, http.StatusSeeOther).location; to != live {
		t.Errorf("beginning leads to %q, want %q", to, live)
	}
	one.get("/").says(t, "Naar het overleg").says(t, "Nu bezig").hides(t, "Volgend overleg")
	if !strings.Contains(one.get("/overleggen").body, `href="`+live+`"`) {
		t.Error("Overleggen does not lead to the meeting that goes on")
	}
	one.get("/overleggen/"+id).says(t, "Naar het overleg")
	one.get(live).says(t, "De voorzitter kiest zo het volgende.").hides(t, "Ik wil iets zeggen")
	chair.post(live+"/punten/"+item, "doe", "nu").want(t, http.StatusSeeOther)
	one.get(live).says(t, "punt 1 van 1").says(t, "nog 20 minuten").says(t, "Uw reactie").says(t, "Ik wil iets zeggen")

	if !strings.Contains(chair.get("/overleggen/"+id+"/punten/"+item+"/verslag").body, `href="`+live+`"`) {
		t.Error("the minutes of a running meeting do not lead back to it")
	}

	one.post(live+"/beurt").want(t, http.StatusSeeOther)
	one.post(live+"/beurt").want(t, http.StatusSeeOther)
	one.get(live).says(t, "1 wachtende").says(t, "Mijn beurt intrekken").says(t, "Nog niet aan het woord geweest").hides(t, "Geef het woord")
	turn := live + "/beurten/" + f.led(id).Waiting[0].Turn
	chair.get(live).says(t, who["c1"].name).says(t, "Geef het woord")
	chair.post(turn+"/geven").want(t, http.StatusSeeOther)
	one.get(live).says(t, "U hebt het woord")
	two.get(live).says(t, who["c1"].name).says(t, "spreekt nu")
	chair.post(turn+"/klaar").want(t, http.StatusSeeOther)
	chair.post(live+"/punten/"+item, "doe", "weg").want(t, http.StatusBadRequest)

	one.post(live+"/beurt").want(t, http.StatusSeeOther)
	two.post(live+"/beurt", "voor", "orde").want(t, http.StatusSeeOther)
	two.post(live+"/beurt", "voor", "iets").want(t, http.StatusBadRequest)
	two.get(live).says(t, "Mijn punt van orde intrekken").says(t, "Ik wil iets zeggen")
	if body := text(one.get(live).says(t, "2 wachtenden").body); strings.Index(body, who["c2"].name) > strings.Index(body, "Sprak ") {
		t.Errorf("a point of order does not go before the list: %s", clip(body))
	}
	chair.post(live+"/beurten/"+f.led(id).Waiting[0].Turn+"/geven").want(t, http.StatusSeeOther)
	one.get(live).says(t, "punt van orde").says(t, "1 wachtende")
	one.post(live+"/beurt/intrekken").want(t, http.StatusSeeOther)
	two.post(live+"/beurt/intrekken", "voor", "orde").want(t, http.StatusSeeOther) // late, and harmless
	chair.post(live+"/beurten/"+f.led(id).Speaking.Turn+"/klaar").want(t, http.StatusSeeOther)

	chair.post(live+"/peiling", "vraag", "Is BSN 111222333 bekend?", "antwoorden", "Ja\nNee", "sleutel", "a").want(t, http.StatusUnprocessableEntity).says(t, "Wij kunnen dit niet bewaren")
	chair.post(live+"/peiling", "vraag", "Goed zo?", "antwoorden", "Ja\nNee", "sleutel", "b").want(t, http.StatusSeeOther)
	chair.post(live+"/peiling", "vraag", "Nog een?", "antwoorden", "Ja\nNee", "sleutel", "c").want(t, http.StatusUnprocessableEntity).
		says(t, "Sluit eerst de peiling die nu open is.").says(t, "Ja Nee")
	poll := live + "/peilingen/" + f.led(id).Polls[0].ID
	one.post(poll+"/stem").want(t, http.StatusUnprocessableEntity).says(t, "Kies eerst een antwoord.")
	for _, account := range []string{"c1", "c2", "c3"} {
		f.as(account).post(poll+"/stem", "keuze", "0").want(t, http.StatusSeeOther)
	}
	one.post(poll+"/stem", "keuze", "1").want(t, http.StatusConflict)
	one.get(live).says(t, "U hebt gestemd.").says(t, "3 stemmen").hides(t, "Peilingen bij dit punt")
	chair.post(poll+"/sluiten").want(t, http.StatusSeeOther)
	if body := one.get(live).says(t, "Peilingen bij dit punt").body; !strings.Contains(body, `<meter value="3" max="3"`) {
		t.Error("members do not read the result of a closed poll")
	}

	chair.post("/overleggen/"+id+"/stand", "stand", "gesloten").want(t, http.StatusSeeOther)
	f.settle()
	one.get(live).want(t, http.StatusOK).says(t, "Dit overleg is gesloten.").hides(t, "Ik wil iets zeggen")
	one.get("/overleggen/"+id).says(t, "Goed zo?")
	one.post(live+"/beurt").want(t, http.StatusConflict)
}

// Without a script what is done in the discussion ends on the page around it.
func TestLiveLeadsBackToItself(t *testing.T) {
	t.Parallel()
	f := newFixture(newApp(t))
	id := f.running()
	live := "/overleggen/" + id + "/live"
	talk := discussion.ItemTopic(id, f.led(id).Item.ID).Path()
	one := f.as("c1")
	if n := strings.Count(one.get(live).want(t, http.StatusOK).body, `name="vanaf" value="live"`); n != 2 {
		t.Errorf("%d forms say that they stand on the live page, want that of a message and that of reactions", n)
	}
	for _, act := range []struct {
		path   string
		fields []string
		want   string
	}{
		{talk, []string{"tekst", "Dit zien wij ook.", "sleutel", "a"}, live + "#r00000001"},
		{talk + "/reactie", []string{"eens", "1"}, live + "#r00000001"},
		{talk + "/gelezen", []string{"tot", "1"}, live},
	} {
		if to := one.post(act.path, append(act.fields, "vanaf", "live")...).want(t, http.StatusSeeOther).location; to != act.want {
			t.Errorf("%s leads to %q, want %q", act.path, to, act.want)
		}
	}
	refused := one.post(talk, "tekst", "Bel 06 12345678.", "sleutel", "b", "vanaf", "live").want(t, http.StatusUnprocessableEntity)
	if !strings.Contains(refused.body, `name="vanaf" value="live"`) {
		t.Error("what was refused forgets where it came from")
	}
	if to := one.post(talk, "tekst", "En hier ook.", "sleutel", "c", "vanaf", "//elders").want(t, http.StatusSeeOther).location; !strings.HasPrefix(to, talk+"#") {
		t.Errorf("an invented page leads to %q", to)
	}
}

// A page without a socket asks what came since, and reads the page again.
func TestLiveSince(t *testing.T) {
	t.Parallel()
	f := newFixture(newApp(t))
	id := f.running()
	live := "/overleggen/" + id + "/live"
	one := f.as("c1")
	before, err := f.app.Floor.Last(background, id)
	f.ok(err)
	one.post(live+"/beurt").want(t, http.StatusSeeOther)
	if got := talkFrames(one, live, before); len(got) != 1 || got[0].N != before+1 {
		t.Errorf("after a hand the frames are %+v, want one with number %d", got, before+1)
	}
	if got := talkFrames(one, live, before+1); len(got) != 0 {
		t.Errorf("without a change the frames are %+v", got)
	}
	one.get(live+"?na=x").want(t, http.StatusNotFound)
	f.as("admin").get(live+"?na=0").want(t, http.StatusNotFound)
}

// A meeting that nobody closed does not go on for ever.
func TestLiveTheDayAfter(t *testing.T) {
	t.Parallel()
	f := newFixture(newApp(t))
	live := "/overleggen/" + f.running() + "/live"
	chair := f.as("chair")
	f.app.Clock.SetOffset(f.app.Clock.Offset() + 3*time.Hour)
	chair.get(live).says(t, "ruim 2 uur over de tijd")
	f.app.Clock.SetOffset(f.app.Clock.Offset() + 100*24*time.Hour)
	chair.get(live).says(t, "Dit overleg is geweest").says(t, "Overleg sluiten").hides(t, "Nu bezig")
}

// Who is invited to an item gets nothing else, no name, and the link in time.
func TestLiveForWhoIsInvited(t *testing.T) {
	t.Parallel()
	f := newFixture(newApp(t))
	chair := f.viewer("chair")
	m, err := f.app.Calendar.Create(background, chair, meetings.Details{Kind: meetings.National, Title: "Overleg met " + f.canary("overleg"), Date: "2019-11-25",
		Start: "10:00", End: "15:00", Place: "Zaal " + f.canary("plaats"), Room: "https://teams.example/overleg"})
	f.ok(err)
	var items []string
	for range 2 {
		item, err := f.app.Calendar.AddItem(background, chair, m.ID, meetings.Point{Title: "Punt met " + f.canary("agenda"), Minutes: 60, Presenter: who["c3"].name})
		f.ok(err)
		items = append(items, item)
	}
	f.ok(f.app.Calendar.Convene(background, chair, m.ID))
	f.ok(f.app.Calendar.Invite(background, chair, m.ID, items[1], []string{f.viewer("som").Account}))
	f.settle()
	live, som := "/overleggen/"+m.ID+"/live", f.as("som")
	f.as("tf").get(live).want(t, http.StatusNotFound)

	at := func(clock string) {
		then, err := time.Parse(time.RFC3339, "2019-11-25T"+clock+":00+01:00")
		f.ok(err)
		f.app.Clock.SetOffset(f.app.Clock.Offset() + then.Sub(f.app.Clock.Now()))
	}
	at("10:29") // the item is at 11.00
	som.get(live).want(t, http.StatusOK).hides(t, "Deelnemen in Teams").says(t, "vanaf 30 minuten voor het punt")
	at("10:31")
	som.get(live).says(t, "Deelnemen in Teams")

	f.ok(f.app.Calendar.Begin(background, chair, m.ID))
	f.ok(f.app.Floor.MoveTo(background, chair, m.ID, items[0]))
	f.turn(m.ID, "c1")
	other := f.polled(m.ID)
	som.get(live).hides(t, "Peiling").hides(t, "wachtende")
	som.post(other+"/stem", "keuze", "0").want(t, http.StatusNotFound)
	f.as("chair").post(other+"/sluiten").want(t, http.StatusSeeOther)

	f.ok(f.app.Floor.OpenItem(background, chair, m.ID, items[1]))
	som.get(live).says(t, "U kunt al reageren. De voorzitter komt zo bij dit punt.")
	f.ok(f.app.Floor.MoveTo(background, chair, m.ID, items[1]))
	turn := f.turn(m.ID, "c1")
	f.turn(m.ID, "c2")
	f.said(discussion.ItemTopic(m.ID, items[1]), "c4")
	f.as("chair").post(turn+"/geven").want(t, http.StatusSeeOther)
	mine := f.polled(m.ID)
	som.post(live+"/beurt").want(t, http.StatusSeeOther)
	som.post(live+"/beurt", "voor", "orde").want(t, http.StatusForbidden)
	som.post(mine+"/stem", "keuze", "1").want(t, http.StatusSeeOther)
	page := som.get(live).want(t, http.StatusOK).says(t, "Zorgcoördinator").says(t, "2 wachtenden").says(t, "Mijn beurt intrekken").says(t, "U hebt gestemd.").hides(t, "1 stem").hides(t, "Punt van orde")
	for _, account := range []string{"c1", "c2", "c3", "c4", "chair"} {
		page.hides(t, who[account].name)
		if regexp.MustCompile(`\b` + f.viewer(account).Account + `\b["/?]`).MatchString(page.body) { // a token may end in «c4»
			t.Errorf("a SOM member gets the id of %s", account)
		}
	}
	page.hides(t, f.canaries[0]).hides(t, f.canaries[1]).hides(t, f.canaries[2]) // meeting, place, the other item
	for _, account := range []string{"c1", "som"} {                              // whoever is at the discussion finds the way back
		if !strings.Contains(f.as(account).get(discussion.ItemTopic(m.ID, items[1]).Path()).body, `href="`+live+`"`) {
			t.Errorf("the discussion does not lead %s to the meeting that goes on", account)
		}
	}
	f.as("c1").get(live).says(t, "SOM-leden lezen mee").says(t, "SOM-lid").hides(t, who["som"].name)

	f.as("chair").post(mine+"/sluiten").want(t, http.StatusSeeOther)
	som.get(live).says(t, "nog 60 minuten").hides(t, "Peiling")
	f.app.Clock.SetOffset(f.app.Clock.Offset() + time.Minute)
	f.ok(f.app.Floor.MoveTo(background, chair, m.ID, items[0]))
	som.get(live).says(t, "De voorzitter is nu bij een ander punt.").hides(t, "komt zo").hides(t, "nog 59 minuten")
	f.ok(f.app.Floor.CloseItem(background, chair, m.ID, items[1]))
	som.get(live).want(t, http.StatusNotFound)
	som.get(live+"?na=0").want(t, http.StatusNotFound)
	som.get(discussion.ItemTopic(m.ID, items[1]).Path()).want(t, http.StatusNotFound)
	f.as("c1").get(discussion.ItemTopic(m.ID, items[1]).Path()).want(t, http.StatusOK).hides(t, "SOM-leden lezen mee")
}

// Who is invited to two items finds the one that is at hand, and not the one that
// is closed.
func TestStartShowsWhereOneIsInvitedNow(t *testing.T) {
	t.Parallel()
	f := newFixture(newApp(t))
	chair, som := f.viewer("chair"), f.viewer("som").Account
	id, first := f.meeting(meetings.National, meetings.Open)
	second, err := f.app.Calendar.AddItem(background, chair, id, meetings.Point{Title: "Een tweede punt", Minutes: 20})
	f.ok(err)
	for _, item := range []string{first, second} {
		f.ok(f.app.Calendar.Invite(background, chair, id, item, []string{som}))
	}
	f.ok(f.app.Calendar.Begin(background, chair, id))
	page := f.as("som")
	page.get("/").says(t, "Een tweede punt").hides(t, "Nu aan de orde")
	f.ok(f.app.Floor.MoveTo(background, chair, id, second))
	page.get("/").says(t, "Een tweede punt Nu aan de orde")
	f.ok(f.app.Floor.CloseItem(background, chair, id, second))
	page.get("/").says(t, "U bent uitgenodigd bij een agendapunt").hides(t, "Een tweede punt")
	f.ok(f.app.Floor.CloseItem(background, chair, id, first))
	page.get("/").hides(t, "U bent uitgenodigd bij een agendapunt")
}

// Who leads learns at once that somebody flagged a reaction, and nobody else does.
func TestLiveTellsTheChairWhatWaits(t *testing.T) {
	t.Parallel()
	f := newFixture(newApp(t))
	id := f.running()
	live, topic := "/overleggen/"+id+"/live", discussion.ItemTopic(id, f.led(id).Item.ID)
	chair, one := f.as("chair"), f.as("c1")
	first, second, third := talkSay(f.as("c2"), topic.Path(), "Een."), talkSay(f.as("c2"), topic.Path(), "Twee."), talkSay(f.as("c2"), topic.Path(), "Drie.")
	chair.get(live).hides(t, "uw oordeel")

	changes := func(what string, act func()) {
		t.Helper()
		before, err := f.app.Floor.Last(background, id)
		f.ok(err)
		act()
		f.settle()
		if got := talkFrames(chair, live, before); len(got) == 0 {
			t.Errorf("%s: nobody who follows the meeting is told", what)
		}
	}
	act := func(c *client, n, what string) func() {
		return func() { c.post(topic.Path()+"/"+n+"/"+what).want(t, http.StatusSeeOther) }
	}
	changes("flag", act(one, first, "markeren"))
	if page := chair.get(live).says(t, "Een reactie wacht op uw oordeel"); !strings.Contains(page.body, topic.Path()+"/"+first+`" data-oordeel`) {
		t.Error("the line does not lead to the reaction")
	}
	for _, account := range []string{"c1", "c2", "som"} {
		f.as(account).get(live).want(t, http.StatusOK).hides(t, "uw oordeel")
	}
	f.app.Clock.SetOffset(f.app.Clock.Offset() + time.Second)
	changes("second flag", act(f.as("som"), second, "markeren"))
	changes("third flag", act(one, third, "markeren"))
	chair.get(live).says(t, "3 reacties wachten op uw oordeel")
	changes("stands", act(chair, first, "herstellen"))
	changes("removed", act(chair, second, "weghalen"))
	if page := chair.get(live).says(t, "Een reactie wacht op uw oordeel"); !strings.Contains(page.body, topic.Path()+"/"+third+`" data-oordeel`) {
		t.Error("the line does not lead to the reaction that waits still")
	}
	changes("taken back", act(f.as("c2"), third, "verwijderen"))
	chair.get(live).hides(t, "uw oordeel")

	elsewhere := "/inbreng/" + f.released("c1") + "/reacties"
	n := talkSay(f.as("c2"), elsewhere, "Iets anders.")
	one.post(elsewhere+"/"+n+"/markeren").want(t, http.StatusSeeOther)
	chair.get(live).hides(t, "uw oordeel")
}

// When the chair drops out, another chair has the controls and goes on.
func TestAnotherChairTakesOver(t *testing.T) {
	t.Parallel()
	f := newFixture(newApp(t))
	id := f.running()
	turn := f.turn(id, "c1")
	f.as("chair").post(turn+"/geven").want(t, http.StatusSeeOther)
	other := f.as("reader")
	other.get("/overleggen/"+id+"/live").says(t, "Punt sluiten").says(t, "Klaar")
	other.post(turn+"/klaar").want(t, http.StatusSeeOther)
	f.as("chair").post(turn+"/klaar").want(t, http.StatusSeeOther) // late, and harmless
	if f.led(id).Speaking != nil {
		t.Error("somebody still speaks")
	}
}

// byItself sends what a page of ours asks without anybody asking it.
func (c *client) byItself(method, path string, form url.Values) answer {
	c.Helper()
	r, err := http.NewRequest(method, c.url+path, strings.NewReader(form.Encode()))
	if err != nil {
		c.Fatal(err)
	}
	r.Header = http.Header{"Content-Type": {"application/x-www-form-urlencoded"}, "Origin": {c.url}, "Accept": {"application/json"},
		"Sec-Fetch-Mode": {"cors"}, "X-By-Itself": {"1"}}
	return c.do(r)
}

// A page that was left open goes on asking, and is told when its session is over.
func TestAPageLeftOpenKeepsNoSessionAlive(t *testing.T) {
	t.Parallel()
	f := newFixture(newApp(t))
	live, talk := "/overleggen/"+f.running()+"/live", f.mixed().Path()
	for _, tc := range []struct {
		name string
		ask  func(c *client) (status int)
		want int // when it still goes on
		over int // when it does not
	}{
		{"what came", func(c *client) int { return c.byItself(http.MethodGet, live+"?na=0", nil).status }, http.StatusOK, http.StatusUnauthorized},
		{"the page anew", func(c *client) int { return c.byItself(http.MethodGet, live, nil).status }, http.StatusOK, http.StatusUnauthorized},
		{"that it was read", func(c *client) int {
			return c.byItself(http.MethodPost, talk+"/gelezen", url.Values{"_token": {c.csrf}, "tot": {"0"}}).status
		}, http.StatusNoContent, http.StatusUnauthorized},
		{"for a socket", func(c *client) int {
			ws, answer, err := c.dial(c.url)
			if err == nil {
				c.Cleanup(func() { _ = ws.Close() })
			}
			return answer.StatusCode
		}, http.StatusSwitchingProtocols, http.StatusSeeOther},
		{"somebody, for the page", func(c *client) int { return c.get(live).status }, http.StatusOK, http.StatusOK},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c := f.as("c1")
			for at, want := range []int{tc.want, tc.want, tc.over} {
				f.real.Move(3 * time.Hour)
				if got := tc.ask(c); got != want {
					t.Errorf("after %d hours status = %d, want %d", 3*(at+1), got, want)
				}
			}
		})
	}
}
