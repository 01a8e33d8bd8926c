package markdown

import (
	"html"
	"net/url"
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

// Replace writes with wherever find sees something in the words of rendered
// HTML, also where markup divides it. A tag in which find sees something, as in
// an address, loses what stands in it. Nothing is parsed: in sanitised HTML a
// "<" begins a tag and a ">" ends it.
func Replace(rendered HTML, find func(words string) [][2]int, with string) HTML {
	var words strings.Builder
	eachPiece(rendered, func(tag, text string) { words.WriteString(html.UnescapeString(text)) })
	spans := find(words.String())
	var out strings.Builder
	at := 0
	eachPiece(rendered, func(tag, text string) {
		if bare, _, more := strings.Cut(tag, " "); more && len(find(unescaped(tag))) > 0 {
			tag = bare + ">"
		}
		out.WriteString(tag)
		plain := html.UnescapeString(text)
		end := at + len(plain)
		var shown string
		for len(spans) > 0 && spans[0][0] < end {
			if spans[0][0] >= at {
				shown += words.String()[at:spans[0][0]] + with
			}
			if at = min(spans[0][1], end); at < spans[0][1] {
				break // it goes on behind a tag
			}
			spans = spans[1:]
		}
		if shown += words.String()[at:end]; shown == plain {
			shown = text
		} else {
			shown = html.EscapeString(shown)
		}
		out.WriteString(shown)
		at = end
	})
	return HTML(out.String())
}

// eachPiece gives each tag, from < to >, and the text behind it; before the first
// tag and behind the last may be none.
func eachPiece(rendered HTML, do func(tag, text string)) {
	for rest := string(rendered); rest != ""; {
		tag := ""
		if rest[0] == '<' {
			inside, behind, _ := strings.Cut(rest, ">")
			tag, rest = inside+">", behind
		}
		n := strings.IndexByte(rest, '<')
		if n < 0 {
			n = len(rest)
		}
		do(tag, rest[:n])
		rest = rest[n:]
	}
}

// unescaped is a tag as one reads what stands in it.
func unescaped(tag string) string {
	tag = html.UnescapeString(tag)
	if read, err := url.PathUnescape(tag); err == nil {
		return read
	}
	return tag
}
