// Package knowledge holds the pages of the knowledge base: the index, an
// article for members and for everybody, the form of a draft, versions, and the
// lists of what must be checked. It stores nothing and may import
// frontend/parts, frontend/nl and templ's runtime.
package knowledge

import (
	"time"

	"github.com/a-h/templ"

	"ruggespraak/frontend/parts"
)

// ListPage is the index: articles on their shelves.
type ListPage struct {
	Page    parts.Page
	Lead    string
	Shelves []Shelf
	Routes  []parts.Link // to the comparator and the guide
	Work    []parts.Link // lists for who writes and looks after articles
	NewHref string
	DemoSay string // that dates follow the real calendar; empty outside the demo
}

// Shelf is a category with its articles.
type Shelf struct {
	ID    string
	Title string
	Rows  []Row
}

// Row is an article in a list.
type Row struct {
	Title    string
	Href     string
	Summary  string
	Statuses []parts.Status
	Note     string
	Confirm  string // address of «Klopt nog»; empty leaves the button out
}

// RowsPage is a plain list of articles.
type RowsPage struct {
	Page    parts.Page
	Lead    string
	Rows    []Row
	Empty   string
	Crumbs  []parts.Link
	DemoSay string
}

// ShowPage is an article.
type ShowPage struct {
	Page     parts.Page
	Crumbs   []parts.Link
	Statuses []parts.Status
	Title    string
	Summary  string
	Checked  string // when it was checked and will be; empty while nobody did
	Expired  string // the line at the top of what had to be checked
	Contents []Heading
	Text     templ.Component
	Unsure   []string
	Sources  []Source
	Related  []Row
	Links    []Row // articles that lead here
	Facts    []parts.Fact
	DemoSay  string
	Advice   string // the fixed line under every article
	Tools    *Tools // nil: only reading
}

// Heading is a line of the table of contents.
type Heading struct {
	Sub  bool
	Href string
	Text string
}

// Source is where facts come from.
type Source struct {
	Text string
	Href string // may be empty
	Date string
}

// Tools are what a member can do with an article.
type Tools struct {
	EditTo     string // begins a draft
	ConfirmTo  string
	ApproveTo  string
	Number     string // of the text that is approved
	Approved   string // how many chairs approved so far, in words
	ManageHref string
	Versions   string
	Markdown   string
	ODT        string
}

// ManagePage names owner and audience of an article.
type ManagePage struct {
	Page      parts.Page
	Crumbs    []parts.Link
	Refused   parts.Refusal
	Owners    []parts.Option
	Owner     string
	Audiences []parts.Option
	Audience  string
	RemoveTo  string
}

// NewPage begins a new article.
type NewPage struct {
	Page       parts.Page
	Crumbs     []parts.Link
	Refused    parts.Refusal
	Title      string
	Category   string
	Categories []parts.Option
}

// EditPage is the form of a draft.
type EditPage struct {
	Page       parts.Page
	Crumbs     []parts.Link
	Refused    parts.Refusal
	Action     string // address of the draft
	Values     map[string]string
	Reasons    map[string]string
	Categories []parts.Option
	Routes     []parts.Option
	Revision   string
	Base       string
	Saved      string // hour of the last save
	Theirs     string // the text of another that came between
	TheirHead  string
	Notice     string // why it was sent back
	Preview    templ.Component
	MayOffer   bool
	Editors    []parts.Option // members who may write along; empty leaves the choice out
	ThrowTo    string
}

// ReviewPage is an offered draft for who may approve it.
type ReviewPage struct {
	Page      parts.Page
	Crumbs    []parts.Link
	Title     string
	Statuses  []parts.Status
	Line      string // who wrote it and when
	Asked     bool
	Text      templ.Component
	Changes   []Change
	ApproveTo string // empty: may not
	Why       string // why not
	ReturnTo  string
	Revision  string
	Refused   parts.Refusal
	Reason    string
	Sources   []Source
	Unsure    []string
}

// Change is a piece of a comparison; Mark is "", "ins" or "del".
type Change struct {
	Mark string
	Text string
}

// VersionsPage lists the approved texts of an article.
type VersionsPage struct {
	Page   parts.Page
	Crumbs []parts.Link
	Title  string
	Rows   []Version
}

// Version is one approved text.
type Version struct {
	Label   string
	Href    string
	At      time.Time
	Line    string // who, for members
	Current bool
}

// ComparePage is what one approved text changed.
type ComparePage struct {
	Page      parts.Page
	Crumbs    []parts.Link
	Title     string
	Line      string
	Changes   []Change
	RestoreTo string // empty: may not, or it is the present text
}

// DraftsPage lists what is being written.
type DraftsPage struct {
	Page parts.Page
	Rows []Row
}

// KnowledgeCrumb leads back to the index.
var KnowledgeCrumb = parts.Link{Label: "Kennisbank", Href: "/kennisbank"}
