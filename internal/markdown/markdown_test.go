package markdown_test

import (
	"flag"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"ruggespraak/internal/fault"
	"ruggespraak/internal/markdown"
)

var update = flag.Bool("update", false, "renew the golden files")

func TestRenderMinutes(t *testing.T) {
	source := mustRead(t, "testdata/verslag.md")
	golden(t, "testdata/verslag.html", string(mustRender(t, source)))
	golden(t, "testdata/verslag.txt", markdown.Plain(source)+"\n")
}

// hostile inputs: whatever comes of them, only allowed tags, attributes and
// addresses may.
var hostile = []string{
	"<script>alert(1)</script>",
	"<img src=x onerror=alert(1)>",
	"<svg/onload=alert(1)>",
	"<a href=\"javascript:alert(1)\">x</a>",
	"[x](javascript:alert(1))",
	"[x](JaVaScRiPt:alert(1))",
	"[x](&#106;avascript:alert(1))",
	"[x](java\tscript:alert(1))",
	"[x](<java\nscript:alert(1)>)",
	"[x](\x01javascript:alert(1))",
	"[x](data:text/html;base64,PHNjcmlwdD4=)",
	"[x](vbscript:msgbox(1))",
	"[x](file:///etc/passwd)",
	"[x](//elders.example/)",
	"[x](\\\\elders.example)",
	"[x](/\\elders.example)",
	"[x](ftp://elders.example)",
	"<javascript:alert(1)>",
	"<ftp://elders.example>",
	"ftp://elders.example/bestand",
	"![x](https://elders.example/pixel.png)",
	"![x](data:image/svg+xml,<svg onload=alert(1)>)",
	"![](https://elders.example/pixel.png)",
	"[![x](https://elders.example/a.png)](https://elders.example/b)",
	"![een [link](/a) erin](/b)",
	"[x](/a \"\\\" onmouseover=alert(1)\")",
	"[x]: javascript:alert(1)\n\n[x]",
	"# kop {#inhoud onclick=alert(1)}",
	"# \"><script>",
	"```\"><script>\ncode\n```",
	"```js onload=x\ncode\n```",
	"|a|b|\n|-|-|\n|<script>|<img src=x>|",
	"<!-- commentaar -->",
	"<style>*{display:none}</style>",
	"<iframe src=https://elders.example></iframe>",
	"<https://elders.example/\"onmouseover=alert(1)>",
	"https://elders.example/\"onmouseover=alert(1)",
	"a\x00b<\x00script>",
	"\xff\xfe<script>\xc3",
	"<form action=/uitloggen><input name=x></form>",
	"[x](mailto:a@b.nl?subject=<script>)",
	"&lt;script&gt;alert(1)&lt;/script&gt;",
	"[x](https:elders.example)",
	"[x](https:/elders.example)",
	"[x](mailto:)",
	"[x](&sol;/elders.example/)",
	"[x](&#47;&#47;elders.example/)",
	"[x](\\//elders.example/)",
	"[x](&bsol;/elders.example/)",
	"![x](&sol;/elders.example/)",
}

func TestRenderLetsNothingHarmfulOut(t *testing.T) {
	for _, source := range hostile {
		t.Run(source, func(t *testing.T) {
			assertHarmless(t, inMessage, string(mustRender(t, source)))
		})
	}
}

