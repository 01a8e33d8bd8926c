package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"ruggespraak/store"
)

// Get gives the document.
func (db *DB) Get(ctx context.Context, kindName, id string) (store.Doc, error) {
	k, err := db.kind(kindName)
	if err != nil {
		return store.Doc{}, err
	}
	if !store.ValidID(id) {
		return store.Doc{}, store.ErrNotFound
	}
	d := store.Doc{ID: id}
	err = db.read(ctx, func(ctx context.Context, q *statements) error {
		return q.row(ctx, k.get, id).Scan(&d.Version, &d.Row, &d.Body)
	})
	if errors.Is(err, sql.ErrNoRows) {
		return store.Doc{}, store.ErrNotFound
	}
	if err != nil {
		return store.Doc{}, err
	}
	return d, nil
}

// GetMany gives those that exist, in the order of ids.
func (db *DB) GetMany(ctx context.Context, kindName string, ids []string) ([]store.Doc, error) {
	k, err := db.kind(kindName)
	if err != nil {
		return nil, err
	}
	if len(ids) > store.MaxPage {
		return nil, fmt.Errorf("%w: %d ids", store.ErrQuery, len(ids))
	}
	possible := make([]string, 0, len(ids))
	for _, id := range ids {
		if store.ValidID(id) {
			possible = append(possible, id)
		}
	}
	list, _ := json.Marshal(possible) // strings always marshal
	docs := make([]store.Doc, 0, len(possible))
	err = db.read(ctx, func(ctx context.Context, q *statements) error {
		rows, err := q.query(ctx, k.getMany, string(list))
		if err != nil {
			return err
		}
		return each(rows, func() error {
			var d store.Doc
			err := rows.Scan(&d.ID, &d.Version, &d.Row, &d.Body)
			docs = append(docs, d)
			return err
		})
	})
	if err != nil {
		return nil, err
	}
	return docs, nil
}

// Find gives a page.
func (db *DB) Find(ctx context.Context, kindName string, q store.Query) (store.Page, error) {
	k, err := db.kind(kindName)
	if err != nil {
		return store.Page{}, err
	}
	if err := k.CheckQuery(&q); err != nil {
		return store.Page{}, err
	}
	after, err := q.At()
	if err != nil || q.FindsNothing() {
		return store.Page{}, err
	}
	s := k.sentence(q, after)
	text, values := s.page(q)
	p := pageReader{limit: q.Limit, bodies: q.Bodies, at: make([]string, len(q.Order)-len(q.Equal)+1)}
	err = db.read(ctx, func(ctx context.Context, st *statements) error {
		rows, err := st.query(ctx, text, values...)
		if err != nil {
			return err
		}
		return p.read(rows)
	})
	if err != nil {
		return store.Page{}, err
	}
	return p.page, nil
}

// Count counts what the query finds.
func (db *DB) Count(ctx context.Context, kindName string, q store.Query) (n int, err error) {
	k, err := db.kind(kindName)
	if err != nil {
		return 0, err
	}
	if err := k.CheckQuery(&q); err != nil || q.FindsNothing() {
		return 0, err
	}
	s := k.sentence(q, nil)
	err = db.read(ctx, func(ctx context.Context, st *statements) error {
		return st.row(ctx, s.count(), s.args...).Scan(&n)
	})
	return n, err
}

// Tally counts in groups.
func (db *DB) Tally(ctx context.Context, kindName string, q store.Query, by ...string) ([]store.Cell, error) {
	k, err := db.kind(kindName)
	if err != nil {
		return nil, err
	}
	if err := k.CheckTally(q, by); err != nil || q.FindsNothing() {
		return nil, err
	}
	s := k.sentence(q, nil)
	var cells []store.Cell
	err = db.read(ctx, func(ctx context.Context, st *statements) error {
		rows, err := st.query(ctx, s.tally(len(by)), s.args...)
		if err != nil {
			return err
		}
		return each(rows, func() error {
			c := store.Cell{Values: make([]string, len(by))}
			err := rows.Scan(append([]any{&c.N}, pointers(c.Values)...)...)
			cells = append(cells, c)
			return err
		})
	})
	if err != nil {
		return nil, err
	}
	return cells, nil
}

