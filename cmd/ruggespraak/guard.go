package main

import (
	"ruggespraak/cmd/app"
	"ruggespraak/internal/clock"
	"ruggespraak/internal/guard"
)

// guardCommand runs the guard over texts, outside the server.
type guardCommand struct{}

// Run is called by kong.
func (*guardCommand) Run(t *terminal) error {
	return guard.Lines(app.NewGuard(clock.Real), t.in, t.out)
}
