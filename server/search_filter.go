package server

import (
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"

	pages "ruggespraak/frontend/pages/search"
	"ruggespraak/frontend/parts"
	"ruggespraak/knowledge"
	"ruggespraak/people"
)

// kindLabels are the kinds of result on a screen.
var kindLabels = map[string]string{
	"artikel": "Kennisbank", "inbreng": "Inbreng", "overleg": "Overleg", "gesprek": "Gesprek", "bundel": "Bundel", "terugkoppeling": "Terugkoppeling",
}

// searchKinds are the kinds that this viewer can find.
func (s *Server) searchKinds(c *fiber.Ctx) []parts.Option {
	var all []parts.Option
	for _, kind := range s.svc.Search.Kinds(viewer(c)) {
		all = append(all, parts.Option{Value: kind, Label: kindLabels[kind]})
	}
	return all
}

// searchThemes are the themes of what this viewer can find: those of contributions
// and the shelves of the knowledge base, each word once.
func (s *Server) searchThemes(c *fiber.Ctx) []parts.Option {
	var all []parts.Option
	if slices.Contains(s.svc.Search.Kinds(viewer(c)), "inbreng") {
		all = themeOptions(true)
	}
	for _, shelf := range knowledge.Categories {
		if oneOf(shelf.Slug, all) == "" {
			all = append(all, parts.Option{Value: shelf.Slug, Label: shelf.Label})
		}
	}
	return all
}

var searchPeriods = []parts.Option{
	{Value: "maand", Label: "Afgelopen maand"}, {Value: "halfjaar", Label: "Afgelopen half jaar"}, {Value: "jaar", Label: "Afgelopen jaar"},
}

// since is the first day of a period that ends today; empty without one.
func (s *Server) since(period string) string {
	months := map[string]int{"maand": 1, "halfjaar": 6, "jaar": 12}[period]
	if months == 0 {
		return ""
	}
	return s.svc.Now().AddDate(0, -months, 0).Format(time.DateOnly)
}

// searchFilters are how results can be narrowed; what has one choice only is left
// out.
func (s *Server) searchFilters(c *fiber.Ctx, asked people.Search) []pages.Filter {
	var filters []pages.Filter
	kinds := s.searchKinds(c)
	if len(kinds) > 1 {
		filters = append(filters, pages.Filter{Name: "soort", Label: "Soort", Any: "Alle soorten", Value: asked.Kind, Options: kinds})
	}
	if themes := s.searchThemes(c); len(themes) > 0 {
		filters = append(filters, pages.Filter{Name: "thema", Label: "Thema", Any: "Alle thema's", Value: asked.Theme, Options: themes})
	}
	filters = append(filters, pages.Filter{Name: "periode", Label: "Periode", Any: "Altijd", Value: asked.Period, Options: searchPeriods})
	if len(kinds) > 1 {
		order := pages.Filter{Name: "indeling", Label: "Volgorde", Any: "Beste eerst", Options: []parts.Option{{Value: byKind, Label: "Per soort"}}}
		if asked.Grouped {
			order.Value = byKind
		}
		filters = append(filters, order)
	}
	return filters
}
