package discussion

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"time"

	"ruggespraak/internal/markdown"
	"ruggespraak/people"
	"ruggespraak/store"
)

// Room is what the entries of a topic amount to, up to its Last. It is for one
// goroutine. It holds texts, so it lives no longer than somebody looks.
type Room struct {
	hall     *Hall
	topic    Topic
	last     int
	order    []int // numbers of messages
	messages map[int]*standing
	changes  []Change // all, by number
	names    map[string]string
	all      *people.NameFinder // of all accounts, to keep their names from a mixed audience; nil: read none since the newest texts
}

// standing is a message as it stands.
type standing struct {
	said  *Entry // the document as it was read last
	state State  // as the entries up to last say
	given []given
}

// given is a reaction by an account.
type given struct {
	by   string
	role people.Role
	r    Reaction
}

// Change is what one entry changed.
type Change struct {
	N     int // number of the entry
	About int // number of the message
	At    time.Time
	said  bool
	views func(context.Context, Audience, Access) (Message, error)
}

// For is the message as it stands after the entry, for an audience. What the
// audience gets depends on nothing else, so one rendering serves all of it. It
// reads the store when the audience is mixed and its Room knows texts that are
// newer than the names it has; after an error there is nothing to show.
func (c Change) For(ctx context.Context, audience Audience, a Access) (Message, error) {
	return c.views(ctx, audience, a)
}

// Said tells whether the entry is a new message; else it changed one.
func (c Change) Said() bool { return c.said }

// Room opens an empty room of the topic and brings it up to date. Who may look
// is Enter's affair.
func (h *Hall) Room(ctx context.Context, t Topic) (*Room, error) {
	r := h.NewRoom(t)
	return r, r.Advance(ctx)
}

// NewRoom is the room before its first entry.
func (h *Hall) NewRoom(t Topic) *Room {
	return &Room{hall: h, topic: t, messages: map[int]*standing{}, names: map[string]string{}}
}

// Last is the number of the newest entry that the room knows.
func (r *Room) Last() int { return r.last }

// Advance reads the entries that came since. After an error the room is as far
// as it came.
func (r *Room) Advance(ctx context.Context) error {
	for {
		entries, err := r.hall.Tail(ctx, r.topic, r.last)
		if err != nil || len(entries) == 0 {
			return err
		}
		if err := r.refresh(ctx, entries); err != nil {
			return err
		}
		for _, e := range entries {
			r.changes = append(r.changes, r.take(e))
		}
		if len(entries) < store.MaxPage {
			return nil
		}
	}
}

// Since gives what changed after entry number after, in order. A client that
// shows a snapshot of that number and then these shows what a fresh snapshot
// shows. Where a change was followed by others, it shows what is allowed now: a
// text that is hidden or gone by now is in none of them.
func (r *Room) Since(after int) []Change { return r.changes[min(max(after, 0), len(r.changes)):] }

// refresh reads again the messages that the entries changed, and the names that
// are new.
func (r *Room) refresh(ctx context.Context, entries []*Entry) error {
	r.all = nil
	var ids, accounts []string
	for _, e := range entries {
		switch e.What {
		case Said:
			r.messages[e.N] = &standing{said: e}
			accounts = append(append(accounts, e.By), e.Mentions...)
		case Changed:
			ids = append(ids, entryID(r.topic, e.About))
		}
	}
	slices.Sort(ids)
	fresh, err := r.hall.entries.GetMany(ctx, slices.Compact(ids))
	if err != nil {
		return err
	}
	for _, e := range fresh {
		if m := r.messages[e.N]; m != nil {
			m.said = e
			accounts = append(accounts, e.Mentions...)
		}
	}
	return r.learn(ctx, accounts)
}

func (r *Room) learn(ctx context.Context, accounts []string) error {
	slices.Sort(accounts)
	unknown := slices.DeleteFunc(slices.Compact(accounts), func(id string) bool { _, known := r.names[id]; return known })
	names, err := r.hall.o.Accounts.Names(ctx, unknown)
	if err != nil {
		return fmt.Errorf("names of who talks: %w", err)
	}
	for _, id := range unknown {
		r.names[id] = names[id]
	}
	return err
}

// take makes one entry part of the room.
func (r *Room) take(e *Entry) Change {
	r.last = e.N
	m := r.messages[e.About]
	switch e.What {
	case Said:
		r.order = append(r.order, e.N)
	case Changed:
		if e.State.Rev > m.state.Rev {
			m.state = e.State
		}
	case Reacted:
		m.given = slices.DeleteFunc(slices.Clone(m.given), func(g given) bool { return g.by == e.By && g.r == e.Reaction })
		if !e.Off {
			m.given = append(m.given, given{e.By, e.Role, e.Reaction})
		}
	}
	state, given := m.state, m.given
	view := func(ctx context.Context, audience Audience, a Access) (Message, error) {
		said := r.messages[e.About].said // read since: what is hidden by now is not shown
		return r.view(ctx, standing{said, state, given}, audience, a)
	}
	return Change{N: e.N, About: e.About, At: e.At, said: e.What == Said, views: view}
}

