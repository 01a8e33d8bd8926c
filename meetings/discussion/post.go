package discussion

import (
	"context"
	"fmt"
	"slices"
	"unicode/utf8"

	"ruggespraak/internal/fault"
	"ruggespraak/internal/guard"
	"ruggespraak/internal/markdown"
	"ruggespraak/internal/outbox"
	"ruggespraak/people"
	"ruggespraak/store"
)

// Field names of the form of a message, as errors name them.
const (
	FieldText     = "tekst"
	FieldMentions = "noem"
)

// Limits of a message.
const (
	MaxText     = 4000 // characters
	maxMentions = 20
	maxKey      = 100 // bytes
)

// NewKey gives a key for a form of a message that has just been opened.
func NewKey() string { return store.NewID() }

// Draft is a message before it is said.
type Draft struct {
	Text     string
	Key      string   // made by the author's page; the same text with it is the same message
	Mentions []string // accounts, from Mentionable
	ReplyTo  int      // number of a message of the topic; 0: no reply
	Reason   string   // why a text may stay that the guard asks about
}

// Post says something in a topic and gives its number. Once it answers, the
// message is kept. The same key and text again give the same number, whatever
// else is in the draft; another text is another message, for who went back to a
// form that was sent. The fault is Invalid when the text cannot be taken as it is,
// Conflict when the topic takes no messages now.
func (h *Hall) Post(ctx context.Context, v people.Viewer, t Topic, d Draft) (int, error) {
	a, err := h.Enter(ctx, v, t)
	if err != nil {
		return 0, err
	}
	if err := d.checkKey(); err != nil {
		return 0, err
	}
	key := outbox.EffectID("bericht", string(t), v.Account, d.Key, d.Text)
	e := &Entry{Topic: t, What: Said, By: v.Account, Role: v.ActiveRole(), At: h.o.Now(), Touched: h.o.Real(), Key: key, ReplyTo: d.ReplyTo, Mentions: d.Mentions}
	if refused := h.compose(ctx, v, a, e, d); refused != nil {
		same, err := h.withKey(ctx, key)
		if err != nil || same == nil {
			return 0, refused
		}
		return same.N, nil // it was said before
	}
	if err := h.add(ctx, e); err != nil {
		return 0, err
	}
	return e.N, nil
}

// compose fills the entry with what the draft says, if the viewer may say it now.
func (h *Hall) compose(ctx context.Context, v people.Viewer, a Access, e *Entry, d Draft) error {
	if !a.Write {
		return fault.New(fault.Conflict, "Hier kan niets meer bij. U kunt nog wel lezen.")
	}
	if err := mayPost(v, a); err != nil {
		return err
	}
	if err := h.fill(ctx, v, a, e, d); err != nil {
		return err
	}
	if d.ReplyTo != 0 {
		if _, err := h.message(ctx, e.Topic, d.ReplyTo); err != nil {
			return err
		}
	}
	e.Events.Add(evSaid, e.At, nil)
	return nil
}

func (d Draft) checkKey() error {
	if d.Key == "" || len(d.Key) > maxKey {
		return fault.New(fault.Invalid, "Deze pagina was te oud. Open haar opnieuw.")
	}
	return nil
}

// mayPost is nil when the viewer may write where it stands to the topic so. In a
// meeting that one takes part in, writing is a right of its own.
func mayPost(v people.Viewer, a Access) error {
	if err := people.Allow(v, "msg.own", people.Create); err != nil || a.Relation == "msg.other" {
		return err
	}
	return people.Allow(v, a.Relation, people.Create)
}

