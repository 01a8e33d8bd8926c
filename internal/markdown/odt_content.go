package markdown

import (
	"encoding/xml"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
)

// odtWriter writes the body of an OpenDocument text while it walks the tree. A
// list item may hold paragraphs, headings and lists only; a table in one stands
// between two halves of the list.
type odtWriter struct {
	strings.Builder
	src     []byte
	o       ODTOptions
	style   string    // of paragraphs here
	looks   []string  // character styles that are on
	lists   []odtList // that are open, outermost first
	kinds   []string  // of lists that need a style
	tables  int       // so far
	notes   map[int]*extast.Footnote
	written map[int]bool // notes that have their text
	counted int          // notes that the office program numbers by itself
	inNote  bool
	waiting []int // notes that only another note points at
}

// odtList is a list that is open: the element that its current item is, and the
// kind of it and of the lists within it, outermost first, a letter each: bullets
// or numbers.
type odtList struct{ item, kinds string }

const (
	bullets = 'b'
	numbers = 'n'
)

// kindsOf tells of n and of the first list at each level within it.
func kindsOf(n *ast.List) string {
	kinds := string(bullets)
	if n.IsOrdered() {
		kinds = string(numbers)
	}
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		for child := item.FirstChild(); child != nil; child = child.NextSibling() {
			if inner, ok := child.(*ast.List); ok {
				return kinds + kindsOf(inner)
			}
		}
	}
	return kinds
}

func newODTWriter(src []byte, o ODTOptions) *odtWriter {
	return &odtWriter{src: src, o: o, style: "Text_20_body", notes: map[int]*extast.Footnote{}, written: map[int]bool{}}
}

// document gives all of content.xml.
func (w *odtWriter) document(tree ast.Node) string {
	for _, n := range every[*extast.Footnote](tree) {
		w.notes[n.Index] = n
	}
	if w.o.Title != "" {
		w.WriteString(`<text:h text:style-name="Heading_20_1" text:outline-level="1">`)
		w.text(w.o.Title)
		w.WriteString("</text:h>\n")
	}
	w.blocks(tree)
	return strings.NewReplacer("{lists}", odtLists(w.kinds), "{text}", w.String()).Replace(odtContent)
}

func (w *odtWriter) blocks(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		w.block(n)
	}
}

func (w *odtWriter) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Heading:
		fmt.Fprintf(w, `<text:h text:style-name="Heading_20_%d" text:outline-level="%[1]d"><text:bookmark text:name="%s"/>`, n.Level, headingID(n))
		w.inlines(n)
		w.WriteString("</text:h>\n")
	case *ast.Paragraph, *ast.TextBlock:
		w.paragraph(w.style, func() { w.inlines(n) })
	case *ast.ThematicBreak:
		w.paragraph("Horizontal_20_Line", func() {})
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		w.paragraph("Preformatted_20_Text", func() { w.code(n) })
	case *ast.Blockquote:
		w.quote(n)
	case *ast.List:
		w.list(n)
	case *extast.Table:
		w.table(n)
	case *extast.FootnoteList: // each note stands where it is pointed at
	default:
		w.blocks(n)
	}
}

func (w *odtWriter) paragraph(style string, inside func()) {
	fmt.Fprintf(w, `<text:p text:style-name="%s">`, style)
	inside()
	w.WriteString("</text:p>\n")
}

// within writes with another style for paragraphs.
func (w *odtWriter) within(style string, inside func()) {
	before := w.style
	w.style = style
	inside()
	w.style = before
}

func (w *odtWriter) quote(n *ast.Blockquote) {
	kind, ok := calloutOf(n)
	if !ok {
		w.within("Quotations", func() { w.blocks(n) })
		return
	}
	w.paragraph("Melding_20_kop", func() { w.text(kind.head) })
	w.within("Melding", func() { w.blocks(n) })
}

func (w *odtWriter) list(n *ast.List) {
	w.openList(w.kindsAt(n), "")
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		w.lists[len(w.lists)-1].item = "text:list-item"
		w.WriteString("<text:list-item")
		if n.IsOrdered() && item == n.FirstChild() && n.Start != 1 {
			fmt.Fprintf(w, ` text:start-value="%d"`, n.Start)
		}
		w.WriteString(">")
		if unmarked(item) {
			w.paragraph(w.style, func() {})
		}
		w.blocks(item)
		fmt.Fprintf(w, "</%s>\n", w.lists[len(w.lists)-1].item)
	}
	w.lists = w.lists[:len(w.lists)-1]
	w.WriteString("</text:list>\n")
}

