package parts

import (
	"context"
	"io"
	"strings"

	"github.com/a-h/templ"
)

// sentence writes fragments without any space between them, which a template
// would add. Every text is escaped.
func sentence(fragments []Fragment) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		var b strings.Builder
		b.WriteString("“")
		for _, f := range fragments {
			text := templ.EscapeString(f.Text)
			if f.Mark {
				text = "<mark>" + text + "</mark>"
			}
			b.WriteString(text)
		}
		b.WriteString("”")
		_, err := io.WriteString(w, b.String())
		return err
	})
}
