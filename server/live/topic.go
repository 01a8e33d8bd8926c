package live

import (
	"encoding/json"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// topic is one that somebody follows here.
type topic struct {
	name  string
	users int // who follows or is about to; guarded by the hub

	hinted  atomic.Bool // a look in the log is about to begin
	reading sync.Mutex  // held by who reads the log for all followers

	mu     sync.Mutex
	loaded bool  // last is known
	last   int64 // the number that was handed out last
	subs   map[*conn]sub
	visits map[Member]time.Time // who polls, until when they count
	moved  bool                 // somebody came or went since the last count
	counts time.Time            // the last count
	fresh  map[*conn]bool       // came since the last count
	told   map[string]string    // what an audience was told of who is there
}

// sub is how a socket follows the topic: as which audience, and until when that
// stands without being asked again.
type sub struct {
	audience string
	until    time.Time
}

// known gives the topic if somebody follows it here.
func (h *Hub) known(name string) *topic {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.topics[name]
}

// join gives the topic to somebody who is about to follow it; part gives it
// back.
func (h *Hub) join(name string) *topic {
	h.mu.Lock()
	defer h.mu.Unlock()
	t := h.topics[name]
	if t == nil {
		t = &topic{name: name, subs: map[*conn]sub{}, fresh: map[*conn]bool{}, told: map[string]string{}}
		h.topics[name] = t
	}
	t.users++
	return t
}

func (h *Hub) part(t *topic) {
	h.mu.Lock()
	defer h.mu.Unlock()
	t.users--
	h.drop(t)
}

// drop lets go of a topic that nobody follows and nobody visits any more. The
// caller holds h.mu.
func (h *Hub) drop(t *topic) {
	if t.users == 0 && !t.visited() && h.topics[t.name] == t {
		delete(h.topics, t.name)
		h.o.Changes.Forget(t.name)
	}
}

func (t *topic) visited() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.visits) > 0
}

// take hands to all followers those of the changes that come next. The caller
// holds t.mu, which keeps the order. A follower whose right was not asked for a
// lease, because asking was slow or the process stood still, gets nothing more
// before it has asked anew.
func (t *topic) take(h *Hub, entries []Entry) {
	var next []Entry
	for _, e := range entries {
		if e.Number() == t.last+1 {
			t.last++
			next = append(next, e)
		}
	}
	if len(next) == 0 {
		return
	}
	rendered := map[string][]*frame{}
	var frames []*frame
	of := "" // whose the frames are; most are of one audience
	now := h.o.Now()
	for c, s := range t.subs {
		if now.After(s.until) {
			t.lapse(c)
			continue
		}
		if s.audience != of || frames == nil {
			frames, of = h.renderOnce(rendered, t.name, next, s.audience), s.audience
		}
		if frames == nil {
			c.shut(closeBroken, "")
			continue
		}
		c.push(frames...)
	}
}

// late gives the followers whose lease is about to end. To ask for all of them at
// once keeps them from asking anew each by itself, when asking was slow already.
func (t *topic) late(now time.Time) []*conn {
	t.mu.Lock()
	defer t.mu.Unlock()
	var all []*conn
	for c, s := range t.subs {
		if s.until.Sub(now) < lease/5 {
			all = append(all, c)
		}
	}
	return all
}

// lapse tells the socket to ask for the topic anew. The caller holds t.mu.
func (t *topic) lapse(c *conn) {
	delete(t.subs, c)
	delete(t.fresh, c)
	t.moved = true
	c.say(envelope{Topic: t.name, Again: true})
}

// renew notes when the right of a follower was asked, and tells whether it is
// another audience's by now.
func (t *topic) renew(c *conn, audience string, asked time.Time) (other bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	s, admitted := t.subs[c]
	if !admitted {
		return false
	}
	s.until = asked.Add(lease)
	t.subs[c] = s
	return s.audience != audience
}

// renderOnce gives the frames of changes for an audience, out of those that were
// rendered.
func (h *Hub) renderOnce(rendered map[string][]*frame, name string, entries []Entry, audience string) []*frame {
	frames, made := rendered[audience]
	if !made {
		frames = h.renderAll(name, entries, audience)
		rendered[audience] = frames
	}
	return frames
}

// renderAll gives the frames of changes, nil when one cannot be made.
func (h *Hub) renderAll(name string, entries []Entry, audience string) []*frame {
	frames := make([]*frame, len(entries))
	for i, e := range entries {
		if frames[i] = h.render(name, e, audience); frames[i] == nil {
			return nil
		}
	}
	return frames
}

