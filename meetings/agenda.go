package meetings

import (
	"context"
	"slices"

	"ruggespraak/internal/fault"
	"ruggespraak/people"
	"ruggespraak/store"
)

// Point is what the form of an agenda item holds.
type Point struct {
	Section   string
	Title     string
	Presenter string
	Minutes   int
	Internal  bool
	Links     []Link
	Reasons   Reasons
}

// Limits of an agenda.
const (
	maxItems   = 60
	maxMinutes = 480
	maxLinks   = 20
)

// AddItem puts an item at the end of its section, or of the agenda.
func (c *Calendar) AddItem(ctx context.Context, v people.Viewer, id string, p Point) (item string, err error) {
	item = store.NewID()
	_, err = c.agenda(ctx, v, id, func(m *Meeting) error {
		if len(m.Items) >= maxItems {
			return fault.New(fault.Conflict, "Er staan al 60 punten op deze agenda. Haal eerst een punt weg.")
		}
		added := Item{ID: item}
		if err := c.fillItem(ctx, v, m, &added, p); err != nil {
			return err
		}
		m.place(added)
		return nil
	})
	return item, err
}

// ChangeItem writes over an item; its minutes and outcomes stay.
func (c *Calendar) ChangeItem(ctx context.Context, v people.Viewer, id, item string, p Point) error {
	_, err := c.agenda(ctx, v, id, func(m *Meeting) error {
		old := m.item(item)
		if old == nil {
			return fault.NotFoundError()
		}
		moved := old.Section != p.Section
		p.Links = old.Links
		if err := c.fillItem(ctx, v, m, old, p); err != nil || !moved {
			return err
		}
		changed := *old
		m.remove(item)
		m.place(changed)
		return nil
	})
	return err
}

func (c *Calendar) fillItem(ctx context.Context, v people.Viewer, m *Meeting, item *Item, p Point) error {
	var form fault.Form
	form.Require(p.Title != "", "titel", "Geef het punt een titel.")
	form.Require(len(p.Title) <= maxTitle, "titel", "Maak de titel korter.")
	form.Require(len(p.Section) <= maxTitle, "onderdeel", "Maak het onderdeel korter.")
	form.Require(len(p.Presenter) <= maxTitle, "trekker", "Maak dit korter.")
	form.Require(p.Minutes >= 0 && p.Minutes <= maxMinutes, "minuten", "Vul een aantal minuten in, van 0 tot en met 480.")
	asked, err := c.ask(ctx, &form, p.Reasons, text{"titel", p.Title}, text{"onderdeel", p.Section}, text{"trekker", p.Presenter})
	if err != nil {
		return err
	}
	if err := c.checkLeaving(ctx, v, m.Kind, &form, map[string]string{"titel": p.Title, "onderdeel": p.Section}); err != nil {
		return err
	}
	if err := form.Err("Het punt is nog niet bewaard"); err != nil {
		return err
	}
	if err := c.checkLinks(ctx, m, p.Links); err != nil {
		return err
	}
	item.Section, item.Title, item.Presenter, item.Minutes = p.Section, p.Title, p.Presenter, p.Minutes
	item.Internal, item.Links, item.Asked = p.Internal, p.Links, asked
	return nil
}

// checkLinks refuses what may not stand on an agenda of the network, and any
// link in a meeting of a body: its readers see no contributions.
func (c *Calendar) checkLinks(ctx context.Context, m *Meeting, links []Link) error {
	if len(links) > 0 && m.Kind.OfBody() {
		return fault.New(fault.Invalid, "Inbreng staat niet op de agenda van het SOM of de Task Force. Gebruik een bundel.")
	}
	if len(links) > maxLinks {
		return fault.New(fault.Invalid, "Er horen al 20 dingen bij dit punt.")
	}
	for _, l := range links {
		if err := c.mayPlace(ctx, l); err != nil {
			return err
		}
	}
	return nil
}

// RemoveItem takes an item off the agenda. One with minutes or outcomes stays:
// what was said is not thrown away.
func (c *Calendar) RemoveItem(ctx context.Context, v people.Viewer, id, item string) error {
	_, err := c.agenda(ctx, v, id, func(m *Meeting) error {
		old := m.item(item)
		if old == nil {
			return fault.NotFoundError()
		}
		if old.Notes != "" || len(old.Outcomes) > 0 {
			return fault.New(fault.Conflict, "Bij dit punt staat al een verslag. Haal eerst het verslag weg.")
		}
		if err := c.mayRemove(ctx, id, item); err != nil {
			return err
		}
		for _, l := range old.Links {
			m.Events.Add(EventTaken, c.now(), l)
		}
		m.remove(item)
		return nil
	})
	return err
}

// Place puts a contribution or cluster with an item; twice is harmless.
func (c *Calendar) Place(ctx context.Context, v people.Viewer, id, item string, l Link) error {
	_, err := c.agenda(ctx, v, id, func(m *Meeting) error {
		to := m.item(item)
		if to == nil {
			return fault.NotFoundError()
		}
		if slices.Contains(to.Links, l) {
			return store.Unchanged
		}
		if err := c.checkLinks(ctx, m, append(slices.Clone(to.Links), l)); err != nil {
			return err
		}
		to.Links = append(to.Links, l)
		return nil
	})
	return err
}

// Take takes a contribution or cluster away from an item.
func (c *Calendar) Take(ctx context.Context, v people.Viewer, id, item string, l Link) error {
	_, err := c.agenda(ctx, v, id, func(m *Meeting) error {
		from := m.item(item)
		if from == nil || !slices.Contains(from.Links, l) {
			return store.Unchanged
		}
		from.Links = slices.DeleteFunc(from.Links, func(x Link) bool { return x == l })
		m.Events.Add(EventTaken, c.now(), l)
		return nil
	})
	return err
}

// MoveItem moves an item one place up or down within the agenda; by is -1 or 1.
func (c *Calendar) MoveItem(ctx context.Context, v people.Viewer, id, item string, by int) error {
	_, err := c.agenda(ctx, v, id, func(m *Meeting) error {
		from := slices.IndexFunc(m.Items, func(i Item) bool { return i.ID == item })
		to := from + by
		if from < 0 {
			return fault.NotFoundError()
		}
		if to < 0 || to >= len(m.Items) {
			return store.Unchanged
		}
		m.Items[from].Section = m.Items[to].Section // crossing a heading is joining the section
		m.Items[from], m.Items[to] = m.Items[to], m.Items[from]
		return nil
	})
	return err
}

// agenda changes the agenda of a meeting that is not closed.
func (c *Calendar) agenda(ctx context.Context, v people.Viewer, id string, change func(*Meeting) error) (*Meeting, error) {
	return c.update(ctx, v, id, people.Update, func(m *Meeting) error {
		if m.State == Closed {
			return errClosed
		}
		if err := change(m); err != nil {
			return err
		}
		m.Events.Add(EventChanged, c.now(), nil)
		return nil
	})
}

// place puts an item behind the last one of its section.
func (m *Meeting) place(item Item) {
	at := len(m.Items)
	for i := range m.Items {
		if m.Items[i].Section == item.Section {
			at = i + 1
		}
	}
	m.Items = slices.Insert(m.Items, at, item)
}

func (m *Meeting) remove(item string) {
	m.Items = slices.DeleteFunc(m.Items, func(i Item) bool { return i.ID == item })
}
