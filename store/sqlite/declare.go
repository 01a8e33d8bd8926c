package sqlite

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"ruggespraak/store"
)

// kind is a declared kind with the texts of its statements.
type kind struct {
	store.Kind
	orders []order

	get, getMany                 string
	insert, replaceSame, replace string
	find, remove, written        string
}

// order is a declared order and its table.
type order struct {
	store.Order
	table          string // quoted
	insert, remove string
}

func quoted(name string) string { return `"` + name + `"` }

func tableOf(kind string, o store.Order) string { return kind + "/" + strings.Join(o, ",") }

func newKind(k store.Kind) *kind {
	t := quoted(k.Name)
	out := &kind{
		Kind:        k,
		get:         `SELECT version, row, body FROM ` + t + ` WHERE id = ?`,
		getMany:     `SELECT d.id, d.version, d.row, d.body FROM json_each(?) j CROSS JOIN ` + t + ` d ON d.id = j.value`,
		insert:      `INSERT INTO ` + t + ` (id, version, stamp, keys, row, body) VALUES (?, 1, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING RETURNING n`,
		replaceSame: `UPDATE ` + t + ` SET version = version + 1, stamp = ?, row = ?, body = ? WHERE id = ? AND version = ? AND keys = ?`,
		replace:     `UPDATE ` + t + ` SET version = version + 1, stamp = ?, keys = ?, row = ?, body = ? WHERE n = ?`,
		find:        `SELECT n, version, keys FROM ` + t + ` WHERE id = ?`,
		remove:      `DELETE FROM ` + t + ` WHERE n = ?`,
		written:     `SELECT 1 FROM ` + t + ` WHERE id = ? AND stamp = ?`,
	}
	for _, o := range k.Orders {
		if len(o) > 0 && !slices.ContainsFunc(out.orders, func(had order) bool { return slices.Equal(had.Order, o) }) {
			out.orders = append(out.orders, newOrder(k.Name, o))
		}
	}
	return out
}

func newOrder(kind string, o store.Order) order {
	t := quoted(tableOf(kind, o))
	cols := columns(0, len(o))
	return order{
		Order:  o,
		table:  t,
		insert: `INSERT OR REPLACE INTO ` + t + ` (` + cols + `, id, doc) VALUES (?` + strings.Repeat(`, ?`, len(o)+1) + `)`,
		remove: `DELETE FROM ` + t + ` WHERE (` + cols + `, id) = (?` + strings.Repeat(`, ?`, len(o)) + `)`,
	}
}

// columns names the columns of keys from..to-1 of an order table.
func columns(from, to int) string {
	var names []string
	for i := from; i < to; i++ {
		names = append(names, fmt.Sprintf("k%d", i))
	}
	return strings.Join(names, ", ")
}

func (db *DB) kind(name string) (*kind, error) {
	db.mu.RLock()
	defer db.mu.RUnlock()
	if k := db.kinds[name]; k != nil {
		return k, nil
	}
	return nil, fmt.Errorf("%w: kind %q is not declared", store.ErrQuery, name)
}

// Declare makes the tables of the kind. Orders that are new are built from the
// documents in small steps, each its own transaction, and go on where they
// were when the program stopped; orders no longer declared are dropped.
func (db *DB) Declare(ctx context.Context, k store.Kind) error {
	if err := k.Check(); err != nil {
		return err
	}
	made := newKind(k)
	err := db.write.transact(ctx, func(ctx context.Context, q *statements) error {
		return made.prepare(ctx, q)
	})
	if err != nil {
		return err
	}
	for _, o := range made.orders {
		if err := db.build(ctx, made, o); err != nil {
			return fmt.Errorf("build %s: %w", o.table, err)
		}
	}
	db.mu.Lock()
	defer db.mu.Unlock()
	db.kinds[k.Name] = made
	return nil
}

