package signals

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"ruggespraak/internal/fault"
	"ruggespraak/internal/guard"
)

// Field names of the forms, as errors and finds name them.
const (
	FieldKind    = "soort"
	FieldText    = "tekst"
	FieldTitle   = "titel"
	FieldTheme   = "thema"
	FieldReaders = "lezen"
	FieldWait    = "wachten"
	FieldHelp    = "helpt"
	FieldReason  = "reden"
	FieldHeading = "kop"
)

// Text is one free text of a form and its field. Names are of accounts that
// raise no question in it.
type Text struct {
	Field string
	Text  string
	Names []string
}

// Piece is a part of a sentence; Mark says that it was found.
type Piece struct {
	Text string
	Mark bool
}

// Find is what the guard says about one place, for the one who typed it. It is
// made for a page and never kept.
type Find struct {
	Field    string
	Rule     string
	Level    guard.Level
	Line     int
	Word     string  // «V-nummer», for what is refused
	Sees     string  // «een leeftijd en een kleine plaats», for what is asked
	Now      []Piece // the sentence, for what is asked
	Proposal string  // a wider wording of what was found, if there is one
	Advice   string  // a sentence, for what is a hint only
	Key      string  // tells this find from others in the form, whatever stands before it
	Reason   string  // the reason chosen for leaving it
	start    int
	end      int
}

// Screen is what the guard says about a form.
type Screen struct {
	Blocked []Find // refused: in the order of fields and places
	Asked   []Find // asked: each once, also when it stands in two fields
	Hints   []Find
}

// Empty tells that the guard found nothing.
func (s Screen) Empty() bool { return len(s.Blocked)+len(s.Asked)+len(s.Hints) == 0 }

// The reasons to leave a text as it is, as forms send them.
var reasons = []Term{
	{Slug: "organisatie", Label: "Het is een organisatie, wet of plaats"},
	{Slug: "openbaar", Label: "Het is al openbaar"},
	{Slug: "geen-persoon", Label: "Het gaat niet over bepaalde personen"},
	{Slug: "collega", Label: "Het is een collega of spreker"},
}

// ReasonLabel is the sentence of a reason; empty for what is no reason.
func ReasonLabel(slug string) string { return labelOf(reasons, slug) }

// Screen asks the guard about texts. chosen holds the reasons that the form
// sent, by the Key of a find. It reads and keeps nothing.
func (b *Book) Screen(chosen map[string]string, texts ...Text) Screen {
	var s Screen
	for _, t := range texts {
		for _, f := range b.guard.Check(t.Text, guard.Options{Names: t.Names}).Findings {
			s.add(findOf(t, f, chosen))
		}
	}
	return s
}

func (s *Screen) add(f Find) {
	switch f.Level {
	case guard.Block:
		s.Blocked = append(s.Blocked, f)
	case guard.Ask:
		if !slices.ContainsFunc(s.Asked, func(a Find) bool { return a.Key == f.Key }) {
			s.Asked = append(s.Asked, f)
		}
	case guard.Hint:
		s.Hints = append(s.Hints, f)
	}
}

func findOf(t Text, f guard.Finding, chosen map[string]string) Find {
	runes := []rune(t.Text)
	start, end := min(f.Start, len(runes)), min(f.End, len(runes))
	found := string(runes[start:end])
	find := Find{
		Field: t.Field, Rule: f.Rule, Level: f.Level, Line: f.Line,
		Word: f.Label(), Sees: f.Label(), Proposal: f.Suggestion(), Key: findKey(f.Rule, found), start: start, end: end,
	}
	if f.Level == guard.Ask {
		find.Now = sentenceAround(runes, start, end)
	}
	if f.Level == guard.Hint {
		find.Advice = adviceFor(f)
	}
	if r := chosen[find.Key]; ReasonLabel(r) != "" {
		find.Reason = r
	}
	return find
}

