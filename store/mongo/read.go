package mongo

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"go.mongodb.org/mongo-driver/v2/bson"
	driver "go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"ruggespraak/store"
)

// kept is a document as it is read.
type kept struct {
	ID      string            `bson:"_id"`
	Version int64             `bson:"v"`
	Keys    map[string]string `bson:"k"` // those of the cursor
	Row     []byte            `bson:"r"`
	Body    []byte            `bson:"b"`
}

func (k kept) doc() store.Doc {
	d := store.Doc{ID: k.ID, Version: k.Version, Row: k.Row, Body: k.Body}
	if len(d.Row) == 0 {
		d.Row = nil
	}
	return d
}

var (
	onlyState = options.FindOne().SetProjection(bson.D{{Key: "v", Value: 1}, {Key: "s", Value: 1}})
	whole     = bson.D{{Key: "v", Value: 1}, {Key: "r", Value: 1}, {Key: "b", Value: 1}}
)

// Get gives the document.
func (db *DB) Get(ctx context.Context, kindName, id string) (store.Doc, error) {
	if _, err := db.kind(kindName); err != nil {
		return store.Doc{}, err
	}
	ctx, cancel, err := bounded(ctx)
	if err != nil {
		return store.Doc{}, err
	}
	defer cancel()
	if !store.ValidID(id) {
		return store.Doc{}, store.ErrNotFound
	}
	var found kept
	err = db.data.Collection(kindName).FindOne(ctx, bson.D{{Key: "_id", Value: id}}, options.FindOne().SetProjection(whole)).Decode(&found)
	if errors.Is(err, driver.ErrNoDocuments) {
		return store.Doc{}, store.ErrNotFound
	}
	return found.doc(), err
}

// GetMany gives those that exist, in the order of ids.
func (db *DB) GetMany(ctx context.Context, kindName string, ids []string) ([]store.Doc, error) {
	if _, err := db.kind(kindName); err != nil {
		return nil, err
	}
	if len(ids) > store.MaxPage {
		return nil, fmt.Errorf("%w: %d ids", store.ErrQuery, len(ids))
	}
	possible := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return !store.ValidID(id) })
	filter := bson.D{{Key: "_id", Value: bson.D{{Key: "$in", Value: append(bson.A{}, anys(possible)...)}}}}
	found, err := db.find(ctx, kindName, filter, options.Find().SetProjection(whole))
	if err != nil {
		return nil, err
	}
	byID := make(map[string]store.Doc, len(found))
	for _, f := range found {
		byID[f.ID] = f.doc()
	}
	docs := make([]store.Doc, 0, len(ids))
	for _, id := range ids {
		if d, ok := byID[id]; ok {
			docs = append(docs, d)
		}
	}
	return docs, nil
}

func anys(values []string) (out bson.A) {
	for _, v := range values {
		out = append(out, v)
	}
	return out
}

// find reads in one batch: pages are small.
func (db *DB) find(ctx context.Context, kind string, filter bson.D, o *options.FindOptionsBuilder) ([]kept, error) {
	ctx, cancel, err := bounded(ctx)
	if err != nil {
		return nil, err
	}
	defer cancel()
	cursor, err := db.data.Collection(kind).Find(ctx, filter, o.SetBatchSize(store.MaxPage+1))
	if err != nil {
		return nil, err
	}
	var found []kept
	return found, cursor.All(ctx, &found)
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
	if err != nil {
		return store.Page{}, err
	}
	if q.FindsNothing() {
		return store.Page{}, nil
	}
	open := q.Order[len(q.Equal):] // keys that the page is sorted by
	o := options.Find().SetSort(sorted(open, q.Desc)).SetLimit(int64(q.Limit) + 1).SetProjection(shown(open, q.Bodies))
	found, err := db.find(ctx, kindName, filterOf(q, after), o)
	if err != nil {
		return store.Page{}, err
	}
	return pageOf(found, q.Limit, open), nil
}

func pageOf(found []kept, limit int, open store.Order) (p store.Page) {
	p.Docs = make([]store.Doc, 0, min(len(found), limit))
	for _, f := range found[:min(len(found), limit)] {
		p.Docs = append(p.Docs, f.doc())
	}
	if len(found) <= limit {
		return p
	}
	last := found[limit-1]
	var at []string
	for _, key := range open {
		at = append(at, last.Keys[key])
	}
	p.Next = store.NextAfter(append(at, last.ID))
	return p
}

func sorted(open store.Order, desc bool) (by bson.D) {
	direction := 1
	if desc {
		direction = -1
	}
	for _, key := range open {
		by = append(by, bson.E{Key: field(key), Value: direction})
	}
	return append(by, bson.E{Key: "_id", Value: direction})
}

func shown(open store.Order, bodies bool) bson.D {
	fields := bson.D{{Key: "v", Value: 1}, {Key: "r", Value: 1}}
	for _, key := range open {
		fields = append(fields, bson.E{Key: field(key), Value: 1})
	}
	if bodies {
		fields = append(fields, bson.E{Key: "b", Value: 1})
	}
	return fields
}

