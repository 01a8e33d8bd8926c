package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
)

// Meta is what every stored struct embeds. The store fills it in; it is no
// part of the body.
type Meta struct {
	ID      string `json:"-"`
	Version int64  `json:"-"`
}

// Spec says how values of T are kept.
type Spec[T any] struct {
	Name    string
	Orders  []Order
	Several []string       // keys that may have several values
	Meta    func(*T) *Meta // the embedded Meta
	Keys    func(*T) Keys  // nil: no orders
	Row     func(*T) any   // what the list shows, kept as JSON; nil: no row
	Stamp   func(*T)       // called before every write, to note when; nil: nothing is noted
}

// Collection keeps values of T as documents of one kind. Safe for several
// goroutines.
type Collection[T any] struct {
	db   DB
	spec Spec[T]
}

// Open declares the kind and gives its collection.
func Open[T any](ctx context.Context, db DB, spec Spec[T]) (*Collection[T], error) {
	kind := Kind{Name: spec.Name, Orders: spec.Orders, Several: spec.Several}
	if err := db.Declare(ctx, kind); err != nil {
		return nil, fmt.Errorf("declare %s: %w", spec.Name, err)
	}
	return &Collection[T]{db: db, spec: spec}, nil
}

// IDOf gives the id under which the value is kept.
func (c *Collection[T]) IDOf(v *T) string { return c.spec.Meta(v).ID }

// Unchanged is returned by the function given to Update when there is nothing
// to write; Update then returns the value as it was, and no error.
//
//lint:ignore ST1012 it is a signal, not a failure
var Unchanged = errors.New("store: nothing to change")

// casTries is how often Update starts again after a conflict. With tens of
// writers on one document each attempt has one winner, so this bounds a queue,
// not luck.
const casTries = 200

// Get gives the value, or an error that is ErrNotFound.
func (c *Collection[T]) Get(ctx context.Context, id string) (*T, error) {
	d, err := c.db.Get(ctx, c.spec.Name, id)
	if err != nil {
		return nil, fmt.Errorf("get %s: %w", c.spec.Name, err)
	}
	return c.decode(d)
}

// GetMany gives those that exist, in the order of ids, any number of them.
func (c *Collection[T]) GetMany(ctx context.Context, ids []string) ([]*T, error) {
	all := make([]*T, 0, len(ids))
	for len(ids) > 0 {
		n := min(len(ids), MaxPage)
		docs, err := c.db.GetMany(ctx, c.spec.Name, ids[:n])
		if err != nil {
			return nil, fmt.Errorf("get many %s: %w", c.spec.Name, err)
		}
		if all, err = c.appendDecoded(all, docs); err != nil {
			return nil, err
		}
		ids = ids[n:]
	}
	return all, nil
}

// Insert keeps a new value; an empty id gets a random one. The error is
// ErrExists when the id is taken.
func (c *Collection[T]) Insert(ctx context.Context, v *T) error {
	m := c.spec.Meta(v)
	if m.ID == "" {
		m.ID = NewID()
	}
	m.Version = 1
	d, err := c.encode(v)
	if err != nil {
		return err
	}
	if err := c.db.Insert(ctx, c.spec.Name, d); err != nil {
		return fmt.Errorf("insert %s: %w", c.spec.Name, err)
	}
	return nil
}

// Replace writes v when the stored version is still v's; ErrConflict when not.
// On success v has the new version.
func (c *Collection[T]) Replace(ctx context.Context, v *T) error {
	d, err := c.encode(v)
	if err != nil {
		return err
	}
	if err := c.db.Replace(ctx, c.spec.Name, d); err != nil {
		return fmt.Errorf("replace %s: %w", c.spec.Name, err)
	}
	c.spec.Meta(v).Version++
	return nil
}

// Update reads, lets change work on the value, and writes it back if nobody
// else wrote in between; else it starts again. change may run several times
// and must do nothing but change the value. Its error ends the update
// unwritten; Unchanged ends it without an error.
func (c *Collection[T]) Update(ctx context.Context, id string, change func(*T) error) (*T, error) {
	for range casTries {
		v, err := c.Get(ctx, id)
		if err != nil {
			return nil, err
		}
		if err := change(v); errors.Is(err, Unchanged) {
			return v, nil
		} else if err != nil {
			return nil, err
		}
		err = c.Replace(ctx, v)
		if err == nil {
			return v, nil
		}
		if !errors.Is(err, ErrConflict) {
			return nil, err
		}
	}
	return nil, fmt.Errorf("update %s: %w after %d tries", c.spec.Name, ErrConflict, casTries)
}

// Delete removes the value whatever its version. A value that is gone already
// is no error.
func (c *Collection[T]) Delete(ctx context.Context, id string) error {
	for range casTries {
		d, err := c.db.Get(ctx, c.spec.Name, id)
		if errors.Is(err, ErrNotFound) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("delete %s: %w", c.spec.Name, err)
		}
		err = c.db.Delete(ctx, c.spec.Name, id, d.Version)
		if err == nil || errors.Is(err, ErrNotFound) {
			return nil
		}
		if !errors.Is(err, ErrConflict) {
			return fmt.Errorf("delete %s: %w", c.spec.Name, err)
		}
	}
	return fmt.Errorf("delete %s: %w after %d tries", c.spec.Name, ErrConflict, casTries)
}

