package server

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/pages/account"
	"ruggespraak/frontend/parts"
)

// A form that is sent while nobody is signed in any more is carried through
// signing in inside the pages: its fields stand in hidden fields of each step
// under names that begin with carryMark, and are stored nowhere. Afterwards the
// reader sends it again, to its own route and with the new session's token.

const (
	carryMark  = "_c_"
	carryRoute = carryMark + "route"
	carryParam = carryMark + "p_"
	carryField = carryMark + "f_"
	maxCarried = 500 // fields
)

// notCarried are secrets: a form with one of them is not carried.
var notCarried = []string{"wachtwoord", "herhaal", "huidig", "code"}

// carriedForm is a form on its way: the route it is for and its fields.
type carriedForm struct {
	route  Route
	params map[string]string
	fields []parts.HiddenField
}

// carryForm shows the sign-in page with the form that was posted.
func (s *Server) carryForm(c *fiber.Ctx, r Route) error {
	form := carriedForm{route: r, params: c.AllParams(), fields: postedFields(c)}
	if !form.mayBeCarried() {
		return c.Redirect(s.nextStep(c), fiber.StatusSeeOther)
	}
	sess, err := s.visitor(c)
	if err != nil {
		return err
	}
	if sess.Account != "" {
		return s.showRoles(c, sess, form)
	}
	return s.showSignIn(c, fiber.StatusOK, account.SignInPage{Carried: form.hidden()})
}

// mayBeCarried is false for a form with a secret, for one too large, and for
// signing out of a session that is over anyway.
func (f carriedForm) mayBeCarried() bool {
	secret := slices.ContainsFunc(f.fields, func(f parts.HiddenField) bool { return slices.Contains(notCarried, f.Name) })
	return !secret && len(f.fields) <= maxCarried && !slices.Contains(f.route.Objects, "session.own")
}

func postedFields(c *fiber.Ctx) []parts.HiddenField {
	var all []parts.HiddenField
	for name, value := range c.Context().PostArgs().All() {
		if n := string(name); n != TokenField && !strings.HasPrefix(n, carryMark) {
			all = append(all, parts.HiddenField{Name: n, Value: string(value)})
		}
	}
	return all
}

// hidden are the hidden fields that carry the form.
func (f carriedForm) hidden() []parts.HiddenField {
	all := []parts.HiddenField{{Name: carryRoute, Value: f.route.ID()}}
	for name, value := range f.params {
		all = append(all, parts.HiddenField{Name: carryParam + name, Value: value})
	}
	slices.SortFunc(all[1:], func(a, b parts.HiddenField) int { return strings.Compare(a.Name, b.Name) })
	for _, field := range f.fields {
		all = append(all, parts.HiddenField{Name: carryField + field.Name, Value: field.Value})
	}
	return all
}

// carried reads the form that a step of signing in carries; ok is false when
// there is none. Only a POST route of the table can be carried to.
func (s *Server) carried(c *fiber.Ctx) (form carriedForm, ok bool) {
	id := posted(c, carryRoute)
	i := slices.IndexFunc(s.table, func(r Route) bool { return r.ID() == id && r.Method == post && !r.public() })
	if i < 0 {
		return carriedForm{}, false
	}
	form = carriedForm{route: s.table[i], params: map[string]string{}}
	for name, value := range c.Context().PostArgs().All() {
		if n, is := strings.CutPrefix(string(name), carryParam); is {
			form.params[n] = string(value)
		} else if n, is := strings.CutPrefix(string(name), carryField); is {
			form.fields = append(form.fields, parts.HiddenField{Name: n, Value: string(value)})
		}
	}
	return form, true
}

// carriedFields are the hidden fields to hand on to the next step.
func (s *Server) carriedFields(c *fiber.Ctx) []parts.HiddenField {
	form, ok := s.carried(c)
	if !ok {
		return nil
	}
	return form.hidden()
}

// giveBack shows the form to who has signed in again.
func (s *Server) giveBack(c *fiber.Ctx, form carriedForm) error {
	if err := s.resumeAs(c); err != nil {
		return err
	}
	return s.render(c, fiber.StatusOK, account.Continue(account.ContinuePage{
		Page: s.narrow(c, "Verder met uw formulier"), Action: fill(form.route.Path, form.params),
		Fields: form.fields, Texts: longTexts(form.fields),
	}))
}

// longText is from how many characters a field is shown as a text. An id has no
// spaces.
const longText = 25

func longTexts(fields []parts.HiddenField) []string {
	var texts []string
	for _, f := range fields {
		if utf8.RuneCountInString(f.Value) >= longText && strings.ContainsAny(f.Value, " \n") {
			texts = append(texts, f.Value)
		}
	}
	return texts
}

// resumeAs makes the session that was just taken on the viewer's for the rest
// of this request.
func (s *Server) resumeAs(c *fiber.Ctx) error {
	sess := session(c)
	a, err := s.svc.House.Directory.Account(ctx(c), sess.Account)
	if err != nil {
		return err
	}
	c.Locals(viewerKey, a.Viewer(sess.Role))
	return nil
}
