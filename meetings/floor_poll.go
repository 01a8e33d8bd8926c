package meetings

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"ruggespraak/internal/fault"
	"ruggespraak/internal/outbox"
	"ruggespraak/people"
	"ruggespraak/store"
)

// Limits of a quick poll.
const (
	minOptions = 2
	maxOptions = 8
	maxAnswer  = 120 // bytes of an option
	maxPolls   = 60  // a meeting
	// shownFrom is from how many votes the result of a poll is shown.
	shownFrom = 3
)

// poll is a quick poll of an item. It counts votes, and knows nobody: who voted
// stands in another document, without what, and goes when the poll closes. So
// what is kept never tells what somebody voted.
type poll struct {
	ID       string      `json:"id"`
	Item     string      `json:"item"`
	Question string      `json:"question"`
	Options  []string    `json:"options"`
	Several  bool        `json:"several,omitempty"` // more than one option may be chosen
	Opened   time.Time   `json:"opened"`
	Closed   time.Time   `json:"closed,omitzero"`
	Tally    []int       `json:"tally"` // by option
	Votes    int         `json:"votes"`
	Asked    []Confirmed `json:"asked,omitempty"`
}

// voters are the accounts that have voted in a poll that is open, sorted: no
// order of voting is kept. The kind of document is "peiling_gestemd", without
// keys; its id is the poll's.
type voters struct {
	store.Meta
	Accounts []string `json:"accounts,omitempty"`
}

// PollForm is what the form of a quick poll holds.
type PollForm struct {
	Question string
	Options  []string
	Several  bool
	Key      string // made by the page; the same key is the same poll
	Reasons  Reasons
}

func (d *floor) poll(id string) *poll {
	at := slices.IndexFunc(d.Polls, func(p poll) bool { return p.ID == id })
	if at < 0 {
		return nil
	}
	return &d.Polls[at]
}

// openPoll is the poll in which people can vote now; nil when there is none.
func (d *floor) openPoll() *poll {
	at := slices.IndexFunc(d.Polls, func(p poll) bool { return p.Closed.IsZero() })
	if at < 0 {
		return nil
	}
	return &d.Polls[at]
}

// Poll opens a quick poll about the item at hand; for the chair. One is open at
// a time, and only while its item is at hand. The fault is Invalid where the form
// is wrong, or comes too early or too late.
func (f *Floor) Poll(ctx context.Context, v people.Viewer, meeting string, p PollForm) error {
	if err := people.Allow(v, "poll", people.Create); err != nil {
		return err
	}
	s, err := f.enter(ctx, v, meeting)
	if err != nil {
		return err
	}
	if p.Key == "" {
		return fault.New(fault.Invalid, "Deze pagina was te oud. Open haar opnieuw.")
	}
	asked, err := f.checkPoll(ctx, s, p)
	if err != nil {
		return err
	}
	id := outbox.EffectID("peiling", meeting, p.Key)
	if err := f.voters.Insert(ctx, &voters{Meta: store.Meta{ID: id}}); err != nil && !errors.Is(err, store.ErrExists) {
		return err
	}
	return f.act(ctx, v, meeting, "poll", people.Create, func(s *standing) error {
		d := s.d
		switch {
		case d.poll(id) != nil:
			return store.Unchanged
		case d.Current == "":
			return notNow("Ga eerst naar het punt waar de peiling bij hoort.")
		case d.openPoll() != nil:
			return notNow("Sluit eerst de peiling die nu open is.")
		case len(d.Polls) >= maxPolls:
			return fault.New(fault.Conflict, "Dit overleg heeft al 60 peilingen.")
		}
		d.Polls = append(d.Polls, poll{ID: id, Item: d.Current, Question: p.Question, Options: p.Options, Several: p.Several,
			Opened: f.c.now(), Tally: make([]int, len(p.Options)), Asked: asked})
		return nil
	})
}

// notNow refuses the form of a poll for another reason than what was typed: that
// stays in the form.
func notNow(sentence string) error {
	var form fault.Form
	form.Require(false, "vraag", sentence)
	return form.Err(notOpened)
}

const notOpened = "De peiling is nog niet geopend"

// checkPoll is nil for a form that can become a poll. Names of accounts raise
// the guard's question where somebody from outside the members reads along.
func (f *Floor) checkPoll(ctx context.Context, s *standing, p PollForm) ([]Confirmed, error) {
	var form fault.Form
	form.Require(p.Question != "", "vraag", "Schrijf de vraag.")
	form.Require(len(p.Question) <= maxTitle, "vraag", "Maak de vraag korter.")
	form.Require(len(p.Options) >= minOptions, "antwoorden", "Geef ten minste 2 antwoorden, elk op een eigen regel.")
	form.Require(len(p.Options) <= maxOptions, "antwoorden", "Geef ten hoogste 8 antwoorden.")
	form.Require(!slices.ContainsFunc(p.Options, func(o string) bool { return len(o) > maxAnswer }), "antwoorden", "Maak de antwoorden korter.")
	form.Require(len(slices.Compact(slices.Sorted(slices.Values(p.Options)))) == len(p.Options), "antwoorden", "Elk antwoord kan er één keer staan.")
	texts := []text{{"vraag", p.Question}, {"antwoorden", strings.Join(p.Options, "\n")}}
	var names []string
	if i := s.m.item(s.d.Current); i == nil || len(i.Invited) == 0 {
		var err error
		if names, err = f.c.names(ctx); err != nil {
			return nil, err
		}
	}
	var asked []Confirmed
	for _, t := range texts {
		asked = append(asked, f.c.askOne(&form, p.Reasons[t.field], names, t)...)
	}
	return asked, form.Err(notOpened)
}

