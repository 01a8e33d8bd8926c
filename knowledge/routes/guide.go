package routes

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
)

//go:embed guide.json
var guideData []byte

// Questions is how many questions the guide knows.
const Questions = 12

// Guide asks and judges. Its methods are pure and safe for several goroutines.
type Guide struct {
	questions []Question
	rows      []guideRow
	changes   []change
	notes     []note
}

// Question is one question with its answers.
type Question struct {
	Number  int      `json:"nr"`
	Text    string   `json:"vraag"`
	Help    string   `json:"hulp"` // may be empty
	Options []Option `json:"antwoorden"`

	If condition `json:"als"`
}

// Field is the name of the form field with the answer.
func (q Question) Field() string { return "q" + strconv.Itoa(q.Number) }

// Answer is the answer with the value in words; empty when there is none.
func (q Question) Answer(value string) string {
	for _, o := range q.Options {
		if o.Value == value {
			return o.Text
		}
	}
	return ""
}

func (q Question) has(value string) bool {
	return slices.ContainsFunc(q.Options, func(o Option) bool { return o.Value == value })
}

// Option is an answer that can be given.
type Option struct {
	Value string `json:"waarde"`
	Text  string `json:"tekst"`
}

// guideRow is a row of step 1: the marks to begin with and the first step.
type guideRow struct {
	ID    string         `json:"rij"`
	If    condition      `json:"als"`
	Marks map[Route]Mark `json:"tekens"`
	Steps []guarded      `json:"eerste_stap"`
}

type guarded struct {
	If   condition `json:"als"`
	Text string    `json:"tekst"`
}

// change is a line of step 2.
type change struct {
	ID    string    `json:"nr"`
	If    condition `json:"als"`
	Route Route     `json:"route"`
	Mark  Mark      `json:"teken"`
}

// note is a line of step 4.
type note struct {
	ID      string    `json:"noot"`
	If      condition `json:"als"`
	Text    string    `json:"tekst"`
	Sources []string  `json:"bronnen"`
}

// Mark says what to do with a route.
type Mark string

// The marks, best first.
const (
	First    Mark = "x"
	Possible Mark = "o"
	NotNow   Mark = "-"
)

var markOrder = []Mark{First, Possible, NotNow}

// routeOrder is the order of routes with equal marks.
var routeOrder = []Route{Criminal, Fund, Civil}

// Label is the mark in words.
func (m Mark) Label() string {
	switch m {
	case First:
		return "eerst bekijken"
	case Possible:
		return "mogelijk"
	default:
		return "nu niet"
	}
}

// Answers are values by the number of the question.
type Answers map[int]string

// Outcome is what the guide says. It is about routes, not about a person.
type Outcome struct {
	Row       string // «R7»
	Routes    []RouteMark
	FirstStep string
	Notes     []Note
}

// RouteMark is a route with its mark.
type RouteMark struct {
	Route Route
	Mark  Mark
}

// Note is something to watch, or whom to turn to.
type Note struct {
	ID      string // «FONDS_NU»
	Text    string
	Sources []string // numbers of sources; none where no source says it
}

// LoadGuide reads the shipped guide and refuses one that contradicts itself.
func LoadGuide() (*Guide, error) {
	var read struct {
		Questions []Question `json:"vragen"`
		Rows      []guideRow `json:"rijen"`
		Changes   []change   `json:"wijzigingen"`
		Notes     []note     `json:"noten"`
	}
	if err := strictly(guideData, &read); err != nil {
		return nil, fmt.Errorf("guide: %w", err)
	}
	g := &Guide{questions: read.Questions, rows: read.Rows, changes: read.Changes, notes: read.Notes}
	if err := g.check(); err != nil {
		return nil, fmt.Errorf("guide: %w", err)
	}
	return g, nil
}

// strictly reads JSON in which every name must be known.
func strictly(data []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); err != io.EOF {
		return fmt.Errorf("more than one value")
	}
	return nil
}

