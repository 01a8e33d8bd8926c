package storetest

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"

	"ruggespraak/store"
)

func plainByteOrder(t *testing.T, db store.DB) {
	byteOrder(t, db, []string{"", " ", "!", "0", "10", "2", "A", "B", "Z", "_", "a", "ab", "b", "e\u0301", "z", "~", "é", "ĳ", "ﬃ", "ￒ"})
}

func oddByteOrder(t *testing.T, db store.DB) {
	byteOrder(t, db, []string{"a", "\ud7ff", "\ue000", "￮", "\uffff", "😀", "𝒳", "\U0010ffff"})
}

func byteOrder(t *testing.T, db store.DB, values []string) {
	var wantUp []string
	sorted := slices.Clone(values)
	slices.Sort(sorted)
	for _, v := range sorted {
		wantUp = append(wantUp, "id "+v)
	}
	for i := range values { // not in order
		v := values[(i*7+3)%len(values)]
		insert(t, db, thing("id "+v, "red", v))
	}
	wantDown := slices.Clone(wantUp)
	slices.Reverse(wantDown)
	for _, q := range []store.Query{by("number"), equal(by("color", "number"), "red"), by()} {
		same(t, fmt.Sprint("up ", q.Order), ids(t, db, limit(q, 3)), wantUp)
		same(t, fmt.Sprint("down ", q.Order), ids(t, db, desc(limit(q, 3))), wantDown)
	}
	for i, v := range sorted {
		q := by("number")
		q.From = v
		same(t, fmt.Sprintf("from %q", v), ids(t, db, q), wantUp[i:])
	}
	cells, err := db.Tally(t.Context(), Kind.Name, by("number"), "number")
	must(t, err)
	for i, c := range cells {
		same(t, "Tally", c, store.Cell{Values: sorted[i : i+1], N: 1})
	}
}

func pages(t *testing.T, db store.DB) {
	var all []string
	for i := range 23 {
		id := fmt.Sprintf("%02d", i)
		insert(t, db, thing(id, []string{"red", "blue"}[i%2], fmt.Sprint(i/6))) // many equal numbers
		all = append(all, id)
	}
	down := slices.Clone(all)
	slices.Reverse(down)
	for _, n := range []int{0, 1, 2, 5, 22, 23, 24, store.MaxPage} {
		same(t, fmt.Sprint("by number, pages of ", n), ids(t, db, limit(by("number"), n)), all)
		same(t, fmt.Sprint("down, pages of ", n), ids(t, db, desc(limit(by("number"), n))), down)
		same(t, fmt.Sprint("by id, pages of ", n), ids(t, db, limit(by(), n)), all)
		same(t, fmt.Sprint("by id down, pages of ", n), ids(t, db, desc(limit(by(), n))), down)
	}
	q := limit(equal(by("color", "number"), "red"), 3)
	same(t, "red", ids(t, db, q), []string{"00", "02", "04", "06", "08", "10", "12", "14", "16", "18", "20", "22"})
	same(t, "red, number 1, down", ids(t, db, desc(equal(q, "red", "1"))), []string{"10", "08", "06"})
	p, err := db.Find(t.Context(), Kind.Name, q)
	must(t, err)
	if d := p.Docs[1]; d.Version != 1 || string(d.Row) != "row of 02" || d.Body != nil || d.Keys != nil {
		t.Errorf("Find without bodies gave %+v", d)
	}
}

func ranges(t *testing.T, db store.DB) {
	for i := range 10 {
		insert(t, db, thing(fmt.Sprint("a", i), "red", fmt.Sprint(i)), thing(fmt.Sprint("b", i), "blue", fmt.Sprint(i)))
	}
	q := equal(by("color", "number"), "red")
	q.From, q.To = "3", "6"
	for _, n := range []int{1, 2, 10} {
		same(t, "3 <= number < 6", ids(t, db, limit(q, n)), []string{"a3", "a4", "a5"})
		same(t, "the same down", ids(t, db, desc(limit(q, n))), []string{"a5", "a4", "a3"})
	}
	q.To = ""
	same(t, "from 3", ids(t, db, limit(q, 2)), []string{"a3", "a4", "a5", "a6", "a7", "a8", "a9"})
	q.From, q.To = "", "2"
	same(t, "to 2, down", ids(t, db, desc(limit(q, 1))), []string{"a1", "a0"})
	q.From, q.To = "5", "5"
	same(t, "empty range", ids(t, db, q), []string(nil))
	q.From, q.To = "7", "2"
	same(t, "range the wrong way round", ids(t, db, q), []string(nil))
	first := by("color", "number")
	first.From, first.To, first.Limit = "c", "s", 4
	same(t, "range on the first key", ids(t, db, first), []string{"a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9"})
	n, err := db.Count(t.Context(), Kind.Name, first)
	if n != 10 || err != nil {
		t.Errorf("Count = %d, %v, want 10", n, err)
	}
}

