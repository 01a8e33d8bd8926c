package app_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// process is a server under measurement: a process of its own, so that what it
// uses is the server's and nothing of it is the browsers'.
type process struct {
	testing.TB
	venue
	file    string // its database
	command *exec.Cmd
	in      io.WriteCloser
	out     *bufio.Reader
	ended   bool
}

// start makes a process that serves as what says, and waits until it does.
func start(b testing.TB, what service) *process {
	b.Helper()
	raw, err := json.Marshal(what)
	if err != nil {
		b.Fatal(err)
	}
	answers, theirs, err := os.Pipe()
	if err != nil {
		b.Fatal(err)
	}
	p := &process{TB: b, file: what.File, command: exec.Command(os.Args[0], "-test.run=^TestServeACrowd$"), out: bufio.NewReader(answers)}
	p.command.Env = append(os.Environ(), serviceEnv+"="+string(raw))
	p.command.ExtraFiles = []*os.File{theirs}
	p.command.Stdout, p.command.Stderr = os.Stderr, os.Stderr
	if p.in, err = p.command.StdinPipe(); err != nil {
		b.Fatal(err)
	}
	if err := p.command.Start(); err != nil {
		b.Fatal(err)
	}
	_ = theirs.Close()
	b.Cleanup(func() { p.stop(); _ = answers.Close() })
	if err := json.Unmarshal([]byte(p.hear()), &p.venue); err != nil {
		b.Fatal(err)
	}
	return p
}

func (p *process) hear() string {
	p.Helper()
	said, err := p.out.ReadString('\n')
	if err != nil {
		p.Fatalf("the server's process ended: %v", err)
	}
	return strings.TrimSpace(said)
}

// ask gives the number that the process answers.
func (p *process) ask(word string) float64 {
	p.Helper()
	fmt.Fprintln(p.in, word)
	n, err := strconv.ParseFloat(p.hear(), 64)
	if err != nil {
		p.Fatal(err)
	}
	return n
}

// stop ends the process as an operator does.
func (p *process) stop() {
	p.Helper()
	if p.ended {
		return
	}
	p.ended = true
	_ = p.in.Close()
	if err := p.command.Wait(); err != nil {
		p.Errorf("the server's process ended with %v", err)
	}
}

// crowd is browsers that follow one topic of a server. What each gets must be
// number n+1 after n; anything else is an error.
type crowd struct {
	*process
	size     int
	browsers []*browser
	began    time.Time
	had      []atomic.Int32 // by number: how many browsers have it
	whole    chan int       // numbers that all have, each once
	returns  atomic.Bool    // a socket that ends comes back, and is no error
	leaving  atomic.Bool
	back     atomic.Int32 // sockets that came to the end of the topic since a return
	length   atomic.Int64 // of the first numbered frame
	posts    int
	client   *http.Client
}

func (c *crowd) frame() int { return int(c.length.Load()) }

// writers is how many of the guests write: as many as the network has members.
const writers = 60

// maxNumbers is how many messages a crowd can be sent.
const maxNumbers = 1 << 14

// browser is one of a crowd.
type browser struct {
	*crowd
	guest
	mu    sync.Mutex
	ws    *websocket.Conn
	last  int             // its number
	at    []time.Duration // when it got each number, since the crowd began
	gate  sync.Mutex      // held by who keeps it from reading
	aside atomic.Bool     // nobody waits for it, and it may be cut off
	ended atomic.Int64    // the code with which its socket was closed last
}

func newCrowd(p *process, size int) *crowd {
	p.Helper()
	c := &crowd{process: p, size: size, began: time.Now(), had: make([]atomic.Int32, maxNumbers), whole: make(chan int, maxNumbers),
		client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 16}}}
	p.Cleanup(c.leave)
	var opened sync.WaitGroup
	doors := make(chan struct{}, 8)
	for i := range size {
		v := &browser{crowd: c, guest: p.Guests[i%len(p.Guests)]}
		c.browsers = append(c.browsers, v)
		opened.Add(1)
		doors <- struct{}{}
		go func() {
			opened := sync.OnceFunc(func() { opened.Done(); <-doors })
			defer opened()
			if err := v.open(); err != nil {
				c.Errorf("open socket %d: %v", i, err)
				return
			}
			v.live(opened)
		}()
	}
	opened.Wait()
	if p.Failed() {
		p.FailNow()
	}
	return c
}

func (c *crowd) leave() {
	c.leaving.Store(true)
	for _, v := range c.browsers {
		v.mu.Lock()
		if v.ws != nil {
			_ = v.ws.Close()
		}
		v.mu.Unlock()
	}
	c.client.CloseIdleConnections()
}

