package live

import (
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"github.com/gorilla/websocket"
)

// Limits of a socket and of an account's sockets.
const (
	maxRequest  = 16 << 10 // bytes of a message from the browser
	maxRequests = 5        // a second
	maxSockets  = 5        // an account
	maxTopics   = 20       // a socket
	maxQueue    = 256      // frames that wait for a slow reader
	maxWaiting  = 1 << 20  // their bytes
	silence     = time.Minute
	goodbye     = time.Second // for the last frame to leave
)

// closeBroken is sent when a frame could not be made.
const closeBroken = websocket.CloseInternalServerErr

// conn is a socket. One goroutine reads; everybody may push and shut. Who pushes
// writes, as long as the connection takes frames without waiting; when it does
// not, a goroutine begins that writes what is queued. What a conn holds is locked
// in this order: topics before what a topic holds, and that before the queue.
type conn struct {
	hub    *Hub
	ws     *websocket.Conn
	out    *stream // under ws
	member Member

	topicsMu sync.Mutex
	topics   map[string]*topic // followed, or about to be

	mu      sync.Mutex
	writing bool // a goroutine writes; else who holds mu may
	queue   []*frame
	waiting int  // bytes of the queue
	busy    bool // something was pushed since the last beat
	ended   bool
	code    int
	reason  string
	crowded bool          // somebody waits for room in the queue
	drained chan struct{} // to who waits: there is room
	done    chan struct{} // closed when the last was written, after the end

	steps  atomic.Int64  // of the writing goroutine: one more before and after each frame
	looked int64         // the steps at the last beat, for the hub alone
	late   time.Duration // since when they are the same, in the middle of a frame
}

var upgrader = websocket.Upgrader{
	ReadBufferSize: 512, WriteBufferSize: 1024, WriteBufferPool: &sync.Pool{},
	// Who calls Serve compares the address; a request without one is of no browser.
	CheckOrigin: func(r *http.Request) bool { return r.Header.Get("Origin") != "" },
}

// Serve turns the request into a socket of the member and stays until it ends.
// The caller has compared the request's Origin with its own address.
func (h *Hub) Serve(w http.ResponseWriter, r *http.Request, m Member) {
	if status := h.reserve(m); status != http.StatusOK {
		http.Error(w, "", status)
		return
	}
	s := streamed{ResponseWriter: w}
	ws, err := upgrader.Upgrade(&s, r, nil)
	if err != nil {
		h.release(m) // Upgrade has answered
		return
	}
	c := &conn{hub: h, ws: ws, out: s.stream, member: m, topics: map[string]*topic{}, drained: make(chan struct{}, 1), done: make(chan struct{})}
	h.mu.Lock()
	h.conns[c] = struct{}{}
	closing := h.closing
	h.mu.Unlock()
	if closing {
		c.shut(websocket.CloseServiceRestart, "retry 0")
	}
	c.read()
	c.shut(websocket.CloseNormalClosure, "")
	<-c.done
	_ = ws.Close()
	c.leaveAll()
	h.mu.Lock()
	delete(h.conns, c)
	h.mu.Unlock()
	h.release(m)
}

// reserve counts a socket of the account in, if it may have one more and the
// hub takes any; otherwise it gives the status that says why not.
func (h *Hub) reserve(m Member) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	switch {
	case h.closing:
		return http.StatusServiceUnavailable
	case h.holders[m.Account] >= maxSockets:
		return http.StatusTooManyRequests
	}
	h.holders[m.Account]++
	h.under.Add(1)
	return http.StatusOK
}

func (h *Hub) release(m Member) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.holders[m.Account]--; h.holders[m.Account] == 0 {
		delete(h.holders, m.Account)
	}
	h.under.Done()
}

// push sends frames, or queues what the connection does not take at once; a reader
// that is too far behind is cut off.
func (c *conn) push(frames ...*frame) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ended {
		return
	}
	size := 0
	for _, f := range frames {
		size += f.size
	}
	c.busy = c.busy || size > 0 // a page does not hear a ping
	for !c.writing && c.out.free() {
		if len(frames) == 0 {
			return
		}
		if err := c.out.atOnce(func() error { return c.ws.WritePreparedMessage(frames[0].message) }); err != nil {
			c.end(TooSlow, "")
			return
		}
		size -= frames[0].size
		frames = frames[1:]
	}
	if len(c.queue)+len(frames) > maxQueue || c.waiting+size > maxWaiting {
		c.end(TooSlow, "")
		return
	}
	c.queue = append(c.queue, frames...)
	c.waiting += size
	c.work()
}

// work begins the goroutine that writes, if there is none. The caller holds c.mu.
func (c *conn) work() {
	if !c.writing {
		c.writing = true
		go c.write()
	}
}

