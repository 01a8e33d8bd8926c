package signals

import (
	"context"
	"errors"
	"fmt"
	"time"

	"ruggespraak/internal/fault"
	"ruggespraak/internal/outbox"
	"ruggespraak/people"
	"ruggespraak/store"
)

// Draft is a contribution that is being written: only its author reads it. Once
// it was submitted or thrown away it is a tombstone without text, so that a
// save that comes late revives nothing.
type Draft struct {
	store.Meta
	Author   string    `json:"author"`
	Form     Form      `json:"form,omitzero"`
	From     string    `json:"from,omitempty"`   // the contribution that it will replace
	Origin   string    `json:"origin,omitempty"` // the message that it began with, as package discussion names it
	Saved    time.Time `json:"saved"`
	Revision int64     `json:"revision"` // grows with each save
	Gone     bool      `json:"gone,omitempty"`
}

func draftSpec() store.Spec[Draft] {
	return store.Spec[Draft]{
		Name:   "contribution_draft",
		Orders: []store.Order{{"author", "day"}, {"from"}, {"origin"}},
		Meta:   func(d *Draft) *store.Meta { return &d.Meta },
		Keys: func(d *Draft) store.Keys {
			if d.Gone {
				return nil
			}
			keys := store.Keys{"author": {d.Author}, "day": {d.Saved.UTC().Format(time.RFC3339)}}
			if d.From != "" {
				keys["from"] = []string{d.From}
			}
			if d.Origin != "" {
				keys["origin"] = []string{d.Origin}
			}
			return keys
		},
		Row: func(d *Draft) any {
			return draftRow{Title: d.Form.title(), Kind: d.Form.Kind, Saved: d.Saved}
		},
	}
}

type draftRow struct {
	Title string    `json:"title,omitempty"`
	Kind  Kind      `json:"kind,omitempty"`
	Saved time.Time `json:"saved"`
}

// DraftItem is a line in the list of one's own drafts.
type DraftItem struct {
	ID, Title string
	KindLabel string
	Saved     time.Time
}

// NewDraftID gives the id under which a form that has just been opened will be
// saved. It is also the key that makes submitting twice one contribution.
func NewDraftID() string { return store.NewID() }

// submittedID is the id that the contribution of a draft gets: the same for the
// same draft, so that a form sent twice is one contribution, and tied to the
// author, so that nobody takes an id of another.
func submittedID(author, draft string) string {
	return outbox.EffectID("contribution", author, draft)
}

// SaveDraft keeps a draft under the id that its form was opened with. revision
// is the one that the form knows: 0 for a draft never saved; when somebody (the
// same person in another window) saved since, the answer is a conflict. A draft
// in which the guard finds an identifier is not kept: Invalid, with finds; the
// last clean one stays. A draft that was submitted or thrown away stays so:
// Conflict.
func (b *Book) SaveDraft(ctx context.Context, v people.Viewer, id string, revision int64, f Form) (*Draft, error) {
	if err := people.Allow(v, "contrib.draft.own", people.Create); err != nil {
		return nil, err
	}
	if !plainID(id) {
		return nil, fault.NotFoundError()
	}
	f = f.trimmed()
	if err := f.tooLong(); err != nil {
		return nil, err
	}
	if err := b.screen(f).refused(); err != nil {
		return nil, err
	}
	if err := b.notSubmitted(ctx, v, id); err != nil {
		return nil, err
	}
	d := &Draft{Meta: store.Meta{ID: id}, Author: v.Account, Form: f.unanswered(), From: f.From, Saved: b.now(), Revision: 1}
	if err := b.checkFrom(ctx, v, f.From); err != nil {
		return nil, err
	}
	if revision == 0 {
		err := b.drafts.Insert(ctx, d)
		if !errors.Is(err, store.ErrExists) {
			return d, err
		}
	}
	return b.resave(ctx, v, d, revision)
}

func (b *Book) resave(ctx context.Context, v people.Viewer, d *Draft, revision int64) (*Draft, error) {
	kept, err := b.drafts.Update(ctx, d.ID, func(old *Draft) error {
		if err := people.Allow(v, old.relation(v), people.Update); err != nil {
			return err
		}
		if old.Gone {
			return draftGone()
		}
		if old.Revision != revision {
			return fault.New(fault.Conflict, "U hebt dit concept intussen in een ander venster bewaard. Bewaar nog een keer als deze tekst de goede is.")
		}
		old.Form, old.From, old.Saved = d.Form, d.From, d.Saved
		old.Revision++
		return nil
	})
	if err != nil {
		return kept, found(err)
	}
	return kept, nil
}

func draftGone() error {
	return fault.New(fault.Conflict, "Dit concept is al ingediend of weggegooid.")
}

// notSubmitted is a conflict when the draft has become a contribution: also in
// the moment in which its tombstone is not written yet.
func (b *Book) notSubmitted(ctx context.Context, v people.Viewer, draft string) error {
	_, err := b.contributions.Get(ctx, submittedID(v.Account, draft))
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return draftGone()
}

func (d *Draft) relation(v people.Viewer) people.Object {
	if v.Account != "" && d.Author == v.Account {
		return "contrib.draft.own"
	}
	return "contrib.draft.other"
}

