package live

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// Errors of an [Admission].
var (
	// ErrNoEntry says that the member may not follow the topic.
	ErrNoEntry = errors.New("topic may not be followed")
	// ErrSignedOut says that the member's session has ended.
	ErrSignedOut = errors.New("session has ended")
)

// Member is whose socket it is. The hub compares both, and shows neither.
type Member struct {
	Session string
	Account string
}

// Admission is how a member stands to a topic.
type Admission struct {
	Audience string
	Err      error // ErrNoEntry, ErrSignedOut or nil
}

// Entry is a numbered change of a topic.
type Entry interface {
	// Number is 1 for the first change of a topic and one more for each next.
	Number() int64
	// Frame is what an audience gets of it, to be marshalled as JSON. It is asked
	// once for each audience.
	Frame(audience string) (any, error)
}

// Log is where the changes of topics are kept.
type Log interface {
	// Last is the number of the topic's last change, 0 when it has none.
	Last(ctx context.Context, topic string) (int64, error)
	// After gives the changes with a number above n, in order, at most limit.
	After(ctx context.Context, topic string, n int64, limit int) ([]Entry, error)
	// Forget says that nobody follows the topic here any more: what was kept of it
	// to make frames may go.
	Forget(topic string)
}

// Options is what a hub is made of. All but Present, Log and Patience are
// needed.
type Options struct {
	Changes Log
	// Enter tells which audience of the topic each of the members is. The empty
	// topic asks only whether their sessions are still there. An error is the
	// store's and changes nothing for who follows already.
	Enter func(ctx context.Context, topic string, ms []Member) ([]Admission, error)
	// Present takes note of who follows the topic here, and gives what an audience
	// is told of who follows it anywhere. Nil: nobody is told.
	Present func(ctx context.Context, topic string, here []Member) (func(audience string) (any, error), error)
	Now     func() time.Time
	Log     *slog.Logger
	// Patience is how long a socket may take to accept a frame; 0: 10 seconds.
	Patience time.Duration
}

// What the hub does when.
const (
	Beat         = 2 * time.Second        // between two signs of life
	pingEvery    = 10                     // beats between two questions to a browser whether it is there
	tailEvery    = 400 * time.Millisecond // between two looks for what other instances added
	recheckEvery = 3 * time.Second        // in which everybody's rights are asked again
	recheckSteps = 12                     // in that time
	lease        = 5 * time.Second        // how long a right that was asked for counts
	presentEvery = time.Second            // between two counts of a topic where somebody came or went
	renewEvery   = 10 * time.Second       // between two counts of any topic
	visitLasts   = 10 * time.Second       // how long somebody who polls counts as present
	askTime      = 5 * time.Second        // for a question to the store
	retryWithin  = 4 * time.Second        // the spread of returns after a stop
	chunk        = 100                    // changes read at once
)

// Hub holds the sockets of an instance. Safe for several goroutines.
type Hub struct {
	o     Options
	beat  *frame
	ping  *frame
	ctx   context.Context
	stop  context.CancelFunc
	under sync.WaitGroup // sockets and what Run began

	mu      sync.Mutex
	topics  map[string]*topic
	conns   map[*conn]struct{}
	holders map[string]int // sockets an account
	closing bool
}