func each(rows *sql.Rows, row func() error) error {
	defer rows.Close()
	for rows.Next() {
		if err := row(); err != nil {
			return err
		}
	}
	return rows.Err()
}

func pointers(values []string) []any {
	to := make([]any, len(values))
	for i := range values {
		to[i] = &values[i]
	}
	return to
}

// pageReader collects a page from one row more than it shows, which tells
// whether there is a next page.
type pageReader struct {
	limit  int
	bodies bool
	page   store.Page
	at     []string // where the last row stands
}

func (p *pageReader) read(rows *sql.Rows) error {
	defer rows.Close()
	p.page.Docs = make([]store.Doc, 0, min(p.limit, 64))
	to := append(pointers(p.at), nil, nil)
	if p.bodies {
		to = append(to, nil)
	}
	n := len(p.at)
	for rows.Next() {
		if len(p.page.Docs) == p.limit {
			p.page.Next = store.NextAfter(p.at)
			return rows.Close()
		}
		var d store.Doc
		to[n], to[n+1] = &d.Version, &d.Row
		if p.bodies {
			to[n+2] = &d.Body
		}
		if err := rows.Scan(to...); err != nil {
			return err
		}
		d.ID = p.at[n-1]
		p.page.Docs = append(p.page.Docs, d)
	}
	return rows.Err()
}

// sentence is the part that all questions of an order share.
type sentence struct {
	kind, table string
	from, to    int // keys that follow the equalities
	conds       []string
	args        []any
	desc        bool
}

func (k *kind) sentence(q store.Query, after []string) *sentence {
	s := &sentence{kind: quoted(k.Name), table: quoted(tableOf(k.Name, q.Order)), from: len(q.Equal), to: len(q.Order), desc: q.Desc}
	if len(q.Order) == 0 {
		s.table = s.kind
	}
	for i, v := range q.Equal {
		s.add(fmt.Sprintf("o.k%d = ?", i), v)
	}
	// A cursor is inside the range (store.Query.At sees to it), so it takes the
	// place of the bound it starts from.
	if q.From != "" && (after == nil || q.Desc) {
		s.add(fmt.Sprintf("o.k%d >= ?", s.from), q.From)
	}
	if q.To != "" && (after == nil || !q.Desc) {
		s.add(fmt.Sprintf("o.k%d < ?", s.from), q.To)
	}
	if after != nil {
		s.add("("+strings.Join(s.sortedBy(), ", ")+") "+map[bool]string{false: ">", true: "<"}[q.Desc]+
			" (?"+strings.Repeat(", ?", len(after)-1)+")", after...)
	}
	return s
}

func (s *sentence) add(cond string, values ...string) {
	s.conds = append(s.conds, cond)
	s.args = append(s.args, args(values)...)
}

// sortedBy names the columns that a page is sorted by.
func (s *sentence) sortedBy() (cols []string) {
	for i := s.from; i < s.to; i++ {
		cols = append(cols, fmt.Sprintf("o.k%d", i))
	}
	return append(cols, "o.id")
}

func (s *sentence) where() string {
	if len(s.conds) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(s.conds, " AND ")
}

func (s *sentence) page(q store.Query) (text string, values []any) {
	cols, direction := s.sortedBy(), ""
	if s.desc {
		direction = " DESC"
	}
	from, doc := s.table+` o CROSS JOIN `+s.kind+` d ON d.n = o.doc`, "d"
	if s.to == 0 {
		from, doc = s.table+" o", "o"
	}
	text = `SELECT ` + strings.Join(cols, ", ") + `, ` + doc + `.version, ` + doc + `.row`
	if q.Bodies {
		text += `, ` + doc + `.body`
	}
	// The limit is in the text: SQLite prepares a statement again whenever a
	// limit is bound to it.
	text += ` FROM ` + from + s.where() + ` ORDER BY ` + strings.Join(cols, direction+", ") + direction + ` LIMIT ` + strconv.Itoa(q.Limit+1)
	return text, s.args
}

func (s *sentence) count() string { return `SELECT count(*) FROM ` + s.table + ` o` + s.where() }

// tally groups by the next keys.
func (s *sentence) tally(by int) string {
	groups := columns(s.from, s.from+by)
	return `SELECT count(*), ` + groups + ` FROM ` + s.table + ` o` + s.where() + ` GROUP BY ` + groups + ` ORDER BY ` + groups
}
