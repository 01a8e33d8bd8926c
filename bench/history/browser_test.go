package history

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
	"unique"

	"github.com/gorilla/websocket"

	"ruggespraak/people"
	"ruggespraak/server/live"
	"ruggespraak/store"
)

// How a browser of ours behaves; see frontend/islands/line.ts.
const (
	opening  = 3 * time.Second
	silence  = 4 * time.Second
	askEvery = 1500 * time.Millisecond
	answer   = 8 * time.Second
)

// browser shows the topic as the page does: by the socket where that works, by
// questions where it does not. A balancer sends it to either instance.
type browser struct {
	person
	index  int
	run    *run
	client *http.Client

	mu     sync.Mutex // also guards random
	random *rand.Rand
	side   int // the instance it is sent to
	last   int
	shown  map[int]unique.Handle[string]
	live   bool
	asleep bool
	over   bool          // signed out, or shown the door
	slow   time.Duration // reads nothing for so long, every sixty frames
}

type frame struct {
	N    int
	Over int
	HTML string
}

// sent is what comes over the socket.
type sent struct {
	N      int
	Change *frame
	Upto   *int
	Gone   bool
	Again  bool
}

func newBrowser(r *run, index int, p person, seed uint64) *browser {
	b := &browser{person: p, index: index, run: r, random: rand.New(rand.NewPCG(seed, uint64(index))), shown: map[int]unique.Handle[string]{}}
	b.side = b.pick(2)
	b.client = &http.Client{
		Timeout: answer, Transport: &http.Transport{MaxIdleConnsPerHost: 4},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return b
}

func (b *browser) pick(n int) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.random.IntN(n)
}

func (b *browser) within(d time.Duration) time.Duration { return time.Duration(b.pick(int(d))) }

// road leads to the instance that the browser is sent to.
func (b *browser) road() *road {
	b.mu.Lock()
	defer b.mu.Unlock()
	lanes := b.run.roads[b.side]
	return lanes[b.index%len(lanes)]
}

// turn lets the balancer choose again.
func (b *browser) turn() {
	side := b.pick(2)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.side = side
}

func (b *browser) set(change func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	change()
}

func (b *browser) isOver() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.over
}

// there tells how far the browser is, and whether it waits for what comes.
func (b *browser) there() (last int, live bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.last, b.live
}

// follow keeps the page up to date until ctx ends.
func (b *browser) follow(ctx context.Context) {
	for ctx.Err() == nil && !b.isOver() {
		pause := b.socket(ctx)
		b.set(func() { b.live = false })
		b.turn()
		sleep(ctx, pause)
		b.set(func() { b.asleep = false })
	}
}

// sleep waits, at most until ctx ends.
func sleep(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// dial gives the connection of a socket. A slow reader's holds little.
func (b *browser) dial(ctx context.Context, network, address string) (net.Conn, error) {
	d := net.Dialer{Timeout: opening}
	if b.slowness() > 0 {
		address = b.run.fleet[b.side].listen
		d.Control = func(_, _ string, c syscall.RawConn) error {
			return c.Control(func(fd uintptr) {
				_ = syscall.SetsockoptInt(int(fd), syscall.IPPROTO_TCP, syscall.TCP_MAXSEG, 536)
				_ = syscall.SetsockoptInt(int(fd), syscall.SOL_SOCKET, syscall.SO_RCVBUF, 4096)
			})
		}
	}
	return d.DialContext(ctx, network, address)
}

func (b *browser) slowness() time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.slow
}

// socket follows the topic over a socket until that ends, and tells how long to
// wait before the next.
func (b *browser) socket(ctx context.Context) time.Duration {
	soon := 100*time.Millisecond + b.within(500*time.Millisecond)
	at := b.road().address()
	header := http.Header{"Origin": {"http://" + at}, "Cookie": {"ruggespraak=" + b.cookie}}
	dialer := websocket.Dialer{HandshakeTimeout: opening, NetDialContext: b.dial}
	ws, _, err := dialer.DialContext(ctx, "ws://"+at+"/lijn", header)
	if err != nil {
		return soon // whether it may, the questions find out
	}
	defer ws.Close()
	defer context.AfterFunc(ctx, func() { _ = ws.Close() })()
	ask, err := b.begin(ws)
	if err != nil {
		return soon
	}
	nap := time.Now().Add(time.Second + b.within(15*time.Second))
	if b.slowness() > 0 {
		nap = nap.Add(time.Hour)
	}
	for frames := 0; ; {
		_ = ws.SetReadDeadline(b.patience(nap))
		_, raw, err := ws.ReadMessage()
		if b.naps(nap) {
			return b.within(1500 * time.Millisecond)
		}
		if err != nil {
			return b.left(err, soon)
		}
		b.overhear(string(raw))
		var s sent
		if err := json.Unmarshal(raw, &s); err != nil {
			b.run.violated("browser %d cannot read %q", b.index, raw)
			return soon
		}
		switch {
		case s.Gone:
			b.set(func() { b.over = true })
			return 0
		case s.Again:
			if ask, err = b.begin(ws); err != nil {
				return soon
			}
		case s.Upto != nil:
			b.set(func() { b.last, b.live = min(b.last, *s.Upto), true })
		case s.Change != nil:
			s.Change.N = s.N
			if !b.take(ask, *s.Change) {
				return soon // the checker has seen the hole
			}
		}
		if frames++; frames%60 == 1 {
			sleep(ctx, b.slowness())
		}
	}
}

