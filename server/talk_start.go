package server

import (
	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/nl"
	pages "ruggespraak/frontend/pages/talk"
	"ruggespraak/frontend/parts"
	"ruggespraak/internal/fault"
	"ruggespraak/meetings/discussion"
	"ruggespraak/people"
)

// startTalk gives the chair the messages that wait for a decision, and the SOM
// and the Task Force the items to which they are invited.
func (s *Server) startTalk(c *fiber.Ctx) ([]startSection, error) {
	switch viewer(c).ActiveRole() {
	case people.Chair:
		return s.startFlaggedTalk(c)
	case people.SOMMember, people.TaskForce:
		return s.startInvited(c)
	default:
		return nil, nil
	}
}

func (s *Server) startFlaggedTalk(c *fiber.Ctx) ([]startSection, error) {
	waiting, err := s.svc.Hall.AllFlagged(ctx(c), viewer(c))
	if err != nil || len(waiting) == 0 {
		return nil, err
	}
	part := pages.StartPart{ID: "gemarkeerde-reacties", Title: "Gemarkeerde reacties"}
	for _, w := range waiting {
		part.Rows = append(part.Rows, parts.RowOptions{Title: "Een reactie " + aboutWhat(w.Topic), Href: messagePath(w.Topic, w.N),
			Status: parts.Status{Label: "Wacht op u", Tone: parts.ToneWarn}, Line: "Verborgen sinds " + nl.Datum(w.At)})
	}
	return []startSection{{rank: rankFlagged + 1, body: pages.Start(part)}}, nil
}

func aboutWhat(t discussion.Topic) string {
	switch subject, _, _ := t.Parts(); subject {
	case discussion.Item:
		return "bij een agendapunt"
	case discussion.Asked:
		return "bij een vraag"
	case discussion.Article:
		return "bij een tekst in de kennisbank"
	default:
		return "bij inbreng"
	}
}

func (s *Server) startInvited(c *fiber.Ctx) ([]startSection, error) {
	all, err := s.svc.Calendar.Invites(ctx(c), viewer(c))
	if err != nil || len(all) == 0 {
		return nil, err
	}
	part := pages.StartPart{ID: "uitgenodigd", Title: "U bent uitgenodigd bij een agendapunt"}
	for _, i := range all {
		if err := s.svc.Floor.Enter(ctx(c), viewer(c), i.Meeting); fault.Is(err, fault.NotFound) {
			continue // the chair closed the item
		}
		part.Rows = append(part.Rows, parts.RowOptions{Title: i.Title, Href: livePath(i.Meeting), Line: "Overleg op " + nl.DatumDag(i.Begins)})
	}
	if len(part.Rows) == 0 {
		return nil, nil
	}
	return []startSection{{rank: rankMeeting, body: pages.Start(part)}}, nil
}
