package meetings

import (
	"context"
	"errors"
	"fmt"
	"time"

	"ruggespraak/internal/fault"
	"ruggespraak/people"
	"ruggespraak/store"
)

// Proposal is something that asks to be put on an agenda, such as a subject of
// which the field says that nothing got better.
//
// Kind of document "agendavoorstel". Keys: "staat" ("open", "klaar") with "dag".
type Proposal struct {
	store.Meta
	Title string    `json:"title"`
	Link  string    `json:"link"` // path of what it is about
	At    time.Time `json:"at"`
	Done  bool      `json:"done,omitempty"`
	// Meeting is where it was put; empty when it was set aside.
	Meeting string `json:"meeting,omitempty"`
}

var orderProposals = store.Order{"staat", "dag"}

func proposalSpec() store.Spec[Proposal] {
	return store.Spec[Proposal]{
		Name: "agendavoorstel", Orders: []store.Order{orderProposals},
		Meta: func(p *Proposal) *store.Meta { return &p.Meta },
		Keys: func(p *Proposal) store.Keys {
			state := "open"
			if p.Done {
				state = "klaar"
			}
			return store.Keys{"staat": {state}, "dag": {sortable(p.At)}}
		},
	}
}

// Propose keeps a proposal under an id of the caller's; again is harmless.
func (c *Calendar) Propose(ctx context.Context, id, title, link string) error {
	err := c.proposals.Insert(ctx, &Proposal{Meta: store.Meta{ID: id}, Title: title, Link: link, At: c.now()})
	if err != nil && !errors.Is(err, store.ErrExists) {
		return fmt.Errorf("propose an agenda item: %w", err)
	}
	return nil
}

// Proposals lists the open proposals, oldest first, for who may make agendas.
func (c *Calendar) Proposals(ctx context.Context, v people.Viewer) ([]*Proposal, error) {
	if err := people.Allow(v, relItem, people.Create); err != nil {
		return nil, err
	}
	all, _, err := c.proposals.Find(ctx, store.Query{Order: orderProposals, Equal: []string{"open"}})
	return all, err
}

// Accept puts a proposal on the agenda of a meeting as a new item.
func (c *Calendar) Accept(ctx context.Context, v people.Viewer, id, meeting string) error {
	if err := people.Allow(v, relItem, people.Create); err != nil {
		return err
	}
	p, err := c.proposals.Get(ctx, id)
	if errors.Is(err, store.ErrNotFound) || (err == nil && p.Done) {
		return fault.NotFoundError()
	}
	if err != nil {
		return err
	}
	// The title was written by the chair for a point that passed its checks.
	if _, err := c.AddItem(ctx, v, meeting, Point{Title: p.Title, Reasons: Reasons{"titel": "openbaar"}}); err != nil {
		return err
	}
	return c.settle(ctx, id, meeting)
}

// SetAside answers a proposal without an agenda item.
func (c *Calendar) SetAside(ctx context.Context, v people.Viewer, id string) error {
	if err := people.Allow(v, relItem, people.Create); err != nil {
		return err
	}
	return c.settle(ctx, id, "")
}

func (c *Calendar) settle(ctx context.Context, id, meeting string) error {
	_, err := c.proposals.Update(ctx, id, func(p *Proposal) error {
		p.Done, p.Meeting = true, meeting
		return nil
	})
	if errors.Is(err, store.ErrNotFound) {
		return fault.NotFoundError()
	}
	return err
}
