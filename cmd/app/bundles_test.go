package app_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"ruggespraak/people"
)

// bundleTexts are five texts that may leave.
var bundleTexts = []string{
	"kop", "Tolken met ervaring zijn moeilijk te vinden", "zien", "Gesprekken beginnen later, doordat er geen tolk is.",
	"gevolg", "Slachtoffers vertellen hun verhaal niet.", "vraag", "Wil het SOM een beheerder zoeken voor een gedeelde lijst van tolken?", "aan", "SOM",
}

// bundleBegun is the path of a new draft for the body.
func bundleBegun(chair *client, body string) string {
	chair.Helper()
	return chair.post("/bundels/nieuw", "aan", body, "orgaan", "VWS", "van", "1-9-2019", "tot", "30-9-2019").want(chair, http.StatusSeeOther).location
}

// bundlePoint puts a contribution into a point and writes its texts.
func bundlePoint(chair *client, bundle, contribution string, with ...string) string {
	chair.Helper()
	id := strings.TrimPrefix(contribution, "/inbreng/")
	point := chair.post(bundle+"/toevoegen", "inbreng", id).want(chair, http.StatusSeeOther).location
	chair.post(point, bundleFilled(chair, point, with...)...).want(chair, http.StatusSeeOther)
	return point
}

// bundleFilled is the form of a point, filled in.
func bundleFilled(chair *client, point string, with ...string) []string {
	chair.Helper()
	values := inputs(chair.get(point).want(chair, http.StatusOK).body)
	given := map[string]string{"punt": values.Get("punt"), "versie": values.Get("versie")}
	for i := 0; i+1 < len(bundleTexts); i += 2 {
		given[bundleTexts[i]] = bundleTexts[i+1]
	}
	for i := 0; i+1 < len(with); i += 2 {
		given[with[i]] = with[i+1]
	}
	var pairs []string
	for name, value := range given {
		pairs = append(pairs, name, value)
	}
	return pairs
}

// bundleSent brings a draft to its readers, with both readers of the house.
func bundleSent(w *world, bundle string) {
	w.Helper()
	chair, reader := w.as("chair"), w.as("reader")
	chair.post(bundle+"/aanbieden").want(w, http.StatusSeeOther)
	hash := inputs(reader.get(bundle).want(w, http.StatusOK).says(w, "Goedkeuren").body).Get("kenmerk")
	reader.post(bundle+"/goedkeuren", "kenmerk", hash).want(w, http.StatusSeeOther)
	chair.post(bundle+"/vaststellen").want(w, http.StatusSeeOther)
	chair.post(bundle+"/versturen").want(w, http.StatusSeeOther)
	w.settle()
	chair.get(bundle).want(w, http.StatusOK).says(w, "Verstuurd")
}

// bundleAnswered records an answer of the chair.
func bundleAnswered(w *world, point string, with ...string) {
	w.Helper()
	w.as("chair").post(point+"/antwoord", bundleAnswer(w, with...)...).want(w, http.StatusSeeOther)
	w.settle()
}

func bundleAnswer(w *world, with ...string) []string {
	today := w.app.Clock.Now().Format("2-1-2006")
	given := map[string]string{"antwoord": "pakken-op", "vastgesteld": today, "reden": "Dit past bij wat wij al doen."}
	for i := 0; i+1 < len(with); i += 2 {
		given[with[i]] = with[i+1]
	}
	var pairs []string
	for name, value := range given {
		pairs = append(pairs, name, value)
	}
	return pairs
}

