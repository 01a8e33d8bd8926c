package server

import (
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/nl"
	pages "ruggespraak/frontend/pages/meetings"
	"ruggespraak/frontend/parts"
	"ruggespraak/meetings"
	"ruggespraak/meetings/discussion"
)

// meetingShow shows a meeting with its agenda and, once held, its minutes.
func (s *Server) meetingShow(c *fiber.Ctx) error {
	m, err := s.svc.Calendar.Show(ctx(c), viewer(c), c.Params("id"))
	if err != nil {
		return err
	}
	titles, err := s.linkTitles(c, m)
	if err != nil {
		return err
	}
	page := pages.ShowPage{
		Page: s.page(c, m.Title), Statuses: []parts.Status{meetingStatus(m.State, m.Kind)}, Eyebrow: m.Kind.Label(),
		Title: m.Title, Begins: m.Begins, Facts: meetingFacts(m), Sections: agendaSections(m, titles),
		Empty: "Er staat nog niets op de agenda.",
	}
	if m.State == meetings.Live {
		page.Live = livePath(m.ID)
	}
	if err := s.addPolls(c, &page, m.ID); err != nil {
		return err
	}
	if err := s.addTalk(c, &page, m.ID); err != nil {
		return err
	}
	page.Page.Print = m.Title + ", " + nl.Datum(m.Begins)
	if m.Over(s.svc.Now()) && !m.Kind.OfBody() {
		page.Statuses = []parts.Status{overStatus(viewer(c))}
	}
	if m.SeesLength {
		page.Length = nl.Aantal(m.Planned(), "minuut", "minuten") + " gepland, " + nl.Aantal(m.Slot(), "minuut", "minuten") + " beschikbaar"
		page.Over = m.Planned() > m.Slot()
	}
	if m.MayChange {
		page.Chair = chairTools(m, s.svc.Now(), s.token(c))
	}
	return s.render(c, fiber.StatusOK, pages.Show(page))
}

func meetingFacts(m *meetings.Seen) []parts.Fact {
	facts := []parts.Fact{{Term: "Wanneer", Text: nl.Hoofdletter(nl.DatumDag(m.Begins)) + ", " + slotWords(m.Begins, m.Ends)}}
	if m.Place != "" {
		facts = append(facts, parts.Fact{Term: "Plaats", Text: m.Place})
	}
	if m.Room != "" {
		facts = append(facts, parts.Fact{Term: "Online", Body: pages.Room(m.Room)})
	}
	return facts
}

// chairTools are what the chair can do now. Beginning a meeting is the main
// thing from a day before it; until then one prepares the agenda.
func chairTools(m *meetings.Seen, now time.Time, csrf string) *pages.ChairTools {
	tools := &pages.ChairTools{}
	base := "/overleggen/" + m.ID
	if m.State != meetings.Closed {
		tools.ChangeHref = base + "/wijzigen"
		tools.AddHref = base + "/punten/nieuw"
	}
	if m.Kind.OfBody() {
		return tools
	}
	if m.State == meetings.Open || m.State == meetings.Live {
		ask := closing(m.ID, csrf)
		tools.Close = &ask
	}
	switch m.State {
	case meetings.Draft:
		tools.Note = "Alleen u ziet dit concept."
		tools.Steps = []pages.Step{{Label: "Bijeenroepen", Value: string(meetings.Open), Main: true}}
	case meetings.Open:
		back := pages.Step{Label: "Terug naar concept", Value: string(meetings.Draft), Rare: true}
		if m.Over(now) {
			tools.Note, tools.Steps = "De dag van dit overleg is voorbij. U kunt het nu sluiten.", []pages.Step{back}
			return tools
		}
		near := now.After(m.Begins.AddDate(0, 0, -1))
		tools.AddMain = !near
		tools.Steps = []pages.Step{{Label: "Overleg beginnen", Value: string(meetings.Live), Main: near}, back}
	case meetings.Closed:
		tools.Note = "Dit overleg is gesloten. U kunt het verslag en de uitkomsten nog aanvullen."
	}
	return tools
}

// closing asks before a meeting ends.
func closing(meeting, csrf string) parts.ConfirmOptions {
	return parts.ConfirmOptions{Label: "Overleg sluiten",
		Text: "Sluit u het overleg? Dan kan niemand meer reageren, en lezen alle zorgcoördinatoren die meedoen het verslag. De inbreng op de agenda staat dan als besproken. U kunt dit niet terugdraaien.",
		Yes: parts.PostButtonOptions{Action: "/overleggen/" + meeting + "/stand", CSRF: csrf,
			Fields: []parts.HiddenField{{Name: "stand", Value: string(meetings.Closed)}}, ButtonOptions: parts.ButtonOptions{Label: "Ja, overleg sluiten"}}}
}

