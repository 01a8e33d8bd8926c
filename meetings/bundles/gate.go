package bundles

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"ruggespraak/internal/fault"
	"ruggespraak/internal/guard"
)

// part is a text with the name of its form field and what it is called in a sentence.
type part struct {
	field string
	name  string
	text  string
}

// Reasons are the answers to the guard's questions: field to one of the four
// reasons of the form. There is no free text among them.
type Reasons map[string]string

var knownReasons = []string{"organisatie", "openbaar", "geen-persoon", "collega"}

// given keeps the reasons that the form really offers.
func (r Reasons) given(field string) string {
	if slices.Contains(knownReasons, r[field]) {
		return r[field]
	}
	return ""
}

// gate lets the guard read the texts. It adds to the form what is refused and
// what still has to be answered, and gives the whole form's error.
func (d *Desk) gate(f *fault.Form, title string, texts []part, said Reasons) error {
	for _, p := range texts {
		for _, x := range d.guard.Check(p.text, guard.Options{}).Findings {
			switch {
			case x.Level == guard.Block:
				f.Block(p.field, x.Line, x.Label())
			case x.Level == guard.Ask && said.given(p.field) == "":
				f.Ask(p.field)
			}
		}
	}
	return f.Err(title)
}

// Finding is a place where a text may not leave as it stands. It holds no text.
type Finding struct {
	Point int    // number of the point, from one; 0 outside points
	Field string // name of the form field
	Name  string // what the field is called in a sentence
	Rule  string // «plaats», «organisatie», …
	Line  int
	Start int // characters in the field's text
	End   int
	Say   string // Dutch sentence: what it is and what to do
}

// leaving is what the check on what leaves needs to know: names of accounts,
// organisations and regions, and the runs of words nobody gave leave to quote.
type leaving struct {
	guard *guard.Guard
	known guard.Known
	runs  *guard.Runs
}

func (d *Desk) leaving(ctx context.Context) (*leaving, error) {
	names, err := d.accounts.AllNames(ctx)
	if err != nil {
		return nil, fmt.Errorf("names for the check: %w", err)
	}
	organisations, err := d.accounts.Organisations(ctx)
	if err != nil {
		return nil, fmt.Errorf("organisations for the check: %w", err)
	}
	regions, err := d.accounts.Regions(ctx)
	if err != nil {
		return nil, fmt.Errorf("regions for the check: %w", err)
	}
	l := &leaving{guard: d.guard, known: guard.Known{Persons: names}}
	for _, o := range organisations {
		l.known.Organisations = append(l.known.Organisations, o.Name)
	}
	for _, r := range regions {
		l.known.Regions = append(l.known.Regions, r.Name)
	}
	if l.runs, err = d.book.Unquotable(ctx); err != nil {
		return nil, fmt.Errorf("runs for the check: %w", err)
	}
	return l, nil
}

// check reads texts of one point, or of none, that are about to leave.
func (l *leaving) check(point int, texts []part) []Finding {
	var all []Finding
	for _, p := range texts {
		for _, f := range l.guard.CheckLeaving(p.text, l.known, l.runs) {
			all = append(all, Finding{
				Point: point, Field: p.field, Name: p.name, Rule: f.Rule, Line: f.Line, Start: f.Start, End: f.End,
				Say: leavingSentence(f.Rule),
			})
		}
	}
	return all
}

// CheckLeaving notes in the form what may not leave in texts under the names of
// their fields, for texts outside bundles that a body reads too.
func (d *Desk) CheckLeaving(ctx context.Context, f *fault.Form, texts map[string]string) error {
	l, err := d.leaving(ctx)
	if err != nil {
		return err
	}
	var all []part
	for _, field := range slices.Sorted(maps.Keys(texts)) {
		all = append(all, part{field: field, text: texts[field]})
	}
	refuse(f, l.check(0, all))
	return nil
}

// refuse adds the findings to the form, one sentence a field.
func refuse(f *fault.Form, findings []Finding) {
	byField := map[string][]string{}
	var order []string
	for _, x := range findings {
		if _, seen := byField[x.Field]; !seen {
			order = append(order, x.Field)
		}
		say := fmt.Sprintf("Regel %d %s", x.Line, x.Say)
		if !slices.Contains(byField[x.Field], say) {
			byField[x.Field] = append(byField[x.Field], say)
		}
	}
	for _, field := range order {
		f.Add(field, strings.Join(byField[field], " "))
	}
}

// mayGo keeps, of the contributions, those that may go further than the
// members: not withdrawn or removed, and chosen or allowed by their authors.
func (d *Desk) mayGo(ctx context.Context, ids []string) ([]string, error) {
	return d.book.MayGoFurther(ctx, ids)
}

// leavingSentence says what a rule of the check found, and what to do.
func leavingSentence(rule string) string {
	switch rule {
	case guard.RulePerson:
		return "noemt een persoon. Laat de naam weg."
	case guard.RuleOrganisation:
		return "noemt een organisatie. Schrijf bijvoorbeeld «een zorgaanbieder»."
	case guard.RulePlace:
		return "noemt een plaats. Een lezer kan zo de organisatie raden. Schrijf «een kleine gemeente»."
	case guard.RuleRegion:
		return "noemt een regio. Een lezer kan zo de organisatie raden. Schrijf «een regio»."
	case guard.RuleCount:
		return "noemt een aantal. Laat het aantal weg."
	case guard.RuleTaken:
		return "neemt acht woorden over uit een inbreng. De schrijver gaf daarvoor geen toestemming. Schrijf het in uw eigen woorden."
	default:
		return "noemt iets waaraan iemand te herkennen is. Schrijf het algemener."
	}
}
