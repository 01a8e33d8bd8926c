package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// shape is a text made by repetition: head, unit times, tail make one block, and
// blocks fill the text.
type shape struct {
	head, unit, tail string
	times            int
}

func (s shape) String() string {
	return fmt.Sprintf("%q + %d x %q + %q", s.head, s.times, s.unit, s.tail)
}

// text fills size bytes, at least one block.
func (s shape) text(size int) string {
	block := s.head + strings.Repeat(s.unit, s.times) + s.tail
	return strings.Repeat(block, max(1, size/max(1, len(block))))
}

// shorter has shorter blocks.
func (s shape) shorter() shape {
	s.times = s.times * 3 / 4
	return s
}

// tokens are what Markdown gives a meaning to, and what its parsers stumble on.
var tokens = strings.Split("a| |\n|\n\n|*|**|_|__|~~|`|``|[|]|(|)|![|](|][|]:|](a)|](<|[[|]]|[^|[^1]|[^1]: |[a]: b|<|>|<a@b|<http://a|"+
	"http://a.nl|www.a.nl|a@b.nl|mailto:|:|/|.|\"|'|&|&amp;|&#1;|\\|\\\n|  \n|- |* |+ |1. |2) |- - |> |> > |# |###### |===\n|---\n|***\n|```\n|~~~\n|    |\t|"+
	"é|\x00|\r|\xff|\u00a0|> [!TIP]\n|[!TIP]|{#a}|<!--|aaaaaaaaaaaaaaaa|a.a.a.a|[a](b)|*a*|[[a\\", "|")

func init() { tokens = append(tokens, "|", "|a|b|\n|-|-|\n", "|a|\n|-|\n", "\\|", "|-|-|\n", "`\\|`") }

func word(r *rand.Rand, most int) string {
	var s strings.Builder
	for range r.IntN(most + 1) {
		s.WriteString(tokens[r.IntN(len(tokens))])
	}
	return s.String()
}

// random makes a new shape.
func random(r *rand.Rand) shape {
	tail := word(r, 1)
	if r.IntN(3) > 0 {
		tail += "\n\n"
	}
	return shape{word(r, 2), tokens[r.IntN(len(tokens))] + word(r, 3), tail, times(r)}
}

// change makes a shape like s.
func change(r *rand.Rand, s shape) shape {
	switch r.IntN(7) {
	case 0:
		s.head = word(r, 2)
	case 1:
		s.tail = word(r, 1) + "\n\n"
	case 2:
		s.unit += tokens[r.IntN(len(tokens))]
	case 3:
		s.unit = tokens[r.IntN(len(tokens))] + s.unit
	case 4:
		cut := r.IntN(len(s.unit) + 1)
		s.unit = s.unit[:cut] + tokens[r.IntN(len(tokens))] + s.unit[cut:]
	case 5:
		if len(s.unit) > 1 {
			cut := r.IntN(len(s.unit))
			s.unit = s.unit[:cut] + s.unit[cut+1:]
		}
	default:
		s.times = times(r)
	}
	return s
}

func times(r *rand.Rand) int {
	return 1 + r.IntN([]int{1, 10, 100, 1000, 10_000, 100_000}[r.IntN(6)])
}
