// Package app puts the program together: which store, which clocks, which
// services, who hears of which event. It is a type of its own so that tests
// run the very same program that cmd/ruggespraak starts.
//
// It stores nothing itself but where the demo's clock stands. It may import
// every package but cmd/ruggespraak.
package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"sync"

	"ruggespraak/frontend/assets"
	"ruggespraak/internal/clock"
	"ruggespraak/internal/fault"
	"ruggespraak/internal/guard"
	"ruggespraak/internal/outbox"
	"ruggespraak/knowledge"
	"ruggespraak/knowledge/routes"
	"ruggespraak/knowledge/search"
	"ruggespraak/meetings"
	"ruggespraak/meetings/bundles"
	"ruggespraak/meetings/discussion"
	"ruggespraak/meetings/incidents"
	"ruggespraak/meetings/signals"
	"ruggespraak/people"
	"ruggespraak/server"
	"ruggespraak/server/jobs"
	"ruggespraak/server/mail"
	"ruggespraak/store"
)

// Config is what an operator decides, and what tests set in their own way.
type Config struct {
	DB   store.DB
	Data string // folder for derived files, such as the text index; empty: in memory

	BaseURL        string
	SMTP           string // address of the mail server; empty: no mail leaves the house
	MailFrom       string // address that mails come from
	Contact        string
	HelpHours      string // when CoMensha answers the phone; empty: as its pages say
	Journal        string // what the database's own journal keeps of a removed text, and until when; may be empty
	TrustedProxies []string
	Development    bool
	Demo           server.Demo // nil outside the demo
	Assets         assets.Assets
	Shipped        fs.FS // articles that the product comes with; nil: its own

	Real         clock.Now           // nil: the machine's clock
	Consultation *clock.Consultation // nil: runs along with the real clock
	HashCost     people.HashCost     // zero: the real cost
	Log          *slog.Logger        // nil: slog.Default()
}

// App is the whole program without a network. Make it with New, end it with
// Close. Its fields are for the command line, the demo and tests.
type App struct {
	House     *people.House
	Incidents *incidents.Register
	Book      *signals.Book
	Calendar  *meetings.Calendar
	Floor     *meetings.Floor
	Desk      *bundles.Desk
	Search    *search.Finder
	Library   *knowledge.Library
	Hall      *discussion.Hall
	Routes    *routes.Counter
	Mail      *outbox.Queue
	Sender    *mail.Sender
	Jobs      *jobs.Runner
	Projector *outbox.Projector
	Server    *server.Server
	Clock     *clock.Consultation

	cfg     Config
	guard   *guard.Guard
	running sync.WaitGroup
	closers []func() error
}

// New opens everything. When it fails nothing is left open but the store, which
// stays the caller's.
func New(ctx context.Context, cfg Config) (*App, error) {
	a := &App{cfg: withDefaults(cfg)}
	a.guard = NewGuard(a.cfg.Real)
	for _, open := range []func(context.Context) error{
		a.openPeople, a.openSignals, a.openMeetings, a.openBundles, a.openHall, a.openLibrary, a.openRoutes, a.openSearch, a.connect, a.openSender, a.openJobs, a.openServer,
	} {
		if err := open(ctx); err != nil {
			return nil, errors.Join(err, a.Close())
		}
	}
	return a, nil
}

func withDefaults(cfg Config) Config {
	if cfg.Real == nil {
		cfg.Real = clock.Real
	}
	if cfg.Consultation == nil {
		cfg.Consultation = clock.NewConsultation(cfg.Real)
	}
	if cfg.Log == nil {
		cfg.Log = slog.Default()
	}
	return cfg
}

// mailHost is the right half of Message-IDs: the host people know, so that it
// stays the same wherever the program runs.
const mailHost = "ruggespraak.local"

func (a *App) openPeople(ctx context.Context) (err error) {
	a.Clock = a.cfg.Consultation
	if a.Mail, err = outbox.OpenQueue(ctx, outbox.QueueOptions{DB: a.cfg.DB, Real: a.cfg.Real, Now: a.Clock.Now, Host: mailHost}); err != nil {
		return fmt.Errorf("open mail queue: %w", err)
	}
	a.Projector, err = outbox.NewProjector(ctx, outbox.ProjectorOptions{DB: a.cfg.DB, Real: a.cfg.Real, Log: a.cfg.Log})
	if err != nil {
		return fmt.Errorf("open projector: %w", err)
	}
	o := people.Options{DB: a.cfg.DB, Now: a.cfg.Real, Cost: a.cfg.HashCost}
	if a.cfg.SMTP != "" {
		o.Mail = a.Mail
	}
	a.House, err = people.New(ctx, o)
	return err
}

