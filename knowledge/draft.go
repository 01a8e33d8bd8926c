package knowledge

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"ruggespraak/internal/fault"
	"ruggespraak/internal/guard"
	"ruggespraak/internal/markdown"
	"ruggespraak/people"
	"ruggespraak/store"
)

// How a viewer stands to a draft, and to approving it.
const (
	relOwn     people.Object = "kb.draft.own"
	relEditor  people.Object = "kb.draft.editor"
	relOther   people.Object = "kb.draft.other"
	relMine    people.Object = "kb.approve.own"
	relApprove people.Object = "kb.approve.other"
)

// Limits of an article, in bytes. The text itself has the limits of package markdown.
const (
	maxTitle   = 200
	maxSummary = 600
	maxEntries = 100 // sources, uncertain statements, related articles
	maxEntry   = 600
)

// Draft is a text that is being written. Once it was approved or thrown away it
// is a tombstone without text.
type Draft struct {
	store.Meta
	Article   string     `json:"article,omitempty"` // slug; empty: a new article
	Base      int        `json:"base,omitempty"`    // the approved text that it began from
	Text      Text       `json:"text,omitzero"`
	Author    string     `json:"author,omitempty"` // empty: the product's own newer text
	Editors   []string   `json:"editors,omitempty"`
	Writers   []string   `json:"writers,omitempty"` // who changed it
	Offered   time.Time  `json:"offered,omitzero"`
	Approvals []Approval `json:"approvals,omitempty"`
	Returned  string     `json:"returned,omitempty"` // why the chair sent it back
	Asked     bool       `json:"asked,omitempty"`    // the guard asked and a reason was given
	Shipped   string     `json:"shipped,omitempty"`  // fingerprint, of a shipped text
	Saved     time.Time  `json:"saved"`
	Revision  int        `json:"revision"`
	Gone      bool       `json:"gone,omitempty"`
}

// Product tells whether the text came with the product.
func (d *Draft) Product() bool { return d.Shipped != "" && len(d.Writers) == 0 }

func draftSpec() store.Spec[Draft] {
	return store.Spec[Draft]{
		Name:    "article_draft",
		Orders:  []store.Order{{"who", "saved"}, {"offered", "saved"}, {"article"}},
		Several: []string{"who"},
		Meta:    func(d *Draft) *store.Meta { return &d.Meta },
		Keys: func(d *Draft) store.Keys {
			if d.Gone {
				return nil
			}
			keys := store.Keys{"saved": {instant(d.Saved)}, "who": d.who()}
			if d.Article != "" {
				keys["article"] = []string{d.Article}
			}
			if !d.Offered.IsZero() {
				keys["offered"] = []string{"1"}
			}
			return keys
		},
	}
}

func (d *Draft) who() []string {
	if d.Author == "" {
		return d.Editors
	}
	return append([]string{d.Author}, d.Editors...)
}

// relation is how the viewer stands to the draft. What was not offered is
// nobody's but its writers'.
func (d *Draft) relation(v people.Viewer) people.Object {
	switch {
	case v.Account != "" && d.Author == v.Account:
		return relOwn
	case v.Account != "" && slices.Contains(d.Editors, v.Account):
		return relEditor
	default:
		return relOther
	}
}

// allow tells whether the viewer may do this to the draft: the chair sees one
// of another only after it was offered.
func (d *Draft) allow(v people.Viewer, verb people.Verb) error {
	if d.Gone || d.relation(v) == relOther && d.Offered.IsZero() && !v.IsSystem() {
		return fault.NotFoundError()
	}
	return people.Allow(v, d.relation(v), verb)
}

// Overtaken is the error of saving or offering what another changed meanwhile:
// their text, so that the writer can put the two together. Nothing was saved.
type Overtaken struct {
	Text     Text
	Revision int // of the draft, to save over knowingly
	Base     int // number of the approved text, the same
}

// Error says what happened.
func (o *Overtaken) Error() string { return "knowledge: the text was changed by another" }

// Typed is what the form of a draft holds.
type Typed struct {
	Text     Text
	Revision int // of the draft that the form began from
	Base     int // the approved text that its writer has seen
	Reasons  map[string]string
}

