package markdown_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// officeText makes an article at random: blocks in blocks, each word with a
// number, so that what is lost or moved is seen.
type officeText struct {
	r     *rand.Rand
	words int
}

func (o *officeText) article() string {
	var blocks []string
	for range 2 + o.r.IntN(8) {
		blocks = append(blocks, o.block(0))
	}
	return strings.Join(blocks, "\n\n")
}

func (o *officeText) word() string {
	o.words++
	forms := []string{"%s", "%s", "%s", "**%s**", "*%s ook*", "`%s`", "[%s](https://a.nl/x)", "%s  \nnieuw", "~~%s~~", "[[schadefonds|%s]]"}
	return fmt.Sprintf(forms[o.r.IntN(len(forms))], fmt.Sprintf("woord%d", o.words))
}

func (o *officeText) line() string {
	var words []string
	for range 1 + o.r.IntN(4) {
		words = append(words, o.word())
	}
	return strings.Join(words, " ")
}

// flat is a line for a heading or a cell.
func (o *officeText) flat() string {
	return strings.NewReplacer("  \n", " ", "|", `\|`).Replace(o.line())
}

func (o *officeText) row(columns int) string {
	row := "|"
	for range columns {
		row += " " + o.flat() + " |"
	}
	return row
}

func (o *officeText) block(depth int) string {
	kinds := 9
	if depth > 4 {
		kinds = 3
	}
	kind := o.r.IntN(kinds)
	switch {
	case kind == 2:
		return "```\n  code  x\n```"
	case kind == 3:
		return o.items(depth, "- ", "  ")
	case kind == 4:
		return o.items(depth, "1. ", "   ")
	case kind == 5:
		return "> " + shift(o.block(depth+1)+"\n\n"+o.block(depth+1), "> ")
	case kind == 6:
		return "> [!TIP]\n> " + shift(o.block(depth+1), "> ")
	case kind == 7:
		columns := 1 + o.r.IntN(4)
		return "\n" + o.row(columns) + "\n|" + strings.Repeat("---|", columns) + "\n" + o.row(columns) + "\n" + o.row(columns)
	case kind == 8 && depth == 0:
		return strings.Repeat("#", 1+o.r.IntN(5)) + " " + o.flat()
	default:
		return o.line()
	}
}

func (o *officeText) items(depth int, mark, indent string) string {
	var items []string
	for range 1 + o.r.IntN(3) {
		items = append(items, mark+shift(o.block(depth+1)+"\n\n"+o.block(depth+1), indent))
	}
	return strings.Join(items, "\n")
}

func shift(block, by string) string { return strings.ReplaceAll(block, "\n", "\n"+by) }
