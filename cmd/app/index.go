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

// likeness is «Lijkt op»: it looks in the indexes that are searched.
func (a *App) likeness() signals.Likeness {
	return signals.Likeness{
		Find: func(ctx context.Context, all bool, title, text string, limit int) ([]textindex.Hit, error) {
			audience := search.Members
			if all {
				audience = search.Chair
			}
			hits, err := a.Search.Similar(ctx, audience, title, text, limit)
			if errors.Is(err, search.ErrNotReady) {
				return nil, nil // help while one writes: nothing waits for it
			}
			return hits, err
		},
		Forget: func(ctx context.Context, id string) error {
			return a.Search.Forget(ctx, textindex.KindContribution, id)
		},
	}
}

// openSearch opens no index yet. There is one an audience: what somebody may not
// read has no part in what they find.
func (a *App) openSearch(context.Context) (err error) {
	a.Search, err = search.New(search.Options{
		Open: func(audience search.Audience) (*textindex.Index, error) {
			return textindex.Open(a.indexPath(string(audience)))
		},
		Real: a.cfg.Real, State: a.indexPath("stand.json"), Log: a.cfg.Log,
		Sources: []search.Source{articleSource{a.Library, a.cfg.Real}, signalSource{a.Book}, meetingSource{a.Calendar}, bundleSource{a.Desk}, feedbackSource{a.Desk}},
	})
	if err != nil {
		return fmt.Errorf("open search: %w", err)
	}
	a.closers = append(a.closers, a.Search.Close)
	return nil
}

// indexPath is where a text index stands below the data folder; empty in memory.
func (a *App) indexPath(name string) string {
	if a.cfg.Data == "" {
		return ""
	}
	return filepath.Join(a.cfg.Data, "index", name)
}
