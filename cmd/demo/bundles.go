package demo

import (
	"context"
	"fmt"
	"slices"

	"ruggespraak/internal/fault"
	"ruggespraak/meetings/bundles"
	"ruggespraak/meetings/signals"
)

// cluster is a group of contributions of the season.
type cluster struct {
	key, heading string
	of           []string
}

// point is a point of a bundle of the season.
type point struct {
	cluster string
	texts   bundles.Texts
}

// saidOf answers the guard wherever it asks about the texts of a bundle.
var saidOf = bundles.Reasons{}

var clusters = []cluster{
	{"opvang-mannen", "Voor mannen is er te weinig passende opvang", []string{"mannen1", "mannen2", "mannen3"}},
	{"toestemming", "Meldingen blijven liggen omdat regels over toestemming onduidelijk zijn", []string{"toestemming1", "toestemming2"}},
	{"stilte", "Slachtoffers weten maandenlang niet of er vervolging komt", []string{"stilte1", "stilte2"}},
	{"loon", "Een loonvordering strandt op kosten, nog voor de start", []string{"loon1", "loon2"}},
	{"apps", "Jongeren worden geworven via berichten-apps", []string{"apps1", "apps2"}},
	{"behandeling", "Wie behandeling nodig heeft, wacht te lang", []string{"ggz1", "lvb", "ziekenhuis"}},
	{"uren", "Er zijn te weinig uren, en bij ziekte is er geen vervanger", []string{"uren1", "uren2"}},
}

var firstPoints = []point{
	{"opvang-mannen", bundles.Texts{
		Heading: "Voor mannen is er te weinig passende opvang",
		See:     "Mannelijke slachtoffers komen vaak in de gewone nachtopvang terecht. Daar is geen rust en het personeel kent de doelgroep niet.",
		Effect:  "Zij raken uit beeld voordat zij hebben kunnen nadenken over aangifte.",
		Ask:     "Wil het SOM pleiten voor landelijke opvangplekken voor mannen?",
		To:      "Het SOM",
	}},
	{"toestemming", bundles.Texts{
		Heading: "Meldingen blijven liggen omdat regels over toestemming onduidelijk zijn",
		See:     "Instellingen leggen de regels over toestemming verschillend uit. Sommige melden pas na een handtekening, andere melden niets.",
		Effect:  "De aard en omvang van mensenhandel komen niet goed in beeld. Hulp komt later op gang.",
		Ask:     "Wil het SOM zorgen voor één uitleg die voor alle instellingen geldt?",
		To:      "Het SOM",
	}},
}

var secondPoints = []point{
	{"stilte", bundles.Texts{
		Heading: "Slachtoffers weten maandenlang niet of er vervolging komt",
		See:     "Na een aangifte is er lange tijd geen bericht. Begeleiders bellen zelf rond en vinden geen vast aanspreekpunt.",
		Effect:  "Herstel komt stil te liggen. Sommige slachtoffers haken af.",
		Ask:     "Wil het SOM met het OM een vast moment afspreken voor bericht over de stand?",
		To:      "Het SOM",
	}},
	{"loon", bundles.Texts{
		Heading: "Een loonvordering strandt op kosten, nog voor de start",
		See:     "Wie geen strafzaak heeft, moet voor achterstallig loon naar de civiele rechter. De kosten vooraf zijn te hoog.",
		Effect:  "Slachtoffers gaan terug zonder dat hun loon is betaald.",
		Ask:     "Wil het SOM onderzoeken of een fonds de kosten van de start kan voorschieten?",
		To:      "Het SOM",
	}},
	{"apps", bundles.Texts{
		Heading: "Jongeren worden geworven via berichten-apps",
		See:     "Scholen en jongerenwerk zien dat jongeren met een belofte van snel geld worden geworven. Daarna volgt dwang.",
		Effect:  "Jongeren worden eerst als verdachte gezien en krijgen geen hulp.",
		Ask:     "Wil het SOM pleiten voor een vaste consultatielijn voor scholen en jongerenwerk?",
		To:      "Het SOM",
	}},
}

