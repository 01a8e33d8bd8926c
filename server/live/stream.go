package live

import (
	"bufio"
	"net"
	"net/http"
	"syscall"
	"time"
)

// stream is a connection to which somebody may write who cannot wait: what it
// does not take at once is kept, and goes first when somebody writes who can. One
// goroutine writes at a time.
type stream struct {
	net.Conn
	raw     syscall.RawConn // nil: everybody must wait
	try     func(fd uintptr) bool
	trying  []byte // what try writes, and what came of it
	n       int
	err     error
	hurried bool   // who writes cannot wait
	rest    []byte // of a frame, still to be written
	limited bool   // there is a deadline
}

func newStream(conn net.Conn) *stream {
	s := &stream{Conn: conn}
	if under, ok := conn.(syscall.Conn); ok && canTry {
		s.raw, _ = under.SyscallConn()
	}
	s.try = func(fd uintptr) bool {
		s.n, s.err = try(fd, s.trying)
		return true
	}
	return s
}

// free tells whether something can be written without waiting.
func (s *stream) free() bool { return s.raw != nil && len(s.rest) == 0 }

// atOnce lets write write one thing, which must not be changed afterwards, without
// waiting.
func (s *stream) atOnce(write func() error) error {
	s.hurried = true
	defer func() { s.hurried = false }()
	return write()
}

// Write writes p, after what is left. For who cannot wait it always writes all
// of it: what the connection does not take is kept.
func (s *stream) Write(p []byte) (int, error) {
	if !s.hurried {
		if err := s.flush(); err != nil {
			return 0, err
		}
		return s.Conn.Write(p)
	}
	s.trying = p
	if err := s.raw.Write(s.try); err != nil {
		return 0, err
	}
	s.trying = nil
	if s.err != nil {
		return s.n, s.err
	}
	s.rest = p[s.n:]
	return len(p), nil
}

// flush writes what is left.
func (s *stream) flush() error {
	if len(s.rest) == 0 {
		return nil
	}
	_, err := s.Conn.Write(s.rest)
	s.rest = nil
	return err
}

// SetWriteDeadline is the connection's. To take off a deadline that is not there
// costs nothing: that is done before every frame.
func (s *stream) SetWriteDeadline(t time.Time) error {
	if t.IsZero() && !s.limited {
		return nil
	}
	s.limited = !t.IsZero()
	return s.Conn.SetWriteDeadline(t)
}

// streamed makes a stream of the connection that is taken over.
type streamed struct {
	http.ResponseWriter
	stream *stream
}

func (w *streamed) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, buffers, err := http.NewResponseController(w.ResponseWriter).Hijack()
	if err != nil {
		return nil, nil, err
	}
	w.stream = newStream(conn)
	return w.stream, buffers, nil
}
