package textindex_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ruggespraak/internal/textindex"
)

func contribution(id, title, body string) textindex.Doc {
	return textindex.Doc{ID: id, Kind: textindex.KindContribution, Title: title, Body: body}
}

var small = []textindex.Doc{
	contribution("tolk", "Intake loopt vertraging op doordat tolken ontbreken", "Een tolk zegt af of komt te laat."),
	contribution("opvang", "Geen opvangplekken voor mannen", "Mannen belanden in de nachtopvang."),
	contribution("aangifte", "Slachtoffers durven geen aangifte te doen", "Zij zijn bang voor de dader."),
}

func TestPutFindsAtOnceInMemoryAndInAFolder(t *testing.T) {
	for _, dir := range []string{"", t.TempDir()} {
		x := mustOpen(t, dir)
		if !x.Fresh() {
			t.Errorf("Open(%q).Fresh() = false, want true for a new index", dir)
		}
		mustPut(t, x, small...)
		if got, want := similar(t, x, "vertaler zegt op het laatste moment af"), []string{"tolk"}; !cmp.Equal(got, want) {
			t.Errorf("Similar = %q, want %q", got, want)
		}
		if got, want := search(t, x, "mannenopvang"), []string{"opvang"}; !cmp.Equal(got, want) {
			t.Errorf("Search = %q, want %q", got, want)
		}
	}
}

func TestPutReplaces(t *testing.T) {
	x := mustOpen(t, "")
	mustPut(t, x, small...)
	mustPut(t, x, contribution("tolk", "Wachtlijst bij de GGZ", ""))
	if got := search(t, x, "tolk"); len(got) != 0 {
		t.Errorf("Search after replacing = %q, want none", got)
	}
	if got, want := search(t, x, "ggz"), []string{"tolk"}; !cmp.Equal(got, want) {
		t.Errorf("Search after replacing = %q, want %q", got, want)
	}
}

func TestDelete(t *testing.T) {
	x := mustOpen(t, "")
	mustPut(t, x, small...)
	if err := x.Delete(t.Context(), "tolk", "unknown"); err != nil {
		t.Fatal(err)
	}
	if got := similar(t, x, "de tolk ontbreekt bij de intake"); len(got) != 0 {
		t.Errorf("Similar after Delete = %q, want none", got)
	}
}

func TestSimilarReturnsContributionsOnly(t *testing.T) {
	x := mustOpen(t, "")
	article := small[0]
	article.ID, article.Kind = "uitleg", "artikel"
	mustPut(t, x, article)
	if got := similar(t, x, small[0].Title); len(got) != 0 {
		t.Errorf("Similar = %q, want no article", got)
	}
	if got, want := search(t, x, "tolken"), []string{"uitleg"}; !cmp.Equal(got, want) {
		t.Errorf("Search = %q, want %q", got, want)
	}
}

func TestOrderDoesNotDependOnInsertion(t *testing.T) {
	forward, backward := mustOpen(t, ""), mustOpen(t, t.TempDir())
	mustPut(t, forward, contribution("z", "weg", "weg"))
	docs := append([]textindex.Doc{contribution("tolk2", small[0].Title, small[0].Body)}, small...)
	mustPut(t, forward, docs...)
	if err := forward.Delete(t.Context(), "z"); err != nil {
		t.Fatal(err)
	}
	for i := len(docs) - 1; i >= 0; i-- {
		mustPut(t, backward, docs[i])
	}
	query := "tolk te laat bij intake"
	a, err := forward.Similar(t.Context(), query, "", 3)
	if err != nil {
		t.Fatal(err)
	}
	b, err := backward.Similar(t.Context(), query, "", 3)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(a, b); diff != "" {
		t.Errorf("hits by order of insertion (-forward +backward):\n%s", diff)
	}
	if len(a) != 2 || a[0].ID != "tolk" || a[1].ID != "tolk2" {
		t.Errorf("Similar = %v, want tolk and tolk2, equals by id", a)
	}
}

func TestReopenKeepsDocuments(t *testing.T) {
	dir := t.TempDir()
	x := mustOpen(t, dir)
	mustPut(t, x, small...)
	mustClose(t, x)
	again := mustOpen(t, dir)
	if again.Fresh() {
		t.Error("Fresh() = true after reopening, want false")
	}
	if got, want := search(t, again, "aangifte"), []string{"aangifte"}; !cmp.Equal(got, want) {
		t.Errorf("Search after reopening = %q, want %q", got, want)
	}
}

