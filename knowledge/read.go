package knowledge

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"ruggespraak/internal/fault"
	"ruggespraak/internal/markdown"
	"ruggespraak/people"
)

// Line is an article in a list.
type Line struct {
	Slug      string
	Title     string
	Summary   string
	Category  string
	Audience  Audience
	Unchecked bool
	Expired   bool // had to be checked before today
	CheckedOn string
	Due       string
	Owner     string // name, for members only; empty: the chair
	MayOwn    bool   // the viewer looks after it
}

// Seen is an article as one viewer may see it.
type Seen struct {
	Line
	Text     Text
	Number   int
	At       time.Time // of this text
	HTML     markdown.HTML
	Contents []markdown.Heading
	Related  []Line
	Backlink []Line
	// By and Checked are names, for members only.
	Writers   []string
	CheckedBy string
	OwnerID   string
	Approved  int // of the two chairs that an unchecked article needs
	May       May

	around []Line // articles that it points at or that point at it
}

// May is what the viewer can do with an article now.
type May struct {
	Edit    bool // begin a draft
	Approve bool // as one of two chairs, an article that was shipped
	Confirm bool // «Klopt nog»
	Manage  bool // owner and audience
	Remove  bool
}

// Expiry is what stands after a link to an article that had to be checked.
const Expiry = "(nog te controleren)"

// List gives all articles that the viewer may read, by title.
func (l *Library) List(ctx context.Context, v people.Viewer) ([]Line, error) {
	return l.listed(ctx, v, func(string, row) bool { return true })
}

// PublicList gives the articles that everybody may read, by title.
func (l *Library) PublicList(ctx context.Context, v people.Viewer) ([]Line, error) {
	return l.listed(ctx, v, func(_ string, r row) bool { return r.Audience == Public })
}

// listed gives the lines of articles that the viewer may see and that are wanted.
func (l *Library) listed(ctx context.Context, v people.Viewer, wanted func(slug string, r row) bool) ([]Line, error) {
	catalog, err := l.catalog(ctx)
	if err != nil {
		return nil, err
	}
	return l.lines(ctx, v, catalog, wanted)
}

func (l *Library) lines(ctx context.Context, v people.Viewer, catalog map[string]row, wanted func(slug string, r row) bool) ([]Line, error) {
	owners := make([]string, 0, len(catalog))
	for _, r := range catalog {
		owners = append(owners, r.Owner)
	}
	slices.Sort(owners)
	names, err := l.names(ctx, v, slices.Compact(owners)...)
	if err != nil {
		return nil, err
	}
	var all []Line
	for slug, r := range catalog {
		if people.Allow(v, relationOf(r.Audience), people.List) == nil && wanted(slug, r) {
			all = append(all, l.line(slug, r, v, names))
		}
	}
	slices.SortFunc(all, func(a, b Line) int {
		return cmp.Or(strings.Compare(strings.ToLower(a.Title), strings.ToLower(b.Title)), strings.Compare(a.Slug, b.Slug))
	})
	return all, nil
}

func relationOf(a Audience) people.Object { return (&Article{Audience: a}).relation() }

func (l *Library) line(slug string, r row, v people.Viewer, names map[string]string) Line {
	return Line{Slug: slug, Title: r.Title, Summary: r.Summary, Category: r.Category, Audience: r.Audience, Unchecked: r.Unchecked,
		Expired: expired(r.Due, l.today()), CheckedOn: r.CheckedOn, Due: r.Due, Owner: names[r.Owner], MayOwn: owns(v, r.Owner)}
}

// owns tells whether the viewer looks after an article: its owner, or the chair
// while nobody is named.
func owns(v people.Viewer, owner string) bool {
	return owner != "" && owner == v.Account || owner == "" && v.ActiveRole() == people.Chair
}

