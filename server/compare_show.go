package server

import (
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/nl"
	pages "ruggespraak/frontend/pages/routes"
	"ruggespraak/frontend/parts"
	"ruggespraak/knowledge/routes"
	"ruggespraak/people"
)

// comparePath is the comparator; its cells and the guide stand beneath it. It is
// the same address for everybody: the pages are public.
const comparePath = "/kennisbank/compensatie"

const compareTitle = "Drie routes naast elkaar"

// compareRoutes stand before the address of an article, and the guide's before
// that of a cell.
func (s *Server) compareRoutes() []Route {
	public := objects("kb.public")
	return slices.Concat(s.guideRoutes(), []Route{
		{get, comparePath, public, people.Read, "compareShow", s.compareShow},
		{get, comparePath + "/:rij/:route", public, people.Read, "compareCell", s.compareCell},
		{post, comparePath + "/:rij/:route", public, people.Update, "compareConfirm", s.compareConfirm},
	})
}

// compareShow sets two or three routes side by side.
func (s *Server) compareShow(c *fiber.Ctx) error {
	rows, err := s.svc.Routes.Rows(ctx(c), viewer(c))
	if err != nil {
		return err
	}
	chosen := askedRoutes(c)
	page := pages.ComparePage{Page: s.page(c, compareTitle), Compiled: nl.Datum(dayOf(s.svc.Routes.Compiled())), Choice: routeChoice(chosen)}
	page.Page.Print = compareTitle + ". " + s.printed(c)
	if len(chosen) < 2 {
		chosen = routes.All()
	}
	for _, r := range chosen {
		page.Columns = append(page.Columns, pages.Column{Route: string(r), Label: r.Label()})
	}
	page.Show = routeShow(chosen)
	page.Standing.Clock = s.demoDates()
	unchecked := 0
	for _, row := range rows {
		seen := s.compareRow(row, chosen)
		if row.Key == "voordeel" || row.Key == "nadeel" {
			page.Verdicts = append(page.Verdicts, seen)
		} else {
			page.Rows = append(page.Rows, seen)
		}
		unchecked += uncheckedIn(row)
	}
	if unchecked > 0 {
		page.Standing.Unchecked = notChecked
	}
	return s.render(c, fiber.StatusOK, pages.Compare(page))
}

// askedRoutes are the routes that the address names, in the comparator's order;
// all of them when it names none.
func askedRoutes(c *fiber.Ctx) []routes.Route {
	asked := c.Context().QueryArgs().PeekMulti("route")
	if len(asked) == 0 {
		return routes.All()
	}
	return slices.DeleteFunc(routes.All(), func(r routes.Route) bool {
		return !slices.ContainsFunc(asked, func(a []byte) bool { return string(a) == string(r) })
	})
}

func routeChoice(chosen []routes.Route) parts.CheckboxesOptions {
	o := parts.CheckboxesOptions{Name: "route", Legend: "Welke routes wilt u vergelijken?"}
	if len(chosen) < 2 {
		o.Error = "Kies twee of drie routes. Nu staan ze alle drie in de tabel."
	}
	for _, r := range routes.All() {
		o.Options = append(o.Options, parts.Option{Value: string(r), Label: r.Label(), Checked: slices.Contains(chosen, r)})
	}
	return o
}

// routeShow is the choice on a phone, where one route fits at a time.
func routeShow(chosen []routes.Route) parts.RadiosOptions {
	o := parts.RadiosOptions{ID: "toon", Name: "toon", Legend: "Welke route ziet u?", HideLegend: true, Row: true, Value: string(chosen[0])}
	for _, r := range chosen {
		o.Options = append(o.Options, parts.Option{Value: string(r), Label: r.Label()})
	}
	return o
}

