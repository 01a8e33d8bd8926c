package search_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"ruggespraak/internal/fault"
	"ruggespraak/internal/textindex"
	"ruggespraak/knowledge/search"
	"ruggespraak/people"
	"ruggespraak/store"
)

// paper is a document of a drawer, with the roles that may read it.
type paper struct {
	store.Meta
	doc     search.Document
	roles   []people.Role
	only    string // the one account that may read it, besides no others
	changed time.Time
}

// drawer is a source that a test fills.
type drawer struct {
	kind    string
	now     *time.Time
	papers  map[string]*paper
	holding chan struct{} // when set, Changed waits for it
	fault   error
	reads   int
}

func (d *drawer) Kind() string                 { return d.kind }
func (d *drawer) Audiences() []search.Audience { return search.Audiences }

func (d *drawer) Changed(ctx context.Context, since time.Time, each func([]store.Meta) error) error {
	if d.holding != nil {
		<-d.holding
	}
	if d.fault != nil {
		return d.fault
	}
	var metas []store.Meta
	for _, p := range d.papers {
		if !p.changed.Before(since) {
			metas = append(metas, p.Meta)
		}
	}
	slices.SortFunc(metas, func(a, b store.Meta) int { return strings.Compare(a.ID, b.ID) })
	return each(metas)
}

func (d *drawer) Read(_ context.Context, v people.Viewer, ids []string) ([]search.Document, error) {
	var docs []search.Document
	for _, id := range ids {
		d.reads++
		p := d.papers[id]
		if p != nil && (slices.Contains(p.roles, v.ActiveRole()) || p.only != "" && p.only == v.Account) {
			docs = append(docs, p.doc)
		}
	}
	return docs, nil
}

// put writes a paper that these roles may read; none takes it away from all.
func (d *drawer) put(id, title, body string, roles ...people.Role) {
	p := d.papers[id]
	if p == nil {
		p = &paper{Meta: store.Meta{ID: id}}
		d.papers[id] = p
	}
	p.Version++
	p.doc = search.Document{ID: id, Title: title, Body: body, Link: "/" + d.kind + "/" + id, Day: "2019-09-17"}
	p.roles, p.changed = roles, *d.now
}

// desk is a finder over drawers.
type desk struct {
	testing.TB
	now      time.Time
	articles *drawer
	signals  *drawer
	folder   string
	finder   *search.Finder
	opened   chan search.Audience // an element for each index that was opened
}

func newDesk(t testing.TB, folder string) *desk {
	t.Helper()
	d := openDesk(t, folder)
	t.Cleanup(d.close)
	return d
}

// openDesk gives a desk for the caller to close.
func openDesk(t testing.TB, folder string) *desk {
	t.Helper()
	d := &desk{TB: t, now: time.Date(2019, 9, 17, 9, 0, 0, 0, time.UTC), folder: folder}
	d.articles = &drawer{kind: textindex.KindArticle, now: &d.now, papers: map[string]*paper{}}
	d.signals = &drawer{kind: textindex.KindContribution, now: &d.now, papers: map[string]*paper{}}
	d.open()
	return d
}

func (d *desk) open() {
	d.Helper()
	path := func(name string) string {
		if d.folder == "" {
			return ""
		}
		return filepath.Join(d.folder, name)
	}
	var err error
	d.opened = make(chan search.Audience, len(search.Audiences))
	d.finder, err = search.New(search.Options{
		Open: func(a search.Audience) (*textindex.Index, error) {
			d.opened <- a
			return textindex.Open(path(string(a)))
		},
		Sources: []search.Source{d.articles, d.signals}, Real: func() time.Time { return d.now }, State: path("stand.json"),
	})
	if err != nil {
		d.Fatal(err)
	}
}

func (d *desk) close() {
	if err := d.finder.Close(); err != nil {
		d.Error(err)
	}
}

// tend is a round of what the finder does in the background.
func (d *desk) tend() {
	d.Helper()
	if err := d.finder.Tend(context.Background()); err != nil {
		d.Error(err)
	}
}

