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

// pointAddForm shows what can become a point.
func (s *Server) pointAddForm(c *fiber.Ctx) error {
	v, number := viewer(c), c.Params("nummer")
	all, err := s.svc.Desk.Candidates(ctx(c), v, number)
	if fault.Is(err, fault.Conflict) {
		return s.back(c, err, bundlePath(number), "")
	}
	if err != nil {
		return err
	}
	in, err := s.svc.Desk.Inspect(ctx(c), v, number)
	if err != nil {
		return err
	}
	page := pages.AddPage{
		Page: s.narrow(c, "Punt toevoegen"), Crumbs: bundleCrumbs(v, number, in.Addressee),
		Action: c.Path(), AskPath: bundlePath(number) + "/vragen",
	}
	page.Points = []parts.Option{{Value: "nieuw", Label: "Een nieuw punt"}}
	for i, p := range in.Points {
		page.Points = append(page.Points, parts.Option{Value: p.ID, Label: "Punt " + strconv.Itoa(i+1) + ": " + p.Texts.Heading})
	}
	for _, cl := range all.Clusters {
		page.Clusters = append(page.Clusters, pages.AddLine{
			ID: cl.ID, Title: cl.Heading, Href: "/inbreng/clusters/" + cl.ID, Line: nl.Aantal(cl.Contributions, "keer inbreng", "keer inbreng") + " die nog in geen bundel staat",
		})
	}
	for _, one := range all.Loose {
		line := addLine(one)
		if one.ID == c.Query("inbreng") {
			page.Chosen = &line
		}
		if one.InPeriod {
			page.Loose = append(page.Loose, line)
		} else {
			page.Older = append(page.Older, line)
		}
	}
	for _, one := range all.Closed {
		page.Closed = append(page.Closed, addLine(one))
	}
	return s.render(c, fiber.StatusOK, pages.Add(page))
}

func addLine(one bundles.Candidate) pages.AddLine {
	l := pages.AddLine{ID: one.ID, Title: one.Title, Href: "/inbreng/" + one.ID, Line: one.Theme + " · " + dayWords(one.Day)}
	switch {
	case one.Refused:
		l.Line += " · De indiener zei nee"
	case one.Asked:
		l.Asked = true
		l.Line += " · Gevraagd aan de indiener, nog geen antwoord"
	}
	return l
}

// pointAdd makes a point of a cluster or a contribution, or rests a point on
// one more contribution.
func (s *Server) pointAdd(c *fiber.Ctx) error {
	v, number := viewer(c), c.Params("nummer")
	path := bundlePath(number)
	if point := field(c, "punt"); point != "" && point != "nieuw" {
		err := s.svc.Desk.AddSource(ctx(c), v, number, point, field(c, "inbreng"))
		return s.back(c, err, path, "De inbreng staat nu onder het punt.")
	}
	var id string
	var err error
	if cluster := field(c, "cluster"); cluster != "" {
		id, err = s.svc.Desk.AddCluster(ctx(c), v, number, cluster)
	} else {
		id, err = s.svc.Desk.AddContribution(ctx(c), v, number, field(c, "inbreng"))
	}
	if err != nil {
		return s.back(c, err, path, "")
	}
	in, err := s.svc.Desk.Inspect(ctx(c), v, number)
	if err != nil {
		return err
	}
	return s.seeOther(c, pointPath(number, in.NumberOf(id)), "Het punt staat in de bundel. Schrijf nu de tekst.")
}

// consentAsk asks an author whether a text may go further than chosen.
func (s *Server) consentAsk(c *fiber.Ctx) error {
	number := c.Params("nummer")
	err := s.svc.Desk.AskFurther(ctx(c), viewer(c), number, field(c, "inbreng"))
	return s.back(c, err, bundlePath(number)+"/toevoegen", "De vraag staat bij de indiener. U krijgt bericht van het antwoord.")
}

// pointMove puts a point one place up or down.
func (s *Server) pointMove(c *fiber.Ctx) error {
	number := c.Params("nummer")
	point, direction := field(c, "op"), bundles.Up
	if point == "" {
		point, direction = field(c, "neer"), bundles.Down
	}
	err := s.svc.Desk.Move(ctx(c), viewer(c), number, point, direction)
	return s.back(c, err, bundlePath(number), "De volgorde is veranderd.")
}
