// Command gallery writes every part, with invented words in it, as pages to
// look at and to check: `go run ./frontend/gallery -out FOLDER`. It belongs to
// the tests and is in no binary that is shipped.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/a-h/templ"

	"ruggespraak/frontend/assets"
	"ruggespraak/frontend/parts"
)

func main() {
	out := flag.String("out", "", "folder to write the pages to")
	flag.Parse()
	if err := run(*out); err != nil {
		fmt.Fprintln(os.Stderr, "gallery:", err)
		os.Exit(1)
	}
}

func run(out string) error {
	if out == "" {
		return fmt.Errorf("name a folder with -out")
	}
	built, err := assets.Load()
	if err != nil {
		return err
	}
	for name, page := range pages(built) {
		if err := write(filepath.Join(out, name+".html"), page); err != nil {
			return err
		}
	}
	return nil
}

func write(path string, page templ.Component) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := page.Render(context.Background(), file); err != nil {
		return fmt.Errorf("render %s: %w", path, err)
	}
	return file.Close()
}

func pages(built assets.Assets) map[string]templ.Component {
	member := func(p parts.Page, current string) parts.Page {
		p.Assets, p.CSRF, p.Search = built, "voorbeeld", true
		p.Viewer = &parts.Viewer{
			Name: "Marit Veldkamp", RoleLabel: "zorgcoördinator", AccountHref: "/mijn-gegevens", Unread: 3,
			Menu: menu(current, "Start", "Inbreng", "Overleggen", "Terugkoppeling", "Kennisbank", "Wie is waar"),
		}
		return p
	}
	chair := func(p parts.Page, current string) parts.Page {
		p.Assets, p.CSRF = built, "voorbeeld"
		p.DemoBanner = &parts.DemoBanner{Today: "17 september 2019", Href: "/demo"}
		p.Viewer = &parts.Viewer{
			Name: "Ilse Brandsma", RoleLabel: "voorzitter", Unread: 0,
			Menu: menu(current, "Start", "Inbreng", "Overleggen", "Bundels", "Terugkoppeling"),
			More: menu(current, "Thema’s", "Kennisbank", "Wie is waar", "Onderwerpen", "Actiepunten"),
		}
		return p
	}
	return map[string]templ.Component{
		"start":     start(member(parts.Page{Title: "Start", Path: "/"}, "Start")),
		"formulier": form(member(parts.Page{Title: "Inbreng delen", Error: true, Narrow: true}, "Inbreng")),
		"inbreng": signal(member(parts.Page{
			Title: "Mannen na arbeidsuitbuiting belanden in de nachtopvang",
			Print: "Ruggespraak, inbreng en antwoord. Afgedrukt op 23 november 2026. Alleen voor zorgcoördinatoren en CoMensha.",
		}, "Inbreng")),
		"bundel":   bundle(chair(parts.Page{Title: "Bundel 2026-03 opstellen"}, "Bundels")),
		"delen":    all(chair(parts.Page{Title: "Alle delen", Flash: "Dank u. Uw inbreng is ontvangen."}, "Thema’s")),
		"bezoeker": visitor(parts.Page{Title: "Inloggen", Narrow: true, Assets: built}),
	}
}

func menu(current string, labels ...string) []parts.MenuItem {
	items := make([]parts.MenuItem, 0, len(labels))
	for _, label := range labels {
		items = append(items, parts.MenuItem{Label: label, Href: "/", Current: label == current})
	}
	return items
}

func day(year int, month time.Month, d int) time.Time {
	return time.Date(year, month, d, 12, 0, 0, 0, time.UTC)
}
