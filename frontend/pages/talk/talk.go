// Package talk draws discussions: the messages of a topic and the form for a new
// one, the page of a single message, and the questions to colleagues.
//
// It stores nothing and imports packages of frontend only.
package talk

import (
	"time"

	"github.com/a-h/templ"

	"ruggespraak/frontend/pages/signals"
	"ruggespraak/frontend/parts"
)

// ReactForm is the id of the one form that every reaction button belongs to.
// The messages are the same for everybody of an audience, so they hold no token
// of anybody's session.
const ReactForm = "reageer"

// firstNew is the id of the line above the first message that is new.
const firstNew = "nieuw"

// FieldInside is the field that says from which page around the discussion
// something was done; InsideLive is the page of a meeting that goes on.
const (
	FieldInside = "vanaf"
	InsideLive  = "live"
)

// Message is a message as an audience sees it, and what is the viewer's own
// about it.
type Message struct {
	ID       string // of the element, such as «r00000418»
	N        string // its number
	Author   string
	Role     string
	At       time.Time
	When     string
	Body     templ.Component // nil when Mark stands in its place
	Mark     string
	Hidden   bool // flagged, shown with its text: to the chair
	Edited   bool
	Asked    bool
	Reply    parts.Link // the message that it answers
	Mentions string
	React    []Reaction
	Href     string // its page; empty leaves out what leads there
	MayReply bool
	MayFlag  bool
	More     bool // leads to what else can be done with it

	New bool // the first that came since the viewer's last visit
}

// Reaction is one of the reactions to a message.
type Reaction struct {
	Name    string // of the button
	Label   string
	Count   string // empty: nobody
	By      string // by which roles
	Pressed bool   // the viewer gave it
	Off     bool   // shown, but not to be given now
}

// Thread is the discussion of a topic.
type Thread struct {
	Topic    string // by which its changes come down the line
	Reader   string // name of who looks
	At       time.Time
	Base     string // address; what is done with it is below
	CSRF     string
	Messages []Message
	Empty    string
	Note     string // «3 nieuw sinds uw laatste bezoek»
	SeenUpTo string // number to mark as read; empty: all is read
	Last     string // number of the newest entry shown
	Closed   string // why nothing can be added; empty: something can
	Write    *Composer
	Inside   string // in what other page it stands, to come back to: «live»; empty: its own
}

// Composer is the form of a message.
type Composer struct {
	Action  string
	CSRF    string
	Key     string
	ReplyTo string // number; empty: no reply
	Inside  string // as of the thread
	Label   string
	Help    string
	Button  string
	Text    string
	Refused parts.Refusal
	People  []parts.Option // who can be mentioned
	Note    string         // who reads along
	Small   bool
}

// ThreadPage is the page of a topic.
type ThreadPage struct {
	Page    parts.Page
	Crumbs  []parts.Link
	Eyebrow string
	Title   string
	Thread  Thread
	Close   *parts.PostButtonOptions // of a question
	Invite  parts.Link               // for the chair
}

// MessagePage is the page of one message.
type MessagePage struct {
	Page    parts.Page
	Crumbs  []parts.Link
	Title   string
	Message Message
	Base    string // of the topic
	Reply   *Composer
	Made    []parts.PostButtonOptions
	Own     *Own
	Flag    *parts.PostButtonOptions
	Chair   *Chair
}

// Own is what the author of a message can do with it.
type Own struct {
	EditHref string // empty when its time is over
	Delete   parts.PostButtonOptions
}

// Chair is what the chair can do with a message.
type Chair struct {
	Restore *parts.PostButtonOptions
	Remove  *parts.PostButtonOptions
	Text    []string
}

// EditPage is the form that changes a message.
type EditPage struct {
	Page   parts.Page
	Crumbs []parts.Link
	Title  string
	Form   Composer
	Back   parts.Link
}

// InvitePage is the form of who from outside takes part in an item.
type InvitePage struct {
	Page    parts.Page
	Crumbs  []parts.Link
	Title   string
	Lead    string
	Action  string
	People  []parts.Option
	Refused parts.Refusal
}

// StartPart is a section of a start page.
type StartPart struct {
	ID, Title string
	Rows      []parts.RowOptions
}

// QuestionsPage is the tab «Vragen».
type QuestionsPage struct {
	Page  parts.Page
	Tabs  []signals.Tab
	Ask   Composer
	Title string
	Lines []Question
	Empty string
	Other parts.Link // all questions, or one's own
	Pager parts.PagerOptions
}

// Question is a line of that list.
type Question struct {
	Title  string
	Href   string
	Status parts.Status
	Line   string
	New    bool
}
