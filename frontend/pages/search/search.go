// Package search draws the search page.
//
// It may import frontend/parts and templ's runtime.
package search

import "ruggespraak/frontend/parts"

// Page is /zoeken.
type Page struct {
	Page    parts.Page
	Text    string // what was asked; empty shows the field alone
	Say     string // instead of results: why there are none
	Count   string // «12 resultaten»
	Meant   []Meant
	Filters []Filter
	Groups  []Group // one without a heading holds all results
	Pager   parts.PagerOptions
	Tips    []string
}

// Meant is a word that was taken for a slip, and what was searched instead.
type Meant struct{ Typed, Used string }

// Filter narrows the results.
type Filter struct {
	Name, Label, Any, Value string
	Options                 []parts.Option
}

// Group is a row of results, best first.
type Group struct {
	Heading string
	Results []Result
	More    *More // the form that shows all of the group; nil when these are all
}

// More asks the same again for one kind.
type More struct {
	Label  string
	About  string
	Fields []parts.HiddenField
}

// Result is one document that was found.
type Result struct {
	Kind    string // data-soort
	Href    string
	Title   []Piece
	Line    string
	Marks   []string
	Snippet []Piece
}

// Piece is a run of text; a marked one is a word that was looked for.
type Piece struct {
	Text   string
	Marked bool
}
