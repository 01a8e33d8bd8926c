package app_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"ruggespraak/meetings"
	"ruggespraak/meetings/discussion"
	"ruggespraak/store"
)

// talkSay says something by the form of a page, and gives the message's number.
func talkSay(c *client, path, text string, with ...string) string {
	c.Helper()
	key := inputs(c.get(path).want(c, http.StatusOK).body).Get("sleutel")
	a := c.post(path, append([]string{"tekst", text, "sleutel", key}, with...)...).want(c, http.StatusSeeOther)
	n, err := strconv.Atoi(a.location[strings.LastIndex(a.location, "#r")+2:])
	if err != nil {
		c.Fatalf("after posting the browser goes to %q", a.location)
	}
	return strconv.Itoa(n)
}

// talkFrames asks what came after an entry.
func talkFrames(c *client, path string, after int) []struct {
	N, Over int
	HTML    string
} {
	c.Helper()
	var got struct {
		Frames []struct {
			N, Over int
			HTML    string
		}
	}
	if err := json.Unmarshal([]byte(c.get(fmt.Sprintf("%s?na=%d", path, after)).want(c, http.StatusOK).body), &got); err != nil {
		c.Fatal(err)
	}
	return got.Frames
}

func TestTalkUnderAContribution(t *testing.T) {
	t.Parallel()
	f := newFixture(newApp(t))
	author, colleague, chair := f.as("c1"), f.as("c2"), f.as("chair")
	path := "/inbreng/" + f.unnamed("c1") + "/reacties"
	first := talkSay(colleague, path, "Dit zien wij **ook**.")
	f.settle()
	author.get("/berichten").says(t, "Er is een reactie bij iets wat u hebt gedeeld of gevraagd.")
	second := talkSay(author, path, "Hoe lost u dat op?", "antwoord", first)
	f.settle()
	page := colleague.get(path).want(t, 200).says(t, "Indiener").hides(t, who["c1"].name+"</b>")
	if !strings.Contains(page.body, "<strong>ook</strong>") {
		t.Error("Markdown of a message is not rendered")
	}
	colleague.get("/berichten").says(t, "Iemand heeft op uw reactie gereageerd.")
	chair.get(path).want(t, 200).says(t, who["c1"].name)

	colleague.post(path+"/"+second+"/markeren").want(t, 303)
	colleague.get(path).says(t, "De tekst is verborgen.").hides(t, "Hoe lost u dat op?")
	chair.get(path).says(t, "Hoe lost u dat op?").says(t, "Verborgen")
	chair.get("/").says(t, "Gemarkeerde reacties")
	chair.post(path+"/"+second+"/herstellen").want(t, 303)
	colleague.get(path).says(t, "Hoe lost u dat op?")
	chair.post(path+"/"+second+"/weghalen").want(t, 303)
	f.settle()
	colleague.get(path).says(t, "Hier stond iets waaraan iemand te herkennen was.").hides(t, "Hoe lost u dat op?")
	if body := chair.get("/inbreng/verwijderd").want(t, 200).says(t, "Reactie").says(t, who["chair"].name).body; !strings.Contains(body, path+"#r") {
		t.Error("the list of removals does not lead to the message")
	}
	colleague.get("/berichten").hides(t, "Iemand heeft op uw reactie gereageerd.")

	colleague.post(path+"/"+first+"/verwijderen").want(t, 303)
	author.get(path).says(t, "Verwijderd door de schrijver.").hides(t, "Dit zien wij")
}

func TestTalkAsksAndRefuses(t *testing.T) {
	t.Parallel()
	f := newFixture(newApp(t))
	c := f.as("c2")
	path := "/inbreng/" + f.released("c1") + "/reacties"
	c.post(path, "tekst", "Bel haar op 06 12345678.", "sleutel", "een").want(t, 422).says(t, "Op regel 1 staat iets dat lijkt op een telefoonnummer").says(t, "Bel haar op 06 12345678.")
	asks := "Een 17-jarige jongen uit Baarle-Nassau werkt daar."
	page := c.post(path, "tekst", asks, "sleutel", "twee").want(t, 422).says(t, "Kan iemand hierdoor herkend worden?")
	reason := regexp.MustCompile(`name="(reden-[^"]+)"`).FindStringSubmatch(page.body)
	if reason == nil {
		t.Fatal("the question of the guard has no field for a reason")
	}
	c.post(path, "tekst", asks, "sleutel", "twee", reason[1], "geen-persoon").want(t, 303)
	f.as("chair").get(path).says(t, "17-jarige").says(t, "Iemand herkenbaar?")
	c.post(path, "tekst", "", "sleutel", "drie").want(t, 422).says(t, "Schrijf eerst een reactie.")
}

