package server

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/nl"
	pages "ruggespraak/frontend/pages/meetings"
	"ruggespraak/frontend/parts"
	"ruggespraak/meetings"
	"ruggespraak/people"
)

var meetingTexts = freeTexts{fields: []string{"titel", "plaats"}, colleagues: true}

var meetingsCrumb = parts.Link{Label: "Overleggen", Href: "/overleggen"}

// meetingNewForm shows the empty form.
func (s *Server) meetingNewForm(c *fiber.Ctx) error {
	kind := string(meetings.National)
	if viewer(c).ActiveRole() == people.TaskForce {
		kind = string(meetings.TaskForce)
	}
	return s.meetingForm(c, pages.EditPage{Kind: kind, Values: map[string]string{}}, nil)
}

// meetingCreate makes a meeting; the chair's starts as a draft.
func (s *Server) meetingCreate(c *fiber.Ctx) error {
	var m *meetings.Meeting
	r, again, err := s.guarded(c, meetingTexts, func(said map[string]string) (err error) {
		m, err = s.svc.Calendar.Create(ctx(c), viewer(c), meetingDetails(c, said))
		return err
	})
	if again {
		return s.meetingForm(c, typedMeeting(c, r), fields(c, "mensen"))
	}
	if err != nil {
		return err
	}
	said := "Het overleg is bewaard als concept. Zet er punten op en roep het dan bijeen."
	if m.Kind.OfBody() {
		said = "Het overleg is bewaard."
	}
	return s.seeOther(c, "/overleggen/"+m.ID, said)
}

func meetingDetails(c *fiber.Ctx, said map[string]string) meetings.Details {
	return meetings.Details{
		Kind: meetings.Kind(field(c, "soort")), Title: field(c, "titel"), Date: isoDate(field(c, "datum")),
		Start: clockTime(field(c, "begin")), End: clockTime(field(c, "eind")), Place: field(c, "plaats"), Room: field(c, "link"),
		Picked: fields(c, "mensen"), Reasons: said,
	}
}

func typedMeeting(c *fiber.Ctx, r parts.Refusal) pages.EditPage {
	page := pages.EditPage{Refused: r, Kind: field(c, "soort"), Values: map[string]string{}}
	for _, name := range []string{"titel", "datum", "begin", "eind", "plaats", "link"} {
		page.Values[name] = field(c, name)
	}
	return page
}

// meetingChangeForm shows the data of a meeting to change them.
func (s *Server) meetingChangeForm(c *fiber.Ctx) error {
	m, err := s.svc.Calendar.Show(ctx(c), viewer(c), c.Params("id"))
	if err != nil {
		return err
	}
	page := pages.EditPage{Kind: string(m.Kind), Values: map[string]string{
		"titel": m.Title, "datum": typedDate(m.Date), "begin": strings.ReplaceAll(m.Start, ":", "."),
		"eind": strings.ReplaceAll(m.End, ":", "."), "plaats": m.Place, "link": m.Room,
	}}
	if page.Refused, err = s.before(c, meetingTexts, page.Values, reasonsOf(m.Asked, meetingTexts)); err != nil {
		return err
	}
	return s.meetingForm(c, page, m.Picked)
}

// reasonsOf repeats a reason that was given before, so that an unchanged text
// is not asked about again.
func reasonsOf(asked []meetings.Confirmed, t freeTexts) map[string]string {
	given := map[string]string{}
	for _, a := range asked {
		for _, name := range t.fields {
			given[name] = a.Reason
		}
	}
	return given
}

// meetingChange writes new data over a meeting.
func (s *Server) meetingChange(c *fiber.Ctx) error {
	r, again, err := s.guarded(c, meetingTexts, func(said map[string]string) error {
		_, err := s.svc.Calendar.Change(ctx(c), viewer(c), c.Params("id"), meetingDetails(c, said))
		return err
	})
	if again {
		return s.meetingForm(c, typedMeeting(c, r), fields(c, "mensen"))
	}
	if err != nil {
		return err
	}
	return s.seeOther(c, "/overleggen/"+c.Params("id"), "De gegevens zijn bewaard.")
}

// meetingForm fills in what the form has around the typed values.
func (s *Server) meetingForm(c *fiber.Ctx, page pages.EditPage, picked []string) error {
	title, save := "Nieuw overleg", "Bewaren"
	page.Crumbs = []parts.Link{meetingsCrumb}
	if id := c.Params("id"); id != "" {
		title, save = "Overleg aanpassen", "Wijzigingen bewaren"
		page.Crumbs = append(page.Crumbs, parts.Link{Label: page.Values["titel"], Href: "/overleggen/" + id})
	}
	page.Page, page.Save, page.Action = s.narrow(c, title), save, c.Path()
	page.Page.Error = page.Refused.Any()
	page.Kinds = meetingKinds(viewer(c))
	var err error
	if page.People, err = s.coordinatorChoices(c, picked); err != nil {
		return err
	}
	return s.render(c, formStatus(page.Refused), pages.Edit(page))
}

