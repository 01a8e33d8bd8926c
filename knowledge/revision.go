package knowledge

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/sergi/go-diff/diffmatchpatch"

	"ruggespraak/internal/fault"
	"ruggespraak/people"
	"ruggespraak/store"
)

// RevisionLine is an approved text in the list of an article's versions.
type RevisionLine struct {
	Number    int
	At        time.Time
	Writers   []string // names, for members only
	Approvers []string // the same
	Current   bool
}

// Revisions lists the approved texts of an article, the newest first.
func (l *Library) Revisions(ctx context.Context, v people.Viewer, slug string) (*Article, []RevisionLine, error) {
	a, err := l.load(ctx, v, slug, people.Read)
	if err != nil {
		return nil, nil, err
	}
	all, err := l.history(ctx, a)
	if err != nil {
		return nil, nil, err
	}
	var ids []string
	for _, r := range all {
		ids = append(ids, r.accounts()...)
	}
	slices.Sort(ids)
	names, err := l.names(ctx, v, slices.Compact(ids)...)
	if err != nil {
		return nil, nil, err
	}
	var lines []RevisionLine
	for _, r := range all {
		line := RevisionLine{Number: r.Number, At: r.At, Current: r.Number == a.Number}
		line.Writers = named(names, r.Writers)
		for _, p := range r.Approvals {
			line.Approvers = append(line.Approvers, named(names, []string{p.Account})...)
		}
		lines = append(lines, line)
	}
	return a, lines, nil
}

func (r *Revision) accounts() []string {
	all := slices.Clone(r.Writers)
	for _, p := range r.Approvals {
		all = append(all, p.Account)
	}
	return all
}

func named(names map[string]string, ids []string) (all []string) {
	for _, id := range ids {
		if names[id] != "" {
			all = append(all, names[id])
		}
	}
	return all
}

// history gives all approved texts of an article, the newest first. The
// earlier ones may still be on their way to their own documents.
func (l *Library) history(ctx context.Context, a *Article) ([]*Revision, error) {
	filed, err := l.revisions.All(ctx, store.Query{Order: store.Order{"article", "number"}, Equal: []string{a.ID}})
	if err != nil {
		return nil, err
	}
	current := a.revision()
	all := append(filed, &current)
	for i := range a.Unfiled {
		if !slices.ContainsFunc(filed, func(r *Revision) bool { return r.Number == a.Unfiled[i].Number }) {
			all = append(all, &a.Unfiled[i])
		}
	}
	slices.SortFunc(all, func(x, y *Revision) int { return y.Number - x.Number })
	return all, nil
}

// revision gives one approved text of an article.
func (l *Library) revision(ctx context.Context, a *Article, number int) (*Revision, error) {
	all, err := l.history(ctx, a)
	if err != nil {
		return nil, err
	}
	for _, r := range all {
		if r.Number == number {
			return r, nil
		}
	}
	return nil, fault.NotFoundError()
}

// Compared is what an approved text changed in the one before it.
type Compared struct {
	RevisionLine
	Title   string
	Changes []Change
}

// Compare gives an approved text against the one before it.
func (l *Library) Compare(ctx context.Context, v people.Viewer, slug string, number int) (*Compared, error) {
	a, lines, err := l.Revisions(ctx, v, slug)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(lines, func(line RevisionLine) bool { return line.Number == number })
	if i < 0 {
		return nil, fault.NotFoundError()
	}
	now, err := l.revision(ctx, a, number)
	if err != nil {
		return nil, err
	}
	var before Text
	if number > 1 {
		r, err := l.revision(ctx, a, number-1)
		if err != nil {
			return nil, err
		}
		before = r.Text
	}
	return &Compared{lines[i], a.Text.Title, Diff(before.Whole(), now.Text.Whole())}, nil
}

// Whole is all of the text as people read it in a comparison.
func (t Text) Whole() string {
	parts := []string{t.Title, t.Summary, t.Body}
	for _, s := range t.Sources {
		parts = append(parts, strings.TrimSpace(strings.Join([]string{s.Title, s.URL, s.Date}, " ")))
	}
	parts = append(parts, t.Unsure...)
	return strings.Join(parts, "\n\n")
}

// Op says what happened to a piece of text.
type Op int

// The pieces of a comparison.
const (
	Same Op = iota
	Added
	Removed
)

// Change is a piece of text in a comparison.
type Change struct {
	Op   Op
	Text string
}

// diffTime bounds the search for the smallest difference; after it the answer
// is right but coarser.
const diffTime = 200 * time.Millisecond

// Diff compares two texts word by word. Words become runes first, because
// go-diff compares runes.
func Diff(before, after string) []Change {
	alphabet := &words{rune: map[string]rune{}}
	a, b := alphabet.encode(before), alphabet.encode(after)
	engine := diffmatchpatch.New()
	engine.DiffTimeout = diffTime
	var all []Change
	for _, d := range engine.DiffCleanupSemantic(engine.DiffMainRunes(a, b, false)) {
		op := map[diffmatchpatch.Operation]Op{diffmatchpatch.DiffEqual: Same, diffmatchpatch.DiffInsert: Added, diffmatchpatch.DiffDelete: Removed}[d.Type]
		all = append(all, Change{op, alphabet.decode(d.Text)})
	}
	return all
}

// words gives each different word a rune.
type words struct {
	rune map[string]rune
	word []string
}

// firstRune is where the runes for words begin: beyond the surrogates there is
// room for a million of them.
const firstRune = 0xE000

func (w *words) encode(text string) []rune {
	var out []rune
	for _, word := range split(text) {
		r, ok := w.rune[word]
		if !ok {
			r = firstRune + rune(len(w.word))
			w.rune[word] = r
			w.word = append(w.word, word)
		}
		out = append(out, r)
	}
	return out
}

func (w *words) decode(text string) string {
	var out strings.Builder
	for _, r := range text {
		out.WriteString(w.word[r-firstRune])
	}
	return out.String()
}

// split cuts a text into words and what stands between them.
func split(text string) []string {
	var all []string
	start, in := 0, false
	for i, r := range text {
		word := unicode.IsLetter(r) || unicode.IsDigit(r)
		if i > start && (!word || !in) {
			all = append(all, text[start:i])
			start = i
		}
		in = word
	}
	if start < len(text) {
		all = append(all, text[start:])
	}
	return all
}
