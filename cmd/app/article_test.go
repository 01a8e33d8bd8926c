package app_test

import (
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
	w := newApp(t, func(cfg *app.Config) { cfg.Shipped = content.FS })
	lines, err := w.app.Library.List(background, w.viewer("c1"))
	if err != nil || len(lines) == 0 {
		t.Fatalf("List = %d, %v", len(lines), err)
	}
	for _, l := range lines {
		w.as("c1").get("/kennisbank/"+l.Slug).want(t, http.StatusOK).says(t, l.Title).hides(t, `class="kapot"`)
	}
}