func (r *Room) reacted(n int, reaction Reaction, account string) bool {
	m := r.messages[n]
	return m != nil && slices.ContainsFunc(m.given, func(g given) bool { return g.by == account && g.r == reaction })
}

// Message is a message as one audience sees it. For the SOM and the Task Force
// nothing in it ties two messages of one person together.
type Message struct {
	N        int
	Author   string // a name, «Indiener», or a role
	Role     string // of the author in words; empty where Author says it already
	At       time.Time
	HTML     markdown.HTML // empty when Hidden or Gone
	Edited   bool
	Hidden   bool // flagged; the chair reads the text
	Gone     Gone
	GoneAt   time.Time
	ReplyTo  int
	ReplyFor string   // author of the message replied to
	Mentions []string // names or roles
	Counts   []Count
	Asked    bool // the guard asked and the writer confirmed; for the chair only
}

// Count is how often a reaction was given.
type Count struct {
	Reaction Reaction
	Role     string // in words; empty: by all together
	N        int
}

// Indiener is what the author of an unnamed contribution is called.
const Indiener = "Indiener"

func (r *Room) view(ctx context.Context, m standing, audience Audience, a Access) (Message, error) {
	e, state := m.said, m.state
	if e.State.Hidden || e.State.Gone != Here {
		state = e.State // by now it may not be shown as it then was
	}
	view := Message{N: e.N, At: e.At, Edited: state.Edited, Hidden: state.Hidden, Gone: state.Gone, GoneAt: state.GoneAt, ReplyTo: e.ReplyTo}
	view.Author, view.Role = r.author(e, audience, a)
	if to := r.messages[e.ReplyTo]; to != nil {
		view.ReplyFor, _ = r.author(to.said, audience, a)
	}
	view.Counts = countsOf(m.given, audience)
	if state.Gone != Here || state.Hidden && audience != Chair {
		return view, nil
	}
	var err error
	if view.HTML, err = r.textFor(ctx, e, audience); err != nil {
		return Message{}, err
	}
	view.Asked = audience == Chair && len(e.Asked) > 0
	for _, id := range e.Mentions {
		view.Mentions = append(view.Mentions, r.mentioned(id, audience))
	}
	return view, nil
}

// author is how an audience knows who wrote the entry. Whoever is not of the
// members is a role to everybody but the chair.
func (r *Room) author(e *Entry, audience Audience, a Access) (name, role string) {
	switch {
	case audience.Mixed():
		return e.Role.Label(), ""
	case a.Unnamed && e.By == a.Owner && audience != Chair:
		return Indiener, ""
	case !e.Role.Member() && audience != Chair:
		return e.Role.Label(), ""
	case e.Role == people.Coordinator:
		return r.names[e.By], ""
	default:
		return r.names[e.By], e.Role.Label()
	}
}

// mentioned is how an audience sees a mention. To the members it is a name,
// also of who is «Indiener» here: a mention must not tell who that is.
func (r *Room) mentioned(account string, audience Audience) string {
	if audience.Mixed() {
		return people.Coordinator.Label()
	}
	return r.names[account]
}

// textFor is the text as the audience may read it: to who is not of the members
// a name of an account is no name, and where contributions stand is no address.
func (r *Room) textFor(ctx context.Context, e *Entry, audience Audience) (markdown.HTML, error) {
	if !audience.Mixed() {
		return e.HTML, nil
	}
	names, err := r.allNames(ctx)
	if err != nil {
		return "", err
	}
	return markdown.Replace(markdown.Replace(e.HTML, names.In, people.AwayName), contributionsIn, "een inbreng"), nil
}

// contribution is an address below that of the contributions.
var contribution = regexp.MustCompile(`(?:https?://[^\s/]*)?/inbreng/\S+`)

func contributionsIn(words string) (spans [][2]int) {
	for _, at := range contribution.FindAllStringIndex(words, -1) {
		spans = append(spans, [2]int{at[0], at[1]})
	}
	return spans
}

// allNames finds the names of all accounts, read after the newest text: it may
// name an account that another instance made just before. There are thousands,
// so they are read for a mixed audience alone, and once for what came since.
func (r *Room) allNames(ctx context.Context) (*people.NameFinder, error) {
	if r.all == nil {
		all, err := r.hall.o.Accounts.AllNames(ctx)
		if err != nil {
			return nil, fmt.Errorf("names of all: %w", err)
		}
		r.all = people.FindNames(all)
	}
	return r.all, nil
}

func countsOf(all []given, audience Audience) []Count {
	var counts []Count
	for _, reaction := range Reactions {
		byRole := map[people.Role]int{}
		for _, g := range all {
			if g.r != reaction {
				continue
			}
			role := g.role
			if !audience.Mixed() {
				role = ""
			}
			byRole[role]++
		}
		for _, role := range append([]people.Role{""}, people.Roles...) {
			if n := byRole[role]; n > 0 {
				c := Count{Reaction: reaction, N: n}
				if role != "" {
					c.Role = role.Label()
				}
				counts = append(counts, c)
			}
		}
	}
	return counts
}
