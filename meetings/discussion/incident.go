package discussion

import (
	"context"
	"errors"
	"time"

	"ruggespraak/internal/fault"
	"ruggespraak/internal/outbox"
	"ruggespraak/people"
	"ruggespraak/store"
)

// incidentDoc is that a text was removed: when, where, by whom.
type incidentDoc struct {
	store.Meta
	At      time.Time `json:"at"`
	Where   string    `json:"where"` // path
	By      string    `json:"by"`
	Flagged bool      `json:"flagged,omitempty"` // somebody had told
}

func incidentSpec() store.Spec[incidentDoc] {
	return store.Spec[incidentDoc]{
		Name:   "gesprek_incident",
		Orders: []store.Order{{"sort", "day"}},
		Meta:   func(i *incidentDoc) *store.Meta { return &i.Meta },
		Keys: func(i *incidentDoc) store.Keys {
			return store.Keys{"sort": {"reactie"}, "day": {sortable(i.At)}}
		},
	}
}

func (h *Hall) noteIncident(ctx context.Context, m *Entry) error {
	err := h.incidents.Insert(ctx, &incidentDoc{
		Meta: store.Meta{ID: outbox.EffectID("incident", m.ID)},
		At:   m.State.GoneAt, Where: linkTo(m), By: m.RemovedBy, Flagged: m.Flag != nil,
	})
	if isExists(err) {
		return nil
	}
	return err
}

// Incident is a removal, without the text.
type Incident struct {
	At      time.Time
	Where   string // path
	By      string // name
	Flagged bool
}

// Incidents lists the newest removals, newest first; for who may list them.
func (h *Hall) Incidents(ctx context.Context, v people.Viewer, after string) (all []Incident, next string, err error) {
	if err := people.Allow(v, "incident", people.List); err != nil {
		return nil, "", err
	}
	docs, next, err := h.incidents.Find(ctx, store.Query{Order: store.Order{"sort", "day"}, Equal: []string{"reactie"}, Desc: true, Limit: 50, After: after})
	if errors.Is(err, store.ErrCursor) {
		return nil, "", fault.NotFoundError()
	}
	if err != nil {
		return nil, "", err
	}
	ids := make([]string, len(docs))
	for i, d := range docs {
		ids[i] = d.By
	}
	names, err := h.o.Accounts.Names(ctx, ids)
	for _, d := range docs {
		all = append(all, Incident{At: d.At, Where: d.Where, By: names[d.By], Flagged: d.Flagged})
	}
	return all, next, err
}

// Flagged is a message that waits for the chair.
type Flagged struct {
	Topic Topic
	N     int
	At    time.Time // of the flag
}

// AllFlagged lists the messages that wait for the chair, longest waiting first.
func (h *Hall) AllFlagged(ctx context.Context, v people.Viewer) ([]Flagged, error) {
	if err := people.Allow(v, "msg.flag", people.List); err != nil {
		return nil, err
	}
	docs, err := h.entries.All(ctx, store.Query{Order: orderFlagged, Equal: []string{"ja"}})
	all := make([]Flagged, len(docs))
	for i, d := range docs {
		all[i] = Flagged{Topic: d.Topic, N: d.N, At: d.Flag.At}
	}
	return all, err
}
