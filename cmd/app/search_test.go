package app_test

import (
	"errors"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"ruggespraak/cmd/app"
	"ruggespraak/meetings"
	"ruggespraak/meetings/bundles"
	"ruggespraak/meetings/signals"
	"ruggespraak/store"
)

// searched is a result as the page shows it.
type searched struct{ kind, href, title string }

// seek asks as a browser does: the form of a page, and where it leads.
func (c *client) seek(pairs ...string) (answer, []searched) {
	c.Helper()
	c.csrf = inputs(c.get("/zoeken").want(c, http.StatusOK).body).Get("_token")
	a := c.post("/zoeken", pairs...).want(c, http.StatusSeeOther)
	page := c.get(a.location).want(c, http.StatusOK)
	for strings.Contains(page.body, "De zoekmachine is bijna klaar") {
		page = c.get(a.location).want(c, http.StatusOK)
	}
	return page, results(page.body)
}

func results(page string) []searched {
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return nil
	}
	var all []searched
	for n := range root.Descendants() {
		if n.Data != "li" || attr(n, "data-soort") == "" {
			continue
		}
		for a := range n.Descendants() {
			if a.Data == "a" {
				all = append(all, searched{attr(n, "data-soort"), attr(a, "href"), words(a)})
				break
			}
		}
	}
	return all
}

func words(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}

func hrefs(all []searched) []string {
	var paths []string
	for _, r := range all {
		paths = append(paths, r.href)
	}
	return paths
}

func TestSearchFindsWhatAViewerMayRead(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	f := newFixture(w)
	form := f.form()
	form.Title, form.Text = "Geen zeilboot beschikbaar", "Er is nergens een zeilboot te vinden voor wie <b>water</b> op wil."
	open := f.submit("c2", form)
	form.Title, form.Readers = "Zeilboot, alleen voor CoMensha", "comensha"
	closed := f.submit("c2", form)
	for _, tc := range []struct {
		account string
		want    []string
	}{
		{"c1", []string{"/inbreng/" + open}}, {"c2", []string{"/inbreng/" + open}}, {"chair", []string{"/inbreng/" + open, "/inbreng/" + closed}},
		{"som", nil}, {"tf", nil}, {"", nil},
	} {
		page, found := w.as(tc.account).seek("q", "zeilboten")
		got := hrefs(found)
		slices.Sort(got)
		slices.Sort(tc.want)
		if !cmp.Equal(got, tc.want) {
			t.Errorf("%q finds %q, want %q", tc.account, got, tc.want)
		}
		if len(tc.want) > 0 && !strings.Contains(page.body, "<mark>zeilboot</mark>") {
			t.Errorf("%q sees no word marked", tc.account)
		}
		if strings.Contains(page.body, "<b>water") {
			t.Errorf("%q gets markup that somebody typed", tc.account)
		}
	}
	w.as("admin").get("/zoeken").want(t, http.StatusNotFound)
}

// A program in which nobody is signed in has no index; the first page of who is
// makes them, so that the first search need not wait.
func TestSearchIsMadeReadyForWhoIsSignedIn(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	w := newApp(t, func(cfg *app.Config) { cfg.Data = folder })
	index := filepath.Join(folder, "index")
	for _, account := range []string{"", "admin"} {
		w.as(account).get("/").want(t, http.StatusOK)
		w.as(account).get("/hulp-nu").want(t, http.StatusOK)
	}
	if _, err := os.Stat(index); !errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("the folder of the indexes: %v, want none before it is needed", err)
	}
	w.as("c1").get("/").want(t, http.StatusOK)
	for _, err := os.Stat(index); err != nil; _, err = os.Stat(index) {
		if !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		runtime.Gosched()
	}
}

func TestSearchFindsEveryKind(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	f := newFixture(w)
	id, _ := f.meeting(meetings.National, meetings.Closed)
	number := f.sent(bundles.Addressee{Body: bundles.SOM})
	minutes := ""
	for _, c := range f.canaries {
		if strings.HasPrefix(c, "kanarieverslag") {
			minutes = c
		}
	}
	_, found := w.as("c1").seek("q", minutes)
	if len(found) != 1 || found[0].kind != "overleg" || found[0].href != "/overleggen/"+id {
		t.Errorf("minutes: found %v, want the meeting", found)
	}
	if _, found = w.as("som").seek("q", minutes); len(found) != 0 {
		t.Errorf("the SOM finds %v by minutes that it may not read", found)
	}
	_, found = w.as("som").seek("q", "bundel "+number)
	if len(found) == 0 || found[0].kind != "bundel" || found[0].href != "/bundels/"+number {
		t.Errorf("found %v, want the bundle", found)
	}
}

func TestSearchStandsInNoAddress(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	f := newFixture(w)
	form := f.form()
	form.Title = "Geen zeilboot beschikbaar"
	f.submit("c2", form)
	for _, account := range []string{"c1", ""} {
		c := w.as(account)
		first := c.get("/").want(t, http.StatusOK)
		c.csrf = inputs(first.body).Get("_token")
		one := c.post("/zoeken", "q", "zeilboot", "soort", "inbreng").want(t, http.StatusSeeOther).location
		two := c.post("/zoeken", "q", "tolk").want(t, http.StatusSeeOther).location
		if one != "/zoeken?n=1" || two != "/zoeken?n=2" {
			t.Fatalf("%q is led to %q and %q", account, one, two)
		}
		c.get(two).want(t, http.StatusOK)
		back := c.get(one).want(t, http.StatusOK)
		if got := inputs(back.body)["q"]; len(got) != 2 || got[1] != "zeilboot" {
			t.Errorf("%q goes back to %q", account, got)
		}
		c.get("/zoeken?n=99").want(t, http.StatusOK).says(t, "Deze zoekvraag kennen wij niet meer")
		w.as(account).get(one).want(t, http.StatusOK).hides(t, "zeilboot") // another session
	}
	w.as("c1").get("/zoeken?n=ja").want(t, http.StatusOK)
	if a := w.as("c1").post("/zoeken", "q", "  "); a.location != "/zoeken" {
		t.Errorf("an empty question leads to %q", a.location)
	}
}