// filterOf finds what the query does after the cursor. The part after a cursor
// is a choice of ranges, each complete, so that each is a range of the index.
func filterOf(q store.Query, after []string) bson.D {
	if after == nil {
		return rangeOf(q, len(q.Equal))
	}
	beyond := map[bool]string{false: "$gt", true: "$lt"}[q.Desc]
	open := q.Order[len(q.Equal):]
	var choices bson.A
	for i := range after {
		same := q
		same.Equal = slices.Concat(q.Equal, after[:i])
		if i > 0 {
			same.From, same.To = "", "" // of a key that is fixed now; the cursor is inside the range
		}
		if i == len(open) {
			choice := append(rangeOf(same, len(same.Equal)), bson.E{Key: "_id", Value: bson.D{{Key: beyond, Value: after[i]}}})
			choices = append(choices, choice)
			continue
		}
		choices = append(choices, beyondKey(same, beyond, after[i]))
	}
	return bson.D{{Key: "$or", Value: choices}}
}

// beyondKey is a range that begins beyond a value of the next key.
func beyondKey(q store.Query, beyond, value string) bson.D {
	conds := bson.D{{Key: beyond, Value: value}}
	if q.Desc {
		conds = append(conds, bson.E{Key: "$gte", Value: q.From})
	} else if q.To != "" {
		conds = append(conds, bson.E{Key: "$lt", Value: q.To})
	}
	filter := rangeOf(store.Query{Order: q.Order[:len(q.Equal)], Equal: q.Equal}, len(q.Equal))
	filter = append(filter, bson.E{Key: field(q.Order[len(q.Equal)]), Value: conds})
	return append(filter, present(q.Order[len(q.Equal)+1:])...)
}

// rangeOf is the equalities, the range on the key at n, and that the keys
// after it are there: a document without them is not in the order.
func rangeOf(q store.Query, n int) (filter bson.D) {
	filter = bson.D{}
	for i, v := range q.Equal {
		filter = append(filter, bson.E{Key: field(q.Order[i]), Value: v})
	}
	if n == len(q.Order) {
		return filter
	}
	conds := bson.D{{Key: "$gte", Value: q.From}}
	if q.To != "" {
		conds = append(conds, bson.E{Key: "$lt", Value: q.To})
	}
	filter = append(filter, bson.E{Key: field(q.Order[n]), Value: conds})
	return append(filter, present(q.Order[n+1:])...)
}

// present asks for a string under each key; every string is at least "".
func present(keys store.Order) (filter bson.D) {
	for _, key := range keys {
		filter = append(filter, bson.E{Key: field(key), Value: bson.D{{Key: "$gte", Value: ""}}})
	}
	return filter
}

// Count counts what the query finds.
func (db *DB) Count(ctx context.Context, kindName string, q store.Query) (int, error) {
	k, err := db.kind(kindName)
	if err != nil {
		return 0, err
	}
	if err := k.CheckQuery(&q); err != nil || q.FindsNothing() {
		return 0, err
	}
	ctx, cancel, err := bounded(ctx)
	if err != nil {
		return 0, err
	}
	defer cancel()
	n, err := db.data.Collection(kindName).CountDocuments(ctx, rangeOf(q, len(q.Equal)))
	return int(n), err
}

// Tally counts in groups. Groups are sorted here, by byte on every server.
func (db *DB) Tally(ctx context.Context, kindName string, q store.Query, by ...string) ([]store.Cell, error) {
	k, err := db.kind(kindName)
	if err != nil {
		return nil, err
	}
	if err := k.CheckTally(q, by); err != nil || q.FindsNothing() {
		return nil, err
	}
	ctx, cancel, err := bounded(ctx)
	if err != nil {
		return nil, err
	}
	defer cancel()
	cursor, err := db.data.Collection(kindName).Aggregate(ctx, tallySteps(k, q, by))
	if err != nil {
		return nil, err
	}
	var groups []struct {
		Of map[string]string `bson:"_id"`
		N  int               `bson:"n"`
	}
	if err := cursor.All(ctx, &groups); err != nil {
		return nil, err
	}
	var cells []store.Cell
	for _, g := range groups {
		c := store.Cell{N: g.N}
		for _, key := range by {
			c.Values = append(c.Values, g.Of[key])
		}
		cells = append(cells, c)
	}
	slices.SortFunc(cells, func(a, b store.Cell) int { return slices.Compare(a.Values, b.Values) })
	return cells, nil
}

func tallySteps(k store.Kind, q store.Query, by []string) bson.A {
	match := func(filter bson.D) bson.D { return bson.D{{Key: "$match", Value: filter}} }
	steps := bson.A{match(rangeOf(q, len(q.Equal)))}
	group := bson.D{}
	for _, key := range by {
		if slices.Contains(k.Several, key) {
			steps = append(steps, bson.D{{Key: "$unwind", Value: "$" + field(key)}})
			// A range fits a list when any values do; now it must fit this one.
			again := q
			again.Equal, again.Order = nil, q.Order[len(q.Equal):]
			steps = append(steps, match(rangeOf(again, 0)))
		}
		group = append(group, bson.E{Key: key, Value: "$" + field(key)})
	}
	return append(steps, bson.D{{Key: "$group", Value: bson.D{
		{Key: "_id", Value: group}, {Key: "n", Value: bson.D{{Key: "$sum", Value: 1}}}}}})
}
