package signals

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"ruggespraak/internal/fault"
	"ruggespraak/people"
	"ruggespraak/store"
)

// pageSize is how many lines a page of a list has.
const pageSize = 50

// Scope is which list is asked.
type Scope string

// The scopes. The last four are the chair's.
const (
	Everything Scope = "alles" // what the viewer may read of everybody
	Mine       Scope = "mij"
	Recognised Scope = "herkend" // what the viewer recognises
	ToRelease  Scope = "vrijgeven"
	Flagged    Scope = "gemarkeerd"
	CannotStay Scope = "dringend" // cannot wait, and the chair had no contact yet
	NoThemeYet Scope = "thema"
)

// Filter is which part of a list is asked; Kind, Theme and Status narrow
// Everything only.
type Filter struct {
	Scope  Scope
	Kind   string
	Theme  string
	Status Status
	After  string // the Next of the page before
	Limit  int    // 0: a page of 50
}

// Item is a line of a list, for the one who asked.
type Item struct {
	ID       string
	Title    string
	Kind     Kind
	Theme    string // label
	Day      time.Time
	Status   Stage  // its At is a day
	Label    string // the status word for this viewer
	WaitDays int    // a body has been asked for so long; 0 when none is
	Outcome  string
	Support  string // the sentence; empty when nobody recognises it yet
	Own      bool
	Closed   bool // only CoMensha reads it
	// CanRecognise tells, for what Similar gives, that the viewer may say so.
	CanRecognise bool
	// Recognised tells, for what Similar gives, that the viewer said so.
	Recognised bool
	Cluster    string
	Further    bool      // a question waits for this author
	Deadline   time.Time // for the chair: contact before this day
	Flagged    bool      // for the chair
	Asked      int       // for the chair: questions of the guard that the author answered
	Exact      [2]int    // for the chair: organisations and regions
}

// List is a page of contributions that the viewer may see, newest first.
type List struct {
	Items []Item
	Next  string // cursor; empty on the last page
}

// List gives a page of contributions, from rows only. A scope of the chair is
// not found for others.
func (b *Book) List(ctx context.Context, v people.Viewer, f Filter) (List, error) {
	list, object, err := listFor(v, f)
	if err != nil {
		return List{}, err
	}
	if err := people.Allow(v, object, people.List); err != nil {
		return List{}, err
	}
	if f.Limit == 0 {
		f.Limit = pageSize
	}
	rows, next, err := store.Rows[row](ctx, b.contributions, store.Query{
		Order: store.Order{"list", "day"}, Equal: []string{list}, Desc: true, Limit: f.Limit, After: f.After,
	})
	if err != nil {
		return List{}, badCursor(err)
	}
	l := List{Next: next, Items: make([]Item, len(rows))}
	for i, r := range rows {
		l.Items[i] = b.itemOf(v, r.ID, r.Row)
	}
	if f.Scope == CannotStay {
		slices.SortFunc(l.Items, func(x, y Item) int { return x.Deadline.Compare(y.Deadline) })
	}
	return l, nil
}

// Count counts the lines of a list.
func (b *Book) Count(ctx context.Context, v people.Viewer, f Filter) (int, error) {
	list, object, err := listFor(v, f)
	if err != nil {
		return 0, err
	}
	if err := people.Allow(v, object, people.List); err != nil {
		return 0, err
	}
	return b.contributions.Count(ctx, store.Query{Order: store.Order{"list", "day"}, Equal: []string{list}})
}

// queues are the lists that wait for the chair.
var queues = map[Scope]string{
	ToRelease: placeRelease, Flagged: placeFlagged, CannotStay: placeUrgent, NoThemeYet: placeTheme,
}

// Waiting counts what waits for the chair, by list; lists without anything are
// left out.
func (b *Book) Waiting(ctx context.Context, v people.Viewer) (map[Scope]int, error) {
	if err := people.Allow(v, "contrib.sub.other.closed", people.List); err != nil {
		return nil, err
	}
	cells, err := b.contributions.Tally(ctx, store.Query{Order: store.Order{"list", "day"}, From: placeQueue, To: placeQueueEnd}, "list")
	if err != nil {
		return nil, err
	}
	counts := map[Scope]int{}
	for _, cell := range cells {
		counts[Scope(strings.TrimPrefix(cell.Values[0], placeQueue))] = cell.N
	}
	return counts, nil
}

