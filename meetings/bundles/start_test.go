package bundles_test

import (
	"testing"

	"ruggespraak/meetings/bundles"
	"ruggespraak/meetings/signals"
)

// What the Task Force answered stands in the place of «Wij nemen dit mee».
func TestOwnAnswersShowTheLastOfALine(t *testing.T) {
	h := newHouse(t, 1)
	number := h.sent(bundles.SOM, h.share(h.field[0], signals.Members))
	h.answer(number, 1, bundles.ToTaskForce, signals.NoOutcome)
	h.feedBack(number)
	onward := "2026-02"
	point := h.inspect(onward).Points[0]
	if point.Texts.To != "de Task Force" {
		t.Errorf("«Aan wie?» of the point that goes on = %q, want «de Task Force»", point.Texts.To)
	}
	h.goOut(onward)
	h.answer(onward, 1, bundles.TakenUp, signals.NoOutcome)
	h.later(1)
	h.feedBack(onward)
	own, err := h.desk.OwnAnswers(h.ctx, h.field[0], 3)
	h.ok(err)
	if len(own) != 1 || own[0].In.Number != onward {
		t.Errorf("OwnAnswers() = %+v, want only what the Task Force answered", own)
	}
}

// «Aan wie?» begins with the body as one says it in a sentence.
func TestPointsAreAddressedInASentence(t *testing.T) {
	for body, want := range map[bundles.Body]string{
		bundles.SOM: "het SOM", bundles.TaskForce: "de Task Force", bundles.Ministry: "het ministerie van VWS", bundles.OtherBody: "VWS",
	} {
		h := newHouse(t, 1)
		number := h.draft(body)
		_, err := h.desk.AddContribution(h.ctx, h.chair, number, h.share(h.field[0], signals.Members))
		h.ok(err)
		if got := h.inspect(number).Points[0].Texts.To; got != want {
			t.Errorf("«Aan wie?» in a bundle for %s = %q, want %q", body, got, want)
		}
	}
}
