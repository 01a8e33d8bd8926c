package server

import (
	"github.com/gofiber/fiber/v2"

	pages "ruggespraak/frontend/pages/signals"
	"ruggespraak/frontend/parts"
	"ruggespraak/meetings/signals"
	"ruggespraak/people"
)

// startShown is how many lines a section of a start page has.
const startShown = 5

// startSignals are the parts about inbreng: for the chair what waits, for a
// coordinator the own inbreng on its way, and what colleagues shared.
func (s *Server) startSignals(c *fiber.Ctx) ([]startSection, error) {
	switch viewer(c).ActiveRole() {
	case people.Chair:
		return s.startChairSignals(c)
	case people.Coordinator:
		return s.startOwnSignals(c)
	default:
		return nil, nil
	}
}

func (s *Server) startChairSignals(c *fiber.Ctx) ([]startSection, error) {
	var all []startSection
	for _, queue := range []struct {
		rank  int
		scope signals.Scope
		id    string
		title string
	}{
		{rankUrgent, signals.CannotStay, "dringend", "Kan niet wachten"},
		{rankFlagged, signals.Flagged, "gemarkeerd", "Gemarkeerd"},
		{rankRelease, signals.ToRelease, "vrijgeven", "Vrij te geven"},
		{rankElse, signals.NoThemeYet, "thema-kiezen", "Thema kiezen"},
	} {
		lines, more, err := s.startLines(c, queue.scope)
		if err != nil {
			return nil, err
		}
		if len(lines) == 0 {
			continue
		}
		section := pages.Section{ID: queue.id, Title: queue.title, Lines: lines, CSRF: s.token(c), Plain: true}
		if more {
			section.Link = parts.Link{Label: "Alles bij " + queue.title, Href: "/inbreng?lijst=" + string(queue.scope)}
		}
		all = append(all, startSection{rank: queue.rank, body: pages.StartSection(section)})
	}
	return all, nil
}

func (s *Server) startOwnSignals(c *fiber.Ctx) ([]startSection, error) {
	own, _, err := s.startLines(c, signals.Mine)
	if err != nil {
		return nil, err
	}
	there, err := s.newThere(c)
	if err != nil {
		return nil, err
	}
	mine := pages.Section{ID: "onderweg", Title: "Uw inbreng onderweg", Lines: own, CSRF: s.token(c),
		Empty: "U hebt nog niets gedeeld. Loopt er iets vast, of werkt er iets goed? Deel het met «Inbreng delen»."}
	if len(own) > 0 {
		mine.Link = parts.Link{Label: "Alles wat u deelde", Href: "/inbreng?lijst=mij"}
	}
	all := []startSection{
		{rank: rankOwn, body: pages.StartSection(mine)},
		{rank: rankShare, aside: true, body: pages.Share(startKinds())},
	}
	if len(there) > 0 {
		all = append(all, startSection{rank: rankNewThere, aside: true, body: pages.StartSection(pages.Section{
			ID: "collegas", Title: "Nieuw van collega's", Lines: there, CSRF: s.token(c), Plain: true})})
	}
	return all, nil
}

func (s *Server) startLines(c *fiber.Ctx, scope signals.Scope) (lines []pages.Line, more bool, err error) {
	list, err := s.svc.Book.List(ctx(c), viewer(c), signals.Filter{Scope: scope, Limit: startShown})
	if err != nil {
		return nil, false, err
	}
	for _, i := range list.Items {
		l := signalLine(i, viewer(c))
		l.Own = false // the heading says so
		lines = append(lines, l)
	}
	return lines, list.Next != "", nil
}

// newThere is the newest of colleagues that the viewer does not recognise yet.
func (s *Server) newThere(c *fiber.Ctx) ([]pages.Line, error) {
	list, err := s.svc.Book.List(ctx(c), viewer(c), signals.Filter{Limit: 3 * startShown})
	if err != nil {
		return nil, err
	}
	given, err := s.recognised(c)
	if err != nil {
		return nil, err
	}
	var lines []pages.Line
	for _, i := range list.Items {
		if i.Own || given[i.ID] || len(lines) == 3 {
			continue
		}
		l := signalLine(i, viewer(c))
		l.Eyebrow, l.Recognise = "", true
		lines = append(lines, l)
	}
	return lines, nil
}

func (s *Server) recognised(c *fiber.Ctx) (map[string]bool, error) {
	list, err := s.svc.Book.List(ctx(c), viewer(c), signals.Filter{Scope: signals.Recognised})
	if err != nil {
		return nil, err
	}
	given := map[string]bool{}
	for _, i := range list.Items {
		given[i.ID] = true
	}
	return given, nil
}

func startKinds() []parts.Kind {
	var kinds []parts.Kind
	for _, k := range signals.Kinds() {
		kinds = append(kinds, parts.Kind{Lead: k.Label, Label: k.Explain, Href: "/inbreng/nieuw?soort=" + k.Slug})
	}
	return kinds
}
