// Package general holds the pages that belong to no noun: the start page, the
// page for visitors, errors, and what must be told to everybody. It stores
// nothing and may import frontend/parts, frontend/nl and templ's runtime.
package general

import (
	"github.com/a-h/templ"

	"ruggespraak/frontend/parts"
)

// ErrorPage tells what went wrong. Reference is only there for what went wrong
// at our side.
type ErrorPage struct {
	Page      parts.Page
	Sentence  string
	Reference string
	Status    string
}

// StartPage is the start page of a role: sections that the nouns give.
type StartPage struct {
	Page     parts.Page
	Today    string // «maandag 16 september 2019»
	TodayISO string
	MayShare bool // shows «Inbreng delen»
	Main     []templ.Component
	Aside    []templ.Component
}
