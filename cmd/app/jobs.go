package app

import (
	"context"
	"errors"
	"fmt"
	"time"

	"ruggespraak/server"
	"ruggespraak/server/jobs"
)

// keepMails is how long a mail that was sent or dropped stays in sight.
const keepMails = 90 * 24 * time.Hour

func (a *App) openJobs(ctx context.Context) error {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		return fmt.Errorf("time zone of the jobs: %w", err)
	}
	a.Jobs, err = jobs.New(ctx, jobs.Options{DB: a.cfg.DB, Real: a.cfg.Real, Now: a.Clock.Now, Log: a.cfg.Log})
	if err != nil {
		return err
	}
	morning := jobs.Daily(8, 0, zone)
	for _, j := range []jobs.Job{
		{Name: PostJob, Title: "Mail versturen", Plan: jobs.Every(10 * time.Minute), Run: a.sendMail},
		{Name: "effectvraag", Title: "Vragen of het beter gaat", Plan: morning, Run: plain(a.Desk.AskEffects)},
		{Name: "stilte", Title: "Herinneren aan bundels zonder antwoord", Plan: morning, Run: plain(a.Desk.RemindSilent)},
		{Name: "vrijgeven", Title: "Herinneren aan inbreng die op de voorzitter wacht", Plan: morning, Run: plain(a.Book.RemindRelease)},
		{Name: "kennisbank", Title: "Herinneren aan artikelen die gecontroleerd moeten worden", Plan: morning, Run: plain(a.Library.RemindReview)},
		{Name: "opruimen", Title: "Oude mail en sessies opruimen, aangepaste tekst wissen", Plan: jobs.Daily(3, 30, zone), Run: a.tidy},
	} {
		a.Jobs.Add(j)
	}
	return nil
}

// PostJob is the job that sends mail.
const PostJob = "post"

// plain is a job that reads the consultation's clock itself.
func plain(run func(context.Context) error) func(context.Context, time.Time) error {
	return func(ctx context.Context, _ time.Time) error { return run(ctx) }
}

// sendMail is the safety net under the sender, which hears of most mail at once.
func (a *App) sendMail(ctx context.Context, _ time.Time) error {
	_, err := a.Sender.SendDue(ctx)
	return err
}

// tidy removes what is old. It scrubs, because an edit or a draft saved anew does
// not: what they overwrote is gone for readers at once, and from the file now.
func (a *App) tidy(ctx context.Context, at time.Time) error {
	_, err := a.Mail.Prune(ctx, at.Add(-keepMails))
	return errors.Join(err, a.House.Door.Sweep(ctx), a.cfg.DB.Scrub(ctx))
}

func (a *App) runJobs(ctx context.Context) {
	if err := a.Jobs.Run(ctx); err != nil {
		a.cfg.Log.ErrorContext(ctx, "jobs", "error", err)
	}
}

// stuck tells the administrator's page what the projector could not follow up.
func (a *App) stuck(ctx context.Context) ([]server.StuckEffect, error) {
	failures, err := a.Projector.Failures(ctx)
	if err != nil {
		return nil, err
	}
	all := make([]server.StuckEffect, len(failures))
	for i, f := range failures {
		all[i] = server.StuckEffect{ID: f.ID, Kind: f.Kind, Reason: f.Reason, Attempts: f.Attempts, Last: f.Last}
	}
	return all, nil
}
