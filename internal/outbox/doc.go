// Package outbox makes happen elsewhere what a document has decided.
//
// One document is one decision: there are no transactions over several
// documents. What must follow in other documents (a notice, a mail, the status
// of a contribution) is written inside the deciding document as an Event, in
// the same compare-and-set. The Projector finds such documents by their key
// "todo", hands each event to the handlers that were registered for it, and
// then takes the event out of the document. A handler inserts its effects
// under ids made by EffectID, so that doing it twice is harmless; the lease
// that keeps two instances from doing the same work is only thrift.
//
// An event stands in a document for a moment only. A document that still has
// one must not be deleted, for its effects would be lost. Taking events out
// gives the document a new version: a form that must notice other people's
// edits carries a revision of its own, not store.Meta.Version.
//
// Mail is collected in the Queue; package server/mail sends it.
//
// Kinds stored:
//   - outbox_failure: an event whose handler failed; id is the event's.
//     Keys: source.
//   - outbox_mail: a mail, from the decision to the server's answer.
//     Keys: state, due (when to try, or when a claim ends), at.
//
// It imports store (the port) and internal/clock.
package outbox
