package people

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"ruggespraak/internal/fault"
	"ruggespraak/internal/outbox"
	"ruggespraak/store"
)

// NewAccount is what an administrator fills in about somebody.
type NewAccount struct {
	Name, Mail   string
	Roles        []Role
	Organisation string // id; needed for a coordinator
	Region       string // id; needed for a coordinator
}

const notInvited = "De uitnodiging is nog niet gemaakt"

// Invite makes an account and its invitation. The token is for the inviter to
// hand over; it is empty when a mail with the link is on its way.
func (d *Directory) Invite(ctx context.Context, v Viewer, n NewAccount) (_ *Account, token string, err error) {
	if err := errors.Join(Allow(v, "account.other", Create), Allow(v, "role.assign", Create)); err != nil {
		return nil, "", err
	}
	if err := d.check(ctx, &n); err != nil {
		return nil, "", err
	}
	r, err := d.insert(ctx, v, n)
	if err != nil {
		return nil, "", err
	}
	if token, err = d.invite(ctx, r.ID); err != nil {
		return nil, "", err
	}
	return &r.Account, token, d.note(ctx, v, Invited, r.ID, "")
}

// Renew makes a new invitation for an account, in place of an older one: for a
// forgotten password or a lost second factor. What works now works until the
// link is used.
func (d *Directory) Renew(ctx context.Context, v Viewer, id string) (token string, err error) {
	if err := d.mayAct(ctx, v, id); err != nil {
		return "", err
	}
	if token, err = d.invite(ctx, id); err != nil {
		return "", err
	}
	return token, d.note(ctx, v, LinkRenewed, id, "")
}

// invite gives the account an invitation and its token; with a mail server the
// token is made when the mail is sent, and what was open ends now.
func (d *Directory) invite(ctx context.Context, id string) (token string, err error) {
	_, err = found(d.accounts.Update(ctx, id, func(r *record) error {
		if r.Ended != nil {
			return fault.New(fault.Conflict, "Dit account is beëindigd. Open het eerst weer.")
		}
		if d.mail == nil {
			token = d.newTicket(r)
			return nil
		}
		r.Invitation = nil
		r.Events.Add(invitationMail, d.now(), struct{}{})
		return nil
	}))
	return token, err
}

// invitationMail is the kind of the mail that brings an invitation, and of the
// event that asks for it. Its link is empty: see FreshLink.
const invitationMail = "uitnodiging"

// Sources gives the documents that wait for something to happen elsewhere.
func (h *House) Sources() []outbox.Source {
	return []outbox.Source{outbox.SourceOf("people", h.Directory.accounts, func(r *record) *outbox.Log { return &r.Events })}
}

// Handlers gives what is done for the events of Sources.
func (h *House) Handlers() map[string]outbox.Handler {
	return map[string]outbox.Handler{invitationMail: h.Directory.mailInvitation}
}

func (d *Directory) mailInvitation(ctx context.Context, account string, e outbox.Event) error {
	if d.mail == nil {
		return nil // the mail server was taken away: the administrator makes a new link
	}
	return d.mail.Add(ctx, outbox.EffectID(e.ID, account, invitationMail), outbox.Mail{To: account, Kind: invitationMail})
}

// check puts the fields in order, or gives an Invalid fault.
func (d *Directory) check(ctx context.Context, n *NewAccount) error {
	var f fault.Form
	var ok bool
	n.Name, ok = cleanName(n.Name)
	f.Require(ok, "naam", "Vul een naam in van 2 tot 80 tekens.")
	_, ok = mailKey(n.Mail)
	f.Require(ok, "mail", "Vul een e-mailadres in, zoals naam@voorbeeld.nl.")
	n.Roles = checkRoles(&f, n.Roles)
	if err := d.checkPlace(ctx, &f, n); err != nil {
		return err
	}
	if ok {
		if _, err := d.byMail(ctx, n.Mail); err == nil {
			f.Add("mail", "Er is al een account met dit e-mailadres.")
		} else if !errors.Is(err, store.ErrNotFound) {
			return err
		}
	}
	return f.Err(notInvited)
}

// checkPlace notes what is wrong with organisation and region.
func (d *Directory) checkPlace(ctx context.Context, f *fault.Form, n *NewAccount) error {
	needed := slices.Contains(n.Roles, Coordinator)
	if err := checkOne(f, "organisatie", n.Organisation, needed, func() error { _, err := d.Organisation(ctx, n.Organisation); return err }); err != nil {
		return err
	}
	return checkOne(f, "regio", n.Region, needed, func() error { _, err := d.Region(ctx, n.Region); return err })
}