// shut closes the socket with the code; the first code counts.
func (c *conn) shut(code int, reason string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.end(code, reason)
}

func (c *conn) end(code int, reason string) {
	if c.ended {
		return
	}
	c.ended, c.code, c.reason = true, code, reason
	c.queue, c.waiting = nil, 0
	c.work()
	c.signal()
}

func (c *conn) signal() {
	select {
	case c.drained <- struct{}{}:
	default:
	}
}

// take empties the queue. Where there is nothing in it and the socket has not
// ended, who asked writes no longer.
func (c *conn) take() (frames []*frame, ended bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	frames, ended = c.queue, c.ended
	c.queue, c.waiting = nil, 0
	c.writing = ended || len(frames) > 0
	if c.crowded {
		c.crowded = false
		c.signal()
	}
	return frames, ended
}

// beat is a sign of life, where nothing else was, and a look at the writer: a
// deadline for each frame would cost a tenth of sending it.
func (c *conn) beat(ping bool) {
	if ping {
		c.push(c.hub.ping)
	}
	if !c.told() {
		c.push(c.hub.beat)
		c.told() // a sign of life is no reason to leave out the next
	}
	if c.stuck() {
		c.shut(TooSlow, "")
		_ = c.ws.Close()
	}
}

// told tells whether anything was queued since it was asked last.
func (c *conn) told() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	was := c.busy
	c.busy = false
	return was
}

// stuck tells whether the socket has taken nothing of a frame for too long.
func (c *conn) stuck() bool {
	steps := c.steps.Load()
	if steps%2 == 0 || steps != c.looked {
		c.looked, c.late = steps, 0
		return false
	}
	c.late += Beat
	return c.late >= c.hub.o.Patience
}

// write sends what is queued, until nothing is, and after the end of the socket
// says so.
func (c *conn) write() {
	err := c.step(c.out.flush)
	for err == nil {
		frames, ended := c.take()
		if ended {
			c.farewell()
			close(c.done)
			return
		}
		if len(frames) == 0 {
			return
		}
		for i, f := range frames {
			if i > 0 && c.over() {
				break // it asks for the rest when it returns
			}
			if err = c.step(func() error { return c.ws.WritePreparedMessage(f.message) }); err != nil {
				break
			}
		}
	}
	c.shut(TooSlow, "")
	_ = c.ws.Close()
	close(c.done)
}

// step writes something, for as long as the connection needs for it.
func (c *conn) step(write func() error) error {
	c.steps.Add(1)
	defer c.steps.Add(1)
	return write()
}

// farewell sends the close code and gives the browser a moment to answer: a
// socket closed with something unread may lose what was sent last.
func (c *conn) farewell() {
	c.mu.Lock()
	message := websocket.FormatCloseMessage(c.code, c.reason)
	c.mu.Unlock()
	until := c.hub.o.Now().Add(goodbye)
	if c.ws.WriteControl(websocket.CloseMessage, message, until) != nil || c.ws.SetReadDeadline(until) != nil {
		_ = c.ws.Close()
	}
}

// read does what the browser asks until the socket ends.
func (c *conn) read() {
	c.ws.SetReadLimit(maxRequest)
	alive := func(string) error {
		if c.over() {
			return nil // the farewell has set the end
		}
		return c.ws.SetReadDeadline(c.hub.o.Now().Add(silence))
	}
	c.ws.SetPongHandler(alive)
	c.ws.SetPingHandler(func(said string) error { c.pong(said); return alive("") })
	c.ws.SetCloseHandler(func(code int, _ string) error { c.shut(code, ""); return nil })
	_ = alive("")
	var second time.Time
	asked := 0
	for {
		kind, raw, err := c.ws.ReadMessage()
		if err != nil {
			return
		}
		_ = alive("")
		if now := c.hub.o.Now(); now.Sub(second) >= time.Second {
			second, asked = now, 0
		}
		asked++
		var r request
		switch {
		case asked > maxRequests:
			c.shut(websocket.ClosePolicyViolation, "")
		case kind != websocket.TextMessage:
			c.shut(websocket.CloseUnsupportedData, "")
		case !utf8.Valid(raw):
			c.shut(websocket.CloseInvalidFramePayloadData, "")
		case json.Unmarshal(raw, &r) != nil:
			c.shut(websocket.ClosePolicyViolation, "")
		case r.Follow != "":
			c.follow(r.Follow, max(r.After, 0))
		case r.Leave != "":
			c.leave(r.Leave)
		}
		if c.over() {
			return
		}
	}
}

// pong answers a ping, in its turn: everything written is pushed.
func (c *conn) pong(said string) {
	if message, err := websocket.NewPreparedMessage(websocket.PongMessage, []byte(said)); err == nil {
		c.push(&frame{message: message})
	}
}