func sparseKeys(t *testing.T, db store.DB) {
	insert(t, db,
		store.Doc{ID: "both", Keys: store.Keys{"color": {"red"}, "number": {"1"}}},
		store.Doc{ID: "color", Keys: store.Keys{"color": {"red"}}},
		store.Doc{ID: "number", Keys: store.Keys{"number": {"1"}, "other": {"x"}}},
		store.Doc{ID: "neither"})
	same(t, "by color and number", ids(t, db, by("color", "number")), []string{"both"})
	same(t, "the same down", ids(t, db, desc(by("color", "number"))), []string{"both"})
	same(t, "color red", ids(t, db, equal(by("color", "number"), "red")), []string{"both"})
	same(t, "by number", ids(t, db, limit(by("number"), 1)), []string{"both", "number"})
	same(t, "by id", ids(t, db, by()), []string{"both", "color", "neither", "number"})
	n, err := db.Count(t.Context(), Kind.Name, equal(by("color", "number"), "red"))
	if n != 1 || err != nil {
		t.Errorf("Count = %d, %v, want 1", n, err)
	}
	cells, err := db.Tally(t.Context(), Kind.Name, by("color", "number"), "color")
	must(t, err)
	same(t, "Tally", cells, []store.Cell{{Values: []string{"red"}, N: 1}})
}

func severalValues(t *testing.T, db store.DB) {
	insert(t, db,
		thing("1", "red", "1", "b", "a", "b"), thing("2", "red", "2", "a"), thing("3", "blue", "3", "b"), thing("4", "blue", "0"))
	same(t, "tag a", ids(t, db, limit(equal(by("tag", "number"), "a"), 1)), []string{"1", "2"})
	same(t, "tag b, down", ids(t, db, desc(limit(equal(by("tag", "number"), "b"), 1))), []string{"3", "1"})
	same(t, "red and tag a", ids(t, db, equal(by("color", "tag", "number"), "red", "a")), []string{"1", "2"})
	_, err := db.Find(t.Context(), Kind.Name, by("tag", "number"))
	want(t, "Find without a tag", err, store.ErrQuery)
	_, err = db.Count(t.Context(), Kind.Name, equal(by("color", "tag", "number"), "red"))
	want(t, "Count without a tag", err, store.ErrQuery)
	n, err := db.Count(t.Context(), Kind.Name, equal(by("tag", "number"), "b"))
	if n != 2 || err != nil {
		t.Errorf("Count of tag b = %d, %v, want 2", n, err)
	}
	d := thing("1", "red", "1", "c")
	d.Version = 1
	must(t, db.Replace(t.Context(), Kind.Name, d))
	same(t, "tag a after a replace", ids(t, db, equal(by("tag", "number"), "a")), []string{"2"})
	same(t, "tag c after a replace", ids(t, db, equal(by("tag", "number"), "c")), []string{"1"})
	want(t, "two keys with several values", db.Declare(t.Context(), store.Kind{
		Name: "pair", Orders: []store.Order{{"a", "b"}}, Several: []string{"a", "b"}}), store.ErrQuery)
}

func changedKeys(t *testing.T, db store.DB) {
	insert(t, db, thing("1", "red", "5", "a", "b"))
	steps := []store.Doc{
		thing("1", "red", "5", "a", "b"),
		thing("1", "red", "6", "b", "c"),
		thing("1", "blue", "6"),
		{ID: "1"},
		thing("1", "green", "7", "z"),
	}
	for i, d := range steps {
		d.Version = int64(i) + 1
		must(t, db.Replace(t.Context(), Kind.Name, d))
		for _, v := range []string{"red", "blue", "green"} {
			same(t, fmt.Sprint(i, " color ", v), found(t, db, equal(by("color", "number"), v)), has(d, "color", v))
		}
		for _, v := range []string{"a", "b", "c", "z"} {
			same(t, fmt.Sprint(i, " tag ", v), found(t, db, equal(by("tag", "number"), v)), has(d, "tag", v))
		}
	}
}

func found(t *testing.T, db store.DB, q store.Query) bool { return len(ids(t, db, q)) == 1 }

func has(d store.Doc, key, value string) bool { return slices.Contains(d.Keys[key], value) }

