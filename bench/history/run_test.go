package history

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"ruggespraak/meetings/discussion"
	"ruggespraak/people"
)

// What happens in a history.
const (
	spoken  = 300 // messages
	talkFor = 10 * time.Second
	lanes   = 6                // roads to an instance
	usual   = 300              // characters of a long message
	stuck   = 20 * time.Second // without anybody getting further
)

// run is one history while it happens.
type run struct {
	*record
	*place
	fleet    [2]*instance
	roads    [2][]*road
	browsers []*browser
	admin    *browser
	random   *rand.Rand   // of the script; the browsers have their own
	long     int          // characters of the longest texts
	quiet    atomic.Bool  // nobody naps any more
	ending   map[int]bool // browsers whose right is being ended; guarded by record.mu
	counts   map[string]int
	words    atomic.Int64

	truth []*discussion.Entry // what the store holds in the end
	fresh map[int]fresh       // what a browser shows that begins anew
}

// play runs one history and gives its record.
func play(ctx context.Context, program, folder string, at *place, seed uint64, faults []string) (r *run, err error) {
	r = &run{record: newRecord(), place: at, random: rand.New(rand.NewPCG(seed, 0)), ending: map[int]bool{}, counts: map[string]int{}, fresh: map[int]fresh{}, long: usual}
	if slices.Contains(faults, "slow reader") {
		r.long = 3600
	}
	for i := range r.fleet {
		if r.fleet[i], err = newInstance(program, filepath.Join(folder, strconv.Itoa(i)), at.address); err != nil {
			return nil, err
		}
		if err := r.fleet[i].start(); err != nil {
			return nil, err
		}
		defer func(i *instance) { err = errors.Join(err, i.stop()) }(r.fleet[i])
		for range lanes {
			lane, err := newRoad(r.fleet[i].listen)
			if err != nil {
				return nil, err
			}
			defer lane.close()
			r.roads[i] = append(r.roads[i], lane)
		}
	}
	for _, i := range r.fleet {
		if err := i.ready(); err != nil {
			return nil, err
		}
	}
	r.began = time.Now()
	for i, p := range at.stage.people {
		b := newBrowser(r, i, p, seed)
		if r.long > usual && i%20 == 3 {
			b.slow = 8 * time.Second
		}
		r.browsers = append(r.browsers, b)
	}
	r.admin = newBrowser(r, len(at.stage.people), at.stage.admin, seed)
	return r, r.talk(ctx, faults)
}

// talk lets everybody talk while things go wrong, then lets everybody catch up.
func (r *run) talk(ctx context.Context, faults []string) error {
	following, stop := context.WithCancel(ctx)
	var there, talking sync.WaitGroup
	defer there.Wait()
	defer stop()
	for _, b := range r.browsers {
		there.Go(func() { b.follow(following) })
		there.Go(func() { b.asks(following) })
		acts := r.script(b)
		talking.Go(func() { b.play(ctx, acts) })
	}
	for _, name := range faults {
		within := talkFor - 2*time.Second
		if name == "member removed" {
			within /= 4 // what one hears too much of comes after the end of a lease
		}
		after := time.Second + time.Duration(r.random.Int64N(int64(within)))
		talking.Go(func() {
			sleep(ctx, after)
			r.fault(name)
			troubles[name](ctx, r)
		})
	}
	talking.Wait()
	r.quiet.Store(true)
	for _, b := range r.browsers {
		b.set(func() { b.slow = 0 })
	}
	for _, i := range r.fleet {
		if err := i.ready(); err != nil {
			return err
		}
	}
	return r.settle(ctx)
}

