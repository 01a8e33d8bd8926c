package app_test

import (
	"archive/zip"
	"fmt"
	"io/fs"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"ruggespraak/cmd/app"
	"ruggespraak/internal/guard"
	"ruggespraak/knowledge"
	"ruggespraak/knowledge/content"
)

// shippedFile is an article as the product ships it.
func shippedFile(slug, title, body string) *fstest.MapFile {
	return &fstest.MapFile{Data: []byte(fmt.Sprintf(`---
slug: %s
titel: %q
samenvatting: "Waar het over gaat."
categorie: opvang
route: ""
eigenaar: ""
geldig_per: ""
gecontroleerd_op: ""
controleren_voor: "2020-09-01"
status: concept
bronnen:
  - nr: 1
    titel: "Een rapport"
    url: "https://example.nl/rapport"
    datum: "2019"
onzeker:
  - "Er zijn 30 plekken: te controleren."
gerelateerd: []
---

%s
`, slug, title, body))}
}

// openLibrary opens the library again, as another start of the program would.
func (w *world) openLibrary(shipped fs.FS) *knowledge.Library {
	w.Helper()
	l, err := knowledge.New(background, knowledge.Options{DB: w.db, Guard: guard.New(guard.Allow{}, w.real.Now), Accounts: w.app.House.Directory,
		Inbox: w.app.House.Inbox, Mail: w.app.Mail, Real: w.real.Now, Now: w.app.Clock.Now, Shipped: shipped, Wake: w.app.Projector.Wake})
	if err != nil {
		w.Fatalf("open the library: %v", err)
	}
	return l
}

// shipped is an article that came with the product, unchecked.
func (f *fixture) shipped() string {
	f.Helper()
	slug := "geleverd-" + f.canary("slug")
	f.openLibrary(fstest.MapFS{slug + ".md": shippedFile(slug, "Geleverd "+f.canary("artikel"), "## Kop\n\nTekst.")})
	return slug
}

// text is what an article holds, each field with a canary.
func (f *fixture) text() knowledge.Text {
	return knowledge.Text{Title: "Artikel " + f.canary("artikel"), Summary: "Over " + f.canary("samenvatting"), Category: "opvang",
		Sources: []knowledge.Source{{Title: "Rapport " + f.canary("bron"), Date: "2019"}}, Body: "## Kop\n\nTekst met " + f.canary("artikeltekst") + "."}
}

// article is approved, closed, and looked after by its writer.
func (f *fixture) article(by string) string {
	f.Helper()
	l, t := f.app.Library, f.text()
	id, err := l.Start(background, f.viewer(by), t.Title, t.Category)
	f.ok(err)
	f.ok(l.Offer(background, f.viewer(by), id, knowledge.Typed{Text: t, Revision: 1}))
	_, err = l.Approve(background, f.viewer(second(by)), id, 2)
	f.ok(err)
	f.settle()
	return strings.ReplaceAll(strings.ToLower(t.Title), " ", "-")
}

// articleDraft is a draft that only its writer and editors know of.
func (f *fixture) articleDraft(by string, editors ...string) string {
	f.Helper()
	id, err := f.app.Library.Start(background, f.viewer(by), "Artikel "+f.canary("artikel"), "opvang")
	f.ok(err)
	f.ok(f.app.Library.NameEditors(background, f.viewer(by), id, editors))
	return id
}

// offeredArticle is a draft that waits for a second person.
func (f *fixture) offeredArticle(by string) string {
	f.Helper()
	id := f.articleDraft(by)
	f.ok(f.app.Library.Offer(background, f.viewer(by), id, knowledge.Typed{Text: f.text(), Revision: 1}))
	f.settle()
	return id
}

// articleForm is the form of a draft that was saved once, filled in.
func (f *fixture) articleForm() []string {
	t := f.text()
	return []string{"versie", "1", "basis", "0", "titel", t.Title, "samenvatting", t.Summary, "categorie", t.Category, "tekst", t.Body,
		"bronnen", t.Sources[0].Title + " | https://example.nl/rapport | 2019", "onzeker", "Dit is te controleren."}
}

// second is a chair who is not by.
func second(by string) string {
	if by == "reader" {
		return "chair"
	}
	return "reader"
}

// publicArticle is approved and for everybody.
func (f *fixture) publicArticle(by string) string {
	f.Helper()
	slug := f.article(by)
	f.ok(f.app.Library.Manage(background, f.viewer("chair"), slug, knowledge.Care{Owner: by, Audience: knowledge.Public}))
	f.settle()
	return slug
}

