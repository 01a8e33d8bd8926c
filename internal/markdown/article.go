package markdown

import (
	"bytes"
	"fmt"
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// ArticleOptions says what an article can point at.
type ArticleOptions struct {
	// Link gives the address and the title of the article with this slug; not ok
	// when there is none for this reader. nil means that there are no articles.
	Link func(slug string) (href, title string, ok bool)
}

// Rendered is an article made ready once, to be stored and shown many times.
type Rendered struct {
	HTML     HTML
	Contents []Heading // the headings of level 2 and 3, in order
	Links    []string  // the slugs that the text points at, found or not, each once, in order
	Plain    string    // the words without markup, on one line: text, not HTML
}

// Heading is one line of a table of contents.
type Heading struct {
	Level int    // 2 or 3
	ID    string // of the element, starts with "kop-"
	Text  string // text, not HTML
}

// Article renders an article: what [Render] knows, and footnotes, callouts,
// links of the form [[slug]], [[slug|text]] or [[slug#heading]], and headings
// that never skip a level. A link to an article that is not there is shown as
// text with the class "kapot". It returns a fault of kind Invalid when the text
// is refused. Safe for several goroutines.
func Article(source string, o ArticleOptions) (Rendered, error) {
	tree, src, err := parseArticle(source, o.Link)
	if err != nil {
		return Rendered{}, err
	}
	r := Rendered{Contents: outline(tree, src), Links: slugs(tree), Plain: plain(tree, src)}
	var out bytes.Buffer
	if err := articleEngine().Renderer().Render(&out, src, tree); err != nil {
		return Rendered{}, fmt.Errorf("render article: %w", err)
	}
	r.HTML = HTML(articlePolicy().SanitizeBytes(out.Bytes()))
	return r, nil
}

var articleEngine = sync.OnceValue(func() goldmark.Markdown {
	return goldmark.New(
		goldmark.WithParser(parser.NewParser(
			parser.WithBlockParsers(blockParsers()...),
			parser.WithInlineParsers(append(inlineParsers(), util.Prioritized(wikilinkParser{}, 102))...),
			parser.WithParagraphTransformers(append(parser.DefaultParagraphTransformers(), util.Prioritized(calloutParser{}, 50))...),
			parser.WithASTTransformers(util.Prioritized(harmless{}, 1000)),
		)),
		goldmark.WithExtensions(tables, extension.Strikethrough, extension.Linkify, extension.Footnote),
		goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(articleRenderer{}, 100))),
	)
})

// parseArticle gives the tree that both renderers walk: harmless, its headings
// levelled and named, its links to other articles resolved.
func parseArticle(source string, link func(string) (string, string, bool)) (ast.Node, []byte, error) {
	if err := CheckArticle(source); err != nil {
		return nil, nil, err
	}
	src := clean(source)
	tree := articleEngine().Parser().Parse(text.NewReader(src))
	liftNotes(tree)
	nameHeadings(tree, src)
	resolve(tree, link)
	return tree, src, nil
}

// nameHeadings gives each heading its level below the page's own h1, none
// skipped whatever was typed, and its id. Headings without a word go.
func nameHeadings(tree ast.Node, src []byte) {
	ids := newHeadingIDs()
	var above []int // the typed levels of the headings that the current one is under
	for _, n := range every[*ast.Heading](tree) {
		words := plain(n, src)
		if words == "" {
			n.Parent().RemoveChild(n.Parent(), n)
			continue
		}
		for len(above) > 0 && above[len(above)-1] >= n.Level {
			above = above[:len(above)-1]
		}
		above = append(above, n.Level)
		n.Level = min(len(above)+1, 6)
		n.SetAttributeString("id", ids.Generate([]byte(words), ast.KindHeading))
	}
}

// outline lists the headings that a table of contents shows.
func outline(tree ast.Node, src []byte) []Heading {
	var contents []Heading
	for _, n := range every[*ast.Heading](tree) {
		if n.Level <= 3 {
			contents = append(contents, Heading{Level: n.Level, ID: headingID(n), Text: plain(n, src)})
		}
	}
	return contents
}

func headingID(n *ast.Heading) string {
	id, _ := n.AttributeString("id")
	return string(id.([]byte))
}

// every lists the nodes of one type below n, in the order of the text, so that
// the tree can be changed while they are visited.
func every[T ast.Node](n ast.Node) []T {
	var found []T
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if t, ok := n.(T); ok && entering {
			found = append(found, t)
		}
		return ast.WalkContinue, nil
	})
	return found
}