// Find gives a page of whole values.
func (c *Collection[T]) Find(ctx context.Context, q Query) (values []*T, next string, err error) {
	q.Bodies = true
	p, err := c.db.Find(ctx, c.spec.Name, q)
	if err != nil {
		return nil, "", fmt.Errorf("find %s: %w", c.spec.Name, err)
	}
	values, err = c.appendDecoded(make([]*T, 0, len(p.Docs)), p.Docs)
	return values, p.Next, err
}

// All gives every value of the query, page after page. It is for the few: a
// meeting's bundles, an account's sessions. Lists for people use Find or Rows.
func (c *Collection[T]) All(ctx context.Context, q Query) ([]*T, error) {
	var all []*T
	for {
		values, next, err := c.Find(ctx, q)
		if err != nil {
			return nil, err
		}
		all = append(all, values...)
		if next == "" {
			return all, nil
		}
		q.After = next
	}
}

// Walk calls each with every page of the query, for what has no end in sight. An
// error of each ends it.
func (c *Collection[T]) Walk(ctx context.Context, q Query, each func([]*T) error) error {
	for {
		values, next, err := c.Find(ctx, q)
		if err != nil {
			return err
		}
		if err := each(values); err != nil || next == "" {
			return err
		}
		q.After = next
	}
}

// WalkMeta is Walk for who needs ids and versions only: it reads no bodies.
func (c *Collection[T]) WalkMeta(ctx context.Context, q Query, each func([]Meta) error) error {
	q.Bodies = false
	for {
		p, err := c.db.Find(ctx, c.spec.Name, q)
		if err != nil {
			return fmt.Errorf("find %s: %w", c.spec.Name, err)
		}
		metas := make([]Meta, len(p.Docs))
		for i, d := range p.Docs {
			metas[i] = Meta{ID: d.ID, Version: d.Version}
		}
		if err := each(metas); err != nil || p.Next == "" {
			return err
		}
		q.After = p.Next
	}
}

// Count counts what the query finds.
func (c *Collection[T]) Count(ctx context.Context, q Query) (int, error) {
	n, err := c.db.Count(ctx, c.spec.Name, q)
	if err != nil {
		return 0, fmt.Errorf("count %s: %w", c.spec.Name, err)
	}
	return n, nil
}

// Tally counts in groups, in the database.
func (c *Collection[T]) Tally(ctx context.Context, q Query, by ...string) ([]Cell, error) {
	cells, err := c.db.Tally(ctx, c.spec.Name, q, by...)
	if err != nil {
		return nil, fmt.Errorf("tally %s: %w", c.spec.Name, err)
	}
	return cells, nil
}

// Listed is one line of a list: the id and the row that was kept for it.
type Listed[R any] struct {
	ID  string
	Row R
}

// Rows gives a page of rows without reading bodies. R is what Spec.Row gives.
func Rows[R, T any](ctx context.Context, c *Collection[T], q Query) (rows []Listed[R], next string, err error) {
	q.Bodies = false
	p, err := c.db.Find(ctx, c.spec.Name, q)
	if err != nil {
		return nil, "", fmt.Errorf("list %s: %w", c.spec.Name, err)
	}
	rows = make([]Listed[R], len(p.Docs))
	for i, d := range p.Docs {
		rows[i].ID = d.ID
		if err := json.Unmarshal(d.Row, &rows[i].Row); err != nil {
			return nil, "", fmt.Errorf("list %s: row of a document: %w", c.spec.Name, err)
		}
	}
	return rows, p.Next, nil
}

func (c *Collection[T]) appendDecoded(to []*T, docs []Doc) ([]*T, error) {
	for _, d := range docs {
		v, err := c.decode(d)
		if err != nil {
			return nil, err
		}
		to = append(to, v)
	}
	return to, nil
}

func (c *Collection[T]) decode(d Doc) (*T, error) {
	v := new(T)
	if err := json.Unmarshal(d.Body, v); err != nil {
		return nil, fmt.Errorf("decode %s: %w", c.spec.Name, err)
	}
	*c.spec.Meta(v) = Meta{ID: d.ID, Version: d.Version}
	return v, nil
}

func (c *Collection[T]) encode(v *T) (Doc, error) {
	if c.spec.Stamp != nil {
		c.spec.Stamp(v)
	}
	m := c.spec.Meta(v)
	d := Doc{ID: m.ID, Version: m.Version}
	var err error
	if d.Body, err = json.Marshal(v); err != nil {
		return Doc{}, fmt.Errorf("encode %s: %w", c.spec.Name, err)
	}
	if c.spec.Keys != nil {
		d.Keys = c.spec.Keys(v)
	}
	if c.spec.Row != nil {
		if d.Row, err = json.Marshal(c.spec.Row(v)); err != nil {
			return Doc{}, fmt.Errorf("encode row of %s: %w", c.spec.Name, err)
		}
	}
	return d, nil
}
