package signals

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
)

//go:embed taxonomy.json
var taxonomyJSON []byte

// Term is a word of the taxonomy: a slug that stays and a label that may change.
type Term struct {
	Slug    string `json:"slug"`
	Label   string `json:"label"`
	Explain string `json:"uitleg,omitempty"`
}

// Theme is a main theme with its keywords.
type Theme struct {
	Term
	Keywords []Term `json:"trefwoorden"`
}

// taxonomy is what taxonomy.json says.
type taxonomy struct {
	Kinds   []Term  `json:"soorten"`
	Themes  []Theme `json:"hoofdthemas"`
	NoTheme Term    `json:"geen_thema"`
}

// words is the taxonomy of this program; a test holds that it can be read.
var words = mustTaxonomy()

func mustTaxonomy() taxonomy {
	var t taxonomy
	if err := json.Unmarshal(taxonomyJSON, &t); err != nil {
		panic(fmt.Sprintf("signals: taxonomy: %v", err))
	}
	return t
}

// Kind is what somebody shares: one of Kinds.
type Kind string

// The kinds of a contribution.
const (
	Bottleneck    Kind = "knelpunt"
	Trend         Kind = "trend"
	SuccessFactor Kind = "succesfactor"
	Idea          Kind = "idee"
)

// Kinds lists the kinds in the order of the form.
func Kinds() []Term { return slices.Clone(words.Kinds) }

// Label is the Dutch name of the kind.
func (k Kind) Label() string { return labelOf(words.Kinds, string(k)) }

func (k Kind) valid() bool { return labelOf(words.Kinds, string(k)) != "" }

// UnknownTheme is the theme of who chose «Weet ik niet, CoMensha kiest».
const UnknownTheme = "onbekend"

// Themes lists the main themes in their fixed order, without «Weet ik niet».
func Themes() []Theme { return slices.Clone(words.Themes) }

// NoTheme is «Weet ik niet, CoMensha kiest».
func NoTheme() Term { return words.NoTheme }

// ThemeLabel is the Dutch name of a main theme; «Nog geen thema» for
// UnknownTheme, empty for what is no theme.
func ThemeLabel(slug string) string {
	if slug == UnknownTheme {
		return "Nog geen thema"
	}
	for _, t := range words.Themes {
		if t.Slug == slug {
			return t.Label
		}
	}
	return ""
}

func isTheme(slug string) bool { return slug != UnknownTheme && ThemeLabel(slug) != "" }

// Keywords lists all keywords, theme by theme.
func Keywords() []Term {
	var all []Term
	for _, t := range words.Themes {
		all = append(all, t.Keywords...)
	}
	return all
}

// The questions that need no answer, with their choices.
var (
	exploitation = []Term{
		{Slug: "seksueel", Label: "Seksuele uitbuiting"},
		{Slug: "arbeid", Label: "Arbeidsuitbuiting"},
		{Slug: "crimineel", Label: "Criminele uitbuiting"},
		{Slug: "orgaan", Label: "Orgaanverwijdering"},
		{Slug: "huishoudelijk_opsluiting", Label: "Huishoudelijk werk of opsluiting"},
		{Slug: "overig_nieuw", Label: "Andere of nieuwe vorm"},
		{Slug: "meerdere", Label: "Meerdere vormen"},
		{Slug: "onbekend", Label: "Weet ik niet"},
		{Slug: "nvt", Label: "Niet van toepassing"},
	}
	ageGroups = []Term{
		{Slug: "minderjarig", Label: "Minderjarig"},
		{Slug: "18_22", Label: "18 tot en met 22 jaar"},
		{Slug: "volwassen", Label: "23 jaar of ouder"},
		{Slug: "gemengd_nvt", Label: "Gemengd of niet van toepassing"},
	}
	reaches = []Term{
		{Slug: "gemeente", Label: "Mijn gemeente"},
		{Slug: "regio", Label: "Mijn regio"},
		{Slug: "landelijk", Label: "Heel Nederland"},
		{Slug: "ook_daarbuiten", Label: "Ook daarbuiten"},
	}
	frequencies = []Term{
		{Slug: "1", Label: "1 keer"},
		{Slug: "2-4", Label: "2 tot en met 4 keer"},
		{Slug: "5-9", Label: "5 tot en met 9 keer"},
		{Slug: "10+", Label: "10 keer of vaker"},
		{Slug: "weet_niet", Label: "Weet ik niet"},
	}
	actors = []Term{
		{Slug: "overleg", Label: "Het overleg"},
		{Slug: "som", Label: "Het SOM"},
		{Slug: "task_force", Label: "De Task Force"},
		{Slug: "gemeente_vng", Label: "Gemeente of VNG"},
		{Slug: "ministerie_jenv", Label: "Ministerie van JenV"},
		{Slug: "ministerie_vws", Label: "Ministerie van VWS"},
		{Slug: "ministerie_szw", Label: "Ministerie van SZW"},
		{Slug: "ind", Label: "IND"},
		{Slug: "politie_om", Label: "Politie of OM"},
		{Slug: "nla", Label: "Arbeidsinspectie"},
		{Slug: "opvang_zorg", Label: "Opvang of zorg"},
		{Slug: "comensha", Label: "CoMensha"},
		{Slug: "nationaal_rapporteur", Label: "Nationaal Rapporteur"},
		{Slug: "overig", Label: "Anders"},
	}
)

// ExploitationForms lists the choices of «Vorm van uitbuiting».
func ExploitationForms() []Term { return slices.Clone(exploitation) }

// AgeGroups lists the choices of «Leeftijdsgroep».
func AgeGroups() []Term { return slices.Clone(ageGroups) }

// Reaches lists the choices of «Waar speelt dit?».
func Reaches() []Term { return slices.Clone(reaches) }

// Frequencies lists the choices of «Hoe vaak zag u dit in de afgelopen 12 maanden?».
func Frequencies() []Term { return slices.Clone(frequencies) }

// Actors lists the choices of «Wie kan hier iets aan doen?».
func Actors() []Term { return slices.Clone(actors) }

func labelOf(terms []Term, slug string) string {
	for _, t := range terms {
		if t.Slug == slug {
			return t.Label
		}
	}
	return ""
}

// labelsOf gives the labels of slugs, in the order of the terms.
func labelsOf(terms []Term, slugs []string) []string {
	var labels []string
	for _, t := range terms {
		if slices.Contains(slugs, t.Slug) {
			labels = append(labels, t.Label)
		}
	}
	return labels
}
