package bundles

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"ruggespraak/internal/fault"
	"ruggespraak/internal/outbox"
	"ruggespraak/meetings/signals"
	"ruggespraak/people"
	"ruggespraak/store"
)

// Kinds of events in a bundle.
const (
	eventOffered   = "bundel.aangeboden"
	eventApproved  = "bundel.goedgekeurd"
	eventFrozen    = "bundel.vastgesteld"
	eventSent      = "bundel.verstuurd"
	eventNothing   = "bundel.niets"
	eventWithdrawn = "bundel.ingetrokken"
	eventAnswered  = "bundel.beantwoord"
	eventOutcome   = "bundel.uitkomst"
	eventPublished = "bundel.teruggekoppeld"
	eventRetracted = "bundel.gecorrigeerd"
	eventPropose   = "bundel.voorstel"
)

// Kinds of notices and mails; server/mail has a subject for each.
const (
	NoticeOffered   = "goedkeuren"
	NoticeApproved  = "bundel-goedgekeurd"
	NoticeSent      = "bundel"
	NoticeNothing   = "bundel-niets"
	NoticeWithdrawn = "bundel-ingetrokken"
	NoticeAnswered  = "bundel-antwoord"
	NoticeFeedback  = "antwoord"
	NoticeCorrected = "correctie"
	NoticeEffect    = "effect"
	NoticeSilent    = "herinnering"
)

type pointData struct {
	Point string `json:"point"`
}

type editionData struct {
	Edition int `json:"edition"`
}

// Handlers do what must follow elsewhere. Each may run twice.
func (d *Desk) Handlers() map[string]outbox.Handler {
	return map[string]outbox.Handler{
		eventOffered:   d.onBundle(d.tellOffered),
		eventApproved:  d.onBundle(d.tellApproved),
		eventFrozen:    d.onBundle(d.advanceFrozen),
		eventSent:      d.onBundle(d.afterSent),
		eventNothing:   d.onBundle(d.tellNothing),
		eventWithdrawn: d.onBundle(d.afterWithdrawn),
		eventAnswered:  d.onBundle(d.afterAnswered),
		eventOutcome:   d.onBundle(d.afterOutcome),
		eventPublished: d.onBundle(d.afterPublished),
		eventRetracted: d.onBundle(d.tellRetracted),
		eventPropose:   d.onBundle(d.proposeItem),
		eventAsked:     d.tellAsked,
		eventEffectNo:  d.countNo,
	}
}

// onBundle reads the bundle of an event.
func (d *Desk) onBundle(work func(context.Context, *Bundle, outbox.Event) error) outbox.Handler {
	return func(ctx context.Context, doc string, e outbox.Event) error {
		b, err := d.bundles.Get(ctx, doc)
		if err != nil {
			return err
		}
		return work(ctx, b, e)
	}
}

// message is one thing to tell: a fixed line for the inbox and a path.
type message struct {
	key  string // what it follows from, so that twice is once
	kind string
	text string
	link string
}

// tell puts a notice in each inbox and a mail in the queue, each once.
func (d *Desk) tell(ctx context.Context, accounts []string, m message, at outbox.Event) error {
	for _, account := range accounts {
		id := outbox.EffectID(m.key, account, m.kind)
		notice := people.Notice{Account: account, Kind: m.kind, Text: m.text, Link: m.link, At: at.At}
		if err := d.inbox.Tell(ctx, id, notice); err != nil {
			return fmt.Errorf("tell %s: %w", m.kind, err)
		}
		if err := d.mail.Add(ctx, id, outbox.Mail{To: account, Kind: m.kind, Link: m.link}); err != nil {
			return fmt.Errorf("mail %s: %w", m.kind, err)
		}
	}
	return nil
}

// tellRole tells everybody of a role, but one account.
func (d *Desk) tellRole(ctx context.Context, r people.Role, but string, m message, e outbox.Event) error {
	if r == "" {
		return nil
	}
	ids, err := d.withRole(ctx, r)
	if err != nil {
		return err
	}
	rest := ids[:0]
	for _, id := range ids {
		if id != but {
			rest = append(rest, id)
		}
	}
	return d.tell(ctx, rest, m, e)
}

func (b *Bundle) path() string { return "/bundels/" + b.Number }

func (b *Bundle) title() string { return "Bundel " + b.Number + " voor " + b.Addressee.Label() }

func (d *Desk) tellOffered(ctx context.Context, b *Bundle, e outbox.Event) error {
	var by string
	if err := e.Decode(&by); err != nil {
		return err
	}
	m := message{e.ID, NoticeOffered, b.title() + " wacht op uw goedkeuring.", b.path()}
	return d.tellRole(ctx, people.Chair, by, m, e)
}

func (d *Desk) tellApproved(ctx context.Context, b *Bundle, e outbox.Event) error {
	var by string
	if err := e.Decode(&by); err != nil {
		return err
	}
	m := message{e.ID, NoticeApproved, b.title() + " is goedgekeurd.", b.path()}
	return d.tellRole(ctx, people.Chair, by, m, e)
}

