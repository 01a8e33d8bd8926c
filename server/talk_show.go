package server

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/nl"
	meetingpages "ruggespraak/frontend/pages/meetings"
	pages "ruggespraak/frontend/pages/talk"
	"ruggespraak/frontend/parts"
	"ruggespraak/internal/fault"
	"ruggespraak/meetings/discussion"
	"ruggespraak/people"
)

// talkShow is the discussion of a topic on its own page. With ?na=n it answers
// what came after entry n, as the socket sends it.
func (s *Server) talkShow(c *fiber.Ctx) error {
	if c.Query("na") != "" {
		return s.talkSince(c)
	}
	return s.talkAgain(c, fiber.StatusOK, parts.Refusal{})
}

// talkAgain shows the discussion with what was typed in its form.
func (s *Server) talkAgain(c *fiber.Ctx, status int, refused parts.Refusal) error {
	thread, err := s.svc.Hall.Show(ctx(c), viewer(c), topicOf(c))
	if err != nil {
		return err
	}
	page, err := s.talkAbout(c, thread.Topic)
	if err != nil {
		return err
	}
	page.Page.Error = refused.Any()
	page.Thread = s.threadOf(c, thread)
	if thread.Access.Write {
		if page.Thread.Write, err = s.composer(c, thread, refused); err != nil {
			return err
		}
	}
	if wantsJSON(c) && page.Thread.Write != nil {
		return s.render(c, status, pages.Compose(*page.Thread.Write))
	}
	return s.render(c, status, pages.Talk(page))
}

// talkLink leads to a discussion, and says how much is said in it; empty for
// who may not read it.
func (s *Server) talkLink(c *fiber.Ctx, t discussion.Topic) (parts.Link, error) {
	said, err := s.svc.Hall.Tally(ctx(c), viewer(c), t)
	if fault.Is(err, fault.NotFound) || fault.Is(err, fault.Forbidden) {
		return parts.Link{}, nil
	}
	if said.All == 0 {
		return parts.Link{Label: "Nog geen reacties. Reageer als eerste", Href: t.Path()}, err
	}
	return parts.Link{Label: saidWords(said), Href: t.Path()}, err
}

// saidWords says how much is said: «6 reacties, 2 nieuw».
func saidWords(said discussion.Tally) string {
	words := nl.Aantal(said.All, "reactie", "reacties")
	if said.Unread > 0 {
		words += ", " + strconv.Itoa(said.Unread) + " nieuw"
	}
	return words
}

// addTalk says with the items of a meeting's page how much is said at them.
func (s *Server) addTalk(c *fiber.Ctx, page *meetingpages.ShowPage, meeting string) error {
	all, err := s.svc.Hall.Tallies(ctx(c), viewer(c), meeting)
	for i := range page.Sections {
		for j := range page.Sections[i].Items {
			item := &page.Sections[i].Items[j]
			if said, ok := all[item.ID]; ok && item.Talk.Href != "" {
				item.Talk.Label = saidWords(said)
			}
		}
	}
	return err
}

// talkAbout is the page around a discussion: what it is about, as far as the
// viewer may know.
func (s *Server) talkAbout(c *fiber.Ctx, t discussion.Topic) (pages.ThreadPage, error) {
	switch subject, id, item := t.Parts(); subject {
	case discussion.Item:
		return s.talkAboutItem(c, id, item)
	case discussion.Asked:
		return s.talkAboutQuestion(c, id)
	default:
		talk, err := s.svc.Book.TalkOf(ctx(c), viewer(c), id)
		page := s.talkPage(c, or(talk.Title, "Een inbreng"))
		page.Eyebrow = "Reacties bij inbreng"
		page.Crumbs = []parts.Link{{Label: "Inbreng", Href: "/inbreng"}, {Label: or(talk.Title, "De inbreng"), Href: "/inbreng/" + id}}
		return page, err
	}
}

func (s *Server) talkAboutItem(c *fiber.Ctx, meeting, item string) (pages.ThreadPage, error) {
	v := viewer(c)
	talk, err := s.svc.Calendar.TalkOf(ctx(c), v, meeting, item)
	if err != nil {
		return pages.ThreadPage{}, err
	}
	page := s.talkPage(c, talk.Item)
	page.Eyebrow = "Reacties bij een agendapunt"
	if v.ActiveRole().Member() {
		page.Crumbs = []parts.Link{meetingsCrumb, {Label: talk.Meeting, Href: "/overleggen/" + meeting}}
	}
	if talk.Live {
		page.Crumbs = append(page.Crumbs, parts.Link{Label: "Live", Href: livePath(meeting)})
	}
	if talk.Open && people.May(v.ActiveRole(), "agenda.invited", people.Update) {
		page.Invite = parts.Link{Label: "SOM-leden of de Task Force uitnodigen", Href: "/overleggen/" + meeting + "/punten/" + item + "/uitnodigen"}
	}
	return page, nil
}

