package server

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/pages/account"
	"ruggespraak/frontend/parts"
	"ruggespraak/internal/fault"
	"ruggespraak/people"
)

func (s *Server) sessionRoutes() []Route {
	door, own := objects("session.new"), objects("session.own")
	return []Route{
		{get, "/inloggen", door, people.Read, "signIn", s.signIn},
		{post, "/inloggen", door, people.Create, "signInPassword", s.signInPassword},
		{get, "/inloggen/code", door, people.Read, "signInCodeForm", s.signInCodeForm},
		{post, "/inloggen/code", door, people.Create, "signInCode", s.signInCode},
		{get, "/rol", door, people.Read, "roles", s.roles},
		{post, "/rol", door, people.Create, "roleChoose", s.roleChoose},
		{get, "/uitnodiging/:token", door, people.Read, "invitation", s.invitation},
		{post, "/uitnodiging/:token", door, people.Create, "invitationPassword", s.invitationPassword},
		{get, "/uitnodiging/:token/code", door, people.Read, "invitationCodeForm", s.invitationCodeForm},
		{post, "/uitnodiging/:token/code", door, people.Create, "invitationCode", s.invitationCode},
		{get, people.FirstPath + ":token", door, people.Read, "firstAdministrator", s.firstAdministrator},
		{post, people.FirstPath + ":token", door, people.Create, "firstAdministratorBegin", s.firstAdministratorBegin},
		{post, "/afmelden", own, people.Delete, "signOut", s.signOut},
		{get, "/mijn-gegevens/sessies", own, people.List, "ownSessions", s.ownSessions},
		{post, "/mijn-gegevens/overal-uitloggen", own, people.Delete, "signOutEverywhere", s.signOutEverywhere},
		{post, "/mijn-gegevens/sessies/:sessie/uitloggen", own, people.Delete, "signOutOne", s.signOutOne},
	}
}

// nextStep is where somebody goes who may not see a page yet.
func (s *Server) nextStep(c *fiber.Ctx) string {
	if sess := session(c); sess != nil && sess.Account != "" {
		return "/rol"
	}
	return "/inloggen"
}

// signIn is the first step's page.
func (s *Server) signIn(c *fiber.Ctx) error {
	if sess := session(c); sess != nil && sess.Account != "" {
		return s.goOn(c, sess)
	}
	return s.showSignIn(c, fiber.StatusOK, account.SignInPage{})
}

func (s *Server) showSignIn(c *fiber.Ctx, status int, page account.SignInPage) error {
	if _, err := s.visitor(c); err != nil {
		return err
	}
	doors, err := s.demoDoors(c, page.Carried)
	if err != nil {
		return err
	}
	page.Page, page.Demo = s.bare(c, "Inloggen"), doors
	page.Page.Error = page.Refused.Any()
	return s.render(c, status, account.SignIn(page))
}

// signInPassword takes the first step. A form that is carried makes the second
// step the answer itself: a redirect would lose it.
func (s *Server) signInPassword(c *fiber.Ctx) error {
	sess := session(c)
	if sess.Account != "" {
		return s.goOn(c, sess)
	}
	mail, carried := field(c, "mail"), s.carriedFields(c)
	token, waiting, err := s.svc.House.Door.Password(ctx(c), sess, mail, posted(c, "wachtwoord"), s.from(c))
	if refused, status, ok := signInRefused(err); ok {
		return s.showSignIn(c, status, account.SignInPage{Refused: refused, Mail: mail, Carried: carried})
	}
	if err != nil {
		return err
	}
	s.takeOn(c, token, waiting)
	if len(carried) > 0 {
		return s.showCode(c, fiber.StatusOK, parts.Refusal{}, carried)
	}
	return c.Redirect("/inloggen/code", fiber.StatusSeeOther)
}

// signInRefused gives what a step of signing in shows when it was refused or
// must wait; what was typed stays, so that nothing carried along is lost.
func signInRefused(err error) (r parts.Refusal, status int, ok bool) {
	if r, ok := refused(err); ok {
		return r, fiber.StatusUnprocessableEntity, true
	}
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind != fault.TooMany {
		return parts.Refusal{}, 0, false
	}
	return parts.Refusal{Title: "U bent nog niet ingelogd", Fields: []parts.FieldRefusal{{Name: "mail", Sentence: f.Sentence}}}, fiber.StatusTooManyRequests, true
}

// signInCodeForm is the second step's page.
func (s *Server) signInCodeForm(c *fiber.Ctx) error {
	if sess := session(c); sess == nil || !sess.Pending {
		return c.Redirect("/inloggen", fiber.StatusSeeOther)
	}
	return s.showCode(c, fiber.StatusOK, parts.Refusal{}, nil)
}

func (s *Server) showCode(c *fiber.Ctx, status int, refused parts.Refusal, carried []parts.HiddenField) error {
	page := account.CodePage{Page: s.bare(c, "Code invullen"), Refused: refused, Carried: carried}
	page.Page.Error = refused.Any()
	return s.render(c, status, account.Code(page))
}

// signInCode takes the second step.
func (s *Server) signInCode(c *fiber.Ctx) error {
	waiting := session(c)
	if !waiting.Pending {
		return s.showSignIn(c, fiber.StatusOK, account.SignInPage{Carried: s.carriedFields(c)})
	}
	token, sess, err := s.svc.House.Door.Code(ctx(c), waiting, field(c, "code"), s.from(c))
	if refused, status, ok := signInRefused(err); ok {
		refused.Fields[0].Name = "code"
		return s.showCode(c, status, refused, s.carriedFields(c))
	}
	if err != nil {
		return err
	}
	s.takeOn(c, token, sess)
	return s.goOn(c, sess)
}
