package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os/exec"
	"path/filepath"
	"slices"

	"github.com/alecthomas/kong"

	"ruggespraak/cmd/app"
	"ruggespraak/cmd/demo"
	"ruggespraak/frontend/assets"
	"ruggespraak/internal/memory"
)

// serveCommand serves the product.
type serveCommand struct {
	Kept storeSettings `embed:""`
	Web  webSettings   `embed:""`
}

// Run is called by kong: it serves until the context ends, by SIGTERM or ^C.
func (c *serveCommand) Run(ctx context.Context, k *kong.Context, t *terminal) (err error) {
	if err := c.Web.Mail.needBaseURL(); err != nil {
		return err
	}
	cfg, ln, err := begin(k, t, &c.Kept, &c.Web)
	if err != nil {
		return err
	}
	defer ln.Close()
	if cfg.DB, err = c.Kept.open(ctx); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, cfg.DB.Close()) }()
	a, err := app.New(ctx, cfg)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	t.ready(ln)
	return a.Run(ctx, ln)
}

// demoFolder is the demo's part of the data folder: the demo must never come
// upon the real store, nor the real product upon invented contributions.
const demoFolder = "demo"

// demoCommand serves the demo.
type demoCommand struct {
	Kept storeSettings `embed:""`
	Web  webSettings   `embed:""`
	Load bool          `hidden:"" help:"Load the season, and end."`
}

// Run is called by kong. In the demo no mail leaves, whatever is set.
func (c *demoCommand) Run(ctx context.Context, k *kong.Context, t *terminal) error {
	if isMongo(c.Kept.Store) {
		return errors.New("--store: the demo begins again by removing its files, so it is kept in SQLite")
	}
	own := c.Kept.Store == ""
	c.Kept.Data = filepath.Join(c.Kept.Data, demoFolder)
	c.Web.Mail.SMTP = ""
	house := demo.House{Open: c.Kept.open, Own: own, Wipe: c.Kept.wipe}
	if c.Load {
		house.Config = settle(t, &c.Kept, &c.Web)
		return demo.Load(ctx, house)
	}
	cfg, ln, err := begin(k, t, &c.Kept, &c.Web)
	if err != nil {
		return err
	}
	house.Config = cfg
	house.Ready = func() { t.ready(ln) }
	if c.Kept.inMemory() {
		return demo.Serve(ctx, ln, house)
	}
	house.Load = func(ctx context.Context) error { return t.again(ctx, slices.Concat(k.Args, []string{"--load"})) }
	return demo.Serve(ctx, ln, house)
}

// ready gives back what starting took, and tells where a browser finds the product.
func (t *terminal) ready(ln net.Listener) {
	memory.Release()
	fmt.Fprintln(t.out, "listening on", address(ln))
}

// again runs the program once more, beside this one, until it is done.
func (t *terminal) again(ctx context.Context, args []string) error {
	command := exec.CommandContext(ctx, t.self, args...)
	command.Stderr = t.err
	err := command.Run()
	return cmp.Or(ctx.Err(), err)
}

// begin prints the configuration in effect and takes the port. The port comes
// before the store: a second instance started by mistake must not touch it.
func begin(k *kong.Context, t *terminal, kept *storeSettings, web *webSettings) (app.Config, net.Listener, error) {
	cfg := settle(t, kept, web)
	fmt.Fprintln(t.out, "Ruggespraak", version())
	printConfig(k, t.out)
	built, err := loadAssets(cfg.Log)
	if err != nil {
		return cfg, nil, err
	}
	cfg.Assets = built
	ln, err := net.Listen("tcp", web.Listen)
	if err != nil {
		return cfg, nil, fmt.Errorf("listen: %w", err)
	}
	return cfg, ln, nil
}

// settle gives what follows from the options.
func settle(t *terminal, kept *storeSettings, web *webSettings) app.Config {
	kept.settle()
	web.Mail.settle()
	cfg := app.Config{
		Data: kept.Data, BaseURL: web.Mail.base(), SMTP: web.Mail.SMTP, MailFrom: web.Mail.MailFrom, Contact: web.Contact, HelpHours: web.HelpHours,
		TrustedProxies: web.TrustedProxies, Development: kept.Development, Journal: kept.journal(), Log: newLog(t, kept.Development),
	}
	slog.SetDefault(cfg.Log)
	return cfg
}

// loadAssets lets a program without a built front end start: pages then have
// no styles, and say so in the log.
func loadAssets(log *slog.Logger) (assets.Assets, error) {
	built, err := assets.Load()
	if errors.Is(err, assets.ErrNotBuilt) {
		log.Warn("the front end was not built into this program: pages have no styles")
		return assets.Assets{}, nil
	}
	return built, err
}

// newLog writes text lines to standard error, in UTC, with control characters
// escaped.
func newLog(t *terminal, development bool) *slog.Logger {
	level := slog.LevelInfo
	if development {
		level = slog.LevelDebug
	}
	return slog.New(slog.NewTextHandler(t.err, &slog.HandlerOptions{Level: level, ReplaceAttr: inUTC}))
}

func inUTC(_ []string, a slog.Attr) slog.Attr {
	if a.Value.Kind() == slog.KindTime {
		a.Value = slog.TimeValue(a.Value.Time().UTC())
	}
	return a
}

// address is where a browser on this machine finds the product.
func address(ln net.Listener) string {
	tcp, ok := ln.Addr().(*net.TCPAddr)
	if !ok {
		return ln.Addr().String()
	}
	host := tcp.IP.String()
	if tcp.IP.IsUnspecified() || tcp.IP.IsLoopback() {
		host = "127.0.0.1"
	}
	return "http://" + net.JoinHostPort(host, fmt.Sprint(tcp.Port))
}
