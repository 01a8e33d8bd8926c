package markdown_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ruggespraak/internal/fault"
	"ruggespraak/internal/markdown"
)

// library knows two articles.
func library(slug string) (href, title string, ok bool) {
	title, ok = map[string]string{
		"schadefonds":       "Schadefonds Geweldsmisdrijven",
		"voorschotregeling": "Voorschot < regeling",
	}[slug]
	return "/kennisbank/" + slug, title, ok
}

func TestArticle(t *testing.T) {
	r := mustArticle(t, mustRead(t, "testdata/artikel.md"))
	golden(t, "testdata/artikel.html", string(r.HTML))
	golden(t, "testdata/artikel.txt", r.Plain+"\n")
	assertHarmless(t, inArticle, string(r.HTML))
	want := []markdown.Heading{
		{Level: 2, ID: "kop-wat-is-het-schadefonds", Text: "Wat is het Schadefonds?"},
		{Level: 3, ID: "kop-een-vraag", Text: "Één vraag"},
		{Level: 3, ID: "kop-een-vraag-2", Text: "Één vraag"},
	}
	if diff := cmp.Diff(want, r.Contents); diff != "" {
		t.Errorf("contents (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"voorschotregeling", "niet-hier", "schadefonds"}, r.Links); diff != "" {
		t.Errorf("links (-want +got):\n%s", diff)
	}
}

func TestArticleParts(t *testing.T) {
	tests := []struct{ name, source, want string }{
		{"empty", "", ""},
		{"title of the article", "[[schadefonds]]", `<p><a href="/kennisbank/schadefonds">Schadefonds Geweldsmisdrijven</a></p>`},
		{"title is escaped", "[[voorschotregeling]]", `<p><a href="/kennisbank/voorschotregeling">Voorschot &lt; regeling</a></p>`},
		{"slug typed as a title", "[[Schadefonds]]", `<p><a href="/kennisbank/schadefonds">Schadefonds</a></p>`},
		{"heading", "[[schadefonds#kop-termijn|de termijn]]", `<p><a href="/kennisbank/schadefonds#kop-termijn">de termijn</a></p>`},
		{"heading typed as words", "[[schadefonds#Één termijn|x]]", `<p><a href="/kennisbank/schadefonds#kop-een-termijn">x</a></p>`},
		{"broken", "[[bestaat-niet]]", `<p><span class="kapot">bestaat-niet</span></p>`},
		{"broken with text", "[[bestaat-niet|een <b>]]", `<p><span class="kapot">een &lt;b&gt;</span></p>`},
		{"not a link", "[[ ]] [[]] [[a", `<p>[[ ]] [[]] [[a</p>`},
		{"no link in a link", "[voor [[schadefonds|x]]](/a)", `<p><a href="/a">voor x</a></p>`},
		{"no note in a link", "[voor[^1]](/a)\n\n[^1]: b", `<p><a href="/a">voor</a><sup><a href="#noot-1" id="bij-noot-1" role="doc-noteref" aria-label="Voetnoot 1">1</a></sup></p>
<section class="voetnoten" role="doc-endnotes" aria-label="Voetnoten">
<hr>
<ol>
<li id="noot-1">
<p>b <a href="#bij-noot-1" role="doc-backlink" aria-label="Terug naar de tekst bij voetnoot 1">↩</a></p>
</li>
</ol>
</section>`},
		{"note without its text", "a[^1]", "<p>a[^1]</p>"},
		{"own address", "[a](/b) [c](#kop-d) [e](https://f.nl)", `<p><a href="/b">a</a> <a href="#kop-d">c</a> <a href="https://f.nl" rel="nofollow noreferrer">e</a></p>`},
		{"no level skipped", "### a\n# b\n### c\n#### d\n## e\n# f\n#", `<h2 id="kop-a">a</h2>
<h2 id="kop-b">b</h2>
<h3 id="kop-c">c</h3>
<h4 id="kop-d">d</h4>
<h3 id="kop-e">e</h3>
<h2 id="kop-f">f</h2>`},
		{"the deepest levels", "##### a\n###### b", "<h2 id=\"kop-a\">a</h2>\n<h3 id=\"kop-b\">b</h3>"},
		{"id from the words alone", "# **Wat** [is](https://a.nl) `dit`", `<h2 id="kop-wat-is-dit"><strong>Wat</strong> <a href="https://a.nl" rel="nofollow noreferrer">is</a> <code>dit</code></h2>`},
		{"callout with only a head", "> [!TIP]", "<div class=\"melding melding-tip\" role=\"note\">\n<p class=\"melding-kop\">Tip</p>\n</div>"},
		{"mark further on is text", "> a\n> [!TIP]", "<blockquote>\n<p>a\n[!TIP]</p>\n</blockquote>"},
		{"callout of a table", "> [!TIP]\n> |a|\n> |-|\n> |b|", "<div class=\"melding melding-tip\" role=\"note\">\n<p class=\"melding-kop\">Tip</p>\n<table>\n<thead>\n<tr>\n<th scope=\"col\">a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>b</td>\n</tr>\n</tbody>\n</table>\n</div>"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			got := strings.TrimSpace(string(mustArticle(t, tc.source).HTML))
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("Article(%q) (-want +got):\n%s", tc.source, diff)
			}
		})
	}
}

