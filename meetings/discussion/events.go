package discussion

import (
	"context"
	"errors"
	"slices"
	"time"
	_ "time/tzdata" // the zone must be known on a machine without zone files

	"ruggespraak/internal/fault"
	"ruggespraak/internal/outbox"
	"ruggespraak/people"
	"ruggespraak/store"
)

// Kinds of event that messages write.
const (
	evSaid    = "gesprek.gezegd"
	evChanged = "gesprek.gewijzigd"
	evFlagged = "gesprek.gemarkeerd"
	evDecided = "gesprek.beslist" // or taken back by its author: it waits no more
	evRemoved = "gesprek.verwijderd"
)

// Kinds of notice and mail; server/mail knows their subjects.
const (
	NoticeReply   = "reactie-antwoord"
	NoticeMention = "reactie-genoemd"
	NoticeOwn     = "reactie-eigen"
	NoticeFlagged = "reactie-markering"
	NoticeRemoved = "reactie-verwijderd"
	MailReactions = "reacties"
	MailFlagged   = "markering"
	MailRemoved   = "verwijderd"
)

// said is the fixed line of a notice of each kind. None holds what people typed
// or who typed it.
var said = map[string]string{
	NoticeReply:   "Iemand heeft op uw reactie gereageerd.",
	NoticeMention: "Iemand heeft u genoemd in een reactie.",
	NoticeOwn:     "Er is een reactie bij iets wat u hebt gedeeld of gevraagd.",
	NoticeFlagged: "Iemand meldt dat in een reactie iemand te herkennen is.",
	NoticeRemoved: "CoMensha heeft een reactie van u verwijderd. Er was iemand aan te herkennen.",
}

// Sources are the collections whose documents carry events.
func (h *Hall) Sources() []outbox.Source {
	return []outbox.Source{outbox.SourceOf("gesprek", h.entries, func(e *Entry) *outbox.Log { return &e.Events })}
}

// Handlers are what must follow after events of messages. Each may run twice.
func (h *Hall) Handlers() map[string]outbox.Handler {
	return map[string]outbox.Handler{
		evSaid:    h.afterSaid,
		evChanged: h.afterChanged,
		evFlagged: h.afterFlagged,
		evDecided: h.afterDecided,
		evRemoved: h.afterRemoved,
	}
}

// afterSaid tells who should know of a message, and moves its question up.
func (h *Hall) afterSaid(ctx context.Context, doc string, e outbox.Event) error {
	m, err := h.entries.Get(ctx, doc)
	if err != nil {
		return err
	}
	if err := errors.Join(h.stir(ctx, m), h.keepUp(ctx, m)); err != nil {
		return err
	}
	if m.State.Gone != Here {
		return nil
	}
	to, err := h.concerned(ctx, m)
	if err != nil {
		return err
	}
	var failed error
	for _, p := range to {
		failed = errors.Join(failed, h.tell(ctx, m, p))
	}
	return failed
}

// keepUp counts one's own message as read where one had read all before it.
func (h *Hall) keepUp(ctx context.Context, m *Entry) error {
	seen, err := h.seenUpTo(ctx, m.By, m.Topic)
	if err != nil || seen >= m.N {
		return err
	}
	since, err := h.entries.Count(ctx, store.Query{Order: orderSaid, Equal: []string{string(m.Topic)}, From: number(seen + 1), To: number(m.N)})
	if err != nil || since > 0 {
		return err
	}
	return h.noteSeen(ctx, m.By, m.Topic, m.N)
}

// concern is that a message concerns an account, and why.
type concern struct{ account, kind string }

// concerned lists whom a message concerns, each once, by the first reason that
// holds: a mention, a reply, what is one's own.
func (h *Hall) concerned(ctx context.Context, m *Entry) ([]concern, error) {
	var all []concern
	add := func(account, kind string) {
		if account != "" && account != m.By && !slices.ContainsFunc(all, func(c concern) bool { return c.account == account }) {
			all = append(all, concern{account, kind})
		}
	}
	for _, account := range m.Mentions {
		add(account, NoticeMention)
	}
	if m.ReplyTo != 0 {
		to, err := h.message(ctx, m.Topic, m.ReplyTo)
		if err != nil {
			return nil, err
		}
		add(to.By, NoticeReply)
	}
	a, err := h.Enter(ctx, people.System(), m.Topic)
	if fault.Is(err, fault.NotFound) {
		return nil, nil // the thing is gone, and so is who could read of it
	}
	add(a.Owner, NoticeOwn)
	return all, err
}

