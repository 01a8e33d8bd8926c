package guard

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// RuleName is a name of a person.
const RuleName = "naam"

var (
	titleName    = compiled(`(?:\b(?i:de heer|heer|de heren|heren|dames|dhr|mevrouw|mevrouwtje|mevrw|mevouw|mevr|mvr|mw|mej|de hr|meneer|juffrouw|mr|drs|dr|ds|familie|mevrouw mr|mevrouw drs|mevrouw dr)\b|\b(?i:ir|ing|prof|fam|jhr|bc|hr)\b\.|\bMr|\bMrs|\bMs)(?:\.? +|\.)(?:(?:mr|drs|dr|ir|ing|prof)\. ?)*((?:(?:\p{Lu}\.[ -]?){1,5} ?)?(?:(?i:van|de|der|den|het|ten|ter|te|'t|el|al|ben|bin|da|dos|di|du|la|le|von|in|op)[ -]){0,3}\p{Lu}[\p{L}'-]*\p{Ll}[\p{L}'-]*(?:[ -](?:(?:van|de|der|den|el|al|ben|ten|ter)[ -]){0,3}\p{Lu}[\p{L}'-]*\p{Ll}[\p{L}'-]*){0,3})`)
	titleLow     = compiled(`\b(?:de heer|dhr|mevrouw|mevr|mw|meneer)\b\.? +((?:(?:van|de|der|den|el|ten|ter) ){0,3}[\p{L}'-]{3,})`)
	nameFirst    = compiled(`(\p{Lu}[\p{L}'-]*\p{Ll}|\p{Lu}{3,}), ?(?:(?:van|de|der|den|ter|ten) )*(?:\p{Lu}\. ?){1,4}`)
	firstLetters = compiled(`^, ?(?:(?:van|de|der|den|ter|ten) )*(?:\p{Lu}\. ?){0,3}\p{Lu}\.`)
	initials     = compiled(`((?:\p{Lu}\. ?-?|\b(?:Th|Ch|IJ|Ph|Fr|Chr|Joh|Sj|Tj)\. ?){1,5})((?:(?i:van|de|der|den|het|ten|ter|te|'t|el|al|ben|von|in)[ -]){0,3})(\p{Lu}[\p{L}'-]*\p{Ll}[\p{L}'-]*)`)
	calledOne    = compiledLed(`\b(?i:heet(?:te|ten)?|heten|genaamd|genoemd|noem(?:t|de|en)?(?: (?:zich|ze|hem|haar|hij|zij|zichzelf))?|luistert naar de naam|alias|bijgenaamd|aka|a\.k\.a\.|(?:voor|achter|roep|familie|werk|schuil|meisjes)?na(?:am|men)(?: (?:is|van [a-zë ]{3,24} is|was))?|cli[eë]nte?|cl\.?|clt\.?|slachtoffer|betrokkene|aangeefster|aangever|bewoonster|bewoner)(?:[ ,:;("']{1,3}(?i:hij|zij|ze|de|het|een|die|dit|dat|deze|mijn|onze|jongen|meisje|vrouw|man|cli[eë]nte?|slachtoffer|moeder|vader|zoon|dochter|in het echt|eigenlijk|zichzelf|ook wel|nu|dus|is|namelijk|heet|genaamd)\b){0,4}[ ,:;("']{1,3}(\p{Lu}[\p{L}'-]+)`)
	// What is called so is no person: «het project heet Vangnet».
	thingBefore = compiled(`\b(?:programma|project|app|methode|methodiek|regeling|formulier|opvang|organisatie|stichting|vereniging|training|cursus|website|site|pilot|wet|code|groep|locatie|huis|systeem|protocol|aanpak|werkwijze|plan|rapport|lijst|map|bestand|stuk|document|team|overleg|tafel|loket|meldpunt|instrument|tool|richtlijn|verdrag|campagne|film|boek|podcast|folder|kaart|model|functie|rol|dienst|afdeling|instelling|kliniek|school|bedrijf|bureau|platform|netwerk|forum|gemeente|regio|dorp|stad|land|taal|traject|fonds|register|zaak|onderzoek|product|concept)\b[^.!?\n]{0,40}$`)
	relation    = compiledLed(`\b(?i:dochter|zoon|zoontje|dochtertje|broer|broertje|zus|zusje|moeder|vader|vriend|vriendin|vriendje|ex|partner|man|vrouw|jongen|meisje|kind|baby|neef|nicht|oom|tante|buurman|buurvrouw|loverboy|verdachte|dader|mensenhandelaar|pooier|uitbuiter|werkgever|collega|tolk|advocaat|advocate|rechercheur|agent|wijkagent|hulpverlener|hulpverleenster|begeleider|begeleidster|mentor|voogd|gezinsvoogd|arts|huisarts|dokter|dominee|pastoor|psycholoog|psychiater|maatschappelijk werker|zorgco[oö]rdinator|co[oö]rdinator|casemanager|casusregisseur|regisseur|jongerenwerker|jeugdwerker|ambulant begeleider|beleidsmedewerker|projectleider|jurist|teamleider|manager|directeur|secretaris|notulist|bewindvoerder|curator|vrijwilliger|vrijwilligster|buddy|chauffeur|huisbaas|verhuurder|baas|eigenaar|eigenaresse|stiefvader|pleegmoeder|pleegvader|opa|oma|verloofde|echtgenoot|echtgenote|recherche|tolken|medecliënte?|huisgenoot|huisgenote|klant|inbrenger|deelnemer|gast|trekker|ketenregisseur|officier|rechter|burgemeester|wethouder|docent|spreker|gastspreker|voorzitter|contactpersoon|medewerker|medewerkster|stagiaire|jongere|tiener|minderjarige|pati[eë]nte?|pupil|deelnemer|deelneemster|vluchteling|asielzoeker|student|studente)\b(?: (?:is|was|heet|zijn|waren))?[ ,:("']{1,3}((?:(?i:van|de|der|den|ten|ter|el|al|ben) ){0,3}\p{Lu}[\p{L}'-]+)`)
	plural      = compiledLed(`\b(?i:cli[eë]nten|slachtoffers|zusjes|zussen|broers|dochters|zoons|zonen|jongens|meisjes|meiden|vrouwen|mannen|vriendinnen|collega'?s|begeleiders|ouders|aanwezig(?:en)?|afwezig|afgemeld|namens)\b[ ,:("']{1,3}(\p{Lu}[\p{L}'-]+)`)
	nameBefore  = compiled(`(?:^|[^\p{L}.])(\p{Lu}[\p{L}'-]+)"? (?:heet|heette|heten|genaamd|genoemd)\b`)
	nameRest    = compiled(`^(?: (?:(?:van|de|der|den|el|al|ten|ter) ){0,2}\p{Lu}[\p{L}'-]+){1,3}`)
	andName     = compiled(`^[ ,]{1,2}(?:en |& )?(\p{Lu}[\p{L}'-]+)`)
	greeting    = compiled(`(?:^|[\n.!?,;:"(] ?)(?i:hoi|hallo|hai|hey|hi|ha|dag|beste|lieve|geachte|groet(?:en|jes)?|gr\.?|mvg|liefs|namens|met vriendelijke groet(?:en)?|goedemorgen|goedemiddag|goeiemorgen)[ ,\n]{1,3}(\p{Lu}[\p{L}'-]+)`)
)

