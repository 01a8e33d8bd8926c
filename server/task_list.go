package server

import (
	"context"
	"time"

	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/nl"
	"ruggespraak/frontend/pages/tasks"
	"ruggespraak/frontend/parts"
	"ruggespraak/people"
	"ruggespraak/server/jobs"
	"ruggespraak/server/mail"
)

// StuckEffect is something that was decided and could not be followed up
// elsewhere yet.
type StuckEffect struct {
	ID       string
	Kind     string // of the event, such as bundel.verstuurd
	Reason   string // in Dutch, without content
	Attempts int
	Last     time.Time
}

// Effects tells what hangs, and tries again.
type Effects struct {
	Stuck func(context.Context) ([]StuckEffect, error)
	Again func(ctx context.Context, id string) error
}

func (s *Server) taskRoutes() []Route {
	return []Route{
		{get, "/taken", objects("job", "outbox"), people.List, "tasks", s.tasks},
		{post, "/taken/gepland/:taak", objects("job"), people.Act, "taskRun", s.taskRun},
		{post, "/taken/mail/:id", objects("outbox"), people.Act, "taskMailAgain", s.taskMailAgain},
		{post, "/taken/vast/:id", objects("job"), people.Act, "taskStuckAgain", s.taskStuckAgain},
	}
}

// tasks shows how planned work and mail stand. Of a mail it shows for whom and
// how far, never of what kind: «antwoord op uw inbreng» would tell an
// administrator who contributed.
func (s *Server) tasks(c *fiber.Ctx) error {
	page := tasks.Page{Page: s.page(c, "Taken")}
	act := people.May(viewer(c).ActiveRole(), "job", people.Act)
	var err error
	if page.Stuck, err = s.stuckLines(c, act); err != nil {
		return err
	}
	if err := s.mailLines(c, &page, act); err != nil {
		return err
	}
	if page.Jobs, err = s.jobLines(c, act); err != nil {
		return err
	}
	return s.render(c, fiber.StatusOK, tasks.Tasks(page))
}

func (s *Server) stuckLines(c *fiber.Ctx, act bool) ([]tasks.Line, error) {
	stuck, err := s.svc.Effects.Stuck(ctx(c))
	if err != nil {
		return nil, err
	}
	lines := make([]tasks.Line, len(stuck))
	for i, e := range stuck {
		lines[i] = tasks.Line{
			Name: e.Kind, When: nl.DatumUur(e.Last), Status: attempts(e.Attempts, parts.ToneWarn), Reason: e.Reason,
		}
		if act {
			lines[i].Button, lines[i].Action = "Opnieuw", "/taken/vast/"+e.ID
		}
	}
	return lines, nil
}

func attempts(n int, tone parts.Tone) parts.Status {
	return parts.Status{Label: nl.Aantal(n, "poging", "pogingen"), Tone: tone}
}

// mailLines lists the mail that failed, then the mail that waits.
func (s *Server) mailLines(c *fiber.Ctx, page *tasks.Page, act bool) error {
	failed, waiting, err := s.mailCounts(c)
	if err != nil {
		return err
	}
	page.MailLine = mailLine(failed, waiting, s.svc.Sender.Configured())
	if failed == 0 && !s.svc.Sender.Configured() {
		return nil // all of it waits for the one reason that the line gives
	}
	state, after := mail.Failed, c.Query("vanaf")
	if failed == 0 || c.Query("stand") == string(mail.Waiting) {
		state = mail.Waiting
	}
	mails, next, err := s.svc.Sender.List(ctx(c), state, after)
	if err != nil {
		return err
	}
	names, err := s.svc.House.Directory.Names(ctx(c), recipients(mails))
	if err != nil {
		return err
	}
	for _, m := range mails {
		page.Mails = append(page.Mails, mailRow(m, names[m.To], act && s.svc.Sender.Configured()))
	}
	switch {
	case next != "":
		page.More = "/taken?stand=" + string(state) + "&vanaf=" + next
	case state == mail.Failed && waiting > 0 && s.svc.Sender.Configured():
		page.More = "/taken?stand=" + string(mail.Waiting)
	}
	return nil
}

func (s *Server) mailCounts(c *fiber.Ctx) (failed, waiting int, err error) {
	if failed, err = s.svc.Sender.Count(ctx(c), mail.Failed); err != nil {
		return 0, 0, err
	}
	waiting, err = s.svc.Sender.Count(ctx(c), mail.Waiting)
	return failed, waiting, err
}

func mailLine(failed, waiting int, configured bool) string {
	line := "Er is geen mail mislukt. "
	if failed > 0 {
		line = hoofdletterAantal(failed, "mail is mislukt. ", "mails zijn mislukt. ")
	}
	switch {
	case waiting == 0:
		line += "Er wacht geen mail."
	case configured:
		line += hoofdletterAantal(waiting, "mail wacht op verzending.", "mails wachten op verzending.")
	default:
		line += hoofdletterAantal(waiting, "mail wacht: er is geen mailserver ingesteld.", "mails wachten: er is geen mailserver ingesteld.")
	}
	return line
}

func hoofdletterAantal(n int, one, many string) string {
	return nl.Hoofdletter(nl.Aantal(n, one, many))
}

func recipients(mails []mail.Shown) []string {
	ids := make([]string, len(mails))
	for i, m := range mails {
		ids[i] = m.To
	}
	return ids
}

func mailRow(m mail.Shown, name string, act bool) tasks.Line {
	l := tasks.Line{
		Name: name, When: nl.DatumDag(m.At), Small: nl.Aantal(m.Attempts, "poging", "pogingen"),
		Status: parts.Status{Label: nl.Hoofdletter(string(m.State)), Tone: parts.ToneQuiet}, Reason: m.Reason,
	}
	if name == "" {
		l.Name = "Onbekend account"
	}
	if m.State == mail.Failed {
		l.Status.Tone = parts.ToneNegative
	}
	if act {
		l.Button, l.Action = "Opnieuw", "/taken/mail/"+m.ID
	}
	return l
}

func (s *Server) jobLines(c *fiber.Ctx, act bool) ([]tasks.Line, error) {
	all, err := s.svc.Jobs.List(ctx(c))
	if err != nil {
		return nil, err
	}
	lines := make([]tasks.Line, len(all))
	for i, j := range all {
		lines[i] = jobLine(j)
		if act {
			lines[i].Button, lines[i].Action = "Nu uitvoeren", "/taken/gepland/"+j.Name
		}
	}
	return lines, nil
}

func jobLine(j jobs.Status) tasks.Line {
	l := tasks.Line{Name: j.Title, Small: j.Plan, When: "Nog niet", Status: parts.Status{Label: "Gepland", Tone: parts.ToneQuiet}}
	if j.Last == nil {
		return l
	}
	l.When, l.Reason = nl.DatumUur(j.Last.At), j.Last.Reason
	l.Status = parts.Status{Label: nl.Hoofdletter(string(j.Last.State)), Tone: jobTones[j.Last.State]}
	return l
}

var jobTones = map[jobs.State]parts.Tone{jobs.Busy: parts.ToneDefault, jobs.Done: parts.TonePositive, jobs.Failed: parts.ToneNegative}
