package people

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"ruggespraak/internal/clock"
	"ruggespraak/internal/fault"
	"ruggespraak/store"
)

const (
	sessionIdle   = 8 * time.Hour
	sessionLong   = 7 * 24 * time.Hour
	sessionShort  = 12 * time.Hour // chair and administrator
	pendingTime   = 10 * time.Minute
	touchInterval = time.Minute

	// anonymousMark begins the token of who is not signed in: such a session
	// has no document, so that a visitor's GET changes nothing in the store.
	anonymousMark = "voor."
	tokenBytes    = 32
	// maxPlaces bounds the memory that visitors can take.
	maxPlaces = 4096
)

// stage is how far a stored session is with signing in.
type stage string

const (
	stageFull       stage = ""
	stageCode       stage = "code"       // the password was right
	stageInvitation stage = "invitation" // a password was chosen, the second factor is being set up
)

// Session is one browser at work. Its token is known to that browser only; the
// store holds the token's SHA-256.
type Session struct {
	store.Meta
	Account  string  `json:"account"` // empty while not signed in
	Role     Role    `json:"role"`    // empty while one of several is not chosen
	Theme    Theme   `json:"-"`       // of the account
	Pending  bool    `json:"-"`       // the password was right, the code is still to come
	ReturnTo *Target `json:"return_to,omitempty"`

	Stage     stage     `json:"stage,omitempty"`
	Candidate string    `json:"candidate,omitempty"` // account that is signing in
	Secret    []byte    `json:"secret"`              // of the CSRF token
	Epoch     int       `json:"epoch"`
	SignedIn  time.Time `json:"signed_in"`
	Used      time.Time `json:"used"`
	Ends      time.Time `json:"ends"`
	Handle    string    `json:"handle"` // by which its owner names it
	Device    string    `json:"device,omitempty"`
	Flash     string    `json:"flash,omitempty"`
	Setup     *setup    `json:"setup,omitempty"`
	Searches  []Search  `json:"searches,omitempty"` // oldest first

	token string
}

// Target is a page to go to after signing in: a route of the table, and what
// fills its places. It is never an address that a browser sent.
type Target struct {
	Route  string            `json:"route"` // "GET /inbreng/:id"
	Params map[string]string `json:"params,omitempty"`
}

// CSRF is the token that every change carries: the same for the whole session,
// so that equal pages are equal bytes.
func (s *Session) CSRF() string {
	mac := hmac.New(sha256.New, s.Secret)
	mac.Write([]byte("ruggespraak csrf"))
	return hex.EncodeToString(mac.Sum(nil))
}

// CheckCSRF tells whether the given token is this session's.
func (s *Session) CheckCSRF(given string) bool {
	return hmac.Equal([]byte(s.CSRF()), []byte(given))
}

// Sessions keeps who is signed in. Safe for several goroutines.
type Sessions struct {
	sessions  *store.Collection[Session]
	directory *Directory
	now       clock.Now
	places    *recent[Target]
	asked     *recent[[]Search]
}

func newSessions(ctx context.Context, db store.DB, d *Directory, now clock.Now) (*Sessions, error) {
	sessions, err := store.Open(ctx, db, store.Spec[Session]{
		Name:   "session",
		Orders: []store.Order{{"account"}, {"ends"}},
		Meta:   func(s *Session) *store.Meta { return &s.Meta },
		Keys: func(s *Session) store.Keys {
			return store.Keys{"account": {s.Account}, "ends": {instantKey(s.Ends)}}
		},
	})
	return &Sessions{sessions: sessions, directory: d, now: now, places: newRecent[Target](), asked: newRecent[[]Search]()}, err
}

// Anonymous gives a session for who is not signed in: it carries the CSRF
// token of the sign-in steps and where to go afterwards. It lives in the token
// and in bounded memory only.
func (s *Sessions) Anonymous(context.Context) (token string, _ *Session, err error) {
	token = anonymousMark + newToken()
	return token, s.anonymous(token), nil
}

func (s *Sessions) anonymous(token string) *Session {
	mac := sha256.Sum256([]byte("csrf before signing in " + token))
	sess := &Session{token: token, Secret: mac[:]}
	if t, ok := s.places.get(token); ok {
		sess.ReturnTo = &t
	}
	return sess
}

// Start opens a session for an active account. An empty role is the account's
// only one, or none yet when there are several. The device is a short word for
// the browser.
func (s *Sessions) Start(ctx context.Context, account string, r Role, device string) (token string, _ *Session, err error) {
	return s.start(ctx, account, r, Session{Device: device})
}

