// Package bundles carries what the field sees to a body that can answer, and
// the answer back to the field.
//
// A bundle is a numbered set of points for one addressee. It is drafted from
// clusters, checked on what leaves, offered to a colleague, approved by
// somebody who did not edit it, frozen in one compare-and-set, and sent. Members
// of the body react; the chair (or the secretariat of the Task Force) records
// the body's one answer to each point; editions of the feedback bring the
// answers to everyone who contributed or recognised; months later those people
// are asked whether they notice it.
//
// One document is one decision. A bundle carries its points, its approval, its
// frozen bytes, its answers and its editions; a reaction and an effect question
// are documents of their own, because each has one owner. What must follow
// elsewhere (statuses of contributions, notices, mail, the point for the Task
// Force) is written as events in the same document and projected by
// internal/outbox.
//
// The truth of an answer stays here: a contribution's status is projected, its
// page follows ids (Desk.Trail). Readers outside the members get Sheets and
// Feedback, which hold the chair's words, bands and days; no type that leaves
// this package towards them has a contribution's id, an author or an instant.
//
// Kinds stored:
//   - bundle: id is the number («2026-02»). Keys: year, state, reach (roles that
//     may find it), source (contributions), line, todo.
//   - reaction: id made from bundle, point and account. Keys: bundle, point.
//   - effect: id made from line and account. Keys: account and state; due;
//     line; todo.
//
// It imports people, meetings/signals, store (the port) and internal packages.
package bundles