func TestShippedArticleIsReadableAndMarkedUntilTwoChairsApprove(t *testing.T) {
	t.Parallel()
	w := newApp(t, func(cfg *app.Config) {
		cfg.Shipped = fstest.MapFS{"opvang.md": shippedFile("opvang", "Opvang", "## Één plek\n\n> [!LET OP]\n> Bel eerst.\n\nZie [[nergens]].")}
	})
	for _, who := range []string{"c1", "chair", "som", "tf"} {
		w.as(who).get("/").want(t, http.StatusOK).says(t, "Kennisbank")
		w.as(who).get("/kennisbank").want(t, http.StatusOK).says(t, "Nog niet gecontroleerd door CoMensha")
		a := w.as(who).get("/kennisbank/opvang").want(t, http.StatusOK)
		for _, words := range []string{"Nog niet gecontroleerd door CoMensha", "Er zijn 30 plekken", "Niet zeker", "Een rapport", "geen juridisch advies", "Let op", "Één plek"} {
			a.says(t, words)
		}
		if !strings.Contains(a.body, `id="kop-een-plek"`) || !strings.Contains(a.body, `href="#kop-een-plek"`) && strings.Count(a.body, "kop-een-plek") > 1 {
			t.Errorf("%s: no heading with a stable id", who)
		}
	}
	w.as("admin").get("/kennisbank/opvang").want(t, http.StatusNotFound)
	w.as("").get("/kennisbank/opvang").want(t, http.StatusSeeOther)
	w.as("").get("/openbaar/kennisbank/opvang").want(t, http.StatusNotFound)

	public := []string{"publiek", "openbaar", "eigenaar", ""}
	w.as("chair").post("/kennisbank/opvang/beheer", public...).want(t, http.StatusUnprocessableEntity).says(t, "Openbaar kan pas als")
	w.as("c1").post("/kennisbank/opvang/goedkeuren", "versie", "1").want(t, http.StatusNotFound)
	w.as("chair").post("/kennisbank/opvang/goedkeuren", "versie", "1").want(t, http.StatusSeeOther)
	w.as("chair").post("/kennisbank/opvang/goedkeuren", "versie", "1").want(t, http.StatusSeeOther)
	w.as("c1").get("/kennisbank/opvang").says(t, "Nog niet gecontroleerd door CoMensha")
	w.as("reader").post("/kennisbank/opvang/goedkeuren", "versie", "1").want(t, http.StatusSeeOther)
	w.as("c1").get("/kennisbank/opvang").hides(t, "Nog niet gecontroleerd").says(t, "Op 17 september 2019, door Ruud Lammertink")
	w.as("som").get("/kennisbank/opvang").says(t, "Op 17 september 2019").hides(t, "Lammertink")
	w.as("chair").post("/kennisbank/opvang/beheer", public...).want(t, http.StatusSeeOther)
	w.as("").get("/openbaar/kennisbank").want(t, http.StatusOK).says(t, "Opvang")
	w.as("").get("/openbaar/kennisbank/opvang").want(t, http.StatusOK).says(t, "Een rapport").hides(t, "Lammertink")
}

func TestExpiredArticleSaysSoEverywhere(t *testing.T) {
	t.Parallel()
	w := newApp(t, func(cfg *app.Config) {
		cfg.Shipped = fstest.MapFS{"opvang.md": shippedFile("opvang", "Opvang", "Tekst."), "bed.md": shippedFile("bed", "Bedden", "Zie [[opvang]].")}
	})
	late := "Deze tekst had vóór 1 september 2020 gecontroleerd moeten zijn."
	w.as("c1").get("/kennisbank/opvang").hides(t, late)
	w.app.Clock.SetOffset(3 * 365 * 24 * time.Hour)
	w.as("c1").get("/kennisbank/opvang").hides(t, late) // the consultation's clock does not count
	w.app.Clock.SetOffset(0)
	w.real.Move(365 * 24 * time.Hour)
	w.as("c1").get("/kennisbank/opvang").says(t, late)
	w.as("c1").get("/kennisbank").says(t, "Had vóór 1 september 2020 gecontroleerd moeten zijn")
	w.as("c1").get("/kennisbank/bed").says(t, knowledge.Expiry)
}

