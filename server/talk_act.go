package server

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	pages "ruggespraak/frontend/pages/talk"
	"ruggespraak/frontend/parts"
	"ruggespraak/internal/fault"
	"ruggespraak/meetings"
	"ruggespraak/meetings/discussion"
	"ruggespraak/people"
)

func (s *Server) talkDelete(c *fiber.Ctx) error {
	return s.talkAct(c, s.svc.Hall.Delete(ctx(c), viewer(c), topicOf(c), messageNumber(c)), "Uw reactie is verwijderd.")
}

func (s *Server) talkFlag(c *fiber.Ctx) error {
	return s.talkAct(c, s.svc.Hall.Flag(ctx(c), viewer(c), topicOf(c), messageNumber(c)), "De tekst is verborgen. CoMensha bekijkt de tekst.")
}

func (s *Server) talkRestore(c *fiber.Ctx) error {
	return s.talkAct(c, s.svc.Hall.Restore(ctx(c), viewer(c), topicOf(c), messageNumber(c)), "De tekst is weer te lezen.")
}

func (s *Server) talkRemove(c *fiber.Ctx) error {
	return s.talkAct(c, s.svc.Hall.Remove(ctx(c), viewer(c), topicOf(c), messageNumber(c)), "De tekst is voorgoed verwijderd.")
}

func (s *Server) talkAct(c *fiber.Ctx, err error, said string) error {
	if err != nil {
		return err
	}
	return s.talked(c, messageNumber(c), said)
}

// talkShare opens «Inbreng delen», filled in with one's own message.
func (s *Server) talkShare(c *fiber.Ctx) error {
	thread, text, err := s.svc.Hall.Single(ctx(c), viewer(c), topicOf(c), messageNumber(c))
	if err != nil {
		return err
	}
	if !slices.Contains(thread.Mine.Own, messageNumber(c)) {
		return fault.ForbiddenError()
	}
	if thread.Messages[0].Hidden {
		return fault.New(fault.Conflict, "CoMensha bekijkt deze tekst. Tot die tijd kunt u hem niet delen.")
	}
	draft, err := s.svc.Book.DraftFrom(ctx(c), viewer(c), discussion.Origin(thread.Topic, messageNumber(c)), text)
	if err != nil {
		return err
	}
	return s.seeOther(c, "/inbreng/concept/"+draft, "Uw reactie staat in het formulier. Pas de tekst aan zoals u wilt.")
}

// talkOutcome makes of a message an action or a line of the minutes.
func (s *Server) talkOutcome(c *fiber.Ctx) error {
	t, n := topicOf(c), messageNumber(c)
	err := s.svc.Hall.Make(ctx(c), viewer(c), t, n, func(text, reason string) error {
		return s.svc.Calendar.AddOutcome(ctx(c), viewer(c), c.Params("id"), c.Params("punt"), meetings.Result{
			Kind: meetings.OutcomeKind(field(c, "uitkomst")), Text: text, Origin: discussion.Origin(t, n), Reasons: meetings.Reasons{"tekst": reason}})
	})
	if err != nil {
		return err
	}
	return s.seeOther(c, notesPath(c), "De uitkomst staat in het verslag.")
}

// itemInviteForm shows who from outside the members takes part in an item.
func (s *Server) itemInviteForm(c *fiber.Ctx) error {
	return s.inviting(c, fiber.StatusOK, parts.Refusal{})
}

func (s *Server) inviting(c *fiber.Ctx, status int, r parts.Refusal) error {
	m, item, err := s.meetingItem(c)
	if err != nil {
		return err
	}
	page := pages.InvitePage{Page: s.narrow(c, "Uitnodigen bij: "+item.Title), Title: item.Title, Action: c.Path(), Refused: r,
		Lead:   "Wie u uitnodigt, leest en schrijft mee bij dit punt tot het overleg sluit. Zij lezen ook wat er al staat. Zij zien van anderen alleen de rol, en geen inbreng.",
		Crumbs: []parts.Link{meetingsCrumb, {Label: m.Title, Href: "/overleggen/" + m.ID}}}
	page.Page.Error = r.Any()
	for _, role := range []people.Role{people.SOMMember, people.TaskForce} {
		all, err := s.svc.House.Directory.WithRole(ctx(c), role)
		if err != nil {
			return err
		}
		for _, p := range all {
			page.People = append(page.People, parts.Option{Value: p.ID, Label: p.Name, Help: role.Label(), Checked: slices.Contains(item.Invited, p.ID)})
		}
	}
	return s.render(c, status, pages.Invite(page))
}

func (s *Server) itemInvite(c *fiber.Ctx) error {
	err := s.svc.Calendar.Invite(ctx(c), viewer(c), c.Params("id"), c.Params("punt"), fields(c, "wie"))
	if r, ok := refused(err); ok {
		return s.inviting(c, fiber.StatusUnprocessableEntity, r)
	}
	if err != nil {
		return err
	}
	return s.seeOther(c, topicOf(c).Path(), "De uitnodigingen zijn bewaard.")
}
