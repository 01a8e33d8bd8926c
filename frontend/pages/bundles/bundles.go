// Package bundles draws the pages of bundles: the list, composing, the point
// with reactions and answer, and the print view.
//
// It stores nothing and may import templ's runtime, frontend/parts, frontend/nl
// and the standard library. Its structs hold words, numbers and addresses; the
// server fills them in.
package bundles

import (
	"github.com/a-h/templ"

	"ruggespraak/frontend/parts"
)

// ListPage is the list of bundles.
type ListPage struct {
	Page     parts.Page
	MayBegin bool
	Lead     string
	Groups   []Group
	Empty    string // said when there is nothing at all
}

// Group is a part of a list under a heading.
type Group struct {
	ID    string
	Title string
	Rows  []Row
}

// Row is a line of a list.
type Row struct {
	Title  string
	Href   string
	Status parts.Status
	Line   string
	Second string // a second line of text
	Note   string // a small line under it
	Figure string // a number in front, with its word
	Word   string
}

// FormPage is the form of a bundle's addressee and period.
type FormPage struct {
	Page    parts.Page
	Refused parts.Refusal
	Crumbs  []parts.Link
	Action  string
	Save    string
	To      string
	Body    string
	From    string
	Until   string
}

// ComposePage is a bundle as the chair works on it, in every state.
type ComposePage struct {
	Page      parts.Page
	Number    string
	For       string // «voor het SOM»
	Status    parts.Status
	Period    string
	Editable  bool
	Notice    string // what happened to the approval
	Withdrawn string // when and why, in one line
	Findings  []parts.Finding
	Checked   string
	Points    []ComposePoint
	Left      []LeftOver
	LeftNote  string
	LeftAll   parts.Link
	Steps     []parts.WayStop
	StepHead  string
	Next      templ.Component // the form of the next step
	Say       string          // what stands in its way
	Links     []parts.Link
}

// ComposePoint is a point in the chair's list.
type ComposePoint struct {
	N       int
	ID      string
	Heading string
	Href    string
	Ask     string
	Status  parts.Status
	Figure  string
	Word    string
	Line    string
	Path    string // of the bundle
	First   bool
	Last    bool
}

// LeftOver is a contribution or cluster that is in no point yet.
type LeftOver struct {
	Title string
	Href  string
	Theme string
	Add   string // address that puts it into a point
}

// AddPage chooses what becomes a point.
type AddPage struct {
	Page     parts.Page
	Crumbs   []parts.Link
	Action   string
	AskPath  string
	Points   []parts.Option // points of the bundle, to add a contribution to
	Chosen   *AddLine       // the one contribution this page is about
	Clusters []AddLine
	Loose    []AddLine
	Older    []AddLine // from before or after the period
	Closed   []AddLine // for «Alleen CoMensha», without a yes
}

// AddLine is one line of it.
type AddLine struct {
	ID    string
	Title string
	Href  string
	Line  string
	Asked bool
}

// EditPage is the form of a point's texts.
type EditPage struct {
	Page    parts.Page
	Refused parts.Refusal
	Crumbs  []parts.Link
	Action  string
	Point   string
	Rev     string
	Values  map[string]string
	Finds   []parts.Finding
	Eyebrow string
	Clash   []parts.Fact // what stands there now, when a colleague was first
	Numbers string
	Band    string
	Sources []SourceLine
	Remove  string // address; empty: it may not be removed
	Origin  parts.Link
}

// SourceLine is a contribution under a point.
type SourceLine struct {
	ID    string
	Title string
	Href  string
	Line  string
	Drop  string // address; empty: it stays
}

// ReadPage is a bundle as its readers get it.
type ReadPage struct {
	Page      parts.Page
	Crumbs    []parts.Link
	Number    string
	For       string
	Status    parts.Status
	Period    string
	Lead      string
	Withdrawn string // the sentence of a withdrawal
	Nothing   string
	Rows      []Row
	Links     []parts.Link
	Preview   string // said above a preview
}

// PrintPage is a whole bundle on paper.
type PrintPage struct {
	Page   parts.Page
	Crumbs []parts.Link
	Number string
	For    string
	Period string
	Sent   string
	Hash   string
	Points []PrintPoint
	Say    string
}

// PrintPoint is a point on paper.
type PrintPoint struct {
	N       string
	Heading string
	See     string
	Effect  string
	Band    string
	Ask     string
	To      string
	Answer  *AnswerView
}

// AnswerView is the answer of a body in words.
type AnswerView struct {
	Head   string
	Text   string
	Reason string
}

// PointPage is a point as a viewer reads it.
type PointPage struct {
	Page      parts.Page
	Crumbs    []parts.Link
	Eyebrow   string
	Status    parts.Status
	Heading   string
	See       string
	Effect    string
	Band      string
	AskHead   string
	Ask       string
	To        string
	Answer    *AnswerView
	Answers   string // heading of the answer's section
	NoAnswer  string
	Onward    []parts.Link
	Published parts.Link
	Shows     bool // the reactions
	Reactions []ReactionLine
	React     *ReactForm
	Previous  string
	Next      string
	Chair     *ChairPart
	Record    parts.Link // to the form of the answer
	EffectSay string
}

// ReactionLine is a reaction of a member.
type ReactionLine struct {
	Kind   string
	Text   string
	From   string
	Reason string
}

// ReactForm is the viewer's own reaction.
type ReactForm struct {
	Refused parts.Refusal
	Action  string
	Kinds   []parts.Option
	Kind    string
	Text    string
	Help    string
	Own     bool // there is one to withdraw
}

// ChairPart is what only the chair sees beside a point.
type ChairPart struct {
	Says     []string
	Versions []string
	Sources  []SourceLine
	Outcomes []parts.Option
	Outcome  string
	Holder   string
	Refused  parts.Refusal
	Action   string // of the outcome; empty: there is no answer yet
	Effect   string
	Remarks  []string
}

// AnswerPage is the form of a body's answer.
type AnswerPage struct {
	Page     parts.Page
	Refused  parts.Refusal
	Crumbs   []parts.Link
	Action   string
	Heading  string
	Ask      string
	AskHead  string
	Kinds    []parts.Option
	Values   map[string]string
	WhoLabel string
	Outcomes []parts.Option // empty: not the viewer's to set
	Lead     string
}

// ReasonPage asks for the reason of a withdrawal.
type ReasonPage struct {
	Page    parts.Page
	Refused parts.Refusal
	Crumbs  []parts.Link
	Action  string
	Lead    string
	Value   string
}

// StartPart is a section on a start page.
type StartPart struct {
	ID    string
	Title string
	Rows  []Row
}