func (k *kind) prepare(ctx context.Context, q *statements) error {
	_, err := q.exec(ctx, `CREATE TABLE IF NOT EXISTS `+quoted(k.Name)+` (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
		version INTEGER NOT NULL, stamp INTEGER NOT NULL, keys TEXT NOT NULL, row BLOB, body BLOB NOT NULL)`)
	if err != nil {
		return err
	}
	have, err := orderTables(ctx, q, k.Name)
	if err != nil {
		return err
	}
	for _, o := range k.orders {
		name := tableOf(k.Name, o.Order)
		if i := slices.Index(have, name); i >= 0 {
			have = slices.Delete(have, i, i+1)
			continue
		}
		if err := o.create(ctx, q, k.Name); err != nil {
			return err
		}
	}
	for _, name := range have {
		if err := dropOrder(ctx, q, name); err != nil {
			return err
		}
	}
	return nil
}

func orderTables(ctx context.Context, q *statements, kind string) ([]string, error) {
	rows, err := q.query(ctx, `SELECT name FROM _orders WHERE kind = ?`, kind)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var names []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, rows.Err()
}

func (o order) create(ctx context.Context, q *statements, kind string) error {
	var defs strings.Builder
	for i := range o.Order {
		fmt.Fprintf(&defs, "k%d TEXT NOT NULL, ", i)
	}
	_, err := q.exec(ctx, `CREATE TABLE `+o.table+` (`+defs.String()+`id TEXT NOT NULL, doc INTEGER NOT NULL, PRIMARY KEY (`+
		columns(0, len(o.Order))+`, id)) WITHOUT ROWID`)
	if err != nil {
		return err
	}
	_, err = q.exec(ctx, `INSERT INTO _orders (name, kind, upto) VALUES (?, ?, 0)`, tableOf(kind, o.Order), kind)
	return err
}

func dropOrder(ctx context.Context, q *statements, name string) error {
	if _, err := q.exec(ctx, `DROP TABLE IF EXISTS `+quoted(name)); err != nil {
		return err
	}
	_, err := q.exec(ctx, `DELETE FROM _orders WHERE name = ?`, name)
	return err
}

// step is how many documents one transaction of a build goes through.
const step = 500

func (db *DB) build(ctx context.Context, k *kind, o order) error {
	for done := false; !done; {
		err := db.write.turn(ctx, func(ctx context.Context, q *statements) error {
			var at *int64
			name := tableOf(k.Name, o.Order)
			if err := q.row(ctx, `SELECT upto FROM _orders WHERE name = ?`, name).Scan(&at); err != nil || at == nil {
				done = true
				return err
			}
			return within(ctx, q, func(ctx context.Context, q *statements) (err error) {
				done, err = k.buildStep(ctx, q, o)
				return err
			})
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// buildStep reads how far the build is inside its transaction: another process
// may be building the same order.
func (k *kind) buildStep(ctx context.Context, q *statements, o order) (done bool, err error) {
	name := tableOf(k.Name, o.Order)
	var at *int64
	if err := q.row(ctx, `SELECT upto FROM _orders WHERE name = ?`, name).Scan(&at); err != nil || at == nil {
		return true, err
	}
	docs, err := k.keysAfter(ctx, q, *at)
	if err != nil {
		return false, err
	}
	for _, d := range docs {
		if err := o.add(ctx, q, o.entries(d.keys), d.id, d.n); err != nil {
			return false, err
		}
	}
	if len(docs) < step {
		_, err := q.exec(ctx, `UPDATE _orders SET upto = NULL WHERE name = ?`, name)
		return true, err
	}
	_, err = q.exec(ctx, `UPDATE _orders SET upto = ? WHERE name = ?`, docs[len(docs)-1].n, name)
	return false, err
}

type keyed struct {
	n    int64
	id   string
	keys store.Keys
}

func (k *kind) keysAfter(ctx context.Context, q *statements, n int64) ([]keyed, error) {
	rows, err := q.query(ctx, `SELECT n, id, keys FROM `+quoted(k.Name)+` WHERE n > ? ORDER BY n LIMIT ?`, n, step)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var docs []keyed
	for rows.Next() {
		var d keyed
		var keys string
		if err := rows.Scan(&d.n, &d.id, &keys); err != nil {
			return nil, err
		}
		if d.keys, err = decodeKeys(keys); err != nil {
			return nil, err
		}
		docs = append(docs, d)
	}
	return docs, rows.Err()
}
