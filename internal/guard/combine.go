package guard

import (
	"sort"
	"strconv"
	"strings"
)

// Rules about facts that identify when they stand together.
const (
	RuleAge         = "leeftijd"
	RuleNationality = "nationaliteit"
)

const ageWords = `(?:(?:een|twee|drie|vier|vijf|zes|zeven|acht|negen)[eë]n(?:twintig|dertig|veertig|vijftig|zestig)|twaalf|dertien|veertien|vijftien|zestien|zeventien|achttien|negentien|twintig|elf|tien|negen|acht|zeven|zes|vijf|vier|drie|twee|dertig|veertig|vijftig|zestig)`

var (
	ageForm = compiled(`\b(\d{1,2}|` + ageWords + `)(?:[ -]?jarig(?:en?)?\b|[ -]?jr\b\.?(?: oud)?| jaar oud| jaar jong| jaren oud|-jaar oud|[ -]?j\.?o\.?\b)|` +
		`\b(?:jongen|meisje|meid|vrouw|man|kind|jongere|cli[eë]nte?|slachtoffer|dochter|zoon|tiener|minderjarige|moeder|zij|hij|ze|baby|student|studente|bewoner|bewoonster)(?: is| was| \(|,| van| die| pas| nu| net| nog| maar| is nu){1,3} ?(\d{1,2}|` + ageWords + `)(?: jaar| jr|\)|[,.;]|\b(?: uit| en| in| op))|` +
		`\bleeftijd(?: is| van|:)?(?: \w+)? (\d{1,2}|` + ageWords + `)\b|\b(\d{1,2}|` + ageWords + `) jaar(?: en (?:woont|komt|afkomstig))|\b(\d{1,2}|` + ageWords + `) jaar,? (?:uit|woont|woonachtig|afkomstig)\b|[a-zë)] ?[,(/] ?(\d{1,2}|` + ageWords + `) ?(?:jaar|jr\.?|jaren)(?: ?[,;)./]| en | met | die | in | te | werd | was | is |\n|$)|\b(?:vader|moeder|man|vrouw|jongen|meisje|zoon|dochter|kind|cli[eë]nte?) (\d{1,2}) ?(?:jaar|jr)\b|\bvan (\d{1,2}|` + ageWords + `) jaar\b|\bis (\d{1,2}|` + ageWords + `) jaar\b|\bis (?:net |pas |nu |nog maar )?(\d{1,2}|` + ageWords + `) geworden\b`)
	ageRange   = compiled(`^ ?(?:tot|t/m|-|en) ?(?:en met )?\d|^ ?(?:en|of) (?:ouder|jonger)|^ (?:geleden|later|lang|bezig|onderweg|ervaring|wacht|duurt|durend|bestaan|jubileum|pilot|project|programma|plan|traject|contract|opleiding|studie|termijn|periode|looptijd|overeenkomst|subsidie|samenwerking|celstraf|straf)\b`)
	ageBefore  = compiled(`(?:\b\d{1,2} ?(?:tot|t/m|-|en|of)|vanaf|onder de|boven de|jonger dan|ouder dan|tot|tot en met|t/m|minimaal|maximaal|sinds|al|na|binnen|voor|afgelopen|laatste|komende|over|ongeveer|gedurende|meer dan|ruim|bijna) (?:de )?$|(?:traject|periode|contract|termijn|wachttijd|looptijd|subsidie|vergunning|duur|plan|project|ervaring|straf|celstraf|gevangenisstraf|regeling|afspraak|pilot|maximum|minimum|gemiddelde|leeftijd|verblijf|wachten|grens|leeftijdsgrens) van $|(?:het|dit|dat|er|nu al|inmiddels) is $`)
	smallWords = compiled(`\b(?:dorp(?:je|en|s)?|gehucht(?:je|en)?|buurtschap(?:pen|je)?|eiland(?:je|en)?|waddeneiland(?:en)?|plaatsje|stadje|vissersdorp(?:je)?|boerendorp(?:je)?|geboortedorp|woondorp|[a-z]{3,}dorpje|kleine (?:plaats|kern|gemeenschap|kernen)|klein (?:plaatsje|dorp)|terp|wierde|polderdorp|bergdorp|kerkdorp|(?:\d{1,3}|\d{1,2}[.]?\d{3}|honderd|duizend|[a-z]+honderd|[a-z]+duizend|enkele honderden|een paar honderd) (?:inwoners|zielen|bewoners|mensen wonen)|inwoner(?:s|tal)(?: van| is|:)? ?\d+)\b(?: (?:met|van) (?:nog geen |ongeveer |zo'n |circa |ca\.? |minder dan |slechts |maar |amper |nauwelijks )?[\d.]+ (?:inwoners|zielen|mensen|bewoners))?`)
	isles      = compiled(`\b(?:texel|vlieland|terschelling|ameland|schiermonnikoog|marken|tiengemeten|rottumeroog)\b`)
)

