package guard

import (
	"bytes"
	"sort"
	"strings"
)

// Rules of the check on what leaves.
const (
	RulePerson       = "persoon"
	RuleOrganisation = "organisatie"
	RulePlace        = "plaats"
	RuleRegion       = "regio"
	RuleCount        = "aantal"
	RuleTaken        = "overgenomen"
)

// Known is what the product knows by name. Places and first names come from the guard's own lists.
type Known struct{ Persons, Organisations, Regions []string }

// CheckLeaving checks a text before it leaves for an addressee: names of persons, organisations, places
// and regions, numbers before what may be counted, and sentences taken over from runs (nil: none). Laws,
// titles of articles and national bodies are no names. All findings are Block; nil means it may leave.
func (g *Guard) CheckLeaving(text string, known Known, runs *Runs) []Finding {
	g.reading.Do(g.read)
	sc := newScan(g, text)
	ts := sc.tokens()
	l := &leaving{scan: sc, ts: ts, taken: make([]bool, len(ts))}
	l.named(known)
	l.places()
	l.persons(known)
	l.counts()
	l.runs(runs)
	sc.found = dropCovered(sc.found)
	return sc.report().Findings
}

// leaving is one check on what leaves. Words that are taken belong to a name or to a body.
type leaving struct {
	*scan
	ts    []token
	taken []bool
}

func (l *leaving) refuse(rule string, i, n int) {
	for k := i; k < i+n; k++ {
		l.taken[k] = true
	}
	l.note(rule, Block, l.ts[i].a, l.ts[i+n-1].b)
}

// named finds organisations and regions that are known by name; where several phrases begin at a word
// the longest wins, and at equal length a body.
func (l *leaving) named(known Known) {
	organisations := newPhraseSet(spellings(known.Organisations))
	regions := newPhraseSet(spellings(known.Regions))
	for i := 0; i < len(l.ts); i++ {
		ws := l.wordsFrom(i)
		body := max(l.g.lists.bodyPhrases.at(ws), l.g.lists.capitalsAt(ws))
		if body == 1 && isPlainWord(l.ts[i]) {
			body = 0
		}
		org, reg := l.nameAt(organisations, i, ws), l.nameAt(regions, i, ws)
		if t := l.ts[i]; !t.first || !l.g.lists.ordinaryName[t.low] {
			org = max(org, l.nameAt(l.g.lists.orgPhrases, i, ws))
		}
		switch {
		case body > 0 && body >= org && body >= reg:
			for k := i; k < i+body; k++ {
				l.taken[k] = true
			}
			i += body - 1
		case org > 0 && org >= reg:
			l.refuse(RuleOrganisation, i, org)
			i += org - 1
		case reg > 0:
			l.refuse(RuleRegion, i, reg)
			i += reg - 1
		default:
			i += max(l.unknownOrganisation(i)-1, 0)
		}
	}
}

func (l *leaving) wordsFrom(i int) []string {
	ws := make([]string, 0, longestPhrase)
	for j := i; j < len(l.ts) && j < i+longestPhrase; j++ {
		ws = append(ws, l.ts[j].low)
	}
	return ws
}

// nameAt gives the words of the phrase at i. A single word must have its capital.
func (l *leaving) nameAt(p *phraseSet, i int, ws []string) int {
	n := p.at(ws)
	if n != 1 {
		return n
	}
	t := l.ts[i]
	if !t.cap || l.g.lists.plainCaps[t.low] {
		return 0
	}
	return n
}

// spellings adds to each name the forms in which people write it.
func spellings(names []string) []string {
	var out []string
	for _, n := range names {
		out = append(out, n)
		for part := range strings.SplitSeq(n, "/") {
			if part = strings.TrimSpace(part); part != n && len(part) > 2 {
				out = append(out, part)
			}
		}
		words := strings.Fields(n)
		if len(words) > 1 && prefixWord.MatchString(words[0]) {
			out = append(out, strings.Join(words[1:], " "))
		}
	}
	return out
}

var (
	prefixWord = compiled(`^(?i:stichting|st\.?|vereniging|gemeente|provincie|regio|regio's|regios|politieregio|politie-eenheid|eenheid)$`)
	orgPrefix  = compiled(`^(?:stichting|vereniging|zorggroep|ggz|opvanghuis|blijfhuis|huize|coöperatie|jeugdbescherming|jeugdzorg|zorginstelling)$`)
)