func TestReadingRendersNothing(t *testing.T) {
	t.Parallel()
	f, rec := newWatched(t)
	slug := f.publicArticle("c3")
	rec.take()
	for _, path := range []string{"/kennisbank/" + slug, "/kennisbank", "/openbaar/kennisbank/" + slug, "/kennisbank/" + slug + "/versies", "/kennisbank/" + slug + "/markdown"} {
		if path[:10] == "/kennisban" {
			f.as("c1").get(path).want(t, http.StatusOK)
		} else {
			f.as("").get(path).want(t, http.StatusOK)
		}
	}
	if docs := rec.take(); len(docs) > 0 {
		t.Errorf("reading wrote %v", docs)
	}
	// The stored rendering is what is sent: another one shows.
	a, err := f.db.Get(background, "article", slug)
	f.ok(err)
	a.Body = []byte(strings.ReplaceAll(string(a.Body), "Tekst met", "Klaargezet met"))
	f.ok(f.db.Replace(background, "article", a))
	f.as("c1").get("/kennisbank/"+slug).says(t, "Klaargezet met")
}

func TestEveryShippedArticleCanBeTakenIn(t *testing.T) {
	t.Parallel()
	w := newApp(t, func(cfg *app.Config) { cfg.Shipped = content.FS })
	lines, err := w.app.Library.List(background, w.viewer("c1"))
	if err != nil || len(lines) == 0 {
		t.Fatalf("List = %d, %v", len(lines), err)
	}
	for _, l := range lines {
		w.as("c1").get("/kennisbank/"+l.Slug).want(t, http.StatusOK).says(t, l.Title).hides(t, `class="kapot"`)
	}
}

// edit begins a draft of an article by the member's own clicks; it gives the
// draft's address and the form as a browser would send it back.
func (c *client) edit(slug string) (draft string, form []string) {
	c.Helper()
	draft = c.post("/kennisbank/"+slug+"/bewerken").want(c, http.StatusSeeOther).location
	return draft, c.form(draft)
}

func (c *client) form(path string) (form []string) {
	c.Helper()
	for name, values := range inputs(c.get(path).want(c, http.StatusOK).body) {
		if name != "_token" && name != "redacteur" {
			form = append(form, name, values[0])
		}
	}
	return with(form, "categorie", "opvang") // a select sends its option
}

// with gives the form with another value in one field.
func with(form []string, name, value string) []string {
	changed := append([]string(nil), form...)
	for i := 0; i < len(changed); i += 2 {
		if changed[i] == name {
			changed[i+1] = value
		}
	}
	return append(changed, name, value)
}

func TestReadersSeeTheApprovedTextAndWritersTheDraft(t *testing.T) {
	t.Parallel()
	f := newFixture(newApp(t))
	slug := f.article("c3")
	writer := f.as("c2")
	draft, form := writer.edit(slug)
	writer.post(draft, with(form, "tekst", "## Kop\n\nHelemaal anders geschreven.")...).want(t, http.StatusSeeOther)
	writer.get(draft).want(t, http.StatusOK).says(t, "Helemaal anders geschreven.")
	f.as("c1").get("/kennisbank/"+slug).hides(t, "Helemaal anders")
	f.as("c1").get(draft).want(t, http.StatusNotFound)
	f.as("chair").get(draft).want(t, http.StatusNotFound) // not offered yet

	writer.post(draft+"/aanbieden", writer.form(draft)...).want(t, http.StatusSeeOther)
	f.as("chair").get(draft).want(t, http.StatusOK).says(t, "Helemaal anders geschreven.").says(t, "[erbij:]").says(t, "[weg:]")
	f.as("chair").post(draft+"/goedkeuren", "versie", "1").want(t, http.StatusConflict) // a text that nobody offered
	f.as("c1").get("/kennisbank/"+slug).hides(t, "Helemaal anders")
	f.as("chair").post(draft+"/goedkeuren", "versie", "2").want(t, http.StatusSeeOther)
	f.as("c1").get("/kennisbank/"+slug).says(t, "Helemaal anders geschreven.")
	f.settle()
	f.as("c1").get("/kennisbank/"+slug+"/versies").says(t, "geschreven door Karim de Groot, goedgekeurd door Ilse Brandsma").says(t, "Versie 1")
	f.as("som").get("/kennisbank/"+slug+"/versies").want(t, http.StatusOK).hides(t, "Karim").hides(t, "Ilse")
	f.as("som").get("/kennisbank/"+slug+"/versies/2").want(t, http.StatusOK).says(t, "Helemaal anders").hides(t, "Karim")

	back := f.as("c1").post("/kennisbank/"+slug+"/versies/1/terugzetten").want(t, http.StatusSeeOther).location
	f.as("c1").get(back).want(t, http.StatusOK).hides(t, "Helemaal anders")
}

