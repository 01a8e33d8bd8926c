package app

import (
	"context"

	"ruggespraak/internal/fault"
	"ruggespraak/internal/outbox"
	"ruggespraak/server/mail"
)

// kindInvitation is the one kind of mail whose link lets somebody in: it is
// made when the mail is sent, and kept nowhere.
const kindInvitation = "uitnodiging"

func (a *App) openSender(context.Context) (err error) {
	a.Sender, err = mail.New(mail.Options{
		Queue: a.Mail, Server: a.cfg.SMTP, From: a.cfg.MailFrom, BaseURL: a.cfg.BaseURL,
		Address: a.mailAddress, Link: a.mailLink, Log: a.cfg.Log,
	})
	return err
}

// mailAddress reads the address at the moment of sending: an account that was
// ended meanwhile gets nothing any more.
func (a *App) mailAddress(ctx context.Context, account string) (string, error) {
	_, address, ok, err := a.House.Directory.Address(ctx, account)
	if err == nil && !ok {
		return "", fault.NotFoundError()
	}
	return address, err
}

func (a *App) mailLink(ctx context.Context, m outbox.Mail) (string, error) {
	if m.Kind == kindInvitation {
		return a.House.Directory.FreshLink(ctx, m.To)
	}
	return m.Link, nil
}
