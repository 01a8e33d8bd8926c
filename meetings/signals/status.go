package signals

import (
	"fmt"
	"slices"
	"time"
)

// Status is how far a contribution has come. The words of Label are the only
// ones that people see.
type Status string

// The statuses, in the order of the way.
const (
	Drafted   Status = "concept"
	Submitted Status = "ingediend"
	SentBack  Status = "terug"
	Visible   Status = "zichtbaar"
	Hidden    Status = "verborgen" // visible, were it not for a flag
	OnAgenda  Status = "agenda"
	Discussed Status = "besproken"
	Bundled   Status = "bundel"
	WithBody  Status = "ligt"
	Answered  Status = "beantwoord"
	FedBack   Status = "teruggekoppeld"
	Withdrawn Status = "ingetrokken"
	TakenAway Status = "verwijderd"
)

// wayOrder ranks the statuses that Advance sets; of two at one instant the
// later one counts.
var wayOrder = []Status{OnAgenda, Discussed, Bundled, WithBody, Answered, FedBack}

func rank(s Status) int { return slices.Index(wayOrder, s) }

// StatusTerms lists the statuses that a list can be narrowed to, with a general
// word for each.
func StatusTerms() []Term {
	return []Term{
		{Slug: string(Submitted), Label: "Ingediend"},
		{Slug: string(Visible), Label: "Zichtbaar voor collega's"},
		{Slug: string(OnAgenda), Label: "Op de agenda"},
		{Slug: string(Discussed), Label: "Besproken"},
		{Slug: string(Bundled), Label: "In een bundel"},
		{Slug: string(WithBody), Label: "Ligt bij SOM, Task Force of ministerie"},
		{Slug: string(Answered), Label: "Beantwoord"},
		{Slug: string(FedBack), Label: "Teruggekoppeld"},
	}
}

// Stage is a step on the way outside this package: agenda, discussed, bundled,
// lying with a body, answered, fed back. Other packages project it by Advance.
type Stage struct {
	Status Status    `json:"status"`
	At     time.Time `json:"at"`
	Ref    string    `json:"ref,omitempty"`  // «2026-02» of a bundle, the day 2019-11-25 of a meeting
	Body   string    `json:"body,omitempty"` // «het SOM», «de Task Force», «het ministerie van VWS»
	Link   string    `json:"link,omitempty"` // path
}

// follows tells whether s is news after old: a later instant, or a further
// step at the same one.
func (s Stage) follows(old Stage) bool {
	if !s.At.Equal(old.At) {
		return s.At.After(old.At)
	}
	return rank(s.Status) > rank(old.Status)
}

// ofMeeting tells that the stage is how far a meeting got with it.
func (s Stage) ofMeeting() bool { return s.Status == OnAgenda || s.Status == Discussed }

// Label is the status word on the screen.
func (s Stage) Label() string {
	switch s.Status {
	case Drafted:
		return "Concept"
	case SentBack:
		return "Terug bij indiener"
	case Visible:
		return "Zichtbaar voor collega's"
	case Hidden:
		return "Verborgen"
	case OnAgenda:
		return orPlain("Op de agenda van %s", dayWords(s.Ref), "Op de agenda")
	case Discussed:
		return "Besproken"
	case Bundled:
		return orPlain("In bundel %s", s.Ref, "In een bundel")
	case WithBody:
		return orPlain("Ligt bij %s", s.Body, "Ligt bij een ander")
	case Answered:
		return "Beantwoord"
	case FedBack:
		return "Teruggekoppeld"
	case Withdrawn:
		return "Ingetrokken"
	case TakenAway:
		return "Verwijderd"
	default:
		return "Ingediend"
	}
}

func orPlain(format, value, plain string) string {
	if value == "" {
		return plain
	}
	return fmt.Sprintf(format, value)
}

// Step is the station on the loop, 1 to 6.
func (s Stage) Step() int {
	switch s.Status {
	case Discussed:
		return 2
	case Bundled:
		return 3
	case WithBody:
		return 4
	case Answered:
		return 5
	case FedBack:
		return 6
	default:
		return 1
	}
}

// WaitDays is how many days a body has been asked: whole days on Amsterdam's
// calendar since the contribution lies with it; 0 when it does not.
func (s Stage) WaitDays(now time.Time) int {
	if s.Status != WithBody {
		return 0
	}
	return max(daysBetween(s.At, now), 0)
}

// OutcomeKind says what came of a contribution, apart from its status.
type OutcomeKind string

// The outcomes.
const (
	NoOutcome  OutcomeKind = ""
	Solved     OutcomeKind = "opgelost"
	PartSolved OutcomeKind = "deels"
	NotSolved  OutcomeKind = "niet"
	LiesWith   OutcomeKind = "ligt"
)

// Outcome is what came of a contribution; the chair sets and changes it.
type Outcome struct {
	Kind OutcomeKind `json:"kind"`
	Body string      `json:"body,omitempty"` // for LiesWith
	At   time.Time   `json:"at,omitzero"`    // filled in by SetOutcome
}

// OutcomeTerms lists the outcomes to choose from.
func OutcomeTerms() []Term {
	return []Term{
		{Slug: string(Solved), Label: "Opgelost"},
		{Slug: string(PartSolved), Label: "Deels opgelost"},
		{Slug: string(NotSolved), Label: "Niet opgelost"},
		{Slug: string(LiesWith), Label: "Ligt nu bij een organisatie"},
	}
}

// Label is the outcome's word on the screen; empty without one.
func (o Outcome) Label() string {
	if o.Kind == LiesWith {
		return "Ligt nu bij " + o.Body
	}
	return labelOf(OutcomeTerms(), string(o.Kind))
}
