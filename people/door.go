package people

import (
	"context"
	"errors"
	"fmt"

	"ruggespraak/internal/clock"
	"ruggespraak/internal/fault"
	"ruggespraak/store"
)

// Door lets people in: by password and one-time code, by an invitation, and,
// for the first administrator, by a token on the terminal. Safe for several
// goroutines.
//
// Who does not exist, who was ended and who mistypes get the same answer after
// the same work, and every try is counted in the store before it is made.
type Door struct {
	directory *Directory
	sessions  *Sessions
	kdf       *kdf
	throttle  *throttle
	firsts    *store.Collection[firstToken]
	now       clock.Now
}

func newDoor(ctx context.Context, o Options, d *Directory, s *Sessions) (*Door, error) {
	firsts, err := store.Open(ctx, o.DB, store.Spec[firstToken]{
		Name: "first_token", Meta: func(t *firstToken) *store.Meta { return &t.Meta },
	})
	if err != nil {
		return nil, err
	}
	throttle, err := newThrottle(ctx, o.DB, o.Now)
	if err != nil {
		return nil, err
	}
	return &Door{directory: d, sessions: s, kdf: newKDF(o.Cost), throttle: throttle, firsts: firsts, now: o.Now}, nil
}

// From says where a request comes from.
type From struct {
	Address string // network address of the peer
	Device  string // a short word for the browser
}

// Password is the first step of signing in. When address and password belong
// together it gives a session that waits for the code, which keeps where the
// visitor was going; else an Invalid fault that is the same for every reason,
// or TooMany.
func (d *Door) Password(ctx context.Context, visitor *Session, address, password string, from From) (token string, _ *Session, err error) {
	try := attemptBy(attemptKey(address), from.Address)
	if err := d.throttle.begin(ctx, try); err != nil {
		return "", nil, d.held(ctx, err, from)
	}
	rec, err := d.directory.byMail(ctx, address)
	if errors.Is(err, store.ErrNotFound) {
		rec, err = &record{}, nil
	}
	if err != nil {
		return "", nil, err
	}
	ok, err := d.checkPassword(ctx, rec, password)
	if err != nil {
		return "", nil, err
	}
	if !ok {
		return "", nil, d.refused(ctx, rec.ID, from)
	}
	if err := d.throttle.takeBack(ctx, try.where); err != nil {
		return "", nil, err
	}
	return d.sessions.open(ctx, &Session{
		Stage: stageCode, Candidate: rec.ID, Epoch: rec.Epoch, SignedIn: d.now(), Ends: d.now().Add(pendingTime),
		Device: from.Device, ReturnTo: visitor.ReturnTo,
	})
}

// checkPassword takes the same work for every record, also for none.
func (d *Door) checkPassword(ctx context.Context, rec *record, password string) (bool, error) {
	phc := rec.Password
	if !rec.Active() || rec.Secret == "" {
		phc = ""
	}
	if len(password) > maxPassword*4 { // bytes: more is no password of ours
		phc, password = "", ""
	}
	return d.kdf.check(ctx, phc, password)
}

// Code is the second step of signing in. It uses up the code: the same one is
// refused from then on, at every instance. The session that waited is over and
// a new one is open.
func (d *Door) Code(ctx context.Context, waiting *Session, code string, from From) (token string, _ *Session, err error) {
	if waiting == nil || waiting.Stage != stageCode {
		return "", nil, fault.NotFoundError()
	}
	rec, err := found(d.directory.accounts.Get(ctx, waiting.Candidate))
	if err != nil {
		return "", nil, err
	}
	try := attemptBy(attemptKey(rec.Mail), from.Address)
	if err := d.throttle.begin(ctx, try); err != nil {
		return "", nil, d.held(ctx, err, from)
	}
	rec, err = d.directory.accounts.Update(ctx, rec.ID, func(r *record) error { return useCode(r, waiting, code, d.now) })
	if errors.Is(err, errWrongCode) {
		if err := d.note(ctx, SignInRefused, waiting.Candidate, from); err != nil {
			return "", nil, err
		}
		return "", nil, wrongCode()
	}
	if err != nil {
		return "", nil, err
	}
	if err := d.throttle.succeed(ctx, try); err != nil {
		return "", nil, err
	}
	return d.letIn(ctx, waiting, rec.ID, SignedIn, from)
}

var errWrongCode = errors.New("people: code is wrong or used")

func useCode(r *record, waiting *Session, code string, now clock.Now) error {
	if !r.Active() || r.Secret == "" || r.Epoch != waiting.Epoch {
		return errWrongCode
	}
	step, ok := codeAt(r.Secret, code, r.LastStep, now())
	if !ok {
		return errWrongCode
	}
	r.LastStep = step
	return nil
}

