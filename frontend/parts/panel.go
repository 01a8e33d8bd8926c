package parts

import (
	"strconv"

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
