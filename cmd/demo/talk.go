package demo

import (
	"context"
	"fmt"

	"ruggespraak/meetings/discussion"
	"ruggespraak/people"
)

// talk is what somebody says on a day.
type talk struct {
	day   string // of the running meeting: the hour, in UTC
	who   int    // coordinator, chairSpeaks or guestSpeaks
	text  string
	reply int // number of the message that it answers; 0: none
}

// Who speaks and is no coordinator: the chair, and a member of the SOM.
const (
	chairSpeaks = -1
	guestSpeaks = -2
)

// question is what one coordinator asked the others, and what they answered.
var question = []talk{
	{day: "2019-09-11", who: 5, text: "Wie heeft ervaring met een B8-aanvraag vanuit de nachtopvang? Ik zoek een vaste werkwijze, **liefst op één pagina**."},
	{day: "2019-09-12", who: 9, text: "Wij maakten er een lijst voor:\n\n- eerst rust en een slaapplek\n- dan pas uitleg over de bedenktijd\n- de aanvraag samen met de politie", reply: 1},
	{day: "2019-09-13", who: 5, text: "Dat helpt, dank u. Werkt dat ook in het weekend?", reply: 2},
}

// underSignal is what was said under a contribution.
var underSignal = []talk{
	{day: "2019-09-12", who: 2, text: "Dit zien wij ook. Vooral bij mensen die al een tijd in de opvang zijn."},
	{day: "2019-09-13", who: chairSpeaks, text: "Wat zou hier het eerst helpen?", reply: 1},
	{day: "2019-09-16", who: 14, text: "Een vast contact bij de gemeente. Dan hoeft niet elke collega het opnieuw uit te zoeken.", reply: 2},
}

// beforeMeeting is what was said about an item of the meeting in November.
var beforeMeeting = []talk{
	{day: "2019-09-16", who: 7, text: "Kunnen wij hierbij ook de bedenktijd bespreken?"},
	{day: "2019-09-16", who: chairSpeaks, text: "Ja. Neem een voorbeeld mee, zonder namen.", reply: 1},
}

func (l *loader) addTalk() {
	asked := func() discussion.Topic { return discussion.TopicOf(discussion.Asked, l.ids["question"]) }
	l.on(question[0].day, "ask a question", l.ask)
	l.addTalks("answer a question", question[1:], asked)
	l.addTalks("talk about a contribution", underSignal, func() discussion.Topic {
		return discussion.TopicOf(discussion.Contribution, l.ids["schulden"])
	})
	november := sessions[len(sessions)-1]
	l.addTalks("talk about an item", beforeMeeting, func() discussion.Topic {
		return discussion.ItemTopic(l.ids[november.key], l.ids[november.key+november.points[4].title])
	})
}

func (l *loader) addTalks(what string, all []talk, about func() discussion.Topic) {
	for i, t := range all {
		l.on(t.day, what, func(ctx context.Context) error {
			_, err := l.app.Hall.Post(ctx, l.speaker(t), about(), discussion.Draft{Text: t.text, ReplyTo: t.reply, Key: fmt.Sprint(what, i)})
			return err
		})
	}
}

func (l *loader) ask(ctx context.Context) (err error) {
	l.ids["question"], err = l.app.Hall.Ask(ctx, l.speaker(question[0]), discussion.Draft{Text: question[0].text, Key: "question"})
	return err
}

func (l *loader) speaker(t talk) people.Viewer {
	switch t.who {
	case chairSpeaks:
		return l.other(theChair)
	case guestSpeaks:
		return l.other(firstSOM)
	default:
		return l.coordinator(t.who)
	}
}