// run lets the finder work in the background; the caller stops it.
func (d *desk) run() (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { d.finder.Run(ctx); close(ended) }()
	return func() { cancel(); <-ended }
}

func (d *desk) find(v people.Viewer, text string) search.Answer {
	d.Helper()
	a, err := d.finder.Find(context.Background(), v, search.Question{Text: text, Limit: 20})
	if err != nil {
		d.Fatalf("Find(%q) = %v", text, err)
	}
	return a
}

func (d *desk) ids(v people.Viewer, text string) []string {
	d.Helper()
	var ids []string
	for _, r := range d.find(v, text).Results {
		ids = append(ids, r.ID)
	}
	return ids
}

var (
	visitor     = people.Viewer{}
	coordinator = people.Viewer{Account: "c1", Role: people.Coordinator}
	chair       = people.Viewer{Account: "chair", Role: people.Chair}
	som         = people.Viewer{Account: "som", Role: people.SOMMember}
	secretariat = people.Viewer{Account: "tf", Role: people.TaskForce}
	viewers     = []people.Viewer{visitor, coordinator, chair, som, secretariat}
	everybody   = []people.Role{people.Visitor, people.Coordinator, people.Chair, people.SOMMember, people.TaskForce}
)

func TestFindGivesEachAudienceItsOwn(t *testing.T) {
	d := newDesk(t, "")
	d.articles.put("open", "Opvang uitgelegd", "Wat is opvang?", everybody...)
	d.articles.put("besloten", "Opvang van binnen", "Voor wie hier werkt.", everybody[1:]...)
	d.signals.put("inbreng", "Geen opvang voor mannen", "Er is geen plek.", people.Coordinator, people.Chair)
	d.signals.put("dicht", "Opvang, alleen voor CoMensha", "Er is iets.", people.Chair)
	d.signals.papers["dicht"].only = coordinator.Account // its author: listed elsewhere, not searched
	for _, tc := range []struct {
		v    people.Viewer
		want []string
	}{
		{visitor, []string{"open"}}, {som, []string{"besloten", "open"}}, {secretariat, []string{"besloten", "open"}},
		{coordinator, []string{"besloten", "inbreng", "open"}}, {chair, []string{"besloten", "dicht", "inbreng", "open"}},
	} {
		got := d.ids(tc.v, "opvang")
		slices.Sort(got)
		if !cmp.Equal(got, tc.want) || d.find(tc.v, "opvang").Total != len(tc.want) {
			t.Errorf("%s finds %q, want %q", tc.v.ActiveRole(), got, tc.want)
		}
	}
	_, err := d.finder.Find(t.Context(), people.Viewer{Account: "a", Role: people.Administrator}, search.Question{Text: "opvang", Limit: 5})
	if !fault.Is(err, fault.NotFound) {
		t.Errorf("Find as administrator = %v, want NotFound", err)
	}
}

func TestChangesAreFoundAtOnce(t *testing.T) {
	d := newDesk(t, "")
	d.signals.put("a", "Tolken ontbreken", "", people.Coordinator)
	if got := d.ids(coordinator, "tolk"); !cmp.Equal(got, []string{"a"}) {
		t.Fatalf("found %q, want a", got)
	}
	d.now = d.now.Add(time.Hour)
	d.signals.put("a", "Vervoer ontbreekt", "", people.Coordinator)
	if got := d.ids(coordinator, "tolk"); len(got) != 0 {
		t.Errorf("found %q by words that are gone", got)
	}
	if got := d.ids(coordinator, "vervoer"); !cmp.Equal(got, []string{"a"}) {
		t.Errorf("found %q, want a", got)
	}
	d.signals.put("a", "", "")
	if got := d.ids(coordinator, "vervoer"); len(got) != 0 {
		t.Errorf("found %q after it was taken away", got)
	}
}