func (s *Server) compareRow(row routes.SeenRow, chosen []routes.Route) pages.Row {
	seen := pages.Row{Key: row.Key, Label: row.Label, Dated: s.rowDated(row, chosen)}
	for _, cell := range row.Cells {
		if !slices.Contains(chosen, cell.Route) {
			continue
		}
		seen.Cells = append(seen.Cells, pages.Cell{
			ID: row.Key + "-" + string(cell.Route), Route: string(cell.Route), Text: cell.Text, Links: routeLinks(cell.Links),
			Href: comparePath + "/" + row.Key + "/" + string(cell.Route), Mark: cellMark(cell),
			About: ": " + row.Label + " " + cell.Route.Label() + ", bronnen en datum",
		})
	}
	return seen
}

func uncheckedIn(row routes.SeenRow) int {
	n := 0
	for _, cell := range row.Cells {
		if !cell.Checked {
			n++
		}
	}
	return n
}

func routeLinks(all []routes.Link) []parts.Link {
	var links []parts.Link
	for _, l := range all {
		links = append(links, parts.Link{Label: l.Text, Href: l.URL})
	}
	return links
}

// cellMark says in a few words how sure one may be of a cell. What worries
// most is said first.
func cellMark(cell routes.SeenCell) parts.Status {
	switch {
	case cell.Expired:
		return parts.Status{Label: "Verlopen op " + shortDay(cell.CheckBefore), Tone: parts.ToneWarn}
	case cell.Checked:
		return parts.Status{Label: "Gecontroleerd op " + shortDay(cell.CheckedOn), Tone: parts.TonePositive}
	case cell.ValidFrom == "":
		return parts.Status{Label: "Te controleren"}
	case cell.Status == routes.Partly:
		return parts.Status{Label: "Deels te controleren"}
	default:
		return parts.Status{Label: "Stand van " + shortDay(cell.ValidFrom)}
	}
}

// rowDated is the date of a row on paper: one for all its cells where they
// agree. A cell of which no source gives a date has the day it was written down.
func (s *Server) rowDated(row routes.SeenRow, chosen []routes.Route) string {
	var each []string
	dates := map[string]bool{}
	for _, cell := range row.Cells {
		if slices.Contains(chosen, cell.Route) {
			date := s.cellDated(cell)
			dates[date] = true
			each = append(each, cell.Route.Label()+" "+date)
		}
	}
	if len(dates) == 1 {
		for date := range dates {
			return date
		}
	}
	return strings.Join(each, "; ")
}

func (s *Server) cellDated(cell routes.SeenCell) string {
	if cell.ValidFrom == "" {
		return shortDay(s.svc.Routes.Compiled()) + ", te controleren"
	}
	mark := cellMark(cell).Label
	if strings.HasPrefix(mark, "Stand") {
		return shortDay(cell.ValidFrom)
	}
	return shortDay(cell.ValidFrom) + ", " + strings.ToLower(mark)
}

// printed is what stands on paper beside a title: where it stands and when it
// was printed.
func (s *Server) printed(c *fiber.Ctx) string {
	return s.addressOf(c) + ". Afgedrukt op " + nl.Datum(s.svc.Real()) + "."
}

const notChecked = "Nog niet gecontroleerd door CoMensha"

// standingOf says in sentences how sure one may be of a text.
func (s *Server) standingOf(of routes.Standing) pages.Standing {
	out := pages.Standing{Clock: s.demoDates()}
	if !of.Checked {
		out.Unchecked = notChecked
	}
	if of.Expired {
		out.Expired = "Deze tekst had vóór " + longDay(of.CheckBefore) + " gecontroleerd moeten zijn. Controleer de informatie bij de bron."
	}
	if of.Checked && !of.Expired {
		out.Checked = "Gecontroleerd op " + longDay(of.CheckedOn) + ", volgende controle vóór " + longDay(of.CheckBefore) + "."
	}
	return out
}

// dayOf is noon of a day that is kept as yyyy-mm-dd, so that it is the same day
// in every zone.
func dayOf(iso string) time.Time {
	t, _ := time.Parse(time.DateOnly, iso) // checked where it was kept
	return t.Add(12 * time.Hour)
}

func longDay(iso string) string { return nl.Datum(dayOf(iso)) }

func shortDay(iso string) string { return dayOf(iso).Format("2-1-2006") }
