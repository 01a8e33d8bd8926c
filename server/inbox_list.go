package server

import (
	"net/url"

	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/pages/inbox"
	"ruggespraak/people"
)

func (s *Server) inboxRoutes() []Route {
	own := objects("bericht.own")
	return []Route{
		{get, "/berichten", own, people.List, "notices", s.notices},
		{get, "/berichten/:id", own, people.Read, "notice", s.notice},
		{post, "/berichten/gelezen", own, people.Update, "noticesRead", s.noticesRead},
		{post, "/berichten/:id/bekijken", own, people.Update, "noticeOpen", s.noticeOpen},
		{post, "/berichten/:id/weggooien", own, people.Delete, "noticeThrow", s.noticeThrow},
	}
}

// notices is the viewer's inbox.
func (s *Server) notices(c *fiber.Ctx) error {
	v, after := viewer(c), c.Query("na")
	all, next, err := s.svc.House.Inbox.List(ctx(c), v, after)
	if err != nil {
		return err
	}
	page := inbox.ListPage{Page: s.narrow(c, "Berichten"), Unread: s.unread(c)}
	if next != "" {
		page.Next = "/berichten?na=" + url.QueryEscape(next)
	}
	if after != "" {
		page.First = "/berichten"
	}
	for _, n := range all {
		page.Notices = append(page.Notices, noticeLine(n))
	}
	return s.render(c, fiber.StatusOK, inbox.List(page))
}

func noticeLine(n *people.Notice) inbox.Notice {
	at := "/berichten/" + url.PathEscape(n.ID)
	return inbox.Notice{Text: n.Text, At: n.At, Fresh: n.Read == nil, Href: at, Open: at + "/bekijken", Throw: at + "/weggooien"}
}

// notice shows one notice; reading it marks nothing, for that is a change.
func (s *Server) notice(c *fiber.Ctx) error {
	n, err := s.svc.House.Inbox.Notice(ctx(c), viewer(c), c.Params("id"))
	if err != nil {
		return err
	}
	return s.render(c, fiber.StatusOK, inbox.Show(inbox.ShowPage{Page: s.narrow(c, "Bericht"), Notice: noticeLine(n)}))
}

// noticesRead marks all notices read.
func (s *Server) noticesRead(c *fiber.Ctx) error {
	if err := s.svc.House.Inbox.MarkAllRead(ctx(c), viewer(c), s.svc.Now()); err != nil {
		return err
	}
	return s.seeOther(c, "/berichten", "Al uw berichten zijn gelezen.")
}

// noticeOpen marks a notice read and leads to what it is about: an address
// that the product itself wrote.
func (s *Server) noticeOpen(c *fiber.Ctx) error {
	n, err := s.svc.House.Inbox.MarkRead(ctx(c), viewer(c), c.Params("id"), s.svc.Now())
	if err != nil {
		return err
	}
	return c.Redirect(n.Link, fiber.StatusSeeOther)
}

// noticeThrow removes a notice.
func (s *Server) noticeThrow(c *fiber.Ctx) error {
	if err := s.svc.House.Inbox.Throw(ctx(c), viewer(c), c.Params("id")); err != nil {
		return err
	}
	return s.seeOther(c, "/berichten", "Het bericht is weg.")
}
