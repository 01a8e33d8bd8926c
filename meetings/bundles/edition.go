package bundles

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"ruggespraak/internal/fault"
	"ruggespraak/meetings/signals"
	"ruggespraak/people"
)

// Edition is one publication of the feedback on a bundle: what was answered
// since the edition before, and when the rest is asked again. It is written
// once, with its recipients; a retraction adds, and takes nothing away but the
// items' display.
type Edition struct {
	N         int         `json:"n"`
	Published Mark        `json:"published"`
	Items     []Item      `json:"items"`
	Retracted *Retraction `json:"retracted,omitempty"`

	// Recipients are contributors and supporters of the points, withdrawn ones
	// left out: account to the points that concern it.
	Recipients map[string][]string `json:"recipients"`
}

// Item is one point in an edition.
type Item struct {
	Point   string  `json:"point"`
	N       int     `json:"n"` // number of the point
	Heading string  `json:"heading"`
	Gave    string  `json:"gave"`             // «Dit gaf CoMensha door»
	Answer  *Answer `json:"answer,omitempty"` // «Dit is het antwoord»; nil: not yet answered
	Now     string  `json:"now,omitempty"`    // «Dit gebeurt er nu»
	More    Day     `json:"more,omitempty"`   // «Dan hoort u meer»; for an open point: asked again
}

// Retraction is a visible correction.
type Retraction struct {
	Mark
	Changed string `json:"changed"` // «Dit is veranderd»
}

// EditionDraft is what the chair prepares: texts per point id.
type EditionDraft struct {
	Rev   int                  `json:"rev"`
	Items map[string]ItemDraft `json:"items"`
	Saved Mark                 `json:"saved"`
	Said  Reasons              `json:"said,omitempty"` // answers to the guard's questions
}

// ItemDraft is what the chair writes about a point.
type ItemDraft struct {
	Gave string `json:"gave"`
	Now  string `json:"now"`
	More Day    `json:"more"`
}

// fedBack tells whether an edition that still stands brought the answer.
func (b *Bundle) fedBack(p *Point) bool { return b.publishedItem(p) != nil }

// publishedItem is the item with the answer of a point in an edition that
// stands; nil when there is none.
func (b *Bundle) publishedItem(p *Point) *Item {
	for i := range b.Editions {
		if item := b.Editions[i].answered(p.ID); item != nil {
			return item
		}
	}
	return nil
}

func (e *Edition) answered(point string) *Item {
	if e.Retracted != nil {
		return nil
	}
	for i := range e.Items {
		if e.Items[i].Point == point && e.Items[i].Answer != nil {
			return &e.Items[i]
		}
	}
	return nil
}

// publishedPlace is where the answer of a point was published.
func (b *Bundle) publishedPlace(p *Point) *Place {
	for i := range b.Editions {
		if b.Editions[i].answered(p.ID) != nil {
			return &Place{Number: b.Number, N: b.Editions[i].N, Addressee: b.Addressee}
		}
	}
	return nil
}

// Preparation is the next edition of a bundle, as the chair prepares it: every
// point of which the answer was not yet fed back.
type Preparation struct {
	Number     string
	Addressee  Addressee
	N          int
	Rev        int
	Said       Reasons // given before, to the guard's questions
	Items      []Item
	Seen       string // names exactly these texts and answers, for Publish
	Recipients int    // people who would be told now
	Missing    []fault.Field
	Today      Day
}

// Prepare gives the next edition. For the chair.
func (d *Desk) Prepare(ctx context.Context, v people.Viewer, number string) (*Preparation, error) {
	if err := people.Allow(v, "feedback.draft", people.Read); err != nil {
		return nil, err
	}
	b, err := d.load(ctx, v, number, people.Read)
	if err != nil {
		return nil, err
	}
	if b.State != Sent {
		return nil, fault.NotFoundError()
	}
	p := b.prepare()
	p.Today, p.Seen = d.today(), seenOf(p.Items)
	p.Missing = missing(p.Items, p.Today)
	to, err := d.recipients(ctx, b, p.Items)
	if err != nil {
		return nil, err
	}
	p.Recipients = len(to)
	return p, nil
}

