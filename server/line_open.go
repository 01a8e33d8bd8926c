package server

import (
	"context"
	"crypto/rand"
	"net/http"
	"strconv"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/adaptor"

	"ruggespraak/internal/clock"
	"ruggespraak/meetings/discussion"
	"ruggespraak/people"
	"ruggespraak/server/live"
)

// lineRoutes is the line on which changes of discussions come down. What may be
// followed is decided a topic at a time; whoever may read any discussion may
// open it.
func (s *Server) lineRoutes() []Route {
	all := append(append(append(objects(), itemMessages...), contribMessages...), questionMessages...)
	return []Route{{get, "/lijn", all, people.Read, "lineOpen", s.lineOpen}}
}

// newLine makes the hub of this instance.
func (s *Server) newLine() {
	s.instance = rand.Text()
	s.log = newLineLog(s.svc.Hall, s.svc.House)
	s.hub = live.New(live.Options{
		Changes: s.log, Enter: s.log.enter, Present: s.log.present(s.instance), Now: clock.Real, Log: s.cfg.Log,
	})
}

// lineOpen turns the request into a socket. A page of another site cannot: the
// Origin is compared as for a form.
func (s *Server) lineOpen(c *fiber.Ctx) error {
	if err := s.checkOrigin(c); err != nil {
		return err
	}
	m := memberOf(c)
	return adaptor.HTTPHandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.hub.Serve(w, r, m) })(c)
}

func memberOf(c *fiber.Ctx) live.Member {
	return live.Member{Session: session(c).ID, Account: viewer(c).Account}
}

// Changed tells that a topic has a new entry, so that who follows it here gets
// it at once.
func (s *Server) Changed(t discussion.Topic) { s.hub.Changed(string(t)) }

// visit notes that who polls is there, and gives who is.
func (s *Server) visit(c *fiber.Ctx, t discussion.Topic, a discussion.Access) (company, error) {
	if _, err := s.log.enter(ctx(c), memberOf(c), string(t)); err != nil {
		return company{}, err
	}
	s.hub.Visit(string(t), memberOf(c))
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

// closeLine tells every socket to return, to another instance or to this one
// after its restart.
func (s *Server) closeLine(ctx context.Context) error {
	err := s.hub.Close(ctx)
	if gone := s.svc.Hall.Absent(ctx, s.instance); err == nil {
		err = gone
	}
	return err
}