// start opens a full session that goes on from what another one knew.
func (s *Sessions) start(ctx context.Context, account string, r Role, from Session) (token string, _ *Session, err error) {
	rec, err := found(s.directory.accounts.Get(ctx, account))
	if err != nil {
		return "", nil, err
	}
	if !rec.Active() || r != "" && !rec.Has(r) {
		return "", nil, fault.NotFoundError()
	}
	if r == "" && len(rec.Roles) == 1 {
		r = rec.Roles[0]
	}
	now := s.now()
	return s.open(ctx, &Session{
		Account: account, Role: r, Epoch: rec.Epoch, Theme: rec.Theme,
		SignedIn: now, Ends: now.Add(lifetime(r)), Device: from.Device, ReturnTo: from.ReturnTo,
	})
}

// open keeps the session under a new random token.
func (s *Sessions) open(ctx context.Context, sess *Session) (token string, _ *Session, err error) {
	sess.token = newToken()
	sess.Meta = store.Meta{ID: tokenHash(sess.token)}
	sess.Secret = []byte(newToken())
	sess.Handle = store.NewID()
	sess.Used = s.now()
	if err := s.sessions.Insert(ctx, sess); err != nil {
		return "", nil, fmt.Errorf("open session: %w", err)
	}
	return sess.token, sess, nil
}

// lifetime is how long a session lasts whatever its use.
func lifetime(r Role) time.Duration {
	if r == Chair || r == Administrator {
		return sessionShort
	}
	return sessionLong
}

// Resume gives the session of the token and who is looking. Without a session
// that is still good it gives nil and a visitor. A session is over at the
// first request after its account ended, lost the role or signed out
// everywhere. An account with several roles of which none is chosen is a
// viewer with an account but no role.
func (s *Sessions) Resume(ctx context.Context, token string) (*Session, Viewer, error) {
	sess, v, err := s.Look(ctx, token)
	if sess == nil || sess.Account == "" || err != nil {
		return sess, v, err
	}
	err = s.touch(ctx, sess)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return nil, Viewer{}, nil // signed out at this very moment
	case errors.Is(err, context.DeadlineExceeded):
		return sess, v, nil // nobody can write now; reading goes on, and the next use is noted
	case err != nil:
		return nil, Viewer{}, err
	}
	return sess, v, nil
}

// Look is Resume for what a page asks by itself: it is no use of the session,
// which grows old although the page stays open.
func (s *Sessions) Look(ctx context.Context, token string) (*Session, Viewer, error) {
	if strings.HasPrefix(token, anonymousMark) {
		if len(token) != len(anonymousMark)+base64.RawURLEncoding.EncodedLen(tokenBytes) {
			return nil, Viewer{}, nil
		}
		return s.anonymous(token), Viewer{}, nil
	}
	sess, err := s.find(ctx, token)
	if sess == nil || err != nil {
		return nil, Viewer{}, err
	}
	if t, ok := s.places.get(token); ok {
		sess.ReturnTo = &t
	}
	if sess.Stage != stageFull {
		sess.Pending = sess.Stage == stageCode
		return sess, Viewer{}, nil
	}
	rec, err := s.holder(ctx, sess)
	if rec == nil || err != nil {
		return nil, Viewer{}, err
	}
	sess.Theme = rec.Theme
	return sess, rec.Viewer(sess.Role), nil
}

// holder gives the account of a full session; nil when the session is no longer
// the account's.
func (s *Sessions) holder(ctx context.Context, sess *Session) (*record, error) {
	rec, err := s.directory.accounts.Get(ctx, sess.Account)
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if !rec.holds(sess) {
		return nil, nil
	}
	return rec, nil
}

// holds tells whether the session is still the account's.
func (r *record) holds(sess *Session) bool {
	return r.Active() && r.Epoch == sess.Epoch && (sess.Role == "" || r.Has(sess.Role))
}

// Holders gives who the sessions with these ids are of now; one that has ended
// is not in it. It is no use of a session: a socket that stays open does not
// keep it from growing old.
func (s *Sessions) Holders(ctx context.Context, ids []string) (map[string]Viewer, error) {
	all, err := s.sessions.GetMany(ctx, once(ids))
	if err != nil {
		return nil, err
	}
	var accounts []string
	for _, sess := range all {
		accounts = append(accounts, sess.Account)
	}
	records, err := s.directory.accounts.GetMany(ctx, once(accounts))
	if err != nil {
		return nil, err
	}
	byID := map[string]*record{}
	for _, rec := range records {
		byID[rec.ID] = rec
	}
	holders := map[string]Viewer{}
	for _, sess := range all {
		if rec := byID[sess.Account]; sess.Stage == stageFull && s.good(sess) && rec != nil && rec.holds(sess) {
			holders[sess.ID] = rec.Viewer(sess.Role)
		}
	}
	return holders, nil
}

