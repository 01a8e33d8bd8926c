package bundles

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"ruggespraak/internal/fault"
	"ruggespraak/internal/outbox"
	"ruggespraak/people"
	"ruggespraak/store"
)

// EffectAnswer is what somebody says to «Merkt u in uw werk dat dit beter gaat?».
type EffectAnswer string

// The answers to the effect question.
const (
	NotAnswered EffectAnswer = ""
	Yes         EffectAnswer = "ja"
	Some        EffectAnswer = "beetje"
	No          EffectAnswer = "nee"
	TooEarly    EffectAnswer = "te-vroeg"
	NoSight     EffectAnswer = "geen-zicht"
)

// EffectAnswers lists the answers in the order of the form.
var EffectAnswers = []EffectAnswer{Yes, Some, No, TooEarly, NoSight}

// Label is the answer in words.
func (a EffectAnswer) Label() string {
	switch a {
	case Yes:
		return "Ja"
	case Some:
		return "Een beetje"
	case No:
		return "Nee"
	case TooEarly:
		return "Nog te vroeg"
	case NoSight:
		return "Ik heb hier geen zicht meer op"
	default:
		return ""
	}
}

// Months after which the effect is asked, and asked again after «Nog te vroeg».
const (
	effectAfter = 3
	effectAgain = 6
)

// Effect is the effect question to one person about one line of a point.
type Effect struct {
	store.Meta
	Line     string       `json:"line"`
	Account  string       `json:"account"`
	Bundle   string       `json:"bundle"` // of the published answer it is about
	Point    string       `json:"point"`
	Edition  int          `json:"edition"`
	Heading  string       `json:"heading"`
	Asked    time.Time    `json:"asked"`
	Answer   EffectAnswer `json:"answer,omitempty"`
	Remark   string       `json:"remark,omitempty"` // «Wat gaat er nog mis?», for the chair
	Reason   string       `json:"reason,omitempty"` // answer to the guard's question
	Answered *time.Time   `json:"answered,omitempty"`
	Again    Day          `json:"again,omitempty"` // asked again on this day
	Events   outbox.Log   `json:"events,omitempty"`
}

// Kinds of events in an effect question.
const (
	eventAsked    = "effect.gevraagd"
	eventEffectNo = "effect.nee"
)

func effectSpec() store.Spec[Effect] {
	return store.Spec[Effect]{
		Name:   "effect",
		Orders: []store.Order{{"account", "open"}, {"line"}, {"again"}, {"todo"}},
		Meta:   func(e *Effect) *store.Meta { return &e.Meta },
		Keys: func(e *Effect) store.Keys {
			k := store.Keys{"account": {e.Account}, "open": {e.open()}, "line": {e.Line}, "todo": e.Events.Todo()}
			if e.Again != "" {
				k["again"] = []string{string(e.Again)}
			}
			return k
		},
	}
}

func (e *Effect) open() string {
	if e.Answer == NotAnswered {
		return "1"
	}
	return "0"
}

func effectID(line, account string) string { return outbox.EffectID("effect", line, account) }

// AskEffects asks whom it is time to ask: a job, run every day. It asks each
// person once for the whole line of a point, three months after the edition
// whose answer may have an effect, and six months after «Nog te vroeg» again.
func (d *Desk) AskEffects(ctx context.Context) error {
	sent, err := d.inState(ctx, Sent)
	if err != nil {
		return err
	}
	for _, due := range dueLines(sent, d.today()) {
		for _, account := range due.accounts {
			if err := d.ask(ctx, due, account); err != nil {
				return err
			}
		}
	}
	return d.askAgain(ctx, sent)
}

// dueLine is a line about which people are asked now.
type dueLine struct {
	line     string
	bundle   string
	point    string
	edition  int
	heading  string
	accounts []string
}

// published is one answer that was fed back, somewhere on a line.
type published struct {
	b       *Bundle
	edition *Edition
	item    *Item
	point   *Point
}

// dueLines finds the lines to ask about: what counts is the answer that was fed
// back last, with the outcome of now. The people are those of all editions that
// brought something of the line.
func dueLines(sent []*Bundle, today Day) []dueLine {
	lines := publishedLines(sent)
	var due []dueLine
	for line, all := range lines {
		last := all[len(all)-1]
		if !last.mayHaveEffect() || DayOf(last.edition.Published.At).AddMonths(effectAfter) > today {
			continue
		}
		due = append(due, dueLine{
			line: line, bundle: last.b.Number, point: last.point.ID, edition: last.edition.N,
			heading: last.item.Heading, accounts: concerned(all),
		})
	}
	slices.SortFunc(due, func(x, y dueLine) int { return strings.Compare(x.line, y.line) })
	return due
}

