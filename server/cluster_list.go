package server

import (
	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/nl"
	pages "ruggespraak/frontend/pages/signals"
	"ruggespraak/frontend/parts"
	"ruggespraak/meetings/signals"
	"ruggespraak/people"
)

// clusterList is /inbreng/clusters.
func (s *Server) clusterList(c *fiber.Ctx) error {
	items, next, err := s.svc.Book.Clusters(ctx(c), viewer(c), c.Query("na"))
	if err != nil {
		return err
	}
	page := pages.ClustersPage{Page: s.page(c, "Clusters"), Pager: pagerOf(c, next),
		MayMake: people.May(viewer(c).ActiveRole(), "cluster", people.Create),
		Empty:   "Er zijn nog geen clusters. CoMensha zet inbreng bij elkaar als er meer over hetzelfde komt."}
	for _, i := range items {
		page.Lines = append(page.Lines, pages.ClusterLine{Title: i.Heading, Href: clusterPath(i.ID),
			Note: nl.Aantal(i.Contributions, "inbreng", "keer inbreng") + ", gemaakt op " + nl.Datum(i.Day)})
	}
	return s.render(c, fiber.StatusOK, pages.Clusters(page))
}

func clusterPath(id string) string { return "/inbreng/clusters/" + id }

// clusterShow is one cluster with its contributions.
func (s *Server) clusterShow(c *fiber.Ctx) error {
	cluster, err := s.svc.Book.ClusterFor(ctx(c), viewer(c), c.Params("id"))
	if err != nil {
		return err
	}
	page := pages.ClusterPage{Page: s.page(c, cluster.Heading), Title: cluster.Heading, Support: cluster.Support}
	for _, b := range cluster.Briefs {
		page.Lines = append(page.Lines, briefLine(b))
	}
	if people.May(viewer(c).ActiveRole(), "cluster", people.Update) {
		path := clusterPath(cluster.ID)
		page.Chair = &pages.ClusterTools{HeadingHref: path + "/kop", JoinHref: path + "/erbij", LeaveHref: path + "/eruit",
			UndoHref: path + "/opheffen", PlaceHref: "/overleggen/plaatsen/cluster/" + cluster.ID, Log: logFacts(cluster.Log)}
	}
	if cluster.Exact != nil {
		page.Support = exactWords(len(cluster.Exact.Organisations), len(cluster.Exact.Regions), " staan hierachter.")
		page.Exact = "Exacte aantallen ziet alleen CoMensha."
	}
	return s.render(c, fiber.StatusOK, pages.Cluster(page))
}

func briefLine(b signals.Brief) pages.Line {
	return pages.Line{ID: b.ID, Title: b.Title, Href: signals.Path(b.ID), Status: parts.Status{Label: b.Status}, Step: b.Step,
		Eyebrow: joinWords(" · ", b.Kind, b.Theme)}
}
