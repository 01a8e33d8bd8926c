package history

import (
	"fmt"
	"sync"
	"time"
	"unique"
)

// record is what happened in a history. Times count from its beginning, on one
// clock for all browsers and instances.
type record struct {
	began time.Time

	mu       sync.Mutex
	messages []*message
	asks     []ask
	gets     []get
	taken    []taken
	ended    map[int]time.Duration // when the end of a browser's right was acknowledged
	faults   []string
	late     time.Duration // the most that something was said after the right of who got it
	wrong    []string      // what was seen to be wrong at once
}

// message is something that a browser said, however often it had to try.
type message struct {
	by      int
	token   string        // a word that no other text has
	began   time.Duration // of the first try
	acked   time.Duration // of the first acknowledgement; 0: none came
	numbers []int         // as acknowledged
	touched bool          // somebody tried to change it or take it away
	refused bool          // the answer was no
}

// ask is a question for what came after a number, by socket or by request.
type ask struct {
	by     int
	at     time.Duration
	after  int
	socket bool
}

// get is a frame that came.
type get struct {
	ask     int
	at      time.Duration
	n, over int
	html    unique.Handle[string]
}

// taken is a text that nobody gets who asks after a moment.
type taken struct {
	token string
	over  int
	at    time.Duration
}

func newRecord() *record { return &record{began: time.Now(), ended: map[int]time.Duration{}} }

func (r *record) now() time.Duration { return time.Since(r.began) }

func (r *record) asked(by, after int, socket bool) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.asks = append(r.asks, ask{by, r.now(), after, socket})
	return len(r.asks) - 1
}

func (r *record) got(ask int, f frame) {
	html := unique.Make(f.HTML)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.gets = append(r.gets, get{ask, r.now(), f.N, f.Over, html})
}

func (r *record) saying(by int, token string) *message {
	r.mu.Lock()
	defer r.mu.Unlock()
	m := &message{by: by, token: token, began: r.now()}
	r.messages = append(r.messages, m)
	return m
}

func (r *record) acked(m *message, n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(m.numbers) == 0 {
		m.acked = r.now()
	}
	m.numbers = append(m.numbers, n)
}

// touching gives the token of a message before somebody changes it.
func (r *record) touching(m *message) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	m.touched = true
	return m.token
}

func (r *record) took(token string, over int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.taken = append(r.taken, taken{token, over, r.now()})
}

func (r *record) end(by int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, before := r.ended[by]; !before {
		r.ended[by] = r.now()
	}
}

func (r *record) fault(what string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.faults = append(r.faults, fmt.Sprintf("%s at %.1f s", what, r.now().Seconds()))
}

func (r *record) violated(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.wrong = append(r.wrong, fmt.Sprintf("%.600s", fmt.Sprintf(format, args...)))
}

// some gives a message that was acknowledged, whose writer fits.
func (r *record) some(pick func(int) int, fits func(*message) bool) *message {
	r.mu.Lock()
	defer r.mu.Unlock()
	var all []*message
	for _, m := range r.messages {
		if len(m.numbers) > 0 && !m.touched && fits(m) {
			all = append(all, m)
		}
	}
	if len(all) == 0 {
		return nil
	}
	return all[pick(len(all))]
}
