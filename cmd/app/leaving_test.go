package app_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"ruggespraak/meetings"
	"ruggespraak/meetings/bundles"
)

// mayNotLeave is a text for each rule of the check on what leaves, and what the
// page says of it.
var mayNotLeave = []struct{ rule, text, say string }{
	{"person", "Marit Veldkamp merkte dit op.", "Regel 1 noemt een persoon."},
	{"organisation", "Bij Stichting Havenlicht speelt dit.", "Regel 1 noemt een organisatie."},
	{"place", "In Hengelo speelt dit.", "Regel 1 noemt een plaats."},
	{"region", "In Regio Duinrand speelt dit.", "Regel 1 noemt een regio."},
	{"count", "Drie organisaties merken dit.", "Regel 1 noemt een aantal."},
	{"words taken over", "intake loopt vertraging op doordat tolken ontbreken bij gesprekken", "Regel 1 neemt acht woorden over uit een inbreng."},
}

// leavingPath is a field whose text SOM or Task Force comes to read: the form
// it stands in, what else that form sends, and who sends it.
type leavingPath struct {
	name, as, path, field string
	with                  []string
}

// Every way by which typed text reaches SOM or Task Force. What is not among
// them: a member's own reaction and the minutes of a body's own secretariat,
// which come from there; place, presenter and minutes of a meeting, the outcome
// and what still goes wrong, which no body reads; and the heading of a cluster,
// which is checked again in the point that it becomes.
func leavingPaths(f *fixture) []leavingPath {
	som, tf := bundles.Addressee{Body: bundles.SOM}, bundles.Addressee{Body: bundles.TaskForce}
	chair := f.as("chair")
	contribution := f.form()
	contribution.Text = "De intake loopt vertraging op doordat tolken ontbreken bij gesprekken."
	f.submit("c6", contribution)
	draft, _ := f.compiled(som)
	point := "/bundels/" + draft + "/1"
	meeting, item := f.meeting(meetings.SOM, meetings.Open)
	agenda := "/overleggen/" + meeting + "/punten"
	sitting := []string{"soort", "som", "titel", "Overleg", "datum", "25-11-2019", "begin", "10.00", "eind", "12.00"}
	written := f.answered(som)
	edition := "/terugkoppeling/" + written + "/maken"
	prepared := inputs(chair.get(edition).want(f, http.StatusOK).body)
	id := prepared.Get("punten")
	items := []string{"versie", prepared.Get("versie"), "punten", id, "gaf-" + id, "Tolken ontbreken.", "nu-" + id, "Er komt een lijst."}
	period := []string{"aan", "ministerie", "orgaan", "VWS", "van", "1-9-2019", "tot", "30-9-2019"}
	paths := []leavingPath{
		{"the name of a new bundle's body", "chair", "/bundels/nieuw", "orgaan", period},
		{"the name of a bundle's body", "chair", "/bundels/" + draft + "/gegevens", "orgaan", period},
		{"the SOM's answer: to whom", "chair", "/bundels/" + f.sent(som) + "/1/antwoord", "wie", bundleAnswer(f.world, "antwoord", "voorleggen")},
		{"the SOM's answer: the reason", "chair", "/bundels/" + f.sent(som) + "/1/antwoord", "reden", bundleAnswer(f.world)},
		{"the Task Force's answer, by its secretariat", "tf", "/bundels/" + f.sent(tf) + "/1/antwoord", "reden", bundleAnswer(f.world)},
		{"why a bundle is withdrawn", "chair", "/bundels/" + f.sent(som) + "/intrekken", "reden", nil},
		{"an edition: what was passed on", "chair", edition, "gaf-" + id, items},
		{"an edition: what happens now", "chair", edition, "nu-" + id, items},
		{"a correction", "chair", "/terugkoppeling/" + f.published(som) + "/1/corrigeren", "veranderd", nil},
		{"the title of a body's new meeting", "chair", "/overleggen/nieuw", "titel", sitting},
		{"the title of a body's meeting", "chair", "/overleggen/" + meeting + "/wijzigen", "titel", sitting},
		{"a new item of a body's meeting", "chair", agenda + "/nieuw", "titel", nil},
		{"an item of a body's meeting", "chair", agenda + "/" + item, "titel", nil},
		{"a section of a body's meeting", "chair", agenda + "/" + item, "onderdeel", []string{"titel", "Punt"}},
	}
	for i := 0; i+1 < len(bundleTexts); i += 2 {
		paths = append(paths, leavingPath{"a point: " + bundleTexts[i], "chair", point, bundleTexts[i], bundleFilled(chair, point)})
	}
	return paths
}

// Each path refuses what each rule finds, says so at the field with the line,
// and keeps what was typed in the form.
func TestWhatMayNotLeaveIsRefusedOnEveryPath(t *testing.T) {
	t.Parallel()
	f := newFixture(newApp(t))
	for _, p := range leavingPaths(f) {
		t.Run(p.name, func(t *testing.T) {
			c := f.as(p.as)
			for _, bad := range mayNotLeave {
				a := c.post(p.path, replaced(p.with, p.field, bad.text)...).want(t, http.StatusUnprocessableEntity).says(t, bad.say)
				if got := strings.TrimSpace(inputs(a.body).Get(p.field)); got != bad.text {
					t.Errorf("%s: the form holds %q, want %q", bad.rule, got, bad.text)
				}
			}
		})
	}
}

// replaced are the pairs of a form with another value for one field.
func replaced(pairs []string, name, value string) []string {
	all := slices.Clone(pairs)
	for i := 0; i+1 < len(all); i += 2 {
		if all[i] == name {
			all[i+1] = value
			return all
		}
	}
	return append(all, name, value)
}
