package app_test

import (
	"context"
	"encoding/json"
	"errors"
	"html"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"ruggespraak/cmd/app"
	"ruggespraak/meetings/signals"
	"ruggespraak/server/mail"
	"ruggespraak/store/sqlite"
)

var statusBadge = regexp.MustCompile(`<span class="[^"]*rs-status[^"]*">([^<]*)</span>`)

// badges are the status words on a page.
func badges(body string) []string {
	var all []string
	for _, m := range statusBadge.FindAllStringSubmatch(body, -1) {
		all = append(all, html.UnescapeString(m[1]))
	}
	return all
}

// signalForm is a filled-in form of «Inbreng delen», as a page would send it.
func signalForm(c *client, with ...string) []string {
	c.Helper()
	values := inputs(c.get("/inbreng/nieuw").want(c, http.StatusOK).body)
	given := map[string]string{
		"concept": values.Get("concept"), "versie": values.Get("versie"), "soort": "knelpunt",
		"tekst": "De intake loopt vertraging op doordat tolken ontbreken. Dat kost weken.", "titel": "",
		"thema": "zorg", "lezen": "leden", "wachten": "ja",
	}
	for i := 0; i+1 < len(with); i += 2 {
		given[with[i]] = with[i+1]
	}
	var pairs []string
	for name, value := range given {
		if value != "-" { // not sent
			pairs = append(pairs, name, value)
		}
	}
	return pairs
}

// signalSubmitted hands a form in and gives the path of the contribution.
func signalSubmitted(c *client, with ...string) string {
	c.Helper()
	a := c.post("/inbreng/nieuw", signalForm(c, with...)...).want(c, http.StatusSeeOther)
	return strings.TrimSuffix(a.location, "/aanvullen")
}

func TestSignalsFromFormToColleague(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	author, colleague := w.as("c1"), w.as("c2")
	path := signalSubmitted(author)
	author.get(path+"/aanvullen").want(t, 200).says(t, "Bedankt. Uw inbreng is ontvangen en staat bij Inbreng.").says(t, "Het hoeft niet.")
	author.post(path+"/aanvullen", "waar", "regio", "wie", "som", "wie", "ind", "helpt", "Een vaste tolk per regio.").want(t, 303)
	colleague.get(path).want(t, 200).says(t, "Het SOM, IND").says(t, "Een vaste tolk per regio.").says(t, "Marit Veldkamp, De Vuurtoren")
	colleague.get("/inbreng?soort=knelpunt&thema=zorg&status=zichtbaar").want(t, 200).says(t, "De intake loopt vertraging op")
	colleague.get("/inbreng?thema=opvang").want(t, 200).hides(t, "De intake loopt vertraging op")
	colleague.post(path+"/herken", "benaderen", "1").want(t, 303)
	colleague.get(path).says(t, "U herkent dit.").says(t, "Collega's herkennen dit.")
	w.as("c3").get(path).says(t, "Karim de Groot")
	colleague.post(path+"/herkenning-intrekken").want(t, 303)
	author.get(path).hides(t, "Collega's herkennen dit.")
}

func TestSignalsBSNIsRefusedAndKeptInTheForm(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	author := w.as("c1")
	form := signalForm(author, "tekst", "Eerste regel.\nBSN 111222333 van een cliënt.", "titel", "Mijn titel")
	a := author.post("/inbreng/nieuw", form...).want(t, http.StatusUnprocessableEntity)
	a.says(t, "Op regel 2 staat iets dat lijkt op een burgerservicenummer (BSN).").says(t, "Wij kunnen dit niet bewaren.")
	values := inputs(a.body)
	if !strings.Contains(values.Get("tekst"), "111222333") || values.Get("titel") != "Mijn titel" {
		t.Errorf("the form lost what was typed: %q, %q", values.Get("tekst"), values.Get("titel"))
	}
	if !strings.Contains(a.body, "<title>Fout: ") {
		t.Error("the title of the page does not say that something is wrong")
	}
	author.post("/inbreng/nieuw", append(form, "doe", "concept")...).want(t, http.StatusUnprocessableEntity)
	author.get("/inbreng?lijst=concepten").hides(t, "111222333").says(t, "U hebt geen concepten.")
}