// TestALinkFillsInNoForm puts words of somebody else in the address.
func TestALinkFillsInNoForm(t *testing.T) {
	t.Parallel()
	f := newFixture(newApp(t))
	c := f.as("c2")
	path := "/inbreng/" + f.released("c1") + "/reacties"
	c.get(path+"?tekst=voorgezegd&sleutel=sleutelgat").want(t, 200).hides(t, "voorgezegd").hides(t, "sleutelgat")
	c.post(path+"?tekst=voorgezegd", "sleutel", "een").want(t, 422).hides(t, "voorgezegd")
	token := c.csrf
	c.csrf = ""
	c.post(path+"?_token="+token, "tekst", "Dit zien wij ook.", "sleutel", "een").want(t, 403)
}

// TestTalkAtAPace holds that an account cannot flood a discussion: what is too
// fast stays in the form, and others write on.
func TestTalkAtAPace(t *testing.T) {
	t.Parallel()
	f := newFixture(newApp(t))
	c := f.as("c2")
	path := "/inbreng/" + f.released("c1") + "/reacties"
	for i := range 5 {
		c.post(path, "tekst", "Dit zien wij ook.", "sleutel", fmt.Sprint("een", i)).want(t, 303)
	}
	c.post(path, "tekst", "En nog dit.", "sleutel", "zes").want(t, 422).says(t, "Dit gaat te snel.").says(t, "En nog dit.")
	f.as("c3").post(path, "tekst", "Wij ook.", "sleutel", "x").want(t, 303)
	f.real.Move(time.Second)
	c.post(path, "tekst", "En nog dit.", "sleutel", "zes").want(t, 303)
}

// TestEveryActAtAPace holds that whatever makes a numbered change counts alike.
func TestEveryActAtAPace(t *testing.T) {
	t.Parallel()
	f := newFixture(newApp(t))
	path := "/inbreng/" + f.released("c1") + "/reacties"
	c, other := f.as("c2"), f.as("c3")
	mine, theirs, busy := talkSay(c, path, "Dit zien wij ook."), talkSay(other, path, "Wij niet."), talkSay(other, path, "Of soms.")
	topic := discussion.TopicOf(discussion.Contribution, strings.Split(path, "/")[2])
	acts := []struct {
		name, path string
		fields     []string
		refused    int
	}{
		{"reaction", path + "/reactie", []string{"eens", theirs}, http.StatusTooManyRequests},
		{"edit", path + "/" + mine + "/aanpassen", []string{"tekst", "Dit zien wij hier ook."}, http.StatusUnprocessableEntity},
		{"flag", path + "/" + theirs + "/markeren", nil, http.StatusTooManyRequests},
		{"deletion", path + "/" + mine + "/verwijderen", nil, http.StatusTooManyRequests},
		{"question", "/inbreng/vragen", []string{"tekst", "Wie weet dit?", "sleutel", "a"}, http.StatusUnprocessableEntity},
		{"hand", "/overleggen/" + f.running() + "/live/beurt", nil, http.StatusTooManyRequests},
	}
	for _, act := range acts {
		f.real.Move(time.Second)
		for range 5 {
			c.post(path+"/reactie", "vraag", busy).want(t, http.StatusSeeOther)
		}
		before, err := f.app.Hall.Last(background, topic)
		f.ok(err)
		refused := c.post(act.path, act.fields...).want(t, act.refused).says(t, "Dit gaat te snel. Wacht even en probeer het dan opnieuw.")
		if len(act.fields) > 1 && act.fields[0] == "tekst" {
			refused.says(t, act.fields[1])
		}
		if got := talkFrames(other, path, before); len(got) != 0 {
			t.Errorf("%s: refused, and yet the frames %+v", act.name, got)
		}
		f.real.Move(time.Second)
		c.post(act.path, act.fields...).want(t, http.StatusSeeOther)
	}
}

