package markdown

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// callout is a kind of notice that stands out: a quote that starts with its
// mark, as in «> [!TIP]».
type callout struct{ class, head string }

var callouts = map[string]callout{
	"LET OP":  {"letop", "Let op"},
	"TIP":     {"tip", "Tip"},
	"TERMIJN": {"termijn", "Termijn"},
	"ONZEKER": {"onzeker", "Niet zeker"},
}

var calloutMark = regexp.MustCompile(`^[ \t]*\[!([A-Za-z ]{3,10})\][ \t]*`)

// calloutKey is the attribute of a quote that is a callout.
const calloutKey = "melding"

// calloutOf tells whether a quote is a callout, and which.
func calloutOf(n *ast.Blockquote) (callout, bool) {
	value, ok := n.AttributeString(calloutKey)
	if !ok {
		return callout{}, false
	}
	return value.(callout), true
}

// calloutParser takes the mark off the first line of a quote.
type calloutParser struct{}

func (calloutParser) Transform(p *ast.Paragraph, reader text.Reader, _ parser.Context) {
	quote, ok := p.Parent().(*ast.Blockquote)
	if !ok || quote.FirstChild() != ast.Node(p) || p.Lines().Len() == 0 {
		return
	}
	first := p.Lines().At(0)
	mark := calloutMark.FindSubmatch(first.Value(reader.Source()))
	if mark == nil {
		return
	}
	kind, ok := callouts[strings.ToUpper(string(mark[1]))]
	if !ok {
		return
	}
	quote.SetAttributeString(calloutKey, kind)
	first = text.NewSegment(first.Start+len(mark[0])-first.Padding, first.Stop)
	if len(strings.TrimSpace(string(first.Value(reader.Source())))) > 0 {
		p.Lines().Set(0, first)
		return
	}
	p.Lines().SetSliced(1, p.Lines().Len())
	if p.Lines().Len() == 0 {
		quote.RemoveChild(quote, p)
	}
}
