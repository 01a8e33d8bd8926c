// Package guard is the de-identification gate: it reads a free text before it is kept and says
// whether somebody could be recognised by it. It finds identifiers (numbers, addresses, accounts),
// names, and combinations such as an exact age with a small place; and, before a text leaves for an
// addressee, names, places, regions, counts and sentences taken over from contributions.
//
// It stores nothing, logs nothing, and a finding never holds the text that was found: only the rule,
// the level and the place. The levels are those of the domain facts, section E.2, and of nothing else.
// It is a help, not a guarantee: a first name alone cannot be told from another word.
//
// It may import the standard library, x/text and internal/fault.
package guard

import (
	"sort"
	"sync"
	"time"
)

// Level says how serious a finding is. The order counts: a higher level wins.
type Level int

// The levels of the domain facts, section E.2.
const (
	Clean Level = iota // nothing found
	Hint               // TIP: a hint beside the text, which stays clean
	Ask                // VRAAG: the author confirms or rewrites
	Block              // BLOK: the text is not kept
)

// String gives the level's Dutch name as `ruggespraak guard` prints it.
func (l Level) String() string {
	switch l {
	case Hint:
		return "tip"
	case Ask:
		return "vraag"
	case Block:
		return "blok"
	}
	return "schoon"
}

// Finding is one place in a text that a rule speaks about. It holds no text.
type Finding struct {
	Rule  string // the rule's name, one of the Rule constants
	Level Level  // Hint, Ask or Block
	Start int    // first rune, counted in the text as given
	End   int    // rune after the last, counted in the text as given
	Line  int    // line of Start, the first is 1

	wider string // a wider wording, made from the rule and the age group only
}

// Report is the outcome of one check.
type Report struct {
	Verdict  Level     // Clean, Ask or Block: a hint leaves the text clean
	Findings []Finding // in order of place; nil when there are none
}

// Options change what one check asks about.
type Options struct {
	// Names are full names of accounts that raise no question here (agenda and minutes).
	Names []string
}

// Allow is what is known to be public, beside the built-in maintained lists.
type Allow struct {
	Phones        []string // in any notation
	Organisations []string // names of organisations
	MailDomains   []string // mail domains of registered organisations
}

// Guard checks texts. It is safe for concurrent use. It reads its lists when it
// checks the first text.
type Guard struct {
	allow Allow
	now   func() time.Time

	reading     sync.Once
	phones      map[string]bool // e164 without plus
	mailDomains map[string]bool
	lists       *lists
	phrases     *phraseSet // names that are no persons: bodies, laws, places, organisations
}

// New returns a guard that knows the built-in lists and what is allowed beside them. now is the real
// clock, from which the range of birth dates is counted.
func New(allow Allow, now func() time.Time) *Guard { return &Guard{allow: allow, now: now} }

// read fills in the lists.
func (g *Guard) read() {
	g.lists, g.phones, g.mailDomains = loadLists(), map[string]bool{}, map[string]bool{}
	for _, p := range append(builtinPhones(), g.allow.Phones...) {
		g.phones[internationalDigits(p)] = true
	}
	for _, d := range append(builtinMailDomains(), g.allow.MailDomains...) {
		g.mailDomains[lower(d)] = true
	}
	g.phrases = newPhraseSet(g.lists.bodies, g.lists.capitals, g.allow.Organisations)
}

// Check reads a text and reports what could make somebody recognisable in it. Its time grows linearly
// with the text.
func (g *Guard) Check(text string, o Options) Report {
	g.reading.Do(g.read)
	sc := newScan(g, text)
	for _, rule := range rulesInOrder() {
		rule(sc)
	}
	sc.names(o.Names)
	sc.combinations()
	return sc.report()
}

// rulesInOrder gives the rules: what is found is masked, so an earlier rule keeps its text from a later one (an IBAN's
// tail is no phone number, a phone number no BSN).
func rulesInOrder() []func(*scan) {
	return []func(*scan){
		(*scan).publicReferences,
		(*scan).ibans,
		(*scan).caseNumbers,
		(*scan).mails,
		(*scan).accounts,
		(*scan).publicPhones,
		(*scan).namedNumbersAtOnce,
		(*scan).dates,
		(*scan).phones,
		(*scan).namedNumbers,
		(*scan).bareNumbers,
		(*scan).plates,
		(*scan).addresses,
		(*scan).spelledNumbers,
		(*scan).handles,
	}
}

func (sc *scan) report() Report {
	r := Report{Findings: sc.found}
	sort.SliceStable(r.Findings, func(i, j int) bool {
		a, b := r.Findings[i], r.Findings[j]
		if a.Start != b.Start {
			return a.Start < b.Start
		}
		return a.Level > b.Level
	})
	line, at := 1, 0
	for i := range r.Findings {
		f := &r.Findings[i]
		for ; at < len(sc.breaks) && sc.breaks[at] < f.Start; at++ {
			line++
		}
		f.Line = line
		if f.Level >= Ask && f.Level > r.Verdict {
			r.Verdict = f.Level
		}
	}
	return r
}