// bundleFedBack writes, previews and publishes the next edition of a bundle,
// and gives its path.
func bundleFedBack(w *world, bundle string) string {
	w.Helper()
	chair := w.as("chair")
	path := strings.Replace(bundle, "/bundels/", "/terugkoppeling/", 1)
	form := inputs(chair.get(path+"/maken").want(w, http.StatusOK).body)
	pairs := []string{"versie", form.Get("versie"), "punten", form.Get("punten"), "dan", "voorbeeld"}
	for id := range strings.SplitSeq(form.Get("punten"), ",") {
		pairs = append(pairs, "gaf-"+id, "Tolken ontbreken bij gesprekken.")
		if _, answered := form["nu-"+id]; answered {
			pairs = append(pairs, "nu-"+id, "Er komt een beheerder voor de lijst.", "meer-"+id, "")
		} else {
			pairs = append(pairs, "meer-"+id, w.app.Clock.Now().AddDate(0, 1, 0).Format("2-1-2006"))
		}
	}
	preview := chair.post(path+"/maken", pairs...).want(w, http.StatusSeeOther).location
	shown := inputs(chair.get(preview).want(w, http.StatusOK).says(w, "Lezen als zorgcoördinator").body)
	edition := chair.post(path+"/publiceren", "gezien", shown.Get("gezien"), "ontvangers", shown.Get("ontvangers")).want(w, http.StatusSeeOther).location
	w.settle()
	return edition
}

// later moves the consultation's clock.
func bundleLater(w *world, days int) {
	w.app.Clock.SetOffset(w.app.Clock.Offset() + time.Duration(days)*24*time.Hour)
}

// The whole way, by what people click: from a contribution to an answer on the
// effect question.
func TestBundlesTheWholeWay(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	chair, som, author, supporter := w.as("chair"), w.as("som"), w.as("c1"), w.as("c2")
	inbreng := signalSubmitted(author)
	supporter.post(inbreng+"/herken").want(t, http.StatusSeeOther)

	bundle := bundleBegun(chair, "som")
	point := bundlePoint(chair, bundle, inbreng)
	chair.get(bundle).want(t, http.StatusOK).says(t, "2 organisaties").says(t, "Het SOM leest geen aantal.").says(t, "Klaar")
	som.get(bundle).want(t, http.StatusNotFound)
	bundleSent(w, bundle)

	som.get("/").want(t, http.StatusOK).says(t, "Punten die op uw reactie wachten")
	som.get("/berichten").want(t, http.StatusOK).says(t, "Bundel 2019-01 voor het SOM staat klaar")
	som.get(bundle).want(t, http.StatusOK).says(t, "Tolken met ervaring zijn moeilijk te vinden")
	som.get(point).want(t, http.StatusOK).says(t, "Wacht op uw reactie").says(t, "De vraag aan het SOM")
	som.post(point+"/reactie", "reactie", "kan-iets", "toelichting", "Wij bereiden een gesprek voor.").want(t, http.StatusSeeOther)
	w.as("som2").get(point).want(t, http.StatusOK).says(t, "Mijn organisatie kan iets doen").says(t, "Wij bereiden een gesprek voor.")
	author.get(point).want(t, http.StatusOK).hides(t, "Wij bereiden een gesprek voor.")

	bundleAnswered(w, point, "voor", "1-3-2020")
	som.get(point).want(t, http.StatusOK).says(t, "Antwoord van het SOM, vastgesteld op 17 september 2019").says(t, "Wij pakken dit zelf op, vóór 1 maart 2020")
	author.get(point).want(t, http.StatusOK).hides(t, "Dit past bij wat wij al doen").says(t, "U leest het antwoord in de terugkoppeling.")

	edition := bundleFedBack(w, bundle)
	author.get("/").want(t, http.StatusOK).says(t, "Antwoorden voor u")
	for _, c := range []*client{author, supporter} {
		c.get(edition).want(t, http.StatusOK).says(t, "Wat is er met uw inbreng gedaan?").says(t, "De reden: Dit past bij wat wij al doen.").says(t, "Dit gebeurt er nu").says(t, "Ook van u")
		c.get("/berichten").says(t, "Er is een antwoord op inbreng van u")
	}
	w.as("c3").get(edition).want(t, http.StatusOK).says(t, "Wat is er met de inbreng gedaan?").hides(t, "Ook van u")

	bundleLater(w, 92)
	if err := w.app.Desk.AskEffects(context.Background()); err != nil {
		t.Fatal(err)
	}
	w.settle()
	path := bundleEffect(author)
	author.post(path, "antwoord", "nee").want(t, http.StatusUnprocessableEntity).says(t, "Schrijf op wat er nog misgaat.")
	author.post(path, "antwoord", "nee", "mis", "Er is nog steeds geen tolk.").want(t, http.StatusSeeOther)
	author.get(path).want(t, http.StatusOK).says(t, "U antwoordde: Nee.")
	supporter.get(path).want(t, http.StatusNotFound)
	supporter.post(bundleEffect(supporter), "antwoord", "nee", "mis", "Wij wachten nog steeds.").want(t, http.StatusSeeOther)
	w.settle()
	chair.get("/overleggen").want(t, http.StatusOK).says(t, "Zorgcoördinatoren merken het nog niet")
	chair.get(point).want(t, http.StatusOK).says(t, "Er is nog steeds geen tolk.")
	som.get(point).want(t, http.StatusOK).says(t, "Nog te weinig antwoorden.").hides(t, "Er is nog steeds geen tolk.")
}

