package bundles_test

import (
	"bytes"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ruggespraak/internal/fault"
	"ruggespraak/internal/guard"
	"ruggespraak/meetings/bundles"
	"ruggespraak/meetings/signals"
	"ruggespraak/people"
)

// Who edited since the last approval cannot approve, also not with a request
// made by hand: the rule is the Desk's, no form is involved here.
func TestFourEyes(t *testing.T) {
	h := newHouse(t, 1)
	number := h.draft(bundles.SOM, h.share(h.field[0], signals.Members))
	h.ok(h.desk.Offer(h.ctx, h.chair, number))
	hash := h.inspect(number).Offer.Hash

	h.refuses("writer approves", h.desk.Approve(h.ctx, h.chair, number, hash), fault.Forbidden)
	h.refuses("coordinator approves", h.desk.Approve(h.ctx, h.field[0], number, hash), fault.NotFound)
	h.refuses("SOM member approves", h.desk.Approve(h.ctx, h.som, number, hash), fault.NotFound)
	h.refuses("another hash", h.desk.Approve(h.ctx, h.second, number, "x"+hash[1:]), fault.Conflict)
	h.refuses("freeze without approval", h.desk.Settle(h.ctx, h.chair, number), fault.Conflict)
	h.ok(h.desk.Approve(h.ctx, h.second, number, hash))
	h.ok(h.desk.Settle(h.ctx, h.chair, number))
}

func TestEditVoidsApproval(t *testing.T) {
	h := newHouse(t, 2)
	number := h.draft(bundles.SOM, h.share(h.field[0], signals.Members), h.share(h.field[1], signals.Members))
	first := h.inspect(number).Points[0].ID
	edits := map[string]func(v people.Viewer) error{
		"write": func(v people.Viewer) error {
			return h.desk.Write(h.ctx, v, number, first, h.inspect(number).Bundle.Points[0].Rev, goodTexts, nil)
		},
		"describe": func(v people.Viewer) error {
			return h.desk.Describe(h.ctx, v, number, bundles.NewBundle{Addressee: bundles.Addressee{Body: bundles.SOM}, From: "2026-01-01", To: "2026-01-30"})
		},
		"move": func(v people.Viewer) error {
			ps := h.inspect(number).Bundle.Points
			return h.desk.Move(h.ctx, v, number, ps[1].ID, bundles.Up)
		},
	}
	for name, edit := range edits {
		if in := h.inspect(number); in.Bundle.Points[0].ID != first {
			h.ok(h.desk.Move(h.ctx, h.chair, number, first, bundles.Up))
		}
		h.ok(h.desk.Write(h.ctx, h.chair, number, first, h.inspect(number).Bundle.Points[0].Rev, goodTexts, nil))
		h.approved(number)
		h.ok(edit(h.second))
		in := h.inspect(number)
		if in.State != bundles.Draft || in.Approval != nil || in.Voided == nil {
			t.Errorf("%s after approval: state %s, approval %v, voided %v; want a draft whose approval was voided", name, in.State, in.Approval, in.Voided)
		}
		h.refuses(name+": freeze", h.desk.Settle(h.ctx, h.chair, number), fault.Conflict)
		h.ok(h.desk.Offer(h.ctx, h.chair, number))
		hash := h.inspect(number).Offer.Hash
		h.refuses(name+": editor approves", h.desk.Approve(h.ctx, h.second, number, hash), fault.Forbidden)
		h.ok(h.desk.Approve(h.ctx, h.chair, number, hash)) // did not edit since
	}
}

func TestChangedBandVoidsApproval(t *testing.T) {
	h := newHouse(t, 6)
	id := h.recognised(h.field[:4]...)
	number := h.draft(bundles.SOM, id)
	h.approved(number)
	h.ok(h.book.Recognise(h.ctx, h.field[4], id, signals.NotApproachable)) // the fifth organisation
	h.refuses("freeze", h.desk.Settle(h.ctx, h.chair, number), fault.Conflict)
	in := h.inspect(number)
	if in.State != bundles.Offered || in.Approval != nil || in.Voided == nil || !in.Voided.Band {
		t.Fatalf("after a changed band: state %s, approval %v, voided %+v", in.State, in.Approval, in.Voided)
	}
	h.refuses("writer approves", h.desk.Approve(h.ctx, h.chair, number, in.Offer.Hash), fault.Forbidden)
	h.ok(h.desk.Approve(h.ctx, h.second, number, in.Offer.Hash))
	h.ok(h.book.Recognise(h.ctx, h.field[5], id, signals.NotApproachable)) // a sixth changes no band
	h.ok(h.desk.Settle(h.ctx, h.chair, number))
	h.ok(h.desk.Send(h.ctx, h.chair, number))
	r, err := h.desk.Read(h.ctx, h.som, number)
	h.ok(err)
	if got := r.Points[0].Band; got != bundles.BroadLine {
		t.Errorf("band that the SOM reads = %q, want %q", got, bundles.BroadLine)
	}
}

