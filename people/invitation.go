package people

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"ruggespraak/internal/fault"
	"ruggespraak/store"
)

// invitationTime is how long an invitation is good.
const invitationTime = 7 * 24 * time.Hour

// InvitationPath is where the token of an invitation is used.
const InvitationPath = "/uitnodiging/"

// FirstPath is where the first administrator's token is used.
const FirstPath = "/eerste-beheerder/"

// setup is a password and a second factor that are not in use yet.
type setup struct {
	Ticket   string `json:"ticket"`   // hash of the invitation
	Password string `json:"password"` // argon2id in PHC form
	Secret   string `json:"secret"`   // base32
}

// errUsed is for an invitation that does not count (any more): unknown,
// replaced by a newer one, used or too old. All four look the same.
func errUsed() error {
	return fault.New(fault.NotFound, "Deze link werkt niet meer. Vraag de beheerder om een nieuwe.")
}

// Invitee is who an invitation is for.
type Invitee struct {
	Name string
	Mail string
	// Again is true when the account was in use before: a forgotten password
	// or a lost second factor.
	Again bool
}

// newTicket makes an invitation for the record, in place of an older one, and
// gives its token.
func (d *Directory) newTicket(r *record) (token string) {
	token = newToken()
	r.Invitation = &ticket{Hash: tokenHash(token), Ends: d.now().Add(invitationTime)}
	return token
}

// FreshLink makes a new invitation for the account and gives its path. For the
// sender of mail: nothing else knows the token, so it is made when it is sent.
func (d *Directory) FreshLink(ctx context.Context, account string) (path string, err error) {
	var token string
	_, err = found(d.accounts.Update(ctx, account, func(r *record) error {
		if r.Ended != nil {
			return fault.NotFoundError()
		}
		token = d.newTicket(r)
		return nil
	}))
	return InvitationPath + token, err
}

// invited finds the account whose open invitation has the token.
func (d *Door) invited(ctx context.Context, token string) (*record, error) {
	hash := tokenHash(token)
	recs, _, err := d.directory.accounts.Find(ctx, store.Query{Order: store.Order{"invitation"}, Equal: []string{hash}, Limit: 1})
	if err != nil {
		return nil, err
	}
	if len(recs) == 0 || !d.good(recs[0], hash) {
		return nil, errUsed()
	}
	return recs[0], nil
}

func (d *Door) good(r *record, hash string) bool {
	return r.Ended == nil && r.Invitation != nil && r.Invitation.Hash == hash && d.now().Before(r.Invitation.Ends)
}

// Invitation tells who the token invites; a NotFound fault when it does not
// count.
func (d *Door) Invitation(ctx context.Context, token string) (Invitee, error) {
	r, err := d.invited(ctx, token)
	if err != nil {
		return Invitee{}, err
	}
	return Invitee{Name: r.Name, Mail: r.Mail, Again: r.Joined != nil}, nil
}

// ChoosePassword is the first step of using an invitation. It gives a session
// that keeps the password until the second factor works; the invitation stays
// open until then.
func (d *Door) ChoosePassword(ctx context.Context, token, password, again string, from From) (sessionToken string, _ *Session, err error) {
	r, err := d.invited(ctx, token)
	if err != nil {
		return "", nil, err
	}
	var f fault.Form
	d.checkNew(&f, r, password, again)
	if err := f.Err(notSaved); err != nil {
		return "", nil, err
	}
	try := attemptBy("", from.Address)
	if err := d.throttle.begin(ctx, try); err != nil {
		return "", nil, d.held(ctx, err, from)
	}
	phc, err := d.kdf.hash(ctx, password)
	if err != nil {
		return "", nil, err
	}
	return d.sessions.open(ctx, &Session{
		Stage: stageInvitation, Candidate: r.ID, SignedIn: d.now(), Ends: d.now().Add(time.Hour), Device: from.Device,
		Setup: &setup{Ticket: tokenHash(token), Password: phc, Secret: newSecret()},
	})
}

// SecondFactor is what somebody puts into an authenticator.
type SecondFactor struct {
	QR     QR
	Secret string // in groups of four, to be typed
}

// SecondFactor gives what the session of ChoosePassword sets up; a NotFound
// fault for another session.
func (d *Door) SecondFactor(ctx context.Context, sess *Session, token string) (SecondFactor, error) {
	r, err := d.invited(ctx, token)
	if err != nil {
		return SecondFactor{}, err
	}
	if !sess.setsUp(r, token) {
		return SecondFactor{}, errUsed()
	}
	code, err := newQR(secretURI(sess.Setup.Secret, r.Mail))
	return SecondFactor{QR: code, Secret: inFours(sess.Setup.Secret)}, err
}

// setsUp tells whether the session is using this invitation of this account.
func (s *Session) setsUp(r *record, token string) bool {
	return s != nil && s.Stage == stageInvitation && s.Setup != nil && s.Candidate == r.ID && s.Setup.Ticket == tokenHash(token)
}