func (d *Desk) advanceFrozen(ctx context.Context, b *Bundle, e outbox.Event) error {
	return d.book.Advance(ctx, b.sources(), signals.Stage{Status: signals.Bundled, At: e.At, Ref: b.Number})
}

func (d *Desk) afterSent(ctx context.Context, b *Bundle, e outbox.Event) error {
	err := d.book.Advance(ctx, b.sources(), signals.Stage{
		Status: signals.WithBody, At: e.At, Ref: b.Number, Body: b.Addressee.Label(), Link: b.path(),
	})
	if err != nil {
		return err
	}
	m := message{e.ID, NoticeSent, b.title() + " staat klaar.", b.path()}
	return d.tellRole(ctx, b.Addressee.reader(), "", m, e)
}

func (d *Desk) tellNothing(ctx context.Context, b *Bundle, e outbox.Event) error {
	m := message{e.ID, NoticeNothing, b.title() + ": er is niets te sturen over deze periode.", b.path()}
	return d.tellRole(ctx, b.Addressee.reader(), "", m, e)
}

// afterWithdrawn tells the readers, and puts the contributions back where they
// can enter a later bundle: also those that a draft for the Task Force had taken.
func (d *Desk) afterWithdrawn(ctx context.Context, b *Bundle, e outbox.Event) error {
	err := d.book.Advance(ctx, b.sources(), signals.Stage{At: e.At})
	if err != nil {
		return err
	}
	for i := range b.Points {
		if err := d.takeBackOnward(ctx, &b.Points[i]); err != nil {
			return err
		}
	}
	m := message{e.ID, NoticeWithdrawn, b.title() + " is ingetrokken.", b.path()}
	return d.tellRole(ctx, b.Addressee.reader(), "", m, e)
}

// afterAnswered advances the contributions, tells those who may see the answer
// now, and keeps the point for the Task Force as the answer says.
func (d *Desk) afterAnswered(ctx context.Context, b *Bundle, e outbox.Event) error {
	var data pointData
	if err := e.Decode(&data); err != nil {
		return err
	}
	p := b.point(data.Point)
	if p == nil || p.answer() == nil {
		return nil
	}
	if err := d.book.Advance(ctx, p.Sources, signals.Stage{Status: signals.Answered, At: e.At, Ref: b.Number}); err != nil {
		return err
	}
	if err := d.onward(ctx, b, p); err != nil {
		return err
	}
	link := fmt.Sprintf("%s/%d", b.path(), b.numberOf(p.ID))
	m := message{e.ID, NoticeAnswered, fmt.Sprintf("Er is een antwoord op punt %d van bundel %s.", b.numberOf(p.ID), b.Number), link}
	if err := d.tellRole(ctx, b.Addressee.reader(), p.answer().Recorded.By, m, e); err != nil {
		return err
	}
	return d.tellRole(ctx, people.Chair, p.answer().Recorded.By, m, e)
}

// onward makes the draft for the Task Force agree with the SOM's answer: the
// point is in it when the SOM takes it there, and not when that changed before
// the draft was offered.
func (d *Desk) onward(ctx context.Context, b *Bundle, p *Point) error {
	if b.Addressee.Body != SOM {
		return nil
	}
	if p.answer().Kind != ToTaskForce {
		return d.takeBackOnward(ctx, p)
	}
	line, err := d.line(ctx, p.Line)
	if err != nil {
		return err
	}
	for _, other := range line {
		if other.continues(p) != nil && other.State != Withdrawn {
			return nil // built already
		}
	}
	next := Point{
		ID: store.NewID(), Texts: p.Texts, Cluster: p.Cluster, Sources: p.Sources,
		Line: p.Line, Origin: &Origin{Bundle: b.Number, Point: p.ID},
	}
	next.Texts.To = Addressee{Body: TaskForce}.Label()
	next.Texts.Ask = strings.Replace(next.Texts.Ask, "Wil het SOM", "Wil de Task Force", 1)
	return d.intoDraft(ctx, b, next, p.answer().Recorded)
}

// intoDraft adds the point to the oldest open draft for the Task Force, or to a
// new one.
func (d *Desk) intoDraft(ctx context.Context, from *Bundle, p Point, by Mark) error {
	drafts, err := d.inState(ctx, Draft)
	if err != nil {
		return err
	}
	for _, b := range drafts {
		if b.Addressee.Body != TaskForce || len(b.Points) >= maxPoints {
			continue
		}
		added := false
		_, err := d.bundles.Update(ctx, b.ID, func(b *Bundle) error {
			added = b.State == Draft
			if !added || b.continuesOrigin(p.Origin) {
				return store.Unchanged
			}
			b.Points = append(b.Points, p)
			b.touched(by.By, d.now())
			return nil
		})
		if err != nil || added {
			return err
		}
	}
	_, err = d.begin(ctx, &Bundle{
		Addressee: Addressee{Body: TaskForce}, From: from.From, To: from.To, State: Draft,
		Points: []Point{p}, Created: Mark{By: by.By, At: d.now()}, Editors: []string{by.By},
	})
	return err
}

