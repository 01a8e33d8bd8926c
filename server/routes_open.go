package server

import (
	"fmt"
	"strings"

	"ruggespraak/people"
)

// later are the objects of the policy that no route is about yet, by the part
// of the product that brings them. The demo's are there in the demo only.
var later = map[string][]people.Object{
	"Actiepunten":           {"action.other", "action.own"},
	"agenda by members":     {"agenda.own", "agenda.internal", "meeting.meta.invited", "rsvp.own", "note.own"},
	"minutes by members":    {"minutes.concept", "minutes.correction.own", "minutes.draft.writer"},
	"Thema's and releases":  {"agg.live", "agg.release", "agg.release.public", "agg.release.unpublished", "theme.list"},
	"Vragen van het SOM":    {"question.own", "question.placed"},
	"files and calendars":   {"att.visible", "calendar.token.own"},
	"comments":              {"kb.comment"},
	"Wie is waar":           {"coverage", "dir.private.other", "dir.private.own", "dir.public", "dir.public.own"},
	"Onderwerpen":           {"delegation", "delegation.report.own", "delegation.volunteer.own", "dossier.members", "dossier.shared"},
	"deputies and guests":   {"guestinvite", "mandate.own"},
	"import and behalf":     {"contrib.behalf", "contrib.import"},
	"exports and retention": {"export.comp", "export.meeting", "export.own", "export.pack", "export.release", "retention"},
	"public report":         {"report.draft", "report.public"},
	"own trace and audit":   {"audit.ownobject", "trace.own"},
	"demo":                  {"demo"},
}

// within are verbs that have no route of their own because another route's
// page shows them or another route's act includes them.
var within = map[people.Object]string{
	"agenda.invited":       "LRCDX",
	"agenda.other":         "LRD",
	"answer.draft.other":   "LRUD",
	"answer.draft.som":     "LRUD",
	"answer.draft.tf":      "RUD",
	"ask.own":              "UD", // as the first message of its topic
	"cluster":              "D",
	"comp.approve.other":   "R",
	"comp.draft":           "D",
	"comp.quoteconsent":    "LR",
	"contrib.draft.own":    "LU",
	"contrib.extra.own":    "LR",
	"contrib.flag":         "LR",
	"effect.own":           "LU",
	"effect.result":        "LR",
	"feedback.draft":       "LCD",
	"feedback.input.other": "LR",
	"feedback.input.own":   "LRU",
	"incident":             "R",
	"kb.approve.other":     "R",
	"meeting.body":         "D",
	"meeting.draft":        "D",
	"meeting.meta":         "CD",
	"meeting.place":        "LRCUD",
	"meeting.room.invited": "LCUD", // the link of the meeting
	"minutes.draft":        "LRX",
	"minutes.final":        "LRX",
	"msg.ask":              "LX", // moderating is an act on msg.flag
	"msg.closed":           "LX",
	"msg.contrib":          "LX",
	"msg.flag":             "LR",
	"msg.guestitem":        "LX",
	"msg.notparticipating": "LR", // the chair takes part in every meeting
	"msg.other":            "LX",
	"msg.own":              "LR",
	"msg.reaction.own":     "RD", // the same button takes back
	"msg.seen.own":         "R",
	"poll":                 "LUD", // a poll is opened and closed, never changed
	"poll.result":          "LR",
	"poll.vote.own":        "RUD", // nobody knows any more which vote it was
	"speaker.list":         "L",
	"speaker.own":          "LRUX", // the chair's acts are on the list
	"presence":             "R",
	"support.count":        "LR",
	"support.own":          "LR",
}

// verbs are all verbs of the policy, in its order.
var verbs = []people.Verb{people.List, people.Read, people.Create, people.Update, people.Delete, people.Act}

// Open lists what some built role may do and no route does: an object and a
// verb, such as "cluster D".
func Open(table []Route) []string {
	done := map[string]bool{}
	for _, r := range table {
		for _, o := range r.Objects {
			done[cell(o, r.Verb)] = true
		}
	}
	var open []string
	for _, o := range people.Objects() {
		for _, v := range verbs {
			if !done[cell(o, v)] && someBuiltRoleMay(o, v) {
				open = append(open, cell(o, v))
			}
		}
	}
	return open
}

func cell(o people.Object, v people.Verb) string { return fmt.Sprintf("%s %c", o, v) }

func someBuiltRoleMay(o people.Object, v people.Verb) bool {
	for _, r := range people.BuiltRoles {
		if people.May(r, o, v) {
			return true
		}
	}
	return false
}

// Explained lists the cells that are known to have no route.
func Explained() []string {
	var all []string
	for _, objects := range later {
		for _, o := range objects {
			for _, v := range verbs {
				if someBuiltRoleMay(o, v) {
					all = append(all, cell(o, v))
				}
			}
		}
	}
	for o, letters := range within {
		for _, v := range []byte(letters) {
			all = append(all, cell(o, people.Verb(v)))
		}
	}
	return all
}

// checkOpen refuses a table that leaves something out which nobody has
// explained.
func checkOpen(table []Route) error {
	explained := map[string]bool{}
	for _, c := range Explained() {
		explained[c] = true
	}
	var missing []string
	for _, c := range Open(table) {
		if !explained[c] {
			missing = append(missing, c)
		}
	}
	if len(missing) > 0 {
		return fmt.Errorf("the policy allows what no route does: %s", strings.Join(missing, ", "))
	}
	return nil
}
