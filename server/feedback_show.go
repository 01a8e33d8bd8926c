package server

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/nl"
	pages "ruggespraak/frontend/pages/feedback"
	"ruggespraak/frontend/parts"
	"ruggespraak/internal/fault"
	"ruggespraak/meetings/bundles"
	"ruggespraak/people"
)

func (s *Server) feedbackRoutes() []Route {
	published, draft := objects("feedback.published"), objects("feedback.draft")
	return []Route{
		{get, "/terugkoppeling", published, people.List, "feedbackList", s.feedbackList},
		{get, "/terugkoppeling/effect/:id", objects("effect.own"), people.Read, "effectShow", s.effectShow},
		{post, "/terugkoppeling/effect/:id", objects("effect.own"), people.Create, "effectAnswer", s.effectAnswer},
		{get, "/terugkoppeling/:nummer/maken", draft, people.Update, "feedbackForm", s.feedbackForm},
		{post, "/terugkoppeling/:nummer/maken", draft, people.Update, "feedbackSave", s.feedbackSave},
		{get, "/terugkoppeling/:nummer/voorbeeld", draft, people.Read, "feedbackPreview", s.feedbackPreview},
		{post, "/terugkoppeling/:nummer/publiceren", draft, people.Act, "feedbackPublish", s.feedbackPublish},
		{get, "/terugkoppeling/:nummer/:uitgave", published, people.Read, "feedbackShow", s.feedbackShow},
		{get, "/terugkoppeling/:nummer/:uitgave/corrigeren", published, people.Act, "feedbackCorrectForm", s.feedbackCorrectForm},
		{post, "/terugkoppeling/:nummer/:uitgave/corrigeren", published, people.Act, "feedbackCorrect", s.feedbackCorrect},
	}
}

func feedbackPath(number string, n int) string {
	return "/terugkoppeling/" + number + "/" + strconv.Itoa(n)
}

var feedbackCrumb = parts.Link{Label: "Terugkoppeling", Href: "/terugkoppeling"}

func editionNumber(c *fiber.Ctx) (int, error) {
	n, err := strconv.Atoi(c.Params("uitgave"))
	if err != nil || n < 1 || strconv.Itoa(n) != c.Params("uitgave") {
		return 0, fault.NotFoundError()
	}
	return n, nil
}

// feedbackList shows all published feedback; the chair sees what is to be fed
// back above it.
func (s *Server) feedbackList(c *fiber.Ctx) error {
	v := viewer(c)
	all, err := s.svc.Desk.ListFeedback(ctx(c), v)
	if err != nil {
		return err
	}
	page := pages.ListPage{Page: s.page(c, "Terugkoppeling"), Empty: "Er is nog geen antwoord. Zodra er een antwoord is, staat het hier."}
	for _, l := range all {
		page.Rows = append(page.Rows, feedbackRow(l))
	}
	if page.Effect, err = s.effectRows(c); err != nil {
		return err
	}
	if people.May(v.ActiveRole(), "feedback.draft", people.List) {
		if page.Ready, err = s.readyRows(c, v); err != nil {
			return err
		}
	}
	return s.render(c, fiber.StatusOK, pages.List(page))
}

func feedbackRow(l bundles.ListedFeedback) pages.Row {
	r := pages.Row{
		Title: nl.Aantal(l.Answers, "antwoord", "antwoorden") + " van " + l.Addressee.Label(), Href: feedbackPath(l.Number, l.N),
		Line: "Bundel " + l.Number + " · " + dayWords(l.Day),
	}
	if l.Answers == 0 {
		r.Title = nl.Hoofdletter(l.Addressee.Label()) + " heeft nog niet geantwoord"
	} else if l.Open > 0 {
		r.Line += " · " + nl.Aantal(l.Open, "punt", "punten") + " nog zonder antwoord"
	}
	if l.Concerned {
		r.Status = parts.Status{Label: "Ook van u", Tone: parts.ToneBack}
	}
	if l.Corrected != "" {
		r.Status = parts.Status{Label: "Gecorrigeerd op " + dayWords(l.Corrected), Tone: parts.ToneWarn}
	}
	return r
}

func (s *Server) readyRows(c *fiber.Ctx, v people.Viewer) ([]pages.Row, error) {
	desk, err := s.svc.Desk.ForChair(ctx(c), v)
	if err != nil {
		return nil, err
	}
	var rows []pages.Row
	for _, w := range desk.ToFeed {
		rows = append(rows, pages.Row{
			Title: bundleName(w.Number, w.Addressee), Href: "/terugkoppeling/" + w.Number + "/maken",
			Line: nl.Aantal(w.Open, "antwoord", "antwoorden") + " nog niet teruggekoppeld",
		})
	}
	return rows, nil
}

// feedbackShow shows an edition.
func (s *Server) feedbackShow(c *fiber.Ctx) error {
	n, err := editionNumber(c)
	if err != nil {
		return err
	}
	v := viewer(c)
	f, err := s.svc.Desk.ReadFeedback(ctx(c), v, c.Params("nummer"), n)
	if err != nil {
		return err
	}
	page := s.editionPage(c, f)
	if people.May(v.ActiveRole(), "feedback.published", people.Act) {
		page.Told = nl.Aantal(f.Recipients, "persoon kreeg", "mensen kregen") + " bericht."
		if f.Corrected == "" {
			page.Correct = c.Path() + "/corrigeren"
		}
	}
	return s.render(c, fiber.StatusOK, pages.Edition(page))
}

