package bundles_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ruggespraak/internal/fault"
	"ruggespraak/meetings/bundles"
	"ruggespraak/meetings/signals"
	"ruggespraak/people"
)

// Who finds a bundle, in each state.
func TestReaders(t *testing.T) {
	h := newHouse(t, 1)
	read := func(v people.Viewer, number string) bool {
		_, err := h.desk.Read(h.ctx, v, number)
		if err != nil {
			h.refuses("read", err, fault.NotFound)
		}
		return err == nil
	}
	draft := h.draft(bundles.SOM, h.share(h.field[0], signals.Members))
	if read(h.som, draft) || read(h.field[0], draft) || read(h.tf, draft) {
		t.Error("a draft is readable outside the chair")
	}
	som := h.sent(bundles.SOM, h.share(h.field[0], signals.Members))
	tf := h.sent(bundles.TaskForce, h.share(h.field[0], signals.Members))
	other := h.sent(bundles.Ministry, h.share(h.field[0], signals.Members))
	cases := []struct {
		who            string
		v              people.Viewer
		som, tf, other bool
	}{
		{"coordinator", h.field[0], true, true, true},
		{"SOM member", h.som, true, true, false},
		{"secretariat", h.tf, false, true, false},
	}
	for _, c := range cases {
		if got := read(c.v, som); got != c.som {
			t.Errorf("%s reads a bundle for the SOM: %v, want %v", c.who, got, c.som)
		}
		if got := read(c.v, tf); got != c.tf {
			t.Errorf("%s reads a bundle for the Task Force: %v, want %v", c.who, got, c.tf)
		}
		if got := read(c.v, other); got != c.other {
			t.Errorf("%s reads a bundle for a ministry: %v, want %v", c.who, got, c.other)
		}
		list, err := h.desk.List(h.ctx, c.v)
		h.ok(err)
		var numbers []string
		for _, l := range list {
			numbers = append(numbers, l.Number)
		}
		all := strings.Join(numbers, " ")
		if strings.Contains(all, draft) || strings.Contains(all, som) != c.som || strings.Contains(all, tf) != c.tf || strings.Contains(all, other) != c.other {
			t.Errorf("%s lists %s", c.who, all)
		}
	}
	if n := h.notices(h.som, bundles.NoticeSent); n != 1 {
		t.Errorf("SOM member has %d notices of sent bundles, want 1", n)
	}
	if n := h.notices(h.tf, bundles.NoticeSent); n != 1 {
		t.Errorf("secretariat has %d notices of sent bundles, want 1", n)
	}
}

func TestRecall(t *testing.T) {
	h := newHouse(t, 1)
	number := h.sent(bundles.SOM, h.share(h.field[0], signals.Members))
	h.refuses("without a reason", h.desk.Recall(h.ctx, h.chair, number, " ", nil), fault.Invalid)
	h.refuses("by a SOM member", h.desk.Recall(h.ctx, h.som, number, "Fout", nil), fault.NotFound)
	h.ok(h.desk.Recall(h.ctx, h.chair, number, "In punt 1 stond een fout.", nil))
	h.drain()
	r, err := h.desk.Read(h.ctx, h.som, number)
	h.ok(err)
	if r.State != bundles.Withdrawn || r.Reason == "" || r.Withdrawn == "" || r.Number != number || len(r.Points) != 0 || len(r.Sheet.Points) != 0 {
		t.Errorf("SOM reads %+v, want number, day and reason only", r)
	}
	for _, n := range []int{1, 2} { // of two only the first existed
		p, err := h.desk.ReadPoint(h.ctx, h.som, number, n)
		h.ok(err)
		if diff := cmp.Diff(&bundles.PointView{Number: number, State: bundles.Withdrawn}, p); diff != "" {
			t.Errorf("point %d of a withdrawn bundle (-want +got):\n%s", n, diff)
		}
	}
	_, err = h.desk.ReadPoint(h.ctx, h.tf, number, 1)
	h.refuses("point of another's withdrawn bundle", err, fault.NotFound)
	if n := h.notices(h.som, bundles.NoticeWithdrawn); n != 1 {
		t.Errorf("%d notices of withdrawal, want 1", n)
	}
}

