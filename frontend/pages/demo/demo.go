// Package demo holds the pages that exist in the demo only: the clock, starting
// over, the outgoing mail, and the buttons to sign in. It stores nothing and may
// import frontend/parts, frontend/nl and templ's runtime.
package demo

import "ruggespraak/frontend/parts"

// ClockPage is where the consultation's clock is moved.
type ClockPage struct {
	Page  parts.Page
	Today string
}

// MailPage shows the mail that would leave the house.
type MailPage struct {
	Page     parts.Page
	Lines    []MailLine
	NextHref string
}

// MailLine is one mail.
type MailLine struct {
	To      string
	Subject string
	Line    string
	Href    string
	When    string
	State   parts.Status
}

// SignIn are the ways into the demo: a button a role, and a list of everybody.
type SignIn struct {
	// Carried are the fields of a form that was sent while signed out.
	Carried  []parts.HiddenField
	CSRF     string
	Buttons  []parts.Option // Value is the account
	Everyone []parts.Option
}
