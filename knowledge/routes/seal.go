package routes

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"time"

	"ruggespraak/store"
)

// KeptFor is how long answers to the guide are kept, from the first of them.
const KeptFor = 30 * time.Minute

// Walk is what somebody answered so far, and when that began.
type Walk struct {
	Begun   time.Time // zero before the first answer
	Answers Answers
}

// keyDoc is the one key of all instances.
type keyDoc struct {
	store.Meta
	Key []byte `json:"key"`
}

const keyID = "keuzehulp"

// openKey gives the key that seals answers; the first instance makes it.
func openKey(ctx context.Context, db store.DB) (cipher.AEAD, error) {
	keys, err := store.Open(ctx, db, store.Spec[keyDoc]{Name: "route_key", Meta: func(k *keyDoc) *store.Meta { return &k.Meta }})
	if err != nil {
		return nil, err
	}
	fresh := &keyDoc{Meta: store.Meta{ID: keyID}, Key: make([]byte, 32)}
	_, _ = rand.Read(fresh.Key) // never returns an error since Go 1.24
	if err := keys.Insert(ctx, fresh); err != nil && !errors.Is(err, store.ErrExists) {
		return nil, err
	}
	kept, err := keys.Get(ctx, keyID)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(kept.Key)
	if err != nil {
		return nil, fmt.Errorf("key of the guide: %w", err)
	}
	return cipher.NewGCMWithRandomNonce(block)
}

// Seal makes the walk a text that only this session can bring back. Its length
// tells nothing: each question takes one byte, answered or not.
func (c *Counter) Seal(w Walk, session string) string {
	plain := binary.BigEndian.AppendUint64(nil, uint64(w.Begun.Unix()))
	for _, q := range c.guide.questions {
		i := slices.IndexFunc(q.Options, func(o Option) bool { return o.Value == w.Answers[q.Number] })
		plain = append(plain, byte(i+1))
	}
	return base64.RawURLEncoding.EncodeToString(c.key.Seal(nil, nil, plain, []byte(session)))
}

// Unseal gives the walk back; an empty one when the text is not ours, is
// another session's, or is older than KeptFor.
func (c *Counter) Unseal(sealed, session string) Walk {
	raw, err := base64.RawURLEncoding.DecodeString(sealed)
	if err != nil {
		return Walk{}
	}
	plain, err := c.key.Open(nil, nil, raw, []byte(session))
	if err != nil || len(plain) != 8+Questions {
		return Walk{}
	}
	w := Walk{Begun: time.Unix(int64(binary.BigEndian.Uint64(plain)), 0).UTC(), Answers: Answers{}}
	if age := c.now().Sub(w.Begun); age < 0 || age >= KeptFor {
		return Walk{}
	}
	for i, choice := range plain[8:] {
		if q := c.guide.questions[i]; choice > 0 && int(choice) <= len(q.Options) {
			w.Answers[q.Number] = q.Options[choice-1].Value
		}
	}
	return w
}
