package bundles

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"ruggespraak/internal/fault"
	"ruggespraak/internal/outbox"
	"ruggespraak/people"
	"ruggespraak/store"
)

// ReactionKind is what a member of the body says of a point.
type ReactionKind string

// The four reactions.
const (
	Recognise    ReactionKind = "herken"
	NotRecognise ReactionKind = "herken-niet"
	Question     ReactionKind = "vraag"
	CanDo        ReactionKind = "kan-iets"
)

// ReactionKinds lists the reactions in the order of the form.
var ReactionKinds = []ReactionKind{Recognise, NotRecognise, Question, CanDo}

// Label is the reaction in words.
func (k ReactionKind) Label() string {
	switch k {
	case Recognise:
		return "Herken ik"
	case NotRecognise:
		return "Herken ik niet"
	case Question:
		return "Ik heb een vraag"
	case CanDo:
		return "Mijn organisatie kan iets doen"
	default:
		return ""
	}
}

// Reaction is what one member of the body said of one point; one a person a point.
type Reaction struct {
	store.Meta
	Bundle       string       `json:"bundle"`
	Point        string       `json:"point"`
	Account      string       `json:"account"`
	Name         string       `json:"name"`
	Organisation string       `json:"organisation,omitempty"`
	Kind         ReactionKind `json:"kind"`
	Text         string       `json:"text,omitempty"`
	Reason       string       `json:"reason,omitempty"` // answer to the guard's question; the chair sees it
	At           time.Time    `json:"at"`
	Gone         bool         `json:"gone,omitempty"` // withdrawn; text is overwritten
}

// ReactionView is a reaction as others of the body and the chair see it.
type ReactionView struct {
	Kind   ReactionKind
	Text   string
	From   string // organisation, or the name where there is none
	Name   string
	Day    Day
	Reason string // the answer to the guard's question, for the chair
	Said   string // the same, for the one who gave it
	Own    bool
}

func reactionSpec() store.Spec[Reaction] {
	return store.Spec[Reaction]{
		Name:   "reaction",
		Orders: []store.Order{{"bundle", "point"}},
		Meta:   func(r *Reaction) *store.Meta { return &r.Meta },
		Keys:   func(r *Reaction) store.Keys { return store.Keys{"bundle": {r.Bundle}, "point": {r.Point}} },
	}
}

// React keeps the viewer's reaction to a point of a bundle for the viewer's
// body; again replaces it. Until the body has answered.
func (d *Desk) React(ctx context.Context, v people.Viewer, number string, n int, kind ReactionKind, text string, said Reasons) error {
	b, p, err := d.reactable(ctx, v, number, n, people.Create)
	if err != nil {
		return err
	}
	text = strings.TrimSpace(text)
	var f fault.Form
	f.Require(slices.Contains(ReactionKinds, kind), "reactie", "Kies een reactie.")
	f.Require(kind != Question || text != "", "toelichting", "Schrijf uw vraag op.")
	f.Require(utf8.RuneCountInString(text) <= maxReason, "toelichting", "Maak de tekst korter: ten hoogste 2.000 tekens.")
	if err := d.gate(&f, "Uw reactie is nog niet verstuurd", []part{{"toelichting", "uw toelichting", text}}, said); err != nil {
		return err
	}
	organisation := ""
	if v.Organisation != "" {
		organisation = d.accounts.OrganisationName(ctx, v.Organisation)
	}
	r := Reaction{
		Bundle: b.Number, Point: p.ID, Account: v.Account, Name: v.Name, Organisation: organisation,
		Kind: kind, Text: text, Reason: said.given("toelichting"), At: d.now(),
	}
	r.ID = reactionID(b.Number, p.ID, v.Account)
	return d.keepReaction(ctx, &r)
}

// keepReaction inserts the reaction or writes it over the earlier one.
func (d *Desk) keepReaction(ctx context.Context, r *Reaction) error {
	_, err := d.reactions.Update(ctx, r.ID, func(old *Reaction) error {
		meta := old.Meta
		*old = *r
		old.Meta = meta
		return nil
	})
	if !isNotFound(err) {
		return err
	}
	if err = d.reactions.Insert(ctx, r); isExists(err) {
		return d.keepReaction(ctx, r)
	}
	return err
}

// TakeBack withdraws the viewer's own reaction, until the body has answered.
func (d *Desk) TakeBack(ctx context.Context, v people.Viewer, number string, n int) error {
	b, p, err := d.reactable(ctx, v, number, n, people.Delete)
	if err != nil {
		return err
	}
	_, err = d.reactions.Update(ctx, reactionID(b.Number, p.ID, v.Account), func(r *Reaction) error {
		r.Gone, r.Text, r.Kind, r.Reason = true, "", "", ""
		return nil
	})
	return border(err)
}

func reactionID(bundle, point, account string) string {
	return outbox.EffectID("reaction", bundle, point, account)
}

// reactable finds the point and tells whether the viewer may react to it now.
func (d *Desk) reactable(ctx context.Context, v people.Viewer, number string, n int, verb people.Verb) (*Bundle, *Point, error) {
	b, p, err := d.pointOut(ctx, v, number, n)
	if err != nil {
		return nil, nil, err
	}
	if err := people.Allow(v, "feedback.input.own", verb); err != nil {
		return nil, nil, fault.ForbiddenError() // the point itself is visible
	}
	if b.Addressee.reader() != v.ActiveRole() {
		return nil, nil, fault.ForbiddenError()
	}
	if p.answer() != nil {
		return nil, nil, fault.New(fault.Conflict, "Er is al een antwoord vastgesteld. U kunt niet meer reageren.")
	}
	return b, p, nil
}

// addReactions fills in what the viewer may see of the reactions: all of the
// same body, and the chair. Coordinators see none.
func (d *Desk) addReactions(ctx context.Context, v people.Viewer, b *Bundle, p *Point, pv *PointView) error {
	chair := v.ActiveRole() == people.Chair
	if !chair && b.Addressee.reader() != v.ActiveRole() || !people.May(v.ActiveRole(), "feedback.input.other", people.Read) {
		return nil
	}
	pv.MayReact = !chair && p.answer() == nil
	all, err := d.reactions.All(ctx, store.Query{Order: store.Order{"bundle", "point"}, Equal: []string{b.Number, p.ID}})
	if err != nil {
		return err
	}
	slices.SortFunc(all, func(x, y *Reaction) int { return x.At.Compare(y.At) })
	for _, r := range all {
		if r.Gone {
			continue
		}
		view := ReactionView{Kind: r.Kind, Text: r.Text, From: r.Organisation, Name: r.Name, Day: DayOf(r.At), Own: r.Account == v.Account}
		if view.From == "" {
			view.From = r.Name
		}
		if chair {
			view.Reason = r.Reason
		}
		pv.Reactions = append(pv.Reactions, view)
		if view.Own {
			own := view
			own.Said = r.Reason
			pv.Own = &own
		}
	}
	return nil
}

// reacted tells to which points of the bundle the viewer reacted.
func (d *Desk) reacted(ctx context.Context, v people.Viewer, b *Bundle) (map[string]bool, error) {
	ids := make([]string, len(b.Points))
	for i, p := range b.Points {
		ids[i] = reactionID(b.Number, p.ID, v.Account)
	}
	own, err := d.reactions.GetMany(ctx, ids)
	if err != nil {
		return nil, err
	}
	done := map[string]bool{}
	for _, r := range own {
		done[r.Point] = !r.Gone
	}
	return done, nil
}
