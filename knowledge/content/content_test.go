package content_test

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"ruggespraak/internal/markdown"
	"ruggespraak/knowledge/content"
)

// compiled is the day on which the facts behind the articles were gathered.
var compiled = time.Date(2026, time.November, 21, 0, 0, 0, 0, time.UTC)

var (
	keys = []string{"slug", "titel", "samenvatting", "categorie", "route", "eigenaar", "geldig_per", "gecontroleerd_op",
		"controleren_voor", "status", "bronnen", "onzeker", "gerelateerd"}
	categories = []string{"compensatie", "verblijf", "opvang", "zorgcoordinatie", "rollen", "nvm", "avg", "signalen",
		"vormen", "minderjarigen", "regio"}
	// legal are the categories whose every article tells law.
	legal = []string{"compensatie", "verblijf", "opvang", "avg", "vormen", "minderjarigen"}
	// taken are the addresses below /kennisbank that are no article.
	taken = []string{"compensatie", "keuzehulp", "nieuw", "klopt-nog", "kapotte-links"}
	// euros are the amounts that a dated source gives. Everything else is linked.
	euros = []string{
		"1.000", "2.500", "5.000", "10.000", "20.000", "35.000", // categories of the Schadefonds; maximum of the advance
		"25.000",             // subdistrict court
		"205.000", "410.800", // a case of 2013
		"60.000", "80.000", "85.000", "2 miljoen", // estimates of 2019
	}
)

var (
	linkRE     = regexp.MustCompile(`\[\[([^\]|#]+)(?:#[^\]|]*)?(?:\|([^\]]+))?\]\]`)
	citeRE     = regexp.MustCompile(`\(bron ([0-9][0-9, ]*)\)`)
	anyCiteRE  = regexp.MustCompile(`\b[Bb]ron(nen)? ([0-9]|[SZ][0-9])`)
	euroRE     = regexp.MustCompile(`€\s?([0-9][0-9.,]*[0-9](?: miljoen)?|[0-9](?: miljoen)?)`)
	otherEurRE = regexp.MustCompile(`(?i)\bEUR\b|[0-9]\s?euro\b|\beuro [0-9]`)
	markRE     = regexp.MustCompile(`\[(N|B|A|[SZ][0-9]+)\]|\b[SZ][0-9]{1,2}b?\b`)
	slugRE     = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	headingRE  = regexp.MustCompile(`(?m)^(#+) (.+)$`)
	addressRE  = regexp.MustCompile(`\]\(([^)]*)\)`)
	quotedRE   = regexp.MustCompile(`«[^»]*»`)
	calloutRE  = regexp.MustCompile(`(?m)^> \[!([^\]]*)\]`)
)

// source is one entry of bronnen.
type source struct{ number, title, url, date string }

// article is one shipped file, read by the plain rules of the package comment.
type article struct {
	file    string
	order   []string          // of the keys
	value   map[string]string // of the keys with one value
	sources []source
	unsure  []string
	related []string
	body    string
}

func TestFrontMatter(t *testing.T) {
	for _, a := range mustArticles(t) {
		t.Run(a.file, func(t *testing.T) {
			if !slices.Equal(a.order, keys) {
				t.Errorf("keys = %v, want %v", a.order, keys)
			}
			if slug := a.value["slug"]; slug+".md" != a.file || !slugRE.MatchString(slug) || slices.Contains(taken, slug) {
				t.Errorf("slug = %q: want the name of the file, ASCII, and no address that is taken", slug)
			}
			for _, key := range []string{"titel", "samenvatting"} {
				if a.value[key] == "" {
					t.Errorf("%s is empty", key)
				}
			}
			if !slices.Contains(categories, a.value["categorie"]) {
				t.Errorf("categorie = %q, want one of %v", a.value["categorie"], categories)
			}
			routes := []string{""}
			if a.value["categorie"] == "compensatie" {
				routes = []string{"straf", "civiel", "fonds", "meer"}
			}
			if !slices.Contains(routes, a.value["route"]) {
				t.Errorf("route = %q, want one of %q", a.value["route"], routes)
			}
			if len(a.sources) == 0 {
				t.Error("no bronnen")
			}
		})
	}
}

