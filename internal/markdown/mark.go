package markdown

import (
	"html"
	"strings"
)

// Slug folds words into an address, as the ids of headings are made: «Één
// regio» becomes «een-regio». It may be empty.
func Slug(words string) string { return fold(words) }

// MarkLinks writes a note after each link of rendered HTML whose address, up to
// its heading, is in notes: what has become true of the other page since. Nothing
// is parsed: an anchor of ours holds no anchor.
func MarkLinks(rendered HTML, notes map[string]string) HTML {
	if len(notes) == 0 {
		return rendered
	}
	var out strings.Builder
	rest := string(rendered)
	for {
		before, after, found := strings.Cut(rest, `<a href="`)
		if !found {
			out.WriteString(rest)
			return HTML(out.String())
		}
		address, _, _ := strings.Cut(after, `"`)
		address, _, _ = strings.Cut(address, "#")
		anchor, following, _ := strings.Cut(after, `</a>`)
		out.WriteString(before + `<a href="` + anchor + `</a>`)
		if note, ok := notes[html.UnescapeString(address)]; ok {
			out.WriteString(` <span class="verlopen">` + html.EscapeString(note) + `</span>`)
		}
		rest = following
	}
}