func (g *Guide) check() error {
	if len(g.questions) != Questions {
		return fmt.Errorf("%d questions", len(g.questions))
	}
	for i, q := range g.questions {
		if q.Number != i+1 || q.Text == "" || len(q.Options) < 2 {
			return fmt.Errorf("question %d stands in the wrong place or is not whole", q.Number)
		}
	}
	for _, c := range g.conditions() {
		if err := c.check(g.possible); err != nil {
			return err
		}
	}
	return nil
}

// conditions are all of the guide.
func (g *Guide) conditions() []condition {
	var all []condition
	for _, q := range g.questions {
		all = append(all, q.If)
	}
	for _, r := range g.rows {
		all = append(all, r.If)
		for _, s := range r.Steps {
			all = append(all, s.If)
		}
	}
	for _, c := range g.changes {
		all = append(all, c.If)
	}
	for _, n := range g.notes {
		all = append(all, n.If)
	}
	return all
}

// possible tells whether a condition can ask for the value under the name.
func (g *Guide) possible(name, value string) bool {
	if n, err := strconv.Atoi(name); err == nil {
		return n >= 1 && n <= len(g.questions) && g.questions[n-1].has(value)
	}
	if name == "rij" {
		return slices.ContainsFunc(g.rows, func(r guideRow) bool { return r.ID == value })
	}
	return slices.Contains(routeOrder, Route(name)) && slices.Contains(markOrder, Mark(value))
}

// Question gives the question with the number, 1 to Questions.
func (g *Guide) Question(n int) Question { return g.questions[n-1] }

// Asked gives what is asked of who gave these answers, and of the answers those
// that count: an answer to a question that is not asked, or one that cannot be
// given, is dropped before anything is judged. A later question never decides
// whether an earlier one is asked.
func (g *Guide) Asked(given Answers) (asked []Question, valid Answers) {
	valid = Answers{}
	for _, q := range g.questions {
		if !q.If.holds(situation{answers: valid}.known) {
			continue
		}
		asked = append(asked, q)
		if v := given[q.Number]; q.has(v) {
			valid[q.Number] = v
		}
	}
	return asked, valid
}

// situation is what a condition can ask about.
type situation struct {
	answers Answers
	row     string
	marks   map[Route]Mark
}

// known gives the value under the name; empty when there is none.
func (s situation) known(name string) string {
	if name == "rij" {
		return s.row
	}
	if m, is := s.marks[Route(name)]; is {
		return string(m)
	}
	n, _ := strconv.Atoi(name) // 0, which no question has, for what is no number
	return s.answers[n]
}

// Judge gives the outcome; ok is false while an asked question has no valid
// answer.
func (g *Guide) Judge(given Answers) (out Outcome, ok bool) {
	asked, valid := g.Asked(given)
	if len(valid) < len(asked) {
		return Outcome{}, false
	}
	at := situation{answers: valid}
	row := g.rowFor(at)
	at.row, at.marks = row.ID, maps.Clone(row.Marks)
	for _, c := range g.changes { // step 2, each on what the one before left
		if c.If.holds(at.known) {
			at.marks[c.Route] = c.Mark
		}
	}
	out = Outcome{Row: row.ID, Routes: ordered(at.marks)}
	for _, s := range row.Steps {
		if s.If.holds(at.known) {
			out.FirstStep = s.Text
		}
	}
	for _, n := range g.notes {
		if n.If.holds(at.known) {
			out.Notes = append(out.Notes, Note{ID: n.ID, Text: n.Text, Sources: n.Sources})
		}
	}
	return out, true
}

// rowFor is step 1. That exactly one row fits whatever is answered is tested
// over every combination.
func (g *Guide) rowFor(s situation) guideRow {
	return g.rows[slices.IndexFunc(g.rows, func(r guideRow) bool { return r.If.holds(s.known) })]
}

// ordered is step 3.
func ordered(marks map[Route]Mark) []RouteMark {
	var all []RouteMark
	for _, m := range markOrder {
		for _, r := range routeOrder {
			if marks[r] == m {
				all = append(all, RouteMark{r, m})
			}
		}
	}
	return all
}