// listFor gives the value of the key list, and what the viewer must be allowed
// to list.
func listFor(v people.Viewer, f Filter) (list string, object people.Object, err error) {
	switch f.Scope {
	case Mine:
		return placeOwn + v.Account, "contrib.sub.own", nil
	case Recognised:
		return placeBacked + v.Account, "contrib.sub.other.released", nil
	case Everything, "":
		if seesAll(v) {
			return place(placeChair, f), "contrib.sub.other.closed", nil
		}
		return place(placeMembers, f), "contrib.sub.other.released", nil
	}
	queue, ok := queues[f.Scope]
	if !ok || !seesAll(v) {
		return "", "", fault.NotFoundError()
	}
	return queue, "contrib.sub.other.closed", nil
}

func (b *Book) allIn(ctx context.Context, list string) ([]store.Listed[row], error) {
	var all []store.Listed[row]
	q := store.Query{Order: store.Order{"list", "day"}, Equal: []string{list}}
	for {
		rows, next, err := store.Rows[row](ctx, b.contributions, q)
		if err != nil {
			return nil, err
		}
		all = append(all, rows...)
		if next == "" {
			return all, nil
		}
		q.After = next
	}
}

// badCursor makes a cursor that is not ours a page that does not exist.
func badCursor(err error) error {
	if errors.Is(err, store.ErrCursor) {
		return fault.NotFoundError()
	}
	return err
}

func (b *Book) itemOf(v people.Viewer, id string, r row) Item {
	own := r.Author == v.Account
	i := Item{
		ID: id, Title: titleOf(r), Kind: r.Kind, Theme: ThemeLabel(r.Theme), Day: r.Day, Outcome: r.Outcome.Label(),
		Status: byDay(r.Stage), Label: labelFor(r.Stage, own), WaitDays: r.Stage.WaitDays(b.now()),
		Support: supportSentence(r.Organisations, r.Regions, r.Supporters),
		Own:     own, Closed: r.Audience == CoMenshaOnly, Cluster: r.Cluster, Further: own && r.Further,
	}
	if seesAll(v) {
		i.Deadline, i.Flagged, i.Asked = r.Deadline, r.Flagged, r.Asked
		i.Exact = [2]int{r.Organisations, r.Regions}
	}
	return i
}

func titleOf(r row) string {
	if r.Stage.Status == TakenAway {
		return "Verwijderde inbreng"
	}
	return r.Title
}

// labelFor is the status word: an author reads «Terug bij u».
func labelFor(s Stage, own bool) string {
	if s.Status == SentBack && own {
		return "Terug bij u"
	}
	return s.Label()
}

func byDay(s Stage) Stage {
	s.At = dayOf(s.At)
	return s
}

// Brief is what another page shows of a contribution.
type Brief struct {
	ID, Title   string
	Kind, Theme string // labels
	Status      string
	Step        int // station on the loop, 1 to 6
}

func briefOf(id string, r row) Brief {
	return Brief{ID: id, Title: titleOf(r), Kind: r.Kind.Label(), Theme: ThemeLabel(r.Theme), Status: r.Stage.Label(), Step: r.Stage.Step()}
}

// Brief gives those of the contributions that the viewer may read, in the order
// of ids. What is hidden, withdrawn or removed is left out for colleagues, and
// what is withdrawn or removed for everybody else too.
func (b *Book) Brief(ctx context.Context, v people.Viewer, ids []string) ([]Brief, error) {
	all, err := b.contributions.GetMany(ctx, ids)
	if err != nil {
		return nil, err
	}
	var briefs []Brief
	for _, c := range all {
		if people.Allow(v, c.relation(v), people.Read) != nil || c.withheldFrom(v) || !c.Withdrawn.IsZero() {
			continue
		}
		brief := briefOf(c.ID, rowOf(c))
		brief.Status = labelFor(c.status(), c.Author == v.Account)
		briefs = append(briefs, brief)
	}
	return briefs, nil
}

// Closed gives those of the ids that colleagues may not read now: for CoMensha
// only, not released, or hidden. For other domain packages.
func (b *Book) Closed(ctx context.Context, ids []string) ([]string, error) {
	all, err := b.contributions.GetMany(ctx, ids)
	if err != nil {
		return nil, err
	}
	var closed []string
	for _, c := range all {
		if !c.shown() {
			closed = append(closed, c.ID)
		}
	}
	return closed, nil
}

// withheldFrom tells that the viewer may know of the contribution but not read
// its text now: somebody can be recognised in it.
func (c *Contribution) withheldFrom(v people.Viewer) bool {
	if !c.Removed.IsZero() {
		return true
	}
	return c.Flag != nil && c.Author != v.Account && !seesAll(v)
}