// A write that was under way when the last look began has an older instant.
func TestALateWriteIsFound(t *testing.T) {
	d := newDesk(t, "")
	d.ids(coordinator, "tolk")
	d.signals.put("a", "Tolken ontbreken", "", people.Coordinator)
	d.signals.papers["a"].changed = d.now.Add(-30 * time.Second)
	if got := d.ids(coordinator, "tolk"); !cmp.Equal(got, []string{"a"}) {
		t.Errorf("found %q, want a", got)
	}
}

func TestWhatDidNotChangeIsNotReadAgain(t *testing.T) {
	d := newDesk(t, "")
	d.signals.put("a", "Tolken ontbreken", "", people.Coordinator)
	d.ids(coordinator, "vervoer")
	before := d.signals.reads
	d.ids(coordinator, "vervoer")
	if d.signals.reads != before {
		t.Errorf("read %d documents again", d.signals.reads-before)
	}
}

func TestAnErrorOfTheStoreIsToldAndMadeUpFor(t *testing.T) {
	d := newDesk(t, "")
	d.ids(coordinator, "tolk")
	d.signals.put("a", "Tolken ontbreken", "", people.Coordinator)
	d.signals.fault = errors.New("the store is down")
	if _, err := d.finder.Find(t.Context(), coordinator, search.Question{Text: "tolk", Limit: 5}); !errors.Is(err, d.signals.fault) {
		t.Errorf("Find = %v, want the store's error", err)
	}
	d.signals.fault = nil
	d.now = d.now.Add(time.Hour)
	if got := d.ids(coordinator, "tolk"); !cmp.Equal(got, []string{"a"}) {
		t.Errorf("found %q, want a", got)
	}
}

func TestFindWhileTheIndexesAreFilled(t *testing.T) {
	d := newDesk(t, "")
	d.signals.put("a", "Tolken ontbreken", "", people.Coordinator)
	d.signals.holding = make(chan struct{})
	entered := make(chan struct{})
	d.articles.holding = entered
	stop := d.run()
	defer stop()
	d.finder.Wake()
	entered <- struct{}{} // it is filling now
	short, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if _, err := d.finder.Find(short, coordinator, search.Question{Text: "tolk", Limit: 5}); !errors.Is(err, search.ErrNotReady) {
		t.Errorf("Find = %v, want ErrNotReady", err)
	}
	close(entered)
	close(d.signals.holding)
	if got := waitFor(d); !cmp.Equal(got, []string{"a"}) {
		t.Errorf("found %q, want a", got)
	}
}

// waitFor asks until the indexes are filled.
func waitFor(d *desk) []string {
	for {
		a, err := d.finder.Find(context.Background(), coordinator, search.Question{Text: "tolk", Limit: 5})
		if errors.Is(err, search.ErrNotReady) {
			continue
		}
		if err != nil {
			d.Fatal(err)
		}
		var ids []string
		for _, r := range a.Results {
			ids = append(ids, r.ID)
		}
		return ids
	}
}

func TestAStartGoesOnWhereItWas(t *testing.T) {
	d := newDesk(t, t.TempDir())
	d.signals.put("a", "Tolken ontbreken", "", people.Coordinator)
	d.ids(coordinator, "vervoer")
	d.now = d.now.Add(time.Hour)
	d.articles.put("c", "Uitleg", "", people.Coordinator)
	d.ids(coordinator, "vervoer")
	d.close()
	d.signals.put("b", "Tolk zegt af", "", people.Coordinator)
	d.signals.reads = 0
	d.open()
	if got := d.ids(coordinator, "vervoer"); len(got) != 0 || d.signals.reads != len(search.Audiences) {
		t.Errorf("found %q with %d reads, want only the new one read", got, d.signals.reads)
	}
	if got := d.ids(coordinator, "tolk"); !cmp.Equal(got, []string{"b", "a"}) {
		t.Errorf("found %q, want both", got)
	}
}

