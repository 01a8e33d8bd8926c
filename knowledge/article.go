package knowledge

import (
	"fmt"
	"slices"
	"time"

	"ruggespraak/internal/markdown"
	"ruggespraak/internal/outbox"
	"ruggespraak/people"
	"ruggespraak/store"
)

// Audience says who may read an approved article.
type Audience string

// The audiences, under their names on the screen.
const (
	Closed Audience = "besloten" // members, SOM and Task Force
	Public Audience = "openbaar"
)

// Text is what people write in an article: the front matter and the Markdown.
type Text struct {
	Title    string   `json:"title"`
	Summary  string   `json:"summary,omitempty"`
	Category string   `json:"category"`
	Route    string   `json:"route,omitempty"`
	Valid    string   `json:"valid,omitempty"` // day; empty when no source gives one
	Sources  []Source `json:"sources,omitempty"`
	Unsure   []string `json:"unsure,omitempty"`  // statements that no source confirms
	Related  []string `json:"related,omitempty"` // slugs
	Body     string   `json:"body"`
}

// Source is where a fact comes from. Date is as exact as it is known.
type Source struct {
	Title string `json:"title"`
	URL   string `json:"url,omitempty"`
	Date  string `json:"date,omitempty"`
}

// Approval is that an account approved a text.
type Approval struct {
	Account string    `json:"account"`
	At      time.Time `json:"at"`
}

// Article is an article as readers see it, ready to show.
type Article struct {
	store.Meta
	Text      Text       `json:"text"`
	Number    int        `json:"number"` // of the approved text, from 1
	Audience  Audience   `json:"audience"`
	Owner     string     `json:"owner,omitempty"` // account; empty: the chair
	Writers   []string   `json:"writers,omitempty"`
	Approvals []Approval `json:"approvals,omitempty"`
	At        time.Time  `json:"at"`                  // of the approved text
	Unchecked bool       `json:"unchecked,omitempty"` // shipped, and not approved by two chairs yet
	CheckedOn string     `json:"checked_on,omitempty"`
	CheckedBy string     `json:"checked_by,omitempty"` // account
	Due       string     `json:"due,omitempty"`        // day before which it must be checked again
	Shipped   string     `json:"shipped,omitempty"`    // fingerprint of the shipped text last taken in
	From      string     `json:"from,omitempty"`       // the draft that the text came from
	Shown     Shown      `json:"shown"`
	Unfiled   []Revision `json:"unfiled,omitempty"` // earlier texts on their way to their own documents
	Changed   time.Time  `json:"changed"`
	Gone      bool       `json:"gone,omitempty"` // taken out of the knowledge base

	Events outbox.Log `json:"events,omitempty"`
}

// Shown is a text made ready once, for both of its audiences.
type Shown struct {
	HTML     markdown.HTML      `json:"html"`
	Public   markdown.HTML      `json:"public"` // links lead to public articles only
	Contents []markdown.Heading `json:"contents,omitempty"`
	Links    []string           `json:"links,omitempty"`
	Plain    string             `json:"plain,omitempty"`
}

// Revision is a text that was approved once.
type Revision struct {
	store.Meta
	Article   string     `json:"article"`
	Number    int        `json:"number"`
	Text      Text       `json:"text"`
	Writers   []string   `json:"writers,omitempty"`
	Approvals []Approval `json:"approvals,omitempty"`
	At        time.Time  `json:"at"`
}

// revisionID is the id of a revision: sorts by number.
func revisionID(article string, number int) string { return fmt.Sprintf("%s/%04d", article, number) }

// revision is the article's present text as it is filed.
func (a *Article) revision() Revision {
	return Revision{Meta: store.Meta{ID: revisionID(a.ID, a.Number)}, Article: a.ID, Number: a.Number, Text: a.Text,
		Writers: a.Writers, Approvals: a.Approvals, At: a.At}
}

// relation is how everybody stands to the article.
func (a *Article) relation() people.Object {
	if a.Audience == Public {
		return "kb.public"
	}
	return "kb.members"
}

var (
	orderShelf   = store.Order{"shelf", "title"}
	orderLinks   = store.Order{"links"}
	orderChanged = store.Order{"changed"}
	orderDue     = store.Order{"due"}
)

// shelf is the one value of the key that all readable articles have.
const shelf = "1"

func articleSpec() store.Spec[Article] {
	return store.Spec[Article]{
		Name:    "article",
		Orders:  []store.Order{orderShelf, orderLinks, orderChanged, orderDue, {"todo"}},
		Several: []string{"links"},
		Meta:    func(a *Article) *store.Meta { return &a.Meta },
		Keys: func(a *Article) store.Keys {
			keys := store.Keys{"changed": {instant(a.Changed)}, "todo": a.Events.Todo()}
			if a.Gone {
				return keys
			}
			keys["shelf"], keys["title"], keys["due"] = []string{shelf}, []string{clip(a.Text.Title, maxTitle)}, []string{a.Due}
			if links := a.pointsAt(); len(links) > 0 {
				keys["links"] = links
			}
			return keys
		},
		Row: func(a *Article) any { return a.row() },
	}
}

// pointsAt are the articles that this one leads to.
func (a *Article) pointsAt() []string {
	all := slices.Clone(a.Shown.Links)
	for _, r := range a.Text.Related {
		if !slices.Contains(all, r) {
			all = append(all, r)
		}
	}
	return all
}

// row is what lists show, decoded from the stored row.
type row struct {
	Title     string    `json:"title"`
	Summary   string    `json:"summary,omitempty"`
	Category  string    `json:"category"`
	Route     string    `json:"route,omitempty"`
	Audience  Audience  `json:"audience"`
	Owner     string    `json:"owner,omitempty"`
	Unchecked bool      `json:"unchecked,omitempty"`
	CheckedOn string    `json:"checked_on,omitempty"`
	Due       string    `json:"due,omitempty"`
	Links     []string  `json:"links,omitempty"`
	At        time.Time `json:"at"`
	Gone      bool      `json:"gone,omitempty"`
}

func (a *Article) row() row {
	return row{a.Text.Title, a.Text.Summary, a.Text.Category, a.Text.Route, a.Audience, a.Owner, a.Unchecked, a.CheckedOn, a.Due, a.pointsAt(), a.At, a.Gone}
}

func revisionSpec() store.Spec[Revision] {
	return store.Spec[Revision]{
		Name:   "article_revision",
		Orders: []store.Order{{"article", "number"}},
		Meta:   func(r *Revision) *store.Meta { return &r.Meta },
		Keys: func(r *Revision) store.Keys {
			return store.Keys{"article": {r.Article}, "number": {fmt.Sprintf("%04d", r.Number)}}
		},
	}
}

// instant is a time as a key that sorts.
func instant(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// clip cuts a text to at most n bytes, at a rune.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return s[:n]
}
