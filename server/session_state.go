package server

import (
	"fmt"
	"net"
	"net/netip"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"ruggespraak/people"
)

// sessionCookie is the name of the session's cookie. The prefix makes browsers keep
// it to this host, over https, for the whole site.
const sessionCookie = "__Host-ruggespraak"

// plainCookie is its name on plain http at a loopback address: there Safari
// drops cookies marked Secure.
const plainCookie = "ruggespraak"

// plain tells whether the request came over plain http to this very machine.
func plain(c *fiber.Ctx) bool {
	host := c.Hostname()
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return c.Protocol() == "http" && (host == "localhost" || ip != nil && ip.IsLoopback())
}

func cookieName(c *fiber.Ctx) string {
	if plain(c) {
		return plainCookie
	}
	return sessionCookie
}

// setCookie gives the browser the token, or takes it away when it is empty. It
// has no end of its own: the session has.
func setCookie(c *fiber.Ctx, token string) {
	cookie := &fiber.Cookie{
		Name: cookieName(c), Value: token, Path: "/", HTTPOnly: true, Secure: !plain(c), SameSite: fiber.CookieSameSiteLaxMode,
	}
	if token == "" {
		cookie.Expires = time.Unix(1, 0)
	}
	c.Cookie(cookie)
}

const (
	sessionKey   localKey = 100
	noSessionKey localKey = 101
)

// session is the browser's session; nil when it has none that is good.
func session(c *fiber.Ctx) *people.Session {
	sess, _ := c.Locals(sessionKey).(*people.Session)
	return sess
}

// byItself is the header with which a script marks what nobody asked it for:
// whether something is new, that what came was seen.
const byItself = "X-By-Itself"

// background tells that a page asks by itself, so that nobody need be there. A
// socket is always opened so, and opened again when it was cut off.
func background(c *fiber.Ctx) bool {
	return c.Get(byItself) != "" || strings.EqualFold(c.Get(fiber.HeaderUpgrade), "websocket")
}

// resume finds out who asks. What a page asks by itself keeps no session alive.
func (s *Server) resume(c *fiber.Ctx) error {
	resume := s.svc.House.Sessions.Resume
	if background(c) {
		resume = s.svc.House.Sessions.Look
	}
	sess, v, err := resume(ctx(c), c.Cookies(cookieName(c)))
	if err != nil {
		return fmt.Errorf("resume session: %w", err)
	}
	c.Locals(sessionKey, sess)
	c.Locals(viewerKey, v)
	return nil
}

// takeOn makes the session the browser's, in place of what it had.
func (s *Server) takeOn(c *fiber.Ctx, token string, sess *people.Session) {
	setCookie(c, token)
	c.Locals(sessionKey, sess)
}

// visitor gives who is not signed in a session for the steps of signing in.
func (s *Server) visitor(c *fiber.Ctx) (*people.Session, error) {
	if sess := session(c); sess != nil {
		return sess, nil
	}
	token, sess, err := s.svc.House.Sessions.Anonymous(ctx(c))
	if err != nil {
		return nil, err
	}
	s.takeOn(c, token, sess)
	return sess, nil
}

// token is the session's token for forms; empty without a session.
func (s *Server) token(c *fiber.Ctx) string {
	if sess := session(c); sess != nil {
		return sess.CSRF()
	}
	return ""
}

// tokenFits tells whether the form carries the token of this very session.
func (s *Server) tokenFits(c *fiber.Ctx) bool {
	sess := session(c)
	return sess != nil && sess.CheckCSRF(posted(c, TokenField))
}

// theme is "light", "dark" or empty.
func (s *Server) theme(c *fiber.Ctx) string {
	if sess := session(c); sess != nil {
		return string(sess.Theme)
	}
	return ""
}

// takeFlash takes the sentence that the action before left, for somebody to
// read. Without it the page is still right, so an error is only logged.
func (s *Server) takeFlash(c *fiber.Ctx) string {
	sess := session(c)
	if sess == nil || background(c) {
		return ""
	}
	text, err := s.svc.House.Sessions.TakeFlash(ctx(c), sess)
	if err != nil {
		s.cfg.Log.Warn("flash not taken", "err", err)
	}
	return text
}

// leaveFlash leaves a sentence for the next page.
func (s *Server) leaveFlash(c *fiber.Ctx, text string) error {
	sess := session(c)
	if sess == nil {
		return nil
	}
	return s.svc.House.Sessions.SetFlash(ctx(c), sess, text)
}

// unread counts the viewer's unread notices. Without the count the page is
// still right, so an error is only logged.
func (s *Server) unread(c *fiber.Ctx) int {
	n, err := s.svc.House.Inbox.Unread(ctx(c), viewer(c))
	if err != nil {
		s.cfg.Log.Warn("notices not counted", "err", err)
	}
	return n
}

// from says where the request comes from.
func (s *Server) from(c *fiber.Ctx) people.From {
	return people.From{Address: s.address(c), Device: device(c.Get(fiber.HeaderUserAgent))}
}

// address is the network address of who asks: the peer's, or behind a proxy
// that is trusted the last one in X-Forwarded-For that is no such proxy's. What
// stands before that can be made up by anybody.
func (s *Server) address(c *fiber.Ctx) string {
	peer := c.Context().RemoteIP().String()
	if !s.trusts(peer) {
		return peer
	}
	hops := strings.Split(c.Get(fiber.HeaderXForwardedFor), ",")
	for i := len(hops) - 1; i >= 0; i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			return peer
		}
		if !s.trusts(hop.String()) {
			return hop.String()
		}
	}
	return peer
}

func (s *Server) trusts(address string) bool {
	a, err := netip.ParseAddr(address)
	if err != nil {
		return false
	}
	for _, proxy := range s.cfg.TrustedProxies {
		if p, err := netip.ParsePrefix(proxy); err == nil && p.Contains(a.Unmap()) {
			return true
		}
		if p, err := netip.ParseAddr(proxy); err == nil && p.Unmap() == a.Unmap() {
			return true
		}
	}
	return false
}

// device is a short word for a browser, for its owner to know it by.
func device(agent string) string {
	browser := firstIn(agent, [][2]string{{"Edg", "Edge"}, {"OPR", "Opera"}, {"Firefox", "Firefox"}, {"Chrom", "Chrome"}, {"Safari", "Safari"}}, "Browser")
	system := firstIn(agent, [][2]string{{"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Android", "Android"}, {"Windows", "Windows"}, {"Mac OS", "Mac"}, {"Linux", "Linux"}}, "")
	if system == "" {
		return browser
	}
	return browser + " op " + system
}

func firstIn(text string, words [][2]string, otherwise string) string {
	for _, w := range words {
		if strings.Contains(text, w[0]) {
			return w[1]
		}
	}
	return otherwise
}
