package history

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// Environment variables of the histories; without them nothing is played.
const (
	countEnv = "HISTORIES"     // how many
	forEnv   = "HISTORIES_FOR" // for how long new ones begin, such as 3m
	seedEnv  = "HISTORY_SEED"  // of the first; one more for each next
	atOnce   = 2               // histories; each has processors enough for one
)

// plan says how many histories are played.
type plan struct {
	count int
	until time.Time
	seed  uint64
}

func planned(t testing.TB) plan {
	t.Helper()
	p := plan{until: time.Now().Add(24 * time.Hour), count: 1 << 30, seed: uint64(time.Now().UnixNano()) % 1_000_000}
	count, length := os.Getenv(countEnv), os.Getenv(forEnv)
	if count == "" && length == "" {
		t.Skip("plays for minutes; «make test-live» and «make bewijs-live» run it")
	}
	if count != "" {
		n, err := strconv.Atoi(count)
		if err != nil {
			t.Fatal(err)
		}
		p.count = n
	}
	if length != "" {
		d, err := time.ParseDuration(length)
		if err != nil {
			t.Fatal(err)
		}
		p.until = time.Now().Add(d)
	}
	if seed := os.Getenv(seedEnv); seed != "" {
		n, err := strconv.ParseUint(seed, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		p.seed = n
	}
	return p
}

// histories plays until one is wrong, count were played or the time has come;
// it gives how many were right, and the first that was not.
func histories(t testing.TB, program string, p plan, faults func(*rand.Rand) []string) (right int, wrong string) {
	t.Helper()
	somewhere := places(t)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var mu sync.Mutex
	begun := 0
	next := func() (seed uint64, ok bool) {
		mu.Lock()
		defer mu.Unlock()
		if wrong != "" || begun >= p.count || time.Now().After(p.until) {
			return 0, false
		}
		begun++
		return p.seed + uint64(begun) - 1, true
	}
	var players sync.WaitGroup
	for range atOnce {
		players.Go(func() {
			for {
				seed, ok := next()
				if !ok {
					return
				}
				said, violations := one(ctx, t, program, somewhere, seed, faults)
				if ctx.Err() != nil {
					return // another one was wrong; this one did not come to its end
				}
				mu.Lock()
				t.Log(said)
				if len(violations) == 0 {
					right++
				} else if wrong == "" {
					wrong = said + "\n  " + strings.Join(violations, "\n  ")
					stop()
				}
				mu.Unlock()
			}
		})
	}
	players.Wait()
	return right, wrong
}

var errEndless = errors.New("the talk does not come to its end")

// one plays a history and checks it.
func one(ctx context.Context, t testing.TB, program string, somewhere func(context.Context, string) (*place, error), seed uint64, faults func(*rand.Rand) []string) (said string, violations []string) {
	folder, err := os.MkdirTemp(t.TempDir(), strconv.FormatUint(seed, 10))
	if err != nil {
		return "", []string{err.Error()}
	}
	defer os.RemoveAll(folder)
	ctx, stop := context.WithTimeoutCause(ctx, 10*time.Minute, errEndless)
	defer stop()
	at, err := somewhere(ctx, folder)
	if err != nil {
		return fmt.Sprintf("history %d", seed), []string{err.Error()}
	}
	defer func() { _ = at.remove(context.WithoutCancel(ctx)) }()
	r, err := play(ctx, program, folder, at, seed, faults(rand.New(rand.NewPCG(seed, 1))))
	if err != nil {
		return fmt.Sprintf("history %d", seed), []string{err.Error()}
	}
	if err := context.Cause(ctx); errors.Is(err, errEndless) {
		return r.summary(seed), []string{err.Error()}
	}
	violations = check(r)
	for _, i := range r.fleet {
		if i.panicked() {
			violations = append(violations, "the program panicked:\n"+i.said())
		}
	}
	return r.summary(seed), violations
}

func (r *run) summary(seed uint64) string {
	sockets := 0
	for _, a := range r.asks {
		if a.socket {
			sockets++
		}
	}
	var counts []string
	for _, name := range slices.Sorted(maps.Keys(r.counts)) {
		counts = append(counts, fmt.Sprintf("%s %d times", name, r.counts[name]))
	}
	return fmt.Sprintf("history %d: %s; %d entries, %d frames, %d sockets, %d questions, %d texts taken away, %s; latest after a right ended %v; %.0f s",
		seed, strings.Join(r.faults, ", "), len(r.truth), len(r.gets), sockets, len(r.asks)-sockets, len(r.taken), strings.Join(counts, ", "),
		r.late.Round(time.Millisecond), r.now().Seconds())
}

// TestHistories plays histories with three faults each: none may break a
// promise.
func TestHistories(t *testing.T) {
	p := planned(t)
	right, wrong := histories(t, build(t, ""), p, pickFaults)
	if wrong != "" {
		t.Errorf("%s\n(%s=%d begins there)", wrong, seedEnv, p.seed)
	}
	if right == 0 && wrong == "" {
		t.Error("no history was played")
	}
	t.Logf("%d histories of %d browsers and %d messages without a broken promise", right, coordinators+chairs+guests, spoken)
}

// planted is a fault in the program: what stands in a file is replaced.
type planted struct {
	name   string
	edits  []edit
	faults []string // that bring it out
	finds  string   // what the checker says
}

type edit struct{ file, old, new string }

// overlay writes the files with their edits, and says so to the compiler.
func (p planted) overlay(t testing.TB) string {
	t.Helper()
	folder := t.TempDir()
	replaced := map[string]string{}
	for i, e := range p.edits {
		path, err := filepath.Abs(filepath.Join("..", "..", e.file))
		if err != nil {
			t.Fatal(err)
		}
		from := path
		if before := replaced[path]; before != "" {
			from = before
		}
		raw, err := os.ReadFile(from)
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(string(raw), e.old); n != 1 {
			t.Fatalf("%s holds %q %d times: plant it anew", e.file, e.old, n)
		}
		to := filepath.Join(folder, strconv.Itoa(i)+".go")
		if err := os.WriteFile(to, []byte(strings.Replace(string(raw), e.old, e.new, 1)), 0o600); err != nil {
			t.Fatal(err)
		}
		replaced[path] = to
	}
	raw, err := json.Marshal(map[string]any{"Replace": replaced})
	if err != nil {
		t.Fatal(err)
	}
	list := filepath.Join(folder, "overlay.json")
	if err := os.WriteFile(list, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	return list
}

var plants = []planted{
	{"subscribe after reading", []edit{{"server/live/topic.go", "	if after < t.last {\n		return false, nil\n	}\n", ""}},
		[]string{"reset", "reset", "reset"}, "sequence"},
	{"drop on a full queue", []edit{{"server/live/conn.go", "		c.end(TooSlow, \"\")\n		return\n", "		return\n"}},
		[]string{"slow reader", "slow reader", "reset"}, "sequence"},
	{"hint only", []edit{{"server/live/hub.go", "		_ = h.tail(t) // while the store is away there is nothing to hand out\n", "		_ = t\n"}},
		[]string{"reset", "reset", "half-open"}, "stuck"},
	{"a key of its own for each try", []edit{{"meetings/discussion/post.go", `outbox.EffectID("bericht", string(t), v.Account, d.Key, d.Text)`, `outbox.EffectID("bericht", string(t), v.Account, NewKey())`}},
		[]string{"kill -9", "SIGSTOP", "half-open"}, "key"},
	{"rights asked once", []edit{
		{"server/live/hub.go", "		h.recheck(waiting[:n])\n", "		_ = n\n"},
		{"server/live/topic.go", "			h.recheck(t.late(h.o.Now()))\n", "			_ = t.late\n"},
		{"server/live/topic.go", "	h.recheck(t.late(h.o.Now()))\n	t.tell", "	t.tell"},
		{"server/live/topic.go", "		if now.After(s.until) {\n			t.lapse(c)\n			continue\n		}\n		if s.audience", "		_ = now\n		if s.audience"},
		{"server/live/topic.go", "		if now.After(s.until) {\n			t.lapse(c)\n			continue\n		}\n		audience", "		_ = now\n		audience"},
	}, []string{"member removed", "member removed", "reset"}, "rights"},
	{"a text that was taken away is played back", []edit{
		{"meetings/discussion/change.go", `	m.Text, m.HTML, m.Mentions, m.Asked = "", "", nil, nil` + "\n", ""},
		{"meetings/discussion/room.go", "		state = e.State // by now it may not be shown as it then was\n", "		_ = e\n"},
	}, []string{"removal during resume", "removal during resume", "reset"}, "taken away"},
}

// TestPlantedFaultsAreFound plants six faults, one at a time. Each must be found
// in at most sixty histories; most are in the first.
func TestPlantedFaultsAreFound(t *testing.T) {
	p := planned(t)
	for _, plant := range plants {
		t.Run(plant.name, func(t *testing.T) {
			right, wrong := histories(t, build(t, plant.overlay(t)), plan{count: 60, until: p.until.Add(24 * time.Hour), seed: p.seed},
				func(*rand.Rand) []string { return plant.faults })
			switch {
			case wrong == "":
				t.Errorf("not found in %d histories", right)
			case !strings.Contains(wrong, plant.finds):
				t.Errorf("found, but as something else: %s", wrong)
			default:
				t.Logf("found after %d histories without: %s", right, wrong)
			}
		})
	}
}
