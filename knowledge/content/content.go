// Package content holds the articles that Ruggespraak ships with.
//
// Each file <slug>.md is YAML front matter between two lines of three dashes,
// then Markdown. The front matter has these keys, all of them, in this order:
//
//	slug              the file's name without .md
//	titel             the page's heading; the text itself starts at level 2
//	samenvatting      one or two sentences for lists and search results
//	categorie         slug of a category of the knowledge base
//	route             straf, civiel, fonds or meer; empty outside compensation
//	eigenaar          empty: the chair, until one is named
//	geldig_per        date; empty when no source gives one
//	gecontroleerd_op  date; empty until a person has checked the article
//	controleren_voor  date; within six months for legal articles
//	status            concept, gecontroleerd or verouderd
//	bronnen           list of nr, titel, url, datum; datum is as exact as it is
//	                  known ("2019-05-02", "ca. 2016"), url and datum may be empty
//	onzeker           statements that no source confirms, to be shown as such
//	gerelateerd       slugs of other articles
//
// The text names its sources as «(bron 3)» or «(bron 3, 5)», by nr. What no
// source confirms stands under onzeker, or carries «te controleren» where it
// stands. Other articles are linked as [[slug|text]]; only articles that are
// shipped are.
//
// The package stores nothing and imports nothing of ours.
package content

import "embed"

// FS holds the shipped articles, one file <slug>.md each, in no folder. It is
// read only and safe for several goroutines.
//
//go:embed *.md
var FS embed.FS
