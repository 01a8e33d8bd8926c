package signals

import (
	"slices"
	"time"

	"ruggespraak/internal/outbox"
	"ruggespraak/people"
	"ruggespraak/store"
)

// Audience is who may read the text of a contribution.
type Audience string

// The audiences.
const (
	Members      Audience = "leden"    // CoMensha and the other coordinators
	CoMenshaOnly Audience = "comensha" // CoMensha only
)

// Label is the answer to «Wie mag uw tekst lezen?».
func (a Audience) Label() string {
	if a == CoMenshaOnly {
		return "Alleen CoMensha"
	}
	return "CoMensha en de andere zorgcoördinatoren"
}

// Contribution is what somebody submitted. It never leaves this package: what
// others get is a View, an Item or a Brief, made for who looks.
type Contribution struct {
	store.Meta
	Kind         Kind     `json:"kind"`
	Title        string   `json:"title,omitempty"`
	Text         string   `json:"text,omitempty"`
	Theme        string   `json:"theme"`
	Audience     Audience `json:"audience"`
	ThemeByChair bool     `json:"themeByChair,omitempty"`
	Unnamed      bool     `json:"unnamed,omitempty"`
	Quote        bool     `json:"quote,omitempty"`
	Asked        []Asked  `json:"asked,omitempty"`
	Extra        Extra    `json:"extra,omitzero"`

	Author       string `json:"author"`
	Organisation string `json:"organisation,omitempty"` // the author's when it was submitted
	Region       string `json:"region,omitempty"`

	At        time.Time `json:"at"`
	Changed   time.Time `json:"changed"`            // by the real clock: when indexes must look again
	Released  time.Time `json:"released,omitzero"`  // visible for colleagues since
	Reminded  bool      `json:"reminded,omitempty"` // the chair was reminded to release it
	Withdrawn time.Time `json:"withdrawn,omitzero"`
	Removed   time.Time `json:"removed,omitzero"`
	RemovedBy string    `json:"removedBy,omitempty"`
	Returned  *Return   `json:"returned,omitempty"` // sent back and not yet resubmitted
	Flag      *Flag     `json:"flag,omitempty"`     // text hidden until the chair decides
	Urgent    *Urgent   `json:"urgent,omitempty"`   // «Nee» to «Kan dit wachten?»
	Further   *Further  `json:"further,omitempty"`  // «Mag dit verder dan u koos?»
	Stage     Stage     `json:"stage,omitzero"`
	Outcome   Outcome   `json:"outcome,omitzero"`
	Support   []Support `json:"support,omitempty"`
	Cluster   string    `json:"cluster,omitempty"`
	Previous  string    `json:"previous,omitempty"` // the contribution that this one replaces
	Origin    string    `json:"origin,omitempty"`   // the message that it began with, as package discussion names it
	Next      string    `json:"next,omitempty"`     // the one that replaces this

	Log    []Entry    `json:"log,omitempty"`
	Events outbox.Log `json:"events,omitempty"`
}

// Asked is a question of the guard that the author answered with a reason; the
// chair sees it. It holds no text.
type Asked struct {
	Field  string `json:"field"`
	Rule   string `json:"rule"`
	Reason string `json:"reason"`
}

// Extra are the answers that are not required.
type Extra struct {
	Form      string   `json:"form,omitempty"`
	Age       string   `json:"age,omitempty"`
	Reach     string   `json:"reach,omitempty"`
	Frequency string   `json:"frequency,omitempty"`
	Actors    []string `json:"actors,omitempty"`
	Help      string   `json:"help,omitempty"` // «Wat zou helpen?», free text
	Keywords  []string `json:"keywords,omitempty"`
	Held      bool     `json:"held,omitempty"` // Help waits for the chair's release
}

// Return is that the chair sent the contribution back.
type Return struct {
	Reason string    `json:"reason"`
	At     time.Time `json:"at"`
	By     string    `json:"by"`
}

// Flag is that somebody said that a person can be recognised.
type Flag struct {
	By string    `json:"by"`
	At time.Time `json:"at"`
}

// Urgent is that the contribution cannot wait for the next meeting.
type Urgent struct {
	Deadline  time.Time `json:"deadline"`
	Contacted time.Time `json:"contacted,omitzero"`
	By        string    `json:"by,omitempty"`
}

