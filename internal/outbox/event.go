package outbox

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"ruggespraak/store"
)

// Event is something that was decided and must have effects elsewhere.
type Event struct {
	ID   string          `json:"id"`
	Kind string          `json:"kind"`
	At   time.Time       `json:"at"`
	Data json.RawMessage `json:"data,omitempty"`
}

// Decode reads the data of the event into v.
func (e Event) Decode(v any) error {
	if err := json.Unmarshal(e.Data, v); err != nil {
		return fmt.Errorf("data of event %s: %w", e.Kind, err)
	}
	return nil
}

// Log holds the events of one document that wait for the projector: a field
// `Events outbox.Log `json:"events,omitempty"“ of the stored struct.
type Log []Event

// Add notes an event under a random id. data is marshalled at once and holds
// ids, numbers and kinds, never text that people typed. What cannot be
// marshalled is a programmer's mistake and panics.
func (l *Log) Add(kind string, at time.Time, data any) {
	e := Event{ID: store.NewID(), Kind: kind, At: at}
	if data != nil {
		b, err := json.Marshal(data)
		if err != nil {
			panic(fmt.Sprintf("outbox: data of event %s: %v", kind, err))
		}
		e.Data = b
	}
	*l = append(*l, e)
}

// Todo gives the values of the key "todo": one when events wait, else none.
// The kind of the document declares store.Order{"todo"}.
func (l Log) Todo() []string {
	if len(l) == 0 {
		return nil
	}
	return []string{"1"}
}

// without gives the log without the events that are done.
func (l Log) without(done map[string]bool) Log {
	var rest Log
	for _, e := range l {
		if !done[e.ID] {
			rest = append(rest, e)
		}
	}
	return rest
}

var lower32 = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// EffectID makes the id of an effect from what it follows from, in most cases
// event, recipient and kind: the same parts give the same id, and the id shows
// nobody its parts.
func EffectID(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return lower32.EncodeToString(sum[:16])
}

// Source is a collection whose documents carry events.
type Source struct {
	name    string
	waiting func(ctx context.Context, after string) (docs []waiting, next string, err error)
	clear   func(ctx context.Context, id string, done map[string]bool) error
}

// waiting is a document with events.
type waiting struct {
	id  string
	log Log
}

// page is how many documents are read at once; between two pages the lease is
// renewed.
const page = 50

// SourceOf makes a source of a collection that declares store.Order{"todo"}.
// log gives the place of the events in a value. The name is unique in the
// program and stands in failures and leases.
func SourceOf[T any](name string, c *store.Collection[T], log func(*T) *Log) Source {
	find := func(ctx context.Context, after string) ([]waiting, string, error) {
		values, next, err := c.Find(ctx, store.Query{Order: store.Order{"todo"}, Equal: []string{"1"}, Limit: page, After: after})
		if err != nil {
			return nil, "", err
		}
		docs := make([]waiting, len(values))
		for i, v := range values {
			docs[i] = waiting{id: c.IDOf(v), log: *log(v)}
		}
		return docs, next, nil
	}
	clear := func(ctx context.Context, id string, done map[string]bool) error {
		_, err := c.Update(ctx, id, func(v *T) error {
			l := log(v)
			rest := l.without(done)
			if len(rest) == len(*l) {
				return store.Unchanged
			}
			*l = rest
			return nil
		})
		return err
	}
	return Source{name: name, waiting: find, clear: clear}
}
