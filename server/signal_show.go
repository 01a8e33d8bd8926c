package server

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/nl"
	pages "ruggespraak/frontend/pages/signals"
	"ruggespraak/frontend/parts"
	"ruggespraak/meetings/discussion"
	"ruggespraak/meetings/signals"
	"ruggespraak/people"
)

// signalShow is a contribution with its whole way.
func (s *Server) signalShow(c *fiber.Ctx) error {
	view, err := s.svc.Book.Show(ctx(c), viewer(c), c.Params("id"))
	if err != nil {
		return err
	}
	way, answer, err := s.wayOf(c, view)
	if err != nil {
		return err
	}
	page := pages.ShowPage{
		Page: s.page(c, shownTitle(view)), Crumbs: []parts.Link{{Label: "Inbreng", Href: "/inbreng"}},
		Statuses: []parts.Status{statusBadge(view.Status.Status, view.Label)}, Title: shownTitle(view),
		Eyebrow: joinWords(" · ", view.Kind.Label(), view.ThemeLabel, ownWord(view)),
		Mark:    markOf(view), Notices: noticesFor(view), Answer: answer,
		TextTitle: "Wat de indiener zag", Text: view.Text, Extra: extraFacts(view.Extra),
		Way: way, WayTitle: "Wat is er met deze inbreng gedaan?",
		Support: supportOf(view), Facts: factsOf(view), FactsHead: "Gegevens",
	}
	if view.Outcome.Kind != "" {
		page.Statuses = append(page.Statuses, parts.Status{Label: view.Outcome.Label(), Tone: parts.TonePositive})
	}
	if view.WaitDays > 0 {
		page.Eyebrow = joinWords(" · ", page.Eyebrow, waitWords(view.WaitDays))
	}
	page.Page.Print = "Ruggespraak, inbreng en antwoord. Afgedrukt op " + nl.Datum(s.svc.Now()) + ". Alleen voor zorgcoördinatoren en CoMensha."
	s.fillOwn(view, &page)
	if view.May.Flag {
		page.FlagHref = signals.Path(view.ID) + "/markeren"
	}
	if page.Talk, err = s.talkLink(c, discussion.TopicOf(discussion.Contribution, view.ID)); err != nil {
		return err
	}
	if origin := discussion.OriginPath(view.Origin); origin != "" {
		page.Facts = append(page.Facts, parts.Fact{Term: "Begonnen als", Body: parts.TextLink(origin, "een reactie", "")})
	}
	if view.Chair != nil {
		if page.Chair, err = s.chairTools(c, view); err != nil {
			return err
		}
	}
	return s.render(c, fiber.StatusOK, pages.Show(page))
}

func (s *Server) fillOwn(view *signals.View, page *pages.ShowPage) {
	if !view.Own {
		return
	}
	page.TextTitle, page.WayTitle = "Wat u zag", "Wat is er met uw inbreng gedaan?"
	page.Own = &pages.OwnTools{}
	if view.May.Supplement {
		page.Own.SupplementHref = signals.Path(view.ID) + "/aanvullen"
	}
	if view.May.Withdraw {
		page.Own.WithdrawHref = signals.Path(view.ID) + "/intrekken"
	}
}

func ownWord(view *signals.View) string {
	if view.Own {
		return "uw inbreng"
	}
	return ""
}

func shownTitle(view *signals.View) string {
	switch {
	case !view.Removed.IsZero():
		return "Verwijderde inbreng"
	case view.Title == "":
		return "Verborgen inbreng"
	}
	return view.Title
}

func markOf(view *signals.View) string {
	switch {
	case !view.Removed.IsZero():
		return "Hier stond iets waaraan iemand te herkennen was. Verwijderd op " + nl.Datum(view.Removed) + "."
	case view.Text == "":
		return "De tekst is verborgen. CoMensha bekijkt de tekst."
	}
	return ""
}

