package discussion

import (
	"fmt"
	"time"

	"ruggespraak/internal/markdown"
	"ruggespraak/internal/outbox"
	"ruggespraak/people"
	"ruggespraak/store"
)

// What is what an entry says.
type What string

// The kinds of entry. All but Said point at a message.
const (
	Said    What = "bericht"
	Changed What = "wijziging" // edited, hidden, shown again or taken away: see State
	Reacted What = "reactie"
)

// Reaction is one of the two reactions to a message.
type Reaction string

// The reactions.
const (
	Agree Reaction = "eens"
	Query Reaction = "vraag"
)

// Reactions lists both.
var Reactions = []Reaction{Agree, Query}

// Gone says who took a text away.
type Gone string

// By whom a text was taken away.
const (
	Here     Gone = ""
	ByAuthor Gone = "schrijver"
	ByChair  Gone = "voorzitter"
)

// State is how a message stands. Rev grows with every change of the message;
// of two states the one with the higher Rev is true, in whatever order they
// come.
type State struct {
	Rev    int       `json:"rev,omitempty"`
	Edited bool      `json:"edited,omitempty"`
	Hidden bool      `json:"hidden,omitempty"` // flagged: until the chair decides
	Gone   Gone      `json:"gone,omitempty"`
	GoneAt time.Time `json:"goneAt,omitzero"`
}

// Entry is one numbered entry of a topic. It never leaves this package but to
// who makes frames of it with Room; what people get is a Message.
type Entry struct {
	store.Meta
	Topic Topic       `json:"topic"`
	N     int         `json:"n"`
	What  What        `json:"what"`
	About int         `json:"about"` // the message it is about; of a message its own number
	By    string      `json:"by"`
	Role  people.Role `json:"role"`
	At    time.Time   `json:"at"`
	Key   string      `json:"key,omitempty"`

	State State `json:"state,omitzero"` // of a message as it is now; of a change as it then was

	Text     string        `json:"text,omitempty"`
	HTML     markdown.HTML `json:"html,omitempty"`
	Mentions []string      `json:"mentions,omitempty"` // accounts
	ReplyTo  int           `json:"replyTo,omitempty"`
	Asked    []Confirmed   `json:"asked,omitempty"`
	Flag     *Flag         `json:"flag,omitempty"`
	// RemovedBy is the chair's account that took the text away.
	RemovedBy string    `json:"removedBy,omitempty"`
	Touched   time.Time `json:"touched,omitzero"` // by the real clock: when indexes must look again

	Reaction Reaction `json:"reaction,omitempty"`
	Off      bool     `json:"off,omitempty"` // the reaction was taken back

	Events outbox.Log `json:"events,omitempty"`
}

// Confirmed is a question of the guard that the writer answered: which rule
// asked, and why the text may stay. It holds nothing of the text.
type Confirmed struct {
	Rule   string `json:"rule"`
	Reason string `json:"reason"`
}

// Flag is that somebody said that a person can be recognised.
type Flag struct {
	By string    `json:"by"`
	At time.Time `json:"at"`
}

// maxNumber is the last entry a topic can have: the number has eight digits.
const maxNumber = 99_999_999

func number(n int) string { return fmt.Sprintf("%08d", n) }

func entryID(t Topic, n int) string { return string(t) + "/" + number(n) }

var (
	orderNumber  = store.Order{"topic", "number"}
	orderSaid    = store.Order{"said", "number"}
	orderKey     = store.Order{"key"}
	orderFlagged = store.Order{"flagged", "day"}
	orderChanged = store.Order{"changed"}
	orderTodo    = store.Order{"todo"}
)

func entrySpec() store.Spec[Entry] {
	return store.Spec[Entry]{
		Name:   "gesprek",
		Orders: []store.Order{orderNumber, orderSaid, orderKey, orderFlagged, orderChanged, orderTodo},
		Meta:   func(e *Entry) *store.Meta { return &e.Meta },
		Keys:   entryKeys,
	}
}

func entryKeys(e *Entry) store.Keys {
	keys := store.Keys{"topic": {string(e.Topic)}, "number": {number(e.N)}, "todo": e.Events.Todo()}
	if e.Key != "" {
		keys["key"] = []string{e.Key}
	}
	if e.What != Said {
		return keys
	}
	keys["said"] = []string{string(e.Topic)}
	keys["changed"] = []string{sortable(e.Touched)}
	if e.State.Hidden && e.State.Gone == Here {
		keys["flagged"], keys["day"] = []string{"ja"}, []string{sortable(e.Flag.At)}
	}
	return keys
}

// sortable writes an instant so that byte order is the order of time.
func sortable(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }
