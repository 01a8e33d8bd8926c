package server

import (
	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/nl"
	"ruggespraak/frontend/pages/tasks"
	"ruggespraak/frontend/parts"
	"ruggespraak/people"
	"ruggespraak/server/jobs"
)

// startTasks tells the administrator what failed.
func (s *Server) startTasks(c *fiber.Ctx) ([]startSection, error) {
	if !people.May(viewer(c).ActiveRole(), "job", people.Act) {
		return nil, nil
	}
	var part tasks.StartPart
	add := func(n int, one, many string, tone parts.Tone) {
		if n > 0 {
			part.Lines = append(part.Lines, parts.RowOptions{Title: nl.Aantal(n, one, many), Status: parts.Status{Label: "Vraagt aandacht", Tone: tone}})
		}
	}
	failed, waiting, err := s.mailCounts(c)
	if err != nil {
		return nil, err
	}
	broken, err := s.failedJobs(c)
	if err != nil {
		return nil, err
	}
	stuck, err := s.svc.Effects.Stuck(ctx(c))
	if err != nil {
		return nil, err
	}
	add(broken, "taak is mislukt", "taken zijn mislukt", parts.ToneNegative)
	add(len(stuck), "besluit is nog niet overal verwerkt", "besluiten zijn nog niet overal verwerkt", parts.ToneWarn)
	add(failed, "mail is mislukt", "mails zijn mislukt", parts.ToneNegative)
	if !s.svc.Sender.Configured() && s.cfg.Demo == nil {
		add(waiting, "mail wacht: er is geen mailserver ingesteld", "mails wachten: er is geen mailserver ingesteld", parts.ToneWarn)
	}
	return []startSection{{rank: rankUrgent, body: tasks.Start(part)}}, nil
}

func (s *Server) failedJobs(c *fiber.Ctx) (n int, err error) {
	all, err := s.svc.Jobs.List(ctx(c))
	if err != nil {
		return 0, err
	}
	for _, j := range all {
		if j.Last != nil && j.Last.State == jobs.Failed {
			n++
		}
	}
	return n, nil
}
