package meetings

import (
	"slices"
	"time"

	"ruggespraak/internal/clock"
	"ruggespraak/internal/markdown"
	"ruggespraak/internal/outbox"
	"ruggespraak/people"
	"ruggespraak/store"
)

// Kind is what sort of meeting it is.
type Kind string

// The kinds of meeting.
const (
	National  Kind = "landelijk"
	SOM       Kind = "som"
	TaskForce Kind = "taskforce"
	Expert    Kind = "expertmeeting"
	Working   Kind = "werkgroep"
	Thematic  Kind = "thema"
)

// Kinds lists the kinds in the order of a form.
var Kinds = []Kind{National, Expert, Working, Thematic, SOM, TaskForce}

var kindLabels = map[Kind]string{
	National: "Landelijk overleg", SOM: "Overleg van het SOM", TaskForce: "Overleg van de Task Force",
	Expert: "Expertmeeting", Working: "Werkgroep", Thematic: "Thema-overleg",
}

// Label is the Dutch word on the screen.
func (k Kind) Label() string { return kindLabels[k] }

// OfBody tells whether the meeting is one of the SOM or the Task Force itself;
// the network then follows its date and subjects only.
func (k Kind) OfBody() bool { return k == SOM || k == TaskForce }

// State is where a meeting stands.
type State string

// A meeting goes from draft to open to live to closed. An open one can go back
// to draft. Nobody but the chair sees a draft.
const (
	Draft  State = "concept"
	Open   State = "open"
	Live   State = "bezig"
	Closed State = "gesloten"
)

var stateLabels = map[State]string{Draft: "Concept", Open: "Gepland", Live: "Nu bezig", Closed: "Geweest"}

// Label is the Dutch word on the screen.
func (s State) Label() string { return stateLabels[s] }

// Meeting is one meeting with its agenda, minutes and outcomes.
//
// Kind of document "overleg". Keys: "voor", who it is listed for ("voorzitter",
// "leden", "organen"), with "begin", the instant it starts; "verband", the ids of what is linked to its items;
// "herkomst", the messages that outcomes were made from; "genodigd", the accounts invited to an item until it is closed; "changed", the instant of the last write; "todo" while events wait.
type Meeting struct {
	store.Meta
	Kind   Kind      `json:"kind"`
	Title  string    `json:"title"`
	State  State     `json:"state"`
	Date   string    `json:"date"`  // wall date, 2006-01-02
	Start  string    `json:"start"` // wall time, 15:04
	End    string    `json:"end"`   // wall time, 15:04
	Zone   string    `json:"zone"`  // IANA name; the instants follow from wall time and zone
	Begins time.Time `json:"begins"`
	Ends   time.Time `json:"ends"`
	Place  string    `json:"place,omitempty"`
	Room   string    `json:"room,omitempty"`   // https link to the online meeting
	Picked []string  `json:"picked,omitempty"` // accounts; empty: all coordinators
	Items  []Item    `json:"items,omitempty"`
	// Asked are the guard's questions about title and place that were confirmed.
	Asked []Confirmed `json:"asked,omitempty"`
	By    string      `json:"by"`
	// Changed is when it was last written, by the real clock: what follows it
	// elsewhere looks again.
	Changed time.Time  `json:"changed"`
	Events  outbox.Log `json:"events,omitempty"`
}

// Item is one point of the agenda, with what was said and decided about it.
type Item struct {
	ID        string        `json:"id"`
	Section   string        `json:"section,omitempty"` // heading above it; items of one section stand together
	Title     string        `json:"title"`
	Presenter string        `json:"presenter,omitempty"`
	Minutes   int           `json:"minutes,omitempty"`  // planned length
	Internal  bool          `json:"internal,omitempty"` // for the chair only
	Links     []Link        `json:"links,omitempty"`
	Notes     string        `json:"notes,omitempty"` // the minutes, Markdown
	HTML      markdown.HTML `json:"html,omitempty"`  // Notes, rendered when saved
	Rev       int           `json:"rev,omitempty"`   // of Notes, one more at each save
	Outcomes  []Outcome     `json:"outcomes,omitempty"`
	Asked     []Confirmed   `json:"asked,omitempty"`
	Invited   []string      `json:"invited,omitempty"` // accounts of the SOM and the Task Force
}

// LinkKind is what an item can be about.
type LinkKind string

// What can stand on an agenda.
const (
	LinkSignal  LinkKind = "inbreng"
	LinkCluster LinkKind = "cluster"
)

// Link ties an item to what is discussed; the thing itself knows nothing of it.
type Link struct {
	Kind LinkKind `json:"kind"`
	ID   string   `json:"id"`
}

// OutcomeKind is what came out of an item.
type OutcomeKind string

// The kinds of outcome.
const (
	Decision    OutcomeKind = "besluit"
	Action      OutcomeKind = "actie"
	Information OutcomeKind = "informatie"
)

// OutcomeKinds lists them in the order of a form.
var OutcomeKinds = []OutcomeKind{Decision, Action, Information}

var outcomeLabels = map[OutcomeKind]string{Decision: "Besluit", Action: "Actie", Information: "Informatie"}

