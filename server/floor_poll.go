package server

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/nl"
	pages "ruggespraak/frontend/pages/floor"
	meetingpages "ruggespraak/frontend/pages/meetings"
	"ruggespraak/frontend/parts"
	"ruggespraak/internal/fault"
	"ruggespraak/meetings"
	"ruggespraak/meetings/discussion"
)

// pollForm shows the form of a quick poll about the item at hand.
func (s *Server) pollForm(c *fiber.Ctx) error {
	return s.polling(c, parts.Refusal{})
}

func (s *Server) polling(c *fiber.Ctx, refused parts.Refusal) error {
	r, err := s.svc.Floor.Show(ctx(c), viewer(c), c.Params("id"))
	if err != nil {
		return err
	}
	if r.Item == nil && !refused.Any() {
		return fault.New(fault.Conflict, "Ga eerst naar het punt waar de peiling bij hoort.")
	}
	page := pages.PollPage{Page: s.narrow(c, "Peiling openen"), Action: c.Path(), Key: or(field(c, "sleutel"), discussion.NewKey()),
		Values: map[string]string{"vraag": field(c, "vraag"), "antwoorden": field(c, "antwoorden")}, Several: field(c, "meer") != "", Refused: refused,
		Note:   "Niemand ziet wie wat stemt. De uitslag komt er als u de peiling sluit, vanaf 3 stemmen.",
		Crumbs: []parts.Link{meetingsCrumb, {Label: r.Title, Href: "/overleggen/" + r.Meeting}, {Label: "Live", Href: livePath(r.Meeting)}}}
	if r.Item != nil {
		page.About = r.Item.Title
	}
	if r.Item != nil && r.Item.Guests {
		page.Note += " SOM-leden stemmen mee. Zij zien geen uitslag."
	}
	page.Page.Error = refused.Any()
	return s.render(c, formStatus(refused), pages.NewPoll(page))
}

// pollOpen opens a quick poll.
func (s *Server) pollOpen(c *fiber.Ctx) error {
	r, err := s.svc.Floor.Show(ctx(c), viewer(c), c.Params("id"))
	if err != nil {
		return err
	}
	texts := freeTexts{fields: []string{"vraag", "antwoorden"}, colleagues: r.Item == nil || !r.Item.Guests}
	refused, again, err := s.guarded(c, texts, func(said map[string]string) error {
		return s.svc.Floor.Poll(ctx(c), viewer(c), c.Params("id"), meetings.PollForm{
			Question: field(c, "vraag"), Options: linesOf(field(c, "antwoorden")), Several: field(c, "meer") != "", Key: field(c, "sleutel"), Reasons: said})
	})
	if again {
		return s.polling(c, refused)
	}
	return s.led(c, err)
}

// pollVote votes. What was wrong with it is shown at the poll.
func (s *Server) pollVote(c *fiber.Ctx) error {
	var choices []int
	for _, typed := range fields(c, "keuze") {
		n, err := strconv.Atoi(typed)
		if err != nil {
			n = -1 // no option
		}
		choices = append(choices, n)
	}
	err := s.svc.Floor.Vote(ctx(c), viewer(c), c.Params("id"), c.Params("peiling"), choices)
	if r, ok := refused(err); ok {
		return s.floorAgain(c, fiber.StatusUnprocessableEntity, r)
	}
	return s.led(c, err)
}

// pollClose ends a poll.
func (s *Server) pollClose(c *fiber.Ctx) error {
	return s.led(c, s.svc.Floor.ClosePoll(ctx(c), viewer(c), c.Params("id"), c.Params("peiling")))
}

// poll draws the poll that is open; nil when there is none.
func (d floorDrawing) poll(refused parts.Refusal) *pages.Poll {
	if len(d.r.Polls) == 0 || !d.r.Polls[0].Open {
		return nil
	}
	p := d.r.Polls[0]
	drawn := &pages.Poll{Question: p.Question, Several: p.Several, Say: "Peiling: " + p.Question, Error: refused.At("keuze"),
		Note: "Niemand ziet wat u stemt. U ziet de uitslag als de voorzitter de peiling sluit, vanaf 3 stemmen."}
	if drawn.Error != "" {
		drawn.Say = drawn.Error
	}
	if d.r.Guest {
		drawn.Note = "Niemand ziet wat u stemt."
	} else {
		drawn.Count = nl.Aantal(p.Votes, "stem", "stemmen")
	}
	if d.r.MayLead {
		end := d.button("/peilingen/"+p.ID+"/sluiten", "Peiling sluiten", "")
		drawn.Close = &end
	}
	if p.Voted {
		drawn.Note = "U hebt gestemd. " + drawn.Note
		return drawn
	}
	drawn.Action = d.base + "/peilingen/" + p.ID + "/stem"
	for i, o := range p.Options {
		drawn.Options = append(drawn.Options, parts.Option{Value: strconv.Itoa(i), Label: o})
	}
	return drawn
}

// pollResults draws the polls that are closed.
func pollResults(all []meetings.Poll) []pages.Result {
	var drawn []pages.Result
	for _, p := range all {
		if p.Open {
			continue
		}
		r := pages.Result{ID: p.ID, Question: p.Question, Votes: strconv.Itoa(p.Votes), Line: nl.Aantal(p.Votes, "stem", "stemmen")}
		if p.Tally == nil {
			r.Line = "Te weinig stemmen om de uitslag te tonen."
		}
		for i, n := range p.Tally {
			r.Bars = append(r.Bars, pages.Bar{ID: fmtID(p.ID, i), Label: p.Options[i], Value: strconv.Itoa(n)})
		}
		drawn = append(drawn, r)
	}
	return drawn
}

func fmtID(id string, n int) string { return "uitslag-" + id + "-" + strconv.Itoa(n) }

// addPolls puts the polls that were closed with the items of a meeting's page.
func (s *Server) addPolls(c *fiber.Ctx, page *meetingpages.ShowPage, meeting string) error {
	all, err := s.svc.Floor.Results(ctx(c), viewer(c), meeting)
	if fault.Is(err, fault.NotFound) {
		return nil // a draft, or of a body: nothing is led there
	}
	for i := range page.Sections {
		for j := range page.Sections[i].Items {
			item := &page.Sections[i].Items[j]
			if polls := all[item.ID]; len(polls) > 0 {
				item.Polls = pages.Results(pollResults(polls))
			}
		}
	}
	return err
}
