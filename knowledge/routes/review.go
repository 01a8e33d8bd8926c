package routes

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"slices"
	"time"
	_ "time/tzdata" // the zone must be known on a machine without zone files

	"ruggespraak/internal/fault"
	"ruggespraak/people"
	"ruggespraak/store"
)

// GuideID is what the guide is reviewed under; a cell is «duur-straf».
const GuideID = "keuzehulp"

const (
	// readers is how many chairs must have read a text before it is checked.
	readers = 2
	// longest is how many months a legal text may go without being checked.
	longest = 6
)

// review is what chairs found out about one shipped text. It speaks of the text
// with this digest only: when a newer one is shipped, the review is over.
type review struct {
	store.Meta
	Digest      string    `json:"digest"`
	ValidFrom   string    `json:"valid_from"`
	CheckBefore string    `json:"check_before"`
	By          []Reading `json:"by"` // newest last, each account once
}

// Reading is one chair who said that a text holds.
type Reading struct {
	Account string    `json:"account"`
	At      time.Time `json:"at"`
}

// Standing is how sure readers may be of a text.
type Standing struct {
	Checked     bool // two chairs read it; before that it is «Nog niet gecontroleerd door CoMensha»
	Expired     bool // it should have been checked by now
	ValidFrom   string
	CheckedOn   string
	CheckBefore string
	By          []Reading // for a chair only
	Said        Dates     // what the newest of them said
}

// SeenCell is a cell as a viewer gets it.
type SeenCell struct {
	Route   Route
	Text    string
	Status  Status
	Sources []Source
	Links   []Link
	Standing
}

// SeenRow is a row as a viewer gets it; the cells are in the order of All.
type SeenRow struct {
	Key   string
	Label string
	Cells []SeenCell
}

// Rows gives the comparator.
func (c *Counter) Rows(ctx context.Context, v people.Viewer) ([]SeenRow, error) {
	if err := mayRead(v); err != nil {
		return nil, err
	}
	all, err := c.reviews.All(ctx, store.Query{})
	if err != nil {
		return nil, err
	}
	by := map[string]review{}
	for _, r := range all {
		by[r.ID] = *r
	}
	var rows []SeenRow
	for _, r := range c.table.Rows {
		rows = append(rows, c.seenRow(r, v, by))
	}
	return rows, nil
}

func (c *Counter) seenRow(r Row, v people.Viewer, by map[string]review) SeenRow {
	seen := SeenRow{Key: r.Key, Label: r.Label}
	for _, route := range All() {
		cell := r.Cells[route]
		seen.Cells = append(seen.Cells, c.seen(cell, route, v, by[r.Key+"-"+string(route)]))
	}
	return seen
}

func (c *Counter) seen(cell Cell, route Route, v people.Viewer, r review) SeenCell {
	seen := SeenCell{Route: route, Text: cell.Text, Status: cell.Status, Links: cell.Links, Standing: c.standing(cell, v, r, digest(cell))}
	for _, number := range cell.Sources {
		seen.Sources = append(seen.Sources, c.table.Sources[number])
	}
	return seen
}

// Cell gives one cell; one that is not there is not found.
func (c *Counter) Cell(ctx context.Context, v people.Viewer, key string, route Route) (label string, _ SeenCell, err error) {
	if err := mayRead(v); err != nil {
		return "", SeenCell{}, err
	}
	row, ok := c.table.row(key)
	if cell, is := row.Cells[route]; ok && is {
		r, err := c.review(ctx, key+"-"+string(route))
		return row.Label, c.seen(cell, route, v, r), err
	}
	return "", SeenCell{}, fault.NotFoundError()
}

// GuideStanding tells how sure readers may be of the guide.
func (c *Counter) GuideStanding(ctx context.Context, v people.Viewer) (Standing, error) {
	if err := mayRead(v); err != nil {
		return Standing{}, err
	}
	r, err := c.review(ctx, GuideID)
	return c.standing(Cell{}, v, r, guideDigest()), err
}

// review gives the review with the id; an empty one before anybody read the
// text.
func (c *Counter) review(ctx context.Context, id string) (review, error) {
	r, err := c.reviews.Get(ctx, id)
	if errors.Is(err, store.ErrNotFound) {
		return review{}, nil
	}
	if err != nil {
		return review{}, err
	}
	return *r, nil
}