func TestRender(t *testing.T) {
	tests := []struct{ name, source, want string }{
		{"empty", "", ""},
		{"tags are text", "<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>"},
		{"remote image is a link", "![foto](https://a.nl/b.png)", `<p><a href="https://a.nl/b.png" rel="nofollow noreferrer">foto</a></p>`},
		{"image without text shows its address", "![](/b.png)", `<p><a href="/b.png" rel="nofollow">/b.png</a></p>`},
		{"image in a link", "[voor ![foto](/b.png)](/c)", `<p><a href="/c" rel="nofollow">voor foto</a></p>`},
		{"odd scheme keeps its text", "[voor *u*](ftp://a.nl)", "<p>voor <em>u</em></p>"},
		{"no brackets left of an address", "<ftp://a.nl>", "<p>ftp://a.nl</p>"},
		{"mail address", "info@comensha.nl", `<p><a href="mailto:info@comensha.nl" rel="nofollow">info@comensha.nl</a></p>`},
		{"headings without ids", "# Één idee\n# ???", "<h2>Één idee</h2>\n<h2>???</h2>"},
		{"no level seven", "###### zes", `<h6>zes</h6>`},
		{"list goes on at its number", "4. vier", "<ol start=\"4\">\n<li>vier</li>\n</ol>"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			got := strings.TrimSpace(string(mustRender(t, tc.source)))
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("Render(%q) (-want +got):\n%s", tc.source, diff)
			}
		})
	}
}

func TestCheckRefusesWhatParsesInQuadraticTime(t *testing.T) {
	tests := []struct{ name, source string }{
		{"too long", strings.Repeat("a", 100_001)},
		{"bullets in bullets", strings.Repeat("- ", 40_000)},
		{"numbers in numbers", strings.Repeat("1) ", 30_000)},
		{"numbers with points", strings.Repeat("1. ", 30_000) + "a"},
		{"quotes in quotes", strings.Repeat(">", 90_000)},
		{"quotes and bullets", strings.Repeat("> - ", 20_000)},
		{"emphasis without end", strings.Repeat("a_*", 30_000)},
		{"emphasis without end, a line each", strings.Repeat("a_*\n", 25_000)},
		{"strikes without end", strings.Repeat("~~a ", 25_000)},
		{"links without end", strings.Repeat("[a](", 25_000)},
		{"brackets", strings.Repeat("[", 90_000)},
		{"images", strings.Repeat("![", 45_000)},
		{"code runs of all lengths", codeRuns(400)},
		{"angles", strings.Repeat("<a", 45_000)},
		{"wide table", strings.Repeat("|a", 5_000) + "\n" + strings.Repeat("|-", 5_000) + "\n" + strings.Repeat("|\n", 5_000)},
		{"short rows", strings.Repeat("|a", 20) + "\n" + strings.Repeat("|-", 20) + "\n" + strings.Repeat("a\n", 30_000)},
		{"many tables with short rows", strings.Repeat(strings.Repeat("|a", 20)+"\n"+strings.Repeat("|-", 20)+"\n"+strings.Repeat("a\n", 100)+"\n", 300)},
		{"carriage returns", strings.Repeat("a_*\r", 25_000)},
		{"quoted empty lines do not hide it", "> " + strings.Repeat("- ", 1_000)},
		{"deep indent", strings.Repeat("\t", 200) + "a"},
		{"stairs of bullets", stairs(300)},
		{"lone carriage returns are no empty lines", strings.Repeat("a_*\r\r", 15_000)},
		{"nor is a mark that is part of a paragraph", strings.Repeat("a_*\n    >\n", 9_000)},
		{"nor is a hard space", strings.Repeat("a_*\n\u00a0\n", 14_000)},
		{"nor a form feed", strings.Repeat("a_*\n\f\n", 16_000)},
		{"nor one in a quote", strings.Repeat("> a_*\n> \f\n", 10_000)},
		{"rows after another line", "|a|\n|-|\n> b\n" + strings.Repeat("|a_*\n", 15_000)},
		{"nor is a number in a paragraph", "a\n" + strings.Repeat("2. a_*\n", 14_000)},
		{"nor does a heading after a number keep the list", strings.Repeat("1. a\n# b\nc\n", 100) + strings.Repeat("2. a_*\n", 12_000)},
		{"rows without a head", "a|\n-|-\n" + strings.Repeat("|a_*\n", 15_000)},
		{"rows under an empty head", "|\n|-|\n" + strings.Repeat("|a_*\n", 9_900)},
		{"rows under another head", "|a||\n|-|-|\n" + strings.Repeat("|a_*\n", 3_000)},
		{"one long row", "|a|\n|-|\n|" + strings.Repeat("a_*", 20_000)},
		{"notes in notes", strings.Repeat("[^a]:", 400)},
		{"many notes", strings.Repeat("[^a]: b\n\n", 501)},
		{"many bars in code", strings.Repeat("|a|\n|-|\n|`\\|`|\n\n", 501)},
		{"many short lines", strings.Repeat("# a\n", 12_001)},
		{"a run of stars", strings.Repeat("*", 30_000) + "a" + strings.Repeat("*", 30_000)},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			if err := markdown.Check(tc.source); !fault.Is(err, fault.Invalid) {
				t.Errorf("Check(%.30q…) = %v, want an Invalid fault", tc.source, err)
			}
			if _, err := markdown.Render(tc.source); !fault.Is(err, fault.Invalid) {
				t.Errorf("Render(%.30q…) = %v, want an Invalid fault", tc.source, err)
			}
			if got := markdown.Plain(tc.source); got == "" {
				t.Errorf("Plain(%.30q…) is empty, want its text", tc.source)
			}
		})
	}
}

