// Package search is the search page's domain: what is searched, by whom, and
// what of it a viewer gets to see.
//
// There is an index for each audience, which holds only what everybody of that
// audience may read; what only some of it may read (an own closed contribution,
// a meeting for picked people) is on its own page and not searched. So nothing
// that a viewer may not see has a part in a title, a count, a correction, a
// snippet or a rank. Filtering one shared index would leak through its ranks.
//
// What is searched comes from sources, one for each kind of document. The same
// reading that shows a result to its viewer also decides what stands in an
// audience's index: there the viewer has the role and no account.
//
// It stores nothing but the indexes, which are derived, and how far they follow,
// in a file beside them. It may import people, store (the port) and
// internal/{clock,fault,textindex}.
package search
