package app_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"ruggespraak/cmd/app"
	"ruggespraak/meetings"
	"ruggespraak/meetings/bundles"
)

// guardedForm is a field of free text that the guard stands before, and a form
// that is accepted with a text in it that raises no question.
type guardedForm struct {
	name, as, path, field string
	with                  []string
}

// guardedForms are the forms with free text.
func guardedForms(f *fixture) []guardedForm {
	som := bundles.Addressee{Body: bundles.SOM}
	meeting, item := f.meeting(meetings.National, meetings.Open)
	agenda := "/overleggen/" + meeting
	sitting := []string{"soort", "landelijk", "titel", "Overleg", "datum", "25-11-2019", "begin", "10.00", "eind", "12.00"}
	draft, _ := f.compiled(som)
	point := "/bundels/" + draft + "/1"
	answered := "/bundels/" + f.answered(som) + "/1"
	written := f.answered(som)
	edition := "/terugkoppeling/" + written + "/maken"
	prepared := inputs(f.as("chair").get(edition).want(f, http.StatusOK).body)
	id := prepared.Get("punten")
	items := []string{"versie", prepared.Get("versie"), "punten", id, "gaf-" + id, "Tolken ontbreken.", "nu-" + id, "Er komt een lijst."}
	effect, _ := f.effect("c2")
	return []guardedForm{
		{"why one is sent back", "chair", "/inbreng/" + f.held("c2") + "/terugsturen", "reden", nil},
		{"the heading of a new cluster", "chair", "/inbreng/clusters/nieuw", "kop", []string{"inbreng", f.released("c2")}},
		{"the heading of a cluster", "chair", "/inbreng/clusters/" + f.cluster(f.released("c2")) + "/kop", "kop", nil},
		{"a new meeting", "chair", "/overleggen/nieuw", "titel", sitting},
		{"the place of a meeting", "chair", agenda + "/wijzigen", "plaats", sitting},
		{"a new item", "chair", agenda + "/punten/nieuw", "titel", nil},
		{"who brings an item in", "chair", agenda + "/punten/" + item, "trekker", []string{"titel", "Punt"}},
		{"minutes", "chair", agenda + "/punten/" + item + "/verslag", "verslag", []string{"versie", "1"}},
		{"an outcome", "chair", agenda + "/punten/" + item + "/uitkomsten", "tekst", []string{"uitkomst", "besluit"}},
		{"a point", "chair", point, "zien", bundleFilled(f.as("chair"), point)},
		{"a reaction", "som", "/bundels/" + f.sent(som) + "/1/reactie", "toelichting", []string{"reactie", "herken"}},
		{"an answer", "chair", "/bundels/" + f.sent(som) + "/1/antwoord", "reden", bundleAnswer(f.world)},
		{"who holds it now", "chair", answered + "/uitkomst", "bij", []string{"uitkomst", "ligt"}},
		{"why a bundle is withdrawn", "chair", "/bundels/" + f.sent(som) + "/intrekken", "reden", nil},
		{"an edition", "chair", edition, "nu-" + id, items},
		{"a correction", "chair", "/terugkoppeling/" + f.published(som) + "/1/corrigeren", "veranderd", nil},
		{"what still goes wrong", "c2", "/terugkoppeling/effect/" + effect, "mis", []string{"antwoord", "nee"}},
		// last: the words of a contribution may be in no bundle after it
		{"what would help", "c1", "/inbreng/" + f.released("c1") + "/aanvullen", "helpt", nil},
		{"a contribution", "c1", "/inbreng/nieuw", "tekst", signalForm(f.as("c1"), "titel", "Wachten op een plek")},
		{"the title of a contribution", "c1", "/inbreng/nieuw", "titel", signalForm(f.as("c1"))},
	}
}

var proposal = regexp.MustCompile(`name="overnemen" value="([0-9a-f]+)"`)

