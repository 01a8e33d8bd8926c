package demo

import (
	"cmp"
	"context"

	"ruggespraak/meetings"
)

// agendaPoint is a point of a meeting of the season.
type agendaPoint struct {
	section, title, presenter string
	minutes                   int
	about                     []string // keys of contributions
	notes                     string
	outcomes                  []meetings.Result
}

// session is a meeting of the season. One without held stays open.
type session struct {
	key, title, day, made string
	start, end            string // empty: from ten to three
	place, room           string // empty: in Utrecht, and not online
	kind                  meetings.Kind
	held                  bool
	points                []agendaPoint
}

func decision(text string) meetings.Result {
	return meetings.Result{Kind: meetings.Decision, Text: text}
}

func action(text, owner, due string) meetings.Result {
	return meetings.Result{Kind: meetings.Action, Text: text, Owner: owner, Due: due}
}

const (
	opening   = "Opening"
	knowledge = "Kennis"
	standing  = "Vaste punten"
	field     = "Uit de regio's"
	closing   = "Afsluiting"
)

// sessions are the meetings of 2019 with the subjects of the report about them,
// and an invented one in November.
var sessions = []session{
	{key: "februari", title: "Landelijk zorgcoördinatorenoverleg", day: "2019-02-25", made: "2019-01-30", kind: meetings.National, held: true, points: []agendaPoint{
		{section: opening, title: "Opening en wie is nieuw", presenter: "Voorzitter", minutes: 15},
		{section: opening, title: "Uitrol van de zorgcoördinatie", presenter: "CoMensha", minutes: 45,
			notes: "In vier regio's is nu een zorgcoördinator begonnen. In één provincie werkt een kwartiermaker.\n\n- Niet iedereen heeft genoeg uren voor het hele gebied.\n- Waar nog niemand werkt, regelt CoMensha de eerste zorg en opvang."},
		{section: knowledge, title: "Gast: Slachtofferhulp Nederland over compensatie", presenter: "Gastspreker", minutes: 60,
			about:    []string{"schadefonds1"},
			notes:    "De gast legt uit hoe het **Schadefonds Geweldsmisdrijven** werkt en wat Slachtofferhulp doet. Er was weinig contact tussen de zorgcoördinatoren en de contactpersonen van Slachtofferhulp. Dat verandert nu.",
			outcomes: []meetings.Result{action("Elke regio zoekt contact met de eigen contactpersoon van Slachtofferhulp.", "Alle zorgcoördinatoren", "2019-04-08")}},
		{section: standing, title: "Agenda van de Task Force", presenter: "Voorzitter", minutes: 30,
			notes: "De onderwerpen van de volgende vergadering zijn besproken. Twee zorgcoördinatoren vertellen daar over uitbuiting in het buitenland."},
		{section: standing, title: "Gegevens delen en de AVG", presenter: "Werkgroep", minutes: 30, about: []string{"toestemming1", "toestemming2"},
			notes: "Sinds de AVG wordt minder gemeld. De aard en omvang komen daardoor niet goed in beeld."},
		{section: field, title: "Knelpunten en trends", presenter: "Voorzitter", minutes: 60, about: []string{"mannen1", "mannen2", "mannen3", "tolken1"},
			notes:    "Opvang voor mannen komt uit veel regio's terug. De groep wil dat dit naar het SOM gaat.",
			outcomes: []meetings.Result{decision("Opvang voor mannen gaat als eerste punt naar het SOM.")}},
		{section: closing, title: "Rondvraag", minutes: 15},
	}},
	{key: "april", title: "Landelijk zorgcoördinatorenoverleg", day: "2019-04-08", made: "2019-03-11", kind: meetings.National, held: true, points: []agendaPoint{
		{section: opening, title: "Opening", presenter: "Voorzitter", minutes: 10},
		{section: opening, title: "Terugkoppeling van het SOM", presenter: "Voorzitter", minutes: 30,
			notes: "Het SOM heeft over twee punten een antwoord vastgesteld. Wie iets inbracht of herkende, krijgt daar bericht van."},
		{section: knowledge, title: "Gast: FairWork over drie vormen van compensatie", presenter: "Gastspreker", minutes: 75, about: []string{"loon1"},
			notes: "Drie routes naast elkaar: via de civiele rechter, in de strafzaak, en via het Schadefonds. Met voorbeelden uit de praktijk zijn de voor- en nadelen besproken, en welke advocaat bij een cliënt past."},
		{section: standing, title: "Agenda van de Task Force", presenter: "Voorzitter", minutes: 30},
		{section: standing, title: "Gegevens delen en de AVG", presenter: "Werkgroep", minutes: 20,
			notes: "Geen nieuwe stand. Het onderwerp blijft op elke agenda staan."},
		{section: standing, title: "Programma Samen tegen mensenhandel en de systeemanalyse", presenter: "CoMensha", minutes: 30},
		{section: field, title: "Knelpunten en trends", presenter: "Voorzitter", minutes: 60, about: []string{"stilte1", "contract", "apps1"},
			notes:    "De stilte na een aangifte maakt herstel moeilijk. Ook jongeren die via apps worden geworven, komen vaker voor.",
			outcomes: []meetings.Result{action("Voorbeelden van een overbrugging delen met de collega.", "Alle zorgcoördinatoren", "2019-05-01")}},
		{section: closing, title: "Vooruitblik op de expertmeeting van 23 mei", presenter: "Voorzitter", minutes: 15},
	}},
	{key: "expert", title: "Expertmeeting van zorgcoördinatoren en SOM", day: "2019-05-23", made: "2019-04-24", kind: meetings.Expert, held: true, points: []agendaPoint{
		{title: "Wat ziet het veld?", presenter: "Zorgcoördinatoren", minutes: 60, about: []string{"doorstroom", "ggz1"},
			notes: "Zorgcoördinatoren vertellen wat zij zien. De leden van het SOM vragen door. Doorstroom en de wachttijd bij behandeling krijgen de meeste aandacht."},
		{title: "Wat kan het SOM doen?", presenter: "Leden van het SOM", minutes: 60},
		{title: "Afspraken", presenter: "Voorzitter", minutes: 20, outcomes: []meetings.Result{decision("De zorgcoördinatoren en het SOM bespreken elk jaar samen wat er speelt.")}},
	}},
	{key: "september", title: "Landelijk zorgcoördinatorenoverleg", day: "2019-09-16", made: "2019-08-19", kind: meetings.National, held: true, points: []agendaPoint{
		{section: opening, title: "Opening", presenter: "Voorzitter", minutes: 10},
		{section: opening, title: "Wat deden SOM en Task Force met onze punten?", presenter: "Voorzitter", minutes: 30,
			notes: "De Task Force heeft geantwoord over het delen van gegevens. Over drie punten uit de tweede bundel voor het SOM is nog geen antwoord."},
		{section: standing, title: "Agenda van de Task Force", presenter: "Voorzitter", minutes: 30},
		{section: standing, title: "Gegevens delen en de AVG", presenter: "Werkgroep", minutes: 20, about: []string{"telling", "convenant"}},
		{section: field, title: "Uren, vervanging en dekking", presenter: "Regio's", minutes: 45, about: []string{"uren1", "uren2", "kwartiermaker"},
			notes: "Veel collega's hebben te weinig uren. Bij ziekte is er vaak niemand die het overneemt."},
		{section: field, title: "Knelpunten en trends", presenter: "Voorzitter", minutes: 60, about: []string{"regie", "online", "bezorging", "weekend"},
			notes:    "Nieuwe vormen van werving en een gezamenlijke achterwacht zijn besproken.",
			outcomes: []meetings.Result{decision("Uren en vervanging gaan mee in de volgende bundel."), action("Uitzoeken welke regio's een gezamenlijke achterwacht hebben.", "CoMensha", "2019-11-01")}},
		{section: closing, title: "Rondvraag en data", minutes: 15},
	}},
	{key: "november", title: "Landelijk zorgcoördinatorenoverleg", day: "2019-11-25", made: "2019-09-16", kind: meetings.National, points: []agendaPoint{
		{section: opening, title: "Opening, vaststellen agenda, wie is nieuw", presenter: "Voorzitter", minutes: 10},
		{section: opening, title: "Wat deden SOM en Task Force met onze punten?", presenter: "Voorzitter", minutes: 20},
		{section: standing, title: "Vooruitblik op de agenda van de Task Force", presenter: "Voorzitter", minutes: 30},
		{section: standing, title: "Gegevens delen en de AVG: stand en voorbeelden", presenter: "Werkgroep", minutes: 20},
		{section: field, title: "Knelpunten en trends uit de regio's", presenter: "Voorzitter", minutes: 45, about: []string{"schulden", "bedenktijd", "eu"}},
		{section: knowledge, title: "Gast: compensatie in de praktijk, drie routes naast elkaar", presenter: "Gastspreker", minutes: 60},
		{section: field, title: "Ideeën en goede praktijken: kies er twee om uit te werken", presenter: "Allen", minutes: 45, about: []string{"signaalkaart", "aangiftelocatie"}},
		{section: closing, title: "Wat nemen we mee naar het SOM?", presenter: "Voorzitter", minutes: 20},
		{section: closing, title: "Rondvraag, data en sluiting", minutes: 10},
	}},
}

