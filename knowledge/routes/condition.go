package routes

import (
	"fmt"
	"slices"
	"strings"
)

// condition is a rule of the guide as the domain writes it: «1=nl en 4=a/b of
// 3!=loon», where «en» binds tighter than «of». The zero condition holds for
// nothing.
type condition []alternative

// alternative holds when all its terms hold.
type alternative []term

// term compares what is known under a name, such as question 4 or the row, with
// values. What is not known, such as a question that is not asked, equals none.
type term struct {
	name   string
	not    bool
	values []string
}

// always is the condition that asks nothing.
const always = "altijd"

func parseCondition(text string) (condition, error) {
	if text == always {
		return condition{nil}, nil
	}
	var c condition
	for _, one := range strings.Split(text, " of ") {
		var all alternative
		for _, t := range strings.Split(one, " en ") {
			parsed, err := parseTerm(t)
			if err != nil {
				return nil, fmt.Errorf("condition %q: %w", text, err)
			}
			all = append(all, parsed)
		}
		c = append(c, all)
	}
	return c, nil
}

func parseTerm(text string) (term, error) {
	name, values, ok := strings.Cut(text, "=")
	if !ok {
		return term{}, fmt.Errorf("%q compares nothing", text)
	}
	name, not := strings.CutSuffix(name, "!")
	t := term{name: name, not: not, values: strings.Split(values, "/")}
	if slices.Contains(t.values, "") || name == "" {
		return term{}, fmt.Errorf("%q lacks a name or a value", text)
	}
	return t, nil
}

func (c condition) holds(known func(name string) string) bool {
	return slices.ContainsFunc(c, func(all alternative) bool {
		return !slices.ContainsFunc(all, func(t term) bool { return slices.Contains(t.values, known(t.name)) == t.not })
	})
}

// check refuses a condition that speaks of a name or value that cannot be.
func (c condition) check(possible func(name, value string) bool) error {
	for _, all := range c {
		for _, t := range all {
			for _, v := range t.values {
				if !possible(t.name, v) {
					return fmt.Errorf("%s=%s cannot be", t.name, v)
				}
			}
		}
	}
	return nil
}

// UnmarshalText reads the condition from the data.
func (c *condition) UnmarshalText(text []byte) (err error) {
	*c, err = parseCondition(string(text))
	return err
}
