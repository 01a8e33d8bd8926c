package signals

import (
	"context"
	"errors"

	"ruggespraak/internal/fault"
	"ruggespraak/meetings/incidents"
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
		b.incidents.Note(ctx, c.ID, incidents.Removal{What: incidents.Contribution, At: c.Removed, Where: Path(c.ID), By: c.RemovedBy, Flagged: c.Flag != nil}),
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