// Vote votes in a poll that is open, once an account. choices are numbers of
// options, from 0.
func (f *Floor) Vote(ctx context.Context, v people.Viewer, meeting, id string, choices []int) error {
	s, err := f.enter(ctx, v, meeting)
	if err != nil {
		return err
	}
	if err := people.Allow(v, "poll.vote.own", people.Create); err != nil {
		return err
	}
	p := s.d.poll(id)
	if p == nil || !s.sees(p.Item) {
		return fault.NotFoundError()
	}
	choices = slices.Compact(slices.Sorted(slices.Values(choices)))
	if err := p.check(choices); err != nil {
		return err
	}
	if err := f.mark(ctx, v, id); err != nil {
		return err
	}
	// Whoever is marked and not counted can vote again when counting is refused.
	// Should the program end in between, or the store not say whether it counted, a
	// vote may be lost: better than one counted twice.
	err = f.count(ctx, v, meeting, id, choices)
	if fault.KindOf(err) != fault.Internal || errors.Is(err, store.ErrConflict) {
		return errors.Join(err, f.unmark(ctx, v, id))
	}
	return err
}

func (p *poll) check(choices []int) error {
	var form fault.Form
	form.Require(len(choices) > 0, "keuze", "Kies eerst een antwoord.")
	form.Require(p.Several || len(choices) < 2, "keuze", "Kies één antwoord.")
	form.Require(!slices.ContainsFunc(choices, func(c int) bool { return c < 0 || c >= len(p.Options) }), "keuze", "Kies een antwoord uit de lijst.")
	return form.Err("U hebt nog niet gestemd")
}

var errPollClosed = fault.New(fault.Conflict, "Deze peiling is gesloten.")

// mark notes that the viewer has voted.
func (f *Floor) mark(ctx context.Context, v people.Viewer, id string) error {
	_, err := f.voters.Update(ctx, id, func(all *voters) error {
		at, voted := slices.BinarySearch(all.Accounts, v.Account)
		if voted {
			return fault.New(fault.Conflict, "U hebt al gestemd. Iedereen stemt één keer.")
		}
		all.Accounts = slices.Insert(all.Accounts, at, v.Account)
		return nil
	})
	if errors.Is(err, store.ErrNotFound) {
		return errPollClosed
	}
	return err
}

func (f *Floor) unmark(ctx context.Context, v people.Viewer, id string) error {
	_, err := f.voters.Update(ctx, id, func(all *voters) error {
		all.Accounts = slices.DeleteFunc(all.Accounts, func(a string) bool { return a == v.Account })
		return nil
	})
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	return err
}

func (f *Floor) count(ctx context.Context, v people.Viewer, meeting, id string, choices []int) error {
	return f.act(ctx, v, meeting, "poll.vote.own", people.Create, func(s *standing) error {
		p := s.d.poll(id)
		if p == nil || !p.Closed.IsZero() {
			return errPollClosed
		}
		for _, c := range choices {
			p.Tally[c]++
		}
		p.Votes++
		return nil
	})
}

// ClosePoll ends a poll; for the chair. From three votes on members read the
// result. Doing it again finishes what was left undone.
func (f *Floor) ClosePoll(ctx context.Context, v people.Viewer, meeting, id string) error {
	err := f.act(ctx, v, meeting, "poll", people.Act, func(s *standing) error {
		p := s.d.poll(id)
		if p == nil {
			return fault.NotFoundError()
		}
		if !p.Closed.IsZero() {
			return store.Unchanged
		}
		p.Closed = f.c.now()
		return nil
	})
	if err != nil {
		return err
	}
	return f.forgetVoters(ctx, id)
}

// closePolls ends the poll that is open, and gives its id as a list to hand to
// forgetVoters.
func (d *floor) closePolls(now time.Time) []string {
	p := d.openPoll()
	if p == nil {
		return nil
	}
	p.Closed = now
	return []string{p.ID}
}

// forgetVoters forgets who voted, also in what the store keeps of documents
// that were written over: their versions in order would tell who voted what.
func (f *Floor) forgetVoters(ctx context.Context, polls ...string) error {
	if len(polls) == 0 {
		return nil
	}
	for _, id := range polls {
		if err := f.voters.Delete(ctx, id); err != nil {
			return err
		}
	}
	return f.o.DB.Scrub(ctx)
}