func (c *conn) over() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.ended
}

// follow sends what the browser lacks of the topic and then what comes.
func (c *conn) follow(name string, after int64) {
	c.leave(name)
	asked := c.hub.o.Now()
	audience, err := c.enter(name)
	if err != nil {
		c.refuse(name, err)
		return
	}
	t, ok := c.begin(name)
	if !ok {
		c.shut(websocket.ClosePolicyViolation, "")
		return
	}
	for c.follows(name) {
		admitted, err := c.hub.admit(t, c, sub{audience, asked.Add(lease)}, after)
		if err != nil {
			c.shut(websocket.CloseTryAgainLater, "")
			return
		}
		if admitted {
			c.confirm(t)
			return
		}
		if after, err = c.catchUp(t, audience, after); err != nil {
			c.shut(websocket.CloseTryAgainLater, "")
			return
		}
	}
}

// confirm takes the socket off the topic again if it was dropped while it was
// being admitted.
func (c *conn) confirm(t *topic) {
	if !c.follows(t.name) {
		t.drop(c)
	}
}

var errBehind = errors.New("log does not give what it counted")

// catchUp sends the next changes after the number and gives the last of them.
func (c *conn) catchUp(t *topic, audience string, after int64) (int64, error) {
	entries, err := c.hub.read(t.name, after)
	if err != nil {
		return after, err
	}
	if len(entries) == 0 {
		return after, errBehind
	}
	for _, e := range entries {
		f := c.hub.render(t.name, e, audience)
		if f == nil {
			return after, errBehind
		}
		if !c.room() {
			return after, nil
		}
		c.push(f)
		after = e.Number()
	}
	return after, nil
}

// room waits until half the queue is free; false when the socket ended.
func (c *conn) room() bool {
	for {
		c.mu.Lock()
		ended, full := c.ended, len(c.queue) >= maxQueue/2 || c.waiting >= maxWaiting/2
		c.crowded = full
		c.mu.Unlock()
		if ended || !full {
			return !ended
		}
		select {
		case <-c.drained:
		case <-c.hub.ctx.Done():
			return false
		}
	}
}

func (c *conn) enter(name string) (string, error) {
	all, err := c.hub.enter(name, c.member)
	if err != nil {
		return "", err
	}
	return all[0].Audience, all[0].Err
}

// refuse says that the topic may not be followed, or ends the socket.
func (c *conn) refuse(name string, err error) {
	switch {
	case errors.Is(err, ErrSignedOut):
		c.shut(SignedOut, "")
	case errors.Is(err, ErrNoEntry):
		c.say(envelope{Topic: name, Gone: true})
	default:
		c.shut(websocket.CloseTryAgainLater, "")
	}
}

// say sends this socket alone something.
func (c *conn) say(e envelope) {
	if f, err := prepare(e); err == nil {
		c.push(f)
	}
}

// begin notes that the socket is about to follow the topic; false when it
// follows too many.
func (c *conn) begin(name string) (*topic, bool) {
	c.topicsMu.Lock()
	defer c.topicsMu.Unlock()
	if len(c.topics) >= maxTopics {
		return nil, false
	}
	t := c.hub.join(name)
	c.topics[name] = t
	return t, true
}

func (c *conn) follows(name string) bool {
	c.topicsMu.Lock()
	defer c.topicsMu.Unlock()
	return c.topics[name] != nil && !c.over()
}

func (c *conn) leave(name string) {
	c.topicsMu.Lock()
	defer c.topicsMu.Unlock()
	if t := c.topics[name]; t != nil {
		delete(c.topics, name)
		t.drop(c)
		c.hub.part(t)
	}
}

func (c *conn) leaveAll() {
	for _, name := range c.named() {
		c.leave(name)
	}
}

// named gives the topics of the socket; without any the empty one: is the
// session still there?
func (c *conn) named() []string {
	c.topicsMu.Lock()
	defer c.topicsMu.Unlock()
	if len(c.topics) == 0 {
		return []string{""}
	}
	return slices.Collect(maps.Keys(c.topics))
}

// review takes the socket off a topic to which its rights, as they were when they
// were asked, have changed.
func (c *conn) review(name string, a Admission, asked time.Time) {
	if a.Err != nil {
		c.leave(name)
		c.refuse(name, a.Err)
		return
	}
	if c.renew(name, a.Audience, asked) {
		c.leave(name)
		c.say(envelope{Topic: name, Again: true})
	}
}

// renew notes that the member's right to the topic was asked, and tells whether
// the socket follows it as another audience.
func (c *conn) renew(name, audience string, asked time.Time) bool {
	c.topicsMu.Lock()
	t := c.topics[name]
	c.topicsMu.Unlock()
	return t != nil && t.renew(c, audience, asked)
}