// names finds names of persons: behind a title, behind initials, two words with capitals, or one behind
// a word that announces a name. Names of the given accounts raise no question.
func (sc *scan) names(accounts []string) {
	own := accountNames(accounts)
	sc.titles(own)
	sc.initialNames(own)
	ts := sc.tokens()
	markKnown(ts, sc.g.phrases)
	markKnown(ts, sc.g.lists.otherPhrases)
	sc.pairs(ts, own)
	sc.halfNames(ts, own)
	sc.announced(own)
}

func (sc *scan) titles(own accountSet) {
	sc.asWritten(titleName, func(a, b int) {
		if !sc.notPerson(string(sc.low[a:b])) && !own.covers(string(sc.low[a:b])) {
			sc.add(RuleName, Ask, a, b)
		}
	})
	sc.each(titleLow, func(a, b int) {
		word := lastWord(string(sc.low[a:b]))
		if sc.g.lists.surname(word) && !sc.g.lists.plainCaps[word] && !own.covers(string(sc.low[a:b])) {
			sc.add(RuleName, Ask, a, b)
		}
	})
}

// notPerson says that the words behind a title are no name.
func (sc *scan) notPerson(s string) bool {
	ws := phraseWords(s)
	if len(ws) == 0 || sc.g.phrases.at(ws) > 0 {
		return true
	}
	for len(ws) > 1 && len(ws[0]) == 1 {
		ws = ws[1:] // «mw. A. De opvang»
	}
	l := sc.g.lists
	return len(ws) == 1 && (l.plainCaps[ws[0]] && !l.surname(ws[0]) || l.nationalities[ws[0]])
}

