package app_test

import (
	"net/http"
	"strings"
	"testing"

	"ruggespraak/meetings/bundles"
)

// Each effect question that waits can be reached from the start page.
func TestStartLeadsToEachEffectQuestion(t *testing.T) {
	t.Parallel()
	f := newFixture(newApp(t))
	var ids []string
	for range 3 {
		id, _ := f.effect("c2")
		ids = append(ids, id)
	}
	body := f.as("c2").get("/").want(t, http.StatusOK).body
	for _, id := range ids {
		if !strings.Contains(body, "/terugkoppeling/effect/"+id) {
			t.Errorf("the start page does not lead to the question %s", id)
		}
	}
}

// A meeting that nobody closed has been: the chair is reminded on the start
// page, the others find it among the earlier ones.
func TestStartRemindsOfAMeetingToClose(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	meeting, _ := planned(w)
	chair, member := w.as("chair"), w.as("c1")
	chair.post(meeting+"/stand", "stand", "open").want(t, http.StatusSeeOther)
	bundleLater(w, 100)
	chair.get("/").says(t, "Overleggen die u nog kunt sluiten").says(t, "Nog te sluiten")
	chair.get(meeting).says(t, "De dag van dit overleg is voorbij.").hides(t, "Overleg beginnen")
	member.get("/").hides(t, "Nog te sluiten").hides(t, "Volgend overleg")
	member.get("/overleggen").says(t, "Er is nu geen overleg gepland.").says(t, "Eerdere overleggen").hides(t, "Nog te sluiten")
	chair.post(meeting+"/stand", "stand", "gesloten").want(t, http.StatusSeeOther)
	chair.get("/").hides(t, "Nog te sluiten")
}

// What the chair can do with a meeting is not for paper.
func TestMeetingToolsAreNotPrinted(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	meeting, _ := planned(w)
	body := w.as("chair").get(meeting).want(t, http.StatusOK).body
	at := strings.Index(body, `aria-labelledby="voorzitter"`)
	if at < 0 || !strings.Contains(body[max(at-80, 0):at], "rs-no-print") {
		t.Error("the panel of the chair has no class that keeps it off paper")
	}
}

// On a phone everything stands in the order of the page: the form of a reaction
// comes right after the question, before what others said.
func TestReactionFormComesBeforeReactions(t *testing.T) {
	t.Parallel()
	f := newFixture(newApp(t))
	body := f.as("som").get("/bundels/"+f.sent(bundles.Addressee{Body: bundles.SOM})+"/1").want(t, http.StatusOK).body
	ask, form, reactions := strings.Index(body, `id="vraag-aan"`), strings.Index(body, `name="reactie"`), strings.Index(body, `id="reacties"`)
	if ask < 0 || form < ask || reactions < form {
		t.Errorf("question at %d, form at %d, reactions at %d: want them in this order", ask, form, reactions)
	}
}
