package demo

import (
	"context"

	"ruggespraak/server"
	"ruggespraak/server/mail"
)

// Mail gives the mail that would leave the house, newest first.
func (d *Demo) Mail(ctx context.Context, after string) (mails []server.DemoMail, next string, err error) {
	sender, err := mail.New(mail.Options{Queue: d.app.Mail, Address: d.address})
	if err != nil {
		return nil, "", err
	}
	shown, next, err := sender.List(ctx, "", after)
	if err != nil {
		return nil, "", err
	}
	for _, m := range shown {
		name, _, _, err := d.app.House.Directory.Address(ctx, m.To)
		if err != nil {
			return nil, "", err
		}
		mails = append(mails, server.DemoMail{To: name, Subject: m.Subject, Line: m.Line, Link: m.Link, At: m.At})
	}
	return mails, next, nil
}

func (d *Demo) address(ctx context.Context, account string) (string, error) {
	_, address, _, err := d.app.House.Directory.Address(ctx, account)
	return address, err
}