// render gives the frame of a change for an audience, nil when it cannot be
// made.
func (h *Hub) render(name string, e Entry, audience string) *frame {
	change, err := e.Frame(audience)
	if err == nil {
		var f *frame
		if f, err = prepare(envelope{Topic: name, N: e.Number(), Change: change}); err == nil {
			return f
		}
	}
	h.o.Log.Error("render change", "audience", audience, "number", e.Number(), "error", err)
	return nil
}

// tail hands out what the log holds beyond the last number.
func (h *Hub) tail(t *topic) error {
	t.reading.Lock()
	defer t.reading.Unlock()
	for {
		t.mu.Lock()
		last, loaded := t.last, t.loaded
		t.mu.Unlock()
		if !loaded {
			return nil // nobody follows it yet
		}
		entries, err := h.read(t.name, last)
		if err != nil {
			return err
		}
		if len(entries) > 0 {
			h.recheck(t.late(h.o.Now()))
		}
		t.mu.Lock()
		t.take(h, entries)
		t.mu.Unlock()
		if len(entries) < chunk {
			return nil
		}
	}
}

func (h *Hub) read(name string, after int64) ([]Entry, error) {
	ctx, done := h.question()
	defer done()
	return h.o.Changes.After(ctx, name, after, chunk)
}

// load finds out where the topic stands. The caller holds t.mu.
func (h *Hub) load(t *topic) error {
	if t.loaded {
		return nil
	}
	ctx, done := h.question()
	defer done()
	last, err := h.o.Changes.Last(ctx, t.name)
	if err != nil {
		return err
	}
	t.last, t.loaded = last, true
	return nil
}

// admit makes the socket a follower if it has all changes that were handed out,
// and tells so. A browser may be ahead of what was handed out here, by what it
// read from the log; one that is ahead of the log is told where that ends.
func (h *Hub) admit(t *topic, c *conn, s sub, after int64) (bool, error) {
	ahead, err := h.ahead(t, after)
	if err != nil {
		return false, err
	}
	if ahead {
		if err := h.tail(t); err != nil {
			return false, err
		}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if after < t.last {
		return false, nil
	}
	upto, err := prepare(envelope{Topic: t.name, Upto: &t.last})
	if err != nil {
		return false, err
	}
	t.subs[c] = s
	t.fresh[c], t.moved = true, true
	c.push(upto)
	return true, nil
}

// ahead tells whether the number is above the last that was handed out.
func (h *Hub) ahead(t *topic, after int64) (bool, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	err := h.load(t)
	return after > t.last, err
}

func (t *topic) drop(c *conn) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.subs, c)
	delete(t.fresh, c)
	t.moved = true
}

// here gives who follows the topic through this instance, each once.
func (t *topic) here(now time.Time) []Member {
	for m, until := range t.visits {
		if !until.After(now) {
			delete(t.visits, m)
			t.moved = true
		}
	}
	members := maps.Clone(t.visits)
	if members == nil {
		members = map[Member]time.Time{}
	}
	for c := range t.subs {
		members[c.member] = now
	}
	return slices.Collect(maps.Keys(members))
}

// count notes who is here and tells each audience who is anywhere, if that
// changed.
func (h *Hub) count(t *topic) {
	now := h.o.Now()
	t.mu.Lock()
	here := t.here(now)
	due := t.moved || now.Sub(t.counts) >= renewEvery
	if due {
		t.moved, t.counts = false, now
	}
	t.mu.Unlock()
	if !due {
		return
	}
	ctx, done := h.question()
	defer done()
	show, err := h.o.Present(ctx, t.name, here)
	if err != nil {
		t.mu.Lock()
		t.moved = true // again, a second from now
		t.mu.Unlock()
		return
	}
	h.recheck(t.late(h.o.Now()))
	t.tell(h.o.Now(), show)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.drop(t)
}

// tell gives presence to the audiences for which it changed, and to who came
// since it was told last.
func (t *topic) tell(now time.Time, show func(audience string) (any, error)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	frames, changed := map[string]*frame{}, map[string]bool{}
	for c, s := range t.subs {
		if now.After(s.until) {
			t.lapse(c)
			continue
		}
		audience := s.audience
		f, made := frames[audience]
		if !made {
			var said string
			f, said = presence(t.name, audience, show)
			frames[audience], changed[audience] = f, said != t.told[audience]
			t.told[audience] = said
		}
		if f != nil && (changed[audience] || t.fresh[c]) {
			c.push(f)
		}
	}
	clear(t.fresh)
}

// presence gives the frame for an audience and what it says; none when it
// cannot be made.
func presence(name, audience string, show func(audience string) (any, error)) (*frame, string) {
	here, err := show(audience)
	if err != nil {
		return nil, ""
	}
	said, err := json.Marshal(here)
	if err != nil {
		return nil, ""
	}
	f, err := prepare(envelope{Topic: name, Here: json.RawMessage(said)})
	if err != nil {
		return nil, ""
	}
	return f, string(said)
}
