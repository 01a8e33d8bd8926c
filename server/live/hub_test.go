package live

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"go.uber.org/goleak"
)

// Whoever starts a goroutine ends it.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// diary is the log of one topic, as a caller would keep it.
type diary struct {
	mu      sync.Mutex
	entries []Entry
	away    bool
	reads   int
	work    work
}

// work counts what was done to hand changes out.
type work struct{ renders, marshals atomic.Int64 }

type line struct {
	n    int64
	text string
	work *work
}

func (l line) Number() int64 { return l.n }
func (l line) Frame(audience string) (any, error) {
	l.work.renders.Add(1)
	return rendered{audience + ": " + l.text, l.work}, nil
}

type rendered struct {
	text string
	work *work
}

func (r rendered) MarshalJSON() ([]byte, error) {
	r.work.marshals.Add(1)
	return json.Marshal(r.text)
}

var errAway = errors.New("away")

func (d *diary) Last(context.Context, string) (int64, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.away {
		return 0, errAway
	}
	return int64(len(d.entries)), nil
}

func (d *diary) After(_ context.Context, _ string, n int64, limit int) ([]Entry, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.reads++
	if d.away {
		return nil, errAway
	}
	rest := d.entries[min(n, int64(len(d.entries))):]
	return slices.Clone(rest[:min(limit, len(rest))]), nil
}

func (d *diary) Forget(string) {}

// write stores the next entry and gives it.
func (d *diary) write(text string) line {
	d.mu.Lock()
	defer d.mu.Unlock()
	l := line{int64(len(d.entries) + 1), text, &d.work}
	d.entries = append(d.entries, l)
	return l
}

// house is a hub with its log, its rights and a server before it.
type house struct {
	testing.TB
	*diary
	hub *Hub
	url string

	mu       sync.Mutex
	audience map[string]string // of an account; without one it may not enter
	out      map[string]bool   // accounts whose session ended
	mute     bool              // nobody's rights can be asked
}

func newHouse(t testing.TB, change ...func(*Options)) *house {
	t.Helper()
	h := newStillHouse(t, change...)
	ctx, stop := context.WithCancel(context.Background())
	ran := make(chan struct{})
	go func() { h.hub.Run(ctx); close(ran) }()
	t.Cleanup(func() { stop(); <-ran })
	return h
}

// newStillHouse has a hub that does nothing by itself: it neither beats nor looks
// what another instance wrote.
func newStillHouse(t testing.TB, change ...func(*Options)) *house {
	t.Helper()
	h := &house{TB: t, diary: &diary{}, audience: map[string]string{"a": "members", "b": "members", "som": "som"}, out: map[string]bool{}}
	o := Options{Changes: h.diary, Enter: h.enter, Now: time.Now}
	for _, c := range change {
		c(&o)
	}
	h.hub = New(o)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		account := r.URL.Query().Get("account")
		h.hub.Serve(w, r, Member{Session: account, Account: account})
	}))
	h.url = "ws" + strings.TrimPrefix(server.URL, "http")
	t.Cleanup(func() {
		ctx, done := context.WithTimeout(context.Background(), 10*time.Second)
		defer done()
		_ = h.hub.Close(ctx)
		server.Close()
	})
	return h
}

func (h *house) enter(_ context.Context, topic string, ms []Member) ([]Admission, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.mute {
		return nil, errAway
	}
	var all []Admission
	for _, m := range ms {
		audience, ok := h.audience[m.Account]
		a := Admission{Audience: audience}
		switch {
		case h.out[m.Account]:
			a.Err = ErrSignedOut
		case !ok && topic != "":
			a.Err = ErrNoEntry
		}
		all = append(all, a)
	}
	return all, nil
}

func (h *house) change(act func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	act()
}

// hangs is how long nothing takes that goes well, however busy the machine is.
const hangs = 5 * time.Minute

// screen is a browser's socket.
type screen struct {
	testing.TB
	ws *websocket.Conn
}

func (h *house) dial(account string, header http.Header) (*websocket.Conn, *http.Response, error) {
	return websocket.DefaultDialer.Dial(h.url+"?account="+account, header)
}

var ours = http.Header{"Origin": {"http://ruggespraak.voorbeeld.nl"}}