func TestAStartWithAnIndexLostFillsAgain(t *testing.T) {
	d := newDesk(t, t.TempDir())
	d.signals.put("a", "Tolken ontbreken", "", people.Coordinator)
	d.ids(coordinator, "tolk")
	d.close()
	if err := os.RemoveAll(filepath.Join(d.folder, string(search.Members))); err != nil {
		t.Fatal(err)
	}
	d.now = d.now.Add(time.Hour)
	d.open()
	if got := d.ids(coordinator, "tolk"); !cmp.Equal(got, []string{"a"}) {
		t.Errorf("found %q, want a", got)
	}
}

func TestWhatIsTakenAwayLeavesNoTrace(t *testing.T) {
	d := newDesk(t, t.TempDir())
	d.signals.put("a", "Xylofoonles", "kwetterend", people.Coordinator)
	d.signals.put("b", "Tolken ontbreken", "", people.Coordinator)
	d.ids(coordinator, "tolk")
	if !holds(t, d.folder, "xylofo") {
		t.Fatal("no file holds the word: the test proves nothing")
	}
	d.signals.put("a", "", "")
	d.ids(coordinator, "tolk")
	if err := d.finder.Tidy(t.Context()); err != nil {
		t.Fatal(err)
	}
	if holds(t, d.folder, "xylofo") || holds(t, d.folder, "kwetter") {
		t.Error("a file still holds a word of it")
	}
	if got := d.ids(coordinator, "tolk"); !cmp.Equal(got, []string{"b"}) {
		t.Errorf("found %q, want b", got)
	}
}

func TestNothingIsOpenedUntilSomebodyNeedsIt(t *testing.T) {
	d := newDesk(t, t.TempDir())
	d.signals.put("a", "Tolken ontbreken", "", people.Coordinator)
	d.tend()
	if err := d.finder.Forget(t.Context(), textindex.KindContribution, "a"); err != nil {
		t.Fatal(err)
	}
	if len(d.opened) > 0 || holds(t, d.folder, "tolk") {
		t.Fatal("an index was made for nobody")
	}
	stop := d.run()
	defer stop()
	d.finder.Wake()
	<-d.opened
	if got := d.ids(coordinator, "tolk"); !cmp.Equal(got, []string{"a"}) {
		t.Errorf("found %q, want a", got)
	}
}

func TestAStartOpensNothingThatStandsAsItWas(t *testing.T) {
	d := newDesk(t, t.TempDir())
	d.signals.put("a", "Tolken ontbreken", "", people.Coordinator)
	d.ids(coordinator, "tolk")
	d.close()
	d.open()
	d.tend()
	if len(d.opened) > 0 {
		t.Error("an index was opened, and nothing had changed")
	}
}

// What another instance took away while this one stood still leaves its files
// though nobody searches.
func TestAStartTakesOutWhatIsGone(t *testing.T) {
	d := newDesk(t, t.TempDir())
	d.signals.put("a", "Xylofoonles", "", people.Coordinator)
	d.ids(coordinator, "tolk")
	d.close()
	if !holds(t, d.folder, "xylofo") {
		t.Fatal("no file holds the word: the test proves nothing")
	}
	d.signals.put("a", "", "")
	d.open()
	d.tend()
	if holds(t, d.folder, "xylofo") {
		t.Error("a file still holds a word of it")
	}
}

func TestForgetOpensWhatStandsInTheFolder(t *testing.T) {
	d := newDesk(t, t.TempDir())
	d.signals.put("a", "Xylofoonles", "", people.Coordinator)
	d.ids(coordinator, "tolk")
	d.close()
	d.open()
	if err := d.finder.Forget(t.Context(), textindex.KindContribution, "a"); err != nil {
		t.Fatal(err)
	}
	if holds(t, d.folder, "xylofo") {
		t.Error("a file still holds a word of it")
	}
}

