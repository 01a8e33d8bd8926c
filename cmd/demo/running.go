package demo

import (
	"context"
	"fmt"
	"time"

	"ruggespraak/meetings"
	"ruggespraak/meetings/discussion"
)

// running is the meeting that goes on when the demo opens.
var running = session{key: "bezig", title: "Opvang buiten kantooruren", day: "2019-09-17", made: "2019-09-11", kind: meetings.Thematic,
	start: "08:30", end: "10:30", place: "Online", room: "https://teams.example/ruggespraak", points: []agendaPoint{
		{title: "Opening", presenter: "Voorzitter", minutes: 10},
		{title: "Vervoer en een bed na vijf uur", presenter: "Allen", minutes: 45, about: []string{"vervoer"}},
		{title: "Voorbeelden die werken", presenter: "Regio's", minutes: 40},
		{title: "Afspraken en rondvraag", presenter: "Voorzitter", minutes: 25},
	}}

// atHand is the item at hand, to which the SOM and the Task Force are invited.
const atHand = 1

var seen = meetings.PollForm{Key: "seen", Question: "Ziet u dit in uw regio?", Options: []string{"Ja, elke maand", "Soms", "Nee"}}

var goesAlong = meetings.PollForm{Key: "along", Question: "Wat moet mee naar het SOM?",
	Options: []string{"Vervoer buiten kantooruren", "Een plek voor de eerste nacht", "Allebei"}}

// said is the discussion of the item at hand.
var said = []talk{
	{day: "06:41", who: chairSpeaks, text: "Wat gaat er mis als iemand zich **na vijf uur** meldt? Schrijf het hier, of vraag het woord."},
	{day: "06:43", who: 9, text: "Bij ons is er 's avonds geen vervoer. De politie brengt soms iemand weg, maar dat kan niet altijd.", reply: 1},
	{day: "06:45", who: 4, text: "Hier ook. Een vaste afspraak met een taxibedrijf helpt:\n\n- één nummer om te bellen\n- de rekening gaat naar de opvang\n- ook in het weekend", reply: 2},
	{day: "06:48", who: guestSpeaks, text: "Geldt dit voor alle regio's, of vooral buiten de stad?"},
	{day: "06:50", who: 7, text: "Vooral buiten de stad. Daar rijdt na acht uur niets meer.", reply: 4},
	{day: "06:53", who: 0, text: "Wij spraken dit af met de meldkamer. Ik deel het voorbeeld graag bij het volgende punt."},
}

// given are reactions to what was said.
var given = []struct {
	to, who  int
	reaction discussion.Reaction
}{{2, 4, discussion.Agree}, {2, 0, discussion.Agree}, {2, 18, discussion.Agree}, {3, 12, discussion.Query}, {6, 7, discussion.Agree}, {6, chairSpeaks, discussion.Agree}}

func (l *loader) addRunning() {
	s := running
	l.on(s.made, "plan meeting "+s.key, func(ctx context.Context) error { return l.plan(ctx, s) })
	l.on(s.made, "fill the agenda of "+s.key, func(ctx context.Context) error { return l.place(ctx, s) })
	l.on(lastDay, "invite to the item at hand", func(ctx context.Context) error {
		return l.app.Calendar.Invite(ctx, l.other(theChair), l.ids[s.key], l.pointOf(s, atHand), []string{l.other(firstSOM).Account, l.other(secretary).Account})
	})
	l.on(s.day, "hold the meeting that goes on", l.run)
}

func (l *loader) pointOf(s session, n int) string { return l.ids[s.key+s.points[n].title] }

// run leads the meeting as far as it is when the demo opens.
func (l *loader) run(ctx context.Context) error {
	for _, act := range []struct {
		at string // UTC
		do func(context.Context) error
	}{
		{"06:30", l.begin},
		{"06:40", l.moveOn},
		{"06:41", l.discuss},
		{"06:55", l.askWhoSees},
		{"06:56", l.takeTurns},
		{"06:59", l.askOn},
	} {
		if err := l.clockTo(act.at); err != nil {
			return err
		}
		if err := act.do(ctx); err != nil {
			return fmt.Errorf("at %s: %w", act.at, err)
		}
	}
	return nil
}

