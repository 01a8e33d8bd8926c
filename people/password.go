package people

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"

	"golang.org/x/crypto/argon2"
)

// HashCost is what one password costs to try.
type HashCost struct {
	Memory  uint32 // KiB
	Time    uint32 // passes
	Threads uint8
	// Hashed, when not nil, is called once for each computation: it is for
	// tests that count work.
	Hashed func()
}

// DefaultCost is argon2id with 19 MiB, two passes, one lane.
var DefaultCost = HashCost{Memory: 19 * 1024, Time: 2, Threads: 1}

// CheapCost is for tests only: nothing of it withstands trying.
var CheapCost = HashCost{Memory: 64, Time: 1, Threads: 1}

const (
	hashLength = 32 // bytes
	saltLength = 16 // bytes
	// hashesAtOnce bounds memory and CPU that signing in can take from others.
	hashesAtOnce = 2
)

// kdf turns passwords into hashes, at most hashesAtOnce at a time; others wait
// in line. Safe for several goroutines.
type kdf struct {
	cost  HashCost
	slots chan struct{}
	dummy string // a hash of nobody's password, for equal work
}

func newKDF(cost HashCost) *kdf {
	if cost.Memory == 0 {
		hashed := cost.Hashed
		cost = DefaultCost
		cost.Hashed = hashed
	}
	k := &kdf{cost: cost, slots: make(chan struct{}, hashesAtOnce)}
	k.dummy = encodeHash(cost, make([]byte, saltLength), make([]byte, hashLength))
	return k
}

// hash gives the PHC string of the password with a new salt.
func (k *kdf) hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, saltLength)
	_, _ = rand.Read(salt) // never returns an error since Go 1.24
	sum, err := k.compute(ctx, k.cost, password, salt)
	if err != nil {
		return "", err
	}
	return encodeHash(k.cost, salt, sum), nil
}

// check tells whether the password is that of the PHC string. An empty string
// is nobody's password and takes the same work.
func (k *kdf) check(ctx context.Context, phc, password string) (bool, error) {
	nobody := phc == ""
	if nobody {
		phc = k.dummy
	}
	cost, salt, want, err := decodeHash(phc)
	if err != nil {
		return false, err
	}
	cost.Hashed = k.cost.Hashed
	got, err := k.compute(ctx, cost, password, salt)
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(got, want) == 1 && !nobody, nil
}

func (k *kdf) compute(ctx context.Context, c HashCost, password string, salt []byte) ([]byte, error) {
	select {
	case k.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-k.slots }()
	if c.Hashed != nil {
		c.Hashed()
	}
	return argon2.IDKey([]byte(normalPassword(password)), salt, c.Time, c.Memory, c.Threads, hashLength), nil
}

func encodeHash(c HashCost, salt, sum []byte) string {
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s",
		argon2.Version, c.Memory, c.Time, c.Threads, b64.EncodeToString(salt), b64.EncodeToString(sum))
}

func decodeHash(phc string) (c HashCost, salt, sum []byte, err error) {
	var version int
	var s string
	_, err = fmt.Sscanf(phc, "$argon2id$v=%d$m=%d,t=%d,p=%d$%s", &version, &c.Memory, &c.Time, &c.Threads, &s)
	if err != nil || version != argon2.Version {
		return c, nil, nil, fmt.Errorf("decode password hash: not argon2id version %d", argon2.Version)
	}
	b64 := base64.RawStdEncoding
	at := b64.EncodedLen(saltLength)
	if len(s) != at+1+b64.EncodedLen(hashLength) || s[at] != '$' {
		return c, nil, nil, fmt.Errorf("decode password hash: wrong length")
	}
	if salt, err = b64.DecodeString(s[:at]); err != nil {
		return c, nil, nil, fmt.Errorf("decode salt: %w", err)
	}
	if sum, err = b64.DecodeString(s[at+1:]); err != nil {
		return c, nil, nil, fmt.Errorf("decode password hash: %w", err)
	}
	return c, salt, sum, nil
}
