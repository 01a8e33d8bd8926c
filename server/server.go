// Package server is the Fiber server: the one table of routes, middleware,
// handlers by noun_verb.go, page structs, and errors made into pages in one
// place. It holds no rule about meetings and stores nothing.
//
// It may import the domain packages, people, frontend, internal/fault and its
// own sub-packages. Fiber is imported here and nowhere else.
package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/assets"
	"ruggespraak/internal/clock"
	"ruggespraak/knowledge"
	"ruggespraak/knowledge/routes"
	"ruggespraak/knowledge/search"
	"ruggespraak/meetings"
	"ruggespraak/meetings/bundles"
	"ruggespraak/meetings/discussion"
	"ruggespraak/meetings/incidents"
	"ruggespraak/meetings/signals"
	"ruggespraak/people"
	"ruggespraak/server/jobs"
	"ruggespraak/server/mail"
)

// Limits of a request.
const (
	maxUpload   = 20 << 20 // bytes of any body
	maxForm     = 1 << 20  // bytes of a body on a route without upload
	headerBytes = 16 << 10 // of a request's line and headers together
	readTime    = 30 * time.Second
	writeTime   = 60 * time.Second
	idleTime    = 2 * time.Minute
	workTime    = 10 * time.Second // of a handler's domain calls
	sorryTime   = 2 * time.Second  // of the page that says what went wrong
	stopTime    = 10 * time.Second // for requests under way at a stop
)

// Config is what an operator decides.
type Config struct {
	BaseURL        string        // scheme and host as people type it; empty: the request's own Host
	Development    bool          // says more in logs, relaxes nothing for people
	TrustedProxies []string      // addresses or networks whose X-Forwarded-* count
	Contact        string        // for security.txt: a mail address or a URL
	HelpHours      string        // when CoMensha answers the phone, in Dutch; empty: DefaultHelpHours
	Assets         assets.Assets // what assets.Load gave; zero: pages without styles
	Demo           Demo          // nil outside the demo
	Log            *slog.Logger
	Journal        string // what the database's own journal keeps of a removed text, and until when; may be empty
}

// DefaultHelpHours is when CoMensha answers the phone, as its pages say; to be
// confirmed, so an operator can set it.
const DefaultHelpHours = "maandag tot en met vrijdag 9.00–17.00 uur"

// Services is what the handlers call. Every field is needed.
type Services struct {
	House     *people.House
	Incidents *incidents.Register
	Book      *signals.Book
	Calendar  *meetings.Calendar
	Floor     *meetings.Floor
	Desk      *bundles.Desk
	Search    *search.Finder
	Library   *knowledge.Library
	Hall      *discussion.Hall
	Routes    *routes.Counter
	Jobs      *jobs.Runner
	Sender    *mail.Sender
	Effects   Effects
	Now       clock.Now // the consultation's clock
	Real      clock.Now
	Ready     func(context.Context) error // why the product cannot serve now
}

// Server answers requests. Make it with New; Listen and Shutdown once each.
type Server struct {
	cfg   Config
	svc   Services
	app   *fiber.App
	base  *url.URL // nil without a base URL
	table []Route
	pages map[string]bool // addresses of GET routes
	line  *line
	pace  pace
}

// New makes the server and checks its table of routes: one with a route that
// the policy does not cover is an error.
func New(cfg Config, svc Services) (*Server, error) {
	s := &Server{cfg: cfg, svc: svc, pages: map[string]bool{}}
	if s.cfg.HelpHours == "" {
		s.cfg.HelpHours = DefaultHelpHours
	}
	if s.cfg.Log == nil {
		s.cfg.Log = slog.Default()
	}
	if cfg.BaseURL != "" {
		base, err := url.Parse(cfg.BaseURL)
		if err != nil {
			return nil, fmt.Errorf("base url: %w", err)
		}
		s.base = base
	}
	s.line = newLine(s.cfg, svc)
	s.pace.now = svc.Real
	s.table = s.routes()
	if err := checkRoutes(s.table); err != nil {
		return nil, err
	}
	if err := checkOpen(s.table); err != nil {
		return nil, err
	}
	for _, r := range s.table {
		if r.Method == get {
			s.pages[r.Path] = true
		}
	}
	s.app = s.newApp()
	return s, nil
}

func (s *Server) newApp() *fiber.App {
	app := fiber.New(fiber.Config{
		AppName:                 "Ruggespraak",
		DisableStartupMessage:   true,
		Immutable:               true, // without it one request's text becomes another's
		Network:                 fiber.NetworkTCP,
		BodyLimit:               maxUpload,
		ReadBufferSize:          headerBytes,
		ReadTimeout:             readTime,
		WriteTimeout:            writeTime,
		IdleTimeout:             idleTime,
		ReduceMemoryUsage:       true, // a socket would hold the buffer that its request was read into
		EnableTrustedProxyCheck: true,
		TrustedProxies:          s.cfg.TrustedProxies,
		ProxyHeader:             fiber.HeaderXForwardedFor,
		EnableIPValidation:      true,
		StrictRouting:           true,
		CaseSensitive:           true,
		ErrorHandler:            s.answerError,
	})
	app.Use(s.headers, s.recoverPanic, s.limitBody, s.withDeadline)
	for _, r := range s.table {
		app.Add(r.Method, r.Path, s.guardRoute(r), r.handle)
		if r.Method == get { // the same without its body
			app.Add(fiber.MethodHead, r.Path, s.guardRoute(r), r.handle)
		}
	}
	app.Use(s.noRoute)
	return app
}

// Routes is the table, in its order.
func (s *Server) Routes() []Route { return s.table }

// Serve answers requests on ln until Shutdown.
func (s *Server) Serve(ln net.Listener) error {
	ctx, stop := context.WithCancel(context.Background())
	var line sync.WaitGroup
	line.Go(func() { s.line.hub.Run(ctx) })
	defer line.Wait()
	defer stop()
	if err := s.app.Listener(ln); err != nil && !errors.Is(err, net.ErrClosed) {
		return fmt.Errorf("serve: %w", err)
	}
	return nil
}

// Shutdown closes the sockets and lets requests under way end, within ten
// seconds. What is open by then is cut: browsers open connections ahead of need
// and never use them.
func (s *Server) Shutdown() error {
	ctx, done := context.WithTimeout(context.Background(), stopTime)
	defer done()
	s.line.close(ctx, s.cfg.Log)
	err := s.app.ShutdownWithContext(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		s.cfg.Log.Info("stopped with connections still open")
		err = nil
	}
	return err
}
