package bundles

import (
	"context"
	"fmt"
	"slices"

	"ruggespraak/people"
	"ruggespraak/store"
)

// Listed is a line of the list of bundles: days, no instants.
type Listed struct {
	Number    string
	Addressee Addressee
	From, To  Day
	State     State
	Points    int
	Answered  int // only for who may see answers that are not yet published; else -1
	FedBack   int
	Sent      Day
	Waits     int // days since it was sent, while a point has no answer
}

// List gives the bundles that the viewer may find, the newest first.
func (d *Desk) List(ctx context.Context, v people.Viewer) ([]Listed, error) {
	if !maySeeSome(v) {
		return nil, people.Allow(v, "comp.sent.som", people.List)
	}
	var all []Listed
	q := store.Query{Order: store.Order{"reach"}, Equal: []string{string(v.ActiveRole())}, Desc: true}
	for {
		rows, next, err := store.Rows[row](ctx, d.bundles, q)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			all = append(all, d.listed(v, r.Row))
		}
		if next == "" {
			return all, nil
		}
		q.After = next
	}
}

func maySeeSome(v people.Viewer) bool {
	return slices.ContainsFunc([]people.Object{"comp.sent.som", "comp.sent.tf", "comp.sent.other"}, func(o people.Object) bool {
		return people.May(v.ActiveRole(), o, people.List)
	})
}

func (d *Desk) listed(v people.Viewer, r row) Listed {
	l := Listed{
		Number: r.Number, Addressee: r.Addressee, From: r.From, To: r.To, State: r.State,
		Points: r.Points, Answered: -1, FedBack: r.FedBack, Sent: r.Sent,
	}
	if r.State == Sent && r.Answered < r.Points {
		l.Waits = max(r.Sent.DaysUntil(d.today()), 0)
	}
	if people.May(v.ActiveRole(), r.Addressee.answerObject(), people.Read) {
		l.Answered = r.Answered
	}
	return l
}

// Reading is a bundle as a reader gets it.
type Reading struct {
	Sheet     // empty points when it was withdrawn
	State     State
	Addressee Addressee
	Sent      Day
	Withdrawn Day
	Reason    string // of the withdrawal
	Waits     int    // days without an answer to some point
	Points    []ReadingPoint
	Hash      string
	Draft     bool // read ahead by the chair
}

// ReadingPoint is a point with what this reader may know of what came back.
type ReadingPoint struct {
	SheetPoint
	N        int
	Answered bool
	Reacted  bool // by the viewer, a member of the body
	Waits    bool // for the viewer's reaction
	Answer   *AnswerView
}

// Read gives a bundle that was sent to its readers: the frozen bytes. Of a
// withdrawn one number, day and reason are left. A draft is not found, but for
// the chair, who reads it as its readers will.
func (d *Desk) Read(ctx context.Context, v people.Viewer, number string) (*Reading, error) {
	b, err := d.load(ctx, v, number, people.Read)
	if err != nil {
		return nil, err
	}
	return d.reading(ctx, v, b)
}

func (d *Desk) reading(ctx context.Context, v people.Viewer, b *Bundle) (*Reading, error) {
	r := &Reading{State: b.State, Addressee: b.Addressee, Draft: !b.out()}
	if b.Sending != nil {
		r.Sent = DayOf(b.Sending.At)
	}
	if b.State == Withdrawn {
		r.Sheet = Sheet{Number: b.Number, Body: b.Addressee.Body, Name: b.Addressee.Name, Addressee: b.Addressee.Label(), From: b.From, To: b.To}
		r.Withdrawn, r.Reason = DayOf(b.Withdraw.At), b.Withdraw.Reason
		return r, nil
	}
	sheet, err := d.sheetOf(ctx, b)
	if err != nil {
		return nil, err
	}
	r.Sheet = sheet
	if b.Freeze != nil {
		r.Hash = b.Freeze.Hash
	}
	r.Waits = b.waits(d.today())
	done, err := d.reacted(ctx, v, b)
	if err != nil {
		return nil, err
	}
	member := b.State == Sent && b.Addressee.reader() == v.ActiveRole()
	for i, sp := range sheet.Points {
		p := &b.Points[i]
		open := p.answer() == nil
		r.Points = append(r.Points, ReadingPoint{
			SheetPoint: sp, N: i + 1, Answered: !open, Answer: b.answerFor(v, p),
			Reacted: done[p.ID], Waits: member && open && !done[p.ID],
		})
	}
	return r, nil
}

// sheetOf is the frozen sheet, or for a draft the sheet of this moment.
func (d *Desk) sheetOf(ctx context.Context, b *Bundle) (Sheet, error) {
	if b.Freeze != nil {
		return b.frozenSheet()
	}
	if b.Offer != nil {
		return b.sheet(b.Offer.Broad), nil
	}
	broad := map[string]bool{}
	for _, p := range b.Points {
		basis, err := d.book.Basis(ctx, p.Sources)
		if err != nil {
			return Sheet{}, fmt.Errorf("band of a point of %s: %w", b.Number, err)
		}
		broad[p.ID] = len(basis.Organisations) >= broadFrom
	}
	return b.sheet(broad), nil
}

