package people

import (
	"context"
	"slices"
	"sync"
)

// maxSearches is how many searches of a session are kept for going back.
const maxSearches = 10

// Search is what somebody looked for, as the form had it. It stands in the
// session only: in no address and in no log.
type Search struct {
	N       int    `json:"n"` // its number in the session
	Text    string `json:"text"`
	Kind    string `json:"kind,omitempty"`
	Theme   string `json:"theme,omitempty"`
	Period  string `json:"period,omitempty"`
	Grouped bool   `json:"grouped,omitempty"`
}

// KeepSearch keeps a search in the session and gives its number, by which
// SearchOf finds it. The oldest are forgotten. Without a document it is in memory.
func (s *Sessions) KeepSearch(ctx context.Context, sess *Session, asked Search) (n int, err error) {
	if sess.ID == "" {
		before, _ := s.asked.get(sess.token)
		all := keep(before, asked)
		s.asked.put(sess.token, all)
		return all[len(all)-1].N, nil
	}
	err = s.change(ctx, sess, func(stored *Session) { stored.Searches = keep(stored.Searches, asked) })
	if err != nil {
		return 0, err
	}
	return sess.Searches[len(sess.Searches)-1].N, nil
}

// SearchOf gives a search of the session; ok is false when it is not kept.
func (s *Sessions) SearchOf(sess *Session, n int) (asked Search, ok bool) {
	all := sess.Searches
	if sess.ID == "" {
		all, _ = s.asked.get(sess.token)
	}
	i := slices.IndexFunc(all, func(a Search) bool { return a.N == n })
	if i < 0 {
		return Search{}, false
	}
	return all[i], true
}

func keep(all []Search, asked Search) []Search {
	asked.N = 1
	if len(all) > 0 {
		asked.N = all[len(all)-1].N + 1
	}
	all = append(slices.Clone(all), asked)
	return all[max(0, len(all)-maxSearches):]
}

// recent remembers something for the newest visitors, in bounded memory.
type recent[T any] struct {
	mu    sync.Mutex
	by    map[string]T
	order []string // oldest first
}

func newRecent[T any]() *recent[T] { return &recent[T]{by: map[string]T{}} }

func (r *recent[T]) put(token string, value T) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, known := r.by[token]; !known {
		r.order = append(r.order, token)
	}
	r.by[token] = value
	if len(r.order) > maxPlaces {
		delete(r.by, r.order[0])
		r.order = r.order[1:]
	}
}

func (r *recent[T]) drop(token string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, known := r.by[token]; known {
		delete(r.by, token)
		r.order = slices.DeleteFunc(r.order, func(t string) bool { return t == token })
	}
}

func (r *recent[T]) get(token string) (value T, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	value, ok = r.by[token]
	return value, ok
}