// noticesFor are the boxes that ask something of the viewer.
func noticesFor(view *signals.View) []pages.Notice {
	path := signals.Path(view.ID)
	var all []pages.Notice
	if view.Own && view.Returned != nil {
		all = append(all, pages.Notice{ID: "terug", Title: "CoMensha vraagt u dit aan te passen", Quote: view.Returned.Reason,
			Text:    []string{"Collega's zien uw inbreng nu niet."},
			Actions: []pages.Action{{Label: "Aanpassen en opnieuw indienen", Href: path + "/opnieuw", Kind: parts.ButtonPrimary}}})
	}
	if view.Own && view.May.Resume && view.Returned == nil {
		all = append(all, pages.Notice{ID: "ingetrokken", Title: "U hebt deze inbreng ingetrokken",
			Text:    []string{"Collega's zien uw inbreng niet meer. Wat in een vastgestelde bundel staat, blijft daar."},
			Actions: []pages.Action{{Label: "Opnieuw indienen", Href: path + "/opnieuw"}}})
	}
	if view.Own && view.Next != "" {
		all = append(all, pages.Notice{ID: "opnieuw", Title: "U hebt dit opnieuw ingediend", Links: []parts.Link{{Label: "Naar uw nieuwe inbreng", Href: signals.Path(view.Next)}}})
	}
	if view.Own && view.May.Answer {
		all = append(all, furtherNotice(view, path))
	}
	if view.Hidden && view.Own {
		all = append(all, pages.Notice{ID: "verborgen", Title: "Uw tekst is verborgen",
			Text: []string{"Een collega meldt dat hierin iemand te herkennen is. CoMensha bekijkt de tekst. U leest hem zelf nog wel."}})
	}
	if view.Own && view.Terms.Urgent.After(view.Terms.Contact) && view.Terms.Contact.IsZero() {
		all = append(all, pages.Notice{ID: "contact", Title: "CoMensha neemt contact met u op",
			Text: []string{"Dat gebeurt uiterlijk op " + nl.DatumDag(view.Terms.Urgent) + "."}})
	}
	return append(all, chairNotices(view, path)...)
}

func furtherNotice(view *signals.View, path string) pages.Notice {
	n := pages.Notice{ID: "verder", Title: "Mag dit verder dan u koos?", Text: []string{
		"U koos: alleen CoMensha mag uw tekst lezen. CoMensha wil uw inbreng laten meetellen in een bundel.",
		"Uw tekst en uw naam gaan niet mee. CoMensha schrijft een samenvatting in eigen woorden."}}
	yes := pages.Action{Label: "Ja, dat mag", Href: path + "/verder/antwoord", Fields: []parts.HiddenField{{Name: "antwoord", Value: "ja"}}}
	no := pages.Action{Label: "Nee, liever niet", Href: path + "/verder/antwoord", Fields: []parts.HiddenField{{Name: "antwoord", Value: "nee"}}}
	switch {
	case view.Further.Answered.IsZero():
		n.Actions = []pages.Action{yes, no}
	case view.Further.Yes:
		n.Text, n.Actions = []string{"U antwoordde: ja, dat mag. U kunt dat terugnemen. Dat telt voor latere bundels."}, []pages.Action{no}
	default:
		n.Text, n.Actions = []string{"U antwoordde: nee, liever niet. U kunt dat nog veranderen."}, []pages.Action{yes}
	}
	return n
}

// chairNotices are what waits for the chair.
func chairNotices(view *signals.View, path string) []pages.Notice {
	if view.Chair == nil {
		return nil
	}
	var all []pages.Notice
	if view.May.Contact {
		all = append(all, pages.Notice{ID: "dringend", Title: "Wacht op contact, uiterlijk " + nl.Datum(view.Terms.Urgent),
			Actions: []pages.Action{{Label: "Ik heb contact gehad", Href: path + "/contact", Kind: parts.ButtonPrimary}}})
	}
	if view.May.Restore {
		all = append(all, pages.Notice{ID: "gemarkeerd", Title: "Is in deze tekst iemand te herkennen?",
			Text:    []string{view.Chair.FlaggedBy + " meldde dit op " + nl.Datum(view.Chair.FlaggedAt) + ". De tekst is verborgen voor collega's, tot u beslist."},
			Actions: []pages.Action{{Label: "Nee, laat de tekst weer zien", Href: path + "/herstellen"}},
			Links:   []parts.Link{{Label: "Ja, verwijder de tekst", Href: path + "/verwijderen"}}})
	}
	if view.May.Release {
		all = append(all, releaseNotice(view, path))
	}
	return all
}

func releaseNotice(view *signals.View, path string) pages.Notice {
	n := pages.Notice{ID: "vrijgeven", Title: "Mogen collega's dit lezen?", Text: []string{
		"Bij het indienen zag de controle iets waaraan iemand te herkennen kan zijn. De indiener liet het staan."},
		Actions: []pages.Action{{Label: "Zichtbaar maken", Href: path + "/vrijgeven", Kind: parts.ButtonPrimary}},
		Links:   []parts.Link{{Label: "Terugsturen met een reden", Href: path + "/terugsturen"}}}
	for _, a := range askedFacts(view) {
		n.Text = append(n.Text, a.Term+". «"+a.Text+"»")
	}
	if !view.Released.IsZero() {
		n.Title = "Mogen collega's de aanvulling lezen?"
	}
	if view.May.Contact { // a view has one main button
		n.Actions[0].Kind = parts.ButtonSecondary
	}
	return n
}

