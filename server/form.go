package server

import (
	"errors"
	"strings"
	"time"

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
		r.Fields = append(r.Fields, parts.FieldRefusal{Name: field.Name, Sentence: field.Sentence})
	}
	return r, true
}

// isoDate reads a date as people write it, 25-11-2019, and gives 2019-11-25.
// What is no date is given back as it was, for the domain to refuse.
func isoDate(typed string) string {
	for _, layout := range []string{"2-1-2006", "2/1/2006", "2.1.2006", time.DateOnly} {
		if t, err := time.Parse(layout, typed); err == nil {
			return t.Format(time.DateOnly)
		}
	}
	return typed
}

// typedDate writes a stored date as people write it; what is no date stays.
func typedDate(iso string) string {
	if t, err := time.Parse(time.DateOnly, iso); err == nil {
		return t.Format("02-01-2006")
	}
	return iso
}

// clockTime reads a time as people write it, 10.00 or 10:00, and gives 10:00.
func clockTime(typed string) string {
	for _, layout := range []string{"15.04", "15:04", "15"} {
		if t, err := time.Parse(layout, strings.TrimSpace(strings.TrimSuffix(typed, "uur"))); err == nil {
			return t.Format("15:04")
		}
	}
	return typed
}
