// Package tasks draws the administrator's page of planned work and outgoing
// mail: how it stands, never what it is about.
//
// It stores nothing and may import templ's runtime, frontend/parts and the
// standard library. Its structs hold words and addresses; the server fills them in.
package tasks

import "ruggespraak/frontend/parts"

// Page is the page Taken.
type Page struct {
	Page  parts.Page
	Stuck []Line // what was decided and could not be followed up yet
	// MailLine says in words how the mail stands.
	MailLine string
	Mails    []Line
	More     string // where the list of mails goes on
	Jobs     []Line
}

// Line is a job, a mail or something that hangs.
type Line struct {
	Name   string
	Small  string // under the name
	When   string
	Status parts.Status
	Reason string
	Button string // empty: nothing can be done
	Action string // where the button posts to
}

// StartPart is the administrator's part of the start page.
type StartPart struct {
	Lines []parts.RowOptions
}