// bundleEffect is the path of the open effect question of somebody.
func bundleEffect(c *client) string {
	c.Helper()
	body := c.get("/").want(c, http.StatusOK).says(c, "Merkt u in uw werk dat dit beter gaat?").body
	i := strings.Index(body, "/terugkoppeling/effect/")
	if i < 0 {
		c.Fatal("the start page leads to no effect question")
	}
	path, _, _ := strings.Cut(body[i:], `"`)
	return path
}

// Four eyes, also for a request made by hand.
func TestBundlesFourEyesByHand(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	chair, reader := w.as("chair"), w.as("reader")
	bundle := bundleBegun(chair, "som")
	point := bundlePoint(chair, bundle, signalSubmitted(w.as("c1")))
	chair.post(bundle+"/goedkeuren", "kenmerk", "x").want(t, http.StatusForbidden)
	chair.post(bundle+"/aanbieden").want(t, http.StatusSeeOther)
	hash := inputs(reader.get(bundle).body).Get("kenmerk")
	if body := chair.get(bundle).says(t, "U hebt de tekst zelf gewijzigd").body; strings.Contains(body, "/goedkeuren") {
		t.Error("the writer is offered a button to approve")
	}
	chair.post(bundle+"/goedkeuren", "kenmerk", hash).want(t, http.StatusForbidden)
	w.as("c1").post(bundle+"/goedkeuren", "kenmerk", hash).want(t, http.StatusNotFound)
	reader.post(bundle+"/goedkeuren", "kenmerk", hash).want(t, http.StatusSeeOther)
	chair.post(point, bundleFilled(chair, point, "kop", "Een andere kop")...).want(t, http.StatusSeeOther)
	chair.get(bundle).says(t, "De goedkeuring geldt niet meer: de bundel is daarna gewijzigd.")
	a := chair.post(bundle+"/vaststellen").want(t, http.StatusSeeOther)
	chair.get(a.location).says(t, "Alleen een goedgekeurde bundel kan worden vastgesteld.")
}

