package guard

import (
	"strings"
)

// Rules about numbers of cases, the police and vehicles.
const (
	RuleProsecution = "parketnummer"
	RulePolice      = "politienummer"
	RuleVerdict     = "ecli"
	RuleCase        = "zaaknummer"
	RulePlate       = "kenteken"
)

var (
	// Laws, official papers, amounts: their figures are nobody's.
	publicRefs = compiled(`(?i)\bkamerstuk(?:ken)?(?:dossier)?[ :]*(?:(?:ii|i|tk|ek)[ ,]*)?(?:\d{4}[/-]\d{2,4}[, ]*)?\d{2}[ .]?\d{3}(?:[ -][ivxlc]+)?(?:,? ?nr\.? ?\d+)?|` +
		`\b\d{4}[/-]\d{2,4}, ?\d{2} ?\d{3}(?:,? ?nr\.? ?\d+)?|\b\d{2} ?\d{3},? (?:nr\.?|nummer) ?\d+|` +
		`\b(?:stb|stcrt|trb|staatsblad|staatscourant|tractatenblad|pb ?(?:eu|l|c)|publicatieblad)\b\.?[ ,]*(?:\(?l ?\d+/?\d*\)?)?[ ,]*(?:\d{4}[ ,]*(?:nr\.? ?)?\d{1,6})?|` +
		`\bbwbr?\d{7}\b|\b(?:isbn|issn)[: -]{0,3}[\dx -]{8,17}|\b\d{4}/\d{2,3}/(?:eu|eg|jbz)\b|\b(?:eu|eg|nr\.?) \d{4}/\d{2,4}\b|` +
		`\bpostbus \d{1,5}(?:[ ,]+\d{4} ?[a-z]{2}\b)?|(?:€|\beur\b|\beuro\b) ?\d{1,3}(?:[. ]\d{3})+(?:,\d\d|,-)?|\b\d{1,3}(?:\.\d{3})+(?:,\d\d|,-)? ?(?:€|eur\b|euro)|` +
		`\bkvk(?:[ -]?(?:nummer|nr))?\.?[: ]{0,3}\d{8}\b|\b(?:artikel(?:en)?|artt?\.?) ?\d+[a-z]{0,2}(?:[:.]\d+[a-z]?)?\b`)
	organisationNumber = compiled(`(?:\brsin(?:[ -]?(?:nummer|nr))?|\bfiscaal nummer|\boin)\.?[: ]{0,3}\d{9,20}\b|\bnl ?\d{9} ?b ?\d{2}\b`)

	prosecution = compiled(`\b\d{2}[ ]?[/.-][ ]?\d{6}[ ]?[-/.][ ]?\d{2}\b`)
	prosecNamed = compiled(`parket[ -]?(?:nummer|nr|no)s?\b\.?[^\d\x01\n]{0,20}?(\d{2}[ ./-]{0,3}\d{6}[ ./-]{0,3}\d{2})\b`)
	policeCode  = compiled(`\bpl ?-?\d{4}[ -]{0,3}\d{8,}(?:-\d+)?\b|\bpl ?-?\d{12,}\b`)
	policeNamed = compiled(`(?:\bbvh|proces[ -]?verbaal|\bpv|mutatie|registratie|aangifte|incident)[ -]?(?:nummer|nr|no)\b\.?[^\d\x01\n]{0,20}?((?:pl ?-?)?\d{4}[ -]?\d{6,}(?:-\d+)?)\b`)
	policeShort = compiled(`\bbvh[ :]{1,3}(\d{10,})\b`)
	verdict     = compiled(`\becli ?: ?nl ?: ?[a-z]{2,8} ?: ?\d{4} ?: ?[a-z0-9.]+[a-z0-9]`)
	caseCourt   = compiled(`\b[A-Z]{2,4}(?:-[A-Z]{2,4})? ?\d{2} ?/ ?\d{3,5}\b|\bNL ?\d{2}\.\d{3,6}\b|\b[A-Z]/\d{2}/\d{5,7}(?: ?/ ?[A-Z]{1,3}[ -][A-Z]{2}[ -]\d{2}[-/]\d+)?|\b(?:HA|KG|FA) (?:ZA|RK) \d{2}[-/]\d{1,5}\b|\b\d{7,8} ?(?:/ ?)?(?:CV|EJ|EA|VZ|HA) (?:EXPL|VERZ|RK|ZA|ZAAK)[ -]\d{2}[-/]\d+|\b\d{3}\.\d{3}\.\d{3}/\d{2}\b|\b20\d{7}/\d/[A-Z]\d\b`)
	slashYear   = compiled(`^[A-Z]{2,4} ?\d\d ?/ ?(?:19|20)\d\d$`)
	courtCode   = compiled(`^(?:AMS|ROT|UTR|SGR|HAA|ALK|LEE|ARN|ZWO|ALM|BRE|SHE|MAA|ROE|ASS|GRO|MID|DOR|LEL|AWB)\b`)
	caseSupreme = compiled(`\b\d{2}/\d{5}\b`)
	caseNamed   = compiled(`(?:zaak|rol|dossier|rekest|procedure|client|cliënt|klant|registratie|casus|bewoners|aangifte|meldings?|verbaal|comensha|kenmerk|referentie)[ -]?(?:nummers?|nr|no)\b\.?(?: is| van [a-zë]+)?[ :=#]{0,4}((?:[a-z]{1,6}[ -]?){0,2}\d[a-z0-9]*(?:[ ./-]{1,3}[a-z]{0,3}\d[a-z0-9]*){0,5})`)
	notOwnCase  = compiled(`kamer(?:stuk)?(?:ken)?(?:[ -]?)$|wets?$`)

	plate       = compiled(`\b(?:[A-Z]{2}-\d{2}-\d{2}|\d{2}-\d{2}-[A-Z]{2}|\d{2}-[A-Z]{2}-\d{2}|[A-Z]{2}-\d{2}-[A-Z]{2}|[A-Z]{2}-[A-Z]{2}-\d{2}|\d{2}-[A-Z]{2}-[A-Z]{2}|\d{2}-[A-Z]{3}-\d|\d-[A-Z]{3}-\d{2}|[A-Z]{2}-\d{3}-[A-Z]|[A-Z]-\d{3}-[A-Z]{2}|[A-Z]{3}-\d{2}-[A-Z]|[A-Z]-\d{2}-[A-Z]{3}|\d-[A-Z]{2}-\d{3}|\d{3}-[A-Z]{2}-\d)\b`)
	plateNamed  = compiled(`(?:kenteken|nummerbord|nummerplaat)[a-z]*\b[^\d\x01\n]{0,24}?\b((?:[a-z]{1,3}[ -]?\d{2,3}[ -]?[a-z]{1,3}|\d{1,3}[ -]?[a-z]{2,3}[ -]?\d{1,3}|[a-z]{2}[ -]?\d{2}[ -]?\d{2}|\d{2}[ -]?\d{2}[ -]?[a-z]{2}|[a-z]{2}[ -]?[a-z]{2}[ -]?\d{2}|\d{2}[ -]?[a-z]{2}[ -]?[a-z]{2}|[a-z]{1,2}[ -]?\d{2,4}[ -]?[a-z]{2,3}))\b`)
	plateMonths = compiled(`^\d-(?:JAN|FEB|MRT|APR|MEI|JUN|JUL|AUG|SEP|OKT|NOV|DEC)-`)
)

