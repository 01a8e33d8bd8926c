// Package admin holds the administrator's pages about accounts, organisations
// and regions. It imports frontend packages only.
package admin

import "ruggespraak/frontend/parts"

// AccountsPage is the list of accounts. Full is false for who sees names and
// roles only.
type AccountsPage struct {
	Page     parts.Page
	Accounts []Account
	Full     bool
}

// Account is one line of the list.
type Account struct {
	Name   string
	Href   string // empty: no page of its own
	Mail   string
	Roles  string
	Place  string
	Status parts.Status
}

// InvitePage is the form of an invitation.
type InvitePage struct {
	Page          parts.Page
	Refused       parts.Refusal
	Name, Mail    string
	Roles         []parts.Option
	Organisation  string
	Region        string
	Organisations []parts.Option
	Regions       []parts.Option
}

// LinkPage shows a link once, to who asked for it. With Mailed there is no
// link to show: it is on its way.
type LinkPage struct {
	Page   parts.Page
	Name   string
	Mail   string
	Link   string
	Mailed bool
	Back   string
}

// AccountPage is an account as an administrator sees it.
type AccountPage struct {
	Page          parts.Page
	Refused       parts.Refusal
	Name          string
	Mail          string
	Status        parts.Status
	Organisation  string
	Region        string
	Organisations []parts.Option
	Regions       []parts.Option
	Roles         []RoleLine
	Free          []parts.Option // roles that can be given
	Own           bool           // it is the reader's own
	Ended         bool
	Action        string // address of the account
}

// RoleLine is a role that the account has, or that waits for a second
// administrator. Confirm is true when the reader may be the second.
type RoleLine struct {
	Value   string
	Label   string
	Waits   bool
	Confirm bool
}

// PlacesPage is the list of organisations and regions. Edit is false for who
// may read only.
type PlacesPage struct {
	Page          parts.Page
	Refused       parts.Refusal
	Edit          bool
	Organisations []Place
	Regions       []Place
	Organisation  string // typed
	Region        string // typed
}

// Place is an organisation or a region.
type Place struct {
	Name  string
	Href  string
	Ended bool
}

// PlacePage is one organisation or region. Sort is «organisatie» or «regio»,
// which is also the name of the field.
type PlacePage struct {
	Page    parts.Page
	Refused parts.Refusal
	Sort    string
	Name    string
	Typed   string
	Ended   bool
	Edit    bool
	Action  string
}

// SessionsPage is where somebody else is signed in.
type SessionsPage struct {
	Page     parts.Page
	Name     string
	Sessions []Session
	Action   string // address of the account
}

// Session is one place where somebody is signed in.
type Session struct {
	Device string
	Line   string
}

// LogPage is the log of what happened to accounts, or to the one of Name.
type LogPage struct {
	Page  parts.Page
	Name  string
	Back  string // address of the account
	Lines []LogLine
	Next  string // address of the next part
	First string // address of the first part
}

// LogLine is one event. By is empty when the person did it.
type LogLine struct {
	When    string
	What    string
	Who     string
	By      string
	Network string
}