// The check refuses with place and rule, and keeps what was typed.
func TestBundlesCheckRefuses(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	chair := w.as("chair")
	bundle := bundleBegun(chair, "som")
	point := bundlePoint(chair, bundle, signalSubmitted(w.as("c1")))
	chair.post(point, bundleFilled(chair, point, "zien", "Er is meer nodig.\nBij Stichting Havenlicht wachten vrouwen op een plek.")...).want(t, http.StatusUnprocessableEntity).
		says(t, "Regel 2 noemt een organisatie.").says(t, "Bij Stichting Havenlicht wachten vrouwen op een plek.")
	chair.get(point).hides(t, "Havenlicht")
	chair.post(point, bundleFilled(chair, point, "zien", "Ook hier loopt de intake vertraging op doordat tolken ontbreken: de intake loopt vertraging op doordat tolken ontbreken.")...).want(t, http.StatusUnprocessableEntity).
		says(t, "neemt acht woorden over uit een inbreng")
	chair.post(point, bundleFilled(chair, point, "zien", "BSN 111222333 wacht op een plek.")...).want(t, http.StatusUnprocessableEntity).
		says(t, "Wij kunnen dit niet bewaren.").says(t, "BSN 111222333 wacht op een plek.")
	chair.post(point, bundleFilled(chair, point)...).want(t, http.StatusSeeOther)
	bundleSent(w, bundle)
	chair.post(point+"/antwoord", bundleAnswer(w, "reden", "Dit speelt alleen in Regio Duinrand.")...).want(t, http.StatusUnprocessableEntity).
		says(t, "noemt een regio").says(t, "Dit speelt alleen in Regio Duinrand.")
	chair.post(point+"/antwoord", bundleAnswer(w, "vastgesteld", "morgen")...).want(t, http.StatusUnprocessableEntity).says(t, "Bijvoorbeeld 25-11-2026.")
}

// Two writers of one point: the second keeps the typed text and sees the other.
func TestBundlesSecondWriter(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	chair, reader := w.as("chair"), w.as("reader")
	bundle := bundleBegun(chair, "som")
	point := bundlePoint(chair, bundle, signalSubmitted(w.as("c1")))
	late := bundleFilled(reader, point, "kop", "De kop van de tweede")
	chair.post(point, bundleFilled(chair, point, "kop", "De kop van de eerste")...).want(t, http.StatusSeeOther)
	a := reader.post(point, late...).want(t, http.StatusConflict).says(t, "De kop van de eerste").says(t, "De kop van de tweede")
	if got := inputs(a.body).Get("kop"); strings.TrimSpace(got) != "De kop van de tweede" {
		t.Errorf("the form holds %q, want what the second typed", got)
	}
}

// What a SOM or Task Force account receives: no name, organisation, region, id
// or instant of a contributor, on any page of the way.
func TestBundlesNothingOfContributorsLeaves(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	chair := w.as("chair")
	inbreng := signalSubmitted(w.as("c1"))
	for _, c := range []string{"c2", "c3", "c4", "c5"} {
		w.as(c).post(inbreng+"/herken").want(t, http.StatusSeeOther)
	}
	bundle := bundleBegun(chair, "som")
	point := bundlePoint(chair, bundle, inbreng)
	bundleSent(w, bundle)
	w.as("som").get(point).says(t, "Breed herkend (ten minste 5 organisaties)")
	bundleAnswered(w, point, "antwoord", "naar-tf")
	next := strings.Replace(bundle, "2019-01", "2019-02", 1)
	chair.get(next).want(t, http.StatusOK).says(t, "Bundel 2019-02 voor de Task Force").says(t, "Tolken met ervaring")
	bundleSent(w, next)
	edition := bundleFedBack(w, bundle)
	forbidden := []string{strings.TrimPrefix(inbreng, "/inbreng/"), "/inbreng/", "chair\"", "5 organisaties in"}
	for id, p := range who {
		if p.role == people.Coordinator {
			forbidden = append(forbidden, p.name, id+"@")
		}
	}
	forbidden = append(forbidden, "De Vuurtoren", "Havenlicht", "Noorderkwartier", "Duinrand")
	for _, r := range []struct {
		who   string
		paths []string
	}{
		{"som", []string{"/", "/bundels", bundle, point, bundle + "/afdruk", next, next + "/1", next + "/afdruk", "/terugkoppeling", edition, "/berichten"}},
		{"tf", []string{"/", "/punten", next, next + "/1", next + "/1/antwoord", next + "/afdruk", "/terugkoppeling", edition, "/berichten"}},
	} {
		c := w.as(r.who)
		for _, path := range r.paths {
			a := c.get(path).want(t, http.StatusOK)
			for _, word := range forbidden {
				if strings.Contains(a.body, word) {
					t.Errorf("%s reads %q on %s", r.who, word, path)
				}
			}
		}
	}
	// the Task Force's unpublished answer is its own
	w.as("tf").post(next+"/1/antwoord", bundleAnswer(w, "reden", "De Task Force bespreekt dit in het voorjaar.")...).want(t, http.StatusSeeOther)
	w.settle()
	for _, path := range []string{next, next + "/1", next + "/afdruk"} {
		w.as("som").get(path).want(t, http.StatusOK).hides(t, "in het voorjaar")
		w.as("c1").get(path).want(t, http.StatusOK).hides(t, "in het voorjaar")
	}
	w.as("tf").get(point).want(t, http.StatusNotFound)
}

