package routes

import (
	"context"
	"crypto/cipher"
	"fmt"
	"slices"

	"ruggespraak/internal/clock"
	"ruggespraak/people"
	"ruggespraak/store"
)

// Options is what a Counter needs.
type Options struct {
	DB  store.DB
	Now clock.Now // the real clock: reviews are judged by it, in the demo too
}

// Counter is where one asks about the routes: it shows the comparator with what
// chairs found out about it, and carries the guide. Safe for several
// goroutines.
type Counter struct {
	table   *Table
	guide   *Guide
	reviews *store.Collection[review]
	key     cipher.AEAD
	now     clock.Now
}

// New opens the counter with the shipped comparator and guide.
func New(ctx context.Context, o Options) (*Counter, error) {
	c := &Counter{now: o.Now}
	var err error
	if c.table, err = LoadTable(); err != nil {
		return nil, err
	}
	if c.guide, err = LoadGuide(); err != nil {
		return nil, err
	}
	if c.reviews, err = store.Open(ctx, o.DB, store.Spec[review]{Name: "route_review", Meta: func(r *review) *store.Meta { return &r.Meta }}); err != nil {
		return nil, fmt.Errorf("open reviews: %w", err)
	}
	if c.key, err = openKey(ctx, o.DB); err != nil {
		return nil, fmt.Errorf("open key of the guide: %w", err)
	}
	return c, nil
}

// Guide is the guide; everybody may ask it.
func (c *Counter) Guide() *Guide { return c.guide }

// Sources gives the sources with these numbers, each once.
func (c *Counter) Sources(numbers []string) []Source {
	var all []Source
	for i, n := range numbers {
		if !slices.Contains(numbers[:i], n) {
			all = append(all, c.table.Sources[n])
		}
	}
	return all
}

// Compiled is the day the comparator was written down, yyyy-mm-dd.
func (c *Counter) Compiled() string { return c.table.Compiled }

// Reasons are why one would take a route.
func (c *Counter) Reasons(r Route) (advantage, condition string) { return c.table.Reasons(r) }

func mayRead(v people.Viewer) error { return people.Allow(v, "kb.public", people.Read) }
