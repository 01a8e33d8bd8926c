package server

import (
	"slices"
	"strconv"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/nl"
	pages "ruggespraak/frontend/pages/bundles"
	"ruggespraak/frontend/parts"
	"ruggespraak/meetings/bundles"
	"ruggespraak/people"
)

// bundleCompose shows the chair's page of a bundle, in every state.
func (s *Server) bundleCompose(c *fiber.Ctx) error {
	v := viewer(c)
	in, err := s.svc.Desk.Inspect(ctx(c), v, c.Params("nummer"))
	if err != nil {
		return err
	}
	page := pages.ComposePage{
		Page: s.page(c, bundleName(in.Number, in.Addressee)), Number: in.Number, For: forWhom(in.Addressee),
		Status: s.composeStatus(in), Period: periodWords(in.From, in.To),
		Editable: in.State == bundles.Draft || in.State == bundles.Offered || in.State == bundles.Approved,
		StepHead: "Naar " + in.Addressee.Label(), Links: composeLinks(in),
	}
	page.Findings = findingLines(in, 0)
	if len(page.Findings) > 0 {
		page.Checked = "Gecontroleerd om " + nl.Uur(s.svc.Now()) + ", op " + nl.Aantal(len(in.Points), "punt", "punten") + "."
	}
	for i := range in.Points {
		page.Points = append(page.Points, s.composePoint(in, i))
	}
	if page.Steps, err = s.bundleSteps(c, in); err != nil {
		return err
	}
	page.Notice = voidedWords(in)
	if w := in.Withdraw; w != nil {
		page.Withdrawn = withdrawnWords(in.Number, bundles.DayOf(w.At), w.Reason)
	}
	page.Next, page.Say = s.bundleNext(c, v, in)
	if page.Editable {
		if err = s.addLeftOver(c, in.Number, &page); err != nil {
			return err
		}
	}
	return s.render(c, fiber.StatusOK, pages.Compose(page))
}

// composeStatus is the state, or for how long a body has been asked.
func (s *Server) composeStatus(in *bundles.Inspection) parts.Status {
	if in.State != bundles.Sent {
		return bundleStatus(in.State)
	}
	open, fed := 0, 0
	for i := range in.Points {
		if len(in.Points[i].Answers) == 0 {
			open++
		}
		if in.IsFedBack(&in.Points[i]) {
			fed++
		}
	}
	days := bundles.DayOf(in.Sending.At).DaysUntil(bundles.DayOf(s.svc.Now()))
	switch {
	case open > 0 && days > 0:
		return parts.Status{Label: waitWords(days), Tone: parts.ToneWarn}
	case open > 0:
		return bundleStatus(in.State)
	case fed == len(in.Points):
		return parts.Status{Label: "Teruggekoppeld", Tone: parts.ToneBack}
	default:
		return parts.Status{Label: "Beantwoord", Tone: parts.ToneBack}
	}
}

func composeLinks(in *bundles.Inspection) []parts.Link {
	path := bundlePath(in.Number)
	if in.State == bundles.Nothing {
		return nil
	}
	if in.State == bundles.Sent || in.State == bundles.Frozen || in.State == bundles.Withdrawn {
		return []parts.Link{{Label: "Afdrukken", Href: path + "/afdruk"}}
	}
	links := []parts.Link{{Label: "Gegevens", Href: path + "/gegevens"}}
	if len(in.Points) > 0 {
		links = append(links, parts.Link{Label: readAs(in.Addressee), Href: path + "/lezen"})
	}
	return links
}

func readAs(a bundles.Addressee) string {
	switch a.Body {
	case bundles.SOM:
		return "Lezen als SOM-lid"
	case bundles.TaskForce:
		return "Lezen als Task Force"
	default:
		return "Lezen als ontvanger"
	}
}

// findingLines are the findings of one point, or of all with point 0.
func findingLines(in *bundles.Inspection, point int) []parts.Finding {
	var lines []parts.Finding
	for _, f := range in.Findings {
		if point != 0 && f.Point != point {
			continue
		}
		line := parts.Finding{Text: findingText(f)}
		if f.Point > 0 {
			line.Link = parts.Link{Label: "Punt " + strconv.Itoa(f.Point), Href: pointPath(in.Number, f.Point) + "#" + f.Field}
		}
		lines = append(lines, line)
	}
	return lines
}

func findingText(f bundles.Finding) string {
	if f.Line == 0 {
		return f.Say
	}
	return "(" + f.Name + ", regel " + strconv.Itoa(f.Line) + ") " + f.Say
}