// reasons answer the guard wherever it asks about the texts of an agenda: they
// name guests, bodies and laws, no persons.
var reasons = meetings.Reasons{"titel": "organisatie", "onderdeel": "organisatie", "trekker": "collega", "verslag": "organisatie", "tekst": "organisatie", "wie": "collega", "plaats": "organisatie"}

func (l *loader) addMeetings() {
	for _, s := range sessions {
		l.on(s.made, "plan meeting "+s.key, func(ctx context.Context) error { return l.plan(ctx, s) })
		l.on(dayBefore(s), "fill the agenda of "+s.key, func(ctx context.Context) error { return l.place(ctx, s) })
		if s.held {
			l.on(s.day, "hold meeting "+s.key, func(ctx context.Context) error { return l.hold(ctx, s) })
		}
	}
}

// dayBefore is when contributions are on the agenda of a meeting: three days
// ahead, or for one that is still to come as soon as it is planned.
func dayBefore(s session) string {
	if !s.held {
		return s.made
	}
	return later(s.day, -3)
}

func (l *loader) plan(ctx context.Context, s session) error {
	chair, calendar := l.other(theChair), l.app.Calendar
	m, err := calendar.Create(ctx, chair, meetings.Details{Kind: s.kind, Title: s.title, Date: s.day,
		Start: cmp.Or(s.start, "10:00"), End: cmp.Or(s.end, "15:00"), Place: cmp.Or(s.place, "Utrecht"), Room: s.room, Reasons: reasons})
	if err != nil {
		return err
	}
	l.ids[s.key] = m.ID
	for _, p := range s.points {
		id, err := calendar.AddItem(ctx, chair, m.ID, meetings.Point{Section: p.section, Title: p.title, Presenter: p.presenter, Minutes: p.minutes, Reasons: reasons})
		if err != nil {
			return err
		}
		l.ids[s.key+p.title] = id
	}
	return calendar.Convene(ctx, chair, m.ID)
}

func (l *loader) place(ctx context.Context, s session) error {
	for _, p := range s.points {
		for _, key := range p.about {
			link := meetings.Link{Kind: meetings.LinkSignal, ID: l.ids[key]}
			if err := l.app.Calendar.Place(ctx, l.other(theChair), l.ids[s.key], l.ids[s.key+p.title], link); err != nil {
				return err
			}
		}
	}
	return nil
}

func (l *loader) hold(ctx context.Context, s session) error {
	chair, calendar := l.other(theChair), l.app.Calendar
	if err := calendar.Begin(ctx, chair, l.ids[s.key]); err != nil {
		return err
	}
	for _, p := range s.points {
		item := l.ids[s.key+p.title]
		if p.notes != "" {
			if err := calendar.WriteMinutes(ctx, chair, l.ids[s.key], item, meetings.Notes{Text: p.notes, Reasons: reasons}); err != nil {
				return err
			}
		}
		for _, r := range p.outcomes {
			r.Reasons = reasons
			if err := calendar.AddOutcome(ctx, chair, l.ids[s.key], item, r); err != nil {
				return err
			}
		}
	}
	return calendar.Close(ctx, chair, l.ids[s.key])
}