// Further is the question whether the text may go further than the author chose.
type Further struct {
	Bundle   string    `json:"bundle,omitempty"`
	Asked    time.Time `json:"asked"`
	By       string    `json:"by"`
	Answered time.Time `json:"answered,omitzero"`
	Yes      bool      `json:"yes,omitempty"`
}

// Support is one colleague's «Herken ik ook».
type Support struct {
	Account      string    `json:"account"`
	Organisation string    `json:"organisation,omitempty"`
	Region       string    `json:"region,omitempty"`
	At           time.Time `json:"at"`
	Approach     bool      `json:"approach,omitempty"` // colleagues may contact this person
}

// Entry is a line of the log: what was done with a contribution or cluster, by
// whom. It holds no text that people typed.
type Entry struct {
	At    time.Time `json:"at"`
	By    string    `json:"by"`
	What  string    `json:"what"`
	About string    `json:"about,omitempty"` // an id or a number
}

func (c *Contribution) note(at time.Time, by, what, about string) {
	c.Log = append(c.Log, Entry{At: at, By: by, What: what, About: about})
}

// live tells that the contribution takes part: not sent back, withdrawn or removed.
func (c *Contribution) live() bool {
	return c.Returned == nil && c.Withdrawn.IsZero() && c.Removed.IsZero()
}

// awaitsContact tells that the chair still has to contact the author: also of
// one that was sent back.
func (c *Contribution) awaitsContact() bool {
	return c.Urgent != nil && c.Urgent.Contacted.IsZero() && c.Withdrawn.IsZero() && c.Removed.IsZero()
}

// open tells that colleagues may know of it. One that was removed leaves its
// mark behind; one that was sent back or withdrawn is gone for them.
func (c *Contribution) open() bool {
	return c.Audience == Members && !c.Released.IsZero() && c.Returned == nil && c.Withdrawn.IsZero()
}

// shown tells that colleagues find it in lists, with its text.
func (c *Contribution) shown() bool { return c.open() && c.Removed.IsZero() && c.Flag == nil }

// waitsForRelease tells that the chair must look before colleagues may read
// it, or the last thing that was added to it.
func (c *Contribution) waitsForRelease() bool {
	return c.live() && c.Audience == Members && (c.Released.IsZero() || c.Extra.Held)
}

// mayCount tells that the contribution counts for a band outside the members.
func (c *Contribution) mayCount() bool {
	return c.live() && (c.Audience == Members || c.Further != nil && c.Further.Yes)
}

// status is the stage that people see.
func (c *Contribution) status() Stage {
	switch {
	case !c.Removed.IsZero():
		return Stage{Status: TakenAway, At: c.Removed}
	case !c.Withdrawn.IsZero():
		return Stage{Status: Withdrawn, At: c.Withdrawn}
	case c.Returned != nil:
		return Stage{Status: SentBack, At: c.Returned.At}
	case c.Stage.Status != "":
		return c.Stage
	case c.Flag != nil:
		return Stage{Status: Hidden, At: c.Flag.At}
	case !c.Released.IsZero():
		return Stage{Status: Visible, At: c.Released}
	default:
		return Stage{Status: Submitted, At: c.At}
	}
}

// relation is how the viewer stands to the contribution, in the words of the
// policy.
func (c *Contribution) relation(v people.Viewer) people.Object {
	switch {
	case v.Account != "" && v.Account == c.Author:
		return "contrib.sub.own"
	case !c.open():
		return "contrib.sub.other.closed"
	case c.Unnamed:
		return "contrib.sub.other.unnamed"
	default:
		return "contrib.sub.other.released"
	}
}

func (c *Contribution) supportOf(account string) int {
	return slices.IndexFunc(c.Support, func(s Support) bool { return s.Account == account })
}

// contributionSpec declares how contributions are kept.
func contributionSpec() store.Spec[Contribution] {
	return store.Spec[Contribution]{
		Name: "contribution",
		Orders: []store.Order{
			{"list", "day"},
			{"grouped", "cluster"},
			{"changed"},
			{"origin"},
			{"todo"},
		},
		Several: []string{"list", "grouped"},
		Meta:    func(c *Contribution) *store.Meta { return &c.Meta },
		Keys:    contributionKeys,
		Row:     func(c *Contribution) any { return rowOf(c) },
	}
}

