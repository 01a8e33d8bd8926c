package knowledge

import (
	"context"
	"time"

	"ruggespraak/people"
	"ruggespraak/store"
)

// Written calls each with the articles that were written since an instant of the
// real clock, those that were taken away too, for an index that follows; the zero
// time gives everything.
func (l *Library) Written(ctx context.Context, since time.Time, each func([]store.Meta) error) error {
	return l.articles.WalkMeta(ctx, store.Query{Order: orderChanged, From: instant(since)}, each)
}

// Findable gives those of the articles that the viewer may read; the others are
// left out.
func (l *Library) Findable(ctx context.Context, v people.Viewer, slugs []string) ([]Doc, error) {
	all, err := l.articles.GetMany(ctx, slugs)
	if err != nil {
		return nil, err
	}
	var found []Doc
	for _, a := range all {
		if !a.Gone && people.Allow(v, a.relation(), people.Read) == nil {
			found = append(found, a.doc())
		}
	}
	return found, nil
}