var askKey = regexp.MustCompile(`id="vraag-([0-9a-f]+)"`)

func TestSignalsFalseAlarmWithAReason(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	author, colleague, chair := w.as("c1"), w.as("c2"), w.as("chair")
	form := signalForm(author, "tekst", "Een 17-jarige jongen uit een dorp met 900 inwoners moest wachten.", "titel", "Wachten op een plek")
	a := author.post("/inbreng/nieuw", form...).want(t, http.StatusUnprocessableEntity).says(t, "Kan iemand hierdoor herkend worden?")
	for _, m := range askKey.FindAllStringSubmatch(a.body, -1) {
		form = append(form, "reden-"+m[1], "geen-persoon")
	}
	path := strings.TrimSuffix(author.post("/inbreng/nieuw", form...).want(t, http.StatusSeeOther).location, "/aanvullen")
	colleague.get(path).want(t, http.StatusNotFound)
	chair.get("/").want(t, 200).says(t, "Vrij te geven").says(t, "Wachten op een plek")
	chair.get(path).want(t, 200).says(t, "Het gaat niet over bepaalde personen").says(t, "Mogen collega's dit lezen?")
	author.post(path+"/vrijgeven").want(t, http.StatusForbidden)
	chair.post(path+"/vrijgeven").want(t, http.StatusSeeOther)
	colleague.get(path).want(t, 200).says(t, "17-jarige")
}

func TestSignalsProposalIsTakenOver(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	author := w.as("c1")
	form := signalForm(author, "tekst", "Bij ons wachtte een 17-jarige jongen uit een dorp met 900 inwoners.", "titel", "Wachten")
	a := author.post("/inbreng/nieuw", form...).want(t, http.StatusUnprocessableEntity)
	key := askKey.FindStringSubmatch(a.body)
	if key == nil || !strings.Contains(a.body, "Voorstel overnemen") {
		t.Fatalf("no proposal is offered: %s", clip(text(a.body)))
	}
	a = author.post("/inbreng/nieuw", append(form, "overnemen", key[1])...).want(t, http.StatusOK)
	if got := inputs(a.body).Get("tekst"); strings.Contains(got, "17-jarige") || !strings.Contains(got, "minderjarige") {
		t.Errorf("text after taking over the proposal: %q", got)
	}
}

func TestSignalsDraftIsKeptWhileTyping(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	author := w.as("c1")
	form := signalForm(author, "tekst", "Een begin van een tekst.")
	var said struct {
		Kept    string            `json:"bewaard"`
		Refused string            `json:"geweigerd"`
		Fields  map[string]string `json:"velden"`
	}
	a := author.post("/inbreng/concept", form...).want(t, 200)
	if err := json.Unmarshal([]byte(a.body), &said); err != nil || said.Fields["versie"] != "1" || said.Kept == "" {
		t.Fatalf("answer %q: %v", a.body, err)
	}
	values := url.Values{}
	for i := 0; i < len(form); i += 2 {
		values.Set(form[i], form[i+1])
	}
	draft := "/inbreng/concept/" + values.Get("concept")
	author.get(draft).want(t, 200).says(t, "Een begin van een tekst.")
	for _, account := range []string{"c2", "chair"} {
		other := w.as(account)
		if got := other.get(draft).want(t, 404); got.body != other.get("/inbreng/concept/bestaatniet").body {
			t.Errorf("%s sees that a draft of another exists", account)
		}
	}
	again := append(form, "concept", values.Get("concept"))
	author.post("/inbreng/concept", again...).want(t, http.StatusConflict)
	author.post("/inbreng/nieuw", form...).want(t, http.StatusSeeOther)
	author.post("/inbreng/concept", form...).want(t, http.StatusConflict)
	author.get(draft).want(t, 404)
}