// The program may end at any moment: between taking over and tidying up too.
func TestAStartTidiesUpWhatWasCutOff(t *testing.T) {
	d := newDesk(t, t.TempDir())
	d.signals.put("a", "Xylofoonles", "", people.Coordinator)
	d.ids(coordinator, "tolk")
	if err := d.finder.Tidy(t.Context()); err != nil {
		t.Fatal(err)
	}
	d.signals.put("a", "", "")
	d.ids(coordinator, "tolk")
	left := *d
	left.folder = t.TempDir()
	if err := os.CopyFS(left.folder, os.DirFS(d.folder)); err != nil {
		t.Fatal(err)
	}
	if !holds(t, left.folder, "xylofo") {
		t.Fatal("no file holds the word: the test proves nothing")
	}
	left.open()
	defer left.close()
	left.tend()
	if holds(t, left.folder, "xylofo") {
		t.Error("a file still holds a word of it")
	}
}

func TestAStartGoesOnFillingWhatWasCutOff(t *testing.T) {
	d := newDesk(t, t.TempDir())
	d.articles.put("a", "Xylofoonles", "", everybody...)
	d.signals.fault = errors.New("the store is down")
	if _, err := d.finder.Find(t.Context(), coordinator, search.Question{Text: "tolk", Limit: 5}); !errors.Is(err, d.signals.fault) {
		t.Fatalf("Find = %v, want the store's error", err)
	}
	d.close()
	d.signals.fault = nil
	delete(d.articles.papers, "a")
	d.articles.put("b", "Tolken", "", everybody...)
	d.open()
	d.tend()
	if len(d.opened) == 0 {
		t.Error("an index that was half filled stays as it is")
	}
}

func holds(t *testing.T, folder, word string) bool {
	t.Helper()
	found := false
	err := filepath.WalkDir(folder, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		found = found || bytes.Contains(data, []byte(word))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestRebuild(t *testing.T) {
	d := newDesk(t, t.TempDir())
	d.signals.put("a", "Tolken ontbreken", "", people.Coordinator)
	d.ids(coordinator, "tolk")
	delete(d.signals.papers, "a") // as when an older store was put back
	d.signals.put("b", "Tolk zegt af", "", people.Coordinator)
	if err := d.finder.Rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	if a := d.find(coordinator, "tolk"); a.Total != 1 || a.Results[0].ID != "b" {
		t.Errorf("found %+v, want b alone", a.Results)
	}
}

// What a viewer may not see changes nothing of what the viewer finds: no hit, no
// count, no correction, no snippet, no order.
func TestWhatIsHiddenChangesNothing(t *testing.T) {
	words := strings.Fields("opvang mannen tolk aangifte schadefonds vervoer wachtlijst gemeente mannenopvang tolken opvangplek plek verblijf coordinator school xylofoon")
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.Custom(func(rt *rapid.T) string {
			return strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 1, 8).Draw(rt, "words"), " ")
		})
		with, without := openDesk(t, ""), openDesk(t, "")
		defer with.close()
		defer without.close()
		viewer := rapid.SampledFrom(viewers).Draw(rt, "viewer")
		others := slices.DeleteFunc(slices.Clone(everybody), func(r people.Role) bool { return r == viewer.ActiveRole() })
		for i := range rapid.IntRange(1, 12).Draw(rt, "seen") {
			title, body, id := text.Draw(rt, "title"), text.Draw(rt, "body"), fmt.Sprintf("s%02d", i)
			for _, d := range []*desk{with, without} {
				d.signals.put(id, title, body, viewer.ActiveRole())
			}
		}
		for i := range rapid.IntRange(1, 20).Draw(rt, "hidden") {
			with.signals.put(fmt.Sprintf("h%02d", i), text.Draw(rt, "title"), text.Draw(rt, "body"), rapid.SliceOf(rapid.SampledFrom(others)).Draw(rt, "roles")...)
		}
		typed := text.Draw(rt, "typed")
		if rapid.Bool().Draw(rt, "slip") {
			typed = typed[:len(typed)-1]
		}
		if diff := cmp.Diff(without.find(viewer, typed), with.find(viewer, typed)); diff != "" {
			rt.Fatalf("Find(%q) as %s (-without +with):\n%s", typed, viewer.ActiveRole(), diff)
		}
	})
}
