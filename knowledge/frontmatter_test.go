package knowledge_test

import (
	"strings"
	"testing"

	"ruggespraak/knowledge"
)

const file = `---
slug: opvang
titel: "Opvang"
samenvatting: "Waar iemand terecht kan."
categorie: opvang
route: ""
eigenaar: ""
geldig_per: ""
gecontroleerd_op: ""
controleren_voor: "2027-05-21"
status: concept
bronnen:
  - nr: 1
    titel: "Een rapport"
    url: ""
    datum: "ca. 2016"
onzeker: []
gerelateerd: []
---

Tekst.
`

func TestParseFileSaysWhatIsWrong(t *testing.T) {
	for _, tc := range []struct{ name, old, new, want string }{
		{"no fence", "---\nslug", "slug", "between two lines of ---"},
		{"unknown key", "status:", "staat:", "staat"},
		{"bad yaml", `titel: "Opvang"`, `titel: "Opvang`, "front matter"},
		{"reserved slug", "slug: opvang", "slug: klopt-nog", "slug"},
		{"unknown category", "categorie: opvang", "categorie: overig", "categorie"},
		{"no day", "2027-05-21", "mei 2027", "controleren_voor"},
		{"sources out of order", "nr: 1", "nr: 2", "bronnen"},
		{"refused text", "Tekst.", strings.Repeat("- ", 40), "text"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := knowledge.ParseFile([]byte(strings.Replace(file, tc.old, tc.new, 1)))
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("ParseFile = %v, want an error about %q", err, tc.want)
			}
		})
	}
}

func TestParseFileReadsAFileOfWindows(t *testing.T) {
	got, err := knowledge.ParseFile([]byte(strings.ReplaceAll(file, "\n", "\r\n")))
	if err != nil || got.Slug != "opvang" || got.Due != "2027-05-21" || got.Text.Body != "Tekst." || got.Text.Sources[0].Date != "ca. 2016" {
		t.Errorf("ParseFile = %+v, %v", got, err)
	}
}
