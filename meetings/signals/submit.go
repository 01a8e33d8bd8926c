package signals

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"ruggespraak/internal/fault"
	"ruggespraak/people"
	"ruggespraak/store"
)

// Limits of what one types.
const (
	maxText   = 10_000 // characters
	maxTitle  = 200
	titleFrom = 100 // a title made from the text is cut at a word before this
	maxReason = 1000
)

// The answers to «Kan dit wachten tot het volgende overleg?».
const (
	CanWait    = "ja"
	CannotWait = "nee"
)

// contactWithin is the number of working days in which the chair contacts who
// cannot wait.
const contactWithin = 5

// Form is what the form of «Inbreng delen» holds.
type Form struct {
	Kind    Kind              `json:"kind,omitempty"`
	Text    string            `json:"text,omitempty"`
	Title   string            `json:"title,omitempty"`
	Theme   string            `json:"theme,omitempty"` // UnknownTheme: the chair chooses
	Readers Audience          `json:"readers,omitempty"`
	Hide    bool              `json:"hide,omitempty"`
	Quote   bool              `json:"quote,omitempty"`
	Wait    string            `json:"wait,omitempty"`
	From    string            `json:"-"` // the contribution that this one replaces
	Reasons map[string]string `json:"-"` // by the key of a find
}

func formOf(c *Contribution) Form {
	f := Form{Kind: c.Kind, Text: c.Text, Title: c.Title, Theme: c.Theme, Readers: c.Audience, Hide: c.Unnamed, Quote: c.Quote, Wait: CanWait, From: c.ID}
	if c.Urgent != nil {
		f.Wait = CannotWait
	}
	return f
}

func (f Form) trimmed() Form {
	f.Text = strings.TrimSpace(f.Text)
	f.Title = strings.Join(strings.Fields(f.Title), " ")
	return f
}

// unanswered leaves out what a draft does not keep: the reasons, which belong
// to one text.
func (f Form) unanswered() Form {
	f.Reasons, f.From = nil, ""
	if !f.Kind.valid() {
		f.Kind = ""
	}
	if f.Theme != UnknownTheme && !isTheme(f.Theme) {
		f.Theme = ""
	}
	if f.Readers != Members && f.Readers != CoMenshaOnly {
		f.Readers = ""
	}
	if f.Wait != CanWait && f.Wait != CannotWait {
		f.Wait = ""
	}
	return f
}

// title is the title, or what the first sentence gives.
func (f Form) title() string {
	if f.Title != "" {
		return f.Title
	}
	return FirstSentence(f.Text)
}

// FirstSentence is the title that a text gets when its author wrote none: its
// first sentence without the point, cut at a word.
func FirstSentence(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	for i, r := range line {
		if (r == '.' || r == '!' || r == '?') && (i+1 == len(line) || line[i+1] == ' ') {
			line = line[:i+1]
			break
		}
	}
	line = strings.TrimSpace(strings.TrimSuffix(line, "."))
	if utf8.RuneCountInString(line) <= titleFrom {
		return line
	}
	cut := string([]rune(line)[:titleFrom])
	if i := strings.LastIndexByte(cut, ' '); i > 0 {
		cut = cut[:i]
	}
	return cut
}

func (f Form) tooLong() error {
	var form fault.Form
	f.checkLength(&form)
	return form.Err("Uw tekst is te lang.")
}

func (f Form) checkLength(form *fault.Form) {
	form.Require(utf8.RuneCountInString(f.Text) <= maxText, FieldText, "Maak uw tekst korter: ten hoogste 10.000 tekens.")
	form.Require(utf8.RuneCountInString(f.Title) <= maxTitle, FieldTitle, "Maak de titel korter: ten hoogste 200 tekens.")
}

// check notes what is missing, in the order of the form.
func (f Form) check(s Screen) error {
	var form fault.Form
	form.Require(f.Kind.valid(), FieldKind, "Kies wat u wilt delen.")
	form.Require(f.Text != "", FieldText, "Schrijf wat u ziet.")
	f.checkLength(&form)
	s.complain(&form)
	form.Require(f.Text == "" || f.title() != "", FieldTitle, "Geef een titel.")
	form.Require(f.Theme == UnknownTheme || isTheme(f.Theme), FieldTheme, "Kies waar het vooral over gaat. Weet u het niet? Dan kiest CoMensha.")
	form.Require(f.Readers == Members || f.Readers == CoMenshaOnly, FieldReaders, "Kies wie uw tekst mag lezen.")
	form.Require(f.Wait == CanWait || f.Wait == CannotWait, FieldWait, "Kies of dit kan wachten.")
	return form.Err("Uw inbreng is nog niet ingediend")
}

