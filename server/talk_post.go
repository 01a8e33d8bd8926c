package server

import (
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	pages "ruggespraak/frontend/pages/talk"
	"ruggespraak/frontend/parts"
	"ruggespraak/internal/fault"
	"ruggespraak/meetings"
	"ruggespraak/meetings/discussion"
	"ruggespraak/people"
)

// talkPost says something. A script gets the number of its message, or the form
// again with what is wrong with it.
func (s *Server) talkPost(c *fiber.Ctx) error {
	t := topicOf(c)
	n := 0
	r, again, err := s.guardedTalk(c, func(said map[string]string) (err error) {
		n, err = s.svc.Hall.Post(ctx(c), viewer(c), t, draftOf(c, said))
		return err
	})
	if again {
		return s.talkAgain(c, formStatus(r), r)
	}
	if err != nil {
		return err
	}
	if wantsJSON(c) {
		return c.Status(fiber.StatusCreated).JSON(fiber.Map{"n": n, "sleutel": discussion.NewKey()})
	}
	return s.seeOther(c, talkedAt(c)+"#"+messageID(n), "Uw reactie is geplaatst.")
}

// talkedAt is the page on which something was done in a discussion: its own, or
// that of the meeting that goes on around it.
func talkedAt(c *fiber.Ctx) string {
	t := topicOf(c)
	if subject, id, _ := t.Parts(); subject == discussion.Item && field(c, pages.FieldInside) == pages.InsideLive {
		return livePath(id)
	}
	return t.Path()
}

// guardedTalk does the work of the form of a message, which asks the rights.
// Names of colleagues raise no question, unless somebody from outside the members
// reads along.
func (s *Server) guardedTalk(c *fiber.Ctx, work func(said map[string]string) error) (parts.Refusal, bool, error) {
	guests := func() (bool, error) {
		a, err := s.svc.Hall.Enter(ctx(c), viewer(c), topicOf(c))
		return a.Guests, err
	}
	return s.guarded(c, freeTexts{fields: []string{discussion.FieldText}, colleagues: true, guests: guests}, s.pacedText(c, work))
}

// draftOf is the message that the form holds.
func draftOf(c *fiber.Ctx, said map[string]string) discussion.Draft {
	reply, _ := strconv.Atoi(field(c, "antwoord")) // no number: no reply
	return discussion.Draft{Text: field(c, discussion.FieldText), Key: field(c, "sleutel"), Mentions: fields(c, discussion.FieldMentions),
		ReplyTo: reply, Reason: said[discussion.FieldText]}
}

func wantsJSON(c *fiber.Ctx) bool {
	return strings.HasPrefix(c.Get(fiber.HeaderAccept), fiber.MIMEApplicationJSON)
}

// talked ends an act on a message: a script is told that it was done.
func (s *Server) talked(c *fiber.Ctx, n int, said string) error {
	if wantsJSON(c) {
		return c.SendStatus(fiber.StatusNoContent)
	}
	return s.seeOther(c, talkedAt(c)+"#"+messageID(n), said)
}

// messageNumber is the message that the address names; 0, which is none, for
// what is no number.
func messageNumber(c *fiber.Ctx) int {
	n, err := strconv.Atoi(c.Params("nr"))
	if err != nil || strconv.Itoa(n) != c.Params("nr") || n < 1 {
		return 0
	}
	return n
}

// talkSeen notes how far the viewer has read.
func (s *Server) talkSeen(c *fiber.Ctx) error {
	upTo, _ := strconv.Atoi(field(c, "tot")) // no number: nothing was read
	if err := s.svc.Hall.MarkSeen(ctx(c), viewer(c), topicOf(c), upTo); err != nil {
		return err
	}
	if wantsJSON(c) {
		return c.SendStatus(fiber.StatusNoContent)
	}
	return s.seeOther(c, talkedAt(c), "")
}

// talkReact gives a reaction, or takes back the one that was given.
func (s *Server) talkReact(c *fiber.Ctx) error {
	for _, r := range discussion.Reactions {
		n, err := strconv.Atoi(field(c, string(r)))
		if err != nil {
			continue
		}
		if err := s.svc.Hall.Toggle(ctx(c), viewer(c), topicOf(c), n, r); err != nil {
			return err
		}
		return s.talked(c, n, "")
	}
	return fault.New(fault.Invalid, "Kies «eens» of «vraag».")
}

// talkMessage is the page of one message, with what can be done with it.
func (s *Server) talkMessage(c *fiber.Ctx) error {
	thread, _, err := s.svc.Hall.Single(ctx(c), viewer(c), topicOf(c), messageNumber(c))
	if err != nil {
		return err
	}
	page, err := s.messagePage(c, thread)
	if err != nil {
		return err
	}
	m := thread.Messages[0]
	if page.Message.MayReply {
		if page.Reply, err = s.composer(c, thread, parts.Refusal{}); err != nil {
			return err
		}
		page.Reply.Label, page.Reply.ReplyTo = "Uw antwoord", strconv.Itoa(m.N)
	}
	s.messageActs(c, thread, &page)
	page.Message.React, page.Message.MayReply, page.Message.MayFlag, page.Message.More = nil, false, false, false
	return s.render(c, fiber.StatusOK, pages.Single(page))
}