func contributionKeys(c *Contribution) store.Keys {
	keys := store.Keys{
		"list":    placesOf(c),
		"day":     {dayKey(c.At)},
		"changed": {changedKey(c.Changed)},
		"todo":    c.Events.Todo(),
	}
	if c.Origin != "" {
		keys["origin"] = []string{c.Origin}
	}
	if c.Cluster != "" {
		keys["cluster"] = []string{c.Cluster}
		keys["grouped"] = []string{groupedAll}
		if c.shown() {
			keys["grouped"] = append(keys["grouped"], groupedShown)
		}
	}
	return keys
}

// Values of the key grouped: which contributions of a cluster who may count.
const (
	groupedAll   = "alle"
	groupedShown = "leden"
)

// The lists that a contribution can stand in. What narrows a list (kind,
// theme, status) is part of the key, every combination, so that each page of
// each list is one query on one order.
const (
	placeMembers = "leden"
	placeChair   = "comensha"
	placeOwn     = "eigen/"
	placeBacked  = "herkend/"
	placeRelease = placeQueue + "vrijgeven"
	placeFlagged = placeQueue + "gemarkeerd"
	placeUrgent  = placeQueue + "dringend"
	placeTheme   = placeQueue + "thema"
)

// placeQueue begins the names of the lists that wait for the chair, so that one
// tally counts them all; placeQueueEnd sorts behind them.
const (
	placeQueue    = "wacht/"
	placeQueueEnd = "wacht0"
)

func place(scope string, f Filter) string {
	return scope + "/" + orDash(f.Kind) + "/" + orDash(f.Theme) + "/" + orDash(string(f.Status))
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

func placesOf(c *Contribution) []string {
	places := []string{placeOwn + c.Author}
	if c.shown() {
		places = append(places, combinations(placeMembers, c)...)
		for _, s := range c.Support {
			places = append(places, placeBacked+s.Account)
		}
	}
	if c.Withdrawn.IsZero() && c.Removed.IsZero() {
		places = append(places, combinations(placeChair, c)...)
	}
	if c.Flag != nil && c.Removed.IsZero() && c.Withdrawn.IsZero() {
		places = append(places, placeFlagged)
	}
	return append(places, chairQueues(c)...)
}

// chairQueues are the lists in which a contribution waits for the chair.
func chairQueues(c *Contribution) []string {
	var places []string
	if c.awaitsContact() {
		places = append(places, placeUrgent)
	}
	if c.waitsForRelease() {
		places = append(places, placeRelease)
	}
	if c.live() && c.Theme == UnknownTheme {
		places = append(places, placeTheme)
	}
	return places
}

func combinations(scope string, c *Contribution) []string {
	var all []string
	for _, kind := range []string{"", string(c.Kind)} {
		for _, theme := range []string{"", c.Theme} {
			for _, status := range []Status{"", c.status().Status} {
				all = append(all, place(scope, Filter{Kind: kind, Theme: theme, Status: status}))
			}
		}
	}
	return all
}

// row is what a list shows of a contribution, kept beside it.
type row struct {
	Title         string    `json:"title"`
	Kind          Kind      `json:"kind"`
	Theme         string    `json:"theme"`
	Day           time.Time `json:"day"`
	Stage         Stage     `json:"stage"`
	Outcome       Outcome   `json:"outcome,omitzero"`
	Author        string    `json:"author"`
	Audience      Audience  `json:"audience"`
	Supporters    int       `json:"supporters,omitempty"`
	Organisations int       `json:"organisations,omitempty"`
	Regions       int       `json:"regions,omitempty"`
	Deadline      time.Time `json:"deadline,omitzero"`
	Flagged       bool      `json:"flagged,omitempty"`
	Asked         int       `json:"asked,omitempty"`
	Further       bool      `json:"further,omitempty"` // a question waits for the author
	Cluster       string    `json:"cluster,omitempty"`
}

func rowOf(c *Contribution) row {
	counted := countOf(c)
	r := row{
		Title: c.Title, Kind: c.Kind, Theme: c.Theme, Day: dayOf(c.At), Stage: c.status(), Outcome: c.Outcome,
		Author: c.Author, Audience: c.Audience,
		Supporters: len(c.Support), Organisations: len(counted.Organisations), Regions: len(counted.Regions),
		Flagged: c.Flag != nil, Asked: len(c.Asked), Cluster: c.Cluster,
		Further: c.Further != nil && c.Further.Answered.IsZero(),
	}
	if c.awaitsContact() {
		r.Deadline = c.Urgent.Deadline
	}
	return r
}