// ScreenForm is what the guard says about the free texts of the form.
func (b *Book) ScreenForm(f Form) Screen { return b.screen(f.trimmed()) }

func (b *Book) screen(f Form) Screen {
	return b.Screen(f.Reasons, Text{Field: FieldText, Text: f.Text}, Text{Field: FieldTitle, Text: f.Title})
}

// submittedData goes with the event «submitted».
type submittedData struct {
	Draft string `json:"draft"`
}

// Submit hands the form in. draft is the id that the form was opened with:
// submitting it twice is one contribution, whose id is given both times.
// Invalid names what is missing, refused or asked without a reason. Colleagues
// read it at once when the guard asked nothing, else when the chair releases
// it; one for CoMensha only they never read.
func (b *Book) Submit(ctx context.Context, v people.Viewer, draft string, f Form) (id string, err error) {
	if err := people.Allow(v, "contrib.draft.own", people.Act); err != nil {
		return "", err
	}
	if !plainID(draft) {
		return "", fault.NotFoundError()
	}
	id = submittedID(v.Account, draft)
	if _, err := b.contributions.Get(ctx, id); err == nil {
		return id, nil
	}
	f = f.trimmed()
	screen := b.screen(f)
	if err := f.check(screen); err != nil {
		return "", err
	}
	origin, err := b.draftOpen(ctx, v, draft)
	if err != nil {
		return "", err
	}
	if err := b.checkFrom(ctx, v, f.From); err != nil {
		return "", err
	}
	c := b.contributionFrom(v, f, screen)
	c.ID, c.Origin = id, origin
	c.Events.Add(evSubmitted, c.At, submittedData{Draft: draft})
	if err := b.inherit(ctx, c); err != nil {
		return "", err
	}
	if err := b.contributions.Insert(ctx, c); err != nil && !errors.Is(err, store.ErrExists) {
		return "", fmt.Errorf("submit contribution: %w", err)
	}
	b.wake()
	// What follows is done again by the projector if it does not succeed now.
	return id, errors.Join(b.buryDraft(ctx, v.Account, draft), b.replace(ctx, c))
}

// draftOpen refuses a draft that was thrown away, or that is another's. It
// gives the message that the draft began with.
func (b *Book) draftOpen(ctx context.Context, v people.Viewer, id string) (origin string, err error) {
	d, err := b.drafts.Get(ctx, id)
	if errors.Is(err, store.ErrNotFound) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	if err := people.Allow(v, d.relation(v), people.Act); err != nil {
		return "", err
	}
	if d.Gone {
		return "", draftGone()
	}
	return d.Origin, nil
}

func (b *Book) contributionFrom(v people.Viewer, f Form, s Screen) *Contribution {
	now := b.now()
	c := &Contribution{
		Kind: f.Kind, Title: f.title(), Text: f.Text, Theme: f.Theme, Audience: f.Readers, Unnamed: f.Hide, Quote: f.Quote,
		Asked: s.answers(), Author: v.Account, Organisation: v.Organisation, Region: v.Region,
		At: now, Changed: b.real(), Previous: f.From,
	}
	if c.Audience == Members && len(c.Asked) == 0 {
		c.Released = now
		c.becameVisible(now)
	}
	if f.Wait == CannotWait {
		c.Urgent = &Urgent{Deadline: afterWorkingDays(now, contactWithin)}
		c.Events.Add(evUrgent, now, nil)
	}
	return c
}

// inherit copies from the contribution that this one replaces the answers that
// were not required, and where it came from.
func (b *Book) inherit(ctx context.Context, c *Contribution) error {
	if c.Previous == "" {
		return nil
	}
	old, err := b.contributions.Get(ctx, c.Previous)
	if err != nil {
		return found(err)
	}
	c.Extra = old.Extra
	if c.Origin == "" {
		c.Origin = old.Origin
	}
	return nil
}