func extraFacts(e signals.ExtraView) []parts.Fact {
	var facts []parts.Fact
	add := func(term, text string) {
		if text != "" {
			facts = append(facts, parts.Fact{Term: term, Text: text})
		}
	}
	add("Vorm van uitbuiting", e.Form)
	add("Leeftijdsgroep", e.Age)
	add("Waar speelt dit?", e.Reach)
	add("Hoe vaak in 12 maanden?", e.Frequency)
	add("Wie kan hier iets aan doen?", strings.Join(e.Actors, ", "))
	add("Wat zou helpen?", e.Help)
	if e.Held {
		add("Aanvulling", "Collega's zien «Wat zou helpen?» nog niet. CoMensha kijkt er eerst naar.")
	}
	add("Trefwoorden", strings.Join(e.Keywords, ", "))
	return facts
}

func supportOf(view *signals.View) pages.Support {
	in := view.Support
	out := pages.Support{Sentence: in.Sentence, Given: in.Given, Approach: in.Approach, CanGive: in.CanGive, Href: signals.Path(view.ID)}
	for _, p := range in.Approached {
		out.Approached = append(out.Approached, personLine(p))
	}
	if view.Chair == nil {
		return out
	}
	if in.Sentence != "" {
		out.Sentence = exactWords(len(view.Chair.Exact.Organisations), len(view.Chair.Exact.Regions), " herkennen dit.")
		out.Exact = "Exacte aantallen ziet alleen CoMensha."
	}
	out.Approached = nil
	for _, p := range view.Chair.Supporters {
		out.Supporters = append(out.Supporters, personLine(p))
	}
	return out
}

func personLine(p signals.Person) pages.Person {
	return pages.Person{Name: p.Name, Rest: joinWords(", ", p.Organisation, p.Region)}
}

// factsOf are who brought it in and what the author chose.
func factsOf(view *signals.View) []parts.Fact {
	facts := []parts.Fact{{Term: "Ingediend op", Text: nl.Datum(view.Day)}}
	if !view.Own {
		if view.Author == nil {
			facts = append(facts, parts.Fact{Term: "Indiener", Text: "Een zorgcoördinator. Naam, organisatie en regio zijn verborgen."})
		} else {
			facts = append(facts, parts.Fact{Term: "Indiener", Text: joinWords(", ", view.Author.Name, view.Author.Organisation, view.Author.Region)})
		}
	}
	if view.Terms != nil {
		facts = append(facts, termFacts(view)...)
	}
	if view.Cluster != nil {
		facts = append(facts, parts.Fact{Term: "Cluster", Body: parts.TextLink("/inbreng/clusters/"+view.Cluster.ID, view.Cluster.Title, "")})
	}
	if view.Previous != "" {
		facts = append(facts, parts.Fact{Term: "Eerder ingediend", Body: parts.TextLink(signals.Path(view.Previous), "Naar de eerdere inbreng", "")})
	}
	if view.Next != "" && !view.Own {
		facts = append(facts, parts.Fact{Term: "Opnieuw ingediend", Body: parts.TextLink(signals.Path(view.Next), "Naar de nieuwe inbreng", "")})
	}
	return facts
}

func termFacts(view *signals.View) []parts.Fact {
	whose, nameTerm := "de", "Naam van de indiener"
	if view.Own {
		whose, nameTerm = "uw", "Uw naam"
	}
	name, quote := "Zichtbaar voor collega's", "Mag niet"
	if view.Terms.Hide {
		name = "Verborgen voor collega's"
	}
	if view.Terms.Quote {
		quote = "Mag, zonder naam"
	}
	facts := []parts.Fact{{Term: "Wie mag " + whose + " tekst lezen?", Text: view.Terms.Readers.Label()}}
	if view.Terms.Readers == signals.Members {
		facts = append(facts, parts.Fact{Term: nameTerm, Text: name})
	}
	facts = append(facts, parts.Fact{Term: "Letterlijk overnemen", Text: quote})
	if !view.Terms.Contact.IsZero() {
		facts = append(facts, parts.Fact{Term: "Contact gehad", Text: nl.Datum(view.Terms.Contact)})
	}
	if view.Further != nil && !view.Own {
		facts = append(facts, parts.Fact{Term: "Mag dit verder?", Text: furtherWords(view.Further)})
	}
	return facts
}