// settle says one thing more, waits until everybody who may shows it and waits
// for what comes next, and reads what they should show.
func (r *run) settle(ctx context.Context) error {
	r.awake(ctx)
	r.browsers[coordinators].say(ctx, r.token(), "Tot slot.", 0)
	db, err := r.open(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	beside, err := program(ctx, db)
	if err != nil {
		return err
	}
	defer beside.Close()
	for err = beside.Projector.Drain(ctx); err != nil; err = beside.Projector.Drain(ctx) {
		if ctx.Err() != nil {
			return err
		}
		sleep(ctx, time.Second) // what removes a text for good waits until nobody reads
	}
	if r.truth, err = entries(ctx, beside.Hall, r.stage.topic); err != nil {
		return err
	}
	r.wait(ctx)
	for _, b := range r.browsers {
		if !b.isOver() {
			b.begins(ctx)
		}
	}
	return nil
}

// awake waits until everybody follows: who comes back reads what is new, and
// brings it to those beside them who would have missed it.
func (r *run) awake(ctx context.Context) {
	asleep := func(b *browser) bool { _, live := b.there(); return !live && !b.isOver() }
	for since := r.now(); ctx.Err() == nil && r.now()-since < stuck && slices.ContainsFunc(r.browsers, asleep); {
		sleep(ctx, 50*time.Millisecond)
	}
}

func entries(ctx context.Context, h *discussion.Hall, t discussion.Topic) ([]*discussion.Entry, error) {
	var all []*discussion.Entry
	for {
		more, err := h.Tail(ctx, t, len(all))
		if err != nil || len(more) == 0 {
			return all, err
		}
		all = append(all, more...)
	}
}

// wait lets everybody get to where they show what they may.
func (r *run) wait(ctx context.Context) {
	furthest, since := 0, r.now()
	for ctx.Err() == nil {
		behind := r.behind(len(r.truth))
		if len(behind) == 0 {
			return
		}
		if far := r.shown(); far > furthest {
			furthest, since = far, r.now()
		}
		if r.now()-since > stuck {
			r.violated("stuck, at entry %d: %s", len(r.truth), strings.Join(behind, "; "))
			return
		}
		sleep(ctx, 50*time.Millisecond)
	}
}

// shown is how much all browsers show together.
func (r *run) shown() (all int) {
	for _, b := range r.browsers {
		n, _ := b.there()
		all += n
	}
	return all
}

// behind lists who does not show all that they may, or still shows what they may
// not.
func (r *run) behind(last int) []string {
	r.mu.Lock()
	ended := maps.Clone(r.ended)
	r.mu.Unlock()
	var all []string
	for _, b := range r.browsers {
		n, live := b.there()
		_, mayNot := ended[b.index]
		switch {
		case mayNot && !b.isOver():
			all = append(all, fmt.Sprintf("browser %d was not told that its right ended", b.index))
		case !mayNot && b.isOver():
			all = append(all, fmt.Sprintf("browser %d was shown the door", b.index))
		case !mayNot && (n != last || !live):
			all = append(all, fmt.Sprintf("browser %d shows %d (live: %t)", b.index, n, live))
		}
	}
	return all
}

func (r *run) count(what string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.counts[what]++
}

// token is a new word in small letters, in which the guard sees nothing.
func (r *run) token() string {
	n := r.words.Add(1)
	return "kanarie" + strings.Map(func(c rune) rune { return 'a' + (c - '0') }, fmt.Sprintf("%05d", n)) + "x"
}

// act is something that a browser does at a moment.
type act struct {
	at time.Duration
	do func(ctx context.Context)
}

// script gives what a browser does: it says five things, and now and then
// reacts, changes or takes back what it said.
func (r *run) script(b *browser) []act {
	var acts []act
	some := func() time.Duration { return time.Duration(r.random.Int64N(int64(talkFor))) }
	for range spoken / len(r.stage.people) {
		text := strings.Repeat(`"`, r.long*(1+r.random.IntN(3))/3) // it grows tenfold on its way
		reply := r.random.IntN(4) == 0
		acts = append(acts, act{some(), func(ctx context.Context) { b.speak(ctx, text, reply) }})
	}
	for _, often := range []struct {
		one int // in so many browsers
		do  func(context.Context)
	}{{1, b.react}, {3, b.edit}, {5, b.takeBack}} {
		if r.random.IntN(often.one) == 0 {
			acts = append(acts, act{some(), often.do})
		}
	}
	slices.SortFunc(acts, func(x, y act) int { return int(x.at - y.at) })
	return acts
}

func (b *browser) play(ctx context.Context, acts []act) {
	for _, a := range acts {
		sleep(ctx, a.at-b.run.now())
		if b.isOver() {
			return
		}
		a.do(ctx)
	}
}

func (b *browser) speak(ctx context.Context, text string, reply bool) {
	to := 0
	if m := b.run.some(b.pick, func(*message) bool { return reply }); m != nil {
		to = m.numbers[0]
	}
	token := b.run.token()
	b.say(ctx, token, "Ik zie "+token+". "+text, to)
}

// react tries once: what came of it does not matter.
func (b *browser) react(ctx context.Context) {
	if m := b.run.some(b.pick, func(*message) bool { return true }); m != nil {
		_, _, _ = b.request(ctx, http.MethodPost, b.path("/reactie"), url.Values{"eens": {strconv.Itoa(m.numbers[0])}})
	}
}

func (b *browser) edit(ctx context.Context) {
	m := b.run.some(b.pick, func(m *message) bool { return m.by == b.index })
	if m == nil || b.isOver() {
		return
	}
	token := b.run.touching(m)
	path := b.path("/" + strconv.Itoa(m.numbers[0]) + "/aanpassen")
	status, _, err := b.request(ctx, http.MethodPost, path, url.Values{"tekst": {"Ik bedoel " + b.run.token() + "."}})
	if err == nil && status == http.StatusNoContent {
		b.run.took(token, m.numbers[0])
	}
}

func (b *browser) takeBack(ctx context.Context) {
	m := b.run.some(b.pick, func(m *message) bool { return m.by == b.index })
	if m == nil {
		return
	}
	token := b.run.touching(m)
	status, _, err := b.request(ctx, http.MethodPost, b.path("/"+strconv.Itoa(m.numbers[0])+"/verwijderen"), url.Values{})
	if err == nil && status == http.StatusNoContent {
		b.run.took(token, m.numbers[0])
	}
}

// troubles are what can go wrong in a history. Each mends it again.
var troubles = map[string]func(context.Context, *run){
	"kill -9": func(ctx context.Context, r *run) {
		i := r.either()
		i.kill()
		sleep(ctx, time.Duration(r.admin.within(2*time.Second)))
		r.again(i)
	},
	"SIGSTOP": func(ctx context.Context, r *run) {
		i := r.either()
		i.signal(syscall.SIGSTOP)
		sleep(ctx, 10*time.Second)
		i.signal(syscall.SIGCONT)
	},
	"reset": func(ctx context.Context, r *run) {
		for range 5 {
			for _, lane := range r.roads[r.admin.pick(2)] {
				lane.reset()
			}
			sleep(ctx, r.admin.within(time.Second))
		}
	},
	"half-open": func(ctx context.Context, r *run) {
		held := r.roads[r.admin.pick(2)][:lanes/2]
		for _, lane := range held {
			lane.hold()
		}
		sleep(ctx, 8*time.Second)
		for _, lane := range held {
			lane.release()
		}
	},
	// The slow ones are so from the beginning to the end of the talk.
	"slow reader": func(context.Context, *run) {},
	"store away": func(ctx context.Context, r *run) {
		if err := r.away(ctx, 30*time.Second); err != nil {
			r.violated("%v", err)
		}
	},
	"member removed": func(ctx context.Context, r *run) {
		for range 4 {
			b := r.browsers[r.admin.pick(coordinators)]
			r.mark(b)
			if r.admin.until(ctx, "/accounts/"+b.account+"/beeindigen", url.Values{}) {
				r.end(b.index)
			}
		}
		guest := r.browsers[coordinators+chairs+r.admin.pick(guests)]
		r.mark(guest)
		_, meeting, item := r.stage.topic.Parts()
		stay := url.Values{"wie": r.staying()}
		if r.browsers[coordinators].until(ctx, "/overleggen/"+meeting+"/punten/"+item+"/uitnodigen", stay) {
			r.end(guest.index)
		}
	},
	"removal during resume": func(ctx context.Context, r *run) {
		chair := r.browsers[coordinators+1]
		for range 3 {
			m := r.some(r.admin.pick, func(*message) bool { return true })
			if m == nil {
				return
			}
			token := r.touching(m)
			for _, lane := range r.roads[r.admin.pick(2)] {
				lane.reset()
			}
			sleep(ctx, r.admin.within(300*time.Millisecond))
			if chair.until(ctx, chair.path("/"+strconv.Itoa(m.numbers[0])+"/weghalen"), url.Values{}) {
				r.took(token, m.numbers[0])
			}
		}
	},
	"rolling restart": func(ctx context.Context, r *run) {
		for _, i := range r.fleet {
			if err := i.stop(); err != nil {
				r.violated("the program stopped with %v: %s", err, i.said())
			}
			r.again(i)
			if err := i.ready(); err != nil {
				r.violated("%v", err)
			}
		}
	},
}

func (r *run) either() *instance { return r.fleet[r.admin.pick(2)] }

func (r *run) again(i *instance) {
	if err := i.start(); err != nil {
		r.violated("%v", err)
	}
}

func (r *run) mark(b *browser) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ending[b.index] = true
}

// staying are the accounts of the guests whose invitation goes on.
func (r *run) staying() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var all []string
	for _, b := range r.browsers {
		if b.role == people.SOMMember && !r.ending[b.index] {
			all = append(all, b.account)
		}
	}
	return all
}

// pickFaults gives three faults that can happen together: only one of them
// takes instances away.
func pickFaults(random *rand.Rand) []string {
	deadly := []string{"kill -9", "SIGSTOP", "rolling restart"}
	var chosen []string
	names := slices.Sorted(maps.Keys(troubles))
	random.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	for _, name := range names {
		if slices.Contains(deadly, name) && slices.ContainsFunc(chosen, func(c string) bool { return slices.Contains(deadly, c) }) {
			continue
		}
		if chosen = append(chosen, name); len(chosen) == 3 {
			break
		}
	}
	return chosen
}
