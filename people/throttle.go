package people

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"time"

	"ruggespraak/internal/clock"
	"ruggespraak/internal/fault"
	"ruggespraak/store"
)

// How many attempts may fail before the next must wait. An attempt counts when
// it begins, so that a hundred at once get no further than one after another.
const (
	accountAttempts = 8
	addressAttempts = 60
	attemptWindow   = 15 * time.Minute
)

// tally counts the attempts under one key since the window began.
type tally struct {
	store.Meta
	N     int       `json:"n"`
	Since time.Time `json:"since"`
}

// throttle holds up who tries too often, in the store, so that it counts over
// all instances. Safe for several goroutines.
type throttle struct {
	tallies *store.Collection[tally]
	now     clock.Now
}

func newThrottle(ctx context.Context, db store.DB, now clock.Now) (*throttle, error) {
	tallies, err := store.Open(ctx, db, store.Spec[tally]{
		Name:   "attempt",
		Orders: []store.Order{{"since"}},
		Meta:   func(t *tally) *store.Meta { return &t.Meta },
		Keys:   func(t *tally) store.Keys { return store.Keys{"since": {instantKey(t.Since)}} },
	})
	return &throttle{tallies: tallies, now: now}, err
}

// attempt is one try at something secret.
type attempt struct{ who, where string } // keys of tallies; either may be empty

// attemptBy names a try by the account or address it aims at and by the
// network address it comes from. What was typed is not kept, only its hash.
func attemptBy(who, address string) attempt {
	var a attempt
	if who != "" {
		a.who = "who " + keyHash(who)
	}
	if address != "" {
		a.where = "where " + keyHash(address)
	}
	return a
}

func keyHash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:16])
}

// begin counts the attempt, or refuses it with a TooMany fault.
func (t *throttle) begin(ctx context.Context, a attempt) error {
	if err := t.count(ctx, a.where, addressAttempts); err != nil {
		return err
	}
	return t.count(ctx, a.who, accountAttempts)
}

func (t *throttle) count(ctx context.Context, key string, most int) error {
	if key == "" {
		return nil
	}
	err := t.tallies.Insert(ctx, &tally{Meta: store.Meta{ID: key}, N: 1, Since: t.now()})
	if !errors.Is(err, store.ErrExists) {
		return err
	}
	_, err = t.tallies.Update(ctx, key, func(c *tally) error {
		if now := t.now(); now.Sub(c.Since) >= attemptWindow || now.Before(c.Since) {
			c.N, c.Since = 0, now
		}
		if c.N >= most {
			return tooMany()
		}
		c.N++
		return nil
	})
	if errors.Is(err, store.ErrNotFound) {
		return t.count(ctx, key, most) // swept away in between
	}
	return err
}

func tooMany() error {
	return fault.New(fault.TooMany, "Er is te vaak geprobeerd. Wacht 15 minuten en probeer het dan opnieuw.")
}

// succeed takes the attempt back: all that counted against the account, and
// this one of the address.
func (t *throttle) succeed(ctx context.Context, a attempt) error {
	if a.who != "" {
		if err := t.tallies.Delete(ctx, a.who); err != nil {
			return err
		}
	}
	return t.takeBack(ctx, a.where)
}

func (t *throttle) takeBack(ctx context.Context, key string) error {
	if key == "" {
		return nil
	}
	_, err := t.tallies.Update(ctx, key, func(c *tally) error {
		c.N = max(0, c.N-1)
		return nil
	})
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	return err
}

// sweep removes tallies whose window has passed.
func (t *throttle) sweep(ctx context.Context) error {
	old, err := t.tallies.All(ctx, store.Query{Order: store.Order{"since"}, To: instantKey(t.now().Add(-attemptWindow))})
	if err != nil {
		return err
	}
	for _, c := range old {
		if err := t.tallies.Delete(ctx, c.ID); err != nil {
			return err
		}
	}
	return nil
}