func TestTalkFramesAreThePage(t *testing.T) {
	t.Parallel()
	f := newFixture(newApp(t))
	c, other := f.as("c2"), f.as("c3")
	path := "/inbreng/" + f.released("c1") + "/reacties"
	n := talkSay(c, path, "Een eerste zin.")
	other.post(path+"/reactie", "eens", n).want(t, 303)
	c.post(path+"/"+n+"/aanpassen", "tekst", "Een betere zin.").want(t, 303)
	mine, theirs := talkFrames(c, path, 0), talkFrames(other, path, 0)
	if len(mine) != 3 || fmt.Sprint(mine) != fmt.Sprint(theirs) {
		t.Fatalf("two coordinators get %v and %v, want the same three frames", mine, theirs)
	}
	last := mine[2]
	if last.N != 3 || last.Over != 1 || !strings.Contains(last.HTML, "Een betere zin.") || !strings.Contains(last.HTML, `<span class="rs-num">1</span>`) {
		t.Errorf("the last frame is %+v, want the message with its new text and a reaction", last)
	}
	page := f.as("c4").get(path).want(t, 200)
	if !strings.Contains(page.body, last.HTML) {
		t.Error("the page of somebody who did nothing does not show the bytes of the last frame")
	}
	if more := talkFrames(c, path, 3); len(more) != 0 {
		t.Errorf("after the last entry come %d frames", len(more))
	}
	other.post(path+"/reactie", "eens", n).want(t, 303)
	if more := talkFrames(c, path, 3); len(more) != 1 || strings.Contains(more[0].HTML, "rs-num") {
		t.Errorf("a reaction given again is taken back; the frames are %v", more)
	}
}

// TestTalkToTheSOMNamesNobody looks for the members in every byte that an
// invited account gets: names, ids of accounts, and keys.
func TestTalkToTheSOMNamesNobody(t *testing.T) {
	t.Parallel()
	f := newFixture(newApp(t))
	topic := f.item()
	path := topic.Path()
	karim := f.as("c2")
	// Said before anybody from outside was invited, so that names raise no question.
	talkSay(karim, path, "Zoals MARIT VELDKAMP zei.", "noem", f.viewer("c1").Account, "noem", f.viewer("c3").Account)
	_, meeting, item := topic.Parts()
	signal := f.released("c1")
	f.ok(f.app.Calendar.Place(background, f.viewer("chair"), meeting, item, meetings.Link{Kind: meetings.LinkSignal, ID: signal}))
	f.as("som").get(path).want(t, 404)
	f.as("chair").post("/overleggen/"+meeting+"/punten/"+item+"/uitnodigen", "wie", f.viewer("som").Account).want(t, 303)
	f.settle()
	som := f.as("som")
	som.get("/berichten").says(t, "U bent uitgenodigd bij een agendapunt.")
	som.get("/").says(t, "U bent uitgenodigd bij een agendapunt")
	karim.get(path).says(t, "SOM-leden lezen mee.")
	karim.post(path, "tekst", "Marit Veldkamp weet hier meer van.", "sleutel", "x").want(t, 422)
	talkSay(f.as("c3"), path, "Wij ook.", "antwoord", "1", "noem", f.viewer("c2").Account)
	talkSay(f.as("chair"), path, "Dank u.")
	own := talkSay(som, path, "Wij lezen dit graag.", "antwoord", "2")
	som.post(path+"/reactie", "eens", "1").want(t, 303)
	f.as("c1").post(path+"/reactie", "eens", "1").want(t, 303)
	f.settle()

	var all strings.Builder
	for _, p := range []string{path, path + "?na=0", path + "/1", path + "/2", path + "/" + own, path + "/" + own + "/aanpassen", "/berichten", "/"} {
		a := som.get(p).want(t, 200)
		fmt.Fprint(&all, a.body, a.header)
	}
	for id, p := range who {
		if !p.role.Member() {
			continue
		}
		for _, word := range []string{p.name, f.viewer(id).Account} {
			if regexp.MustCompile(`(?i)\b` + regexp.QuoteMeta(word) + `\b`).MatchString(all.String()) {
				t.Errorf("a SOM member gets %q", word)
			}
		}
	}
	if strings.Contains(all.String(), signal) {
		t.Error("a SOM member gets the id of a linked contribution")
	}
	som.get(path).says(t, "Zorgcoördinator").says(t, "(Zorgcoördinator 1, SOM-lid 1)").says(t, "Voor Zorgcoördinator")
	if body := f.as("c1").get(path).body; strings.Contains(body, who["som"].name) {
		t.Error("a member reads the name of the SOM member")
	}
	som.get("/overleggen/"+meeting).want(t, 404)
	som.get("/inbreng/"+signal+"/reacties").want(t, 404)
	f.as("som2").get(path).want(t, 404)

	f.as("chair").post("/overleggen/"+meeting+"/punten/"+item+"/uitnodigen").want(t, 303)
	som.get(path).want(t, 404)
	som.get(path+"?na=0").want(t, 404)
	som.get("/").hides(t, "U bent uitgenodigd bij een agendapunt")
}