func (l *loader) addBundles() {
	l.on("2019-02-27", "put together what belongs together", l.putTogether(0, 1))
	l.on("2019-03-04", "compile the first bundle", l.compile("eerste", bundles.Addressee{Body: bundles.SOM}, "2019-01-01", "2019-02-28", firstPoints))
	l.on("2019-03-05", "send the first bundle", l.send("eerste"))
	l.on("2019-03-12", "members of the SOM react", l.reactFirst)
	l.on("2019-03-29", "the SOM answers", l.answerFirst)
	l.on("2019-04-09", "feed back the first bundle", l.feedBack("eerste", "2019-10-01", "Het SOM schrijft een voorstel en bespreekt het met gemeenten."))
	l.on("2019-05-20", "send the bundle for the Task Force", l.toTaskForce)
	l.on("2019-06-24", "the Task Force answers", l.answerTaskForce)
	l.on("2019-07-01", "feed back the answer of the Task Force", l.feedBack("taskforce", "2019-12-01", "Het ministerie schrijft samen met CoMensha een uitleg op één bladzijde."))
	l.on("2019-06-28", "put together what belongs together", l.putTogether(2, 3, 4))
	l.on("2019-07-03", "compile the second bundle for the SOM", l.compile("tweede", bundles.Addressee{Body: bundles.SOM}, "2019-03-01", "2019-06-30", secondPoints))
	l.on("2019-07-05", "send the second bundle for the SOM", l.send("tweede"))
	l.on("2019-07-16", "ask what got better", l.due)
	l.on("2019-07-18", "answer what got better", l.answerEffects)
	l.on("2019-09-06", "remind of silence", l.due)
	l.on("2019-09-12", "put together what belongs together", l.putTogether(5, 6))
	l.on("2019-09-16", "begin the third bundle for the SOM", l.beginThird)
	l.on("2019-09-16", "what is due on the last day", l.due)
}

func (l *loader) putTogether(which ...int) func(context.Context) error {
	return func(ctx context.Context) error {
		for _, i := range which {
			c := clusters[i]
			ids := make([]string, len(c.of))
			for n, key := range c.of {
				ids[n] = l.ids[key]
			}
			id, err := l.app.Book.MakeCluster(ctx, l.other(theChair), c.heading, ids, nil)
			if err != nil {
				return fmt.Errorf("cluster %s: %w", c.key, err)
			}
			l.ids[c.key] = id
		}
		return nil
	}
}

// compile writes a bundle and offers it; the second reader approves it and the
// chair settles it.
func (l *loader) compile(key string, to bundles.Addressee, from, until bundles.Day, points []point) func(context.Context) error {
	return func(ctx context.Context) error {
		chair, desk := l.other(theChair), l.app.Desk
		b, err := desk.Begin(ctx, chair, bundles.NewBundle{Addressee: to, From: from, To: until})
		if err != nil {
			return err
		}
		l.ids[key] = b.Number
		for _, p := range points {
			id, err := desk.AddCluster(ctx, chair, b.Number, l.ids[p.cluster])
			if err != nil {
				return err
			}
			if err := desk.Write(ctx, chair, b.Number, id, 0, p.texts, saidOf); err != nil {
				return withFields(p.cluster, err)
			}
		}
		return l.settle(ctx, b.Number)
	}
}

// settle has a bundle approved by the second reader, and freezes it.
func (l *loader) settle(ctx context.Context, number string) error {
	desk := l.app.Desk
	if err := desk.Offer(ctx, l.other(theChair), number); err != nil {
		return fmt.Errorf("offer %s: %w", number, err)
	}
	seen, err := desk.Inspect(ctx, l.other(theReader), number)
	if err != nil {
		return err
	}
	if err := desk.Approve(ctx, l.other(theReader), number, seen.Hash); err != nil {
		return fmt.Errorf("approve %s: %w", number, err)
	}
	return desk.Settle(ctx, l.other(theChair), number)
}

// withFields says at which fields a text was refused: the season is ours.
func withFields(what string, err error) error {
	if fields := fault.Fields(err); len(fields) > 0 {
		return fmt.Errorf("%s: %w: %v", what, err, fields)
	}
	return fmt.Errorf("%s: %w", what, err)
}

func (l *loader) send(key string) func(context.Context) error {
	return func(ctx context.Context) error { return l.app.Desk.Send(ctx, l.other(theChair), l.ids[key]) }
}

func (l *loader) reactFirst(ctx context.Context) error {
	for i, r := range []struct {
		kind bundles.ReactionKind
		text string
	}{{bundles.Recognise, ""}, {bundles.CanDo, "Onze organisatie wil meedenken over plekken."}, {bundles.Question, "Gaat het om alle vormen van uitbuiting?"}} {
		if err := l.app.Desk.React(ctx, l.other(firstSOM+i), l.ids["eerste"], 1, r.kind, r.text, saidOf); err != nil {
			return withFields("react", err)
		}
	}
	return l.app.Desk.React(ctx, l.other(firstSOM), l.ids["eerste"], 2, bundles.Recognise, "", saidOf)
}

func (l *loader) answerFirst(ctx context.Context) error {
	chair := l.other(theChair)
	err := l.app.Desk.Record(ctx, chair, l.ids["eerste"], 1, bundles.NewAnswer{Kind: bundles.TakenUp, By: "2019-07-01", Established: "2019-03-28",
		Reason: "De leden herkennen dit. Het SOM schrijft een voorstel voor plekken met begeleiding en bespreekt dat met gemeenten.", Outcome: signals.Outcome{Kind: signals.PartSolved}}, saidOf)
	if err != nil {
		return withFields("answer of the SOM", err)
	}
	err = l.app.Desk.Record(ctx, chair, l.ids["eerste"], 2, bundles.NewAnswer{Kind: bundles.ToTaskForce, Established: "2019-03-28",
		Reason: "Dit gaat over meer dan één ministerie. Daarom hoort de vraag bij de Task Force."}, saidOf)
	return withNil("answer of the SOM", err)
}

