package bundles

import (
	"context"
	"strings"
	"unicode/utf8"

	"ruggespraak/internal/fault"
	"ruggespraak/people"
)

// Send lets the readers find a frozen bundle; they get a mail. For a body
// without accounts it notes that the printed bundle was sent. For the chair.
func (d *Desk) Send(ctx context.Context, v people.Viewer, number string) error {
	_, err := d.change(ctx, v, number, people.Act, func(b *Bundle) error {
		if b.State != Frozen {
			return fault.New(fault.Conflict, "Alleen een vastgestelde bundel kan worden verstuurd.")
		}
		m := d.mark(v)
		b.State, b.Sending = Sent, &m
		b.Events.Add(eventSent, m.At, nil)
		return nil
	})
	return err
}

// Recall withdraws a sent bundle. Its readers keep number, date and reason, and
// get a mail; the frozen bytes stay as they are, for the chair. A bundle of
// which feedback was published can no longer be withdrawn. For the chair.
func (d *Desk) Recall(ctx context.Context, v people.Viewer, number, reason string, said Reasons) error {
	if err := people.Allow(v, "comp.draft", people.Act); err != nil {
		return err
	}
	reason = strings.TrimSpace(reason)
	if err := d.checkLeavingForm(ctx, "De bundel is nog niet ingetrokken", []part{{"reden", "de reden", reason}}, said); err != nil {
		return err
	}
	_, err := d.change(ctx, v, number, people.Act, func(b *Bundle) error {
		if b.State != Sent {
			return fault.New(fault.Conflict, "Alleen een verstuurde bundel kan worden ingetrokken.")
		}
		for _, e := range b.Editions {
			if e.Retracted == nil {
				return fault.New(fault.Conflict, "Over deze bundel is al teruggekoppeld. Corrigeer dan de terugkoppeling.")
			}
		}
		b.Withdraw = &Withdrawal{Mark: d.mark(v), Reason: reason}
		b.State = Withdrawn
		b.Events.Add(eventWithdrawn, b.Withdraw.At, nil)
		return nil
	})
	return err
}

// checkLeavingForm is the gate for texts that leave at once: required, not too
// long, through the guard and through the check on what leaves.
func (d *Desk) checkLeavingForm(ctx context.Context, title string, texts []part, said Reasons) error {
	var f fault.Form
	for _, p := range texts {
		f.Require(p.text != "", p.field, "Vul "+p.name+" in.")
		f.Require(utf8.RuneCountInString(p.text) <= maxReason, p.field, "Maak de tekst korter: ten hoogste 2.000 tekens.")
	}
	l, err := d.leaving(ctx)
	if err != nil {
		return err
	}
	refuse(&f, l.check(0, texts))
	return d.gate(&f, title, texts, said)
}
