package bundles

import (
	"slices"
	"time"

	"ruggespraak/internal/clock"
	"ruggespraak/internal/outbox"
	"ruggespraak/people"
	"ruggespraak/store"
)

// State is how far a bundle is.
type State string

// The states of a bundle, in the order in which they follow.
const (
	Draft     State = "draft"
	Offered   State = "offered"   // to a colleague, for approval
	Approved  State = "approved"  // by somebody who did not edit it
	Frozen    State = "frozen"    // its bytes never change again
	Sent      State = "sent"      // its readers find it
	Withdrawn State = "withdrawn" // readers keep number, date and reason
	Nothing   State = "nothing"   // the period had nothing to send, and readers are told so
)

// Body is the kind of body a bundle is for.
type Body string

// The kinds of body. SOM and Task Force have accounts; for the others the chair
// prints the bundle and records the answer.
const (
	SOM       Body = "som"
	TaskForce Body = "tf"
	Ministry  Body = "ministerie"
	OtherBody Body = "ander"
)

// Addressee is the body a bundle is for. Name is the ministry's or other
// body's name; SOM and Task Force have none.
type Addressee struct {
	Body Body   `json:"body"`
	Name string `json:"name,omitempty"`
}

// Label is the body with its article, inside a sentence: «het SOM».
func (a Addressee) Label() string {
	switch a.Body {
	case SOM:
		return "het SOM"
	case TaskForce:
		return "de Task Force"
	case Ministry:
		return "het ministerie van " + a.Name
	default:
		return a.Name
	}
}

// HasAccounts tells whether the body reads and reacts in the product.
func (a Addressee) HasAccounts() bool { return a.Body == SOM || a.Body == TaskForce }

// reader is the role whose accounts belong to the body; empty without accounts.
func (a Addressee) reader() people.Role {
	switch a.Body {
	case SOM:
		return people.SOMMember
	case TaskForce:
		return people.TaskForce
	default:
		return ""
	}
}

// sentObject is the relation of a sent bundle in the permission matrix.
func (a Addressee) sentObject() people.Object {
	switch a.Body {
	case SOM:
		return "comp.sent.som"
	case TaskForce:
		return "comp.sent.tf"
	default:
		return "comp.sent.other"
	}
}

// answerObject is the relation of an answer that is not yet published.
func (a Addressee) answerObject() people.Object {
	switch a.Body {
	case SOM:
		return "answer.draft.som"
	case TaskForce:
		return "answer.draft.tf"
	default:
		return "answer.draft.other"
	}
}

// Bundle is a bundle as it is stored: for the chair and for this package only.
// What others may read of it is a Sheet, a PointView or a Feedback.
type Bundle struct {
	store.Meta
	Number    string    `json:"number"`
	Year      string    `json:"year"`
	Addressee Addressee `json:"addressee"`
	From      Day       `json:"from"`
	To        Day       `json:"to"`
	State     State     `json:"state"`
	Points    []Point   `json:"points,omitempty"`
	Created   Mark      `json:"created"`

	// Rev counts changes of what the bundle says. Editors are the accounts that
	// made them since the last approval: they cannot approve.
	Rev     int      `json:"rev"`
	Editors []string `json:"editors,omitempty"`

	Offer    *Offer      `json:"offer,omitempty"`
	Approval *Approval   `json:"approval,omitempty"`
	Voided   *Voiding    `json:"voided,omitempty"` // why the last approval no longer holds
	Freeze   *Freezing   `json:"freeze,omitempty"`
	Sending  *Mark       `json:"sending,omitempty"`
	Withdraw *Withdrawal `json:"withdraw,omitempty"`

	EditionDraft *EditionDraft `json:"edition_draft,omitempty"`
	Editions     []Edition     `json:"editions,omitempty"`

	// Changed is when it was last written, by the real clock.
	Changed time.Time `json:"changed"`

	Events outbox.Log `json:"events,omitempty"`
}

// Mark says who did something, and when.
type Mark struct {
	By string    `json:"by"`
	At time.Time `json:"at"`
}

// Texts are the five texts of a point: the chair's words.
type Texts struct {
	Heading string `json:"heading"` // «Kop in één zin»
	See     string `json:"see"`     // «Wat zien zorgcoördinatoren?»
	Effect  string `json:"effect"`  // «Wat is het gevolg voor slachtoffers?»
	Ask     string `json:"ask"`     // «Wat vraagt u?»
	To      string `json:"to"`      // «Aan wie?»
}

// Point is one point of a bundle. Its number is its place in the bundle, plus
// one; its id stays with it.
type Point struct {
	ID    string `json:"id"`
	Rev   int    `json:"rev"` // changes of its texts
	Texts Texts  `json:"texts"`

	Guarded Reasons `json:"guarded,omitempty"` // answers to the guard's questions about them

	// Cluster is where the point came from; Sources are the contributions it
	// rests on, those of the cluster and others that the chair added.
	Cluster string   `json:"cluster,omitempty"`
	Sources []string `json:"sources,omitempty"`

	// Line is the id of the first point of the chain this one continues; its
	// own id where it is the first. Origin is the point before it.
	Line   string  `json:"line"`
	Origin *Origin `json:"origin,omitempty"`

	Broad bool `json:"broad,omitempty"` // the band, set by freezing

	// Answers are all versions of the body's one answer; the last one holds.
	Answers []Answer `json:"answers,omitempty"`

	// Proposed is when two or more «Nee» made an agenda item of it.
	Proposed *time.Time `json:"proposed,omitempty"`
}

// Origin is the answered point that a body passed on.
type Origin struct {
	Bundle string `json:"bundle"`
	Point  string `json:"point"` // id
}