func withNil(what string, err error) error {
	if err == nil {
		return nil
	}
	return withFields(what, err)
}

// feedBack publishes what was answered, with when one hears more and one
// sentence about what happens now.
func (l *loader) feedBack(key string, more bundles.Day, now string) func(context.Context) error {
	return func(ctx context.Context) error {
		chair, desk, number := l.other(theChair), l.app.Desk, l.ids[key]
		prep, err := desk.Prepare(ctx, chair, number)
		if err != nil {
			return err
		}
		drafts := map[string]bundles.ItemDraft{}
		for _, item := range prep.Items {
			drafts[item.Point] = bundles.ItemDraft{Gave: item.Gave, Now: now, More: more}
		}
		if err := desk.SaveEdition(ctx, chair, number, prep.Rev, drafts, saidOf); err != nil {
			return withFields("edition", err)
		}
		if prep, err = desk.Prepare(ctx, chair, number); err != nil {
			return err
		}
		_, err = desk.Publish(ctx, chair, number, prep.Seen, prep.Recipients)
		return withNil("publish", err)
	}
}

// toTaskForce sends on what the SOM takes to the Task Force: the point stands in
// a draft of its own already.
func (l *loader) toTaskForce(ctx context.Context) error {
	all, err := l.app.Desk.List(ctx, l.other(theChair))
	if err != nil {
		return err
	}
	at := slices.IndexFunc(all, func(b bundles.Listed) bool { return b.Addressee.Body == bundles.TaskForce })
	if at < 0 {
		return fmt.Errorf("no bundle for the Task Force")
	}
	number := all[at].Number
	l.ids["taskforce"] = number
	if err := l.settle(ctx, number); err != nil {
		return err
	}
	return l.app.Desk.Send(ctx, l.other(theChair), number)
}

func (l *loader) answerTaskForce(ctx context.Context) error {
	return withNil("answer of the Task Force", l.app.Desk.Record(ctx, l.other(secretary), l.ids["taskforce"], 1, bundles.NewAnswer{
		Kind: bundles.TakenUp, By: "2019-12-01", Established: "2019-06-20",
		Reason: "Alle instellingen krijgen dezelfde uitleg. Daarin staat wat zonder toestemming mag worden geteld."}, saidOf))
}

// answerEffects gives the answers of some who were asked; the others, the
// coordinator with a button of her own among them, still have the question.
func (l *loader) answerEffects(ctx context.Context) error {
	answers := map[int]bundles.EffectAnswer{6: bundles.Some, 20: bundles.Yes, 15: bundles.Some, 3: bundles.Yes, 8: bundles.No, 12: bundles.TooEarly}
	for who, a := range answers {
		v := l.coordinator(who)
		asked, err := l.app.Desk.OpenEffects(ctx, v)
		if err != nil {
			return err
		}
		remark := ""
		if a == bundles.No {
			remark = "In onze omgeving is er nog steeds geen plek."
		}
		for _, q := range asked {
			if err := l.app.Desk.AnswerEffect(ctx, v, q.ID, a, remark, saidOf); err != nil {
				return withFields("effect", err)
			}
		}
	}
	return nil
}

// beginThird leaves a bundle in the making: one point written, one with its
// heading only.
func (l *loader) beginThird(ctx context.Context) error {
	chair, desk := l.other(theChair), l.app.Desk
	b, err := desk.Begin(ctx, chair, bundles.NewBundle{Addressee: bundles.Addressee{Body: bundles.SOM}, From: "2019-07-01", To: "2019-09-16"})
	if err != nil {
		return err
	}
	id, err := desk.AddCluster(ctx, chair, b.Number, l.ids["behandeling"])
	if err != nil {
		return err
	}
	err = desk.Write(ctx, chair, b.Number, id, 0, bundles.Texts{
		Heading: "Wie behandeling nodig heeft, wacht te lang",
		See:     "Behandelaars willen zekerheid over het verblijf voordat zij beginnen. Die zekerheid komt pas later.",
		Effect:  "Klachten worden erger en de bedenktijd is voorbij voordat er hulp is.",
		Ask:     "Wil het SOM afspraken maken over behandeling tijdens de bedenktijd?",
		To:      "Het SOM",
	}, saidOf)
	if err != nil {
		return withFields("third bundle", err)
	}
	_, err = desk.AddCluster(ctx, chair, b.Number, l.ids["uren"])
	return err
}
