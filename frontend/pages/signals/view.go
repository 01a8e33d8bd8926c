package signals

import (
	"github.com/a-h/templ"

	"ruggespraak/frontend/parts"
)

// Line is a contribution in a list.
type Line struct {
	ID      string
	Title   string
	Href    string
	Eyebrow string // «Knelpunt · Opvang en wonen»
	Status  parts.Status
	Note    string // the line after the status: who recognises it, how long it waits
	Step    int    // station on the loop; 0 draws none
	// Recognise offers «Herken ik ook»; Own says «uw inbreng».
	Recognise bool
	Own       bool
}

// Tab is one of the lists that one can choose from.
type Tab struct {
	Label   string
	Href    string
	Count   string // empty: none is shown
	Current bool
}

// FilterField is a choice that narrows a list.
type FilterField struct {
	Name, Label, Any, Value string
	Options                 []parts.Option
}

// ListPage is /inbreng.
type ListPage struct {
	Page    parts.Page
	Tabs    []Tab
	Filters []FilterField // empty: this list is not narrowed
	Scope   string
	Lines   []Line
	Drafts  []Draft // for the list of drafts
	Empty   string
	Pager   parts.PagerOptions
	// MayShare shows «Inbreng delen»; Links stand under the list.
	MayShare bool
	Links    []parts.Link
}

// Draft is a line of the list of drafts.
type Draft struct {
	Title, Href, Kind, ThrowHref string
	Saved                        string // «16 september 2019, 14.03 uur»
}

// FormPage is the form of «Inbreng delen».
type FormPage struct {
	Page    parts.Page
	Action  string
	SaveURL string // where the script keeps the draft
	Draft   string // id
	Version string // revision of the draft; «0» when it was never saved
	From    string // the contribution that this one replaces
	Refused parts.Refusal

	Kind, Text, Title, Theme, Readers, Wait string
	Hide, Quote                             bool
	Kinds, Themes                           []parts.Option
	Saved                                   string // hour of the last save
	// Similar is what looks like the text; Looked that it was asked for.
	Similar []Line
	Looked  bool
	// Notice stands above the form: the reason why it was sent back.
	Notice string
	// ThrowHref leads to throwing the draft away; empty for a new one.
	ThrowHref string
}

// Person is somebody with an organisation and region, for a list.
type Person struct{ Name, Rest string }

// Action is a button that changes something with one click.
type Action struct {
	Label  string
	Href   string
	Kind   parts.ButtonKind
	Fields []parts.HiddenField
}

// ShowPage is a contribution with its whole way.
type ShowPage struct {
	Page     parts.Page
	Crumbs   []parts.Link
	Statuses []parts.Status
	Eyebrow  string
	Title    string
	// Mark stands in the place of a text that is hidden or removed.
	Mark string
	// Notices ask something of the viewer; they stand above everything.
	Notices []Notice
	// Answer is what a body said last; nil as long as there is none.
	Answer *parts.AnswerOptions
	// TextTitle heads the text: «Wat u zag» for its author.
	TextTitle string
	Text      string
	Extra     []parts.Fact
	WayTitle  string
	Way       []parts.WayStop
	Support   Support
	Facts     []parts.Fact
	FactsHead string
	// Effect is the question whether it gets better; nil when it is not asked.
	Effect templ.Component
	// Own are the author's links and buttons.
	Own *OwnTools
	// Talk leads to the discussion.
	Talk parts.Link
	// FlagHref leads to telling that somebody can be recognised; empty leaves it out.
	FlagHref string
	// Chair are the chair's tools; nil for others.
	Chair *ChairTools
}

// Notice is a box with something to do: texts, links and buttons.
type Notice struct {
	ID      string
	Title   string
	Text    []string
	Quote   string
	Actions []Action
	Links   []parts.Link
}