// begin asks for what comes after the last number that is shown.
func (b *browser) begin(ws *websocket.Conn) (ask int, err error) {
	b.set(func() { b.live = false })
	last, _ := b.there()
	ask = b.run.asked(b.index, last, true)
	return ask, ws.WriteJSON(map[string]any{"follow": b.run.stage.topic, "after": last})
}

// patience is until when the socket may be silent.
func (b *browser) patience(nap time.Time) time.Time {
	until := time.Now().Add(silence)
	if !b.run.quiet.Load() && nap.Before(until) && !b.loses() {
		return nap
	}
	return until
}

// naps closes the laptop when its time has come.
func (b *browser) naps(nap time.Time) bool {
	if b.run.quiet.Load() || time.Now().Before(nap) || b.loses() {
		return false
	}
	b.set(func() { b.asleep = true })
	return true
}

// loses tells whether the right of this browser is being ended or has ended. It
// stays at its socket then: what it hears too much comes after the end of a lease.
func (b *browser) loses() bool {
	b.run.mu.Lock()
	defer b.run.mu.Unlock()
	return b.run.ending[b.index]
}

// left tells how long to wait after the end of a socket.
func (b *browser) left(err error, soon time.Duration) time.Duration {
	var end *websocket.CloseError
	if !errors.As(err, &end) {
		b.run.count("cut")
		return soon
	}
	b.run.count(fmt.Sprintf("closed %d", end.Code))
	switch end.Code {
	case live.SignedOut:
		b.set(func() { b.over = true })
	case websocket.CloseServiceRestart:
		var wait int
		if _, err := fmt.Sscanf(end.Text, "retry %d", &wait); err == nil {
			return time.Duration(wait) * time.Millisecond
		}
		b.run.violated("closed for a restart with %q", end.Text)
	}
	return soon
}

// take shows a frame: number n+1 only after n. It tells whether there is a hole
// before it.
func (b *browser) take(ask int, f frame) bool {
	b.run.got(ask, f)
	b.mu.Lock()
	defer b.mu.Unlock()
	if f.N == b.last+1 {
		b.last = f.N
		b.shown[f.Over] = unique.Make(f.HTML)
	}
	return f.N <= b.last
}

// overhear looks in what a guest gets for the names of members.
func (b *browser) overhear(raw string) {
	if b.role != people.SOMMember {
		return
	}
	for _, p := range b.run.stage.people {
		if p.role.Member() && strings.Contains(raw, p.name) {
			b.run.violated("a guest gets the name of a member: %s", raw)
			return
		}
	}
}

// question asks what came, as the page does where the socket does not work.
func (b *browser) question(ctx context.Context) {
	last, _ := b.there()
	ask := b.run.asked(b.index, last, false)
	status, body, err := b.request(ctx, http.MethodGet, b.path("?na="+strconv.Itoa(last)), nil)
	switch {
	case err != nil || status >= 500:
		b.turn()
	case status == http.StatusUnauthorized || status == http.StatusNotFound || status == http.StatusForbidden:
		b.set(func() { b.over = true })
	case status == http.StatusOK:
		b.overhear(body)
		var said struct{ Frames []frame }
		if err := json.Unmarshal([]byte(body), &said); err != nil {
			b.run.violated("browser %d cannot read an answer: %v", b.index, err)
			return
		}
		for _, f := range said.Frames {
			b.take(ask, f)
		}
	default:
		b.run.violated("a question was answered with %d: %s", status, body)
	}
}

// asks puts questions while the socket does not bring what comes.
func (b *browser) asks(ctx context.Context) {
	for sleep(ctx, b.within(askEvery)); ctx.Err() == nil && !b.isOver(); sleep(ctx, askEvery) {
		b.mu.Lock()
		needed := !b.live && !b.asleep
		b.mu.Unlock()
		if needed {
			b.question(ctx)
		}
	}
}

func (b *browser) path(rest string) string { return b.run.stage.topic.Path() + rest }

// request is a request of the page's script; a form when there is one.
func (b *browser) request(ctx context.Context, method, path string, form url.Values) (status int, body string, err error) {
	return b.send(ctx, method, path, form, http.Header{"Accept": {"application/json"}, "Sec-Fetch-Mode": {"cors"}})
}

