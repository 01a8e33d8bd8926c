package textindex_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/nl"

	"ruggespraak/internal/clock"
	"ruggespraak/internal/textindex"
)

// many returns n texts of about 3 kB, made by chaining sentences of the test
// data; the same each time.
func many(b *testing.B, n int) []textindex.Doc {
	b.Helper()
	docs, _, _ := pairs(b, "testdata/pairs.txt")
	var sentences []string
	for _, d := range docs {
		sentences = append(sentences, strings.SplitAfter(d.Title+". "+d.Body, ". ")...)
	}
	random := rand.New(rand.NewPCG(1, 2))
	made := make([]textindex.Doc, n)
	for i := range made {
		var body strings.Builder
		for body.Len() < 3000 {
			body.WriteString(sentences[random.IntN(len(sentences))] + " ")
		}
		made[i] = contribution(fmt.Sprintf("%05d", i), sentences[random.IntN(len(sentences))], body.String())
	}
	return made
}

var benchQueries = []struct{ name, text string }{
	{"one word", "opvangplekken"},
	{"two words", "tolk aangifte"},
	{"sentence", "de tolk zegt steeds op het laatste moment af"},
}

// BenchmarkSearch5000 compares with a bare bleve, nl analyzer and match query,
// over the same texts in the same run.
func BenchmarkSearch5000(b *testing.B) {
	docs := many(b, 5000)
	ours := mustOpen(b, b.TempDir())
	mustPut(b, ours, docs...)
	bare := bareIndex(b, docs)
	for _, q := range benchQueries {
		b.Run("Similar/"+q.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := ours.Similar(b.Context(), "", q.text, 3); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run("Find/"+q.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := ours.Find(b.Context(), textindex.Query{Text: q.text, Limit: 10}); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run("bare/"+q.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := bare.Search(bleve.NewSearchRequest(bleve.NewMatchQuery(q.text))); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkSimilar is the case of every day: some hundred contributions.
func BenchmarkSimilar(b *testing.B) {
	docs, _, _ := pairs(b, "testdata/pairs.txt")
	x := mustOpen(b, b.TempDir())
	mustPut(b, x, docs...)
	text := strings.Repeat(docs[0].Body+" "+docs[1].Body+" ", 4)
	for b.Loop() {
		if _, err := x.Similar(b.Context(), docs[0].Title, text, 3); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSimilar2000 is a line as somebody types it, among all that a network
// may ever tell.
func BenchmarkSimilar2000(b *testing.B) {
	x := mustOpen(b, b.TempDir())
	mustPut(b, x, many(b, 2000)...)
	for b.Loop() {
		if _, err := x.Similar(b.Context(), "", "de tolk zegt steeds op het laatste moment af", 3); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPurge must stay well under a second.
func BenchmarkPurge(b *testing.B) {
	docs, _, _ := pairs(b, "testdata/pairs.txt")
	x := mustOpen(b, b.TempDir())
	for i := range 4 {
		for j := range docs {
			docs[j].ID = fmt.Sprintf("%d-%d", i, j)
		}
		mustPut(b, x, docs...)
	}
	for b.Loop() {
		if err := x.Purge(b.Context(), "none"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPut(b *testing.B) {
	docs := many(b, 200)
	x := mustOpen(b, b.TempDir())
	i := 0
	for b.Loop() {
		mustPut(b, x, docs[i%len(docs)])
		i++
	}
}

// BenchmarkOpen reports what an opened index of the test data keeps on the heap,
// tables of the analysis included, and its files.
func BenchmarkOpen(b *testing.B) {
	docs, _, _ := pairs(b, "testdata/pairs.txt")
	for _, dir := range []string{"", b.TempDir()} {
		b.Run(map[bool]string{true: "memory", false: "folder"}[dir == ""], func(b *testing.B) {
			before := heap()
			x := mustOpen(b, dir)
			mustPut(b, x, docs...)
			kept, size := heap()-before, folderSize(b, dir)
			for b.Loop() {
				if _, err := x.Similar(b.Context(), "", "tolk", 3); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(kept)/1024, "heap-kB")
			b.ReportMetric(float64(size)/1024, "disk-kB")
		})
	}
}

func bareIndex(b *testing.B, docs []textindex.Doc) bleve.Index {
	b.Helper()
	m := bleve.NewIndexMapping()
	m.DefaultAnalyzer = "nl"
	x, err := bleve.New(b.TempDir()+"/bare", m)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = x.Close() })
	batch := x.NewBatch()
	for i, d := range docs {
		if err := batch.Index(d.ID, map[string]string{"titel": d.Title, "tekst": d.Body}); err != nil {
			b.Fatal(err)
		}
		if i%500 == 499 || i == len(docs)-1 {
			if err := x.Batch(batch); err != nil {
				b.Fatal(err)
			}
			batch.Reset()
		}
	}
	return x
}

func heap() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func folderSize(b *testing.B, dir string) int64 {
	b.Helper()
	if dir == "" {
		return 0
	}
	var size int64
	for _, f := range mustFiles(b, dir) {
		info, err := os.Stat(f)
		if err == nil {
			size += info.Size()
		}
	}
	return size
}

// BenchmarkFindAgainstBare asks a mix of questions of 5,000 texts, and
// reports how often bare bleve's time that is and the slowest of a hundred.
func BenchmarkFindAgainstBare(b *testing.B) {
	docs := many(b, 5000)
	ours := mustOpen(b, b.TempDir())
	mustPut(b, ours, docs...)
	bare := bareIndex(b, docs)
	questions := []string{"opvangplekken", "tolk aangifte", "de tolk zegt steeds op het laatste moment af", "wachtlijst ggz", "mannenopvang", "opvng", "vervoer naar de rechtbank", "B8/3"}
	const rounds = 50
	for b.Loop() {
		var mine, theirs []time.Duration
		for range rounds {
			for _, q := range questions {
				mine = append(mine, took(b, func() error {
					_, err := ours.Find(b.Context(), textindex.Query{Text: q, Limit: 20})
					return err
				}))
				theirs = append(theirs, took(b, func() error {
					_, err := bare.Search(bleve.NewSearchRequestOptions(bleve.NewMatchQuery(q), 20, 0, false))
					return err
				}))
			}
		}
		slices.Sort(mine)
		b.ReportMetric(total(mine)/total(theirs), "x-bare")
		b.ReportMetric(float64(mine[len(mine)*99/100].Microseconds())/1000, "p99-ms")
	}
}

// BenchmarkOpen20000 is a start with 20,000 texts as long as contributions are.
func BenchmarkOpen20000(b *testing.B) {
	docs := many(b, 500)
	dir := b.TempDir()
	x := mustOpen(b, dir)
	for i := range 40 {
		some := slices.Clone(docs)
		for j := range some {
			some[j].ID, some[j].Body = fmt.Sprintf("%d-%d", i, j), some[j].Body[:600]
		}
		mustPut(b, x, some...)
	}
	for b.Loop() {
		b.StopTimer()
		mustCloseBench(b, x)
		b.StartTimer()
		var err error
		if x, err = textindex.Open(dir); err != nil {
			b.Fatal(err)
		}
		found, err := x.Find(b.Context(), textindex.Query{Text: "tolk", Limit: 20})
		if err != nil || found.Total == 0 {
			b.Fatalf("Find = %v, %v", found.Total, err)
		}
	}
	mustCloseBench(b, x)
}

func mustCloseBench(b *testing.B, x *textindex.Index) {
	b.Helper()
	if err := x.Close(); err != nil {
		b.Fatal(err)
	}
}

func took(b *testing.B, do func() error) time.Duration {
	b.Helper()
	began := clock.Real()
	if err := do(); err != nil {
		b.Fatal(err)
	}
	return clock.Real().Sub(began)
}

func total(all []time.Duration) float64 {
	var sum time.Duration
	for _, d := range all {
		sum += d
	}
	return float64(sum)
}