// seenOf names the items of an edition: other texts or answers, another name.
func seenOf(items []Item) string {
	bytes, err := json.Marshal(items)
	if err != nil {
		panic(fmt.Sprintf("bundles: items of an edition: %v", err)) // strings and times: cannot fail
	}
	return hashOf(bytes)
}

func (b *Bundle) prepare() *Preparation {
	p := &Preparation{Number: b.Number, Addressee: b.Addressee, N: len(b.Editions) + 1}
	draft := b.EditionDraft
	if draft != nil {
		p.Rev, p.Said = draft.Rev, draft.Said
	}
	for i := range b.Points {
		pt := &b.Points[i]
		if b.fedBack(pt) {
			continue
		}
		item := Item{Point: pt.ID, N: i + 1, Heading: pt.Texts.Heading, Gave: pt.Texts.Ask, Answer: pt.answer()}
		if draft != nil {
			if w, ok := draft.Items[pt.ID]; ok {
				item.Gave, item.Now, item.More = w.Gave, w.Now, w.More
			}
		}
		p.Items = append(p.Items, item)
	}
	return p
}

// missing says what an edition still lacks. A point without an answer blocks it
// until it has a date.
func missing(items []Item, today Day) []fault.Field {
	var f []fault.Field
	for _, it := range items {
		add := func(name, say string) { f = append(f, fault.Field{Name: name + "-" + it.Point, Sentence: say}) }
		if it.Gave == "" {
			add("gaf", "Schrijf op wat CoMensha doorgaf.")
		}
		if it.Answer == nil && it.More == "" {
			add("meer", "Dit punt is nog niet beantwoord. Vul in op welke dag CoMensha het opnieuw vraagt.")
		}
		if it.Answer != nil && it.Now == "" {
			add("nu", "Schrijf op wat er nu gebeurt.")
		}
		if it.More != "" && it.More <= today {
			add("meer", "Kies een dag die nog komt.")
		}
	}
	return f
}

// SaveEdition keeps what the chair wrote for the next edition, complete or not.
// Texts that may not leave are refused. For the chair.
func (d *Desk) SaveEdition(ctx context.Context, v people.Viewer, number string, rev int, items map[string]ItemDraft, said Reasons) error {
	if err := people.Allow(v, "feedback.draft", people.Update); err != nil {
		return err
	}
	clean, err := d.checkItems(ctx, items, said)
	if err != nil {
		return err
	}
	_, err = d.change(ctx, v, number, people.Read, func(b *Bundle) error {
		if b.State != Sent {
			return fault.NotFoundError()
		}
		if b.EditionDraft == nil {
			b.EditionDraft = &EditionDraft{}
		}
		e := b.EditionDraft
		if e.Rev != rev {
			return fault.New(fault.Conflict, "Een collega heeft deze terugkoppeling intussen gewijzigd. Uw tekst staat hieronder nog.")
		}
		e.Rev, e.Saved, e.Said, e.Items = rev+1, d.mark(v), said, map[string]ItemDraft{}
		for _, p := range b.Points {
			if it, ok := clean[p.ID]; ok {
				e.Items[p.ID] = it
			}
		}
		return nil
	})
	return err
}