// A withdrawal before freezing counts for the band, a later one does not.
func TestWithdrawalAroundFreeze(t *testing.T) {
	h := newHouse(t, 6)
	five, one := h.recognised(h.field[:4]...), h.share(h.field[4], signals.Members)
	number := h.draft(bundles.SOM, five)
	point := h.inspect(number).Points[0].ID
	h.ok(h.desk.AddSource(h.ctx, h.chair, number, point, one))
	h.approved(number)
	h.ok(h.book.Withdraw(h.ctx, h.field[4], one))
	h.refuses("freeze after withdrawal", h.desk.Settle(h.ctx, h.chair, number), fault.Conflict)
	h.ok(h.desk.Approve(h.ctx, h.second, number, h.inspect(number).Offer.Hash))
	h.ok(h.desk.Settle(h.ctx, h.chair, number))
	in := h.inspect(number)
	if got := in.Points[0].Sources; len(got) != 1 || got[0] != five {
		t.Errorf("sources after freezing = %v, want only the one that takes part", got)
	}
	frozen := in.Freeze.Sheet
	h.ok(h.book.Withdraw(h.ctx, h.field[0], five))
	if !bytes.Equal(h.inspect(number).Freeze.Sheet, frozen) {
		t.Error("frozen bytes changed by a withdrawal")
	}
}

func TestExactlyOneFreeze(t *testing.T) {
	h := newHouse(t, 1)
	number := h.draft(bundles.SOM, h.share(h.field[0], signals.Members))
	h.approved(number)
	const tries = 20
	errs := make([]error, tries)
	var wg sync.WaitGroup
	for i := range tries {
		wg.Go(func() { errs[i] = h.desk.Settle(h.ctx, []people.Viewer{h.chair, h.second}[i%2], number) })
	}
	wg.Wait()
	won := 0
	for _, err := range errs {
		if err == nil {
			won++
			continue
		}
		h.refuses("second freeze", err, fault.Conflict)
	}
	if won != 1 {
		t.Fatalf("%d of %d froze the bundle, want 1", won, tries)
	}
}

// After freezing nothing changes the bytes: every edit is refused.
func TestFrozenStaysAsItIs(t *testing.T) {
	h := newHouse(t, 2)
	number := h.draft(bundles.SOM, h.share(h.field[0], signals.Members))
	other := h.share(h.field[1], signals.Members)
	h.approved(number)
	h.ok(h.desk.Settle(h.ctx, h.chair, number))
	before := h.inspect(number)
	p := before.Points[0].ID
	add := func() error { _, err := h.desk.AddContribution(h.ctx, h.chair, number, other); return err }
	for name, err := range map[string]error{
		"write":    h.desk.Write(h.ctx, h.chair, number, p, 1, goodTexts, nil),
		"remove":   h.desk.Remove(h.ctx, h.chair, number, p),
		"move":     h.desk.Move(h.ctx, h.chair, number, p, bundles.Up),
		"add":      add(),
		"source":   h.desk.AddSource(h.ctx, h.chair, number, p, other),
		"describe": h.desk.Describe(h.ctx, h.chair, number, bundles.NewBundle{Addressee: bundles.Addressee{Body: bundles.TaskForce}, From: "2026-01-01", To: "2026-01-31"}),
		"close":    h.desk.Close(h.ctx, h.chair, number),
	} {
		h.refuses(name, err, fault.Conflict)
	}
	h.ok(h.desk.Send(h.ctx, h.chair, number))
	h.drain()
	h.answer(number, 1, bundles.NotTaken, signals.NoOutcome)
	h.feedBack(number)
	after := h.inspect(number)
	if !bytes.Equal(before.Freeze.Sheet, after.Freeze.Sheet) || before.Freeze.Hash != after.Freeze.Hash {
		t.Error("frozen bytes or hash changed after sending, answering and feeding back")
	}
}

// What may not leave is not even kept in a draft, and what was kept stays.
func TestWriteRefusesWhatMayNotLeave(t *testing.T) {
	h := newHouse(t, 1)
	number := h.draft(bundles.SOM, h.share(h.field[0], signals.Members))
	p := h.inspect(number).Points[0]
	bad := goodTexts
	bad.See = "Er is meer nodig.\nBij " + organisationOf(h.field[0].Name) + " hoorde niemand iets."
	err := h.desk.Write(h.ctx, h.chair, number, p.ID, p.Rev, bad, nil)
	h.refuses("an organisation", err, fault.Invalid)
	want := []fault.Field{{Name: "zien", Sentence: "Regel 2 noemt een organisatie. Schrijf bijvoorbeeld «een zorgaanbieder»."}}
	if diff := cmp.Diff(want, fault.Fields(err)); diff != "" {
		t.Errorf("fields (-want +got):\n%s", diff)
	}
	if now := h.inspect(number).Points[0]; now.Texts != goodTexts || now.Rev != p.Rev {
		t.Errorf("after a refusal the point holds %+v, want what it held", now.Texts)
	}
}

