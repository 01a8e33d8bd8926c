package meetings

import (
	"context"
	"slices"
	"time"

	"ruggespraak/internal/fault"
	"ruggespraak/internal/markdown"
	"ruggespraak/people"
	"ruggespraak/store"
)

// Notes is what the form of an item's minutes holds. Rev is the one it began
// from: when somebody else saved in between, nothing is overwritten.
type Notes struct {
	Text    string
	Rev     int
	Reasons Reasons
}

// Overtaken is the error of saving minutes that somebody else changed: it holds
// their text, so that the writer can put the two together.
type Overtaken struct {
	Text string
	Rev  int
}

// Error says what happened.
func (o *Overtaken) Error() string { return "meetings: minutes were changed by another" }

// WriteMinutes saves the minutes of an item of a meeting that has begun or is
// held. The error is an *Overtaken when another saved in between.
func (c *Calendar) WriteMinutes(ctx context.Context, v people.Viewer, id, item string, n Notes) error {
	html, err := markdown.Render(n.Text)
	if err != nil {
		return inField("verslag", err)
	}
	return c.writing(ctx, v, id, item, func(_ *Meeting, i *Item) error {
		if i.Rev != n.Rev {
			if i.Notes == n.Text {
				return store.Unchanged
			}
			return &Overtaken{Text: i.Notes, Rev: i.Rev}
		}
		var form fault.Form
		asked, err := c.ask(ctx, &form, n.Reasons, text{"verslag", n.Text})
		if err != nil {
			return err
		}
		if err := form.Err("Het verslag is nog niet bewaard"); err != nil {
			return err
		}
		i.Notes, i.HTML, i.Asked = n.Text, html, asked
		i.Rev++
		return nil
	})
}

// inField puts a fault that concerns one field at that field.
func inField(name string, err error) error {
	if !fault.Is(err, fault.Invalid) {
		return err
	}
	return &fault.Error{Kind: fault.Invalid, Sentence: "Het verslag is nog niet bewaard", Fields: []fault.Field{{Name: name, Sentence: err.Error()}}, Err: err}
}

// Result is what the form of an outcome holds.
type Result struct {
	Kind    OutcomeKind
	Text    string
	Owner   string
	Due     string
	Origin  string // the message it is made from; empty: none
	Reasons Reasons
}

// maxOutcome is the longest text of an outcome, in bytes.
const maxOutcome = 2000

// AddOutcome notes what came out of an item, during the meeting or afterwards.
func (c *Calendar) AddOutcome(ctx context.Context, v people.Viewer, id, item string, r Result) error {
	return c.writing(ctx, v, id, item, func(_ *Meeting, i *Item) error {
		var form fault.Form
		form.Require(slices.Contains(OutcomeKinds, r.Kind), "uitkomst", "Kies wat het is.")
		form.Require(r.Text != "", "tekst", "Schrijf wat de uitkomst is.")
		form.Require(len(r.Text) <= maxOutcome, "tekst", "Maak de tekst korter.")
		_, err := time.Parse(time.DateOnly, r.Due)
		form.Require(r.Due == "" || err == nil, "voor", "Vul een datum in, bijvoorbeeld 25-11-2019.")
		asked, err := c.ask(ctx, &form, r.Reasons, text{"tekst", r.Text}, text{"wie", r.Owner})
		if err != nil {
			return err
		}
		if err := form.Err("De uitkomst is nog niet bewaard"); err != nil {
			return err
		}
		if r.Origin != "" && slices.ContainsFunc(i.Outcomes, func(o Outcome) bool { return o.Origin == r.Origin && o.Kind == r.Kind }) {
			return store.Unchanged // made from it already
		}
		i.Outcomes = append(i.Outcomes, Outcome{ID: store.NewID(), Kind: r.Kind, Text: r.Text, Owner: r.Owner, Due: r.Due, Asked: asked, Origin: r.Origin})
		return nil
	})
}

// RemoveOutcome takes an outcome away again; one of another item is not found.
func (c *Calendar) RemoveOutcome(ctx context.Context, v people.Viewer, id, item, outcome string) error {
	return c.writing(ctx, v, id, item, func(_ *Meeting, i *Item) error {
		at := slices.IndexFunc(i.Outcomes, func(o Outcome) bool { return o.ID == outcome })
		if at < 0 {
			return fault.NotFoundError()
		}
		i.Outcomes = slices.Delete(i.Outcomes, at, at+1)
		return nil
	})
}

// RemoveMade takes away what was made from a message that is gone. It asks
// nobody who may: whoever removed the message was asked. Twice is harmless.
func (c *Calendar) RemoveMade(ctx context.Context, origin string) error {
	return c.made(ctx, origin, func(all []Outcome) ([]Outcome, bool) {
		return slices.DeleteFunc(all, func(o Outcome) bool { return o.Origin == origin }), true
	})
}

// HideMade hides what was made from a message from all but who writes the
// minutes, or shows it again. rev is that of the message's state: of two calls
// the higher is true, in whatever order they come. It asks nobody who may:
// whoever flagged the message, or decided on it, was asked.
func (c *Calendar) HideMade(ctx context.Context, origin string, rev int, hidden bool) error {
	return c.made(ctx, origin, func(all []Outcome) (_ []Outcome, changed bool) {
		for i, o := range all {
			if o.Origin == origin && o.HiddenRev < rev {
				all[i].Hidden, all[i].HiddenRev, changed = hidden, rev, true
			}
		}
		return all, changed
	})
}

// made changes the outcomes of the items at which something was made from a
// message.
func (c *Calendar) made(ctx context.Context, origin string, change func([]Outcome) (_ []Outcome, changed bool)) error {
	all, err := c.meetings.All(ctx, store.Query{Order: orderMade, Equal: []string{origin}})
	if err != nil {
		return err
	}
	for _, m := range all {
		_, err := c.meetings.Update(ctx, m.ID, func(m *Meeting) error {
			any := false
			for i := range m.Items {
				var changed bool
				m.Items[i].Outcomes, changed = change(m.Items[i].Outcomes)
				any = any || changed
			}
			if !any {
				return store.Unchanged
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// writing changes the minutes or outcomes of an item.
func (c *Calendar) writing(ctx context.Context, v people.Viewer, id, item string, change func(*Meeting, *Item) error) error {
	_, err := c.update(ctx, v, id, people.Read, func(m *Meeting) error {
		if err := people.Allow(v, relWriting, people.Update); err != nil {
			return err
		}
		if m.State == Draft {
			return fault.New(fault.Conflict, "Dit overleg is nog een concept. Een verslag kan zodra het gepland is.")
		}
		i := m.item(item)
		if i == nil {
			return fault.NotFoundError()
		}
		return change(m, i)
	})
	return err
}