// checkItems trims what was written, and refuses what may not leave.
func (d *Desk) checkItems(ctx context.Context, items map[string]ItemDraft, said Reasons) (map[string]ItemDraft, error) {
	var f fault.Form
	var texts []part
	clean := map[string]ItemDraft{}
	for id, it := range items {
		it.Gave, it.Now = strings.TrimSpace(it.Gave), strings.TrimSpace(it.Now)
		clean[id] = it
		f.Require(it.More == "" || it.More.Valid(), "meer-"+id, "Vul een datum in. Bijvoorbeeld 25-11-2026.")
		texts = append(texts, part{"gaf-" + id, "«Dit gaf CoMensha door»", it.Gave}, part{"nu-" + id, "«Dit gebeurt er nu»", it.Now})
	}
	slices.SortFunc(texts, func(x, y part) int { return strings.Compare(x.field, y.field) })
	for _, t := range texts {
		f.Require(utf8.RuneCountInString(t.text) <= maxReason, t.field, "Maak de tekst korter: ten hoogste 2.000 tekens.")
	}
	l, err := d.leaving(ctx)
	if err != nil {
		return nil, err
	}
	refuse(&f, l.check(0, texts))
	return clean, d.gate(&f, "De terugkoppeling is nog niet bewaard", texts, said)
}

// recipients are contributors and supporters of each point: account to points.
func (d *Desk) recipients(ctx context.Context, b *Bundle, items []Item) (map[string][]string, error) {
	to := map[string][]string{}
	for _, it := range items {
		p := b.point(it.Point)
		if p == nil {
			continue
		}
		accounts, err := d.book.Recipients(ctx, p.Sources)
		if err != nil {
			return nil, fmt.Errorf("recipients of %s: %w", b.Number, err)
		}
		for account := range accounts {
			to[account] = append(to[account], p.ID)
		}
	}
	return to, nil
}

// Publish writes the edition and its recipients in one go. recipients is the
// number of people that the chair saw: when it is another by now, nothing is
// published and the answer is a conflict. seen is what was previewed: a text or an
// answer that changed since is a conflict too.
// It gives the number of the edition. For the chair.
func (d *Desk) Publish(ctx context.Context, v people.Viewer, number, seen string, recipients int) (edition int, err error) {
	if err := people.Allow(v, "feedback.draft", people.Act); err != nil {
		return 0, err
	}
	for range guardedTries {
		b, err := d.load(ctx, v, number, people.Read)
		if err != nil {
			return 0, err
		}
		e, err := d.nextEdition(ctx, v, b, seen)
		if err != nil {
			return 0, err
		}
		if len(e.Recipients) != recipients {
			return 0, fault.New(fault.Conflict, "Het aantal ontvangers is veranderd. Bekijk de terugkoppeling nog eens.")
		}
		b.Editions = append(b.Editions, *e)
		b.EditionDraft = nil
		b.Events.Add(eventPublished, e.Published.At, editionData{Edition: e.N})
		err = d.bundles.Replace(ctx, b)
		if err == nil {
			d.wake()
			return e.N, nil
		}
		if !isConflict(err) {
			return 0, border(err)
		}
	}
	return 0, fault.New(fault.Conflict, "Een collega is nu ook met deze bundel bezig. Probeer het opnieuw.")
}

// nextEdition makes the edition that is ready to be published, checked once more.
func (d *Desk) nextEdition(ctx context.Context, v people.Viewer, b *Bundle, seen string) (*Edition, error) {
	if b.State != Sent {
		return nil, fault.NotFoundError()
	}
	prep := b.prepare()
	if seenOf(prep.Items) != seen {
		return nil, fault.New(fault.Conflict, "De terugkoppeling is intussen gewijzigd. Bekijk haar nog eens.")
	}
	if len(prep.Items) == 0 {
		return nil, fault.New(fault.Conflict, "Alle antwoorden van deze bundel zijn al teruggekoppeld.")
	}
	if m := missing(prep.Items, d.today()); len(m) > 0 {
		return nil, &fault.Error{Kind: fault.Invalid, Sentence: "De terugkoppeling is nog niet klaar", Fields: m}
	}
	l, err := d.leaving(ctx)
	if err != nil {
		return nil, err
	}
	var f fault.Form
	for _, it := range prep.Items {
		refuse(&f, l.check(0, []part{{"gaf-" + it.Point, "", it.Gave}, {"nu-" + it.Point, "", it.Now}}))
		if it.Answer != nil {
			refuse(&f, l.check(0, []part{{"antwoord-" + it.Point, "", it.Answer.Reason}, {"antwoord-" + it.Point, "", it.Answer.Before}}))
		}
	}
	if err := f.Err("De terugkoppeling is nog niet klaar"); err != nil {
		return nil, err
	}
	to, err := d.recipients(ctx, b, prep.Items)
	if err != nil {
		return nil, err
	}
	return &Edition{N: prep.N, Published: d.mark(v), Items: prep.Items, Recipients: to}, nil
}

