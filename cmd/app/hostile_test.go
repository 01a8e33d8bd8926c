package app_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"ruggespraak/meetings"
	"ruggespraak/store"
)

// naughty are texts that broke other programs.
var naughty = map[string]string{
	"empty": "", "space": " \t ", "nul": "voor\x00na", "control": "\x01\x02\x1b[31mrood\x7f", "invalid": "\xff\xfe\xfd", "lone surrogate": "\xed\xa0\x80 \xed\xbf\xbf",
	"bom": "\ufeffTekst", "right to left": "abc \u202e txt.exe \u2066 klaar", "combining": "z" + strings.Repeat("\u0301", 1000), "no width": "a\u200b\u200d\u2060b",
	"image": `<img src=x onerror=alert(1)>`, "script": `</textarea></title><script>alert(1)</script>`, "attribute": `" autofocus onfocus=alert(1) x="`,
	"vector": `'><svg/onload=alert(1)>`, "link": `[klik](javascript:alert(1)) <javascript:alert(1)>`, "remote image": `![spoor](http://kwaad.example/p.png)`,
	"template": `{{.}} ${7*7} <%= 7*7 %>`, "lines": "een\r\nSet-Cookie: kwaad=1\r\n\r\n<html>", "separators": "een\u2028twee\u2029drie\u0085vier",
	"query": `{"$gt":""}`, "quote": `'; DROP TABLE docs; --`, "path": "../../../../etc/passwd", "number": "99999999999999999999", "negative": "-1", "nan": "NaN",
	"date": "0000-00-00", "far date": "31-12-9999", "emoji": strings.Repeat("👩‍👩‍👧‍👦", 200), "long": strings.Repeat("lang ", 4_000), "one word": strings.Repeat("a", 100_000),
	"quotes": strings.Repeat("> ", 6_000), "lone percent": "%", "bad percent": "%zz%00%ff",
}

// What cannot be seen is no text, and what cannot be read is left out of one.
func TestUnseenTextIsEmpty(t *testing.T) {
	t.Parallel()
	f := newApp(t)
	c := f.as("c1")
	unseen := submitted("concept", store.NewID()).with("titel", "Een titel").with("tekst", " \u200b\u2060\ufeff ")
	c.post(unseen.path, unseen.form...).want(t, http.StatusUnprocessableEntity).says(t, "Schrijf wat u ziet.")
	control := submitted("concept", store.NewID()).with("tekst", "De tolk zegt\x00 steeds af.\x1b[31m")
	page := c.get(strings.TrimSuffix(c.post(control.path, control.form...).want(t, http.StatusSeeOther).location, "/aanvullen"))
	page.says(t, "De tolk zegt steeds af.[31m")
}

// hostileForm is a form with fields that take what people type.
type hostileForm struct {
	account string
	asked
}

// hostileForms are the main forms, each with values that are right.
func hostileForms(f *fixture) []hostileForm {
	f.Helper()
	meeting, item := f.meeting(meetings.National, meetings.Open)
	number, point := f.compiled(toSOM)
	sent := f.sent(toSOM)
	prepared := f.answered(toSOM)
	effect, _ := f.effect("c3")
	signal := f.released("c2")
	inA := "/overleggen/" + meeting + "/punten/"
	return []hostileForm{
		{"c1", submitted("concept", store.NewID(), "reden-tekst", "openbaar")},
		{"c1", submitted("concept", store.NewID(), "doe", "concept", "versie", "0")},
		{"c1", asked{http.MethodPost, "/inbreng/concept", submitted("concept", store.NewID(), "versie", "0").form, ""}},
		{"c1", post("/inbreng/lijkt-op", "titel", "Tolken", "tekst", "De tolk zegt af.")},
		{"c2", post("/inbreng/"+signal+"/aanvullen", "vorm", "arbeid", "gevolg", "x", "oplossing", "x")},
		{"chair", post("/inbreng/"+signal+"/terugsturen", "reden", "Schrijf het algemener.")},
		{"chair", post("/inbreng/clusters/nieuw", "kop", "Een kop", "inbreng", f.released("c2"))},
		{"chair", post("/overleggen/nieuw", "soort", "landelijk", "titel", "Overleg", "datum", "25-11-2019", "begin", "10.00", "eind", "15.00", "plaats", "Zaal", "link", "https://x.example", "mensen", "c1")},
		{"chair", post(inA+"nieuw", "titel", "Een punt", "onderdeel", "Opening", "trekker", "Voorzitter", "minuten", "10")},
		{"chair", post(inA+item+"/verslag", "verslag", "Een verslag.", "versie", "1")},
		{"chair", post(inA+item+"/uitkomsten", "uitkomst", "actie", "tekst", "Doen.", "wie", "Voorzitter", "voor", "25-11-2019")},
		{"chair", post("/bundels/nieuw", "aan", "ander", "orgaan", "Een orgaan", "van", "01-01-2019", "tot", "17-09-2019")},
		{"chair", post("/bundels/"+number+"/1", "punt", point, "kop", "Een kop", "zien", "Iets", "gevolg", "Iets", "vraag", "Iets", "aan", "Bestuur", "versie", "1")},
		{"som", post("/bundels/"+sent+"/1/reactie", "reactie", "herken", "toelichting", "Wij ook.")},
		{"chair", recordAnswer(sent)},
		{"chair", post("/terugkoppeling/"+prepared+"/maken", "versie", "0", "punten", point, "gaf-"+point, "x", "nu-"+point, "x", "meer-"+point, "01-01-2020")},
		{"c3", post("/terugkoppeling/effect/"+effect, "antwoord", "nee", "mis", "Niets.")},
		{"admin", post("/accounts/nieuw", "naam", "Nieuw Mens", "mail", "mens@ruggespraak.example", "rol", "S", "organisatie", f.org[0], "regio", f.reg[0])},
		{"admin", post("/beheer/organisaties", "organisatie", "Een organisatie")},
		{"admin", post("/beheer/regios", "regio", "Een regio")},
		{"c1", post("/weergave", "weergave", "dark")},
		{"", post("/inloggen", "mail", "c1@ruggespraak.example", "wachtwoord", "fout")},
		{"", post("/uitnodiging/onbekend", "wachtwoord", "fout", "herhaal", "fout")},
	}
}

