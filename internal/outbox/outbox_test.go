package outbox_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"ruggespraak/internal/clock"
	"ruggespraak/internal/outbox"
	"ruggespraak/store"
	"ruggespraak/store/storetest"
)

// deed is a document that decides things.
type deed struct {
	store.Meta
	Name   string     `json:"name"`
	Events outbox.Log `json:"events,omitempty"`
}

// effect is what follows elsewhere.
type effect struct {
	store.Meta
	Of string `json:"of"`
}

// house is a store with deeds, effects and a projector over them.
type house struct {
	db      store.DB
	deeds   *store.Collection[deed]
	effects *store.Collection[effect]
	now     time.Time
}

func newHouse(t *testing.T) *house {
	t.Helper()
	db := storetest.Open(t)
	h := &house{db: db, now: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)}
	var err error
	h.deeds, err = store.Open(t.Context(), db, store.Spec[deed]{
		Name: "deed", Orders: []store.Order{{"todo"}},
		Meta: func(d *deed) *store.Meta { return &d.Meta },
		Keys: func(d *deed) store.Keys { return store.Keys{"todo": d.Events.Todo()} },
	})
	if err != nil {
		t.Fatal(err)
	}
	h.effects, err = store.Open(t.Context(), db, store.Spec[effect]{
		Name: "effect", Meta: func(e *effect) *store.Meta { return &e.Meta },
	})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func (h *house) clock() time.Time { return h.now }

func (h *house) newProjector(t *testing.T, handlers map[string]outbox.Handler) *outbox.Projector {
	t.Helper()
	p, err := outbox.NewProjector(t.Context(), outbox.ProjectorOptions{DB: h.db, Real: h.clock})
	if err != nil {
		t.Fatal(err)
	}
	p.Add(outbox.SourceOf("deed", h.deeds, func(d *deed) *outbox.Log { return &d.Events }), handlers)
	return p
}