// TestNoPartOfANameReachesTheSOM writes names where they raise no question among
// members: in the title of an item, a poll, and half in a message.
func TestNoPartOfANameReachesTheSOM(t *testing.T) {
	t.Parallel()
	f := newFixture(newApp(t))
	meeting, _ := f.meeting(meetings.National, meetings.Open)
	chair := f.viewer("chair")
	item, err := f.app.Calendar.AddItem(background, chair, meeting, meetings.Point{Title: "Opvang, door Femke Aalders", Minutes: 20})
	f.ok(err)
	topic := discussion.ItemTopic(meeting, item)
	talkSay(f.as("c2"), topic.Path(), "Zoals mw. Veldkamp en K. de Groot zeiden: Femke\nAalders, kan **Joost** Hartsuiker mee?")
	live := "/overleggen/" + meeting + "/live"
	f.ok(f.app.Calendar.Begin(background, chair, meeting))
	f.ok(f.app.Floor.MoveTo(background, chair, meeting, item))
	f.as("chair").post(live+"/peiling", "vraag", "Gaat Femke mee?", "antwoorden", "Ja\nNee", "sleutel", "een").want(t, 303)
	f.ok(f.app.Calendar.Invite(background, chair, meeting, item, []string{f.viewer("som").Account}))
	f.settle()
	som := f.as("som")
	var all strings.Builder
	for _, p := range []string{"/", "/berichten", live, topic.Path(), topic.Path() + "/1", topic.Path() + "?na=0"} {
		all.WriteString(som.get(p).want(t, 200).body)
	}
	all.WriteString(som.watch(topic).all.String())
	if !strings.Contains(all.String(), "Opvang, door een deelnemer") {
		t.Error("a SOM member does not find the item")
	}
	for _, word := range []string{"Veldkamp", "Groot", "Femke", "Aalders", "Joost", "Hartsuiker"} {
		if strings.Contains(all.String(), word) {
			t.Errorf("a SOM member gets %q", word)
		}
	}
}