// open dials and follows the topic after what the browser has.
func (v *browser) open() error {
	header := http.Header{"Origin": {v.URL}}
	if v.Cookie != "" {
		header.Set("Cookie", v.Cookie)
	}
	dialer := websocket.Dialer{ReadBufferSize: 1024, WriteBufferSize: 512, HandshakeTimeout: 10 * time.Second}
	ws, _, err := dialer.Dial("ws"+strings.TrimPrefix(v.URL, "http")+"/lijn", header)
	if err != nil {
		return err
	}
	v.mu.Lock()
	v.ws = ws
	v.mu.Unlock()
	return v.follow(ws)
}

func (v *browser) follow(ws *websocket.Conn) error {
	return ws.WriteJSON(map[string]any{"follow": v.Topic, "after": v.last})
}

// live reads, and comes back as the page does when its socket ends. ready is
// called each time that the browser has all there is.
func (v *browser) live(ready func()) {
	for tries := 0; ; {
		err := v.read(func() {
			tries = 0
			v.back.Add(1)
			ready()
		})
		if v.leaving.Load() {
			return
		}
		if !v.returns.Load() && !v.aside.Load() {
			v.Errorf("a socket ended after number %d: %v", v.last, err)
			return
		}
		v.ended.Store(int64(codeOf(err)))
		for wait := comeBack(err, &tries); ; wait = pause(&tries) {
			time.Sleep(wait)
			if v.leaving.Load() || v.open() == nil {
				break
			}
		}
	}
}

// codeOf is the code with which a socket was closed; as a page sees it, where it
// broke without one.
func codeOf(err error) int {
	var end *websocket.CloseError
	if errors.As(err, &end) {
		return end.Code
	}
	return websocket.CloseAbnormalClosure
}

// comeBack is when to come back after a socket ended: when the server said, or as
// after any break.
func comeBack(err error, tries *int) time.Duration {
	var end *websocket.CloseError
	var after int
	if errors.As(err, &end) && end.Code == websocket.CloseServiceRestart {
		if _, err := fmt.Sscanf(end.Text, "retry %d", &after); err == nil {
			return time.Duration(after) * time.Millisecond
		}
	}
	return pause(tries)
}

// pause is how long the page waits before its next try.
func pause(tries *int) time.Duration {
	waits := []time.Duration{500, 2000, 5000, 10_000, 20_000}
	base := waits[min(*tries, len(waits)-1)] * time.Millisecond
	*tries++
	return base/2 + rand.N(base)
}

// read takes frames until the socket ends.
func (v *browser) read(upto func()) error {
	var frame bytes.Buffer
	var once sync.Once // it may be told to follow again
	for {
		v.pass()
		_, r, err := v.ws.NextReader()
		if err != nil {
			return err
		}
		frame.Reset()
		if _, err := frame.ReadFrom(r); err != nil {
			return err
		}
		if n, ok := numberAfter(frame.Bytes(), `"n":`); ok {
			v.take(n)
			if n == 1 {
				v.length.Store(int64(frame.Len()))
			}
		} else if n, ok := numberAfter(frame.Bytes(), `"upto":`); ok {
			if n != v.last {
				return fmt.Errorf("told that %d is the last, with %d seen", n, v.last)
			}
			once.Do(upto)
		} else if bytes.Contains(frame.Bytes(), []byte(`,"again":`)) {
			if err := v.follow(v.ws); err != nil {
				return err
			}
		} else if bytes.Contains(frame.Bytes(), []byte(`,"gone":`)) {
			return errors.New("the topic is gone")
		}
	}
}

// pass waits while somebody keeps the browser from reading.
func (v *browser) pass() {
	v.gate.Lock()
	defer v.gate.Unlock()
}

// numberAfter reads the number of a frame's second field if that has the name.
func numberAfter(frame []byte, name string) (n int, ok bool) {
	_, rest, _ := bytes.Cut(frame, []byte(","))
	digits, ok := bytes.CutPrefix(rest, []byte(name))
	for _, d := range digits {
		if d < '0' || d > '9' {
			break
		}
		n = 10*n + int(d-'0')
	}
	return n, ok
}

func (v *browser) take(n int) {
	if n != v.last+1 {
		v.Errorf("number %d came after %d", n, v.last)
	}
	v.last = n
	v.at = append(v.at, time.Since(v.began))
	if !v.aside.Load() && int(v.had[n].Add(1)) == v.size {
		v.whole <- n
	}
}

