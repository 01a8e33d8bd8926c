// Package markdown turns what people typed into HTML that is safe to send.
//
// It is the only place that makes raw HTML: every other page comes from a
// template that escapes. There are two profiles: [Render] for messages and
// fields, [Article] for the knowledge base, which adds footnotes, callouts and
// links between articles. goldmark parses without any rule for raw HTML, so that
// tags come out as the text they are; the tree is then stripped of what may not
// be shown (images, odd schemes, alignment, for which HTML has no attribute
// left), and bluemonday is the second lock on the result. Before anything is
// parsed [Check] refuses the texts on which goldmark takes quadratic time.
//
// [ODT] walks the tree of an article too and writes an OpenDocument text; there
// is no second lock there, so what the tree holds must be harmless by itself.
//
// Headings go one level down, because the page itself holds the h1. Those of an
// article have ids that start with "kop-", so that no text can take the id of a
// part of the page; those of a message have none: a page holds many messages.
//
// The package stores nothing. It may import the standard library, goldmark,
// bluemonday, x/text and internal/fault.
package markdown

import (
	"bytes"
	"fmt"
	"strings"
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// HTML is sanitised HTML, made by [Render] and [Article] only; it may be written
// to a page as it is.
type HTML string

// engine is built once, at the first text: parsers, sanitiser and their regular
// expressions cost memory that a server at rest need not hold.
var engine = sync.OnceValue(func() goldmark.Markdown {
	return goldmark.New(
		goldmark.WithParser(parser.NewParser(
			parser.WithBlockParsers(blockParsers()...),
			parser.WithInlineParsers(inlineParsers()...),
			parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...),
			parser.WithASTTransformers(util.Prioritized(harmless{lower: 1}, 1000)),
		)),
		goldmark.WithExtensions(tables, extension.Strikethrough, extension.Linkify),
	)
})

// tables without alignment, for which HTML has no attribute left.
var tables = extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignNone))

// blockParsers and inlineParsers are goldmark's own but those for raw HTML.
func blockParsers() []util.PrioritizedValue {
	return []util.PrioritizedValue{
		util.Prioritized(parser.NewSetextHeadingParser(), 100),
		util.Prioritized(parser.NewThematicBreakParser(), 200),
		util.Prioritized(parser.NewListParser(), 300),
		util.Prioritized(parser.NewListItemParser(), 400),
		util.Prioritized(parser.NewCodeBlockParser(), 500),
		util.Prioritized(parser.NewATXHeadingParser(), 600),
		util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
		util.Prioritized(parser.NewBlockquoteParser(), 800),
		util.Prioritized(parser.NewParagraphParser(), 1000),
	}
}

func inlineParsers() []util.PrioritizedValue {
	return []util.PrioritizedValue{
		util.Prioritized(parser.NewCodeSpanParser(), 100),
		util.Prioritized(parser.NewLinkParser(), 200),
		util.Prioritized(parser.NewAutoLinkParser(), 300),
		util.Prioritized(parser.NewEmphasisParser(), 500),
	}
}

// Render returns source as sanitised HTML. It returns the error of [Check] when
// the text is refused. Safe for several goroutines.
func Render(source string) (HTML, error) {
	if err := Check(source); err != nil {
		return "", err
	}
	var out bytes.Buffer
	if err := engine().Convert(clean(source), &out); err != nil {
		return "", fmt.Errorf("render markdown: %w", err)
	}
	return HTML(policy().SanitizeBytes(out.Bytes())), nil
}

// Plain returns the words of source without its markup, on one line: for rows in
// a list and for the index. A text that [Check] refuses comes back with its
// markup. The result is text, not HTML. Safe for several goroutines.
func Plain(source string) string {
	if Check(source) != nil {
		return strings.Join(strings.Fields(strings.ToValidUTF8(source, "\uFFFD")), " ")
	}
	src := clean(source)
	return plain(engine().Parser().Parse(text.NewReader(src)), src)
}

func clean(source string) []byte {
	return []byte(strings.ToValidUTF8(source, "\uFFFD"))
}