// waits counts the days that some point of a sent bundle has no answer.
func (b *Bundle) waits(today Day) int {
	if b.State != Sent || b.Sending == nil {
		return 0
	}
	for _, p := range b.Points {
		if p.answer() == nil {
			return max(DayOf(b.Sending.At).DaysUntil(today), 0)
		}
	}
	return 0
}

// PointView is one point as a viewer may read it.
type PointView struct {
	SheetPoint
	Number    string
	Addressee Addressee
	N, Of     int
	State     State
	Sent      Day
	Waits     int // days without an answer; 0 when answered
	Answered  bool
	Answer    *AnswerView // as far as the viewer may know it
	Reactions []ReactionView
	Own       *ReactionView // the viewer's own
	MayReact  bool
	MayAnswer bool
	Before    *Place // the point this one continues
	After     *Place // the point that continues this one
	Published *Place // edition in which the answer is, for who may read it
	Chair     *ChairView
}

// Place is where something stands, for a link.
type Place struct {
	Number    string // of the bundle
	N         int    // point or edition
	Addressee Addressee
}

// ChairView is what only the chair sees of a point.
type ChairView struct {
	Numbers  Numbers
	Answers  []Answer // all versions, the last one holds
	Sources  []string
	Proposed bool
}

// ReadPoint gives one point of a sent bundle. Of a withdrawn one nothing is left
// but its number and state, whatever n is: it does not tell how many points there
// were.
func (d *Desk) ReadPoint(ctx context.Context, v people.Viewer, number string, n int) (*PointView, error) {
	b, err := d.load(ctx, v, number, people.Read)
	if err != nil {
		return nil, err
	}
	if b.State == Withdrawn {
		return &PointView{Number: b.Number, State: b.State}, nil
	}
	p, err := b.pointOut(n)
	if err != nil {
		return nil, err
	}
	sheet, err := b.frozenSheet()
	if err != nil {
		return nil, err
	}
	pv := &PointView{
		SheetPoint: sheet.Points[n-1], Number: b.Number, Addressee: b.Addressee, N: n, Of: len(b.Points),
		State: b.State, Sent: DayOf(b.Sending.At), Answer: b.answerFor(v, p),
		MayAnswer: b.mayRecord(v, p),
		Published: b.publishedPlace(p),
	}
	pv.Answered = p.answer() != nil
	if !pv.Answered {
		pv.Waits = max(pv.Sent.DaysUntil(d.today()), 0)
	}
	if err := d.addReactions(ctx, v, b, p, pv); err != nil {
		return nil, err
	}
	if err := d.addLine(ctx, v, p, pv); err != nil {
		return nil, err
	}
	if v.ActiveRole() == people.Chair {
		basis, err := d.book.Basis(ctx, p.Sources)
		if err != nil {
			return nil, err
		}
		pv.Chair = &ChairView{
			Numbers: Numbers{len(basis.Organisations), len(basis.Regions), basis.Contributions},
			Answers: p.Answers, Sources: p.Sources, Proposed: p.Proposed != nil,
		}
	}
	return pv, nil
}

// pointOut finds a point of a bundle that was sent and is still out.
func (d *Desk) pointOut(ctx context.Context, v people.Viewer, number string, n int) (*Bundle, *Point, error) {
	b, err := d.load(ctx, v, number, people.Read)
	if err != nil {
		return nil, nil, err
	}
	p, err := b.pointOut(n)
	return b, p, err
}

func (b *Bundle) pointOut(n int) (*Point, error) {
	p := b.nth(n)
	if b.State != Sent || p == nil {
		return nil, border(store.ErrNotFound)
	}
	return p, nil
}

// addLine finds the points before and after this one that the viewer may read.
func (d *Desk) addLine(ctx context.Context, v people.Viewer, p *Point, pv *PointView) error {
	line, err := d.line(ctx, p.Line)
	if err != nil {
		return err
	}
	for _, other := range line {
		for i := range other.Points {
			q := &other.Points[i]
			if q.Line != p.Line || q.ID == p.ID || !other.readableAsSent(v) {
				continue
			}
			at := &Place{Number: other.Number, N: i + 1, Addressee: other.Addressee}
			if p.Origin != nil && p.Origin.Point == q.ID {
				pv.Before = at
			}
			if q.Origin != nil && q.Origin.Point == p.ID {
				pv.After = at
			}
		}
	}
	return nil
}

// line gives the bundles in which a line of points runs.
func (d *Desk) line(ctx context.Context, line string) ([]*Bundle, error) {
	return d.bundles.All(ctx, store.Query{Order: store.Order{"line"}, Equal: []string{line}})
}

func (b *Bundle) readableAsSent(v people.Viewer) bool {
	return b.State == Sent && people.May(v.ActiveRole(), b.object(), people.Read)
}
