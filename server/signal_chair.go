package server

import (
	"github.com/gofiber/fiber/v2"

	pages "ruggespraak/frontend/pages/signals"
	"ruggespraak/frontend/parts"
	"ruggespraak/internal/fault"
	"ruggespraak/meetings/signals"
)

func (s *Server) signalRelease(c *fiber.Ctx) error {
	return s.acted(c, s.svc.Book.Release(ctx(c), viewer(c), c.Params("id")), "Collega's kunnen deze inbreng nu lezen.")
}

func (s *Server) signalContacted(c *fiber.Ctx) error {
	return s.acted(c, s.svc.Book.Contacted(ctx(c), viewer(c), c.Params("id")), "U hebt contact gehad. De inbreng staat niet meer bij «Kan niet wachten».")
}

// actedOrSaid ends an action from a small form: what was wrong with it is said
// on the page it stands on.
func (s *Server) actedOrSaid(c *fiber.Ctx, err error, said string) error {
	if fault.Is(err, fault.Invalid) {
		r, _ := refused(err)
		return s.seeOther(c, signals.Path(c.Params("id")), r.Title)
	}
	return s.acted(c, err, said)
}

func (s *Server) signalTheme(c *fiber.Ctx) error {
	err := s.svc.Book.ChooseTheme(ctx(c), viewer(c), c.Params("id"), field(c, signals.FieldTheme))
	return s.actedOrSaid(c, err, "Het thema is bewaard.")
}

func (s *Server) signalOutcome(c *fiber.Ctx) error {
	o := signals.Outcome{Kind: signals.OutcomeKind(field(c, "uitkomst")), Body: field(c, "orgaan")}
	return s.actedOrSaid(c, s.svc.Book.SetOutcome(ctx(c), viewer(c), []string{c.Params("id")}, o), "De uitkomst is bewaard.")
}

func (s *Server) signalCluster(c *fiber.Ctx) error {
	cluster := field(c, "cluster")
	if cluster == "" {
		return s.seeOther(c, signals.Path(c.Params("id")), "Kies eerst een cluster.")
	}
	return s.acted(c, s.svc.Book.Join(ctx(c), viewer(c), cluster, []string{c.Params("id")}), "De inbreng staat nu in het cluster. De indiener krijgt bericht.")
}

func (s *Server) furtherAsk(c *fiber.Ctx) error {
	return s.acted(c, s.svc.Book.AskFurther(ctx(c), viewer(c), c.Params("id"), ""), "De vraag is gesteld. De indiener krijgt bericht.")
}

func (s *Server) furtherAnswer(c *fiber.Ctx) error {
	answer := field(c, "antwoord")
	if answer != "ja" && answer != "nee" {
		return fault.New(fault.Invalid, "Kies ja of nee.")
	}
	return s.acted(c, s.svc.Book.AnswerFurther(ctx(c), viewer(c), c.Params("id"), answer == "ja"), "Uw antwoord is bewaard.")
}

func (s *Server) signalSendBackForm(c *fiber.Ctx) error {
	return s.sendBackPage(c, parts.Refusal{})
}

var reasonTexts = freeTexts{fields: []string{signals.FieldReason}}

func (s *Server) sendBackPage(c *fiber.Ctx, r parts.Refusal) error {
	view, err := s.shownWhen(c, func(m signals.May) bool { return m.SendBack })
	if err != nil {
		return err
	}
	page := pages.TextPage{
		Page: s.narrow(c, "Terugsturen met een reden"), Title: "Terugsturen met een reden", Action: c.Path(),
		Crumbs: []parts.Link{{Label: "Inbreng", Href: "/inbreng"}, {Label: shownTitle(view), Href: signals.Path(view.ID)}},
		Lead:   "Collega's zien de inbreng dan niet meer, tot de indiener hem opnieuw indient.",
		Name:   signals.FieldReason, Label: "Wat moet er anders?", Help: "De indiener leest dit. Noem niet wie er te herkennen is.",
		Button: "Terugsturen", Back: parts.Link{Label: "Terug", Href: signals.Path(view.ID)},
	}
	page.Value = field(c, page.Name)
	page.Refused, page.Page.Error = r, r.Any()
	return s.render(c, formStatus(r), pages.Text(page))
}

func (s *Server) signalSendBack(c *fiber.Ctx) error {
	r, again, err := s.guarded(c, reasonTexts, func(map[string]string) error {
		return s.svc.Book.SendBack(ctx(c), viewer(c), c.Params("id"), field(c, signals.FieldReason), chosenReasons(c))
	})
	if again {
		return s.sendBackPage(c, r)
	}
	return s.acted(c, err, "De inbreng is terug bij de indiener.")
}