func TestSearchHelpsWhoFindsNothing(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	newFixture(w).released("c2")
	page, found := w.as("c1").seek("q", "zeppelin")
	if len(found) != 0 {
		t.Errorf("found %v", found)
	}
	page.says(t, "Wij vonden niets.").says(t, "Tips")
}

func TestSearchByKindAndNarrowed(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	f := newFixture(w)
	for range 7 {
		form := f.form()
		form.Title = "Geen zeilboot beschikbaar"
		f.submit("c2", form)
	}
	c := w.as("c1")
	page, found := c.seek("q", "zeilboot", "indeling", "soort")
	if len(found) != 5 {
		t.Errorf("by kind: %d results, want the best five", len(found))
	}
	page.says(t, "7 resultaten").says(t, "Toon alle 7")
	if _, found = c.seek("q", "zeilboot", "soort", "overleg"); len(found) != 0 {
		t.Errorf("only meetings: %v", found)
	}
	if _, found = c.seek("q", "zeilboot", "thema", "opvang", "periode", "maand"); len(found) != 7 {
		t.Errorf("theme and period: %d, want 7", len(found))
	}
	if _, found = c.seek("q", "zeilboot", "thema", "tolken"); len(found) != 7 && len(found) != 0 {
		t.Errorf("theme: %d", len(found))
	}
}

func TestEveryPageOfWhoMaySearchHasTheField(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	for account, want := range map[string]bool{"": true, "c1": true, "chair": true, "som": true, "tf": true, "admin": false} {
		c := w.as(account)
		for _, path := range []string{"/", "/privacy", "/hulp-nu", "/bestaat-niet", "/inloggen"} {
			page := c.get(path).body
			if account != "" && path == "/inloggen" {
				continue // leads on
			}
			if got := strings.Contains(page, `action="/zoeken"`); got != want {
				t.Errorf("%q at %s: has the field %v, want %v", account, path, got, want)
			}
		}
	}
}

// TestWhatIsHiddenChangesNoByteOfAResult searches twice, with and without what the
// viewer may not see, for every role.
func TestWhatIsHiddenChangesNoByteOfAResult(t *testing.T) {
	t.Parallel()
	questions := [][]string{{"q", "tolk bij aangifte"}, {"q", "zeilbotn"}, {"q", "mannenopvang", "indeling", "soort"}, {"q", "bundel"}, {"q", "overleg", "periode", "jaar"}}
	for _, account := range []string{"", "c1", "som", "tf"} {
		var bytes [2][]string
		for i, hides := range []bool{false, true} {
			w := newApp(t)
			f := newFixture(w)
			f.searchable(hides)
			c := w.as(account)
			for _, q := range questions {
				page, _ := c.seek(q...)
				bytes[i] = append(bytes[i], ids.ReplaceAllString(page.gist(), "ID"))
			}
		}
		for i, q := range questions {
			if diff := cmp.Diff(bytes[0][i], bytes[1][i]); diff != "" {
				t.Errorf("%q, %q (-without +with what is hidden):\n%s", account, q, diff)
			}
		}
	}
}

// ids are what differs between two worlds: the random ids of what was made.
var ids = regexp.MustCompile(`[a-z2-7]{26}`)

// searchable makes what colleagues find, and with hides as much again that only
// the chair may read: closed contributions, drafts, a meeting for picked people.
func (f *fixture) searchable(hides bool) {
	f.Helper()
	texts := []string{"Tolk ontbreekt bij aangifte", "Geen plek in de mannenopvang", "Wachten op een zeilboot"}
	for i, title := range texts {
		form := f.form()
		form.Title, form.Text = title, strings.Repeat(texts[(i+1)%len(texts)]+". ", i+1)
		f.submit("c2", form)
		if !hides {
			continue
		}
		form.Readers = signals.CoMenshaOnly
		for range 4 {
			f.submit("c3", form)
			_, err := f.app.Book.SaveDraft(background, f.viewer("c3"), store.NewID(), 0, form)
			f.ok(err)
		}
		_, err := f.app.Calendar.Create(background, f.viewer("chair"), meetings.Details{Kind: meetings.National, Title: title, Date: "2019-11-25",
			Start: "10:00", End: "15:00", Place: "Zaal"})
		f.ok(err)
		m, err := f.app.Calendar.Create(background, f.viewer("chair"), meetings.Details{Kind: meetings.National, Title: title, Date: "2019-11-26",
			Start: "10:00", End: "15:00", Place: "Zaal", Picked: []string{"c3"}})
		f.ok(err)
		f.ok(f.app.Calendar.Convene(background, f.viewer("chair"), m.ID))
	}
	f.settle()
}

// The indexes in a data folder belong to one program: a second one says so at
// once, not when somebody searches.
func TestADataFolderIsOneProgramsOwn(t *testing.T) {
	folder := t.TempDir()
	own := func(cfg *app.Config) { cfg.Data = folder }
	w := newApp(t, own)
	w.as("").get("/").want(t, http.StatusOK)
	second := openApp(t, own)
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := second.app.Run(t.Context(), ln); err == nil || !strings.Contains(err.Error(), "in use by another process") {
		t.Errorf("Run beside another = %v, want that the folder is in use", err)
	}
	if err := second.app.Close(); err != nil {
		t.Error(err)
	}
}