func TestNothingIsCheckedYet(t *testing.T) {
	for _, a := range mustArticles(t) {
		if a.value["gecontroleerd_op"] != "" || a.value["status"] != "concept" {
			t.Errorf("%s: gecontroleerd_op = %q, status = %q: no person has checked a shipped article",
				a.file, a.value["gecontroleerd_op"], a.value["status"])
		}
		limit := compiled.AddDate(1, 0, 0)
		if slices.Contains(legal, a.value["categorie"]) {
			limit = compiled.AddDate(0, 6, 0)
		}
		before, err := time.Parse(time.DateOnly, a.value["controleren_voor"])
		if err != nil || before.After(limit) {
			t.Errorf("%s: controleren_voor = %q, want a date up to %s", a.file, a.value["controleren_voor"], limit.Format(time.DateOnly))
		}
		if per := a.value["geldig_per"]; per != "" {
			if day, err := time.Parse(time.DateOnly, per); err != nil || day.After(compiled) {
				t.Errorf("%s: geldig_per = %q, want empty or a date up to %s", a.file, per, compiled.Format(time.DateOnly))
			}
		}
	}
}

func TestLinksResolve(t *testing.T) {
	articles := mustArticles(t)
	known := map[string]bool{}
	for _, a := range articles {
		known[a.value["slug"]] = true
	}
	linked := map[string]bool{}
	for _, a := range articles {
		for _, m := range linkRE.FindAllStringSubmatch(a.body, -1) {
			linked[m[1]] = true
			if !known[m[1]] || m[1] == a.value["slug"] {
				t.Errorf("%s: %s leads nowhere", a.file, m[0])
			}
		}
		for _, slug := range a.related {
			linked[slug] = true
			if !known[slug] || slug == a.value["slug"] {
				t.Errorf("%s: gerelateerd %q leads nowhere", a.file, slug)
			}
		}
		for _, m := range addressRE.FindAllStringSubmatch(a.body, -1) {
			if m[1] != "/kennisbank/compensatie" && m[1] != "/kennisbank/compensatie/keuzehulp" {
				t.Errorf("%s: address %q: link articles by slug and sources in bronnen", a.file, m[1])
			}
		}
	}
	for slug := range known {
		if !linked[slug] {
			t.Errorf("no article links to %s", slug)
		}
	}
}

func TestSources(t *testing.T) {
	for _, a := range mustArticles(t) {
		cited := map[string]bool{}
		text := a.body + "\n" + strings.Join(a.unsure, "\n")
		for _, m := range citeRE.FindAllStringSubmatch(text, -1) {
			for _, number := range strings.Split(m[1], ", ") {
				cited[number] = true
			}
		}
		if loose := anyCiteRE.FindString(citeRE.ReplaceAllString(text, "")); loose != "" {
			t.Errorf("%s: %q: write (bron 3) or (bron 3, 5)", a.file, loose)
		}
		for i, s := range a.sources {
			if s.number != strconv.Itoa(i+1) || s.title == "" {
				t.Errorf("%s: source %d has nr %q and titel %q", a.file, i+1, s.number, s.title)
			}
			if s.url != "" && !strings.HasPrefix(s.url, "https://") {
				t.Errorf("%s: source %s has address %q", a.file, s.number, s.url)
			}
			if !cited[s.number] {
				t.Errorf("%s: source %s (%s) is not used", a.file, s.number, s.title)
			}
			delete(cited, s.number)
		}
		for number := range cited {
			t.Errorf("%s: source %q does not exist", a.file, number)
		}
	}
}

