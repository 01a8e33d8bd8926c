package server

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/nl"
	pages "ruggespraak/frontend/pages/feedback"
	"ruggespraak/frontend/parts"
	"ruggespraak/meetings/bundles"
	"ruggespraak/people"
)

// feedbackForm shows the next edition of a bundle, to be written.
func (s *Server) feedbackForm(c *fiber.Ctx) error {
	return s.preparePage(c, pages.PreparePage{}, nil)
}

// feedbackSave keeps what was written, complete or not.
func (s *Server) feedbackSave(c *fiber.Ctx) error {
	number := c.Params("nummer")
	rev, _ := strconv.Atoi(field(c, "versie"))
	r, again, err := s.guarded(c, editionTexts(editionPoints(c)), func(said map[string]string) error {
		return s.svc.Desk.SaveEdition(ctx(c), viewer(c), number, rev, typedEdition(c), said)
	})
	if again {
		return s.preparePage(c, pages.PreparePage{Refused: r, Rev: field(c, "versie")}, typedEdition(c))
	}
	path := "/terugkoppeling/" + number
	if field(c, "dan") == "voorbeeld" {
		return s.back(c, err, path+"/voorbeeld", "")
	}
	return s.back(c, err, path+"/maken", "De tekst is bewaard.")
}

// editionPoints are the points of the form, each once.
func editionPoints(c *fiber.Ctx) []string {
	ids := strings.Split(field(c, "punten"), ",")
	slices.Sort(ids)
	return slices.Compact(ids)
}

// editionTexts are the texts of an edition over these points.
func editionTexts(points []string) freeTexts {
	var t freeTexts
	for _, id := range points {
		t.fields = append(t.fields, "gaf-"+id, "nu-"+id)
	}
	return t
}

func typedEdition(c *fiber.Ctx) map[string]bundles.ItemDraft {
	items := map[string]bundles.ItemDraft{}
	for _, id := range editionPoints(c) {
		items[id] = bundles.ItemDraft{Gave: field(c, "gaf-"+id), Now: field(c, "nu-"+id), More: day(c, "meer-"+id)}
	}
	return items
}

// preparePage shows the form; typed, where given, stands for what is kept.
func (s *Server) preparePage(c *fiber.Ctx, page pages.PreparePage, typed map[string]bundles.ItemDraft) error {
	v := viewer(c)
	p, err := s.svc.Desk.Prepare(ctx(c), v, c.Params("nummer"))
	if err != nil {
		return err
	}
	page.Page = s.narrow(c, "Terugkoppeling over bundel "+p.Number)
	page.Page.Error = page.Refused.Any()
	page.Crumbs = bundleCrumbs(v, p.Number, p.Addressee)
	page.Action = c.Path()
	page.Lead = "Elk punt staat erin. Een punt zonder antwoord krijgt een datum: dan vraagt CoMensha het opnieuw."
	page.Recipients = "Nu zouden " + nl.Aantal(p.Recipients, "persoon", "mensen") + " bericht krijgen: wie dit indiende of herkende."
	var ids []string
	texts := map[string]string{}
	for _, it := range p.Items {
		ids = append(ids, it.Point)
		texts["gaf-"+it.Point], texts["nu-"+it.Point] = it.Gave, it.Now
		if w, ok := typed[it.Point]; ok {
			it.Gave, it.Now, it.More = w.Gave, w.Now, w.More
		}
		page.Items = append(page.Items, prepareItem(p, it))
	}
	page.Points = strings.Join(ids, ",")
	if page.Rev == "" {
		before, err := s.before(c, editionTexts(ids), texts, p.Said)
		if err != nil {
			return err
		}
		page.Rev, page.Refused.Guards = strconv.Itoa(p.Rev), before.Guards
	}
	return s.render(c, formStatus(page.Refused), pages.Prepare(page))
}

