package guard

import (
	"strings"
)

// Rules about where somebody lives or stays.
const (
	RulePostcode = "postcode"
	RuleAddress  = "adres"
)

const (
	houseNumber = `\d{1,5}(?: ?-? ?(?:[a-zA-Z]|hs|bis|huis|I{1,3}|IV|zwart|rood)\b)?(?: ?[-/] ?(?:\d{1,4}|[a-zA-Z]\b|I{1,3}\b|hs\b))?`
	streetEnd   = `(?:straat|str\.|laan|weg|plein|gracht|kade|singel|dijk|hof|dreef|steeg|pad|park|markt|wal)`
)

var (
	streetName   = compiled(`\b(?:[A-Z][\p{L}'.-]*[ -](?:(?:van|de|der|den|het|ter|ten|te|'s|la|du)[ -]){0,3}){0,3}(?:[A-Z][\p{L}'-]*` + streetEnd + `|(?:Straat|Laan|Weg|Plein|Gracht|Kade|Singel|Dijk|Hof|Dreef|Steeg|Pad|Park|Markt|Wal))`)
	streetOfName = compiled(`\b(?:Laan|Plein|Weg|Straat|Hof|Kade|Park|Gracht|Singel|Dreef|Pad)(?: (?:van|naar|der|de|den|het|ten|ter|'t|aan|achter|op)){1,2} [A-Z][\p{L}'-]+(?: [A-Z][\p{L}'-]+)?`)
	streetLower  = compiled(`\b[a-z][a-zë'-]{2,}(?:straat|str\.|laan|gracht|kade|singel|dreef|steeg|plein|weg|dijk|hof|pad|park|wal)[ ,]{1,2}(?:nr\.? ?|nummer |huisnummer )?(\d{1,5} ?-?[a-z]?)\b`)
	houseBehind  = compiled(`^(?:(?: (?:[NOWZ]\.? ?Z\.?|noord|zuid|oost|west|Noord|Zuid|Oost|West))?[ ,]{1,3}(?:(?:huis)?(?:nummer|nr|no)\b\.?|op nummer|#)?[ :]{0,2}|)(` + houseNumber + `)`)
	livesAt      = compiled(`(?i:\b(?:adres(?:gegevens)?(?: is| van [a-zë ]{2,24})?|woont|wonen|woonde|woonachtig|verblijft|verblijven|verbleef|gehuisvest|ondergedoken|ondergebracht|opgevangen|ingeschreven|schuilt|zit|slaapt|locatie|opvangadres|opvanglocatie|woonadres|verblijfadres)\b)[: ]{1,3}(?:(?:nu|momenteel|tijdelijk|op|aan|in|bij|het|de|adres|een|:)[ :]{1,2}){0,4}([A-Z][\p{L}'.-]+(?: (?:van|de|der|den|het|'t|[A-Z][\p{L}'.-]+)){0,3}[ ,]{1,2}(?:nr\.? ?|nummer )?)(\d{1,5}(?: ?-? ?[a-zA-Z]\b)?)`)
	unitBehind   = compiled(`^ ?(?:%|keer|jaar|jaren|weken|week|dagen|dag|maanden|maand|uur|uren|meldingen|melding|personen|mensen|slachtoffers|vrouwen|mannen|kinderen|meisjes|jongens|cli[eë]nten|plekken|plaatsen|plekken|gemeenten|organisaties|regio|km|meter|m2|panden|woningen|adressen|bedden|bewoners|gezinnen|zaken|signalen|controles|casussen|maal|procent|fte|euro|januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|van de|tot en met|t/m|à|a \d|of \d|tot \d)\b`)
	nextNumber   = compiled(`^[ ,:;()/-]{0,3}(?:(?:met |en |, )?(?:huis)?(?:nummer|nr|no)\b\.?[ :]{0,2}|t\.?o\.? )?(\d{1,5})(?:[ -]?[a-z]\b|[-/]\d{1,4})?`)
	houseBefore  = compiled(`(?:(?:huis)?(?:nummer|nr)\b\.?|\bnr\.)[ :]{0,2}\d{1,5} ?[a-z]?[ ,;()]{0,3}(?:(?:in|met|en|de|van|bij)? ?postcode:?|in|te|,|met|en)? ?$`)
	streetBefore = compiled(`\p{Lu}[\p{L}'-]+ \d{1,5} ?[a-zA-Z]?[, ]{1,3}$`)
	postcode     = compiled(`\b([1-9]\d{3})([ -]{0,2})([A-Za-z]{2})\b`)
	postcodeWord = compiled(`postcode(?:gebied)?[^\d]{0,16}$`)
	yearNumber   = compiled(`^(?:19[5-9]|20[0-4])\d$`)
)

// addresses finds postcodes and streets, with a house number or alone.
func (sc *scan) addresses() {
	sc.streets()
	sc.postcodes()
}

func (sc *scan) streets() {
	for _, re := range []*pattern{streetOfName, streetName} {
		sc.asWritten(re, func(a, b int) { sc.street(a, b) })
	}
	sc.eachIndex(streetLower, func(m []int) {
		if !sc.isUnit(m[3]) && !yearNumber.MatchString(string(sc.low[m[2]:m[3]])) && !sc.g.lists.notStreets[firstWord(sc.low[m[0]:m[1]])] {
			sc.add(RuleAddress, Block, m[0], m[3])
		}
	})
	at := 0
	for at < len(sc.work) && livesAt.mayMatch(sc.shaped) {
		m := livesAt.FindSubmatchIndex(sc.work[at:])
		if m == nil {
			return
		}
		a, b, num := at+m[2], at+m[5], string(sc.work[at+m[4]:at+m[5]])
		if !sc.isUnit(b) && !yearNumber.MatchString(num) && sc.alone(a, b) && !sc.g.lists.placeName(strings.Trim(string(sc.low[a:at+m[4]]), " ,")) {
			sc.add(RuleAddress, Block, a, b)
		}
		at += m[1]
	}
}

