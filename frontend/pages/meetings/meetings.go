// Package meetings holds the pages of Overleggen: the list, a meeting with its
// agenda, minutes and outcomes, and the forms of the chair. It stores nothing
// and may import frontend/parts, frontend/nl and templ's runtime.
package meetings

import (
	"strconv"
	"time"

	"github.com/a-h/templ"

	"ruggespraak/frontend/parts"
)

// ListPage is the list of meetings.
type ListPage struct {
	Page      parts.Page
	MayCreate bool
	Coming    []ListLine
	Past      []ListLine
	NextHref  string
	Proposals []ProposalLine
	Targets   []parts.Option // meetings where a proposal can be put
}

// ListLine is a meeting in a list.
type ListLine struct {
	Title  string
	Href   string
	Begins time.Time
	Line   string
	Status parts.Status
	Live   string // address of the page of a meeting that goes on; else empty
}

func (l ListLine) actions() templ.Component {
	if l.Live == "" {
		return nil
	}
	return parts.TextLink(l.Live, "Naar het overleg", l.Title)
}

// ProposalLine is something that asks to be put on an agenda.
type ProposalLine struct {
	ID    string
	Title string
	Href  string
	Line  string
}

// EditPage is the form of a meeting's data.
type EditPage struct {
	Page    parts.Page
	Refused parts.Refusal
	Crumbs  []parts.Link
	Action  string
	Save    string // label of the button
	Kinds   []parts.Option
	Kind    string
	Values  map[string]string
	People  []parts.Option // coordinators, for «alleen deze mensen»; empty leaves the choice out
}

// ShowPage is a meeting.
type ShowPage struct {
	Page     parts.Page
	Statuses []parts.Status
	Eyebrow  string
	Title    string
	Facts    []parts.Fact
	Live     string // address of its page while it goes on; else empty
	Begins   time.Time
	Length   string // planned minutes against the slot; empty when not for the viewer
	Over     bool
	Sections []Section
	Empty    string
	Chair    *ChairTools // nil for who changes nothing
}

// ChairTools is what the chair can do with a meeting.
type ChairTools struct {
	ChangeHref string
	AddHref    string // empty once the meeting is closed
	AddMain    bool   // adding a point is the main thing to do
	Steps      []Step
	Close      *parts.ConfirmOptions // nil: it cannot be closed now
	Note       string
}

// Step is a change of a meeting's state.
type Step struct {
	Label string
	Value string
	Main  bool
	Rare  bool // drawn quietly
}

// Section is the items under one heading; the heading may be empty.
type Section struct {
	Title string
	Items []Item
}

// Item is a point of the agenda as its reader sees it.
type Item struct {
	ID        string
	Number    string
	Title     string
	Time      string // «10.10 uur»
	Meta      string // presenter, length
	Internal  bool
	Asked     bool // a question of the guard was confirmed
	Links     []parts.Link
	Notes     templ.Component // nil without minutes
	Outcomes  []Outcome
	EditHref  string // empty for who changes nothing
	NotesHref string
	MoveHref  string
	Polls     templ.Component // the quick polls that were closed; may be nil
	Talk      parts.Link      // to its discussion; empty where there is none
	First     bool
	Last      bool
}

// Outcome is what came out of a point.
type Outcome struct {
	ID     string
	Label  string
	Text   string
	Meta   string
	From   string // address of the message that it was made from
	Asked  bool
	Hidden bool   // until the chair decides; not for paper
	Remove string // address; empty for who may not
}

// ItemPage is the form of a point of the agenda, with what stands on it.
type ItemPage struct {
	Page     parts.Page
	Refused  parts.Refusal
	Crumbs   []parts.Link
	Action   string
	Save     string
	Values   map[string]string
	Internal bool
	Sections []string
	// The rest is for a point that exists.
	Links       []LinkLine
	TakeAction  string
	RemoveLabel string
	RemoveTo    string
}

// LinkLine is something that stands with a point.
type LinkLine struct {
	parts.Link
	Kind string
	ID   string
}

// NotesPage is the form of a point's minutes and outcomes.
type NotesPage struct {
	Page       parts.Page
	Refused    parts.Refusal
	Crumbs     []parts.Link
	Title      string
	Action     string
	Text       string
	Rev        string
	Theirs     string // what another saved in between; empty without conflict
	Outcome    OutcomeForm
	Outcomes   []Outcome
	OutcomeTo  string
	WriteFirst bool
}

// OutcomeForm is the form of an outcome.
type OutcomeForm struct {
	Refused parts.Refusal
	Kinds   []parts.Option
	Kind    string
	Values  map[string]string
}

// PlacePage asks on which agenda something goes.
type PlacePage struct {
	Page     parts.Page
	Refused  parts.Refusal
	Crumbs   []parts.Link
	Action   string
	What     string
	Targets  []PlaceTarget
	Selected string
}

// PlaceTarget is a meeting with its points.
type PlaceTarget struct {
	Title   string
	Options []parts.Option
}

// targetID is the id of the first choice of a group; the summary leads to the
// first group.
func targetID(i int) string {
	if i == 0 {
		return "punt"
	}
	return "punt-" + strconv.Itoa(i)
}

func firstOnly(i int, sentence string) string {
	if i > 0 {
		return ""
	}
	return sentence
}

func stepKind(s Step) parts.ButtonKind {
	if s.Main {
		return parts.ButtonPrimary
	}
	if s.Rare {
		return parts.ButtonSubtle
	}
	return parts.ButtonSecondary
}

func addKind(t *ChairTools) parts.ButtonKind {
	if t.AddMain {
		return parts.ButtonPrimary
	}
	return parts.ButtonSecondary
}

// NextMeeting is the next meeting, on the start page.
type NextMeeting struct {
	Title  string
	Href   string
	Begins time.Time
	When   string
	Away   string // «over 2 weken»
	Live   string // address of the page of a meeting that goes on; else empty
}