// publicReferences hides figures of laws, official papers, organisations and amounts.
func (sc *scan) publicReferences() {
	if !sc.digits {
		return
	}
	for _, m := range sc.all(publicRefs, sc.work) {
		sc.hideDigits(m[0], m[1])
	}
	for _, m := range sc.all(organisationNumber, sc.low) {
		if strings.HasPrefix(strings.TrimLeft(sc.before(m[0], 8), " -"), "sociaal") {
			continue // somebody's old number
		}
		sc.hideDigits(m[0], m[1])
	}
}

// hideDigits hides only the figures: the words may matter to another rule.
func (sc *scan) hideDigits(a, b int) {
	for i := a; i < b; i++ {
		if isDigit(sc.work[i]) {
			sc.hide(i, i+1)
		}
	}
}

// caseNumbers finds numbers of prosecution, police and courts.
func (sc *scan) caseNumbers() {
	if !sc.digits {
		return
	}
	sc.each(policeCode, func(a, b int) { sc.add(RulePolice, Block, a, b) })
	sc.each(policeNamed, func(a, b int) { sc.add(RulePolice, Block, a, b) })
	sc.each(policeShort, func(a, b int) { sc.add(RulePolice, Block, a, b) })
	sc.each(prosecNamed, func(a, b int) { sc.add(RuleProsecution, Block, a, b) })
	sc.each(prosecution, func(a, b int) { sc.add(RuleProsecution, Block, a, b) })
	sc.each(verdict, func(a, b int) { sc.add(RuleVerdict, Hint, a, b) })
	sc.asWritten(caseCourt, func(a, b int) {
		if !slashYear.Match(sc.work[a:b]) || courtCode.Match(sc.work[a:b]) {
			sc.add(RuleCase, Ask, a, b)
		}
	})
	sc.each(caseSupreme, func(a, b int) {
		if c := sc.byteAt(a - 1); c != '/' && c != '-' && c != '.' {
			sc.add(RuleCase, Ask, a, b)
		}
	})
	sc.eachIndex(caseNamed, func(m []int) {
		a, b := m[2], m[3]
		if countDigits(sc.work[a:b]) >= 4 && !notOwnCase.MatchString(sc.before(m[0], 14)) && !onlyYears(sc.work[a:b]) {
			sc.note(RuleCase, Ask, a, b)
		}
	})
}

var yearsOnly = compiled(`^(?:19|20)\d\d(?:[ /-]+(?:19|20)?\d\d)?$`)

func onlyYears(b []byte) bool { return yearsOnly.Match(b) }

// plates finds licence plates with hyphens and capitals, or after the word for one.
func (sc *scan) plates() {
	if !sc.digits {
		return
	}
	sc.asWritten(plate, func(a, b int) {
		if !plateMonths.Match(sc.work[a:b]) && sc.byteAt(a-1) != '-' && sc.byteAt(b) != '-' {
			sc.add(RulePlate, Ask, a, b)
		}
	})
	sc.each(plateNamed, func(a, b int) {
		if n := countDigits(sc.work[a:b]); n > 0 && n < 6 {
			sc.add(RulePlate, Ask, a, b)
		}
	})
}