// Begin makes a draft of an article, or gives the draft of it that the viewer
// has already.
func (l *Library) Begin(ctx context.Context, v people.Viewer, slug string) (id string, err error) {
	if err := people.Allow(v, relOwn, people.Create); err != nil {
		return "", err
	}
	a, err := l.load(ctx, v, slug, people.Read)
	if err != nil {
		return "", err
	}
	mine, err := l.drafts.All(ctx, store.Query{Order: store.Order{"article"}, Equal: []string{slug}})
	if err != nil {
		return "", err
	}
	for _, d := range mine {
		if d.Author == v.Account {
			return d.ID, nil
		}
	}
	return l.insertDraft(ctx, &Draft{Article: slug, Base: a.Number, Text: a.Text, Author: v.Account})
}

// Restore makes a draft of an earlier text: four eyes look at it again.
func (l *Library) Restore(ctx context.Context, v people.Viewer, slug string, number int) (id string, err error) {
	if err := people.Allow(v, relOwn, people.Create); err != nil {
		return "", err
	}
	a, err := l.load(ctx, v, slug, people.Read)
	if err != nil {
		return "", err
	}
	r, err := l.revision(ctx, a, number)
	if err != nil {
		return "", err
	}
	return l.insertDraft(ctx, &Draft{Article: slug, Base: a.Number, Text: r.Text, Author: v.Account, Writers: []string{v.Account}})
}

// Start makes a draft of a new article.
func (l *Library) Start(ctx context.Context, v people.Viewer, title, category string) (id string, err error) {
	if err := people.Allow(v, relOwn, people.Create); err != nil {
		return "", err
	}
	t := Text{Title: title, Category: category}
	var form fault.Form
	checkHead(&form, t)
	if err := l.screen(ctx, &form, t, nil, guard.Block); err != nil {
		return "", err
	}
	if err := form.Err("Het artikel is nog niet gemaakt"); err != nil {
		return "", err
	}
	return l.insertDraft(ctx, &Draft{Text: t, Author: v.Account, Writers: []string{v.Account}})
}

func (l *Library) insertDraft(ctx context.Context, d *Draft) (id string, err error) {
	d.Saved, d.Revision = l.real(), 1
	err = l.drafts.Insert(ctx, d)
	return d.ID, err
}

// Save keeps a draft. What the guard blocks is not kept: Invalid, and the last
// clean text stays. What it asks about is asked when the draft is offered. The
// error is an *Overtaken when another saved in between.
func (l *Library) Save(ctx context.Context, v people.Viewer, id string, t Typed) (*Draft, error) {
	base, err := l.baseOf(ctx, v, id)
	if err != nil {
		return nil, err
	}
	t.Text = t.Text.trimmed()
	var form fault.Form
	checkHead(&form, t.Text)
	checkBody(&form, t.Text)
	if err := l.screen(ctx, &form, t.Text, nil, guard.Block); err != nil {
		return nil, err
	}
	if err := form.Err("Uw tekst is nog niet bewaard"); err != nil {
		return nil, err
	}
	kept, err := l.drafts.Update(ctx, id, func(d *Draft) error { return d.take(v, t, base, l.real()) })
	return kept, border(err)
}

// baseOf is the approved article that the draft is of; empty for a new one.
func (l *Library) baseOf(ctx context.Context, v people.Viewer, id string) (*Article, error) {
	d, err := l.drafts.Get(ctx, id)
	if err != nil {
		return nil, border(err)
	}
	if err := d.allow(v, people.Read); err != nil {
		return nil, err
	}
	if d.Article == "" {
		return &Article{}, nil
	}
	a, err := l.articles.Get(ctx, d.Article)
	return a, border(err)
}

// take writes what was typed over the draft, unless another text came between.
func (d *Draft) take(v people.Viewer, t Typed, base *Article, at time.Time) error {
	if err := d.allow(v, people.Update); err != nil {
		return err
	}
	same := d.Text.equal(t.Text)
	if d.Revision != t.Revision {
		if same {
			return store.Unchanged
		}
		return &Overtaken{Text: d.Text, Revision: d.Revision, Base: d.Base}
	}
	if t.Base == base.Number {
		d.Base = t.Base
	}
	if same {
		return nil
	}
	if !slices.Contains(d.Writers, v.Account) {
		d.Writers = append(d.Writers, v.Account)
	}
	d.Text, d.Saved, d.Offered, d.Approvals, d.Asked = t.Text, at, time.Time{}, nil, false
	d.Revision++
	return nil
}

