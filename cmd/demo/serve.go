package demo

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync"

	"ruggespraak/cmd/app"
	"ruggespraak/server"
	"ruggespraak/store"
)

// House is one life of the demo: the store, and how the program is opened on it.
type House struct {
	// Open opens the store in its folder.
	Open func(context.Context) (store.DB, error)
	// Config is the program's; its DB and Demo are filled in.
	Config app.Config
	// Ready is called when the season is loaded and requests are answered; nil:
	// nobody is told.
	Ready func()
	// Own says that nothing but the demo can be in the store: what is not a
	// loaded demo there may be wiped.
	Own bool
	// Wipe removes everything the store and the program left in the folder.
	// It is called between two lives, when nothing is open.
	Wipe func() error
	// Load has the season loaded by another process, with Load: loading takes
	// memory that a process does not get rid of. It is called when nothing is
	// open. nil: the season is loaded here.
	Load func(context.Context) error
}

// Load loads the season into the store, unless it is there.
func Load(ctx context.Context, h House) error {
	for {
		err := h.visit(ctx, nil, func(*app.App) error { return nil })
		if !errors.Is(err, ErrNotEmpty) || !h.Own {
			return err
		}
		if err := h.wipe(); err != nil {
			return err
		}
	}
}

// Serve answers on ln until the context ends. When somebody begins again, the
// program ends, the folder is emptied and the program opens anew; whoever
// connects meanwhile waits for a moment and finds no closed door.
func Serve(ctx context.Context, ln net.Listener, h House) error {
	door := newDoor(ln)
	defer door.close()
	for {
		again, err := h.live(ctx, door)
		if err != nil || !again {
			return err
		}
		if err := h.wipe(); err != nil {
			return err
		}
	}
}

func (h House) wipe() error {
	if err := h.Wipe(); err != nil {
		return fmt.Errorf("empty the folder: %w", err)
	}
	return nil
}

// live is one life of the demo; again tells that another is to follow.
func (h House) live(ctx context.Context, door *door) (again bool, err error) {
	if err := h.loadApart(ctx); err != nil {
		return false, err
	}
	life, end := context.WithCancel(ctx)
	defer end()
	err = h.visit(ctx, end, func(a *app.App) error {
		if h.Ready != nil {
			h.Ready()
		}
		return a.Run(life, door.listener())
	})
	if errors.Is(err, ErrNotEmpty) && h.Own {
		return true, nil // an earlier loading was cut off
	}
	return ctx.Err() == nil && life.Err() != nil, err
}

// loadApart has another process load the season, unless it is there.
func (h House) loadApart(ctx context.Context) error {
	if h.Load == nil {
		return nil
	}
	loaded, err := h.loaded(ctx)
	if err != nil || loaded {
		return err
	}
	if err := h.Load(ctx); err != nil {
		return fmt.Errorf("load the season: %w", err)
	}
	return nil
}

// loaded tells whether the season is in the store.
func (h House) loaded(ctx context.Context) (yes bool, err error) {
	db, err := h.Open(ctx)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	kept, err := openState(ctx, db)
	if err != nil {
		return false, err
	}
	_, err = kept.Get(ctx, stateID)
	if errors.Is(err, store.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

// visit opens store and program, with the season loaded, for as long as do takes.
// restart is what the demo's button does.
func (h House) visit(ctx context.Context, restart func(), do func(*app.App) error) (err error) {
	d, err := New(restart)
	if err != nil {
		return err
	}
	db, err := h.Open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	cfg := h.Config
	cfg.DB, cfg.Demo = db, server.Demo(d)
	a, err := app.New(ctx, cfg)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	if err := d.Open(ctx, a, db); err != nil {
		return err
	}
	return do(a)
}

// door hands the connections of one listener to one server after another.
type door struct {
	ln    net.Listener
	conns chan net.Conn
	ended chan struct{}
}

func newDoor(ln net.Listener) *door {
	d := &door{ln: ln, conns: make(chan net.Conn), ended: make(chan struct{})}
	go d.accept()
	return d
}

// accept takes connections until the listener is closed; without a server they
// wait.
func (d *door) accept() {
	defer close(d.ended)
	for {
		conn, err := d.ln.Accept()
		if err != nil {
			return
		}
		d.conns <- conn
	}
}

func (d *door) close() {
	_ = d.ln.Close() // a second close says so, and that is all
	for {
		select {
		case conn := <-d.conns:
			_ = conn.Close()
		case <-d.ended:
			return
		}
	}
}

func (d *door) listener() net.Listener { return &wing{door: d, shut: make(chan struct{})} }

// wing is the door as one server sees it: closing it leaves the door open.
type wing struct {
	*door
	once sync.Once
	shut chan struct{}
}

// Accept waits for a connection.
func (w *wing) Accept() (net.Conn, error) {
	select {
	case conn := <-w.conns:
		return conn, nil
	case <-w.shut:
		return nil, net.ErrClosed
	case <-w.ended:
		return nil, net.ErrClosed
	}
}

// Close ends this server's part.
func (w *wing) Close() error {
	w.once.Do(func() { close(w.shut) })
	return nil
}

// Addr is the address of the door.
func (w *wing) Addr() net.Addr { return w.ln.Addr() }