func TestNobodyApprovesTheirOwnArticle(t *testing.T) {
	t.Parallel()
	f := newFixture(newApp(t))
	slug := f.article("c3")
	chair := f.as("chair")
	draft, form := chair.edit(slug)
	chair.post(draft+"/aanbieden", with(form, "tekst", "Van de voorzitter.")...).want(t, http.StatusSeeOther)
	chair.post(draft+"/goedkeuren", "versie", "2").want(t, http.StatusForbidden)
	f.as("reader").post(draft+"/goedkeuren", "versie", "2").want(t, http.StatusSeeOther)

	// who only wrote along is no second person either
	id := f.articleDraft("c2", "reader")
	f.as("reader").post("/kennisbank/concept/"+id, f.articleForm()...).want(t, http.StatusSeeOther)
	c2 := f.as("c2")
	c2.post("/kennisbank/concept/"+id+"/aanbieden", c2.form("/kennisbank/concept/"+id)...).want(t, http.StatusSeeOther)
	f.as("reader").post("/kennisbank/concept/"+id+"/goedkeuren", "versie", "2").want(t, http.StatusForbidden)
	chair.post("/kennisbank/concept/"+id+"/goedkeuren", "versie", "2").want(t, http.StatusSeeOther)
}

func TestAnUncheckedArticleNeedsTwoChairsAlsoAfterAChange(t *testing.T) {
	t.Parallel()
	f := newFixture(newApp(t))
	slug := f.shipped()
	c1 := f.as("c1")
	draft, form := c1.edit(slug)
	c1.post(draft+"/aanbieden", with(form, "tekst", "Aangepast door een lid.")...).want(t, http.StatusSeeOther)
	f.as("chair").post(draft+"/goedkeuren", "versie", "2").want(t, http.StatusSeeOther)
	c1.get("/kennisbank/"+slug).says(t, "Nog niet gecontroleerd door CoMensha").hides(t, "Aangepast door een lid")
	f.as("reader").post(draft+"/goedkeuren", "versie", "2").want(t, http.StatusSeeOther)
	c1.get("/kennisbank/"+slug).says(t, "Aangepast door een lid.").hides(t, "Nog niet gecontroleerd")
}

func TestTheSecondEditorGetsBothTexts(t *testing.T) {
	t.Parallel()
	f := newFixture(newApp(t))
	id := "/kennisbank/concept/" + f.articleDraft("c2", "c4")
	first, late := f.as("c2"), f.as("c4")
	form := first.form(id)
	first.post(id, with(form, "tekst", "De eerste tekst.")...).want(t, http.StatusSeeOther)
	kept := late.post(id+"/bewaren", with(form, "tekst", "De tweede tekst.")...).want(t, http.StatusConflict)
	if !strings.Contains(kept.body, "geweigerd") {
		t.Errorf("the script is told %s", kept.body)
	}
	both := late.post(id, with(form, "tekst", "De tweede tekst.")...).want(t, http.StatusConflict).says(t, "De eerste tekst.")
	got := inputs(both.body)
	if got.Get("tekst") != "De tweede tekst." || got.Get("versie") != "2" {
		t.Errorf("the form came back with %v, want the second text and version 2", got)
	}
	late.post(id, with(with(form, "tekst", "De eerste tekst. De tweede tekst."), "versie", "2")...).want(t, http.StatusSeeOther)
	first.get(id).says(t, "De eerste tekst. De tweede tekst.")
}