// NewGuard makes the guard as the product uses it, with what the directory of
// the country allows.
func NewGuard(real clock.Now) *guard.Guard { return guard.New(guard.Allow{}, real) }

func (a *App) openSignals(ctx context.Context) (err error) {
	if a.Incidents, err = incidents.Open(ctx, a.cfg.DB, a.House.Directory); err != nil {
		return err
	}
	a.Book, err = signals.New(ctx, signals.Options{DB: a.cfg.DB, Guard: a.guard, Likeness: a.likeness(), Now: a.Clock.Now, Real: a.cfg.Real,
		Accounts: a.House.Directory, Inbox: a.House.Inbox, Mail: a.Mail, Wake: a.Projector.Wake, Incidents: a.Incidents})
	return err
}

func (a *App) openMeetings(ctx context.Context) (err error) {
	a.Calendar, err = meetings.NewCalendar(ctx, meetings.Options{DB: a.cfg.DB, Guard: a.guard, Now: a.Clock.Now, Real: a.cfg.Real,
		Names: a.House.Directory.AllNames, MayPlace: a.mayPlace, MayInvite: a.mayInvite, MayRemove: a.mayRemove, Wake: a.Projector.Wake,
		Leaving: func(ctx context.Context, form *fault.Form, texts map[string]string) error {
			return a.Desk.CheckLeaving(ctx, form, texts) // the desk is opened after the calendar
		}})
	if err != nil {
		return err
	}
	a.Floor, err = meetings.NewFloor(ctx, meetings.FloorOptions{DB: a.cfg.DB, Calendar: a.Calendar, Names: a.House.Directory.Names,
		Announce: func(meeting string, _ int) { a.Server.Changed(discussion.TopicOf(discussion.Meeting, meeting)) }})
	return err
}

func (a *App) openBundles(ctx context.Context) (err error) {
	a.Desk, err = bundles.New(ctx, bundles.Options{DB: a.cfg.DB, Book: a.Book, Guard: a.guard, Accounts: a.House.Directory,
		Inbox: a.House.Inbox, Mail: a.Mail, Now: a.Clock.Now, Real: a.cfg.Real, Wake: a.Projector.Wake, Propose: a.Calendar.Propose})
	return err
}

func (a *App) openRoutes(ctx context.Context) (err error) {
	a.Routes, err = routes.New(ctx, routes.Options{DB: a.cfg.DB, Now: a.cfg.Real})
	return err
}

// connect tells the projector who hears of what.
func (a *App) connect(context.Context) error {
	for _, part := range []struct {
		sources  []outbox.Source
		handlers map[string]outbox.Handler
	}{
		{a.House.Sources(), a.House.Handlers()},
		{a.Book.Sources(), a.Book.Handlers()},
		{a.Desk.Sources(), a.Desk.Handlers()},
		{a.Library.Sources(), a.Library.Handlers()},
		{a.Calendar.Sources(), a.agendaHandlers()},
		{a.Hall.Sources(), a.Hall.Handlers()},
	} {
		for _, s := range part.sources {
			a.Projector.Add(s, part.handlers)
		}
	}
	return nil
}

func (a *App) openServer(context.Context) (err error) {
	a.Server, err = server.New(server.Config{
		BaseURL: a.cfg.BaseURL, Development: a.cfg.Development, TrustedProxies: a.cfg.TrustedProxies, Contact: a.cfg.Contact, HelpHours: a.cfg.HelpHours, Journal: a.cfg.Journal,
		Assets: a.cfg.Assets, Demo: a.cfg.Demo, Log: a.cfg.Log,
	}, server.Services{
		House: a.House, Incidents: a.Incidents, Book: a.Book, Calendar: a.Calendar, Floor: a.Floor, Desk: a.Desk, Hall: a.Hall, Routes: a.Routes, Library: a.Library, Search: a.Search,
		Jobs: a.Jobs, Sender: a.Sender, Effects: server.Effects{Stuck: a.stuck, Again: a.Projector.Again},
		Now: a.Clock.Now, Real: a.cfg.Real, Ready: a.cfg.DB.Ping,
	})
	return err
}

// Close ends what New opened, the store excepted.
func (a *App) Close() error {
	var all []error
	for i := len(a.closers) - 1; i >= 0; i-- {
		all = append(all, a.closers[i]())
	}
	a.closers = nil
	return errors.Join(all...)
}
