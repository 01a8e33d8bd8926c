package demo_test

import (
	"context"
	"testing"

	"ruggespraak/cmd/app"
	"ruggespraak/cmd/demo"
	"ruggespraak/internal/clock"
	"ruggespraak/internal/fault"
	"ruggespraak/meetings"
	"ruggespraak/people"
	"ruggespraak/store/storetest"
)

func mustOpen(t testing.TB) (*app.App, *demo.Demo) {
	t.Helper()
	d, err := demo.New(func() {})
	if err != nil {
		t.Fatal(err)
	}
	db := storetest.Open(t)
	a, err := app.New(context.Background(), app.Config{DB: db, Demo: d, Consultation: clock.NewConsultation(clock.Real)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := d.Open(context.Background(), a, db); err != nil {
		t.Fatalf("Open = %v", err)
	}
	return a, d
}

func TestSeasonLoads(t *testing.T) {
	a, d := mustOpen(t)
	ctx := context.Background()
	if got := a.Clock.Now().Format("2006-01-02"); got != "2019-09-17" {
		t.Errorf("the demo opens on %s, want 2019-09-17", got)
	}
	coordinators, err := a.House.Directory.WithRole(ctx, people.Coordinator)
	if err != nil || len(coordinators) != 27 {
		t.Errorf("%d coordinators (%v), want 27", len(coordinators), err)
	}
	organisations, err := a.House.Directory.Organisations(ctx)
	if err != nil || len(organisations) != 20 {
		t.Errorf("%d organisations (%v), want 20", len(organisations), err)
	}
	buttons, _, err := d.Doors(ctx)
	if err != nil || len(buttons) != 6 {
		t.Errorf("%d buttons (%v), want 6", len(buttons), err)
	}
	if failures, err := a.Projector.Failures(ctx); err != nil || len(failures) != 0 {
		t.Errorf("failed events %v (%v), want none", failures, err)
	}
}

// Every role that takes part finds the meeting that goes on as it should be seen.
func TestAMeetingGoesOn(t *testing.T) {
	a, d := mustOpen(t)
	ctx := context.Background()
	buttons, _, err := d.Doors(ctx)
	if err != nil {
		t.Fatal(err)
	}
	next, err := a.Calendar.Next(ctx, people.Viewer{Account: buttons[0].Account, Role: buttons[0].Role})
	if err != nil || next == nil || next.State != meetings.Live {
		t.Fatalf("the next meeting is %+v, %v; want one that goes on", next, err)
	}
	for _, door := range buttons {
		r, err := a.Floor.Show(ctx, people.Viewer{Account: door.Account, Role: door.Role}, next.ID)
		if door.Role == people.Administrator {
			if !fault.Is(err, fault.NotFound) {
				t.Errorf("%s sees %+v, %v", door.Label, r, err)
			}
			continue
		}
		if err != nil || !r.Item.AtHand || !r.Item.Ticking || r.Speaking == nil || len(r.Waiting) != 2 || !r.Polls[0].Open {
			t.Errorf("%s sees %+v, %v", door.Label, r, err)
		}
		if closed := len(r.Polls) == 2 && r.Polls[1].Tally != nil; closed == r.Guest {
			t.Errorf("%s sees polls %+v", door.Label, r.Polls)
		}
	}
	if err := d.Later(ctx); err != nil {
		t.Fatal(err)
	}
	m, err := a.Calendar.Show(ctx, people.Viewer{Account: buttons[0].Account, Role: buttons[0].Role}, next.ID)
	if err != nil || m.State != meetings.Closed {
		t.Errorf("three months later the meeting is %+v, %v; want it closed", m, err)
	}
}