func TestPurgeLeavesNothingInAnyFile(t *testing.T) {
	dir := t.TempDir()
	x := mustOpen(t, dir)
	mustPut(t, x, small...)
	mustPut(t, x, contribution("geheim", "Kwetterbeukenlaantjes bij de Vlinderstruikjes", "xylofoonspelers"))
	mustPut(t, x, small[0])
	for _, trace := range []string{"xylofoonspeler", "kwetter", "geheim"} {
		if !folderHolds(t, dir, trace) {
			t.Fatalf("no file holds %q before Purge: the test proves nothing", trace)
		}
	}
	if err := x.Purge(t.Context(), "geheim"); err != nil {
		t.Fatal(err)
	}
	for _, trace := range []string{"xylofoon", "Xylofoon", "kwetter", "laantjes", "vlinderstr", "geheim"} {
		if folderHolds(t, dir, trace) {
			t.Errorf("a file holds %q after Purge", trace)
		}
	}
	if got, want := search(t, x, "tolken"), []string{"tolk"}; !cmp.Equal(got, want) {
		t.Errorf("Search after Purge = %q, want %q", got, want)
	}
	mustPut(t, x, contribution("later", "vervoer naar de rechtbank", ""))
	mustClose(t, x)
	again := mustOpen(t, dir)
	if got, want := search(t, again, "vervoer rechtbank"), []string{"later"}; !cmp.Equal(got, want) {
		t.Errorf("Search after Purge and reopening = %q, want %q", got, want)
	}
	if got, want := similar(t, again, small[1].Title), []string{"opvang"}; !cmp.Equal(got, want) {
		t.Errorf("Similar after Purge and reopening = %q, want %q", got, want)
	}
}

func TestPurgeInMemory(t *testing.T) {
	x := mustOpen(t, "")
	mustPut(t, x, small...)
	if err := x.Purge(t.Context(), "tolk"); err != nil {
		t.Fatal(err)
	}
	if got := search(t, x, "tolken"); len(got) != 0 {
		t.Errorf("Search after Purge = %q, want none", got)
	}
	if got, want := search(t, x, "aangifte"), []string{"aangifte"}; !cmp.Equal(got, want) {
		t.Errorf("Search after Purge = %q, want %q", got, want)
	}
}

func TestOpenRemovesWhatACrashLeft(t *testing.T) {
	dir := t.TempDir()
	x := mustOpen(t, dir)
	mustPut(t, x, small...)
	mustClose(t, x)
	left := filepath.Join(dir, "generation-000000")
	if err := os.CopyFS(left, os.DirFS(filepath.Join(dir, "generation-000001"))); err != nil {
		t.Fatal(err)
	}
	mustOpen(t, dir)
	if _, err := os.Stat(left); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Stat(leftover) = %v, want not exist", err)
	}
}

func TestOpenStartsEmptyWhenDamaged(t *testing.T) {
	tests := []struct {
		name string
		harm func(t *testing.T, dir string)
	}{
		{"no current file", func(t *testing.T, dir string) { mustRemove(t, filepath.Join(dir, "current")) }},
		{"other version", func(t *testing.T, dir string) { mustWrite(t, filepath.Join(dir, "current"), "1 0-00\n") }},
		{"generation gone", func(t *testing.T, dir string) { mustRemove(t, filepath.Join(dir, "generation-000001")) }},
		{"no meta file", func(t *testing.T, dir string) {
			mustRemove(t, filepath.Join(dir, "generation-000001", "index_meta.json"))
		}},
		{"bolt overwritten", func(t *testing.T, dir string) {
			mustWrite(t, filepath.Join(dir, "generation-000001", "store", "root.bolt"), "not bolt")
		}},
		{"segments cut off", func(t *testing.T, dir string) { cutSegments(t, dir, 100) }},
		{"segments empty", func(t *testing.T, dir string) { cutSegments(t, dir, 0) }},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			dir := t.TempDir()
			x := mustOpen(t, dir)
			mustPut(t, x, small...)
			mustClose(t, x)
			tc.harm(t, dir)
			again := mustOpen(t, dir)
			if !again.Fresh() {
				t.Error("Fresh() = false, want true")
			}
			mustPut(t, again, small...)
			if got, want := search(t, again, "aangifte"), []string{"aangifte"}; !cmp.Equal(got, want) {
				t.Errorf("Search = %q, want %q", got, want)
			}
		})
	}
}

func TestOpenTwiceIsRefused(t *testing.T) {
	dir := t.TempDir()
	x := mustOpen(t, dir)
	mustPut(t, x, small...)
	if _, err := textindex.Open(dir); err == nil {
		t.Fatal("second Open = nil, want an error")
	}
	if got, want := search(t, x, "aangifte"), []string{"aangifte"}; !cmp.Equal(got, want) {
		t.Errorf("Search after a refused second Open = %q, want %q", got, want)
	}
}

