package storetest

import (
	"context"
	"strings"
	"testing"

	"ruggespraak/store"
)

// loses is a store that writes over whatever is there, as databases that call
// themselves compatible have been seen to do.
type loses struct{ store.DB }

func (l loses) Replace(ctx context.Context, kind string, d store.Doc) error {
	now, err := l.Get(ctx, kind, d.ID)
	if err != nil {
		return err
	}
	d.Version = now.Version
	_ = l.DB.Replace(ctx, kind, d) // acknowledged all the same
	return nil
}

func TestControlLostUpdatesAreFound(t *testing.T) {
	db := InMemory(t)
	must(t, db.Declare(t.Context(), Kind))
	if err := ProbeCompareAndSet(t.Context(), loses{db}); err == nil || !strings.Contains(err.Error(), "UNFIT") {
		t.Errorf("probe of a store that loses updates = %v, want unfit", err)
	}
}

func TestControlWeakWritesAreFound(t *testing.T) {
	for _, c := range []struct{ command, concern, want string }{
		{"find", "", ""},
		{"insert", `{"w": "majority","j": true,"wtimeout": {"$numberLong":"5000"}}`, ""},
		{"insert", "", `"w":"majority"`},
		{"update", `{"w": 1,"j": true,"wtimeout": 1}`, `"w":"majority"`},
		{"createIndexes", `{"w": "majority","wtimeout": 1}`, `"j":true`},
		{"delete", `{"w": "majority","j": true}`, `"wtimeout":`},
		{"someNewCommand", "", `"w":"majority"`},
	} {
		if got := unconfirmed(c.command, c.concern); got != c.want {
			t.Errorf("unconfirmed(%q, %q) = %q, want %q", c.command, c.concern, got, c.want)
		}
	}
}
