package app

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"ruggespraak/internal/textindex"
	"ruggespraak/knowledge/search"
	"ruggespraak/meetings/signals"
)

// openIndexes opens the text indexes, one an audience: what somebody may not read
// has no part in what they find.
func (a *App) openIndexes() (map[search.Audience]*textindex.Index, error) {
	all := map[search.Audience]*textindex.Index{}
	for _, audience := range search.Audiences {
		x, err := textindex.Open(a.indexPath(string(audience)))
		if err != nil {
			return nil, err
		}
		a.closers = append(a.closers, x.Close)
		all[audience] = x
	}
	return all, nil
}

// likeness are the indexes of «Lijkt op», which follow the store with the others.
func (a *App) likeness() signals.Indexes {
	return signals.Indexes{
		Members: a.indexes[search.Members], Chair: a.indexes[search.Chair],
		Refresh: func(ctx context.Context) error {
			err := a.Search.Refresh(ctx)
			if errors.Is(err, search.ErrNotReady) {
				return nil // it finds what is there
			}
			return err
		},
		Forget: func(ctx context.Context, id string) error {
			return a.Search.Forget(ctx, textindex.KindContribution, id)
		},
	}
}

func (a *App) openSearch(context.Context) (err error) {
	a.Search, err = search.New(search.Options{
		Indexes: a.indexes, Real: a.cfg.Real, State: a.indexPath("stand.json"), Log: a.cfg.Log,
		Sources: []search.Source{articleSource{a.Library, a.cfg.Real}, signalSource{a.Book}, meetingSource{a.Calendar}, bundleSource{a.Desk}, feedbackSource{a.Desk}},
	})
	if err != nil {
		return fmt.Errorf("open search: %w", err)
	}
	return nil
}

// indexPath is where a text index stands below the data folder; empty in memory.
func (a *App) indexPath(name string) string {
	if a.cfg.Data == "" {
		return ""
	}
	return filepath.Join(a.cfg.Data, "index", name)
}
