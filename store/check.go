package store

import (
	"crypto/rand"
	"encoding/base32"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

var plainName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,59}$`)

func keyText(v string) bool { return utf8.ValidString(v) && !strings.ContainsRune(v, 0) }

// cannotBe tells that no key and no id has this value.
func cannotBe(v string) bool { return len(v) > MaxKey || !keyText(v) }

// ValidID tells whether a document can have this id. Asking for one that
// cannot be is asking for one that is not there.
func ValidID(id string) bool { return id != "" && !cannotBe(id) }

// Check tells why the kind cannot be declared, or nil.
func (k Kind) Check() error {
	if !plainName.MatchString(k.Name) {
		return fmt.Errorf("%w: kind %q is no plain name", ErrQuery, k.Name)
	}
	for _, o := range k.Orders {
		several := 0
		for i, key := range o {
			if !plainName.MatchString(key) || slices.Contains(o[:i], key) {
				return fmt.Errorf("%w: key %q of order %v of %s", ErrQuery, key, o, k.Name)
			}
			if slices.Contains(k.Several, key) {
				several++
			}
		}
		if several > 1 {
			return fmt.Errorf("%w: order %v of %s has two keys with several values", ErrQuery, o, k.Name)
		}
	}
	return nil
}

// CheckDoc tells why the document cannot be kept, or nil: an id that cannot
// be; a body, row or key value that is too large; too many values; a value
// that is not valid UTF-8 or holds NUL; several values for a key that may have
// one.
func (k Kind) CheckDoc(d Doc) error {
	if !ValidID(d.ID) {
		return fmt.Errorf("%w: id of %d bytes in %s", ErrQuery, len(d.ID), k.Name)
	}
	if len(d.Body) > MaxBody {
		return fmt.Errorf("%w: body of %d bytes in %s", ErrTooLarge, len(d.Body), k.Name)
	}
	if len(d.Row) > MaxRow {
		return fmt.Errorf("%w: row of %d bytes in %s", ErrTooLarge, len(d.Row), k.Name)
	}
	return k.CheckKeys(d.Keys)
}

// CheckKeys is the part of CheckDoc about keys.
func (k Kind) CheckKeys(keys Keys) error {
	size := 0
	for name, values := range keys {
		if err := k.checkKey(name, values); err != nil {
			return err
		}
		for _, v := range values {
			size += len(v)
		}
	}
	if size > MaxKeys {
		return fmt.Errorf("%w: keys of %d bytes in %s", ErrTooLarge, size, k.Name)
	}
	return nil
}

func (k Kind) checkKey(name string, values []string) error {
	if !plainName.MatchString(name) {
		return fmt.Errorf("%w: key %q of %s is no plain name", ErrQuery, name, k.Name)
	}
	if len(values) > MaxValues {
		return fmt.Errorf("%w: %d values for key %s of %s", ErrTooLarge, len(values), name, k.Name)
	}
	if len(values) > 1 && !slices.Contains(k.Several, name) {
		return fmt.Errorf("%w: key %s of %s is not declared to have several values", ErrQuery, name, k.Name)
	}
	for _, v := range values {
		if len(v) > MaxKey {
			return fmt.Errorf("%w: key %s of %s", ErrTooLarge, name, k.Name)
		}
		if !keyText(v) {
			return fmt.Errorf("%w: key %s of %s is no plain text", ErrQuery, name, k.Name)
		}
	}
	return nil
}

// CheckQuery tells why the query cannot be asked of this kind, or nil. The
// limit of q is filled in.
func (k Kind) CheckQuery(q *Query) error {
	if err := k.checkOrder(*q); err != nil {
		return err
	}
	if i := k.severalAt(q.Order); i >= len(q.Equal) {
		return fmt.Errorf("%w: %s has several values and no equality in %v", ErrQuery, q.Order[i], q.Order)
	}
	if q.Limit < 0 || q.Limit > MaxPage {
		return fmt.Errorf("%w: limit %d", ErrQuery, q.Limit)
	}
	if q.Limit == 0 {
		q.Limit = MaxPage
	}
	return nil
}

// CheckTally tells why the tally cannot be asked of this kind, or nil.
func (k Kind) CheckTally(q Query, by []string) error {
	if err := k.checkOrder(q); err != nil {
		return err
	}
	n := len(q.Equal) + len(by)
	if len(by) == 0 || n > len(q.Order) || !slices.Equal(by, q.Order[len(q.Equal):n]) {
		return fmt.Errorf("%w: tally by %v after %d values of order %v", ErrQuery, by, len(q.Equal), q.Order)
	}
	if i := k.severalAt(q.Order); i >= n {
		return fmt.Errorf("%w: %s has several values and is not in the tally of %v", ErrQuery, q.Order[i], q.Order)
	}
	return nil
}

func (k Kind) checkOrder(q Query) error {
	declared := func(o Order) bool { return slices.Equal(o, q.Order) }
	if len(q.Order) > 0 && !slices.ContainsFunc(k.Orders, declared) {
		return fmt.Errorf("%w: %s has no order %v", ErrQuery, k.Name, q.Order)
	}
	if len(q.Equal) > len(q.Order) {
		return fmt.Errorf("%w: %d values for order %v", ErrQuery, len(q.Equal), q.Order)
	}
	if (q.From != "" || q.To != "") && len(q.Equal) == len(q.Order) {
		return fmt.Errorf("%w: no key left for a range in %v", ErrQuery, q.Order)
	}
	if !keyText(q.From) || !keyText(q.To) {
		return fmt.Errorf("%w: range of %v is no plain text", ErrQuery, q.Order)
	}
	return nil
}

// severalAt gives the place of the key with several values, or -1.
func (k Kind) severalAt(o Order) int {
	return slices.IndexFunc(o, func(key string) bool { return slices.Contains(k.Several, key) })
}

// FindsNothing tells that no document can have the values of the equalities,
// so that there is nothing to ask.
func (q Query) FindsNothing() bool {
	return slices.ContainsFunc(q.Equal, cannotBe)
}

// NextAfter makes the cursor that goes on after a document: at are its values
// for the keys that follow the equalities, and its id.
func NextAfter(at []string) string {
	b, _ := json.Marshal(at) // strings always marshal
	return base64.RawURLEncoding.EncodeToString(b)
}

// At reads the cursor of the query back: nil when there is none, ErrCursor when
// it was not made for this order and range.
func (q Query) At() ([]string, error) {
	if q.After == "" {
		return nil, nil
	}
	b, err := base64.RawURLEncoding.DecodeString(q.After)
	if err != nil {
		return nil, ErrCursor
	}
	var at []string
	if err := json.Unmarshal(b, &at); err != nil || NextAfter(at) != q.After {
		return nil, ErrCursor
	}
	n := len(q.Order) - len(q.Equal)
	if len(at) != n+1 || slices.ContainsFunc(at, cannotBe) || at[n] == "" {
		return nil, ErrCursor
	}
	if n > 0 && (at[0] < q.From || q.To != "" && at[0] >= q.To) {
		return nil, ErrCursor
	}
	return at, nil
}

var lower32 = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// NewID gives 128 random bits as 26 characters. It tells a reader nothing, not
// even when it was made. The random source of the system cannot fail: the
// program stops if it does.
func NewID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never returns an error since Go 1.24
	return lower32.EncodeToString(b[:])
}
