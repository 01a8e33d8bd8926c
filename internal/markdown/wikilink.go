package markdown

import (
	"bytes"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

var kindWikilink = ast.NewNodeKind("Wikilink")

// wikilink is a link to another article, by its slug.
type wikilink struct {
	ast.BaseInline
	Slug    string
	Heading string // id of a heading in that article, or empty
	Label   string // what is shown: as typed, or the title of the article
	Href    string // empty when there is no such article
}

func (n *wikilink) Kind() ast.NodeKind         { return kindWikilink }
func (n *wikilink) Dump(src []byte, level int) { ast.DumpHelper(n, src, level, nil, nil) }

// maxWikilink bounds how far the closing brackets are looked for.
const maxWikilink = 300 // bytes

type wikilinkParser struct{}

func (wikilinkParser) Trigger() []byte { return []byte{'['} }

// Parse reads [[slug]], [[slug|text]], [[slug#heading]] and
// [[slug#heading|text]]. In a table the bar is typed as \|. What is typed for
// the slug may be the title: it is folded as a heading is.
func (wikilinkParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, _ := block.PeekLine()
	line, open := bytes.CutPrefix(line[:min(len(line), maxWikilink)], []byte("[["))
	inner, _, closed := strings.Cut(string(line), "]]")
	if !open || !closed || strings.ContainsAny(inner, "[]\n") {
		return nil
	}
	target, label, _ := strings.Cut(strings.Replace(inner, `\|`, "|", 1), "|")
	name, heading, _ := strings.Cut(target, "#")
	n := &wikilink{Slug: fold(name), Label: strings.TrimSpace(label)}
	if n.Slug == "" {
		return nil
	}
	if heading = fold(strings.TrimPrefix(heading, "kop-")); heading != "" {
		n.Heading = "kop-" + heading
	}
	if n.Label == "" && n.Slug != name {
		n.Label = strings.TrimSpace(name)
	}
	block.Advance(len(inner) + len("[[]]"))
	return n
}

// resolve looks up what the links between articles point at.
func resolve(tree ast.Node, link func(string) (string, string, bool)) {
	for _, n := range every[*wikilink](tree) {
		href, title, ok := lookUp(link, n.Slug)
		if n.Label == "" {
			n.Label = title
		}
		if !ok || !allowedAddress(href) || insideLink(n) {
			continue
		}
		n.Href = href
		if n.Heading != "" {
			n.Href += "#" + n.Heading
		}
	}
}

func lookUp(link func(string) (string, string, bool), slug string) (href, title string, ok bool) {
	if link != nil {
		href, title, ok = link(slug)
	}
	if !ok || title == "" {
		title = slug
	}
	return href, title, ok
}

// slugs lists what the links between articles point at, each once.
func slugs(tree ast.Node) []string {
	var found []string
	seen := map[string]bool{}
	for _, n := range every[*wikilink](tree) {
		if !seen[n.Slug] {
			seen[n.Slug] = true
			found = append(found, n.Slug)
		}
	}
	return slices.Clip(found)
}