func TestADraftOfAnOldTextIsPutBesideTheNewOne(t *testing.T) {
	t.Parallel()
	f := newFixture(newApp(t))
	slug := f.article("c3")
	slow, quick := f.as("c2"), f.as("c4")
	late, lateForm := slow.edit(slug)
	early, form := quick.edit(slug)
	quick.post(early+"/aanbieden", with(form, "tekst", "Als eerste goedgekeurd.")...).want(t, http.StatusSeeOther)
	f.as("chair").post(early+"/goedkeuren", "versie", "2").want(t, http.StatusSeeOther)
	both := slow.post(late+"/aanbieden", with(lateForm, "tekst", "Mijn tekst.")...).want(t, http.StatusConflict).says(t, "Als eerste goedgekeurd.")
	got := inputs(both.body)
	if got.Get("tekst") != "Mijn tekst." || got.Get("basis") != "2" {
		t.Errorf("the form came back with %v", got)
	}
	again := with(with(with(lateForm, "tekst", "Samen."), "basis", "2"), "versie", got.Get("versie"))
	slow.post(late+"/aanbieden", again...).want(t, http.StatusSeeOther)
	f.as("chair").post(late+"/goedkeuren", "versie", "3").want(t, http.StatusSeeOther)
	f.as("c1").get("/kennisbank/"+slug).says(t, "Samen.")
}

func TestTheGuardReadsArticles(t *testing.T) {
	t.Parallel()
	f := newFixture(newApp(t))
	id := "/kennisbank/concept/" + f.articleDraft("c2")
	c2 := f.as("c2")
	form := c2.form(id)
	blocked := c2.post(id, with(form, "tekst", "Bel 06-12345678.")...).want(t, http.StatusUnprocessableEntity).says(t, "lijkt op een")
	if got := inputs(blocked.body); got.Get("tekst") != "Bel 06-12345678." {
		t.Errorf("the form came back with %q, want what was typed", got.Get("tekst"))
	}
	c2.get(id).hides(t, "12345678")
	c2.post(id+"/bewaren", with(form, "tekst", "Bel 06-12345678.")...).want(t, http.StatusUnprocessableEntity)
	c2.post(id+"/aanbieden", with(form, "tekst", "Mevrouw Jansen-Pieters vertelt over haar werk.")...).want(t, http.StatusUnprocessableEntity).
		says(t, "Kan iemand hierdoor herkend worden?")
}

func TestANewerShippedTextBecomesADraftAndNeverOverwrites(t *testing.T) {
	t.Parallel()
	f := newFixture(newApp(t))
	f.openLibrary(fstest.MapFS{"opvang.md": shippedFile("opvang", "Opvang", "De eerste tekst.")})
	newer := fstest.MapFS{"opvang.md": shippedFile("opvang", "Opvang", "Een nieuwere tekst.")}
	f.openLibrary(newer)
	f.openLibrary(newer)
	f.as("c1").get("/kennisbank/opvang").says(t, "De eerste tekst.").hides(t, "nieuwere")
	list := f.as("chair").get("/kennisbank/concepten").want(t, http.StatusOK).says(t, "Nieuwere tekst bij Ruggespraak")
	if n := strings.Count(list.body, "/kennisbank/concept/"); n != 1 {
		t.Errorf("%d drafts of the newer text, want 1", n)
	}
	f.as("c1").get("/kennisbank/concepten").want(t, http.StatusOK).hides(t, "/kennisbank/concept/")
}

func TestReviewReminders(t *testing.T) {
	t.Parallel()
	f := newFixture(newApp(t))
	slug := f.article("c3") // checked on 17 September 2019, again before 17 September 2020
	remind := func(days int) {
		f.real.Move(time.Date(2020, 9, 17, 8, 0, 0, 0, time.UTC).AddDate(0, 0, -days).Sub(f.real.Now()))
		for range 2 {
			f.ok(f.app.Library.RemindReview(background))
		}
	}
	for _, step := range []struct {
		days, notices int
		says          string
	}{
		{31, 0, ""}, {30, 1, "Kijk binnen 30 dagen of een artikel in de kennisbank nog klopt."}, {12, 1, ""},
		{7, 2, "Kijk binnen 7 dagen"}, {0, 3, "Kijk vandaag of een artikel"}, {-20, 3, ""},
	} {
		remind(step.days)
		f.as("c3").get("/berichten").want(t, http.StatusOK).says(t, step.says)
		if n, err := f.app.House.Inbox.Unread(background, f.viewer("c3")); err != nil || n != step.notices {
			t.Errorf("%d days before: %d notices (%v), want %d", step.days, n, err, step.notices)
		}
	}
	f.as("c3").get("/kennisbank/klopt-nog").want(t, http.StatusOK).says(t, "Had vóór 17 september 2020 gecontroleerd moeten zijn")
	f.as("c1").get("/kennisbank/klopt-nog").want(t, http.StatusOK).hides(t, slug)
	f.as("c1").post("/kennisbank/"+slug+"/klopt").want(t, http.StatusForbidden)
	f.as("c3").post("/kennisbank/"+slug+"/klopt", "terug", "lijst").want(t, http.StatusSeeOther)
	f.as("c3").get("/kennisbank/klopt-nog").hides(t, slug)
	f.as("c3").get("/kennisbank/"+slug).says(t, "Op 7 oktober 2020, door Femke Aalders").says(t, "Vóór 7 oktober 2021")
}