// unknownOrganisation gives the words of «Stichting» and the like with a name behind it.
func (l *leaving) unknownOrganisation(i int) int {
	if !l.ts[i].cap || !orgPrefix.MatchString(l.ts[i].low) {
		return 0
	}
	n := 1
	for j := i + 1; j < len(l.ts) && j < i+6 && l.joined(l.ts[j-1], l.ts[j]) && l.ts[j].cap && !l.ts[j].first; j++ {
		n++
	}
	if n == 1 || l.g.lists.nationalities[l.ts[i+1].low] || l.ts[i+1].low == "nederland" {
		return 0
	}
	l.refuse(RuleOrganisation, i, n)
	return n
}

// places finds places and regions of the guard's own lists, also as adjective and inside a compound.
func (l *leaving) places() {
	lists := l.g.lists
	for i := 0; i < len(l.ts); i++ {
		if l.taken[i] {
			continue
		}
		if n := l.placeWordsAt(i); n > 0 {
			rule := RuleRegion
			if lists.villages[l.joinedName(i, n)] {
				rule = RulePlace
			}
			l.refuse(rule, i, n)
			i += n - 1
			continue
		}
		if t := l.ts[i]; lists.adjectives[t.low] && t.low != "deventer" || l.compoundPlace(t) {
			l.refuse(RuleRegion, i, 1)
		}
	}
}

func (l *leaving) joinedName(i, n int) string {
	return strings.Join(strings.Fields(string(l.low[l.ts[i].a:l.ts[i+n-1].b])), " ")
}

func (l *leaving) placeWordsAt(i int) int {
	lists := l.g.lists
	for n := min(5, len(l.ts)-i); n >= 1; n-- {
		name := l.joinedName(i, n)
		if !lists.places[name] || n > 1 && strings.ContainsAny(name, ".,;:()\"") {
			continue
		}
		first, last := l.ts[i], l.ts[i+n-1]
		switch {
		case n > 1 && (last.cap || lists.wide[name] || lists.towns[name]):
			return n
		case n > 1:
			continue
		case !first.cap:
			if !lists.placeWords[name] && (lists.wide[name] || lists.towns[name] || !lists.villages[name]) && len(name) > 3 {
				return n
			}
		case lists.plainCaps[name] || lists.nationalities[name]:
		case lists.placeWords[name]:
			if !first.first || !lists.placeStarts[name] {
				return n
			}
		default:
			return n
		}
	}
	return 0
}

// compoundPlace says that a part of a hyphened word is a place: «Arnhem-Leeuwarden».
func (l *leaving) compoundPlace(t token) bool {
	if !t.cap || !strings.Contains(t.low, "-") {
		return false
	}
	for part := range strings.SplitSeq(t.low, "-") {
		if len(part) > 3 && (l.g.lists.wide[part] || l.g.lists.towns[part] || l.g.lists.places[part] && !l.g.lists.placeWords[part]) && !l.g.lists.plainCaps[part] {
			return true
		}
	}
	return false
}

// persons finds known persons, first names, and whatever the name rules of free text find.
func (l *leaving) persons(known Known) {
	full, parts := newPhraseSet(known.Persons), map[string]bool{}
	for _, n := range known.Persons {
		if ws := phraseWords(n); len(ws) > 1 {
			parts[ws[0]], parts[ws[len(ws)-1]] = true, true
		}
	}
	for i := 0; i < len(l.ts); i++ {
		if l.taken[i] {
			continue
		}
		if n := full.at(l.wordsFrom(i)); n > 1 || n == 1 && l.ts[i].cap {
			l.refuse(RulePerson, i, n)
			i += n - 1
			continue
		}
		if l.personWord(l.ts[i], parts) {
			l.refuse(RulePerson, i, 1)
		}
	}
	l.patternNames()
}

// personWord judges one word with a capital: a first name, or a part of a known name.
func (l *leaving) personWord(t token, parts map[string]bool) bool {
	lists := l.g.lists
	if !t.cap || len(t.low) < 3 || lists.nationalities[t.low] {
		return false
	}
	if t.caps && !t.first && !lists.firstNames.has(t.low) && !parts[t.low] {
		return false
	}
	switch {
	case lists.plainCaps[t.low]:
		return parts[t.low] && !t.first && !lists.common[t.low]
	case parts[t.low]:
		return !t.first || !lists.common[t.low] && !lists.nameWords.has(t.low)
	case lists.firstNames.has(t.low):
		return !(t.caps && len(t.low) < 5)
	}
	return !t.first && lists.nameWords.has(t.low)
}

