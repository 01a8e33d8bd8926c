// Package floor draws the page of a meeting that goes on: what is at hand, who
// speaks and who waits, the poll, and the discussion of the item.
//
// What can change while one looks stands in parts marked with data-deel, each
// under an id of its own: the island live puts fresh ones in their place.
//
// It stores nothing and imports packages of frontend only.
package floor

import (
	"time"

	"github.com/a-h/templ"

	"ruggespraak/frontend/parts"
)

// Page is the whole page.
type Page struct {
	Page   parts.Page
	Crumbs []parts.Link
	Base   string // address; what is done is below
	Topic  string
	Last   string // number of the newest change shown
	Reader string // name of who reads
	At     time.Time
	Bar    string // how the meeting stands: «Nu bezig»
	Along  string // «SOM-leden lezen mee»; empty when nobody does
	Room   string // of the online meeting; empty: none, or not yet

	Now      Now
	Speakers *Speakers
	Poll     *Poll
	Results  []Result
	Items    []Item
	Waits    parts.Link      // to the message that waits longest for the chair's decision
	Thread   templ.Component // of the item at hand; may be nil
	ThreadOf string          // which item that is
	Chair    *Chair
	Refused  parts.Refusal
}

// Now is what is at hand.
type Now struct {
	Eyebrow string // «nu punt 5 van 9»
	Title   string
	Clock   string // «nog 22 minuten»; empty: none runs or stands
	Over    bool   // longer than was planned
	Note    string
	Links   []parts.Link // what is on the table
	Say     string       // what a screen reader is told when it changes
	Acts    []parts.PostButtonOptions
	More    parts.Link
	Jump    bool // leads to the discussion and the agenda, which a phone shows below
}

// Speakers is the speakers list.
type Speakers struct {
	Count   string // «3 wachtenden»
	Now     *Speaker
	Waiting []Speaker
	Empty   string
	Hand    *parts.PostButtonOptions // raise or take back; nil: neither
	Order   *parts.PostButtonOptions // the same of a point of order
	Say     string
}

// Speaker is somebody on that list.
type Speaker struct {
	Name  string
	Role  string
	Line  string // «Nog niet aan het woord geweest»
	Own   bool
	Order bool   // with a point of order
	Run   string // seconds that the turn has lasted
	Time  string // the same as people read it
	Acts  []parts.PostButtonOptions
}

// Poll is the quick poll that is open.
type Poll struct {
	Question string
	Action   string // of voting; empty when one has voted
	Several  bool
	Options  []parts.Option
	Note     string
	Count    string // how many voted
	Close    *parts.PostButtonOptions
	Say      string
	Error    string
}

// Result is a poll that is closed.
type Result struct {
	ID       string
	Question string
	Line     string // how many voted, or why nothing is shown
	Votes    string
	Bars     []Bar
}

// Bar is how often an option was chosen.
type Bar struct {
	ID    string
	Label string
	Value string
}

// Item is a line of the agenda.
type Item struct {
	Time  string
	Title string
	State string
	Now   bool
	Acts  []parts.PostButtonOptions
	Href  string // of its discussion
}

// Chair is what only the chair has.
type Chair struct {
	PollHref string // empty while one is open, or no item is at hand
	Close    parts.ConfirmOptions
}

// PollPage is the form of a quick poll.
type PollPage struct {
	Page    parts.Page
	Crumbs  []parts.Link
	Action  string
	Key     string
	About   string // title of the item
	Values  map[string]string
	Several bool
	Refused parts.Refusal
	Note    string
}
