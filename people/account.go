package people

import (
	"slices"
	"time"

	"ruggespraak/internal/fault"
	"ruggespraak/internal/outbox"
	"ruggespraak/store"
)

// Account is somebody who uses the product, without any secret. It is made by
// an invitation, the first one by a token on the terminal.
type Account struct {
	store.Meta
	Name         string     `json:"name"`
	Mail         string     `json:"mail"`
	Roles        []Role     `json:"roles"`
	Organisation string     `json:"organisation,omitempty"` // id
	Region       string     `json:"region,omitempty"`       // id
	Theme        Theme      `json:"theme,omitempty"`
	Waiting      []Grant    `json:"waiting,omitempty"` // roles that a second administrator must confirm
	Made         time.Time  `json:"made"`
	Joined       *time.Time `json:"joined,omitempty"` // nil: the invitation was not used yet
	Ended        *time.Time `json:"ended,omitempty"`
}

// Grant is a role that one administrator gave and another has to confirm.
type Grant struct {
	Role Role      `json:"role"`
	By   string    `json:"by"` // account
	At   time.Time `json:"at"`
}

// Theme is light or dark as somebody likes it; empty follows the system.
type Theme string

// The themes.
const (
	ThemeSystem Theme = ""
	ThemeLight  Theme = "light"
	ThemeDark   Theme = "dark"
)

// Has tells whether the account has the role.
func (a *Account) Has(r Role) bool { return slices.Contains(a.Roles, r) }

// Active tells whether somebody can work with the account: the invitation was
// used and the account was not ended.
func (a *Account) Active() bool { return a.Joined != nil && a.Ended == nil }

// Viewer is the account at work in one of its roles.
func (a *Account) Viewer(r Role) Viewer {
	return Viewer{Account: a.ID, Name: a.Name, Role: r, Organisation: a.Organisation, Region: a.Region}
}

// record is an account as it is stored: with its secrets, which stay in this
// package.
type record struct {
	Account
	Password   string  `json:"password,omitempty"`  // argon2id in PHC form; empty: cannot sign in
	Secret     string  `json:"secret,omitempty"`    // of the second factor, base32
	LastStep   int64   `json:"last_step,omitempty"` // newest time step whose code was used
	Epoch      int     `json:"epoch"`               // sessions of an older epoch are over
	Invitation *ticket `json:"invitation,omitempty"`

	Events outbox.Log `json:"events,omitempty"`
}

// ticket is an open invitation. A newer one takes its place.
type ticket struct {
	Hash string    `json:"hash"` // of the token
	Ends time.Time `json:"ends"`
}

// listed is what the list of accounts shows without reading secrets.
type listed struct {
	Name         string `json:"name"`
	Mail         string `json:"mail"`
	Roles        []Role `json:"roles"`
	Organisation string `json:"organisation,omitempty"`
	Region       string `json:"region,omitempty"`
	Joined       bool   `json:"joined,omitempty"`
	Ended        bool   `json:"ended,omitempty"`
}

func accountSpec() store.Spec[record] {
	return store.Spec[record]{
		Name:    "account",
		Orders:  []store.Order{{"name"}, {"role", "name"}, {"invitation"}, {"todo"}},
		Several: []string{"role"},
		Meta:    func(r *record) *store.Meta { return &r.Meta },
		Keys:    accountKeys,
		Row: func(r *record) any {
			return listed{
				Name: r.Name, Mail: r.Mail, Roles: r.Roles, Organisation: r.Organisation, Region: r.Region,
				Joined: r.Joined != nil, Ended: r.Ended != nil,
			}
		},
	}
}

func accountKeys(r *record) store.Keys {
	k := store.Keys{"name": {sortKey(r.Name)}, "todo": r.Events.Todo()}
	if r.Active() {
		for _, role := range r.Roles {
			k["role"] = append(k["role"], string(role))
		}
	}
	if r.Invitation != nil {
		k["invitation"] = []string{r.Invitation.Hash}
	}
	return k
}

// mailClaim says which account has a mail address: its id is the address's
// key, so that no two accounts share one.
type mailClaim struct {
	store.Meta
	Account string    `json:"account"`
	At      time.Time `json:"at"`
}

// grantable are the roles an administrator can give.
var grantable = []Role{Coordinator, Chair, SOMMember, TaskForce, Administrator}

// Grantable lists the roles that an account can have now.
func Grantable() []Role { return slices.Clone(grantable) }

// checkRoles refuses an empty list and roles that nobody can have, and gives
// the rest once each, in the order of the matrix.
func checkRoles(f *fault.Form, given []Role) []Role {
	var roles []Role
	for _, r := range grantable {
		if slices.Contains(given, r) {
			roles = append(roles, r)
		}
	}
	unknown := slices.ContainsFunc(given, func(r Role) bool { return !slices.Contains(grantable, r) })
	f.Require(len(roles) > 0 && !unknown, "rol", "Kies ten minste één rol.")
	return roles
}