// Offer saves the draft and asks a second person to approve it. It returns what
// Save does, and an *Overtaken when another text was approved meanwhile.
func (l *Library) Offer(ctx context.Context, v people.Viewer, id string, t Typed) error {
	d, err := l.Save(ctx, v, id, t)
	if err != nil {
		return err
	}
	base, err := l.baseOf(ctx, v, id)
	if err != nil {
		return err
	}
	if d.Base != base.Number {
		return &Overtaken{Text: base.Text, Revision: d.Revision, Base: base.Number}
	}
	var form fault.Form
	form.Require(d.Text.Body != "", "tekst", "Schrijf de tekst.")
	form.Require(d.Text.Summary != "", "samenvatting", "Schrijf in één of twee zinnen waar dit over gaat.")
	form.Require(len(d.Text.Sources) > 0, "bronnen", "Noem ten minste één bron.")
	if err := l.screen(ctx, &form, d.Text, t.Reasons, guard.Ask); err != nil {
		return err
	}
	if err := form.Err("Uw tekst is bewaard, maar nog niet aangeboden"); err != nil {
		return err
	}
	_, err = l.drafts.Update(ctx, id, func(now *Draft) error {
		if err := now.allow(v, people.Act); err != nil {
			return err
		}
		if now.Revision != d.Revision {
			return &Overtaken{Text: now.Text, Revision: now.Revision, Base: now.Base}
		}
		now.Offered, now.Returned, now.Asked = l.real(), "", len(t.Reasons) > 0
		return nil
	})
	if err != nil {
		return border(err)
	}
	return l.tellOffered(ctx, v, d)
}

// SendBack gives an offered draft back to its writer with a reason.
func (l *Library) SendBack(ctx context.Context, v people.Viewer, id, reason string) error {
	var form fault.Form
	form.Require(reason != "" && len(reason) <= maxSummary, "reden", "Schrijf kort waarom.")
	report := l.guard.Check(reason, guard.Options{})
	form.Require(report.Verdict < guard.Ask, "reden", "Noem geen personen.")
	if err := form.Err("De tekst is nog niet teruggegeven"); err != nil {
		return err
	}
	d, err := l.drafts.Update(ctx, id, func(d *Draft) error {
		if err := d.allow(v, people.Act); err != nil {
			return err
		}
		if d.relation(v) != relOther || d.Author == "" {
			return fault.ForbiddenError()
		}
		d.Offered, d.Approvals, d.Returned = time.Time{}, nil, reason
		return nil
	})
	if err != nil {
		return border(err)
	}
	return l.tell(ctx, d.Author, []string{"sent back", id, instant(d.Saved)}, NoticeReturned, "Uw tekst voor de kennisbank is terug bij u.", d.Path())
}

// Throw throws a draft away: its text is gone.
func (l *Library) Throw(ctx context.Context, v people.Viewer, id string) error {
	_, err := l.drafts.Update(ctx, id, func(d *Draft) error {
		if err := d.allow(v, people.Delete); err != nil {
			return err
		}
		d.bury()
		return nil
	})
	return border(err)
}

func (d *Draft) bury() {
	*d = Draft{Meta: d.Meta, Article: d.Article, Author: d.Author, Saved: d.Saved, Revision: d.Revision, Gone: true}
}

// NameEditors says which members may change the draft too.
func (l *Library) NameEditors(ctx context.Context, v people.Viewer, id string, accounts []string) error {
	candidates, err := l.Members(ctx)
	if err != nil {
		return err
	}
	for _, a := range accounts {
		if !slices.ContainsFunc(candidates, func(p people.Person) bool { return p.ID == a }) {
			return fault.New(fault.Invalid, "Kies iemand uit de lijst.")
		}
	}
	_, err = l.drafts.Update(ctx, id, func(d *Draft) error {
		if err := d.allow(v, people.Update); err != nil {
			return err
		}
		if d.relation(v) != relOwn {
			return fault.ForbiddenError()
		}
		d.Editors = slices.DeleteFunc(slices.Clone(accounts), func(a string) bool { return a == d.Author })
		return nil
	})
	return border(err)
}

