package signals

import (
	"context"
	"slices"
	"time"

	"ruggespraak/people"
)

// View is a contribution as one viewer may see it. Instants are days. For a
// colleague of an author who hid the own name it holds no author,
// organisation or region.
type View struct {
	ID          string
	Kind        Kind
	Theme       string // slug
	ThemeLabel  string
	Title, Text string // empty when Hidden or removed
	Day         time.Time
	Released    time.Time // visible for colleagues since; zero when it is not
	Status      Stage
	Label       string // the status word for this viewer
	WaitDays    int
	Outcome     Outcome
	Own         bool
	Hidden      bool      // the text is withheld until the chair decides
	Removed     time.Time // the text is gone for good since
	Author      *Person   // nil when the viewer may not know
	Extra       ExtraView
	Returned    *ReturnView // for the author and the chair
	Previous    string      // for the author and the chair: what it replaced
	Next        string      // for the author and the chair: what replaced it
	Cluster     *Brief      // ID and Title (the heading) of its cluster, when the viewer sees that
	Support     SupportView
	Origin      string     // the message it began with; for the author and the chair
	Terms       *Terms     // for the author and the chair: what the author chose
	Further     *Further   // for the author and the chair
	Chair       *ChairView // for the chair
	May         May
}

// Person is a name with an organisation and a region.
type Person struct{ Name, Organisation, Region string }

// Terms are the author's choices.
type Terms struct {
	Readers Audience
	Hide    bool
	Quote   bool
	Urgent  time.Time // contact before this day; zero when it could wait, or was withdrawn first
	Contact time.Time // the day of the contact
}

// ExtraView are the answers that were not required, as labels.
type ExtraView struct {
	Form, Age, Reach, Frequency string
	Actors, Keywords            []string
	Help                        string
	Slugs                       Extra // the same as the form knows them; for the author only
	Held                        bool  // Help waits for the chair
}

// Empty tells that nothing was added.
func (e ExtraView) Empty() bool {
	return e.Form == "" && e.Age == "" && e.Reach == "" && e.Frequency == "" && e.Help == "" && len(e.Actors) == 0 && len(e.Keywords) == 0
}

// ReturnView is that the contribution was sent back.
type ReturnView struct {
	Reason string
	Day    time.Time
}

// SupportView is who recognises the contribution.
type SupportView struct {
	Sentence   string
	Given      bool // by this viewer
	Approach   bool // this viewer may be contacted
	CanGive    bool
	Approached []Person // colleagues who may be contacted
}

// ChairView is what only the chair sees.
type ChairView struct {
	Exact      Basis
	Supporters []Person
	Asked      []AskedView
	FlaggedBy  string
	FlaggedAt  time.Time
	Log        []LogLine
}

// AskedView is a question of the guard and the reason that the author chose.
type AskedView struct{ Field, Rule, Reason string }

// LogLine is a line of a log, by day.
type LogLine struct {
	Day             time.Time
	By, What, About string
}

// May is what the viewer can do now.
type May struct {
	Recognise, Flag, Supplement, Withdraw, Resume, Answer                     bool
	Release, SendBack, Contact, Theme, Outcome, Restore, Remove, Cluster, Ask bool
}

// Show gives a contribution to a viewer who may read it.
func (b *Book) Show(ctx context.Context, v people.Viewer, id string) (*View, error) {
	c, err := b.see(ctx, v, id, people.Read)
	if err != nil {
		return nil, err
	}
	own, all := c.relation(v) == "contrib.sub.own", seesAll(v)
	view := &View{
		ID: c.ID, Kind: c.Kind, Theme: c.Theme, ThemeLabel: ThemeLabel(c.Theme), Day: dayOf(c.At),
		Status: byDay(c.status()), Label: labelFor(c.status(), own), WaitDays: c.status().WaitDays(b.now()),
		Outcome: c.Outcome, Own: own, Hidden: c.Flag != nil && c.Removed.IsZero(), Removed: dayOf(c.Removed), May: c.may(v),
	}
	view.Outcome.At = dayOf(view.Outcome.At)
	if c.open() {
		view.Released = dayOf(c.Released)
	}
	if !c.withheldFrom(v) {
		view.Title, view.Text = c.Title, c.Text
		view.Extra = c.extraView(own, own || all)
	}
	if own || all {
		c.fillTerms(view)
	}
	return view, b.fill(ctx, v, view, c)
}

// may says what the viewer can do with the contribution as it is now.
func (c *Contribution) may(v people.Viewer) May {
	own, live, removed := c.relation(v) == "contrib.sub.own", c.live(), !c.Removed.IsZero()
	m := May{
		Recognise:  !own && c.shown() && people.May(v.ActiveRole(), "support.own", people.Create),
		Flag:       !own && c.shown() && people.May(v.ActiveRole(), "contrib.flag", people.Create),
		Supplement: own && c.Withdrawn.IsZero() && !removed,
		Withdraw:   own && c.Withdrawn.IsZero() && !removed,
		Resume:     own && c.resumable(),
		Answer:     own && live && c.Further != nil && people.May(v.ActiveRole(), "comp.quoteconsent", people.Act),
	}
	if onlyChair(v) != nil {
		return m
	}
	m.Release = c.waitsForRelease() && c.Flag == nil
	m.SendBack = live
	m.Contact = c.awaitsContact()
	m.Theme = live && (c.Theme == UnknownTheme || c.ThemeByChair)
	m.Outcome = live && rank(c.Stage.Status) >= rank(Discussed)
	m.Restore = c.Flag != nil && !removed
	m.Remove = !removed
	m.Cluster = live
	m.Ask = live && c.Audience == CoMenshaOnly && (c.Further == nil || !c.Further.Yes && !c.Further.Answered.IsZero())
	return m
}

