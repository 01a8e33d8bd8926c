package meetings

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"time"

	"ruggespraak/internal/fault"
	"ruggespraak/people"
)

// Details is what the form of a meeting holds.
type Details struct {
	Kind    Kind
	Title   string
	Date    string // 2006-01-02
	Start   string // 15:04
	End     string // 15:04
	Place   string
	Room    string
	Picked  []string
	Reasons Reasons // answers to the guard's questions
}

// zone is where all meetings are held.
const zone = "Europe/Amsterdam"

// Limits of what a meeting holds.
const (
	maxTitle  = 200  // bytes of the title of a meeting, item or section
	maxPlace  = 500  // bytes
	maxRoom   = 2000 // bytes of a link
	maxPicked = 200  // accounts
	maxID     = 64   // bytes of an account's id
)

// Create makes a meeting in draft. The chair makes any; the secretariat of the
// Task Force its own, which is open at once.
func (c *Calendar) Create(ctx context.Context, v people.Viewer, d Details) (*Meeting, error) {
	relation := relDraft
	if d.Kind.OfBody() {
		relation = relBody
	}
	if err := people.Allow(v, relation, people.Create); err != nil {
		return nil, err
	}
	if v.ActiveRole() == people.TaskForce && d.Kind != TaskForce {
		return nil, fault.ForbiddenError()
	}
	m := &Meeting{State: Draft, Zone: zone, By: v.Account}
	if d.Kind.OfBody() {
		m.State = Open // its date is known to the network; there is nothing to convene
	}
	if err := c.fill(ctx, v, m, d); err != nil {
		return nil, err
	}
	if err := c.meetings.Insert(ctx, m); err != nil {
		return nil, err
	}
	return m, nil
}

// Change writes new details over a meeting that is not closed.
func (c *Calendar) Change(ctx context.Context, v people.Viewer, id string, d Details) (*Meeting, error) {
	return c.update(ctx, v, id, people.Update, func(m *Meeting) error {
		if m.State == Closed {
			return errClosed
		}
		if m.Kind.OfBody() != d.Kind.OfBody() {
			return &fault.Error{Kind: fault.Invalid, Sentence: "Het overleg is nog niet bewaard",
				Fields: []fault.Field{{Name: "soort", Sentence: "Dit soort kunt u hier niet kiezen. Maak een nieuw overleg."}}}
		}
		if err := c.fill(ctx, v, m, d); err != nil {
			return err
		}
		m.Events.Add(EventChanged, c.now(), nil)
		return nil
	})
}

var errClosed = fault.New(fault.Conflict, "Dit overleg is gesloten. U kunt het niet meer veranderen.")

func (c *Calendar) fill(ctx context.Context, v people.Viewer, m *Meeting, d Details) error {
	var form fault.Form
	form.Require(slices.Contains(Kinds, d.Kind), "soort", "Kies wat voor overleg het is.")
	form.Require(d.Title != "", "titel", "Geef het overleg een titel.")
	form.Require(len(d.Title) <= maxTitle, "titel", "Maak de titel korter.")
	begins, ends := slot(&form, d)
	form.Require(d.Room == "" || webLink(d.Room) && len(d.Room) <= maxRoom, "link", "Vul een link in die begint met https://.")
	form.Require(len(d.Place) <= maxPlace, "plaats", "Maak de plaats korter.")
	form.Require(pickable(d.Picked), "mensen", "Kies mensen uit de lijst.")
	asked, err := c.ask(ctx, &form, d.Reasons, text{"titel", d.Title}, text{"plaats", d.Place})
	if err != nil {
		return err
	}
	if err := c.checkLeaving(ctx, v, d.Kind, &form, map[string]string{"titel": d.Title}); err != nil {
		return err
	}
	if err := form.Err("Het overleg is nog niet bewaard"); err != nil {
		return err
	}
	m.Kind, m.Title, m.Date, m.Start, m.End = d.Kind, d.Title, d.Date, d.Start, d.End
	m.Place, m.Room, m.Picked, m.Asked = d.Place, d.Room, d.Picked, asked
	m.Begins, m.Ends = begins, ends
	return nil
}

func slot(form *fault.Form, d Details) (begins, ends time.Time) {
	where := location()
	_, err := time.Parse(time.DateOnly, d.Date)
	form.Require(err == nil, "datum", "Vul een datum in, bijvoorbeeld 25-11-2019.")
	begins, errBegin := time.ParseInLocation("2006-01-02 15:04", d.Date+" "+d.Start, where)
	ends, errEnd := time.ParseInLocation("2006-01-02 15:04", d.Date+" "+d.End, where)
	if err != nil {
		return
	}
	form.Require(errBegin == nil, "begin", "Vul een tijd in, bijvoorbeeld 10.00.")
	form.Require(errEnd == nil, "eind", "Vul een tijd in, bijvoorbeeld 15.00.")
	form.Require(errBegin != nil || errEnd != nil || ends.After(begins), "eind", "Het overleg kan niet eindigen voor het begint.")
	return begins.UTC(), ends.UTC()
}

func location() *time.Location {
	where, err := time.LoadLocation(zone)
	if err != nil {
		panic("meetings: time zone data is missing: " + err.Error())
	}
	return where
}

// inZone is the instant on the clock where meetings are held.
func inZone(t time.Time) time.Time { return t.In(location()) }

// pickable tells whether these can be ids of accounts. One that is nobody's
// lets nobody in; it is not left out, because without any all take part.
func pickable(ids []string) bool {
	strange := func(id string) bool { return id == "" || len(id) > maxID }
	return len(ids) <= maxPicked && !slices.ContainsFunc(ids, strange)
}

func webLink(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Scheme == "https" && u.Host != "" && !strings.ContainsAny(s, " \n\"<>")
}
