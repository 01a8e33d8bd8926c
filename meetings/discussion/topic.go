package discussion

import (
	"context"
	"strings"

	"ruggespraak/people"
)

// Topic names what is talked about: "item:<meeting>/<item>", "inbreng:<id>",
// "artikel:<slug>", "vraag:<id>", "overleg:<id>".
type Topic string

// Subject is what sort of thing a topic is about.
type Subject string

// The subjects.
const (
	Item         Subject = "item"    // an agenda item
	Contribution Subject = "inbreng" // a contribution
	Article      Subject = "artikel" // an article of the knowledge base
	Asked        Subject = "vraag"   // a question to colleagues
	Meeting      Subject = "overleg" // control of a meeting: what is discussed now
)

// ItemTopic is the discussion of an agenda item.
func ItemTopic(meeting, item string) Topic { return Topic(string(Item) + ":" + meeting + "/" + item) }

// TopicOf is the topic of anything else than an agenda item.
func TopicOf(s Subject, id string) Topic { return Topic(string(s) + ":" + id) }

// Parts takes the topic apart: its subject, the id of what it is about, and for
// an agenda item the id of the item. The subject is empty for what is no topic.
func (t Topic) Parts() (s Subject, id, item string) {
	subject, rest, ok := strings.Cut(string(t), ":")
	s = Subject(subject)
	id, item, nested := strings.Cut(rest, "/")
	known := s == Contribution || s == Article || s == Asked || s == Meeting || s == Item
	if !ok || !known || id == "" || nested != (s == Item) || strings.Contains(item, "/") || nested && item == "" {
		return "", "", ""
	}
	return s, id, item
}

// Path is the address of the page with the topic's discussion; empty for what
// is no topic.
func (t Topic) Path() string {
	switch s, id, item := t.Parts(); s {
	case Item:
		return "/overleggen/" + id + "/punten/" + item + "/reacties"
	case Contribution:
		return "/inbreng/" + id + "/reacties"
	case Article:
		return "/kennisbank/" + id + "/reacties"
	case Asked:
		return "/inbreng/vragen/" + id
	case Meeting:
		return "/overleggen/" + id + "/live"
	default:
		return ""
	}
}

// Audience is whom what an entry shows is made for. Everybody of one audience
// gets the same bytes.
type Audience string

// The audiences.
const (
	Members   Audience = "leden"
	Chair     Audience = "voorzitter"
	SOM       Audience = "som"
	TaskForce Audience = "taskforce"
)

// Audiences lists them all.
var Audiences = []Audience{Members, Chair, SOM, TaskForce}

// AudienceOf is the audience that a role belongs to; empty for a role that
// takes part in nothing.
func AudienceOf(r people.Role) Audience {
	switch {
	case r == people.Chair:
		return Chair
	case r.Member():
		return Members
	case r == people.SOMMember:
		return SOM
	case r == people.TaskForce:
		return TaskForce
	default:
		return ""
	}
}

// Mixed tells that the audience is not of the members: people are roles to it.
func (a Audience) Mixed() bool { return a == SOM || a == TaskForce }

// Access is how somebody stands to a topic.
type Access struct {
	Audience Audience
	Relation people.Object // "msg.other", "msg.contrib", …
	Write    bool          // new messages are taken now, from this viewer
	Guests   bool          // the SOM or the Task Force reads along
	Owner    string        // account whose contribution or question it is; empty where there is none
	Unnamed  bool          // members do not know the owner: «Indiener»
}

// Door decides who may take part in a topic. It reads what that depends on
// beside the viewer, so that many viewers cost one reading. It is asked at every
// act, so it must follow a change of rights at once. A NotFound fault means that
// there is no such thing.
type Door func(ctx context.Context, t Topic) (Admit, error)

// Admit tells how a viewer stands to the topic of a door as it was read. It reads
// nothing. A NotFound fault means that the viewer may not know of the topic.
type Admit func(v people.Viewer) (Access, error)