func checkOne(f *fault.Form, field, id string, needed bool, get func() error) error {
	sentence := "Kies een " + field + " uit de lijst."
	if id == "" {
		f.Require(!needed, field, sentence)
		return nil
	}
	err := get()
	if fault.Is(err, fault.NotFound) {
		f.Add(field, sentence)
		return nil
	}
	return err
}

// insert claims the address and keeps the account. Roles that need a second
// administrator wait.
func (d *Directory) insert(ctx context.Context, v Viewer, n NewAccount) (*record, error) {
	now := d.now()
	r := &record{Account: Account{
		Meta: store.Meta{ID: store.NewID()}, Name: n.Name, Mail: n.Mail,
		Organisation: n.Organisation, Region: n.Region, Made: now,
	}}
	if err := d.give(ctx, v, r, n.Roles); err != nil {
		return nil, err
	}
	key, _ := mailKey(n.Mail)
	if err := d.claimMail(ctx, key, r.ID); errors.Is(err, errTaken) {
		var f fault.Form
		f.Add("mail", "Er is al een account met dit e-mailadres.")
		return nil, f.Err(notInvited)
	} else if err != nil {
		return nil, err
	}
	if err := d.accounts.Insert(ctx, r); err != nil {
		return nil, fmt.Errorf("make account: %w", err)
	}
	return r, nil
}

// needsTwo tells whether giving the role takes two administrators: it does for
// the chair, once there are two.
func (d *Directory) needsTwo(ctx context.Context, v Viewer, r Role) (bool, error) {
	if v.IsSystem() || r != Chair && r != Auditor {
		return false, nil
	}
	administrators, err := d.WithRole(ctx, Administrator)
	return len(administrators) > 1, err
}

// give sets the roles of a new record, keeping those that wait apart.
func (d *Directory) give(ctx context.Context, v Viewer, r *record, roles []Role) error {
	for _, role := range roles {
		two, err := d.needsTwo(ctx, v, role)
		if err != nil {
			return err
		}
		if two {
			r.Waiting = append(r.Waiting, Grant{Role: role, By: v.Account, At: d.now()})
		} else {
			r.Roles = append(r.Roles, role)
		}
	}
	return nil
}

// Change is what an administrator changes about an account.
type Change struct {
	Name         string
	Organisation string
	Region       string
}

const notChanged = "De wijziging is nog niet bewaard"

// Change changes an account; its roles are given and taken one by one.
func (d *Directory) Change(ctx context.Context, v Viewer, id string, c Change) error {
	if err := Allow(v, "account.other", Update); err != nil {
		return err
	}
	before, err := d.Account(ctx, id)
	if err != nil {
		return err
	}
	n := NewAccount{Roles: before.allRoles(), Organisation: c.Organisation, Region: c.Region}
	var f fault.Form
	var ok bool
	n.Name, ok = cleanName(c.Name)
	f.Require(ok, "naam", "Vul een naam in van 2 tot 80 tekens.")
	if err := d.checkPlace(ctx, &f, &n); err != nil {
		return err
	}
	if err := f.Err(notChanged); err != nil {
		return err
	}
	_, err = found(d.accounts.Update(ctx, id, func(r *record) error {
		r.Name, r.Organisation, r.Region = n.Name, n.Organisation, n.Region
		return nil
	}))
	if err != nil {
		return err
	}
	return d.note(ctx, v, AccountChanged, id, "")
}

// allRoles are the roles of the account with those that wait, in the order of
// the matrix.
func (a *Account) allRoles() []Role {
	var all []Role
	for _, r := range grantable {
		if a.Has(r) || a.waits(r) {
			all = append(all, r)
		}
	}
	return all
}

func (a *Account) waits(r Role) bool {
	return slices.ContainsFunc(a.Waiting, func(g Grant) bool { return g.Role == r })
}

// GiveRole gives an account a role. The chair's waits for a second
// administrator, once there are two. Nobody gives oneself one.
func (d *Directory) GiveRole(ctx context.Context, v Viewer, id string, role Role) error {
	a, err := d.mayAssign(ctx, v, id, Create)
	if err != nil {
		return err
	}
	var f fault.Form
	checkRoles(&f, []Role{role})
	placed := role != Coordinator || a.Organisation != "" && a.Region != ""
	f.Require(placed, "rol", "Kies eerst een organisatie en een regio voor deze zorgcoördinator.")
	if err := f.Err(notChanged); err != nil {
		return err
	}
	two, err := d.needsTwo(ctx, v, role)
	if err != nil {
		return err
	}
	_, err = found(d.accounts.Update(ctx, id, func(r *record) error {
		switch {
		case r.Has(role) || r.waits(role):
			return store.Unchanged
		case two:
			r.Waiting = append(r.Waiting, Grant{Role: role, By: v.Account, At: d.now()})
		default:
			r.Roles = append(r.Roles, role)
		}
		return nil
	}))
	if err != nil || two {
		return err
	}
	return d.note(ctx, v, RoleGiven, id, role)
}

