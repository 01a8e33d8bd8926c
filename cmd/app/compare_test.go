package app_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"ruggespraak/knowledge/routes"
)

const (
	comparePage = "/kennisbank/compensatie"
	guidePage   = comparePage + "/keuzehulp"
)

// every gives the elements of a page for which want holds, in their order.
func every(page string, want func(*html.Node) bool) []*html.Node {
	doc, _ := html.Parse(strings.NewReader(page))
	var found []*html.Node
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && want(n) {
			found = append(found, n)
		}
	}
	return found
}

func withAttr(name string) func(*html.Node) bool {
	return func(n *html.Node) bool { return attr(n, name) != "" }
}

// attrs are the values of the attribute over the page.
func attrs(page, name string) []string {
	var all []string
	for _, n := range every(page, withAttr(name)) {
		all = append(all, attr(n, name))
	}
	return all
}

func TestComparatorIsPublicAndWhole(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	for _, account := range []string{"", "c1", "chair", "som", "tf", "admin"} {
		a := w.as(account).get(comparePage).want(t, http.StatusOK)
		a.says(t, "Nog niet gecontroleerd door CoMensha").says(t, "Algemene informatie, geen juridisch advies. Bedragen en termijnen kunnen veranderen.")
		columns := every(a.body, func(n *html.Node) bool { return n.Data == "th" && attr(n, "scope") == "col" })
		rows := every(a.body, func(n *html.Node) bool { return n.Data == "th" && attr(n, "scope") == "row" })
		cells := every(a.body, func(n *html.Node) bool { return n.Data == "td" && attr(n, "data-route") != "" })
		if len(columns) != 4 || len(rows) != 19 || len(cells) != 57 {
			t.Errorf("as %q: %d columns, %d rows, %d cells, want 4, 19, 57", account, len(columns), len(rows), len(cells))
		}
	}
	w.as("").get("/").want(t, http.StatusOK).says(t, "drie routes")
}

func TestComparatorShowsWhatIsChosen(t *testing.T) {
	t.Parallel()
	c := newApp(t).as("")
	two := c.get(comparePage+"?route=fonds&route=straf").want(t, http.StatusOK).hides(t, "De cliënt zelf, via een deurwaarder.")
	if got := attrs(two.body, "data-route"); !slices.Equal(got[:4], []string{"straf", "fonds", "straf", "fonds"}) {
		t.Errorf("columns = %v", got[:4])
	}
	c.get(comparePage+"?route=fonds").want(t, http.StatusOK).says(t, "Kies twee of drie routes").says(t, "De cliënt zelf, via een deurwaarder.")
	c.get(comparePage+"?route=%3Cb%3E").want(t, http.StatusOK).says(t, "Kies twee of drie routes")
}

func TestEveryCellHasItsAddress(t *testing.T) {
	t.Parallel()
	c := newApp(t).as("")
	page := c.get(comparePage).body
	cells := every(page, func(n *html.Node) bool { return n.Data == "td" })
	for _, cell := range cells {
		key, route, _ := strings.Cut(attr(cell, "id"), "-")
		a := c.get(comparePage+"/"+key+"/"+route).want(t, http.StatusOK).says(t, "Geldig per").hides(t, "Klopt dit nog?")
		a.says(t, strings.Join(strings.Fields(firstText(cell)), " "))
	}
	unknown := c.get(comparePage+"/duur/nergens").want(t, http.StatusNotFound)
	if other := c.get(comparePage + "/nergens/straf"); other.body != unknown.body {
		t.Error("an unknown row and an unknown route differ")
	}
}

// firstText is the text of the first paragraph in it.
func firstText(n *html.Node) string {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && d.Data == "p" && d.FirstChild != nil {
			return d.FirstChild.Data
		}
	}
	return ""
}

func TestTwoChairsDateACell(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	const cell = comparePage + "/risico/straf"
	w.real.Move(90 * 24 * time.Hour) // in December 2019
	w.as("").get(cell).says(t, "had vóór 2 november 2019 gecontroleerd moeten zijn")
	w.as("").get(comparePage).says(t, "Verlopen op 2-11-2019")
	chair := w.as("chair")
	form := inputs(chair.get(cell).want(t, http.StatusOK).body)
	dated := []string{"geldig_per", form.Get("geldig_per"), "controleren_voor", form.Get("controleren_voor")}
	chair.post(cell, "geldig_per", "31-2-2019", "controleren_voor", "1-1-2099").want(t, http.StatusUnprocessableEntity).says(t, "uiterlijk over 6 maanden").says(t, "niet later is dan vandaag")
	chair.post(cell, dated...).want(t, http.StatusSeeOther)
	w.as("").get(cell).says(t, "Nog niet gecontroleerd door CoMensha").hides(t, w.viewer("chair").Name)
	w.as("reader").get(cell).says(t, "Klopt nog, volgens "+w.viewer("chair").Name)
	w.as("reader").post(cell, dated...).want(t, http.StatusSeeOther)
	w.as("c1").get(cell).hides(t, "Nog niet gecontroleerd door CoMensha").says(t, "volgende controle vóór").hides(t, w.viewer("chair").Name)
	w.as("").get(comparePage).says(t, "Gecontroleerd op").says(t, "Nog niet gecontroleerd door CoMensha")
}

