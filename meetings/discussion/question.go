package discussion

import (
	"context"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"ruggespraak/internal/fault"
	"ruggespraak/internal/markdown"
	"ruggespraak/internal/outbox"
	"ruggespraak/people"
	"ruggespraak/store"
)

// quiet is how long after its last message a question stands in the list.
const quiet = 30 * 24 * time.Hour

// Question is a question to colleagues, outside any meeting. Its text is the
// first message of its topic, so that it is edited, flagged and removed like
// any message. It is never counted and never bundled.
type Question struct {
	store.Meta
	Author string    `json:"author"`
	At     time.Time `json:"at"`
	Closed time.Time `json:"closed,omitzero"` // by its asker, or by the chair
	Stir   time.Time `json:"stir"`            // of the last message
	Last   int       `json:"last"`            // number of the last message; projected
}

var (
	orderList = store.Order{"list", "stir"}
	orderOwn  = store.Order{"author", "stir"}
)

func questionSpec() store.Spec[Question] {
	return store.Spec[Question]{
		Name:   "vraag",
		Orders: []store.Order{orderList, orderOwn},
		Meta:   func(q *Question) *store.Meta { return &q.Meta },
		Keys: func(q *Question) store.Keys {
			keys := store.Keys{"stir": {sortable(q.Stir)}, "author": {q.Author}}
			if q.Closed.IsZero() {
				keys["list"] = []string{"open"}
			}
			return keys
		},
	}
}

// questionDoor is the door of the topics that this package knows itself.
func (h *Hall) questionDoor(ctx context.Context, t Topic) (Admit, error) {
	_, id, _ := t.Parts()
	q, err := h.question(ctx, id)
	if err != nil {
		return nil, err
	}
	return func(v people.Viewer) (Access, error) {
		write := q.Closed.IsZero() && people.May(v.ActiveRole(), "msg.ask", people.Create)
		return Access{Audience: AudienceOf(v.ActiveRole()), Relation: "msg.ask", Write: write, Owner: q.Author}, nil
	}, nil
}

func (h *Hall) question(ctx context.Context, id string) (*Question, error) {
	q, err := h.questions.Get(ctx, id)
	if errors.Is(err, store.ErrNotFound) {
		return nil, fault.NotFoundError()
	}
	return q, err
}

// Ask puts a question to the colleagues and gives its id. The same key again is
// the same question.
func (h *Hall) Ask(ctx context.Context, v people.Viewer, d Draft) (id string, err error) {
	if err := people.Allow(v, "ask.own", people.Create); err != nil {
		return "", err
	}
	if err := d.checkKey(); err != nil {
		return "", err
	}
	if err := h.fill(ctx, v, Access{}, &Entry{}, d); err != nil {
		return "", err
	}
	q := &Question{Meta: store.Meta{ID: outbox.EffectID("vraag", v.Account, d.Key)}, Author: v.Account, At: h.o.Now(), Stir: h.o.Now()}
	if err := h.questions.Insert(ctx, q); err != nil && !isExists(err) {
		return "", err
	}
	_, err = h.Post(ctx, v, TopicOf(Asked, q.ID), d)
	return q.ID, err
}

// Close says that a question is answered: it leaves the list and takes no more
// messages. For its asker, and for the chair. Doing it again changes nothing.
func (h *Hall) Close(ctx context.Context, v people.Viewer, id string) error {
	_, err := h.questions.Update(ctx, id, func(q *Question) error {
		if err := people.Allow(v, q.relation(v), people.Act); err != nil {
			return err
		}
		if !q.Closed.IsZero() {
			return store.Unchanged
		}
		q.Closed = h.o.Now()
		return nil
	})
	if errors.Is(err, store.ErrNotFound) {
		return fault.NotFoundError()
	}
	return err
}

func (q *Question) relation(v people.Viewer) people.Object {
	if q.Author == v.Account {
		return "ask.own"
	}
	return "ask.other"
}

// QuestionView is a question as its viewer sees it.
type QuestionView struct {
	ID       string
	Title    string // how its text begins; empty when the text is hidden or gone
	Author   string
	At, Stir time.Time
	Closed   time.Time
	Own      bool
	MayClose bool
	New      bool // something was said since the viewer read it last
	Answers  bool // something was said after the question
}