// with is the form with another value in one field.
func (a asked) with(name, value string) asked {
	form := slices.Clone(a.form)
	for i := 0; i+1 < len(form); i += 2 {
		if form[i] == name {
			form[i+1] = value
		}
	}
	a.form = form
	return a
}

// alive finds an element or attribute in a page that only a typed text could
// have brought in.
func alive(page string) string {
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return err.Error()
	}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if n.Data == "script" && n.FirstChild != nil || n.Data == "img" && strings.Contains(attr(n, "src"), "kwaad") {
			return n.Data
		}
		for _, a := range n.Attr {
			harm := strings.HasPrefix(a.Key, "on") || strings.HasPrefix(strings.ToLower(strings.TrimSpace(a.Val)), "javascript:") && a.Key != "value"
			if harm {
				return n.Data + " " + a.Key + "=" + a.Val
			}
		}
	}
	return ""
}

// fine fails when an answer is an error of ours, has a header that somebody
// typed, or brings a typed text to life.
func (a answer) fine(t *testing.T, what string) {
	t.Helper()
	if a.status >= http.StatusInternalServerError {
		t.Errorf("%s = %d", what, a.status)
	}
	if found := alive(a.body); found != "" {
		t.Errorf("%s: the page holds %s", what, found)
	}
	if strings.Contains(fmt.Sprint(a.header), "kwaad") {
		t.Errorf("%s: a header holds what was typed: %v", what, a.header)
	}
}

// Each text that broke another program, in each field of the main forms: no
// error of ours, and nowhere anything but a text.
func TestHostileTexts(t *testing.T) {
	t.Parallel()
	f, _ := newWatched(t)
	sent := 0
	for _, form := range hostileForms(f) {
		c := f.whoPosts(form.account)
		for i := 0; i < len(form.form); i += 2 {
			for name, value := range naughty {
				what := fmt.Sprintf("POST %s with %s in %s", form.path, name, form.form[i])
				got := c.ask(form.with(form.form[i], value))
				got.fine(t, what)
				if strings.HasPrefix(got.location, "/") && got.status == http.StatusSeeOther {
					c.get(got.location).fine(t, "then GET "+got.location+" after "+what)
				}
				sent++
			}
		}
	}
	f.settle()
	for _, a := range actors {
		c := f.as(a.account)
		for _, path := range []string{"/", "/inbreng", "/inbreng?lijst=concepten", "/inbreng/clusters", "/overleggen", "/bundels", "/punten", "/terugkoppeling", "/berichten", "/accounts", "/beheer", "/taken"} {
			c.get(path).fine(t, "GET "+path+" as "+string(a.role))
		}
	}
	t.Logf("%d forms", sent)
}

// whoPosts is a client with a token that fits, a visitor too.
func (f *fixture) whoPosts(account string) *client {
	f.Helper()
	c := f.as(account)
	if account == "" {
		c.csrf = inputs(c.get("/inloggen").body).Get("_token")
	}
	return c
}

// raw asks for a path exactly as it is written.
func (c *client) raw(path string) answer {
	c.Helper()
	r, err := http.NewRequest(http.MethodGet, c.url, nil)
	if err != nil {
		c.Fatal(err)
	}
	r.URL.Opaque = "//" + r.URL.Host + path
	return c.do(r)
}

