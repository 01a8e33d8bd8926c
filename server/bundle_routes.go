package server

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/nl"
	"ruggespraak/frontend/parts"
	"ruggespraak/internal/fault"
	"ruggespraak/meetings/bundles"
	"ruggespraak/people"
)

func (s *Server) bundleRoutes() []Route {
	draft, approve := objects("comp.draft"), objects("comp.approve.other")
	sent := objects("comp.sent.som", "comp.sent.tf", "comp.sent.other")
	all := objects("comp.draft", "comp.sent.som", "comp.sent.tf", "comp.sent.other")
	answer := objects("answer.draft.som", "answer.draft.tf", "answer.draft.other")
	reaction := objects("feedback.input.own")
	return []Route{
		{get, "/bundels", all, people.List, "bundleList", s.bundleList},
		{get, "/bundels/nieuw", draft, people.Create, "bundleNewForm", s.bundleNewForm},
		{post, "/bundels/nieuw", draft, people.Create, "bundleCreate", s.bundleCreate},
		{get, "/bundels/:nummer", all, people.Read, "bundleShow", s.bundleShow},
		{get, "/bundels/:nummer/gegevens", draft, people.Update, "bundleDescribeForm", s.bundleDescribeForm},
		{post, "/bundels/:nummer/gegevens", draft, people.Update, "bundleDescribe", s.bundleDescribe},
		{get, "/bundels/:nummer/lezen", draft, people.Read, "bundlePreview", s.bundlePreview},
		{get, "/bundels/:nummer/afdruk", all, people.Read, "bundlePrint", s.bundlePrint},
		{get, "/bundels/:nummer/toevoegen", draft, people.Update, "pointAddForm", s.pointAddForm},
		{post, "/bundels/:nummer/toevoegen", draft, people.Update, "pointAdd", s.pointAdd},
		{post, "/bundels/:nummer/vragen", objects("comp.quoteconsent"), people.Create, "consentAsk", s.consentAsk},
		{post, "/bundels/:nummer/volgorde", draft, people.Update, "pointMove", s.pointMove},
		{post, "/bundels/:nummer/aanbieden", draft, people.Act, "bundleOffer", s.bundleOffer},
		{post, "/bundels/:nummer/goedkeuren", approve, people.Act, "bundleApprove", s.bundleApprove},
		{post, "/bundels/:nummer/vaststellen", draft, people.Act, "bundleSettle", s.bundleSettle},
		{post, "/bundels/:nummer/versturen", draft, people.Act, "bundleSend", s.bundleSend},
		{post, "/bundels/:nummer/niets", draft, people.Act, "bundleClose", s.bundleClose},
		{get, "/bundels/:nummer/intrekken", sent, people.Act, "bundleRecallForm", s.bundleRecallForm},
		{post, "/bundels/:nummer/intrekken", sent, people.Act, "bundleRecall", s.bundleRecall},
		{get, "/bundels/:nummer/:punt", all, people.Read, "pointShow", s.pointShow},
		{post, "/bundels/:nummer/:punt", draft, people.Update, "pointWrite", s.pointWrite},
		{post, "/bundels/:nummer/:punt/weghalen", draft, people.Update, "pointRemove", s.pointRemove},
		{post, "/bundels/:nummer/:punt/inbreng", draft, people.Update, "sourceDrop", s.sourceDrop},
		{post, "/bundels/:nummer/:punt/reactie", reaction, people.Create, "reactionKeep", s.reactionKeep},
		{post, "/bundels/:nummer/:punt/reactie/intrekken", reaction, people.Delete, "reactionWithdraw", s.reactionWithdraw},
		{get, "/bundels/:nummer/:punt/antwoord", answer, people.Create, "answerForm", s.answerForm},
		{post, "/bundels/:nummer/:punt/antwoord", answer, people.Create, "answerRecord", s.answerRecord},
		{post, "/bundels/:nummer/:punt/uitkomst", answer, people.Act, "outcomeSet", s.outcomeSet},
		{get, "/punten", objects("answer.draft.tf"), people.List, "pointList", s.pointList},
	}
}

// pointNumber is the number of a point in the address; what is none is not found.
func pointNumber(c *fiber.Ctx) (int, error) {
	n, err := strconv.Atoi(c.Params("punt"))
	if err != nil || n < 1 || strconv.Itoa(n) != c.Params("punt") {
		return 0, fault.NotFoundError()
	}
	return n, nil
}

func bundlePath(number string) string { return "/bundels/" + number }

func pointPath(number string, n int) string { return bundlePath(number) + "/" + strconv.Itoa(n) }

// forWhom is «voor het SOM».
func forWhom(a bundles.Addressee) string { return "voor " + a.Label() }

func bundleName(number string, a bundles.Addressee) string {
	return "Bundel " + number + " " + forWhom(a)
}

func dayWords(d bundles.Day) string { return nl.Datum(d.Noon()) }

func periodWords(from, to bundles.Day) string {
	return "Inbreng van " + dayWords(from) + " tot en met " + dayWords(to)
}

// bundleStatus is the state of a bundle in words. Readers know three of them.
func bundleStatus(st bundles.State) parts.Status {
	switch st {
	case bundles.Draft:
		return parts.Status{Label: "Concept", Tone: parts.ToneQuiet}
	case bundles.Offered:
		return parts.Status{Label: "Wacht op goedkeuring", Tone: parts.ToneWarn}
	case bundles.Approved:
		return parts.Status{Label: "Goedgekeurd", Tone: parts.TonePositive}
	case bundles.Frozen:
		return parts.Status{Label: "Vastgesteld", Tone: parts.TonePositive}
	case bundles.Withdrawn:
		return parts.Status{Label: "Ingetrokken", Tone: parts.ToneNegative}
	case bundles.Nothing:
		return parts.Status{Label: "Niets te sturen", Tone: parts.ToneQuiet}
	default:
		return parts.Status{Label: "Verstuurd"}
	}
}

var bundlesCrumb = parts.Link{Label: "Bundels", Href: "/bundels"}

// bundleCrumbs lead back from a page below a bundle.
func bundleCrumbs(v people.Viewer, number string, a bundles.Addressee) []parts.Link {
	first := bundlesCrumb
	if v.ActiveRole() == people.TaskForce {
		first = parts.Link{Label: "Punten", Href: "/punten"}
	}
	return []parts.Link{first, {Label: bundleName(number, a), Href: bundlePath(number)}}
}

// back ends an action on a bundle: a conflict is said on the bundle's page,
// which then shows what to do.
func (s *Server) back(c *fiber.Ctx, err error, path, said string) error {
	if fault.Is(err, fault.Conflict) {
		return s.seeOther(c, path, err.Error())
	}
	if err != nil {
		return err
	}
	return s.seeOther(c, path, said)
}

// day reads a date as people type it.
func day(c *fiber.Ctx, name string) bundles.Day { return bundles.Day(isoDate(field(c, name))) }

// names gives names of accounts for the chair's pages.
func (s *Server) names(c *fiber.Ctx, ids ...string) (map[string]string, error) {
	return s.svc.House.Directory.Names(ctx(c), ids)
}
