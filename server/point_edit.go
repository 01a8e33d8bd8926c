package server

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/nl"
	pages "ruggespraak/frontend/pages/bundles"
	"ruggespraak/frontend/parts"
	"ruggespraak/internal/fault"
	"ruggespraak/meetings/bundles"
)

var pointTexts = freeTexts{fields: []string{"kop", "zien", "gevolg", "vraag", "aan"}}

// pointEditPage shows the form of a point's texts.
func (s *Server) pointEditPage(c *fiber.Ctx, in *bundles.Inspection, n int) error {
	p := &in.Points[n-1]
	t := p.Texts
	page := pages.EditPage{Rev: strconv.Itoa(p.Rev), Values: map[string]string{
		"kop": t.Heading, "zien": t.See, "gevolg": t.Effect, "vraag": t.Ask, "aan": t.To,
	}}
	var err error
	if page.Refused, err = s.before(c, pointTexts, page.Values, p.Guarded); err != nil {
		return err
	}
	return s.pointForm(c, fiber.StatusOK, in, n, page)
}

// pointWrite changes the texts of a point.
func (s *Server) pointWrite(c *fiber.Ctx) error {
	v, number := viewer(c), c.Params("nummer")
	rev, _ := strconv.Atoi(field(c, "versie"))
	said := map[string]string{}
	r, again, err := s.guarded(c, pointTexts, func(given map[string]string) error {
		said = given
		return s.svc.Desk.Write(ctx(c), v, number, field(c, "punt"), rev, bundles.Texts{
			Heading: field(c, "kop"), See: field(c, "zien"), Effect: field(c, "gevolg"), Ask: field(c, "vraag"), To: field(c, "aan"),
		}, given)
	})
	clash := fault.Is(err, fault.Conflict)
	if err != nil && !clash {
		return err
	}
	if !again && !clash {
		return s.seeOther(c, bundlePath(number), "Het punt is bewaard.")
	}
	in, readErr := s.svc.Desk.Inspect(ctx(c), v, number)
	if readErr != nil {
		return readErr
	}
	n := in.NumberOf(field(c, "punt"))
	if n == 0 || in.Freeze != nil {
		return s.back(c, err, bundlePath(number), "")
	}
	page := pages.EditPage{Refused: r, Rev: field(c, "versie"), Values: map[string]string{}}
	for _, name := range pointTexts.fields {
		page.Values[name] = field(c, name)
	}
	if clash {
		return s.pointClash(c, in, n, page, said)
	}
	return s.pointForm(c, formStatus(r), in, n, page)
}

// pointClash shows what a colleague wrote in between above what was typed.
func (s *Server) pointClash(c *fiber.Ctx, in *bundles.Inspection, n int, page pages.EditPage, said map[string]string) (err error) {
	t := in.Points[n-1].Texts
	page.Rev = strconv.Itoa(in.Points[n-1].Rev)
	page.Clash = []parts.Fact{
		{Term: "Kop", Text: t.Heading}, {Term: "Wat zien zorgcoördinatoren?", Text: t.See},
		{Term: "Wat is het gevolg voor slachtoffers?", Text: t.Effect}, {Term: "Wat vraagt u?", Text: t.Ask}, {Term: "Aan wie?", Text: t.To},
	}
	if page.Refused, err = s.before(c, pointTexts, page.Values, said); err != nil {
		return err
	}
	return s.pointForm(c, fiber.StatusConflict, in, n, page)
}

func (s *Server) pointForm(c *fiber.Ctx, status int, in *bundles.Inspection, n int, page pages.EditPage) error {
	p, numbers := &in.Points[n-1], in.Numbers[in.Points[n-1].ID]
	page.Page = s.page(c, "Punt "+strconv.Itoa(n)+" aanpassen")
	page.Page.Error = page.Refused.Any() || len(page.Clash) > 0
	page.Crumbs = bundleCrumbs(viewer(c), in.Number, in.Addressee)
	page.Action, page.Point = pointPath(in.Number, n), p.ID
	page.Eyebrow = "Punt " + strconv.Itoa(n) + " van " + strconv.Itoa(len(in.Points))
	page.Finds = findingLines(in, n)
	page.Numbers = nl.Aantal(numbers.Organisations, "organisatie", "organisaties") + " in " + nl.Aantal(numbers.Regions, "regio", "regio's") + "."
	page.Band = bandWords(in, p, numbers)
	if p.Origin == nil {
		page.Remove = page.Action + "/weghalen"
	} else {
		page.Origin = parts.Link{Label: "Komt uit bundel " + p.Origin.Bundle, Href: bundlePath(p.Origin.Bundle)}
	}
	var err error
	if page.Sources, err = s.sourceLines(c, p.Sources, page.Action+"/inbreng"); err != nil {
		return err
	}
	return s.render(c, status, pages.Edit(page))
}

// sourceLines are the contributions under a point, for the chair.
func (s *Server) sourceLines(c *fiber.Ctx, ids []string, drop string) ([]pages.SourceLine, error) {
	known, err := s.svc.Book.Brief(ctx(c), viewer(c), ids)
	if err != nil {
		return nil, err
	}
	var lines []pages.SourceLine
	for _, b := range known {
		lines = append(lines, pages.SourceLine{ID: b.ID, Title: b.Title, Href: "/inbreng/" + b.ID, Line: b.Kind + " · " + b.Theme, Drop: drop})
	}
	return lines, nil
}

// pointRemove takes a point out of a draft.
func (s *Server) pointRemove(c *fiber.Ctx) error {
	number := c.Params("nummer")
	err := s.svc.Desk.Remove(ctx(c), viewer(c), number, field(c, "punt"))
	return s.back(c, err, bundlePath(number), "Het punt is uit de bundel gehaald.")
}

// sourceDrop takes a contribution out of a point.
func (s *Server) sourceDrop(c *fiber.Ctx) error {
	number := c.Params("nummer")
	err := s.svc.Desk.DropSource(ctx(c), viewer(c), number, field(c, "punt"), field(c, "weg"))
	return s.back(c, err, c.Path()[:len(c.Path())-len("/inbreng")], "De inbreng staat niet meer onder dit punt.")
}