func (s *Server) talkAboutQuestion(c *fiber.Ctx, id string) (pages.ThreadPage, error) {
	q, err := s.svc.Hall.Question(ctx(c), viewer(c), id)
	if err != nil {
		return pages.ThreadPage{}, err
	}
	page := s.talkPage(c, questionTitle(*q))
	page.Eyebrow = "Vraag van " + q.Author
	page.Crumbs = []parts.Link{{Label: "Inbreng", Href: "/inbreng"}, {Label: "Vragen", Href: "/inbreng/vragen"}}
	if q.MayClose {
		label := "Mijn vraag is beantwoord"
		if !q.Own {
			label = "Vraag sluiten"
		}
		page.Close = &parts.PostButtonOptions{Action: "/inbreng/vragen/" + id + "/beantwoord", CSRF: s.token(c), ButtonOptions: parts.ButtonOptions{Label: label}}
	}
	return page, nil
}

func (s *Server) talkPage(c *fiber.Ctx, title string) pages.ThreadPage {
	return pages.ThreadPage{Page: s.narrow(c, title), Title: title}
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// threadOf draws what was said.
func (s *Server) threadOf(c *fiber.Ctx, t *discussion.Thread) pages.Thread {
	base := t.Topic.Path()
	drawn := pages.Thread{Topic: string(t.Topic), Reader: viewer(c).Name, At: s.svc.Now(), Base: base, CSRF: s.token(c), Last: strconv.Itoa(t.Last), Empty: "Nog niemand heeft gereageerd."}
	if !t.Access.Write {
		drawn.Closed = "Hier kan niets meer bij. U kunt nog wel lezen."
	}
	unread := 0
	for _, m := range t.Messages {
		shown := drawMessage(base, m, t.Access)
		overlay(&shown, m.N, t)
		if m.N > t.Seen && !slices.Contains(t.Mine.Own, m.N) {
			shown.New = unread == 0 && t.Seen > 0
			unread++
		}
		drawn.Messages = append(drawn.Messages, shown)
	}
	if unread > 0 {
		drawn.SeenUpTo = drawn.Last
		if t.Seen > 0 {
			drawn.Note = strconv.Itoa(unread) + " nieuw sinds uw laatste bezoek"
		}
	}
	return drawn
}

// overlay adds what is the viewer's own.
func overlay(shown *pages.Message, n int, t *discussion.Thread) {
	for i, r := range shown.React {
		shown.React[i].Pressed = slices.Contains(t.Mine.Given[n], discussion.Reaction(r.Name))
	}
	if slices.Contains(t.Mine.Own, n) {
		shown.More, shown.MayFlag = true, false
	}
}

// drawMessage is a message for everybody of its audience.
func drawMessage(base string, m discussion.Message, a discussion.Access) pages.Message {
	shown := pages.Message{
		ID: messageID(m.N), N: strconv.Itoa(m.N), Author: m.Author, Role: m.Role, At: m.At, When: nl.DatumKort(m.At) + ", " + nl.Uur(m.At),
		Edited: m.Edited, Hidden: m.Hidden && m.HTML != "", Asked: m.Asked, Href: base + "/" + strconv.Itoa(m.N),
	}
	if m.ReplyTo != 0 {
		shown.Reply = parts.Link{Label: "Antwoord op " + m.ReplyFor, Href: "#" + messageID(m.ReplyTo)}
	}
	if len(m.Mentions) > 0 {
		shown.Mentions = "Voor " + nl.Opsomming(m.Mentions)
	}
	shown.More = a.Audience == discussion.Chair && m.Gone == discussion.Here
	if shown.Mark = markText(m); shown.Mark != "" {
		return shown
	}
	shown.Body = rendered(m.HTML)
	shown.MayReply = a.Write && !m.Hidden
	shown.MayFlag = !m.Hidden && !shown.More // which leads there too
	for _, r := range discussion.Reactions {
		shown.React = append(shown.React, drawReaction(m, r, !shown.MayReply))
	}
	return shown
}

var reactionLabels = map[discussion.Reaction]string{discussion.Agree: "Eens", discussion.Query: "Vraag"}

func drawReaction(m discussion.Message, r discussion.Reaction, off bool) pages.Reaction {
	drawn := pages.Reaction{Name: string(r), Label: reactionLabels[r], Off: off}
	total := 0
	var by []string
	for _, count := range m.Counts {
		if count.Reaction != r {
			continue
		}
		total += count.N
		if count.Role != "" {
			by = append(by, fmt.Sprintf("%s %d", count.Role, count.N))
		}
	}
	if total > 0 {
		drawn.Count = strconv.Itoa(total)
	}
	if len(by) > 0 {
		drawn.By = "(" + strings.Join(by, ", ") + ")"
	}
	return drawn
}

// markText stands where a text is not shown; empty where it is.
func markText(m discussion.Message) string {
	switch {
	case m.Gone == discussion.ByAuthor:
		return "Verwijderd door de schrijver."
	case m.Gone == discussion.ByChair:
		return "Hier stond iets waaraan iemand te herkennen was. Verwijderd op " + nl.Datum(m.GoneAt) + "."
	case m.HTML == "":
		return "De tekst is verborgen. CoMensha bekijkt de tekst."
	default:
		return ""
	}
}

// messagePath is the page of a message.
func messagePath(t discussion.Topic, n int) string { return t.Path() + "/" + strconv.Itoa(n) }

// messageID is the id of a message's element, which the links of notices name.
func messageID(n int) string { return fmt.Sprintf("r%08d", n) }

// Frame is what one entry of a topic shows: the whole message that it is about,
// which takes the place of the element with its id, or comes last.
type Frame struct {
	N    int    `json:"n"`
	Over int    `json:"over"`
	HTML string `json:"html"`
}

// frame renders a change for an audience: the same bytes for all of it.
func frame(ctx context.Context, t discussion.Topic, change discussion.Change, a discussion.Access) (Frame, error) {
	message, err := change.For(ctx, a.Audience, a)
	if err != nil {
		return Frame{}, err
	}
	var out bytes.Buffer
	if err := pages.Item(drawMessage(t.Path(), message, a)).Render(ctx, &out); err != nil {
		return Frame{}, fmt.Errorf("render entry %d: %w", change.N, err)
	}
	return Frame{N: change.N, Over: change.About, HTML: out.String()}, nil
}

// since is what came after an entry, and what of the topic is the viewer's own.
type since struct {
	Frames []Frame `json:"frames"`
	Mine   *mine   `json:"mijn,omitempty"` // when there are frames
	Write  bool    `json:"schrijven"`
	Here   company `json:"hier"`
}

// mine is what belongs to no audience.
type mine struct {
	Own     []int                         `json:"eigen"`
	Editing []int                         `json:"aanpasbaar"`
	Given   map[int][]discussion.Reaction `json:"gaf"`
}

// talkSince answers a client that returns, or that has no socket.
func (s *Server) talkSince(c *fiber.Ctx) error {
	after, err := strconv.Atoi(c.Query("na"))
	if err != nil || after < 0 {
		return fault.NotFoundError()
	}
	t := topicOf(c)
	a, err := s.svc.Hall.Enter(ctx(c), viewer(c), t)
	if err != nil {
		return err
	}
	answer := since{Write: a.Write}
	if answer.Here, err = s.visit(c, t, a); err != nil {
		return err
	}
	if answer.Frames, answer.Mine, err = s.line.log.since(ctx(c), viewer(c), t, a, after); err != nil {
		return err
	}
	return c.JSON(answer)
}

// composer is the form of a message, with what was typed in it.
func (s *Server) composer(c *fiber.Ctx, t *discussion.Thread, r parts.Refusal) (*pages.Composer, error) {
	may, err := s.svc.Hall.Mentionable(ctx(c), viewer(c), t.Access)
	if err != nil {
		return nil, err
	}
	form := &pages.Composer{
		Action: t.Topic.Path(), CSRF: s.token(c), Key: or(field(c, "sleutel"), discussion.NewKey()), ReplyTo: field(c, "antwoord"), Inside: field(c, pages.FieldInside),
		Label: "Uw reactie", Button: "Plaatsen", Text: field(c, discussion.FieldText), Refused: r, Small: true,
		Help: "Schrijf over de situatie, niet over een persoon.", Note: readersNote(viewer(c), t.Access),
	}
	chosen := fields(c, discussion.FieldMentions)
	for _, p := range may {
		form.People = append(form.People, parts.Option{Value: p.ID, Label: p.Name, Checked: slices.Contains(chosen, p.ID)})
	}
	return form, nil
}

func readersNote(v people.Viewer, a discussion.Access) string {
	if !v.ActiveRole().Member() {
		return "Zorgcoördinatoren en CoMensha lezen dit. U ziet van elkaar alleen de rol."
	}
	if a.Guests {
		return "SOM-leden lezen mee."
	}
	return ""
}
