package markdown_test

import (
	"regexp"
	"testing"

	"ruggespraak/internal/markdown"
)

func TestMarkLinks(t *testing.T) {
	notes := map[string]string{"/kennisbank/oud": "(nakijken & bellen)"}
	for _, tc := range []struct{ name, text, want string }{
		{"old", `<p><a href="/kennisbank/oud">Oud</a>, en</p>`, `<p><a href="/kennisbank/oud">Oud</a> <span class="verlopen">(nakijken &amp; bellen)</span>, en</p>`},
		{"at a heading", `<a href="/kennisbank/oud#kop-a">Oud</a>`, `<a href="/kennisbank/oud#kop-a">Oud</a> <span class="verlopen">(nakijken &amp; bellen)</span>`},
		{"another", `<a href="/kennisbank/oude">Ander</a>`, `<a href="/kennisbank/oude">Ander</a>`},
		{"none", `<p>Geen link</p>`, `<p>Geen link</p>`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := markdown.MarkLinks(markdown.HTML(tc.text), notes); string(got) != tc.want {
				t.Errorf("MarkLinks(%q) = %q, want %q", tc.text, got, tc.want)
			}
		})
	}
}

func TestSlug(t *testing.T) {
	if got := markdown.Slug("Één regio: opzetten & inrichten"); got != "een-regio-opzetten-inrichten" {
		t.Errorf("Slug = %q", got)
	}
}

func TestReplace(t *testing.T) {
	t.Parallel()
	find := func(words string) (spans [][2]int) {
		for _, s := range regexp.MustCompile(`Jan\s+Bos|&`).FindAllStringIndex(words, -1) {
			spans = append(spans, [2]int{s[0], s[1]})
		}
		return spans
	}
	for source, want := range map[string]string{
		"Zo zegt Jan Bos, en <Jan>.":     "<p>Zo zegt X, en &lt;Jan&gt;.</p>\n",
		"Jan **Bos** en *J*an Bos":       "<p>X<strong></strong> en <em>X</em></p>\n",
		"Jan\nBos\n\nJan\n\nBos":         "<p>X</p>\n<p>X</p><p></p>\n",
		"[daar](https://a.nl/Jan%20Bos)": "<p><a>daar</a></p>\n",
		"[Jan Bos](https://a.nl/)":       `<p><a href="https://a.nl/" rel="nofollow noreferrer">X</a></p>` + "\n",
		"R&D \"zo\" 'n":                  "<p>RXD &#34;zo&#34; &#39;n</p>\n",
		"# Van Jan Bos":                  "<h2>Van X</h2>\n",
		"":                               "",
	} {
		rendered, err := markdown.Render(source)
		if err != nil {
			t.Fatal(err)
		}
		if got := markdown.Replace(rendered, find, "X"); string(got) != want {
			t.Errorf("Replace(%q) = %q, want %q", rendered, got, want)
		}
		if got := markdown.Replace(rendered, func(string) [][2]int { return nil }, "X"); got != rendered {
			t.Errorf("without anything to replace %q becomes %q", rendered, got)
		}
	}
}