// post says something at a path, as one of the guests in turn, and gives its
// number.
func (c *crowd) post(path string, k int, text string, mentions ...string) int {
	g := c.Guests[k%min(len(c.Guests), writers)]
	form := url.Values{"_token": {g.CSRF}, "tekst": {text}, "sleutel": {"k" + strconv.Itoa(k)}, "noem": mentions}
	r, err := http.NewRequest(http.MethodPost, c.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		c.Error(err)
		return 0
	}
	r.Header = http.Header{"Content-Type": {"application/x-www-form-urlencoded"}, "Accept": {"application/json"}, "Origin": {c.URL}, "Cookie": {g.Cookie}}
	answer, err := c.client.Do(r)
	if err != nil {
		c.Error(err)
		return 0
	}
	defer answer.Body.Close()
	var said struct{ N int }
	raw, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusCreated || json.Unmarshal(raw, &said) != nil {
		c.Errorf("post: %d, %v, %s", answer.StatusCode, err, raw)
	}
	return said.N
}

// inFlight is how many messages a burst has under way.
const inFlight = 4

// burst posts messages, each when the fourth one before it is with everybody,
// and waits until all are.
func (c *crowd) burst(messages int, text string) {
	c.Helper()
	var posting sync.WaitGroup
	for i := range messages {
		if i >= inFlight {
			c.wait()
		}
		c.posts++
		k := c.posts
		posting.Go(func() { c.post(c.Path, k, text) })
	}
	for range min(messages, inFlight) {
		c.wait()
	}
	posting.Wait()
	if c.Failed() {
		c.FailNow()
	}
}

// patience is how long a message may take to be with everybody, however busy the
// machine is.
const patience = 5 * time.Minute

func (c *crowd) wait() {
	c.Helper()
	select {
	case <-c.whole:
	case <-time.After(patience):
		c.Fatal("a message did not come to everybody")
	}
}

// mutter posts messages that nobody follows.
func (c *crowd) mutter(messages int, text string) {
	c.Helper()
	var posting sync.WaitGroup
	for i := range inFlight {
		posting.Go(func() {
			for k := i; k < messages; k += inFlight {
				c.post(c.Unread, c.posts+k+1, text)
			}
		})
	}
	posting.Wait()
	c.posts += messages
}

// cost is the processor time of the server for what is done, in microseconds.
func (c *crowd) cost(do func()) float64 {
	c.Helper()
	before := c.ask("processor")
	do()
	return c.ask("processor") - before
}

// paced posts messages at a steady rate and gives how long each delivery took
// from the instant at which its message was due.
func (c *crowd) paced(messages int, every time.Duration, text string) []time.Duration {
	c.Helper()
	due := make(map[int]time.Duration, messages)
	var mu sync.Mutex
	var posting sync.WaitGroup
	first := time.Since(c.began) + every
	for i := range messages {
		at := first + time.Duration(i)*every
		time.Sleep(at - time.Since(c.began))
		c.posts++
		k := c.posts
		posting.Go(func() {
			n := c.post(c.Path, k, text)
			mu.Lock()
			defer mu.Unlock()
			due[n] = at
		})
	}
	for range messages {
		c.wait()
	}
	posting.Wait()
	if c.Failed() {
		c.FailNow()
	}
	var took []time.Duration
	for n, at := range due {
		for _, v := range c.browsers {
			if !v.aside.Load() {
				took = append(took, v.at[n-1]-at)
			}
		}
	}
	slices.Sort(took)
	return took
}

// quantile gives a value of what is sorted, in milliseconds.
func quantile(sorted []time.Duration, q float64) float64 {
	return float64(sorted[int(q*float64(len(sorted)-1))].Microseconds()) / 1000
}

// returned waits until so many sockets have come back to the end of the topic.
func (c *crowd) returned(n int) {
	c.Helper()
	for began := time.Now(); int(c.back.Load()) < n; time.Sleep(10 * time.Millisecond) {
		if time.Since(began) > 2*patience {
			c.Fatalf("%d of %d sockets came back", c.back.Load(), n)
		}
	}
}

func median(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}

// needFiles raises the limit of open files of this process, and of those it
// starts, or skips the benchmark.
func needFiles(b testing.TB, n uint64) {
	b.Helper()
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		b.Fatal(err)
	}
	if limit.Max < n {
		b.Skipf("needs %d open files and the machine allows %d: see «ulimit -Hn»", n, limit.Max)
	}
	limit.Cur = limit.Max
	if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		b.Fatal(err)
	}
}

// newFile is the path of a new database.
func newFile(b testing.TB) string { return filepath.Join(b.TempDir(), "ruggespraak.db") }
