package signals

import (
	"context"
	"fmt"
	"slices"

	"ruggespraak/internal/fault"
	"ruggespraak/people"
)

// shownFrom is the number of organisations from which a count is told.
const shownFrom = 3

// Basis is who stands behind contributions: distinct organisations and regions
// of authors and supporters, sorted, and how many contributions were counted.
type Basis struct {
	Organisations, Regions []string
	Contributions          int
}

// basisOf counts each organisation and each region once.
func basisOf(contributions []*Contribution, counts func(*Contribution) bool) Basis {
	var b Basis
	for _, c := range contributions {
		if !counts(c) {
			continue
		}
		b.Contributions++
		b.Organisations = appendKnown(b.Organisations, c.Organisation)
		b.Regions = appendKnown(b.Regions, c.Region)
		for _, s := range c.Support {
			b.Organisations = appendKnown(b.Organisations, s.Organisation)
			b.Regions = appendKnown(b.Regions, s.Region)
		}
	}
	slices.Sort(b.Organisations)
	slices.Sort(b.Regions)
	b.Organisations = slices.Compact(b.Organisations)
	b.Regions = slices.Compact(b.Regions)
	return b
}

func appendKnown(ids []string, id string) []string {
	if id == "" {
		return ids
	}
	return append(ids, id)
}

func anyContribution(*Contribution) bool { return true }

func countOf(c *Contribution) Basis { return basisOf([]*Contribution{c}, anyContribution) }

// supportSentence is what colleagues read about recognition: a count from three
// organisations, before that only that somebody recognises it.
func supportSentence(organisations, regions, supporters int) string {
	switch {
	case supporters == 0:
		return ""
	case organisations < shownFrom:
		return "Collega's herkennen dit."
	case regions == 1:
		return fmt.Sprintf("%d organisaties in 1 regio herkennen dit.", organisations)
	case regions == 0:
		return fmt.Sprintf("%d organisaties herkennen dit.", organisations)
	default:
		return fmt.Sprintf("%d organisaties in %d regio's herkennen dit.", organisations, regions)
	}
}

// Recognise notes that the viewer recognises the contribution too («Herken ik
// ook»). Doing it again changes nothing but whether colleagues may approach
// this person. An author counts already: that is a conflict.
func (b *Book) Recognise(ctx context.Context, v people.Viewer, id string, approach Approach) error {
	return b.change(ctx, v, id, people.Read, func(c *Contribution) error {
		if err := people.Allow(v, "support.own", people.Create); err != nil {
			return err
		}
		if v.Account == c.Author {
			return fault.New(fault.Conflict, "Dit is uw eigen inbreng. U telt al mee.")
		}
		if !c.shown() {
			return fault.New(fault.Conflict, "Deze inbreng kunt u nu niet herkennen. De tekst is verborgen.")
		}
		if i := c.supportOf(v.Account); i >= 0 {
			if c.Support[i].Approach == bool(approach) {
				return errUnchanged
			}
			c.Support[i].Approach = bool(approach)
			return nil
		}
		c.Support = append(c.Support, Support{
			Account: v.Account, Organisation: v.Organisation, Region: v.Region, At: b.now(), Approach: bool(approach),
		})
		return nil
	})
}

// Approach says whether colleagues may contact a supporter.
type Approach bool

// The two choices of «Collega's mogen mij hierover benaderen».
const (
	Approachable    Approach = true
	NotApproachable Approach = false
)

// Unrecognise takes the viewer's recognition back («Herkenning intrekken»).
func (b *Book) Unrecognise(ctx context.Context, v people.Viewer, id string) error {
	return b.change(ctx, v, id, people.Read, func(c *Contribution) error {
		if err := people.Allow(v, "support.own", people.Delete); err != nil {
			return err
		}
		i := c.supportOf(v.Account)
		if i < 0 {
			return errUnchanged
		}
		c.Support = slices.Delete(c.Support, i, i+1)
		return nil
	})
}

// Basis counts distinct organisations and regions of authors and supporters of
// the contributions that take part and may count outside the members: those
// for the members, and those for CoMensha only whose author said yes to «Mag
// dit verder dan u koos?». Unknown ids count for nothing. For other domain
// packages; what leaves is at most a band.
func (b *Book) Basis(ctx context.Context, ids []string) (Basis, error) {
	all, err := b.contributions.GetMany(ctx, distinct(ids))
	if err != nil {
		return Basis{}, err
	}
	return basisOf(all, (*Contribution).mayCount), nil
}

// Recipients gives who must be told what became of the contributions: authors
// and supporters, each with the contributions they stand behind. Withdrawn ones
// are left out.
func (b *Book) Recipients(ctx context.Context, ids []string) (map[string][]string, error) {
	all, err := b.contributions.GetMany(ctx, distinct(ids))
	if err != nil {
		return nil, err
	}
	recipients := map[string][]string{}
	for _, c := range all {
		if !c.Withdrawn.IsZero() {
			continue
		}
		recipients[c.Author] = append(recipients[c.Author], c.ID)
		for _, s := range c.Support {
			recipients[s.Account] = append(recipients[s.Account], c.ID)
		}
	}
	return recipients, nil
}

func distinct(ids []string) []string {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	return slices.Compact(ids)
}