// Guessed addresses are the same page as one that never was.
func TestBundlesGuessedAddresses(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	chair := w.as("chair")
	draft := bundleBegun(chair, "som")
	bundlePoint(chair, draft, signalSubmitted(w.as("c1")))
	other := bundleBegun(chair, "ministerie")
	bundlePoint(chair, other, signalSubmitted(w.as("c2"), "tekst", "Kwetsbare jongeren worden geworven via spelletjes op hun telefoon."))
	bundleSent(w, other)
	for _, c := range []struct{ who, path string }{
		{"som", draft}, {"som", draft + "/1"}, {"som", draft + "/afdruk"}, {"som", other}, {"som", other + "/1"},
		{"tf", draft}, {"tf", other}, {"c1", draft}, {"c1", draft + "/1"}, {"som", draft + "/toevoegen"},
		{"c1", "/terugkoppeling/2019-01/1"}, {"som", "/terugkoppeling/2019-01/maken"}, {"c1", "/terugkoppeling/effect/aaaaaaaaaaaaaaaaaaaaaaaaaa"},
	} {
		got := w.as(c.who).get(c.path)
		section, _, _ := strings.Cut(strings.TrimPrefix(c.path, "/"), "/")
		never := w.as(c.who).get("/" + section + "/1999-99/1")
		if got.status != http.StatusNotFound || len(got.body) != len(never.body) {
			t.Errorf("%s gets %d (%d bytes) at %s, want the page of an address that never was (%d, %d bytes)", c.who, got.status, len(got.body), c.path, never.status, len(never.body))
		}
	}
	for _, path := range []string{draft + "/0", draft + "/x", draft + "/99", other + "/2"} {
		chair.get(path).want(t, http.StatusNotFound)
	}
	w.as("admin").get("/bundels").want(t, http.StatusNotFound)
}

// Withdrawing a sent bundle: number, day and reason stay.
func TestBundlesRecall(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	chair, som, author := w.as("chair"), w.as("som"), w.as("c1")
	inbreng := signalSubmitted(author)
	bundle := bundleBegun(chair, "som")
	bundlePoint(chair, bundle, inbreng)
	bundleSent(w, bundle)
	author.get(inbreng).says(t, "Ligt bij het SOM")
	bundleLater(w, 1)
	chair.post(bundle+"/intrekken").want(t, http.StatusUnprocessableEntity).says(t, "Vul de reden in.")
	chair.post(bundle+"/intrekken", "reden", "In een van de punten stond een fout.").want(t, http.StatusSeeOther)
	w.settle()
	som.get(bundle).want(t, http.StatusOK).says(t, "Bundel 2019-01 is ingetrokken op 18 september 2019. De reden: In een van de punten stond een fout.").hides(t, "Tolken met ervaring")
	som.get(bundle+"/afdruk").want(t, http.StatusOK).hides(t, "Tolken met ervaring")
	chair.get(bundle).want(t, http.StatusOK).says(t, "Bundel 2019-01 is ingetrokken op 18 september 2019. De reden: In een van de punten stond een fout.")
	som.get("/berichten").says(t, "is ingetrokken")
	author.get(inbreng).hides(t, "Ligt bij het SOM").says(t, "Bundel 2019-01 is ingetrokken")
}

