package server

import (
	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/nl"
	"ruggespraak/frontend/pages/account"
	"ruggespraak/frontend/parts"
	"ruggespraak/people"
)

// own is the page of the viewer's own account.
func (s *Server) own(c *fiber.Ctx) error {
	return s.showOwn(c, fiber.StatusOK, parts.Refusal{})
}

func (s *Server) showOwn(c *fiber.Ctx, status int, refused parts.Refusal) error {
	v := viewer(c)
	a, err := s.svc.House.Directory.Account(ctx(c), v.Account)
	if err != nil {
		return err
	}
	page := account.OwnPage{
		Page: s.narrow(c, "Mijn gegevens"), Refused: refused, Name: a.Name, Mail: a.Mail, Roles: roleChoices(a, v.Role),
		Organisation: s.svc.House.Directory.OrganisationName(ctx(c), a.Organisation),
		Region:       s.svc.House.Directory.RegionName(ctx(c), a.Region),
	}
	page.Page.Error = refused.Any()
	return s.render(c, status, account.Own(page))
}

// ownSessions shows where the viewer is signed in.
func (s *Server) ownSessions(c *fiber.Ctx) error {
	seen, err := s.svc.House.Sessions.List(ctx(c), viewer(c), session(c))
	if err != nil {
		return err
	}
	page := account.SessionsPage{Page: s.narrow(c, "Waar u bent ingelogd"), Sessions: sessionLines(seen)}
	return s.render(c, fiber.StatusOK, account.Sessions(page))
}

func sessionLines(seen []people.Seen) []account.Session {
	var lines []account.Session
	for _, one := range seen {
		line := account.Session{
			Device: one.Device, Since: nl.DatumUur(one.SignedIn), Used: nl.DatumUur(one.Used), Current: one.Current,
			End: "/mijn-gegevens/sessies/" + one.Handle + "/uitloggen",
		}
		if one.Role != "" {
			line.Role = one.Role.Label()
		}
		lines = append(lines, line)
	}
	return lines
}

// ownPassword gives the viewer another password, in a new session.
func (s *Server) ownPassword(c *fiber.Ctx) error {
	token, sess, err := s.svc.House.Door.ChangePassword(ctx(c), viewer(c), session(c),
		posted(c, "huidig"), posted(c, "wachtwoord"), posted(c, "herhaal"), s.from(c))
	if r, status, ok := signInRefused(err); ok {
		if status == fiber.StatusTooManyRequests {
			r = parts.Refusal{Title: "Uw wachtwoord is nog niet bewaard", Fields: []parts.FieldRefusal{{Name: "huidig", Sentence: r.Fields[0].Sentence}}}
		}
		return s.showOwn(c, status, r)
	}
	if err != nil {
		return err
	}
	s.takeOn(c, token, sess)
	return s.seeOther(c, "/mijn-gegevens", "Uw nieuwe wachtwoord is bewaard. Op andere apparaten bent u uitgelogd.")
}
