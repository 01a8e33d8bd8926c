package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// document makes one text: some places, each filled with changed vectors.
func document(r *rand.Rand) string {
	var s strings.Builder
	for range 1 + r.IntN(6) {
		s.WriteString(pick(r, between))
		s.WriteString(fill(r, pick(r, places)))
	}
	s.WriteString("\n")
	return s.String()
}

var between = []string{"", " ", "\n", "\n\n", "\n\n", "\n\n", "\n\n", "\n\n", "> ", "\n> ", "\n- ", "\n    ", "|", "\t", "*", "[", "](", "`", "<"}

// fill puts a vector in each %s, at times a place in a place.
func fill(r *rand.Rand, place string) string {
	parts := strings.Split(strings.ReplaceAll(place, "%%", "%"), "%s")
	for i := range parts[:len(parts)-1] {
		inside := change(r, pick(r, vectors))
		if r.IntN(8) == 0 {
			inside = fill(r, pick(r, places))
		}
		parts[i] += inside
	}
	return strings.Join(parts, "")
}

// change leaves one vector in three as it is.
func change(r *rand.Rand, v string) string {
	for range r.IntN(3) {
		v = changes[r.IntN(len(changes))](r, v)
	}
	return v
}

var changes = []func(*rand.Rand, string) string{
	func(r *rand.Rand, v string) string { // another case
		return strings.Map(func(c rune) rune {
			if r.IntN(2) == 0 && c < 0x80 {
				return []rune(strings.ToUpper(string(c)))[0]
			}
			return c
		}, v)
	},
	func(r *rand.Rand, v string) string { // one character as an entity
		return at(r, v, func(c string) string {
			return fmt.Sprintf(pick(r, []string{"&#%d;", "&#x%x;", "&#%d", "&#0000%d;"}), []rune(c)[0])
		})
	},
	func(r *rand.Rand, v string) string { // one character as in an address
		return at(r, v, func(c string) string { return fmt.Sprintf("%%%02X", c[0]) })
	},
	func(r *rand.Rand, v string) string { // one character as in a script
		return at(r, v, func(c string) string { return fmt.Sprintf(`\u%04x`, []rune(c)[0]) })
	},
	func(r *rand.Rand, v string) string { // something unseen
		return at(r, v, func(c string) string { return c + pick(r, unseen) })
	},
	func(r *rand.Rand, v string) string { // markup
		return at(r, v, func(c string) string { return c + pick(r, markup) })
	},
	func(r *rand.Rand, v string) string { // one character gone
		return at(r, v, func(string) string { return "" })
	},
	func(r *rand.Rand, v string) string { // cut short
		c := []rune(v)
		return string(c[:r.IntN(len(c)+1)])
	},
	func(r *rand.Rand, v string) string { return v + v },
	func(r *rand.Rand, v string) string { // one in another
		c := []rune(v)
		cut := r.IntN(len(c) + 1)
		return string(c[:cut]) + pick(r, vectors) + string(c[cut:])
	},
	func(_ *rand.Rand, v string) string {
		return strings.NewReplacer(`"`, "'", "'", "`", "`", `"`).Replace(v)
	},
	func(_ *rand.Rand, v string) string {
		return strings.NewReplacer("<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(v)
	},
	func(_ *rand.Rand, v string) string {
		return strings.NewReplacer("<", `\<`, ">", `\>`, "(", `\(`, ")", `\)`).Replace(v)
	},
	func(r *rand.Rand, v string) string { return strings.ReplaceAll(v, " ", pick(r, unseen)) },
	func(r *rand.Rand, v string) string { return strings.ReplaceAll(v, ":", pick(r, colons)) },
	func(r *rand.Rand, v string) string { return pick(r, unseen) + v },
}

var (
	unseen = []string{"\t", "\n", "\r", "\f", "\v", "\x00", "\x01", "\x1b", "\u00a0", "\u200b", "\u202e", "\u2028", "\ufeff", "\u00ad", "/", "/**/", "&Tab;", "&NewLine;", "&nbsp;", "&#0;", "&ZeroWidthSpace;", "\xff"}
	markup = []string{"*", "_", "`", "~~", "[", "]", "(", ")", "](", "[[", "]]", "|", `\|`, `\`, "<", ">", "<!--", "-->", "\n\n", "\n> ", "\n- ", "\n# ", "&", "&amp;", "![", "[^1]", "**x**", "https://a.nl", "<a@b.nl>"}
	colons = []string{"&colon;", "&#58;", "&#x3A;", "%3A", `\:`, "：", ":&Tab;", "&Tab;:"}
)

// at changes one character of v.
func at(r *rand.Rand, v string, f func(string) string) string {
	c := []rune(v)
	if len(c) == 0 {
		return v
	}
	i := r.IntN(len(c))
	return string(c[:i]) + f(string(c[i])) + string(c[i+1:])
}

func pick(r *rand.Rand, from []string) string { return from[r.IntN(len(from))] }
