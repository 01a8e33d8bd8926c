package server

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	pages "ruggespraak/frontend/pages/signals"
	"ruggespraak/frontend/parts"
	"ruggespraak/meetings/signals"
)

var clusterCrumbs = []parts.Link{{Label: "Inbreng", Href: "/inbreng"}, {Label: "Clusters", Href: "/inbreng/clusters"}}

var headingTexts = freeTexts{fields: []string{signals.FieldHeading}}

// clusterNewForm chooses contributions for a new cluster.
func (s *Server) clusterNewForm(c *fiber.Ctx) error {
	return s.choosePage(c, s.newCluster(c), []string{c.Query("inbreng")})
}

func (s *Server) newCluster(c *fiber.Ctx) pages.ChoosePage {
	return pages.ChoosePage{Page: s.page(c, "Cluster maken"), Crumbs: clusterCrumbs, Title: "Cluster maken", Heading: true,
		Lead: "Kies inbreng die over hetzelfde gaat. De teksten blijven zoals ze zijn. Elke indiener krijgt bericht.", Button: "Cluster maken"}
}

// choosePage fills in what can be chosen: what takes part and is in no cluster.
func (s *Server) choosePage(c *fiber.Ctx, page pages.ChoosePage, chosen []string) error {
	f := filterOf(c)
	list, err := s.svc.Book.List(ctx(c), viewer(c), f)
	if err != nil {
		return err
	}
	page.Action, page.Pager, page.Filters = c.Path(), pagerOf(c, list.Next), filterFields(f)
	page.Empty = "Er is geen inbreng die nog niet in een cluster staat. Kies ruimer om meer te zien."
	for _, i := range list.Items {
		if i.Cluster != "" || i.Status.Status == signals.SentBack {
			continue
		}
		page.Choices = append(page.Choices, parts.Option{Value: i.ID, Label: i.Title, Checked: slices.Contains(chosen, i.ID),
			Help: joinWords(" · ", i.Kind.Label(), i.Theme, i.Label, closedWord(i))})
	}
	page.Page.Error = page.Refused.Any()
	return s.render(c, formStatus(page.Refused), pages.Choose(page))
}

func (s *Server) clusterCreate(c *fiber.Ctx) error {
	chosen := fields(c, "inbreng")
	var id string
	r, again, err := s.guarded(c, headingTexts, func(map[string]string) (err error) {
		id, err = s.svc.Book.MakeCluster(ctx(c), viewer(c), field(c, signals.FieldHeading), chosen, chosenReasons(c))
		return err
	})
	if again {
		page := s.newCluster(c)
		page.Refused, page.Value = r, field(c, signals.FieldHeading)
		return s.choosePage(c, page, chosen)
	}
	if err != nil {
		return err
	}
	return s.seeOther(c, clusterPath(id), "Het cluster is gemaakt. Elke indiener krijgt bericht.")
}

func (s *Server) clusterJoinForm(c *fiber.Ctx) error {
	cluster, err := s.svc.Book.ClusterFor(ctx(c), viewer(c), c.Params("id"))
	if err != nil {
		return err
	}
	page := pages.ChoosePage{Page: s.page(c, "Inbreng toevoegen"), Title: "Inbreng toevoegen", Button: "Toevoegen", Lead: cluster.Heading,
		Crumbs: append(slices.Clone(clusterCrumbs), parts.Link{Label: cluster.Heading, Href: clusterPath(cluster.ID)})}
	return s.choosePage(c, page, nil)
}

// clustered ends an action on a cluster.
func (s *Server) clustered(c *fiber.Ctx, err error, said string) error {
	if err != nil {
		return err
	}
	return s.seeOther(c, clusterPath(c.Params("id")), said)
}

func (s *Server) clusterJoin(c *fiber.Ctx) error {
	chosen := fields(c, "inbreng")
	if len(chosen) == 0 {
		return s.clusterJoinForm(c)
	}
	return s.clustered(c, s.svc.Book.Join(ctx(c), viewer(c), c.Params("id"), chosen), "De inbreng staat nu in het cluster. De indiener krijgt bericht.")
}

func (s *Server) clusterLeave(c *fiber.Ctx) error {
	return s.clustered(c, s.svc.Book.Leave(ctx(c), viewer(c), c.Params("id"), field(c, "inbreng")), "De inbreng staat niet meer in het cluster.")
}

func (s *Server) clusterHeadingForm(c *fiber.Ctx) error {
	return s.headingPage(c, nil)
}

// headingPage shows the form of a heading, with r once it must be shown again.
func (s *Server) headingPage(c *fiber.Ctx, r *parts.Refusal) error {
	cluster, err := s.svc.Book.ClusterFor(ctx(c), viewer(c), c.Params("id"))
	if err != nil {
		return err
	}
	page := pages.TextPage{
		Page: s.narrow(c, "Kop aanpassen"), Title: "Kop aanpassen", Action: c.Path(), Line: true,
		Crumbs: append(slices.Clone(clusterCrumbs), parts.Link{Label: cluster.Heading, Href: clusterPath(cluster.ID)}),
		Name:   signals.FieldHeading, Label: "Kop", Help: "Zeg in één zin waar het over gaat, zonder namen en regio's. Collega's lezen dit.",
		Value: cluster.Heading, Button: "Bewaren", Back: parts.Link{Label: "Terug", Href: clusterPath(cluster.ID)},
	}
	if r != nil {
		page.Refused, page.Value = *r, field(c, page.Name)
	}
	page.Page.Error = page.Refused.Any()
	return s.render(c, formStatus(page.Refused), pages.Text(page))
}

func (s *Server) clusterHeading(c *fiber.Ctx) error {
	r, again, err := s.guarded(c, headingTexts, func(map[string]string) error {
		return s.svc.Book.RenameCluster(ctx(c), viewer(c), c.Params("id"), field(c, signals.FieldHeading), chosenReasons(c))
	})
	if again {
		return s.headingPage(c, &r)
	}
	return s.clustered(c, err, "De kop is bewaard.")
}

func (s *Server) clusterUndoForm(c *fiber.Ctx) error {
	cluster, err := s.svc.Book.ClusterFor(ctx(c), viewer(c), c.Params("id"))
	if err != nil {
		return err
	}
	return s.render(c, fiber.StatusOK, pages.Confirm(pages.ConfirmPage{
		Page: s.narrow(c, "Cluster opheffen"), Crumbs: clusterCrumbs, Title: "Wilt u dit cluster opheffen?", Action: c.Path(),
		Text:    []string{"De inbreng blijft bestaan, zonder spoor van dit cluster. In het logboek blijft staan dat het er was."},
		Buttons: []parts.ButtonOptions{{Label: "Opheffen", Kind: parts.ButtonPrimary}},
		Back:    parts.Link{Label: "Terug", Href: clusterPath(cluster.ID)},
	}))
}

func (s *Server) clusterUndo(c *fiber.Ctx) error {
	if err := s.svc.Book.Undo(ctx(c), viewer(c), c.Params("id")); err != nil {
		return err
	}
	return s.seeOther(c, "/inbreng/clusters", "Het cluster is opgeheven.")
}
