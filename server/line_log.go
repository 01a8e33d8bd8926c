package server

import (
	"context"
	"errors"
	"strings"
	"sync"
	"time"

	"ruggespraak/internal/fault"
	"ruggespraak/meetings"
	"ruggespraak/meetings/discussion"
	"ruggespraak/people"
	"ruggespraak/server/live"
)

// writable marks the audience of those who can add something: what they see
// leads to more.
const writable = "+"

// lineLog gives the hub the changes of topics, and who may follow them. Of a
// topic that somebody follows or asks for it keeps a room, so that a change is
// read once for everybody, whether they have it by the socket or ask.
type lineLog struct {
	hall  *discussion.Hall
	floor *meetings.Floor
	house *people.House

	mu     sync.Mutex
	topics map[string]*lineTopic
}

// lineTopic is a topic that somebody follows here.
type lineTopic struct {
	mu     sync.Mutex // held by who reads or draws
	room   *discussion.Room
	access map[string]discussion.Access // of an audience; equal for all of it
	roles  map[string]people.Role       // of accounts that came in
}

func newLineLog(svc Services) *lineLog {
	return &lineLog{hall: svc.Hall, floor: svc.Floor, house: svc.House, topics: map[string]*lineTopic{}}
}

func (l *lineLog) topic(name string) *lineTopic {
	l.mu.Lock()
	defer l.mu.Unlock()
	t := l.topics[name]
	if t == nil {
		t = &lineTopic{room: l.hall.NewRoom(discussion.Topic(name)), access: map[string]discussion.Access{}, roles: map[string]people.Role{}}
		l.topics[name] = t
	}
	return t
}

// Forget drops the room, and the texts in it.
func (l *lineLog) Forget(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.topics, name)
}

// enter tells the hub which audience each of the members is.
func (l *lineLog) enter(ctx context.Context, name string, ms []live.Member) ([]live.Admission, error) {
	var sessions []string
	for _, m := range ms {
		sessions = append(sessions, m.Session)
	}
	holders, err := l.house.Sessions.Holders(ctx, sessions)
	if err != nil {
		return nil, err
	}
	admit, err := l.door(ctx, name)
	if err != nil {
		return nil, err
	}
	all := make([]live.Admission, len(ms))
	for i, m := range ms {
		v := holders[m.Session]
		if v.Account == "" || v.Account != m.Account {
			all[i].Err = live.ErrSignedOut
			continue
		}
		all[i].Audience, all[i].Err = admit(v)
	}
	return all, nil
}

// door tells of viewers which audience of the topic they are, and notes it. It
// lets all through to the empty topic, and nobody to one that is not there.
func (l *lineLog) door(ctx context.Context, name string) (func(people.Viewer) (string, error), error) {
	if name == "" {
		return func(people.Viewer) (string, error) { return "", nil }, nil
	}
	admit, err := l.hall.Door(ctx, discussion.Topic(name))
	if fault.Is(err, fault.NotFound) {
		return func(people.Viewer) (string, error) { return "", live.ErrNoEntry }, nil
	}
	return func(v people.Viewer) (string, error) {
		access, err := admit(v)
		if err != nil {
			return "", live.ErrNoEntry
		}
		audience := lineAudience(access)
		t := l.topic(name)
		t.mu.Lock()
		defer t.mu.Unlock()
		t.access[audience], t.roles[v.Account] = access, v.ActiveRole()
		return audience, nil
	}, err
}

// lineAudience names those who get the same bytes.
func lineAudience(a discussion.Access) string {
	if a.Write {
		return string(a.Audience) + writable
	}
	return string(a.Audience)
}

// Last is the number of the topic's last change.
func (l *lineLog) Last(ctx context.Context, name string) (int64, error) {
	if meeting := ledIn(name); meeting != "" {
		n, err := l.floor.Last(ctx, meeting)
		return int64(n), err
	}
	n, err := l.hall.Last(ctx, discussion.Topic(name))
	return int64(n), err
}

// After gives the changes after number n, out of the topic's room.
func (l *lineLog) After(ctx context.Context, name string, n int64, limit int) ([]live.Entry, error) {
	if meeting := ledIn(name); meeting != "" {
		return l.ledAfter(ctx, meeting, n)
	}
	t := l.topic(name)
	t.mu.Lock()
	defer t.mu.Unlock()
	if err := t.room.Advance(ctx); err != nil {
		return nil, err
	}
	changes := t.room.Since(int(n))
	entries := make([]live.Entry, min(len(changes), limit))
	for i := range entries {
		entries[i] = lineEntry{t, discussion.Topic(name), changes[i]}
	}
	return entries, nil
}

// since gives who asks what came after entry n, and what is their own when there
// is anything.
func (l *lineLog) since(ctx context.Context, v people.Viewer, t discussion.Topic, a discussion.Access, n int) ([]Frame, *mine, error) {
	of := l.topic(string(t))
	of.mu.Lock()
	defer of.mu.Unlock()
	if err := of.room.Advance(ctx); err != nil {
		return nil, nil, err
	}
	frames := []Frame{}
	for _, change := range of.room.Since(n) {
		f, err := frame(ctx, t, change, a)
		if err != nil {
			return nil, nil, err
		}
		frames = append(frames, f)
	}
	if len(frames) == 0 {
		return frames, nil, nil
	}
	own := of.room.Mine(v, a)
	return frames, &mine{Own: own.Own, Editing: own.Editing, Given: own.Given}, nil
}

// lineEntry is a change that the hub hands out.
type lineEntry struct {
	of     *lineTopic
	topic  discussion.Topic
	change discussion.Change
}

func (e lineEntry) Number() int64 { return int64(e.change.N) }

var errNoAudience = errors.New("nobody of this audience came in")

// drawTime is how long the names may take to read that a frame must not hold.
const drawTime = 5 * time.Second

// Frame renders the change for an audience.
func (e lineEntry) Frame(audience string) (any, error) {
	ctx, done := context.WithTimeout(context.Background(), drawTime)
	defer done()
	e.of.mu.Lock()
	defer e.of.mu.Unlock()
	access, ok := e.of.access[audience]
	if !ok {
		return nil, errNoAudience
	}
	return frame(ctx, e.topic, e.change, access)
}

// company is who is there, for an audience.
type company struct {
	Names []string `json:"namen,omitempty"`
	Roles []string `json:"rollen,omitempty"`
}

// present notes who follows a topic through this instance.
func (l *line) present(ctx context.Context, name string, here []live.Member) (func(string) (any, error), error) {
	presence, err := l.log.hall.SetPresent(ctx, discussion.Topic(name), l.instance, l.log.participants(name, here))
	if err != nil {
		return nil, err
	}
	return func(audience string) (any, error) { return l.log.companyOf(name, presence, audience), nil }, nil
}

func (l *lineLog) participants(name string, here []live.Member) []discussion.Participant {
	t := l.topic(name)
	t.mu.Lock()
	defer t.mu.Unlock()
	var all []discussion.Participant
	for _, m := range here {
		if role, known := t.roles[m.Account]; known {
			all = append(all, discussion.Participant{Account: m.Account, Role: role})
		}
	}
	return all
}

func (l *lineLog) companyOf(name string, p discussion.Presence, audience string) company {
	t := l.topic(name)
	t.mu.Lock()
	access, known := t.access[audience]
	t.mu.Unlock()
	if !known {
		return company{} // whose it is, and must not be seen here, is known when one of them came in again
	}
	return companyFor(p, discussion.Audience(strings.TrimSuffix(audience, writable)), access)
}