// TakeRole takes a role from an account, or a role that waits. Taking one that
// was in use ends the account's sessions, so that none comes back with the
// role. The last role stays.
func (d *Directory) TakeRole(ctx context.Context, v Viewer, id string, role Role) error {
	if _, err := d.mayAssign(ctx, v, id, Delete); err != nil {
		return err
	}
	_, err := found(d.accounts.Update(ctx, id, func(r *record) error {
		if !r.Has(role) && !r.waits(role) {
			return store.Unchanged
		}
		if r.Has(role) {
			r.Epoch++
		}
		r.Roles = slices.DeleteFunc(r.Roles, func(has Role) bool { return has == role })
		r.Waiting = slices.DeleteFunc(r.Waiting, func(g Grant) bool { return g.Role == role })
		if len(r.Roles)+len(r.Waiting) == 0 {
			var f fault.Form
			f.Add("rol", "Dit is de enige rol. Geef eerst een andere rol, of beëindig het account.")
			return f.Err(notChanged)
		}
		return nil
	}))
	if err != nil {
		return err
	}
	return d.note(ctx, v, RoleTaken, id, role)
}

// mayAssign gives the account when the viewer may do this to its roles.
func (d *Directory) mayAssign(ctx context.Context, v Viewer, id string, verb Verb) (*Account, error) {
	if err := Allow(v, "role.assign", verb); err != nil {
		return nil, err
	}
	a, err := d.Account(ctx, id)
	if err != nil {
		return nil, err
	}
	if id == v.Account && !May(v.ActiveRole(), "role.self", verb) {
		return nil, fault.New(fault.Forbidden, "Uw eigen rollen kunt u niet veranderen. Een andere beheerder kan dat wel.")
	}
	return a, nil
}

// ConfirmRole gives a role that another administrator proposed.
func (d *Directory) ConfirmRole(ctx context.Context, v Viewer, id string, role Role) error {
	if _, err := d.mayAssign(ctx, v, id, Act); err != nil {
		return err
	}
	_, err := found(d.accounts.Update(ctx, id, func(r *record) error {
		i := slices.IndexFunc(r.Waiting, func(g Grant) bool { return g.Role == role })
		if i < 0 {
			return fault.NotFoundError()
		}
		if r.Waiting[i].By == v.Account {
			return fault.New(fault.Forbidden, "Een andere beheerder moet deze rol bevestigen.")
		}
		r.Waiting = slices.Delete(r.Waiting, i, i+1)
		r.Roles = append(r.Roles, role)
		return nil
	}))
	if err != nil {
		return err
	}
	return d.note(ctx, v, RoleGiven, id, role)
}

// End ends an account: its sessions, its open invitation and what it signs in
// with are gone at once. Nobody ends the own account.
func (d *Directory) End(ctx context.Context, v Viewer, id string) error {
	if err := d.mayAct(ctx, v, id); err != nil {
		return err
	}
	if id == v.Account {
		return fault.New(fault.Forbidden, "Uw eigen account kunt u niet beëindigen.")
	}
	now := d.now()
	_, err := found(d.accounts.Update(ctx, id, func(r *record) error {
		if r.Ended != nil {
			return store.Unchanged
		}
		r.Ended = &now
		r.Password, r.Secret, r.Invitation, r.Waiting = "", "", nil, nil
		r.Epoch++
		return nil
	}))
	if err != nil {
		return err
	}
	return d.note(ctx, v, AccountEnded, id, "")
}

// Reopen takes back the end of an account. It can be used again after a new
// invitation, whose token this gives.
func (d *Directory) Reopen(ctx context.Context, v Viewer, id string) (token string, err error) {
	if err := d.mayAct(ctx, v, id); err != nil {
		return "", err
	}
	_, err = found(d.accounts.Update(ctx, id, func(r *record) error {
		if r.Ended == nil {
			return fault.New(fault.Conflict, "Dit account is niet beëindigd.")
		}
		r.Ended, r.Joined = nil, nil
		return nil
	}))
	if err != nil {
		return "", err
	}
	if token, err = d.invite(ctx, id); err != nil {
		return "", err
	}
	return token, d.note(ctx, v, AccountOpened, id, "")
}

// mayAct is nil when the viewer may act on the account and it exists.
func (d *Directory) mayAct(ctx context.Context, v Viewer, id string) error {
	if err := Allow(v, "account.other", Act); err != nil {
		return err
	}
	_, err := d.Account(ctx, id)
	return err
}

func (d *Directory) note(ctx context.Context, v Viewer, what What, account string, role Role) error {
	return d.journal.note(ctx, Happening{What: what, Account: account, By: v.Account, Role: role})
}
