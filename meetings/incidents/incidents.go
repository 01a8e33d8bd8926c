// Package incidents keeps that a text was removed for good because somebody
// could be recognised in it: when, where and by whom, never the text.
//
// Kinds stored:
//   - incident: a removal. Keys: all, at.
//
// It may import people, store, and from internal fault and outbox.
package incidents

import (
	"context"
	"errors"
	"time"

	"ruggespraak/internal/fault"
	"ruggespraak/internal/outbox"
	"ruggespraak/people"
	"ruggespraak/store"
)

// What was removed.
const (
	Contribution = "inbreng"
	Message      = "reactie"
)

const pageSize = 50

// Removal is what is noted of a removal.
type Removal struct {
	What    string    `json:"what"`
	At      time.Time `json:"at"`
	Where   string    `json:"where"`             // path
	By      string    `json:"by"`                // account
	Flagged bool      `json:"flagged,omitempty"` // somebody had told
}

type doc struct {
	store.Meta
	Removal
}

var newest = store.Order{"all", "at"}

func spec() store.Spec[doc] {
	return store.Spec[doc]{
		Name:   "incident",
		Orders: []store.Order{newest},
		Meta:   func(d *doc) *store.Meta { return &d.Meta },
		Keys: func(d *doc) store.Keys {
			return store.Keys{"all": {"ja"}, "at": {d.At.UTC().Format("2006-01-02T15:04:05.000Z")}}
		},
	}
}

// Register notes removals and lists them. Safe for several goroutines.
type Register struct {
	docs     *store.Collection[doc]
	accounts *people.Directory
}

// Open opens the register.
func Open(ctx context.Context, db store.DB, accounts *people.Directory) (*Register, error) {
	docs, err := store.Open(ctx, db, spec())
	return &Register{docs: docs, accounts: accounts}, err
}

// Note keeps the removal of what has the id; twice is once.
func (r *Register) Note(ctx context.Context, id string, what Removal) error {
	err := r.docs.Insert(ctx, &doc{Meta: store.Meta{ID: outbox.EffectID("incident", id)}, Removal: what})
	if errors.Is(err, store.ErrExists) {
		return nil
	}
	return err
}

// Incident is a removal as it is read.
type Incident struct {
	Removal
	Name string // of who removed it
}

// List gives the removals, newest first; after is the cursor of the page before.
// For who may list them; for others a NotFound fault.
func (r *Register) List(ctx context.Context, v people.Viewer, after string) (all []Incident, next string, err error) {
	if err := people.Allow(v, "incident", people.List); err != nil {
		return nil, "", err
	}
	docs, next, err := r.docs.Find(ctx, store.Query{Order: newest, Equal: []string{"ja"}, Desc: true, Limit: pageSize, After: after})
	if errors.Is(err, store.ErrCursor) {
		return nil, "", fault.NotFoundError()
	}
	if err != nil {
		return nil, "", err
	}
	ids := make([]string, len(docs))
	for i, d := range docs {
		ids[i] = d.By
	}
	names, err := r.accounts.Names(ctx, ids)
	if err != nil {
		return nil, "", err
	}
	for _, d := range docs {
		all = append(all, Incident{Removal: d.Removal, Name: names[d.By]})
	}
	return all, next, nil
}
