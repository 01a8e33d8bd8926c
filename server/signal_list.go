package server

import (
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/nl"
	pages "ruggespraak/frontend/pages/signals"
	"ruggespraak/frontend/parts"
	"ruggespraak/meetings/incidents"
	"ruggespraak/meetings/signals"
	"ruggespraak/people"
)

// listTab is one of the lists of Inbreng.
type listTab struct {
	scope signals.Scope
	label string
	empty string
	chair bool // for the chair only, with how many wait
}

// scopeDrafts is the list of one's own drafts, which are no contributions yet.
const scopeDrafts signals.Scope = "concepten"

// scopeQuestions is the list of questions to colleagues, which are none either.
const scopeQuestions signals.Scope = "vragen"

var listTabs = []listTab{
	{scope: signals.Everything, label: "Alles", empty: "Hier is nog geen inbreng. Zodra een collega iets deelt, staat het hier."},
	{scope: signals.CannotStay, label: "Kan niet wachten", empty: "Niemand wacht op contact.", chair: true},
	{scope: signals.Flagged, label: "Gemarkeerd", empty: "Er is geen tekst verborgen.", chair: true},
	{scope: signals.ToRelease, label: "Vrij te geven", empty: "Er wacht geen inbreng op u.", chair: true},
	{scope: signals.NoThemeYet, label: "Thema kiezen", empty: "Elke inbreng heeft een thema.", chair: true},
	{scope: signals.Mine, label: "Van mij", empty: "U hebt nog niets gedeeld. Begin met «Inbreng delen»."},
	{scope: signals.Recognised, label: "Herken ik", empty: "U hebt nog niet gezegd dat u iets herkent."},
	{scope: scopeDrafts, label: "Concepten", empty: "U hebt geen concepten. Begint u met schrijven? Dan bewaren wij uw tekst hier."},
}

// signalList is /inbreng: the lists that the viewer can choose from.
func (s *Server) signalList(c *fiber.Ctx) error {
	v := viewer(c)
	tab := listTabs[0]
	for _, t := range listTabs {
		if c.Query("lijst") == string(t.scope) && (!t.chair || v.ActiveRole() == people.Chair) {
			tab = t
		}
	}
	page := pages.ListPage{Page: s.page(c, "Inbreng"), Scope: string(tab.scope), Empty: tab.empty,
		MayShare: people.May(v.ActiveRole(), "contrib.draft.own", people.Create),
		Links:    []parts.Link{{Label: "Clusters", Href: "/inbreng/clusters"}}}
	if v.ActiveRole() == people.Chair {
		page.Links = append(page.Links, parts.Link{Label: "Verwijderde teksten", Href: "/inbreng/verwijderd"})
	}
	var err error
	if page.Tabs, err = s.tabsFor(c, tab); err != nil {
		return err
	}
	if tab.scope == scopeDrafts {
		page.Drafts, err = s.draftLines(c)
	} else {
		err = s.fillList(c, tab.scope, &page)
	}
	if err != nil {
		return err
	}
	return s.render(c, fiber.StatusOK, pages.List(page))
}

func (s *Server) tabsFor(c *fiber.Ctx, chosen listTab) ([]pages.Tab, error) {
	isChair := viewer(c).ActiveRole() == people.Chair
	var waiting map[signals.Scope]int
	var err error
	if isChair {
		if waiting, err = s.svc.Book.Waiting(ctx(c), viewer(c)); err != nil {
			return nil, err
		}
	}
	var tabs []pages.Tab
	for _, t := range listTabs {
		if t.chair && !isChair {
			continue
		}
		tab := pages.Tab{Label: t.label, Href: "/inbreng?lijst=" + string(t.scope), Current: t.scope == chosen.scope}
		if t.scope == signals.Everything {
			tab.Href = "/inbreng"
		}
		if t.chair {
			tab.Count = nl.Getal(waiting[t.scope])
		}
		tabs = append(tabs, tab)
	}
	return append(tabs, questionsTab(chosen.scope == scopeQuestions)), nil
}