// An old link to a point leads to what is left of the bundle. It does so for
// every number: how many points there were is gone too.
func TestBundlesOldLinkAfterRecall(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	chair, som := w.as("chair"), w.as("som")
	bundle := bundleBegun(chair, "som")
	point := bundlePoint(chair, bundle, signalSubmitted(w.as("c1")))
	bundleSent(w, bundle)
	som.get(bundle+"/2").want(t, http.StatusNotFound)
	chair.post(bundle+"/intrekken", "reden", "In een van de punten stond een fout.").want(t, http.StatusSeeOther)
	for _, path := range []string{point, bundle + "/2", bundle + "/99"} {
		if a := som.get(path).want(t, http.StatusSeeOther); a.location != bundle {
			t.Errorf("%s leads to %q, want %q", path, a.location, bundle)
		}
	}
	if a := chair.get(point).want(t, http.StatusSeeOther); a.location != bundle {
		t.Errorf("the chair is led to %q, want %q", a.location, bundle)
	}
	if a := chair.get(point+"/antwoord").want(t, http.StatusSeeOther); a.location != bundle {
		t.Errorf("the chair who records is led to %q, want %q", a.location, bundle)
	}
	som.post(point+"/reactie", "reactie", "herken").want(t, http.StatusNotFound)
	for _, who := range []string{"tf", "admin"} {
		w.as(who).get(point).want(t, http.StatusNotFound)
	}
}

func TestBundlesNothingToSend(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	bundle := bundleBegun(w.as("chair"), "som")
	w.as("chair").post(bundle+"/niets").want(t, http.StatusSeeOther)
	w.settle()
	w.as("som").get(bundle).want(t, http.StatusOK).says(t, "Over deze periode is er niets te sturen.")
	w.as("som").get("/bundels").want(t, http.StatusOK).says(t, "Niets te sturen")
}

// A point without an answer blocks the edition until it has a date.
func TestBundlesUnansweredPoint(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	chair := w.as("chair")
	bundle := bundleBegun(chair, "som")
	first := bundlePoint(chair, bundle, signalSubmitted(w.as("c1")))
	bundlePoint(chair, bundle, signalSubmitted(w.as("c2"), "tekst", "Kwetsbare jongeren worden geworven via spelletjes op hun telefoon."), "kop", "Jongeren worden geworven via spelletjes")
	bundleSent(w, bundle)
	bundleAnswered(w, first, "antwoord", "niet-over")
	path := strings.Replace(bundle, "/bundels/", "/terugkoppeling/", 1)
	form := inputs(chair.get(path + "/maken").body)
	pairs := []string{"versie", form.Get("versie"), "punten", form.Get("punten"), "dan", "voorbeeld"}
	for id := range strings.SplitSeq(form.Get("punten"), ",") {
		pairs = append(pairs, "gaf-"+id, "Tolken ontbreken.", "nu-"+id, "Er verandert nu niets.")
	}
	chair.post(path+"/maken", pairs...).want(t, http.StatusSeeOther)
	a := chair.get(path+"/voorbeeld").want(t, http.StatusOK).says(t, "Vul in op welke dag CoMensha het opnieuw vraagt.")
	if strings.Contains(a.body, "/publiceren") {
		t.Error("an edition that is not complete can be published")
	}
	chair.post(path+"/publiceren", "gezien", "", "ontvangers", "2").want(t, http.StatusSeeOther) // by hand: nothing is published
	chair.get(path+"/1").want(t, http.StatusNotFound)
	edition := bundleFedBack(w, bundle)
	w.as("c2").get(edition).says(t, "Het SOM heeft nog niet geantwoord. CoMensha vraagt het opnieuw op 17 oktober 2019.")
	w.as("c1").get(edition).says(t, "Het SOM neemt dit niet over").says(t, "De reden:")

	chair.post(edition+"/corrigeren").want(t, http.StatusUnprocessableEntity)
	chair.post(edition+"/corrigeren", "veranderd", "Het antwoord op het eerste punt klopte niet.").want(t, http.StatusSeeOther)
	w.settle()
	w.as("c1").get(edition).says(t, "Gecorrigeerd op 17 september 2019. Dit is veranderd: Het antwoord op het eerste punt klopte niet.").hides(t, "neemt dit niet over")
	w.as("c1").get("/berichten").says(t, "is gecorrigeerd")
}

