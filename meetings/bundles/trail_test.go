package bundles_test

import (
	"testing"

	"ruggespraak/meetings/bundles"
	"ruggespraak/meetings/signals"
)

// What a contribution's page tells of its way, step by step.
func TestTrail(t *testing.T) {
	h := newHouse(t, 2)
	id := h.recognised(h.field...)
	trail := func() []bundles.TrailStep {
		steps, err := h.desk.Trail(h.ctx, h.field[0], id)
		h.ok(err)
		return steps
	}
	number := h.draft(bundles.SOM, id)
	if got := trail(); len(got) != 0 {
		t.Errorf("a draft shows in the trail: %+v", got)
	}
	h.goOut(number)
	h.later(12)
	if got := trail(); len(got) != 1 || got[0].Waits != 12 || got[0].Answered {
		t.Errorf("after sending: %+v, want one step that waits 12 days", got)
	}
	h.answer(number, 1, bundles.ToTaskForce, signals.NoOutcome)
	if got := trail(); !got[0].Answered || got[0].Answer != nil || got[0].Waits != 0 {
		t.Errorf("after the answer: %+v, want answered without the answer itself", got[0])
	}
	h.feedBack(number)
	got := trail()
	if got[0].Answer == nil || got[0].Edition != 1 {
		t.Errorf("after feedback: %+v, want the answer and its edition", got[0])
	}
	if len(got) != 1 {
		t.Errorf("the draft for the Task Force shows in the trail: %+v", got[1])
	}
	for _, v := range []struct {
		name  string
		steps func() ([]bundles.TrailStep, error)
	}{{"SOM member", func() ([]bundles.TrailStep, error) { return h.desk.Trail(h.ctx, h.som, id) }}} {
		if steps, err := v.steps(); err != nil || steps != nil {
			t.Errorf("%s gets a trail: %v, %v", v.name, steps, err)
		}
	}
}