func TestSignalsSessionGoneKeepsTheForm(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	form := signalForm(w.as("c1"), "tekst", "Deze tekst mag niet verloren gaan.")
	stranger := w.as("")
	a := stranger.post("/inbreng/nieuw", form...).want(t, http.StatusOK)
	found := false
	for _, values := range inputs(a.body) {
		for _, v := range values {
			found = found || v == "Deze tekst mag niet verloren gaan."
		}
	}
	if !found {
		t.Errorf("the sign-in page does not carry the text: %s", clip(a.body))
	}
}

func TestSignalsWithdraw(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	author, colleague := w.as("c1"), w.as("c2")
	path := signalSubmitted(author)
	colleague.get(path+"/intrekken").want(t, http.StatusForbidden)
	author.get(path+"/intrekken").want(t, 200).says(t, "Wat in een vastgestelde bundel staat, blijft daar.")
	author.post(path+"/intrekken").want(t, http.StatusSeeOther)
	colleague.get(path).want(t, http.StatusNotFound)
	author.get(path).want(t, 200).says(t, "Ingetrokken")
	a := author.post(path+"/opnieuw").want(t, http.StatusSeeOther)
	author.get(a.location).want(t, 200).says(t, "Dat kost weken.")
}

func TestSignalsSentBackAndSubmittedAgain(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	author, colleague, chair := w.as("c1"), w.as("c2"), w.as("chair")
	path := signalSubmitted(author)
	colleague.post(path+"/herken").want(t, 303)
	chair.post(path+"/terugsturen", "reden", "").want(t, http.StatusUnprocessableEntity).says(t, "Schrijf wat er anders moet.")
	chair.post(path+"/terugsturen", "reden", "Schrijf dit wat algemener.").want(t, http.StatusSeeOther)
	w.settle()
	colleague.get(path).want(t, http.StatusNotFound)
	author.get(path).says(t, "Terug bij u").says(t, "Schrijf dit wat algemener.")
	author.get("/").says(t, "Terug bij u")
	author.get("/berichten").says(t, "CoMensha vraagt u uw inbreng aan te passen.")
	draft := author.post(path+"/opnieuw").want(t, 303).location
	page := author.get(draft).want(t, 200).says(t, "Schrijf dit wat algemener.")
	values := inputs(page.body)
	a := author.post("/inbreng/nieuw", "concept", values.Get("concept"), "versie", values.Get("versie"), "van", values.Get("van"),
		"soort", "knelpunt", "tekst", "Tolken ontbreken bij de intake.", "thema", "zorg", "lezen", "leden", "wachten", "ja").want(t, 303)
	w.settle()
	next := strings.TrimSuffix(a.location, "/aanvullen")
	colleague.get("/berichten").says(t, "Een inbreng die u herkende, is opnieuw ingediend.")
	author.get(path).says(t, "U hebt dit opnieuw ingediend")
	colleague.get(next).want(t, 200).hides(t, path)
}

func TestSignalsSimilarIsTrimmedByRights(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	author := w.as("c1")
	open := signalSubmitted(author, "tekst", "Intake loopt vertraging op doordat tolken ontbreken.")
	closed := signalSubmitted(author, "tekst", "Intake loopt vertraging op doordat tolken ontbreken, en dat is geheim.", "lezen", "comensha")
	asked := "de tolk zegt steeds op het laatste moment af"
	a := w.as("c2").post("/inbreng/lijkt-op", "titel", "", "tekst", asked).want(t, 200)
	if !strings.Contains(a.body, `data-inbreng="`+strings.TrimPrefix(open, "/inbreng/")+`"`) {
		t.Errorf("the visible one is not among the answer: %s", a.body)
	}
	a.hides(t, strings.TrimPrefix(closed, "/inbreng/")).hides(t, "geheim")
	w.as("chair").post("/inbreng/lijkt-op", "tekst", asked).want(t, 200).says(t, "geheim")
	for _, other := range []string{"som", "tf", "admin"} {
		w.as(other).post("/inbreng/lijkt-op", "tekst", asked).want(t, http.StatusNotFound)
	}
	w.as("c2").post("/inbreng/lijkt-op", "tekst", asked+" BSN 111222333").want(t, http.StatusUnprocessableEntity).hides(t, "<li")
	form := signalForm(w.as("c2"), "tekst", asked)
	w.as("c2").post("/inbreng/nieuw", append(form, "doe", "lijkt")...).want(t, 200).says(t, "Intake loopt vertraging op").says(t, "Herken ik ook")
}