// letIn opens the session of the account and ends the one that waited.
func (d *Door) letIn(ctx context.Context, waiting *Session, account string, what What, from From) (token string, _ *Session, err error) {
	token, sess, err := d.sessions.start(ctx, account, "", Session{Device: from.Device, ReturnTo: waiting.ReturnTo})
	if err != nil {
		return "", nil, err
	}
	if err := d.sessions.sessions.Delete(ctx, waiting.ID); err != nil {
		return "", nil, err
	}
	return token, sess, d.note(ctx, what, account, from)
}

func (d *Door) note(ctx context.Context, what What, account string, from From) error {
	return d.directory.journal.note(ctx, Happening{What: what, Account: account, Network: network(from.Address)})
}

// held notes that a try had to wait, and gives the fault.
func (d *Door) held(ctx context.Context, err error, from From) error {
	if !fault.Is(err, fault.TooMany) {
		return err
	}
	if noted := d.note(ctx, SignInHeld, "", from); noted != nil {
		return noted
	}
	return err
}

// refused notes that a try was wrong, and gives the fault, which is the same
// whoever was meant.
func (d *Door) refused(ctx context.Context, account string, from From) error {
	if err := d.note(ctx, SignInRefused, account, from); err != nil {
		return err
	}
	var f fault.Form
	f.Add("mail", "Het e-mailadres of het wachtwoord klopt niet.")
	return f.Err("U bent nog niet ingelogd")
}

func wrongCode() error {
	var f fault.Form
	f.Add("code", "Deze code klopt niet of is al gebruikt. Wacht op de volgende code en vul die in.")
	return f.Err("U bent nog niet ingelogd")
}

// ChangePassword gives the viewer another password. All sessions are over; a
// new one is open.
func (d *Door) ChangePassword(ctx context.Context, v Viewer, sess *Session, current, next, again string, from From) (token string, _ *Session, err error) {
	if err := Allow(v, "account.own", Update); err != nil {
		return "", nil, err
	}
	rec, err := found(d.directory.accounts.Get(ctx, v.Account))
	if err != nil {
		return "", nil, err
	}
	var f fault.Form
	d.checkNew(&f, rec, next, again)
	if err := f.Err(notSaved); err != nil {
		return "", nil, err
	}
	if err := d.confirm(ctx, rec, current, from); err != nil {
		return "", nil, err
	}
	phc, err := d.kdf.hash(ctx, next)
	if err != nil {
		return "", nil, err
	}
	_, err = d.directory.accounts.Update(ctx, rec.ID, func(r *record) error {
		if !r.Active() || r.Password != rec.Password {
			return fault.New(fault.Conflict, "Uw wachtwoord is intussen veranderd. Log opnieuw in.")
		}
		r.Password = phc
		r.Epoch++
		return nil
	})
	if err != nil {
		return "", nil, fmt.Errorf("change password of %s: %w", rec.ID, err)
	}
	if err := d.sessions.sweepOf(ctx, rec.ID); err != nil {
		return "", nil, err
	}
	if token, sess, err = d.sessions.Start(ctx, rec.ID, v.Role, sess.Device); err != nil {
		return "", nil, err
	}
	return token, sess, d.note(ctx, PasswordNew, rec.ID, from)
}

const notSaved = "Uw wachtwoord is nog niet bewaard"

// checkNew notes what is wrong with a new password.
func (d *Door) checkNew(f *fault.Form, rec *record, password, again string) {
	CheckPassword(f, "wachtwoord", password, rec.Name, rec.Mail)
	f.Require(normalPassword(password) == normalPassword(again), "herhaal", "Vul twee keer hetzelfde wachtwoord in.")
}

// confirm checks the password that the viewer has now.
func (d *Door) confirm(ctx context.Context, rec *record, password string, from From) error {
	try := attemptBy(attemptKey(rec.Mail), from.Address)
	if err := d.throttle.begin(ctx, try); err != nil {
		return d.held(ctx, err, from)
	}
	ok, err := d.checkPassword(ctx, rec, password)
	if err != nil {
		return err
	}
	if !ok {
		var f fault.Form
		f.Add("huidig", "Dit is niet uw wachtwoord van nu.")
		return f.Err(notSaved)
	}
	return d.throttle.succeed(ctx, try)
}

// Sweep removes what signing in left behind and no longer needs; harmless at
// any time.
func (d *Door) Sweep(ctx context.Context) error {
	return errors.Join(d.sessions.Sweep(ctx), d.throttle.sweep(ctx))
}
