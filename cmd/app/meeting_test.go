package app_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"ruggespraak/meetings"
)

// planned makes a meeting by the chair's own clicks, with one point, and gives
// its address and that of the point.
func planned(w *world) (meeting, point string) {
	w.Helper()
	chair := w.as("chair")
	meeting = chair.post("/overleggen/nieuw", "soort", "landelijk", "titel", "Landelijk zorgcoördinatorenoverleg", "datum", "25-11-2019",
		"begin", "10.00", "eind", "15.00", "plaats", "Utrecht", "link", "https://teams.example/kamer").want(w, http.StatusSeeOther).location
	chair.post(meeting+"/punten/nieuw", "titel", "Knelpunten en trends", "onderdeel", "Regio", "minuten", "45").want(w, http.StatusSeeOther)
	page := chair.get(meeting).want(w, http.StatusOK)
	found := regexp.MustCompile(regexp.QuoteMeta(meeting) + `/punten/([a-z2-7]{26})"`).FindStringSubmatch(page.body)
	if found == nil {
		w.Fatalf("no point on the page: %s", clip(text(page.body)))
	}
	return meeting, meeting + "/punten/" + found[1]
}

func TestMeetingFromDraftToMinutes(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	meeting, point := planned(w)
	chair, member := w.as("chair"), w.as("c1")
	member.get(meeting).want(t, http.StatusNotFound)
	member.get("/overleggen").want(t, http.StatusOK).hides(t, meeting)
	chair.post(meeting+"/stand", "stand", "open").want(t, http.StatusSeeOther)
	member.get("/overleggen").want(t, http.StatusOK).says(t, "maandag 25 november 2019, 10.00 tot 15.00 uur")
	member.get("/").want(t, http.StatusOK).says(t, "Volgend overleg, over 9 weken")
	member.get(meeting).says(t, "Utrecht").says(t, "Knelpunten en trends").hides(t, "Aanpassen")
	chair.post(meeting+"/stand", "stand", "bezig").want(t, http.StatusSeeOther)
	chair.post(point+"/verslag", "verslag", "Opvang voor mannen komt **veel** terug.", "versie", "0").want(t, http.StatusSeeOther)
	chair.post(point+"/uitkomsten", "uitkomst", "actie", "tekst", "Uitzoeken wie plek heeft.", "wie", "CoMensha", "voor", "1-12-2019").want(t, http.StatusSeeOther)
	member.get(meeting).hides(t, "Opvang voor mannen")
	chair.post(meeting+"/stand", "stand", "gesloten").want(t, http.StatusSeeOther)
	member.get(meeting).says(t, "Opvang voor mannen komt veel terug.").says(t, "Actie: Uitzoeken wie plek heeft.").says(t, "vóór 1 december 2019")
}

func TestMeetingFormKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	a := w.as("chair").post("/overleggen/nieuw", "soort", "landelijk", "titel", "", "datum", "32-11-2019", "begin", "tien", "plaats", "Bel 06-12345678")
	a.want(t, http.StatusUnprocessableEntity).says(t, "Geef het overleg een titel.").says(t, "Vul een datum in").says(t, "lijkt op een")
	if got := inputs(a.body); got.Get("datum") != "32-11-2019" || got.Get("begin") != "tien" || got.Get("plaats") != "Bel 06-12345678" {
		t.Errorf("the form came back with %v, want what was typed", got)
	}
	if !strings.Contains(a.body, "<title>Fout: ") {
		t.Error("the title of a refused form does not begin with «Fout: »")
	}
}

func TestMeetingAsksAboutANameAndTakesAReason(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	_, point := planned(w)
	chair := w.as("chair")
	chair.post(strings.Split(point, "/punten/")[0]+"/stand", "stand", "open").want(t, http.StatusSeeOther)
	asks := chair.post(point+"/verslag", "verslag", "Mevrouw Jansen-Pieters vertelt over haar werk.", "versie", "0").want(t, http.StatusUnprocessableEntity)
	asks.says(t, "Kan iemand hierdoor herkend worden?").says(t, "Zo laten, want:")
	key := askKey.FindStringSubmatch(asks.body)[1]
	chair.post(point+"/verslag", "verslag", "Mevrouw Jansen-Pieters vertelt over haar werk.", "versie", "0", "reden-"+key, "collega").want(t, http.StatusSeeOther)
	chair.get(strings.Split(point, "/punten/")[0]).says(t, "Iemand herkenbaar?")
}