// messagePage is what the pages of one message have in common.
func (s *Server) messagePage(c *fiber.Ctx, t *discussion.Thread) (pages.MessagePage, error) {
	about, err := s.talkAbout(c, t.Topic)
	if err != nil {
		return pages.MessagePage{}, err
	}
	base := t.Topic.Path()
	page := pages.MessagePage{Page: s.narrow(c, "Een reactie"), Title: "Een reactie", Base: base,
		Crumbs: append(about.Crumbs, parts.Link{Label: "Reacties bij " + about.Title, Href: base})}
	page.Message = drawMessage(base, t.Messages[0], t.Access)
	if to := t.Messages[0].ReplyTo; to != 0 {
		page.Message.Reply.Href = base + "#" + messageID(to)
	}
	return page, nil
}

// messageActs fills in what the viewer can do with the message.
func (s *Server) messageActs(c *fiber.Ctx, t *discussion.Thread, page *pages.MessagePage) {
	m, v, csrf := t.Messages[0], viewer(c), s.token(c)
	at := page.Message.Href
	button := func(path, label string) *parts.PostButtonOptions {
		return &parts.PostButtonOptions{Action: at + path, CSRF: csrf, ButtonOptions: parts.ButtonOptions{Label: label}}
	}
	if m.Gone != discussion.Here {
		return
	}
	if slices.Contains(t.Mine.Own, m.N) {
		page.Own = &pages.Own{Delete: *button("/verwijderen", "Verwijderen")}
		if slices.Contains(t.Mine.Editing, m.N) {
			page.Own.EditHref = at + "/aanpassen"
		}
		if people.May(v.ActiveRole(), "contrib.draft.own", people.Create) && !m.Hidden {
			share := button("/inbreng", "Inbreng delen")
			share.Attrs = templ.Attributes{"data-verder": true}
			page.Made = append(page.Made, *share)
		}
	} else if !m.Hidden {
		page.Flag = button("/markeren", "Ja, verberg de tekst")
	}
	subject, _, _ := t.Topic.Parts()
	if subject == discussion.Item && !m.Hidden && people.May(v.ActiveRole(), "minutes.draft", people.Create) {
		action, line := button("/uitkomst", "Maak er een actie van"), button("/uitkomst", "Zet in het verslag")
		action.Fields = []parts.HiddenField{{Name: "uitkomst", Value: string(meetings.Action)}}
		line.Fields = []parts.HiddenField{{Name: "uitkomst", Value: string(meetings.Information)}}
		page.Made = append(page.Made, *action, *line)
	}
	if people.May(v.ActiveRole(), "msg.flag", people.Act) {
		page.Chair = s.chairActs(m, button)
	}
}

func (s *Server) chairActs(m discussion.Message, button func(path, label string) *parts.PostButtonOptions) *pages.Chair {
	acts := &pages.Chair{Remove: button("/weghalen", "Voorgoed verwijderen"), Text: []string{
		"Voorgoed verwijderen haalt de tekst overal weg: hier, uit wat ervan gemaakt is, uit berichten en uit het zoeken. U kunt dit niet terugdraaien."}}
	if s.cfg.Journal != "" {
		acts.Text = append(acts.Text, s.cfg.Journal)
	}
	if m.Hidden {
		acts.Restore = button("/herstellen", "Tekst weer tonen")
	}
	return acts
}

// talkEditForm shows one's own message, to change it.
func (s *Server) talkEditForm(c *fiber.Ctx) error {
	thread, text, err := s.svc.Hall.Single(ctx(c), viewer(c), topicOf(c), messageNumber(c))
	if err != nil {
		return err
	}
	if !slices.Contains(thread.Mine.Own, messageNumber(c)) {
		return fault.ForbiddenError()
	}
	return s.talkEditing(c, fiber.StatusOK, thread, text, parts.Refusal{})
}

func (s *Server) talkEditing(c *fiber.Ctx, status int, t *discussion.Thread, text string, r parts.Refusal) error {
	about, err := s.messagePage(c, t)
	if err != nil {
		return err
	}
	page := pages.EditPage{Page: s.narrow(c, "Reactie aanpassen"), Title: "Reactie aanpassen", Crumbs: about.Crumbs, Back: parts.Link{Label: "Terug naar de reactie", Href: about.Message.Href}}
	page.Page.Error = r.Any()
	page.Form = pages.Composer{Action: c.Path(), CSRF: s.token(c), Key: discussion.NewKey(), Label: "Uw reactie", Button: "Bewaren", Text: text, Refused: r,
		Note: readersNote(viewer(c), t.Access)}
	return s.render(c, status, pages.Edit(page))
}

// talkEdit writes over one's own message.
func (s *Server) talkEdit(c *fiber.Ctx) error {
	t, n := topicOf(c), messageNumber(c)
	r, again, err := s.guardedTalk(c, func(said map[string]string) error {
		return s.svc.Hall.Edit(ctx(c), viewer(c), t, n, draftOf(c, said))
	})
	if again {
		thread, _, err := s.svc.Hall.Single(ctx(c), viewer(c), t, n)
		if err != nil {
			return err
		}
		if r.Title != "" {
			r.Title = "Uw reactie is nog niet aangepast"
		}
		return s.talkEditing(c, formStatus(r), thread, field(c, discussion.FieldText), r)
	}
	if err != nil {
		return err
	}
	return s.talked(c, n, "Uw reactie is aangepast.")
}