func (sc *scan) initialNames(own accountSet) {
	if !sc.hasInitial() {
		return
	}
	sc.asWritten(nameFirst, func(a, b int) {
		if w := string(sc.low[a:b]); sc.g.lists.surname(w) && !sc.g.lists.nationalities[w] && !own.covers(w) {
			b += len(firstLetters.Find(sc.work[b:min(len(sc.work), b+40)]))
			sc.add(RuleName, Ask, a, b)
		}
	})
	at := 0
	for at < len(sc.work) {
		m := initials.FindSubmatchIndex(sc.work[at:])
		if m == nil {
			return
		}
		for i := range m {
			m[i] += at
		}
		at = m[1]
		if isWordByte(sc.byteAt(m[0]-1)) || sc.byteAt(m[0]-1) == '.' || !sc.initialsName(m) || own.covers(string(sc.low[m[4]:m[1]])) {
			continue
		}
		sc.add(RuleName, Ask, m[0], m[1])
	}
}

// hasInitial says that a point stands at most three letters behind a capital, as in «J.» and «Chr.»: a
// cheap question before the patterns of initials.
func (sc *scan) hasInitial() bool {
	for i, c := range sc.work {
		if c == '.' && bytes.IndexFunc(sc.work[max(0, i-4):i], unicode.IsUpper) >= 0 {
			return true
		}
	}
	return false
}

// initialsName tells «A. de Vries» from «scenario A. De» and «A. Inleiding».
func (sc *scan) initialsName(m []int) bool {
	letters := strings.Count(string(sc.work[m[2]:m[3]]), ".")
	particle, name := string(sc.work[m[4]:m[5]]), string(sc.low[m[6]:m[7]])
	l := sc.g.lists
	if l.initialAbbreviation(string(sc.low[m[2]:m[3]])) || sc.g.phrases.at([]string{name}) > 0 || l.nationalities[name] {
		return false
	}
	if l.placeName(name) && !l.surname(name) && particle == "" && letters > 1 {
		return false
	}
	if particle != "" && particle == lower(particle) {
		return true
	}
	if letters > 1 {
		return !l.plainCaps[name]
	}
	if sc.opens(m[0]) || sc.startsSentence(m[0]) {
		return !l.plainCaps[name] && (l.surname(name) || surnameEnd.MatchString(name) && !l.adjectives[name] || !counting[sc.low[m[2]]] && !institution(name) && !sc.enumerated(m[0]))
	}
	spaced := sc.work[m[3]-1] == ' '
	return l.surname(name) || !spaced || !l.plainCaps[name] && !institution(name) && !sc.enumerated(m[0])
}

// surnameEnd is how many surnames end that no list has.
var surnameEnd = compiled(`.{3}(?:man|mans|stra|sma|inga|enga|ema|ssen|sen|veld|berg|kamp|donk|brink|huis|wicz|escu|oglu|dze|yan|ova|eva|ski|ska)$`)

// Letters that number things at the start of a line: «A. Inleiding», «IV. Slot».
var counting = map[byte]bool{'a': true, 'b': true, 'c': true, 'd': true, 'e': true, 'f': true, 'g': true, 'i': true, 'v': true, 'x': true}

