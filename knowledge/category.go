package knowledge

import "slices"

// Category is a shelf of the knowledge base.
type Category struct {
	Slug  string
	Label string
	// Legal texts tell law or amounts and are checked at least every six months.
	Legal bool
}

// Categories are the shelves, in the order of the index.
var Categories = []Category{
	{"compensatie", "Compensatie", true},
	{"verblijf", "Verblijf", true},
	{"opvang", "Opvang", false},
	{"zorgcoordinatie", "Zorgcoördinatie", false},
	{"rollen", "Rollen en overleggen", false},
	{"nvm", "Nationaal Verwijsmechanisme", false},
	{"avg", "Privacy en delen", true},
	{"signalen", "Signalen", false},
	{"vormen", "Vormen van uitbuiting", false},
	{"minderjarigen", "Minderjarigen", true},
	{"regio", "Een regio opzetten", false},
}

// Route is one of the ways to compensation that an article can be about.
type Route struct{ Slug, Label string }

// Routes are the ways to compensation, for articles on that shelf.
var Routes = []Route{{"straf", "Strafzaak"}, {"civiel", "Civiele rechter"}, {"fonds", "Schadefonds"}, {"meer", "Meer dan één route"}}

// Reserved are the addresses in the knowledge base that are no article.
var Reserved = []string{"compensatie", "keuzehulp", "nieuw", "concept", "concepten", "klopt-nog", "kapotte-links"}

// CategoryOf gives the shelf with this slug; ok is false when there is none.
func CategoryOf(slug string) (c Category, ok bool) {
	i := slices.IndexFunc(Categories, func(c Category) bool { return c.Slug == slug })
	if i < 0 {
		return Category{}, false
	}
	return Categories[i], true
}

// months is how long a text of this category may go without being checked.
func (c Category) months() int {
	if c.Legal {
		return 6
	}
	return 12
}
