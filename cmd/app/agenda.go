package app

import (
	"context"
	"time"

	"ruggespraak/internal/fault"
	"ruggespraak/internal/outbox"
	"ruggespraak/meetings"
	"ruggespraak/meetings/signals"
	"ruggespraak/people"
)

// What stands on agendas concerns the contributions, and the two packages do
// not know each other: this file is what lies between them.

// mayPlace lets on an agenda of the network only what colleagues may read.
func (a *App) mayPlace(ctx context.Context, l meetings.Link) error {
	ids, err := a.contributionsOf(ctx, l)
	if err != nil {
		return err
	}
	closed, err := a.Book.Closed(ctx, ids)
	if err != nil {
		return err
	}
	if l.Kind == meetings.LinkSignal && len(closed) > 0 {
		return fault.New(fault.Invalid, "Deze inbreng is alleen voor CoMensha. Die komt niet op een agenda.")
	}
	// A cluster may hold what is for CoMensha only: colleagues do not see it there.
	if len(closed) > 0 && len(closed) == len(ids) {
		return fault.New(fault.Invalid, "De inbreng in dit cluster is alleen voor CoMensha. Die komt niet op een agenda.")
	}
	return nil
}

func (a *App) contributionsOf(ctx context.Context, l meetings.Link) ([]string, error) {
	if l.Kind == meetings.LinkSignal {
		return []string{l.ID}, nil
	}
	cluster, err := a.Book.ClusterFor(ctx, people.System(), l.ID)
	if fault.Is(err, fault.NotFound) {
		return nil, nil // undone since
	}
	if err != nil {
		return nil, err
	}
	return cluster.Contributions, nil
}

// agendaHandlers follow what stands on agendas.
func (a *App) agendaHandlers() map[string]outbox.Handler {
	return map[string]outbox.Handler{
		meetings.EventOpened:  a.meetingOpened,
		meetings.EventChanged: a.agendaChanged,
		meetings.EventTaken:   a.agendaTaken,
		meetings.EventInvited: a.invited,
	}
}

// meetingOpened tells who takes part, and the contributions where they stand.
func (a *App) meetingOpened(ctx context.Context, id string, e outbox.Event) error {
	m, err := a.Calendar.Show(ctx, people.System(), id)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	coordinators, err := a.House.Directory.WithRole(ctx, people.Coordinator)
	if err != nil {
		return err
	}
	for _, p := range coordinators {
		if !m.TakesPart(p.ID) {
			continue
		}
		n := people.Notice{Account: p.ID, Kind: "overleg.nieuw", Text: "Er is een nieuw overleg gepland. Bekijk de agenda.", Link: "/overleggen/" + id, At: e.At}
		if err := a.House.Inbox.Tell(ctx, outbox.EffectID(e.ID, p.ID), n); err != nil {
			return err
		}
	}
	return a.agendaChanged(ctx, id, e)
}

// agendaChanged tells the contributions on an agenda where they stand, and
// those who follow the meeting that it changed.
func (a *App) agendaChanged(ctx context.Context, id string, e outbox.Event) error {
	if err := a.Floor.Follow(ctx, id); err != nil {
		return err
	}
	m, err := a.Calendar.Show(ctx, people.System(), id)
	if fault.Is(err, fault.NotFound) || (err == nil && m.State == meetings.Draft) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, item := range m.Items {
		for _, l := range item.Links {
			if err := a.advance(ctx, m, l, e.At); err != nil {
				return err
			}
		}
	}
	return nil
}

func (a *App) advance(ctx context.Context, m *meetings.Seen, l meetings.Link, at time.Time) error {
	ids, err := a.contributionsOf(ctx, l)
	if err != nil {
		return err
	}
	stage := signals.Stage{Status: signals.OnAgenda, At: at, Ref: m.Date, Link: "/overleggen/" + m.ID}
	if m.State == meetings.Closed {
		stage.Status = signals.Discussed
	}
	return a.Book.Advance(ctx, ids, stage)
}

// agendaTaken gives a contribution its own status back when it went off an
// agenda, unless it stands on another.
func (a *App) agendaTaken(ctx context.Context, _ string, e outbox.Event) error {
	var l meetings.Link
	if err := e.Decode(&l); err != nil {
		return err
	}
	elsewhere, err := a.Calendar.Linked(ctx, people.System(), []string{l.ID})
	if err != nil || len(elsewhere) > 0 {
		return err
	}
	ids, err := a.contributionsOf(ctx, l)
	if err != nil {
		return err
	}
	return a.Book.OffAgenda(ctx, ids, e.At)
}