// Members are those who can look after articles and write in them, by name.
func (l *Library) Members(ctx context.Context) ([]people.Person, error) {
	var all []people.Person
	for _, r := range []people.Role{people.Coordinator, people.Deputy, people.Chair} {
		some, err := l.accounts.WithRole(ctx, r)
		if err != nil {
			return nil, err
		}
		for _, p := range some {
			if !slices.ContainsFunc(all, func(q people.Person) bool { return q.ID == p.ID }) {
				all = append(all, p)
			}
		}
	}
	slices.SortFunc(all, func(a, b people.Person) int { return strings.Compare(a.Name, b.Name) })
	return all, nil
}

// Path is the address of the draft.
func (d *Draft) Path() string { return "/kennisbank/concept/" + d.ID }

// Working is a draft as one viewer sees it.
type Working struct {
	*Draft
	Current  *Article // the approved text; nil for a new article
	Writer   string   // names
	Mine     bool     // may change it
	Own      bool
	Approve  bool // may approve it
	Return   bool
	NeedsTwo bool // two chairs must approve it
}

// Working gives a draft that the viewer may see.
func (l *Library) Working(ctx context.Context, v people.Viewer, id string) (*Working, error) {
	d, err := l.drafts.Get(ctx, id)
	if err != nil {
		return nil, border(err)
	}
	if err := d.allow(v, people.Read); err != nil {
		return nil, err
	}
	w := &Working{Draft: d, Own: d.relation(v) == relOwn, Mine: d.allow(v, people.Update) == nil}
	if d.Article != "" {
		if w.Current, err = l.articles.Get(ctx, d.Article); err != nil {
			return nil, border(err)
		}
	}
	names, err := l.names(ctx, v, d.who()...)
	if err != nil {
		return nil, err
	}
	w.Writer = names[d.Author]
	w.NeedsTwo = d.needsTwo(w.Current)
	w.Approve = !d.Offered.IsZero() && d.mayApprove(v) == nil && !d.approvedBy(v.Account)
	w.Return = d.relation(v) == relOther && d.Author != "" && !d.Offered.IsZero() && d.allow(v, people.Act) == nil
	return w, nil
}

// DraftLine is a draft in the list of what is being written.
type DraftLine struct {
	ID, Title string
	Saved     time.Time
	Offered   bool
	Own       bool
	Returned  bool
	Product   bool
}

