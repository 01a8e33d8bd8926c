// Package signals holds the pages of Inbreng: the list, the form, one
// contribution with its whole way, clusters, «Hulp nu», and the sections about
// inbreng on start pages. The structs here say what a page shows; package
// server fills them.
//
// It stores nothing and may import frontend/parts, frontend/nl, templ's runtime
// and the standard library.
package signals
