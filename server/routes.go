package server

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"ruggespraak/people"
)

// Route is one line of the table of routes: what it is about, what is done, and
// by which handler. Who may is not said here but in people's policy: a role
// gets through when it may do the verb to one of the objects. Which of them it
// is in a given case, the domain decides again.
type Route struct {
	Method  string
	Path    string
	Objects []people.Object
	Verb    people.Verb
	Name    string // of the handler, for routes --json
	handle  fiber.Handler
}

// Roles lists the roles that get through to the handler.
func (r Route) Roles() []people.Role {
	var roles []people.Role
	for _, role := range people.Roles {
		if r.allows(role) {
			roles = append(roles, role)
		}
	}
	return roles
}

func (r Route) allows(role people.Role) bool {
	return slices.ContainsFunc(r.Objects, func(o people.Object) bool { return people.May(role, o, r.Verb) })
}

// knows tells whether the role may see one of the objects at all, so that it
// may be told «dit mag u niet doen» instead of «niet gevonden».
func (r Route) knows(role people.Role) bool {
	return slices.ContainsFunc(r.Objects, func(o people.Object) bool {
		return people.May(role, o, people.Read) || people.May(role, o, people.List)
	})
}

// public tells whether a visitor gets through.
func (r Route) public() bool { return r.allows(people.Visitor) }

// ID names the route: its method and path.
func (r Route) ID() string { return r.Method + " " + r.Path }

const (
	get  = fiber.MethodGet
	post = fiber.MethodPost
)

func objects(o ...people.Object) []people.Object { return o }

// routes is the one table of routes. A section a noun; a line a route.
func (s *Server) routes() []Route {
	return slices.Concat(
		s.publicRoutes(),
		s.sessionRoutes(),
		s.accountRoutes(),
		s.inboxRoutes(),
		s.prefsRoutes(),
		s.organisationRoutes(),
		s.taskRoutes(),
		s.lineRoutes(),
		s.talkRoutes(), // before the contributions: /inbreng/vragen is no id of one
		s.signalRoutes(),
		s.meetingRoutes(),
		s.floorRoutes(),
		s.bundleRoutes(),
		s.feedbackRoutes(),
		s.searchRoutes(),
		s.compareRoutes(),
		s.demoRoutes(),
		s.articleRoutes(), // last: an article may have any address that is left
	)
}

func (s *Server) publicRoutes() []Route {
	page := objects("page.public")
	return []Route{
		{get, "/livez", page, people.Read, "live", s.live},
		{get, "/readyz", page, people.Read, "ready", s.ready},
		{get, "/assets/:file", page, people.Read, "asset", s.asset},
		{get, "/.well-known/security.txt", page, people.Read, "securityText", s.securityText},
		{get, "/toegankelijkheid", page, people.Read, "accessibility", s.accessibility},
		{get, "/privacy", page, people.Read, "privacy", s.privacy},
		{get, "/", objects("page.public", "start.own"), people.Read, "start", s.start},
	}
}

// checkRoutes refuses a table with a route whose object the policy does not
// know, that no role may use, that changes something by GET, or that stands in
// it twice.
func checkRoutes(all []Route) error {
	seen := map[string]bool{}
	for _, r := range all {
		if seen[r.ID()] {
			return fmt.Errorf("route %s stands in the table twice", r.ID())
		}
		seen[r.ID()] = true
		if err := r.check(); err != nil {
			return fmt.Errorf("route %s: %w", r.ID(), err)
		}
	}
	return nil
}

func (r Route) check() error {
	if len(r.Objects) == 0 {
		return fmt.Errorf("has no object")
	}
	for _, o := range r.Objects {
		if !o.Known() {
			return fmt.Errorf("object %s has no row in the policy", o)
		}
	}
	if len(r.Roles()) == 0 {
		return fmt.Errorf("no role may %c %v", r.Verb, r.Objects)
	}
	if r.Method == get && r.Verb != people.Read && r.Verb != people.List && !r.showsForm() {
		return fmt.Errorf("a GET may only read")
	}
	return nil
}

// showsForm tells whether a GET shows the form of what its verb then does by
// POST to the same path.
func (r Route) showsForm() bool { return strings.HasSuffix(r.Name, "Form") }