func TestCheckAccepts(t *testing.T) {
	tests := []struct{ name, source string }{
		{"minutes", mustRead(t, "testdata/verslag.md")},
		{"100 kB of minutes", minutes(t)},
		{"one long paragraph", strings.Repeat("woord ", 16_000)},
		{"long list without empty lines", strings.Repeat("- **Besluit**: we vragen het na\n", 290)},
		{"a line of dashes", strings.Repeat("-", 200)},
		{"a quote in a mail of a quote", ">>> a\n>> b\n> c"},
		{"five levels of bullets", "- a\n  - b\n    - c\n      - d\n        - e"},
		{"table of 200 rows", "|a|b|c|\n|-|-|-|\n" + strings.Repeat("|1|2|3|\n", 200)},
		{"100 kB of an article", article(t)},
		{"table of 4,000 rows", "|a|b|\n|-|-|\n" + strings.Repeat("|*a*|een tekst van een cel\n", 3_700)},
		{"table of links", "| Route | Bron |\n|:--|--:|\n" + strings.Repeat("| **Civiel** | [de wet](https://wetten.overheid.nl/x) en [[vordering\\|stuk]] |\n", 490)},
		{"numbered sources", strings.Repeat("12. [Titel van een bron](https://www.example.nl/een/lang/adres) (2024), *uitgever*.\n", 1_000)},
		{"bullets of links", strings.Repeat("- **Naam**: [Titel van een bron](https://www.example.nl/adres), *uitgever*\n    met uitleg\n", 900)},
		{"a mail of one paragraph", strings.Repeat("Een zin met *nadruk* en een [link](https://a.nl). ", 100)},
		{"signs of an old mail", strings.Repeat("> > regel\n", 500)},
		{"empty lines with spaces", "a\n" + strings.Repeat(" ", 200) + "\nb"},
		{"Windows lines", strings.ReplaceAll(article(t)[:90_000], "\n", "\r\n")},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			if err := markdown.Check(tc.source); err != nil {
				t.Errorf("Check(%.30q…) = %v, want nil", tc.source, err)
			}
			mustArticle(t, tc.source)
		})
	}
}

func TestCheckSaysWhere(t *testing.T) {
	tests := []struct{ name, source, want string }{
		{"markers", "een\n\ntwee\n" + strings.Repeat("a_*\n", 4_000), "regel 3 "},
		{"the worst of two", strings.Repeat("a_*", 300) + "\n\n" + strings.Repeat("a_*", 4_000), "regel 3 "},
		{"depth", "een\n" + strings.Repeat("> ", 30), "regel 2 "},
		{"table", "een\n\n" + strings.Repeat("|a", 60), "regel 3 "},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			err := markdown.Check(tc.source)
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("Check(%.30q…) = %v, want %q in it", tc.source, err, tc.want)
			}
		})
	}
}

