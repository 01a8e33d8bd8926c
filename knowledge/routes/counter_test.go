package routes_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"ruggespraak/internal/fault"
	"ruggespraak/knowledge/routes"
	"ruggespraak/people"
	"ruggespraak/store"
	"ruggespraak/store/sqlite"
)

var (
	ctx     = context.Background()
	chair   = people.Viewer{Account: "a", Role: people.Chair}
	second  = people.Viewer{Account: "b", Role: people.Chair}
	visitor = people.Viewer{}
)

type hand struct{ at time.Time }

func (h *hand) now() time.Time { return h.at }

func newCounter(t *testing.T) (*routes.Counter, *hand, store.DB) {
	t.Helper()
	db, err := sqlite.Open(":memory:")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	h := &hand{time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)}
	return mustOpen(t, db, h), h, db
}

func mustOpen(t *testing.T, db store.DB, h *hand) *routes.Counter {
	t.Helper()
	c, err := routes.New(ctx, routes.Options{DB: db, Now: h.now})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestComparatorIsWhole(t *testing.T) {
	c, _, _ := newCounter(t)
	rows, err := c.Rows(ctx, visitor)
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	for _, r := range rows {
		keys = append(keys, r.Key)
		for _, cell := range r.Cells {
			if cell.Checked || cell.CheckedOn != "" {
				t.Errorf("%s-%s is checked before anybody did", r.Key, cell.Route)
			}
			if cell.ValidFrom == "" && cell.Status != routes.ToCheck {
				t.Errorf("%s-%s has no date and is %s", r.Key, cell.Route, cell.Status)
			}
		}
	}
	const want = "voor_wie hoofdvoorwaarde bewijs kosten duur wat wie_int risico belasting combineren geen_aangifte dader_onbekend " +
		"geen_verblijf minderjarig specialist eerste_stap contact voordeel nadeel"
	if got := strings.Join(keys, " "); got != want {
		t.Errorf("rows = %s, want %s", got, want)
	}
}

// No source stands behind five cells; a number of a fact stands behind others.
func TestUnsupportedCellsSaySo(t *testing.T) {
	c, _, _ := newCounter(t)
	for _, id := range []string{"geen_aangifte/straf", "geen_aangifte/civiel", "minderjarig/straf", "contact/straf", "contact/civiel"} {
		key, route, _ := strings.Cut(id, "/")
		_, cell := mustCell(t, c, visitor, key, routes.Route(route))
		if cell.Status != routes.ToCheck || !strings.Contains(cell.Text, "(te controleren)") || len(cell.Sources) > 0 {
			t.Errorf("cell %s = %+v, want it to be checked", id, cell)
		}
	}
}

func mustCell(t *testing.T, c *routes.Counter, v people.Viewer, key string, r routes.Route) (string, routes.SeenCell) {
	t.Helper()
	label, cell, err := c.Cell(ctx, v, key, r)
	if err != nil {
		t.Fatalf("Cell(%s, %s) = %v", key, r, err)
	}
	return label, cell
}

var dates = routes.Dates{ValidFrom: "2026-11-20", CheckBefore: "2027-05-20"}

func TestTwoChairsCheckACell(t *testing.T) {
	c, h, _ := newCounter(t)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	look := func(v people.Viewer) routes.SeenCell {
		t.Helper()
		_, cell := mustCell(t, c, v, "risico", routes.Criminal)
		return cell
	}
	if before := look(visitor); !before.Expired || before.ValidFrom != "2019-05-02" {
		t.Errorf("as shipped = %+v, want it past its date", before.Standing)
	}
	must(c.Confirm(ctx, chair, "risico", routes.Criminal, dates))
	must(c.Confirm(ctx, chair, "risico", routes.Criminal, dates))
	if one := look(visitor); one.Checked || one.ValidFrom != "2019-05-02" || one.By != nil {
		t.Errorf("after one chair, twice = %+v, want it as shipped", one.Standing)
	}
	if one := look(second); len(one.By) != 1 || one.Said != dates {
		t.Errorf("the second chair sees %+v, want what the first said", one.Standing)
	}
	must(c.Confirm(ctx, second, "risico", routes.Criminal, routes.Dates{ValidFrom: "2026-11-21", CheckBefore: "2027-05-20"}))
	if other := look(visitor); other.Checked {
		t.Error("two chairs with other dates count as one text checked")
	}
	must(c.Confirm(ctx, chair, "risico", routes.Criminal, routes.Dates{ValidFrom: "2026-11-21", CheckBefore: "2027-05-20"}))
	got := look(visitor)
	if !got.Checked || got.Expired || got.ValidFrom != "2026-11-21" || got.CheckedOn != "2026-11-23" || got.By != nil {
		t.Errorf("after two chairs = %+v", got.Standing)
	}
	h.at = h.at.AddDate(0, 6, 0)
	if late := look(visitor); !late.Expired {
		t.Errorf("six months later = %+v, want it past its date", late.Standing)
	}
	must(c.Confirm(ctx, second, "risico", routes.Criminal, routes.Dates{ValidFrom: "2026-11-21", CheckBefore: "2027-08-01"}))
	if again := look(visitor); !again.Checked || again.Expired || again.CheckedOn != "2027-05-23" {
		t.Errorf("dated anew by one chair = %+v", again.Standing)
	}
	if _, other := mustCell(t, c, visitor, "risico", routes.Civil); other.Checked {
		t.Error("the cell beside it is checked too")
	}
}

func TestOnlyAChairConfirms(t *testing.T) {
	c, _, _ := newCounter(t)
	for _, role := range []people.Role{people.Visitor, people.Coordinator, people.SOMMember, people.TaskForce, people.Administrator} {
		v := people.Viewer{Account: "x", Role: role}
		if err := c.Confirm(ctx, v, "risico", routes.Criminal, dates); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("Confirm as %s = %v, want forbidden", role, err)
		}
		if err := c.ConfirmGuide(ctx, v, dates); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("ConfirmGuide as %s = %v, want forbidden", role, err)
		}
	}
	if err := c.Confirm(ctx, chair, "nergens", routes.Criminal, dates); fault.KindOf(err) != fault.NotFound {
		t.Errorf("Confirm of no cell = %v, want not found", err)
	}
	for _, d := range []routes.Dates{{"", dates.CheckBefore}, {"2026-11-24", dates.CheckBefore}, {"2026-11-20", "2026-11-23"}, {"2026-11-20", "2027-05-24"}, {"2026-02-30", "x"}} {
		if err := c.Confirm(ctx, chair, "risico", routes.Criminal, d); fault.KindOf(err) != fault.Invalid {
			t.Errorf("Confirm with %+v = %v, want invalid", d, err)
		}
	}
}

