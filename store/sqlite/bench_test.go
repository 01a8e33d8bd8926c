package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"ruggespraak/store"
)

// rounds of the port and the bare driver in turn; the ratio is of one round.
const rounds = 11

var signal = store.Kind{
	Name:    "signal",
	Orders:  []store.Order{{"audience", "period"}, {"theme", "period"}, {"author", "period"}},
	Several: []string{"theme"},
}

func signalDoc(i int, r *rand.Rand) store.Doc {
	period := fmt.Sprintf("2019-%06d", i/3)
	return store.Doc{
		ID:   fmt.Sprintf("%026d", i),
		Keys: store.Keys{"audience": {"members"}, "period": {period}, "theme": {fmt.Sprint("theme", i%12)}, "author": {fmt.Sprint("author", r.IntN(60))}},
		Row:  []byte(`{"titel":"De tolk zegt steeds op het laatste moment af","thema":"Tolken","soort":"knelpunt","herkend":7}`),
		Body: []byte(`{"tekst":"` + strings.Repeat("De intake loopt vertraging op. ", 21) + `"}`),
	}
}

// fill inserts in one transaction, through the same statements as Insert, and
// writes the same into a plain table with a column and an index a key.
func fill(b *testing.B, db *DB, n int) {
	b.Helper()
	must(b, db.Declare(context.Background(), signal))
	k, err := db.kind(signal.Name)
	must(b, err)
	r := rand.New(rand.NewPCG(1, 2))
	must(b, db.write.transact(context.Background(), func(ctx context.Context, q *statements) error {
		if _, err := q.exec(ctx, `CREATE TABLE bare (id TEXT PRIMARY KEY, version INTEGER, audience TEXT, period TEXT, theme TEXT, author TEXT, row BLOB, body BLOB)`); err != nil {
			return err
		}
		for i := range n {
			d := signalDoc(i, r)
			var at int64
			if err := q.row(ctx, k.insert, d.ID, newStamp(), encodeKeys(d.Keys), d.Row, d.Body).Scan(&at); err != nil {
				return err
			}
			for _, o := range k.orders {
				if err := o.add(ctx, q, o.entries(d.Keys), d.ID, at); err != nil {
					return err
				}
			}
			_, err := q.exec(ctx, `INSERT INTO bare VALUES (?, 1, ?, ?, ?, ?, ?, ?)`,
				d.ID, d.Keys["audience"][0], d.Keys["period"][0], d.Keys["theme"][0], d.Keys["author"][0], d.Row, d.Body)
			if err != nil {
				return err
			}
		}
		for _, key := range []string{"audience", "theme", "author"} {
			if _, err := q.exec(ctx, `CREATE INDEX bare_`+key+` ON bare (`+key+`, period, id)`); err != nil {
				return err
			}
		}
		return nil
	}))
	must(b, db.Scrub(context.Background()))
}

// cpu gives the time that this process has used, in microseconds.
func cpu() float64 {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u) // cannot fail with this argument
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1000
}

// compare runs both in turn and reports the median of the ratios of a round,
// and the medians of what one operation costs.
func compare(b *testing.B, times int, ours, bare func(i int)) {
	b.Helper()
	cost := func(run func(int)) float64 {
		before := cpu()
		for i := range times {
			run(i)
		}
		return (cpu() - before) / float64(times)
	}
	cost(ours)
	cost(bare)
	var ratios, a, c []float64
	for round := range rounds {
		var x, y float64
		if round%2 == 0 {
			x, y = cost(ours), cost(bare)
		} else {
			y, x = cost(bare), cost(ours)
		}
		ratios, a, c = append(ratios, x/y), append(a, x), append(c, y)
	}
	b.ReportMetric(median(ratios), "ratio")
	b.ReportMetric(median(a), "µs/op")
	b.ReportMetric(median(c), "µs/other-op")
	b.ReportMetric(0, "ns/op")
}

func median(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}