func (h *house) open(account string) *screen {
	h.Helper()
	ws, _, err := h.dial(account, ours)
	if err != nil {
		h.Fatalf("open a socket: %v", err)
	}
	h.Cleanup(func() { _ = ws.Close() })
	_ = ws.SetReadDeadline(time.Now().Add(hangs))
	return &screen{h.TB, ws}
}

func (s *screen) ask(r request) {
	s.Helper()
	if err := s.ws.WriteJSON(r); err != nil {
		s.Fatalf("ask %+v: %v", r, err)
	}
}

// heard is a frame as a browser reads it.
type heard struct {
	Topic  string
	N      int64
	Change string
	Upto   *int64
	Here   []string
	Gone   bool
	Again  bool
	Beat   int
}

// next gives the next frame but beats.
func (s *screen) next() heard {
	s.Helper()
	for {
		var f heard
		if err := s.ws.ReadJSON(&f); err != nil {
			s.Fatalf("read: %v", err)
		}
		if f.Beat == 0 {
			return f
		}
	}
}

// through reads changes until number last and wants them to follow on number
// after, each once.
func (s *screen) through(after, last int64) []string {
	s.Helper()
	var texts []string
	for after < last {
		f := s.next()
		if f.N == 0 {
			continue
		}
		if f.N != after+1 {
			s.Fatalf("number %d came after %d", f.N, after)
		}
		after++
		texts = append(texts, f.Change)
	}
	return texts
}

// all reads changes until number last, each once and in order. Who is too slow
// for this machine is cut off, and comes back.
func (h *house) all(account string, last int64) (texts []string) {
	h.Helper()
	for {
		s := h.open(account)
		s.ask(request{Follow: "item", After: int64(len(texts))})
		for int64(len(texts)) < last {
			var f heard
			err := s.ws.ReadJSON(&f)
			if websocket.IsCloseError(err, TooSlow) {
				break
			}
			if err != nil {
				h.Fatalf("read: %v", err)
			}
			if f.N != 0 && f.N != int64(len(texts))+1 {
				h.Fatalf("number %d came after %d", f.N, len(texts))
			}
			if f.N != 0 {
				texts = append(texts, f.Change)
			}
		}
		_ = s.ws.Close()
		if int64(len(texts)) == last {
			return texts
		}
	}
}

// follow follows the topic and waits until there is no more.
func (s *screen) follow(after int64) int64 {
	s.Helper()
	s.ask(request{Follow: "item", After: after})
	for {
		f := s.next()
		if f.N == after+1 {
			after++
		}
		if f.Upto != nil {
			if *f.Upto != after {
				s.Fatalf("told of %d, with %d seen", *f.Upto, after)
			}
			return after
		}
	}
}

func (s *screen) closed() (code int, reason string) {
	s.Helper()
	for {
		_, _, err := s.ws.ReadMessage()
		var ended *websocket.CloseError
		if errors.As(err, &ended) {
			return ended.Code, ended.Text
		}
		if err != nil {
			s.Fatalf("read: %v", err)
		}
	}
}

// TestEverybodyGetsEveryNumberOnce writes from many sides at once, tells the hub
// of most, and lets readers come in the middle.
func TestEverybodyGetsEveryNumberOnce(t *testing.T) {
	h := newHouse(t)
	const writers, each = 8, 60
	const last = writers * each
	var done sync.WaitGroup
	for i := range 6 {
		done.Go(func() {
			account := []string{"a", "b", "som"}[i%3]
			for _, text := range h.all(account, last) {
				if want := map[string]string{"a": "members", "b": "members", "som": "som"}[account]; !strings.HasPrefix(text, want+": ") {
					t.Errorf("%s got %q", account, text)
					return
				}
			}
		})
	}
	for w := range writers {
		done.Go(func() {
			for i := range each {
				h.write(fmt.Sprint(w, " ", i))
				if i%7 != 0 {
					h.hub.Changed("item")
				}
			}
		})
	}
	done.Wait()
}