// street judges a capitalised street name: blocked with a house number, asked about without.
func (sc *scan) street(a, b int) {
	if isWordByte(sc.byteAt(b)) && !isDigit(sc.byteAt(b)) || isWordByte(sc.byteAt(a-1)) {
		return
	}
	word := lower(lastWord(string(sc.work[a:b])))
	if m := houseBehind.FindStringSubmatchIndex(string(sc.work[b:min(len(sc.work), b+40)])); m != nil {
		num := string(sc.work[b+m[2] : b+m[3]])
		if !isWordByte(sc.byteAt(b+m[1])) && !sc.isUnit(b+m[1]) && !yearNumber.MatchString(num) && (!sc.g.lists.notStreets[word] || isStreetEnd(word) && a+len(word) < b) && !sc.g.phrases.has(string(sc.low[a:b])) {
			sc.add(RuleAddress, Block, a, b+m[1])
			return
		}
	}
	if len(word) <= 5 && isStreetEnd(word) || sc.g.lists.notStreets[word] || sc.g.lists.placeName(word) || sc.g.lists.places[string(sc.low[a:b])] || sc.g.phrases.has(string(sc.low[a:b])) {
		return
	}
	if sc.startsSentence(a) && vagueEnd.MatchString(word) {
		return // «Marktwerking…»: more often a word than a street
	}
	if sc.g.lists.surname(word) && sc.byteAt(a-1) == ' ' && surnameBefore.MatchString(sc.before(a, 8)) {
		return // «Van Hoogendijk»: the name rule speaks
	}
	sc.add(RuleAddress, Ask, a, b)
}

var (
	surnameBefore = compiled(`\b(?:van|ten|ter|mw\.?|dhr\.?|heer)(?: de[rn]?)? $`)
	vagueEnd      = compiled(`(?:markt|park|pad|weg|wal|hof|plein|dijk)$`)
	streetEndOnly = compiled(`^` + streetEnd + `$`)
)

func isStreetEnd(w string) bool { return streetEndOnly.MatchString(w) }

func firstWord(b []byte) string {
	s := string(b)
	if i := strings.IndexAny(s, " ,"); i >= 0 {
		return s[:i]
	}
	return s
}

func lastWord(s string) string {
	if i := strings.LastIndexAny(s, " "); i >= 0 {
		return s[i+1:]
	}
	return s
}

// isUnit says that what stands behind a number makes it a count, not a house.
func (sc *scan) isUnit(b int) bool { return unitBehind.MatchString(sc.after(b, 24)) }

func (sc *scan) postcodes() {
	for _, m := range sc.all(postcode, sc.work) {
		a, b := m[0], m[1]
		if sc.byteAt(a-1) == '.' && isDigit(sc.byteAt(a-2)) || sc.work[a] == hidden {
			continue
		}
		house := nextNumber.FindStringSubmatchIndex(sc.after(b, 32))
		if house != nil && (yearNumber.MatchString(sc.after(b, 32)[house[2]:house[3]]) || sc.isUnit(b+house[1]) || isWordByte(sc.byteAt(b+house[1]))) {
			house = nil
		}
		letters := string(sc.work[m[6]:m[7]])
		if !sc.postcodeLike(string(sc.work[m[2]:m[3]]), letters, a, b, house != nil) {
			continue
		}
		switch {
		case house != nil:
			sc.add(RulePostcode, Block, a, b+house[1])
		case houseBefore.MatchString(sc.before(a, 32)), streetBefore.Match(sc.work[max(0, a-40):a]):
			sc.add(RulePostcode, Block, a, b)
		default:
			sc.add(RulePostcode, Ask, a, b)
		}
	}
}

// postcodeLike keeps years, amounts and measures out: «2017 de», «2018 OM», «1500 km».
func (sc *scan) postcodeLike(number, letters string, a, b int, house bool) bool {
	upper := strings.ToUpper(letters)
	if upper == "SA" || upper == "SD" || upper == "SS" {
		return false
	}
	if c := sc.byteAt(b); c == '-' && isLetter(sc.byteAt(b+1)) || c == '.' && isLetter(sc.byteAt(b+1)) || c == '\'' {
		return false
	}
	if moneyBefore.MatchString(sc.before(a, 8)) {
		return false
	}
	word := sc.g.lists.twoLetters[strings.ToLower(letters)]
	year := yearNumber.MatchString(number)
	named := postcodeWord.MatchString(sc.before(a, 32))
	switch {
	case named:
		return true
	case letters != upper:
		return !word && !year && (letters == strings.ToLower(letters) || house)
	case year:
		return !word && !sc.g.lists.twoCapitals[upper]
	}
	return !bodyLetters[upper] || house
}

// bodyLetters may stand behind a number that is no year: «1200 VO-leerlingen», «1500 EU-burgers».
var bodyLetters = map[string]bool{"OM": true, "EU": true, "VN": true, "NL": true, "KM": true, "KB": true, "MB": true, "GB": true, "KW": true, "VO": true, "HBO": true, "NR": true}

func isLetter(c byte) bool { return isWordByte(c) && !isDigit(c) }