// Retract takes an edition back with a visible correction; its points are to be
// fed back again. For the chair.
func (d *Desk) Retract(ctx context.Context, v people.Viewer, number string, n int, changed string, said Reasons) error {
	if err := people.Allow(v, "feedback.published", people.Act); err != nil {
		return err
	}
	changed = strings.TrimSpace(changed)
	if err := d.checkLeavingForm(ctx, "De correctie is nog niet geplaatst", []part{{"veranderd", "wat er is veranderd", changed}}, said); err != nil {
		return err
	}
	_, err := d.change(ctx, v, number, people.Read, func(b *Bundle) error {
		e := b.edition(n)
		if e == nil {
			return fault.NotFoundError()
		}
		if e.Retracted != nil {
			return fault.New(fault.Conflict, "Deze terugkoppeling is al gecorrigeerd.")
		}
		e.Retracted = &Retraction{Mark: d.mark(v), Changed: changed}
		b.Events.Add(eventRetracted, e.Retracted.At, editionData{Edition: n})
		return nil
	})
	return err
}

func (b *Bundle) edition(n int) *Edition {
	if n < 1 || n > len(b.Editions) {
		return nil
	}
	return &b.Editions[n-1]
}

// Feedback is an edition as its readers get it: days, no instants.
type Feedback struct {
	Number    string
	N         int
	Addressee Addressee
	Day       Day
	Items     []FeedbackItem
	Corrected Day // the day of the correction; empty when it stands
	Changed   string
	Newer     int // a later edition of the same bundle; 0 when there is none
	Concerned bool
	// Recipients is how many people were told; only the chair is told that.
	Recipients int
}

// FeedbackItem is one point of it.
type FeedbackItem struct {
	ID      string // of the point
	Line    string // of the point: answers on one line follow each other
	N       int    // number of the point in the bundle
	Heading string
	Gave    string
	Answer  *Answer
	Body    Body
	Now     string
	More    Day
	Outcome string
	Yours   bool        // the viewer contributed or recognised it
	Link    bool        // the viewer may read the point itself
	Effect  *EffectLine // nil when nothing is asked yet
	Onward  *Place      // where the body took it, once that was sent
}

// ReadFeedback gives an edition that was published. For all who may read
// published feedback; of a retracted one the correction is left.
func (d *Desk) ReadFeedback(ctx context.Context, v people.Viewer, number string, n int) (*Feedback, error) {
	if err := people.Allow(v, "feedback.published", people.Read); err != nil {
		return nil, err
	}
	b, err := d.bundles.Get(ctx, number)
	if err != nil {
		return nil, border(err)
	}
	e := b.edition(n)
	if e == nil {
		return nil, fault.NotFoundError()
	}
	return d.feedback(ctx, v, b, e)
}

// PreviewFeedback shows the next edition as a reader of this role will get it.
// For the chair.
func (d *Desk) PreviewFeedback(ctx context.Context, v people.Viewer, number string, as people.Role) (*Feedback, error) {
	if err := people.Allow(v, "feedback.draft", people.Read); err != nil {
		return nil, err
	}
	b, err := d.load(ctx, v, number, people.Read)
	if err != nil {
		return nil, err
	}
	if b.State != Sent {
		return nil, fault.NotFoundError()
	}
	if !people.May(as, "feedback.published", people.Read) {
		return nil, fault.NotFoundError()
	}
	prep := b.prepare()
	e := &Edition{N: prep.N, Published: Mark{At: d.now()}, Items: prep.Items}
	return d.feedback(ctx, people.Viewer{Role: as}, b, e)
}

