package markdown

import (
	"bufio"
	"bytes"
	"html"
	"strings"

	"github.com/yuin/goldmark/ast"
	renderer "github.com/yuin/goldmark/renderer/html"
)

// words gives what a reader sees of a piece of source: entities and escapes
// resolved just as in the HTML.
func words(value []byte, raw bool) string {
	if raw || !bytes.ContainsAny(value, "&\\\x00") {
		return string(value)
	}
	var out bytes.Buffer
	w := bufio.NewWriter(&out)
	renderer.DefaultWriter.Write(w, value)
	_ = w.Flush()
	return html.UnescapeString(out.String())
}

// plain gives the words below n, on one line.
func plain(n ast.Node, src []byte) string {
	var s strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		writePlain(&s, n, src, entering)
		return ast.WalkContinue, nil
	})
	return strings.Join(strings.Fields(s.String()), " ")
}

func writePlain(s *strings.Builder, n ast.Node, src []byte, entering bool) {
	if n.Type() == ast.TypeBlock {
		s.WriteByte(' ')
	}
	if !entering {
		return
	}
	switch n := n.(type) {
	case *ast.Text:
		s.WriteString(words(n.Value(src), n.IsRaw()))
		if n.SoftLineBreak() || n.HardLineBreak() {
			s.WriteByte(' ')
		}
	case *ast.String:
		s.WriteString(words(n.Value, n.IsRaw()))
	case *ast.AutoLink:
		s.Write(n.Label(src))
	case *wikilink:
		s.WriteString(n.Label)
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		s.Write(n.Lines().Value(src))
	}
}