func prepareItem(p *bundles.Preparation, it bundles.Item) pages.PrepareItem {
	item := pages.PrepareItem{
		ID: it.Point, N: strconv.Itoa(it.N), Heading: it.Heading, Gave: it.Gave, Now: it.Now, More: typedDate(string(it.More)),
		NotYet: nl.Hoofdletter(p.Addressee.Label()) + " heeft nog niet geantwoord.",
	}
	if it.Answer != nil {
		item.Head = answerHead(p.Addressee, it.Answer.Established)
		item.Answer, item.Reason = it.Answer.Sentence(p.Addressee.Body, nl.Datum), it.Answer.Reason
	}
	return item
}

// previewRoles are the readers that a preview can show.
var previewRoles = []struct {
	name  string
	label string
	role  people.Role
}{
	{"coordinator", "Lezen als zorgcoördinator", people.Coordinator},
	{"som", "Lezen als SOM-lid", people.SOMMember},
	{"tf", "Lezen als Task Force", people.TaskForce},
}

// feedbackPreview shows the next edition as one of its readers will get it.
func (s *Server) feedbackPreview(c *fiber.Ctx) error {
	v, number := viewer(c), c.Params("nummer")
	as := previewRoles[0]
	for _, r := range previewRoles {
		if c.Query("als") == r.name {
			as = r
		}
	}
	f, err := s.svc.Desk.PreviewFeedback(ctx(c), v, number, as.role)
	if err != nil {
		return err
	}
	p, err := s.svc.Desk.Prepare(ctx(c), v, number)
	if err != nil {
		return err
	}
	if len(p.Items) == 0 {
		return s.seeOther(c, "/terugkoppeling/"+number+"/maken", "")
	}
	page := s.editionPage(c, f)
	page.Page = s.narrow(c, "Voorbeeld van de terugkoppeling")
	page.Crumbs = bundleCrumbs(v, number, p.Addressee)
	page.Preview = previewWords(p, as.name)
	return s.render(c, fiber.StatusOK, pages.Edition(page))
}

func previewWords(p *bundles.Preparation, as string) *pages.Preview {
	path := "/terugkoppeling/" + p.Number
	w := &pages.Preview{Back: path + "/maken", Say: nl.Aantal(p.Recipients, "persoon krijgt", "mensen krijgen") + " één bericht en één mail."}
	for _, r := range previewRoles {
		if r.name == as {
			w.As = r.label
			continue
		}
		w.Links = append(w.Links, parts.Link{Label: r.label, Href: path + "/voorbeeld?als=" + r.name})
	}
	if len(p.Missing) > 0 {
		w.Missing = "Nog niet klaar, " + missingPoint(p) + p.Missing[0].Sentence
		return w
	}
	w.Action = path + "/publiceren"
	w.Fields = []parts.HiddenField{{Name: "gezien", Value: p.Seen}, {Name: "ontvangers", Value: strconv.Itoa(p.Recipients)}}
	return w
}

// missingPoint is «punt 3: », the point at which something is still missing;
// empty when it is missing elsewhere.
func missingPoint(p *bundles.Preparation) string {
	for _, it := range p.Items {
		if strings.HasSuffix(p.Missing[0].Name, "-"+it.Point) {
			return "punt " + strconv.Itoa(it.N) + ": "
		}
	}
	return ""
}

// feedbackPublish publishes the edition that was previewed.
func (s *Server) feedbackPublish(c *fiber.Ctx) error {
	number := c.Params("nummer")
	recipients, err := strconv.Atoi(field(c, "ontvangers"))
	if err != nil {
		recipients = -1
	}
	n, err := s.svc.Desk.Publish(ctx(c), viewer(c), number, field(c, "gezien"), recipients)
	if r, ok := refused(err); ok {
		return s.preparePage(c, pages.PreparePage{Refused: r}, nil)
	}
	if err != nil {
		return s.back(c, err, "/terugkoppeling/"+number+"/voorbeeld", "")
	}
	return s.seeOther(c, feedbackPath(number, n), "De terugkoppeling is gepubliceerd. "+nl.Aantal(recipients, "persoon krijgt", "mensen krijgen")+" bericht.")
}
