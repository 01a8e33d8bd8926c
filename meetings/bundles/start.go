package bundles

import (
	"context"
	"slices"

	"ruggespraak/people"
)

// Waiting is a bundle on a start page, with what it waits for.
type Waiting struct {
	Number    string
	Addressee Addressee
	Points    int
	Open      int // points without an answer, or without the viewer's reaction
	First     int // number of the first of those points
	Days      int // days since it was sent
	Since     Day
}

// ChairDesk is what waits for the chair.
type ChairDesk struct {
	ToApprove []Waiting // offered by a colleague, and the viewer may approve
	Elsewhere []Waiting // offered, but the viewer edited it
	ToSettle  []Waiting // approved
	ToSend    []Waiting // frozen
	Silent    []Waiting // sent, without answer to some point
	ToFeed    []Waiting // answered, not fed back
	AskAgain  []Waiting // said to be asked again by today
}

// ForChair tells what waits for the chair.
func (d *Desk) ForChair(ctx context.Context, v people.Viewer) (*ChairDesk, error) {
	if err := people.Allow(v, "comp.draft", people.List); err != nil {
		return nil, err
	}
	desk := &ChairDesk{}
	for _, s := range []State{Offered, Approved, Frozen, Sent} {
		all, err := d.inState(ctx, s)
		if err != nil {
			return nil, err
		}
		for _, b := range all {
			desk.add(b, v, d.today())
		}
	}
	return desk, nil
}

func (c *ChairDesk) add(b *Bundle, v people.Viewer, today Day) {
	w := Waiting{Number: b.Number, Addressee: b.Addressee, Points: len(b.Points)}
	switch b.State {
	case Offered:
		w.Since = DayOf(b.Offer.At)
		if slices.Contains(b.Editors, v.Account) {
			c.Elsewhere = append(c.Elsewhere, w)
		} else {
			c.ToApprove = append(c.ToApprove, w)
		}
	case Approved:
		c.ToSettle = append(c.ToSettle, w)
	case Frozen:
		c.ToSend = append(c.ToSend, w)
	case Sent:
		c.addSent(b, w, today)
	}
}

func (c *ChairDesk) addSent(b *Bundle, w Waiting, today Day) {
	w.Since = DayOf(b.Sending.At)
	w.Days = b.waits(today)
	var fresh int
	for i := range b.Points {
		p := &b.Points[i]
		switch {
		case p.answer() == nil:
			w.Open++
			if w.First == 0 {
				w.First = i + 1
			}
		case !b.fedBack(p):
			fresh++
		}
	}
	if w.Open > 0 {
		c.Silent = append(c.Silent, w)
		if again := b.askedAgain(); again != "" && again <= today {
			w.Since = again
			c.AskAgain = append(c.AskAgain, w)
		}
	}
	if fresh > 0 {
		w.Open = fresh
		c.ToFeed = append(c.ToFeed, w)
	}
}

// askedAgain is the day on which the latest edition said to ask again; empty
// when no point waits so.
func (b *Bundle) askedAgain() Day {
	var day Day
	for i := range b.Editions {
		e := &b.Editions[i]
		for _, it := range e.Items {
			p := b.point(it.Point)
			if e.Retracted == nil && it.Answer == nil && p != nil && p.answer() == nil {
				day = it.More
			}
		}
	}
	return day
}

// ForBody gives the bundles with points that wait for the viewer, a member of
// the body: for a reaction by a SOM member, for an answer by the secretariat.
func (d *Desk) ForBody(ctx context.Context, v people.Viewer) ([]Waiting, error) {
	sent, err := d.inState(ctx, Sent)
	if err != nil {
		return nil, err
	}
	var waiting []Waiting
	for _, b := range sent {
		if b.Addressee.reader() != v.ActiveRole() {
			continue
		}
		done, err := d.reacted(ctx, v, b)
		if err != nil {
			return nil, err
		}
		w := Waiting{Number: b.Number, Addressee: b.Addressee, Points: len(b.Points), Since: DayOf(b.Sending.At), Days: b.waits(d.today())}
		for i := range b.Points {
			p := &b.Points[i]
			if p.answer() != nil || v.ActiveRole() == people.SOMMember && done[p.ID] {
				continue
			}
			w.Open++
			if w.First == 0 {
				w.First = i + 1
			}
		}
		if w.Open > 0 {
			waiting = append(waiting, w)
		}
	}
	return waiting, nil
}

// OpenPoint is a line of the list of points of the Task Force.
type OpenPoint struct {
	Number   string
	N        int
	Heading  string
	Ask      string
	Sent     Day
	Waits    int
	Answered bool
	Reacted  bool
}

// Points lists all points that lie with the Task Force or were answered by it,
// the newest bundle first. For its secretariat and the chair.
func (d *Desk) Points(ctx context.Context, v people.Viewer) ([]OpenPoint, error) {
	if err := people.Allow(v, "answer.draft.tf", people.List); err != nil {
		return nil, err
	}
	sent, err := d.inState(ctx, Sent)
	if err != nil {
		return nil, err
	}
	slices.Reverse(sent)
	var points []OpenPoint
	for _, b := range sent {
		if b.Addressee.Body != TaskForce {
			continue
		}
		sheet, err := b.frozenSheet()
		if err != nil {
			return nil, err
		}
		done, err := d.reacted(ctx, v, b)
		if err != nil {
			return nil, err
		}
		for i, sp := range sheet.Points {
			o := OpenPoint{
				Number: b.Number, N: i + 1, Heading: sp.Heading, Ask: sp.Ask, Sent: DayOf(b.Sending.At),
				Answered: b.Points[i].answer() != nil, Reacted: done[sp.ID],
			}
			if !o.Answered {
				o.Waits = max(o.Sent.DaysUntil(d.today()), 0)
			}
			points = append(points, o)
		}
	}
	return points, nil
}

// OwnAnswer is an answer to something the viewer contributed or recognised.
type OwnAnswer struct {
	In   *Feedback
	Item FeedbackItem
}

// ownEditions is how many of the newest editions OwnAnswers looks into.
const ownEditions = 3

// OwnAnswers gives the newest answers that concern the viewer, of each line the
// last: what the Task Force said replaces «Wij nemen dit mee naar de Task Force».
func (d *Desk) OwnAnswers(ctx context.Context, v people.Viewer, limit int) ([]OwnAnswer, error) {
	editions, err := d.Answers(ctx, v)
	if err != nil {
		return nil, err
	}
	var own []OwnAnswer
	for _, l := range editions[:min(len(editions), ownEditions)] {
		f, err := d.ReadFeedback(ctx, v, l.Number, l.N)
		if err != nil {
			return nil, err
		}
		for _, item := range f.Items {
			later := slices.ContainsFunc(own, func(o OwnAnswer) bool { return o.Item.Line == item.Line })
			if item.Yours && item.Answer != nil && !later && len(own) < limit {
				own = append(own, OwnAnswer{In: f, Item: item})
			}
		}
	}
	return own, nil
}

// Answers gives the published editions that concern the viewer, the newest first.
func (d *Desk) Answers(ctx context.Context, v people.Viewer) ([]ListedFeedback, error) {
	all, err := d.ListFeedback(ctx, v)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(all, func(l ListedFeedback) bool { return !l.Concerned }), nil
}
