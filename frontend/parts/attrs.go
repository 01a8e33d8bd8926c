package parts

import (
	"strconv"
	"strings"

	"github.com/a-h/templ"
)

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// nth is the id of a choice: the first carries the group's own.
func nth(id string, i int) string {
	if i == 0 {
		return id
	}
	return id + "-" + strconv.Itoa(i+1)
}

// describe ties a control to its help and error.
func describe(id, help, err, more string) templ.Attributes {
	attrs := describeGroup(id, help, err)
	if more != "" {
		attrs["aria-describedby"] = strings.TrimSpace(attrString(attrs, "aria-describedby") + " " + more)
	}
	if err != "" {
		attrs["aria-invalid"] = "true"
	}
	return attrs
}

// describeGroup ties a fieldset to its help and error; a group has no aria-invalid.
func describeGroup(id, help, err string) templ.Attributes {
	var ids []string
	if help != "" {
		ids = append(ids, id+"-h")
	}
	if err != "" {
		ids = append(ids, id+"-f")
	}
	attrs := templ.Attributes{}
	if len(ids) > 0 {
		attrs["aria-describedby"] = strings.Join(ids, " ")
	}
	return attrs
}

func attrString(attrs templ.Attributes, name string) string {
	s, _ := attrs[name].(string)
	return s
}