// climbs are ways of writing ../../../../etc/passwd.
func climbs() []string {
	var all []string
	for _, dots := range []string{"..", "%2e%2e", "%2E.", ".%2e", "%252e%252e", "%c0%ae%c0%ae", "..;", "...."} {
		for _, slash := range []string{"/", "%2f", "%2F", "\\", "%5c", "%252f", "%c0%af", "//"} {
			all = append(all, strings.Repeat(dots+slash, 4)+"etc"+slash+"passwd", strings.Repeat(dots+slash, 4)+"etc"+slash+"passwd%00.css")
		}
	}
	return append(all, "%00", "%", "%zz", ".", "%2e", "~", "con", "C:%5cx", "file:%2f%2f%2fetc%2fpasswd", "*", "$", "%0d%0aX-Kwaad:%201", strings.Repeat("a", 4000))
}

// A path that climbs finds nothing, whatever it is written like and whatever
// stands before it.
func TestHostilePaths(t *testing.T) {
	t.Parallel()
	f, rec := newWatched(t)
	tried := 0
	for _, r := range f.app.Server.Routes() {
		if r.Method != http.MethodGet || !strings.Contains(r.Path, ":") {
			continue
		}
		before, _, _ := strings.Cut(r.Path, ":")
		c := f.whoMay(r)
		for _, climb := range climbs() {
			rec.take()
			got := c.raw(before + climb)
			found := got.status != http.StatusNotFound && got.status != http.StatusBadRequest && !here[climb]
			if found || got.status >= http.StatusInternalServerError || strings.Contains(got.body, "root:") || strings.Contains(fmt.Sprint(got.header), "Kwaad") {
				t.Errorf("GET %s%s = %d", before, climb, got.status)
			}
			if docs := rec.take(); len(docs) > 0 {
				t.Errorf("GET %s%s wrote %v", before, climb, docs)
			}
			tried++
		}
	}
	t.Logf("%d paths", tried)
}

// here are other ways of writing the page before them.
var here = map[string]bool{".": true, "%2e": true}

// Forms of a size or shape that nobody fills in are refused or read, and never
// an error of ours.
func TestHostileForms(t *testing.T) {
	t.Parallel()
	f, rec := newWatched(t)
	many, deep, again := url.Values{}, url.Values{}, url.Values{}
	for i := range 20_000 {
		many.Add(fmt.Sprintf("veld%d", i), "1")
		again.Add("tekst", "Een tekst.")
	}
	for _, index := range []string{"tekst[999999999]", "tekst[-1]", "tekst[]", "tekst[a][b][c]", "inbreng[1000000000]", "a" + strings.Repeat("[0]", 2000), "tekst.0.0", "__proto__[x]"} {
		deep.Add(index, "1")
	}
	big := url.Values{"tekst": {strings.Repeat("a", 1<<20)}}
	for _, form := range hostileForms(f) {
		c := f.whoPosts(form.account)
		for name, extra := range map[string]url.Values{"20,000 fields": many, "indices": deep, "one field 20,000 times": again} {
			values := url.Values{"_token": {c.csrf}}
			for i := 0; i+1 < len(form.form); i += 2 {
				values.Set(form.form[i], form.form[i+1])
			}
			for field, all := range extra {
				values[field] = append(values[field], all...)
			}
			c.sendForm(form.path, values, nil).fine(t, form.path+" with "+name)
		}
		big.Set("_token", c.csrf)
		rec.take()
		if got := c.sendForm(form.path, big, nil); got.status != http.StatusRequestEntityTooLarge {
			t.Errorf("%s with a body over 1 MiB = %d, want 413", form.path, got.status)
		}
		c.sendForm(form.path, url.Values{"_token": {c.csrf}, "tekst": {"x"}}, http.Header{"Content-Type": {"multipart/form-data; boundary=x"}}).fine(t, form.path+" with a broken multipart")
		c.sendForm(form.path, url.Values{"_token": {c.csrf}}, http.Header{"Content-Type": {"application/json"}}).fine(t, form.path+" as JSON")
		if docs := rec.take(); len(docs) > 0 {
			t.Errorf("%s: what was refused wrote %v", form.path, docs)
		}
	}
}

func TestHostileTextsWouldBeSeen(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"image", "script", "attribute", "vector"} {
		page := `<p title="` + naughty[name] + `">` + naughty[name] + `</p>`
		if alive(page) == "" {
			t.Errorf("%s, not escaped, was not found in %s", name, page)
		}
	}
	if found := alive(`<p>` + html.EscapeString(naughty["script"]) + `</p><a href="/inbreng">x</a>`); found != "" {
		t.Errorf("alive found %q in a text that is escaped", found)
	}
}
