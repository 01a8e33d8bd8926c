package server

import (
	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/pages/account"
	"ruggespraak/frontend/parts"
	"ruggespraak/people"
)

func invitationPath(c *fiber.Ctx) string { return people.InvitationPath + c.Params("token") }

// invitation is the page where an invited person chooses a password.
func (s *Server) invitation(c *fiber.Ctx) error {
	return s.showInvitation(c, fiber.StatusOK, parts.Refusal{})
}

func (s *Server) showInvitation(c *fiber.Ctx, status int, refused parts.Refusal) error {
	who, err := s.svc.House.Door.Invitation(ctx(c), c.Params("token"))
	if err != nil {
		return err
	}
	if _, err := s.visitor(c); err != nil {
		return err
	}
	title := "Welkom bij Ruggespraak"
	if who.Again {
		title = "Nieuw wachtwoord en nieuwe codes"
	}
	page := account.InvitationPage{Page: s.bare(c, title), Refused: refused, Action: invitationPath(c), Name: who.Name, Mail: who.Mail, Again: who.Again}
	page.Page.Error = refused.Any()
	return s.render(c, status, account.Invitation(page))
}

// invitationPassword takes the first step of an invitation.
func (s *Server) invitationPassword(c *fiber.Ctx) error {
	token, sess, err := s.svc.House.Door.ChoosePassword(ctx(c), c.Params("token"), posted(c, "wachtwoord"), posted(c, "herhaal"), s.from(c))
	if r, ok := refused(err); ok {
		return s.showInvitation(c, fiber.StatusUnprocessableEntity, r)
	}
	if err != nil {
		return err
	}
	s.takeOn(c, token, sess)
	return c.Redirect(invitationPath(c)+"/code", fiber.StatusSeeOther)
}

// invitationCodeForm is the page where the second factor is set up.
func (s *Server) invitationCodeForm(c *fiber.Ctx) error {
	return s.showSecondFactor(c, fiber.StatusOK, parts.Refusal{})
}

func (s *Server) showSecondFactor(c *fiber.Ctx, status int, refused parts.Refusal) error {
	second, err := s.svc.House.Door.SecondFactor(ctx(c), session(c), c.Params("token"))
	if err != nil {
		return err
	}
	page := account.SecondFactorPage{Page: s.bare(c, "App met codes"), Refused: refused, Action: invitationPath(c) + "/code",
		QRSize: second.QR.Size, QRPath: second.QR.Path, Secret: second.Secret}
	page.Page.Error = refused.Any()
	return s.render(c, status, account.SecondFactor(page))
}

// invitationCode takes the last step: the account is the visitor's.
func (s *Server) invitationCode(c *fiber.Ctx) error {
	token, sess, err := s.svc.House.Door.Accept(ctx(c), session(c), c.Params("token"), field(c, "code"), s.from(c))
	if r, ok := refused(err); ok {
		return s.showSecondFactor(c, fiber.StatusUnprocessableEntity, r)
	}
	if err != nil {
		return err
	}
	s.takeOn(c, token, sess)
	if err := s.leaveFlash(c, "Uw account is klaar. U bent ingelogd."); err != nil {
		return err
	}
	return s.goOn(c, sess)
}

// firstAdministrator is the page of the token on the terminal.
func (s *Server) firstAdministrator(c *fiber.Ctx) error {
	return s.showFirst(c, fiber.StatusOK, account.FirstPage{})
}

func (s *Server) showFirst(c *fiber.Ctx, status int, page account.FirstPage) error {
	if err := s.svc.House.Door.First(ctx(c), c.Params("token")); err != nil {
		return err
	}
	if _, err := s.visitor(c); err != nil {
		return err
	}
	page.Page, page.Action = s.bare(c, "Eerste beheerder"), people.FirstPath+c.Params("token")
	page.Page.Error = page.Refused.Any()
	return s.render(c, status, account.First(page))
}

// firstAdministratorBegin uses that token; the invitation follows.
func (s *Server) firstAdministratorBegin(c *fiber.Ctx) error {
	name, mail := field(c, "naam"), field(c, "mail")
	invitation, err := s.svc.House.Door.BeginFirst(ctx(c), c.Params("token"), name, mail)
	if r, ok := refused(err); ok {
		return s.showFirst(c, fiber.StatusUnprocessableEntity, account.FirstPage{Refused: r, Name: name, Mail: mail})
	}
	if err != nil {
		return err
	}
	return c.Redirect(people.InvitationPath+invitation, fiber.StatusSeeOther)
}