// patternNames runs the name rules of free text over what is not yet taken.
func (l *leaving) patternNames() {
	sub := *l.scan
	sub.work, sub.low, sub.found = bytes.Clone(l.work), bytes.Clone(l.low), nil
	sub.shaped = newShaped(sub.low)
	for i, t := range l.ts {
		if l.taken[i] {
			sub.hide(t.a, t.b)
		}
	}
	sub.names(nil)
	for _, f := range sub.found {
		f.Rule, f.Level = RulePerson, Block
		l.found = append(l.found, f)
	}
}

const countWords = `twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|vijftien|zestien|zeventien|achttien|negentien|twintig|(?:een|twee|drie|vier|vijf|zes|zeven|acht|negen)[eë]n(?:twintig|dertig|veertig|vijftig|zestig)|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig|(?:(?:twee|drie|vier|vijf|zes|zeven|acht|negen)?(?:honderd|duizend))[a-zë]*|(?:een )?(?:handvol|(?:half )?dozijn|(?:twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|vijftien|twintig|dertig|veertig|vijftig|honderd)tal)|tientallen|honderden`

var (
	counted = compiled(`(?:^|[^a-z0-9ë/.,€-]|[^0-9][.,-])((?:\d{1,4} ?- ?\d{1,4}|\d{1,3}(?:[.]\d{3})+|\d{1,6}|één|` + countWords + `)(?: \([a-zë0-9]+\))?(?: van (?:de|onze|alle|deze|die)| (?:à|á|tot|of|a) (?:\d+|` + countWords + `))?(?: (?:[a-zë]{3,}e|andere?n?|eigen|extra|open))?(?: [a-zë]{3,}e)? (?:` +
		`keer|personen|persoon|[a-zë]*(?:organisaties?|regio'?s?|co[oö]rdinator(?:en|s)?|slachtoffers?)))(?:[^a-zë]|$)`)
	yearCount   = compiled(`^(?:19|20)\d\d(?:[^.\d]| ?- ?(?:19|20)\d\d)`)
	numberOfLaw = compiled(`(?:artikel|artikelen|art\.|lid|leden|paragraaf|punt|hoofdstuk|bijlage|fase|stap|categorie|groep|nr\.|nummer|sub|titel|afdeling|bundel|versie|tabel|figuur|januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december) $`)
)

// counts finds a number, in figures or words, before what may not be counted. «Een» is an article.
func (l *leaving) counts() {
	l.each(counted, func(a, b int) {
		text := string(l.low[a:b])
		if yearCount.MatchString(text) || numberOfLaw.MatchString(l.before(a, 16)) {
			return
		}
		if strings.HasPrefix(text, "één ") && strings.Count(text, " ") > 1 {
			return
		}
		l.note(RuleCount, Block, a, b)
	})
}

// runs finds eight words in a row that stand in a contribution as well.
func (l *leaving) runs(runs *Runs) {
	if runs == nil || len(runs.seen) == 0 {
		return
	}
	ws := runWords(l.full)
	from, until := -1, -1
	flush := func() {
		if from >= 0 {
			l.note(RuleTaken, Block, ws[from].a, ws[until].b)
		}
	}
	for i := 0; i+runLength <= len(ws); i++ {
		if !runs.seen[hashRun(ws[i:i+runLength])] {
			continue
		}
		if from >= 0 && i <= until+1 {
			until = i + runLength - 1
			continue
		}
		flush()
		from, until = i, i+runLength-1
	}
	flush()
}

// dropCovered leaves out a finding that lies inside another one.
func dropCovered(fs []Finding) []Finding {
	sort.SliceStable(fs, func(i, j int) bool {
		if fs[i].Start != fs[j].Start {
			return fs[i].Start < fs[j].Start
		}
		return fs[i].End > fs[j].End
	})
	out := fs[:0]
	until := map[bool]int{} // runs apart from names: one says nothing of the other
	for _, f := range fs {
		taken := f.Rule == RuleTaken
		if f.End <= until[taken] {
			continue
		}
		until[taken] = f.End
		out = append(out, f)
	}
	return out
}
