package app_test

import (
	"context"
	"net/http"
	"slices"
	"sync"
	"testing"

	"ruggespraak/cmd/app"
	"ruggespraak/store"
)

// counted counts what is asked of a store, a kind each.
type counted struct {
	store.DB
	mu    sync.Mutex
	asked []string
}

// around are the kinds that every page of somebody signed in asks: who looks,
// and how many notices wait.
var around = []string{"session", "account", "notice"}

func (c *counted) note(what, kind string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !slices.Contains(around, kind) {
		c.asked = append(c.asked, what+" "+kind)
	}
}

func (c *counted) Get(ctx context.Context, kind, id string) (store.Doc, error) {
	c.note("get", kind)
	return c.DB.Get(ctx, kind, id)
}

func (c *counted) GetMany(ctx context.Context, kind string, ids []string) ([]store.Doc, error) {
	c.note("get many", kind)
	return c.DB.GetMany(ctx, kind, ids)
}

func (c *counted) Find(ctx context.Context, kind string, q store.Query) (store.Page, error) {
	c.note("find", kind)
	return c.DB.Find(ctx, kind, q)
}

func (c *counted) Count(ctx context.Context, kind string, q store.Query) (int, error) {
	c.note("count", kind)
	return c.DB.Count(ctx, kind, q)
}

func (c *counted) Tally(ctx context.Context, kind string, q store.Query, by ...string) ([]store.Cell, error) {
	c.note("tally", kind)
	return c.DB.Tally(ctx, kind, q, by...)
}

// TestAListAsksTheStoreAFewTimes holds the number of queries of the list of
// contributions: it does not grow with what the list shows.
func TestAListAsksTheStoreAFewTimes(t *testing.T) {
	t.Parallel()
	c := &counted{}
	w := openApp(t, func(cfg *app.Config) {
		c.DB = cfg.DB
		cfg.DB = c
	})
	w.serveQuietly()
	f := newFixture(w)
	for range 60 {
		f.released("c2")
	}
	for _, account := range []string{"c1", "chair"} {
		reader := w.as(account)
		c.mu.Lock()
		c.asked = nil
		c.mu.Unlock()
		reader.get("/inbreng").want(t, http.StatusOK)
		c.mu.Lock()
		asked := slices.Clone(c.asked)
		c.mu.Unlock()
		if len(asked) > 4 {
			t.Errorf("GET /inbreng as %s asks %d times, want at most 4: %q", account, len(asked), asked)
		}
	}
}