// Every form with free text shows the same of the guard: the red block for what
// is refused; for what it asks the sentence of now, a wider wording that can be
// taken over, and reasons. Nothing of a refused text is in store or log.
func TestTheGuardStandsBeforeEveryFormAlike(t *testing.T) {
	t.Parallel()
	set, folder := inFolder(t)
	log := &bytes.Buffer{}
	f := newFixture(newApp(t, set, func(c *app.Config) {
		c.Log = slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	}))
	for _, form := range guardedForms(f) {
		t.Run(form.name, func(t *testing.T) {
			c := f.as(form.as)
			asked := "Een 17-jarige jongen uit een dorp met 900 inwoners zweeg, kanarieprobeer."
			send := func(text string, more ...string) answer {
				return c.post(form.path, append(replaced(form.with, form.field, text), more...)...)
			}
			kept := func(a answer, want string) {
				t.Helper()
				if got := strings.TrimSpace(inputs(a.body).Get(form.field)); got != want {
					t.Errorf("the form holds %q, want %q", got, want)
				}
			}

			refusal := "Zij zweeg.\nHaar BSN is 111222333."
			a := send(refusal).want(t, http.StatusUnprocessableEntity).says(t, "Wij kunnen dit niet bewaren.")
			for _, want := range []string{`id="geweigerd-` + form.field + `"`, `href="#geweigerd-` + form.field + `"`} {
				if !strings.Contains(a.body, want) {
					t.Errorf("the page has no %s", want)
				}
			}
			if !strings.Contains(inputs(a.body).Get(form.field), "111222333") {
				t.Error("the refused text is no longer in the form")
			}

			a = send(asked).want(t, http.StatusUnprocessableEntity).says(t, "Kan iemand hierdoor herkend worden?").says(t, "Voorstel").says(t, "Zo laten, want:")
			kept(a, asked)
			if !strings.Contains(a.body, "<mark>Een 17-jarige") {
				t.Error("the page does not show the place in the sentence")
			}
			key := proposal.FindStringSubmatch(a.body)
			if key == nil {
				t.Fatal("no wording is offered")
			}
			taken := send(asked, "overnemen", key[1]).want(t, http.StatusOK).hides(t, "<title>Fout: ")
			if got := inputs(taken.body).Get(form.field); got == "" || strings.Contains(got, "900") || !strings.Contains(got, "kanarieprobeer") {
				t.Errorf("after taking the wording over the form holds %q", got)
			}
			var reasons []string
			for _, m := range askKey.FindAllStringSubmatch(a.body, -1) {
				reasons = append(reasons, "reden-"+m[1], "openbaar")
			}
			for _, refused := range []string{"111222333", "kanarieprobeer"} {
				if found := filesWith(t, folder, refused); len(found) > 0 || strings.Contains(log.String(), refused) {
					t.Errorf("%s is kept in %v or logged", refused, found)
				}
			}
			send(strings.Replace(asked, "kanarieprobeer", "en wij ook", 1), reasons...).want(t, http.StatusSeeOther)
		})
	}
}

// A reason holds for the place it was given for: it need not be given again
// while the text stays, and answers no question about another place.
func TestAReasonHoldsForOnePlaceOnly(t *testing.T) {
	t.Parallel()
	f := newFixture(newApp(t))
	chair := f.as("chair")
	draft, _ := f.compiled(bundles.Addressee{Body: bundles.SOM})
	point := "/bundels/" + draft + "/1"
	asked := "Een 17-jarige jongen uit een dorp met 900 inwoners zweeg."
	key := askKey.FindStringSubmatch(chair.post(point, bundleFilled(chair, point, "zien", asked)...).want(t, http.StatusUnprocessableEntity).body)[1]
	chair.post(point, bundleFilled(chair, point, "zien", asked, "reden-"+key, "openbaar")...).want(t, http.StatusSeeOther)

	given := inputs(chair.get(point).want(t, http.StatusOK).hides(t, "Zo laten, want:").body).Get("reden-" + key)
	if given != "openbaar" {
		t.Errorf("the form sends the reason %q along, want openbaar", given)
	}
	chair.post(point, bundleFilled(chair, point, "zien", asked, "reden-"+key, given)...).want(t, http.StatusSeeOther)
	more := asked + " Een meisje van 15 uit een dorp met 400 inwoners ook."
	chair.post(point, bundleFilled(chair, point, "zien", more, "reden-"+key, given)...).want(t, http.StatusUnprocessableEntity).says(t, "Kies wat u wilt doen.")
}
