package knowledge

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"ruggespraak/internal/fault"
	"ruggespraak/internal/markdown"
	"ruggespraak/people"
	"ruggespraak/store"
)

// events of an article, for the projector
const eventChanged = "artikel.gewijzigd"

// chairsNeeded is how many accounts with the role of chair vouch for a text
// that came with the product.
const chairsNeeded = 2

// mayApprove tells whether the viewer may approve the draft: a chair who did
// not write in it.
func (d *Draft) mayApprove(v people.Viewer) error {
	rel := relApprove
	if d.Author == v.Account && v.Account != "" || slices.Contains(d.Writers, v.Account) {
		rel = relMine
	}
	if err := d.allow(v, people.Read); err != nil {
		return err
	}
	if people.Allow(v, rel, people.Act) != nil {
		return fault.New(fault.Forbidden, "U schreef mee aan deze tekst. Een ander met de rol van voorzitter keurt haar goed.")
	}
	return nil
}

func (d *Draft) approvedBy(account string) bool {
	return slices.ContainsFunc(d.Approvals, func(a Approval) bool { return a.Account == account })
}

// needsTwo tells whether two chairs must approve: a text that came with the
// product, or an article that was never checked.
func (d *Draft) needsTwo(current *Article) bool {
	return d.Product() || current != nil && current.Unchecked
}

// Approve approves an offered draft as it stood at this revision. When enough
// people approved, it is what readers see. The error is an *Overtaken when
// another text was approved meanwhile. It tells whether it is published now.
func (l *Library) Approve(ctx context.Context, v people.Viewer, id string, revision int) (published bool, err error) {
	w, err := l.Working(ctx, v, id)
	if err != nil {
		return false, err
	}
	enough := 1
	if w.NeedsTwo {
		enough = chairsNeeded
	}
	d, err := l.drafts.Update(ctx, id, func(d *Draft) error {
		if err := d.mayApprove(v); err != nil {
			return err
		}
		if d.Offered.IsZero() || d.Revision != revision {
			return fault.New(fault.Conflict, "De tekst is intussen veranderd. Lees haar opnieuw.")
		}
		if d.approvedBy(v.Account) {
			return store.Unchanged
		}
		d.Approvals = append(d.Approvals, Approval{v.Account, l.real()})
		return nil
	})
	if err != nil {
		return false, border(err)
	}
	if d.chairs(ctx, l) < enough {
		return false, nil
	}
	return true, l.publish(ctx, d)
}

// chairs counts the accounts that vouch for the draft: who approved, and its
// author when that is a chair too.
func (d *Draft) chairs(ctx context.Context, l *Library) int {
	n := len(d.Approvals)
	if d.Author == "" {
		return n
	}
	if a, err := l.accounts.Account(ctx, d.Author); err == nil && slices.Contains(a.Roles, people.Chair) {
		n++
	}
	return n
}

// publish makes the draft what readers see. Doing it again after a failure in
// the middle is harmless.
func (l *Library) publish(ctx context.Context, d *Draft) error {
	catalog, err := l.catalog(ctx)
	if err != nil {
		return err
	}
	slug := d.Article
	if slug == "" {
		slug = l.freeSlug(d, catalog)
	}
	shown, err := show(d.Text, catalog)
	if err != nil {
		return err
	}
	fresh := Article{Meta: store.Meta{ID: slug}, Audience: Closed, Owner: d.Author}
	if d.Article == "" {
		err = l.insertArticle(ctx, fresh, d, shown)
	} else {
		_, err = l.articles.Update(ctx, slug, func(a *Article) error { return l.put(a, d, shown) })
	}
	if err != nil {
		return border(err)
	}
	_, err = l.drafts.Update(ctx, d.ID, func(d *Draft) error { d.bury(); return nil })
	l.wake()
	return err
}

func (l *Library) insertArticle(ctx context.Context, a Article, d *Draft, shown Shown) error {
	if err := l.put(&a, d, shown); err != nil {
		return err
	}
	err := l.articles.Insert(ctx, &a)
	if !errors.Is(err, store.ErrExists) {
		return err
	}
	there, err := l.articles.Get(ctx, a.ID)
	if err == nil && there.From != d.ID {
		err = fault.New(fault.Conflict, "Er is net een ander artikel met deze titel gemaakt. Kies een andere titel.")
	}
	return err
}