// Drafts lists the drafts that the viewer may see, the last saved first: one's
// own, those one was named editor of, and for the chair what was offered.
func (l *Library) Drafts(ctx context.Context, v people.Viewer) ([]DraftLine, error) {
	found := map[string]*Draft{}
	for _, q := range []store.Query{
		{Order: store.Order{"who", "saved"}, Equal: []string{v.Account}},
		{Order: store.Order{"offered", "saved"}, Equal: []string{"1"}},
	} {
		some, err := l.drafts.All(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, d := range some {
			if d.allow(v, people.List) == nil {
				found[d.ID] = d
			}
		}
	}
	var all []DraftLine
	for _, d := range found {
		all = append(all, DraftLine{ID: d.ID, Title: d.Text.Title, Saved: d.Saved, Offered: !d.Offered.IsZero(), Own: d.relation(v) == relOwn,
			Returned: d.Returned != "", Product: d.Product()})
	}
	slices.SortFunc(all, func(a, b DraftLine) int { return b.Saved.Compare(a.Saved) })
	return all, nil
}

// trimmed is the text without space around what was typed.
func (t Text) trimmed() Text {
	t.Title, t.Summary, t.Body = strings.TrimSpace(t.Title), strings.TrimSpace(t.Summary), strings.TrimSpace(t.Body)
	if t.Category != "compensatie" {
		t.Route = ""
	}
	return t
}

func (t Text) equal(o Text) bool {
	return t.Title == o.Title && t.Summary == o.Summary && t.Category == o.Category && t.Route == o.Route && t.Valid == o.Valid && t.Body == o.Body &&
		slices.Equal(t.Sources, o.Sources) && slices.Equal(t.Unsure, o.Unsure) && slices.Equal(t.Related, o.Related)
}

func checkHead(form *fault.Form, t Text) {
	form.Require(t.Title != "", "titel", "Geef het artikel een titel.")
	form.Require(len(t.Title) <= maxTitle, "titel", "Maak de titel korter.")
	_, ok := CategoryOf(t.Category)
	form.Require(ok, "categorie", "Kies een categorie.")
}

func checkBody(form *fault.Form, t Text) {
	form.Require(len(t.Summary) <= maxSummary, "samenvatting", "Maak de samenvatting korter.")
	_, err := time.Parse(time.DateOnly, t.Valid)
	form.Require(t.Valid == "" || err == nil, "geldig", "Vul een datum in, bijvoorbeeld 25-11-2026.")
	known := t.Route == "" || slices.ContainsFunc(Routes, func(r Route) bool { return r.Slug == t.Route })
	form.Require(known, "route", "Kies een route uit de lijst.")
	if err := markdown.CheckArticle(t.Body); err != nil {
		form.Add("tekst", err.Error())
	}
	form.Require(len(t.Sources) <= maxEntries, "bronnen", "Noem minder bronnen.")
	for i, s := range t.Sources {
		form.Require(s.Title != "" && len(s.Title)+len(s.Date) <= maxEntry, "bronnen", fmt.Sprintf("Op regel %d staat geen bron, of een te lange.", i+1))
		form.Require(s.URL == "" || webAddress(s.URL), "bronnen", fmt.Sprintf("Het adres op regel %d begint niet met https://.", i+1))
	}
	form.Require(len(t.Unsure) <= maxEntries && tooLong(t.Unsure) < 0, "onzeker", "Schrijf minder of kortere zinnen.")
	form.Require(len(t.Related) <= maxEntries, "verwant", "Noem minder artikelen.")
	for _, r := range t.Related {
		form.Require(slugRE.MatchString(r), "verwant", "Schrijf het adres van een artikel zoals het na /kennisbank/ staat.")
	}
}

func tooLong(all []string) int {
	return slices.IndexFunc(all, func(s string) bool { return len(s) > maxEntry })
}

func webAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && len(s) <= maxEntry && u.Host != "" && (u.Scheme == "https" || u.Scheme == "http")
}

// fields are the free texts of an article under the names of their fields.
func (t Text) fields() [][2]string {
	var sources []string
	for _, s := range t.Sources {
		sources = append(sources, s.Title+" "+s.Date)
	}
	return [][2]string{{"titel", t.Title}, {"samenvatting", t.Summary}, {"tekst", t.Body}, {"bronnen", strings.Join(sources, "\n")},
		{"onzeker", strings.Join(t.Unsure, "\n")}}
}

// reasons why a text may stay as it is, beside the guard's question.
var reasons = []string{"organisatie", "openbaar", "geen-persoon", "collega"}

// screen puts a text before the guard. What it blocks is noted in form; from
// the level Ask on, so is a question without a reason.
func (l *Library) screen(ctx context.Context, form *fault.Form, t Text, given map[string]string, from guard.Level) error {
	names, err := l.accounts.AllNames(ctx)
	if err != nil {
		return fmt.Errorf("read names of accounts: %w", err)
	}
	for _, f := range t.fields() {
		l.screenField(form, f[0], f[1], given[f[0]], names, from)
	}
	return nil
}

func (l *Library) screenField(form *fault.Form, name, text, reason string, names []string, from guard.Level) {
	for _, f := range l.guard.Check(text, guard.Options{Names: names}).Findings {
		switch {
		case f.Level == guard.Block:
			form.Block(name, f.Line, f.Label())
		case f.Level == guard.Ask && from <= guard.Ask && !slices.Contains(reasons, reason):
			form.Ask(name)
			return
		}
	}
}

// Holds tells whether the draft holds this text.
func (d *Draft) Holds(t Text) bool { return d.Text.equal(t.trimmed()) }

// IsEditor tells whether the account was named to write along.
func (d *Draft) IsEditor(account string) bool { return slices.Contains(d.Editors, account) }

// Preview renders a text as members will read it. The error is Invalid when it
// cannot be rendered.
func (l *Library) Preview(ctx context.Context, t Text) (markdown.HTML, error) {
	catalog, err := l.catalog(ctx)
	if err != nil {
		return "", err
	}
	shown, err := show(t, catalog)
	return shown.HTML, err
}