func TestSignalsUnnamed(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	author, chair := w.as("c5"), w.as("chair")
	path := signalSubmitted(author, "verberg", "1")
	id := strings.TrimPrefix(path, "/inbreng/")
	chair.post("/inbreng/clusters/nieuw", "kop", "Tolken", "inbreng", id).want(t, 303)
	w.settle()
	for _, page := range []string{path, "/inbreng", "/", "/inbreng/clusters"} {
		a := w.as("c2").get(page).want(t, 200)
		for _, canary := range []string{"Wietske", "Sjoerdema", "Huis Oever", "Waterstreek", `"c5"`, w.org[4], w.reg[4], "10:00", "08:00"} {
			a.hides(t, canary)
		}
	}
	chair.get(path).says(t, "Wietske Sjoerdema, Huis Oever, Regio Waterstreek")
}

func TestSignalsGuessedAddressesAreAlike(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	author := w.as("c1")
	closed := signalSubmitted(author, "lezen", "comensha")
	open := signalSubmitted(author)
	for _, role := range []string{"c2", "som", "tf", "admin"} {
		c := w.as(role)
		random := c.get("/inbreng/aaaaaaaaaaaaaaaaaaaaaaaaaa").want(t, http.StatusNotFound)
		for _, path := range []string{closed, closed + "/intrekken", closed + "/markeren"} {
			a := c.get(path)
			if a.status == http.StatusForbidden && role == "c2" && strings.HasSuffix(path, "intrekken") {
				t.Errorf("%s learns that %s exists", role, path)
			}
			if a.status != http.StatusNotFound || a.body != random.body {
				t.Errorf("%s gets %d for %s, want the bytes of a random id", role, a.status, path)
			}
		}
		c.post(closed+"/herken").want(t, http.StatusNotFound)
	}
	for _, role := range []string{"som", "tf", "admin"} {
		w.as(role).get(open).want(t, http.StatusNotFound).hides(t, "tolken")
		w.as(role).get("/inbreng").want(t, http.StatusNotFound)
	}
}

func TestSignalsUrgent(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	path := signalSubmitted(w.as("c1"), "wachten", "nee")
	w.settle()
	chair := w.as("chair")
	chair.get("/").says(t, "Kan niet wachten").says(t, "Wacht op contact, uiterlijk 24 september 2019.")
	chair.get("/berichten").says(t, "Een inbreng kan niet wachten.")
	chair.post(path+"/contact").want(t, 303)
	chair.get("/").hides(t, "Wacht op contact")
}

func TestSignalsClusters(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	chair := w.as("chair")
	first, second := signalSubmitted(w.as("c1")), signalSubmitted(w.as("c2"), "tekst", "Een tolk is er nooit op tijd.")
	chair.get("/inbreng/clusters/nieuw").want(t, 200).says(t, "De intake loopt vertraging op")
	chair.post("/inbreng/clusters/nieuw", "kop", "").want(t, http.StatusUnprocessableEntity).says(t, "Geef een kop.")
	w.as("c1").get("/inbreng/clusters/nieuw").want(t, http.StatusForbidden)
	cluster := chair.post("/inbreng/clusters/nieuw", "kop", "Tolken", "inbreng", strings.TrimPrefix(first, "/inbreng/")).want(t, 303).location
	chair.post(cluster+"/erbij", "inbreng", strings.TrimPrefix(second, "/inbreng/")).want(t, 303)
	w.settle()
	w.as("c3").get(cluster).want(t, 200).says(t, "Een tolk is er nooit op tijd").says(t, "Collega's herkennen dit.")
	w.as("c1").get("/berichten").says(t, "CoMensha heeft uw inbreng samengevoegd")
	chair.post(cluster+"/kop", "kop", "Tolken bij de intake").want(t, 303)
	w.as("c3").get(first).says(t, "Tolken bij de intake")
	chair.post(cluster+"/eruit", "inbreng", strings.TrimPrefix(second, "/inbreng/")).want(t, 303)
	chair.get(cluster+"/opheffen").want(t, 200)
	chair.post(cluster+"/opheffen").want(t, 303)
	w.as("c3").get(cluster).want(t, http.StatusNotFound)
	w.as("c3").get(first).want(t, 200).hides(t, "Tolken bij de intake")
}

