package bundles

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
)

// BroadLine is the only thing a reader is told about how many recognise a point.
const BroadLine = "Breed herkend (ten minste 5 organisaties)"

// broadFrom is the number of organisations from which that line is written.
const broadFrom = 5

// Sheet is a bundle as its readers get it: the chair's words and the bands. It
// is what is hashed, approved and frozen.
type Sheet struct {
	Number    string       `json:"nummer"`
	Body      Body         `json:"orgaan"`
	Name      string       `json:"naam,omitempty"`
	From      Day          `json:"van"`
	To        Day          `json:"tot"`
	Points    []SheetPoint `json:"punten"`
	Addressee string       `json:"aan"` // in words
}

// SheetPoint is a point as readers get it.
type SheetPoint struct {
	ID      string `json:"id"`
	Heading string `json:"kop"`
	See     string `json:"zien"`
	Effect  string `json:"gevolg"`
	Ask     string `json:"vraag"`
	To      string `json:"aan"`
	Band    string `json:"herkend,omitempty"`
}

// sheet makes the reader's bundle from the stored one with these bands.
func (b *Bundle) sheet(broad map[string]bool) Sheet {
	s := Sheet{
		Number: b.Number, Body: b.Addressee.Body, Name: b.Addressee.Name,
		Addressee: b.Addressee.Label(), From: b.From, To: b.To, Points: []SheetPoint{},
	}
	for _, p := range b.Points {
		sp := SheetPoint{
			ID: p.ID, Heading: p.Texts.Heading, See: p.Texts.See, Effect: p.Texts.Effect,
			Ask: p.Texts.Ask, To: p.Texts.To,
		}
		if broad[p.ID] {
			sp.Band = BroadLine
		}
		s.Points = append(s.Points, sp)
	}
	return s
}

// bytes are the canonical bytes: fields in the order of the type, no spaces.
func (s Sheet) bytes() []byte {
	b, err := json.Marshal(s)
	if err != nil {
		panic(fmt.Sprintf("bundles: sheet of %s: %v", s.Number, err)) // strings only: cannot fail
	}
	return b
}

func hashOf(bytes []byte) string {
	sum := sha256.Sum256(bytes)
	return hex.EncodeToString(sum[:])
}

// frozenSheet reads the frozen bytes back, and refuses bytes that are not the
// approved ones.
func (b *Bundle) frozenSheet() (Sheet, error) {
	var s Sheet
	if b.Freeze == nil {
		return s, fmt.Errorf("bundle %s is not frozen", b.Number)
	}
	if hashOf(b.Freeze.Sheet) != b.Freeze.Hash {
		return s, fmt.Errorf("bundle %s: frozen bytes do not have their hash", b.Number)
	}
	if err := json.Unmarshal(b.Freeze.Sheet, &s); err != nil {
		return s, fmt.Errorf("bundle %s: frozen bytes: %w", b.Number, err)
	}
	return s, nil
}
