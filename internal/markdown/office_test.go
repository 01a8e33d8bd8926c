package markdown_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
)

// officeVar is set by make test-office. Elsewhere LibreOffice is left alone: it
// takes seconds.
const officeVar = "RUGGESPRAAK_TEST_OFFICE"

// TestOfficeLosesNothing sends a document through LibreOffice to HTML and PDF and
// compares it with the page that the same text makes.
func TestOfficeLosesNothing(t *testing.T) {
	if os.Getenv(officeVar) == "" {
		t.Skipf("LibreOffice is tried by make test-office, which sets %s", officeVar)
	}
	sources := map[string]string{}
	for _, name := range []string{"document", "artikel", "verslag"} {
		sources[name] = mustRead(t, "testdata/"+name+".md")
	}
	for seed := range uint64(20) {
		text := officeText{r: rand.New(rand.NewPCG(seed, 0))}
		sources[fmt.Sprintf("random%d", seed)] = text.article()
	}
	folder := t.TempDir()
	for name, source := range sources {
		mustWrite(t, filepath.Join(folder, name+".odt"), mustODT(t, source))
	}
	mustConvert(t, folder, "html")
	mustConvert(t, folder, "pdf")
	for name, source := range sources {
		t.Run(name, func(t *testing.T) {
			page := mustParse(t, string(mustArticle(t, source).HTML))
			assertOffice(t, page, mustParse(t, mustRead(t, filepath.Join(folder, name+".html"))))
			assertPDF(t, page, filepath.Join(folder, name+".pdf"))
		})
	}
}

func assertOffice(t *testing.T, page, office *html.Node) {
	t.Helper()
	compare(t, "words", append([]string{"Titel", "<&>", `"1"`}, bodyWords(page)...), bodyWords(office))
	compare(t, "headings", append([]string{`h1 Titel <&> "1"`}, headings(page)...), headings(office))
	compare(t, "notes", notes(page), notes(office))
	compare(t, "tables", tables(page), tables(office))
	compare(t, "lists", lists(page), lists(office))
	compare(t, "links", links(page), links(office))
	compare(t, "title", []string{`Titel <&> "1"`}, []string{words(find(office, "title")[0])})
	compare(t, "language", "nl-NL", attr(find(office, "body")[0], "lang"))
}

func compare[T any](t *testing.T, what string, want, got T) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-page +office):\n%s", what, diff)
	}
}

// assertPDF looks for the letters of each block of the page in the PDF: those of
// the text in order, those of the notes at the foot of any page.
func assertPDF(t *testing.T, page *html.Node, file string) {
	t.Helper()
	text := mustRun(t, "pdftotext", "-raw", file, "-")
	rest := letters(text)
	for _, n := range find(page, "h2", "h3", "h4", "h5", "h6", "p", "li", "th", "td", "pre") {
		want := letters(ownWords(n))
		if in(n, "section") {
			if !strings.Contains(letters(text), want) {
				t.Errorf("the PDF has no note %q", want)
			}
			continue
		}
		_, after, found := strings.Cut(rest, want)
		if !found {
			t.Errorf("the PDF has no %s %q here", n.Data, want)
			continue
		}
		rest = after
	}
	if info := mustRun(t, "pdfinfo", file); !strings.Contains(info, `Titel <&> "1"`) {
		t.Errorf("the PDF has no title:\n%s", info)
	}
	if !strings.Contains(mustRead(t, file), "/Lang(nl-NL)") {
		t.Error("the PDF does not say that it is Dutch")
	}
}

// mustConvert has LibreOffice convert all documents in a folder.
func mustConvert(t *testing.T, folder, to string) {
	t.Helper()
	documents, err := filepath.Glob(filepath.Join(folder, "*.odt"))
	if err != nil {
		t.Fatal(err)
	}
	args := []string{"-env:UserInstallation=file://" + filepath.ToSlash(folder) + "/profile", "--headless", "--convert-to", to, "--outdir", folder}
	mustRun(t, "soffice", append(args, documents...)...)
}

func mustRun(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), name, args...).Output()
	if err != nil {
		t.Fatalf("%s %v: %v", name, args, err)
	}
	return string(out)
}

