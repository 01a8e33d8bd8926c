package server

import (
	"errors"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/nl"
	pages "ruggespraak/frontend/pages/search"
	"ruggespraak/frontend/parts"
	"ruggespraak/knowledge/search"
	"ruggespraak/people"
)

func (s *Server) searchRoutes() []Route {
	page := objects("search")
	return []Route{
		{get, "/zoeken", page, people.List, "searchShow", s.searchShow},
		{post, "/zoeken", page, people.List, "searchAsk", s.searchAsk},
	}
}

// offerSearch tells whether the viewer has a field to search. Its form carries a
// token, so a visitor gets a session for it; that one is kept nowhere. Who is
// signed in will search, or write what something may look like.
func (s *Server) offerSearch(c *fiber.Ctx) bool {
	v := viewer(c)
	if !people.May(v.ActiveRole(), "search", people.List) {
		return false
	}
	if v.Account != "" {
		s.svc.Search.Wake()
	}
	if session(c) == nil && c.Locals(noSessionKey) != nil {
		return false
	}
	_, err := s.visitor(c)
	return err == nil
}

const (
	searchPage  = 20 // results on a page
	searchGroup = 5  // of each kind, where they stand by kind
)

// byKind is the value of the choice to see the results by kind.
const byKind = "soort"

// searchAsk takes what is looked for. It is kept in the session, so that it
// stands in no address and no log, and going back to the results works.
func (s *Server) searchAsk(c *fiber.Ctx) error {
	asked := people.Search{Text: clipRunes(field(c, "q"), searchLetters), Kind: oneOf(field(c, "soort"), s.searchKinds(c)),
		Theme: oneOf(field(c, "thema"), s.searchThemes(c)), Period: oneOf(field(c, "periode"), searchPeriods), Grouped: field(c, "indeling") == byKind}
	if asked.Text == "" {
		return s.seeOther(c, "/zoeken", "")
	}
	n, err := s.svc.House.Sessions.KeepSearch(ctx(c), session(c), asked)
	if err != nil {
		return err
	}
	return s.seeOther(c, "/zoeken?n="+strconv.Itoa(n), "")
}

// searchLetters is the longest question.
const searchLetters = 200

func clipRunes(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most])
	}
	return text
}

// searchShow is the page with the field, and the results of a search of this session.
func (s *Server) searchShow(c *fiber.Ctx) error {
	page := pages.Page{Page: s.page(c, "Zoeken"), Tips: searchTips}
	if c.Query("n") == "" {
		return s.render(c, fiber.StatusOK, pages.Show(page))
	}
	n, _ := strconv.Atoi(c.Query("n"))
	asked, ok := s.svc.House.Sessions.SearchOf(session(c), n)
	if !ok {
		page.Say = "Deze zoekvraag kennen wij niet meer. Typ haar nog een keer."
		return s.render(c, fiber.StatusOK, pages.Show(page))
	}
	page.Text, page.Filters = asked.Text, s.searchFilters(c, asked)
	err := s.fillSearch(c, asked, &page)
	if errors.Is(err, search.ErrNotReady) {
		page.Say, page.Tips, err = "De zoekmachine is bijna klaar. Probeer het over een minuut opnieuw.", nil, nil
	}
	if err != nil {
		return err
	}
	return s.render(c, fiber.StatusOK, pages.Show(page))
}

var searchTips = []string{
	"Typ één of twee woorden die u verwacht in de tekst, bijvoorbeeld «opvang mannen» of «B8/3».",
	"Een woord anders geschreven, een samenstelling of een tikfout: dat vinden wij meestal ook.",
	"Zet woorden tussen aanhalingstekens als ze er allemaal in moeten staan.",
}

// fillSearch finds, and shows all results or the best of each kind.
func (s *Server) fillSearch(c *fiber.Ctx, asked people.Search, page *pages.Page) error {
	bladzijde := max(1, c.QueryInt("bladzijde", 1))
	q := search.Question{Text: asked.Text, Kind: asked.Kind, Theme: asked.Theme, From: s.since(asked.Period), Offset: (bladzijde - 1) * searchPage, Limit: searchPage}
	found, err := s.svc.Search.Find(ctx(c), viewer(c), q)
	if err != nil {
		return err
	}
	for _, m := range found.Corrected {
		page.Meant = append(page.Meant, pages.Meant{Typed: m.Typed, Used: m.Used})
	}
	if found.Total == 0 {
		page.Say = "Wij vonden niets."
		if asked.Kind != "" || asked.Theme != "" || asked.Period != "" {
			page.Say = "Wij vonden niets met deze keuzes. Kies ruimer om meer te zien."
		}
		return nil
	}
	page.Tips, page.Count = nil, nl.Aantal(found.Total, "resultaat", "resultaten")
	if asked.Grouped && asked.Kind == "" {
		return s.groupSearch(c, asked, found.Kinds, page)
	}
	page.Groups = []pages.Group{{Results: searchResults(found.Results)}}
	page.Pager = searchPager(asked.N, bladzijde, found.Total)
	return nil
}

// groupSearch shows the best of each kind.
func (s *Server) groupSearch(c *fiber.Ctx, asked people.Search, kinds map[string]int, page *pages.Page) error {
	for _, kind := range s.searchKinds(c) {
		n := kinds[kind.Value]
		if n == 0 {
			continue
		}
		q := search.Question{Text: asked.Text, Kind: kind.Value, Theme: asked.Theme, From: s.since(asked.Period), Limit: searchGroup}
		found, err := s.svc.Search.Find(ctx(c), viewer(c), q)
		if err != nil {
			return err
		}
		g := pages.Group{Heading: kind.Label, Results: searchResults(found.Results)}
		if n > searchGroup {
			g.More = &pages.More{Label: "Toon alle " + strconv.Itoa(n), About: kind.Label, Fields: []parts.HiddenField{
				{Name: "q", Value: asked.Text}, {Name: "soort", Value: kind.Value}, {Name: "thema", Value: asked.Theme}, {Name: "periode", Value: asked.Period},
			}}
		}
		page.Groups = append(page.Groups, g)
	}
	return nil
}

func searchPager(n, bladzijde, total int) parts.PagerOptions {
	o := parts.PagerOptions{Label: "Verder in de resultaten"}
	address := "/zoeken?n=" + strconv.Itoa(n)
	if bladzijde > 1 {
		o.FirstHref = address
	}
	if bladzijde*searchPage < total {
		o.NextHref = address + "&bladzijde=" + strconv.Itoa(bladzijde+1)
	}
	return o
}

func searchResults(all []search.Result) []pages.Result {
	results := make([]pages.Result, len(all))
	for i, r := range all {
		results[i] = pages.Result{Kind: r.Kind, Href: r.Link, Line: joinWords(" · ", kindLabels[r.Kind], r.Note, dayOfResult(r)), Marks: r.Marks}
		for _, p := range r.Title {
			results[i].Title = append(results[i].Title, pages.Piece(p))
		}
		for _, p := range r.Snippet {
			results[i].Snippet = append(results[i].Snippet, pages.Piece(p))
		}
	}
	return results
}

// dayOfResult is when it was said; an article tells of checks instead, in its marks.
func dayOfResult(r search.Result) string {
	t, err := time.Parse(time.DateOnly, r.Day)
	if err != nil || r.Kind == "artikel" {
		return ""
	}
	return nl.Datum(t)
}
