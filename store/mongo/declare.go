package mongo

import (
	"context"
	"fmt"
	"strings"

	"go.mongodb.org/mongo-driver/v2/bson"

	"ruggespraak/store"
)

func field(key string) string { return "k." + key }

func indexName(o store.Order) string { return strings.Join(o, ",") }

// Declare makes the indexes of the orders and drops those of orders that are no
// longer declared. The server builds them from the keys of the documents, and
// goes on by itself when it was stopped.
func (db *DB) Declare(ctx context.Context, k store.Kind) error {
	if err := k.Check(); err != nil {
		return err
	}
	have, err := db.indexes(ctx, k.Name)
	if err != nil {
		return err
	}
	for _, o := range k.Orders {
		name := indexName(o)
		if len(o) > 0 && !have[name] {
			if err := db.createIndex(ctx, k.Name, o); err != nil {
				return fmt.Errorf("index %s of %s: %w", name, k.Name, err)
			}
		}
		delete(have, name)
	}
	for name := range have {
		if _, err := db.run(ctx, bson.D{{Key: "dropIndexes", Value: k.Name}, {Key: "index", Value: name}}); err != nil {
			return fmt.Errorf("drop index %s of %s: %w", name, k.Name, err)
		}
	}
	db.mu.Lock()
	defer db.mu.Unlock()
	db.kinds[k.Name] = k
	return nil
}

// indexes gives the names of our indexes of the kind.
func (db *DB) indexes(ctx context.Context, kind string) (map[string]bool, error) {
	found, err := db.data.Collection(kind).Indexes().ListSpecifications(ctx)
	if err != nil {
		return nil, err
	}
	have := make(map[string]bool)
	for _, s := range found {
		if s.Name != "_id_" {
			have[s.Name] = true
		}
	}
	return have, nil
}

func (db *DB) createIndex(ctx context.Context, kind string, o store.Order) error {
	keys := bson.D{}
	for _, key := range o {
		keys = append(keys, bson.E{Key: field(key), Value: 1})
	}
	keys = append(keys, bson.E{Key: "_id", Value: 1})
	_, err := db.run(ctx, bson.D{
		{Key: "createIndexes", Value: kind},
		{Key: "indexes", Value: bson.A{bson.D{{Key: "key", Value: keys}, {Key: "name", Value: indexName(o)}}}},
	})
	return err
}

func (db *DB) kind(name string) (store.Kind, error) {
	db.mu.RLock()
	defer db.mu.RUnlock()
	k, ok := db.kinds[name]
	if !ok {
		return store.Kind{}, fmt.Errorf("%w: kind %q is not declared", store.ErrQuery, name)
	}
	return k, nil
}
