// Command hostile writes pages of texts that try to run scripts, as
// internal/markdown renders them, for a browser test to open. The texts are
// random and the same for the same seed. It stores nothing but the pages; it may
// import internal/markdown.
package main

import (
	"errors"
	"flag"
	"fmt"
	"hash/fnv"
	"html"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"ruggespraak/internal/markdown"
)

func main() {
	seed := flag.Uint64("seed", 1, "of the first text; each next has the next seed")
	count := flag.Int("count", 300, "texts")
	each := flag.Int("each", 25, "texts on a page")
	out := flag.String("out", "", "folder for the pages; empty prints the texts and what becomes of them")
	raw := flag.Bool("raw", false, "write the texts as they are: a check that finds nothing then is no check")
	flag.Parse()
	if err := run(*seed, *count, *each, *out, *raw); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(seed uint64, count, each int, out string, raw bool) error {
	for first := 0; first < count; first += each {
		var page strings.Builder
		page.WriteString("<!DOCTYPE html>\n<html lang=\"nl\"><head><meta charset=\"utf-8\"><title>teksten</title></head><body>\n")
		for n := range min(each, count-first) {
			number := seed + uint64(first+n)
			source, rendered, err := render(number)
			if err != nil {
				return fmt.Errorf("text %d: %w", number, err)
			}
			if raw {
				rendered = source
			}
			if out == "" {
				fmt.Printf("--- %d\n%q\n%s\n%s\n", number, source, source, rendered)
			}
			fmt.Fprintf(&page, "<div class=\"tekst\" data-nr=\"%d\">%s</div>\n", number, rendered)
		}
		page.WriteString("</body></html>\n")
		if out == "" {
			continue
		}
		if err := os.WriteFile(filepath.Join(out, fmt.Sprintf("%05d.html", first)), []byte(page.String()), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// render makes the first text of this seed that is not refused, and shows it as
// an article with its table of contents, and as a message.
func render(seed uint64) (source, rendered string, err error) {
	r := rand.New(rand.NewPCG(seed, 0))
	for range 100 {
		source = document(r)
		article, err := markdown.Article(source, markdown.ArticleOptions{Link: link})
		if err != nil {
			continue
		}
		message, err := markdown.Render(source)
		if err != nil {
			continue
		}
		var s strings.Builder
		for _, h := range article.Contents {
			fmt.Fprintf(&s, "<p><a href=\"#%s\">%s</a></p>\n", h.ID, html.EscapeString(h.Text))
		}
		return source, s.String() + string(article.HTML) + string(message), nil
	}
	return "", "", errors.New("all are refused")
}

// link knows every other slug; titles and addresses are as hostile as texts.
func link(slug string) (href, title string, ok bool) {
	h := fnv.New64a()
	_, _ = h.Write([]byte(slug))
	r := rand.New(rand.NewPCG(h.Sum64(), 0))
	href = "/kennisbank/" + slug
	if r.IntN(4) == 0 {
		href = change(r, pick(r, vectors))
	}
	return href, change(r, pick(r, vectors)), r.IntN(2) == 0
}
