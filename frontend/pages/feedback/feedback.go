// Package feedback draws the pages of what comes back: the list of published
// feedback, an edition, the chair's preparation and preview of it, and the
// effect question.
//
// It stores nothing and may import templ's runtime, frontend/parts, frontend/nl
// and the standard library. Its structs hold words, numbers and addresses; the
// server fills them in.
package feedback

import (
	"time"

	"ruggespraak/frontend/parts"
)

// ListPage is the list of published feedback.
type ListPage struct {
	Page   parts.Page
	Ready  []Row // for the chair: bundles with answers that were not fed back
	Effect []Row // questions that wait for the viewer
	Rows   []Row
	Empty  string
}

// Row is a line of a list.
type Row struct {
	Title  string
	Href   string
	Status parts.Status
	Line   string
	Fresh  bool
}

// EditionPage is an edition as a reader gets it.
type EditionPage struct {
	Page      parts.Page
	Crumbs    []parts.Link
	Eyebrow   string
	Title     string
	Number    string
	Rest      string
	Status    parts.Status
	Lead      string
	Corrected string
	Newer     parts.Link
	Items     []Item
	Told      string     // for the chair: how many people were told
	Correct   string     // address of the form of a correction; empty: not the viewer's
	Preview   *Preview   // nil: it was published
	Bundle    parts.Link // for who may read it
}

// Preview is what stands above an edition that was not published yet.
type Preview struct {
	As      string
	Links   []parts.Link
	Say     string
	Action  string // publishes; empty while something is missing
	Fields  []parts.HiddenField
	Back    string
	Missing string
}

// Item is one point of an edition.
type Item struct {
	ID      string
	Heading string
	Yours   bool
	Gave    string
	Head    string // «Antwoord van het SOM, vastgesteld op …»; empty: no answer yet
	Answer  string
	Reason  string
	NotYet  string
	Now     string
	More    time.Time
	Facts   []parts.Fact // outcome, effect
	Links   []parts.Link
}

// PreparePage is the form of the next edition.
type PreparePage struct {
	Page       parts.Page
	Refused    parts.Refusal
	Crumbs     []parts.Link
	Action     string
	Rev        string
	Points     string // their ids, with a comma between
	Items      []PrepareItem
	Recipients string
	Preview    string
	Lead       string
}

// PrepareItem is one point in it.
type PrepareItem struct {
	ID      string // of the point
	N       string
	Heading string
	Answer  string // what the body answered; empty: no answer yet
	Reason  string
	Head    string
	Gave    string
	Now     string
	More    string
	NotYet  string
}

// CorrectPage asks what has changed.
type CorrectPage struct {
	Page    parts.Page
	Refused parts.Refusal
	Crumbs  []parts.Link
	Action  string
	Value   string
	Lead    string
}

// EffectPage is the effect question.
type EffectPage struct {
	Page    parts.Page
	Refused parts.Refusal
	Crumbs  []parts.Link
	Action  string
	Heading string
	Told    *Item
	Options []parts.Option
	Answer  string
	Remark  string
	Done    string // what was answered before
	Link    parts.Link
}

// StartAnswers is what a member reads first: answers, and what is asked of the
// member about earlier ones.
type StartAnswers struct {
	CSRF    string
	Answers []StartAnswer
	Effects []StartEffect
	More    []parts.Link // further effect questions
	All     parts.Link
}

// StartAnswer is an answer on a start page.
type StartAnswer struct {
	Head string
	Text string
	On   parts.Link // what it answers
}

// StartEffect is an effect question on a start page.
type StartEffect struct {
	ID      string // of the group of choices
	Action  string
	On      parts.Link
	Options []parts.Option
}

// StartPart is a section on a start page.
type StartPart struct {
	ID    string
	Title string
	Rows  []Row
}