func TestGuideIsReviewedByTwoChairs(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	for _, chair := range []string{"chair", "reader"} {
		w.as("").get(guidePage).says(t, "Nog niet gecontroleerd door CoMensha")
		c := w.as(chair)
		form := inputs(c.get(guidePage+"/controle").want(t, http.StatusOK).body)
		c.post(guidePage+"/controle", "geldig_per", form.Get("geldig_per"), "controleren_voor", form.Get("controleren_voor")).want(t, http.StatusSeeOther)
	}
	w.as("").get(guidePage).hides(t, "Nog niet gecontroleerd door CoMensha")
}

// walker answers the guide as somebody in front of it does: it knows no
// question, only what the page asks.
type walker struct {
	*client
	given map[string]string // by the field's name
	asked []string
}

// on answers the pages from path, until there is nothing more to answer.
func (w *walker) on(path string) answer {
	w.Helper()
	for range 2 * routes.Questions {
		page := w.get(path).want(w, http.StatusOK)
		field := askedField(page.body)
		if field == "" {
			return page
		}
		w.asked = append(w.asked, field)
		path = w.answers(page, guidePage, field, w.given[field]).want(w, http.StatusSeeOther).location
	}
	w.Fatalf("no outcome after %v", w.asked)
	return answer{}
}

// answers posts what somebody chose on the page.
func (c *client) answers(page answer, path string, pairs ...string) answer {
	c.Helper()
	c.csrf = inputs(page.body).Get("_token")
	return c.post(path, pairs...)
}

// askedField is the name of the question on the page.
func askedField(page string) string {
	radios := every(page, func(n *html.Node) bool { return n.Data == "input" && attr(n, "type") == "radio" })
	if len(radios) == 0 {
		return ""
	}
	return attr(radios[0], "name")
}

var guideAnswers = map[string]string{
	"q1": "nl", "q2": "9-10", "q3": "mh", "q4": "bron", "q5": "ja", "q6": "onbekend", "q7": "nee", "q8": "wn", "q9": "nee", "q10": "ja", "q11": "nee", "q12": "ja",
}

func TestGuideWalkWithoutSigningIn(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	walk := &walker{client: w.as(""), given: guideAnswers}
	out := walk.on(guidePage)
	if want := "q1 q2 q3 q4 q5 q6 q7 q8 q9 q10 q11 q12"; strings.Join(walk.asked, " ") != want {
		t.Errorf("asked %v, want %s", walk.asked, want)
	}
	guideSays(t, out, "R10", "fonds x, civiel o, straf -", "FONDS_NU VERREKENEN STRAF_LATER CIVIEL VERHAAL_WN ADV_LETSEL ADV_GEEN")
	out.says(t, "Doe de aanvraag bij het Schadefonds samen met Slachtofferhulp. Bespreek of de cliënt aangifte wil doen.").
		says(t, "Algemene informatie, geen juridisch advies.").says(t, "Laagdrempelig, ook zonder aangifte of bekende dader")
}

func guideSays(t *testing.T, out answer, row, marks, notes string) {
	t.Helper()
	var got []string
	for _, n := range every(out.body, withAttr("data-teken")) {
		if n.Data == "li" {
			got = append(got, attr(n, "data-route")+" "+attr(n, "data-teken"))
		}
	}
	if have := strings.Join(attrs(out.body, "data-rij"), " "); have != row {
		t.Errorf("row = %q, want %s", have, row)
	}
	if have := strings.Join(got, ", "); have != marks {
		t.Errorf("marks = %s, want %s", have, marks)
	}
	if have := strings.Join(attrs(out.body, "data-noot"), " "); have != notes {
		t.Errorf("notes = %s, want %s", have, notes)
	}
}

// Going back shows the answer; changing it drops what is no longer asked.
func TestGuideBackAndForth(t *testing.T) {
	t.Parallel()
	c := newApp(t).as("c1")
	walk := &walker{client: c, given: guideAnswers}
	walk.on(guidePage)
	page := c.get(guidePage+"/3").want(t, http.StatusOK)
	checked := every(page.body, func(n *html.Node) bool { return n.Data == "input" && hasAttr(n, "checked") })
	if len(checked) != 1 || attr(checked[0], "value") != "mh" {
		t.Errorf("page 3 shows %d answers", len(checked))
	}
	back := every(page.body, func(n *html.Node) bool { return n.Data == "a" && strings.TrimSpace(n.FirstChild.Data) == "Vorige" })
	if len(back) != 1 || attr(back[0], "href") != guidePage+"/2" {
		t.Errorf("page 3 leads back %d ways", len(back))
	}
	next := c.answers(page, guidePage, "q3", "loon", "q6", "sepot", "q4", "aangifte").want(t, http.StatusSeeOther).location
	if next != guidePage+"/4" {
		t.Errorf("after changing page 3 = %s, want the next", next)
	}
	walk.asked = nil
	out := walk.on(next)
	if got := strings.Join(walk.asked, " "); got != "q8 q9 q10 q11 q12" {
		t.Errorf("asked afterwards: %s", got)
	}
	guideSays(t, out, "R3", "civiel x, straf -, fonds -", "CIVIEL VERHAAL_WN LOON_NL ADV_ARBEID")
}