func adviceFor(f guard.Finding) string {
	if f.Rule == guard.RuleAge {
		return "Wij zien een exacte leeftijd. Een groep is genoeg: minderjarig, 18 tot en met 22 jaar, of 23 jaar of ouder."
	}
	return "Wij zien " + f.Label() + ". Kan iemand hierdoor herkend worden? Schrijf het dan algemener."
}

// findKey names a find by its rule and text, so that a reason stays with it
// when words before it change. It goes to the form that holds the text itself,
// and is kept nowhere.
func findKey(rule, found string) string {
	sum := sha256.Sum256([]byte(rule + "\x00" + strings.ToLower(found)))
	return hex.EncodeToString(sum[:5])
}

const sentenceReach = 120 // characters shown at most on each side of a find

// sentenceAround gives the sentence in which the find stands, with the find marked.
func sentenceAround(runes []rune, start, end int) []Piece {
	from, to := start, end
	for from > 0 && start-from < sentenceReach && !endsSentence(runes[from-1]) {
		from--
	}
	for to < len(runes) && to-end < sentenceReach && !endsSentence(runes[to]) {
		to++
	}
	if to < len(runes) && runes[to] != '\n' {
		to++
	}
	pieces := []Piece{
		{Text: strings.TrimLeft(string(runes[from:start]), " \t")},
		{Text: string(runes[start:end]), Mark: true},
		{Text: strings.TrimRight(string(runes[end:to]), " \t")},
	}
	return slices.DeleteFunc(pieces, func(p Piece) bool { return p.Text == "" })
}

func endsSentence(r rune) bool { return r == '.' || r == '!' || r == '?' || r == '\n' }

// TakeProposals writes the wider wording in place of the find with this key,
// wherever it stands in the text, and gives the new text.
func (b *Book) TakeProposals(key string, t Text) string {
	runes := []rune(t.Text)
	for _, finding := range slices.Backward(b.guard.Check(t.Text, guard.Options{Names: t.Names}).Findings) {
		f := findOf(t, finding, nil)
		if f.Key != key || f.Level != guard.Ask || f.Proposal == "" {
			continue
		}
		wording := f.Proposal
		if f.start > 0 && !startsSentence(runes, f.start) {
			wording = lowerFirst(wording)
		}
		runes = slices.Concat(runes[:f.start], []rune(wording), runes[f.end:])
	}
	return string(runes)
}

func startsSentence(runes []rune, at int) bool {
	before := strings.TrimRight(string(runes[:at]), " \t")
	return before == "" || endsSentence([]rune(before)[len([]rune(before))-1])
}

func lowerFirst(s string) string {
	for i, r := range s {
		if i == 0 {
			return strings.ToLower(string(r)) + s[len(string(r)):]
		}
	}
	return s
}

// refused is nil when nothing was blocked, else Invalid with a sentence for
// each place: the line and the kind, never the text.
func (s Screen) refused() error {
	var f fault.Form
	for _, find := range s.Blocked {
		f.Block(find.Field, find.Line, find.Word)
	}
	return f.Err("Wij kunnen dit niet bewaren.")
}

// Unanswered are the finds that ask for a reason and have none.
func (s Screen) Unanswered() []Find {
	return slices.DeleteFunc(slices.Clone(s.Asked), func(f Find) bool { return f.Reason != "" })
}

// complain notes what is refused and what is asked without a reason.
func (s Screen) complain(f *fault.Form) {
	for _, find := range s.Blocked {
		f.Block(find.Field, find.Line, find.Word)
	}
	for _, find := range s.Unanswered() {
		f.Ask(find.Field)
	}
}

// answers are the questions with their reasons, as they are kept: each field
// and rule once a reason.
func (s Screen) answers() []Asked {
	var all []Asked
	for _, f := range s.Asked {
		a := Asked{Field: f.Field, Rule: f.Rule, Reason: f.Reason}
		if !slices.Contains(all, a) {
			all = append(all, a)
		}
	}
	return all
}

// refuseBlocked is for short texts of the chair: an identifier is refused.
func (b *Book) refuseBlocked(fieldName, text string) error {
	if text == "" {
		return nil
	}
	return b.Screen(nil, Text{Field: fieldName, Text: text}).refused()
}
