package knowledge

import (
	"fmt"
	"strings"

	"ruggespraak/internal/markdown"
)

// Advice is the fixed line under every article, on every paper.
const Advice = "Algemene informatie, geen juridisch advies. Bedragen en termijnen kunnen veranderen."

// ODT gives the article as an OpenDocument text: with its marks, what is not
// certain and its sources, and without a name of a person. base is the address
// of the site; lines are said above the text, such as when it was checked.
func (s *Seen) ODT(base string, lines ...string) ([]byte, error) {
	return markdown.ODT(s.whole(lines), markdown.ODTOptions{Title: s.Title, Base: base, Link: func(slug string) (string, string, bool) {
		for _, o := range s.around {
			if o.Slug == slug {
				return base + "/kennisbank/" + slug, o.Title, true
			}
		}
		return "", "", false
	}})
}

// whole is the text with all that the page shows around it, as Markdown.
func (s *Seen) whole(lines []string) string {
	var out strings.Builder
	fmt.Fprintf(&out, "%s\n\n", literal(s.Summary))
	for _, l := range lines {
		fmt.Fprintf(&out, "**%s**\n\n", literal(l))
	}
	out.WriteString(s.Text.Body)
	if len(s.Text.Unsure) > 0 {
		out.WriteString("\n\n## Niet zeker\n\n")
		for _, u := range s.Text.Unsure {
			fmt.Fprintf(&out, "- %s\n", literal(u))
		}
	}
	if len(s.Text.Sources) > 0 {
		out.WriteString("\n\n## Bronnen\n\n")
		for i, o := range s.Text.Sources {
			fmt.Fprintf(&out, "%d. %s\n", i+1, o.line())
		}
	}
	return out.String() + "\n" + Advice + "\n"
}

func (o Source) line() string {
	line := literal(o.Title)
	if o.URL != "" {
		line += " <" + o.URL + ">"
	}
	if o.Date != "" {
		line += " (" + literal(o.Date) + ")"
	}
	return line
}

// literal writes a plain text so that Markdown shows it as it is.
func literal(text string) string {
	var out strings.Builder
	for _, r := range strings.Join(strings.Fields(text), " ") {
		if strings.ContainsRune("\\`*_{}[]()<>#+-.!|~", r) {
			out.WriteByte('\\')
		}
		out.WriteRune(r)
	}
	return out.String()
}
