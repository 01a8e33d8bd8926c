package app_test

import (
	"context"
	"maps"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"ruggespraak/cmd/app"
	"ruggespraak/meetings/discussion"
	"ruggespraak/store"
)

// tally counts what is read from a store, but by the clock, and by kind what is
// read by its id, searched and written.
type tally struct {
	store.DB
	mu     sync.Mutex
	reads  int
	gets   map[string]int
	finds  map[string]int
	writes map[string]int
}

func (k *tally) read() {
	if byTheClock() {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.reads++
}

// byTheClock tells whether the line reads because it is time: whose rights still
// stand, who is there, what other instances wrote.
func byTheClock() bool {
	var callers [64]uintptr
	frames := runtime.CallersFrames(callers[:runtime.Callers(2, callers[:])])
	for {
		frame, more := frames.Next()
		if strings.HasSuffix(frame.Function, "server/live.repeat") {
			return true
		}
		if !more {
			return false
		}
	}
}

// got gives how often one of a kind was read.
func (k *tally) got(kind string) int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.gets[kind]
}

// found gives how often a kind was searched.
func (k *tally) found(kind string) int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.finds[kind]
}

// write notes a write, unless it failed: another came first.
func (k *tally) write(kind string, err error) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if err == nil {
		k.writes[kind]++
	}
	return err
}

// since gives the reads and writes since it was asked last. Who is there is
// noted every few seconds and left out: it is of no message.
func (k *tally) since() (reads int, writes map[string]int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	reads, writes = k.reads, k.writes
	k.reads, k.writes = 0, map[string]int{}
	delete(writes, "presence")
	return reads, writes
}

func (k *tally) Get(ctx context.Context, kind, id string) (store.Doc, error) {
	k.read()
	k.mu.Lock()
	k.gets[kind]++
	k.mu.Unlock()
	return k.DB.Get(ctx, kind, id)
}

func (k *tally) GetMany(ctx context.Context, kind string, ids []string) ([]store.Doc, error) {
	k.read()
	return k.DB.GetMany(ctx, kind, ids)
}

func (k *tally) Find(ctx context.Context, kind string, q store.Query) (store.Page, error) {
	k.read()
	k.mu.Lock()
	k.finds[kind]++
	k.mu.Unlock()
	return k.DB.Find(ctx, kind, q)
}

func (k *tally) Count(ctx context.Context, kind string, q store.Query) (int, error) {
	k.read()
	return k.DB.Count(ctx, kind, q)
}

func (k *tally) Tally(ctx context.Context, kind string, q store.Query, by ...string) ([]store.Cell, error) {
	k.read()
	return k.DB.Tally(ctx, kind, q, by...)
}

func (k *tally) Insert(ctx context.Context, kind string, d store.Doc) error {
	return k.write(kind, k.DB.Insert(ctx, kind, d))
}

func (k *tally) Replace(ctx context.Context, kind string, d store.Doc) error {
	return k.write(kind, k.DB.Replace(ctx, kind, d))
}

func (k *tally) Delete(ctx context.Context, kind, id string, version int64) error {
	return k.write(kind, k.DB.Delete(ctx, kind, id, version))
}

// openCounted opens the program over a store that counts.
func openCounted(t *testing.T) (*world, *tally) {
	t.Helper()
	k := &tally{gets: map[string]int{}, finds: map[string]int{}, writes: map[string]int{}}
	w := openApp(t, func(cfg *app.Config) {
		k.DB = cfg.DB
		cfg.DB = k
	})
	return w, k
}

// audience is a discussion with so many browsers, in a world that does nothing
// by itself, over a store that counts. The SOM is invited to it.
func audience(t *testing.T, size int) (*crowd, *world, *tally) {
	t.Helper()
	w, k := openCounted(t)
	w.serveQuietly()
	topic := newFixture(w).mixed()
	at := venue{URL: w.url, Topic: string(topic), Path: topic.Path(), Guests: w.guests(size)}
	return newCrowd(&process{TB: t, venue: at}, size), w, k
}

