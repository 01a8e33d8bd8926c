package main

import (
	"context"
	"errors"
	"fmt"

	"ruggespraak/cmd/app"
)

// indexCommand fills the text indexes of an instance anew. The server must be
// stopped: an index belongs to one process.
type indexCommand struct {
	Kept storeSettings `embed:""`
}

// Run is called by kong.
func (c *indexCommand) Run(ctx context.Context, t *terminal) (err error) {
	db, err := c.Kept.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	a, err := app.New(ctx, app.Config{DB: db, Data: c.Kept.Data, Development: c.Kept.Development, Log: newLog(t, c.Kept.Development)})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	if err := a.Search.Rebuild(ctx); err != nil {
		return err
	}
	fmt.Fprintln(t.out, "The text indexes are filled anew.")
	return nil
}