func hasAttr(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

// An asked question without a valid answer: that page again, and no outcome.
func TestGuideAsksAgain(t *testing.T) {
	t.Parallel()
	c := newApp(t).as("")
	page := c.get(guidePage)
	for _, form := range [][]string{{}, {"q1", "mars"}, {"q1", ""}} {
		again := c.answers(page, guidePage, form...).want(t, http.StatusUnprocessableEntity).says(t, "Kies een antwoord.")
		if got := askedField(again.body); got != "q1" {
			t.Errorf("after %v asks %s, want q1", form, got)
		}
	}
	walk := &walker{client: c, given: guideAnswers}
	walk.on(guidePage)
	again := c.answers(c.get(guidePage+"/6"), guidePage, "q6", "bekend").want(t, http.StatusUnprocessableEntity)
	if got := askedField(again.body); got != "q6" {
		t.Errorf("asks %s, want q6", got)
	}
	if to := c.get(guidePage+"/uitkomst").want(t, http.StatusSeeOther).location; to != guidePage+"/6" {
		t.Errorf("the outcome leads to %q, want the page without an answer", to)
	}
	if to := c.get(guidePage+"/9").want(t, http.StatusSeeOther).location; to != guidePage+"/6" {
		t.Errorf("page 9 leads to %q", to)
	}
	c.get(guidePage+"/13").want(t, http.StatusNotFound)
	c.get(guidePage+"/q6").want(t, http.StatusNotFound)
}

// All answers at once are as good as one by one.
func TestGuideTakesAllAnswersAtOnce(t *testing.T) {
	t.Parallel()
	c := newApp(t).as("")
	var all []string
	for field, value := range guideAnswers {
		all = append(all, field, value)
	}
	a := c.answers(c.get(guidePage), guidePage, all...).want(t, http.StatusSeeOther)
	guideSays(t, c.get(a.location), "R10", "fonds x, civiel o, straf -", "FONDS_NU VERREKENEN STRAF_LATER CIVIEL VERHAAL_WN ADV_LETSEL ADV_GEEN")
}

// Answers are in no document, no address, and not to be read in the cookie;
// half an hour after the first they are gone, and at once when wiped.
func TestGuideKeepsNothing(t *testing.T) {
	t.Parallel()
	f, rec := newWatched(t)
	f.settle()
	rec.take()
	walk := &walker{client: f.as(""), given: guideAnswers}
	if out := walk.on(guidePage); out.status != http.StatusOK {
		t.Fatal("no outcome")
	}
	if docs := rec.take(); len(docs) > 0 {
		t.Errorf("the walk wrote %v", docs)
	}
	sealed := walk.cookies["ruggespraak-keuzehulp"]
	if sealed == "" || strings.Contains(sealed, "bron") {
		t.Errorf("cookie = %q", sealed)
	}
	if a := f.as("").get(guidePage + "/uitkomst"); a.status != http.StatusSeeOther {
		t.Errorf("another visitor's outcome = %d", a.status)
	}
	thief := f.as("")
	thief.get(guidePage)
	thief.cookies["ruggespraak-keuzehulp"] = sealed
	thief.get(guidePage+"/uitkomst").want(t, http.StatusSeeOther)
	walk.get(guidePage+"/uitkomst").want(t, http.StatusOK)
	f.real.Move(routes.KeptFor + time.Second)
	if to := walk.get(guidePage+"/uitkomst").want(t, http.StatusSeeOther).location; to != guidePage {
		t.Errorf("after half an hour the outcome leads to %q", to)
	}
	walk.on(guidePage)
	walk.answers(walk.get(guidePage), guidePage+"/wissen").want(t, http.StatusSeeOther)
	if to := walk.get(guidePage+"/uitkomst").want(t, http.StatusSeeOther).location; to != guidePage {
		t.Errorf("wiped, the outcome leads to %q", to)
	}
}

// Answers come in a form only, with the token of the page.
func TestGuideTakesNoAnswerFromAnAddress(t *testing.T) {
	t.Parallel()
	c := newApp(t).as("")
	page := c.get(guidePage)
	c.get(guidePage + "?q1=nl")
	c.answers(page, guidePage+"?q1=nl").want(t, http.StatusUnprocessableEntity)
	c.csrf = "onzin"
	c.post(guidePage, "q1", "nl").want(t, http.StatusForbidden)
	if a := c.get(guidePage + "/2"); a.location != guidePage {
		t.Errorf("an answer was taken: %d %s", a.status, a.location)
	}
}
