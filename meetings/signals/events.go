package signals

import (
	"context"
	"errors"
	"time"

	"ruggespraak/internal/outbox"
	"ruggespraak/people"
	"ruggespraak/store"
)

// Kinds of event that contributions and clusters write.
const (
	evSubmitted   = "ingediend"
	evUrgent      = "dringend"
	evVisible     = "zichtbaar"
	evReturned    = "teruggestuurd"
	evFlagged     = "gemarkeerd"
	evRemoved     = "verwijderd"
	evClustered   = "samengevoegd"
	evUnclustered = "losgemaakt"
	evFurther     = "verder-gevraagd"
	evReminder    = "vrijgeven-herinnerd"
	evUndone      = "samenvoeging-opgeheven"
)

// Kinds of mail and notice; server/mail knows their subjects.
const (
	MailUrgent      = "dringend"
	MailFlagged     = "markering"
	MailReturned    = "teruggestuurd"
	MailClustered   = "bijeen"
	MailResubmitted = "opnieuw"
	MailFurther     = "verder"
	MailRelease     = "vrijgeven"
	MailRemoved     = "verwijderd"
)

// said is the fixed line of a notice of each kind. None holds what people
// typed, so that removing a text leaves nothing behind in an inbox.
var said = map[string]string{
	MailUrgent:      "Een inbreng kan niet wachten. Neem contact op.",
	MailFlagged:     "Een collega meldt dat in een inbreng iemand te herkennen is.",
	MailReturned:    "CoMensha vraagt u uw inbreng aan te passen.",
	MailClustered:   "CoMensha heeft uw inbreng samengevoegd met die van anderen. Uw tekst blijft zoals hij was.",
	MailResubmitted: "Een inbreng die u herkende, is opnieuw ingediend.",
	MailFurther:     "CoMensha vraagt of uw inbreng verder mag dan u koos.",
	MailRelease:     "Een inbreng wacht al twee werkdagen tot u hem zichtbaar maakt.",
	MailRemoved:     "CoMensha heeft een tekst van u verwijderd. Er was iemand aan te herkennen.",
}

// Path is the address of a contribution's page.
func Path(id string) string { return "/inbreng/" + id }

// Sources are the collections whose documents carry events.
func (b *Book) Sources() []outbox.Source {
	return []outbox.Source{
		outbox.SourceOf("inbreng", b.contributions, func(c *Contribution) *outbox.Log { return &c.Events }),
		outbox.SourceOf("inbreng-clusters", b.clusters, func(c *clusterDoc) *outbox.Log { return &c.Events }),
	}
}

// Handlers are what must follow after events of contributions and clusters, by
// kind of event. Each may run twice.
func (b *Book) Handlers() map[string]outbox.Handler {
	return map[string]outbox.Handler{
		evSubmitted:   b.afterSubmitted,
		evUrgent:      b.toChairs(MailUrgent),
		evVisible:     b.afterVisible,
		evReturned:    b.toAuthor(MailReturned),
		evFlagged:     b.toChairs(MailFlagged),
		evRemoved:     b.afterRemoved,
		evClustered:   b.both(b.logClustered, b.toAuthor(MailClustered)),
		evUnclustered: b.logClustered,
		evFurther:     b.toAuthor(MailFurther),
		evReminder:    b.toChairs(MailRelease),
		evUndone:      func(ctx context.Context, doc string, _ outbox.Event) error { return b.releaseAll(ctx, doc) },
	}
}

func (b *Book) both(handlers ...outbox.Handler) outbox.Handler {
	return func(ctx context.Context, doc string, e outbox.Event) error {
		var failed error
		for _, h := range handlers {
			failed = errors.Join(failed, h(ctx, doc, e))
		}
		return failed
	}
}

func (b *Book) afterSubmitted(ctx context.Context, doc string, e outbox.Event) error {
	var data submittedData
	if err := e.Decode(&data); err != nil {
		return err
	}
	c, err := b.contributions.Get(ctx, doc)
	if err != nil {
		return err
	}
	return errors.Join(b.buryDraft(ctx, c.Author, data.Draft), b.replace(ctx, c))
}

// afterVisible tells those who recognised the contribution that this one
// replaces where it stands now.
func (b *Book) afterVisible(ctx context.Context, doc string, e outbox.Event) error {
	c, err := b.contributions.Get(ctx, doc)
	if err != nil {
		return err
	}
	if c.Previous == "" || !c.shown() {
		return nil
	}
	old, err := b.contributions.Get(ctx, c.Previous)
	if err != nil {
		return err
	}
	var failed error
	for _, s := range old.Support {
		failed = errors.Join(failed, b.tell(ctx, e, s.Account, MailResubmitted, Path(doc)))
	}
	return failed
}

// afterRemoved finishes what Remove may have left, and tells the author. The
// link differs from the contribution's own, so that purging spares it.
func (b *Book) afterRemoved(ctx context.Context, doc string, e outbox.Event) error {
	c, err := b.contributions.Get(ctx, doc)
	if err != nil {
		return err
	}
	return errors.Join(b.erase(ctx, doc), b.tell(ctx, e, c.Author, MailRemoved, Path(doc)+"#verwijderd"))
}

func (b *Book) toChairs(kind string) outbox.Handler {
	return func(ctx context.Context, doc string, e outbox.Event) error {
		chairs, err := b.accounts.WithRole(ctx, people.Chair)
		if err != nil {
			return err
		}
		var failed error
		for _, chair := range chairs {
			failed = errors.Join(failed, b.tell(ctx, e, chair.ID, kind, Path(doc)))
		}
		return failed
	}
}

func (b *Book) toAuthor(kind string) outbox.Handler {
	return func(ctx context.Context, doc string, e outbox.Event) error {
		c, err := b.contributions.Get(ctx, doc)
		if err != nil {
			return err
		}
		return b.tell(ctx, e, c.Author, kind, Path(doc))
	}
}

// tell leaves a notice and a mail; again is harmless.
func (b *Book) tell(ctx context.Context, e outbox.Event, account, kind, link string) error {
	id := outbox.EffectID(e.ID, account, kind)
	return errors.Join(
		b.inbox.Tell(ctx, id, people.Notice{Account: account, Kind: kind, Text: said[kind], Link: link, At: e.At}),
		b.mail.Add(ctx, id, outbox.Mail{To: account, Kind: kind, Link: link, At: e.At}),
	)
}

// remindAfter is the number of working days after which the chair is reminded
// that a contribution waits to be released.
const remindAfter = 2

// RemindRelease reminds the chairs of contributions that have waited two
// working days for their release, of each once. For a job; twice is harmless.
func (b *Book) RemindRelease(ctx context.Context) error {
	rows, err := b.allIn(ctx, placeRelease)
	if err != nil {
		return err
	}
	for _, r := range rows {
		_, err := b.contributions.Update(ctx, r.ID, func(c *Contribution) error {
			if c.Reminded || !c.waitsForRelease() || b.now().Before(afterWorkingDays(c.At, remindAfter)) {
				return errUnchanged
			}
			c.Reminded = true
			c.Events.Add(evReminder, b.now(), nil)
			return nil
		})
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
	}
	b.wake()
	return nil
}

// becameVisible notes that colleagues may read it from now on.
func (c *Contribution) becameVisible(at time.Time) { c.Events.Add(evVisible, at, nil) }