// takeBackOnward takes the point out of drafts for the Task Force again.
func (d *Desk) takeBackOnward(ctx context.Context, p *Point) error {
	line, err := d.line(ctx, p.Line)
	if err != nil {
		return err
	}
	for _, other := range line {
		if other.continues(p) == nil || other.State != Draft {
			continue
		}
		_, err := d.bundles.Update(ctx, other.ID, func(b *Bundle) error {
			next := b.continues(p)
			if next == nil || b.State != Draft {
				return store.Unchanged
			}
			id := next.ID
			b.Points = slices.DeleteFunc(b.Points, func(q Point) bool { return q.ID == id })
			b.Rev++
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// continues is the point of this bundle that continues p; nil when there is none.
func (b *Bundle) continues(p *Point) *Point {
	for i := range b.Points {
		if o := b.Points[i].Origin; o != nil && o.Point == p.ID {
			return &b.Points[i]
		}
	}
	return nil
}

func (b *Bundle) continuesOrigin(o *Origin) bool {
	return b.continues(&Point{ID: o.Point}) != nil
}

// afterOutcome sets the outcome on the contributions, once the answer itself is
// known to their authors.
func (d *Desk) afterOutcome(ctx context.Context, b *Bundle, e outbox.Event) error {
	var data pointData
	if err := e.Decode(&data); err != nil {
		return err
	}
	p := b.point(data.Point)
	if p == nil || !b.fedBack(p) {
		return nil
	}
	return d.projectOutcome(ctx, p)
}

func (d *Desk) projectOutcome(ctx context.Context, p *Point) error {
	for _, id := range p.Sources {
		err := d.book.SetOutcome(ctx, people.System(), []string{id}, p.outcomeOf())
		if err != nil && !fault.Is(err, fault.NotFound) {
			return fmt.Errorf("outcome of a contribution: %w", err)
		}
	}
	return nil
}

// afterPublished tells every recipient once, and projects status and outcome.
func (d *Desk) afterPublished(ctx context.Context, b *Bundle, e outbox.Event) error {
	edition, err := b.editionOf(e)
	if err != nil {
		return err
	}
	link := fmt.Sprintf("/terugkoppeling/%s/%d", b.Number, edition.N)
	for _, it := range edition.Items {
		p := b.point(it.Point)
		if p == nil || it.Answer == nil {
			continue
		}
		stage := signals.Stage{Status: signals.FedBack, At: e.At, Ref: b.Number, Link: link}
		if err := d.book.Advance(ctx, p.Sources, stage); err != nil {
			return err
		}
		if err := d.projectOutcome(ctx, p); err != nil {
			return err
		}
	}
	m := message{e.ID, NoticeFeedback, "Er is een antwoord op inbreng van u, of op inbreng die u herkende.", link}
	return d.tell(ctx, edition.accounts(), m, e)
}

func (d *Desk) tellRetracted(ctx context.Context, b *Bundle, e outbox.Event) error {
	edition, err := b.editionOf(e)
	if err != nil {
		return err
	}
	for _, it := range edition.Items {
		if p := b.point(it.Point); p != nil && it.Answer != nil {
			if err := d.book.Advance(ctx, p.Sources, signals.Stage{Status: signals.Answered, At: e.At, Ref: b.Number}); err != nil {
				return err
			}
		}
	}
	link := fmt.Sprintf("/terugkoppeling/%s/%d", b.Number, edition.N)
	m := message{e.ID, NoticeCorrected, "De terugkoppeling over bundel " + b.Number + " is gecorrigeerd.", link}
	return d.tell(ctx, edition.accounts(), m, e)
}

func (b *Bundle) editionOf(e outbox.Event) (*Edition, error) {
	var data editionData
	if err := e.Decode(&data); err != nil {
		return nil, err
	}
	edition := b.edition(data.Edition)
	if edition == nil {
		return nil, fmt.Errorf("bundle %s has no edition %d", b.Number, data.Edition)
	}
	return edition, nil
}

// accounts are the recipients, in a fixed order.
func (e *Edition) accounts() []string {
	ids := make([]string, 0, len(e.Recipients))
	for id := range e.Recipients {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

func (d *Desk) proposeItem(ctx context.Context, b *Bundle, e outbox.Event) error {
	var data pointData
	if err := e.Decode(&data); err != nil {
		return err
	}
	p := b.point(data.Point)
	if p == nil || d.propose == nil {
		return nil
	}
	link := fmt.Sprintf("%s/%d", b.path(), b.numberOf(p.ID))
	return d.propose(ctx, outbox.EffectID("voorstel", p.Line), "Zorgcoördinatoren merken het nog niet: "+p.Texts.Heading, link)
}