// mayHaveEffect judges the answer as published, with the outcome of now.
func (p published) mayHaveEffect() bool {
	a := *p.item.Answer
	if now := p.point.answer(); now != nil {
		a.Outcome = now.Outcome
	}
	return a.hasEffect(p.b.Addressee.Body)
}

// publishedLines gives the answers of each line that were fed back and stand,
// the earliest first.
func publishedLines(sent []*Bundle) map[string][]published {
	lines := map[string][]published{}
	for _, b := range sent {
		for i := range b.Points {
			p := &b.Points[i]
			for j := range b.Editions {
				if item := b.Editions[j].answered(p.ID); item != nil {
					lines[p.Line] = append(lines[p.Line], published{b, &b.Editions[j], item, p})
				}
			}
		}
	}
	for _, all := range lines {
		slices.SortStableFunc(all, func(x, y published) int { return x.edition.Published.At.Compare(y.edition.Published.At) })
	}
	return lines
}

// concerned are the people of a line, each once.
func concerned(all []published) []string {
	var accounts []string
	for _, p := range all {
		for account, points := range p.edition.Recipients {
			if slices.Contains(points, p.point.ID) && !slices.Contains(accounts, account) {
				accounts = append(accounts, account)
			}
		}
	}
	slices.Sort(accounts)
	return accounts
}

func (d *Desk) ask(ctx context.Context, due dueLine, account string) error {
	e := &Effect{
		Line: due.line, Account: account, Bundle: due.bundle, Point: due.point, Edition: due.edition,
		Heading: due.heading, Asked: d.now(),
	}
	e.ID = effectID(due.line, account)
	e.Events.Add(eventAsked, e.Asked, nil)
	err := d.effects.Insert(ctx, e)
	if isExists(err) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("ask effect: %w", err)
	}
	d.wake()
	return nil
}

// askAgain asks those once more who found it too early, unless the line ended
// in a refusal since.
func (d *Desk) askAgain(ctx context.Context, sent []*Bundle) error {
	tomorrow := DayOf(d.now().AddDate(0, 0, 1))
	again, err := d.effects.All(ctx, store.Query{Order: store.Order{"again"}, To: string(tomorrow)})
	if err != nil {
		return err
	}
	lines := publishedLines(sent)
	for _, e := range again {
		ended := hasEnded(lines[e.Line])
		_, err := d.effects.Update(ctx, e.ID, func(e *Effect) error {
			if e.Again == "" {
				return store.Unchanged
			}
			e.Again = ""
			if ended {
				return nil
			}
			e.Answer, e.Answered, e.Asked = NotAnswered, nil, d.now()
			e.Events.Add(eventAsked, e.Asked, nil)
			return nil
		})
		if err != nil {
			return fmt.Errorf("ask effect again: %w", err)
		}
		d.wake()
	}
	return nil
}

// EffectQuestion is the question as the one who is asked sees it.
type EffectQuestion struct {
	ID       string
	Heading  string
	Answer   EffectAnswer
	Remark   string
	Again    Day
	Asked    Day
	Feedback Place  // the edition it is about
	Said     string // the answer to the guard's question about the remark
	In       *Feedback
	Told     *FeedbackItem // what it is about, in In; nil once that was corrected
}

// OpenEffects are the questions that wait for the viewer, the newest first: not
// those whose line ended in a refusal or a correction since.
func (d *Desk) OpenEffects(ctx context.Context, v people.Viewer) ([]EffectQuestion, error) {
	if !people.May(v.ActiveRole(), "effect.own", people.Create) {
		return nil, nil
	}
	all, err := d.effects.All(ctx, store.Query{Order: store.Order{"account", "open"}, Equal: []string{v.Account, "1"}})
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(all, func(x, y *Effect) int { return y.Asked.Compare(x.Asked) })
	var questions []EffectQuestion
	for _, e := range all {
		line, err := d.line(ctx, e.Line)
		if err != nil {
			return nil, err
		}
		if !hasEnded(publishedLines(line)[e.Line]) {
			questions = append(questions, e.question())
		}
	}
	return questions, nil
}

