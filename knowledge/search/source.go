package search

import (
	"context"
	"time"

	"ruggespraak/people"
	"ruggespraak/store"
)

// Source is one kind of document.
type Source interface {
	// Kind is one of textindex.Kinds.
	Kind() string
	// Audiences are those of which somebody may find some of it.
	Audiences() []Audience
	// Changed calls each with the ids and versions of what was written since an
	// instant of the real clock; the zero time gives everything. What must leave
	// the indexes is among it.
	Changed(ctx context.Context, since time.Time, each func([]store.Meta) error) error
	// Read gives those of the documents that the viewer may read, in any order.
	// A viewer with a role and no account gets what all of that role may read.
	Read(ctx context.Context, v people.Viewer, ids []string) ([]Document, error)
}

// Document is a document as a viewer may read it.
type Document struct {
	ID    string // of its kind
	Title string
	Head  string // what says most after the title, such as a summary
	Body  string
	// Headings weigh as Head does and stand in no snippet: they are in Body.
	Headings []string
	Tags     []string // words that stand for it, such as the label of its theme
	Theme    string   // slug, by which results are narrowed; may be empty
	Day      string   // 2006-01-02; may be empty

	Link  string   // path of its page for this viewer
	Note  string   // one line beside the title, such as its category
	Marks []string // what a reader must know first: not yet checked, past its date
}

// Audience is a circle of readers who have one index.
type Audience string

// The audiences.
const (
	Public    Audience = "openbaar"
	SOM       Audience = "som"
	TaskForce Audience = "taskforce"
	Members   Audience = "leden"
	Chair     Audience = "voorzitter"
)

// Audiences lists them.
var Audiences = []Audience{Public, SOM, TaskForce, Members, Chair}

// Inside are those who have an account.
var Inside = []Audience{SOM, TaskForce, Members, Chair}

// reader is everybody of the audience at once: the role without an account.
func (a Audience) reader() people.Viewer {
	return people.Viewer{Role: map[Audience]people.Role{
		Public: people.Visitor, SOM: people.SOMMember, TaskForce: people.TaskForce, Members: people.Coordinator, Chair: people.Chair,
	}[a]}
}

// audienceOf is the audience of the viewer's role.
func audienceOf(v people.Viewer) Audience {
	switch v.ActiveRole() {
	case people.Chair:
		return Chair
	case people.Coordinator, people.Deputy:
		return Members
	case people.SOMMember:
		return SOM
	case people.TaskForce:
		return TaskForce
	default:
		return Public
	}
}