// Article gives an article as the viewer may see it; not found for anybody else.
func (l *Library) Article(ctx context.Context, v people.Viewer, slug string) (*Seen, error) {
	a, err := l.load(ctx, v, slug, people.Read)
	if err != nil {
		return nil, err
	}
	return l.seen(ctx, v, a, "/kennisbank/", a.Shown.HTML)
}

// PublicArticle gives an article that everybody may read, as everybody reads
// it: links lead to such articles only, and no name stands in it.
func (l *Library) PublicArticle(ctx context.Context, v people.Viewer, slug string) (*Seen, error) {
	a, err := l.load(ctx, v, slug, people.Read)
	if err != nil {
		return nil, err
	}
	if a.Audience != Public {
		return nil, fault.NotFoundError()
	}
	return l.seen(ctx, people.Viewer{}, a, "/openbaar/kennisbank/", a.Shown.Public)
}

func (l *Library) seen(ctx context.Context, v people.Viewer, a *Article, base string, html markdown.HTML) (*Seen, error) {
	ids := append([]string{a.Owner, a.CheckedBy}, a.Writers...)
	names, err := l.names(ctx, v, ids...)
	if err != nil {
		return nil, err
	}
	s := &Seen{Line: l.line(a.ID, a.row(), v, names), Text: a.Text, Number: a.Number, At: a.At, Contents: a.Shown.Contents,
		CheckedBy: names[a.CheckedBy], Approved: len(a.Approvals), May: a.may(v)}
	if v.ActiveRole().Member() {
		s.OwnerID = a.Owner
	}
	for _, w := range a.Writers {
		if names[w] != "" {
			s.Writers = append(s.Writers, names[w])
		}
	}
	catalog, err := l.catalog(ctx)
	if err != nil {
		return nil, err
	}
	around, err := l.lines(ctx, v, catalog, func(slug string, r row) bool {
		return slug != a.ID && (slices.Contains(a.pointsAt(), slug) || slices.Contains(r.Links, a.ID))
	})
	if err != nil {
		return nil, err
	}
	s.around = around
	notes := map[string]string{}
	for _, o := range around {
		if slices.Contains(a.Text.Related, o.Slug) {
			s.Related = append(s.Related, o)
		}
		if slices.Contains(catalog[o.Slug].Links, a.ID) {
			s.Backlink = append(s.Backlink, o)
		}
		if o.Expired {
			notes[base+o.Slug] = Expiry
		}
	}
	s.HTML = markdown.MarkLinks(html, notes)
	return s, nil
}

// may is what the viewer can do with the article.
func (a *Article) may(v people.Viewer) May {
	can := func(verb people.Verb) bool { return people.May(v.ActiveRole(), a.relation(), verb) }
	approved := slices.ContainsFunc(a.Approvals, func(p Approval) bool { return p.Account == v.Account })
	return May{
		Edit:    people.May(v.ActiveRole(), relOwn, people.Create),
		Approve: a.Unchecked && !approved && !slices.Contains(a.Writers, v.Account) && people.May(v.ActiveRole(), relApprove, people.Act),
		Confirm: !a.Unchecked && can(people.Act) && (owns(v, a.Owner) || v.ActiveRole() == people.Chair),
		Manage:  can(people.Update),
		Remove:  can(people.Delete),
	}
}

// Broken is a link that leads nowhere.
type Broken struct {
	Line
	To string // the slug that is not there
}

// BrokenLinks lists the links between articles that lead nowhere; for members.
func (l *Library) BrokenLinks(ctx context.Context, v people.Viewer) ([]Broken, error) {
	if err := people.Allow(v, relOwn, people.List); err != nil {
		return nil, err
	}
	catalog, err := l.catalog(ctx)
	if err != nil {
		return nil, err
	}
	lines, err := l.lines(ctx, v, catalog, func(string, row) bool { return true })
	if err != nil {
		return nil, err
	}
	var all []Broken
	for _, line := range lines {
		for _, to := range catalog[line.Slug].Links {
			if _, ok := catalog[to]; !ok {
				all = append(all, Broken{line, to})
			}
		}
	}
	return all, nil
}