// hasEnded tells of the answers on a line that were fed back and stand whether
// nobody is to be asked about them any more.
func hasEnded(line []published) bool {
	return len(line) == 0 || line[len(line)-1].item.Answer.ends()
}

func (e *Effect) question() EffectQuestion {
	return EffectQuestion{
		ID: e.ID, Heading: e.Heading, Answer: e.Answer, Remark: e.Remark, Again: e.Again, Asked: DayOf(e.Asked), Said: e.Reason,
		Feedback: Place{Number: e.Bundle, N: e.Edition},
	}
}

// EffectFor gives the viewer's own question.
func (d *Desk) EffectFor(ctx context.Context, v people.Viewer, id string) (*EffectQuestion, error) {
	e, err := d.effects.Get(ctx, id)
	if err != nil {
		return nil, border(err)
	}
	if e.Account != v.Account {
		return nil, fault.NotFoundError()
	}
	if err := people.Allow(v, "effect.own", people.Read); err != nil {
		return nil, err
	}
	q := e.question()
	if q.In, err = d.ReadFeedback(ctx, v, e.Bundle, e.Edition); err != nil {
		return nil, err
	}
	for i := range q.In.Items {
		if q.In.Items[i].ID == e.Point {
			q.Told = &q.In.Items[i]
		}
	}
	return &q, nil
}

// AnswerEffect keeps the viewer's answer; it may be changed. «Nee» asks what
// still goes wrong. The second «Nee» on a line proposes an agenda item.
func (d *Desk) AnswerEffect(ctx context.Context, v people.Viewer, id string, a EffectAnswer, remark string, said Reasons) error {
	if _, err := d.EffectFor(ctx, v, id); err != nil {
		return err
	}
	if err := people.Allow(v, "effect.own", people.Update); err != nil {
		return err
	}
	remark = strings.TrimSpace(remark)
	var f fault.Form
	f.Require(slices.Contains(EffectAnswers, a), "antwoord", "Kies een antwoord.")
	f.Require(a != No || remark != "", "mis", "Schrijf op wat er nog misgaat.")
	f.Require(utf8.RuneCountInString(remark) <= maxReason, "mis", "Maak de tekst korter: ten hoogste 2.000 tekens.")
	if err := d.gate(&f, "Uw antwoord is nog niet bewaard", []part{{"mis", "wat er nog misgaat", remark}}, said); err != nil {
		return err
	}
	if a != No {
		remark = ""
	}
	_, err := d.effects.Update(ctx, id, func(e *Effect) error {
		at := d.now()
		e.Answer, e.Remark, e.Reason, e.Answered, e.Again = a, remark, said.given("mis"), &at, ""
		if a == TooEarly {
			e.Again = DayOf(at).AddMonths(effectAgain)
		}
		if a == No {
			e.Events.Add(eventEffectNo, at, nil)
		}
		return nil
	})
	if err != nil {
		return border(err)
	}
	d.wake()
	return nil
}

func (d *Desk) tellAsked(ctx context.Context, doc string, e outbox.Event) error {
	effect, err := d.effects.Get(ctx, doc)
	if err != nil {
		return err
	}
	m := message{e.ID, NoticeEffect, "Merkt u in uw werk dat dit beter gaat? " + effect.Heading, "/terugkoppeling/effect/" + effect.ID}
	return d.tell(ctx, []string{effect.Account}, m, e)
}

// proposeFrom is the number of «Nee» from which a subject comes back.
const proposeFrom = 2

// countNo proposes an agenda item when this «Nee» is not the only one, once a line.
func (d *Desk) countNo(ctx context.Context, doc string, e outbox.Event) error {
	effect, err := d.effects.Get(ctx, doc)
	if err != nil {
		return err
	}
	tally, err := d.tally(ctx, effect.Line)
	if err != nil || tally.No < proposeFrom {
		return err
	}
	_, err = d.bundles.Update(ctx, effect.Bundle, func(b *Bundle) error {
		p := b.point(effect.Point)
		if p == nil || p.Proposed != nil {
			return store.Unchanged
		}
		at := e.At
		p.Proposed = &at
		b.Events.Add(eventPropose, at, pointData{Point: p.ID})
		return nil
	})
	if err != nil {
		return err
	}
	d.wake()
	return nil
}
