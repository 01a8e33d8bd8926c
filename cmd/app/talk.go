package app

import (
	"context"
	"errors"

	"ruggespraak/internal/fault"
	"ruggespraak/internal/outbox"
	"ruggespraak/meetings"
	"ruggespraak/meetings/discussion"
	"ruggespraak/people"
)

// What people talk about is kept by packages that do not know the discussion:
// this file is what lies between them.

func (a *App) openHall(ctx context.Context) (err error) {
	a.Hall, err = discussion.New(ctx, discussion.Options{DB: a.cfg.DB, Guard: a.guard, Door: a.talkDoor, Accounts: a.House.Directory,
		Inbox: a.House.Inbox, Mail: a.Mail, Now: a.Clock.Now, Real: a.cfg.Real, Wake: a.Projector.Wake, Made: a.keepMade, Waiting: a.waiting, Incidents: a.Incidents,
		Announce: func(t discussion.Topic, _ int) { a.Server.Changed(t) }})
	return err
}

// talkDoor tells how viewers stand to a topic.
func (a *App) talkDoor(ctx context.Context, t discussion.Topic) (discussion.Admit, error) {
	switch subject, id, item := t.Parts(); subject {
	case discussion.Item:
		return a.itemDoor(ctx, id, item)
	case discussion.Contribution:
		talk, err := a.Book.Talks(ctx, id)
		return func(v people.Viewer) (discussion.Access, error) {
			talk, err := talk(v)
			return discussion.Access{Audience: discussion.AudienceOf(v.ActiveRole()), Relation: "msg.contrib", Write: talk.Open, Owner: talk.Author, Unnamed: talk.Unnamed}, err
		}, err
	case discussion.Meeting:
		enter, err := a.Floor.Door(ctx, id)
		return func(v people.Viewer) (discussion.Access, error) {
			return discussion.Access{Audience: discussion.AudienceOf(v.ActiveRole()), Relation: "speaker.list"}, enter(v)
		}, err
	default:
		return nil, fault.NotFoundError()
	}
}

// itemDoor shows out who was invited to an item that the chair closed.
func (a *App) itemDoor(ctx context.Context, meeting, item string) (discussion.Admit, error) {
	talk, err := a.Calendar.Talks(ctx, meeting, item)
	if err != nil {
		return nil, err
	}
	behind, err := a.Floor.Behind(ctx, meeting, item)
	return func(v people.Viewer) (discussion.Access, error) {
		talk, err := talk(v)
		access := discussion.Access{Audience: discussion.AudienceOf(v.ActiveRole()), Relation: talk.Relation, Write: talk.Open, Guests: talk.Guests && !behind}
		if err == nil && talk.Guests && behind && access.Audience.Mixed() {
			return discussion.Access{}, fault.NotFoundError()
		}
		return access, err
	}, err
}

// keepMade takes away what was made from a message that was removed. While a
// message waits for the chair, what it is in the minutes waits too; a contribution
// can be flagged by itself.
func (a *App) keepMade(ctx context.Context, origin string, s discussion.State) error {
	if s.Gone == discussion.Here {
		return a.Calendar.HideMade(ctx, origin, s.Rev, s.Hidden)
	}
	return errors.Join(a.Calendar.RemoveMade(ctx, origin), a.Book.RemoveMade(ctx, origin))
}

// waiting shows the chair of a meeting what waits for a decision.
func (a *App) waiting(ctx context.Context, t discussion.Topic) error {
	subject, id, _ := t.Parts()
	if subject != discussion.Item {
		return nil
	}
	return a.Floor.Follow(ctx, id)
}

// mayRemove keeps on the agenda what was talked about: nobody could read or
// remove those messages any more.
func (a *App) mayRemove(ctx context.Context, meeting, item string) error {
	last, err := a.Hall.Last(ctx, discussion.ItemTopic(meeting, item))
	if err == nil && last > 0 {
		return fault.New(fault.Conflict, "Bij dit punt staan reacties. Dit punt blijft op de agenda.")
	}
	return err
}

// mayInvite lets accounts of the SOM and the Task Force take part in an item.
func (a *App) mayInvite(ctx context.Context, account string) error {
	who, err := a.House.Directory.Account(ctx, account)
	if err != nil {
		return err
	}
	if !who.Active() || !who.Has(people.SOMMember) && !who.Has(people.TaskForce) {
		return fault.New(fault.Invalid, "Kies mensen uit de lijst.")
	}
	return nil
}

// invited tells an account of the SOM or the Task Force to which item it was
// invited.
func (a *App) invited(ctx context.Context, meeting string, e outbox.Event) error {
	var i meetings.Invitation
	if err := e.Decode(&i); err != nil {
		return err
	}
	return a.House.Inbox.Tell(ctx, outbox.EffectID(e.ID, i.Account), people.Notice{Account: i.Account, Kind: "overleg.uitgenodigd",
		Text: "U bent uitgenodigd bij een agendapunt.", Link: discussion.ItemTopic(meeting, i.Item).Path(), At: e.At})
}
