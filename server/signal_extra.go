package server

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	pages "ruggespraak/frontend/pages/signals"
	"ruggespraak/frontend/parts"
	"ruggespraak/meetings/signals"
)

var extraTexts = freeTexts{fields: []string{signals.FieldHelp}}

// signalExtraForm is «Wilt u nog iets aanvullen?».
func (s *Server) signalExtraForm(c *fiber.Ctx) error {
	view, err := s.shownWhen(c, func(m signals.May) bool { return m.Supplement })
	if err != nil {
		return err
	}
	return s.render(c, fiber.StatusOK, pages.Extra(s.extraPage(c, view, view.Extra.Slugs)))
}

func (s *Server) extraPage(c *fiber.Ctx, view *signals.View, e signals.Extra) pages.ExtraPage {
	page := pages.ExtraPage{
		Page: s.narrow(c, "Wilt u nog iets aanvullen?"), Action: c.Path(), SkipHref: signals.Path(view.ID),
		Crumbs: []parts.Link{{Label: "Inbreng", Href: "/inbreng"}, {Label: shownTitle(view), Href: signals.Path(view.ID)}},
		Form:   e.Form, Age: e.Age, Reach: e.Reach, Frequency: e.Frequency, Help: e.Help,
		Forms: options(signals.ExploitationForms()), Ages: options(signals.AgeGroups()), Reaches: options(signals.Reaches()),
		Freqs: options(signals.Frequencies()), Actors: checked(options(signals.Actors()), e.Actors),
	}
	for _, t := range signals.Themes() {
		page.Keywords = append(page.Keywords, pages.KeywordGroup{Label: t.Label, Options: checked(options(t.Keywords), e.Keywords)})
	}
	return page
}

func checked(all []parts.Option, chosen []string) []parts.Option {
	for i := range all {
		all[i].Checked = slices.Contains(chosen, all[i].Value)
	}
	return all
}

// signalExtra keeps the answers.
func (s *Server) signalExtra(c *fiber.Ctx) error {
	e := signals.Extra{Form: field(c, "vorm"), Age: field(c, "leeftijd"), Reach: field(c, "waar"), Frequency: field(c, "hoevaak"),
		Actors: fields(c, "wie"), Keywords: fields(c, "trefwoorden")}
	r, again, err := s.guarded(c, extraTexts, func(map[string]string) error {
		e.Help = field(c, signals.FieldHelp)
		return s.svc.Book.Supplement(ctx(c), viewer(c), c.Params("id"), e, chosenReasons(c))
	})
	if again {
		e.Help = field(c, signals.FieldHelp)
		return s.extraAgain(c, e, r)
	}
	return s.acted(c, err, "Uw aanvulling is bewaard.")
}

func (s *Server) extraAgain(c *fiber.Ctx, e signals.Extra, r parts.Refusal) error {
	view, err := s.shownWhen(c, func(m signals.May) bool { return m.Supplement })
	if err != nil {
		return err
	}
	page := s.extraPage(c, view, e)
	page.Refused, page.Page.Error = r, r.Any()
	return s.render(c, formStatus(r), pages.Extra(page))
}
