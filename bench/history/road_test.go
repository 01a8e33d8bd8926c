package history

import (
	"net"
	"sync"
)

// road carries connections to an address, and can be blocked. A proxy that
// exists (toxiproxy) drops what it holds and brings a dozen modules; this one
// loses no byte of a connection that lives on.
type road struct {
	from net.Listener
	to   string

	mu    sync.Mutex
	held  chan struct{} // nothing passes until it is closed; nil: everything does
	shut  bool          // nobody gets in
	pairs map[[2]net.Conn]struct{}
}

func newRoad(to string) (*road, error) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	r := &road{from: ln, to: to, pairs: map[[2]net.Conn]struct{}{}}
	go r.accept()
	return r, nil
}

// address is where the road begins.
func (r *road) address() string { return r.from.Addr().String() }

func (r *road) accept() {
	for {
		near, err := r.from.Accept()
		if err != nil {
			return
		}
		go r.connect(near)
	}
}

func (r *road) connect(near net.Conn) {
	r.pass()
	far, err := net.Dial("tcp", r.to)
	if err != nil || r.isShut() {
		reset(near)
		if err == nil {
			reset(far)
		}
		return
	}
	pair := [2]net.Conn{near, far}
	r.mu.Lock()
	r.pairs[pair] = struct{}{}
	r.mu.Unlock()
	go r.carry(near, far)
	r.carry(far, near)
	r.mu.Lock()
	delete(r.pairs, pair)
	r.mu.Unlock()
}

// carry brings bytes, and the end of them, while the road is not held.
func (r *road) carry(to, from net.Conn) {
	buffer := make([]byte, 16<<10)
	for {
		n, err := from.Read(buffer)
		r.pass()
		if n > 0 {
			if _, err := to.Write(buffer[:n]); err != nil {
				break
			}
		}
		if err != nil {
			break
		}
	}
	_, _ = to.Close(), from.Close()
}

func (r *road) pass() {
	r.mu.Lock()
	held := r.held
	r.mu.Unlock()
	if held != nil {
		<-held
	}
}

func (r *road) isShut() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.shut
}

// hold lets nothing pass, not even the end of a connection, until release.
func (r *road) hold() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.held == nil {
		r.held = make(chan struct{})
	}
}

func (r *road) release() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.held != nil {
		close(r.held)
		r.held = nil
	}
}

// block refuses who comes and resets who is under way, until unblock.
func (r *road) block() {
	r.mu.Lock()
	r.shut = true
	r.mu.Unlock()
	r.reset()
}

func (r *road) unblock() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.shut = false
}

// reset ends every connection without a word.
func (r *road) reset() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for pair := range r.pairs {
		reset(pair[0])
		reset(pair[1])
	}
}

func reset(c net.Conn) {
	if tcp, ok := c.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = c.Close()
}

func (r *road) close() {
	_ = r.from.Close()
	r.release()
	r.reset()
}
