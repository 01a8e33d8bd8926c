package textindex

import (
	_ "embed"
	"encoding/binary"
	"math"
	"slices"
	"strings"
	"sync"
)

// The space: what is told together stands close together. Two words that share
// no concept may still be about one thing, and a concept that a word touches by
// chance does not fit the rest; lines of words cannot know either, the texts of
// testdata do. space.bin has where each feature stands that they speak of often
// enough, by the largest directions in which those texts differ (latent semantic
// analysis), and how far it pulls. [TestSpaceIsMadeOfTheTexts] writes it.
//
//go:embed space.bin
var spaceBin string

const (
	spaceSize = 96 // directions
	placeMost = 126
	placeZero = 128 // byte of the number 0: no byte is 255, which ends a value in bleve

	spaceRow = 4 + spaceSize // bytes of a feature: its scale, and each number
)

// inTitle is how far a feature of the title pulls, beside one of the body.
const inTitle = 1.7

// A place is where a text stands. Only its direction says something.
type place [spaceSize]float64

// loadSpace lists the features of the space; the row of each is at its number.
var loadSpace = sync.OnceValue(func() (s struct {
	names []string
	rows  string
}) {
	names, rows, _ := strings.Cut(spaceBin, "\n\n")
	s.names, s.rows = strings.Split(names, "\n"), rows
	return s
})

// placeOf returns where a text with these features stands, false where none of
// them is in the space.
func placeOf(all, title features) (p place, found bool) {
	s := loadSpace()
	for _, f := range all.sorted() { // else the last digits differ from time to time
		at, known := slices.BinarySearch(s.names, f)
		if !known {
			continue
		}
		pull := 1.0
		if title.has(f) {
			pull = inTitle
		}
		p.add(s.rows[at*spaceRow:(at+1)*spaceRow], pull)
		found = true
	}
	return p, found
}

func (p *place) add(row string, pull float64) {
	pull *= float64(math.Float32frombits(binary.LittleEndian.Uint32([]byte(row[:4]))))
	for i := range p {
		p[i] += pull * float64(int(row[4+i])-placeZero)
	}
}

// pack writes the direction of a place in one byte a number.
func (p *place) pack() string {
	most := 0.0
	for _, x := range p {
		most = max(most, math.Abs(x))
	}
	if most == 0 {
		return ""
	}
	var b [spaceSize]byte
	for i, x := range p {
		b[i] = byte(placeZero + int(math.Round(placeMost*x/most)))
	}
	return string(b[:])
}

// nearness is the cosine of the angle between a place and a packed one, 0 where
// they look away from each other.
func (p *place) nearness(packed []byte) float64 {
	if len(packed) != spaceSize {
		return 0
	}
	dot, own, other := 0.0, 0.0, 0.0
	for i, x := range p {
		y := float64(int(packed[i]) - placeZero)
		dot, own, other = dot+x*y, own+x*x, other+y*y
	}
	if own == 0 || other == 0 {
		return 0
	}
	return max(0, dot/math.Sqrt(own*other))
}