// once gives each of the values once.
func once(values []string) []string {
	return slices.Compact(slices.Sorted(slices.Values(values)))
}

// find gives the stored session of the token if its time has not passed; nil
// when there is none.
func (s *Sessions) find(ctx context.Context, token string) (*Session, error) {
	if len(token) != base64.RawURLEncoding.EncodedLen(tokenBytes) {
		return nil, nil
	}
	sess, err := s.byID(ctx, tokenHash(token))
	if sess != nil {
		sess.token = token
	}
	return sess, err
}

func (s *Sessions) byID(ctx context.Context, id string) (*Session, error) {
	sess, err := s.sessions.Get(ctx, id)
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if !s.good(sess) {
		return nil, nil
	}
	return sess, nil
}

// good tells whether the session's time has not passed.
func (s *Sessions) good(sess *Session) bool {
	now := s.now()
	return now.Before(sess.Ends) && now.Sub(sess.Used) < sessionIdle
}

// touch writes the last use, at most once a minute.
func (s *Sessions) touch(ctx context.Context, sess *Session) error {
	if s.now().Sub(sess.Used) < touchInterval {
		return nil
	}
	return s.change(ctx, sess, func(stored *Session) { stored.Used = s.now() })
}

// change writes to the stored session and shows it in sess.
func (s *Sessions) change(ctx context.Context, sess *Session, do func(*Session)) error {
	stored, err := s.sessions.Update(ctx, sess.ID, func(stored *Session) error { do(stored); return nil })
	if err != nil {
		return err
	}
	stored.token, stored.Theme, stored.Pending = sess.token, sess.Theme, sess.Pending
	*sess = *stored
	return nil
}

// ChooseRole goes on in another role of the account, under a new token; the
// old one is over. A role that the account does not have is not found.
func (s *Sessions) ChooseRole(ctx context.Context, v Viewer, sess *Session, r Role) (token string, _ *Session, err error) {
	if v.Account == "" || v.Account != sess.Account {
		return "", nil, fault.NotFoundError()
	}
	rec, err := found(s.directory.accounts.Get(ctx, v.Account))
	if err != nil {
		return "", nil, err
	}
	if !rec.Active() || !rec.Has(r) || rec.Epoch != sess.Epoch {
		return "", nil, fault.NotFoundError()
	}
	next := &Session{
		Account: rec.ID, Role: r, Epoch: sess.Epoch, Theme: rec.Theme,
		SignedIn: sess.SignedIn, Ends: sess.SignedIn.Add(lifetime(r)),
		Device: sess.Device, ReturnTo: sess.ReturnTo,
	}
	if token, next, err = s.open(ctx, next); err != nil {
		return "", nil, err
	}
	if err := s.sessions.Delete(ctx, sess.ID); err != nil {
		return "", nil, err
	}
	return token, next, s.directory.journal.note(ctx, Happening{What: RoleChosen, Account: rec.ID, Role: r})
}

// SetReturnTo remembers where to go after signing in. It is in memory until
// the next step is taken: a GET writes nothing to the store.
func (s *Sessions) SetReturnTo(sess *Session, t Target) {
	s.places.put(sess.token, t)
	sess.ReturnTo = &t
}

// TakeReturnTo gives where to go, once; nil when nowhere.
func (s *Sessions) TakeReturnTo(ctx context.Context, sess *Session) (*Target, error) {
	t := sess.ReturnTo
	if t == nil || sess.ID == "" {
		return t, nil
	}
	s.places.drop(sess.token)
	return t, s.change(ctx, sess, func(stored *Session) { stored.ReturnTo = nil })
}

// SetFlash keeps a line for the next page. A session without a document keeps
// none.
func (s *Sessions) SetFlash(ctx context.Context, sess *Session, text string) error {
	if sess.ID == "" {
		return nil
	}
	return s.change(ctx, sess, func(stored *Session) { stored.Flash = text })
}

// TakeFlash gives the line for this page and forgets it; empty when none.
func (s *Sessions) TakeFlash(ctx context.Context, sess *Session) (string, error) {
	text := sess.Flash
	if text == "" {
		return "", nil
	}
	return text, s.change(ctx, sess, func(stored *Session) { stored.Flash = "" })
}

