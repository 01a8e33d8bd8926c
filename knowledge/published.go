package knowledge

import (
	"context"
	"iter"
	"time"

	"ruggespraak/store"
)

// Doc is an article for the search page.
type Doc struct {
	Slug      string
	Title     string
	Summary   string
	Plain     string // the words of the text, on one line
	Headings  []string
	Category  string // its label
	Shelf     string // its slug
	Audience  Audience
	Unchecked bool
	Due       string    // day before which it must be checked; the reader's day decides whether it is past
	Changed   time.Time // by the real clock
	Gone      bool      // no longer in the knowledge base: nothing else is filled in
}

// Expired tells whether the article had to be checked before the instant.
func (d Doc) Expired(at time.Time) bool { return expired(d.Due, dayOf(at)) }

// Published gives every article. It ends with the first error.
func (l *Library) Published(ctx context.Context) iter.Seq2[Doc, error] {
	return l.docs(ctx, store.Query{Order: orderShelf, Equal: []string{shelf}})
}

// Changed gives the articles that changed at or after the instant, in the order
// of change; those that were taken away too.
func (l *Library) Changed(ctx context.Context, since time.Time) iter.Seq2[Doc, error] {
	return l.docs(ctx, store.Query{Order: orderChanged, From: instant(since)})
}

func (l *Library) docs(ctx context.Context, q store.Query) iter.Seq2[Doc, error] {
	return func(yield func(Doc, error) bool) {
		for {
			page, next, err := l.articles.Find(ctx, q)
			if err != nil {
				yield(Doc{}, err)
				return
			}
			for _, a := range page {
				if !yield(a.doc(), nil) {
					return
				}
			}
			if q.After = next; next == "" {
				return
			}
		}
	}
}

func (a *Article) doc() Doc {
	if a.Gone {
		return Doc{Slug: a.ID, Changed: a.Changed, Gone: true}
	}
	category, _ := CategoryOf(a.Text.Category)
	d := Doc{Slug: a.ID, Title: a.Text.Title, Summary: a.Text.Summary, Plain: a.Shown.Plain, Category: category.Label, Shelf: a.Text.Category, Audience: a.Audience,
		Unchecked: a.Unchecked, Due: a.Due, Changed: a.Changed}
	for _, h := range a.Shown.Contents {
		d.Headings = append(d.Headings, h.Text)
	}
	return d
}
