package people

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"ruggespraak/internal/clock"
	"ruggespraak/internal/fault"
	"ruggespraak/internal/outbox"
	"ruggespraak/store"
)

// Directory knows all accounts, organisations and regions. Safe for several
// goroutines. What it answers without a viewer is for other domain packages,
// which decide who may see it.
type Directory struct {
	accounts      *store.Collection[record]
	mails         *store.Collection[mailClaim]
	organisations *store.Collection[Organisation]
	regions       *store.Collection[Region]
	names         *store.Collection[nameClaim]
	journal       *Journal
	mail          *outbox.Queue // nil: links are shown
	now           clock.Now
	roster        roster
}

// roster keeps the names of all accounts for a moment: every message asks for
// them. A write through this instance ends it.
type roster struct {
	mu    sync.Mutex
	names []string
	read  time.Time
	gone  int // how often it was ended
}

// rosterLasts is how long an account that another instance made may be missing.
const rosterLasts = time.Second

func (r *roster) end() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.names = nil
	r.gone++
}

// at gives the names, nil when they must be read, and what keep must be given
// then.
func (r *roster) at(now time.Time) (names []string, gone int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if age := now.Sub(r.read); age < 0 || age >= rosterLasts {
		return nil, r.gone
	}
	return r.names, r.gone
}

func (r *roster) keep(names []string, read time.Time, gone int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.gone == gone {
		r.names, r.read = names, read
	}
}

func newDirectory(ctx context.Context, o Options, j *Journal) (*Directory, error) {
	d := &Directory{journal: j, mail: o.Mail, now: o.Now}
	db := o.DB
	var errs [5]error
	accounts := accountSpec()
	accounts.Stamp = func(*record) { d.roster.end() }
	d.accounts, errs[0] = store.Open(ctx, db, accounts)
	d.mails, errs[1] = store.Open(ctx, db, store.Spec[mailClaim]{
		Name: "account_mail", Meta: func(c *mailClaim) *store.Meta { return &c.Meta },
	})
	d.organisations, errs[2] = store.Open(ctx, db, organisationSpec())
	d.regions, errs[3] = store.Open(ctx, db, regionSpec())
	d.names, errs[4] = store.Open(ctx, db, nameClaimSpec())
	return d, errors.Join(errs[:]...)
}

// Account gives the account, an ended one too; a NotFound fault when there is
// none.
func (d *Directory) Account(ctx context.Context, id string) (*Account, error) {
	r, err := found(d.accounts.Get(ctx, id))
	if err != nil {
		return nil, err
	}
	return &r.Account, nil
}

// Address is where mail for the account goes; ok is false when there is no
// such account or it was ended, and nothing may be sent.
func (d *Directory) Address(ctx context.Context, id string) (name, mail string, ok bool, err error) {
	r, err := d.accounts.Get(ctx, id)
	if errors.Is(err, store.ErrNotFound) {
		return "", "", false, nil
	}
	if err != nil {
		return "", "", false, err
	}
	return r.Name, r.Mail, r.Ended == nil, nil
}

// Names gives the names of those accounts that exist, by id.
func (d *Directory) Names(ctx context.Context, ids []string) (map[string]string, error) {
	all, err := d.accounts.GetMany(ctx, ids)
	if err != nil {
		return nil, err
	}
	names := make(map[string]string, len(all))
	for _, r := range all {
		names[r.ID] = r.Name
	}
	return names, nil
}

// Person is an account as a list shows it. Which of it a viewer may see is
// said where it is asked for.
type Person struct {
	ID           string
	Name         string
	Mail         string
	Roles        []Role
	Organisation string // id
	Region       string // id
	Joined       bool   // the invitation was used
	Ended        bool
}

// WithRole gives the active accounts that have the role, by name.
func (d *Directory) WithRole(ctx context.Context, r Role) ([]Person, error) {
	return d.persons(ctx, store.Query{Order: store.Order{"role", "name"}, Equal: []string{string(r)}})
}

// AllNames gives the names of all accounts, ended ones too: what no text that
// leaves the house may hold.
func (d *Directory) AllNames(ctx context.Context) ([]string, error) {
	now := d.now()
	_, gone := d.roster.at(now)
	all, err := d.persons(ctx, store.Query{Order: store.Order{"name"}})
	if err != nil {
		return nil, err
	}
	names := make([]string, len(all))
	for i, p := range all {
		names[i] = p.Name
	}
	d.roster.keep(names, now, gone)
	return names, nil
}

// RecentNames is AllNames for what is asked with every message: an account that
// another instance made may be among them a second later. The caller does not
// change them.
func (d *Directory) RecentNames(ctx context.Context) ([]string, error) {
	if names, _ := d.roster.at(d.now()); names != nil {
		return names, nil
	}
	return d.AllNames(ctx)
}