// mustDecide keeps a deed with an event of each kind.
func (h *house) mustDecide(t *testing.T, name string, kinds ...string) *deed {
	t.Helper()
	d := &deed{Name: name}
	for _, kind := range kinds {
		d.Events.Add(kind, h.now, map[string]string{"name": name})
	}
	if err := h.deeds.Insert(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	return d
}

// insert is a handler as handlers should be: its effect has an id of its own.
func (h *house) insert(ctx context.Context, doc string, e outbox.Event) error {
	err := h.effects.Insert(ctx, &effect{Meta: store.Meta{ID: outbox.EffectID(e.ID, "effect")}, Of: doc})
	if errors.Is(err, store.ErrExists) {
		return nil
	}
	return err
}

func (h *house) mustCountEffects(t *testing.T) int {
	t.Helper()
	n, err := h.effects.Count(t.Context(), store.Query{})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestDrainMakesEffectsAndClearsEvents(t *testing.T) {
	h := newHouse(t)
	for i := range 120 { // more than two pages
		h.mustDecide(t, fmt.Sprint(i), "sent", "told")
	}
	p := h.newProjector(t, map[string]outbox.Handler{"sent": h.insert, "told": h.insert})
	if err := p.Drain(t.Context()); err != nil {
		t.Fatalf("Drain = %v", err)
	}
	if got := h.mustCountEffects(t); got != 240 {
		t.Errorf("effects = %d, want 240", got)
	}
	waiting, err := h.deeds.Count(t.Context(), store.Query{Order: store.Order{"todo"}, Equal: []string{"1"}})
	if err != nil || waiting != 0 {
		t.Errorf("waiting documents = %d, %v, want 0", waiting, err)
	}
}

func TestEventReachesItsHandlerWhole(t *testing.T) {
	h := newHouse(t)
	d := h.mustDecide(t, "bundle", "sent")
	var got []string
	p := h.newProjector(t, map[string]outbox.Handler{"sent": func(_ context.Context, doc string, e outbox.Event) error {
		var data struct{ Name string }
		if err := e.Decode(&data); err != nil {
			return err
		}
		got = append(got, doc, e.Kind, data.Name, e.At.Format(time.RFC3339))
		return nil
	}})
	if err := p.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{d.ID, "sent", "bundle", "2026-03-01T09:00:00Z"}, got); diff != "" {
		t.Errorf("handler saw (-want +got):\n%s", diff)
	}
}

func TestAllHandlersOfASourceRun(t *testing.T) {
	h := newHouse(t)
	h.mustDecide(t, "a", "sent")
	ran := 0
	count := func(context.Context, string, outbox.Event) error { ran++; return nil }
	p := h.newProjector(t, map[string]outbox.Handler{"sent": count})
	p.Add(outbox.SourceOf("deed", h.deeds, func(d *deed) *outbox.Log { return &d.Events }), map[string]outbox.Handler{"sent": count})
	if err := p.Drain(t.Context()); err != nil || ran != 2 {
		t.Errorf("Drain = %v, handlers ran %d times, want 2", err, ran)
	}
}

func TestFailingHandlerKeepsItsEventOnly(t *testing.T) {
	h := newHouse(t)
	bad := h.mustDecide(t, "bad", "broken", "sent")
	h.mustDecide(t, "good", "sent")
	cause := errors.New("text of Jan de Vries")
	broken := func(context.Context, string, outbox.Event) error { return cause }
	p := h.newProjector(t, map[string]outbox.Handler{
		"broken": func(ctx context.Context, doc string, e outbox.Event) error { return broken(ctx, doc, e) },
		"sent":   h.insert,
	})
	if err := p.Drain(t.Context()); !errors.Is(err, cause) {
		t.Fatalf("Drain = %v, want the handler's error", err)
	}
	if got := h.mustCountEffects(t); got != 2 {
		t.Errorf("effects of the other events = %d, want 2", got)
	}
	failures, err := p.Failures(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := []*outbox.Failure{{
		Source: "deed", Doc: bad.ID, Kind: "broken", Reason: "fout in het programma of de opslag",
		First: h.now, Last: h.now,
	}}
	ignore := cmpopts.IgnoreFields(outbox.Failure{}, "Meta", "Attempts", "Next")
	if diff := cmp.Diff(want, failures, ignore); diff != "" {
		t.Errorf("Failures (-want +got):\n%s", diff)
	}

	broken = h.insert
	if err := p.Drain(t.Context()); err != nil {
		t.Fatalf("Drain after the repair = %v", err)
	}
	if failures, err := p.Failures(t.Context()); err != nil || len(failures) != 0 {
		t.Errorf("Failures after the repair = %v, %v, want none", failures, err)
	}
}

func TestEventWithoutHandlerIsKeptAndSaid(t *testing.T) {
	h := newHouse(t)
	h.mustDecide(t, "a", "unheard of")
	p := h.newProjector(t, nil)
	if err := p.Drain(t.Context()); !errors.Is(err, outbox.ErrNoHandler) {
		t.Errorf("Drain = %v, want ErrNoHandler", err)
	}
}

func TestPanickingHandlerStopsNothing(t *testing.T) {
	h := newHouse(t)
	h.mustDecide(t, "a", "broken", "sent")
	p := h.newProjector(t, map[string]outbox.Handler{
		"broken": func(context.Context, string, outbox.Event) error { panic("oops") },
		"sent":   h.insert,
	})
	if err := p.Drain(t.Context()); err == nil {
		t.Error("Drain = nil, want an error")
	}
	if got := h.mustCountEffects(t); got != 1 {
		t.Errorf("effects = %d, want 1", got)
	}
}

func TestHandlerMayDecideSomethingNew(t *testing.T) {
	h := newHouse(t)
	h.mustDecide(t, "first", "chain")
	p := h.newProjector(t, map[string]outbox.Handler{
		"chain": func(ctx context.Context, _ string, e outbox.Event) error {
			next := &deed{Meta: store.Meta{ID: outbox.EffectID(e.ID)}, Name: "second"}
			next.Events.Add("sent", e.At, nil)
			if err := h.deeds.Insert(ctx, next); !errors.Is(err, store.ErrExists) {
				return err
			}
			return nil
		},
		"sent": h.insert,
	})
	if err := p.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := h.mustCountEffects(t); got != 1 {
		t.Errorf("effects = %d, want 1", got)
	}
}

// Two instances that ignore each other's lease do every event at least once,
// and its effect once.
func TestTwiceIsHarmless(t *testing.T) {
	h := newHouse(t)
	for i := range 30 {
		h.mustDecide(t, fmt.Sprint(i), "sent")
	}
	var both sync.WaitGroup
	for range 2 {
		p := h.newProjector(t, map[string]outbox.Handler{"sent": h.insert})
		both.Go(func() {
			if err := p.Drain(t.Context()); err != nil {
				t.Errorf("Drain = %v", err)
			}
		})
	}
	both.Wait()
	if got := h.mustCountEffects(t); got != 30 {
		t.Errorf("effects = %d, want 30", got)
	}
}

func TestRunProjectsWhenWokenAndEndsWithItsContext(t *testing.T) {
	h := newHouse(t)
	told := make(chan string, 1)
	p := h.newProjector(t, map[string]outbox.Handler{"sent": func(_ context.Context, doc string, _ outbox.Event) error {
		told <- doc
		return nil
	}})
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { p.Run(ctx); close(ended) }()
	d := h.mustDecide(t, "a", "sent")
	p.Wake()
	if got := <-told; got != d.ID {
		t.Errorf("handler got %s, want %s", got, d.ID)
	}
	stop()
	<-ended
}

func TestRunLeavesALeasedSourceAlone(t *testing.T) {
	h := newHouse(t)
	h.mustDecide(t, "a", "sent")
	if _, err := h.db.Lease(t.Context(), "outbox/deed", "another instance", h.now, time.Hour); err != nil {
		t.Fatal(err)
	}
	p := h.newProjector(t, map[string]outbox.Handler{"sent": h.insert})
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { p.Run(ctx); close(ended) }()
	p.Wake()
	p.Wake()
	stop()
	<-ended
	if got := h.mustCountEffects(t); got != 0 {
		t.Errorf("effects = %d, want 0", got)
	}
}

func TestEffectID(t *testing.T) {
	if a, b := outbox.EffectID("e", "anna", "mail"), outbox.EffectID("e", "anna", "mail"); a != b {
		t.Errorf("EffectID gives %s and %s for the same parts", a, b)
	}
	if a, b := outbox.EffectID("ea", "nna"), outbox.EffectID("e", "anna"); a == b {
		t.Error("EffectID gives the same for other parts")
	}
}

var _ clock.Now = (&house{}).clock