// spot is a place in the text that counts only together with another.
type spot struct {
	a, b, sentence, years int
	of                    int // where who is of that age begins, a when it is not named
}

// combinations finds an exact age (a hint), and asks when a small place, or a nationality with a small
// region, stands in the same sentence or the next.
func (sc *scan) combinations() {
	ages := sc.ages()
	var small []spot
	if len(ages) > 0 {
		small = sc.smallPlaces()
	}
	nations, regions := sc.nationsAndRegions()
	asked := make([]bool, len(ages))
	for i, age := range ages {
		if s, ok := near(small, age.sentence); ok {
			sc.joinedFinding(RuleAge, Ask, age, s)
			asked[i] = true
			continue
		}
		n, okN := near(nations, age.sentence)
		r, okR := near(regions, age.sentence)
		if okN && okR && abs(n.sentence-r.sentence) <= 1 {
			sc.joinedFinding(RuleNationality, Ask, age, n, r)
			asked[i] = true
		}
	}
	for i, age := range ages {
		if asked[i] {
			continue
		}
		f := sc.note(RuleAge, Hint, age.a, age.b)
		if strings.Contains(string(sc.low[age.a:age.b]), "jarig") {
			f.wider = ageGroupWord(age.years, strings.HasSuffix(string(sc.low[age.a:age.b]), "e"))
		}
	}
	for _, n := range nations {
		if r, ok := near(regions, n.sentence); ok && r.sentence == n.sentence {
			sc.note(RuleNationality, Hint, n.a, n.b)
		}
	}
}

func abs(n int) int { return max(n, -n) }

// near gives the first spot in the sentence or, when it has none, in one beside it.
func near(spots []spot, sentence int) (spot, bool) {
	for _, n := range []int{sentence, sentence - 1, sentence + 1} {
		if i := lowerBound(spots, n); i < len(spots) && spots[i].sentence == n {
			return spots[i], true
		}
	}
	return spot{}, false
}