// unmarked tells whether an item does not start with a paragraph, at which office
// programs put the bullet or number.
func unmarked(item ast.Node) bool {
	switch first := item.FirstChild().(type) {
	case nil, *ast.List, *extast.Table:
		return true
	case *ast.Blockquote:
		_, isCallout := calloutOf(first)
		return !isCallout && unmarked(first)
	default:
		return false
	}
}

// kindsAt gives the kinds of the outermost open list with those of n where n
// stands. The levels of one list share a style, or office programs take them
// for several lists.
func (w *odtWriter) kindsAt(n *ast.List) string {
	if len(w.lists) == 0 {
		return kindsOf(n)
	}
	outer, level := w.lists[len(w.lists)-1].kinds, len(w.lists)
	if own := kindsOf(n); level >= len(outer) || outer[level] != own[0] {
		return outer[:level] + own
	}
	return outer
}

// openList opens a list within those that are open. It names its style when that
// differs from the one around it.
func (w *odtWriter) openList(kinds, attributes string) {
	w.WriteString("<text:list")
	if len(w.lists) == 0 || w.lists[len(w.lists)-1].kinds != kinds {
		fmt.Fprintf(w, ` text:style-name="Lijst_%s"`, kinds)
		if !slices.Contains(w.kinds, kinds) {
			w.kinds = append(w.kinds, kinds)
		}
	}
	w.WriteString(attributes + ">\n")
	w.lists = append(w.lists, odtList{kinds: kinds})
}

// outOfLists closes the open lists, writes, and opens them again where they were.
func (w *odtWriter) outOfLists(inside func()) {
	lists := w.lists
	for _, l := range slices.Backward(lists) {
		fmt.Fprintf(w, "</%s></text:list>\n", l.item)
	}
	w.lists = nil
	inside()
	for i, l := range lists {
		w.openList(l.kinds, ` text:continue-numbering="true"`)
		w.lists[i].item = "text:list-header"
		w.WriteString("<text:list-header>")
	}
}

func (w *odtWriter) table(n *extast.Table) {
	if w.inNote {
		w.flatTable(n)
		return
	}
	w.outOfLists(func() {
		w.tables++
		fmt.Fprintf(w, `<table:table table:name="Tabel %d" table:style-name="Tabel">`+"\n", w.tables)
		fmt.Fprintf(w, `<table:table-column table:number-columns-repeated="%d"/>`+"\n", max(1, n.FirstChild().ChildCount()))
		for row := n.FirstChild(); row != nil; row = row.NextSibling() {
			w.row(row)
		}
		w.WriteString("</table:table>\n")
	})
}

func (w *odtWriter) row(row ast.Node) {
	start, style, end := "<table:table-row>", "Table_20_Contents", "</table:table-row>\n"
	if row.Kind() == extast.KindTableHeader {
		start, style, end = "<table:table-header-rows>"+start, "Table_20_Heading", "</table:table-row></table:table-header-rows>\n"
	}
	w.WriteString(start)
	for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
		w.WriteString(`<table:table-cell table:style-name="Cel" office:value-type="string">`)
		w.paragraph(style, func() { w.inlines(cell) })
		w.WriteString("</table:table-cell>")
	}
	w.WriteString(end)
}

// flatTable writes a table as lines: a footnote cannot hold another.
func (w *odtWriter) flatTable(n *extast.Table) {
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		w.paragraph(w.style, func() {
			for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
				w.inlines(cell)
				if cell.NextSibling() != nil {
					w.text(" | ")
				}
			}
		})
	}
}

func (w *odtWriter) inlines(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		w.inline(n)
	}
}

func (w *odtWriter) inline(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		w.text(words(n.Value(w.src), n.IsRaw()))
		switch {
		case n.HardLineBreak():
			w.WriteString("<text:line-break/>")
		case n.SoftLineBreak():
			w.text(" ")
		}
	case *ast.String:
		w.text(words(n.Value, n.IsRaw()))
	case *ast.CodeSpan:
		w.look("Source_20_Text", func() { w.inlines(n) })
	case *ast.Emphasis:
		w.look([]string{"Emphasis", "Strong_20_Emphasis"}[n.Level-1], func() { w.inlines(n) })
	case *extast.Strikethrough:
		w.look("Doorgehaald", func() { w.inlines(n) })
	case *ast.Link:
		w.link(string(util.URLEscape(n.Destination, true)), func() { w.inlines(n) })
	case *ast.AutoLink:
		w.link(string(util.URLEscape([]byte(autoAddress(n, w.src)), false)), func() { w.text(string(n.Label(w.src))) })
	case *wikilink:
		w.link(n.Href, func() { w.text(n.Label) })
	case *extast.FootnoteLink:
		w.note(n.Index)
	case *extast.FootnoteBacklink: // the office program makes its own
	default:
		w.inlines(n)
	}
}