func TestSignalsFurtherThanChosen(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	author, chair := w.as("c1"), w.as("chair")
	path := signalSubmitted(author, "lezen", "comensha")
	author.post(path+"/verder/antwoord", "antwoord", "ja").want(t, http.StatusConflict)
	chair.post(path+"/verder").want(t, 303)
	w.settle()
	author.get(path).says(t, "Mag dit verder dan u koos?")
	author.post(path+"/verder/antwoord", "antwoord", "nee").want(t, 303)
	chair.get(path).says(t, "Nee, op 17 september 2019")
	w.as("c2").post(path+"/verder/antwoord", "antwoord", "ja").want(t, http.StatusNotFound)
}

// TestSignalsRemovedForGood flags and removes a text on a store in a file, and
// then looks for it in every byte of the data folder.
func TestSignalsRemovedForGood(t *testing.T) {
	t.Parallel()
	set, folder := inFolder(t)
	w := newApp(t, set)
	const secret = "kanariezwermwoord"
	author, colleague, chair := w.as("c1"), w.as("c2"), w.as("chair")
	form := signalForm(author, "tekst", "Over "+secret+" en de opvang.", "titel", secret+" in de opvang")
	author.post("/inbreng/concept", form...).want(t, 200)
	path := strings.TrimSuffix(author.post("/inbreng/nieuw", form...).want(t, 303).location, "/aanvullen")
	author.post(path+"/aanvullen", "helpt", "Meer over "+secret+".").want(t, 303)
	colleague.post("/inbreng/lijkt-op", "tekst", "opvang "+secret).want(t, 200)
	colleague.get(path+"/markeren").want(t, 200).says(t, "De tekst is dan meteen verborgen, tot CoMensha beslist.")
	colleague.post(path+"/markeren").want(t, 303)
	colleague.get(path).want(t, 200).hides(t, secret).says(t, "De tekst is verborgen. CoMensha bekijkt de tekst.")
	w.as("c3").get("/inbreng").hides(t, secret)
	chair.get("/").says(t, "Gemarkeerd").says(t, secret)
	chair.get(path+"/verwijderen").want(t, 200).says(t, "voorgoed verwijderen")
	chair.post(path+"/verwijderen").want(t, 303)
	for _, account := range []string{"c1", "c2", "chair"} {
		w.as(account).get(path).want(t, 200).hides(t, secret).
			says(t, "Hier stond iets waaraan iemand te herkennen was. Verwijderd op 17 september 2019.")
	}
	if found := filesWith(t, folder, secret); len(found) > 0 {
		t.Errorf("the data folder still holds the text: %v", found)
	}
	w.settle()
	chair.get("/inbreng/verwijderd").want(t, 200).says(t, "Ilse Brandsma").hides(t, secret)
	if found := filesWith(t, folder, strings.ToLower(secret)); len(found) > 0 {
		t.Errorf("the data folder still holds the word in small letters: %v", found)
	}
	if err := w.app.Search.Rebuild(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// inFolder gives a setting that keeps all in a folder, as a program does that
// runs on SQLite, and the folder.
func inFolder(t *testing.T) (set func(*app.Config), folder string) {
	t.Helper()
	folder = t.TempDir()
	db, err := sqlite.Open(filepath.Join(folder, "ruggespraak.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return func(cfg *app.Config) { cfg.DB, cfg.Data = db, folder }, folder
}

// filesWith lists the files below the folder that hold the words.
func filesWith(t *testing.T, folder, words string) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if strings.Contains(string(b), words) {
			found = append(found, filepath.Base(path))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestSignalsHelpNow(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	for _, account := range []string{"", "c1", "som", "admin"} {
		w.as(account).get("/hulp-nu").want(t, 200).says(t, "033-448 11 86").says(t, "0900-8844").says(t, "Uw tekst staat nog in het formulier.")
	}
}

func TestSignalsDoubleClickIsOneContribution(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	author := w.as("c1")
	form := signalForm(author)
	first := author.post("/inbreng/nieuw", form...).want(t, http.StatusSeeOther)
	second := author.post("/inbreng/nieuw", form...).want(t, http.StatusSeeOther)
	if first.location != second.location {
		t.Errorf("two addresses, %s and %s, for one form", first.location, second.location)
	}
}

func TestSignalsTwoWindows(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	author := w.as("c1")
	form := signalForm(author, "doe", "concept")
	author.post("/inbreng/nieuw", form...).want(t, http.StatusSeeOther)
	a := author.post("/inbreng/nieuw", form...).want(t, http.StatusConflict).says(t, "in een ander venster bewaard")
	values := inputs(a.body)
	if values.Get("versie") != "1" || values.Get("tekst") == "" {
		t.Errorf("the form lost the text or does not know the other window: %v", values)
	}
	author.post("/inbreng/nieuw", "concept", values.Get("concept"), "versie", "1", "tekst", "De tweede tekst.", "doe", "concept").
		want(t, http.StatusSeeOther)
}

func TestSignalsChairDecides(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	chair, author, colleague := w.as("chair"), w.as("c1"), w.as("c2")
	path := signalSubmitted(author, "thema", "onbekend")
	chair.get("/").says(t, "Thema kiezen")
	chair.post(path+"/thema", "thema", "bestaat-niet").want(t, 303)
	chair.get(path).says(t, "Kies een thema.")
	chair.post(path+"/thema", "thema", "opvang").want(t, 303)
	colleague.get("/inbreng?thema=opvang").says(t, "De intake loopt vertraging op")

	colleague.get(path).says(t, "Zichtbaar voor collega's")
	colleague.post(path+"/markeren").want(t, 303)
	author.get(path).says(t, "Uw tekst is verborgen").says(t, "Dat kost weken.")
	for _, who := range []string{"c1", "c2", "chair"} {
		if got := badges(w.as(who).get(path).body); !slices.Equal(got, []string{"Verborgen"}) {
			t.Errorf("%s sees the badges %q, want Verborgen", who, got)
		}
		if got := badges(w.as(who).get("/inbreng").body); slices.Contains(got, "Zichtbaar voor collega's") {
			t.Errorf("the list of %s says that it is visible", who)
		}
	}
	if got := badges(author.get("/inbreng?lijst=mij").body); !slices.Contains(got, "Verborgen") {
		t.Errorf("one's own list has the badges %q, want Verborgen", got)
	}
	chair.post(path+"/herstellen").want(t, 303)
	colleague.get(path).says(t, "Dat kost weken.").says(t, "Zichtbaar voor collega's")

	stage := signals.Stage{Status: signals.WithBody, At: began.AddDate(0, 0, -43), Body: "het SOM"}
	if err := w.app.Book.Advance(context.Background(), []string{strings.TrimPrefix(path, "/inbreng/")}, stage); err != nil {
		t.Fatal(err)
	}
	colleague.get(path).says(t, "Ligt bij het SOM").says(t, "Wacht 43 dagen op antwoord")
	chair.post(path+"/uitkomst", "uitkomst", "ligt").want(t, 303)
	chair.get(path).says(t, "Vul in waar het nu ligt.")
	chair.post(path+"/uitkomst", "uitkomst", "ligt", "orgaan", "gemeente of VNG").want(t, 303)
	colleague.get(path).says(t, "Ligt nu bij gemeente of VNG")
	author.post(path+"/uitkomst", "uitkomst", "opgelost").want(t, http.StatusForbidden)
}

func TestSignalsMailsAreKnown(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{signals.MailUrgent, signals.MailFlagged, signals.MailReturned, signals.MailClustered,
		signals.MailResubmitted, signals.MailFurther, signals.MailRelease, signals.MailRemoved} {
		if _, err := mail.Subject(kind); err != nil {
			t.Errorf("Subject(%q): %v", kind, err)
		}
	}
}
