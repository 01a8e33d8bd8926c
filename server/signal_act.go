package server

import (
	"github.com/gofiber/fiber/v2"

	pages "ruggespraak/frontend/pages/signals"
	"ruggespraak/frontend/parts"
	"ruggespraak/internal/fault"
	"ruggespraak/meetings/signals"
)

// acted ends an action on a contribution: back to its page, which says what was done.
func (s *Server) acted(c *fiber.Ctx, err error, said string) error {
	if err != nil {
		return err
	}
	return s.seeOther(c, signals.Path(c.Params("id")), said)
}

func (s *Server) supportGive(c *fiber.Ctx) error {
	err := s.svc.Book.Recognise(ctx(c), viewer(c), c.Params("id"), signals.Approach(ticked(c, "benaderen")))
	return s.acted(c, err, "U herkent dit. U telt mee en krijgt hetzelfde antwoord.")
}

func (s *Server) supportTake(c *fiber.Ctx) error {
	return s.acted(c, s.svc.Book.Unrecognise(ctx(c), viewer(c), c.Params("id")), "U hebt uw herkenning ingetrokken.")
}

// aboutPage is a page that asks before something is done with a contribution.
func (s *Server) aboutPage(c *fiber.Ctx, view *signals.View, title string) pages.ConfirmPage {
	return pages.ConfirmPage{
		Page: s.narrow(c, title), Title: title, Action: c.Path(),
		Crumbs: []parts.Link{{Label: "Inbreng", Href: "/inbreng"}, {Label: shownTitle(view), Href: signals.Path(view.ID)}},
		Back:   parts.Link{Label: "Terug", Href: signals.Path(view.ID)},
	}
}

// shownWhen gives the contribution when the viewer can do this with it now.
func (s *Server) shownWhen(c *fiber.Ctx, can func(signals.May) bool) (*signals.View, error) {
	view, err := s.svc.Book.Show(ctx(c), viewer(c), c.Params("id"))
	if err != nil {
		return nil, err
	}
	if !can(view.May) {
		return nil, fault.ForbiddenError()
	}
	return view, nil
}

func (s *Server) signalWithdrawForm(c *fiber.Ctx) error {
	view, err := s.shownWhen(c, func(m signals.May) bool { return m.Withdraw })
	if err != nil {
		return err
	}
	page := s.aboutPage(c, view, "Wilt u uw inbreng intrekken?")
	page.Text = []string{
		"Collega's zien uw inbreng dan niet meer. Zij staat ook niet meer in een cluster en komt niet in latere bundels.",
		"Wat in een vastgestelde bundel staat, blijft daar.",
	}
	page.Buttons = []parts.ButtonOptions{
		{Label: "Intrekken", Kind: parts.ButtonPrimary},
		{Label: "Intrekken en opnieuw indienen", Name: "daarna", Value: "opnieuw"},
	}
	return s.render(c, fiber.StatusOK, pages.Confirm(page))
}

func (s *Server) signalWithdraw(c *fiber.Ctx) error {
	if err := s.svc.Book.Withdraw(ctx(c), viewer(c), c.Params("id")); err != nil {
		return err
	}
	if field(c, "daarna") == "opnieuw" {
		return s.signalResume(c)
	}
	return s.seeOther(c, signals.Path(c.Params("id")), "Uw inbreng is ingetrokken.")
}

// signalResume opens a draft that is filled in with one's own contribution.
func (s *Server) signalResume(c *fiber.Ctx) error {
	draft, err := s.svc.Book.Resume(ctx(c), viewer(c), c.Params("id"))
	if err != nil {
		return err
	}
	return s.seeOther(c, "/inbreng/concept/"+draft, "Pas uw tekst aan en dien hem opnieuw in.")
}

func (s *Server) flagRaiseForm(c *fiber.Ctx) error {
	view, err := s.shownWhen(c, func(m signals.May) bool { return m.Flag })
	if err != nil {
		return err
	}
	page := s.aboutPage(c, view, "Is in deze tekst iemand te herkennen?")
	page.Text = []string{"Laat dat weten aan CoMensha. De tekst is dan meteen verborgen, tot CoMensha beslist."}
	page.Buttons = []parts.ButtonOptions{{Label: "Ja, verberg de tekst", Kind: parts.ButtonPrimary}}
	return s.render(c, fiber.StatusOK, pages.Confirm(page))
}

func (s *Server) flagRaise(c *fiber.Ctx) error {
	return s.acted(c, s.svc.Book.RaiseFlag(ctx(c), viewer(c), c.Params("id")), "De tekst is verborgen. CoMensha bekijkt de tekst.")
}

func (s *Server) flagRestore(c *fiber.Ctx) error {
	return s.acted(c, s.svc.Book.Restore(ctx(c), viewer(c), c.Params("id")), "De tekst is weer te lezen.")
}

func (s *Server) flagRemoveForm(c *fiber.Ctx) error {
	view, err := s.shownWhen(c, func(m signals.May) bool { return m.Remove })
	if err != nil {
		return err
	}
	page := s.aboutPage(c, view, "Wilt u deze tekst voorgoed verwijderen?")
	page.Text = []string{
		"De tekst, de titel en de aanvulling verdwijnen overal: uit de opslag, uit concepten die ervan gemaakt zijn, uit berichten en uit het zoeken. U kunt dit niet terugdraaien.",
		"Op de plaats van de tekst blijft staan dat hier iets is verwijderd. Wat in een vastgestelde bundel staat, is uw eigen tekst en blijft daar.",
	}
	if s.cfg.Journal != "" {
		page.Text = append(page.Text, s.cfg.Journal)
	}
	page.Boxes = relatives(view)
	page.Buttons = []parts.ButtonOptions{{Label: "Voorgoed verwijderen", Kind: parts.ButtonPrimary}}
	return s.render(c, fiber.StatusOK, pages.Confirm(page))
}

// relatives are the contributions that this one replaced or that replaced it:
// the same text may stand in them.
func relatives(view *signals.View) []parts.CheckboxOptions {
	var boxes []parts.CheckboxOptions
	if view.Previous != "" {
		boxes = append(boxes, parts.CheckboxOptions{ID: "eerder", Name: "ook", Value: view.Previous, Label: "Verwijder ook de eerdere inbreng waar deze voor in de plaats kwam."})
	}
	if view.Next != "" {
		boxes = append(boxes, parts.CheckboxOptions{ID: "later", Name: "ook", Value: view.Next, Label: "Verwijder ook de inbreng die hiervoor in de plaats kwam."})
	}
	return boxes
}

func (s *Server) flagRemove(c *fiber.Ctx) error {
	view, err := s.svc.Book.Show(ctx(c), viewer(c), c.Params("id"))
	if err != nil {
		return err
	}
	for _, also := range fields(c, "ook") {
		if also != view.Previous && also != view.Next {
			return fault.NotFoundError()
		}
		if err := s.svc.Book.Remove(ctx(c), viewer(c), also); err != nil {
			return err
		}
	}
	return s.acted(c, s.svc.Book.Remove(ctx(c), viewer(c), view.ID), "De tekst is voorgoed verwijderd.")
}