// Draft gives one's own draft; not found for anybody else, and for a tombstone.
func (b *Book) Draft(ctx context.Context, v people.Viewer, id string) (*Draft, error) {
	d, err := b.drafts.Get(ctx, id)
	if err != nil {
		return nil, found(err)
	}
	if err := people.Allow(v, d.relation(v), people.Read); err != nil {
		return nil, err
	}
	if d.Gone {
		return nil, fault.NotFoundError()
	}
	return d, nil
}

// Drafts lists one's own drafts, the last saved first.
func (b *Book) Drafts(ctx context.Context, v people.Viewer) ([]DraftItem, error) {
	if err := people.Allow(v, "contrib.draft.own", people.List); err != nil {
		return nil, err
	}
	rows, _, err := store.Rows[draftRow](ctx, b.drafts, store.Query{
		Order: store.Order{"author", "day"}, Equal: []string{v.Account}, Desc: true,
	})
	if err != nil {
		return nil, err
	}
	items := make([]DraftItem, len(rows))
	for i, r := range rows {
		items[i] = DraftItem{ID: r.ID, Title: r.Row.Title, KindLabel: r.Row.Kind.Label(), Saved: r.Row.Saved}
		if items[i].Title == "" {
			items[i].Title = "Concept zonder tekst"
		}
	}
	return items, nil
}

// ThrowDraftAway removes one's own draft: its text is overwritten.
func (b *Book) ThrowDraftAway(ctx context.Context, v people.Viewer, id string) error {
	_, err := b.drafts.Update(ctx, id, func(d *Draft) error {
		if err := people.Allow(v, d.relation(v), people.Delete); err != nil {
			return err
		}
		if d.Gone {
			return errUnchanged
		}
		d.bury(b.now())
		return nil
	})
	return found(err)
}

func (d *Draft) bury(at time.Time) {
	d.Form, d.From, d.Origin, d.Saved, d.Gone = Form{}, "", "", at, true
}

// buryDraft makes sure that the draft is a tombstone, also when it was never saved.
func (b *Book) buryDraft(ctx context.Context, author, id string) error {
	grave := &Draft{Meta: store.Meta{ID: id}, Author: author, Saved: b.now(), Gone: true}
	err := b.drafts.Insert(ctx, grave)
	if !errors.Is(err, store.ErrExists) {
		return err
	}
	_, err = b.drafts.Update(ctx, id, func(d *Draft) error {
		if d.Gone || d.Author != author {
			return errUnchanged
		}
		d.bury(b.now())
		return nil
	})
	if err != nil {
		return fmt.Errorf("bury draft: %w", err)
	}
	return nil
}

// Resume opens a draft that is filled in with one's own contribution, which
// was sent back or withdrawn: submitting it replaces that one. It gives the
// draft's id; doing it twice gives the same draft.
func (b *Book) Resume(ctx context.Context, v people.Viewer, id string) (string, error) {
	if err := people.Allow(v, "contrib.draft.own", people.Create); err != nil {
		return "", err
	}
	c, err := b.own(ctx, v, id)
	if err != nil {
		return "", err
	}
	if !c.resumable() {
		return "", fault.New(fault.Conflict, "Deze inbreng kunt u niet opnieuw indienen.")
	}
	d := &Draft{
		Meta: store.Meta{ID: outbox.EffectID("resume", id, fmt.Sprint(len(c.Log)))}, Author: v.Account,
		Form: formOf(c), From: c.ID, Saved: b.now(), Revision: 1,
	}
	if err := b.drafts.Insert(ctx, d); err != nil && !errors.Is(err, store.ErrExists) {
		return "", err
	}
	if _, err := b.Draft(ctx, v, d.ID); err == nil {
		return d.ID, nil
	}
	d.Meta = store.Meta{} // the first was thrown away: begin another
	return d.ID, b.drafts.Insert(ctx, d)
}

// resumable tells that the author may hand it in again.
func (c *Contribution) resumable() bool {
	return c.Removed.IsZero() && c.Next == "" && (c.Returned != nil || !c.Withdrawn.IsZero())
}

// own gives the viewer's own contribution; not found for one of another.
func (b *Book) own(ctx context.Context, v people.Viewer, id string) (*Contribution, error) {
	c, err := b.see(ctx, v, id, people.Read)
	if err != nil {
		return nil, err
	}
	if c.relation(v) != "contrib.sub.own" {
		return nil, fault.ForbiddenError()
	}
	return c, nil
}

// checkFrom refuses a draft that claims to replace what is not one's own.
func (b *Book) checkFrom(ctx context.Context, v people.Viewer, from string) error {
	if from == "" {
		return nil
	}
	c, err := b.own(ctx, v, from)
	if err != nil {
		return fault.NotFoundError()
	}
	if !c.resumable() {
		return fault.New(fault.Conflict, "Deze inbreng is al opnieuw ingediend of verwijderd.")
	}
	return nil
}

// plainID tells whether a form's id looks like one of ours.
func plainID(id string) bool {
	if len(id) != 26 {
		return false
	}
	for _, r := range id {
		if (r < 'a' || r > 'z') && (r < '2' || r > '7') {
			return false
		}
	}
	return true
}
