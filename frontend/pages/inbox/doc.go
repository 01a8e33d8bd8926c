// Package inbox holds the page with somebody's notices. It imports frontend
// packages only.
package inbox

import (
	"time"

	"ruggespraak/frontend/parts"
)

// ListPage is the inbox.
type ListPage struct {
	Page    parts.Page
	Notices []Notice
	Unread  int
	Next    string // address of the next part
	First   string // address of the first part
}

// ShowPage is one notice.
type ShowPage struct {
	Page   parts.Page
	Notice Notice
}

// Notice is one line of it.
type Notice struct {
	Text  string
	At    time.Time
	Fresh bool
	Href  string // its own page
	Open  string // address that marks it read and leads to what it is about
	Throw string // address that removes it
}