var enumeration = compiled(`(?:scenario|optie|bijlage|variant|route|deel|categorie|groep|punt|plan|type|model|fase|spoor|lijn|vitamine|hoofdstuk|onderdeel|artikel|lid|sub|letter|tabel|figuur|kamer|blok|hepatitis|profiel|niveau|schaal|klasse|cli[eë]nte?|slachtoffer|mevrouw|meneer|heer|mw\.?|dhr\.?|vrouw|man|jongen|meisje) $`)

func (sc *scan) enumerated(a int) bool { return enumeration.MatchString(sc.before(a, 24)) }

func (sc *scan) startsSentence(a int) bool {
	from, _ := sc.sentence(sc.sentenceOf(a))
	return strings.Trim(sc.full[from:a], " \"'(-*") == ""
}

// pairs finds two words with capitals, the first of them a given name or neither of them known.
func (sc *scan) pairs(ts []token, own accountSet) {
	for i := 0; i < len(ts); i++ {
		if !ts[i].cap || ts[i].known {
			continue
		}
		j := sc.nameEnd(ts, i)
		for j > i && !(ts[j].cap && sc.nameLike(ts, i, j)) {
			j-- // «Thomas Vonk van het Parket»: the shorter row may be a name
		}
		if j == i {
			continue
		}
		if !own.covers(string(sc.low[ts[i].a:ts[j].b])) {
			sc.add(RuleName, Ask, ts[i].a, ts[j].b)
		}
		i = j
	}
}

// halfNames finds a given name with an initial («Kevin B.»), a name without capitals of which both words
// are known as one, and initials without points before a surname («JP van den Berg»).
func (sc *scan) halfNames(ts []token, own accountSet) {
	l := sc.g.lists
	for i := 0; i+1 < len(ts); i++ {
		head, j := ts[i], i+1
		for j < len(ts)-1 && j < i+4 && l.particles[ts[j].low] && !ts[j].cap && sc.joined(ts[j-1], ts[j]) {
			j++
		}
		tail := ts[j]
		if head.known || tail.known || !sc.joined(ts[j-1], tail) || sc.work[head.a] == hidden || sc.work[tail.a] == hidden {
			continue
		}
		surname := l.surname(tail.low) && !l.nationalities[tail.low]
		loose := surname && !l.plainCaps[tail.low] && !l.placeName(tail.low)
		b := tail.b
		switch {
		case head.cap && l.firstNames.has(head.low) && j == i+1 && tail.cap && len(tail.low) == 1 && sc.byteAt(tail.b) == '.':
			b++
		case !head.cap && !tail.cap && l.firstNames.has(head.low) && loose:
		case head.caps && len(head.low) <= 3 && j > i+1 && tail.cap && surname:
		case head.cap && len(head.low) == 1 && tail.cap && (j > i+1 && surname || loose && !counting[head.low[0]]) && !sc.enumerated(head.a):
		default:
			continue
		}
		if !own.covers(string(sc.low[head.a:b])) {
			sc.add(RuleName, Ask, head.a, b)
		}
		i = j
	}
}

// nameEnd gives the last word of a row that begins at i: capitals, with particles between.
func (sc *scan) nameEnd(ts []token, i int) int {
	end := i
	for j := i + 1; j < len(ts) && j < i+8 && sc.joined(ts[j-1], ts[j]); j++ {
		switch {
		case ts[j].cap && !ts[j].known && !ts[j].first && len(ts[j].low) > 1:
			end = j
		case sc.g.lists.particles[ts[j].low] && j-end < 4:
		default:
			return end
		}
	}
	return end
}

// announced finds a single name behind a word such as «heet» or «cliënte».
func (sc *scan) announced(own accountSet) {
	sc.asWritten(calledOne, func(a, b int) {
		w := string(sc.low[a:b])
		if thingBefore.MatchString(sc.before(a, 60)) && !sc.g.lists.firstNames.has(w) {
			return
		}
		if sc.oneName(w, a, b) && !own.covers(w) {
			sc.addName(a, b, own)
		}
	})
	sc.asWritten(relation, func(a, b int) {
		if w := string(sc.low[a:b]); sc.namedOne(w, a, b) && !own.covers(w) {
			sc.addName(a, b, own)
		}
	})
	for _, re := range []*pattern{plural, greeting, nameBefore} {
		sc.asWritten(re, func(a, b int) {
			for sc.given(a, b) && !own.covers(string(sc.low[a:b])) {
				b = sc.addName(a, b, own)
				m := andName.FindSubmatchIndex(sc.work[b:min(len(sc.work), b+48)])
				if m == nil {
					return
				}
				a, b = b+m[2], b+m[3]
			}
		})
	}
}

