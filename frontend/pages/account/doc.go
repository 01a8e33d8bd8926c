// Package account holds the pages of signing in, of using an invitation, and
// of one's own account. It imports frontend packages only.
package account

import (
	"github.com/a-h/templ"

	"ruggespraak/frontend/parts"
)

// SignInPage is the first step of signing in.
type SignInPage struct {
	Page    parts.Page
	Refused parts.Refusal
	Mail    string
	// Carried are the fields of a form that was sent while signed out.
	Carried []parts.HiddenField
	// Demo is the panel of the demo; nil elsewhere.
	Demo templ.Component
}

// CodePage is the second step of signing in.
type CodePage struct {
	Page    parts.Page
	Refused parts.Refusal
	Carried []parts.HiddenField
}

// RolePage is where one of several roles is chosen.
type RolePage struct {
	Page    parts.Page
	Roles   []Role
	Carried []parts.HiddenField
}

// Role is one to choose. Current marks the one at work.
type Role struct {
	Value   string
	Label   string
	Current bool
}

// ContinuePage gives a form back that was carried through signing in.
type ContinuePage struct {
	Page   parts.Page
	Action string
	Fields []parts.HiddenField
	// Texts are the longer texts among them, for the reader to see.
	Texts []string
}

// InvitationPage is where an invited person chooses a password. Again is true
// when the account was in use before.
type InvitationPage struct {
	Page    parts.Page
	Refused parts.Refusal
	Action  string
	Name    string
	Mail    string
	Again   bool
}

// SecondFactorPage is where an authenticator is set up. QRPath is drawn in
// QRSize by QRSize.
type SecondFactorPage struct {
	Page    parts.Page
	Refused parts.Refusal
	Action  string
	QRSize  int
	QRPath  string
	Secret  string
}

// FirstPage is where the first administrator says who that is.
type FirstPage struct {
	Page    parts.Page
	Refused parts.Refusal
	Action  string
	Name    string
	Mail    string
}

// OwnPage is one's own account.
type OwnPage struct {
	Page         parts.Page
	Refused      parts.Refusal
	Name         string
	Mail         string
	Organisation string
	Region       string
	Roles        []Role
}

// SessionsPage is where the reader is signed in.
type SessionsPage struct {
	Page     parts.Page
	Sessions []Session
}

// Session is one place where the reader is signed in.
type Session struct {
	Device  string
	Role    string
	Since   string
	Used    string
	Current bool
	End     string // address that ends it
}

// ThemePage is the choice between light and dark.
type ThemePage struct {
	Page  parts.Page
	Value string
}