// BenchmarkAgainstBare compares operations of the port with the bare driver
// doing the same on the same file, by the processor time they take. Goal: a
// ratio of at most 1.5.
func BenchmarkAgainstBare(b *testing.B) {
	ctx := context.Background()
	const n = 20_000
	path := filepath.Join(b.TempDir(), "r.db")
	db := newDB(b, path)
	fill(b, db, n)
	dsn, err := address(path)
	must(b, err)
	bare, err := sql.Open("sqlite", dsn+strings.TrimPrefix(forReading, "&_pragma=query_only(ON)"))
	must(b, err)
	defer bare.Close()
	prepare := func(text string) *sql.Stmt {
		s, err := bare.PrepareContext(ctx, text)
		must(b, err)
		return s
	}
	id := func(i int) string { return fmt.Sprintf("%026d", i*7919%n) }
	body := signalDoc(0, rand.New(rand.NewPCG(1, 2)))

	b.Run("read by id", func(b *testing.B) {
		read := prepare(`SELECT version, row, body FROM bare WHERE id = ?`)
		compare(b, 3000, func(i int) {
			_, err := db.Get(ctx, signal.Name, id(i))
			must(b, err)
		}, func(i int) {
			var d store.Doc
			must(b, read.QueryRow(id(i)).Scan(&d.Version, &d.Row, &d.Body))
		})
	})
	b.Run("compare-and-set", func(b *testing.B) {
		set := prepare(`UPDATE bare SET version = version + 1, row = ?, body = ? WHERE id = ? AND version = ?`)
		r := rand.New(rand.NewPCG(1, 2))
		docs := make([]store.Doc, 200)
		for i := range docs {
			docs[i] = signalDoc(i, r)
		}
		var ours, theirs int64
		compare(b, len(docs), func(i int) {
			docs[i].Version = ours/int64(len(docs)) + 1
			must(b, db.Replace(ctx, signal.Name, docs[i]))
			ours++
		}, func(i int) {
			done, err := set.Exec(body.Row, body.Body, docs[i].ID, theirs/int64(len(docs))+1)
			must(b, err)
			changed, _ := done.RowsAffected()
			if changed != 1 {
				b.Fatal("the bare driver changed nothing")
			}
			theirs++
		})
	})
	b.Run("compare-and-set with a changed key", func(b *testing.B) {
		set := prepare(`UPDATE bare SET version = version + 1, period = ?, row = ?, body = ? WHERE id = ? AND version = ?`)
		r := rand.New(rand.NewPCG(1, 2))
		docs := make([]store.Doc, 200)
		for i := range docs {
			docs[i] = signalDoc(i+1000, r)
			docs[i].Version = 1
		}
		var ours, theirs int64
		period := func(n int64) string { return fmt.Sprintf("2018-%06d", n) }
		compare(b, len(docs), func(i int) {
			ours++
			docs[i].Keys["period"] = []string{period(ours)}
			must(b, db.Replace(ctx, signal.Name, docs[i]))
			docs[i].Version++
		}, func(i int) {
			done, err := set.Exec(period(theirs), body.Row, body.Body, docs[i].ID, theirs/int64(len(docs))+1)
			must(b, err)
			theirs++
			changed, _ := done.RowsAffected()
			if changed != 1 {
				b.Fatal("the bare driver changed nothing")
			}
		})
	})
	b.Run("page of 20", func(b *testing.B) {
		page := prepare(`SELECT id, period, version, row FROM bare WHERE audience = ? AND (period, id) < (?, ?) ORDER BY period DESC, id DESC LIMIT 21`)
		compare(b, 1000, func(i int) { pageAt(b, db, n, i, 20) }, func(i int) {
			rows, err := page.Query("members", fmt.Sprintf("2019-%06d", placeOf(n, i)/3), fmt.Sprintf("%026d", placeOf(n, i)))
			must(b, err)
			found := 0
			must(b, each(rows, func() error {
				var d store.Doc
				var period string
				found++
				return rows.Scan(&d.ID, &period, &d.Version, &d.Row)
			}))
			if found != 21 {
				b.Fatalf("the bare driver found %d", found)
			}
		})
	})
}

// placeOf spreads pages over n documents.
func placeOf(n, i int) int { return n/10 + i*7919%(n-n/5) }

func pageAt(b *testing.B, db *DB, n, i, limit int) {
	at := placeOf(n, i)
	p, err := db.Find(context.Background(), signal.Name, store.Query{
		Order: signal.Orders[0], Equal: []string{"members"}, Desc: true, Limit: limit,
		After: store.NextAfter([]string{fmt.Sprintf("2019-%06d", at/3), fmt.Sprintf("%026d", at)}),
	})
	must(b, err)
	if len(p.Docs) != limit || p.Next == "" {
		b.Fatalf("page of %d documents", len(p.Docs))
	}
}

// BenchmarkListPage compares a list page of 50 rows among 200,000 documents
// with one among 20,000. Goal: a ratio of at most 1.3.
func BenchmarkListPage(b *testing.B) {
	if os.Getenv("RUGGESPRAAK_BENCH") == "" {
		b.Skip("takes half a minute to fill; «make bench» runs it")
	}
	const few, many = 20_000, 200_000
	small, large := newDB(b, filepath.Join(b.TempDir(), "small.db")), newDB(b, filepath.Join(b.TempDir(), "large.db"))
	fill(b, small, few)
	fill(b, large, many)
	b.Run("50 of 200000 to 50 of 20000", func(b *testing.B) {
		compare(b, 500, func(i int) { pageAt(b, large, many, i, 50) }, func(i int) { pageAt(b, small, few, i, 50) })
	})
}
