package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"ruggespraak/cmd/app"
	"ruggespraak/people"
	"ruggespraak/server"
	"ruggespraak/store/sqlite"
)

// routesCommand prints the table of routes.
type routesCommand struct {
	JSON bool `name:"json" help:"As JSON."`
}

// routeLine is a route as JSON.
type routeLine struct {
	Method  string          `json:"method"`
	Path    string          `json:"path"`
	Objects []people.Object `json:"objects"`
	Verb    string          `json:"verb"`
	Roles   []people.Role   `json:"roles"`
	Handler string          `json:"handler"`
}

// Run is called by kong. The table is that of the real server, over an empty
// store in memory.
func (c *routesCommand) Run(ctx context.Context, t *terminal) (err error) {
	db, err := sqlite.Open(":memory:")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	a, err := app.New(ctx, app.Config{DB: db, Log: newLog(t, false)})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	if c.JSON {
		return writeJSON(t.out, a.Server.Routes())
	}
	return writeTable(t.out, a.Server.Routes())
}

func lineOf(r server.Route) routeLine {
	return routeLine{
		Method: r.Method, Path: r.Path, Objects: r.Objects, Verb: string(rune(r.Verb)), Roles: r.Roles(), Handler: r.Name,
	}
}

func writeJSON(out io.Writer, routes []server.Route) error {
	lines := make([]routeLine, len(routes))
	for i, r := range routes {
		lines[i] = lineOf(r)
	}
	enc := json.NewEncoder(out)
	enc.SetIndent("", "  ")
	return enc.Encode(lines)
}

func writeTable(out io.Writer, routes []server.Route) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, r := range routes {
		l := lineOf(r)
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", l.Method, l.Path, l.Verb, joined(l.Roles), joined(l.Objects), l.Handler)
	}
	return w.Flush()
}

func joined[T ~string](words []T) string {
	all := make([]string, len(words))
	for i, w := range words {
		all[i] = string(w)
	}
	return strings.Join(all, ",")
}
