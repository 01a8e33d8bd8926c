package server

import (
	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/nl"
	pages "ruggespraak/frontend/pages/routes"
	"ruggespraak/frontend/parts"
	"ruggespraak/knowledge/routes"
	"ruggespraak/people"
)

// compareCell is one cell with its dates and sources.
func (s *Server) compareCell(c *fiber.Ctx) error {
	return s.showCell(c, fiber.StatusOK, nil)
}

// compareConfirm keeps that a chair says the cell still holds.
func (s *Server) compareConfirm(c *fiber.Ctx) error {
	err := s.svc.Routes.Confirm(ctx(c), viewer(c), c.Params("rij"), routes.Route(c.Params("route")), typedDates(c))
	if _, is := refused(err); is {
		return s.showCell(c, fiber.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	return s.seeOther(c, c.Path(), "Uw controle is bewaard.")
}

func typedDates(c *fiber.Ctx) routes.Dates {
	return routes.Dates{ValidFrom: isoDate(field(c, "geldig_per")), CheckBefore: isoDate(field(c, "controleren_voor"))}
}

func (s *Server) showCell(c *fiber.Ctx, status int, refusal error) error {
	label, cell, err := s.svc.Routes.Cell(ctx(c), viewer(c), c.Params("rij"), routes.Route(c.Params("route")))
	if err != nil {
		return err
	}
	page := pages.CellPage{
		Page: s.narrow(c, label+" "+cell.Route.Label()), Route: string(cell.Route), Standing: s.standingOf(cell.Standing), Text: cell.Text,
		Links: routeLinks(cell.Links), Dates: cellDates(cell), Sources: routeSources(cell.Sources),
		Crumbs: []parts.Link{{Label: compareTitle, Href: comparePath + "#" + c.Params("rij")}},
	}
	page.Page.Print = label + " " + cell.Route.Label() + ". " + s.printed(c)
	page.Page.Error = refusal != nil
	if mayReview(c) {
		if page.Review, err = s.reviewOf(c, cell.Standing, refusal); err != nil {
			return err
		}
	}
	return s.render(c, status, pages.CellShow(page))
}

func cellDates(cell routes.SeenCell) []parts.Fact {
	dated := func(iso, otherwise string) string {
		if iso == "" {
			return otherwise
		}
		return longDay(iso)
	}
	return []parts.Fact{
		{Term: "Geldig per", Text: dated(cell.ValidFrom, "Te controleren")},
		{Term: "Gecontroleerd op", Text: dated(cell.CheckedOn, "Nog niet")},
		{Term: "Controleren vóór", Text: dated(cell.CheckBefore, "Te controleren")},
		{Term: "Zekerheid", Text: map[routes.Status]string{
			routes.Confirmed: "De bron zegt dit.", routes.Partly: "Deels te controleren", routes.ToCheck: "Te controleren",
		}[cell.Status]},
	}
}

func routeSources(all []routes.Source) []pages.Source {
	var sources []pages.Source
	for _, s := range all {
		sources = append(sources, pages.Source{Title: s.Title, Href: s.URL, Date: s.Date})
	}
	return sources
}

func mayReview(c *fiber.Ctx) bool {
	return people.May(viewer(c).ActiveRole(), "kb.public", people.Update)
}

// reviewOf is the form to review a text. It begins with what another chair
// said, so that saying the same takes one click.
func (s *Server) reviewOf(c *fiber.Ctx, standing routes.Standing, refusal error) (*pages.Review, error) {
	said, err := s.readersOf(c, standing.By)
	if err != nil {
		return nil, err
	}
	dates := standing.Said
	if len(standing.By) == 0 || standing.Checked {
		dates = routes.Dates{ValidFrom: s.svc.Routes.Today(), CheckBefore: s.svc.Routes.Latest()}
	}
	r := &pages.Review{
		Action: c.Path(), CSRF: s.token(c), Said: said,
		ValidFrom: parts.FieldOptions{Name: "geldig_per", Label: "Geldig per", Help: "Vanaf welke dag klopt dit volgens de bron? Bijvoorbeeld 23-11-2026.",
			Value: typedDate(dates.ValidFrom), Short: true},
		CheckBefore: parts.FieldOptions{Name: "controleren_voor", Label: "Opnieuw controleren vóór", Help: "Uiterlijk over 6 maanden.",
			Value: typedDate(dates.CheckBefore), Short: true},
	}
	if why, is := refused(refusal); is {
		refuseReview(c, r, why)
	}
	return r, nil
}

// refuseReview shows what was typed again, and what is wrong with it.
func refuseReview(c *fiber.Ctx, r *pages.Review, why parts.Refusal) {
	r.ErrorTitle = why.Title
	r.ValidFrom.Value, r.CheckBefore.Value = field(c, r.ValidFrom.Name), field(c, r.CheckBefore.Name)
	for _, f := range why.Fields {
		r.Errors = append(r.Errors, parts.FieldError{Href: "#" + f.Name, Text: f.Sentence})
		switch f.Name {
		case r.ValidFrom.Name:
			r.ValidFrom.Error = f.Sentence
		case r.CheckBefore.Name:
			r.CheckBefore.Error = f.Sentence
		}
	}
}

// readersOf tells who read the text, and when.
func (s *Server) readersOf(c *fiber.Ctx, by []routes.Reading) (string, error) {
	if len(by) == 0 {
		return "", nil
	}
	var ids, words []string
	for _, r := range by {
		ids = append(ids, r.Account)
	}
	names, err := s.svc.House.Directory.Names(ctx(c), ids)
	if err != nil {
		return "", err
	}
	for _, r := range by {
		words = append(words, names[r.Account]+" op "+nl.Datum(r.At))
	}
	return "Klopt nog, volgens " + nl.Opsomming(words) + ".", nil
}