// tell leaves a notice, and one mail a day at most, whatever happens on it. Who
// may not read the topic hears nothing of it.
func (h *Hall) tell(ctx context.Context, m *Entry, c concern) error {
	may, err := h.mayRead(ctx, c.account, m.Topic)
	if err != nil || !may {
		return err
	}
	id := outbox.EffectID(m.ID, c.account, c.kind)
	day := m.At.In(amsterdam).Format(time.DateOnly)
	return errors.Join(
		h.o.Inbox.Tell(ctx, id, people.Notice{Account: c.account, Kind: c.kind, Text: said[c.kind], Link: linkTo(m), At: m.At}),
		h.o.Mail.Add(ctx, outbox.EffectID(MailReactions, c.account, day), outbox.Mail{To: c.account, Kind: MailReactions, Link: "/berichten", At: m.At}),
	)
}

// mayRead tells whether an account may enter the topic in one of its roles.
func (h *Hall) mayRead(ctx context.Context, account string, t Topic) (bool, error) {
	who, err := h.o.Accounts.Account(ctx, account)
	if fault.Is(err, fault.NotFound) {
		return false, nil
	}
	if err != nil || !who.Active() {
		return false, err
	}
	for _, role := range who.Roles {
		_, err := h.Enter(ctx, who.Viewer(role), t)
		if err == nil {
			return true, nil
		}
		if fault.KindOf(err) == fault.Internal {
			return false, err
		}
	}
	return false, nil
}

// amsterdam is where days are counted.
var amsterdam = mustZone("Europe/Amsterdam")

func mustZone(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic("discussion: load zone: " + err.Error())
	}
	return zone
}

// afterChanged sees to it that a change has its entry, and what follows on it.
func (h *Hall) afterChanged(ctx context.Context, doc string, e outbox.Event) error {
	var c changeData
	if err := e.Decode(&c); err != nil {
		return err
	}
	m, err := h.entries.Get(ctx, doc)
	if err != nil {
		return err
	}
	if err := h.announce(ctx, m, c); err != nil {
		return err
	}
	if c.State.Gone == Here {
		return h.made(ctx, m)
	}
	return h.erase(ctx, m)
}

// afterFlagged tells the chairs, and where they see at once what waits for them.
func (h *Hall) afterFlagged(ctx context.Context, doc string, e outbox.Event) error {
	m, err := h.entries.Get(ctx, doc)
	if err != nil {
		return err
	}
	chairs, err := h.o.Accounts.WithRole(ctx, people.Chair)
	if err != nil {
		return err
	}
	failed := h.o.Waiting(ctx, m.Topic)
	for _, chair := range chairs {
		failed = errors.Join(failed, h.notify(ctx, e, chair.ID, NoticeFlagged, MailFlagged, linkTo(m)))
	}
	return failed
}

func (h *Hall) afterDecided(ctx context.Context, doc string, _ outbox.Event) error {
	m, err := h.entries.Get(ctx, doc)
	if err != nil {
		return err
	}
	return h.o.Waiting(ctx, m.Topic)
}

// afterRemoved tells the author. The link differs from the message's own, so
// that purging spares it.
func (h *Hall) afterRemoved(ctx context.Context, doc string, e outbox.Event) error {
	m, err := h.entries.Get(ctx, doc)
	if err != nil {
		return err
	}
	return h.notify(ctx, e, m.By, NoticeRemoved, MailRemoved, m.Topic.Path())
}

func (h *Hall) notify(ctx context.Context, e outbox.Event, account, notice, mail, link string) error {
	id := outbox.EffectID(e.ID, account, notice)
	return errors.Join(
		h.o.Inbox.Tell(ctx, id, people.Notice{Account: account, Kind: notice, Text: said[notice], Link: link, At: e.At}),
		h.o.Mail.Add(ctx, id, outbox.Mail{To: account, Kind: mail, Link: link, At: e.At}),
	)
}

func isExists(err error) bool { return errors.Is(err, store.ErrExists) }
