package server

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"unicode"

	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/parts"
	"ruggespraak/internal/fault"
	"ruggespraak/people"
)

// policyCSP is the content security policy of every answer: no inline code at
// all, so no nonce; everything from here.
const policyCSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// permissionsOff switches off what a page of ours never asks of a browser.
const permissionsOff = "accelerometer=(), autoplay=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), " +
	"magnetometer=(), microphone=(), midi=(), payment=(), usb=()"

// headers sets the headers that every answer carries, errors too.
func (s *Server) headers(c *fiber.Ctx) error {
	s.setHeaders(c)
	return c.Next()
}

func (s *Server) setHeaders(c *fiber.Ctx) {
	for name, value := range map[string]string{
		fiber.HeaderContentSecurityPolicy: policyCSP,
		fiber.HeaderXContentTypeOptions:   "nosniff",
		fiber.HeaderXFrameOptions:         "DENY",
		fiber.HeaderReferrerPolicy:        "same-origin", // no-referrer makes Chromium post forms with Origin: null
		"Cross-Origin-Opener-Policy":      "same-origin",
		"Cross-Origin-Resource-Policy":    "same-origin",
		fiber.HeaderPermissionsPolicy:     permissionsOff,
		fiber.HeaderCacheControl:          "no-store",
		"X-Robots-Tag":                    "noindex",
	} {
		c.Set(name, value)
	}
	if c.Protocol() == "https" {
		c.Set(fiber.HeaderStrictTransportSecurity, "max-age=31536000; includeSubDomains")
	}
}

// recoverPanic makes a panic an internal error: one request's, not the server's.
func (s *Server) recoverPanic(c *fiber.Ctx) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return c.Next()
}

func (s *Server) limitBody(c *fiber.Ctx) error {
	if len(c.Request().Body()) > maxForm {
		return fiber.ErrRequestEntityTooLarge
	}
	return c.Next()
}

// withDeadline gives the handler's domain calls an end: fasthttp does not
// cancel when the browser leaves.
func (s *Server) withDeadline(c *fiber.Ctx) error {
	ctx, cancel := context.WithTimeout(context.Background(), workTime)
	defer cancel()
	c.SetUserContext(ctx)
	return c.Next()
}

type localKey int

const (
	viewerKey localKey = iota
	routeKey
)

// guardRoute stands before a handler: who asks, may this role, and is a change
// asked from a page of ours. What a role may not know is not found.
func (s *Server) guardRoute(r Route) fiber.Handler {
	return func(c *fiber.Ctx) error {
		c.Locals(routeKey, r)
		if err := s.resume(c); err != nil {
			return err
		}
		if r.Method != get {
			if err := s.checkOrigin(c); err != nil {
				return err
			}
		}
		v := viewer(c)
		if v.ActiveRole() == people.Visitor && !r.public() {
			return s.askSignIn(c, r)
		}
		if !r.allows(v.ActiveRole()) {
			return refusal(r, v)
		}
		if r.Method != get && !s.tokenFits(c) {
			return errToken
		}
		return c.Next()
	}
}

func refusal(r Route, v people.Viewer) error {
	if r.knows(v.ActiveRole()) {
		return fault.ForbiddenError()
	}
	return fault.NotFoundError()
}

// viewer is who asks; the zero Viewer for a visitor.
func viewer(c *fiber.Ctx) people.Viewer {
	v, _ := c.Locals(viewerKey).(people.Viewer)
	return v
}

// ctx is the request's context, which ends with its deadline.
func ctx(c *fiber.Ctx) context.Context { return c.UserContext() }

// askSignIn sends a visitor to the sign-in page. A page asked for is kept on
// the server by its route and ids; a form is carried inside the form. A script
// of ours that asks is told, and leaves the page as it is.
func (s *Server) askSignIn(c *fiber.Ctx, r Route) error {
	if mode := c.Get("Sec-Fetch-Mode"); mode != "" && mode != "navigate" {
		return s.errorPage(c, fiber.StatusUnauthorized, "U bent niet meer ingelogd. Uw tekst staat nog in het formulier.", "")
	}
	if r.Method != get {
		return s.carryForm(c, r)
	}
	if err := s.rememberPlace(c, r); err != nil {
		return err
	}
	return c.Redirect(s.nextStep(c), fiber.StatusSeeOther)
}

var errOrigin = fault.New(fault.Forbidden, "Dit formulier kwam niet van Ruggespraak. Open de pagina opnieuw en probeer het nog eens.")

var errToken = fault.New(fault.Forbidden, "Deze pagina was te oud. Open haar opnieuw en probeer het nog eens.")

// TokenField is the name of the form field with the session's token.
const TokenField = parts.CSRFField

// checkOrigin refuses a change that a page of another site asks for. Browsers
// send Origin with every form post; what sends none is no browser of our users.
func (s *Server) checkOrigin(c *fiber.Ctx) error {
	if site := c.Get("Sec-Fetch-Site"); site != "" && site != "same-origin" && site != "none" {
		return errOrigin
	}
	origin, err := url.Parse(c.Get(fiber.HeaderOrigin))
	if err != nil || origin.Host == "" || origin.Path != "" {
		return errOrigin
	}
	if s.base != nil {
		if origin.Scheme != s.base.Scheme || origin.Host != s.base.Host {
			return errOrigin
		}
		return nil
	}
	if origin.Host != string(c.Request().Host()) || origin.Scheme != c.Protocol() {
		return errOrigin
	}
	return nil
}

// field is a value of the posted form, without space around it and with plain
// line ends. What stands in the address is none: a link must not fill in a form.
func field(c *fiber.Ctx, name string) string {
	text := strings.Map(legible, strings.ReplaceAll(posted(c, name), "\r\n", "\n"))
	return strings.TrimFunc(text, unseen)
}

func posted(c *fiber.Ctx, name string) string {
	return string(c.Context().PostArgs().Peek(name))
}

// legible leaves out control characters, which no keyboard types and no page
// may hold.
func legible(r rune) rune {
	if unicode.IsControl(r) && r != '\n' && r != '\t' {
		return -1
	}
	return r
}

// unseen tells of white space, and of characters without a width: of these
// alone a text is empty.
func unseen(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) }

// fields are all values of the posted form under a name.
func fields(c *fiber.Ctx, name string) []string {
	var all []string
	for _, value := range c.Context().PostArgs().PeekMulti(name) {
		all = append(all, strings.TrimSpace(string(value)))
	}
	return all
}

// ticked tells whether a box of the posted form was ticked.
func ticked(c *fiber.Ctx, name string) bool { return posted(c, name) != "" }
