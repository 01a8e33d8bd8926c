package server

import (
	"net/url"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/parts"
	"ruggespraak/people"
)

// Where somebody goes after signing in is a route of the table and what fills
// its places, kept here; never an address that the browser sends.

// rememberPlace keeps on the server where a visitor wanted to go.
func (s *Server) rememberPlace(c *fiber.Ctx, r Route) error {
	sess, err := s.visitor(c)
	if err != nil {
		return err
	}
	params := c.AllParams()
	for _, value := range params {
		if len(value) > maxParam {
			return nil // no place of ours
		}
	}
	s.svc.House.Sessions.SetReturnTo(sess, people.Target{Route: r.ID(), Params: params})
	return nil
}

// maxParam bounds what is remembered of an address, in bytes.
const maxParam = 200

// enter signs in an account without password and code, for the demo.
func (s *Server) enter(c *fiber.Ctx, account string, role people.Role) error {
	visitor := session(c)
	token, sess, err := s.svc.House.Sessions.Start(ctx(c), account, role, s.from(c).Device)
	if err != nil {
		return err
	}
	if visitor != nil {
		sess.ReturnTo = visitor.ReturnTo
		if err := s.svc.House.Sessions.End(ctx(c), visitor); err != nil {
			return err
		}
	}
	s.takeOn(c, token, sess)
	return s.goOn(c, sess)
}

// goOn leads who has just signed in on: to the choice of a role, to the form
// that was carried along, to the page that was asked for, or to the start.
func (s *Server) goOn(c *fiber.Ctx, sess *people.Session) error {
	form, carries := s.carried(c)
	if sess.Role == "" {
		if carries {
			return s.showRoles(c, sess, form)
		}
		return c.Redirect("/rol", fiber.StatusSeeOther)
	}
	if carries && form.route.allows(sess.Role) {
		return s.giveBack(c, form)
	}
	target, err := s.svc.House.Sessions.TakeReturnTo(ctx(c), sess)
	if err != nil {
		return err
	}
	return c.Redirect(s.placeOf(target, sess.Role), fiber.StatusSeeOther)
}

// placeOf is the address of the target, when the role may go there; else the
// start page.
func (s *Server) placeOf(t *people.Target, role people.Role) string {
	if t == nil {
		return "/"
	}
	i := slices.IndexFunc(s.table, func(r Route) bool { return r.ID() == t.Route })
	if i < 0 || !s.table[i].allows(role) {
		return "/"
	}
	return fill(s.table[i].Path, t.Params)
}

// fill puts values in the places of a route's path.
func fill(path string, params map[string]string) string {
	pieces := strings.Split(path, "/")
	for i, piece := range pieces {
		if name, isPlace := strings.CutPrefix(piece, ":"); isPlace {
			pieces[i] = url.PathEscape(params[name])
		}
	}
	return strings.Join(pieces, "/")
}

// bare is a page of signing in: narrow and without a menu.
func (s *Server) bare(c *fiber.Ctx, title string) parts.Page {
	page := s.narrow(c, title)
	page.Bare = true
	return page
}
