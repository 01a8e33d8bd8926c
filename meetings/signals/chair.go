package signals

import (
	"context"
	"strings"
	"unicode/utf8"

	"ruggespraak/internal/fault"
	"ruggespraak/people"
)

// Release makes a contribution visible for colleagues («Zichtbaar maken»), or
// what was added to it; for the chair. One for CoMensha only stays so.
func (b *Book) Release(ctx context.Context, v people.Viewer, id string) error {
	return b.chairChange(ctx, v, id, func(c *Contribution) error {
		if c.Audience != Members {
			return fault.New(fault.Conflict, "De indiener koos: alleen CoMensha. Deze inbreng blijft verborgen voor collega's.")
		}
		if !c.live() {
			return fault.New(fault.Conflict, "Deze inbreng doet niet meer mee.")
		}
		if !c.waitsForRelease() {
			return errUnchanged
		}
		c.Extra.Held = false
		c.note(b.now(), v.Account, "zichtbaar gemaakt", "")
		if c.Released.IsZero() {
			c.Released = b.now()
			c.becameVisible(c.Released)
		}
		return nil
	})
}

// SendBack asks the author to change the contribution, with a reason that the
// author reads; for the chair. Colleagues do not see it any more.
func (b *Book) SendBack(ctx context.Context, v people.Viewer, id, reason string, chosen map[string]string) error {
	if err := onlyChair(v); err != nil {
		return err
	}
	reason = strings.TrimSpace(reason)
	if err := b.checkReason(reason, chosen); err != nil {
		return err
	}
	return b.chairChange(ctx, v, id, func(c *Contribution) error {
		if !c.live() {
			return fault.New(fault.Conflict, "Deze inbreng is al terug, ingetrokken of verwijderd.")
		}
		c.Returned = &Return{Reason: reason, At: b.now(), By: v.Account}
		c.note(b.now(), v.Account, "teruggestuurd", "")
		c.Events.Add(evReturned, b.now(), nil)
		return nil
	})
}

func (b *Book) checkReason(reason string, chosen map[string]string) error {
	var f fault.Form
	f.Require(reason != "", FieldReason, "Schrijf wat er anders moet. De indiener leest dit.")
	f.Require(utf8.RuneCountInString(reason) <= maxReason, FieldReason, "Maak de reden korter: ten hoogste 1.000 tekens.")
	b.Screen(chosen, Text{Field: FieldReason, Text: reason}).complain(&f)
	return f.Err("De inbreng is nog niet teruggestuurd")
}

// Contacted notes that the chair spoke with who could not wait («Ik heb contact gehad»).
func (b *Book) Contacted(ctx context.Context, v people.Viewer, id string) error {
	return b.chairChange(ctx, v, id, func(c *Contribution) error {
		if c.Urgent == nil || !c.Urgent.Contacted.IsZero() {
			return errUnchanged
		}
		c.Urgent.Contacted, c.Urgent.By = b.now(), v.Account
		c.note(b.now(), v.Account, "contact gehad", "")
		return nil
	})
}

// ChooseTheme gives a main theme to a contribution whose author chose «Weet ik
// niet, CoMensha kiest»; for the chair, who may choose again.
func (b *Book) ChooseTheme(ctx context.Context, v people.Viewer, id, theme string) error {
	if !isTheme(theme) {
		return &fault.Error{Kind: fault.Invalid, Sentence: "Kies een thema.", Fields: []fault.Field{{Name: FieldTheme, Sentence: "Kies een thema."}}}
	}
	return b.chairChange(ctx, v, id, func(c *Contribution) error {
		if c.Theme != UnknownTheme && !c.ThemeByChair {
			return fault.New(fault.Conflict, "De indiener koos zelf een thema.")
		}
		if c.Theme == theme {
			return errUnchanged
		}
		c.Theme, c.ThemeByChair = theme, true
		c.note(b.now(), v.Account, "thema gekozen", theme)
		return nil
	})
}

// AskFurther asks the author of a contribution for CoMensha only whether it may
// go further than the author chose («Mag dit verder dan u koos?»); for the
// chair. bundle names what it is for and may be empty. Asked and not answered
// yet, or answered with yes, changes nothing.
func (b *Book) AskFurther(ctx context.Context, v people.Viewer, id, bundle string) error {
	if err := people.Allow(v, "comp.quoteconsent", people.Create); err != nil {
		return err
	}
	return b.change(ctx, v, id, people.Read, func(c *Contribution) error {
		if !c.live() || c.Audience != CoMenshaOnly {
			return fault.New(fault.Conflict, "Deze vraag hoort alleen bij inbreng voor «Alleen CoMensha».")
		}
		if c.Further != nil && (c.Further.Yes || c.Further.Answered.IsZero()) {
			return errUnchanged
		}
		c.Further = &Further{Bundle: bundle, Asked: b.now(), By: v.Account}
		c.note(b.now(), v.Account, "gevraagd: mag dit verder?", bundle)
		c.Events.Add(evFurther, b.now(), nil)
		return nil
	})
}

// AnswerFurther is the author's answer, which may be changed later; a yes that
// is taken back counts for later bundles.
func (b *Book) AnswerFurther(ctx context.Context, v people.Viewer, id string, yes bool) error {
	return b.change(ctx, v, id, people.Read, func(c *Contribution) error {
		if c.relation(v) != "contrib.sub.own" {
			return fault.NotFoundError()
		}
		if err := people.Allow(v, "comp.quoteconsent", people.Act); err != nil {
			return err
		}
		if c.Further == nil || !c.live() {
			return fault.New(fault.Conflict, "Deze vraag is niet aan u gesteld.")
		}
		if !c.Further.Answered.IsZero() && c.Further.Yes == yes {
			return errUnchanged
		}
		c.Further.Answered, c.Further.Yes = b.now(), yes
		c.note(b.now(), v.Account, "geantwoord: mag dit verder?", map[bool]string{true: "ja", false: "nee"}[yes])
		return nil
	})
}

// MayGoFurther gives those of the ids, in their order, whose text may be used
// for a bundle: they take part, and are for the members or their author said
// yes to «Mag dit verder dan u koos?».
func (b *Book) MayGoFurther(ctx context.Context, ids []string) ([]string, error) {
	all, err := b.contributions.GetMany(ctx, ids)
	if err != nil {
		return nil, err
	}
	var may []string
	for _, c := range all {
		if c.mayCount() {
			may = append(may, c.ID)
		}
	}
	return may, nil
}
