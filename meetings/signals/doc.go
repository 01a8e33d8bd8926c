// Package signals keeps what coordinators hand in (inbreng): bottlenecks,
// trends, success factors and ideas. It holds their drafts, who recognises
// them, what the chair does with them (release, send back, put together,
// remove), and how far each has come on its way to an answer.
//
// The raw text of a contribution never goes beyond the members: other packages
// get titles for viewers who may read them, distinct organisations and regions,
// and accounts to tell. Every function takes the viewer; the relation of the
// viewer to the contribution decides, by the policy of package people.
//
// Kinds stored:
//   - contribution: what was submitted, with support, flag, log and events.
//     Keys: list (see placesOf), day, grouped, cluster, changed, todo.
//   - contribution_draft: a draft or the tombstone of one. Keys: author, day, from.
//   - contribution_cluster: heading and log; the contributions point at it.
//     Keys: open, day, todo.
//
// It may import meetings/incidents, people, store (the port), internal/{clock,fault,guard,outbox,
// textindex}.
package signals