func (s *Server) editionPage(c *fiber.Ctx, f *bundles.Feedback) pages.EditionPage {
	title := "Wat is er met de inbreng gedaan?"
	if f.Concerned {
		title = "Wat is er met uw inbreng gedaan?"
	}
	page := pages.EditionPage{
		Page: s.narrow(c, title), Crumbs: []parts.Link{feedbackCrumb}, Title: title,
		Eyebrow: "Terugkoppeling over bundel " + f.Number + " " + forWhom(f.Addressee) + ", " + dayWords(f.Day),
	}
	page.Page.Print = page.Eyebrow + "."
	if f.Corrected != "" {
		page.Corrected = "Gecorrigeerd op " + dayWords(f.Corrected) + ". Dit is veranderd: " + f.Changed
		page.Status = parts.Status{Label: "Gecorrigeerd", Tone: parts.ToneWarn}
		if f.Newer > 0 {
			page.Newer = parts.Link{Label: "Lees de nieuwe terugkoppeling", Href: feedbackPath(f.Number, f.Newer)}
		}
	}
	for _, i := range f.Items {
		i.More = s.stillToCome(i.More)
		page.Items = append(page.Items, itemWords(f, i))
	}
	return page
}

// itemWords is one point of an edition in words.
func itemWords(f *bundles.Feedback, i bundles.FeedbackItem) pages.Item {
	item := pages.Item{
		ID: "punt-" + strconv.Itoa(i.N), Heading: i.Heading, Yours: i.Yours, Gave: i.Gave, Now: i.Now, More: i.More.Noon(),
	}
	who := nl.Hoofdletter(f.Addressee.Label())
	if i.Answer == nil {
		item.NotYet = who + " heeft nog niet geantwoord."
		if i.More != "" {
			item.NotYet += " CoMensha vraagt het opnieuw op " + dayWords(i.More) + "."
		}
	} else {
		item.Head = answerHead(f.Addressee, i.Answer.Established)
		item.Answer, item.Reason = i.Answer.Sentence(i.Body, nl.Datum), i.Answer.Reason
		if i.Answer.Kind == bundles.NotTaken {
			item.Answer = who + " neemt dit niet over"
		}
	}
	if i.Outcome != "" {
		item.Facts = append(item.Facts, parts.Fact{Term: "Uitkomst", Text: i.Outcome})
	}
	if i.Effect != nil {
		item.Facts = append(item.Facts, parts.Fact{Term: "Merken zorgcoördinatoren dat dit beter gaat?", Text: effectWords(i.Effect)})
	}
	if i.Link {
		item.Links = append(item.Links, parts.Link{Label: "Lees het punt in bundel " + f.Number, Href: pointPath(f.Number, i.N)})
	}
	if i.Onward != nil {
		item.Links = append(item.Links, parts.Link{Label: "Verder in " + placeWords(*i.Onward), Href: pointPath(i.Onward.Number, i.Onward.N)})
	}
	return item
}

var correctionTexts = freeTexts{fields: []string{"veranderd"}}

// feedbackCorrectForm asks what has changed.
func (s *Server) feedbackCorrectForm(c *fiber.Ctx) error {
	return s.correctPage(c, pages.CorrectPage{})
}

// feedbackCorrect takes an edition back with a visible correction.
func (s *Server) feedbackCorrect(c *fiber.Ctx) error {
	n, err := editionNumber(c)
	if err != nil {
		return err
	}
	number := c.Params("nummer")
	r, again, err := s.guarded(c, correctionTexts, func(said map[string]string) error {
		return s.svc.Desk.Retract(ctx(c), viewer(c), number, n, field(c, "veranderd"), said)
	})
	if again {
		return s.correctPage(c, pages.CorrectPage{Refused: r, Value: field(c, "veranderd")})
	}
	return s.back(c, err, feedbackPath(number, n), "De correctie is geplaatst. Maak nu een nieuwe terugkoppeling.")
}

func (s *Server) correctPage(c *fiber.Ctx, page pages.CorrectPage) error {
	n, err := editionNumber(c)
	if err != nil {
		return err
	}
	f, err := s.svc.Desk.ReadFeedback(ctx(c), viewer(c), c.Params("nummer"), n)
	if err != nil {
		return err
	}
	page.Page = s.narrow(c, "Terugkoppeling corrigeren")
	page.Page.Error = page.Refused.Any()
	page.Crumbs = []parts.Link{feedbackCrumb, {Label: "Bundel " + f.Number, Href: feedbackPath(f.Number, n)}}
	page.Action = c.Path()
	page.Lead = "De tekst verdwijnt. Uw correctie blijft zichtbaar, en iedereen die bericht kreeg, krijgt opnieuw bericht."
	return s.render(c, formStatus(page.Refused), pages.Correct(page))
}
