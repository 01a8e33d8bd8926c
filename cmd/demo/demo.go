// Package demo loads the season of 2019 and lets it be lived through: accounts
// one enters by a button, a clock that moves, mail that goes nowhere.
//
// The people, organisations and contributions are invented; the areas and the
// subjects of the meetings come from the source documents. Everything is made
// by the same calls that a person's clicks make, each on its own day of the
// consultation's clock. Kind of document: "demo" (one, where the clock stands).
// It may import cmd/app and everything below.
package demo

import (
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"ruggespraak/cmd/app"
	"ruggespraak/internal/clock"
	"ruggespraak/meetings"
	"ruggespraak/people"
	"ruggespraak/server"
	"ruggespraak/store"
)

//go:embed season
var season embed.FS

// opens is the day on which the demo stands when it begins: the day after the
// meeting of 16 September.
var opens = time.Date(2019, 9, 17, 7, 0, 0, 0, time.UTC)

// Demo is what the demo's own pages do. Make it with New, then give it to the
// program that it is the demo of, and call Open.
type Demo struct {
	app     *app.App
	kept    *store.Collection[state]
	data    content
	restart func()
}

// state is where the demo stands.
type state struct {
	store.Meta
	Offset time.Duration `json:"offset"` // of the consultation's clock, ns
}

const stateID = "demo"

// New reads the season. restart is called when somebody begins again; it must
// not wait for the request that asks it.
func New(restart func()) (*Demo, error) {
	d := &Demo{restart: restart}
	if err := d.data.read(); err != nil {
		return nil, fmt.Errorf("read the season: %w", err)
	}
	return d, nil
}

// Open puts the clock where it was, and loads the season into an empty store.
func (d *Demo) Open(ctx context.Context, a *app.App, db store.DB) error {
	d.app = a
	var err error
	if d.kept, err = openState(ctx, db); err != nil {
		return err
	}
	found, err := d.kept.Get(ctx, stateID)
	if err == nil {
		a.Clock.SetOffset(found.Offset)
		return nil
	}
	if !errors.Is(err, store.ErrNotFound) {
		return err
	}
	if err := isEmpty(ctx, a); err != nil {
		return err
	}
	if err := d.load(ctx); err != nil {
		return fmt.Errorf("load the season: %w", err)
	}
	return nil
}

func openState(ctx context.Context, db store.DB) (*store.Collection[state], error) {
	return store.Open(ctx, db, store.Spec[state]{Name: "demo", Meta: func(s *state) *store.Meta { return &s.Meta }})
}

// ErrNotEmpty is a store that is not the demo's: a real one, or one in which
// loading the season was cut off.
var ErrNotEmpty = errors.New("the store holds something else than a loaded demo")

// isEmpty keeps invented contributions out of a real store.
func isEmpty(ctx context.Context, a *app.App) error {
	for _, r := range people.BuiltRoles {
		some, err := a.House.Directory.WithRole(ctx, r)
		if err != nil {
			return err
		}
		if len(some) > 0 {
			return ErrNotEmpty
		}
	}
	return nil
}

// Later ends the meeting that goes on, moves the clock three months on and does
// what became due.
func (d *Demo) Later(ctx context.Context) error {
	if err := d.endMeeting(ctx); err != nil {
		return err
	}
	now := d.app.Clock.Now()
	offset := d.app.Clock.Offset() + now.AddDate(0, 3, 0).Sub(now)
	d.app.Clock.SetOffset(offset)
	if err := d.due(ctx); err != nil {
		return err
	}
	_, err := d.kept.Update(ctx, stateID, func(s *state) error { s.Offset = offset; return nil })
	return err
}

func (d *Demo) endMeeting(ctx context.Context) error {
	p := d.data.People.Others[theChair]
	chair := people.Viewer{Account: p.id(), Name: p.Name, Role: p.Role}
	m, err := d.app.Calendar.Next(ctx, chair)
	if err != nil || m == nil || m.State != meetings.Live {
		return err
	}
	return d.app.Calendar.Close(ctx, chair, m.ID)
}

// due runs the jobs that became due, and does what follows from it.
func (d *Demo) due(ctx context.Context) error {
	if err := d.app.Jobs.CatchUp(ctx); err != nil {
		return err
	}
	return d.app.Projector.Drain(ctx)
}

// Restart throws everything away and begins again.
func (d *Demo) Restart(context.Context) error {
	d.restart()
	return nil
}

// Doors are the accounts with a button, and everybody else.
func (d *Demo) Doors(ctx context.Context) (buttons, everyone []server.DemoDoor, err error) {
	buttons = append(buttons, server.DemoDoor{Account: d.data.People.Coordinators[0].id(), Role: people.Coordinator, Label: people.Coordinator.Label()})
	for _, p := range d.data.People.Others {
		door := server.DemoDoor{Account: p.id(), Role: p.Role, Label: p.Name + ", " + p.Role.Label()}
		if p.Button != "" {
			buttons = append(buttons, server.DemoDoor{Account: p.id(), Role: p.Role, Label: p.Button})
			continue
		}
		everyone = append(everyone, door)
	}
	for _, p := range d.data.People.Coordinators[1:] {
		everyone = append(everyone, server.DemoDoor{Account: p.id(), Role: people.Coordinator, Label: p.Name + ", " + people.Coordinator.Label()})
	}
	return buttons, everyone, nil
}

// content is the season as it stands in its files.
type content struct {
	People struct {
		Organisations []string `json:"organisaties"`
		Coordinators  []person `json:"zorgcoordinatoren"`
		Others        []person `json:"anderen"`
	}
	Areas struct {
		Entries []struct {
			Region string `json:"regio"`
		} `json:"ingangen"`
	}
	Contributions []contribution
}

type person struct {
	Name         string      `json:"naam"`
	Organisation int         `json:"organisatie"`
	Region       int         `json:"regio"`
	Role         people.Role `json:"rol"`
	Button       string      `json:"knop"`
}

type contribution struct {
	Key      string `json:"sleutel"`
	Who      int    `json:"wie"`
	Day      string `json:"dag"`
	Kind     string `json:"soort"`
	Theme    string `json:"thema"`
	Readers  string `json:"lezen"`
	Hide     bool   `json:"verberg"`
	Quote    bool   `json:"citaat"`
	Wait     *bool  `json:"wachten"`
	Title    string `json:"titel"`
	Text     string `json:"tekst"`
	Reason   string `json:"reden"` // answer to the guard's question, where it asks
	Supports []int  `json:"herkent"`
}

func (c *content) read() error {
	for name, to := range map[string]any{"people": &c.People, "directory": &c.Areas, "contributions": &c.Contributions} {
		body, err := season.ReadFile("season/" + name + ".json")
		if err != nil {
			return err
		}
		if err := json.Unmarshal(body, to); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// at puts the consultation's clock at ten in the morning of a day.
func at(c *clock.Consultation, real clock.Now, day string) error {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return err
	}
	c.SetOffset(t.Add(9 * time.Hour).Sub(real()))
	return nil
}
