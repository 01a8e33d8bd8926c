package bundles_test

import (
	"testing"

	"ruggespraak/internal/fault"
	"ruggespraak/meetings/bundles"
	"ruggespraak/meetings/signals"
	"ruggespraak/people"
)

// When the effect is asked, per answer and outcome.
func TestEffectTiming(t *testing.T) {
	cases := []struct {
		name    string
		body    bundles.Body
		kind    bundles.AnswerKind
		outcome signals.OutcomeKind
		want    bool
	}{
		{"SOM takes it up", bundles.SOM, bundles.TakenUp, signals.NoOutcome, true},
		{"ministry takes it up", bundles.Ministry, bundles.TakenUp, signals.NoOutcome, true},
		{"SOM puts it before a ministry", bundles.SOM, bundles.PutBefore, signals.NoOutcome, false},
		{"SOM puts it before a ministry, solved", bundles.SOM, bundles.PutBefore, signals.Solved, true},
		{"SOM takes it to the Task Force", bundles.SOM, bundles.ToTaskForce, signals.NoOutcome, false},
		{"SOM takes it to the Task Force, partly solved", bundles.SOM, bundles.ToTaskForce, signals.PartSolved, true},
		{"SOM takes it to the Task Force, not solved", bundles.SOM, bundles.ToTaskForce, signals.NotSolved, false},
		{"Task Force puts it before another body", bundles.TaskForce, bundles.PutBefore, signals.NoOutcome, true},
		{"SOM does not take it", bundles.SOM, bundles.NotTaken, signals.Solved, false},
		{"Task Force does not take it", bundles.TaskForce, bundles.NotTaken, signals.NoOutcome, false},
		{"Task Force wants to know more", bundles.TaskForce, bundles.MoreFirst, signals.PartSolved, false},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			h := newHouse(t, 2)
			number := h.sent(tc.body, h.recognised(h.field...))
			h.answer(number, 1, tc.kind, tc.outcome)
			h.feedBack(number) // on 2 February
			h.later(88)        // 1 May
			h.ok(h.desk.AskEffects(h.ctx))
			if n := len(h.open(h.field[1])); n != 0 {
				t.Errorf("a day before three months: %d questions, want 0", n)
			}
			h.later(1) // 2 May
			h.ok(h.desk.AskEffects(h.ctx))
			h.ok(h.desk.AskEffects(h.ctx))
			want := 0
			if tc.want {
				want = 1
			}
			for _, v := range h.field {
				if n := len(h.open(v)); n != want {
					t.Errorf("after three months %s has %d questions, want %d", v.Name, n, want)
				}
			}
		})
	}
}

func (h *house) open(v people.Viewer) []bundles.EffectQuestion {
	h.t.Helper()
	all, err := h.desk.OpenEffects(h.ctx, v)
	h.ok(err)
	return all
}

// Once a person for the whole line: the Task Force's answer asks nobody again.
func TestEffectOnceALine(t *testing.T) {
	h := newHouse(t, 1)
	number := h.sent(bundles.SOM, h.share(h.field[0], signals.Members))
	h.answer(number, 1, bundles.ToTaskForce, signals.PartSolved)
	h.feedBack(number)
	h.later(89)
	h.ok(h.desk.AskEffects(h.ctx))
	q := h.open(h.field[0])
	if len(q) != 1 {
		t.Fatalf("%d questions, want 1", len(q))
	}
	h.ok(h.desk.AnswerEffect(h.ctx, h.field[0], q[0].ID, bundles.Some, "", nil))
	list, err := h.desk.List(h.ctx, h.chair)
	h.ok(err)
	h.goOut(list[0].Number)
	h.answer(list[0].Number, 1, bundles.TakenUp, signals.NoOutcome)
	h.feedBack(list[0].Number)
	h.later(200)
	h.ok(h.desk.AskEffects(h.ctx))
	if n := len(h.open(h.field[0])); n != 0 {
		t.Errorf("%d questions about a line that was asked, want 0", n)
	}
}

// A question that was asked waits no longer when its answer is corrected, nor
// when another one says that nothing will be done.
func TestEffectEndsWithItsAnswer(t *testing.T) {
	h := newHouse(t, 1)
	number := h.sent(bundles.SOM, h.share(h.field[0], signals.Members))
	h.answer(number, 1, bundles.TakenUp, signals.NoOutcome)
	h.feedBack(number)
	h.later(89)
	h.ok(h.desk.AskEffects(h.ctx))
	open := func(want int, when string) {
		t.Helper()
		if n := len(h.open(h.field[0])); n != want {
			t.Errorf("%s: %d questions, want %d", when, n, want)
		}
	}
	open(1, "after three months")
	h.ok(h.desk.Retract(h.ctx, h.chair, number, 1, "Het antwoord was nog niet vastgesteld.", nil))
	open(0, "after the correction")
	h.answer(number, 1, bundles.NotTaken, signals.NoOutcome)
	h.feedBack(number)
	open(0, "after a refusal")
}

func TestEffectTooEarlyIsAskedAgain(t *testing.T) {
	h := newHouse(t, 1)
	number := h.sent(bundles.SOM, h.share(h.field[0], signals.Members))
	h.answer(number, 1, bundles.TakenUp, signals.NoOutcome)
	h.feedBack(number)
	h.later(89) // 2 May
	h.ok(h.desk.AskEffects(h.ctx))
	id := h.open(h.field[0])[0].ID
	h.ok(h.desk.AnswerEffect(h.ctx, h.field[0], id, bundles.TooEarly, "", nil))
	h.later(183) // 1 November
	h.ok(h.desk.AskEffects(h.ctx))
	if n := len(h.open(h.field[0])); n != 0 {
		t.Errorf("a day before six months: %d questions, want 0", n)
	}
	h.later(1)
	h.ok(h.desk.AskEffects(h.ctx))
	h.drain()
	if n := len(h.open(h.field[0])); n != 1 {
		t.Errorf("after six months: %d questions, want 1", n)
	}
	if n := h.notices(h.field[0], bundles.NoticeEffect); n != 2 {
		t.Errorf("%d notices, want 2", n)
	}
}