// TestWorkAMessage holds the work for a change: rendered and marshalled once an
// audience, and read once where one at a time is announced, with few sockets and
// with many. The hub does nothing by itself here.
func TestWorkAMessage(t *testing.T) {
	for _, sockets := range []int{5, 50} {
		t.Run(fmt.Sprint(sockets), func(t *testing.T) {
			h := newStillHouse(t)
			var screens []*screen
			for i := range sockets {
				account := fmt.Sprint(i / maxSockets)
				h.change(func() { h.audience[account] = []string{"members", "som"}[i/maxSockets%2] })
				s := h.open(account)
				s.follow(0)
				screens = append(screens, s)
			}
			audiences := min(int64(sockets/maxSockets), 2)
			const messages = 20
			for n := range int64(messages) {
				h.write("one")
				h.hub.Changed("item")
				for _, s := range screens {
					s.through(n, n+1)
				}
			}
			if got := h.work.renders.Load(); got != messages*audiences {
				t.Errorf("rendered %d times, want %d", got, messages*audiences)
			}
			if got := h.work.marshals.Load(); got != messages*audiences {
				t.Errorf("marshalled %d times, want %d", got, messages*audiences)
			}
			if h.reads != messages {
				t.Errorf("read %d times, want %d", h.reads, messages)
			}
		})
	}
}

// TestSlowReader stalls one of two readers: it is cut off, the other one gets
// everything, and when it returns it gets what it missed.
func TestSlowReader(t *testing.T) {
	h := newHouse(t, func(o *Options) { o.Patience = time.Second })
	fast, slow := h.open("a"), h.open("b")
	fast.follow(0)
	slow.follow(0)
	const last = 600
	text := strings.Repeat("x", 32<<10)
	for n := range int64(last) {
		h.write(text)
		h.hub.Changed("item")
		fast.through(n, n+1)
	}
	seen := int64(0)
	for {
		var f heard
		if err := slow.ws.ReadJSON(&f); err != nil {
			if code := websocket.CloseAbnormalClosure; !websocket.IsCloseError(err, TooSlow, code) && !isCut(err) {
				t.Errorf("the slow reader was told %v", err)
			}
			break
		}
		if f.N > 0 {
			if f.N != seen+1 {
				t.Fatalf("number %d came after %d", f.N, seen)
			}
			seen = f.N
		}
	}
	if seen == last {
		t.Fatal("the slow reader was not cut off")
	}
	back := h.open("b")
	if got := back.follow(seen); got != last {
		t.Errorf("after its return it has %d, want %d", got, last)
	}
}

// TestAFullConnectionLosesNothing says more than a connection takes to somebody
// who reads nothing, and asks for a sign of life in the middle of it; then
// everything is read, each frame whole.
func TestAFullConnectionLosesNothing(t *testing.T) {
	h := newStillHouse(t)
	s := h.open("a")
	s.follow(0)
	c := h.hub.sockets()[0]
	text := strings.Repeat("x", 32<<10)
	last := int64(0)
	say := func() {
		last = h.write(text).n
		if err := h.hub.tail(h.hub.known("item")); err != nil {
			t.Fatal(err)
		}
	}
	full := func() bool {
		c.mu.Lock()
		defer c.mu.Unlock()
		return len(c.queue) > 2
	}
	for !full() {
		say()
	}
	alive := false
	s.ws.SetPongHandler(func(said string) error { alive = said == "nu"; return nil })
	if err := s.ws.WriteControl(websocket.PingMessage, []byte("nu"), time.Now().Add(10*time.Second)); err != nil {
		t.Fatal(err)
	}
	for read := int64(0); read < last || !alive; read = last {
		if read == last {
			say()
		}
		for i, got := range s.through(read, last) {
			if got != "members: "+text {
				t.Fatalf("%d after %d has another text, of %d bytes", i+1, read, len(got))
			}
		}
	}
}

// isCut tells whether the line broke without a word, as when it took none.
func isCut(err error) bool {
	var broken *net.OpError
	return errors.As(err, &broken) || strings.Contains(err.Error(), "EOF")
}

