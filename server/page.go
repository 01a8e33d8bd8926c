package server

import (
	"bytes"
	"fmt"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/nl"
	"ruggespraak/frontend/parts"
	"ruggespraak/people"
)

// page is what every page has around its own content: who looks, the menu of
// that role, the token for forms, and the sentence left by the action before.
func (s *Server) page(c *fiber.Ctx, title string) parts.Page {
	v := viewer(c)
	p := parts.Page{Title: title, Path: c.Path(), Again: c.Method() == post, Assets: s.cfg.Assets, DemoBanner: s.demoBanner()}
	p.Search = s.offerSearch(c)
	p.CSRF, p.Theme, p.Flash = s.token(c), s.theme(c), s.takeFlash(c)
	if v.ActiveRole() != people.Visitor {
		p.Viewer = s.menuFor(c, v)
	}
	return p
}

func (s *Server) demoBanner() *parts.DemoBanner {
	if s.cfg.Demo == nil {
		return nil
	}
	return &parts.DemoBanner{Today: nl.DatumDag(s.svc.Now()), Href: "/demo"}
}

// render writes a page. It is rendered whole before a byte is sent, so that an
// error half-way becomes an error page.
func (s *Server) render(c *fiber.Ctx, status int, body templ.Component) error {
	var out bytes.Buffer
	if err := body.Render(ctx(c), &out); err != nil {
		return fmt.Errorf("render %s: %w", routeOf(c).ID(), err)
	}
	c.Status(status).Type("html", "utf-8")
	return c.Send(out.Bytes())
}

// seeOther ends an action: the browser asks the path by GET, where the sentence
// (may be empty) tells what was done.
func (s *Server) seeOther(c *fiber.Ctx, path, said string) error {
	if said != "" {
		if err := s.leaveFlash(c, said); err != nil {
			return fmt.Errorf("leave a sentence: %w", err)
		}
	}
	return c.Redirect(path, fiber.StatusSeeOther)
}

func routeOf(c *fiber.Ctx) Route {
	r, _ := c.Locals(routeKey).(Route)
	return r
}

// rendered shows text that internal/markdown rendered and cleaned: the one kind
// of raw HTML there is.
func rendered[HTML ~string](h HTML) templ.Component { return templ.Raw(string(h)) }
