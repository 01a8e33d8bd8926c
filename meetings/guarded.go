package meetings

import (
	"context"
	"fmt"

	"ruggespraak/internal/fault"
	"ruggespraak/internal/guard"
	"ruggespraak/people"
)

// Reasons answers the guard's questions: per field of the form, why its text
// may stay as it is.
type Reasons map[string]string

// text is a free text of a form, under the name of its field.
type text struct{ field, value string }

// ask puts texts before the guard. What must not be kept is noted in form,
// and so is a question without a reason. A question that was answered is given
// back: it is kept at once, marked for the chair.
func (c *Calendar) ask(ctx context.Context, form *fault.Form, reasons Reasons, texts ...text) ([]Confirmed, error) {
	names, err := c.names(ctx)
	if err != nil {
		return nil, fmt.Errorf("read names of accounts: %w", err)
	}
	var asked []Confirmed
	for _, t := range texts {
		asked = append(asked, c.askOne(form, reasons[t.field], names, t)...)
	}
	return asked, nil
}

func (c *Calendar) askOne(form *fault.Form, reason string, names []string, t text) (asked []Confirmed) {
	report := c.guard.Check(t.value, guard.Options{Names: names})
	for _, f := range report.Findings {
		switch {
		case f.Level == guard.Block:
			form.Block(t.field, f.Line, f.Label())
		case f.Level == guard.Ask && !knownReason(reason):
			form.Ask(t.field)
		case f.Level == guard.Ask:
			asked = append(asked, Confirmed{Rule: f.Rule, Reason: reason, At: c.now()})
		}
	}
	return asked
}

// checkLeaving refuses what may not leave in the agenda of a body's own meeting,
// which that body reads. What the secretariat writes in its own comes from
// outside already. Place, presenter and minutes are for members only.
func (c *Calendar) checkLeaving(ctx context.Context, v people.Viewer, k Kind, form *fault.Form, texts map[string]string) error {
	if !k.OfBody() || v.ActiveRole() != people.Chair {
		return nil
	}
	return c.leaving(ctx, form, texts)
}

// reasonLabels are the reasons why a text may stay, as on the screen.
var reasonLabels = map[string]string{
	"organisatie": "Het is een organisatie, wet of plaats", "openbaar": "Het is al openbaar",
	"geen-persoon": "Het gaat niet over bepaalde personen", "collega": "Het is een collega of spreker",
}

func knownReason(reason string) bool { _, ok := reasonLabels[reason]; return ok }

// ReasonLabel is the reason in words.
func ReasonLabel(reason string) string { return reasonLabels[reason] }
