package knowledge

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"time"
	_ "time/tzdata" // the days of Amsterdam must be known on a machine without zone files

	"ruggespraak/internal/clock"
	"ruggespraak/internal/fault"
	"ruggespraak/internal/guard"
	"ruggespraak/internal/markdown"
	"ruggespraak/internal/outbox"
	"ruggespraak/people"
	"ruggespraak/store"
)

// Options is what a library works with. All are needed.
type Options struct {
	DB       store.DB
	Guard    *guard.Guard
	Accounts *people.Directory
	Inbox    *people.Inbox
	Mail     *outbox.Queue
	Real     clock.Now // what dates are judged by
	Now      clock.Now // the consultation's clock, for notices
	Shipped  fs.FS     // the articles that the product comes with, <slug>.md
	Wake     func()    // tells the projector that events wait; after the write
}

// Library keeps the articles. Safe for several goroutines.
type Library struct {
	articles  *store.Collection[Article]
	revisions *store.Collection[Revision]
	drafts    *store.Collection[Draft]
	guard     *guard.Guard
	accounts  *people.Directory
	inbox     *people.Inbox
	mail      *outbox.Queue
	real, now clock.Now
	wake      func()
}

// New opens the library and takes in the shipped articles. A shipped file that
// cannot be read is an error.
func New(ctx context.Context, o Options) (*Library, error) {
	l := &Library{guard: o.Guard, accounts: o.Accounts, inbox: o.Inbox, mail: o.Mail, real: o.Real, now: o.Now, wake: o.Wake}
	var err error
	if l.articles, err = store.Open(ctx, o.DB, articleSpec()); err != nil {
		return nil, err
	}
	if l.revisions, err = store.Open(ctx, o.DB, revisionSpec()); err != nil {
		return nil, err
	}
	if l.drafts, err = store.Open(ctx, o.DB, draftSpec()); err != nil {
		return nil, err
	}
	files, err := readShipped(o.Shipped)
	if err != nil {
		return nil, fmt.Errorf("read shipped articles: %w", err)
	}
	if err := l.takeIn(ctx, files); err != nil {
		return nil, fmt.Errorf("take in shipped articles: %w", err)
	}
	return l, nil
}

// takeIn makes the shipped articles readable that are not there yet, and a
// draft of each that is newer than what was taken in before.
func (l *Library) takeIn(ctx context.Context, files []shippedFile) error {
	slugs := make([]string, len(files))
	for i, f := range files {
		slugs[i] = f.Slug
	}
	present, err := l.articles.GetMany(ctx, slugs)
	if err != nil {
		return err
	}
	there := map[string]*Article{}
	for _, a := range present {
		there[a.ID] = a
	}
	catalog, err := l.catalog(ctx)
	if err != nil {
		return err
	}
	for _, f := range files {
		if there[f.Slug] == nil {
			catalog[f.Slug] = row{Title: f.Text.Title, Audience: Closed}
		}
	}
	for _, f := range files {
		a := there[f.Slug]
		switch {
		case a == nil:
			err = l.ship(ctx, f, catalog)
		case a.Shipped != f.print:
			err = l.renew(ctx, a, f)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", f.Slug, err)
		}
	}
	return nil
}

// ship keeps a shipped article that nobody has checked. Another instance may do
// the same at this moment.
func (l *Library) ship(ctx context.Context, f shippedFile, catalog map[string]row) error {
	shown, err := show(f.Text, catalog)
	if err != nil {
		return err
	}
	at := l.real()
	a := &Article{Meta: store.Meta{ID: f.Slug}, Text: f.Text, Number: 1, Audience: Closed, At: at, Unchecked: true, Due: f.Due,
		Shipped: f.print, Shown: shown, Changed: at}
	if err := l.articles.Insert(ctx, a); err != nil && !errors.Is(err, store.ErrExists) {
		return err
	}
	return nil
}

// show renders a text for both audiences.
func show(t Text, catalog map[string]row) (Shown, error) {
	members, err := markdown.Article(t.Body, markdown.ArticleOptions{Link: linkTo("/kennisbank/", catalog, Closed)})
	if err != nil {
		return Shown{}, err
	}
	public, err := markdown.Article(t.Body, markdown.ArticleOptions{Link: linkTo("/openbaar/kennisbank/", catalog, Public)})
	if err != nil {
		return Shown{}, err
	}
	return Shown{members.HTML, public.HTML, members.Contents, members.Links, members.Plain}, nil
}

// linkTo finds articles for links: for the public, public ones only.
func linkTo(base string, catalog map[string]row, audience Audience) func(string) (string, string, bool) {
	return func(slug string) (string, string, bool) {
		r, ok := catalog[slug]
		if !ok || audience == Public && r.Audience != Public {
			return "", "", false
		}
		return base + slug, r.Title, true
	}
}

// catalog is the row of every article in the knowledge base, by its slug.
func (l *Library) catalog(ctx context.Context) (map[string]row, error) {
	rows, err := l.rows(ctx, store.Query{Order: orderShelf, Equal: []string{shelf}})
	if err != nil {
		return nil, err
	}
	all := make(map[string]row, len(rows))
	for _, r := range rows {
		all[r.ID] = r.Row
	}
	return all, nil
}

// rows gives all rows of a query, page after page.
func (l *Library) rows(ctx context.Context, q store.Query) (all []store.Listed[row], err error) {
	for {
		page, next, err := store.Rows[row](ctx, l.articles, q)
		if err != nil {
			return nil, err
		}
		if all = append(all, page...); next == "" {
			return all, nil
		}
		q.After = next
	}
}

// load reads an article that the viewer may do this to.
func (l *Library) load(ctx context.Context, v people.Viewer, slug string, verb people.Verb) (*Article, error) {
	a, err := l.articles.Get(ctx, slug)
	if err != nil {
		return nil, border(err)
	}
	if a.Gone {
		return nil, fault.NotFoundError()
	}
	return a, people.Allow(v, a.relation(), verb)
}

// change changes an article that the viewer may do this to, and wakes the projector.
func (l *Library) change(ctx context.Context, v people.Viewer, slug string, verb people.Verb, work func(*Article) error) error {
	_, err := l.articles.Update(ctx, slug, func(a *Article) error {
		if a.Gone {
			return fault.NotFoundError()
		}
		if err := people.Allow(v, a.relation(), verb); err != nil {
			return err
		}
		if err := work(a); err != nil {
			return err
		}
		a.Changed = l.real()
		return nil
	})
	if err != nil {
		return border(err)
	}
	l.wake()
	return nil
}

// border makes the store's «not found» a person's.
func border(err error) error {
	if errors.Is(err, store.ErrNotFound) {
		return fault.NotFoundError()
	}
	return err
}

// today is the day on the real clock, in the Netherlands.
func (l *Library) today() time.Time { return dayOf(l.real()) }

// dayOf is the day of an instant in the Netherlands, at midnight UTC.
func dayOf(t time.Time) time.Time {
	y, m, d := t.In(amsterdam).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

var amsterdam = mustZone("Europe/Amsterdam")

func mustZone(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic(err) // tzdata is linked in
	}
	return zone
}

// expired tells whether a text had to be checked before today.
func expired(due string, today time.Time) bool {
	return due != "" && due <= today.Format(time.DateOnly)
}

// names gives the names of accounts, for members only.
func (l *Library) names(ctx context.Context, v people.Viewer, ids ...string) (map[string]string, error) {
	ids = slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return id == "" })
	if !v.ActiveRole().Member() && !v.IsSystem() || len(ids) == 0 {
		return map[string]string{}, nil
	}
	return l.accounts.Names(ctx, ids)
}
