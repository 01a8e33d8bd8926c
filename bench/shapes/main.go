// Command shapes looks for texts that internal/markdown accepts and that take
// more work than their length allows: it makes shapes at random, changes the
// dearest again and again, and counts the statements that rendering executes. It
// stores nothing; it may import internal/markdown. Build it with counters:
// `make fuzz-markdown`.
package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"time"

	"ruggespraak/internal/markdown"
)

func main() {
	duration := flag.Duration("for", time.Minute, "how long to look")
	seed := flag.Uint64("seed", rand.Uint64(), "where the random shapes start")
	most := flag.Uint64("most", 800, "statements a byte that are too many")
	flag.Parse()
	fmt.Printf("seed %d\n", *seed)
	ctx, cancel := context.WithTimeout(context.Background(), *duration)
	defer cancel()
	h := hunt{r: rand.New(rand.NewPCG(*seed, 0))}
	if err := h.run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	if h.report() > *most {
		fmt.Printf("FAILED: more than %d statements a byte\n", *most)
		os.Exit(1)
	}
}

// hunt keeps the dearest shapes that were found.
type hunt struct {
	r       *rand.Rand
	tried   int
	dearest []found
}

type found struct {
	shape
	work uint64 // statements a byte
}

const kept = 60

// sizes of texts: most of them small, so that many are tried.
var sizes = []int{20_000, 20_000, 20_000, 20_000, 20_000, 20_000, 100_000}

func (h *hunt) run(ctx context.Context) error {
	for ctx.Err() == nil {
		s := random(h.r)
		if len(h.dearest) > 0 && h.r.IntN(4) > 0 {
			s = change(h.r, h.dearest[h.r.IntN(len(h.dearest))].shape)
		}
		if err := h.try(s); err != nil {
			return err
		}
	}
	return nil
}

// try renders the shape with blocks as long as are accepted, and keeps it when it
// is among the dearest.
func (h *hunt) try(s shape) error {
	size := sizes[h.r.IntN(len(sizes))]
	for ; s.times > 0; s = s.shorter() {
		text := s.text(size)
		var refused error
		n, err := work(func() { _, refused = markdown.Article(text, markdown.ArticleOptions{Link: exists}) })
		if err != nil {
			return err
		}
		if refused != nil {
			continue
		}
		h.tried++
		// As the check does, a short text counts as one of this length.
		h.keep(found{s, n / uint64(max(len(text), 20_000))})
		return nil
	}
	return nil
}

func (h *hunt) keep(f found) {
	if slices.ContainsFunc(h.dearest, func(o found) bool { return o.head == f.head && o.unit == f.unit }) {
		return
	}
	h.dearest = append(h.dearest, f)
	slices.SortFunc(h.dearest, func(a, b found) int { return cmp.Compare(b.work, a.work) })
	h.dearest = h.dearest[:min(len(h.dearest), kept)]
}

func exists(slug string) (href, title string, ok bool) { return "/" + slug, slug, true }

// report prints the dearest shapes and returns the work of the first.
func (h *hunt) report() uint64 {
	fmt.Printf("%d texts\n", h.tried)
	for _, f := range h.dearest[:min(len(h.dearest), 15)] {
		fmt.Printf("%6d statements a byte: %s\n", f.work, f.shape)
	}
	if len(h.dearest) == 0 {
		return 0
	}
	return h.dearest[0].work
}