func TestGuideIsReviewedToo(t *testing.T) {
	c, _, _ := newCounter(t)
	for _, v := range []people.Viewer{chair, second} {
		if s, err := c.GuideStanding(ctx, visitor); err != nil || s.Checked {
			t.Fatalf("GuideStanding = %+v, %v, want it unchecked", s, err)
		}
		if err := c.ConfirmGuide(ctx, v, dates); err != nil {
			t.Fatal(err)
		}
	}
	if s, err := c.GuideStanding(ctx, visitor); err != nil || !s.Checked {
		t.Errorf("GuideStanding after two chairs = %+v, %v", s, err)
	}
}

// What one instance seals another opens, for this session and half an hour; the
// length tells nothing, and nothing but the key is stored.
func TestAnswersAreSealed(t *testing.T) {
	c, h, db := newCounter(t)
	walk := routes.Walk{Begun: h.at, Answers: routes.Answers{1: "eu", 3: "mh", 6: "veroordeeld"}}
	sealed := c.Seal(walk, "sessie")
	other := mustOpen(t, db, h)
	if got := other.Unseal(sealed, "sessie"); got.Answers[6] != "veroordeeld" || len(got.Answers) != 3 || !got.Begun.Equal(h.at) {
		t.Errorf("Unseal at another instance = %+v, want %+v", got, walk)
	}
	if got := c.Unseal(sealed, "andere sessie"); got.Answers != nil {
		t.Errorf("another session opens it: %+v", got)
	}
	if got := c.Unseal(sealed[:len(sealed)-2]+"AA", "sessie"); got.Answers != nil {
		t.Errorf("a changed seal opens: %+v", got)
	}
	if one := c.Seal(routes.Walk{Begun: h.at, Answers: routes.Answers{1: "nl"}}, "sessie"); len(one) != len(sealed) {
		t.Errorf("one answer takes %d characters, three take %d", len(one), len(sealed))
	}
	h.at = h.at.Add(routes.KeptFor - time.Second)
	if got := c.Unseal(sealed, "sessie"); got.Answers == nil {
		t.Error("it does not open after 29 minutes and 59 seconds")
	}
	h.at = h.at.Add(time.Second)
	if got := c.Unseal(sealed, "sessie"); got.Answers != nil {
		t.Errorf("it opens after half an hour: %+v", got)
	}
}