func TestWhatABrowserMayNotSend(t *testing.T) {
	tests := []struct {
		name string
		send func(*websocket.Conn) error
		code int
	}{
		{"text that is not UTF-8", func(ws *websocket.Conn) error {
			return ws.WriteMessage(websocket.TextMessage, []byte("{\"follow\":\"\xff\"}"))
		}, websocket.CloseInvalidFramePayloadData},
		{"bytes", func(ws *websocket.Conn) error { return ws.WriteMessage(websocket.BinaryMessage, []byte("{}")) }, websocket.CloseUnsupportedData},
		{"no JSON", func(ws *websocket.Conn) error { return ws.WriteMessage(websocket.TextMessage, []byte("volg")) }, websocket.ClosePolicyViolation},
		{"too much", func(ws *websocket.Conn) error {
			return ws.WriteMessage(websocket.TextMessage, make([]byte, maxRequest+1))
		}, websocket.CloseMessageTooBig},
		{"too often", func(ws *websocket.Conn) error {
			for range 1000 * maxRequests { // however slowly, for it is counted by the second
				if err := ws.WriteMessage(websocket.TextMessage, []byte(`{"leave":"x"}`)); err != nil {
					return nil // it was cut off already
				}
			}
			return nil
		}, websocket.ClosePolicyViolation},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := newHouse(t).open("a")
			if err := tt.send(s.ws); err != nil {
				t.Fatal(err)
			}
			if code, _ := s.closed(); code != tt.code {
				t.Errorf("closed with %d, want %d", code, tt.code)
			}
		})
	}
}

func TestWhoMayFollow(t *testing.T) {
	h := newHouse(t)
	stranger := h.open("nobody")
	stranger.ask(request{Follow: "item"})
	if f := stranger.next(); !f.Gone {
		t.Errorf("a stranger was told %+v", f)
	}
	s := h.open("a")
	s.follow(0)
	h.change(func() { delete(h.audience, "a") })
	if f := s.next(); !f.Gone {
		t.Errorf("after its right ended it was told %+v", f)
	}
	h.write("not for a")
	h.hub.Changed("item")
	h.change(func() { h.audience["a"] = "som" })
	s.ask(request{Follow: "item", After: 1})
	if f := s.next(); f.Upto == nil {
		t.Errorf("told %+v before the topic's end", f)
	}
	h.write("for a")
	h.hub.Changed("item")
	if got := s.through(1, 2); got[0] != "som: for a" {
		t.Errorf("got %q", got)
	}
	h.change(func() { h.audience["a"] = "members" })
	if f := s.next(); !f.Again {
		t.Errorf("as a member again it was told %+v", f)
	}
	h.change(func() { h.out["a"] = true })
	h.hub.Recheck(func(m Member) bool { return m.Account == "a" })
	if code, _ := s.closed(); code != SignedOut {
		t.Errorf("closed with %d, want %d", code, SignedOut)
	}
}

// TestStoreAway keeps who follows while nobody can be asked, and turns away who
// comes.
func TestStoreAway(t *testing.T) {
	h := newHouse(t)
	s := h.open("a")
	s.follow(0)
	h.diary.mu.Lock()
	h.away = true
	h.diary.mu.Unlock()
	late := h.open("b")
	late.ask(request{Follow: "another"})
	if code, _ := late.closed(); code != websocket.CloseTryAgainLater {
		t.Errorf("closed with %d, want %d", code, websocket.CloseTryAgainLater)
	}
	h.diary.mu.Lock()
	h.away = false
	h.diary.mu.Unlock()
	h.write("one") // by another instance: nobody announces it
	s.through(0, 1)
}

// TestRightsAreALease lets a right grow old while it cannot be asked, as when the
// process stood still: nothing comes before it is asked anew.
func TestRightsAreALease(t *testing.T) {
	var later atomic.Int64
	h := newHouse(t, func(o *Options) { o.Now = func() time.Time { return time.Now().Add(time.Duration(later.Load())) } })
	s := h.open("a")
	s.follow(0)
	h.change(func() { h.mute = true })
	later.Store(int64(2 * lease))
	h.write("one")
	h.hub.Changed("item")
	if f := s.next(); !f.Again {
		t.Fatalf("with a right that is too old it was told %+v", f)
	}
	h.change(func() { h.mute = false })
	if got := s.follow(0); got != 1 {
		t.Errorf("after asking anew it has %d changes, want 1", got)
	}
	h.write("two")
	h.hub.Changed("item")
	s.through(1, 2)
}

// TestLateRights lets rights grow old while the store answers, as after the
// process stood still: they are asked before anything comes, and nobody who has
// one is told to ask anew.
func TestLateRights(t *testing.T) {
	var later atomic.Int64
	h := newStillHouse(t, func(o *Options) { o.Now = func() time.Time { return time.Now().Add(time.Duration(later.Load())) } })
	stays, goes := h.open("a"), h.open("b")
	stays.follow(0)
	goes.follow(0)
	h.change(func() { delete(h.audience, "b") })
	later.Store(int64(2 * lease))
	h.write("one")
	h.hub.Changed("item")
	if f := stays.next(); f.N != 1 {
		t.Errorf("who still has the right was told %+v", f)
	}
	if f := goes.next(); !f.Gone {
		t.Errorf("whose right ended was told %+v", f)
	}
}