// Question gives what is said about a question beside its messages.
func (h *Hall) Question(ctx context.Context, v people.Viewer, id string) (*QuestionView, error) {
	q, err := h.question(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := people.Allow(v, q.relation(v), people.Read); err != nil {
		return nil, err
	}
	views, err := h.viewQuestions(ctx, v, []*Question{q})
	if err != nil {
		return nil, err
	}
	if len(views) == 0 {
		return nil, fault.NotFoundError()
	}
	return &views[0], nil
}

// Questions lists the open questions about which something was said in the last
// thirty days, newest first. after is the next of the page before.
func (h *Hall) Questions(ctx context.Context, v people.Viewer, after string) (all []QuestionView, next string, err error) {
	if err := people.Allow(v, "ask.other", people.List); err != nil {
		return nil, "", err
	}
	since := sortable(h.o.Now().Add(-quiet))
	return h.listQuestions(ctx, v, store.Query{Order: orderList, Equal: []string{"open"}, From: since, Desc: true, Limit: 25, After: after})
}

// OwnQuestions lists the viewer's own questions, also closed and quiet ones.
func (h *Hall) OwnQuestions(ctx context.Context, v people.Viewer, after string) (all []QuestionView, next string, err error) {
	if err := people.Allow(v, "ask.own", people.List); err != nil {
		return nil, "", err
	}
	return h.listQuestions(ctx, v, store.Query{Order: orderOwn, Equal: []string{v.Account}, Desc: true, Limit: 25, After: after})
}

func (h *Hall) listQuestions(ctx context.Context, v people.Viewer, q store.Query) ([]QuestionView, string, error) {
	docs, next, err := h.questions.Find(ctx, q)
	if errors.Is(err, store.ErrCursor) {
		return nil, "", fault.NotFoundError()
	}
	if err != nil {
		return nil, "", err
	}
	all, err := h.viewQuestions(ctx, v, docs)
	return all, next, err
}

// viewQuestions reads texts, names and what was read in one query each. A
// question whose first message is not there yet is left out.
func (h *Hall) viewQuestions(ctx context.Context, v people.Viewer, docs []*Question) ([]QuestionView, error) {
	var texts, read, authors []string
	for _, q := range docs {
		t := TopicOf(Asked, q.ID)
		texts, read, authors = append(texts, entryID(t, 1)), append(read, seenID(v.Account, t)), append(authors, q.Author)
	}
	firsts, err := h.entries.GetMany(ctx, texts)
	if err != nil {
		return nil, err
	}
	seen, err := h.seen.GetMany(ctx, read)
	if err != nil {
		return nil, err
	}
	names, err := h.o.Accounts.Names(ctx, authors)
	if err != nil {
		return nil, err
	}
	upTo := map[string]int{}
	for _, s := range seen {
		upTo[s.ID] = s.N
	}
	begins := map[Topic]*Entry{}
	for _, e := range firsts {
		begins[e.Topic] = e
	}
	var all []QuestionView
	for _, q := range docs {
		t := TopicOf(Asked, q.ID)
		first := begins[t]
		if first == nil {
			continue
		}
		own := q.Author == v.Account
		view := QuestionView{
			ID: q.ID, Author: names[q.Author], At: q.At, Stir: q.Stir, Closed: q.Closed, Own: own, Answers: q.Last > 1,
			MayClose: q.Closed.IsZero() && people.May(v.ActiveRole(), q.relation(v), people.Act),
			New:      !own && upTo[seenID(v.Account, t)] < q.Last || own && q.Last > max(1, upTo[seenID(v.Account, t)]),
		}
		if !first.State.Hidden && first.State.Gone == Here {
			view.Title = beginning(first.Text)
		}
		all = append(all, view)
	}
	return all, nil
}

// titleLength is how much of a question its list shows, in characters.
const titleLength = 120

// beginning is the first sentence of a text, or as much of it as fits.
func beginning(text string) string {
	plain := markdown.Plain(text)
	if i := strings.IndexAny(plain, ".?!"); i >= 0 {
		plain = plain[:i+1]
	}
	if utf8.RuneCountInString(plain) <= titleLength {
		return plain
	}
	cut := string([]rune(plain)[:titleLength])
	if i := strings.LastIndexByte(cut, ' '); i > 0 {
		cut = cut[:i]
	}
	return cut + " …"
}

// stir moves a question up when something was said about it.
func (h *Hall) stir(ctx context.Context, m *Entry) error {
	subject, id, _ := m.Topic.Parts()
	if subject != Asked {
		return nil
	}
	_, err := h.questions.Update(ctx, id, func(q *Question) error {
		if q.Last >= m.N {
			return store.Unchanged
		}
		q.Last, q.Stir = m.N, m.At
		return nil
	})
	return err
}
