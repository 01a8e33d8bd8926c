package bundles

import (
	"context"
	"fmt"

	"ruggespraak/internal/outbox"
	"ruggespraak/people"
)

// silentAfter are the days without an answer after which the chair is reminded.
var silentAfter = []int{60, 30}

// RemindSilent reminds the chair of bundles that wait 30 and 60 days for an
// answer: a job, run every day. Each reminder is given once.
func (d *Desk) RemindSilent(ctx context.Context) error {
	sent, err := d.inState(ctx, Sent)
	if err != nil {
		return err
	}
	for _, b := range sent {
		if err := d.remindOf(ctx, b); err != nil {
			return err
		}
	}
	return nil
}

func (d *Desk) remindOf(ctx context.Context, b *Bundle) error {
	days := b.waits(d.today())
	for _, after := range silentAfter {
		if days < after {
			continue
		}
		m := message{
			key: fmt.Sprintf("silent %s %d", b.Number, after), kind: NoticeSilent,
			text: fmt.Sprintf("%s wacht %d dagen op antwoord.", b.title(), after), link: b.path(),
		}
		return d.tellRole(ctx, people.Chair, "", m, outbox.Event{At: d.now()})
	}
	return nil
}