func TestTalkMakesOtherThings(t *testing.T) {
	t.Parallel()
	f := newFixture(newApp(t))
	topic := f.item()
	path := topic.Path()
	_, meeting, _ := topic.Parts()
	author, chair := f.as("c2"), f.as("chair")
	n := talkSay(author, path, "Wij maken een werkwijze voor "+f.canary("reactie")+".")
	for range 2 {
		chair.post(path+"/"+n+"/uitkomst", "uitkomst", "actie").want(t, 303)
	}
	word := f.canaries[len(f.canaries)-1]
	page := chair.get("/overleggen/"+meeting).says(t, "Actie:").says(t, word).says(t, "Uit een reactie")
	if strings.Count(page.body, word) != 1 {
		t.Error("the same message made two actions")
	}
	if !strings.Contains(page.body, path+"#r00000001") {
		t.Error("the action has no link back")
	}
	author.post(path+"/"+n+"/uitkomst", "uitkomst", "actie").want(t, 404)
	bare := f.item()
	f.said(bare, "c2")
	chair.post(strings.TrimSuffix(bare.Path(), "/reacties")+"/weghalen").want(t, 409)

	f.as("c3").post(path+"/"+n+"/markeren").want(t, 303)
	author.post(path+"/"+n+"/inbreng").want(t, 409)
	chair.post(path+"/"+n+"/uitkomst", "uitkomst", "informatie").want(t, 409)
	if page := chair.get("/overleggen/"+meeting).says(t, word).says(t, "Verborgen"); !strings.Contains(page.body, `<li class="rs-no-print"><p><strong>Actie:`) {
		t.Error("what waits for the chair goes on paper")
	}
	chair.post(path+"/"+n+"/herstellen").want(t, 303)
	draft := author.post(path+"/"+n+"/inbreng").want(t, 303).location
	author.get(draft).want(t, 200).says(t, word)
	f.as("c3").post(path+"/"+n+"/inbreng").want(t, 403)
	made := author.post("/inbreng/nieuw", "concept", strings.TrimPrefix(draft, "/inbreng/concept/"), "versie", "1", "soort", "idee",
		"tekst", "Een werkwijze voor "+word+".", "titel", "Een werkwijze", "thema", "opvang", "lezen", "leden", "wachten", "ja").want(t, 303).location
	made = strings.TrimSuffix(made, "/aanvullen")
	author.get(made).want(t, 200).says(t, "Begonnen als")
	f.as("c3").get(made).want(t, 200).says(t, word).hides(t, "Begonnen als")

	chair.get("/overleggen/"+meeting).says(t, word).hides(t, "Verborgen")
	f.ok(f.app.Calendar.Close(background, f.viewer("chair"), meeting))
	member := f.as("c3")
	found := func() bool {
		_, all := member.seek("q", word)
		return slices.Contains(hrefs(all), "/overleggen/"+meeting)
	}
	if member.get("/overleggen/"+meeting).says(t, "Actie:").says(t, word); !found() {
		t.Error("a member does not find the minutes by a word of an action")
	}
	member.post(path+"/"+n+"/markeren").want(t, 303)
	if member.get("/overleggen/"+meeting).hides(t, word).hides(t, "Actie:"); found() {
		t.Error("a member finds the minutes by a word that waits for the chair")
	}
	chair.post(path+"/"+n+"/herstellen").want(t, 303)
	if member.get("/overleggen/"+meeting).says(t, word); !found() {
		t.Error("a member does not find the minutes again")
	}

	chair.post(path+"/"+n+"/weghalen").want(t, 303)
	f.settle()
	chair.get("/overleggen/"+meeting).hides(t, word)
	f.as("c3").get(made).hides(t, word)
	author.get(path).hides(t, word)
}

// TestWhatReplacesWhatWasMadeGoesToo hands in again what began as a message, and
// then has that message removed.
func TestWhatReplacesWhatWasMadeGoesToo(t *testing.T) {
	t.Parallel()
	f := newFixture(newApp(t))
	topic := f.item()
	n, _ := strconv.Atoi(f.said(topic, "c2"))
	author, form := f.viewer("c2"), f.form()
	draft, err := f.app.Book.DraftFrom(background, author, discussion.Origin(topic, n), form.Text)
	f.ok(err)
	first, err := f.app.Book.Submit(background, author, draft, form)
	f.ok(err)
	f.ok(f.app.Book.Withdraw(background, author, first))
	draft, err = f.app.Book.Resume(background, author, first)
	f.ok(err)
	form.From = first
	second, err := f.app.Book.Submit(background, author, draft, form)
	f.ok(err)
	page := f.as("c3").get("/inbreng/"+second).want(t, 200)
	f.ok(f.app.Hall.Remove(background, f.viewer("chair"), topic, n))
	f.settle()
	if body := f.as("c3").get("/inbreng/" + second).body; !strings.Contains(page.body, form.Title) || strings.Contains(body, form.Title) {
		t.Errorf("after the removal colleagues read what was made of the message")
	}
}

func TestQuestionsToColleagues(t *testing.T) {
	t.Parallel()
	f := newFixture(newApp(t))
	asker, colleague := f.as("c1"), f.as("c2")
	key := inputs(asker.get("/inbreng/vragen").want(t, 200).body).Get("sleutel")
	at := asker.post("/inbreng/vragen", "tekst", "Wie heeft ervaring met een B8-aanvraag? Ik hoor het graag.", "sleutel", key).want(t, 303).location
	f.settle()
	colleague.get("/inbreng/vragen").says(t, "Wie heeft ervaring met een B8-aanvraag?").says(t, "Nieuw voor u")
	talkSay(colleague, at, "Wij wel.")
	f.settle()
	asker.get("/berichten").says(t, "Er is een reactie bij iets wat u hebt gedeeld of gevraagd.")
	colleague.get(at).hides(t, "Mijn vraag is beantwoord")
	colleague.post(at+"/beantwoord").want(t, 403)
	asker.get(at).says(t, "Mijn vraag is beantwoord")
	asker.post(at+"/beantwoord").want(t, 303)
	colleague.get("/inbreng/vragen").hides(t, "Wie heeft ervaring")
	asker.get("/inbreng/vragen?lijst=eigen").says(t, "Wie heeft ervaring").says(t, "Beantwoord")
	colleague.post(at, "tekst", "Nog iets.", "sleutel", "laat").want(t, 409)
	f.as("som").get("/inbreng/vragen").want(t, 404)
}

