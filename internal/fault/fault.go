// Package fault is the one error type a person may read: a kind, which decides
// the status of the page, and a Dutch sentence. Everything that is not a fault
// is internal: the person sees a reference number and the log sees the cause.
//
// It stores nothing and imports the standard library only.
package fault

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Kind says what a fault means for the one who asked.
type Kind int

// The kinds, with the status a page about them carries.
const (
	// Internal is everything that is not a fault: 500.
	Internal Kind = iota
	// Invalid is input that cannot be accepted as it is: 422.
	Invalid
	// NotFound is what does not exist, or what this viewer may not know of: 404.
	NotFound
	// Forbidden is what the viewer may see but not do: 403.
	Forbidden
	// Conflict is a change that somebody else's change has overtaken: 409.
	Conflict
	// TooMany is an attempt that must wait: 429.
	TooMany
	// Unavailable is a part that does not answer now: 503.
	Unavailable
)

// Field is what is wrong with one field of a form.
type Field struct {
	Name     string // the field's name in the form
	Sentence string // Dutch, to be shown at the field
	// Guard tells that the guard said it: the page shows more at the field,
	// from what was typed. A fault itself holds nothing of that.
	Guard Guard
}

// Guard is what the guard said about a field.
type Guard int

// The guard says nothing, refuses the text, or asks why it may stay.
const (
	GuardSilent Guard = iota
	GuardRefuses
	GuardAsks
)

// Error is an error that a person may read.
type Error struct {
	Kind     Kind
	Sentence string  // Dutch, level B1; never text that people typed
	Fields   []Field // for Invalid: per field, in the order of the form
	Err      error   // the cause, for the log; may be nil
}

// Error gives the sentence and the names of the fields, never what was typed.
func (e *Error) Error() string {
	s := e.Sentence
	for _, f := range e.Fields {
		s += fmt.Sprintf(" [%s: %s]", f.Name, f.Sentence)
	}
	return strings.TrimSpace(s)
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// New makes a fault of the given kind.
func New(k Kind, sentence string) error { return &Error{Kind: k, Sentence: sentence} }

// Wrap makes a fault of the given kind with a cause for the log.
func Wrap(k Kind, sentence string, cause error) error {
	return &Error{Kind: k, Sentence: sentence, Err: cause}
}

// NotFoundError is the one answer for what does not exist and for what the
// viewer may not know of; both must be equal in every byte.
func NotFoundError() error { return New(NotFound, "Deze pagina is niet gevonden.") }

// ForbiddenError is the answer for what the viewer may see but not do.
func ForbiddenError() error { return New(Forbidden, "Dit mag u niet doen.") }

// KindOf gives the kind of the first fault in the chain of err; Internal when
// there is none, also for nil.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}

// Is tells whether err is a fault of kind k.
func Is(err error, k Kind) bool { return err != nil && k != Internal && KindOf(err) == k }

// Fields gives the fields of the first fault in the chain of err.
func Fields(err error) []Field {
	var e *Error
	if errors.As(err, &e) {
		return e.Fields
	}
	return nil
}

// Form collects what is wrong with the fields of one form.
// The zero value is ready for use.
type Form struct{ fields []Field }

// Add notes that the field cannot be accepted, and why.
func (f *Form) Add(name, sentence string) {
	f.fields = append(f.fields, Field{Name: name, Sentence: sentence})
}

// Block notes that the guard refuses the text of the field: the line and the
// kind of what it found, «V-nummer». The same twice is noted once.
func (f *Form) Block(name string, line int, kind string) {
	f.once(Field{Name: name, Sentence: fmt.Sprintf("Op regel %d staat iets dat lijkt op een %s.", line, kind), Guard: GuardRefuses})
}

// Ask notes that the text of the field may only stay with a reason. Twice is
// noted once.
func (f *Form) Ask(name string) {
	f.once(Field{Name: name, Sentence: "Kan iemand hierdoor herkend worden? Kies wat u wilt doen.", Guard: GuardAsks})
}

func (f *Form) once(x Field) {
	if !slices.Contains(f.fields, x) {
		f.fields = append(f.fields, x)
	}
}

// Require notes the sentence when ok is false.
func (f *Form) Require(ok bool, name, sentence string) {
	if !ok {
		f.Add(name, sentence)
	}
}

// Err is nil when nothing was noted, else an Invalid fault with all fields.
func (f *Form) Err(sentence string) error {
	if len(f.fields) == 0 {
		return nil
	}
	return &Error{Kind: Invalid, Sentence: sentence, Fields: f.fields}
}
