// Package mongo keeps documents in MongoDB. It is one of the two adapters of
// package store.
//
// A kind is a collection. A document is {_id: id, v: version, s: stamps of the
// last writes, k: keys, r: row, b: body}: the field names are fixed, and row
// and body are opaque bytes, so nothing that people typed is ever a field name
// or an operator. A key that may have several values is an array, another is a
// string; without a value it is absent. Each order is a compound index over
// k.… and _id. The collection _lease holds the named locks.
//
// Every write asks to be journalled by a majority, with a time limit. A write
// whose outcome is unknown is looked up by its stamp and, when it is not there,
// done again under the same stamp. The package may import package store and the
// MongoDB driver, and nothing else may import that driver.
package mongo

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/event"
	driver "go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
	"go.mongodb.org/mongo-driver/v2/mongo/readconcern"
	"go.mongodb.org/mongo-driver/v2/mongo/readpref"
	"go.mongodb.org/mongo-driver/v2/x/mongo/driver/connstring"

	"ruggespraak/store"
)

const (
	defaultDatabase = "ruggespraak"
	findServer      = 3 * time.Second  // then there is none
	answer          = 10 * time.Second // of one question, and of one write with its retries
)

var _ store.DB = (*DB)(nil)

// Options are what Open may be told.
type Options struct {
	// Development allows a server that stands alone. There is no majority to
	// confirm a write then, and no other copy when the disk is lost.
	Development bool
	// Watch is told each command that is sent and its write concern, as
	// extended JSON or "" when it has none. For tests; nil: nobody.
	Watch func(command, concern string)
}

// DB is an open store. Safe for several goroutines and several processes.
type DB struct {
	client *driver.Client
	data   *driver.Database
	server *serverWatch
	close  func() error

	mu    sync.RWMutex
	kinds map[string]store.Kind
}

// Open connects to the server or set that uri names; the path of uri is the
// name of the database. It is an error when nothing answers, when a server
// stands alone without o.Development, and when uri asks for less than a
// majority.
func Open(ctx context.Context, uri string, o Options) (*DB, error) {
	cs, err := connstring.ParseAndValidate(uri)
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	name := cs.Database
	if name == "" {
		name = defaultDatabase
	}
	db := &DB{server: &serverWatch{}, kinds: make(map[string]store.Kind)}
	settings := options.Client().ApplyURI(uri).
		SetServerSelectionTimeout(findServer).SetConnectTimeout(findServer).
		SetReadConcern(readconcern.Majority()).SetReadPreference(readpref.Primary()).
		SetServerMonitor(db.server.monitor()).SetMonitor(commandMonitor(o.Watch))
	if err := majorityOnly(cs); err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	if db.client, err = driver.Connect(settings); err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	db.data = db.client.Database(name)
	db.close = sync.OnceValue(db.disconnect)
	if err := db.firstContact(ctx, o); err != nil {
		_ = db.Close()
		return nil, fmt.Errorf("open store: %w", err)
	}
	return db, nil
}

func majorityOnly(cs *connstring.ConnString) error {
	if cs.WNumberSet || cs.WString != "" && cs.WString != "majority" || cs.JSet && !cs.J {
		return errors.New("the address asks for writes that less than a majority has journalled; leave w and journal out of it")
	}
	return nil
}

func (db *DB) firstContact(ctx context.Context, o Options) error {
	if err := db.Ping(ctx); err != nil {
		return err
	}
	if s := db.server.server(); s.Kind == "Standalone" && !o.Development {
		return fmt.Errorf("%s stands alone: it cannot confirm a write by a majority, and one lost disk loses what was acknowledged; "+
			"make it a replica set, or allow it with --development", s.Addr)
	}
	return nil
}

