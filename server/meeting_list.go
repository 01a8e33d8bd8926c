package server

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/nl"
	pages "ruggespraak/frontend/pages/meetings"
	"ruggespraak/frontend/parts"
	"ruggespraak/meetings"
	"ruggespraak/people"
)

func (s *Server) meetingRoutes() []Route {
	listed := objects("meeting.meta", "meeting.body", "meeting.draft")
	agenda, minutes := objects("agenda.other"), objects("minutes.draft")
	subjects := objects("agenda.other", "meeting.body") // the secretariat enters those of its own meetings
	return []Route{
		{get, "/overleggen", listed, people.List, "meetingList", s.meetingList},
		{get, "/overleggen/nieuw", objects("meeting.draft", "meeting.body"), people.Create, "meetingNewForm", s.meetingNewForm},
		{post, "/overleggen/nieuw", objects("meeting.draft", "meeting.body"), people.Create, "meetingCreate", s.meetingCreate},
		{post, "/overleggen/voorstellen/:id", agenda, people.Create, "proposalSettle", s.proposalSettle},
		{get, "/overleggen/plaatsen/:soort/:ding", agenda, people.Update, "agendaPlaceForm", s.agendaPlaceForm},
		{post, "/overleggen/plaatsen/:soort/:ding", agenda, people.Update, "agendaPlace", s.agendaPlace},
		{get, "/overleggen/:id", listed, people.Read, "meetingShow", s.meetingShow},
		{get, "/overleggen/:id/wijzigen", listed, people.Update, "meetingChangeForm", s.meetingChangeForm},
		{post, "/overleggen/:id/wijzigen", listed, people.Update, "meetingChange", s.meetingChange},
		{post, "/overleggen/:id/stand", listed, people.Act, "meetingMove", s.meetingMove},
		{get, "/overleggen/:id/punten/nieuw", subjects, people.Create, "itemNewForm", s.itemNewForm},
		{post, "/overleggen/:id/punten/nieuw", subjects, people.Create, "itemCreate", s.itemCreate},
		{get, "/overleggen/:id/punten/:punt", subjects, people.Update, "itemForm", s.itemForm},
		{post, "/overleggen/:id/punten/:punt", subjects, people.Update, "itemChange", s.itemChange},
		{post, "/overleggen/:id/punten/:punt/richting", subjects, people.Update, "itemMove", s.itemMove},
		{post, "/overleggen/:id/punten/:punt/afhalen", agenda, people.Update, "itemTake", s.itemTake},
		{post, "/overleggen/:id/punten/:punt/weghalen", subjects, people.Update, "itemRemove", s.itemRemove},
		{get, "/overleggen/:id/punten/:punt/verslag", minutes, people.Update, "notesForm", s.notesForm},
		{post, "/overleggen/:id/punten/:punt/verslag", minutes, people.Update, "notesWrite", s.notesWrite},
		{post, "/overleggen/:id/punten/:punt/uitkomsten", minutes, people.Create, "outcomeAdd", s.outcomeAdd},
		{post, "/overleggen/:id/punten/:punt/uitkomsten/:uitkomst/weghalen", minutes, people.Delete, "outcomeRemove", s.outcomeRemove},
	}
}

// meetingList shows the meetings: what comes, and what has been.
func (s *Server) meetingList(c *fiber.Ctx) error {
	v := viewer(c)
	all, next, err := s.svc.Calendar.List(ctx(c), v, c.Query("na"))
	if err != nil {
		return err
	}
	page := pages.ListPage{Page: s.page(c, "Overleggen"), MayCreate: mayConvene(v)}
	if next != "" {
		page.NextHref = "/overleggen?na=" + next
	}
	for _, m := range all {
		line := meetingLine(m)
		if m.Over(s.svc.Now()) && !m.Kind.OfBody() {
			line.Status, line.Live = overStatus(v), ""
		}
		if m.State == meetings.Closed || m.Over(s.svc.Now()) || (m.Kind.OfBody() && m.Ends.Before(s.svc.Now())) {
			page.Past = append(page.Past, line)
			continue
		}
		page.Coming = append([]pages.ListLine{line}, page.Coming...) // soonest first
	}
	if err := s.addProposals(c, &page); err != nil {
		return err
	}
	return s.render(c, fiber.StatusOK, pages.List(page))
}

func mayConvene(v people.Viewer) bool {
	return people.May(v.ActiveRole(), "meeting.draft", people.Create) || people.May(v.ActiveRole(), "meeting.body", people.Create)
}

func meetingLine(m meetings.Listed) pages.ListLine {
	line := pages.ListLine{
		Title: m.Title, Href: "/overleggen/" + m.ID, Begins: m.Begins,
		Line:   m.Kind.Label() + " · " + nl.DatumDag(m.Begins) + ", " + slotWords(m.Begins, m.Ends),
		Status: meetingStatus(m.State, m.Kind),
	}
	if m.State == meetings.Live {
		line.Live = livePath(m.ID)
	}
	return line
}

