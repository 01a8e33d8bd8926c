package server

import (
	"bufio"
	"context"
	"crypto/rand"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"strconv"
	"syscall"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/adaptor"

	"ruggespraak/internal/clock"
	"ruggespraak/internal/fault"
	"ruggespraak/meetings/discussion"
	"ruggespraak/people"
	"ruggespraak/server/live"
)

// lineRoutes is the line on which changes of discussions come down. What may be
// followed is decided a topic at a time; whoever may read any discussion may
// open it.
func (s *Server) lineRoutes() []Route {
	all := slices.Concat(itemMessages, contribMessages, questionMessages, objects("speaker.list"))
	return []Route{{get, "/lijn", all, people.Read, "lineOpen", s.lineOpen}}
}

// line is what brings the changes of discussions to browsers.
type line struct {
	hub      *live.Hub
	log      *lineLog
	instance string // names this process in what it says of who is there
}

func newLine(cfg Config, svc Services) *line {
	l := &line{log: newLineLog(svc), instance: rand.Text()}
	l.hub = live.New(live.Options{Changes: l.log, Enter: l.log.enter, Present: l.present, Now: clock.Real, Log: cfg.Log})
	return l
}

// close tells every socket to return, to another instance or to this one after
// its restart. What cannot be done in time is no failure: the end of the process
// closes a socket too, and who was there is forgotten a little later.
func (l *line) close(ctx context.Context, log *slog.Logger) {
	if err := l.hub.Close(ctx); err != nil {
		log.Info("stopped with sockets still open", "error", err)
	}
	if err := l.log.hall.Absent(ctx, l.instance); err != nil {
		log.Warn("who was there counts as present a little longer", "error", err)
	}
}

// lineOpen turns the request into a socket. A page of another site cannot: the
// Origin is compared as for a form.
func (s *Server) lineOpen(c *fiber.Ctx) error {
	if err := s.checkOrigin(c); err != nil {
		return err
	}
	m, under := memberOf(c), c.Context().Conn()
	return adaptor.HTTPHandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.line.hub.Serve(bareWriter{w, under}, r, m) })(c)
}

// bareWriter gives a connection that shows the one under it: the adaptor's hides what
// is needed to write without waiting.
type bareWriter struct {
	http.ResponseWriter
	under net.Conn
}

func (w bareWriter) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, buffers, err := http.NewResponseController(w.ResponseWriter).Hijack()
	if under, ok := w.under.(syscall.Conn); ok && err == nil {
		conn = bareConn{conn, under}
	}
	return conn, buffers, err
}

type bareConn struct {
	net.Conn
	under syscall.Conn
}

func (c bareConn) SyscallConn() (syscall.RawConn, error) { return c.under.SyscallConn() }

func memberOf(c *fiber.Ctx) live.Member {
	return live.Member{Session: session(c).ID, Account: viewer(c).Account}
}

// Changed tells that a topic has a new entry, so that who follows it here gets
// it at once.
func (s *Server) Changed(t discussion.Topic) { s.line.hub.Changed(string(t)) }

// visit notes that who polls is there, and gives who is.
func (s *Server) visit(c *fiber.Ctx, t discussion.Topic, a discussion.Access) (company, error) {
	admitted, err := s.line.log.enter(ctx(c), string(t), []live.Member{memberOf(c)})
	if err != nil {
		return company{}, err
	}
	if admitted[0].Err != nil {
		return company{}, fault.NotFoundError() // the right ended at this very moment
	}
	s.line.hub.Visit(string(t), memberOf(c))
	p, err := s.svc.Hall.Present(ctx(c), t)
	return companyFor(p, a.Audience, a), err
}

func companyFor(p discussion.Presence, audience discussion.Audience, a discussion.Access) company {
	found := p.For(audience, a)
	shown := company{Names: found.Names}
	for _, r := range found.Roles {
		shown.Roles = append(shown.Roles, r.Role+" "+strconv.Itoa(r.N))
	}
	return shown
}
