// Package frontend holds what people see: parts and pages (templ), styles,
// scripts, and the folder they are built into. This package itself only embeds
// that folder; see parts, nl and assets. Nothing here knows a domain type, and
// nothing but templ's runtime and the standard library is imported.
package frontend

import "embed"

// Dist is the built front end. On a fresh checkout it holds no more than a
// place keeper; assets.Load tells the difference.
//
//go:embed all:dist
var Dist embed.FS