func TestText(t *testing.T) {
	for _, a := range mustArticles(t) {
		t.Run(a.file, func(t *testing.T) {
			all := strings.Join([]string{a.value["titel"], a.value["samenvatting"], strings.Join(a.unsure, "\n"), a.body}, "\n")
			for _, m := range euroRE.FindAllStringSubmatch(all, -1) {
				if !slices.Contains(euros, m[1]) {
					t.Errorf("amount %q has no dated source", m[0])
				}
			}
			if found := otherEurRE.FindString(all); found != "" {
				t.Errorf("%q: write € 5.000", found)
			}
			if found := markRE.FindString(all); found != "" {
				t.Errorf("mark %q is left", found)
			}
			if len(a.unsure) == 0 && strings.Contains(a.body, "te controleren") {
				t.Error("the text says «te controleren», onzeker is empty")
			}
			for _, m := range calloutRE.FindAllStringSubmatch(a.body, -1) {
				if !slices.Contains([]string{"LET OP", "TIP", "TERMIJN", "ONZEKER"}, m[1]) {
					t.Errorf("callout %q is unknown", m[1])
				}
			}
			checkHeadings(t, a.body)
		})
	}
}

// TestRenders holds that each article is a page: every callout, table and link
// is read as one.
func TestRenders(t *testing.T) {
	for _, a := range mustArticles(t) {
		page, err := markdown.Article(a.body, markdown.ArticleOptions{
			Link: func(slug string) (href, title string, ok bool) { return "/kennisbank/" + slug, slug, true },
		})
		if err != nil {
			t.Errorf("%s: Article = %v, want nil", a.file, err)
			continue
		}
		if len(page.Contents) < 2 {
			t.Errorf("%s: %d headings, want a table of contents", a.file, len(page.Contents))
		}
		for _, mark := range []string{"[[", "]]", "[!", "**", "|", "](", "[^"} {
			if strings.Contains(page.Plain, mark) {
				t.Errorf("%s: %q is shown, not read", a.file, mark)
			}
		}
	}
}

// checkHeadings holds the outline: from level 2, no level left out, no title
// twice (a link to a heading names one place).
func checkHeadings(t *testing.T, body string) {
	t.Helper()
	level, seen := 1, map[string]bool{}
	for _, m := range headingRE.FindAllStringSubmatch(body, -1) {
		if len(m[1]) < 2 || len(m[1]) > level+1 {
			t.Errorf("heading %q has level %d after %d", m[2], len(m[1]), level)
		}
		level = len(m[1])
		if seen[m[2]] {
			t.Errorf("heading %q stands twice", m[2])
		}
		seen[m[2]] = true
	}
	if level == 1 {
		t.Error("no headings")
	}
}

// TestPlainLanguage holds what can be counted of B1: short sentences, and none
// of the words that officials use for common ones.
func TestPlainLanguage(t *testing.T) {
	const most = 20 // words in a sentence
	stiff := regexp.MustCompile(`(?i)\b(betreffende|relevante?|creëren|teneinde|middels|indien|alsmede|derhalve|dienen te|dient te|hetgeen|inzake|jegens|voornoemde?|desbetreffende|je|jij|jouw)\b`)
	for _, a := range mustArticles(t) {
		for _, s := range sentences(a.value["samenvatting"] + "\n\n" + strings.Join(a.unsure, "\n\n") + "\n\n" + a.body) {
			if n := len(strings.Fields(s)); n > most {
				t.Errorf("%s: %d words: %s", a.file, n, s)
			}
		}
		if word := stiff.FindString(quotedRE.ReplaceAllString(a.body, "")); word != "" {
			t.Errorf("%s: %q is a stiff word, or no u-form", a.file, word)
		}
	}
}

// TestFirstStep holds that a reader without time finds what to do, at the end
// or, where the article only explains, not at all.
func TestFirstStep(t *testing.T) {
	without := []string{"begrippen.md"}
	for _, a := range mustArticles(t) {
		last := ""
		for _, m := range headingRE.FindAllStringSubmatch(a.body, -1) {
			last = m[2]
		}
		if (last == "Eerste stap") == slices.Contains(without, a.file) {
			t.Errorf("%s: last heading = %q, want Eerste stap", a.file, last)
		}
	}
}

// TestFreeLawyerHasConditions: no article promises a lawyer without costs and
// leaves out when that holds.
func TestFreeLawyerHasConditions(t *testing.T) {
	free := regexp.MustCompile(`(?i)gratis (advocaat|rechtsbijstand)|(advocaat|rechtsbijstand)[^.;\n]* gratis`)
	for _, a := range mustArticles(t) {
		for _, paragraph := range strings.Split(a.body, "\n\n") {
			if strings.HasPrefix(paragraph, "#") || !free.MatchString(paragraph) {
				continue
			}
			if !strings.Contains(paragraph, "bekende verdachte") || !strings.Contains(paragraph, "letsel") {
				t.Errorf("%s: free without its conditions: %s", a.file, paragraph)
			}
		}
	}
}