// clockTo puts the consultation's clock at a time, in UTC, of the day on which
// the demo opens.
func (l *loader) clockTo(hour string) error {
	t, err := time.Parse(time.DateOnly+" 15:04", running.day+" "+hour)
	if err != nil {
		return err
	}
	l.app.Clock.SetOffset(l.app.Clock.Offset() + t.Sub(l.app.Clock.Now()))
	return nil
}

func (l *loader) begin(ctx context.Context) error {
	chair, id := l.other(theChair), l.ids[running.key]
	if err := l.app.Calendar.Begin(ctx, chair, id); err != nil {
		return err
	}
	return l.app.Floor.MoveTo(ctx, chair, id, l.pointOf(running, 0))
}

func (l *loader) moveOn(ctx context.Context) error {
	chair, id := l.other(theChair), l.ids[running.key]
	if err := l.app.Floor.CloseItem(ctx, chair, id, l.pointOf(running, 0)); err != nil {
		return err
	}
	return l.app.Floor.MoveTo(ctx, chair, id, l.pointOf(running, atHand))
}

func (l *loader) discuss(ctx context.Context) error {
	topic := discussion.ItemTopic(l.ids[running.key], l.pointOf(running, atHand))
	for i, t := range said {
		if err := l.clockTo(t.day); err != nil {
			return err
		}
		if _, err := l.app.Hall.Post(ctx, l.speaker(t), topic, discussion.Draft{Text: t.text, ReplyTo: t.reply, Key: fmt.Sprint("running", i)}); err != nil {
			return withFields(t.day, err)
		}
	}
	for _, g := range given {
		if err := l.app.Hall.React(ctx, l.speaker(talk{who: g.who}), topic, g.to, g.reaction, true); err != nil {
			return err
		}
	}
	return nil
}

// poll opens a poll in which these coordinators vote.
func (l *loader) poll(ctx context.Context, p meetings.PollForm, votes map[int]int) (id string, err error) {
	if err := l.app.Floor.Poll(ctx, l.other(theChair), l.ids[running.key], p); err != nil {
		return "", withFields(p.Question, err)
	}
	r, err := l.app.Floor.Show(ctx, l.other(theChair), l.ids[running.key])
	if err != nil {
		return "", err
	}
	id = r.Polls[0].ID
	for who, choice := range votes {
		if err := l.app.Floor.Vote(ctx, l.coordinator(who), l.ids[running.key], id, []int{choice}); err != nil {
			return "", err
		}
	}
	return id, nil
}

func (l *loader) askWhoSees(ctx context.Context) error {
	id, err := l.poll(ctx, seen, map[int]int{4: 0, 7: 0, 9: 0, 12: 1, 18: 1, 21: 2})
	if err != nil {
		return err
	}
	return l.app.Floor.ClosePoll(ctx, l.other(theChair), l.ids[running.key], id)
}

func (l *loader) askOn(ctx context.Context) error {
	_, err := l.poll(ctx, goesAlong, map[int]int{7: 2, 12: 0})
	return err
}

// takeTurns leaves one speaking and two waiting, one of whom has spoken.
func (l *loader) takeTurns(ctx context.Context) error {
	if err := l.raise(ctx, 9, 4, 18); err != nil {
		return err
	}
	if err := l.callNext(ctx); err != nil {
		return err
	}
	if err := l.clockTo("06:58"); err != nil {
		return err
	}
	if err := l.callNext(ctx); err != nil {
		return err
	}
	return l.raise(ctx, 9)
}

func (l *loader) raise(ctx context.Context, coordinators ...int) error {
	for _, who := range coordinators {
		if err := l.app.Floor.Raise(ctx, l.coordinator(who), l.ids[running.key], meetings.ToSpeak); err != nil {
			return err
		}
	}
	return nil
}

// callNext gives the floor to who waits first.
func (l *loader) callNext(ctx context.Context) error {
	r, err := l.app.Floor.Show(ctx, l.other(theChair), l.ids[running.key])
	if err != nil {
		return err
	}
	return l.app.Floor.Call(ctx, l.other(theChair), l.ids[running.key], r.Waiting[0].Turn)
}
