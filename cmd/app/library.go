package app

import (
	"context"

	"ruggespraak/knowledge"
	"ruggespraak/knowledge/content"
)

func (a *App) openLibrary(ctx context.Context) (err error) {
	if a.cfg.Shipped == nil {
		a.cfg.Shipped = content.FS
	}
	a.Library, err = knowledge.New(ctx, knowledge.Options{DB: a.cfg.DB, Guard: a.guard, Accounts: a.House.Directory, Inbox: a.House.Inbox,
		Mail: a.Mail, Real: a.cfg.Real, Now: a.Clock.Now, Shipped: a.cfg.Shipped, Wake: a.Projector.Wake})
	return err
}