// Label is the Dutch word on the screen.
func (k OutcomeKind) Label() string { return outcomeLabels[k] }

// Outcome is one thing that came out of an item.
type Outcome struct {
	ID    string      `json:"id"`
	Kind  OutcomeKind `json:"kind"`
	Text  string      `json:"text"`
	Owner string      `json:"owner,omitempty"` // of an action, as people say it
	Due   string      `json:"due,omitempty"`   // of an action, 2006-01-02
	Asked []Confirmed `json:"asked,omitempty"`
	// Origin is the message that it was made from, as package discussion names
	// it; empty for one that was written here.
	Origin string `json:"origin,omitempty"`
	// Hidden is that the message is hidden until the chair decides, and this with
	// it; HiddenRev is of which state of the message that was told.
	Hidden    bool `json:"hidden,omitempty"`
	HiddenRev int  `json:"hiddenRev,omitempty"`
}

// Confirmed is a question of the guard that the writer answered: which rule
// asked, and why the text may stay. It holds nothing of the text.
type Confirmed struct {
	Rule   string    `json:"rule"`
	Reason string    `json:"reason"`
	At     time.Time `json:"at"`
}

// row is what the list of meetings shows.
type row struct {
	Kind   Kind      `json:"kind"`
	Title  string    `json:"title"`
	State  State     `json:"state"`
	Begins time.Time `json:"begins"`
	Ends   time.Time `json:"ends"`
	Picked []string  `json:"picked,omitempty"`
	Items  int       `json:"items"`
}

const (
	keyFor   = "voor"
	keyBegin = "begin"
	keyLink  = "verband"
	keyMade  = "herkomst"
	keyGuest = "genodigd"
	keyTodo  = "todo"

	keyChanged = "changed"
)

var (
	orderBegin = store.Order{keyFor, keyBegin}
	orderLink  = store.Order{keyLink}
	orderMade  = store.Order{keyMade}
	orderGuest = store.Order{keyGuest, keyBegin}
	orderTodo  = store.Order{keyTodo}

	orderChanged = store.Order{keyChanged}
)

func spec(real clock.Now) store.Spec[Meeting] {
	return store.Spec[Meeting]{
		Name:   "overleg",
		Orders: []store.Order{orderBegin, orderLink, orderMade, orderGuest, orderChanged, orderTodo}, Several: []string{keyFor, keyLink, keyMade, keyGuest},
		Meta:  func(m *Meeting) *store.Meta { return &m.Meta },
		Stamp: func(m *Meeting) { m.Changed = real() },
		Keys: func(m *Meeting) store.Keys {
			return store.Keys{keyFor: m.listedFor(), keyBegin: {sortable(m.Begins)}, keyLink: m.linked(), keyMade: m.origins(), keyGuest: m.guests(), keyChanged: {sortable(m.Changed)}, keyTodo: m.Events.Todo()}
		},
		Row: func(m *Meeting) any {
			return row{m.Kind, m.Title, m.State, m.Begins, m.Ends, m.Picked, len(m.Items)}
		},
	}
}

// Lists of meetings, a reader's each: a page of one is never spent on meetings
// that its reader may not know of.
const (
	forChair   = "voorzitter"
	forMembers = "leden"
	forBodies  = "organen"
)

func (m *Meeting) listedFor() []string {
	switch {
	case m.State == Draft:
		return []string{forChair}
	case m.Kind.OfBody():
		return []string{forChair, forMembers, forBodies}
	default:
		return []string{forChair, forMembers}
	}
}

// listOf is the list that the viewer reads.
func listOf(v people.Viewer) string {
	switch {
	case v.ActiveRole() == people.Chair || v.IsSystem():
		return forChair
	case v.ActiveRole().Member():
		return forMembers
	default:
		return forBodies
	}
}

// sortable writes an instant so that byte order is the order of time.
func sortable(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// linked lists what stands on the agenda, each once.
func (m *Meeting) linked() []string {
	var ids []string
	for _, item := range m.Items {
		for _, link := range item.Links {
			ids = append(ids, link.ID)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// origins lists the messages that outcomes were made from.
func (m *Meeting) origins() []string {
	var all []string
	for _, item := range m.Items {
		for _, o := range item.Outcomes {
			if o.Origin != "" {
				all = append(all, o.Origin)
			}
		}
	}
	return all
}

// guests lists the accounts that are invited to an item, while they are.
func (m *Meeting) guests() []string {
	var all []string
	for _, item := range m.Items {
		if m.State != Closed && m.State != Draft {
			all = append(all, item.Invited...)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Planned is the sum of the items' minutes.
func (m *Meeting) Planned() int {
	total := 0
	for _, item := range m.Items {
		total += item.Minutes
	}
	return total
}

// Slot is the length of the meeting in minutes.
func (m *Meeting) Slot() int { return int(m.Ends.Sub(m.Begins) / time.Minute) }

func (m *Meeting) item(id string) *Item {
	for i := range m.Items {
		if m.Items[i].ID == id {
			return &m.Items[i]
		}
	}
	return nil
}
