package server

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/nl"
	pages "ruggespraak/frontend/pages/bundles"
	"ruggespraak/frontend/parts"
	"ruggespraak/meetings/bundles"
	"ruggespraak/people"
)

// bundleList shows the bundles that the viewer may find.
func (s *Server) bundleList(c *fiber.Ctx) error {
	v := viewer(c)
	all, err := s.svc.Desk.List(ctx(c), v)
	if err != nil {
		return err
	}
	page := pages.ListPage{Page: s.page(c, "Bundels"), MayBegin: people.May(v.ActiveRole(), "comp.draft", people.Create)}
	page.Empty = "Er is nog geen bundel. Verstuurt CoMensha een bundel? Dan staat hij hier, en krijgt u een mail."
	if page.MayBegin {
		page.Empty = "Er is nog geen bundel. Begin een bundel als er clusters zijn om door te geven."
	}
	making, sent := pages.Group{ID: "maken", Title: "In de maak"}, pages.Group{ID: "verstuurd", Title: "Verstuurd"}
	for _, l := range all {
		if l.State == bundles.Sent || l.State == bundles.Withdrawn || l.State == bundles.Nothing {
			sent.Rows = append(sent.Rows, bundleRow(l))
			continue
		}
		making.Rows = append(making.Rows, bundleRow(l))
	}
	for _, g := range []pages.Group{making, sent} {
		if len(g.Rows) > 0 {
			page.Groups = append(page.Groups, g)
		}
	}
	return s.render(c, fiber.StatusOK, pages.List(page))
}

func bundleRow(l bundles.Listed) pages.Row {
	r := pages.Row{
		Title: bundleName(l.Number, l.Addressee), Href: bundlePath(l.Number), Status: bundleStatus(l.State),
		Line: nl.Aantal(l.Points, "punt", "punten"), Note: periodWords(l.From, l.To),
	}
	if l.Sent != "" && l.State == bundles.Sent {
		r.Line += " · verstuurd op " + dayWords(l.Sent)
	}
	if l.Answered > 0 {
		r.Line += " · " + strconv.Itoa(l.Answered) + " beantwoord"
	}
	switch {
	case l.State != bundles.Sent || l.Points == 0:
	case l.Waits > 0:
		r.Status = parts.Status{Label: waitWords(l.Waits), Tone: parts.ToneWarn}
	case l.FedBack == l.Points:
		r.Status = parts.Status{Label: "Teruggekoppeld", Tone: parts.ToneBack}
	case l.Answered == l.Points:
		r.Status = parts.Status{Label: "Beantwoord", Tone: parts.ToneBack}
	}
	if l.State == bundles.Nothing {
		r.Line = "Er was niets te sturen"
	}
	return r
}

// bundleNames is the name of a ministry or other body.
var bundleNames = freeTexts{fields: []string{"orgaan"}}

// bundleNewForm asks for whom a new bundle is.
func (s *Server) bundleNewForm(c *fiber.Ctx) error {
	return s.bundleForm(c, fiber.StatusOK, pages.FormPage{To: string(bundles.SOM)})
}

// bundleCreate begins a bundle.
func (s *Server) bundleCreate(c *fiber.Ctx) error {
	var b *bundles.Bundle
	r, again, err := s.guarded(c, bundleNames, func(map[string]string) (err error) {
		b, err = s.svc.Desk.Begin(ctx(c), viewer(c), bundleDetails(c))
		return err
	})
	if again {
		return s.bundleForm(c, formStatus(r), typedBundle(c, r))
	}
	if err != nil {
		return err
	}
	return s.seeOther(c, bundlePath(b.Number), "Bundel "+b.Number+" is gemaakt. Voeg nu punten toe.")
}

func bundleDetails(c *fiber.Ctx) bundles.NewBundle {
	return bundles.NewBundle{
		Addressee: bundles.Addressee{Body: bundles.Body(field(c, "aan")), Name: field(c, "orgaan")},
		From:      day(c, "van"), To: day(c, "tot"),
	}
}

func typedBundle(c *fiber.Ctx, r parts.Refusal) pages.FormPage {
	return pages.FormPage{Refused: r, To: field(c, "aan"), Body: field(c, "orgaan"), From: field(c, "van"), Until: field(c, "tot")}
}

// bundleDescribeForm shows addressee and period of a draft.
func (s *Server) bundleDescribeForm(c *fiber.Ctx) error {
	in, err := s.svc.Desk.Inspect(ctx(c), viewer(c), c.Params("nummer"))
	if err != nil {
		return err
	}
	return s.bundleForm(c, fiber.StatusOK, pages.FormPage{
		To: string(in.Addressee.Body), Body: in.Addressee.Name, From: typedDate(string(in.From)), Until: typedDate(string(in.To)),
	})
}

// bundleDescribe changes addressee and period.
func (s *Server) bundleDescribe(c *fiber.Ctx) error {
	number := c.Params("nummer")
	r, again, err := s.guarded(c, bundleNames, func(map[string]string) error {
		return s.svc.Desk.Describe(ctx(c), viewer(c), number, bundleDetails(c))
	})
	if again {
		return s.bundleForm(c, formStatus(r), typedBundle(c, r))
	}
	return s.back(c, err, bundlePath(number), "De gegevens zijn bewaard.")
}

func (s *Server) bundleForm(c *fiber.Ctx, status int, page pages.FormPage) error {
	title := "Nieuwe bundel"
	page.Save, page.Crumbs = "Bundel beginnen", []parts.Link{bundlesCrumb}
	if number := c.Params("nummer"); number != "" {
		title = "Gegevens van bundel " + number
		page.Save = "Gegevens bewaren"
		page.Crumbs = append(page.Crumbs, parts.Link{Label: "Bundel " + number, Href: bundlePath(number)})
	}
	page.Page, page.Action = s.narrow(c, title), c.Path()
	page.Page.Error = page.Refused.Any()
	return s.render(c, status, pages.Form(page))
}

// pointList shows the points of the Task Force.
func (s *Server) pointList(c *fiber.Ctx) error {
	all, err := s.svc.Desk.Points(ctx(c), viewer(c))
	if err != nil {
		return err
	}
	open, done := pages.Group{ID: "open", Title: "Wacht op antwoord"}, pages.Group{ID: "beantwoord", Title: "Beantwoord"}
	for _, p := range all {
		row := pages.Row{Title: p.Heading, Href: pointPath(p.Number, p.N), Second: p.Ask, Line: "Bundel " + p.Number + ", punt " + strconv.Itoa(p.N) + " · verstuurd op " + dayWords(p.Sent)}
		if p.Answered {
			row.Status = parts.Status{Label: "Beantwoord", Tone: parts.ToneBack}
			done.Rows = append(done.Rows, row)
			continue
		}
		row.Status = parts.Status{Label: waitWords(p.Waits), Tone: parts.ToneWarn}
		open.Rows = append(open.Rows, row)
	}
	page := pages.ListPage{Page: s.page(c, "Punten"), Lead: "Punten die zorgcoördinatoren aan de Task Force voorleggen.", Empty: "Er zijn nog geen punten voor de Task Force. Stuurt CoMensha er een? Dan staat het hier, en krijgt u een mail."}
	for _, g := range []pages.Group{open, done} {
		if len(g.Rows) > 0 {
			page.Groups = append(page.Groups, g)
		}
	}
	return s.render(c, fiber.StatusOK, pages.List(page))
}