func mustWrite(t *testing.T, file string, data []byte) {
	t.Helper()
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func mustParse(t *testing.T, page string) *html.Node {
	t.Helper()
	n, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// skipped is what the two pages write each in their own way: the marks of notes,
// and the notes themselves, which are compared apart.
func skipped(n *html.Node) bool {
	class := attr(n, "class")
	return n.Data == "sup" || n.Data == "head" || strings.HasPrefix(class, "sdfootnote") && n.Data == "a" || attr(n, "role") == "doc-backlink"
}

func isNote(n *html.Node) bool {
	return n.Data == "section" || strings.HasPrefix(attr(n, "id"), "sdfootnote")
}

func textOf(s *strings.Builder, n *html.Node, skip func(*html.Node) bool) {
	if n.Type == html.TextNode {
		s.WriteString(n.Data)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if !skip(c) {
			textOf(s, c, skip)
		}
	}
	if slices.Contains([]string{"p", "li", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "br", "pre", "div"}, n.Data) {
		s.WriteByte(' ')
	}
}

func words(n *html.Node) string {
	var s strings.Builder
	textOf(&s, n, skipped)
	return strings.Join(strings.Fields(s.String()), " ")
}

// ownWords are those of n without those of blocks within it.
func ownWords(n *html.Node) string {
	var s strings.Builder
	textOf(&s, n, func(c *html.Node) bool {
		return skipped(c) || slices.Contains([]string{"p", "ul", "ol", "table", "pre", "blockquote", "div"}, c.Data)
	})
	return s.String()
}

func bodyWords(page *html.Node) []string {
	var s strings.Builder
	textOf(&s, page, func(n *html.Node) bool { return skipped(n) || isNote(n) })
	return strings.Fields(s.String())
}

// letters leaves out what a line break, a hyphen or the number of a note adds.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return -1
	}, s)
}

func headings(page *html.Node) []string {
	var found []string
	for _, n := range find(page, "h1", "h2", "h3", "h4", "h5", "h6") {
		found = append(found, n.Data+" "+words(n))
	}
	return found
}

// notes are sorted: an office program puts them in the order of their marks.
func notes(page *html.Node) []string {
	var found []string
	for _, n := range find(page, "li", "div") {
		if strings.HasPrefix(attr(n, "id"), "noot-") || strings.HasPrefix(attr(n, "id"), "sdfootnote") {
			found = append(found, strings.Join(strings.Fields(strings.ReplaceAll(words(n), "|", "")), " "))
		}
	}
	slices.Sort(found)
	return found
}

func tables(page *html.Node) []string {
	var found []string
	for _, n := range find(page, "th", "td") {
		if !in(n, "section") {
			found = append(found, fmt.Sprintf("%s in %s: %s", n.Data, n.Parent.Parent.Data, words(n)))
		}
	}
	return found
}

// lists tells of each item how deep it is, in which kinds of list, and its words
// before a list or table within it: what follows that LibreOffice puts elsewhere
// in its HTML.
func lists(page *html.Node) []string {
	var found []string
	for _, n := range find(page, "li") {
		if in(n, "section") || strings.HasPrefix(attr(n.Parent.Parent, "id"), "sdfootnote") {
			continue
		}
		path := ""
		for p := n.Parent; p != nil; p = p.Parent {
			if p.Data == "ul" || p.Data == "ol" {
				path = p.Data + " " + path
			}
		}
		var s strings.Builder
		within := false
		textOf(&s, n, func(c *html.Node) bool {
			within = within || slices.Contains([]string{"ul", "ol", "table"}, c.Data)
			return within || skipped(c)
		})
		found = append(found, path+strings.Join(strings.Fields(s.String()), " "))
	}
	return found
}

// links are whole addresses: where there is no page around it, a path says nothing.
func links(page *html.Node) []string {
	var found []string
	for _, n := range find(page, "a") {
		href := attr(n, "href")
		if strings.HasPrefix(href, "/") {
			href = "https://ruggespraak.example.nl" + href
		}
		if href != "" && !skipped(n) && n.Parent.Data != "sup" && !in(n, "section") && !inOfficeNote(n) {
			found = append(found, strings.TrimSuffix(href, "/")+" "+words(n))
		}
	}
	return found
}

func inOfficeNote(n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if strings.HasPrefix(attr(n, "id"), "sdfootnote") {
			return true
		}
	}
	return false
}

func in(n *html.Node, tag string) bool {
	for ; n != nil; n = n.Parent {
		if n.Data == tag {
			return true
		}
	}
	return false
}

func find(n *html.Node, tags ...string) []*html.Node {
	var found []*html.Node
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && slices.Contains(tags, d.Data) {
			found = append(found, d)
		}
	}
	return found
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
