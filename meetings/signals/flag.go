package signals

import (
	"context"
	"errors"
	"time"

	"ruggespraak/internal/fault"
	"ruggespraak/internal/outbox"
	"ruggespraak/people"
	"ruggespraak/store"
)

// RaiseFlag says that somebody can be recognised in a contribution that the
// viewer may read. The text is hidden from colleagues from that moment, until
// the chair decides. Raising it again changes nothing.
func (b *Book) RaiseFlag(ctx context.Context, v people.Viewer, id string) error {
	return b.change(ctx, v, id, people.Read, func(c *Contribution) error {
		if err := people.Allow(v, "contrib.flag", people.Create); err != nil {
			return err
		}
		if c.relation(v) == "contrib.sub.own" {
			return fault.New(fault.Conflict, "Dit is uw eigen inbreng. U kunt hem intrekken.")
		}
		if c.Flag != nil || !c.live() {
			return errUnchanged
		}
		c.Flag = &Flag{By: v.Account, At: b.now()}
		c.note(b.now(), v.Account, "gemarkeerd", "")
		c.Events.Add(evFlagged, b.now(), nil)
		return nil
	})
}

// Restore shows the text of a flagged contribution again; for the chair.
func (b *Book) Restore(ctx context.Context, v people.Viewer, id string) error {
	return b.chairChange(ctx, v, id, func(c *Contribution) error {
		if err := people.Allow(v, "contrib.flag", people.Act); err != nil {
			return err
		}
		if c.Flag == nil || !c.Removed.IsZero() {
			return errUnchanged
		}
		c.Flag = nil
		c.note(b.now(), v.Account, "markering opgeheven", "")
		return nil
	})
}

// Remove takes the text of a contribution away for good; for the chair. When
// it answers without an error, the text is overwritten in the store, in drafts
// made from it, in notices and in the indexes, and in the files that the store
// governs itself. A mark stays, and an incident without the text. What is
// frozen in a bundle is the chair's own text and stays. Doing it again finishes
// what was left undone.
func (b *Book) Remove(ctx context.Context, v people.Viewer, id string) error {
	err := b.chairChange(ctx, v, id, func(c *Contribution) error {
		if err := people.Allow(v, "contrib.flag", people.Act); err != nil {
			return err
		}
		if !c.Removed.IsZero() {
			return errUnchanged
		}
		c.Removed, c.RemovedBy = b.now(), v.Account
		c.wipe()
		c.note(b.now(), v.Account, "tekst verwijderd", "")
		c.Events.Add(evRemoved, b.now(), nil)
		return nil
	})
	if err != nil {
		return err
	}
	return b.erase(ctx, id)
}

// wipe overwrites everything that was typed, and what the guard said of it.
func (c *Contribution) wipe() {
	c.Title, c.Text, c.Extra, c.Asked = "", "", Extra{}, nil
	if c.Returned != nil {
		c.Returned.Reason = ""
	}
	c.leaveCluster(c.Removed, c.RemovedBy)
}

// erase removes what was made from the text of a removed contribution. Twice is
// harmless.
func (b *Book) erase(ctx context.Context, id string) error {
	c, err := b.contributions.Get(ctx, id)
	if err != nil {
		return found(err)
	}
	return errors.Join(
		b.buryDraftsFrom(ctx, id),
		b.inbox.Purge(ctx, Path(id)),
		b.forget(ctx, id),
		b.noteIncident(ctx, c),
		b.db.Scrub(ctx),
	)
}

func (b *Book) buryDraftsFrom(ctx context.Context, id string) error {
	drafts, err := b.drafts.All(ctx, store.Query{Order: store.Order{"from"}, Equal: []string{id}})
	if err != nil {
		return err
	}
	var failed error
	for _, d := range drafts {
		failed = errors.Join(failed, b.buryDraft(ctx, d.Author, d.ID))
	}
	return failed
}

// incidentDoc is that personal data was removed: when, where, by whom.
type incidentDoc struct {
	store.Meta
	At      time.Time `json:"at"`
	Where   string    `json:"where"` // path
	By      string    `json:"by"`
	Flagged bool      `json:"flagged,omitempty"` // somebody had told
}

func incidentSpec() store.Spec[incidentDoc] {
	return store.Spec[incidentDoc]{
		Name:   "contribution_incident",
		Orders: []store.Order{{"sort", "day"}},
		Meta:   func(i *incidentDoc) *store.Meta { return &i.Meta },
		Keys: func(i *incidentDoc) store.Keys {
			return store.Keys{"sort": {"inbreng"}, "day": {dayKey(i.At)}}
		},
	}
}

func (b *Book) noteIncident(ctx context.Context, c *Contribution) error {
	i := &incidentDoc{
		Meta: store.Meta{ID: outbox.EffectID("incident", c.ID)},
		At:   c.Removed, Where: Path(c.ID), By: c.RemovedBy, Flagged: c.Flag != nil,
	}
	if err := b.incidents.Insert(ctx, i); err != nil && !errors.Is(err, store.ErrExists) {
		return err
	}
	return nil
}

// Incident is a removal of personal data, without the text.
type Incident struct {
	Day     time.Time
	Where   string // path
	By      string // name
	Flagged bool
}

// Incidents lists the removals, newest first; after is the cursor of the page
// before.
func (b *Book) Incidents(ctx context.Context, v people.Viewer, after string) (items []Incident, next string, err error) {
	if err := people.Allow(v, "incident", people.List); err != nil {
		return nil, "", err
	}
	docs, next, err := b.incidents.Find(ctx, store.Query{
		Order: store.Order{"sort", "day"}, Equal: []string{"inbreng"}, Desc: true, Limit: pageSize, After: after,
	})
	if err != nil {
		return nil, "", badCursor(err)
	}
	ids := make([]string, len(docs))
	for i, d := range docs {
		ids[i] = d.By
	}
	names, err := b.accounts.Names(ctx, distinct(ids))
	for _, d := range docs {
		items = append(items, Incident{Day: dayOf(d.At), Where: d.Where, By: names[d.By], Flagged: d.Flagged})
	}
	return items, next, err
}