// «Mag dit verder dan u koos?»: asked from the bundle, in only after yes.
func TestBundlesMayThisGoFurther(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	chair, author := w.as("chair"), w.as("c1")
	inbreng := signalSubmitted(author, "lezen", "comensha")
	id := strings.TrimPrefix(inbreng, "/inbreng/")
	bundle := bundleBegun(chair, "som")
	a := chair.post(bundle+"/toevoegen", "inbreng", id).want(t, http.StatusSeeOther)
	chair.get(a.location).says(t, "Deze inbreng mag niet verder.")
	chair.get(bundle+"/toevoegen").want(t, http.StatusOK).says(t, "Alleen voor CoMensha").says(t, "Aan de indiener vragen")
	chair.post(bundle+"/vragen", "inbreng", id).want(t, http.StatusSeeOther)
	w.settle()
	chair.get(bundle+"/toevoegen").says(t, "nog geen antwoord")
	if err := w.app.Book.AnswerFurther(context.Background(), w.viewer("c1"), id, true); err != nil {
		t.Fatal(err)
	}
	bundlePoint(chair, bundle, inbreng)
}

// A body without accounts: print, mark as sent, record the answer.
func TestBundlesForAMinistry(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	chair := w.as("chair")
	bundle := bundleBegun(chair, "ministerie")
	point := bundlePoint(chair, bundle, signalSubmitted(w.as("c1")))
	chair.get(bundle).says(t, "voor het ministerie van VWS")
	bundleSent(w, bundle)
	chair.get(bundle+"/afdruk").want(t, http.StatusOK).says(t, "Slachtoffers vertellen hun verhaal niet.")
	chair.post(point+"/antwoord", bundleAnswer(w, "antwoord", "naar-tf")...).want(t, http.StatusUnprocessableEntity)
	bundleAnswered(w, point, "antwoord", "voorleggen", "wie", "de IND")
	chair.get(point).says(t, "Antwoord van het ministerie van VWS").says(t, "Wij leggen dit voor aan de IND")
}

// A silent SOM: the age shows, and the chair is reminded.
func TestBundlesSilentSOM(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	chair, author := w.as("chair"), w.as("c1")
	inbreng := signalSubmitted(author)
	bundle := bundleBegun(chair, "som")
	bundlePoint(chair, bundle, inbreng)
	bundleSent(w, bundle)
	for i, days := range []int{43, 17} {
		bundleLater(w, days)
		if err := w.app.Desk.RemindSilent(context.Background()); err != nil {
			t.Fatal(err)
		}
		waits := fmt.Sprintf("Wacht %d dagen op antwoord", []int{43, 60}[i])
		for _, c := range []struct {
			who  *client
			path string
		}{{chair, "/"}, {chair, "/bundels"}, {w.as("som"), bundle}, {author, inbreng}} {
			c.who.get(c.path).want(t, http.StatusOK).says(t, waits)
		}
	}
	chair.get("/berichten").says(t, "wacht 30 dagen op antwoord").says(t, "wacht 60 dagen op antwoord")
}