// replace withdraws the contribution in whose place c came. Twice is harmless.
func (b *Book) replace(ctx context.Context, c *Contribution) error {
	if c.Previous == "" {
		return nil
	}
	_, err := b.contributions.Update(ctx, c.Previous, func(old *Contribution) error {
		if old.Next != "" || old.Author != c.Author {
			return errUnchanged
		}
		old.Next, old.Changed = c.ID, b.real()
		old.withdraw(c.At, c.Author)
		return nil
	})
	return found(err)
}

// withdraw takes the contribution away from colleagues, clusters and later bundles.
func (c *Contribution) withdraw(at time.Time, by string) {
	if c.Withdrawn.IsZero() {
		c.Withdrawn = at
		c.note(at, by, "ingetrokken", "")
	}
	c.Returned = nil
	c.leaveCluster(at, by)
}

// Withdraw takes one's own contribution back, at any time. What is frozen in a
// bundle stays there.
func (b *Book) Withdraw(ctx context.Context, v people.Viewer, id string) error {
	return b.change(ctx, v, id, people.Act, func(c *Contribution) error {
		if c.relation(v) != "contrib.sub.own" {
			return fault.ForbiddenError()
		}
		if !c.Removed.IsZero() {
			return fault.New(fault.Conflict, "Deze tekst is al verwijderd.")
		}
		if !c.Withdrawn.IsZero() {
			return errUnchanged
		}
		c.withdraw(b.now(), v.Account)
		return nil
	})
}

// Supplement keeps the answers that are not required, until the contribution
// is withdrawn or removed. chosen are reasons by the key of a find.
func (b *Book) Supplement(ctx context.Context, v people.Viewer, id string, e Extra, chosen map[string]string) error {
	e.Help = strings.TrimSpace(e.Help)
	screen := b.Screen(chosen, Text{Field: FieldHelp, Text: e.Help})
	if err := e.check(screen); err != nil {
		return err
	}
	return b.change(ctx, v, id, people.Read, func(c *Contribution) error {
		if c.relation(v) != "contrib.sub.own" {
			return fault.ForbiddenError()
		}
		if err := people.Allow(v, "contrib.extra.own", people.Update); err != nil {
			return err
		}
		if !c.Withdrawn.IsZero() || !c.Removed.IsZero() {
			return fault.New(fault.Conflict, "Deze inbreng is ingetrokken. Aanvullen kan niet meer.")
		}
		c.supplement(e, screen)
		return nil
	})
}

// check notes what is no choice, refused or asked without a reason.
func (e Extra) check(s Screen) error {
	var f fault.Form
	known := func(terms []Term, slug string) bool { return slug == "" || labelOf(terms, slug) != "" }
	f.Require(known(exploitation, e.Form), "vorm", "Kies een vorm uit de lijst.")
	f.Require(known(ageGroups, e.Age), "leeftijd", "Kies een groep uit de lijst.")
	f.Require(known(reaches, e.Reach), "waar", "Kies een plek uit de lijst.")
	f.Require(known(frequencies, e.Frequency), "hoevaak", "Kies een aantal uit de lijst.")
	f.Require(len(labelsOf(actors, e.Actors)) == len(e.Actors), "wie", "Kies uit de lijst.")
	f.Require(len(labelsOf(Keywords(), e.Keywords)) == len(e.Keywords), "trefwoorden", "Kies uit de lijst.")
	f.Require(utf8.RuneCountInString(e.Help) <= maxText, FieldHelp, "Maak uw tekst korter: ten hoogste 10.000 tekens.")
	s.complain(&f)
	return f.Err("Uw aanvulling is nog niet bewaard")
}

// supplement takes over the answers. A free text about which the guard asked
// is held back from colleagues until the chair releases it.
func (c *Contribution) supplement(e Extra, s Screen) {
	held := c.Extra.Held && e.Help == c.Extra.Help
	e.Held = held || (e.Help != "" && e.Help != c.Extra.Help && len(s.Asked) > 0)
	c.Extra = e
	c.Asked = slices.DeleteFunc(c.Asked, func(a Asked) bool { return a.Field == FieldHelp })
	c.Asked = append(c.Asked, s.answers()...)
}
