package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"sync"
	"time"
)

// statements keeps prepared statements by their text. There are as many texts
// as shapes of queries, which declarations bound.
type statements struct {
	prepare func(context.Context, string) (*sql.Stmt, error)
	mu      sync.RWMutex
	known   map[string]*sql.Stmt
}

func newStatements(prepare func(context.Context, string) (*sql.Stmt, error)) *statements {
	return &statements{prepare: prepare, known: make(map[string]*sql.Stmt)}
}

func (s *statements) get(text string) (*sql.Stmt, error) {
	s.mu.RLock()
	stmt := s.known[text]
	s.mu.RUnlock()
	if stmt != nil {
		return stmt, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if stmt := s.known[text]; stmt != nil {
		return stmt, nil
	}
	// Not the caller's context: the statement outlives the call.
	stmt, err := s.prepare(context.Background(), text)
	if err != nil {
		return nil, err
	}
	s.known[text] = stmt
	return stmt, nil
}

func (s *statements) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for text, stmt := range s.known {
		_ = stmt.Close()
		delete(s.known, text)
	}
}

func (s *statements) exec(ctx context.Context, text string, args ...any) (int64, error) {
	stmt, err := s.get(text)
	if err != nil {
		return 0, err
	}
	r, err := stmt.ExecContext(ctx, args...)
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

func (s *statements) query(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	stmt, err := s.get(text)
	if err != nil {
		return nil, err
	}
	return stmt.QueryContext(ctx, args...)
}

// row is a query for one row; the error is in Scan.
func (s *statements) row(ctx context.Context, text string, args ...any) scanner {
	stmt, err := s.get(text)
	if err != nil {
		return failed{err}
	}
	return stmt.QueryRowContext(ctx, args...)
}

type scanner interface{ Scan(to ...any) error }

type failed struct{ err error }

func (f failed) Scan(...any) error { return f.err }

// writer is the one connection that writes, taken in turns.
type writer struct {
	pool *sql.DB
	busy chan struct{} // holds one element while somebody has the turn

	// Of whoever has the turn.
	conn   *sql.Conn
	stmts  *statements
	closed bool
}

func newWriter(pool *sql.DB) *writer {
	// One connection that is never replaced: in memory it is the store.
	pool.SetMaxOpenConns(1)
	pool.SetMaxIdleConns(1)
	return &writer{pool: pool, busy: make(chan struct{}, 1)}
}

const (
	patience  = 2 * time.Second       // with another process that has the file
	lookAgain = 10 * time.Millisecond // at the latest; at first sooner, for most writes are short
)

// turn waits for the writing connection and works with it. Waiting ends with
// the context, and where another process has the file after patience; then the
// error is the context's. The work, once it has the file, does not end: it is
// short, and so its outcome is always known. Work that met a file that another
// process had has done nothing, and is done again.
func (w *writer) turn(ctx context.Context, work func(context.Context, *statements) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	others, done := context.WithTimeout(ctx, patience) // with whom those wait too who wait for a turn
	defer done()
	select {
	case w.busy <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-w.busy }()
	for pause := time.Millisecond; ; pause = min(2*pause, lookAgain) {
		err := w.try(context.WithoutCancel(ctx), work)
		if !isBusy(err) {
			return err
		}
		select {
		case <-time.After(pause):
		case <-others.Done():
			return fmt.Errorf("%w: %w", others.Err(), err)
		}
	}
}

func (w *writer) try(ctx context.Context, work func(context.Context, *statements) error) error {
	if w.closed {
		return errClosed
	}
	if err := w.connect(ctx); err != nil {
		return err
	}
	err := work(ctx, w.stmts)
	if errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) {
		w.disconnect()
	}
	return err
}

func (w *writer) connect(ctx context.Context) error {
	if w.conn != nil {
		return nil
	}
	conn, err := w.pool.Conn(ctx)
	if err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	w.conn, w.stmts = conn, newStatements(conn.PrepareContext)
	return nil
}

func (w *writer) disconnect() {
	w.stmts.forget()
	_ = w.conn.Close()
	w.conn, w.stmts = nil, nil
}

// transact is a turn in a transaction. It is rolled back when work fails.
func (w *writer) transact(ctx context.Context, work func(context.Context, *statements) error) error {
	return w.turn(ctx, func(ctx context.Context, q *statements) error { return within(ctx, q, work) })
}

// within runs the work in a transaction. IMMEDIATE, because a transaction that
// begins with reading and then cannot write must start again.
func within(ctx context.Context, q *statements, work func(context.Context, *statements) error) error {
	if _, err := q.exec(ctx, `BEGIN IMMEDIATE`); err != nil {
		return err
	}
	err := work(ctx, q)
	if err == nil {
		_, err = q.exec(ctx, `COMMIT`)
	}
	if err == nil {
		return nil
	}
	// SQLite may have rolled back by itself; then this says so and means nothing.
	_, _ = q.exec(ctx, `ROLLBACK`)
	return err
}

func (w *writer) close() error {
	w.busy <- struct{}{}
	defer func() { <-w.busy }()
	if w.closed {
		return nil
	}
	w.closed = true
	if w.conn != nil {
		w.disconnect()
	}
	return w.pool.Close()
}
