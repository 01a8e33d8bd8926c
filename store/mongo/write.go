package mongo

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"go.mongodb.org/mongo-driver/v2/bson"
	driver "go.mongodb.org/mongo-driver/v2/mongo"

	"ruggespraak/store"
)

// stampsKept is how many later writes may come between a write and the look
// at what became of it.
const stampsKept = 16

// Insert keeps a new document with version 1.
func (db *DB) Insert(ctx context.Context, kindName string, d store.Doc) error {
	k, err := db.checked(kindName, d)
	if err != nil {
		return err
	}
	w := write{db: db, kind: kindName, id: d.ID, stamp: newStamp()}
	doc := append(bson.D{{Key: "_id", Value: d.ID}, {Key: "v", Value: int64(1)}, {Key: "s", Value: bson.A{w.stamp}}}, content(k, d)...)
	command := bson.D{{Key: "insert", Value: kindName}, {Key: "documents", Value: bson.A{doc}}}
	return w.do(ctx, command, func(found state) error {
		if found.gone {
			return errAgain
		}
		return store.ErrExists
	})
}

// Replace writes d over the document with its version.
func (db *DB) Replace(ctx context.Context, kindName string, d store.Doc) error {
	if !store.ValidID(d.ID) {
		return store.ErrNotFound
	}
	k, err := db.checked(kindName, d)
	if err != nil {
		return err
	}
	w := write{db: db, kind: kindName, id: d.ID, stamp: newStamp()}
	change := bson.D{
		{Key: "$set", Value: append(bson.D{{Key: "v", Value: d.Version + 1}}, content(k, d)...)},
		{Key: "$push", Value: bson.D{{Key: "s", Value: bson.D{
			{Key: "$each", Value: bson.A{w.stamp}}, {Key: "$slice", Value: -stampsKept}}}}},
	}
	command := bson.D{{Key: "update", Value: kindName}, {Key: "updates", Value: bson.A{bson.D{
		{Key: "q", Value: exactly(d.ID, d.Version)}, {Key: "u", Value: change}}}}}
	return w.do(ctx, command, func(found state) error { return stale(found, d.Version) })
}

// Delete removes the document when it has this version.
func (db *DB) Delete(ctx context.Context, kindName, id string, version int64) error {
	if _, err := db.kind(kindName); err != nil {
		return err
	}
	if !store.ValidID(id) {
		return store.ErrNotFound
	}
	w := write{db: db, kind: kindName, id: id, removes: true}
	command := bson.D{{Key: "delete", Value: kindName}, {Key: "deletes", Value: bson.A{bson.D{
		{Key: "q", Value: exactly(id, version)}, {Key: "limit", Value: 1}}}}}
	return w.do(ctx, command, func(found state) error { return stale(found, version) })
}

func (db *DB) checked(kindName string, d store.Doc) (store.Kind, error) {
	k, err := db.kind(kindName)
	if err != nil {
		return k, err
	}
	return k, k.CheckDoc(d)
}

func exactly(id string, version int64) bson.D {
	return bson.D{{Key: "_id", Value: id}, {Key: "v", Value: version}}
}

// content gives the fields of the document that a write sets.
func content(k store.Kind, d store.Doc) bson.D {
	keys := bson.D{}
	for name, values := range d.Keys {
		if len(values) == 0 {
			continue
		}
		if slices.Contains(k.Several, name) {
			sorted := slices.Clone(values)
			slices.Sort(sorted)
			keys = append(keys, bson.E{Key: name, Value: slices.Compact(sorted)})
			continue
		}
		keys = append(keys, bson.E{Key: name, Value: values[0]})
	}
	return bson.D{{Key: "k", Value: keys}, {Key: "r", Value: bytesOf(d.Row)}, {Key: "b", Value: bytesOf(d.Body)}}
}

func bytesOf(b []byte) bson.Binary {
	if b == nil {
		b = []byte{}
	}
	return bson.Binary{Data: b}
}

// write is one write on its way, perhaps in several attempts under one stamp.
type write struct {
	db       *DB
	kind, id string
	stamp    int64
	removes  bool
}

// state is a document as far as the outcome of a write shows in it.
type state struct {
	gone    bool
	version int64
	stamps  []int64
}

// errAgain tells that the document is as it was before the write.
var errAgain = errors.New("mongo: the write has not happened")

// stale is the answer to a write that wants this version.
func stale(found state, version int64) error {
	if found.gone {
		return store.ErrNotFound
	}
	if found.version == version {
		return errAgain
	}
	return store.ErrConflict
}

// do sends the command until its outcome is known. why tells from the document
// as it is what a write of no effect means.
func (w write) do(ctx context.Context, command bson.D, why func(state) error) error {
	ctx, cancel, err := decided(ctx)
	if err != nil {
		return err
	}
	defer cancel()
	unknown := false // an earlier attempt may have had its effect
	for {
		reply, sent := w.db.run(ctx, command)
		if sent == nil && touched(reply) == 1 {
			return nil
		}
		if sent != nil && refused(sent) {
			return fmt.Errorf("write: %w", sent)
		}
		if sent != nil && !driver.IsDuplicateKeyError(sent) {
			unknown = true
		}
		found, err := w.look(ctx)
		if err != nil {
			return errors.Join(sent, err)
		}
		if slices.Contains(found.stamps, w.stamp) || w.removes && unknown && found.gone {
			return nil
		}
		if err := why(found); !errors.Is(err, errAgain) {
			return err
		}
	}
}

// refused tells that the server answered and did nothing: no duplicate, no
// doubt about a majority, no lost connection.
func refused(err error) bool {
	var c driver.CommandError
	if errors.As(err, &c) {
		return c.Code != 0 && !c.HasErrorLabel("RetryableWriteError")
	}
	var w driver.WriteException
	return errors.As(err, &w) && w.WriteConcernError == nil && !driver.IsDuplicateKeyError(err)
}

func (w write) look(ctx context.Context) (state, error) {
	var found struct {
		V int64   `bson:"v"`
		S []int64 `bson:"s"`
	}
	err := w.db.data.Collection(w.kind).FindOne(ctx, bson.D{{Key: "_id", Value: w.id}}, onlyState).Decode(&found)
	if errors.Is(err, driver.ErrNoDocuments) {
		return state{gone: true}, nil
	}
	return state{version: found.V, stamps: found.S}, err
}

// newStamp marks one write.
func newStamp() int64 {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never returns an error since Go 1.24
	return int64(binary.LittleEndian.Uint64(b[:]))
}