func TestPlain(t *testing.T) {
	tests := []struct{ name, source, want string }{
		{"empty", "", ""},
		{"emphasis and break", "**Geen** _plek_\nvrij", "Geen plek vrij"},
		{"blocks are apart", "# Kop\ntekst\n\n- een\n- twee", "Kop tekst een twee"},
		{"link and image", "[tekst](https://a.nl) ![alt](b.png) https://c.nl", "tekst alt https://c.nl"},
		{"table", "|a|b|\n|-|-|\n|c|d|", "a b c d"},
		{"tags and entities are text", "<b>1 &lt; 2</b> \\*", "<b>1 < 2</b> *"},
		{"code", "```\nx := 1\n```", "x := 1"},
		{"code keeps its signs", "`a\\*b &amp;`", "a\\*b &amp;"},
		{"once resolved is enough", "&#92;* &amp;lt;", "\\* &lt;"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			if got := markdown.Plain(tc.source); got != tc.want {
				t.Errorf("Plain(%q) = %q, want %q", tc.source, got, tc.want)
			}
		})
	}
}

func FuzzRender(f *testing.F) {
	for _, source := range hostile {
		f.Add(source)
	}
	f.Add(mustRead(f, "testdata/verslag.md"))
	f.Fuzz(func(t *testing.T, source string) {
		out, err := markdown.Render(source)
		if err != nil && !fault.Is(err, fault.Invalid) {
			t.Fatalf("Render(%q) = %v", source, err)
		}
		assertHarmless(t, inMessage, string(out))
		markdown.Plain(source)
	})
}

func FuzzArticle(f *testing.F) {
	for _, source := range append(hostile, hostileArticles...) {
		f.Add(source)
	}
	f.Add(mustRead(f, "testdata/artikel.md"))
	f.Add(mustRead(f, "testdata/document.md"))
	f.Fuzz(func(t *testing.T, source string) {
		r, err := markdown.Article(source, markdown.ArticleOptions{Link: library})
		if err != nil {
			if !fault.Is(err, fault.Invalid) {
				t.Fatalf("Article(%q) = %v", source, err)
			}
			return
		}
		assertHarmless(t, inArticle, string(r.HTML))
		mustBeXML(t, odtPart(t, mustODT(t, source), "content.xml"))
	})
}