func (c *Contribution) extraView(own, held bool) ExtraView {
	e := ExtraView{
		Form: labelOf(exploitation, c.Extra.Form), Age: labelOf(ageGroups, c.Extra.Age), Reach: labelOf(reaches, c.Extra.Reach),
		Frequency: labelOf(frequencies, c.Extra.Frequency), Actors: labelsOf(actors, c.Extra.Actors), Keywords: labelsOf(Keywords(), c.Extra.Keywords),
		Held: c.Extra.Held && held,
	}
	if held || !c.Extra.Held {
		e.Help = c.Extra.Help
	}
	if own {
		e.Slugs = c.Extra
	}
	return e
}

// fillTerms adds what only the author and the chair see.
func (c *Contribution) fillTerms(view *View) {
	view.Previous, view.Next, view.Origin = c.Previous, c.Next, c.Origin
	view.Terms = &Terms{Readers: c.Audience, Hide: c.Unnamed, Quote: c.Quote}
	if c.awaitsContact() || c.Urgent != nil && !c.Urgent.Contacted.IsZero() {
		view.Terms.Urgent, view.Terms.Contact = dayOf(c.Urgent.Deadline), dayOf(c.Urgent.Contacted)
	}
	if c.Returned != nil {
		view.Returned = &ReturnView{Reason: c.Returned.Reason, Day: dayOf(c.Returned.At)}
	}
	if c.Further != nil {
		f := *c.Further
		f.Asked, f.Answered, f.By = dayOf(f.Asked), dayOf(f.Answered), ""
		view.Further = &f
	}
}

// fill adds names, support and the cluster.
func (b *Book) fill(ctx context.Context, v people.Viewer, view *View, c *Contribution) error {
	names, err := b.namesIn(ctx, c)
	if err != nil {
		return err
	}
	all := seesAll(v)
	if view.Own || all || !c.Unnamed {
		view.Author = b.person(ctx, names, c.Author, c.Organisation, c.Region)
	}
	b.fillSupport(ctx, v, view, c, names)
	if all {
		if view.Chair, err = b.chairView(ctx, c, names); err != nil {
			return err
		}
	}
	return b.fillClusterOf(ctx, v, view, c)
}

func (b *Book) fillSupport(ctx context.Context, v people.Viewer, view *View, c *Contribution, names map[string]string) {
	count := countOf(c)
	view.Support = SupportView{
		Sentence: supportSentence(len(count.Organisations), len(count.Regions), len(c.Support)),
		CanGive:  view.May.Recognise,
	}
	for _, s := range c.Support {
		if s.Account == v.Account {
			view.Support.Given, view.Support.Approach = true, s.Approach
			continue
		}
		if s.Approach {
			view.Support.Approached = append(view.Support.Approached, *b.person(ctx, names, s.Account, s.Organisation, s.Region))
		}
	}
}

func (b *Book) fillClusterOf(ctx context.Context, v people.Viewer, view *View, c *Contribution) error {
	if c.Cluster == "" || !c.shown() && !seesAll(v) && !view.Own {
		return nil
	}
	doc, err := b.clusters.Get(ctx, c.Cluster)
	if err != nil {
		return err
	}
	if doc.Undone.IsZero() && (c.shown() || seesAll(v)) {
		view.Cluster = &Brief{ID: doc.ID, Title: doc.Heading}
	}
	return nil
}

func (b *Book) chairView(ctx context.Context, c *Contribution, names map[string]string) (*ChairView, error) {
	view := &ChairView{Exact: countOf(c)}
	for _, s := range c.Support {
		view.Supporters = append(view.Supporters, *b.person(ctx, names, s.Account, s.Organisation, s.Region))
	}
	for _, a := range c.Asked {
		view.Asked = append(view.Asked, AskedView{Field: a.Field, Rule: a.Rule, Reason: ReasonLabel(a.Reason)})
	}
	if c.Flag != nil {
		view.FlaggedBy, view.FlaggedAt = names[c.Flag.By], dayOf(c.Flag.At)
	}
	var err error
	view.Log, err = b.logLines(ctx, c.Log)
	return view, err
}

func (b *Book) person(ctx context.Context, names map[string]string, account, organisation, region string) *Person {
	return &Person{Name: names[account], Organisation: b.accounts.OrganisationName(ctx, organisation), Region: b.accounts.RegionName(ctx, region)}
}

func (b *Book) namesIn(ctx context.Context, c *Contribution) (map[string]string, error) {
	ids := []string{c.Author}
	for _, s := range c.Support {
		ids = append(ids, s.Account)
	}
	if c.Flag != nil {
		ids = append(ids, c.Flag.By)
	}
	return b.accounts.Names(ctx, distinct(ids))
}

func (b *Book) logLines(ctx context.Context, entries []Entry) ([]LogLine, error) {
	ids := make([]string, 0, len(entries))
	for _, e := range entries {
		ids = append(ids, e.By)
	}
	names, err := b.accounts.Names(ctx, distinct(ids))
	if err != nil {
		return nil, err
	}
	lines := make([]LogLine, len(entries))
	for i, e := range entries {
		lines[i] = LogLine{Day: dayOf(e.At), By: names[e.By], What: e.What, About: e.About}
	}
	slices.Reverse(lines)
	return lines, nil
}