// People gives all accounts by name, as the viewer may see them: the chair
// sees names and roles only.
func (d *Directory) People(ctx context.Context, v Viewer) ([]Person, error) {
	if err := Allow(v, "account.other", List); err != nil {
		return nil, err
	}
	all, err := d.persons(ctx, store.Query{Order: store.Order{"name"}})
	if err != nil || RedactionFor(v.ActiveRole(), "account.other") != RoleOnly {
		return all, err
	}
	for i, p := range all {
		all[i] = Person{ID: p.ID, Name: p.Name, Roles: p.Roles}
	}
	return all, nil
}

// Person gives the account of another to who may read it.
func (d *Directory) Person(ctx context.Context, v Viewer, id string) (*Account, error) {
	if err := Allow(v, "account.other", Read); err != nil {
		return nil, err
	}
	return d.Account(ctx, id)
}

// persons reads rows only, page after page: there are tens of accounts, and
// thousands at the most.
func (d *Directory) persons(ctx context.Context, q store.Query) ([]Person, error) {
	var all []Person
	for {
		rows, next, err := store.Rows[listed](ctx, d.accounts, q)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			all = append(all, Person{
				ID: r.ID, Name: r.Row.Name, Mail: r.Row.Mail, Roles: r.Row.Roles,
				Organisation: r.Row.Organisation, Region: r.Row.Region, Joined: r.Row.Joined, Ended: r.Row.Ended,
			})
		}
		if next == "" {
			return all, nil
		}
		q.After = next
	}
}

// byMail finds the account that has the address; store.ErrNotFound when none.
func (d *Directory) byMail(ctx context.Context, address string) (*record, error) {
	key, ok := mailKey(address)
	if !ok {
		return nil, store.ErrNotFound
	}
	c, err := d.mails.Get(ctx, key)
	if err != nil {
		return nil, err
	}
	return d.accounts.Get(ctx, c.Account)
}

// claimMail makes the address that of the account. A claim whose account was
// never made is taken over after a while.
func (d *Directory) claimMail(ctx context.Context, key, account string) error {
	err := d.mails.Insert(ctx, &mailClaim{Meta: store.Meta{ID: key}, Account: account, At: d.now()})
	if !errors.Is(err, store.ErrExists) {
		return err
	}
	_, err = d.mails.Update(ctx, key, func(c *mailClaim) error {
		if _, err := d.accounts.Get(ctx, c.Account); err == nil || d.now().Sub(c.At) < claimGrace {
			return errTaken
		} else if !errors.Is(err, store.ErrNotFound) {
			return err
		}
		c.Account, c.At = account, d.now()
		return nil
	})
	return err
}

// SetTheme keeps how the viewer likes the pages; an Invalid fault for what is
// no theme.
func (d *Directory) SetTheme(ctx context.Context, v Viewer, t Theme) error {
	if err := Allow(v, "prefs.own", Update); err != nil {
		return err
	}
	if t != ThemeSystem && t != ThemeLight && t != ThemeDark {
		var f fault.Form
		f.Add("weergave", "Kies licht, donker of wat uw apparaat doet.")
		return f.Err("Uw keuze is nog niet bewaard")
	}
	_, err := found(d.accounts.Update(ctx, v.Account, func(r *record) error { r.Theme = t; return nil }))
	return err
}

// Enrolment is an account that is there at once, without an invitation.
type Enrolment struct {
	ID           string // empty: a random one
	Name, Mail   string
	Roles        []Role
	Organisation string
	Region       string
	Password     string // empty: cannot sign in with one
	Secret       string // of the second factor, base32
}

// Enroll makes an account that is active at once. For the demo and for tests,
// by the product itself only.
func (h *House) Enroll(ctx context.Context, v Viewer, e Enrolment) (*Account, error) {
	if !v.IsSystem() {
		return nil, fault.NotFoundError()
	}
	now := h.now()
	r := &record{Account: Account{
		Meta: store.Meta{ID: e.ID}, Name: e.Name, Mail: e.Mail, Roles: e.Roles,
		Organisation: e.Organisation, Region: e.Region, Made: now, Joined: &now,
	}, Secret: e.Secret}
	if r.ID == "" {
		r.ID = store.NewID()
	}
	key, ok := mailKey(e.Mail)
	if !ok {
		return nil, fmt.Errorf("enroll %s: no mail address", r.ID)
	}
	if e.Password != "" {
		var err error
		if r.Password, err = h.Door.kdf.hash(ctx, e.Password); err != nil {
			return nil, err
		}
	}
	if err := h.Directory.claimMail(ctx, key, r.ID); err != nil {
		return nil, fmt.Errorf("enroll %s: claim mail: %w", r.ID, err)
	}
	if err := h.Directory.accounts.Insert(ctx, r); err != nil {
		return nil, fmt.Errorf("enroll %s: %w", r.ID, err)
	}
	return &r.Account, nil
}
