package server

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/nl"
	pages "ruggespraak/frontend/pages/knowledge"
	"ruggespraak/frontend/parts"
	"ruggespraak/knowledge"
)

// articleVersions lists the approved texts of an article.
func (s *Server) articleVersions(c *fiber.Ctx) error {
	a, lines, err := s.svc.Library.Revisions(ctx(c), viewer(c), c.Params("slug"))
	if err != nil {
		return err
	}
	page := pages.VersionsPage{Page: s.narrow(c, "Versies van "+a.Text.Title), Title: "Versies van «" + a.Text.Title + "»",
		Crumbs: []parts.Link{pages.KnowledgeCrumb, {Label: a.Text.Title, Href: articlePath(c)}}}
	for _, l := range lines {
		page.Rows = append(page.Rows, pages.Version{Label: "Versie " + strconv.Itoa(l.Number), At: l.At, Line: whoWrote(l), Current: l.Current,
			Href: fmt.Sprintf("%s/versies/%d", articlePath(c), l.Number)})
	}
	return s.render(c, fiber.StatusOK, pages.Versions(page))
}

// whoWrote names who wrote and who approved, as far as the viewer may know.
func whoWrote(l knowledge.RevisionLine) string {
	var words []string
	if len(l.Writers) > 0 {
		words = append(words, "geschreven door "+nl.Opsomming(l.Writers))
	}
	if len(l.Approvers) > 0 {
		words = append(words, "goedgekeurd door "+nl.Opsomming(l.Approvers))
	}
	return strings.Join(words, ", ")
}

// articleCompare shows what an approved text changed in the one before.
func (s *Server) articleCompare(c *fiber.Ctx) error {
	number, err := strconv.Atoi(c.Params("nummer"))
	if err != nil {
		return fiber.ErrNotFound
	}
	got, err := s.svc.Library.Compare(ctx(c), viewer(c), c.Params("slug"), number)
	if err != nil {
		return err
	}
	title := fmt.Sprintf("Versie %d van «%s»", number, got.Title)
	line := "Wat er veranderde op " + nl.Datum(got.At) + "."
	if who := whoWrote(got.RevisionLine); who != "" {
		line = "Wat er veranderde op " + nl.Datum(got.At) + ": " + who + "."
	}
	page := pages.ComparePage{Page: s.narrow(c, title), Title: title, Line: line, Changes: changesOf(got.Changes),
		Crumbs: []parts.Link{pages.KnowledgeCrumb, {Label: got.Title, Href: articlePath(c)}, {Label: "Versies", Href: articlePath(c) + "/versies"}}}
	if !got.Current && viewer(c).ActiveRole().Member() {
		page.RestoreTo = fmt.Sprintf("%s/versies/%d/terugzetten", articlePath(c), number)
	}
	return s.render(c, fiber.StatusOK, pages.Compare(page))
}

func changesOf(all []knowledge.Change) []pages.Change {
	marks := map[knowledge.Op]string{knowledge.Added: "ins", knowledge.Removed: "del"}
	shown := make([]pages.Change, len(all))
	for i, c := range all {
		shown[i] = pages.Change{Mark: marks[c.Op], Text: c.Text}
	}
	return shown
}