func inFours(s string) string {
	var groups []string
	for ; len(s) > 4; s = s[4:] {
		groups = append(groups, s[:4])
	}
	return strings.Join(append(groups, s), " ")
}

// Accept is the last step: with a code of the new second factor the invitation
// is used, once, and the account is the visitor's. All older sessions of the
// account are over; a new one is open.
func (d *Door) Accept(ctx context.Context, sess *Session, token, code string, from From) (sessionToken string, _ *Session, err error) {
	r, err := d.invited(ctx, token)
	if err != nil {
		return "", nil, err
	}
	if !sess.setsUp(r, token) {
		return "", nil, errUsed()
	}
	step, ok := codeAt(sess.Setup.Secret, code, 0, d.now())
	if !ok {
		return "", nil, wrongCode()
	}
	what := Joined
	_, err = found(d.directory.accounts.Update(ctx, r.ID, func(r *record) error {
		if !d.good(r, sess.Setup.Ticket) {
			return errUsed()
		}
		what = Joined
		if r.Joined != nil {
			what = CredentialsNew
		}
		d.settle(r, sess.Setup, step)
		return nil
	}))
	if err != nil {
		return "", nil, err
	}
	if err := d.sessions.sweepOf(ctx, r.ID); err != nil {
		return "", nil, err
	}
	return d.letIn(ctx, sess, r.ID, what, from)
}

// settle puts the new password and second factor to use.
func (d *Door) settle(r *record, s *setup, step int64) {
	now := d.now()
	r.Password, r.Secret, r.LastStep = s.Password, s.Secret, step
	r.Invitation = nil
	r.Epoch++
	if r.Joined == nil {
		r.Joined = &now
	}
}

// firstToken lets in the first administrator. There is one at a time.
type firstToken struct {
	store.Meta
	Hash string    `json:"hash"`
	Ends time.Time `json:"ends"`
}

const firstTokenID = "first"

// FirstAdministrator gives a new token for the terminal when no administrator
// can sign in, in place of an older one; empty when there is one.
func (d *Door) FirstAdministrator(ctx context.Context) (token string, err error) {
	administrators, err := d.directory.WithRole(ctx, Administrator)
	if err != nil || len(administrators) > 0 {
		return "", err
	}
	token = newToken()
	next := firstToken{Meta: store.Meta{ID: firstTokenID}, Hash: tokenHash(token), Ends: d.now().Add(invitationTime)}
	err = d.firsts.Insert(ctx, &next)
	if errors.Is(err, store.ErrExists) {
		_, err = d.firsts.Update(ctx, firstTokenID, func(t *firstToken) error {
			t.Hash, t.Ends = next.Hash, next.Ends
			return nil
		})
	}
	if err != nil {
		return "", fmt.Errorf("make the first administrator's token: %w", err)
	}
	return token, nil
}

// First tells whether the token of the terminal counts; a NotFound fault when
// it does not.
func (d *Door) First(ctx context.Context, token string) error {
	_, err := d.first(ctx, token)
	return err
}

func (d *Door) first(ctx context.Context, token string) (*firstToken, error) {
	t, err := d.firsts.Get(ctx, firstTokenID)
	if errors.Is(err, store.ErrNotFound) {
		return nil, errUsed()
	}
	if err != nil {
		return nil, err
	}
	if t.Hash != tokenHash(token) || !d.now().Before(t.Ends) {
		return nil, errUsed()
	}
	return t, nil
}

// BeginFirst uses the token of the terminal, once: it makes the first
// administrator's account and gives the token of its invitation.
func (d *Door) BeginFirst(ctx context.Context, token, name, mail string) (invitation string, err error) {
	t, err := d.first(ctx, token)
	if err != nil {
		return "", err
	}
	n := NewAccount{Name: name, Mail: mail, Roles: []Role{Administrator}}
	r, err := d.begun(ctx, mail)
	if err != nil {
		return "", err
	}
	if r == nil {
		if err := d.directory.check(ctx, &n); err != nil {
			return "", err
		}
	}
	// Using it is emptying the hash at this very version: one of several wins.
	t.Hash = ""
	if err := d.firsts.Replace(ctx, t); errors.Is(err, store.ErrConflict) {
		return "", errUsed()
	} else if err != nil {
		return "", err
	}
	if r == nil {
		if r, err = d.directory.insert(ctx, System(), n); err != nil {
			return "", err
		}
	}
	_, err = d.directory.accounts.Update(ctx, r.ID, func(r *record) error {
		invitation = d.directory.newTicket(r)
		return nil
	})
	return invitation, err
}

// begun finds the account of a first administrator who began before and did
// not go on; nil when there is none.
func (d *Door) begun(ctx context.Context, mail string) (*record, error) {
	r, err := d.directory.byMail(ctx, mail)
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	if err != nil || r.Joined != nil || r.Ended != nil || !r.Has(Administrator) {
		return nil, err
	}
	return r, nil
}
