package bundles

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"ruggespraak/internal/fault"
	"ruggespraak/internal/guard"
	"ruggespraak/people"
	"ruggespraak/store"
)

// NewBundle is what the chair fills in to begin one.
type NewBundle struct {
	Addressee Addressee
	From, To  Day
}

// The longest texts that are kept, in characters.
const (
	maxName    = 120
	maxHeading = 200
	maxText    = 4000
	maxReason  = 2000
	maxPoints  = 40
)

// Begin makes an empty draft with the next number of the consultation's year.
// Numbers run over all addressees and are never used twice, so that a number a
// reader does not find says nothing. For the chair.
func (d *Desk) Begin(ctx context.Context, v people.Viewer, n NewBundle) (*Bundle, error) {
	if err := people.Allow(v, "comp.draft", people.Create); err != nil {
		return nil, err
	}
	if err := d.checkNew(ctx, &n); err != nil {
		return nil, err
	}
	return d.begin(ctx, &Bundle{
		Addressee: n.Addressee, From: n.From, To: n.To, State: Draft,
		Created: d.mark(v), Editors: []string{v.Account},
	})
}

// checkNew trims the name of the body, which its readers and others' read, and
// refuses what cannot be.
func (d *Desk) checkNew(ctx context.Context, n *NewBundle) error {
	var f fault.Form
	n.Addressee.Name = strings.TrimSpace(n.Addressee.Name)
	switch n.Addressee.Body {
	case SOM, TaskForce:
		n.Addressee.Name = ""
	case Ministry, OtherBody:
		f.Require(n.Addressee.Name != "", "orgaan", "Vul in voor welk ministerie of orgaan de bundel is.")
		f.Require(len(n.Addressee.Name) <= maxName, "orgaan", "Gebruik een kortere naam.")
		for _, x := range d.guard.Check(n.Addressee.Name, guard.Options{}).Findings {
			if x.Level == guard.Block {
				f.Block("orgaan", x.Line, x.Label())
			}
		}
	default:
		f.Add("aan", "Kies voor wie de bundel is.")
	}
	f.Require(n.From.Valid(), "van", "Vul in vanaf welke dag. Bijvoorbeeld 25-11-2026.")
	f.Require(n.To.Valid(), "tot", "Vul in tot en met welke dag. Bijvoorbeeld 25-11-2026.")
	f.Require(!n.From.Valid() || !n.To.Valid() || n.From <= n.To, "tot", "De laatste dag ligt vóór de eerste.")
	l, err := d.leaving(ctx)
	if err != nil {
		return err
	}
	refuse(&f, l.check(0, []part{n.Addressee.part()}))
	return f.Err("De bundel is nog niet gemaakt")
}

// part is the name of the body, for the check on what leaves.
func (a Addressee) part() part { return part{"orgaan", "de naam van het orgaan", a.Name} }

// begin inserts b under the first free number of the year.
func (d *Desk) begin(ctx context.Context, b *Bundle) (*Bundle, error) {
	b.Year = string(d.today())[:4]
	seq, err := d.lastNumber(ctx, b.Year)
	if err != nil {
		return nil, err
	}
	for {
		seq++
		b.Number = fmt.Sprintf("%s-%02d", b.Year, seq)
		b.ID = b.Number
		err := d.bundles.Insert(ctx, b)
		if err == nil {
			if len(b.Events) > 0 {
				d.wake()
			}
			return b, nil
		}
		if !errors.Is(err, store.ErrExists) {
			return nil, err
		}
	}
}

func (d *Desk) lastNumber(ctx context.Context, year string) (int, error) {
	last := 0
	q := store.Query{Order: store.Order{"year"}, Equal: []string{year}}
	for {
		rows, next, err := store.Rows[row](ctx, d.bundles, q)
		if err != nil {
			return 0, err
		}
		for _, r := range rows {
			digits := strings.TrimRight(strings.TrimPrefix(r.ID, year+"-"), "abcdefghijklmnopqrstuvwxyz")
			if n, err := strconv.Atoi(digits); err == nil {
				last = max(last, n)
			}
		}
		if next == "" {
			return last, nil
		}
		q.After = next
	}
}

// Describe changes addressee and period of a draft. For the chair.
func (d *Desk) Describe(ctx context.Context, v people.Viewer, number string, n NewBundle) error {
	if err := people.Allow(v, "comp.draft", people.Update); err != nil {
		return err
	}
	if err := d.checkNew(ctx, &n); err != nil {
		return err
	}
	return d.edit(ctx, v, number, func(b *Bundle) error {
		b.Addressee, b.From, b.To = n.Addressee, n.From, n.To
		return nil
	})
}

// Close ends a draft without points: there was nothing to send, and the readers
// it was for are told so. For the chair.
func (d *Desk) Close(ctx context.Context, v people.Viewer, number string) error {
	_, err := d.change(ctx, v, number, people.Act, func(b *Bundle) error {
		if b.State != Draft {
			return errFrozen()
		}
		if len(b.Points) > 0 {
			return fault.New(fault.Conflict, "Er staan punten in deze bundel. Verstuur de bundel, of haal de punten eruit.")
		}
		m := d.mark(v)
		b.State, b.Sending = Nothing, &m
		b.Events.Add(eventNothing, m.At, nil)
		return nil
	})
	return err
}
