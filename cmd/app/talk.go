package app

import (
	"context"
	"errors"
	"time"

	"ruggespraak/frontend/nl"
	"ruggespraak/internal/fault"
	"ruggespraak/internal/outbox"
	"ruggespraak/internal/textindex"
	"ruggespraak/knowledge/search"
	"ruggespraak/meetings"
	"ruggespraak/meetings/discussion"
	"ruggespraak/people"
	"ruggespraak/store"
)

// What people talk about is kept by packages that do not know the discussion:
// this file is what lies between them.

func (a *App) openHall(ctx context.Context) (err error) {
	a.Hall, err = discussion.New(ctx, discussion.Options{DB: a.cfg.DB, Guard: a.newGuard(), Door: a.talkDoor, Accounts: a.House.Directory,
		Inbox: a.House.Inbox, Mail: a.Mail, Now: a.Clock.Now, Real: a.cfg.Real, Wake: a.Projector.Wake, Made: a.removeMade, Forget: a.forgetMessage,
		Announce: func(t discussion.Topic, _ int) { a.Server.Changed(t) }})
	return err
}

// talkDoor tells how a viewer stands to a topic.
func (a *App) talkDoor(ctx context.Context, v people.Viewer, t discussion.Topic) (discussion.Access, error) {
	subject, id, item := t.Parts()
	access := discussion.Access{Audience: discussion.AudienceOf(v.ActiveRole())}
	switch subject {
	case discussion.Item:
		talk, err := a.Calendar.TalkOf(ctx, v, id, item)
		access.Relation, access.Write, access.Guests = talk.Relation, talk.Open, talk.Guests
		return access, err
	case discussion.Contribution:
		talk, err := a.Book.TalkOf(ctx, v, id)
		access.Relation, access.Write, access.Owner, access.Unnamed = "msg.contrib", talk.Open, talk.Author, talk.Unnamed
		return access, err
	case discussion.Article:
		_, err := a.Library.Title(ctx, v, id)
		access.Relation, access.Write = "kb.comment", true
		return access, err
	default:
		return discussion.Access{}, fault.NotFoundError()
	}
}

// removeMade takes away what was made from a message that was removed.
func (a *App) removeMade(ctx context.Context, origin string) error {
	return errors.Join(a.Calendar.RemoveMade(ctx, origin), a.Book.RemoveMade(ctx, origin))
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

// forgetMessage takes a message out of every index at once.
func (a *App) forgetMessage(ctx context.Context, t discussion.Topic, n int) error {
	return a.Search.Forget(ctx, textindex.KindDiscussion, discussion.Origin(t, n))
}

// talkSource are the messages as they are searched.
type talkSource struct{ *App }

func (talkSource) Kind() string { return textindex.KindDiscussion }
func (talkSource) Audiences() []search.Audience {
	return []search.Audience{search.Members, search.Chair}
}

func (s talkSource) Changed(ctx context.Context, since time.Time, each func([]store.Meta) error) error {
	return s.Hall.Changed(ctx, since, each)
}

func (s talkSource) Read(ctx context.Context, v people.Viewer, ids []string) ([]search.Document, error) {
	found, err := s.Hall.Findable(ctx, v, ids)
	if err != nil {
		return nil, err
	}
	docs := make([]search.Document, len(found))
	for i, m := range found {
		title, err := s.talkTitle(ctx, v, m.Topic)
		if err != nil {
			return nil, err
		}
		docs[i] = search.Document{ID: m.ID, Title: title, Body: m.Text, Day: nl.DatumISO(m.At), Link: m.Link, Note: "Reactie"}
	}
	return docs, nil
}

// talkTitle says what a discussion is about, to who may enter it.
func (a *App) talkTitle(ctx context.Context, v people.Viewer, t discussion.Topic) (string, error) {
	switch subject, id, item := t.Parts(); subject {
	case discussion.Item:
		talk, err := a.Calendar.TalkOf(ctx, v, id, item)
		return "Reactie bij " + talk.Item, err
	case discussion.Contribution:
		talk, err := a.Book.TalkOf(ctx, v, id)
		return "Reactie bij " + talk.Title, err
	case discussion.Article:
		title, err := a.Library.Title(ctx, v, id)
		return "Reactie bij " + title, err
	default:
		return "Reactie bij een vraag", nil
	}
}