// BenchmarkArticle shows that twice the text takes twice the time, also for the
// shapes that come close to what is refused.
func BenchmarkArticle(b *testing.B) {
	shapes := []struct {
		name  string
		block string
	}{
		{"article", mustRead(b, "testdata/artikel.md") + "\n" + mustRead(b, "testdata/document.md") + "\n"},
		{"minutes", mustRead(b, "testdata/verslag.md") + "\n\n"},
		{"emphasis", strings.Repeat("a_*", 90) + "\n\n"},
		{"links", strings.Repeat("[a](", 75) + "\n\n"},
		{"bullets", strings.Repeat("- ", 15) + strings.Repeat("a ", 60) + "\n\n"},
		{"images", strings.Repeat("![*a ", 60) + "\n\n"},
		{"brackets", strings.Repeat("[", 80) + strings.Repeat("]", 80) + "\n\n"},
		{"code", strings.Repeat("`a``b", 80) + "\n\n"},
		{"cells", "|a|b|\n|-|-|\n" + strings.Repeat("|*a*|een tekst van een cel\n", 20) + "\n"},
	}
	for _, s := range shapes {
		for _, size := range []int{25_000, 50_000, 100_000} {
			source := strings.Repeat(s.block, size/len(s.block))
			b.Run(s.name+"/"+byteSize(size), func(b *testing.B) {
				b.SetBytes(int64(len(source)))
				for b.Loop() {
					if _, err := markdown.Article(source, markdown.ArticleOptions{Link: library}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

func byteSize(n int) string { return strconv.Itoa(n/1_000) + "kB" }

// allowed is what may come out of one profile: tags, and attributes of tags.
type allowed struct{ tags, attrs []string }

var (
	inMessage = allowed{
		tags:  strings.Fields("p br hr h2 h3 h4 h5 h6 blockquote ul ol li em strong del code pre table thead tbody tr th td a"),
		attrs: []string{"a href", "a rel", "ol start", "th scope", "h2 id", "h3 id", "h4 id", "h5 id", "h6 id"},
	}
	inArticle = allowed{
		tags: append(strings.Fields("div section sup span"), inMessage.tags...),
		attrs: append([]string{
			"a id", "a role", "a aria-label", "li id", "p class", "span class",
			"div class", "div role", "section class", "section role", "section aria-label",
		}, inMessage.attrs...),
	}
	ownID = regexp.MustCompile(`^(kop-[a-z0-9-]+|(bij-)?noot-[0-9-]+)$`)
)

// assertHarmless parses out as a browser would and looks at every tag.
func assertHarmless(t *testing.T, may allowed, out string) {
	t.Helper()
	tokens := html.NewTokenizer(strings.NewReader(out))
	for {
		kind := tokens.Next()
		if kind == html.ErrorToken {
			return
		}
		token := tokens.Token()
		if kind == html.CommentToken || kind == html.DoctypeToken {
			t.Errorf("%q: comment or doctype came out", out)
		}
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			continue
		}
		if !slices.Contains(may.tags, token.Data) {
			t.Errorf("%q: tag %q came out", out, token.Data)
		}
		for _, a := range token.Attr {
			if !slices.Contains(may.attrs, token.Data+" "+a.Key) {
				t.Errorf("%q: attribute %s of %s came out", out, a.Key, token.Data)
			}
			assertAttr(t, out, a)
		}
	}
}

func assertAttr(t *testing.T, out string, a html.Attribute) {
	t.Helper()
	if a.Key == "id" && !ownID.MatchString(a.Val) {
		t.Errorf("%q: id %q came out", out, a.Val)
	}
	if a.Key != "href" {
		return
	}
	u, err := url.Parse(a.Val)
	if err != nil {
		t.Errorf("%q: address %q: %v", out, a.Val, err)
		return
	}
	if !slices.Contains([]string{"", "http", "https", "mailto", "tel"}, u.Scheme) || u.Scheme == "" && u.Host != "" || strings.HasPrefix(u.Scheme, "http") && u.Host == "" {
		t.Errorf("%q: address %q came out", out, a.Val)
	}
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(mustRead(t, file), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}

func mustRender(t testing.TB, source string) markdown.HTML {
	t.Helper()
	out, err := markdown.Render(source)
	if err != nil {
		t.Fatalf("Render(%q) = %v", source, err)
	}
	return out
}

func mustRead(t testing.TB, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func minutes(t testing.TB) string {
	one := mustRead(t, "testdata/verslag.md") + "\n"
	return strings.Repeat(one, 100_000/len(one))
}

// article is as long an article as may be, of all that articles hold.
func article(t testing.TB) string {
	one := mustRead(t, "testdata/artikel.md") + "\n" + mustRead(t, "testdata/document.md") + "\n"
	return strings.Repeat(one, 100_000/len(one))
}

func codeRuns(n int) string {
	var s strings.Builder
	for i := range n {
		s.WriteString(strings.Repeat("`", i%100+1) + "a")
		s.WriteString("*b")
	}
	return s.String()
}

// stairs is a list in a list in a list, n deep, a line each.
func stairs(n int) string {
	var s strings.Builder
	for i := range n {
		s.WriteString(strings.Repeat("  ", i) + "- a\n")
	}
	return s.String()
}
