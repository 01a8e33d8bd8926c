package signals

import (
	"context"
	"errors"

	"ruggespraak/internal/fault"
	"ruggespraak/internal/outbox"
	"ruggespraak/people"
	"ruggespraak/store"
)

// Talk is how the discussion of a contribution stands.
type Talk struct {
	Title   string // empty when the viewer may not read it now
	Author  string // account
	Unnamed bool   // colleagues do not know the author
	Open    bool   // new messages are taken
}

// TalkOf tells how the discussion of a contribution stands, for who may read
// the contribution. Where its text is hidden or removed, colleagues do not read
// what was said of it. While it waits to be released nothing is said: what the
// author and the chair said to each other would be read by all later.
func (b *Book) TalkOf(ctx context.Context, v people.Viewer, id string) (Talk, error) {
	talk, err := b.Talks(ctx, id)
	if err != nil {
		return Talk{}, err
	}
	return talk(v)
}

// Talks is TalkOf for many viewers: what it gives tells each how it stands now,
// and reads nothing.
func (b *Book) Talks(ctx context.Context, id string) (func(people.Viewer) (Talk, error), error) {
	c, err := b.contributions.Get(ctx, id)
	if err != nil {
		return nil, found(err)
	}
	return c.talk, nil
}

func (c *Contribution) talk(v people.Viewer) (Talk, error) {
	if err := people.Allow(v, c.relation(v), people.Read); err != nil {
		return Talk{}, err
	}
	if c.withheldFrom(v) && c.Author != v.Account && !seesAll(v) {
		return Talk{}, fault.NotFoundError()
	}
	talk := Talk{Author: c.Author, Unnamed: c.Unnamed, Open: c.shown() || c.live() && c.Audience == CoMenshaOnly}
	if !c.withheldFrom(v) {
		talk.Title = c.Title
	}
	return talk, nil
}

// DraftFrom opens a draft that is filled in with one's own message from a
// discussion, and keeps where it came from. It gives the draft's id; doing it
// twice gives the same draft, unless that was submitted or thrown away.
func (b *Book) DraftFrom(ctx context.Context, v people.Viewer, origin, text string) (string, error) {
	if err := people.Allow(v, "contrib.draft.own", people.Create); err != nil {
		return "", err
	}
	f := Form{Text: text, Readers: Members, Wait: CanWait}.trimmed()
	if err := b.screen(f).refused(); err != nil {
		return "", err
	}
	d := &Draft{Meta: store.Meta{ID: outbox.EffectID("reactie", v.Account, origin)}, Author: v.Account, Form: f, Origin: origin, Saved: b.now(), Revision: 1}
	err := b.drafts.Insert(ctx, d)
	if !errors.Is(err, store.ErrExists) {
		return d.ID, err
	}
	if _, err := b.Draft(ctx, v, d.ID); err == nil {
		return d.ID, nil
	}
	d.Meta = store.Meta{} // the first was submitted or thrown away: begin another
	return d.ID, b.drafts.Insert(ctx, d)
}

// RemoveMade takes away what was made from a message that was removed: drafts,
// and contributions, as Remove does. It asks nobody who may: whoever removed
// the message was asked. Twice is harmless.
func (b *Book) RemoveMade(ctx context.Context, origin string) error {
	from := store.Query{Order: store.Order{"origin"}, Equal: []string{origin}}
	drafts, err := b.drafts.All(ctx, from)
	if err != nil {
		return err
	}
	for _, d := range drafts {
		if err := b.buryDraft(ctx, d.Author, d.ID); err != nil {
			return err
		}
	}
	made, err := b.contributions.All(ctx, from)
	if err != nil {
		return err
	}
	for _, c := range made {
		if err := b.Remove(ctx, people.System(), c.ID); err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
	}
	return nil
}
