package server

import (
	"cmp"
	"slices"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/nl"
	"ruggespraak/frontend/pages/general"
	"ruggespraak/frontend/parts"
	"ruggespraak/people"
)

// startSection is a part of somebody's start page. Each noun gives its own, in
// a function start… of its file noun_start.go; rank is its place, lowest first.
type startSection struct {
	rank  int
	aside bool // in the narrow column
	body  templ.Component
}

// Ranks of the sections of a start page, in the order of the words on the
// screen: what cannot wait, then what asks a decision, then what one follows.
const (
	rankUrgent   = 10
	rankFlagged  = 20
	rankRelease  = 30
	rankApprove  = 40
	rankMeeting  = 45
	rankAnswers  = 50
	rankWaiting  = 60
	rankOwn      = 70
	rankElse     = 90
	rankShare    = 10 // aside
	rankNewThere = 20 // aside
)

// start is the start page of a role; a visitor reads what this is.
func (s *Server) start(c *fiber.Ctx) error {
	v := viewer(c)
	if v.ActiveRole() == people.Visitor {
		return s.render(c, fiber.StatusOK, general.Welcome(s.narrow(c, "")))
	}
	var sections []startSection
	for _, give := range s.startParts() {
		more, err := give(c)
		if err != nil {
			return err
		}
		sections = append(sections, more...)
	}
	slices.SortStableFunc(sections, func(a, b startSection) int { return cmp.Compare(a.rank, b.rank) })
	page := general.StartPage{Page: s.page(c, "Start"), Today: nl.DatumDag(s.svc.Now()), TodayISO: nl.DatumISO(s.svc.Now()),
		MayShare: v.ActiveRole() == people.Coordinator && s.pages["/inbreng/nieuw"]}
	for _, section := range sections {
		if section.aside {
			page.Aside = append(page.Aside, section.body)
		} else {
			page.Main = append(page.Main, section.body)
		}
	}
	return s.render(c, fiber.StatusOK, general.Start(page))
}

// startParts are the functions that give sections; a line a noun.
func (s *Server) startParts() []func(*fiber.Ctx) ([]startSection, error) {
	return []func(*fiber.Ctx) ([]startSection, error){
		s.startSignals,
		s.startMeetings,
		s.startTalk,
		s.startBundles,
		s.startFeedback,
		s.startTasks,
	}
}

// narrow is a page at the width of a text to read.
func (s *Server) narrow(c *fiber.Ctx, title string) parts.Page {
	page := s.page(c, title)
	page.Narrow = true
	return page
}