func (s *Server) fillList(c *fiber.Ctx, scope signals.Scope, page *pages.ListPage) error {
	f := signals.Filter{Scope: scope, After: c.Query("na")}
	if scope == signals.Everything {
		f = filterOf(c)
		page.Filters = filterFields(f)
		if f.Kind != "" || f.Theme != "" || f.Status != "" {
			page.Empty = "Er is nog geen inbreng met deze keuzes. Kies ruimer om meer te zien."
		}
	}
	list, err := s.svc.Book.List(ctx(c), viewer(c), f)
	if err != nil {
		return err
	}
	for _, i := range list.Items {
		page.Lines = append(page.Lines, signalLine(i, viewer(c)))
	}
	page.Pager = pagerOf(c, list.Next)
	return nil
}

// filterOf reads what the list is narrowed to; what is no choice counts as none.
func filterOf(c *fiber.Ctx) signals.Filter {
	f := signals.Filter{Scope: signals.Everything, After: c.Query("na")}
	f.Kind = oneOf(c.Query("soort"), kindOptions(false))
	f.Theme = oneOf(c.Query("thema"), themeOptions(true))
	f.Status = signals.Status(oneOf(c.Query("status"), options(signals.StatusTerms())))
	return f
}

func oneOf(value string, choices []parts.Option) string {
	for _, o := range choices {
		if o.Value == value {
			return value
		}
	}
	return ""
}

func filterFields(f signals.Filter) []pages.FilterField {
	return []pages.FilterField{
		{Name: "soort", Label: "Soort", Any: "Alle soorten", Value: f.Kind, Options: kindOptions(false)},
		{Name: "thema", Label: "Thema", Any: "Alle thema's", Value: f.Theme, Options: themeOptions(true)},
		{Name: "status", Label: "Status", Any: "Elke status", Value: string(f.Status), Options: options(signals.StatusTerms())},
	}
}

// pagerOf leads on with the same choices.
func pagerOf(c *fiber.Ctx, next string) parts.PagerOptions {
	kept := url.Values{}
	for name, value := range c.Queries() {
		if name != "na" && value != "" {
			kept.Set(name, value)
		}
	}
	first := c.Path()
	if len(kept) > 0 {
		first += "?" + kept.Encode()
	}
	o := parts.PagerOptions{Label: "Verder in de lijst"}
	if c.Query("na") != "" {
		o.FirstHref = first
	}
	if next != "" {
		kept.Set("na", next)
		o.NextHref = c.Path() + "?" + kept.Encode()
	}
	return o
}

// signalLine is a contribution in a list, for this viewer.
func signalLine(i signals.Item, v people.Viewer) pages.Line {
	l := pages.Line{ID: i.ID, Title: i.Title, Href: signals.Path(i.ID), Status: statusBadge(i.Status.Status, i.Label), Step: i.Status.Step(), Own: i.Own}
	l.Eyebrow = joinWords(" · ", i.Kind.Label(), i.Theme, nl.Datum(i.Day), closedWord(i))
	l.Note = noteOf(i, v)
	return l
}

func closedWord(i signals.Item) string {
	if i.Closed {
		return "alleen CoMensha"
	}
	return ""
}

// noteOf is the line after the status: what is asked, how long it waits, who
// recognises it, what came of it.
func noteOf(i signals.Item, v people.Viewer) string {
	var notes []string
	if i.Recognised {
		notes = append(notes, "U herkent dit.")
	}
	if !i.Deadline.IsZero() {
		notes = append(notes, "Wacht op contact, uiterlijk "+nl.Datum(i.Deadline)+".")
	}
	if i.Flagged {
		notes = append(notes, "De tekst is verborgen.")
	}
	if i.Further {
		notes = append(notes, "CoMensha vraagt: mag dit verder dan u koos?")
	}
	if i.WaitDays > 0 {
		notes = append(notes, waitWords(i.WaitDays)+".")
	}
	if i.Outcome != "" {
		notes = append(notes, i.Outcome+".")
	}
	return strings.Join(append(notes, supportWords(i, v)), " ")
}

func supportWords(i signals.Item, v people.Viewer) string {
	if v.ActiveRole() == people.Chair && i.Support != "" {
		return exactWords(i.Exact[0], i.Exact[1], " herkennen dit.")
	}
	return i.Support
}