// look writes with a character style, once however often it is asked for.
func (w *odtWriter) look(style string, inside func()) {
	if slices.Contains(w.looks, style) {
		inside()
		return
	}
	fmt.Fprintf(w, `<text:span text:style-name="%s">`, style)
	w.looks = append(w.looks, style)
	inside()
	w.looks = w.looks[:len(w.looks)-1]
	w.WriteString("</text:span>")
}

// link writes a link to a whole address or to a heading in this text, and text
// otherwise.
func (w *odtWriter) link(href string, inside func()) {
	if strings.HasPrefix(href, "/") && w.o.Base != "" {
		href = strings.TrimSuffix(w.o.Base, "/") + href
	}
	if u, err := url.Parse(href); err != nil || u.Scheme == "" && !strings.HasPrefix(href, "#") {
		inside()
		return
	}
	fmt.Fprintf(w, `<text:a xlink:type="simple" xlink:href="%s" text:style-name="Internet_20_link" text:visited-style-name="Internet_20_link">`, escapeXML(href))
	inside()
	w.WriteString("</text:a>")
}

// note writes a footnote at its first mark, and a reference to it at the others.
// A note holds no note: one that only notes point at follows the one it is in.
func (w *odtWriter) note(index int) {
	n := w.notes[index]
	switch {
	case n == nil:
		return
	case w.inNote:
		fmt.Fprintf(w, `<text:span text:style-name="Footnote_20_anchor">%d</text:span>`, index)
		w.waiting = append(w.waiting, index)
		return
	case w.written[index]:
		fmt.Fprintf(w, `<text:span text:style-name="Footnote_20_anchor"><text:note-ref text:note-class="footnote" text:reference-format="text" text:ref-name="noot-%d">%[1]d</text:note-ref></text:span>`, index)
		return
	}
	w.written[index] = true
	label := ""
	if index == w.counted+1 {
		w.counted++ // as the office program will number it
	} else {
		label = fmt.Sprintf(` text:label="%d"`, index)
	}
	fmt.Fprintf(w, `<text:note text:id="noot-%d" text:note-class="footnote"><text:note-citation%s>%[1]d</text:note-citation><text:note-body>`, index, label)
	w.noteText(n)
	w.WriteString("</text:note-body></text:note>")
	waiting := w.waiting
	w.waiting = nil
	for _, i := range waiting {
		if !w.written[i] {
			w.note(i)
		}
	}
}

func (w *odtWriter) noteText(n *extast.Footnote) {
	lists, looks := w.lists, w.looks
	w.inNote, w.lists, w.looks = true, nil, nil
	w.within("Footnote", func() {
		if !n.HasChildren() {
			w.paragraph(w.style, func() {})
		}
		w.blocks(n)
	})
	w.inNote, w.lists, w.looks = false, lists, looks
}

// code keeps each space, tab and line of a block of code.
func (w *odtWriter) code(n ast.Node) {
	text := strings.TrimSuffix(string(n.Lines().Value(w.src)), "\n")
	for part := range strings.SplitAfterSeq(text, "\n") {
		line, broken := strings.CutSuffix(part, "\n")
		w.codeLine(line)
		if broken {
			w.WriteString("<text:line-break/>")
		}
	}
}

func (w *odtWriter) codeLine(line string) {
	for line != "" {
		spaces := len(line) - len(strings.TrimLeft(line, " "))
		switch {
		case spaces > 0:
			fmt.Fprintf(w, `<text:s text:c="%d"/>`, spaces)
			line = line[spaces:]
		case line[0] == '\t':
			w.WriteString("<text:tab/>")
			line = line[1:]
		default:
			end := strings.IndexAny(line+" ", " \t")
			w.text(line[:end])
			line = line[end:]
		}
	}
}

func (w *odtWriter) text(s string) { w.WriteString(escapeXML(s)) }

func escapeXML(s string) string {
	var out strings.Builder
	_ = xml.EscapeText(&out, []byte(s))
	return out.String()
}
