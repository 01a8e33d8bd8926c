package server

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"ruggespraak/knowledge/routes"
)

// The answers to the guide are about a client. They are kept by the browser
// alone, in a cookie of their own that is sealed for its session; whoever is not
// signed in has a session for that too.

const (
	guideCookie      = "__Host-ruggespraak-keuzehulp"
	plainGuideCookie = "ruggespraak-keuzehulp" // as plainCookie
)

func guideCookieName(c *fiber.Ctx) string {
	if plain(c) {
		return plainGuideCookie
	}
	return guideCookie
}

// walk is what the browser answered so far. A visitor gets a session, which is
// kept nowhere; what no longer opens is taken back from the browser.
func (s *Server) walk(c *fiber.Ctx) (routes.Walk, error) {
	sess, err := s.visitor(c)
	if err != nil {
		return routes.Walk{}, err
	}
	sealed := c.Cookies(guideCookieName(c))
	w := s.svc.Routes.Unseal(sealed, sess.CSRF())
	if sealed != "" && w.Begun.IsZero() {
		setGuideCookie(c, "")
	}
	return w, nil
}

func setGuideCookie(c *fiber.Ctx, sealed string) {
	cookie := &fiber.Cookie{
		Name: guideCookieName(c), Value: sealed, Path: "/", HTTPOnly: true, Secure: !plain(c), SameSite: fiber.CookieSameSiteLaxMode,
	}
	if sealed == "" {
		cookie.Expires = time.Unix(1, 0)
	}
	c.Cookie(cookie)
}

// guideAnswer keeps the answers of the form and leads to the next question. One
// that cannot be given is none: the same page again.
func (s *Server) guideAnswer(c *fiber.Ctx) error {
	w, err := s.walk(c)
	if err != nil {
		return err
	}
	if w.Begun.IsZero() {
		w = routes.Walk{Begun: s.svc.Real(), Answers: routes.Answers{}}
	}
	guide := s.svc.Routes.Guide()
	posted := map[int]bool{}
	for n := 1; n <= routes.Questions; n++ {
		if given := fields(c, guide.Question(n).Field()); len(given) > 0 {
			w.Answers[n], posted[n] = given[0], true
		}
	}
	asked, valid := guide.Asked(w.Answers)
	place := waiting(asked, valid)
	w = s.keepWalk(c, routes.Walk{Begun: w.Begun, Answers: valid})
	if place < len(asked) && (len(posted) == 0 || posted[asked[place].Number]) {
		return s.showQuestion(c, fiber.StatusUnprocessableEntity, w, place)
	}
	return c.Redirect(placePath(asked, min(place, behind(asked, posted, place))), fiber.StatusSeeOther)
}

// keepWalk hands the walk to the browser, and gives what it has now: without an
// answer nothing has begun.
func (s *Server) keepWalk(c *fiber.Ctx, w routes.Walk) routes.Walk {
	if len(w.Answers) == 0 {
		setGuideCookie(c, "")
		return routes.Walk{}
	}
	setGuideCookie(c, s.svc.Routes.Seal(w, session(c).CSRF()))
	return w
}

// behind is the place after the last question that was posted; otherwise when
// none of those is asked.
func behind(asked []routes.Question, posted map[int]bool, otherwise int) int {
	for i := len(asked) - 1; i >= 0; i-- {
		if posted[asked[i].Number] {
			return i + 1
		}
	}
	return otherwise
}

// guideForget wipes the answers.
func (s *Server) guideForget(c *fiber.Ctx) error {
	setGuideCookie(c, "")
	return c.Redirect(guidePath, fiber.StatusSeeOther)
}
