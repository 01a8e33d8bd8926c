package server

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/parts"
	"ruggespraak/internal/fault"
)

// refused gives what a page must show when the domain did not accept a form; ok
// is false when err is something else, which the handler returns.
func refused(err error) (r parts.Refusal, ok bool) {
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind != fault.Invalid {
		return parts.Refusal{}, false
	}
	r.Title = f.Sentence
	for _, field := range f.Fields {
		r.Fields = append(r.Fields, parts.FieldRefusal{Name: field.Name, Sentence: field.Sentence, Sees: field.Sees})
	}
	return r, true
}

// reason is the answer to the guard's question about a field of the form.
func reason(c *fiber.Ctx, name string) string { return field(c, parts.AskID(name)) }
