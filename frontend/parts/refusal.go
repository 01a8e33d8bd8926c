package parts

// Refusal is what was wrong with a form, and what the guard says about its free
// texts, for the page that shows it again. The zero value is a form that was
// not refused; its methods then give nothing.
type Refusal struct {
	Title  string // head of the summary: «Uw inbreng is nog niet ingediend»
	Fields []FieldRefusal
	Guards map[string]Guarded // by the name of the field
	Late   bool               // nothing is wrong with it: it could not be kept now
}

// FieldRefusal is what was wrong with one field.
type FieldRefusal struct {
	Name     string
	Sentence string
	// Block is the id of the guard's block that says more; empty when the
	// sentence stands at the field.
	Block string
}

// Guarded is what the guard says about the text of one field. It quotes what
// was typed, so it is made for a page and goes nowhere else.
type Guarded struct {
	Finds []GuardFind
	Asks  []GuardAskOptions
	Hints []string
	Given []HiddenField // reasons that were given before and need not be shown
}

// Any tells whether the form was refused.
func (r Refusal) Any() bool { return r.Title != "" || len(r.Fields) > 0 }

// At is the sentence to show at a field; empty when nothing was wrong with it,
// or when a block of the guard's says it.
func (r Refusal) At(name string) string {
	for _, f := range r.Fields {
		if f.Name == name && f.Block == "" {
			return f.Sentence
		}
	}
	return ""
}

// Summary lists what was wrong, each once, leading to the fields and the
// guard's blocks. The id of a field is its name.
func (r Refusal) Summary() []FieldError {
	var all []FieldError
	seen := map[FieldError]bool{}
	for _, f := range r.Fields {
		e := FieldError{Href: "#" + or(f.Block, f.Name), Text: f.Sentence}
		if !seen[e] {
			all = append(all, e)
		}
		seen[e] = true
	}
	return all
}

// TakeName is the name of the button «Voorstel overnemen»; its value is the key
// of the find.
const TakeName = "overnemen"

// ReasonPrefix begins the names of the fields with a reason for leaving a find.
const ReasonPrefix = "reden-"

// ReasonName is the name of the field with the reason for leaving a find.
func ReasonName(key string) string { return ReasonPrefix + key }

// AskID is the id of the guard's question about a find.
func AskID(key string) string { return "vraag-" + key }

// RefuseID is the id of the guard's refusal of a field.
func RefuseID(field string) string { return "geweigerd-" + field }
