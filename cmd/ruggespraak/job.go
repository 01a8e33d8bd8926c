package main

import (
	"context"
	"errors"
	"fmt"
	"text/tabwriter"

	"ruggespraak/cmd/app"
	"ruggespraak/internal/fault"
)

// jobCommand lists the planned jobs, or runs one.
type jobCommand struct {
	List jobListCommand `cmd:"" help:"List the jobs with their last outcome."`
	Run  jobRunCommand  `cmd:"" help:"Run a job now."`
}

type jobListCommand struct {
	Kept storeSettings `embed:""`
}

// Run is called by kong.
func (c *jobListCommand) Run(ctx context.Context, t *terminal) (err error) {
	a, closeAll, err := openApp(ctx, t, c.Kept, mailSettings{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeAll()) }()
	all, err := a.Jobs.List(ctx)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(t.out, 0, 0, 2, ' ', 0)
	for _, j := range all {
		last := "never ran"
		if j.Last != nil {
			last = fmt.Sprintf("%s %s", j.Last.State, j.Last.At.Format("2006-01-02 15:04Z"))
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", j.Name, j.Title, j.Plan, last)
	}
	return w.Flush()
}

// jobRunCommand runs a job. Mail is sent only by the job «post», which needs
// the settings of the mail server.
type jobRunCommand struct {
	Name string        `arg:"" help:"Name of the job."`
	Kept storeSettings `embed:""`
	Mail mailSettings  `embed:""`
}

// Run is called by kong. What the job decides is projected before it ends.
func (c *jobRunCommand) Run(ctx context.Context, t *terminal) (err error) {
	if err := c.Mail.needBaseURL(); err != nil {
		return err
	}
	a, closeAll, err := openApp(ctx, t, c.Kept, c.Mail)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeAll()) }()
	if c.Name == app.PostJob && !a.Sender.Configured() {
		return errors.New("--smtp: no mail server is set, so no mail can leave")
	}
	err = a.Jobs.RunNow(ctx, c.Name)
	if fault.Is(err, fault.NotFound) {
		return fmt.Errorf("there is no job %q: see «ruggespraak job list»", c.Name)
	}
	if err != nil {
		return err
	}
	if err := a.Projector.Drain(ctx); err != nil {
		return err
	}
	fmt.Fprintln(t.out, c.Name, "is done")
	return nil
}
