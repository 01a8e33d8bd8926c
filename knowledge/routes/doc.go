// Package routes holds the three routes to compensation: the comparator, which
// sets them side by side cell by cell, and the guide («Keuzehulp»), which asks
// twelve questions and tells which routes to look at first.
//
// Both are data, compare.json and guide.json, written as the domain writes
// them and checked when they are loaded; judging is a pure function. What a
// chair finds out about a cell or about the guide, that it still holds and from
// which date, is a review: a document of its own over the shipped data, so that
// a newer shipped text is never overwritten and is looked at anew.
//
// Answers to the guide are kept nowhere here: the browser carries them sealed,
// 30 minutes at most. Chosen instead of the memory of an instance, which a
// second instance does not have, and instead of a document, because the answers
// are about a client and must stand in no record. Only the key is stored, the
// same for all instances.
//
// Kinds: route_review by id «duur-straf» or «keuzehulp»; route_key, one
// document. It may import people, store and internal/....
package routes