// cursorUnderChange: what is there all the while is on exactly one page, in
// order, whatever comes and goes between two pages.
func cursorUnderChange(t *testing.T, db store.DB) {
	var stay []string
	for i := range 20 {
		id := fmt.Sprintf("stay%02d", i)
		insert(t, db, thing(id, "red", fmt.Sprintf("%02d", i)))
		stay = append(stay, id)
	}
	var got []string
	q := limit(by("number"), 3)
	for round := 0; ; round++ {
		p, err := db.Find(t.Context(), Kind.Name, q)
		must(t, err)
		for _, d := range p.Docs {
			got = append(got, d.ID)
		}
		if p.Next == "" {
			break
		}
		last := p.Docs[len(p.Docs)-1]
		insert(t, db, thing(fmt.Sprint("early", round), "red", "00"), thing(fmt.Sprint("was late ", round), "red", "99"))
		if !strings.HasPrefix(last.ID, "stay") {
			must(t, db.Delete(t.Context(), Kind.Name, last.ID, 1)) // the document the cursor stands on
		}
		q.After = p.Next
	}
	if !slices.IsSorted(got) {
		t.Errorf("pages out of order: %q", got)
	}
	same(t, "what stayed", slices.DeleteFunc(got, func(id string) bool { return !strings.HasPrefix(id, "stay") }), stay)
}

func foreignCursors(t *testing.T, db store.DB) {
	for i := range 6 {
		insert(t, db, thing(fmt.Sprint(i), "red", fmt.Sprint(i)))
	}
	p, err := db.Find(t.Context(), Kind.Name, limit(by("number"), 2))
	must(t, err)
	ofTwo, err := db.Find(t.Context(), Kind.Name, limit(by("color", "number"), 2))
	must(t, err)
	raw := func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }
	for _, after := range []string{
		"x", "!!", p.Next + "A", p.Next[1:], ofTwo.Next, raw(`["1"]`), raw(`["1","2","3"]`), raw(`["1",""]`),
		raw(`[ "1","2"]`), raw(`{"a":1}`), raw(`null`), raw(`[1,2]`), raw(`["a\u0000","b"]`),
		raw(`["` + strings.Repeat("x", store.MaxKey+1) + `","b"]`), strings.Repeat("A", 100_000),
	} {
		q := by("number")
		q.After = after
		_, err := db.Find(t.Context(), Kind.Name, q)
		want(t, fmt.Sprintf("Find after %.40q", after), err, store.ErrCursor)
	}
	outside := by("number")
	outside.From, outside.After = "4", p.Next
	_, err = db.Find(t.Context(), Kind.Name, outside)
	want(t, "Find after a cursor before the range", err, store.ErrCursor)
}

func misfitQueries(t *testing.T, db store.DB) {
	for _, q := range []store.Query{
		by("nope"), by("number", "color"), by("color"), equal(by("number"), "1", "2"), equal(by(), "1"),
		limit(by("number"), -1), limit(by("number"), store.MaxPage+1),
		{Order: store.Order{"number"}, Equal: []string{"1"}, From: "2"},
		{From: "a"}, {To: "a"},
		{Order: store.Order{"number"}, From: "\xff"}, {Order: store.Order{"number"}, To: "a\x00"},
	} {
		_, err := db.Find(t.Context(), Kind.Name, q)
		want(t, fmt.Sprintf("Find(%+v)", q), err, store.ErrQuery)
		_, err = db.Count(t.Context(), Kind.Name, q)
		want(t, fmt.Sprintf("Count(%+v)", q), err, store.ErrQuery)
	}
	for _, keys := range [][]string{nil, {"number"}, {"color", "number", "x"}, {"tag"}} {
		_, err := db.Tally(t.Context(), Kind.Name, by("color", "number"), keys...)
		want(t, fmt.Sprintf("Tally by %v", keys), err, store.ErrQuery)
	}
	_, err := db.Tally(t.Context(), Kind.Name, by("color", "tag", "number"), "color")
	want(t, "Tally that leaves tags open", err, store.ErrQuery)
	_, err = db.Find(t.Context(), "nope", by())
	want(t, "Find of an undeclared kind", err, store.ErrQuery)
	for _, name := range []string{"", "Thing", "a b", "a\"", "_x", "a.b", "$a"} {
		want(t, fmt.Sprintf("Declare(%q)", name), db.Declare(t.Context(), store.Kind{Name: name}), store.ErrQuery)
	}
	same(t, "order given twice", db.Declare(t.Context(), store.Kind{
		Name: "twice", Orders: []store.Order{{"a"}, {"a"}, {}}}), error(nil))
}

func impossibleValues(t *testing.T, db store.DB) {
	insert(t, db, thing("1", "red", "1"))
	for _, v := range []string{"\xff", "red\x00", strings.Repeat("x", store.MaxKey+1), `{"$gt":""}`, "$where", "' OR 1=1 --"} {
		q := equal(by("color", "number"), v)
		same(t, fmt.Sprintf("Find %.20q", v), ids(t, db, q), []string(nil))
		n, err := db.Count(t.Context(), Kind.Name, q)
		if n != 0 || err != nil {
			t.Errorf("Count(%.20q) = %d, %v", v, n, err)
		}
		cells, err := db.Tally(t.Context(), Kind.Name, q, "number")
		if len(cells) != 0 || err != nil {
			t.Errorf("Tally(%.20q) = %v, %v", v, cells, err)
		}
	}
}

