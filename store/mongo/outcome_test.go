package mongo_test

import (
	"bytes"
	"errors"
	"io"
	"net"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"

	"ruggespraak/store"
	"ruggespraak/store/mongo"
	"ruggespraak/store/storetest"
)

// wire is a proxy that once loses a connection around a command.
type wire struct {
	to       string
	listener net.Listener

	mu      sync.Mutex
	command string // the next message with this is the one
	reached bool   // it reaches the server; only the reply is lost
	between func() // runs before the client notices
	lost    int
}

func newWire(t *testing.T, to string) *wire {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w := &wire{to: to, listener: l}
	t.Cleanup(func() { _ = l.Close() })
	go w.serve()
	return w
}

func (w *wire) lose(command string, reached bool, between func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.command, w.reached, w.between = command, reached, between
}

func (w *wire) serve() {
	for {
		client, err := w.listener.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("tcp", w.to)
		if err != nil {
			_ = client.Close()
			continue
		}
		go w.carry(client, server)
	}
}

func (w *wire) carry(client, server net.Conn) {
	replies := make(chan struct{})
	var dropping bool
	var mu sync.Mutex
	go func() {
		defer close(replies)
		buffer := make([]byte, 64<<10)
		for {
			n, err := server.Read(buffer)
			mu.Lock()
			drop := dropping
			mu.Unlock()
			if err != nil || drop {
				return
			}
			if _, err := client.Write(buffer[:n]); err != nil {
				return
			}
		}
	}()
	defer client.Close()
	defer server.Close()
	buffer := make([]byte, 64<<10)
	for {
		n, err := client.Read(buffer)
		if err != nil {
			return
		}
		hit, reached, between := w.hits(buffer[:n])
		if !hit {
			if _, err := server.Write(buffer[:n]); err != nil {
				return
			}
			continue
		}
		if reached {
			mu.Lock()
			dropping = true
			mu.Unlock()
			_, _ = io.Copy(server, bytes.NewReader(buffer[:n]))
			<-replies
		}
		if between != nil {
			between()
		}
		return
	}
}

func (w *wire) hits(message []byte) (hit, reached bool, between func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.command == "" || !bytes.Contains(message, []byte("\x02"+w.command+"\x00")) {
		return false, false, nil
	}
	w.command = ""
	w.lost++
	return true, w.reached, w.between
}

func kept(t *testing.T, db store.DB, id string) store.Doc {
	t.Helper()
	d, err := db.Get(t.Context(), storetest.Kind.Name, id)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestUnknownOutcomeIsFoundOut loses the request or the reply of each kind of
// write. The write must be answered as what it was, and happen once.
func TestUnknownOutcomeIsFoundOut(t *testing.T) {
	address := os.Getenv(storetest.MongoAddress)
	open, _ := storetest.Mongo(t)
	direct := open(t)
	w, db := throughWire(t, address, direct)
	kind := storetest.Kind.Name
	for _, reached := range []bool{true, false} {
		id := map[bool]string{true: "reply lost", false: "request lost"}[reached]
		t.Run(id, func(t *testing.T) {
			w.lose("insert", reached, nil)
			check(t, "Insert", db.Insert(t.Context(), kind, store.Doc{ID: id, Row: []byte("1")}), nil)
			check(t, "second Insert", db.Insert(t.Context(), kind, store.Doc{ID: id}), store.ErrExists)
			w.lose("update", reached, nil)
			check(t, "Replace", db.Replace(t.Context(), kind, store.Doc{ID: id, Version: 1, Row: []byte("2")}), nil)
			if d := kept(t, db, id); d.Version != 2 || string(d.Row) != "2" {
				t.Errorf("after Replace: %+v", d)
			}
			w.lose("delete", reached, nil)
			check(t, "Delete", db.Delete(t.Context(), kind, id, 2), nil)
			check(t, "second Delete", db.Delete(t.Context(), kind, id, 2), store.ErrNotFound)
		})
	}
	t.Run("reply lost and overwritten", func(t *testing.T) {
		check(t, "Insert", db.Insert(t.Context(), kind, store.Doc{ID: "x"}), nil)
		w.lose("update", true, func() {
			check(t, "Replace of another", direct.Replace(t.Context(), kind, store.Doc{ID: "x", Version: 2, Row: []byte("other")}), nil)
		})
		check(t, "Replace", db.Replace(t.Context(), kind, store.Doc{ID: "x", Version: 1, Row: []byte("mine")}), nil)
		if d := kept(t, db, "x"); d.Version != 3 || string(d.Row) != "other" {
			t.Errorf("after both: %+v", d)
		}
	})
	t.Run("request lost and overtaken", func(t *testing.T) {
		w.lose("update", false, func() {
			check(t, "Replace of another", direct.Replace(t.Context(), kind, store.Doc{ID: "x", Version: 3, Row: []byte("first")}), nil)
		})
		check(t, "Replace", db.Replace(t.Context(), kind, store.Doc{ID: "x", Version: 3, Row: []byte("mine")}), store.ErrConflict)
	})
	if w.lost != 8 {
		t.Errorf("%d connections were lost, want 8: the test tests nothing", w.lost)
	}
}

func check(t *testing.T, what string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%s = %v, want %v", what, err, want)
	}
}

// throughWire opens the database of direct again, through a wire.
func throughWire(t *testing.T, address string, direct store.DB) (*wire, store.DB) {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(u.Host, ",") || u.Scheme != "mongodb" || u.User != nil {
		t.Skip("only a plain address of one server can be led through the wire of this test")
	}
	w := newWire(t, u.Host)
	u.Host, u.Path = w.listener.Addr().String(), "/"+direct.(*mongo.DB).Name()
	u.RawQuery = "directConnection=true"
	db, err := mongo.Open(t.Context(), u.String(), mongo.Options{Development: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	for _, d := range []store.DB{direct, db} {
		if err := d.Declare(t.Context(), storetest.Kind); err != nil {
			t.Fatal(err)
		}
	}
	return w, db
}

func TestOpenRefuses(t *testing.T) {
	address := os.Getenv(storetest.MongoAddress)
	open, _ := storetest.Mongo(t)
	t.Log("server: " + open(t).(*mongo.DB).Server(t.Context()))
	alone := strings.Contains(open(t).(*mongo.DB).Server(t.Context()), "server Standalone")
	db, err := mongo.Open(t.Context(), address, mongo.Options{})
	if err == nil {
		_ = db.Close()
	}
	if refused := err != nil && strings.Contains(err.Error(), "stands alone"); refused != alone {
		t.Errorf("Open without Development = %v; the server stands alone: %v", err, alone)
	}
	for _, uri := range []string{"mongodb://127.0.0.1:1/x?w=1", "mongodb://127.0.0.1:1/?w=0", "mongodb://127.0.0.1:1/?journal=false", "http://x", ""} {
		if _, err := mongo.Open(t.Context(), uri, mongo.Options{Development: true}); err == nil {
			t.Errorf("Open(%q) is no error", uri)
		}
	}
}