// put writes an approved draft into the article.
func (l *Library) put(a *Article, d *Draft, shown Shown) error {
	if a.From == d.ID {
		return store.Unchanged
	}
	if a.Number != d.Base {
		return &Overtaken{Text: a.Text, Revision: d.Revision, Base: a.Number}
	}
	if a.Number > 0 {
		a.Unfiled = append(a.Unfiled, a.revision())
	}
	at, by := l.real(), d.Approvals[len(d.Approvals)-1].Account
	a.Text, a.Shown, a.Writers, a.Approvals, a.At, a.From, a.Changed = d.Text, shown, d.Writers, d.Approvals, at, d.ID, at
	a.Number, a.Unchecked, a.Gone = a.Number+1, false, false
	if d.Shipped != "" {
		a.Shipped = d.Shipped
	}
	l.date(a, by)
	a.Events.Add(eventChanged, l.now(), nil)
	return nil
}

// date notes that the article was checked today, and when it must be again.
func (l *Library) date(a *Article, by string) {
	category, _ := CategoryOf(a.Text.Category)
	today := l.today()
	a.CheckedOn, a.CheckedBy = today.Format("2006-01-02"), by
	a.Due = today.AddDate(0, category.months(), 0).Format("2006-01-02")
}

// freeSlug is the address of a new article: its title, or the title and a number.
func (l *Library) freeSlug(d *Draft, catalog map[string]row) string {
	base := markdown.Slug(d.Text.Title)
	if base == "" {
		base = "artikel"
	}
	slug := base
	for n := 2; slices.Contains(Reserved, slug) || catalog[slug].Title != ""; n++ {
		slug = fmt.Sprintf("%s-%d", base, n)
	}
	return slug
}

// ApproveShipped approves the text of an article that came with the product, as
// it stood under this number. With the second chair it counts as checked.
func (l *Library) ApproveShipped(ctx context.Context, v people.Viewer, slug string, number int) error {
	return l.change(ctx, v, slug, people.Read, func(a *Article) error {
		if err := people.Allow(v, relApprove, people.Act); err != nil {
			return err
		}
		if !a.Unchecked || a.Number != number {
			return fault.New(fault.Conflict, "Dit artikel is intussen veranderd of al gecontroleerd. Lees het opnieuw.")
		}
		if slices.ContainsFunc(a.Approvals, func(p Approval) bool { return p.Account == v.Account }) {
			return store.Unchanged
		}
		a.Approvals = append(a.Approvals, Approval{v.Account, l.real()})
		if len(a.Approvals) >= chairsNeeded {
			a.Unchecked = false
			l.date(a, v.Account)
			a.Events.Add(eventChanged, l.now(), nil)
		}
		return nil
	})
}

// Care is who looks after an article and who may read it.
type Care struct {
	Owner    string // account; empty: the chair
	Audience Audience
}

// Manage names the owner and the audience. Only what was approved can be public.
func (l *Library) Manage(ctx context.Context, v people.Viewer, slug string, c Care) error {
	members, err := l.Members(ctx)
	if err != nil {
		return err
	}
	var form fault.Form
	known := slices.ContainsFunc(members, func(p people.Person) bool { return p.ID == c.Owner })
	form.Require(c.Owner == "" || known, "eigenaar", "Kies iemand uit de lijst.")
	form.Require(c.Audience == Closed || c.Audience == Public, "publiek", "Kies wie dit mag lezen.")
	return l.change(ctx, v, slug, people.Update, func(a *Article) error {
		form := form
		form.Require(c.Audience != Public || !a.Unchecked, "publiek", "Openbaar kan pas als twee mensen met de rol van voorzitter het artikel goedkeurden.")
		if err := form.Err("De keuze is nog niet bewaard"); err != nil {
			return err
		}
		a.Owner, a.Audience = c.Owner, c.Audience
		a.Events.Add(eventChanged, l.now(), nil)
		return nil
	})
}

// Remove takes an article out of the knowledge base. Its texts are kept.
func (l *Library) Remove(ctx context.Context, v people.Viewer, slug string) error {
	return l.change(ctx, v, slug, people.Delete, func(a *Article) error {
		a.Gone = true
		a.Events.Add(eventChanged, l.now(), nil)
		return nil
	})
}