func meetingKinds(v people.Viewer) []parts.Option {
	var options []parts.Option
	for _, k := range meetings.Kinds {
		if v.ActiveRole() != people.TaskForce || k == meetings.TaskForce {
			options = append(options, parts.Option{Value: string(k), Label: k.Label()})
		}
	}
	return options
}

// coordinatorChoices lists the coordinators for «wie doen mee», for the chair.
func (s *Server) coordinatorChoices(c *fiber.Ctx, picked []string) ([]parts.Option, error) {
	if !people.May(viewer(c).ActiveRole(), "meeting.place", people.Update) {
		return nil, nil
	}
	all, err := s.svc.House.Directory.WithRole(ctx(c), people.Coordinator)
	if err != nil {
		return nil, err
	}
	var options []parts.Option
	for _, a := range all {
		options = append(options, parts.Option{Value: a.ID, Label: a.Name, Checked: slices.Contains(picked, a.ID)})
	}
	return options, nil
}

// meetingMove convenes, begins, closes a meeting, or takes it back to draft.
func (s *Server) meetingMove(c *fiber.Ctx) error {
	v, id := viewer(c), c.Params("id")
	var err error
	said := ""
	switch field(c, "stand") {
	case string(meetings.Open):
		err, said = s.svc.Calendar.Convene(ctx(c), v, id), "Het overleg staat nu bij iedereen die meedoet."
	case string(meetings.Draft):
		err, said = s.svc.Calendar.BackToDraft(ctx(c), v, id), "Het overleg is weer een concept. Alleen u ziet het."
	case string(meetings.Live):
		err, said = s.svc.Calendar.Begin(ctx(c), v, id), "Het overleg is begonnen."
	case string(meetings.Closed):
		err, said = s.svc.Calendar.Close(ctx(c), v, id), "Het overleg is gesloten. Het verslag is nu te lezen."
	default:
		return fiber.ErrBadRequest
	}
	if err != nil {
		return err
	}
	if field(c, "stand") == string(meetings.Live) {
		return s.seeOther(c, livePath(id), said)
	}
	return s.seeOther(c, "/overleggen/"+id, said)
}

// agendaPlaceForm asks on which agenda a contribution or cluster goes.
func (s *Server) agendaPlaceForm(c *fiber.Ctx) error {
	return s.placeForm(c, fiber.StatusOK, parts.Refusal{})
}

func (s *Server) placeForm(c *fiber.Ctx, status int, r parts.Refusal) error {
	link, err := s.linkOf(c)
	if err != nil {
		return err
	}
	upcoming, err := s.svc.Calendar.Upcoming(ctx(c), viewer(c))
	if err != nil {
		return err
	}
	page := pages.PlacePage{Page: s.narrow(c, "Op een agenda zetten"), Refused: r, Action: c.Path(), What: link.Label,
		Crumbs: []parts.Link{{Label: "Inbreng", Href: "/inbreng"}, link}}
	page.Page.Error = r.Any()
	for _, m := range upcoming {
		target := pages.PlaceTarget{Title: m.Title + ", " + nl.Datum(m.Begins)}
		for _, item := range m.Items {
			target.Options = append(target.Options, parts.Option{Value: m.ID + "/" + item.ID, Label: item.Title})
		}
		if len(target.Options) > 0 {
			page.Targets = append(page.Targets, target)
		}
	}
	return s.render(c, status, pages.Place(page))
}

// agendaPlace puts it there.
func (s *Server) agendaPlace(c *fiber.Ctx) error {
	meeting, item, found := strings.Cut(field(c, "punt"), "/")
	link := meetings.Link{Kind: meetings.LinkKind(c.Params("soort")), ID: c.Params("ding")}
	if !found {
		return s.placeForm(c, fiber.StatusUnprocessableEntity, parts.Refusal{Title: "Dit staat nog niet op een agenda",
			Fields: []parts.FieldRefusal{{Name: "punt", Sentence: "Kies een punt op een agenda."}}})
	}
	if _, err := s.linkOf(c); err != nil {
		return err // an agenda holds nothing that is not there
	}
	err := s.svc.Calendar.Place(ctx(c), viewer(c), meeting, item, link)
	if r, ok := refused(err); ok {
		r.Fields = append(r.Fields, parts.FieldRefusal{Name: "punt", Sentence: r.Title})
		r.Title = "Dit staat nog niet op een agenda"
		return s.placeForm(c, fiber.StatusUnprocessableEntity, r)
	}
	if err != nil {
		return err
	}
	return s.seeOther(c, "/overleggen/"+meeting, "Het staat op deze agenda.")
}