// standing lays the review over what was shipped. A review of an older text
// counts for nothing, and one of a single chair shows to chairs only.
func (c *Counter) standing(shipped Cell, v people.Viewer, r review, digest string) Standing {
	s := Standing{ValidFrom: shipped.ValidFrom, CheckedOn: shipped.CheckedOn, CheckBefore: shipped.CheckBefore}
	if r.Digest == digest {
		if people.May(v.ActiveRole(), "kb.public", people.Update) {
			s.By, s.Said = r.By, Dates{r.ValidFrom, r.CheckBefore}
		}
		if s.Checked = len(r.By) >= readers; s.Checked {
			s.ValidFrom, s.CheckBefore = r.ValidFrom, r.CheckBefore
			s.CheckedOn = day(r.By[len(r.By)-1].At)
		}
	}
	s.Expired = s.CheckBefore != "" && day(c.now()) >= s.CheckBefore
	return s
}

// Dates are what a chair says of a text: from when it holds, and before when it
// is looked at again. Both yyyy-mm-dd.
type Dates struct {
	ValidFrom   string
	CheckBefore string
}

// Confirm says that a cell still holds. Only a chair may. Until two chairs have
// said so with the same dates the text stays unchecked; from then on each of
// them dates it anew alone.
func (c *Counter) Confirm(ctx context.Context, v people.Viewer, key string, route Route, d Dates) error {
	if err := people.Allow(v, "kb.public", people.Update); err != nil {
		return err
	}
	row, _ := c.table.row(key)
	cell, ok := row.Cells[route]
	if !ok {
		return fault.NotFoundError()
	}
	return c.confirm(ctx, v, key+"-"+string(route), digest(cell), d)
}

// ConfirmGuide says that the guide still holds, as Confirm does of a cell.
func (c *Counter) ConfirmGuide(ctx context.Context, v people.Viewer, d Dates) error {
	if err := people.Allow(v, "kb.public", people.Update); err != nil {
		return err
	}
	return c.confirm(ctx, v, GuideID, guideDigest(), d)
}

func (c *Counter) confirm(ctx context.Context, v people.Viewer, id, digest string, d Dates) error {
	if err := c.checkDates(d); err != nil {
		return err
	}
	_, err := c.reviews.Update(ctx, id, func(r *review) error {
		r.read(digest, d, Reading{v.Account, c.now()})
		return nil
	})
	if !errors.Is(err, store.ErrNotFound) {
		return err
	}
	r := &review{Meta: store.Meta{ID: id}}
	r.read(digest, d, Reading{v.Account, c.now()})
	err = c.reviews.Insert(ctx, r)
	if errors.Is(err, store.ErrExists) { // another chair was there first
		return c.confirm(ctx, v, id, digest, d)
	}
	return err
}

// read notes a reading. Who reads another text, or dates one otherwise that is
// not yet checked, is its first reader.
func (r *review) read(digest string, d Dates, by Reading) {
	another := r.Digest != digest
	redated := len(r.By) < readers && (r.ValidFrom != d.ValidFrom || r.CheckBefore != d.CheckBefore)
	if another || redated {
		r.By = nil
	}
	r.Digest, r.ValidFrom, r.CheckBefore = digest, d.ValidFrom, d.CheckBefore
	r.By = append(slices.DeleteFunc(r.By, func(o Reading) bool { return o.Account == by.Account }), by)
}

func (c *Counter) checkDates(d Dates) error {
	today := day(c.now())
	var wrong []fault.Field
	if !isDay(d.ValidFrom) || d.ValidFrom > today {
		wrong = append(wrong, fault.Field{Name: "geldig_per", Sentence: "Vul een datum in die niet later is dan vandaag."})
	}
	if !isDay(d.CheckBefore) || d.CheckBefore <= today || d.CheckBefore > c.Latest() {
		wrong = append(wrong, fault.Field{Name: "controleren_voor", Sentence: "Vul een datum in na vandaag, en uiterlijk over 6 maanden."})
	}
	if len(wrong) > 0 {
		return &fault.Error{Kind: fault.Invalid, Sentence: "De controle is nog niet bewaard", Fields: wrong}
	}
	return nil
}

// Today is the day by which reviews are judged, yyyy-mm-dd.
func (c *Counter) Today() string { return day(c.now()) }

// Latest is the latest day to look at a text again, yyyy-mm-dd.
func (c *Counter) Latest() string { return day(c.now().AddDate(0, longest, 0)) }

var amsterdam = mustZone("Europe/Amsterdam")

func mustZone(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic(err) // the zones are built into the program
	}
	return zone
}

func day(t time.Time) string { return t.In(amsterdam).Format(time.DateOnly) }

func isDay(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

// digest tells one shipped text from the next, its dates included.
func digest(c Cell) string {
	data, _ := json.Marshal(c) // a struct of strings
	return digestOf(data)
}

func guideDigest() string { return digestOf(guideData) }

func digestOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
