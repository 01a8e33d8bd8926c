package server

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/nl"
	pages "ruggespraak/frontend/pages/bundles"
	"ruggespraak/frontend/parts"
	"ruggespraak/meetings/bundles"
	"ruggespraak/people"
)

// bundleShow shows a bundle: to the chair for working on it, to others for
// reading.
func (s *Server) bundleShow(c *fiber.Ctx) error {
	v := viewer(c)
	if people.May(v.ActiveRole(), "comp.draft", people.Read) {
		return s.bundleCompose(c)
	}
	r, err := s.svc.Desk.Read(ctx(c), v, c.Params("nummer"))
	if err != nil {
		return err
	}
	return s.render(c, fiber.StatusOK, pages.Read(s.readPage(c, v, r)))
}

// bundlePreview shows a bundle to the chair as its readers will get it.
func (s *Server) bundlePreview(c *fiber.Ctx) error {
	v := viewer(c)
	r, err := s.svc.Desk.Read(ctx(c), v, c.Params("nummer"))
	if err != nil {
		return err
	}
	page := s.printPage(c, r)
	page.Say = "Zo lezen de ontvangers deze bundel. Zij zien geen aantallen, namen of regio's."
	page.Crumbs = bundleCrumbs(v, r.Number, r.Addressee)
	return s.render(c, fiber.StatusOK, pages.Print(page))
}

// bundlePrint shows a whole bundle for printing.
func (s *Server) bundlePrint(c *fiber.Ctx) error {
	r, err := s.svc.Desk.Read(ctx(c), viewer(c), c.Params("nummer"))
	if err != nil {
		return err
	}
	page := s.printPage(c, r)
	page.Say = "Druk deze pagina af met de knop van uw browser."
	page.Crumbs = bundleCrumbs(viewer(c), r.Number, r.Addressee)
	return s.render(c, fiber.StatusOK, pages.Print(page))
}

func (s *Server) readPage(c *fiber.Ctx, v people.Viewer, r *bundles.Reading) pages.ReadPage {
	page := pages.ReadPage{
		Page: s.page(c, bundleName(r.Number, r.Addressee)), Crumbs: []parts.Link{bundlesCrumb}, Number: r.Number, For: forWhom(r.Addressee),
		Status: bundleStatus(r.State), Period: periodWords(r.From, r.To), Nothing: nothingWords(r), Withdrawn: withdrawnReading(r),
	}
	if v.ActiveRole() == people.TaskForce {
		page.Crumbs = []parts.Link{{Label: "Punten", Href: "/punten"}}
	}
	if page.Withdrawn != "" || page.Nothing != "" {
		return page
	}
	page.Lead = "Verstuurd op " + dayWords(r.Sent) + "."
	if r.Waits > 0 {
		page.Status = parts.Status{Label: waitWords(r.Waits), Tone: parts.ToneWarn}
	}
	page.Links = []parts.Link{{Label: "Afdrukken", Href: bundlePath(r.Number) + "/afdruk"}}
	for _, p := range r.Points {
		page.Rows = append(page.Rows, readRow(r, p))
	}
	return page
}

func readRow(r *bundles.Reading, p bundles.ReadingPoint) pages.Row {
	row := pages.Row{
		Title: p.Heading, Href: pointPath(r.Number, p.N), Second: p.Ask, Line: p.Band, Figure: strconv.Itoa(p.N), Word: "",
	}
	if p.Answer != nil {
		row.Status = parts.Status{Label: p.Answer.Sentence(p.Answer.Body, nl.Datum), Tone: parts.ToneBack}
	} else if p.Answered {
		row.Status = parts.Status{Label: "Beantwoord", Tone: parts.ToneBack}
	} else if p.Waits && r.Addressee.Body == bundles.SOM {
		row.Status = parts.Status{Label: "Wacht op uw reactie", Tone: parts.ToneWarn}
	} else if p.Reacted {
		row.Status = parts.Status{Label: "U reageerde", Tone: parts.TonePositive}
	}
	return row
}

func withdrawnReading(r *bundles.Reading) string {
	if r.State != bundles.Withdrawn {
		return ""
	}
	return withdrawnWords(r.Number, r.Withdrawn, r.Reason)
}

// withdrawnWords is what readers and chair see of a withdrawal, in the same words.
func withdrawnWords(number string, day bundles.Day, reason string) string {
	return "Bundel " + number + " is ingetrokken op " + dayWords(day) + ". De reden: " + reason
}

func nothingWords(r *bundles.Reading) string {
	if r.State != bundles.Nothing {
		return ""
	}
	return "Over deze periode is er niets te sturen. Na de volgende periode leest u hier weer een bundel."
}

func (s *Server) printPage(c *fiber.Ctx, r *bundles.Reading) pages.PrintPage {
	page := pages.PrintPage{
		Page: s.narrow(c, bundleName(r.Number, r.Addressee)), Number: r.Number, For: forWhom(r.Addressee),
		Period: periodWords(r.From, r.To), Hash: r.Hash,
	}
	page.Page.Print = bundleName(r.Number, r.Addressee) + ". Alleen voor de ontvangers."
	if r.Sent != "" {
		page.Sent = "Verstuurd op " + dayWords(r.Sent) + "."
	}
	if w := withdrawnReading(r) + nothingWords(r); w != "" {
		page.Sent = w
		return page
	}
	for _, p := range r.Points {
		page.Points = append(page.Points, pages.PrintPoint{
			N: strconv.Itoa(p.N), Heading: p.Heading, See: p.See, Effect: p.Effect, Band: p.Band, Ask: p.Ask, To: midSentence(p.To),
			Answer: answerWords(r.Addressee, p.Answer),
		})
	}
	return page
}

// answerWords is an answer as every page says it; nil without one.
func answerWords(a bundles.Addressee, v *bundles.AnswerView) *pages.AnswerView {
	if v == nil {
		return nil
	}
	return &pages.AnswerView{
		Head: answerHead(a, v.Established), Text: v.Sentence(a.Body, nl.Datum), Reason: v.Reason,
	}
}

// answerHead is «Antwoord van het SOM, vastgesteld op 16 november 2026».
func answerHead(a bundles.Addressee, established bundles.Day) string {
	return "Antwoord van " + a.Label() + ", vastgesteld op " + dayWords(established)
}

// midSentence is a body as it stands inside a sentence: «het SOM».
func midSentence(body string) string {
	for _, article := range []string{"Het ", "De "} {
		if strings.HasPrefix(body, article) {
			return strings.ToLower(article) + body[len(article):]
		}
	}
	if body == "SOM" {
		return "het SOM"
	}
	return body
}
