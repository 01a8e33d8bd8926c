package knowledge

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"

	"ruggespraak/internal/markdown"
)

// header is the front matter of an article's file, in the order of the file.
type header struct {
	Slug      string   `yaml:"slug"`
	Title     string   `yaml:"titel"`
	Summary   string   `yaml:"samenvatting"`
	Category  string   `yaml:"categorie"`
	Route     string   `yaml:"route"`
	Owner     string   `yaml:"eigenaar"`
	Valid     string   `yaml:"geldig_per"`
	CheckedOn string   `yaml:"gecontroleerd_op"`
	Due       string   `yaml:"controleren_voor"`
	Status    string   `yaml:"status"`
	Sources   []origin `yaml:"bronnen"`
	Unsure    []string `yaml:"onzeker"`
	Related   []string `yaml:"gerelateerd"`
}

type origin struct {
	Number int    `yaml:"nr"`
	Title  string `yaml:"titel"`
	URL    string `yaml:"url"`
	Date   string `yaml:"datum"`
}

const fence = "---\n"

// File is an article as it stands in a file.
type File struct {
	Slug string
	Due  string // day before which it must be checked
	Text Text
}

var slugRE = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// ParseFile reads a file with front matter. The error says in English, for who
// writes the file, what is wrong and on which line.
func ParseFile(source []byte) (File, error) {
	source = bytes.ReplaceAll(source, []byte("\r\n"), []byte("\n"))
	rest, found := bytes.CutPrefix(source, []byte(fence))
	head, body, closed := bytes.Cut(rest, []byte("\n"+fence))
	if !found || !closed {
		return File{}, errors.New("front matter: want it between two lines of ---, the first at the very top")
	}
	var h header
	if err := yaml.UnmarshalWithOptions(head, &h, yaml.Strict()); err != nil {
		return File{}, fmt.Errorf("front matter: %w", err)
	}
	if err := h.check(); err != nil {
		return File{}, fmt.Errorf("front matter: %w", err)
	}
	t := Text{Title: h.Title, Summary: h.Summary, Category: h.Category, Route: h.Route, Valid: h.Valid, Unsure: h.Unsure, Related: h.Related,
		Body: strings.TrimSpace(string(body))}
	for _, o := range h.Sources {
		t.Sources = append(t.Sources, Source{o.Title, o.URL, o.Date})
	}
	if err := markdown.CheckArticle(t.Body); err != nil {
		return File{}, fmt.Errorf("text: %w", err)
	}
	return File{Slug: h.Slug, Due: h.Due, Text: t}, nil
}

func (h *header) check() error {
	switch {
	case !slugRE.MatchString(h.Slug) || slices.Contains(Reserved, h.Slug):
		return fmt.Errorf("slug: %q is no address of an article", h.Slug)
	case h.Title == "":
		return errors.New("titel: is empty")
	}
	if _, ok := CategoryOf(h.Category); !ok {
		return fmt.Errorf("categorie: %q is none of ours", h.Category)
	}
	for key, day := range map[string]string{"geldig_per": h.Valid, "gecontroleerd_op": h.CheckedOn, "controleren_voor": h.Due} {
		if _, err := time.Parse(time.DateOnly, day); day != "" && err != nil {
			return fmt.Errorf("%s: %q is no day such as 2026-11-21", key, day)
		}
	}
	for i, o := range h.Sources {
		if o.Number != i+1 || o.Title == "" {
			return fmt.Errorf("bronnen: entry %d has nr %d and titel %q", i+1, o.Number, o.Title)
		}
	}
	return nil
}

// Markdown writes the article as a file that ParseFile reads back. No name of a
// person stands in it.
func (s *Seen) Markdown() ([]byte, error) {
	h := header{Slug: s.Slug, Title: s.Text.Title, Summary: s.Text.Summary, Category: s.Text.Category, Route: s.Text.Route, Valid: s.Text.Valid,
		CheckedOn: s.CheckedOn, Due: s.Due, Status: s.status(), Unsure: s.Text.Unsure, Related: s.Text.Related}
	for i, o := range s.Text.Sources {
		h.Sources = append(h.Sources, origin{i + 1, o.Title, o.URL, o.Date})
	}
	head, err := yaml.Marshal(h)
	if err != nil {
		return nil, fmt.Errorf("write front matter: %w", err)
	}
	return []byte(fence + string(head) + fence + "\n" + s.Text.Body + "\n"), nil
}

func (s *Seen) status() string {
	switch {
	case s.Expired:
		return "verouderd"
	case s.Unchecked:
		return "concept"
	default:
		return "gecontroleerd"
	}
}

// shippedFile is a shipped article and the fingerprint of its text.
type shippedFile struct {
	File
	print string
}

// readShipped reads all files <slug>.md of the folder.
func readShipped(folder fs.FS) ([]shippedFile, error) {
	names, err := fs.Glob(folder, "*.md")
	if err != nil {
		return nil, err
	}
	var all []shippedFile
	for _, name := range names {
		source, err := fs.ReadFile(folder, name)
		if err != nil {
			return nil, err
		}
		f, err := ParseFile(source)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if f.Slug+".md" != name {
			return nil, fmt.Errorf("%s: holds the article %q", name, f.Slug)
		}
		sum := sha256.Sum256(source)
		all = append(all, shippedFile{f, hex.EncodeToString(sum[:8])})
	}
	return all, nil
}