// lowerBound finds the first spot of a sentence or later: spots are in order of place.
func lowerBound(spots []spot, sentence int) int {
	lo, hi := 0, len(spots)
	for lo < hi {
		mid := (lo + hi) / 2
		if spots[mid].sentence < sentence {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// joinedFinding notes one finding over several spots. A wider wording is offered where all stand in one
// sentence, the age first: then the words between can be replaced as a whole.
func (sc *scan) joinedFinding(rule string, level Level, age spot, others ...spot) {
	a, b, one := age.of, age.b, true
	for _, o := range others {
		a, b = min(a, o.a), max(b, o.b)
		one = one && o.sentence == age.sentence
	}
	article := articleBefore.FindStringIndex(sc.before(a, 6))
	if article != nil {
		a -= len(sc.before(a, 6)) - article[0]
		a += leadingSpace(sc.low[a:])
	}
	f := sc.note(rule, level, a, b)
	if !one || b-a > 120 {
		return
	}
	f.wider = ageGroup(age.years) + " uit een kleine gemeente"
	if sc.work[a] >= 'A' && sc.work[a] <= 'Z' || article == nil && sc.startsSentence(a) {
		f.wider = "E" + f.wider[1:]
	}
}

var articleBefore = compiled(`(?:^|[^a-z])(?:een|de|het) $`)

func leadingSpace(b []byte) int {
	n := 0
	for n < len(b) && !isWordByte(b[n]) {
		n++
	}
	return n
}

func ageGroup(years int) string {
	switch {
	case years < 18:
		return "een minderjarige"
	case years <= 22:
		return "een jongvolwassene (18 tot en met 22 jaar)"
	}
	return "een volwassene"
}

func ageGroupWord(years int, inflected bool) string {
	w := "volwassen"
	switch {
	case years < 18:
		w = "minderjarig"
	case years <= 22:
		w = "jongvolwassen"
	}
	if inflected {
		w += "e"
	}
	return w
}

func (sc *scan) ages() []spot {
	if !sc.digits && !sc.mentions("jarig", "jaar", " jr", "leeftijd", "geworden", "tien", "elf", "twaalf", "tig",
		" van twee", " van drie", " van vier", " van vijf", " van zes", " van zeven", " van acht", " van negen") {
		return nil
	}
	var out []spot
	for _, m := range sc.all(ageForm, sc.low) {
		a, b, of := m[0], m[1], -1
		years := 0
		for i := 2; i < len(m); i += 2 {
			if m[i] >= 0 {
				years = yearsOf(string(sc.low[m[i]:m[i+1]]))
				if i > 2 {
					a = m[i]
				}
				if i == 4 {
					of = m[0]
				}
			}
		}
		if years == 0 || years > 99 || isDigit(sc.byteAt(a-1)) || ageRange.MatchString(sc.after(b, 16)) || ageBefore.MatchString(sc.before(a, 24)) {
			continue
		}
		for b > a && !isWordByte(sc.work[b-1]) {
			b--
		}
		if of < 0 {
			of = a
		}
		out = append(out, spot{a: a, b: b, sentence: sc.sentenceOf(a), years: years, of: of})
	}
	return out
}

// yearsOf reads an age in figures or words.
func yearsOf(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	units := []string{"nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien"}
	for i, u := range units {
		if s == u {
			return i
		}
	}
	tens := map[string]int{"twintig": 20, "dertig": 30, "veertig": 40, "vijftig": 50, "zestig": 60}
	for word, ten := range tens {
		if s == word {
			return ten
		}
		if head, ok := strings.CutSuffix(s, word); ok {
			head = strings.TrimSuffix(strings.TrimSuffix(head, "ën"), "en")
			return ten + yearsOf(head)
		}
	}
	return 0
}

func (sc *scan) smallPlaces() []spot {
	out := sc.smallNouns()
	for _, t := range sc.placesNamed() {
		w := string(sc.low[t.a:t.b])
		if isles.MatchString(w) || !sc.g.lists.towns[w] && sc.g.lists.village(w) {
			out = append(out, t)
		}
	}
	sortSpots(out)
	return out
}

// nationsAndRegions gives nationalities and countries, and places smaller than a province.
func (sc *scan) nationsAndRegions() (nations, regions []spot) {
	for _, t := range sc.tokens() {
		if t.cap && sc.g.lists.nationalities[t.low] {
			nations = append(nations, spot{a: t.a, b: t.b, sentence: sc.sentenceOf(t.a)})
		}
	}
	if len(nations) == 0 {
		return nil, nil
	}
	for _, t := range sc.placesNamed() {
		if sc.g.lists.smallRegion(string(sc.low[t.a:t.b])) {
			regions = append(regions, t)
		}
	}
	regions = append(regions, sc.smallNouns()...)
	sortSpots(regions)
	return nations, regions
}

// smallNouns are words for a small place, without its name.
func (sc *scan) smallNouns() []spot {
	var out []spot
	for _, m := range sc.all(smallWords, sc.low) {
		out = append(out, spot{a: m[0], b: m[1], sentence: sc.sentenceOf(m[0])})
	}
	return out
}

func sortSpots(s []spot) {
	sort.Slice(s, func(i, j int) bool { return s[i].a < s[j].a })
}

// placesNamed finds names of places and regions with a capital, up to four words. A word that is also an
// ordinary one («Een», «Best») counts only inside a sentence, behind a word that leads to a place.
func (sc *scan) placesNamed() []spot {
	if sc.placeSpots != nil {
		return sc.placeSpots
	}
	ts := sc.tokens()
	out := []spot{}
	for i := 0; i < len(ts); i++ {
		n := sc.placeAt(ts, i)
		if n == 0 {
			continue
		}
		a, b := ts[i].a, ts[i+n-1].b
		out = append(out, spot{a: a, b: b, sentence: sc.sentenceOf(a)})
		i += n - 1
	}
	sc.placeSpots = out
	return out
}

// placeAt gives the number of words of the place name at i, 0 when there is none.
func (sc *scan) placeAt(ts []token, i int) int {
	l := sc.g.lists
	for n := 4; n >= 1; n-- {
		if i+n > len(ts) || !ts[i].cap && ts[i].low != "'s-hertogenbosch" && !strings.HasPrefix(ts[i].low, "'") {
			continue
		}
		row := true
		for k := i + 1; k < i+n; k++ {
			row = row && sc.joined(ts[k-1], ts[k])
		}
		if !row || !ts[i+n-1].cap {
			continue
		}
		name := strings.Join(strings.Fields(string(sc.low[ts[i].a:ts[i+n-1].b])), " ")
		if !l.places[name] {
			continue
		}
		if n == 1 && (l.placeWords[name] || l.firstName(name) || l.surname(name) && !l.towns[name]) && (ts[i].first || !placeLead.MatchString(sc.before(ts[i].a, 24))) {
			return 0
		}
		return n
	}
	return 0
}

var placeLead = compiled(`\b(?:in|uit|te|bij|naar|rond|regio|gemeente|omgeving|nabij|vanuit|buiten|dorp|stad|plaats|richting|van|en|of|voor|rondom|buurt|dorpje|eiland|noord|zuid|stadsdeel|wijk)(?: (?:het|de))? $`)