// New makes a hub; Run lets it work, Close ends it.
func New(o Options) *Hub {
	if o.Patience == 0 {
		o.Patience = 10 * time.Second
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	h := &Hub{o: o, topics: map[string]*topic{}, conns: map[*conn]struct{}{}, holders: map[string]int{}}
	h.ctx, h.stop = context.WithCancel(context.Background())
	h.beat, _ = prepare(envelope{Beat: 1})
	ping, _ := websocket.NewPreparedMessage(websocket.PingMessage, nil)
	h.ping = &frame{message: ping}
	return h
}

// frame is a message that many sockets send.
type frame struct {
	message *websocket.PreparedMessage
	size    int
}

func prepare(e envelope) (*frame, error) {
	raw, err := json.Marshal(e)
	if err != nil {
		return nil, fmt.Errorf("marshal frame: %w", err)
	}
	message, err := websocket.NewPreparedMessage(websocket.TextMessage, raw)
	if err != nil {
		return nil, fmt.Errorf("prepare frame: %w", err)
	}
	return &frame{message, len(raw)}, nil
}

// Changed tells that a change of the topic was stored, here or elsewhere; the
// hub reads it from the log and hands it out. It does not wait, and telling
// twice, or for nothing, does no harm.
func (h *Hub) Changed(name string) {
	t := h.known(name)
	if t == nil || t.hinted.Swap(true) {
		return // nobody follows it here, or a look that is about to begin finds it
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closing {
		return
	}
	h.under.Go(func() {
		t.hinted.Store(false)
		_ = h.tail(t) // what it cannot read now, the next look finds
	})
}

// Visit notes that a member who cannot keep a socket open asked for the topic.
func (h *Hub) Visit(name string, m Member) {
	t := h.join(name)
	defer h.part(t)
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.visits == nil {
		t.visits = map[Member]time.Time{}
	}
	if _, there := t.visits[m]; !there {
		t.moved = true
	}
	t.visits[m] = h.o.Now().Add(visitLasts)
}

// Recheck asks at once for the rights of the members that match.
func (h *Hub) Recheck(match func(Member) bool) {
	h.recheck(slices.DeleteFunc(h.sockets(), func(c *conn) bool { return !match(c.member) }))
}

// recheck asks for the rights of the sockets again, of all to a topic at once.
// While the store is away nothing changes: nothing new can be stored then either.
func (h *Hub) recheck(conns []*conn) {
	asking := map[string][]*conn{}
	for _, c := range conns {
		for _, name := range c.named() {
			asking[name] = append(asking[name], c)
		}
	}
	for name, conns := range asking {
		members := make([]Member, len(conns))
		for i, c := range conns {
			members[i] = c.member
		}
		asked := h.o.Now()
		if all, err := h.enter(name, members...); err == nil {
			for i, c := range conns {
				c.review(name, all[i], asked)
			}
		}
	}
}

func (h *Hub) enter(name string, ms ...Member) ([]Admission, error) {
	ctx, done := h.question()
	defer done()
	return h.o.Enter(ctx, name, ms)
}

// Run works until ctx ends: it beats, looks for changes that other instances
// stored, asks for rights again and counts who is present.
func (h *Hub) Run(ctx context.Context) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	defer context.AfterFunc(h.ctx, stop)()
	var loops sync.WaitGroup
	for every, work := range map[time.Duration]func(){
		Beat:                        h.beatAll(),
		tailEvery:                   h.tailAll,
		recheckEvery / recheckSteps: h.recheckSome(),
		presentEvery:                h.presentAll,
	} {
		loops.Go(func() { repeat(ctx, every, work) })
	}
	loops.Wait()
}

func repeat(ctx context.Context, every time.Duration, work func()) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			work()
		}
	}
}

// Close tells every socket to return a little later, and waits until all have
// been told or ctx ends.
func (h *Hub) Close(ctx context.Context) error {
	h.mu.Lock()
	h.closing = true
	h.mu.Unlock()
	for _, c := range h.sockets() {
		retry := rand.N(retryWithin).Milliseconds()
		c.shut(websocket.CloseServiceRestart, fmt.Sprintf("retry %d", retry))
	}
	ended := make(chan struct{})
	go func() { h.under.Wait(); close(ended) }()
	var err error
	select {
	case <-ended:
	case <-ctx.Done():
		err = fmt.Errorf("close sockets: %w", ctx.Err())
	}
	h.stop()
	for _, c := range h.sockets() {
		_ = c.ws.Close()
	}
	<-ended
	return err
}

func (h *Hub) sockets() []*conn {
	h.mu.Lock()
	defer h.mu.Unlock()
	all := make([]*conn, 0, len(h.conns))
	for c := range h.conns {
		all = append(all, c)
	}
	return all
}

func (h *Hub) followed() []*topic {
	h.mu.Lock()
	defer h.mu.Unlock()
	all := make([]*topic, 0, len(h.topics))
	for _, t := range h.topics {
		all = append(all, t)
	}
	return all
}

func (h *Hub) beatAll() func() {
	beats := 0
	return func() {
		beats++
		for _, c := range h.sockets() {
			c.beat(beats%pingEvery == 0)
		}
	}
}

func (h *Hub) tailAll() {
	for _, t := range h.followed() {
		_ = h.tail(t) // while the store is away there is nothing to hand out
	}
}

// recheckSome gives the work of one step: a part of the sockets.
func (h *Hub) recheckSome() func() {
	var waiting []*conn
	step := 0
	return func() {
		if step == 0 {
			waiting = h.sockets()
		}
		n := len(waiting) / (recheckSteps - step)
		h.recheck(waiting[:n])
		waiting = slices.Clip(waiting[n:])
		step = (step + 1) % recheckSteps
	}
}

func (h *Hub) presentAll() {
	if h.o.Present == nil {
		return
	}
	for _, t := range h.followed() {
		h.count(t)
	}
}

// question is the time for one question to the store.
func (h *Hub) question() (context.Context, context.CancelFunc) {
	return context.WithTimeout(h.ctx, askTime)
}