// What the SOM passed on lets go of the draft for the Task Force when the bundle
// it came from is withdrawn: else it could enter no bundle again.
func TestRecallTakesBackWhatWasPassedOn(t *testing.T) {
	h := newHouse(t, 1)
	shared := h.share(h.field[0], signals.Members)
	number := h.sent(bundles.SOM, shared)
	h.answer(number, 1, bundles.ToTaskForce, signals.NoOutcome)
	next := h.nextFor(bundles.TaskForce)
	h.ok(h.desk.Recall(h.ctx, h.chair, number, "In punt 1 stond een fout.", nil))
	h.drain()
	if got := h.inspect(next).Points; len(got) != 0 {
		t.Errorf("the draft for the Task Force keeps %d points, want 0", len(got))
	}
	c, err := h.desk.Candidates(h.ctx, h.chair, h.draft(bundles.SOM))
	h.ok(err)
	if len(c.Loose) != 1 || c.Loose[0].ID != shared {
		t.Errorf("candidates = %+v, want the contribution again", c.Loose)
	}
}

// A point that the SOM passed on can go when nobody waits for it any more, and
// when the SOM said otherwise after the draft was offered.
func TestRemoveWhatWasPassedOn(t *testing.T) {
	for _, tt := range []struct {
		name string
		ends func(h *house, number, shared string)
	}{
		{"author withdrew", func(h *house, _, shared string) { h.ok(h.book.Withdraw(h.ctx, h.field[0], shared)) }},
		{"another answer", func(h *house, number, _ string) { h.answer(number, 1, bundles.NotTaken, signals.NoOutcome) }},
		{"bundle withdrawn", func(h *house, number, _ string) {
			h.ok(h.desk.Recall(h.ctx, h.chair, number, "In punt 1 stond een fout.", nil))
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := newHouse(t, 1)
			shared := h.share(h.field[0], signals.Members)
			number := h.sent(bundles.SOM, shared)
			h.answer(number, 1, bundles.ToTaskForce, signals.NoOutcome)
			next := h.nextFor(bundles.TaskForce)
			h.ok(h.desk.Offer(h.ctx, h.chair, next))
			point := h.inspect(next).Points[0].ID
			h.refuses("while it is awaited", h.desk.Remove(h.ctx, h.chair, next, point), fault.Conflict)
			tt.ends(h, number, shared)
			h.drain()
			h.ok(h.desk.Remove(h.ctx, h.chair, next, point))
		})
	}
}

// Reactions: own ones, of the own body, until the answer.
func TestReactions(t *testing.T) {
	h := newHouse(t, 1)
	number := h.sent(bundles.SOM, h.share(h.field[0], signals.Members))
	h.ok(h.desk.React(h.ctx, h.som, number, 1, bundles.Recognise, "", nil))
	h.ok(h.desk.React(h.ctx, h.som, number, 1, bundles.CanDo, "Wij bereiden een gesprek voor.", nil))
	h.refuses("question without a text", h.desk.React(h.ctx, h.som2, number, 1, bundles.Question, "", nil), fault.Invalid)
	h.refuses("identifier", h.desk.React(h.ctx, h.som2, number, 1, bundles.Question, "Gaat dit over BSN 111222333?", nil), fault.Invalid)
	h.refuses("chair reacts", h.desk.React(h.ctx, h.chair, number, 1, bundles.Recognise, "", nil), fault.Forbidden)
	h.refuses("coordinator reacts", h.desk.React(h.ctx, h.field[0], number, 1, bundles.Recognise, "", nil), fault.Forbidden)
	h.refuses("secretariat reacts", h.desk.React(h.ctx, h.tf, number, 1, bundles.Recognise, "", nil), fault.NotFound)

	seen := func(v people.Viewer) []bundles.ReactionView {
		p, err := h.desk.ReadPoint(h.ctx, v, number, 1)
		h.ok(err)
		return p.Reactions
	}
	if got := seen(h.som2); len(got) != 1 || got[0].Kind != bundles.CanDo || got[0].Own {
		t.Errorf("another SOM member sees %+v, want the one reaction as it is now", got)
	}
	if got := seen(h.chair); len(got) != 1 {
		t.Errorf("chair sees %d reactions, want 1", len(got))
	}
	if got := seen(h.field[0]); len(got) != 0 {
		t.Errorf("coordinator sees %d reactions, want none", len(got))
	}
	h.ok(h.desk.TakeBack(h.ctx, h.som, number, 1))
	if got := seen(h.chair); len(got) != 0 {
		t.Errorf("chair sees %d reactions after withdrawal, want none", len(got))
	}
	h.answer(number, 1, bundles.MoreFirst, signals.NoOutcome)
	h.refuses("after the answer", h.desk.React(h.ctx, h.som, number, 1, bundles.Recognise, "", nil), fault.Conflict)
}