func TestTalkOfPickedNames(t *testing.T) {
	t.Parallel()
	f := newFixture(newApp(t))
	path := discussion.ItemTopic(f.meeting(meetings.National, meetings.Open, f.viewer("c6").Account)).Path()
	talkSay(f.as("c6"), path, "Met zijn tweeën.")
	f.as("chair").get(path).says(t, "Met zijn tweeën.")
	f.as("c1").get(path).want(t, 404)
	f.as("c1").post(path, "tekst", "Ik ook.", "sleutel", "x").want(t, 404)
	draft, item := f.meeting(meetings.National, meetings.Draft)
	f.as("chair").get(discussion.ItemTopic(draft, item).Path()).want(t, 404)
}

func TestTalkTellsWhatIsNew(t *testing.T) {
	t.Parallel()
	f := newFixture(newApp(t))
	c := f.as("c2")
	id := f.released("c1")
	topic := discussion.TopicOf(discussion.Contribution, id)
	f.said(topic, "c3")
	c.get("/inbreng/"+id).says(t, "1 reactie, 1 nieuw")
	c.get(topic.Path()).hides(t, "Nieuw sinds uw laatste bezoek")
	c.post(topic.Path()+"/gelezen", "tot", "1").want(t, 303)
	c.get("/inbreng/"+id).says(t, "1 reactie").hides(t, "1 nieuw")
	f.said(topic, "c3")
	c.get(topic.Path()).says(t, "Nieuw sinds uw laatste bezoek").says(t, "1 nieuw sinds uw laatste bezoek")
}

// The agenda says at which items something was said, and what of it is new.
func TestAgendaTellsWhatIsSaid(t *testing.T) {
	t.Parallel()
	f := newFixture(newApp(t))
	topic := f.item()
	_, meeting, _ := topic.Parts()
	quiet, err := f.app.Calendar.AddItem(background, f.viewer("chair"), meeting, meetings.Point{Title: "Een stil punt", Minutes: 10})
	f.ok(err)
	c := f.as("c2")
	page := "/overleggen/" + meeting
	c.get(page).hides(t, " reacties")
	f.said(topic, "c3")
	f.said(topic, "c4")
	c.get(page).says(t, "2 reacties, 2 nieuw").says(t, "Reacties : Een stil punt")
	c.post(topic.Path()+"/gelezen", "tot", "1").want(t, 303)
	f.said(discussion.ItemTopic(meeting, quiet), "c3")
	c.get(page).says(t, "2 reacties, 1 nieuw").says(t, "1 reactie, 1 nieuw")
	f.ok(f.app.Calendar.Invite(background, f.viewer("chair"), meeting, quiet, []string{f.viewer("som").Account}))
	for _, other := range []string{"som", "admin"} {
		if tallies, err := f.app.Hall.Tallies(background, f.viewer(other), meeting); len(tallies) > 0 || err != nil {
			t.Errorf("Tallies for %s = %v, %v, want none", other, tallies, err)
		}
	}
}

// What waits for release is not discussed: all would read it later.
func TestTalkWaitsForTheRelease(t *testing.T) {
	t.Parallel()
	f := newFixture(newApp(t))
	id := f.held("c1")
	path := "/inbreng/" + id + "/reacties"
	f.as("chair").post(path, "tekst", "Wie bedoelt u?", "sleutel", store.NewID()).want(t, 409)
	f.as("c2").get(path).want(t, 404)
	closed := "/inbreng/" + f.closed("c1") + "/reacties"
	talkSay(f.as("chair"), closed, "Wat bedoelt u?")
	f.as("c1").get(closed).says(t, "Wat bedoelt u?")
	f.as("c2").get(closed).want(t, 404)
	if _, err := f.app.Hall.Enter(background, f.viewer("c2"), discussion.TopicOf(discussion.Contribution, id)); err == nil {
		t.Error("the door of a held contribution is open to a colleague")
	}
}