// page is the page as it comes without a script.
func (b *browser) page(ctx context.Context) (status int, body string, err error) {
	return b.send(ctx, http.MethodGet, b.path(""), nil, http.Header{})
}

func (b *browser) send(ctx context.Context, method, path string, form url.Values, header http.Header) (status int, body string, err error) {
	at := "http://" + b.road().address()
	header.Set("Cookie", "ruggespraak="+b.cookie)
	var content io.Reader
	if form != nil {
		form.Set("_token", b.csrf)
		content = strings.NewReader(form.Encode())
		header.Set("Origin", at)
		header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	r, err := http.NewRequestWithContext(ctx, method, at+path, content)
	if err != nil {
		return 0, "", err
	}
	r.Header = header
	got, err := b.client.Do(r)
	if err != nil {
		return 0, "", err
	}
	defer got.Body.Close()
	raw, err := io.ReadAll(got.Body)
	return got.StatusCode, string(raw), err
}

// say posts a text with one key until it is acknowledged or refused. Sometimes
// the reader is impatient and the page sends it twice at once.
func (b *browser) say(ctx context.Context, token, text string, reply int) {
	m := b.run.saying(b.index, token)
	form := func() url.Values {
		f := url.Values{"tekst": {text}}
		if reply > 0 {
			f.Set("antwoord", strconv.Itoa(reply))
		}
		return f
	}
	key := store.NewID()
	var tries sync.WaitGroup
	if b.pick(10) == 0 {
		tries.Go(func() { b.post(ctx, m, key, form()) })
	}
	tries.Go(func() { b.post(ctx, m, key, form()) })
	tries.Wait()
}

func (b *browser) post(ctx context.Context, m *message, key string, form url.Values) {
	form.Set("sleutel", key)
	for ctx.Err() == nil {
		status, body, err := b.request(ctx, http.MethodPost, b.path(""), form)
		switch {
		case err == nil && status == http.StatusCreated:
			var said struct{ N int }
			if err := json.Unmarshal([]byte(body), &said); err != nil || said.N == 0 {
				b.run.violated("a message was acknowledged with %q", body)
			}
			b.run.acked(m, said.N)
			return
		case err == nil && b.mayNot(status):
			b.run.mu.Lock()
			m.refused = true
			b.run.mu.Unlock()
			return
		case err == nil && status == http.StatusUnprocessableEntity && !strings.Contains(body, "te snel"):
			b.run.violated("a text was refused: %s", body)
			return
		}
		b.turn()
		sleep(ctx, 200*time.Millisecond+b.within(400*time.Millisecond))
	}
}

// mayNot tells whether the answer means that the right has ended.
func (b *browser) mayNot(status int) bool {
	if status != http.StatusUnauthorized && status != http.StatusNotFound && status != http.StatusForbidden {
		return false
	}
	b.run.mu.Lock()
	defer b.run.mu.Unlock()
	if !b.run.ending[b.index] {
		b.run.wrong = append(b.run.wrong, fmt.Sprintf("browser %d, whose right goes on, was answered %d", b.index, status))
	}
	return true
}

// until repeats an act that may be repeated until it is acknowledged.
func (b *browser) until(ctx context.Context, path string, form url.Values) bool {
	for ctx.Err() == nil {
		status, _, err := b.request(ctx, http.MethodPost, path, form)
		if err == nil && (status == http.StatusNoContent || status == http.StatusSeeOther || status == http.StatusConflict) {
			return true
		}
		if err == nil && status < 500 {
			b.run.violated("%s was answered %d", path, status)
			return false
		}
		b.turn()
		sleep(ctx, 200*time.Millisecond)
	}
	return false
}

// fresh is what a browser shows that begins anew: what its script gets, and what
// the page says without one.
type fresh struct {
	shown map[int]unique.Handle[string]
	page  string
}

// begins asks for everything, as after opening the page.
func (b *browser) begins(ctx context.Context) {
	ask := b.run.asked(b.index, 0, false)
	status, body, err := b.request(ctx, http.MethodGet, b.path("?na=0"), nil)
	var said struct{ Frames []frame }
	if err == nil {
		err = json.Unmarshal([]byte(body), &said)
	}
	if err != nil || status != http.StatusOK {
		b.run.violated("browser %d, beginning anew: %d, %v", b.index, status, err)
		return
	}
	f := fresh{shown: map[int]unique.Handle[string]{}}
	for _, one := range said.Frames {
		b.run.got(ask, one)
		f.shown[one.Over] = unique.Make(one.HTML)
	}
	status, f.page, err = b.page(ctx)
	if err != nil || status != http.StatusOK {
		b.run.violated("browser %d gets no page: %d, %v", b.index, status, err)
	}
	b.overhear(f.page)
	b.run.mu.Lock()
	defer b.run.mu.Unlock()
	b.run.fresh[b.index] = f
}