// End ends the session.
func (s *Sessions) End(ctx context.Context, sess *Session) error {
	if sess.ID == "" {
		return nil
	}
	if err := s.sessions.Delete(ctx, sess.ID); err != nil {
		return err
	}
	return s.directory.journal.note(ctx, Happening{What: SignedOut, Account: sess.Account})
}

// EndAll ends every session of the viewer.
func (s *Sessions) EndAll(ctx context.Context, v Viewer) error {
	if err := Allow(v, "session.own", Delete); err != nil {
		return err
	}
	return s.endAllOf(ctx, v.Account, Happening{What: SignedOutAll, Account: v.Account})
}

// EndAllOf ends every session of another account.
func (s *Sessions) EndAllOf(ctx context.Context, v Viewer, account string) error {
	if err := Allow(v, "session.other", Act); err != nil {
		return err
	}
	return s.endAllOf(ctx, account, Happening{What: SignedOutAll, Account: account, By: v.Account})
}

// endAllOf raises the account's epoch, which ends its sessions in one write;
// sweeping up the documents comes after.
func (s *Sessions) endAllOf(ctx context.Context, account string, h Happening) error {
	_, err := found(s.directory.accounts.Update(ctx, account, func(r *record) error { r.Epoch++; return nil }))
	if err != nil {
		return err
	}
	if err := s.sweepOf(ctx, account); err != nil {
		return err
	}
	return s.directory.journal.note(ctx, h)
}

func (s *Sessions) sweepOf(ctx context.Context, account string) error {
	all, err := s.of(ctx, account)
	if err != nil {
		return err
	}
	for _, sess := range all {
		if err := s.sessions.Delete(ctx, sess.ID); err != nil {
			return err
		}
	}
	return nil
}

func (s *Sessions) of(ctx context.Context, account string) ([]*Session, error) {
	return s.sessions.All(ctx, store.Query{Order: store.Order{"account"}, Equal: []string{account}})
}

// Seen is a session as its owner, or an administrator, sees it.
type Seen struct {
	Handle   string
	Role     Role
	Device   string
	SignedIn time.Time
	Used     time.Time
	Current  bool
}

// List gives the viewer's open sessions.
func (s *Sessions) List(ctx context.Context, v Viewer, current *Session) ([]Seen, error) {
	if err := Allow(v, "session.own", List); err != nil {
		return nil, err
	}
	return s.seen(ctx, v.Account, current)
}

// ListOf gives the open sessions of another account.
func (s *Sessions) ListOf(ctx context.Context, v Viewer, account string) ([]Seen, error) {
	if err := Allow(v, "session.other", List); err != nil {
		return nil, err
	}
	return s.seen(ctx, account, nil)
}

func (s *Sessions) seen(ctx context.Context, account string, current *Session) ([]Seen, error) {
	all, err := s.of(ctx, account)
	if err != nil {
		return nil, err
	}
	rec, err := found(s.directory.accounts.Get(ctx, account))
	if err != nil {
		return nil, err
	}
	var open []Seen
	for _, sess := range all {
		over := !s.now().Before(sess.Ends) || s.now().Sub(sess.Used) >= sessionIdle || sess.Epoch != rec.Epoch
		if over || sess.Role != "" && !rec.Has(sess.Role) {
			continue
		}
		open = append(open, Seen{
			Handle: sess.Handle, Role: sess.Role, Device: sess.Device, SignedIn: sess.SignedIn, Used: sess.Used,
			Current: current != nil && current.ID == sess.ID,
		})
	}
	return open, nil
}

// EndOne ends one of the viewer's sessions.
func (s *Sessions) EndOne(ctx context.Context, v Viewer, handle string) error {
	if err := Allow(v, "session.own", Delete); err != nil {
		return err
	}
	all, err := s.of(ctx, v.Account)
	if err != nil {
		return err
	}
	for _, sess := range all {
		if sess.Handle == handle {
			return s.End(ctx, sess)
		}
	}
	return fault.NotFoundError()
}

// Sweep removes the sessions whose time has passed; harmless at any time.
func (s *Sessions) Sweep(ctx context.Context) error {
	old, err := s.sessions.All(ctx, store.Query{Order: store.Order{"ends"}, To: instantKey(s.now())})
	if err != nil {
		return err
	}
	for _, sess := range old {
		if err := s.sessions.Delete(ctx, sess.ID); err != nil {
			return err
		}
	}
	return nil
}

// newToken gives 256 random bits.
func newToken() string {
	b := make([]byte, tokenBytes)
	_, _ = rand.Read(b) // never returns an error since Go 1.24
	return base64.RawURLEncoding.EncodeToString(b)
}

// tokenHash is what the store knows of a token.
func tokenHash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