// Server tells what answers: its name and version, topology, kind of server and
// wire version.
func (db *DB) Server(ctx context.Context) string {
	var info struct {
		Version string
		Engines bson.A `bson:"storageEngines"`
	}
	name := "MongoDB"
	err := db.client.Database("admin").RunCommand(ctx, bson.D{{Key: "buildInfo", Value: 1}}).Decode(&info)
	if err != nil || len(info.Engines) == 0 {
		name = "a stand-in for MongoDB"
	}
	s := db.server.server()
	return fmt.Sprintf("%s %s, topology %s, server %s, wire version %d",
		name, info.Version, db.server.topology(), s.Kind, s.MaxWireVersion)
}

// Name gives the name of the database.
func (db *DB) Name() string { return db.data.Name() }

// DropTest removes the whole database, provided that its name begins with
// "test_".
func (db *DB) DropTest(ctx context.Context) error {
	if !strings.HasPrefix(db.data.Name(), "test_") {
		return fmt.Errorf("mongo: %s is no database of a test", db.data.Name())
	}
	_, err := db.run(ctx, bson.D{{Key: "dropDatabase", Value: 1}})
	return err
}

// Ping tells whether the store answers.
func (db *DB) Ping(ctx context.Context) error {
	ctx, cancel, err := bounded(ctx)
	if err != nil {
		return err
	}
	defer cancel()
	return db.client.Ping(ctx, readpref.Primary())
}

// Close ends all connections. Everything asked afterwards is an error.
func (db *DB) Close() error { return db.close() }

func (db *DB) disconnect() error {
	ctx, cancel := context.WithTimeout(context.Background(), findServer)
	defer cancel()
	return db.client.Disconnect(ctx)
}

// Scrub has nothing to do: MongoDB governs its own files. Its journal keeps
// what was overwritten until the next checkpoints, its oplog as long as it is
// configured to.
func (db *DB) Scrub(ctx context.Context) error { return ctx.Err() }

// bounded gives a question a limit of its own.
func bounded(ctx context.Context) (context.Context, context.CancelFunc, error) {
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, answer)
	return ctx, cancel, nil
}

// decided gives a write that limit only. Once begun it does not end with the
// caller's context, so that its outcome is known.
func decided(ctx context.Context) (context.Context, context.CancelFunc, error) {
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	return bounded(context.WithoutCancel(ctx))
}

// writeConcern stands in every write command. The driver's own has no limit,
// so writes are commands of ours.
var writeConcern = bson.D{{Key: "w", Value: "majority"}, {Key: "j", Value: true}, {Key: "wtimeout", Value: int64(5000)}}

// run sends a write command and gives the reply.
func (db *DB) run(ctx context.Context, command bson.D) (bson.Raw, error) {
	return db.data.RunCommand(ctx, append(slices.Clip(command), bson.E{Key: "writeConcern", Value: writeConcern})).Raw()
}

func touched(reply bson.Raw) int64 {
	n, _ := reply.Lookup("n").AsInt64OK()
	return n
}

// serverWatch remembers what the driver's monitor found. There is no command
// that tells it on every server.
type serverWatch struct {
	mu    sync.Mutex
	found event.TopologyDescription
}

func (w *serverWatch) monitor() *event.ServerMonitor {
	return &event.ServerMonitor{TopologyDescriptionChanged: func(e *event.TopologyDescriptionChangedEvent) {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.found = e.NewDescription
	}}
}

func (w *serverWatch) topology() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.found.Kind
}

// server gives the first server that answered.
func (w *serverWatch) server() event.ServerDescription {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, s := range w.found.Servers {
		if s.Kind != "Unknown" {
			return s
		}
	}
	return event.ServerDescription{Kind: "Unknown"}
}

func commandMonitor(watch func(command, concern string)) *event.CommandMonitor {
	if watch == nil {
		return nil
	}
	return &event.CommandMonitor{Started: func(_ context.Context, e *event.CommandStartedEvent) {
		concern := ""
		if v, err := e.Command.LookupErr("writeConcern"); err == nil {
			concern = v.String()
		}
		watch(e.CommandName, concern)
	}}
}
