package parts

import (
	"strings"

	"github.com/a-h/templ"

	"ruggespraak/frontend/assets"
)

// CSRFField is the name of the form field that carries the session's token.
const CSRFField = "_token"

// Assets names the style sheet, script, font and icon of a page.
type Assets = assets.Assets

// Page is what every page has around its own content. The zero value is a
// page for a visitor who has not signed in.
type Page struct {
	// Title is the heading's words; the product's name is added in the tab.
	Title string
	// Error puts «Fout: » before the title: the form on this page was refused.
	Error bool
	// Again tells that this page answers a form: it shows it again, with what was
	// typed and is kept nowhere.
	Again bool
	// Path is the address of this page, without query.
	Path string
	// Viewer is nil for someone who has not signed in.
	Viewer *Viewer
	// CSRF is the token for the forms of the layout itself («Afmelden»).
	CSRF string
	// Theme is "light", "dark" or empty: the system decides.
	Theme string
	// DemoBanner is nil outside the demo.
	DemoBanner *DemoBanner
	// Flash is the one sentence that tells what has just been done.
	Flash string
	// Assets are the built files.
	Assets Assets
	// Narrow sets the page to the width of a form or a text to read.
	Narrow bool
	// Print is the first line on paper: what it is and for whom.
	Print string
	// Search shows the search field; no earlier than the search page exists.
	Search bool
	// Bare leaves out the menu, for the pages of signing in.
	Bare bool
}

// Viewer is the person who looks, as far as the layout shows it.
type Viewer struct {
	Name      string
	RoleLabel string
	// AccountHref is the page of one's own account; empty shows the name without a link.
	AccountHref string
	Menu        []MenuItem
	// More is the menu behind «Meer»; empty leaves it out.
	More []MenuItem
	// Unread is the count on the bell.
	Unread int
}

// MenuItem is one entry of the menu. Current marks the page's own section.
type MenuItem struct {
	Label   string
	Href    string
	Current bool
}

// DemoBanner tells that nothing here is real.
type DemoBanner struct {
	// Today is the date of the consultation's clock, in words.
	Today string
	// Href is the page where the clock is moved.
	Href string
}

// Link is a text with an address.
type Link struct {
	Label string
	Href  string
}

// title is the text of the browser's tab.
func (p Page) title() string {
	var b strings.Builder
	if p.Error {
		b.WriteString("Fout: ")
	}
	if p.Title != "" {
		b.WriteString(p.Title + " – ")
	}
	b.WriteString("Ruggespraak")
	return b.String()
}

// htmlAttrs sets the chosen scheme; without a choice the system decides.
func (p Page) htmlAttrs() templ.Attributes {
	if p.Theme != "light" && p.Theme != "dark" {
		return nil
	}
	return templ.Attributes{"data-theme": p.Theme}
}

// moreCurrent tells whether the current page is behind «Meer».
func (v *Viewer) moreCurrent() bool {
	for _, item := range v.More {
		if item.Current {
			return true
		}
	}
	return false
}