func TestClosedIndex(t *testing.T) {
	x := mustOpen(t, "")
	mustClose(t, x)
	mustClose(t, x)
	ctx := t.Context()
	_, similarErr := x.Similar(ctx, "tolk", "", 3)
	_, searchErr := x.Find(ctx, textindex.Query{Text: "tolk", Limit: 3})
	for _, err := range []error{x.Put(ctx, small...), x.Delete(ctx, "a"), x.Purge(ctx, "a"), similarErr, searchErr} {
		if !errors.Is(err, textindex.ErrClosed) {
			t.Errorf("after Close = %v, want ErrClosed", err)
		}
	}
}

func TestCancelledContext(t *testing.T) {
	x := mustOpen(t, "")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := x.Put(ctx, small...); !errors.Is(err, context.Canceled) {
		t.Errorf("Put = %v, want context.Canceled", err)
	}
	if _, err := x.Similar(ctx, "tolk", "", 3); !errors.Is(err, context.Canceled) {
		t.Errorf("Similar = %v, want context.Canceled", err)
	}
}

func TestOddInput(t *testing.T) {
	x := mustOpen(t, "")
	mustPut(t, x, contribution("leeg", "", ""), contribution("vreemd", "\x00\xff #tolk ~tolke\n\n", "a\x00b \U0001F600 ÉÉN e\u0301e\u0301n"))
	for _, query := range []string{"", "   ", "de het een", "#opvang ~opvan", "\xff\x00", "*", "title:x AND (", "\U0001F600"} {
		if _, err := x.Similar(t.Context(), query, query, 3); err != nil {
			t.Errorf("Similar(%q) = %v", query, err)
		}
		if _, err := x.Find(t.Context(), textindex.Query{Text: query, Limit: 3}); err != nil {
			t.Errorf("Find(%q) = %v", query, err)
		}
	}
}

func TestConcurrentUse(t *testing.T) {
	x := mustOpen(t, t.TempDir())
	mustPut(t, x, small...)
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() {
			id := fmt.Sprintf("extra%d", i)
			for range 5 {
				mustPut(t, x, contribution(id, "Xylofoonles op woensdag", "trauma"))
				if _, err := x.Similar(t.Context(), "tolk zegt af", "", 3); err != nil {
					t.Error(err)
				}
				if err := x.Purge(t.Context(), id); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if got, want := search(t, x, "aangifte"), []string{"aangifte"}; !cmp.Equal(got, want) {
		t.Errorf("Search afterwards = %q, want %q", got, want)
	}
	if got := search(t, x, "xylofoonles"); len(got) != 0 {
		t.Errorf("Search for purged = %q, want none", got)
	}
}

func mustOpen(t testing.TB, dir string) *textindex.Index {
	t.Helper()
	x, err := textindex.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	})
	return x
}

func mustClose(t testing.TB, x *textindex.Index) {
	t.Helper()
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
}

func mustPut(t testing.TB, x *textindex.Index, docs ...textindex.Doc) {
	t.Helper()
	if err := x.Put(context.Background(), docs...); err != nil {
		t.Error(err)
	}
}

func similar(t testing.TB, x *textindex.Index, text string) []string {
	t.Helper()
	hits, err := x.Similar(context.Background(), "", text, 3)
	if err != nil {
		t.Fatal(err)
	}
	return ids(hits)
}

func search(t testing.TB, x *textindex.Index, query string) []string {
	t.Helper()
	found, err := x.Find(context.Background(), textindex.Query{Text: query, Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	return ids(found.Hits)
}

func ids(hits []textindex.Hit) []string {
	var all []string
	for _, h := range hits {
		all = append(all, h.ID)
	}
	return all
}

func folderHolds(t testing.TB, dir, trace string) bool {
	t.Helper()
	for _, path := range mustFiles(t, dir) {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(data, []byte(trace)) {
			return true
		}
	}
	return false
}

func mustFiles(t testing.TB, dir string) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func cutSegments(t testing.TB, dir string, size int64) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "generation-000001", "store", "*.zap"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no segments: %v", err)
	}
	for _, f := range files {
		if err := os.Truncate(f, size); err != nil {
			t.Fatal(err)
		}
	}
}

func mustRemove(t testing.TB, path string) {
	t.Helper()
	if err := os.RemoveAll(path); err != nil {
		t.Fatal(err)
	}
}

func mustWrite(t testing.TB, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func mustRead(t testing.TB, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
