package demo_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"testing"

	"ruggespraak/cmd/app"
	"ruggespraak/cmd/demo"
	"ruggespraak/internal/clock"
	"ruggespraak/people"
	"ruggespraak/store"
	"ruggespraak/store/sqlite"
)

// newHouse is a demo in a folder of its own, whose season the test loads.
func newHouse(t *testing.T) (h demo.House, loads *int) {
	t.Helper()
	folder, loads := t.TempDir(), new(int)
	h = demo.House{
		Open:   func(context.Context) (store.DB, error) { return sqlite.Open(filepath.Join(folder, "demo.db")) },
		Config: app.Config{Data: folder, Log: slog.New(slog.NewTextHandler(io.Discard, nil))},
		Own:    true,
		Wipe:   func() error { return errors.Join(os.RemoveAll(folder), os.MkdirAll(folder, 0o700)) },
	}
	h.Load = func(ctx context.Context) error {
		*loads++
		return demo.Load(ctx, h)
	}
	return h, loads
}

// serve is one start of the demo, stopped as soon as it is ready.
func serve(t *testing.T, h demo.House) error {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	ready := false
	h.Ready = func() { ready = true; stop() }
	err = demo.Serve(ctx, ln, h)
	if err == nil && !ready {
		t.Error("it ended and was never ready")
	}
	return err
}

func TestALoadingThatFailsIsTold(t *testing.T) {
	h, _ := newHouse(t)
	broken := errors.New("no memory")
	h.Load = func(context.Context) error { return broken }
	if err := serve(t, h); !errors.Is(err, broken) {
		t.Errorf("Serve = %v, want the loader's error", err)
	}
}

// An earlier loading was cut off: in a store that may hold something else it is
// told, in one of the demo's own it is wiped. Then the season is loaded, apart and
// once.
func TestTheSeasonIsLoadedApartAndOnce(t *testing.T) {
	h, loads := newHouse(t)
	cutOff(t, h)
	others := h
	others.Own = false
	if err := demo.Load(t.Context(), others); !errors.Is(err, demo.ErrNotEmpty) {
		t.Fatalf("Load = %v, want ErrNotEmpty", err)
	}
	for range 2 {
		if err := serve(t, h); err != nil {
			t.Fatal(err)
		}
	}
	if *loads != 1 {
		t.Errorf("loaded %d times, want once", *loads)
	}
}

// cutOff leaves what the start of loading makes.
func cutOff(t *testing.T, h demo.House) {
	t.Helper()
	db, err := h.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	house, err := people.New(t.Context(), people.Options{DB: db, Now: clock.Real, Cost: people.CheapCost})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := house.Enroll(t.Context(), people.System(), people.Enrolment{Name: "Ada", Mail: "ada@voorbeeld.test", Roles: []people.Role{people.Chair}}); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}
