package server

import (
	"context"
	"slices"
	"time"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/nl"
	pages "ruggespraak/frontend/pages/demo"
	"ruggespraak/frontend/parts"
	"ruggespraak/internal/fault"
	"ruggespraak/people"
)

// Demo is what the demo adds: accounts one enters by a button, a clock that
// moves, and mail that goes nowhere. Nil outside the demo, and then none of its
// routes exist.
type Demo interface {
	// Doors are the accounts with a button of their own, in their order, and
	// all others.
	Doors(context.Context) (buttons, everyone []DemoDoor, err error)
	// Later moves the consultation's clock three months on and does what became due.
	Later(context.Context) error
	// Restart throws everything away and loads the season again.
	Restart(context.Context) error
	// Mail gives the mail that would leave the house, newest first.
	Mail(ctx context.Context, after string) (mails []DemoMail, next string, err error)
}

// DemoDoor is an account that one enters by a button.
type DemoDoor struct {
	Account string
	Role    people.Role
	Label   string
}

// DemoMail is a mail that would leave the house.
type DemoMail struct {
	To, Subject, Line, Link string
	At                      time.Time
}

func (s *Server) demoRoutes() []Route {
	if s.cfg.Demo == nil {
		return nil
	}
	demo := objects("demo")
	return []Route{
		{get, "/demo", demo, people.Read, "demoShow", s.demoShow},
		{post, "/demo/inloggen", demo, people.Create, "demoEnter", s.demoEnter},
		{post, "/demo/later", demo, people.Create, "demoLater", s.demoLater},
		{post, "/demo/opnieuw", demo, people.Create, "demoRestart", s.demoRestart},
		{get, "/demo/post", demo, people.Read, "demoMail", s.demoMail},
	}
}

// demoShow is the page of the demo's clock.
func (s *Server) demoShow(c *fiber.Ctx) error {
	return s.render(c, fiber.StatusOK, pages.Clock(pages.ClockPage{Page: s.narrow(c, "Demo"), Today: nl.DatumDag(s.svc.Now())}))
}

// demoDoors is the panel of the sign-in page, which hands on a form that is
// carried; nothing outside the demo.
func (s *Server) demoDoors(c *fiber.Ctx, carried []parts.HiddenField) (templ.Component, error) {
	if s.cfg.Demo == nil {
		return templ.NopComponent, nil
	}
	buttons, everyone, err := s.cfg.Demo.Doors(ctx(c))
	if err != nil {
		return nil, err
	}
	return pages.Doors(pages.SignIn{CSRF: s.token(c), Carried: carried, Buttons: doorOptions(buttons), Everyone: doorOptions(everyone)}), nil
}

func doorOptions(doors []DemoDoor) []parts.Option {
	var options []parts.Option
	for _, d := range doors {
		options = append(options, parts.Option{Value: d.Account, Label: d.Label})
	}
	return options
}

// demoEnter signs in as one of the demo's accounts.
func (s *Server) demoEnter(c *fiber.Ctx) error {
	buttons, everyone, err := s.cfg.Demo.Doors(ctx(c))
	if err != nil {
		return err
	}
	all := slices.Concat(buttons, everyone)
	at := slices.IndexFunc(all, func(d DemoDoor) bool { return d.Account == field(c, "wie") })
	if at < 0 {
		return fault.NotFoundError()
	}
	return s.enter(c, all[at].Account, all[at].Role)
}

// demoLater moves the clock.
func (s *Server) demoLater(c *fiber.Ctx) error {
	if err := s.cfg.Demo.Later(ctx(c)); err != nil {
		return err
	}
	return s.seeOther(c, "/demo", "Het is nu "+nl.DatumDag(s.svc.Now())+".")
}

// demoRestart begins again; all sessions are over with it.
func (s *Server) demoRestart(c *fiber.Ctx) error {
	again, stop := context.WithTimeout(context.WithoutCancel(ctx(c)), time.Minute)
	defer stop()
	if err := s.cfg.Demo.Restart(again); err != nil {
		return err
	}
	return c.Redirect("/inloggen", fiber.StatusSeeOther)
}

// demoMail shows the outgoing mail.
func (s *Server) demoMail(c *fiber.Ctx) error {
	mails, next, err := s.cfg.Demo.Mail(ctx(c), c.Query("na"))
	if err != nil {
		return err
	}
	page := pages.MailPage{Page: s.narrow(c, "Uitgaande mail")}
	if next != "" {
		page.NextHref = "/demo/post?na=" + next
	}
	for _, m := range mails {
		page.Lines = append(page.Lines, pages.MailLine{To: m.To, Subject: m.Subject, Line: m.Line, Href: m.Link, When: nl.DatumUur(m.At)})
	}
	return s.render(c, fiber.StatusOK, pages.Mail(page))
}
