package store

import (
	"crypto/rand"
	"encoding/base32"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

func keyText(v string) bool { return utf8.ValidString(v) && !strings.ContainsRune(v, 0) }

func several(o Order, keys Keys) (n int) {
	for _, key := range o {
		if len(keys[key]) > 1 {
			n++
		}
	}
	return n
}

// CheckQuery tells why the query cannot be asked of this kind, or nil. The
// limit of q is filled in.
func (k Kind) CheckQuery(q *Query) error {
	if !slices.ContainsFunc(k.Orders, func(o Order) bool { return slices.Equal(o, q.Order) }) {
		return fmt.Errorf("%w: %s has no order %v", ErrQuery, k.Name, q.Order)
	}
	if len(q.Equal) > len(q.Order) {
		return fmt.Errorf("%w: %d values for order %v", ErrQuery, len(q.Equal), q.Order)
	}
	if (q.From != "" || q.To != "") && len(q.Equal) == len(q.Order) {
		return fmt.Errorf("%w: no key left for a range in %v", ErrQuery, q.Order)
	}
	if q.Limit < 0 || q.Limit > MaxPage {
		return fmt.Errorf("%w: limit %d", ErrQuery, q.Limit)
	}
	if q.Limit == 0 {
		q.Limit = MaxPage
	}
	return nil
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