// TestAMessageIsOneWrite posts messages and looks at the store when everybody
// has them, before anything follows from them: one write each. What follows,
// the bell and the mail, comes afterwards.
func TestAMessageIsOneWrite(t *testing.T) {
	t.Parallel()
	c, w, k := audience(t, 10)
	k.since()
	const messages = 40 // four of each account: fewer than a second allows
	c.burst(messages, said)
	if _, writes := k.since(); !maps.Equal(writes, map[string]int{"gesprek": messages}) {
		t.Errorf("before all had the messages the store was written to: %v", writes)
	}
	for i, v := range c.browsers {
		if v.last != messages {
			t.Errorf("browser %d has %d messages, want %d", i, v.last, messages)
		}
	}
	w.settle()
	k.since()
	for i := range 2 {
		c.post(c.Path, messages+1+i, said, "gast0")
		c.wait()
	}
	if _, writes := k.since(); !maps.Equal(writes, map[string]int{"gesprek": 2}) {
		t.Errorf("with a mention the store was written to: %v", writes)
	}
	w.settle()
	if _, writes := k.since(); writes["notice"] != 2 || writes["outbox_mail"] != 1 {
		t.Errorf("two mentions of one account wrote %v, want two notices and one mail", writes)
	}
}

// TestReadsDoNotGrowWithTheAudience compares what a message reads from the store
// until everybody has it, with few browsers and with many. Of a few messages it
// is another number: the first reads a name too, and what the line finds by the
// clock is read already. So of some messages the median counts.
func TestReadsDoNotGrowWithTheAudience(t *testing.T) {
	t.Parallel()
	reads := func(size int) int {
		c, w, k := audience(t, size)
		var each []float64
		for i := range 21 {
			k.since()
			c.post(c.Path, i*size, said) // by the same account
			c.wait()
			n, _ := k.since()
			each = append(each, float64(n))
			w.real.Move(time.Second)
		}
		return int(median(each))
	}
	if few, many := reads(5), reads(50); few != many || few == 0 {
		t.Errorf("a message reads %d times for 5 browsers and %d times for 50", few, many)
	}
}

// TestRightsAreAskedOnceForAMessage posts to an item, where two documents say who
// may: the meeting, and how it is led. They are read for every message, and once.
func TestRightsAreAskedOnceForAMessage(t *testing.T) {
	t.Parallel()
	w, k := openCounted(t)
	w.serveQuietly()
	topic, c := newFixture(w).mixed(), w.as("c1")
	meetings, lead := k.got("overleg"), k.got("leiding")
	c.post(topic.Path(), "tekst", "Dat zien wij ook.", "sleutel", "a").want(t, http.StatusSeeOther)
	if n := k.got("overleg") - meetings; n != 1 {
		t.Errorf("a message read its meeting %d times, want 1", n)
	}
	if n := k.got("leiding") - lead; n != 1 {
		t.Errorf("a message read how its meeting is led %d times, want 1", n)
	}
	guest := w.as("tf") // is invited to the item of mixed, not to this one
	elsewhere := newFixture(w).item().Path()
	for range 8 { // more than the pace allows
		for _, text := range []string{"Dat zien wij ook.", "Bel 06 12345678.", "Mevrouw Jansen belde."} {
			guest.post(elsewhere, "tekst", text, "sleutel", "b").want(t, http.StatusNotFound)
			guest.post(elsewhere, "tekst", text, "sleutel", "b", "overnemen", "x").want(t, http.StatusNotFound)
		}
	}
}

// TestNamesAreReadForTheSOMAlone says something to members and then to two SOM
// members too. The names of all accounts, of which there may be thousands, are
// read for a frame of the SOM, and once for both.
func TestNamesAreReadForTheSOMAlone(t *testing.T) {
	t.Parallel()
	c, w, k := audience(t, 5)
	lists := func(also ...*screen) int {
		before := k.found("account")
		for range 3 {
			c.post(c.Path, c.posts, said)
			c.posts++
			c.wait()
			for _, s := range also {
				s.until("<li")
			}
		}
		return k.found("account") - before
	}
	if n := lists(); n != 0 {
		t.Errorf("for three messages to members the accounts were listed %d times, want 0", n)
	}
	f, topic := newFixture(w), discussion.Topic(c.Topic)
	first, second := f.as("som").watch(topic), f.as("som").watch(topic)
	if n := lists(first, second); n != 3 {
		t.Errorf("for three messages to the SOM too the accounts were listed %d times, want 3", n)
	}
}