func (s *Server) composePoint(in *bundles.Inspection, i int) pages.ComposePoint {
	p, n := &in.Points[i], in.Numbers[in.Points[i].ID]
	point := pages.ComposePoint{
		N: i + 1, ID: p.ID, Heading: p.Texts.Heading, Href: pointPath(in.Number, i+1), Ask: p.Texts.Ask,
		Figure: strconv.Itoa(n.Organisations), Word: oneOrMore(n.Organisations, "organisatie", "organisaties"),
		Line: nl.Aantal(n.Contributions, "keer inbreng", "keer inbreng") + ". " + bandWords(in, p, n),
		Path: bundlePath(in.Number), First: i == 0, Last: i == len(in.Points)-1, Status: s.pointStatus(in, i),
	}
	if point.Heading == "" {
		point.Heading = "Nog zonder kop"
	}
	return point
}

func oneOrMore(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// bandWords says what the readers read of the numbers.
func bandWords(in *bundles.Inspection, p *bundles.Point, n bundles.Numbers) string {
	broad := n.Organisations >= 5
	if in.Freeze != nil {
		broad = p.Broad
	}
	who := nl.Hoofdletter(in.Addressee.Label())
	if broad {
		return who + " leest: «" + bundles.BroadLine + "»."
	}
	return who + " leest geen aantal."
}

func (s *Server) pointStatus(in *bundles.Inspection, i int) parts.Status {
	if n := len(findingLines(in, i+1)); n > 0 {
		return parts.Status{Label: nl.Aantal(n, "bevinding", "bevindingen"), Tone: parts.ToneNegative}
	}
	p := &in.Points[i]
	switch {
	case in.State == bundles.Sent && in.IsFedBack(p):
		return parts.Status{Label: "Teruggekoppeld", Tone: parts.ToneBack}
	case len(p.Answers) > 0:
		return parts.Status{Label: "Beantwoord", Tone: parts.ToneBack}
	case in.State == bundles.Sent:
		return parts.Status{Label: "Nog geen antwoord", Tone: parts.ToneWarn}
	}
	return parts.Status{Label: "Klaar", Tone: parts.TonePositive}
}

// bundleSteps is the way of a bundle to its readers.
func (s *Server) bundleSteps(c *fiber.Ctx, in *bundles.Inspection) ([]parts.WayStop, error) {
	marks := []bundles.Mark{in.Created}
	for _, m := range []*bundles.Mark{offerMark(in), approvalMark(in), freezeMark(in), in.Sending} {
		if m != nil {
			marks = append(marks, *m)
		}
	}
	var ids []string
	for _, m := range marks {
		ids = append(ids, m.By)
	}
	names, err := s.names(c, ids...)
	if err != nil {
		return nil, err
	}
	note := func(m *bundles.Mark) string { return names[m.By] + ", " + nl.DatumKort(m.At) }
	step := func(title string, m *bundles.Mark, open string) parts.WayStop {
		if m == nil {
			return parts.WayStop{Title: title, Note: open, Open: true}
		}
		return parts.WayStop{Title: title, Note: note(m)}
	}
	steps := []parts.WayStop{{Title: "Begonnen", Note: note(&in.Created)}}
	if in.State == bundles.Nothing {
		return append(steps, step("Gesloten: niets te sturen", in.Sending, "")), nil
	}
	checked := parts.WayStop{Title: "Gecontroleerd"}
	if n := len(in.Findings); n > 0 {
		checked = parts.WayStop{Title: "Gecontroleerd", Note: nl.Aantal(n, "bevinding staat", "bevindingen staan") + " open", Open: true}
	}
	steps = append(steps, checked,
		step("Aangeboden aan een collega", offerMark(in), ""),
		step("Goedgekeurd door een collega", approvalMark(in), "Niet door wie de tekst schreef: altijd twee mensen"),
		step("Vastgesteld", freezeMark(in), "Daarna verandert er niets meer"),
		step("Verstuurd", in.Sending, ""))
	steps = append(steps, editionStops(in)...)
	if in.Withdraw != nil {
		steps = append(steps, step("Ingetrokken", &in.Withdraw.Mark, ""))
	}
	return steps, nil
}

// editionStops are what came back already.
func editionStops(in *bundles.Inspection) []parts.WayStop {
	var stops []parts.WayStop
	for _, e := range in.Editions {
		title := "Teruggekoppeld:"
		if e.Retracted != nil {
			title = "Gecorrigeerd:"
		}
		stops = append(stops, parts.WayStop{Title: title, Back: true, Note: nl.DatumKort(e.Published.At),
			Link: parts.Link{Label: "uitgave " + strconv.Itoa(e.N), Href: feedbackPath(in.Number, e.N)}})
	}
	return stops
}

func offerMark(in *bundles.Inspection) *bundles.Mark {
	if in.Offer == nil {
		return nil
	}
	return &in.Offer.Mark
}

func approvalMark(in *bundles.Inspection) *bundles.Mark {
	if in.Approval == nil {
		return nil
	}
	return &in.Approval.Mark
}

func freezeMark(in *bundles.Inspection) *bundles.Mark {
	if in.Freeze == nil {
		return nil
	}
	return &in.Freeze.Mark
}

func voidedWords(in *bundles.Inspection) string {
	switch {
	case in.Voided == nil:
		return ""
	case in.Voided.Band:
		return "De goedkeuring geldt niet meer: het aantal organisaties bij een punt is veranderd."
	default:
		return "De goedkeuring geldt niet meer: de bundel is daarna gewijzigd."
	}
}

// bundleNext is what can be done now, and what stands in the way.
func (s *Server) bundleNext(c *fiber.Ctx, v people.Viewer, in *bundles.Inspection) (templ.Component, string) {
	path, csrf := bundlePath(in.Number), s.token(c)
	one := func(action, label string, fields ...parts.HiddenField) templ.Component {
		return pages.OneStep(path+"/"+action, csrf, label, fields)
	}
	switch in.State {
	case bundles.Draft:
		if len(in.Points) == 0 {
			return one("niets", "Sluiten: niets te sturen"), "De lezers zien dan dat er over deze periode niets is."
		}
		if len(in.Findings) > 0 {
			return nil, "Zijn er geen bevindingen meer? Dan kunt u de bundel aanbieden aan een collega."
		}
		return one("aanbieden", "Aanbieden aan een collega"), "Een collega die niets wijzigde, leest en keurt goed."
	case bundles.Offered:
		if in.EditedBy(v.Account) {
			return nil, "Wacht op een collega. U hebt de tekst zelf gewijzigd en kunt haar niet goedkeuren."
		}
		return one("goedkeuren", "Goedkeuren", parts.HiddenField{Name: "kenmerk", Value: in.Offer.Hash}), "Lees eerst de hele bundel. U keurt precies deze tekst goed."
	case bundles.Approved:
		return one("vaststellen", "Vaststellen"), "Daarna verandert er niets meer aan de tekst."
	case bundles.Frozen:
		if in.Addressee.HasAccounts() {
			return one("versturen", "Versturen"), "De lezers vinden de bundel dan bij Bundels, en krijgen een mail."
		}
		return one("versturen", "Als verstuurd markeren"), "Dit orgaan heeft geen accounts. Druk de bundel af, verstuur hem zelf en markeer hem dan."
	case bundles.Sent:
		return s.sentSteps(in), ""
	default:
		return nil, ""
	}
}

func (s *Server) sentSteps(in *bundles.Inspection) templ.Component {
	var steps []templ.Component
	if slices.ContainsFunc(in.Points, func(p bundles.Point) bool { return !in.IsFedBack(&p) }) {
		steps = append(steps, pages.LinkStep("Terugkoppeling maken", "/terugkoppeling/"+in.Number+"/maken", parts.ButtonPrimary))
	}
	if len(in.Editions) == 0 {
		steps = append(steps, pages.LinkStep("Bundel intrekken", bundlePath(in.Number)+"/intrekken", parts.ButtonSubtle))
	}
	return pages.Steps(steps)
}

// leftMost is how many contributions without a point the page lists.
const leftMost = 8

// addLeftOver lists what is in no point yet: clusters, and contributions of the
// period.
func (s *Server) addLeftOver(c *fiber.Ctx, number string, page *pages.ComposePage) error {
	all, err := s.svc.Desk.Candidates(ctx(c), viewer(c), number)
	if err != nil {
		return err
	}
	add := bundlePath(number) + "/toevoegen"
	for _, cl := range all.Clusters {
		page.Left = append(page.Left, pages.LeftOver{Title: cl.Heading, Href: "/inbreng/clusters/" + cl.ID, Theme: "Cluster met " + nl.Aantal(cl.Contributions, "keer inbreng", "keer inbreng"), Add: add})
	}
	for _, one := range all.Loose {
		if one.InPeriod {
			page.Left = append(page.Left, pages.LeftOver{Title: one.Title, Href: "/inbreng/" + one.ID, Theme: one.Theme, Add: add + "?inbreng=" + one.ID})
		}
	}
	page.LeftNote = strconv.Itoa(len(page.Left)) + " in totaal"
	if len(page.Left) > leftMost {
		page.Left = page.Left[:leftMost]
		page.LeftAll = parts.Link{Label: "Alles bekijken", Href: add}
	}
	return nil
}
