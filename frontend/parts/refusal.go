package parts

import "strings"

// Refusal is what was wrong with a form, for the page that shows it again. The
// zero value is a form that was not refused; its methods then give nothing.
type Refusal struct {
	Title  string // head of the summary: «Uw inbreng is nog niet ingediend»
	Fields []FieldRefusal
}

// FieldRefusal is what was wrong with one field.
type FieldRefusal struct {
	Name     string
	Sentence string
	// Sees is set when the text may stay with a reason: what the guard sees.
	Sees string
}

// Any tells whether the form was refused.
func (r Refusal) Any() bool { return r.Title != "" || len(r.Fields) > 0 }

// At is the sentence to show at a field; empty when nothing was wrong with it,
// or when the guard asks and GuardAsk shows the question.
func (r Refusal) At(name string) string {
	for _, f := range r.Fields {
		if f.Name == name && f.Sees == "" {
			return f.Sentence
		}
	}
	return ""
}

// Sees is what the guard sees in a field and asks about; empty when it does not ask.
func (r Refusal) Sees(name string) string {
	for _, f := range r.Fields {
		if f.Name == name && f.Sees != "" {
			return f.Sees
		}
	}
	return ""
}

// Summary lists what was wrong, leading to the fields. The id of a field is its
// name, and that of a question «laten-» and the name.
func (r Refusal) Summary() []FieldError {
	var all []FieldError
	for _, f := range r.Fields {
		href := "#" + f.Name
		if f.Sees != "" {
			href = "#" + AskID(f.Name)
		}
		all = append(all, FieldError{Href: href, Text: f.Sentence})
	}
	return all
}

// seesTogether says what the guard sees; several things are seen together.
func seesTogether(sees string) string {
	if strings.Contains(sees, " en ") {
		return "Wij zien " + sees + " bij elkaar."
	}
	return "Wij zien " + sees + "."
}

// AskID is the id of the guard's question about a field, and the name of the
// field with the reason.
func AskID(name string) string { return "laten-" + name }
