package markdown_test

import (
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