// Offer is the bundle as it was put before a colleague.
type Offer struct {
	Mark
	Hash  string          `json:"hash"`
	Broad map[string]bool `json:"broad"` // point id: the band under the hash
}

// Approval binds the hash of what was approved.
type Approval struct {
	Mark
	Hash string `json:"hash"`
	// Editors are those who could not approve, kept in case a changed band
	// voids the approval: the next approver cannot be one of them either.
	Editors []string `json:"editors,omitempty"`
}

// Voiding tells why an approval no longer holds.
type Voiding struct {
	At   time.Time `json:"at"`
	Band bool      `json:"band"` // a band changed; else somebody edited
}

// Freezing holds the bytes that never change, and their SHA-256.
type Freezing struct {
	Mark
	Sheet []byte `json:"sheet"`
	Hash  string `json:"hash"`
}

// Withdrawal of a sent bundle.
type Withdrawal struct {
	Mark
	Reason string `json:"reason"`
}

// row is what a list of bundles shows.
type row struct {
	Number    string    `json:"number"`
	Addressee Addressee `json:"addressee"`
	From      Day       `json:"from"`
	To        Day       `json:"to"`
	State     State     `json:"state"`
	Points    int       `json:"points"`
	Answered  int       `json:"answered"`
	FedBack   int       `json:"fed_back"`
	Sent      Day       `json:"sent,omitempty"`
}

func spec(real clock.Now) store.Spec[Bundle] {
	return store.Spec[Bundle]{
		Name:    "bundle",
		Orders:  []store.Order{{"year"}, {"state"}, {"reach"}, {"source"}, {"line"}, {"changed"}, {"todo"}},
		Several: []string{"reach", "source", "line"},
		Meta:    func(b *Bundle) *store.Meta { return &b.Meta },
		Stamp:   func(b *Bundle) { b.Changed = real() },
		Keys:    bundleKeys,
		Row:     func(b *Bundle) any { return b.row() },
	}
}

func bundleKeys(b *Bundle) store.Keys {
	k := store.Keys{
		"year":    {b.Year},
		"state":   {string(b.State)},
		"reach":   b.reach(),
		"changed": {changedKey(b.Changed)},
		"todo":    b.Events.Todo(),
	}
	for _, p := range b.Points {
		k["line"] = append(k["line"], p.Line)
		for _, s := range p.Sources {
			if !slices.Contains(k["source"], s) {
				k["source"] = append(k["source"], s)
			}
		}
	}
	return k
}

// reach lists the roles that find the bundle in their list.
func (b *Bundle) reach() []string {
	roles := []string{string(people.Chair)}
	if !b.out() {
		return roles
	}
	for _, r := range people.Roles {
		if r != people.Chair && people.May(r, b.Addressee.sentObject(), people.List) {
			roles = append(roles, string(r))
		}
	}
	return roles
}

// out tells whether readers know of the bundle.
func (b *Bundle) out() bool {
	return b.State == Sent || b.State == Withdrawn || b.State == Nothing
}

// object is the relation of the bundle in the permission matrix.
func (b *Bundle) object() people.Object {
	if b.out() {
		return b.Addressee.sentObject()
	}
	return "comp.draft"
}

func (b *Bundle) row() row {
	r := row{
		Number: b.Number, Addressee: b.Addressee, From: b.From, To: b.To,
		State: b.State, Points: len(b.Points),
	}
	for i := range b.Points {
		if b.Points[i].answer() != nil {
			r.Answered++
		}
		if b.fedBack(&b.Points[i]) {
			r.FedBack++
		}
	}
	if b.Sending != nil {
		r.Sent = DayOf(b.Sending.At)
	}
	return r
}

// point finds a point by its id; nil when it is not there.
func (b *Bundle) point(id string) *Point {
	for i := range b.Points {
		if b.Points[i].ID == id {
			return &b.Points[i]
		}
	}
	return nil
}

// nth is the point with this number, counted from one; nil when there is none.
func (b *Bundle) nth(n int) *Point {
	if n < 1 || n > len(b.Points) {
		return nil
	}
	return &b.Points[n-1]
}

// NumberOf is the number of a point, counted from one; 0 when it is not there.
func (b *Bundle) NumberOf(point string) int { return b.numberOf(point) }

// numberOf is the place of a point, counted from one; 0 when it is not there.
func (b *Bundle) numberOf(point string) int {
	return slices.IndexFunc(b.Points, func(p Point) bool { return p.ID == point }) + 1
}

// editable tells whether the words may still change.
func (b *Bundle) editable() bool {
	return b.State == Draft || b.State == Offered || b.State == Approved
}

// touched notes that an account changed what the bundle says. An offer and an
// approval bound other bytes, so they end.
func (b *Bundle) touched(by string, at time.Time) {
	b.Rev++
	if !slices.Contains(b.Editors, by) {
		b.Editors = append(b.Editors, by)
	}
	if b.Approval != nil {
		b.Voided = &Voiding{At: at}
	}
	b.State, b.Offer, b.Approval = Draft, nil, nil
}

// answer is the answer that holds; nil when there is none.
func (p *Point) answer() *Answer {
	if len(p.Answers) == 0 {
		return nil
	}
	return &p.Answers[len(p.Answers)-1]
}

// sources are the contributions of all points, each once.
func (b *Bundle) sources() []string {
	var all []string
	for _, p := range b.Points {
		for _, s := range p.Sources {
			if !slices.Contains(all, s) {
				all = append(all, s)
			}
		}
	}
	return all
}

// EditedBy tells whether the account changed the bundle since the last
// approval, and so cannot approve it.
func (b *Bundle) EditedBy(account string) bool { return slices.Contains(b.Editors, account) }
