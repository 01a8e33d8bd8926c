package bundles_test

import (
	"testing"

	"pgregory.net/rapid"

	"ruggespraak/internal/fault"
	"ruggespraak/meetings/bundles"
	"ruggespraak/meetings/signals"
)

// A point without an answer blocks the edition until it has a date.
func TestUnansweredPointBlocks(t *testing.T) {
	h := newHouse(t, 2)
	number := h.sent(bundles.SOM, h.share(h.field[0], signals.Members), h.share(h.field[1], signals.Members))
	h.answer(number, 1, bundles.TakenUp, signals.NoOutcome)
	p, err := h.desk.Prepare(h.ctx, h.chair, number)
	h.ok(err)
	items := map[string]bundles.ItemDraft{}
	for _, it := range p.Items {
		items[it.Point] = bundles.ItemDraft{Gave: "Tolken ontbreken.", Now: "Het SOM zoekt een beheerder."}
	}
	h.ok(h.desk.SaveEdition(h.ctx, h.chair, number, p.Rev, items, nil))
	prepared := func() *bundles.Preparation {
		p, err := h.desk.Prepare(h.ctx, h.chair, number)
		h.ok(err)
		return p
	}
	p = prepared()
	h.refuses("without a date", h.publish(number, p.Seen, p.Recipients), fault.Invalid)
	open := p.Items[1].Point
	items[open] = bundles.ItemDraft{Gave: "Tolken ontbreken.", More: h.today()}
	h.ok(h.desk.SaveEdition(h.ctx, h.chair, number, p.Rev, items, nil))
	h.refuses("with today", h.publish(number, prepared().Seen, p.Recipients), fault.Invalid)
	items[open] = bundles.ItemDraft{Gave: "Tolken ontbreken.", More: h.today().AddMonths(1)}
	h.ok(h.desk.SaveEdition(h.ctx, h.chair, number, p.Rev+1, items, nil))
	p = prepared()
	h.refuses("another number of recipients", h.publish(number, p.Seen, p.Recipients+1), fault.Conflict)
	h.answer(number, 1, bundles.MoreFirst, signals.NoOutcome)
	h.refuses("another answer than previewed", h.publish(number, p.Seen, p.Recipients), fault.Conflict)
	h.ok(h.publish(number, prepared().Seen, p.Recipients))
	h.drain()
	f, err := h.desk.ReadFeedback(h.ctx, h.field[1], number, 1)
	h.ok(err)
	if len(f.Items) != 2 || f.Items[1].Answer != nil || f.Items[1].More == "" || !f.Items[1].Yours || f.Items[0].Yours {
		t.Errorf("the second coordinator reads %+v, want the open point as the own one, with its day", f.Items)
	}
	// the next edition has only what was not fed back
	h.answer(number, 2, bundles.NotTaken, signals.NoOutcome)
	h.feedBack(number)
	f, err = h.desk.ReadFeedback(h.ctx, h.field[1], number, 2)
	h.ok(err)
	if len(f.Items) != 1 || f.Items[0].N != 2 {
		t.Errorf("second edition = %+v, want point 2 only", f.Items)
	}
	if n := h.notices(h.field[0], bundles.NoticeFeedback); n != 1 {
		t.Errorf("the first coordinator has %d notices, want 1: the second edition is not about that point", n)
	}
}

func TestRetractLeavesCorrection(t *testing.T) {
	h := newHouse(t, 1)
	number := h.sent(bundles.SOM, h.share(h.field[0], signals.Members))
	h.answer(number, 1, bundles.TakenUp, signals.NoOutcome)
	h.feedBack(number)
	h.refuses("by a coordinator", h.desk.Retract(h.ctx, h.field[0], number, 1, "Fout", nil), fault.Forbidden)
	h.ok(h.desk.Retract(h.ctx, h.chair, number, 1, "Het antwoord was nog niet vastgesteld.", nil))
	h.drain()
	f, err := h.desk.ReadFeedback(h.ctx, h.field[0], number, 1)
	h.ok(err)
	if f.Corrected == "" || f.Changed == "" || len(f.Items) != 0 {
		t.Errorf("feedback = %+v, want the correction alone", f)
	}
	if p, err := h.desk.ReadPoint(h.ctx, h.field[0], number, 1); err != nil || p.Answer != nil {
		t.Errorf("coordinator reads answer %v, %v after the correction, want none", p.Answer, err)
	}
	h.answer(number, 1, bundles.NotTaken, signals.NoOutcome)
	h.feedBack(number)
	if n := h.notices(h.field[0], bundles.NoticeFeedback) + h.notices(h.field[0], bundles.NoticeCorrected); n != 3 {
		t.Errorf("%d notices, want 3: feedback, correction, feedback", n)
	}
	f, err = h.desk.ReadFeedback(h.ctx, h.field[0], number, 1)
	h.ok(err)
	if f.Newer != 2 {
		t.Errorf("corrected edition leads to edition %d, want 2", f.Newer)
	}
}

// Recipients are contributors and supporters, each once, withdrawn ones left
// out: for any world the number published, shown and told is the same.
func TestRecipients(t *testing.T) {
	var h *house
	worlds := 0
	rapid.Check(t, func(rt *rapid.T) {
		if worlds%20 == 0 { // some worlds share a house: each adds a bundle of its own
			h = newHouse(t, 4)
		}
		worlds++
		before := make([]int, len(h.field))
		for i, v := range h.field {
			before[i] = h.notices(v, bundles.NoticeFeedback)
		}
		points := rapid.IntRange(1, 3).Draw(rt, "points")
		type share struct {
			id      string
			author  int
			support []int
		}
		var shares []share
		var ids []string
		for range points {
			s := share{author: rapid.IntRange(0, 3).Draw(rt, "author")}
			s.id = h.share(h.field[s.author], signals.Members)
			for i := range h.field {
				if i != s.author && rapid.Bool().Draw(rt, "supports") {
					h.ok(h.book.Recognise(h.ctx, h.field[i], s.id, signals.NotApproachable))
					s.support = append(s.support, i)
				}
			}
			shares, ids = append(shares, s), append(ids, s.id)
		}
		number := h.sent(bundles.SOM, ids...)
		want := map[int]bool{}
		for i, s := range shares {
			if i > 0 && rapid.Bool().Draw(rt, "withdrawn") {
				h.ok(h.book.Withdraw(h.ctx, h.field[s.author], s.id))
				continue
			}
			want[s.author] = true
			for _, k := range s.support {
				want[k] = true
			}
		}
		for i := range shares {
			h.answer(number, i+1, bundles.MoreFirst, signals.NoOutcome)
		}
		h.writeEdition(number)
		p, err := h.desk.Prepare(h.ctx, h.chair, number)
		h.ok(err)
		if p.Recipients != len(want) {
			rt.Fatalf("Prepare shows %d recipients, want %d", p.Recipients, len(want))
		}
		h.ok(h.publish(number, p.Seen, p.Recipients))
		h.drain()
		for i, v := range h.field {
			n := h.notices(v, bundles.NoticeFeedback) - before[i]
			if want[i] && n != 1 || !want[i] && n != 0 {
				rt.Fatalf("coordinator %d has %d notices, recipient: %v", i, n, want[i])
			}
		}
	})
}
