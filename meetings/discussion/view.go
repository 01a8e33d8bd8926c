package discussion

import (
	"context"
	"slices"

	"ruggespraak/internal/fault"
	"ruggespraak/internal/markdown"
	"ruggespraak/internal/outbox"
	"ruggespraak/people"
	"ruggespraak/store"
)

// Thread is a topic as its viewer sees it now.
type Thread struct {
	Topic    Topic
	Access   Access
	Last     int // number of the newest entry that Messages know
	Messages []Message
	Seen     int // number of the newest entry that the viewer has read
	Mine     Mine
}

// Mine is what is about the viewer alone, and so is no part of what an audience
// gets.
type Mine struct {
	Own     []int              // numbers of one's own messages that are not gone
	Editing []int              // those of them whose text one may change now
	Given   map[int][]Reaction // one's own reactions, by message
}

// Show gives the whole topic.
func (h *Hall) Show(ctx context.Context, v people.Viewer, t Topic) (*Thread, error) {
	a, err := h.Enter(ctx, v, t)
	if err != nil {
		return nil, err
	}
	room, err := h.Room(ctx, t)
	if err != nil {
		return nil, err
	}
	seen, err := h.seenUpTo(ctx, v.Account, t)
	if err != nil {
		return nil, err
	}
	messages, err := room.Messages(ctx, a.Audience, a)
	if err != nil {
		return nil, err
	}
	return &Thread{Topic: t, Access: a, Last: room.Last(), Messages: messages, Seen: seen, Mine: room.Mine(v, a)}, nil
}

// Messages are all messages as an audience sees them now; it reads as
// Change.For does.
func (r *Room) Messages(ctx context.Context, audience Audience, a Access) ([]Message, error) {
	var all []Message
	for _, n := range r.order {
		m, err := r.view(ctx, *r.messages[n], audience, a)
		if err != nil {
			return nil, err
		}
		all = append(all, m)
	}
	return all, nil
}

// Mine is what of the room is about the viewer alone.
func (r *Room) Mine(v people.Viewer, a Access) Mine {
	mine := Mine{Given: map[int][]Reaction{}}
	for _, n := range r.order {
		m := r.messages[n]
		if m.said.By == v.Account && m.said.State.Gone == Here {
			mine.Own = append(mine.Own, n)
			if a.Write && !r.hall.o.Now().After(m.said.At.Add(editFor)) {
				mine.Editing = append(mine.Editing, n)
			}
		}
		for _, g := range m.given {
			if g.by == v.Account {
				mine.Given[n] = append(mine.Given[n], g.r)
			}
		}
	}
	return mine
}

// Single gives one message with its text as typed when it is the viewer's own
// and may be changed; for its page.
func (h *Hall) Single(ctx context.Context, v people.Viewer, t Topic, n int) (*Thread, string, error) {
	thread, err := h.Show(ctx, v, t)
	if err != nil {
		return nil, "", err
	}
	m, err := h.message(ctx, t, n)
	if err != nil {
		return nil, "", err
	}
	thread.Messages = slices.DeleteFunc(thread.Messages, func(m Message) bool { return m.N != n })
	text := ""
	if slices.Contains(thread.Mine.Own, n) {
		text = m.Text
	}
	return thread, text, nil
}

// Make makes something else of a message: work gets its text without markup,
// and the reason that its writer gave the guard. What befalls the message
// meanwhile befalls what was made of it. A Conflict when the text is hidden or
// gone.
func (h *Hall) Make(ctx context.Context, v people.Viewer, t Topic, n int, work func(text, reason string) error) error {
	a, err := h.Enter(ctx, v, t)
	if err != nil {
		return err
	}
	m, err := h.message(ctx, t, n)
	if err != nil {
		return err
	}
	if m.State.Hidden || m.State.Gone != Here || a.Audience.Mixed() {
		return fault.New(fault.Conflict, "Deze tekst kunt u nu niet gebruiken.")
	}
	reason := ""
	if len(m.Asked) > 0 {
		reason = m.Asked[0].Reason
	}
	if err := work(markdown.Plain(m.Text), reason); err != nil {
		return err
	}
	now, err := h.message(ctx, t, n)
	if err != nil || now.State.Rev == m.State.Rev {
		return err
	}
	return h.made(ctx, now)
}

