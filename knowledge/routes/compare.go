package routes

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"time"
)

//go:embed compare.json
var compareData []byte

// Route is one of the three routes to compensation.
type Route string

// The three routes, in the order of the comparator.
const (
	Criminal Route = "straf"
	Civil    Route = "civiel"
	Fund     Route = "fonds"
)

// All lists the routes in the order of the comparator.
func All() []Route { return []Route{Criminal, Civil, Fund} }

// Label is the route's short name.
func (r Route) Label() string {
	switch r {
	case Criminal:
		return "Strafrecht"
	case Civil:
		return "Civiel"
	default:
		return "Schadefonds"
	}
}

// Table is the comparator: rows of three cells, and the sources they name.
type Table struct {
	Compiled string            `json:"opgesteld"` // when it was written down, yyyy-mm-dd
	Sources  map[string]Source `json:"bronnen"`
	Rows     []Row             `json:"rijen"`
}

// Source is where something stands. Date is as far as the source tells.
type Source struct {
	Title string `json:"titel"`
	URL   string `json:"url"`
	Date  string `json:"datum"` // in words; empty: it tells none
}

// Row is one question, answered for each route.
type Row struct {
	Key   string         `json:"rij"` // also its anchor, «duur»
	Label string         `json:"label"`
	Cells map[Route]Cell `json:"cellen"`
}

// Status says how sure the shipped text of a cell is.
type Status string

// The statuses of a cell.
const (
	Confirmed Status = "bevestigd"
	Partly    Status = "deels"          // a part of it is not confirmed, and says so
	ToCheck   Status = "te_controleren" // no source, or none with a date
)

// Cell is what holds for one route. Dates are yyyy-mm-dd; one that nobody gave
// is empty.
type Cell struct {
	Text        string   `json:"tekst"`
	ValidFrom   string   `json:"geldig_per"`
	CheckedOn   string   `json:"gecontroleerd_op"`
	CheckBefore string   `json:"controleren_voor"`
	Sources     []string `json:"bronnen"`
	Status      Status   `json:"status"`
	Links       []Link   `json:"links"` // to amounts that change
}

// Link leads to what is better read at its source.
type Link struct {
	Text string `json:"tekst"`
	URL  string `json:"url"`
}

// Keys of the rows that are told apart: the guide's reasons.
const (
	rowCondition = "hoofdvoorwaarde"
	rowAdvantage = "voordeel"
)

// LoadTable reads the shipped comparator and refuses one with a hole in it.
func LoadTable() (*Table, error) {
	t := &Table{}
	if err := strictly(compareData, t); err != nil {
		return nil, fmt.Errorf("comparator: %w", err)
	}
	seen := map[string]bool{}
	for _, r := range t.Rows {
		if r.Key == "" || r.Label == "" || len(r.Cells) != len(All()) || seen[r.Key] {
			return nil, fmt.Errorf("comparator: row %q is not whole, or stands there twice", r.Key)
		}
		seen[r.Key] = true
		for _, route := range All() {
			if err := t.checkCell(r.Cells[route]); err != nil {
				return nil, fmt.Errorf("comparator: cell %s-%s: %w", r.Key, route, err)
			}
		}
	}
	return t, nil
}

// unsure marks a part of a text that is not confirmed.
const unsure = "(te controleren)"

func (t *Table) checkCell(c Cell) error {
	for _, day := range []string{c.ValidFrom, c.CheckedOn, c.CheckBefore} {
		if _, err := time.Parse(time.DateOnly, day); day != "" && err != nil {
			return err
		}
	}
	for _, s := range c.Sources {
		if !strings.HasPrefix(t.Sources[s].URL, "https://") {
			return fmt.Errorf("source %s is unknown", s)
		}
	}
	switch {
	case c.Text == "":
		return fmt.Errorf("no text")
	case !slices.Contains([]Status{Confirmed, Partly, ToCheck}, c.Status):
		return fmt.Errorf("status %q", c.Status)
	case (c.ValidFrom == "" || len(c.Sources) == 0) && c.Status != ToCheck:
		return fmt.Errorf("without a date or source it is to be checked")
	case c.Status == Confirmed && strings.Contains(c.Text, unsure):
		return fmt.Errorf("says itself that it is not confirmed")
	}
	return nil
}

// row gives the row with the key; ok is false when there is none.
func (t *Table) row(key string) (r Row, ok bool) {
	i := slices.IndexFunc(t.Rows, func(r Row) bool { return r.Key == key })
	if i < 0 {
		return Row{}, false
	}
	return t.Rows[i], true
}

// Reasons are why one would take a route: what is good about it, and what it
// asks.
func (t *Table) Reasons(r Route) (advantage, condition string) {
	a, _ := t.row(rowAdvantage)
	c, _ := t.row(rowCondition)
	return a.Cells[r].Text, c.Cells[r].Text
}
