package bundles

import (
	"context"
	"errors"
	"maps"
	"slices"

	"ruggespraak/internal/fault"
	"ruggespraak/people"
	"ruggespraak/store"
)

// Offer puts a draft without findings before a colleague, with its bands under
// the hash. For the chair.
func (d *Desk) Offer(ctx context.Context, v people.Viewer, number string) error {
	return d.guarded(ctx, v, number, func(b *Bundle, in *Inspection) error {
		if b.State != Draft {
			return fault.New(fault.Conflict, "Deze bundel is al aangeboden.")
		}
		if len(b.Points) == 0 {
			return fault.New(fault.Conflict, "Er staan nog geen punten in deze bundel.")
		}
		if len(in.Findings) > 0 {
			return errFindings(len(in.Findings))
		}
		b.State = Offered
		b.Offer = &Offer{Mark: d.mark(v), Hash: in.Hash, Broad: in.broad()}
		b.Events.Add(eventOffered, b.Offer.At, b.Offer.By)
		return nil
	})
}

// Approve approves the bytes with this hash. Who changed the bundle since the
// last approval cannot. For a second chair.
func (d *Desk) Approve(ctx context.Context, v people.Viewer, number, hash string) error {
	_, err := d.change(ctx, v, number, people.Read, func(b *Bundle) error {
		if slices.Contains(b.Editors, v.Account) {
			// the relation comp.approve.own: nobody may, however the request was made
			return fault.New(fault.Forbidden, "U hebt deze bundel zelf gewijzigd. Vraag een collega om hem goed te keuren.")
		}
		if err := people.Allow(v, "comp.approve.other", people.Act); err != nil {
			return err
		}
		if b.State != Offered {
			return fault.New(fault.Conflict, "Deze bundel wacht niet op goedkeuring.")
		}
		if hash != b.Offer.Hash {
			return fault.New(fault.Conflict, "De bundel is intussen veranderd. Lees hem opnieuw voordat u hem goedkeurt.")
		}
		b.State = Approved
		b.Approval = &Approval{Mark: d.mark(v), Hash: hash, Editors: b.Editors}
		b.Editors, b.Voided = nil, nil
		b.Events.Add(eventApproved, b.Approval.At, b.Approval.By)
		return nil
	})
	return err
}

// Settle freezes an approved bundle: one compare-and-set, after which its bytes
// never change. Bands and check are done again just before. A band that changed
// voids the approval: the bundle is offered anew and the answer is a conflict.
// For the chair.
func (d *Desk) Settle(ctx context.Context, v people.Viewer, number string) error {
	var voided bool
	err := d.guarded(ctx, v, number, func(b *Bundle, in *Inspection) error {
		voided = false
		if b.State != Approved {
			return fault.New(fault.Conflict, "Alleen een goedgekeurde bundel kan worden vastgesteld.")
		}
		if len(in.Findings) > 0 {
			return errFindings(len(in.Findings))
		}
		bands := in.broad()
		sheet := b.sheet(bands).bytes()
		if hashOf(sheet) != b.Approval.Hash || !maps.Equal(bands, b.Offer.Broad) {
			b.reoffer(d, in)
			voided = true
			return nil
		}
		b.State = Frozen
		b.Freeze = &Freezing{Mark: d.mark(v), Sheet: sheet, Hash: hashOf(sheet)}
		for i := range b.Points {
			p := &b.Points[i]
			p.Broad = bands[p.ID]
			p.Sources = in.Allowed[p.ID] // withdrawn, or the yes taken back, before this moment
		}
		b.EditionDraft = nil
		b.Events.Add(eventFrozen, b.Freeze.At, nil)
		return nil
	})
	if err == nil && voided {
		return fault.New(fault.Conflict, "Het aantal organisaties bij een punt is veranderd. De goedkeuring geldt niet meer. Vraag uw collega om de bundel opnieuw goed te keuren.")
	}
	return err
}

// reoffer voids the approval after a band changed. Those who could not approve
// before cannot now.
func (b *Bundle) reoffer(d *Desk, in *Inspection) {
	at := d.now()
	b.Voided = &Voiding{At: at, Band: true}
	b.Editors = b.Approval.Editors
	b.Approval = nil
	b.State = Offered
	b.Offer = &Offer{Mark: Mark{By: b.Offer.By, At: at}, Hash: in.Hash, Broad: in.broad()}
}

func errFindings(n int) error {
	if n == 1 {
		return fault.New(fault.Conflict, "De controle heeft 1 bevinding. Pas de tekst eerst aan.")
	}
	return fault.New(fault.Conflict, "De controle heeft bevindingen. Pas de tekst eerst aan.")
}

// guardedTries bounds how often a decision starts again because the bundle
// changed between the check and the write.
const guardedTries = 50

// guarded inspects the bundle and then lets decide change it, in one
// compare-and-set against the version that was inspected: what was checked is
// what is written.
func (d *Desk) guarded(ctx context.Context, v people.Viewer, number string, decide func(*Bundle, *Inspection) error) error {
	for range guardedTries {
		b, err := d.load(ctx, v, number, people.Act)
		if err != nil {
			return err
		}
		in, err := d.inspect(ctx, b)
		if err != nil {
			return err
		}
		if err := decide(b, in); err != nil {
			return err
		}
		err = d.bundles.Replace(ctx, b)
		if err == nil {
			d.wake()
			return nil
		}
		if !errors.Is(err, store.ErrConflict) {
			return border(err)
		}
	}
	return fault.New(fault.Conflict, "Een collega is nu ook met deze bundel bezig. Probeer het opnieuw.")
}