func TestBrokenLinksAndBacklinks(t *testing.T) {
	t.Parallel()
	f := newFixture(newApp(t))
	f.openLibrary(fstest.MapFS{"opvang.md": shippedFile("opvang", "Opvang", "Zie [[nergens]]."), "bed.md": shippedFile("bed", "Bedden", "Zie [[opvang]].")})
	f.as("c1").get("/kennisbank/kapotte-links").want(t, http.StatusOK).says(t, "Verwijst naar «nergens».").hides(t, "/kennisbank/bed")
	f.as("c1").get("/kennisbank/opvang").says(t, "Verwijst hierheen").says(t, "Bedden")
	f.as("chair").post("/kennisbank/opvang/weghalen").want(t, http.StatusSeeOther)
	f.settle()
	f.as("c1").get("/kennisbank/opvang").want(t, http.StatusNotFound)
	f.as("c1").get("/kennisbank/kapotte-links").says(t, "Verwijst naar «opvang».")
	f.as("c1").get("/kennisbank/bed").want(t, http.StatusOK).hides(t, `href="/kennisbank/opvang"`)
}

func TestPublicArticlesLeadToPublicArticlesOnly(t *testing.T) {
	t.Parallel()
	f := newFixture(newApp(t))
	closed := f.article("c3")
	writer := f.as("c2")
	open := f.publicArticle("c3")
	draft, form := writer.edit(open)
	writer.post(draft+"/aanbieden", with(form, "tekst", "Zie [["+closed+"]].")...).want(t, http.StatusSeeOther)
	f.as("chair").post(draft+"/goedkeuren", "versie", "2").want(t, http.StatusSeeOther)
	f.settle()
	if member := f.as("c1").get("/kennisbank/" + open); !strings.Contains(member.body, `href="/kennisbank/`+closed+`"`) {
		t.Error("a member finds no link to the closed article")
	}
	visitor := f.as("").get("/openbaar/kennisbank/"+open).want(t, http.StatusOK).hides(t, `href="/openbaar/kennisbank/`+closed).hides(t, "Femke")
	for _, canary := range f.canaries {
		if strings.HasPrefix(closed, "artikel-"+canary) {
			visitor.hides(t, "Artikel "+canary)
		}
	}
	f.as("").get("/openbaar/kennisbank/"+closed).want(t, http.StatusNotFound)
}

func TestArticleAsFiles(t *testing.T) {
	t.Parallel()
	f := newFixture(newApp(t))
	f.openLibrary(fstest.MapFS{"opvang.md": shippedFile("opvang", "Opvang", "## Kop\n\nTekst met [[bed]]."), "bed.md": shippedFile("bed", "Bedden", "Tekst.")})
	file := f.as("som").get("/kennisbank/opvang/markdown").want(t, http.StatusOK)
	read, err := knowledge.ParseFile([]byte(file.body))
	if err != nil || read.Text.Title != "Opvang" || read.Text.Body != "## Kop\n\nTekst met [[bed]]." || len(read.Text.Sources) != 1 || read.Due != "2020-09-01" {
		t.Errorf("the file reads back as %+v, %v", read, err)
	}
	odt := f.as("som").get("/kennisbank/opvang/odt").want(t, http.StatusOK)
	content := unzipped(t, odt.body, "content.xml")
	for _, words := range []string{"Opvang", "Nog niet gecontroleerd door CoMensha", "Er zijn 30 plekken: te controleren.", "https://example.nl/rapport", "/kennisbank/bed",
		"geen juridisch advies", "Bedden"} {
		if !strings.Contains(content, words) {
			t.Errorf("the document does not hold %q: %s", words, clip(content))
		}
	}
}

// unzipped is one part of a zipped document.
func unzipped(t *testing.T, document, name string) string {
	t.Helper()
	z, err := zip.NewReader(strings.NewReader(document), int64(len(document)))
	if err != nil {
		t.Fatal(err)
	}
	body, err := fs.ReadFile(z, name)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}
