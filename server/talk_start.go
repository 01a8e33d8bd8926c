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
		closed, err := s.svc.Floor.Behind(ctx(c), i.Meeting, i.Item)
		if err != nil {
			return nil, err
		}
		if closed {
			continue
		}
		row := parts.RowOptions{Title: i.Title, Href: livePath(i.Meeting), Line: "Overleg op " + nl.DatumDag(i.Begins)}
		r, err := s.svc.Floor.Show(ctx(c), viewer(c), i.Meeting)
		switch {
		case fault.Is(err, fault.NotFound):
			continue // the meeting ended at this very moment
		case err != nil:
			return nil, err
		case r.Item.AtHand && r.Item.ID == i.Item:
			row.Status = parts.Status{Label: "Nu aan de orde", Tone: parts.TonePositive}
		}
		part.Rows = append(part.Rows, row)
	}
	if len(part.Rows) == 0 {
		return nil, nil
	}
	return []startSection{{rank: rankMeeting, body: pages.Start(part)}}, nil
}
