package bundles

import (
	"strings"

	"ruggespraak/internal/guard"
)

// known are names that no text that leaves may hold.
type known struct {
	persons, organisations, regions []string
}

// find gives the places where a known name stands in the text.
func (k known) find(text string) []guard.Finding {
	var all []guard.Finding
	for rule, names := range map[string][]string{"persoon": k.persons, "organisatie": k.organisations, "regio": k.regions} {
		for _, n := range names {
			if i := strings.Index(text, n); i >= 0 {
				all = append(all, guard.Finding{Rule: rule, Start: i, End: i + len(n), Line: 1 + strings.Count(text[:i], "\n")})
			}
		}
	}
	return all
}