// agendaSections puts the items under their headings, numbered, each with the
// time at which it begins as planned.
func agendaSections(m *meetings.Seen, titles map[string]parts.Link) []pages.Section {
	var all []pages.Section
	at := m.Begins
	for n, item := range m.Items {
		if len(all) == 0 || all[len(all)-1].Title != item.Section {
			all = append(all, pages.Section{Title: item.Section})
		}
		section := &all[len(all)-1]
		section.Items = append(section.Items, agendaItem(m, item, n, at, titles))
		at = at.Add(time.Duration(item.Minutes) * time.Minute)
	}
	return all
}

func agendaItem(m *meetings.Seen, item meetings.Item, n int, at time.Time, titles map[string]parts.Link) pages.Item {
	base := "/overleggen/" + m.ID + "/punten/" + item.ID
	shown := pages.Item{ID: item.ID, Number: strconv.Itoa(n+1) + ".", Title: item.Title, Internal: item.Internal, Asked: len(item.Asked) > 0}
	var meta []string
	if item.Minutes > 0 {
		shown.Time = nl.Uur(at)
		meta = append(meta, nl.Aantal(item.Minutes, "minuut", "minuten"))
	}
	if item.Presenter != "" {
		meta = append(meta, item.Presenter)
	}
	shown.Meta = strings.Join(meta, " · ")
	for _, l := range item.Links {
		if title, ok := titles[l.ID]; ok {
			shown.Links = append(shown.Links, title)
		}
	}
	if item.HTML != "" {
		shown.Notes = rendered(item.HTML)
	}
	for _, o := range item.Outcomes {
		shown.Outcomes = append(shown.Outcomes, outcomeLine(o))
	}
	if m.SeesLinks && m.State != meetings.Draft && !m.Kind.OfBody() {
		shown.Talk = parts.Link{Label: "Reacties", Href: base + "/reacties"}
	}
	if m.MayChange && m.State != meetings.Closed {
		shown.EditHref, shown.MoveHref = base, base+"/richting"
		shown.First, shown.Last = n == 0, n == len(m.Items)-1
	}
	if m.MayWrite && m.State != meetings.Draft {
		shown.NotesHref = base + "/verslag"
	}
	return shown
}

func outcomeLine(o meetings.Outcome) pages.Outcome {
	line := pages.Outcome{ID: o.ID, Label: o.Kind.Label(), Text: o.Text, Asked: len(o.Asked) > 0, Hidden: o.Hidden}
	var meta []string
	if o.Owner != "" {
		meta = append(meta, o.Owner)
	}
	if due, err := time.Parse(time.DateOnly, o.Due); err == nil {
		meta = append(meta, "vóór "+nl.Datum(due))
	}
	line.Meta = strings.Join(meta, ", ")
	line.From = discussion.OriginPath(o.Origin)
	return line
}

// linkTitles gives title and address of what stands on the agenda, as far as
// the viewer may read it.
func (s *Server) linkTitles(c *fiber.Ctx, m *meetings.Seen) (map[string]parts.Link, error) {
	titles := map[string]parts.Link{}
	for _, item := range m.Items {
		for _, l := range item.Links {
			link, err := s.titleOf(c, l)
			if err != nil {
				return nil, err
			}
			if link.Label != "" {
				titles[l.ID] = link
			}
		}
	}
	return titles, nil
}

// linkOf is what the address of the page names; not found when the viewer may
// not read it.
func (s *Server) linkOf(c *fiber.Ctx) (parts.Link, error) {
	l := meetings.Link{Kind: meetings.LinkKind(c.Params("soort")), ID: c.Params("ding")}
	link, err := s.titleOf(c, l)
	if err == nil && link.Label == "" {
		err = fiber.ErrNotFound
	}
	return link, err
}

var itemTexts = freeTexts{fields: []string{"titel", "onderdeel", "trekker"}, colleagues: true}

// itemNewForm shows the form of a new point.
func (s *Server) itemNewForm(c *fiber.Ctx) error {
	return s.itemEdit(c, pages.ItemPage{Values: map[string]string{}})
}

// itemCreate puts a point on the agenda.
func (s *Server) itemCreate(c *fiber.Ctx) error {
	r, again, err := s.guarded(c, itemTexts, func(said map[string]string) error {
		_, err := s.svc.Calendar.AddItem(ctx(c), viewer(c), c.Params("id"), pointDetails(c, said))
		return err
	})
	if again {
		return s.itemEdit(c, typedItem(c, r))
	}
	if err != nil {
		return err
	}
	return s.seeOther(c, "/overleggen/"+c.Params("id"), "Het punt staat op de agenda.")
}

func pointDetails(c *fiber.Ctx, said map[string]string) meetings.Point {
	minutes := 0
	if typed := field(c, "minuten"); typed != "" {
		var err error
		if minutes, err = strconv.Atoi(typed); err != nil {
			minutes = -1 // no number: the domain says what is asked
		}
	}
	return meetings.Point{Title: field(c, "titel"), Section: field(c, "onderdeel"), Presenter: field(c, "trekker"), Minutes: minutes,
		Internal: ticked(c, "intern"), Reasons: said}
}