func TestTwoNoProposeOnce(t *testing.T) {
	h := newHouse(t, 3)
	number := h.sent(bundles.SOM, h.recognised(h.field...))
	h.answer(number, 1, bundles.TakenUp, signals.NoOutcome)
	h.feedBack(number)
	h.later(89)
	h.ok(h.desk.AskEffects(h.ctx))
	for i, v := range h.field {
		id := h.open(v)[0].ID
		h.refuses("«Nee» without a remark", h.desk.AnswerEffect(h.ctx, v, id, bundles.No, " ", nil), fault.Invalid)
		h.refuses("another's question", h.desk.AnswerEffect(h.ctx, h.field[(i+1)%3], id, bundles.Yes, "", nil), fault.NotFound)
		h.ok(h.desk.AnswerEffect(h.ctx, v, id, bundles.No, "Er is nog steeds geen tolk.", nil))
		h.drain()
		if want := map[bool]int{true: 0, false: 1}[i == 0]; len(h.proposed) != want {
			t.Errorf("after %d «Nee»: %d proposals, want %d", i+1, len(h.proposed), want)
		}
	}
}

// Results in words: members from three answers, others from five, the chair exact.
func TestEffectResults(t *testing.T) {
	h := newHouse(t, 5)
	number := h.sent(bundles.SOM, h.recognised(h.field...))
	h.answer(number, 1, bundles.TakenUp, signals.NoOutcome)
	h.feedBack(number)
	h.later(89)
	h.ok(h.desk.AskEffects(h.ctx))
	steps := []struct {
		answer       bundles.EffectAnswer
		members, som string
	}{
		{bundles.Yes, "nog te weinig antwoorden", "nog te weinig antwoorden"},
		{bundles.Some, "nog te weinig antwoorden", "nog te weinig antwoorden"},
		{bundles.Yes, "meestal beter", "nog te weinig antwoorden"},
		{bundles.No, "meestal beter", "nog te weinig antwoorden"},
		{bundles.No, "meestal beter", "meestal beter"},
	}
	for i, s := range steps {
		h.ok(h.desk.AnswerEffect(h.ctx, h.field[i], h.open(h.field[i])[0].ID, s.answer, "Nog niet goed.", nil))
		for _, c := range []struct {
			v    people.Viewer
			want string
		}{{h.field[0], s.members}, {h.som, s.som}} {
			e, err := h.desk.EffectOf(h.ctx, c.v, number, 1)
			h.ok(err)
			if e.Words != c.want || e.Tally != nil {
				t.Errorf("after %d answers role %s reads %q with tally %v, want %q", i+1, c.v.Role, e.Words, e.Tally, c.want)
			}
		}
	}
	e, err := h.desk.EffectOf(h.ctx, h.chair, number, 1)
	h.ok(err)
	if e.Tally == nil || e.Tally.Yes != 2 || e.Tally.Some != 1 || e.Tally.No != 2 || len(e.Tally.Remarks) != 2 {
		t.Errorf("chair reads %+v, want the numbers", e.Tally)
	}
}

func TestTallyWords(t *testing.T) {
	cases := []struct {
		tally bundles.Tally
		want  string
	}{
		{bundles.Tally{Yes: 1, No: 1, TooEarly: 9}, "nog te weinig antwoorden"},
		{bundles.Tally{Yes: 1, Some: 1, No: 1}, "meestal beter"},
		{bundles.Tally{Yes: 1, No: 2}, "meestal niet beter"},
		{bundles.Tally{Yes: 1, Some: 1, No: 2}, "wisselend"},
	}
	for _, tc := range cases {
		if got := tc.tally.Words(3); got != tc.want {
			t.Errorf("Words(3) of %+v = %q, want %q", tc.tally, got, tc.want)
		}
	}
}

// The chair is reminded of a silent body after 30 and after 60 days, once each.
func TestRemindSilent(t *testing.T) {
	h := newHouse(t, 1)
	h.sent(bundles.SOM, h.share(h.field[0], signals.Members))
	for _, step := range []struct{ days, want int }{{29, 0}, {1, 1}, {15, 1}, {15, 2}, {40, 2}} {
		h.later(step.days)
		h.ok(h.desk.RemindSilent(h.ctx))
		if n := h.notices(h.chair, bundles.NoticeSilent); n != step.want {
			t.Errorf("%s: %d reminders, want %d", h.today(), n, step.want)
		}
	}
}

func TestAddMonths(t *testing.T) {
	cases := []struct {
		day    bundles.Day
		months int
		want   bundles.Day
	}{
		{"2026-11-30", 3, "2027-02-28"},
		{"2019-09-17", 3, "2019-12-17"},
		{"2026-08-31", 6, "2027-02-28"},
		{"2026-01-15", 6, "2026-07-15"},
	}
	for _, tc := range cases {
		if got := tc.day.AddMonths(tc.months); got != tc.want {
			t.Errorf("%s.AddMonths(%d) = %s, want %s", tc.day, tc.months, got, tc.want)
		}
	}
}
