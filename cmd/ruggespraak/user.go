package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"ruggespraak/cmd/app"
	"ruggespraak/people"
)

// userCommand lets in the first administrator. There is no default account.
type userCommand struct {
	Kept    storeSettings `embed:""`
	BaseURL string        `name:"base-url" help:"Scheme and host under which people reach the product." env:"RUGGESPRAAK_BASE_URL" placeholder:"URL"`
}

// Validate is called by kong.
func (c *userCommand) Validate() error {
	if err := checkBaseURL(c.BaseURL); err != nil {
		return fmt.Errorf("--base-url: %w", err)
	}
	return nil
}

// errHaveOne is the answer when an administrator can sign in already.
var errHaveOne = errors.New("there is an administrator already: ask them for an invitation")

// Run is called by kong.
func (c *userCommand) Run(ctx context.Context, t *terminal) (err error) {
	a, closeAll, err := openApp(ctx, t, c.Kept, mailSettings{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeAll()) }()
	token, err := a.House.Door.FirstAdministrator(ctx)
	if err != nil {
		return err
	}
	if token == "" {
		return errHaveOne
	}
	base := strings.TrimSuffix(c.BaseURL, "/")
	if base == "" {
		base = "http://localhost:8080"
	}
	fmt.Fprintln(t.out, "Open this link to become the first administrator. It works once, for 7 days:")
	fmt.Fprintln(t.out, base+people.FirstPath+url.PathEscape(token))
	return nil
}

// openApp opens the program without serving, on the product's store.
func openApp(ctx context.Context, t *terminal, kept storeSettings, post mailSettings) (*app.App, func() error, error) {
	db, err := kept.open(ctx)
	if err != nil {
		return nil, nil, err
	}
	post.settle()
	a, err := app.New(ctx, app.Config{
		DB: db, BaseURL: post.base(), SMTP: post.SMTP, MailFrom: post.MailFrom,
		Development: kept.Development, Log: newLog(t, kept.Development),
	})
	if err != nil {
		return nil, nil, errors.Join(err, db.Close())
	}
	return a, func() error { return errors.Join(a.Close(), db.Close()) }, nil
}