func (d *Desk) feedback(ctx context.Context, v people.Viewer, b *Bundle, e *Edition) (*Feedback, error) {
	f := &Feedback{Number: b.Number, N: e.N, Addressee: b.Addressee, Day: DayOf(e.Published.At)}
	mine := e.Recipients[v.Account]
	f.Concerned = len(mine) > 0
	if v.ActiveRole() == people.Chair {
		f.Recipients = len(e.Recipients)
	}
	if len(b.Editions) > e.N {
		f.Newer = len(b.Editions)
	}
	if e.Retracted != nil {
		f.Corrected, f.Changed = DayOf(e.Retracted.At), e.Retracted.Changed
		return f, nil
	}
	for _, it := range e.Items {
		item, err := d.feedbackItem(ctx, v, b, it)
		if err != nil {
			return nil, err
		}
		item.Yours = slices.Contains(mine, it.Point)
		f.Items = append(f.Items, item)
	}
	return f, nil
}

func (d *Desk) feedbackItem(ctx context.Context, v people.Viewer, b *Bundle, it Item) (FeedbackItem, error) {
	item := FeedbackItem{
		ID: it.Point, N: b.numberOf(it.Point), Heading: it.Heading, Gave: it.Gave, Body: b.Addressee.Body,
		Now: it.Now, More: it.More, Link: b.readableAsSent(v),
	}
	p := b.point(it.Point)
	if it.Answer == nil || p == nil {
		return item, nil
	}
	item.Line = p.Line
	a := it.Answer.seenBy(v)
	item.Answer = &a
	if now := p.answer(); now != nil && v.ActiveRole().Member() {
		item.Outcome = now.Outcome.Label()
	}
	pv := &PointView{}
	if err := d.addLine(ctx, v, p, pv); err != nil {
		return item, err
	}
	item.Onward = pv.After
	var err error
	item.Effect, err = d.effectLine(ctx, v, p.Line)
	return item, err
}

// ListedFeedback is a line of the list of published feedback.
type ListedFeedback struct {
	Number    string
	N         int
	Addressee Addressee
	Day       Day
	Answers   int
	Open      int
	Corrected Day
	Concerned bool // something of the viewer's is in it
}

// ListFeedback gives all published editions, the newest first. For all who may
// read published feedback.
func (d *Desk) ListFeedback(ctx context.Context, v people.Viewer) ([]ListedFeedback, error) {
	if err := people.Allow(v, "feedback.published", people.List); err != nil {
		return nil, err
	}
	sent, err := d.inState(ctx, Sent)
	if err != nil {
		return nil, err
	}
	type dated struct {
		ListedFeedback
		at time.Time
	}
	var all []dated
	for _, b := range sent {
		for i := range b.Editions {
			e := &b.Editions[i]
			l := dated{at: e.Published.At}
			l.ListedFeedback = ListedFeedback{
				Number: b.Number, N: e.N, Addressee: b.Addressee, Day: DayOf(e.Published.At),
				Concerned: len(e.Recipients[v.Account]) > 0,
			}
			for _, it := range e.Items {
				if it.Answer != nil {
					l.Answers++
				} else {
					l.Open++
				}
			}
			if e.Retracted != nil {
				l.Corrected = DayOf(e.Retracted.At)
			}
			all = append(all, l)
		}
	}
	slices.SortStableFunc(all, func(x, y dated) int { return y.at.Compare(x.at) })
	list := make([]ListedFeedback, len(all))
	for i, l := range all {
		list[i] = l.ListedFeedback
	}
	return list, nil
}

// outcomeOf is what came of a point, for the contributions under it.
func (p *Point) outcomeOf() signals.Outcome {
	if a := p.answer(); a != nil {
		return a.Outcome
	}
	return signals.Outcome{}
}

// IsFedBack tells whether the answer to a point was fed back, for the chair's
// page.
func (b *Bundle) IsFedBack(p *Point) bool { return b.fedBack(p) }