// The answer before it is published: the chair and the body, nobody else.
func TestAnswerBeforePublication(t *testing.T) {
	h := newHouse(t, 1)
	number := h.sent(bundles.SOM, h.share(h.field[0], signals.Members))
	for _, v := range []people.Viewer{h.som, h.field[0]} {
		h.refuses("records an answer", h.desk.Record(h.ctx, v, number, 1, h.newAnswer(bundles.TakenUp, signals.NoOutcome), nil), fault.Forbidden)
	}
	noReason := h.newAnswer(bundles.TakenUp, signals.NoOutcome)
	noReason.Reason = ""
	h.refuses("no reason", h.desk.Record(h.ctx, h.chair, number, 1, noReason, nil), fault.Invalid)
	named := h.newAnswer(bundles.TakenUp, signals.NoOutcome)
	named.Reason = "Dit speelt alleen bij " + organisationOf(h.field[0].Name) + "."
	h.refuses("reason with an organisation", h.desk.Record(h.ctx, h.chair, number, 1, named, nil), fault.Invalid)
	h.answer(number, 1, bundles.MoreFirst, signals.NoOutcome)
	h.answer(number, 1, bundles.TakenUp, signals.NoOutcome) // changed before publication
	answer := func(v people.Viewer) *bundles.AnswerView {
		p, err := h.desk.ReadPoint(h.ctx, v, number, 1)
		h.ok(err)
		return p.Answer
	}
	if a := answer(h.som); a == nil || a.Kind != bundles.TakenUp || a.Recorded.By != "" {
		t.Errorf("SOM member sees %+v, want the changed answer without who recorded it", a)
	}
	if a := answer(h.field[0]); a != nil {
		t.Errorf("coordinator sees %+v before publication, want nothing", a)
	}
	if got := h.inspect(number).Points[0].Answers; len(got) != 2 {
		t.Errorf("%d versions kept, want 2", len(got))
	}
	h.feedBack(number)
	if a := answer(h.field[0]); a == nil || a.Kind != bundles.TakenUp {
		t.Errorf("coordinator sees %+v after publication, want the answer", a)
	}
	h.refuses("after publication", h.desk.Record(h.ctx, h.chair, number, 1, h.newAnswer(bundles.NotTaken, signals.NoOutcome), nil), fault.Conflict)
}

// «Wij nemen dit mee naar de Task Force»: the point goes on, with its trace and
// its people.
func TestOnToTaskForce(t *testing.T) {
	h := newHouse(t, 3)
	number := h.sent(bundles.SOM, h.recognised(h.field...))
	h.answer(number, 1, bundles.ToTaskForce, signals.NoOutcome)
	list, err := h.desk.List(h.ctx, h.chair)
	h.ok(err)
	if len(list) != 2 || list[0].Addressee.Body != bundles.TaskForce || list[0].State != bundles.Draft {
		t.Fatalf("bundles = %+v, want a new draft for the Task Force", list)
	}
	next := h.inspect(list[0].Number)
	first := h.inspect(number).Points[0]
	if len(next.Points) != 1 || next.Points[0].Line != first.Line || next.Points[0].Origin == nil || next.Points[0].Origin.Point != first.ID {
		t.Fatalf("point for the Task Force = %+v, want one that continues %s", next.Points, first.ID)
	}
	h.refuses("removing it", h.desk.Remove(h.ctx, h.chair, next.Number, next.Points[0].ID), fault.Conflict)
	h.answer(number, 1, bundles.NotTaken, signals.NoOutcome)
	if got := h.inspect(next.Number).Points; len(got) != 0 {
		t.Errorf("after another answer the draft has %d points, want 0", len(got))
	}
	h.answer(number, 1, bundles.ToTaskForce, signals.NoOutcome)
	h.goOut(next.Number)
	h.ok(h.desk.Record(h.ctx, h.tf, next.Number, 1, h.newAnswer(bundles.TakenUp, signals.NoOutcome), nil))
	h.drain()
	if p, err := h.desk.ReadPoint(h.ctx, h.som, next.Number, 1); err != nil || p.Answer != nil || p.Before == nil {
		t.Errorf("SOM member reads %+v, %v; want the point with its trace and no unpublished answer", p, err)
	}
	h.feedBack(next.Number)
	for _, v := range h.field {
		if n := h.notices(v, bundles.NoticeFeedback); n != 1 {
			t.Errorf("%s has %d notices, want 1", v.Name, n)
		}
	}
}
