package discussion

import (
	"context"
	"time"

	"ruggespraak/people"
	"ruggespraak/store"
)

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
