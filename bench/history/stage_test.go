package history

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"strings"

	"ruggespraak/cmd/app"
	"ruggespraak/meetings"
	"ruggespraak/meetings/discussion"
	"ruggespraak/people"
	"ruggespraak/store"
)

// Who is there.
const (
	coordinators = 54
	chairs       = 2
	guests       = 4 // SOM members, invited to the item
)

// person is an account with a session.
type person struct {
	account, name string
	role          people.Role
	cookie, csrf  string
}

// stage is what a history plays on: an item of a meeting, and who is there.
type stage struct {
	topic  discussion.Topic
	people []person
	admin  person
}

// program gives the program on the store, to read and to prepare with.
func program(ctx context.Context, db store.DB) (*app.App, error) {
	return app.New(ctx, app.Config{DB: db, HashCost: people.HashCost{Memory: 8, Time: 1, Threads: 1}, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
}

// prepare fills an empty store.
func prepare(ctx context.Context, db store.DB) (*stage, error) {
	a, err := program(ctx, db)
	if err != nil {
		return nil, err
	}
	defer a.Close()
	s := &stage{}
	names := &nameMaker{rand.New(rand.NewPCG(1, 1)), map[string]bool{}}
	for i := range coordinators + chairs + guests + 1 {
		role := people.Coordinator
		switch {
		case i >= coordinators+chairs+guests:
			role = people.Administrator
		case i >= coordinators+chairs:
			role = people.SOMMember
		case i >= coordinators:
			role = people.Chair
		}
		p, err := enroll(ctx, a, fmt.Sprintf("d%02d", i), names.next(), role)
		if err != nil {
			return nil, err
		}
		s.people = append(s.people, p)
	}
	s.admin = s.people[len(s.people)-1]
	s.people = s.people[:len(s.people)-1]
	return s, s.convene(ctx, a)
}

func enroll(ctx context.Context, a *app.App, id, name string, role people.Role) (person, error) {
	e := people.Enrolment{ID: id, Name: name, Mail: id + "@ruggespraak.example", Roles: []people.Role{role},
		Password: "fiets regen tafel wolk", Secret: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"}
	if role == people.Coordinator {
		o, err := a.House.Directory.AddOrganisation(ctx, people.System(), "Stichting "+name)
		if err != nil {
			return person{}, err
		}
		r, err := a.House.Directory.AddRegion(ctx, people.System(), "Regio "+name)
		if err != nil {
			return person{}, err
		}
		e.Organisation, e.Region = o.ID, r.ID
	}
	if _, err := a.House.Enroll(ctx, people.System(), e); err != nil {
		return person{}, err
	}
	token, session, err := a.House.Sessions.Start(ctx, id, role, "history")
	if err != nil {
		return person{}, err
	}
	return person{account: id, name: name, role: role, cookie: token, csrf: session.CSRF()}, nil
}

// convene makes a meeting with an item to which the guests are invited.
func (s *stage) convene(ctx context.Context, a *app.App) error {
	chair, err := a.House.Directory.Account(ctx, s.people[coordinators].account)
	if err != nil {
		return err
	}
	v := chair.Viewer(people.Chair)
	m, err := a.Calendar.Create(ctx, v, meetings.Details{Kind: meetings.National, Title: "Overleg", Date: a.Clock.Now().AddDate(0, 1, 0).Format("2006-01-02"),
		Start: "10:00", End: "15:00", Place: "Zaal"})
	if err != nil {
		return err
	}
	item, err := a.Calendar.AddItem(ctx, v, m.ID, meetings.Point{Title: "Opvang", Minutes: 20})
	if err != nil {
		return err
	}
	if err := a.Calendar.Convene(ctx, v, m.ID); err != nil {
		return err
	}
	s.topic = discussion.ItemTopic(m.ID, item)
	return a.Calendar.Invite(ctx, v, m.ID, item, s.guestAccounts())
}

// guestAccounts are the accounts of the guests.
func (s *stage) guestAccounts() []string {
	var all []string
	for _, p := range s.people {
		if p.role == people.SOMMember {
			all = append(all, p.account)
		}
	}
	return all
}

// nameMaker makes names of people that are in no text.
type nameMaker struct {
	random *rand.Rand
	made   map[string]bool
}

func (n *nameMaker) next() string {
	word := func() string {
		var b strings.Builder
		for range 3 {
			b.WriteByte("bdfgklmnprstvz"[n.random.IntN(14)])
			b.WriteByte("aeiou"[n.random.IntN(5)])
		}
		return strings.ToUpper(b.String()[:1]) + b.String()[1:]
	}
	for {
		if name := word() + " " + word() + "ma"; !n.made[name] {
			n.made[name] = true
			return name
		}
	}
}