// exactWords are the numbers that only the chair sees.
func exactWords(organisations, regions int, end string) string {
	return nl.Aantal(organisations, "organisatie", "organisaties") + " in " + nl.Aantal(regions, "regio", "regio's") + end
}

func waitWords(days int) string {
	if days == 0 {
		return "Wacht op antwoord"
	}
	return "Wacht " + nl.Aantal(days, "dag", "dagen") + " op antwoord"
}

// statusBadge gives a status word its colour.
func statusBadge(s signals.Status, label string) parts.Status {
	switch s {
	case signals.SentBack, signals.Hidden:
		return parts.Status{Label: label, Tone: parts.ToneWarn}
	case signals.Answered, signals.FedBack:
		return parts.Status{Label: label, Tone: parts.ToneBack}
	case signals.Withdrawn, signals.Submitted, signals.Drafted:
		return parts.Status{Label: label, Tone: parts.ToneQuiet}
	case signals.TakenAway:
		return parts.Status{Label: label, Tone: parts.ToneNegative}
	default:
		return parts.Status{Label: label}
	}
}

func (s *Server) draftLines(c *fiber.Ctx) ([]pages.Draft, error) {
	items, err := s.svc.Book.Drafts(ctx(c), viewer(c))
	if err != nil {
		return nil, err
	}
	var drafts []pages.Draft
	for _, d := range items {
		line := pages.Draft{Title: d.Title, Href: "/inbreng/concept/" + d.ID, ThrowHref: "/inbreng/concept/" + d.ID + "/weggooien",
			Saved: nl.Datum(d.Saved) + ", " + nl.Uur(d.Saved)}
		if d.KindLabel != "" {
			line.Kind = d.KindLabel + ". "
		}
		drafts = append(drafts, line)
	}
	return drafts, nil
}

func (s *Server) helpNow(c *fiber.Ctx) error {
	return s.render(c, fiber.StatusOK, pages.Help(pages.HelpPage{Page: s.narrow(c, "Hulp nu"), Hours: s.cfg.HelpHours}))
}

// removed names what can be removed for good.
var removed = map[string]string{incidents.Contribution: "Inbreng", incidents.Message: "Reactie"}

func (s *Server) incidentList(c *fiber.Ctx) error {
	all, next, err := s.svc.Incidents.List(ctx(c), viewer(c), c.Query("na"))
	if err != nil {
		return err
	}
	page := pages.IncidentsPage{Page: s.page(c, "Verwijderde teksten"), Pager: pagerOf(c, next)}
	for _, i := range all {
		told := "Nee"
		if i.Flagged {
			told = "Ja"
		}
		page.Rows = append(page.Rows, parts.TableRow{Cells: []parts.Cell{{Text: nl.Datum(i.At)}, {Text: removed[i.What], Href: i.Where}, {Text: i.Name}, {Text: told}}})
	}
	return s.render(c, fiber.StatusOK, pages.Incidents(page))
}

func options(terms []signals.Term) []parts.Option {
	all := make([]parts.Option, len(terms))
	for i, t := range terms {
		all[i] = parts.Option{Value: t.Slug, Label: t.Label}
	}
	return all
}

// kindOptions are the kinds; explained ones stand in the form as «Knelpunt: iets
// loopt vast».
func kindOptions(explained bool) []parts.Option {
	var all []parts.Option
	for _, k := range signals.Kinds() {
		o := parts.Option{Value: k.Slug, Label: k.Label}
		if explained {
			o.Lead, o.Label = k.Label+":", k.Explain
		}
		all = append(all, o)
	}
	return all
}

// themeOptions are the main themes, with the theme of who knows none last.
func themeOptions(list bool) []parts.Option {
	var all []parts.Option
	for _, t := range signals.Themes() {
		all = append(all, parts.Option{Value: t.Slug, Label: t.Label})
	}
	last := parts.Option{Value: signals.UnknownTheme, Label: signals.NoTheme().Label}
	if list {
		last.Label = signals.ThemeLabel(signals.UnknownTheme)
	}
	return append(all, last)
}

// joinWords joins what is not empty.
func joinWords(between string, words ...string) string {
	var all []string
	for _, w := range words {
		if w != "" {
			all = append(all, w)
		}
	}
	return strings.Join(all, between)
}
