package app_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"runtime"
	"runtime/pprof"
	"sync"
	"syscall"
	"testing"

	"github.com/gorilla/websocket"

	"ruggespraak/cmd/app"
	"ruggespraak/internal/clock"
	"ruggespraak/people"
	"ruggespraak/store/sqlite"
)

// serviceEnv holds the service that a process of the benchmarks is, as JSON.
const serviceEnv = "RUGGESPRAAK_BENCH_SERVICE"

// service is what a process serves.
type service struct {
	File    string // the product's database; empty: the bare broadcaster
	Guests  int    // accounts to be made in a new database; 0: it is there already
	Address string // empty: any free port
	Profile string // file for a profile of the processor's time; empty: none
}

// venue is where a process serves, and who may come in.
type venue struct {
	URL    string
	Topic  string
	Path   string // where messages of the topic are posted
	Unread string // where messages are posted that nobody follows
	Guests []guest
}

// guest is a session.
type guest struct{ Cookie, CSRF string }

// TestServeACrowd is the server's process of the benchmarks of the line; among
// the tests it is none.
func TestServeACrowd(t *testing.T) {
	raw := os.Getenv(serviceEnv)
	if raw == "" {
		t.Skip("serves benchmarks, which start it")
	}
	var s service
	if err := json.Unmarshal([]byte(raw), &s); err != nil {
		t.Fatal(err)
	}
	if s.Address == "" {
		s.Address = "127.0.0.1:0"
	}
	ln, err := net.Listen("tcp", s.Address)
	if err != nil {
		t.Fatal(err)
	}
	serve := serveBare
	if s.File != "" {
		serve = serveProduct
	}
	at, settle := serve(t, s, ln)
	if s.Profile != "" {
		defer profile(t, s.Profile)()
	}
	answers := json.NewEncoder(os.NewFile(3, "answers"))
	say := func(v any) {
		if err := answers.Encode(v); err != nil {
			t.Fatal(err)
		}
	}
	say(at)
	for in := bufio.NewScanner(os.Stdin); in.Scan(); {
		switch in.Text() {
		case "processor":
			settle()
			say(processor())
		case "memory":
			say(resident())
		}
	}
}

func profile(t *testing.T, file string) (end func()) {
	out, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := pprof.StartCPUProfile(out); err != nil {
		t.Fatal(err)
	}
	return func() { pprof.StopCPUProfile(); _ = out.Close() }
}

// processor is the time that this process took of the processors, in
// microseconds.
func processor() float64 {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1000
}

// resident is what the heap and the stacks hold, in bytes.
func resident() float64 {
	runtime.GC()
	runtime.GC() // what pools kept is let go of at the second
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapInuse + m.StackInuse)
}

// serveProduct serves the whole program on a file: an item of a national
// meeting, and coordinators who may talk about it.
func serveProduct(t *testing.T, s service, ln net.Listener) (venue, func()) {
	db, err := sqlite.Open(s.File)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	change := func(cfg *app.Config) { cfg.DB, cfg.Real = db, clock.Real }
	at := venue{URL: "http://" + ln.Addr().String()}
	if s.Guests == 0 {
		w := openAgain(t, change)
		w.serveOn(ln)
		return at, w.settle
	}
	w := openApp(t, change)
	f := newFixture(w)
	topic := f.item()
	at.Topic, at.Path, at.Unread, at.Guests = string(topic), topic.Path(), f.item().Path(), w.guests(s.Guests)
	w.serveOn(ln)
	return at, w.settle
}

// guests makes coordinators with a session each, many at once because the store
// takes their writes together.
func (w *world) guests(n int) []guest {
	w.Helper()
	all := make([]guest, n)
	var made sync.WaitGroup
	hands := make(chan struct{}, 32)
	for i := range n {
		hands <- struct{}{}
		made.Go(func() {
			defer func() { <-hands }()
			id := fmt.Sprintf("gast%d", i)
			_, err := w.app.House.Enroll(background, people.System(), people.Enrolment{ID: id, Name: fmt.Sprintf("Coördinator Nummer%d", i),
				Mail: id + "@ruggespraak.example", Roles: []people.Role{people.Coordinator}, Organisation: w.org[0], Region: w.reg[0]})
			if err != nil {
				w.Error(err)
				return
			}
			token, session, err := w.app.House.Sessions.Start(background, id, people.Coordinator, "test")
			if err != nil {
				w.Error(err)
				return
			}
			all[i] = guest{"ruggespraak=" + token, session.CSRF()}
		})
	}
	made.Wait()
	return all
}

// bare is the least a broadcaster over gorilla/websocket and net/http can be: a
// message comes in by POST as it does to the product, is numbered, made into one
// prepared message and queued for everybody. It knows nobody, keeps nothing and
// cannot say what was missed.
type bare struct {
	mu    sync.Mutex
	n     int
	conns map[*websocket.Conn]chan *websocket.PreparedMessage
}

func serveBare(_ *testing.T, _ service, ln net.Listener) (venue, func()) {
	b := &bare{conns: map[*websocket.Conn]chan *websocket.PreparedMessage{}}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /zeg", func(w http.ResponseWriter, r *http.Request) { b.post(w, r, b.conns) })
	mux.HandleFunc("POST /mompel", func(w http.ResponseWriter, r *http.Request) { b.post(w, r, nil) })
	mux.HandleFunc("GET /lijn", b.follow)
	go func() { _ = http.Serve(ln, mux) }()
	return venue{URL: "http://" + ln.Addr().String(), Topic: "zeg", Path: "/zeg", Unread: "/mompel", Guests: make([]guest, 1)}, func() {}
}

func (b *bare) post(w http.ResponseWriter, r *http.Request, to map[*websocket.Conn]chan *websocket.PreparedMessage) {
	text := r.FormValue("tekst")
	b.mu.Lock()
	defer b.mu.Unlock()
	if to != nil {
		b.n++
	}
	raw, err := json.Marshal(struct {
		Topic  string `json:"topic"`
		N      int    `json:"n"`
		Change string `json:"change"`
	}{"zeg", b.n, text})
	if err != nil {
		panic(err)
	}
	m, err := websocket.NewPreparedMessage(websocket.TextMessage, raw)
	if err != nil {
		panic(err)
	}
	for _, queue := range to {
		queue <- m
	}
	w.WriteHeader(http.StatusCreated)
	fmt.Fprintf(w, `{"n":%d}`, b.n)
}

func (b *bare) follow(w http.ResponseWriter, r *http.Request) {
	upgrader := websocket.Upgrader{ReadBufferSize: 512, WriteBufferSize: 1024, WriteBufferPool: &bareBuffers}
	ws, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	queue := make(chan *websocket.PreparedMessage, 256)
	b.mu.Lock()
	b.conns[ws] = queue
	b.mu.Unlock()
	go func() {
		for m := range queue {
			if ws.WritePreparedMessage(m) != nil {
				return
			}
		}
	}()
	if _, _, err := ws.ReadMessage(); err == nil {
		first, _ := websocket.NewPreparedMessage(websocket.TextMessage, []byte(`{"topic":"zeg","upto":0}`))
		queue <- first
	}
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

var bareBuffers sync.Pool
