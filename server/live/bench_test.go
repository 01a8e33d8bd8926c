package live

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// The browsers of a benchmark live in a process of their own, so that what the
// server's process uses is the server's.
const browsersEnv = "RUGGESPRAAK_BENCH_BROWSERS"

func init() {
	if os.Getenv(browsersEnv) != "" {
		os.Exit(browsers(os.Getenv(browsersEnv)))
	}
}

// browsers opens n sockets at url, says "open", reads numbered frames, and for
// each line on its input that names a number says "seen" when all sockets have
// it: "n url follow".
func browsers(what string) int {
	var n int
	var url, ask string
	if _, err := fmt.Sscan(what, &n, &url, &ask); err != nil {
		fmt.Println(err)
		return 1
	}
	seen := make([]chan int64, n)
	for i := range n {
		ws, _, err := websocket.DefaultDialer.Dial(fmt.Sprintf("%s?account=%d", url, i/maxSockets), ours)
		if err != nil {
			fmt.Println("dial:", err)
			return 1
		}
		if ask != "-" {
			if err := ws.WriteMessage(websocket.TextMessage, []byte(ask)); err != nil {
				fmt.Println(err)
				return 1
			}
		}
		seen[i] = make(chan int64, 1)
		ready := make(chan struct{})
		go watch(ws, seen[i], ready)
		<-ready
	}
	fmt.Println("open")
	for in := bufio.NewScanner(os.Stdin); in.Scan(); {
		until, err := strconv.ParseInt(in.Text(), 10, 64)
		if err != nil {
			return 1
		}
		for _, s := range seen {
			for <-s < until {
			}
		}
		fmt.Println("seen")
	}
	return 0
}

// watch passes on the newest number; a number that does not follow on the one
// before ends the process.
func watch(ws *websocket.Conn, seen chan int64, ready chan struct{}) {
	last := int64(-1)
	for {
		_, raw, err := ws.ReadMessage()
		if err != nil {
			fmt.Println("read:", err)
			os.Exit(1)
		}
		var f struct {
			N    int64
			Upto *int64
		}
		if err := json.Unmarshal(raw, &f); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		if f.Upto != nil {
			last = *f.Upto
			close(ready)
			continue
		}
		if f.N == 0 {
			continue
		}
		if last > 0 && f.N != last+1 {
			fmt.Println("number", f.N, "after", last)
			os.Exit(1)
		}
		last = f.N
		select {
		case <-seen:
		default:
		}
		seen <- last
	}
}

// contestant is a server that hands numbered messages to n browsers.
type contestant struct {
	testing.TB
	send    func(n int64) // hands out number n
	in      *bufio.Scanner
	command *exec.Cmd
	order   func(string)
	memory  float64 // bytes a connection, after the first messages
	n       int64
}

func newContestant(b *testing.B, count int, handler http.Handler, ask string, send func(int64)) *contestant {
	b.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	server := &http.Server{Handler: handler}
	go func() { _ = server.Serve(ln) }()
	c := &contestant{TB: b, send: send, command: exec.Command(os.Args[0])}
	c.command.Env = append(os.Environ(), fmt.Sprintf("%s=%d ws://%s/ %s", browsersEnv, count, ln.Addr(), ask))
	c.command.Stderr = os.Stderr
	stdin, err := c.command.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	stdout, err := c.command.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	before := resident()
	if err := c.command.Start(); err != nil {
		b.Fatal(err)
	}
	c.in = bufio.NewScanner(stdout)
	c.order = func(s string) { fmt.Fprintln(stdin, s) }
	b.Cleanup(func() {
		_ = stdin.Close()
		_ = c.command.Wait()
		_ = server.Close()
	})
	c.hear("open")
	c.burst(5)
	c.memory = (resident() - before) / float64(count)
	return c
}

func (c *contestant) hear(word string) {
	c.Helper()
	if !c.in.Scan() || c.in.Text() != word {
		c.Fatalf("the browsers said %q, want %q", c.in.Text(), word)
	}
}