func TestSocketsOfAnAccount(t *testing.T) {
	h := newHouse(t)
	for range maxSockets {
		h.open("a")
	}
	_, answer, err := h.dial("a", ours)
	if err == nil || answer == nil || answer.StatusCode != http.StatusTooManyRequests {
		t.Errorf("one socket more: %v, %v", answer, err)
	}
	h.open("b")
	if _, answer, err = h.dial("b", nil); err == nil || answer.StatusCode != http.StatusForbidden {
		t.Errorf("a socket without Origin: %v, %v", answer, err)
	}
}

func TestStop(t *testing.T) {
	h := newHouse(t)
	var all []*screen
	for _, account := range []string{"a", "b", "som"} {
		s := h.open(account)
		s.follow(0)
		all = append(all, s)
	}
	ctx, done := context.WithTimeout(t.Context(), hangs)
	defer done()
	stopped := make(chan error, 1)
	go func() { stopped <- h.hub.Close(ctx) }()
	for _, s := range all {
		code, reason := s.closed()
		var retry int
		if _, err := fmt.Sscanf(reason, "retry %d", &retry); code != websocket.CloseServiceRestart || err != nil || retry < 0 || retry >= int(retryWithin.Milliseconds()) {
			t.Errorf("closed with %d %q", code, reason)
		}
	}
	if err := <-stopped; err != nil {
		t.Error(err)
	}
	if _, answer, err := h.dial("a", ours); err == nil || answer.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("a socket after the stop: %v, %v", answer, err)
	}
}

// TestEveryBeatIsHeard: a page gives a socket up that is silent for two beats, so
// a quiet one gets every one of them.
func TestEveryBeatIsHeard(t *testing.T) {
	h := New(Options{Now: time.Now})
	c := &conn{hub: h, writing: true}
	for range 3 {
		c.beat(false)
	}
	if got := len(c.queue); got != 3 {
		t.Errorf("in three quiet beats the socket got %d signs of life", got)
	}
	c.push(&frame{size: 1})
	if c.beat(false); len(c.queue) != 4 {
		t.Errorf("a beat was sent although something else was: %d frames", len(c.queue))
	}
}

func TestPresence(t *testing.T) {
	h := newHouse(t, func(o *Options) {
		o.Present = func(_ context.Context, _ string, here []Member) (func(string) (any, error), error) {
			var names []string
			for _, m := range here {
				names = append(names, m.Account)
			}
			slices.Sort(names)
			return func(audience string) (any, error) {
				if audience == "som" {
					return []string{fmt.Sprint(len(names))}, nil
				}
				return names, nil
			}, nil
		}
	})
	hears := func(s *screen, want ...string) {
		t.Helper()
		for {
			if f := s.next(); slices.Equal(f.Here, want) {
				return
			}
		}
	}
	a, som := h.open("a"), h.open("som")
	a.follow(0)
	hears(a, "a")
	som.follow(0)
	hears(a, "a", "som")
	hears(som, "2")
	h.hub.Visit("item", Member{Session: "b", Account: "b"})
	hears(a, "a", "b", "som")
	hears(som, "3")
	h.hub.Visit("item", Member{Session: "b", Account: "b"}) // as who polls does, again and again
	_ = som.ws.Close()
	hears(a, "a", "b")
}

func TestFramesAreWhatTheDocumentSays(t *testing.T) {
	n := int64(0)
	for want, e := range map[string]envelope{
		`{"topic":"t","n":1,"change":"c"}`: {Topic: "t", N: 1, Change: "c"},
		`{"topic":"t","upto":0}`:           {Topic: "t", Upto: &n},
		`{"topic":"t","gone":true}`:        {Topic: "t", Gone: true},
		`{"beat":1}`:                       {Beat: 1},
	} {
		if raw, err := json.Marshal(e); err != nil || string(raw) != want {
			t.Errorf("%s, %v, want %s", raw, err, want)
		}
	}
}
