// Package store is the document port: the one way in which the product keeps
// anything. It knows no domain.
//
// A document is an id, a version, search keys and a JSON body; beside the body
// stands a small row with what its list shows, so that a list decodes no
// bodies. A kind of document declares its orders; a query is equality on a
// prefix of a declared order and a range on the next key, so every query has
// its index by construction. There are no transactions over several documents:
// one document is one decision, and what must follow elsewhere is projected
// from events inside it (package internal/outbox).
//
// The adapters are store/sqlite and store/mongo; store/storetest is the test
// that both pass. Domain packages use Collection, never an adapter. This
// package imports the standard library only.
package store

import (
	"context"
	"errors"
	"time"
)

// What a store may answer. Test with errors.Is.
var (
	ErrNotFound = errors.New("store: no such document")
	ErrExists   = errors.New("store: document exists already")
	ErrConflict = errors.New("store: document has another version")
	ErrTooLarge = errors.New("store: document is too large")
	ErrQuery    = errors.New("store: query does not fit a declared order")
	ErrCursor   = errors.New("store: cursor is not one of ours")
	ErrLeased   = errors.New("store: lease is held by another")
)

// Limits of the port, the same for every adapter.
const (
	MaxBody   = 4 << 20 // bytes of a body; larger ones are ErrTooLarge
	MaxRow    = 16 << 10
	MaxKey    = 512     // bytes of one key value
	MaxValues = 4096    // of one key
	MaxKeys   = 1 << 20 // bytes of all key values of a document
	MaxPage   = 200     // documents a page, and ids of GetMany
)

// Keys are the search keys of a document: for each name its values, as strings
// that sort by byte. A document without a value for a key of an order is not
// found through that order. Only a key that its kind declares as Several has
// more than one value; the document is then found once under each. How often
// or in what order a value is given makes no difference.
type Keys map[string][]string

// Doc is a document as a store keeps it.
type Doc struct {
	ID      string // 1..MaxKey bytes of UTF-8 without NUL
	Version int64  // 1 when inserted, one more at each replace
	Keys    Keys   // given to Insert and Replace; reads leave it nil
	Row     []byte // what the list shows; opaque, may be nil
	Body    []byte // JSON
}

// Order is a list of keys by which documents are found and sorted, without the
// id, which always comes last. Values sort by byte. The empty order, all
// documents by id, is there without being declared.
type Order []string

// Kind declares a kind of document. The declaration is the schema: an adapter
// makes the indexes it needs at Declare, and remakes them, from the keys that
// documents were written with, when it changed. Names of kinds and keys are
// lower case letters, digits and underscores, a letter first.
type Kind struct {
	Name    string
	Orders  []Order
	Several []string // keys that may have several values, one an order at most
}

// Query asks one page of a declared order. A key with several values must be
// among the equalities.
type Query struct {
	Order  Order
	Equal  []string // values of the first keys of the order
	From   string   // range on the next key: From <= value
	To     string   // value < To; empty means no end
	Desc   bool
	Limit  int    // 1..MaxPage; 0 means MaxPage
	After  string // the Next of the page before; readable by whoever gets it
	Bodies bool   // also read bodies; a list leaves this out and reads rows
}

// Page is what Find answers. Next is empty on the last page.
type Page struct {
	Docs []Doc
	Next string
}

// Cell is one group of a Tally.
type Cell struct {
	Values []string // of the grouped keys, in their order
	N      int      // documents in the group
}

// Lease is a named lock with an end. Fence grows with each new holder.
type Lease struct {
	Name   string
	Holder string
	Fence  int64
	Until  time.Time
}

// DB is what an adapter provides. All methods are safe for several goroutines
// and give up when the context does, or earlier with its error
// context.DeadlineExceeded where others keep them waiting. A write whose outcome
// is unknown is found out before it is answered: an adapter marks each write and
// reads it back.
type DB interface {
	// Declare makes the kind ready for use. Declaring it again is harmless.
	Declare(ctx context.Context, k Kind) error
	// Get gives the document, or ErrNotFound.
	Get(ctx context.Context, kind, id string) (Doc, error)
	// GetMany gives those of the documents that exist, in the order of ids, at
	// most MaxPage of them.
	GetMany(ctx context.Context, kind string, ids []string) ([]Doc, error)
	// Insert keeps a new document with version 1, or answers ErrExists; ErrTooLarge
	// and ErrQuery as Kind.CheckDoc says.
	Insert(ctx context.Context, kind string, d Doc) error
	// Replace writes d over the document whose version is d.Version, and gives
	// it the next version; ErrConflict when it has another, ErrNotFound when
	// it is gone.
	Replace(ctx context.Context, kind string, d Doc) error
	// Delete removes the document when it has this version; ErrConflict,
	// ErrNotFound as Replace.
	Delete(ctx context.Context, kind, id string, version int64) error
	// Find gives a page; ErrQuery when it fits no declared order.
	Find(ctx context.Context, kind string, q Query) (Page, error)
	// Count counts what Find would give over all pages.
	Count(ctx context.Context, kind string, q Query) (int, error)
	// Tally counts documents in groups, sorted by value: by are the keys that
	// follow the equalities of q in its order, and a range is on the first of
	// them. A key with several values counts the document under each. It is
	// computed in the database.
	Tally(ctx context.Context, kind string, q Query, by ...string) ([]Cell, error)
	// Lease takes, or renews for the same holder, a named lock until now+ttl;
	// ErrLeased while another holds it. now is the caller's real clock.
	Lease(ctx context.Context, name, holder string, now time.Time, ttl time.Duration) (Lease, error)
	// Release ends a lease that holder holds; of another's it is nothing.
	Release(ctx context.Context, name, holder string) error
	// Scrub makes sure that no bytes of overwritten or deleted documents are
	// left in files the store governs itself.
	Scrub(ctx context.Context) error
	// Ping tells whether the store answers.
	Ping(ctx context.Context) error
	Close() error
}