// Support is who recognises the contribution.
type Support struct {
	Sentence   string
	Given      bool
	Approach   bool
	CanGive    bool
	Href       string // of the contribution
	Approached []Person
	// Exact and Supporters are for the chair.
	Exact      string
	Supporters []Person
}

// OwnTools are what an author can do.
type OwnTools struct{ SupplementHref, WithdrawHref string }

// ChairTools are what the chair can do.
type ChairTools struct {
	Author   Person
	Actions  []Action
	Links    []parts.Link
	Asked    []parts.Fact // questions of the guard with the reasons chosen
	Themes   []parts.Option
	Theme    string
	ThemeErr string
	// Outcomes are offered from the moment it was discussed.
	Outcomes, Bodies              []parts.Option
	Outcome, OutcomeBody          string
	ThemeHref, OutcomeHref        string
	Log                           []parts.Fact
	ClusterHref                   string // to the cluster it is in
	ClusterTitle                  string
	ClusterNewHref, ClusterPutURL string
	Clusters                      []parts.Option // to put it into
}

// ConfirmPage asks before something is done that is not undone easily.
type ConfirmPage struct {
	Page    parts.Page
	Crumbs  []parts.Link
	Title   string
	Text    []string
	Action  string
	Buttons []parts.ButtonOptions
	Boxes   []parts.CheckboxOptions
	Back    parts.Link
}

// TextPage is a form of one text, with the guard before it.
type TextPage struct {
	Page    parts.Page
	Crumbs  []parts.Link
	Title   string
	Lead    string
	Action  string
	Name    string // of the field, and its id
	Label   string
	Help    string
	Value   string
	Line    bool // one line instead of a text area
	Button  string
	Refused parts.Refusal
	Back    parts.Link
}

// ExtraPage is «Wilt u nog iets aanvullen?».
type ExtraPage struct {
	Page                                parts.Page
	Crumbs                              []parts.Link
	Action                              string
	Form, Age, Reach, Frequency         string
	Forms, Ages, Reaches, Freqs, Actors []parts.Option
	Keywords                            []KeywordGroup
	Help                                string
	Refused                             parts.Refusal
	SkipHref                            string
}

// KeywordGroup are the keywords of a main theme.
type KeywordGroup struct {
	Label   string
	Options []parts.Option
}

// ClusterLine is a cluster in a list.
type ClusterLine struct{ Title, Href, Note string }

// ClustersPage is /inbreng/clusters.
type ClustersPage struct {
	Page    parts.Page
	Lines   []ClusterLine
	MayMake bool
	Empty   string
	Pager   parts.PagerOptions
}

// ClusterPage is one cluster.
type ClusterPage struct {
	Page    parts.Page
	Title   string
	Support string
	Exact   string
	Lines   []Line
	// Chair is nil for colleagues.
	Chair *ClusterTools
}

// ClusterTools are what the chair can do with a cluster.
type ClusterTools struct {
	HeadingHref, JoinHref, LeaveHref, UndoHref, PlaceHref string
	Log                                                   []parts.Fact
}

// ChoosePage is making a cluster, or putting contributions into one.
type ChoosePage struct {
	Page    parts.Page
	Crumbs  []parts.Link
	Title   string
	Lead    string
	Action  string
	Button  string
	Heading bool // ask for the heading too
	Value   string
	Refused parts.Refusal
	Choices []parts.Option
	Empty   string
	Filters []FilterField
	Pager   parts.PagerOptions
}

// IncidentsPage lists what was removed.
type IncidentsPage struct {
	Page  parts.Page
	Rows  []parts.TableRow
	Pager parts.PagerOptions
}

// HelpPage is «Hulp nu».
type HelpPage struct {
	Page  parts.Page
	Hours string // when CoMensha answers
}

// Section is a part of a start page: a heading with lines.
type Section struct {
	ID, Title string
	Lines     []Line
	Link      parts.Link
	Empty     string
	CSRF      string
	Plain     bool // no loop in front
}