func TestMinutesOfTwoWritersAreBothShown(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	meeting, point := planned(w)
	w.as("chair").post(meeting+"/stand", "stand", "open").want(t, http.StatusSeeOther)
	w.as("chair").post(point+"/verslag", "verslag", "De eerste tekst.", "versie", "0").want(t, http.StatusSeeOther)
	second := w.as("reader").post(point+"/verslag", "verslag", "De tweede tekst.", "versie", "0").want(t, http.StatusConflict)
	second.says(t, "De eerste tekst.")
	if got := inputs(second.body); got.Get("verslag") != "De tweede tekst." || got.Get("versie") != "1" {
		t.Errorf("the form came back with %v, want the second text and version 1", got)
	}
}

func TestMeetingOfTheTaskForceIsItsSecretariats(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	made := w.as("tf").post("/overleggen/nieuw", "soort", "taskforce", "titel", "Vergadering Task Force", "datum", "2-12-2019", "begin", "13.00",
		"eind", "15.00", "plaats", "Den Haag").want(t, http.StatusSeeOther).location
	w.as("som").get(made).want(t, http.StatusOK).says(t, "Vergadering Task Force").hides(t, "Den Haag")
	w.as("tf").post("/overleggen/nieuw", "soort", "landelijk", "titel", "Zelf een overleg", "datum", "2-12-2019", "begin", "13.00", "eind", "15.00").
		want(t, http.StatusNotFound)
	w.as("som").get("/").want(t, http.StatusOK).says(t, "Overleggen van het SOM en de Task Force")
	meeting, _ := planned(w)
	w.as("chair").post(meeting+"/stand", "stand", "open").want(t, http.StatusSeeOther)
	for _, who := range []string{"som", "tf", "admin"} {
		w.as(who).get(meeting).want(t, http.StatusNotFound)
	}
}

// What is for CoMensha only goes on no agenda, also not in a cluster.
func TestAgendaTakesNothingForCoMenshaOnly(t *testing.T) {
	t.Parallel()
	f := newFixture(newApp(t))
	meeting, item := f.meeting(meetings.National, meetings.Open)
	closed, beside, free := f.closed("c2"), f.closed("c2"), f.released("c2")
	chair, place := f.as("chair"), "/overleggen/plaatsen/cluster/"
	chair.post(place+f.cluster(closed), "punt", meeting+"/"+item).want(t, http.StatusUnprocessableEntity).says(t, "alleen voor CoMensha")
	chair.post(place+f.cluster(beside, free), "punt", meeting+"/"+item).want(t, http.StatusSeeOther)
	f.settle()
	f.as("c2").get("/inbreng/"+free).says(t, "Op de agenda van 25 november 2019")
	for _, who := range []string{"c2", "chair"} {
		f.as(who).get("/inbreng/"+beside).hides(t, "Op de agenda van")
	}
}

// Closing cannot be undone: wherever it can be done, it asks first, and without
// a script too.
func TestClosingAMeetingAsksFirst(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	meeting, _ := planned(w)
	chair := w.as("chair")
	closes := func(n *html.Node) bool {
		return n.Data == "input" && attr(n, "name") == "stand" && attr(n, "value") == "gesloten"
	}
	asks := func(state string, pages ...string) {
		for _, page := range pages {
			found := every(chair.get(page).want(t, http.StatusOK).says(t, "U kunt dit niet terugdraaien.").body, closes)
			if len(found) != 1 {
				t.Fatalf("%s: %d buttons on %s close the meeting, want 1", state, len(found), page)
			}
			box := found[0].Parent
			for box != nil && box.Data != "details" {
				box = box.Parent
			}
			if box == nil {
				t.Errorf("%s: a single click on %s closes the meeting", state, page)
			}
		}
	}
	chair.post(meeting+"/stand", "stand", "open").want(t, http.StatusSeeOther)
	asks("planned", meeting)
	chair.post(meeting+"/stand", "stand", "bezig").want(t, http.StatusSeeOther)
	asks("going on", meeting, meeting+"/live")
	bundleLater(w, 100)
	asks("past", meeting, meeting+"/live")
	chair.post(meeting+"/stand", "stand", "gesloten").want(t, http.StatusSeeOther)
	chair.get(meeting).hides(t, "Overleg sluiten")
}
