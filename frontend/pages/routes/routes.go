// Package routes holds the pages of the three routes to compensation: the
// comparator, one of its cells, the guide's questions and what it says. It
// stores nothing and may import frontend/parts and templ's runtime.
package routes

import "ruggespraak/frontend/parts"

// FixedLine stands on every page of the comparator and the guide, and on paper.
const FixedLine = "Algemene informatie, geen juridisch advies. Bedragen en termijnen kunnen veranderen."

// Standing is how sure one may be of a text, in sentences; empty ones are left
// out.
type Standing struct {
	Unchecked string // «Nog niet gecontroleerd door CoMensha»
	Expired   string
	Checked   string
	Clock     string // in the demo: that dates go by the real day
}

// ComparePage sets the routes side by side.
type ComparePage struct {
	Page     parts.Page
	Standing Standing
	Compiled string // when the table was written down, in words
	Choice   parts.CheckboxesOptions
	Show     parts.RadiosOptions // on a phone: which route
	Columns  []Column
	Rows     []Row // the questions
	Verdicts []Row // advantage and disadvantage
}

// Column is a route.
type Column struct {
	Route string // «straf»
	Label string
}

// Row is a question; its key is its anchor.
type Row struct {
	Key   string
	Label string
	Dated string // how its cells stand, for paper
	Cells []Cell
}

// Cell is what holds for a route.
type Cell struct {
	ID    string
	Route string
	Text  string
	Links []parts.Link
	Href  string // of its own page
	Mark  parts.Status
	About string // which cell, for who hears the link alone
}

// CellPage is one cell with what it rests on.
type CellPage struct {
	Page     parts.Page
	Route    string
	Standing Standing
	Text     string
	Links    []parts.Link
	Dates    []parts.Fact
	Sources  []Source
	Review   *Review // for a chair
	Crumbs   []parts.Link
}

// Source is where something stands; Date may be empty.
type Source struct{ Title, Href, Date string }

// Review is the form in which a chair says that a text still holds.
type Review struct {
	Action      string
	CSRF        string
	Said        string // who said so already; empty: nobody
	ValidFrom   parts.FieldOptions
	CheckBefore parts.FieldOptions
	Errors      []parts.FieldError
	ErrorTitle  string
}

// ReviewPage is the review of the guide.
type ReviewPage struct {
	Page     parts.Page
	Standing Standing
	Review   Review
	Crumbs   []parts.Link
}

// QuestionPage is one question of the guide.
type QuestionPage struct {
	Page     parts.Page
	Standing Standing
	Crumbs   []parts.Link
	Step     string // «Vraag 3»
	First    bool
	Action   string
	Wipe     string // where to wipe the answers; empty before there is one
	Until    string // until when they are kept; empty as Wipe
	Question parts.RadiosOptions
	Error    []parts.FieldError
	Back     string // empty on the first page
	Review   string // where a chair reviews the guide; empty for others
}

// OutcomePage is what the guide says.
type OutcomePage struct {
	Page     parts.Page
	Standing Standing
	Row      string // «R7»
	Routes   []RouteLine
	First    string
	Notes    []Note
	Lawyers  []Note
	Sources  []Source
	Answers  []Given
	Back     string
	Wipe     string
	Until    string
}

// RouteLine is a route in its place.
type RouteLine struct {
	Route     string // «fonds»
	Mark      string // «x»
	Label     string
	Words     string // «eerst bekijken»
	Advantage string
	Condition string
}

// Note is a line to watch.
type Note struct{ ID, Text string }

// Given is an answer that was given, and where it can be changed.
type Given struct{ Question, Answer, Href string }
