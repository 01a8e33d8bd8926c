package app_test

import (
	"context"
	"maps"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"ruggespraak/cmd/app"
	"ruggespraak/store"
)

// copied notes each contribution as it was last written.
type copied struct {
	store.DB
	mu            sync.Mutex
	contributions map[string]store.Doc
}

func (k *copied) Insert(ctx context.Context, kind string, d store.Doc) error {
	k.note(kind, d)
	return k.DB.Insert(ctx, kind, d)
}

func (k *copied) Replace(ctx context.Context, kind string, d store.Doc) error {
	k.note(kind, d)
	return k.DB.Replace(ctx, kind, d)
}

func (k *copied) note(kind string, d store.Doc) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if kind == "contribution" {
		k.contributions[d.ID] = d
	}
}

// bookOf is the product with n contributions that everybody may read: one that
// came in by the front door, and copies of it spread over the days before.
func bookOf(b *testing.B, n int) *client {
	b.Helper()
	k := &copied{contributions: map[string]store.Doc{}}
	w := openApp(b, func(cfg *app.Config) {
		k.DB = cfg.DB
		cfg.DB = k
	})
	w.serveQuietly()
	first := newFixture(w).released("c2")
	w.settle()
	k.mu.Lock()
	pattern, ok := k.contributions[first]
	k.mu.Unlock()
	if !ok || pattern.Keys["todo"] != nil || len(pattern.Keys["day"]) != 1 {
		b.Fatalf("the contribution was written as %v", pattern.Keys)
	}
	last, err := time.Parse(time.DateOnly, pattern.Keys["day"][0])
	if err != nil {
		b.Fatal(err)
	}
	for i := range n - 1 {
		d := pattern
		d.ID, d.Keys = store.NewID(), maps.Clone(pattern.Keys)
		d.Keys["day"] = []string{last.AddDate(0, 0, -i/50).Format(time.DateOnly)}
		if err := w.db.Insert(b.Context(), "contribution", d); err != nil {
			b.Fatal(err)
		}
	}
	reader := w.as("c1")
	if n := strings.Count(reader.get("/inbreng").want(b, http.StatusOK).body, "Titel met"); n != 50 {
		b.Fatalf("the page shows %d contributions, want 50", n)
	}
	return reader
}

// BenchmarkContributionsPage compares the page of 50 contributions, from the
// request to the last byte, among 200,000 with the one among 20,000. Goal: at
// most 1.3 times the time.
func BenchmarkContributionsPage(b *testing.B) {
	if os.Getenv("RUGGESPRAAK_BENCH") == "" {
		b.Skip("takes a minute to fill; «make bench» runs it")
	}
	few, many := bookOf(b, 20_000), bookOf(b, 200_000)
	cost := func(c *client) float64 {
		began := time.Now()
		for range 20 {
			c.get("/inbreng").want(b, http.StatusOK)
		}
		return float64(time.Since(began).Microseconds()) / 20
	}
	cost(few)
	cost(many)
	var ratios, pages []float64
	for range 11 {
		x, y := cost(many), cost(few)
		ratios, pages = append(ratios, x/y), append(pages, x)
	}
	slices.Sort(ratios)
	slices.Sort(pages)
	b.ReportMetric(ratios[len(ratios)/2], "ratio")
	b.ReportMetric(pages[len(pages)/2], "µs/page")
	b.ReportMetric(0, "ns/op")
}
