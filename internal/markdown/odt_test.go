package markdown_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ruggespraak/internal/fault"
	"ruggespraak/internal/markdown"
)

func TestODTContent(t *testing.T) {
	golden(t, "testdata/document.xml", odtPart(t, mustODT(t, mustRead(t, "testdata/document.md")), "content.xml"))
}

func TestODTPackage(t *testing.T) {
	data := mustODT(t, mustRead(t, "testdata/document.md"))
	z := mustZip(t, data)
	var names []string
	for _, f := range z.File {
		names = append(names, f.Name)
		if !f.Modified.Equal(time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)) || f.ExternalAttrs != 0 || len(f.Extra) > 0 || f.Comment != "" {
			t.Errorf("%s tells of its making: %v %x %x %q", f.Name, f.Modified, f.ExternalAttrs, f.Extra, f.Comment)
		}
	}
	want := []string{"mimetype", "META-INF/manifest.xml", "meta.xml", "styles.xml", "content.xml"}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Errorf("parts (-want +got):\n%s", diff)
	}
	if got := string(data[30:77]); got != "mimetypeapplication/vnd.oasis.opendocument.text" {
		t.Errorf("the file begins with %q, want its type, not compressed", got)
	}
	if z.File[0].Flags != 0 {
		t.Errorf("flags of mimetype = %x, want its length before it", z.File[0].Flags)
	}
	for _, name := range names[1:] {
		mustBeXML(t, odtPart(t, data, name))
	}
}

func TestODTTellsTitleAndLanguageAndNothingMore(t *testing.T) {
	data := mustODT(t, "tekst")
	meta := odtPart(t, data, "meta.xml")
	inside := regexp.MustCompile(`(?s)<office:meta>(.*)</office:meta>`).FindStringSubmatch(meta)
	want := "<dc:title>Titel &lt;&amp;&gt; &#34;1&#34;</dc:title><dc:language>nl-NL</dc:language>"
	if inside == nil || inside[1] != want {
		t.Errorf("meta.xml = %s, want only %s", meta, want)
	}
	if styles := odtPart(t, data, "styles.xml"); !strings.Contains(styles, `fo:language="nl" fo:country="NL"`) {
		t.Error("styles.xml does not say that the text is Dutch")
	}
}

func TestODTIsTheSameEachTime(t *testing.T) {
	source := mustRead(t, "testdata/document.md")
	if !bytes.Equal(mustODT(t, source), mustODT(t, source)) {
		t.Error("two documents of one text differ")
	}
}

func TestODTParts(t *testing.T) {
	const p, end = `<text:p text:style-name="Text_20_body">`, `</text:p>`
	tests := []struct{ name, source, want string }{
		{"empty", "", ""},
		{"no control characters", "a\x01b\x00", p + "a\uFFFDb\uFFFD" + end},
		{"own address without a site", "[a](/b) [c](/d:e)", p + "a c" + end},
		{"dangerous address", "[a](javascript:alert(1))", p + "a" + end},
		{"dangerous address in disguise", "[a](&#106;avascript:alert(1)) [b](javascript&colon;x)", p + "a b" + end},
		{"emphasis in emphasis", "*a _b_ c*", p + `<text:span text:style-name="Emphasis">a b c</text:span>` + end},
		{"empty item", "-", `<text:list text:style-name="Lijst_b"><text:list-item>` + p + end + `</text:list-item></text:list>`},
		{"bullet before a bullet", "- - a", `<text:list text:style-name="Lijst_bb"><text:list-item>` + p + end + `<text:list><text:list-item>` + p + "a" + end + `</text:list-item></text:list></text:list-item></text:list>`},
		{"list starts at", "4. a", `<text:list text:style-name="Lijst_n"><text:list-item text:start-value="4">` + p + "a" + end + `</text:list-item></text:list>`},
		{"spaces of code", "```\n  a  b\n\n\tc\n```", `<text:p text:style-name="Preformatted_20_Text"><text:s text:c="2"/>a<text:s text:c="2"/>b<text:line-break/><text:line-break/><text:tab/>c</text:p>`},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			data, err := markdown.ODT(tc.source, markdown.ODTOptions{})
			if err != nil {
				t.Fatalf("ODT(%q) = %v", tc.source, err)
			}
			content := odtPart(t, data, "content.xml")
			_, body, _ := strings.Cut(content, "<office:text>\n")
			body, _, _ = strings.Cut(body, "</office:text>")
			if diff := cmp.Diff(tc.want, strings.ReplaceAll(body, "\n", "")); diff != "" {
				t.Errorf("ODT(%q) (-want +got):\n%s", tc.source, diff)
			}
		})
	}
}

func TestODTOfHostileTextsIsXML(t *testing.T) {
	for _, source := range append(hostile, hostileArticles...) {
		t.Run(source, func(t *testing.T) {
			mustBeXML(t, odtPart(t, mustODT(t, source), "content.xml"))
		})
	}
}

func TestODTRefuses(t *testing.T) {
	if _, err := markdown.ODT(strings.Repeat(">", 90_000), markdown.ODTOptions{}); !fault.Is(err, fault.Invalid) {
		t.Errorf("ODT of quotes in quotes = %v, want an Invalid fault", err)
	}
}

func mustODT(t testing.TB, source string) []byte {
	t.Helper()
	link := func(slug string) (href, title string, ok bool) {
		href, title, ok = library(slug)
		return "https://ruggespraak.example.nl" + href, title, ok
	}
	data, err := markdown.ODT(source, markdown.ODTOptions{Title: `Titel <&> "1"`, Link: link, Base: "https://ruggespraak.example.nl"})
	if err != nil {
		t.Fatalf("ODT(%.30q) = %v", source, err)
	}
	return data
}

func mustZip(t testing.TB, data []byte) *zip.Reader {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func odtPart(t testing.TB, data []byte, name string) string {
	t.Helper()
	f, err := mustZip(t, data).Open(name)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func mustBeXML(t testing.TB, text string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(text))
	for {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("not XML: %v\n%s", err, text)
		}
	}
}
