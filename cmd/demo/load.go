package demo

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"ruggespraak/internal/clock"
	"ruggespraak/meetings/signals"
	"ruggespraak/people"
	"ruggespraak/store"
)

// loader makes the season, day by day.
type loader struct {
	*Demo
	orgs, regions []string
	ids           map[string]string // of contributions and other things, by their key
	steps         []step
}

// step is something that happens on a day.
type step struct {
	day  string // 2006-01-02
	what string
	do   func(context.Context) error
}

func (d *Demo) load(ctx context.Context) error {
	l := &loader{Demo: d, ids: map[string]string{}}
	if err := l.enroll(ctx); err != nil {
		return err
	}
	l.addContributions()
	l.addMeetings()
	l.addBundles()
	l.addTalk()
	l.addRunning()
	slices.SortStableFunc(l.steps, func(a, b step) int { return cmp.Compare(a.day, b.day) })
	for _, s := range l.steps {
		if err := l.take(ctx, s); err != nil {
			return fmt.Errorf("%s, %s: %w", s.day, s.what, err)
		}
	}
	d.app.Clock.SetOffset(opens.Sub(clock.Real()))
	return d.kept.Insert(ctx, &state{Meta: store.Meta{ID: stateID}, Offset: d.app.Clock.Offset()})
}

func (l *loader) on(day, what string, do func(context.Context) error) {
	l.steps = append(l.steps, step{day, what, do})
}

func (l *loader) take(ctx context.Context, s step) error {
	if err := at(l.app.Clock, clock.Real, s.day); err != nil {
		return err
	}
	if err := s.do(ctx); err != nil {
		return err
	}
	return l.app.Projector.Drain(ctx)
}

// id of an account: its name, so that it is the same each time the demo begins.
func (p person) id() string {
	return "demo-" + strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r == '-' {
			return r
		}
		return -1
	}, strings.ReplaceAll(strings.ToLower(p.Name), " ", "-"))
}

func (l *loader) enroll(ctx context.Context) error {
	directory := l.app.House.Directory
	for _, name := range l.data.People.Organisations {
		o, err := directory.AddOrganisation(ctx, people.System(), name)
		if err != nil {
			return err
		}
		l.orgs = append(l.orgs, o.ID)
	}
	for _, area := range l.data.Areas.Entries {
		r, err := directory.AddRegion(ctx, people.System(), area.Region)
		if err != nil {
			return err
		}
		l.regions = append(l.regions, r.ID)
	}
	for _, p := range l.data.People.Coordinators {
		p.Role = people.Coordinator
		if err := l.enrollOne(ctx, p, l.orgs[p.Organisation], l.regions[p.Region]); err != nil {
			return err
		}
	}
	for _, p := range l.data.People.Others {
		if err := l.enrollOne(ctx, p, "", ""); err != nil {
			return err
		}
	}
	return nil
}

// enrollOne makes an account that is entered by a button only: it has no
// password and no second factor.
func (l *loader) enrollOne(ctx context.Context, p person, organisation, region string) error {
	_, err := l.app.House.Enroll(ctx, people.System(), people.Enrolment{ID: p.id(), Name: p.Name, Mail: p.id() + "@ruggespraak.example",
		Roles: []people.Role{p.Role}, Organisation: organisation, Region: region})
	return err
}

// coordinator is the viewer of a coordinator of the season.
func (l *loader) coordinator(i int) people.Viewer {
	p := l.data.People.Coordinators[i]
	return people.Viewer{Account: p.id(), Name: p.Name, Role: people.Coordinator, Organisation: l.orgs[p.Organisation], Region: l.regions[p.Region]}
}

// other is the viewer of one of the others: 0 the chair, 1 the second reader,
// 2 to 4 members of the SOM, 5 the secretariat.
func (l *loader) other(i int) people.Viewer {
	p := l.data.People.Others[i]
	return people.Viewer{Account: p.id(), Name: p.Name, Role: p.Role}
}

const (
	theChair   = 0
	theReader  = 1
	firstSOM   = 2
	secretary  = 5
	lastDay    = "2019-09-16" // the season is loaded up to here
	supportGap = 4            // days between one recognition and the next
)

func (l *loader) addContributions() {
	for _, c := range l.data.Contributions {
		l.on(c.Day, "hand in "+c.Key, func(ctx context.Context) error { return l.submit(ctx, c) })
		for i, supporter := range c.Supports {
			l.on(later(c.Day, (i+1)*supportGap), "recognise "+c.Key, func(ctx context.Context) error {
				return l.app.Book.Recognise(ctx, l.coordinator(supporter), l.ids[c.Key], signals.Approach(i%2 == 0))
			})
		}
	}
}

func (l *loader) submit(ctx context.Context, c contribution) error {
	f := signals.Form{Kind: signals.Kind(c.Kind), Title: c.Title, Text: c.Text, Theme: c.Theme, Readers: signals.Members,
		Hide: c.Hide, Quote: c.Quote, Wait: signals.CanWait}
	if c.Readers != "" {
		f.Readers = signals.Audience(c.Readers)
	}
	if c.Wait != nil && !*c.Wait {
		f.Wait = signals.CannotWait
	}
	if c.Reason != "" {
		f.Reasons = map[string]string{}
		for _, find := range l.app.Book.ScreenForm(f).Asked {
			f.Reasons[find.Key] = c.Reason
		}
	}
	id, err := l.app.Book.Submit(ctx, l.coordinator(c.Who), store.NewID(), f)
	if err != nil {
		return err
	}
	l.ids[c.Key] = id
	if f.Wait == signals.CannotWait {
		return l.app.Book.Contacted(ctx, l.other(theChair), id)
	}
	return nil
}

// later is the day so many days on, not after the season.
func later(day string, days int) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return lastDay
	}
	return min(t.AddDate(0, 0, days).Format(time.DateOnly), lastDay)
}
