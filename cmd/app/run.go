package app

import (
	"context"
	"errors"
	"fmt"
	"net"
)

// Run answers requests on ln and works until the context ends; then requests
// under way end first, work in the background after them. It closes ln. Another
// program that runs on the same data folder is an error: the text indexes in it
// belong to one.
func (a *App) Run(ctx context.Context, ln net.Listener) (err error) {
	release, err := hold(a.cfg.Data)
	if err != nil {
		return errors.Join(err, ln.Close())
	}
	defer func() { err = errors.Join(err, release()) }()
	work, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	for _, worker := range a.workers() {
		a.running.Go(func() { worker(work) })
	}
	ended := make(chan error, 1)
	go func() { ended <- a.Server.Serve(ln) }()
	select {
	case err = <-ended:
	case <-ctx.Done():
		if err = a.Server.Shutdown(); err != nil {
			err = fmt.Errorf("shut down: %w", err)
		}
		_ = ln.Close() // a stop that comes before Serve has begun finds nothing to shut down
		<-ended
	}
	stop()
	a.running.Wait()
	return err
}

// workers are what runs in the background; each ends with its context.
func (a *App) workers() []func(context.Context) {
	return []func(context.Context){a.Projector.Run, a.Sender.Run, a.Search.Run, a.runJobs}
}
