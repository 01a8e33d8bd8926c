package bundles

import (
	"strconv"

	"github.com/a-h/templ"

	"ruggespraak/frontend/nl"
	"ruggespraak/frontend/parts"
)

func crumbs() []parts.Link { return []parts.Link{{Label: "Bundels", Href: "/bundels"}} }

// plain tells whether no row has a figure in front.
func plain(rows []Row) bool {
	for _, r := range rows {
		if r.Figure != "" {
			return false
		}
	}
	return true
}

func figure(r Row) templ.Component {
	if r.Figure == "" {
		return nil
	}
	return parts.Figure(r.Figure, r.Word)
}

func addressees() []parts.Option {
	return []parts.Option{
		{Value: "som", Label: "Het SOM"}, {Value: "tf", Label: "De Task Force"},
		{Value: "ministerie", Label: "Een ministerie"}, {Value: "ander", Label: "Een ander orgaan"},
	}
}

func findingsTitle(n int) string {
	return "De bundel kan nog niet worden vastgesteld: " + nl.Aantal(n, "bevinding", "bevindingen")
}

func pointsTitle(n int) string { return nl.Aantal(n, "punt", "punten") }

func pointID(p ComposePoint) string { return "p" + strconv.Itoa(p.N) }

func number(n int) string { return strconv.Itoa(n) + "." }

func aboutPoint(p ComposePoint) string { return "punt " + strconv.Itoa(p.N) }

func leftRows(p ComposePage) []parts.TableRow {
	var rows []parts.TableRow
	for _, l := range p.Left {
		rows = append(rows, parts.TableRow{Cells: []parts.Cell{
			{Text: l.Title, Href: l.Href}, {Text: l.Theme},
			{Body: parts.TextLink(l.Add, "In een punt zetten", l.Title)},
		}})
	}
	return rows
}

func asideLabel(p PointPage) string {
	if p.React != nil {
		return "Uw reactie"
	}
	return "Antwoord en aantallen"
}