func slotWords(begins, ends time.Time) string {
	return nl.Amsterdam(begins).Format("15.04") + " tot " + nl.Uur(ends)
}

func meetingStatus(state meetings.State, kind meetings.Kind) parts.Status {
	switch {
	case kind.OfBody():
		return parts.Status{}
	case state == meetings.Draft, state == meetings.Closed:
		return parts.Status{Label: state.Label(), Tone: parts.ToneQuiet}
	case state == meetings.Live:
		return parts.Status{Label: state.Label(), Tone: parts.TonePositive}
	default:
		return parts.Status{Label: state.Label()}
	}
}

// overStatus is the status of a meeting whose day has passed and that nobody
// closed: for who can close it a task, for the others it has been.
func overStatus(v people.Viewer) parts.Status {
	if people.May(v.ActiveRole(), "meeting.meta", people.Act) {
		return parts.Status{Label: "Nog te sluiten", Tone: parts.ToneWarn}
	}
	return parts.Status{Label: meetings.Closed.Label(), Tone: parts.ToneQuiet}
}

func (s *Server) addProposals(c *fiber.Ctx, page *pages.ListPage) error {
	v := viewer(c)
	if !people.May(v.ActiveRole(), "agenda.other", people.Create) {
		return nil
	}
	open, err := s.svc.Calendar.Proposals(ctx(c), v)
	if err != nil {
		return err
	}
	for _, p := range open {
		page.Proposals = append(page.Proposals, pages.ProposalLine{ID: p.ID, Title: p.Title, Href: p.Link,
			Line: "Twee of meer zorgcoördinatoren merken nog geen verbetering. Voorgesteld op " + nl.Datum(p.At) + "."})
	}
	upcoming, err := s.svc.Calendar.Upcoming(ctx(c), v)
	if err != nil {
		return err
	}
	for _, m := range upcoming {
		page.Targets = append(page.Targets, parts.Option{Value: m.ID, Label: m.Title + ", " + nl.Datum(m.Begins)})
	}
	return nil
}

// proposalSettle puts a proposal on an agenda, or sets it aside.
func (s *Server) proposalSettle(c *fiber.Ctx) error {
	if field(c, "besluit") != "plaatsen" {
		if err := s.svc.Calendar.SetAside(ctx(c), viewer(c), c.Params("id")); err != nil {
			return err
		}
		return s.seeOther(c, "/overleggen", "Het voorstel staat niet meer in de lijst.")
	}
	meeting := field(c, "overleg")
	if err := s.svc.Calendar.Accept(ctx(c), viewer(c), c.Params("id"), meeting); err != nil {
		return err
	}
	return s.seeOther(c, "/overleggen/"+meeting, "Het voorstel staat op deze agenda.")
}

// startBodies leads to the meetings of SOM and Task Force, for who reads those only.
func (s *Server) startBodies(v people.Viewer) []startSection {
	if !people.May(v.ActiveRole(), "meeting.body", people.List) {
		return nil
	}
	return []startSection{{rank: rankElse, body: pages.Bodies(mayConvene(v))}}
}

// startMeetings gives the next meeting, for members.
func (s *Server) startMeetings(c *fiber.Ctx) ([]startSection, error) {
	v := viewer(c)
	if !people.May(v.ActiveRole(), "meeting.meta", people.List) {
		return s.startBodies(v), nil
	}
	toClose, err := s.startToClose(c, v)
	if err != nil {
		return nil, err
	}
	next, err := s.svc.Calendar.Next(ctx(c), v)
	if err != nil || next == nil {
		return toClose, err
	}
	shown := pages.NextMeeting{Title: next.Title, Href: "/overleggen/" + next.ID, Begins: next.Begins,
		When: nl.Hoofdletter(nl.DatumDag(next.Begins)) + ", " + slotWords(next.Begins, next.Ends),
		Away: daysAway(s.svc.Now(), next.Begins)}
	if next.State == meetings.Live {
		shown.Live = livePath(next.ID)
	}
	return append(toClose, startSection{rank: rankMeeting, body: pages.Next(shown)}), nil
}

// startToClose reminds the chair of meetings that have been.
func (s *Server) startToClose(c *fiber.Ctx, v people.Viewer) ([]startSection, error) {
	open, err := s.svc.Calendar.ToClose(ctx(c), v)
	if err != nil || len(open) == 0 {
		return nil, err
	}
	var lines []pages.ListLine
	for _, m := range open {
		line := meetingLine(m)
		line.Status, line.Live = overStatus(v), ""
		lines = append(lines, line)
	}
	return []startSection{{rank: rankMeeting - 1, body: pages.ToClose(lines)}}, nil
}

// daysAway says how far off a day is, in words.
func daysAway(now, then time.Time) string {
	days := int(nl.Middernacht(then).Sub(nl.Middernacht(now)).Hours()+12) / 24
	switch {
	case days <= 0:
		return "vandaag"
	case days == 1:
		return "morgen"
	case days < 14:
		return "over " + nl.Aantal(days, "dag", "dagen")
	default:
		return "over " + nl.Aantal(days/7, "week", "weken")
	}
}