// addName takes the words with capitals behind a name along, and gives the end of the whole.
func (sc *scan) addName(a, b int, own accountSet) int {
	if m := nameRest.FindIndex(sc.work[b:min(len(sc.work), b+60)]); m != nil && !own.covers(string(sc.low[a:b])) {
		b += m[1]
	}
	if !own.covers(string(sc.low[a:b])) {
		sc.add(RuleName, Ask, a, b)
	}
	return b
}

// namedOne says that what stands behind a word for a person is a name, with particles («Van Veen») or not.
func (sc *scan) namedOne(w string, a, b int) bool {
	l, last := sc.g.lists, lastWord(w)
	if last != w {
		return l.surname(last) && (!l.plainCaps[last] || !strings.HasPrefix(w, "de "))
	}
	named := l.firstNames.has(w) || surnameOnly.MatchString(sc.before(a, 24)) && !sc.startsSentence(a) || l.surname(w) && !l.plainCaps[w] && !l.placeName(w)
	return named && sc.oneName(w, a, b)
}

// Behind these a surname stands more often than anything else, also one that no list has.
var surnameOnly = compiled(`\b(?:advoca(?:at|te)|rechercheur|wijkagent|agent|collega|dokter|huisarts|psycholoog|psychiater|maatschappelijk werker|rechter|dominee|pastoor|wethouder)[ ]$`)

// given says that the word is a given name.
func (sc *scan) given(a, b int) bool {
	w := string(sc.low[a:b])
	return sc.g.lists.firstName(w) && sc.oneName(w, a, b)
}

// oneName says that a single word with a capital can be a name.
func (sc *scan) oneName(w string, a, b int) bool {
	l := sc.g.lists
	if utf8.RuneCountInString(w) < 2 || strings.ToUpper(w) == string(sc.work[a:b]) && !l.firstNames.has(w) {
		return false
	}
	if sc.g.phrases.at([]string{w}) > 0 || l.nationalities[w] || l.adjectives[w] || l.placeName(w) && !l.firstName(w) {
		return false
	}
	if l.firstName(w) {
		return true
	}
	if sc.partOfPhrase(a) {
		return false
	}
	return !l.plainCaps[w] && !institution(w)
}

// partOfPhrase says that the words from a on are a known phrase.
func (sc *scan) partOfPhrase(a int) bool {
	ws := phraseWords(sc.after(a, 80))
	return sc.g.phrases.at(ws) > 0 || sc.g.lists.otherPhrases.at(ws) > 0
}

// accountSet holds the names of accounts, in lower case.
type accountSet struct{ full, last map[string]bool }

func accountNames(names []string) accountSet {
	s := accountSet{full: map[string]bool{}, last: map[string]bool{}}
	for _, n := range names {
		n = strings.Join(strings.Fields(lower(n)), " ")
		s.full[n] = true
		if _, rest, ok := strings.Cut(n, " "); ok {
			s.last[rest] = true
			s.last[lastWord(rest)] = true
		}
	}
	return s
}

// covers says that a found name, in lower case, is an account's: whole, or its surname behind a title
// or initials.
func (s accountSet) covers(found string) bool {
	found = strings.Trim(strings.Join(strings.Fields(found), " "), " .,")
	if s.full[found] || s.last[found] {
		return true
	}
	for rest := found; ; {
		head, tail, ok := strings.Cut(rest, " ")
		if !ok {
			return false
		}
		if !strings.HasSuffix(head, ".") {
			return false
		}
		if rest = tail; s.last[rest] || s.full[rest] {
			return true
		}
	}
}
