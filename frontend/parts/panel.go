package parts

import (
	"strconv"
	"strings"

	"github.com/a-h/templ"
)

func orInt(n, otherwise int) int {
	if n == 0 {
		return otherwise
	}
	return n
}

func headingClass(o HeadingOptions) string {
	if o.Hidden {
		return "rs-hidden"
	}
	if o.Eyebrow {
		return "rs-eyebrow"
	}
	return "utrecht-heading-" + strconv.Itoa(orInt(o.Size, orInt(o.Level, 2)))
}

// stopped gives a sentence its full stop.
func stopped(sentence string) string {
	if sentence == "" || strings.ContainsAny(sentence[len(sentence)-1:], ".?!") {
		return sentence
	}
	return sentence + "."
}

func idAttr(id string) templ.Attributes {
	if id == "" {
		return nil
	}
	return templ.Attributes{"id": id}
}

func labelledBy(id string) templ.Attributes {
	if id == "" {
		return nil
	}
	return templ.Attributes{"aria-labelledby": id}
}