// burst hands out messages and waits until every browser has all of them.
func (c *contestant) burst(messages int) {
	for range messages {
		c.n++
		c.send(c.n)
	}
	c.order(strconv.FormatInt(c.n, 10))
	c.hear("seen")
}

// cost is the processor time a delivery takes, in microseconds.
func (c *contestant) cost(messages, browsers int) float64 {
	before := processor()
	c.burst(messages)
	return (processor() - before) / float64(messages*browsers)
}

func processor() float64 {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1000
}

// resident is what the heap and the stacks hold, in bytes.
func resident() float64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapInuse + m.StackInuse)
}

// bare is the least a broadcaster over gorilla/websocket can be: it knows
// nobody, keeps nothing and cannot say what was missed.
type bare struct {
	mu    sync.Mutex
	conns map[*websocket.Conn]chan *websocket.PreparedMessage
}

func (b *bare) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	ws, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	queue := make(chan *websocket.PreparedMessage, maxQueue)
	b.mu.Lock()
	b.conns[ws] = queue
	b.mu.Unlock()
	go func() {
		_ = ws.WriteMessage(websocket.TextMessage, []byte(`{"upto":0}`))
		for m := range queue {
			if ws.WritePreparedMessage(m) != nil {
				return
			}
		}
	}()
	for {
		if _, _, err := ws.ReadMessage(); err != nil {
			break
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.conns, ws)
	close(queue)
	_ = ws.Close()
}

func (b *bare) send(raw []byte) {
	m, err := websocket.NewPreparedMessage(websocket.TextMessage, raw)
	if err != nil {
		panic(err)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, queue := range b.conns {
		queue <- m
	}
}

// BenchmarkAgainstBareBroadcaster compares the hub with the bare broadcaster by
// the server's processor time a delivery (goal: at most 1.20 times) and its
// memory a connection (goal: at most 1.35 times), on messages of 300 bytes.
func BenchmarkAgainstBareBroadcaster(b *testing.B) {
	if os.Getenv("RUGGESPRAAK_BENCH") == "" {
		b.Skip("opens thousands of sockets; «make bench» runs it")
	}
	text := strings.Repeat("x", 300)
	for _, count := range []int{1000, 5000} {
		b.Run(fmt.Sprint(count), func(b *testing.B) {
			broadcaster := &bare{conns: map[*websocket.Conn]chan *websocket.PreparedMessage{}}
			other := newContestant(b, count, broadcaster, "-", func(n int64) {
				raw, err := json.Marshal(envelope{Topic: "item", N: n, Change: text})
				if err != nil {
					b.Fatal(err)
				}
				broadcaster.send(raw)
			})
			book := &diary{}
			hub := New(Options{Changes: book, Now: time.Now, Enter: func(context.Context, Member, string) (string, error) { return "members", nil }})
			ctx, stop := context.WithCancel(b.Context())
			var ran sync.WaitGroup
			ran.Go(func() { hub.Run(ctx) })
			b.Cleanup(func() { stop(); ran.Wait() })
			handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				account := r.URL.Query().Get("account")
				hub.Serve(w, r, Member{account, account})
			})
			ours := newContestant(b, count, handler, `{"follow":"item"}`, func(int64) {
				book.write(text)
				hub.Changed("item")
			})
			messages := 100_000 / count
			var ratios, costs []float64
			for range 9 {
				x, y := ours.cost(messages, count), other.cost(messages, count)
				ratios, costs = append(ratios, x/y), append(costs, x)
			}
			slices.Sort(ratios)
			slices.Sort(costs)
			b.ReportMetric(ratios[len(ratios)/2], "ratio")
			b.ReportMetric(costs[len(costs)/2], "µs/delivery")
			b.ReportMetric(ours.memory/other.memory, "memory-ratio")
			b.ReportMetric(ours.memory/1024, "kB/connection")
			b.ReportMetric(0, "ns/op")
		})
	}
}
