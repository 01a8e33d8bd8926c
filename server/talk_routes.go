package server

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"ruggespraak/meetings/discussion"
	"ruggespraak/people"
)

// What messages can be for who asks, by what they are about; the door of the
// discussion decides which it is.
var (
	itemMessages     = objects("msg.other", "msg.guestitem", "msg.closed")
	contribMessages  = objects("msg.contrib")
	questionMessages = objects("msg.ask")
)

func (s *Server) talkRoutes() []Route {
	all := []Route{
		{get, "/inbreng/vragen", objects("ask.other", "ask.own"), people.List, "questionList", s.questionList},
		{post, "/inbreng/vragen", objects("ask.own"), people.Create, "questionAsk", s.questionAsk},
		{post, "/inbreng/vragen/:id/beantwoord", objects("ask.own", "ask.other"), people.Act, "questionClose", s.questionClose},
		{get, "/overleggen/:id/punten/:punt/uitnodigen", objects("agenda.invited"), people.Update, "itemInviteForm", s.itemInviteForm},
		{post, "/overleggen/:id/punten/:punt/uitnodigen", objects("agenda.invited"), people.Update, "itemInvite", s.itemInvite},
		{post, "/overleggen/:id/punten/:punt/reacties/:nr/uitkomst", objects("minutes.draft"), people.Create, "talkOutcome", s.talkOutcome},
	}
	for _, about := range []struct {
		base  string
		read  []people.Object
		write []people.Object
	}{
		{"/inbreng/vragen/:id", append(objects("ask.other", "ask.own"), questionMessages...), questionMessages},
		{"/inbreng/:id/reacties", contribMessages, contribMessages},
		{"/overleggen/:id/punten/:punt/reacties", itemMessages, objects("msg.own", "msg.guestitem")},
	} {
		all = append(all, s.talkOn(about.base, about.read, about.write)...)
	}
	return all
}

// talkOn are the routes of the discussion of one sort of thing.
func (s *Server) talkOn(base string, read, write []people.Object) []Route {
	own, flag := objects("msg.own"), objects("msg.flag")
	return []Route{
		{get, base, read, people.Read, "talkShow", s.talkShow},
		{post, base, write, people.Create, "talkPost", s.talkPost},
		{post, base + "/gelezen", objects("msg.seen.own"), people.Update, "talkSeen", s.talkSeen},
		{post, base + "/reactie", objects("msg.reaction.own"), people.Create, "talkReact", s.paced(s.talkReact)},
		{get, base + "/:nr", read, people.Read, "talkMessage", s.talkMessage},
		{get, base + "/:nr/aanpassen", own, people.Update, "talkEditForm", s.talkEditForm},
		{post, base + "/:nr/aanpassen", own, people.Update, "talkEdit", s.talkEdit},
		{post, base + "/:nr/verwijderen", own, people.Delete, "talkDelete", s.paced(s.talkDelete)},
		{post, base + "/:nr/inbreng", objects("contrib.draft.own"), people.Create, "talkShare", s.talkShare},
		{post, base + "/:nr/markeren", flag, people.Create, "talkFlag", s.paced(s.talkFlag)},
		{post, base + "/:nr/herstellen", flag, people.Act, "talkRestore", s.talkRestore},
		{post, base + "/:nr/weghalen", flag, people.Act, "talkRemove", s.talkRemove},
	}
}

// topicOf is the topic that the address names.
func topicOf(c *fiber.Ctx) discussion.Topic {
	switch path := routeOf(c).Path; {
	case strings.HasPrefix(path, "/overleggen/"):
		return discussion.ItemTopic(c.Params("id"), c.Params("punt"))
	case strings.HasPrefix(path, "/inbreng/vragen/"):
		return discussion.TopicOf(discussion.Asked, c.Params("id"))
	default:
		return discussion.TopicOf(discussion.Contribution, c.Params("id"))
	}
}