// fill checks the text and the mentions of a draft and puts them in the entry.
func (h *Hall) fill(ctx context.Context, v people.Viewer, a Access, e *Entry, d Draft) error {
	var form fault.Form
	form.Require(d.Text != "", FieldText, "Schrijf eerst een reactie.")
	form.Require(utf8.RuneCountInString(d.Text) <= MaxText, FieldText, "Maak de tekst korter. Er passen 4000 tekens in.")
	html, err := markdown.Render(d.Text)
	if fault.Is(err, fault.Invalid) {
		form.Add(FieldText, err.Error())
	} else if err != nil {
		return err
	}
	if err := form.Err(notKept); err != nil {
		return err
	}
	asked, err := h.ask(ctx, &form, a, d)
	if err != nil {
		return err
	}
	if err := h.checkMentions(ctx, &form, v, a, d.Mentions); err != nil {
		return err
	}
	e.Text, e.HTML, e.Asked = d.Text, html, asked
	return form.Err(notKept)
}

const notKept = "Uw reactie is nog niet geplaatst"

// ask puts the text before the guard. The names of accounts raise no question,
// unless somebody from outside the members reads along.
func (h *Hall) ask(ctx context.Context, form *fault.Form, a Access, d Draft) ([]Confirmed, error) {
	found := h.o.Guard.Check(d.Text, guard.Options{}).Findings
	if len(found) > 0 && !a.Guests {
		names, err := h.o.Accounts.RecentNames(ctx) // a text without a find has none with them
		if err != nil {
			return nil, fmt.Errorf("read names of accounts: %w", err)
		}
		found = h.o.Guard.Check(d.Text, guard.Options{Names: names}).Findings
	}
	var asked []Confirmed
	for _, f := range found {
		switch {
		case f.Level == guard.Block:
			form.Block(FieldText, f.Line, f.Label())
		case f.Level == guard.Ask && ReasonLabel(d.Reason) == "":
			form.Ask(FieldText)
		case f.Level == guard.Ask && !slices.Contains(asked, Confirmed{f.Rule, d.Reason}):
			asked = append(asked, Confirmed{f.Rule, d.Reason})
		}
	}
	return asked, nil
}

// reasonLabels are the reasons why a text may stay, as on the screen.
var reasonLabels = map[string]string{
	"organisatie": "Het is een organisatie, wet of plaats", "openbaar": "Het is al openbaar",
	"geen-persoon": "Het gaat niet over bepaalde personen", "collega": "Het is een collega of spreker",
}

// ReasonLabel is the reason in words; empty for what is no reason.
func ReasonLabel(reason string) string { return reasonLabels[reason] }

// Mentionable lists who can be mentioned by this viewer: the members, by name.
// Nobody for who is not a member, and nobody where the SOM or the Task Force
// writes. The owner of an unnamed contribution is in it like everybody.
func (h *Hall) Mentionable(ctx context.Context, v people.Viewer, a Access) ([]people.Person, error) {
	if !v.ActiveRole().Member() {
		return nil, nil
	}
	coordinators, err := h.o.Accounts.WithRole(ctx, people.Coordinator)
	if err != nil {
		return nil, err
	}
	chairs, err := h.o.Accounts.WithRole(ctx, people.Chair)
	if err != nil {
		return nil, err
	}
	var all []people.Person
	for _, p := range slices.Concat(chairs, coordinators) {
		known := slices.ContainsFunc(all, func(q people.Person) bool { return q.ID == p.ID })
		if !known && p.Joined && p.ID != v.Account {
			all = append(all, people.Person{ID: p.ID, Name: p.Name})
		}
	}
	return all, nil
}

func (h *Hall) checkMentions(ctx context.Context, form *fault.Form, v people.Viewer, a Access, mentions []string) error {
	if len(mentions) == 0 {
		return nil
	}
	may, err := h.Mentionable(ctx, v, a)
	if err != nil {
		return err
	}
	form.Require(len(mentions) <= maxMentions, FieldMentions, "Noem niet meer dan 20 collega's.")
	for _, m := range mentions {
		if !slices.ContainsFunc(may, func(p people.Person) bool { return p.ID == m }) {
			form.Add(FieldMentions, "Kies collega's uit de lijst.")
			break
		}
	}
	return nil
}