func furtherWords(f *signals.Further) string {
	switch {
	case f.Answered.IsZero():
		return "Gevraagd op " + nl.Datum(f.Asked) + ", nog geen antwoord"
	case f.Yes:
		return "Ja, op " + nl.Datum(f.Answered)
	default:
		return "Nee, op " + nl.Datum(f.Answered)
	}
}

// chairTools are what the chair can do with the contribution.
func (s *Server) chairTools(c *fiber.Ctx, view *signals.View) (*pages.ChairTools, error) {
	path := signals.Path(view.ID)
	t := &pages.ChairTools{Log: logFacts(view.Chair.Log)}
	if !view.May.Release { // else the reasons stand where the chair decides
		t.Asked = askedFacts(view)
	}
	if view.May.Theme {
		t.ThemeHref, t.Theme, t.Themes = path+"/thema", view.Theme, themeOptions(false)
		t.Themes = t.Themes[:len(t.Themes)-1] // the chair does choose
	}
	if view.May.Outcome {
		t.OutcomeHref, t.Outcomes = path+"/uitkomst", options(signals.OutcomeTerms())
		t.Outcome, t.OutcomeBody = string(view.Outcome.Kind), view.Outcome.Body
		t.Bodies = bodyOptions(view.Outcome.Body)
	}
	if view.May.Ask {
		t.Actions = append(t.Actions, pages.Action{Label: "Vragen: mag dit verder dan u koos?", Href: path + "/verder"})
	}
	if view.May.Cluster && view.Cluster == nil {
		if err := s.fillClusters(c, t, path); err != nil {
			return nil, err
		}
		t.Links = append(t.Links, parts.Link{Label: "Nieuw cluster maken", Href: "/inbreng/clusters/nieuw?inbreng=" + view.ID})
	}
	if !view.Released.IsZero() && view.Removed.IsZero() {
		t.Links = append(t.Links, parts.Link{Label: "Op een agenda zetten", Href: "/overleggen/plaatsen/inbreng/" + view.ID})
	}
	if view.May.SendBack && !view.May.Release { // else it stands beside the question
		t.Links = append(t.Links, parts.Link{Label: "Terugsturen met een reden", Href: path + "/terugsturen"})
	}
	if view.May.Remove {
		t.Links = append(t.Links, parts.Link{Label: "Tekst voorgoed verwijderen", Href: path + "/verwijderen"})
	}
	return t, nil
}

// bodyOptions are those who can do something about it; one that was recorded
// otherwise, with an answer, stays among them.
func bodyOptions(recorded string) []parts.Option {
	var all []parts.Option
	known := recorded == ""
	for _, a := range signals.Actors() {
		label := strings.ToLower(a.Label[:1]) + a.Label[1:]
		if strings.ToUpper(a.Label[1:2]) == a.Label[1:2] { // «IND»
			label = a.Label
		}
		known = known || label == recorded
		all = append(all, parts.Option{Value: label, Label: label})
	}
	if !known {
		all = append(all, parts.Option{Value: recorded, Label: recorded})
	}
	return all
}

func (s *Server) fillClusters(c *fiber.Ctx, t *pages.ChairTools, path string) error {
	if !people.May(viewer(c).ActiveRole(), "cluster", people.Update) {
		return nil
	}
	clusters, _, err := s.svc.Book.Clusters(ctx(c), viewer(c), "")
	if err != nil {
		return err
	}
	t.ClusterPutURL = path + "/cluster"
	for _, cluster := range clusters {
		t.Clusters = append(t.Clusters, parts.Option{Value: cluster.ID, Label: cluster.Heading})
	}
	return nil
}

var fieldWords = map[string]string{
	signals.FieldText: "In de tekst", signals.FieldTitle: "In de titel", signals.FieldHelp: "In «Wat zou helpen?»",
}

func askedFacts(view *signals.View) []parts.Fact {
	var facts []parts.Fact
	for _, a := range view.Chair.Asked {
		facts = append(facts, parts.Fact{Term: fieldWords[a.Field] + ": " + a.Rule, Text: a.Reason})
	}
	return facts
}

func logFacts(log []signals.LogLine) []parts.Fact {
	var facts []parts.Fact
	for _, l := range log {
		facts = append(facts, parts.Fact{Term: nl.Datum(l.Day), Text: joinWords(", ", nl.Hoofdletter(l.What), l.By)})
	}
	return facts
}