// sentences cuts Markdown into sentences of plain words: links and sources lose
// their marks, table cells and list items stand alone.
func sentences(text string) []string {
	text = citeRE.ReplaceAllString(text, "")
	text = linkRE.ReplaceAllString(text, "$2")
	text = regexp.MustCompile(`\]\([^)]*\)`).ReplaceAllString(text, "]")
	text = regexp.MustCompile(`(?m)^(> ?)?(#+|- |\* |[0-9]+\. |\[![^\]]*\])`).ReplaceAllString(text, "\n\n")
	text = strings.NewReplacer("|", "\n\n", "*", "", "art. ", "art ", "nr. ", "nr ", "ca. ", "ca ").Replace(text)
	var out []string
	for _, block := range regexp.MustCompile(`\n\s*\n`).Split(text, -1) {
		for _, s := range regexp.MustCompile(`[.!?:]\s`).Split(block+" ", -1) {
			if s = strings.TrimSpace(s); s != "" {
				out = append(out, strings.Join(strings.Fields(s), " "))
			}
		}
	}
	return out
}

// mustArticles reads all that is shipped.
func mustArticles(t *testing.T) []article {
	t.Helper()
	files, err := fs.Glob(content.FS, "*.md")
	if err != nil || len(files) == 0 {
		t.Fatalf("Glob = %v, %v: no articles", files, err)
	}
	var all []article
	for _, file := range files {
		data, err := content.FS.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		a, err := parse(string(data))
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		a.file = file
		all = append(all, a)
	}
	return all
}

// parse reads the small part of YAML that the files keep to: "key: value" and
// lists, strings in double quotes.
func parse(text string) (article, error) {
	a := article{value: map[string]string{}}
	head, body, ok := strings.Cut(strings.TrimPrefix(text, "---\n"), "\n---\n")
	if !ok || !strings.HasPrefix(text, "---\n") {
		return a, fmt.Errorf("no front matter")
	}
	a.body = body
	for line := range strings.SplitSeq(head, "\n") {
		if !strings.HasPrefix(line, "  ") {
			key, raw, _ := strings.Cut(line, ":")
			a.order = append(a.order, key)
			value, err := scalar(raw)
			if err != nil {
				return a, err
			}
			a.value[key] = value
			continue
		}
		if err := a.item(a.order[len(a.order)-1], strings.TrimSpace(line)); err != nil {
			return a, err
		}
	}
	return a, nil
}

// item takes one line of the list under key.
func (a *article) item(key, line string) error {
	rest, first := strings.CutPrefix(line, "- ")
	if key != "bronnen" {
		value, err := scalar(rest)
		switch key {
		case "onzeker":
			a.unsure = append(a.unsure, value)
		case "gerelateerd":
			a.related = append(a.related, value)
		default:
			return fmt.Errorf("%s is no list", key)
		}
		return err
	}
	if first {
		a.sources = append(a.sources, source{})
	}
	if len(a.sources) == 0 {
		return fmt.Errorf("%q stands before the first source", line)
	}
	name, raw, _ := strings.Cut(rest, ":")
	s := &a.sources[len(a.sources)-1]
	field, ok := map[string]*string{"nr": &s.number, "titel": &s.title, "url": &s.url, "datum": &s.date}[name]
	if !ok {
		return fmt.Errorf("a source has no %q", name)
	}
	var err error
	*field, err = scalar(raw)
	return err
}

// scalar reads one value: in double quotes, or bare when YAML takes it as it is.
func scalar(raw string) (string, error) {
	raw = strings.TrimSpace(raw)
	if strings.HasPrefix(raw, `"`) {
		return strconv.Unquote(raw)
	}
	if raw == "[]" {
		return "", nil
	}
	if strings.Trim(raw, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
		return "", fmt.Errorf("%q wants quotes", raw)
	}
	return raw, nil
}