// A finding can still come up in what was kept: a heading that was taken over,
// a text that is missing, a name that became known later. It blocks each step.
func TestFindingsBlock(t *testing.T) {
	h := newHouse(t, 1)
	id := h.share(h.field[0], signals.Members)
	cluster, err := h.book.MakeCluster(h.ctx, h.chair, "In "+organisationOf(h.field[0].Name)+" ontbreken tolken", []string{id}, nil)
	h.ok(err)
	h.drain()
	number := h.draft(bundles.SOM)
	point, err := h.desk.AddCluster(h.ctx, h.chair, number, cluster)
	h.ok(err)
	named := func(f bundles.Finding) bool {
		return f.Point == 1 && f.Field == "kop" && f.Rule == guard.RuleOrganisation
	}
	if in := h.inspect(number); !slices.ContainsFunc(in.Findings, named) {
		t.Fatalf("findings = %+v, want an organisation in the heading of point 1", in.Findings)
	}
	h.refuses("offer with a heading that names", h.desk.Offer(h.ctx, h.chair, number), fault.Conflict)
	empty := goodTexts
	empty.Ask = ""
	h.ok(h.desk.Write(h.ctx, h.chair, number, point, 0, empty, nil))
	h.refuses("offer without a question", h.desk.Offer(h.ctx, h.chair, number), fault.Conflict)
	later := goodTexts
	later.See = "De Vlierhof helpt bij gesprekken."
	h.ok(h.desk.Write(h.ctx, h.chair, number, point, 1, later, nil))
	h.approved(number)
	_, err = h.people.Directory.AddOrganisation(h.ctx, people.System(), "De Vlierhof")
	h.ok(err)
	h.refuses("freeze when a name became known", h.desk.Settle(h.ctx, h.chair, number), fault.Conflict)
}

// Two writers of one point: the second is told, nothing is overwritten.
func TestSecondWriterIsTold(t *testing.T) {
	h := newHouse(t, 1)
	number := h.draft(bundles.SOM, h.share(h.field[0], signals.Members))
	p := h.inspect(number).Points[0]
	h.ok(h.desk.Write(h.ctx, h.chair, number, p.ID, p.Rev, goodTexts, nil))
	h.refuses("second writer", h.desk.Write(h.ctx, h.second, number, p.ID, p.Rev, goodTexts, nil), fault.Conflict)
}

// A contribution for «Alleen CoMensha» gets in only after its author's yes.
func TestAloneCoMenshaNeedsYes(t *testing.T) {
	h := newHouse(t, 1)
	closed := h.share(h.field[0], signals.CoMenshaOnly)
	b, err := h.desk.Begin(h.ctx, h.chair, bundles.NewBundle{Addressee: bundles.Addressee{Body: bundles.SOM}, From: "2026-01-01", To: "2026-01-31"})
	h.ok(err)
	_, err = h.desk.AddContribution(h.ctx, h.chair, b.Number, closed)
	h.refuses("add without yes", err, fault.Conflict)
	h.ok(h.book.AskFurther(h.ctx, h.chair, closed, b.Number))
	h.ok(h.book.AnswerFurther(h.ctx, h.field[0], closed, true))
	point, err := h.desk.AddContribution(h.ctx, h.chair, b.Number, closed)
	h.ok(err)
	h.ok(h.desk.Write(h.ctx, h.chair, b.Number, point, 0, goodTexts, nil))
	h.approved(b.Number)
	h.ok(h.book.AnswerFurther(h.ctx, h.field[0], closed, false)) // taken back before freezing
	h.refuses("freeze after no", h.desk.Settle(h.ctx, h.chair, b.Number), fault.Conflict)
}

func TestNumbers(t *testing.T) {
	h := newHouse(t, 0)
	for _, want := range []string{"2026-01", "2026-02", "2026-03"} {
		if got := h.draft(bundles.SOM); got != want {
			t.Errorf("Begin gives number %s, want %s", got, want)
		}
	}
	h.later(365)
	if got := h.draft(bundles.Ministry); got != "2027-01" {
		t.Errorf("first number of the next year = %s, want 2027-01", got)
	}
}

func TestNothingToSend(t *testing.T) {
	h := newHouse(t, 0)
	number := h.draft(bundles.SOM)
	h.refuses("offer an empty bundle", h.desk.Offer(h.ctx, h.chair, number), fault.Conflict)
	h.ok(h.desk.Close(h.ctx, h.chair, number))
	h.drain()
	r, err := h.desk.Read(h.ctx, h.som, number)
	h.ok(err)
	if r.State != bundles.Nothing || len(r.Points) != 0 {
		t.Errorf("SOM reads state %s with %d points, want nothing", r.State, len(r.Points))
	}
	if n := h.notices(h.som, bundles.NoticeNothing); n != 1 {
		t.Errorf("%d notices, want 1", n)
	}
}