func typedItem(c *fiber.Ctx, r parts.Refusal) pages.ItemPage {
	page := pages.ItemPage{Refused: r, Internal: ticked(c, "intern"), Values: map[string]string{}}
	for _, name := range []string{"titel", "onderdeel", "trekker", "minuten"} {
		page.Values[name] = field(c, name)
	}
	return page
}

// itemForm shows a point with what stands on it, to change it.
func (s *Server) itemForm(c *fiber.Ctx) error {
	_, item, err := s.meetingItem(c)
	if err != nil {
		return err
	}
	page := pages.ItemPage{Internal: item.Internal, Values: map[string]string{
		"titel": item.Title, "onderdeel": item.Section, "trekker": item.Presenter}}
	if item.Minutes > 0 {
		page.Values["minuten"] = strconv.Itoa(item.Minutes)
	}
	if page.Refused, err = s.before(c, itemTexts, page.Values, reasonsOf(item.Asked, itemTexts)); err != nil {
		return err
	}
	return s.itemEdit(c, page)
}

// meetingItem reads the meeting and the point of it that the address names.
func (s *Server) meetingItem(c *fiber.Ctx) (*meetings.Seen, meetings.Item, error) {
	m, err := s.svc.Calendar.Show(ctx(c), viewer(c), c.Params("id"))
	if err != nil {
		return nil, meetings.Item{}, err
	}
	for _, item := range m.Items {
		if item.ID == c.Params("punt") {
			return m, item, nil
		}
	}
	return nil, meetings.Item{}, fiber.ErrNotFound
}

// itemChange writes over a point.
func (s *Server) itemChange(c *fiber.Ctx) error {
	r, again, err := s.guarded(c, itemTexts, func(said map[string]string) error {
		return s.svc.Calendar.ChangeItem(ctx(c), viewer(c), c.Params("id"), c.Params("punt"), pointDetails(c, said))
	})
	if again {
		return s.itemEdit(c, typedItem(c, r))
	}
	if err != nil {
		return err
	}
	return s.seeOther(c, "/overleggen/"+c.Params("id"), "Het punt is bewaard.")
}

// itemEdit fills in what the form of a point has around the typed values.
func (s *Server) itemEdit(c *fiber.Ctx, page pages.ItemPage) error {
	m, err := s.svc.Calendar.Show(ctx(c), viewer(c), c.Params("id"))
	if err != nil {
		return err
	}
	page.Page, page.Action, page.Save = s.narrow(c, "Punt toevoegen"), c.Path(), "Op de agenda zetten"
	page.Page.Error = page.Refused.Any()
	page.Crumbs = []parts.Link{meetingsCrumb, {Label: m.Title, Href: "/overleggen/" + m.ID}}
	page.Sections = sectionsOf(m)
	if c.Params("punt") == "" {
		return s.render(c, formStatus(page.Refused), pages.EditItem(page))
	}
	_, item, err := s.meetingItem(c)
	if err != nil {
		return err
	}
	page.Page.Title, page.Save = "Punt aanpassen", "Wijzigingen bewaren"
	page.TakeAction, page.RemoveTo = c.Path()+"/afhalen", c.Path()+"/weghalen"
	for _, l := range item.Links {
		link, err := s.titleOf(c, l)
		if err != nil {
			return err
		}
		page.Links = append(page.Links, pages.LinkLine{Link: link, Kind: string(l.Kind), ID: l.ID})
	}
	return s.render(c, formStatus(page.Refused), pages.EditItem(page))
}

func sectionsOf(m *meetings.Seen) []string {
	var all []string
	seen := map[string]bool{"": true}
	for _, item := range m.Items {
		if !seen[item.Section] {
			all, seen[item.Section] = append(all, item.Section), true
		}
	}
	return all
}

// itemMove moves a point one place.
func (s *Server) itemMove(c *fiber.Ctx) error {
	by := 1
	if field(c, "richting") == "op" {
		by = -1
	}
	if err := s.svc.Calendar.MoveItem(ctx(c), viewer(c), c.Params("id"), c.Params("punt"), by); err != nil {
		return err
	}
	return s.seeOther(c, "/overleggen/"+c.Params("id")+"#punt-"+c.Params("punt"), "")
}

// itemTake takes a contribution or cluster off a point.
func (s *Server) itemTake(c *fiber.Ctx) error {
	link := meetings.Link{Kind: meetings.LinkKind(field(c, "soort")), ID: field(c, "id")}
	if err := s.svc.Calendar.Take(ctx(c), viewer(c), c.Params("id"), c.Params("punt"), link); err != nil {
		return err
	}
	return s.seeOther(c, "/overleggen/"+c.Params("id")+"/punten/"+c.Params("punt"), "Het staat niet meer bij dit punt.")
}

// itemRemove takes a point off the agenda.
func (s *Server) itemRemove(c *fiber.Ctx) error {
	if err := s.svc.Calendar.RemoveItem(ctx(c), viewer(c), c.Params("id"), c.Params("punt")); err != nil {
		return err
	}
	return s.seeOther(c, "/overleggen/"+c.Params("id"), "Het punt staat niet meer op de agenda.")
}
