package markdown

import (
	"fmt"
	"regexp"
	"slices"
	"sync"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// articlePolicy is the second lock for articles: what messages may hold, and no
// more than callouts, footnotes and broken links need.
var articlePolicy = sync.OnceValue(func() *bluemonday.Policy {
	p := basePolicy()
	p.AllowElements("div", "section", "sup", "span")
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^melding melding-(letop|tip|termijn|onzeker)$`)).OnElements("div")
	p.AllowAttrs("role").Matching(regexp.MustCompile(`^note$`)).OnElements("div")
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^melding-kop$`)).OnElements("p")
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^kapot$`)).OnElements("span")
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^voetnoten$`)).OnElements("section")
	p.AllowAttrs("role").Matching(regexp.MustCompile(`^doc-endnotes$`)).OnElements("section")
	p.AllowAttrs("aria-label").Matching(regexp.MustCompile(`^Voetnoten$`)).OnElements("section")
	p.AllowAttrs("id").Matching(regexp.MustCompile(`^noot-\d+$`)).OnElements("li")
	p.AllowAttrs("id").Matching(regexp.MustCompile(`^bij-noot-\d+(-\d+)?$`)).OnElements("a")
	p.AllowAttrs("role").Matching(regexp.MustCompile(`^doc-(noteref|backlink)$`)).OnElements("a")
	p.AllowAttrs("aria-label").Matching(regexp.MustCompile(`^(Voetnoot \d+|Terug naar de tekst bij voetnoot \d+( \(\d+\))?)$`)).OnElements("a")
	p.RequireNoFollowOnFullyQualifiedLinks(true)
	return p
})

// articleRenderer writes what goldmark has no HTML for, or other HTML.
type articleRenderer struct{}

func (articleRenderer) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(kindWikilink, onEnter(writeWikilink))
	reg.Register(ast.KindBlockquote, writeQuote)
	reg.Register(extast.KindFootnoteLink, onEnter(writeNoteLink))
	reg.Register(extast.KindFootnoteBacklink, onEnter(writeBacklink))
	reg.Register(extast.KindFootnote, writeNote)
	reg.Register(extast.KindFootnoteList, writeNotes)
}

func onEnter(write func(w util.BufWriter, n ast.Node)) renderer.NodeRendererFunc {
	return func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			write(w, n)
		}
		return ast.WalkContinue, nil
	}
}

func writeWikilink(w util.BufWriter, n ast.Node) {
	link := n.(*wikilink)
	words := util.EscapeHTML([]byte(link.Label))
	switch {
	case link.Href != "":
		fmt.Fprintf(w, `<a href="%s">%s</a>`, util.EscapeHTML(util.URLEscape([]byte(link.Href), false)), words)
	case insideLink(link):
		_, _ = w.Write(words)
	default:
		fmt.Fprintf(w, `<span class="kapot">%s</span>`, words)
	}
}

func writeQuote(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	kind, ok := calloutOf(n.(*ast.Blockquote))
	switch {
	case ok && entering:
		fmt.Fprintf(w, "<div class=\"melding melding-%s\" role=\"note\">\n<p class=\"melding-kop\">%s</p>\n", kind.class, kind.head)
	case ok:
		_, _ = w.WriteString("</div>\n")
	case entering:
		_, _ = w.WriteString("<blockquote>\n")
	default:
		_, _ = w.WriteString("</blockquote>\n")
	}
	return ast.WalkContinue, nil
}

func writeNoteLink(w util.BufWriter, n ast.Node) {
	link := n.(*extast.FootnoteLink)
	fmt.Fprintf(w, `<sup><a href="#noot-%d" id="%s" role="doc-noteref" aria-label="Voetnoot %[1]d">%[1]d</a></sup>`,
		link.Index, backlinkID(link.Index, link.RefIndex))
}

func writeBacklink(w util.BufWriter, n ast.Node) {
	link := n.(*extast.FootnoteBacklink)
	which := ""
	if link.RefIndex > 0 {
		which = fmt.Sprintf(" (%d)", link.RefIndex+1)
	}
	fmt.Fprintf(w, ` <a href="#%s" role="doc-backlink" aria-label="Terug naar de tekst bij voetnoot %d%s">↩</a>`,
		backlinkID(link.Index, link.RefIndex), link.Index, which)
}

// backlinkID is the id of the place in the text that points at a footnote.
func backlinkID(index, ref int) string {
	if ref == 0 {
		return fmt.Sprintf("bij-noot-%d", index)
	}
	return fmt.Sprintf("bij-noot-%d-%d", index, ref+1)
}

func writeNote(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		_, _ = w.WriteString("</li>\n")
		return ast.WalkContinue, nil
	}
	fmt.Fprintf(w, "<li id=\"noot-%d\">\n", n.(*extast.Footnote).Index)
	return ast.WalkContinue, nil
}

func writeNotes(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.WriteString("<section class=\"voetnoten\" role=\"doc-endnotes\" aria-label=\"Voetnoten\">\n<hr>\n<ol>\n")
		return ast.WalkContinue, nil
	}
	_, _ = w.WriteString("</ol>\n</section>\n")
	return ast.WalkContinue, nil
}

// liftNotes takes the mark of a footnote out of the link that it stands in:
// HTML knows no link in a link.
func liftNotes(tree ast.Node) {
	for _, n := range slices.Backward(every[*extast.FootnoteLink](tree)) {
		var outer ast.Node
		for p := n.Parent(); p != nil; p = p.Parent() {
			if p.Kind() == ast.KindLink {
				outer = p
			}
		}
		if outer != nil {
			n.Parent().RemoveChild(n.Parent(), n)
			outer.Parent().InsertAfter(outer.Parent(), outer, n)
		}
	}
}
