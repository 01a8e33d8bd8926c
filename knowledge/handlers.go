package knowledge

import (
	"context"
	"errors"
	"slices"
	"strings"

	"ruggespraak/internal/outbox"
	"ruggespraak/people"
	"ruggespraak/store"
)

// Kinds of notices and mails.
const (
	NoticeOffered  = "kennis-goedkeuren"
	NoticeReturned = "kennis-terug"
	NoticeReview   = "kennis-controle"
)

// Sources are the documents of this package that hold events.
func (l *Library) Sources() []outbox.Source {
	return []outbox.Source{outbox.SourceOf("artikel", l.articles, func(a *Article) *outbox.Log { return &a.Events })}
}

// Handlers do what must follow from the events of this package.
func (l *Library) Handlers() map[string]outbox.Handler {
	return map[string]outbox.Handler{eventChanged: l.follow}
}

// follow files earlier texts, and renders again what points at the article: a
// link may have begun or ceased to lead somewhere.
func (l *Library) follow(ctx context.Context, slug string, _ outbox.Event) error {
	a, err := l.articles.Get(ctx, slug)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := l.file(ctx, a); err != nil {
		return err
	}
	catalog, err := l.catalog(ctx)
	if err != nil {
		return err
	}
	pointing, err := l.rows(ctx, store.Query{Order: orderLinks, Equal: []string{slug}})
	if err != nil {
		return err
	}
	for _, p := range pointing {
		if err := l.render(ctx, p.ID, catalog); err != nil {
			return err
		}
	}
	return l.render(ctx, slug, catalog)
}

// file gives earlier texts their own documents.
func (l *Library) file(ctx context.Context, a *Article) error {
	for _, r := range a.Unfiled {
		r.ID = revisionID(r.Article, r.Number)
		if err := l.revisions.Insert(ctx, &r); err != nil && !errors.Is(err, store.ErrExists) {
			return err
		}
	}
	if len(a.Unfiled) == 0 {
		return nil
	}
	_, err := l.articles.Update(ctx, a.ID, func(now *Article) error {
		now.Unfiled = slices.DeleteFunc(now.Unfiled, func(r Revision) bool {
			return slices.ContainsFunc(a.Unfiled, func(filed Revision) bool { return filed.Number == r.Number })
		})
		return nil
	})
	return err
}

// render makes an article ready again with the links as they are now.
func (l *Library) render(ctx context.Context, slug string, catalog map[string]row) error {
	_, err := l.articles.Update(ctx, slug, func(a *Article) error {
		shown, err := show(a.Text, catalog)
		if err != nil {
			return err
		}
		if shown.HTML == a.Shown.HTML && shown.Public == a.Shown.Public {
			return store.Unchanged
		}
		a.Shown, a.Changed = shown, l.real()
		return nil
	})
	return err
}

// renew makes a draft of a shipped text that is newer than what was taken in.
func (l *Library) renew(ctx context.Context, a *Article, f shippedFile) error {
	if !a.Text.equal(f.Text) && !a.Gone {
		d := &Draft{Meta: store.Meta{ID: outbox.EffectID("shipped", f.Slug, f.print)}, Article: f.Slug, Base: a.Number, Text: f.Text,
			Author: a.Owner, Shipped: f.print, Saved: l.real(), Revision: 1}
		if a.Owner == "" {
			d.Offered = d.Saved // the chair is the owner and finds it among what waits
		}
		if err := l.drafts.Insert(ctx, d); err != nil && !errors.Is(err, store.ErrExists) {
			return err
		}
		if err := l.tellNewer(ctx, a.Owner, d); err != nil {
			return err
		}
	}
	_, err := l.articles.Update(ctx, a.ID, func(now *Article) error { now.Shipped = f.print; return nil })
	return err
}

func (l *Library) tellNewer(ctx context.Context, owner string, d *Draft) error {
	to, err := l.carers(ctx, owner)
	if err != nil {
		return err
	}
	for _, account := range to {
		if err := l.tell(ctx, account, []string{"newer", d.ID}, NoticeOffered, "Er is een nieuwere tekst voor een artikel in de kennisbank.", d.Path()); err != nil {
			return err
		}
	}
	return nil
}

// carers are who looks after an article: its owner, or all chairs.
func (l *Library) carers(ctx context.Context, owner string) ([]string, error) {
	if owner != "" {
		return []string{owner}, nil
	}
	chairs, err := l.accounts.WithRole(ctx, people.Chair)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, p := range chairs {
		ids = append(ids, p.ID)
	}
	return ids, nil
}

// tellOffered asks the chairs who did not write it to approve a draft.
func (l *Library) tellOffered(ctx context.Context, v people.Viewer, d *Draft) error {
	chairs, err := l.carers(ctx, "")
	if err != nil {
		return err
	}
	for _, account := range chairs {
		if account == v.Account || slices.Contains(d.Writers, account) {
			continue
		}
		key := []string{"offered", d.ID, instant(d.Saved)}
		if err := l.tell(ctx, account, key, NoticeOffered, "Er wacht een tekst voor de kennisbank op uw goedkeuring.", d.Path()); err != nil {
			return err
		}
	}
	return nil
}

// tell puts a notice in an inbox and a mail in the outbox, once for each key.
func (l *Library) tell(ctx context.Context, account string, key []string, kind, text, link string) error {
	id := outbox.EffectID(strings.Join(key, " "), account, kind)
	if err := l.inbox.Tell(ctx, id, people.Notice{Account: account, Kind: kind, Text: text, Link: link, At: l.now()}); err != nil {
		return err
	}
	return l.mail.Add(ctx, id, outbox.Mail{To: account, Kind: kind, Link: link})
}