// seenDoc is how far an account has read a topic.
type seenDoc struct {
	store.Meta
	N int `json:"n"`
}

func seenSpec() store.Spec[seenDoc] {
	return store.Spec[seenDoc]{Name: "gesprek_gelezen", Meta: func(d *seenDoc) *store.Meta { return &d.Meta }}
}

func seenID(account string, t Topic) string { return outbox.EffectID("gelezen", account, string(t)) }

// seenUpTo is the number up to which the account has read the topic.
func (h *Hall) seenUpTo(ctx context.Context, account string, t Topic) (int, error) {
	docs, err := h.seen.GetMany(ctx, []string{seenID(account, t)})
	if err != nil || len(docs) == 0 {
		return 0, err
	}
	return docs[0].N, nil
}

// MarkSeen notes that the viewer has read the topic up to a number. It never
// goes back, and not beyond what is there.
func (h *Hall) MarkSeen(ctx context.Context, v people.Viewer, t Topic, upTo int) error {
	if _, err := h.Enter(ctx, v, t); err != nil {
		return err
	}
	if err := people.Allow(v, "msg.seen.own", people.Update); err != nil {
		return err
	}
	last, err := h.Last(ctx, t)
	if err != nil {
		return err
	}
	return h.noteSeen(ctx, v.Account, t, min(upTo, last))
}

func (h *Hall) noteSeen(ctx context.Context, account string, t Topic, n int) error {
	doc := &seenDoc{Meta: store.Meta{ID: seenID(account, t)}, N: n}
	err := h.seen.Insert(ctx, doc)
	if !isExists(err) {
		return err
	}
	_, err = h.seen.Update(ctx, doc.ID, func(old *seenDoc) error {
		if old.N >= n {
			return store.Unchanged
		}
		old.N = n
		return nil
	})
	return err
}

// Tally is how many messages a topic has, and how many of them came since the
// viewer read it last.
type Tally struct{ All, Unread int }

// Tally counts, for a topic that the viewer may enter.
func (h *Hall) Tally(ctx context.Context, v people.Viewer, t Topic) (Tally, error) {
	if _, err := h.Enter(ctx, v, t); err != nil {
		return Tally{}, err
	}
	all, err := h.entries.Count(ctx, store.Query{Order: orderSaid, Equal: []string{string(t)}})
	if err != nil || all == 0 {
		return Tally{}, err
	}
	return h.tally(ctx, v, t, all)
}

// Tallies counts what is said at the items of a meeting, by the id of the item;
// those without messages are not in it. Of the items that the door lets the
// viewer in to it asks about the first alone: a member who may enter one may
// enter all that the agenda shows. Nobody else gets counts.
func (h *Hall) Tallies(ctx context.Context, v people.Viewer, meeting string) (map[string]Tally, error) {
	if !v.ActiveRole().Member() {
		return nil, nil
	}
	prefix := string(ItemTopic(meeting, ""))
	cells, err := h.entries.Tally(ctx, store.Query{Order: orderSaid, From: prefix, To: prefix + "~"}, "said")
	if err != nil {
		return nil, err
	}
	all := map[string]Tally{}
	for _, cell := range cells {
		t := Topic(cell.Values[0])
		if len(all) == 0 {
			_, err := h.Enter(ctx, v, t)
			if fault.Is(err, fault.NotFound) || fault.Is(err, fault.Forbidden) {
				continue
			}
			if err != nil {
				return nil, err
			}
		}
		_, _, item := t.Parts()
		if all[item], err = h.tally(ctx, v, t, cell.N); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func (h *Hall) tally(ctx context.Context, v people.Viewer, t Topic, all int) (Tally, error) {
	seen, err := h.seenUpTo(ctx, v.Account, t)
	if err != nil {
		return Tally{}, err
	}
	unread, err := h.entries.Count(ctx, store.Query{Order: orderSaid, Equal: []string{string(t)}, From: number(seen + 1)})
	return Tally{All: all, Unread: unread}, err
}
