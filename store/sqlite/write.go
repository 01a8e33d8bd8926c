package sqlite

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"ruggespraak/store"
)

// Insert keeps a new document with version 1.
func (db *DB) Insert(ctx context.Context, kindName string, d store.Doc) error {
	k, err := db.checked(kindName, d)
	if err != nil {
		return err
	}
	keys, stamp := encodeKeys(d.Keys), newStamp()
	insert := func(ctx context.Context, q *statements) error {
		var n int64
		err := q.row(ctx, k.insert, d.ID, stamp, keys, blob(d.Row), body(d.Body)).Scan(&n)
		if errors.Is(err, sql.ErrNoRows) {
			return store.ErrExists
		}
		if err != nil {
			return err
		}
		for _, o := range k.orders {
			if err := o.add(ctx, q, o.entries(d.Keys), d.ID, n); err != nil {
				return err
			}
		}
		return nil
	}
	return db.write.turn(ctx, func(ctx context.Context, q *statements) error {
		return k.settle(ctx, q, d.ID, stamp, within(ctx, q, insert))
	})
}

// Replace writes d over the document with its version. Most changes leave the
// keys as they are; they take one statement.
func (db *DB) Replace(ctx context.Context, kindName string, d store.Doc) error {
	if !store.ValidID(d.ID) {
		return store.ErrNotFound
	}
	k, err := db.checked(kindName, d)
	if err != nil {
		return err
	}
	keys, stamp := encodeKeys(d.Keys), newStamp()
	replace := func(ctx context.Context, q *statements) error {
		n, old, err := k.version(ctx, q, d.ID, d.Version)
		if err != nil {
			return err
		}
		for _, o := range k.orders {
			if err := o.change(ctx, q, old, d.Keys, d.ID, n); err != nil {
				return err
			}
		}
		_, err = q.exec(ctx, k.replace, stamp, keys, blob(d.Row), body(d.Body), n)
		return err
	}
	return db.write.turn(ctx, func(ctx context.Context, q *statements) error {
		n, err := q.exec(ctx, k.replaceSame, stamp, blob(d.Row), body(d.Body), d.ID, d.Version, keys)
		if err == nil && n == 0 {
			err = within(ctx, q, replace)
		}
		return k.settle(ctx, q, d.ID, stamp, err)
	})
}

// Delete removes the document when it has this version.
func (db *DB) Delete(ctx context.Context, kindName, id string, version int64) error {
	k, err := db.kind(kindName)
	if err != nil {
		return err
	}
	if !store.ValidID(id) {
		return store.ErrNotFound
	}
	remove := func(ctx context.Context, q *statements) error {
		n, old, err := k.version(ctx, q, id, version)
		if err != nil {
			return err
		}
		for _, o := range k.orders {
			if err := o.change(ctx, q, old, nil, id, n); err != nil {
				return err
			}
		}
		_, err = q.exec(ctx, k.remove, n)
		return err
	}
	return db.write.turn(ctx, func(ctx context.Context, q *statements) error {
		err := within(ctx, q, remove)
		if err == nil || isAnswer(err) {
			return err
		}
		if _, _, now := k.version(ctx, q, id, version); errors.Is(now, store.ErrNotFound) {
			return nil
		}
		return err
	})
}

func (db *DB) checked(kindName string, d store.Doc) (*kind, error) {
	k, err := db.kind(kindName)
	if err != nil {
		return nil, err
	}
	return k, k.CheckDoc(d)
}

// version gives the number and the keys of the document when it has this
// version.
func (k *kind) version(ctx context.Context, q *statements, id string, want int64) (n int64, keys store.Keys, err error) {
	var version int64
	var text string
	err = q.row(ctx, k.find, id).Scan(&n, &version, &text)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil, store.ErrNotFound
	}
	if err != nil {
		return 0, nil, err
	}
	if version != want {
		return 0, nil, store.ErrConflict
	}
	keys, err = decodeKeys(text)
	return n, keys, err
}

// settle finds out what became of a write that ended in an error other than an
// answer of ours: a commit that failed while syncing may be in the file.
func (k *kind) settle(ctx context.Context, q *statements, id string, stamp int64, err error) error {
	if err == nil || isAnswer(err) {
		return err
	}
	var one int
	if q.row(ctx, k.written, id, stamp).Scan(&one) == nil {
		return nil
	}
	return err
}

func isAnswer(err error) bool {
	return errors.Is(err, store.ErrExists) || errors.Is(err, store.ErrConflict) || errors.Is(err, store.ErrNotFound)
}

// entries gives the values under which a document with these keys is found
// through the order: none when a key has no value.
func (o order) entries(keys store.Keys) [][]string {
	all := [][]string{nil}
	for _, key := range o.Order {
		var longer [][]string
		for _, e := range all {
			for _, v := range keys[key] {
				longer = append(longer, append(slices.Clip(e), v))
			}
		}
		all = longer
	}
	return all
}

func (o order) add(ctx context.Context, q *statements, entries [][]string, id string, n int64) error {
	for _, e := range entries {
		if _, err := q.exec(ctx, o.insert, args(e, id, n)...); err != nil {
			return fmt.Errorf("enter %s: %w", o.table, err)
		}
	}
	return nil
}

// change removes and adds the entries that differ.
func (o order) change(ctx context.Context, q *statements, old, now store.Keys, id string, n int64) error {
	before, after := o.entries(old), o.entries(now)
	for _, e := range missing(before, after) {
		if _, err := q.exec(ctx, o.remove, args(e, id)...); err != nil {
			return fmt.Errorf("leave %s: %w", o.table, err)
		}
	}
	return o.add(ctx, q, missing(after, before), id, n)
}

// missing gives those of a that are not in b.
func missing(a, b [][]string) (out [][]string) {
	have := make(map[string]bool, len(b))
	for _, e := range b {
		have[strings.Join(e, "\x00")] = true
	}
	for _, e := range a {
		if !have[strings.Join(e, "\x00")] {
			out = append(out, e)
		}
	}
	return out
}

func args(values []string, more ...any) []any {
	out := make([]any, 0, len(values)+len(more))
	for _, v := range values {
		out = append(out, v)
	}
	return append(out, more...)
}

// encodeKeys writes keys the same way whenever they mean the same.
func encodeKeys(keys store.Keys) string {
	plain := make(map[string][]string, len(keys))
	for name, values := range keys {
		if len(values) == 0 {
			continue
		}
		sorted := slices.Clone(values)
		slices.Sort(sorted)
		plain[name] = slices.Compact(sorted)
	}
	b, _ := json.Marshal(plain) // maps of strings always marshal
	return string(b)
}

func decodeKeys(text string) (keys store.Keys, err error) {
	if err := json.Unmarshal([]byte(text), &keys); err != nil {
		return nil, fmt.Errorf("keys of a document: %w", err)
	}
	return keys, nil
}

// newStamp marks one write.
func newStamp() int64 {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never returns an error since Go 1.24
	return int64(binary.LittleEndian.Uint64(b[:]))
}

// blob keeps an absent row absent.
func blob(b []byte) any {
	if len(b) == 0 {
		return nil
	}
	return b
}

// body keeps an absent body as an empty one.
func body(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}