func TestArticleLetsNothingHarmfulOut(t *testing.T) {
	for _, source := range slices.Concat(hostile, hostileArticles) {
		t.Run(source, func(t *testing.T) {
			assertHarmless(t, inArticle, string(mustArticle(t, source).HTML))
		})
	}
}

// hostileArticles are for what only articles know.
var hostileArticles = []string{
	"[[javascript:alert(1)]]",
	"[[schadefonds#\"onclick=alert(1)|x]]",
	"[[schadefonds|<script>alert(1)</script>]]",
	"> [!TIP\" onclick=alert(1)]\n> x",
	"> [!TIP]<script>alert(1)</script>",
	"a[^\"><script>]\n\n[^\"><script>]: <img src=x onerror=alert(1)>",
	"a[^1]\n\n[^1]: [x](javascript:alert(1))",
	"|[[schadefonds\\|<svg onload=alert(1)>]]|\n|-|\n|[^1]|\n\n[^1]: x",
}

func TestArticleDistrustsWhatLinkGives(t *testing.T) {
	link := func(string) (string, string, bool) { return "javascript:alert(1)", "<b>", true }
	r, err := markdown.Article("[[a]]", markdown.ArticleOptions{Link: link})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := string(r.HTML), "<p><span class=\"kapot\">&lt;b&gt;</span></p>\n"; got != want {
		t.Errorf("Article = %q, want %q", got, want)
	}
}

func TestArticleTakesManyNotes(t *testing.T) {
	source := strings.Repeat("Zin.[^1]\n\n", 400) + strings.Repeat("[^1]: [Titel](https://www.example.nl), 2024.\n", 400)
	mustArticle(t, source)
	if err := markdown.CheckArticle(source); err != nil {
		t.Errorf("CheckArticle of 400 notes = %v, want nil", err)
	}
}

func TestArticleRefuses(t *testing.T) {
	source := strings.Repeat("[^1]: a\n\n", 501)
	if _, err := markdown.Article(source, markdown.ArticleOptions{}); !fault.Is(err, fault.Invalid) {
		t.Errorf("Article of 501 footnotes = %v, want an Invalid fault", err)
	}
	if _, err := markdown.Article(strings.Repeat(">", 90_000), markdown.ArticleOptions{}); !fault.Is(err, fault.Invalid) {
		t.Errorf("Article of quotes in quotes = %v, want an Invalid fault", err)
	}
}

func mustArticle(t testing.TB, source string) markdown.Rendered {
	t.Helper()
	r, err := markdown.Article(source, markdown.ArticleOptions{Link: library})
	if err != nil {
		t.Fatalf("Article(%.30q…) = %v", source, err)
	}
	return r
}