func tallyAndCount(t *testing.T, db store.DB) {
	colors := []string{"blue", "green", "red"}
	for i := range 12 {
		insert(t, db, thing(fmt.Sprint(i), colors[i%3], fmt.Sprint(i%2), []string{"a", "b", "c"}[:i%4]...))
	}
	for _, c := range []struct {
		q    store.Query
		by   []string
		want []store.Cell
	}{
		{by("color", "number"), []string{"color"}, cells("blue", 4, "green", 4, "red", 4)},
		{by("color", "number"), []string{"color", "number"}, cells("blue 0", 2, "blue 1", 2, "green 0", 2, "green 1", 2, "red 0", 2, "red 1", 2)},
		{equal(by("color", "number"), "red"), []string{"number"}, cells("0", 2, "1", 2)},
		{by("tag", "number"), []string{"tag"}, cells("a", 9, "b", 6, "c", 3)},
		{by("tag", "number"), []string{"tag", "number"}, cells("a 0", 3, "a 1", 6, "b 0", 3, "b 1", 3, "c 1", 3)},
		{equal(by("tag", "number"), "b"), []string{"number"}, cells("0", 3, "1", 3)},
		{equal(by("color", "tag", "number"), "red"), []string{"tag"}, cells("a", 3, "b", 2, "c", 1)},
		{store.Query{Order: store.Order{"tag", "number"}, From: "b", To: "c"}, []string{"tag"}, cells("b", 6)},
		{store.Query{Order: store.Order{"color", "number"}, From: "c"}, []string{"color"}, cells("green", 4, "red", 4)},
		{equal(by("color", "number"), "purple"), []string{"number"}, nil},
	} {
		got, err := db.Tally(t.Context(), Kind.Name, c.q, c.by...)
		must(t, err)
		same(t, fmt.Sprintf("Tally(%+v, %v)", c.q, c.by), got, c.want)
	}
	for _, c := range []struct {
		q    store.Query
		want int
	}{
		{by(), 12}, {by("number"), 12}, {equal(by("number"), "1"), 6}, {equal(by("color", "number"), "red"), 4},
		{equal(by("tag", "number"), "a"), 9}, {limit(by("number"), 2), 12},
	} {
		if n, err := db.Count(t.Context(), Kind.Name, c.q); n != c.want || err != nil {
			t.Errorf("Count(%+v) = %d, %v, want %d", c.q, n, err, c.want)
		}
	}
}

func dollarTally(t *testing.T, db store.DB) {
	insert(t, db, thing("1", "$color", "$$ROOT", "$k.color"), thing("2", "$color", "{$ne:1}", "$"))
	got, err := db.Tally(t.Context(), Kind.Name, by("color", "number"), "color", "number")
	must(t, err)
	same(t, "Tally", got, cells("$color $$ROOT", 1, "$color {$ne:1}", 1))
	got, err = db.Tally(t.Context(), Kind.Name, by("tag", "number"), "tag")
	must(t, err)
	same(t, "Tally of tags", got, cells("$", 1, "$k.color", 1))
}

func cells(pairs ...any) (out []store.Cell) {
	for i := 0; i < len(pairs); i += 2 {
		out = append(out, store.Cell{Values: strings.Fields(pairs[i].(string)), N: pairs[i+1].(int)})
	}
	return out
}

func changedDeclaration(t *testing.T, db store.DB) {
	for i := range 1203 { // more than two steps of a build
		insert(t, db, thing(fmt.Sprintf("%04d", i), []string{"red", "blue"}[i%2], fmt.Sprint(i%10), fmt.Sprint("t", i%3)))
	}
	k := Kind
	k.Orders = []store.Order{{"number", "color"}, {"tag", "color"}}
	must(t, db.Declare(t.Context(), k))
	q := limit(equal(by("number", "color"), "4", "red"), 50)
	if got := ids(t, db, q); len(got) != 120 || got[0] != "0004" {
		t.Errorf("new order found %d documents", len(got))
	}
	n, err := db.Count(t.Context(), Kind.Name, equal(by("tag", "color"), "t2"))
	if n != 401 || err != nil {
		t.Errorf("Count = %d, %v, want 401", n, err)
	}
	_, err = db.Find(t.Context(), Kind.Name, by("number"))
	want(t, "Find by an order of before", err, store.ErrQuery)
	must(t, db.Delete(t.Context(), Kind.Name, "0004", 1))
	must(t, db.Declare(t.Context(), Kind))
	if got := ids(t, db, by("number")); len(got) != 1202 {
		t.Errorf("order of before, declared again, found %d documents, want 1202", len(got))
	}
}
