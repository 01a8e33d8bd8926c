package discussion

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"ruggespraak/internal/outbox"
	"ruggespraak/people"
	"ruggespraak/store"
)

// presenceLasts is how long what an instance said of who is there counts.
const presenceLasts = 30 * time.Second

// Participant is somebody who is there.
type Participant struct {
	Account string      `json:"account"`
	Role    people.Role `json:"role"`
}

// presenceDoc is who follows a topic through one instance. It has no history:
// the instance writes over it, and takes it away when nobody is there any more.
type presenceDoc struct {
	store.Meta
	Topic    Topic         `json:"topic"`
	Instance string        `json:"instance"`
	Here     []Participant `json:"here"`
	Until    time.Time     `json:"until"`
}

func presenceSpec() store.Spec[presenceDoc] {
	return store.Spec[presenceDoc]{
		Name: "presence", Meta: func(d *presenceDoc) *store.Meta { return &d.Meta },
		Orders: []store.Order{{"topic"}, {"instance"}},
		Keys: func(d *presenceDoc) store.Keys {
			return store.Keys{"topic": {string(d.Topic)}, "instance": {d.Instance}}
		},
	}
}

// Company is who takes part in a topic now, as an audience may know it.
type Company struct {
	Names []string    // of members, for members; sorted
	Roles []RoleCount // of everybody else; in the order of the labels
}

// RoleCount is how many there are with a role.
type RoleCount struct {
	Role string // its label
	N    int
}

// Presence is who follows a topic, through any instance.
type Presence struct {
	here  []Participant // each account once
	names map[string]string
}

// SetPresent notes who follows the topic through the instance, until it is noted
// again or half a minute has passed, and gives who follows it anywhere.
func (h *Hall) SetPresent(ctx context.Context, t Topic, instance string, here []Participant) (Presence, error) {
	if err := h.notePresent(ctx, t, instance, here); err != nil {
		return Presence{}, fmt.Errorf("note who is there: %w", err)
	}
	return h.Present(ctx, t)
}

func (h *Hall) notePresent(ctx context.Context, t Topic, instance string, here []Participant) error {
	d := &presenceDoc{Topic: t, Instance: instance, Here: here, Until: h.o.Real().Add(presenceLasts)}
	d.ID = outbox.EffectID("presence", instance, string(t))
	if len(here) == 0 {
		return h.dropPresent(ctx, d.ID)
	}
	err := h.presence.Insert(ctx, d)
	if !errors.Is(err, store.ErrExists) {
		return err
	}
	_, err = h.presence.Update(ctx, d.ID, func(kept *presenceDoc) error {
		kept.Here, kept.Until = d.Here, d.Until
		return nil
	})
	return err
}

func (h *Hall) dropPresent(ctx context.Context, id string) error {
	err := h.presence.Delete(ctx, id)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	return err
}

// Absent takes away what the instance said of who is there, as when it stops.
func (h *Hall) Absent(ctx context.Context, instance string) error {
	found, _, err := h.presence.Find(ctx, store.Query{Order: store.Order{"instance"}, Equal: []string{instance}})
	for _, d := range found {
		err = errors.Join(err, h.dropPresent(ctx, d.ID))
	}
	return err
}

// Present is who follows the topic now. Who may ask is Enter's affair.
func (h *Hall) Present(ctx context.Context, t Topic) (Presence, error) {
	found, _, err := h.presence.Find(ctx, store.Query{Order: store.Order{"topic"}, Equal: []string{string(t)}})
	if err != nil {
		return Presence{}, err
	}
	now := h.o.Real()
	var p Presence
	var accounts []string
	for _, d := range found {
		if !d.Until.After(now) {
			continue // its instance died
		}
		for _, one := range d.Here {
			if !slices.Contains(accounts, one.Account) {
				accounts = append(accounts, one.Account)
				p.here = append(p.here, one)
			}
		}
	}
	p.names, err = h.o.Accounts.Names(ctx, accounts)
	return p, err
}

// For is who is there for an audience: members read each other's names, and
// everybody else is a role, to them and from them. Whose contribution it is
// without a name is in neither, for everybody could work out who came.
func (p Presence) For(audience Audience, a Access) Company {
	var c Company
	counts := map[string]int{}
	for _, one := range p.here {
		if a.Unnamed && one.Account == a.Owner {
			continue
		}
		if audience.Mixed() || !one.Role.Member() {
			counts[one.Role.Label()]++
		} else if name := p.names[one.Account]; name != "" {
			c.Names = append(c.Names, name)
		}
	}
	for role, n := range counts {
		c.Roles = append(c.Roles, RoleCount{role, n})
	}
	slices.Sort(c.Names)
	slices.SortFunc(c.Roles, func(x, y RoleCount) int { return cmp.Compare(x.Role, y.Role) })
	return c
}
