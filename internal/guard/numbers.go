package guard

import (
	"strings"
)

// Rules about numbers that belong to one person.
const (
	RuleIBAN     = "iban"
	RulePhone    = "telefoon"
	RuleBSN      = "bsn"
	RuleAlien    = "v-nummer"
	RulePassport = "paspoort"
	RulePermit   = "verblijfsdocument"
)

var ibanStart = compiled(`(?i)[a-z]{2}[ .-]?\d[ .-]?\d[ .-]?[a-z0-9]`)

// ibans finds account numbers: right length for the country and mod 97 = 1. A number in the Dutch form
// that fails the check is asked about: it is a slip of the pen more often than something else.
func (sc *scan) ibans() {
	if !sc.digits {
		return
	}
	at := 0
	for at < len(sc.work) && ibanStart.mayMatch(sc.shaped) {
		m := ibanStart.FindIndex(sc.work[at:])
		if m == nil {
			return
		}
		a := at + m[0]
		at = a + 1
		if isWordByte(sc.byteAt(a-1)) && !strings.HasSuffix(sc.before(a, 4), "iban") {
			continue
		}
		b, level := sc.ibanAt(a)
		if b == 0 {
			continue
		}
		sc.add(RuleIBAN, level, a, b)
		at = b
	}
}

// ibanAt reads an IBAN at a and gives its end, 0 when there is none.
func (sc *scan) ibanAt(a int) (end int, level Level) {
	want := ibanLength(string(sc.work[a : a+2]))
	if want == 0 {
		return 0, Clean
	}
	text := make([]byte, 0, want)
	gap, i := 0, a
	for ; i < len(sc.work) && len(text) < want; i++ {
		c := sc.work[i]
		if c >= 'a' && c <= 'z' {
			c -= 'a' - 'A'
		}
		switch {
		case isDigit(c) || c >= 'A' && c <= 'Z':
			text = append(text, c)
			gap = 0
		case (c == ' ' || c == '.' || c == '-') && gap < 2:
			gap++
		default:
			return 0, Clean
		}
	}
	if len(text) < want || isWordByte(sc.byteAt(i)) {
		return 0, Clean
	}
	if mod97(text) == 1 {
		return i, Block
	}
	if dutchAccount.Match(text) {
		return i, Ask
	}
	return 0, Clean
}

var dutchAccount = compiled(`^NL\d\d[A-Z]{4}\d{10}$`)

func mod97(iban []byte) int {
	rest := 0
	for i := range iban {
		c := iban[(i+4)%len(iban)]
		if isDigit(c) {
			rest = (rest*10 + int(c-'0')) % 97
			continue
		}
		rest = (rest*100 + int(c-'A') + 10) % 97
	}
	return rest
}

const ibanLengths = " AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27 TL23 TN24 TR26 UA29 VA22 VG24 XK20 "

func ibanLength(country string) int {
	i := strings.Index(ibanLengths, " "+strings.ToUpper(country))
	if i < 0 || len(country) != 2 {
		return 0
	}
	return int(ibanLengths[i+3]-'0')*10 + int(ibanLengths[i+4]-'0')
}

// internationalDigits gives a phone number as 31…; numbers of another form keep their digits.
func internationalDigits(s string) string {
	d := digitsOf([]byte(s))
	switch {
	case strings.HasPrefix(d, "0031"):
		d = d[2:]
	case strings.HasPrefix(d, "00"):
		return d[2:]
	case strings.HasPrefix(d, "0"):
		d = "31" + d[1:]
	}
	if strings.HasPrefix(d, "310") {
		d = "31" + d[3:]
	}
	return d
}

var (
	infoPhone  = compiled(`\b0[ -]?[89]0[069][ .-]{0,3}(?:\d{4}|\d\d ?\d\d|\d{7}|\d{3} ?\d\d ?\d\d)\b|\b14[ -]?0\d{2,3}\b`)
	clockTimes = compiled(`\b\d{1,2}[.:]\d{2} ?(?:uur|u\b|h\b)|\b\d{1,2}[.:]\d{2} ?(?:-|/|tot|en|t/m) ?\d{1,2}[.:]\d{2}(?: ?uur|\b)`)
)

// publicPhones hides information numbers (0800, 0900, 14 0xx) and hours: nobody's own number.
func (sc *scan) publicPhones() {
	if !sc.digits {
		return
	}
	for _, m := range sc.all(infoPhone, sc.work) {
		sc.hide(m[0], m[1])
	}
	for _, m := range sc.all(clockTimes, sc.low) {
		if c := sc.byteAt(m[1]); (c == '.' || c == '-') && isDigit(sc.byteAt(m[1]+1)) || isDigit(sc.byteAt(m[1])) || m[0] > 0 && sc.byteAt(m[0]-1) == '.' {
			continue
		}
		sc.hide(m[0], m[1])
	}
}

// phones finds Dutch numbers (0, +31 or 0031 and nine digits) and foreign ones that begin with a plus.
func (sc *scan) phones() {
	if !sc.digits {
		return
	}
	for i := 0; i < len(sc.work); i++ {
		c := sc.work[i]
		if c != '+' && c != '0' && c != 'O' && c != 'o' || isWordByte(sc.byteAt(i-1)) && !callWord.MatchString(sc.before(i, 12)) || sc.byteAt(i-1) == '+' {
			continue
		}
		if isDigit(sc.byteAt(i-2)) && (sc.byteAt(i-1) == '.' || sc.byteAt(i-1) == ',') {
			continue
		}
		end, digits := sc.phoneAt(i)
		if end == 0 {
			continue
		}
		start := i
		if sc.byteAt(i-1) == '(' {
			start = i - 1
		}
		if sc.g.phones[digits] {
			sc.hide(start, end)
			i = end
			continue
		}
		level := Ask
		if strings.HasPrefix(digits, "316") {
			level = Block
		}
		sc.add(RulePhone, level, start, end)
		i = end
	}
}

// callWord may stand before a phone number without a space: «tel0612345678».
var callWord = compiled(`(?:^|[^a-z])(?:tel|telefoon|telnr|mob|mobiel|bel|app|sms|nr|nummer|gsm|whatsapp|06nr)$`)

var phoneBegins = compiled(`^ {0,3}(?:06|\+3|003)`)

// phoneAt reads a phone number at i and gives its end and international digits.
func (sc *scan) phoneAt(i int) (end int, digits string) {
	foreign := sc.work[i] == '+'
	raw := make([]byte, 0, 16)
	gap, last := 0, 0
	for j := i; j < len(sc.work) && len(raw) < 16; j++ {
		c := sc.work[j]
		if (c == 'O' || c == 'o') && len(raw) == 0 && j+1 < len(sc.work) && (sc.work[j+1] == '6') {
			c = '0'
		}
		switch {
		case isDigit(c):
			raw = append(raw, c)
			gap, last = 0, j+1
		case j == i && foreign:
		case c == ':' && string(raw) == "06" && !phoneBegins.Match(sc.work[j+1:min(len(sc.work), j+6)]):
		case gap < 3 && len(raw) > 0 && (c == ' ' || c == '-' || c == '.' || c == '(' || c == ')' || c == '/' || c == '_' || c == '*'):
			gap++
		default:
			j = len(sc.work)
			continue
		}
		if n := sc.dutchPhone(raw, foreign); n && !isDigit(sc.byteAt(j+1)) {
			return last, internationalDigits(string(raw))
		}
	}
	if d := string(raw); !foreign && len(d) >= 11 && d[:2] == "00" && d[2] > '1' && d[:4] != "0031" && !isWordByte(sc.byteAt(last)) {
		return last, d[2:]
	}
	if foreign && len(raw) >= 9 && len(raw) <= 15 && !strings.HasPrefix(string(raw), "31") && !isWordByte(sc.byteAt(last)) {
		return last, string(raw)
	}
	return 0, ""
}

// dutchPhone says whether raw is a whole Dutch number.
func (sc *scan) dutchPhone(raw []byte, plus bool) bool {
	d := string(raw)
	switch {
	case plus && strings.HasPrefix(d, "310"):
		return len(d) == 12 && d[3] != '0'
	case plus && strings.HasPrefix(d, "31"):
		return len(d) == 11
	case plus:
		return false
	case strings.HasPrefix(d, "00310"):
		return len(d) == 14
	case strings.HasPrefix(d, "0031"):
		return len(d) == 13
	}
	return len(d) == 10 && d[0] == '0' && d[1] != '0'
}

// Words that name a number, and what may stand between them and the number.
const (
	wordsBSN   = `\bb\.?s\.?n\.?(?:'?s\b)?(?:[ -]?(?:nummers?|nrs?))?\b\.?|burger[ -]?service[ -]?(?:nummers?|nrs?|no)\b\.?|\bsofi(?:[ -]?(?:nummers?|nrs?))?\b\.?|sociaal[ -]fiscaal (?:nummers?|nrs?)|\bpersoonsnummers?`
	wordsAlien = `\bv[ .-]{0,2}(?:nummers?|nrs?|num|no)\b\.?|\bvnrs?\b\.?|vreemdelinge?(?:n)?s?[ -]?(?:nummers?|nrs?|no)\b\.?|\bind[ -]?(?:nummer|nr|kenmerk|klantnummer)\b\.?|\bcrv[ -]?(?:nummer|nr)\b\.?|\bbvv[ -]?(?:nummer|nr)\b\.?`
	gapClose   = `[^\d\x01\n]{0,14}?`
	gapWide    = `[^\d\x01]{0,40}?`
)

var (
	bsnNamed     = compiled(`(?:` + wordsBSN + `)` + gapWide + `(\d)`)
	bsnNamedTypo = compiled(`(?:` + wordsBSN + `)` + gapClose + `\b([\dol](?:[ .-]?[\dol]){7,8})\b`)
	bsnWordAfter = compiled(`^[ ,:=()"-]{0,4}(?:is (?:het |zijn |haar |een |hun )?|als )?\(?(?:` + wordsBSN + `)`)
	bsnGlued     = compiled(`\b(?:bsn|bsnr|bsnnr|bsnummer|bsnnummer|burgerservicenummer|sofi|sofinummer)(\d{8,9})\b`)
	alienGlued   = compiled(`\b(?:v-?nr|v-?nummer|vreemdelingennummer)(\d{9,10})\b`)
	alienClose   = compiled(`(?:` + wordsAlien + `)` + gapClose + `(\d)`)
	alienNamed   = compiled(`(?:` + wordsAlien + `)` + gapWide + `(\d)`)
	alienWord    = compiled(`^[ ,:=()"-]{0,4}(?:is (?:het |zijn |haar |een |hun )?|als )?\(?(?:` + wordsAlien + `)`)

	passportNamed  = compiled(`(?:paspoort|passport|\bpasp\b\.?|\bpas-?nr\b|\bpasnummer|\bi\.?d\.?[ -]?(?:kaart|bewijs|nummer|nr|document)|identiteits(?:kaart|bewijs|document)|legitimatie|reisdocument|documentnummer|documentnr|rijbewijs|\bid\b)[a-z]*`)
	passportWord   = compiled(`^[ ,:=()"-]{0,4}(?:is |als |op )?(?:(?:het|zijn|haar|de|een|hun) )?\(?(?:paspoort|identiteits(?:kaart|bewijs)|id[ -]?(?:kaart|bewijs)|reisdocument)`)
	passportAny    = compiled(`(?:paspoort|passport|id[ -]?kaart|identiteitskaart|identiteitsbewijs|reisdocument|document|rijbewijs|legitimatie)[ -]?(?:nummer|nummers|nr|no)\b\.?[^\d\x01\n]{0,14}?\b([a-z]{0,3}[ -]?\d(?:[ .-]?[a-z0-9]){4,9})\b`)
	passportDigits = compiled(`(?:paspoort|passport|\bpasp\b\.?|\bid[ -]?kaart|identiteits(?:kaart|bewijs)|legitimatiebewijs|reisdocument)\b[^\d\x01\n]{0,24}?\b([a-z]{0,2}\d{7,9})\b`)
	permitWhole    = compiled(`\biii-v(?:[a-np-z1-9]){8}\b`)
	permitNamed    = compiled(`(?:verblijfs?[ -]?(?:document|vergunning|pas|kaart|titel|status)|vreemdelingen[ -]?(?:document|paspoort|pas)|vluchtelingen[ -]?paspoort|\bw-?document|\bpasje|document)[a-z]*\b[^\d\x01\n]{0,40}?\b((?:iii-)?v(?:[ -]?[a-np-z1-9]){8})\b`)
	passportBare   = compiled(`\b[A-NP-Z]{2}[A-NP-Z0-9]{6}\d\b`)

	nineLetters = compiled(`\b[0-9OolI](?:[ .-]?[0-9OolI]){8}\b`)
)

// namedNumbersAtOnce takes V-numbers right behind their word before dates and phones are read.
func (sc *scan) namedNumbersAtOnce() {
	if !sc.digits {
		return
	}
	sc.each(alienGlued, func(a, b int) { sc.add(RuleAlien, Block, a, b) })
	sc.each(bsnGlued, func(a, b int) { sc.add(RuleBSN, Block, a, b) })
	sc.each(alienClose, func(_, b int) { sc.alienAt(b-1, 10, 9, 11, 8) })
	for i := range sc.work {
		if !sc.digitStart(i) {
			continue
		}
		if b := sc.digitsFrom(i, 3, 10); b > 0 && alienWord.MatchString(sc.after(b, 40)) {
			sc.add(RuleAlien, Block, i, b)
		}
	}
	sc.each(permitWhole, func(a, b int) { sc.add(RulePermit, Block, a, b) })
	sc.each(permitNamed, func(a, b int) {
		if countDigits(sc.work[a:b]) >= 2 {
			sc.add(RulePermit, Block, a, b)
		}
	})
}

func (sc *scan) alienAt(i int, sizes ...int) {
	sc.listed(RuleAlien, i, func(i int) int { return sc.digitsFrom(i, 3, sizes...) })
}

var nextListed = compiled(`^(?: ?(?:,|;|/|&|\+|\ben\b|\bof\b|\n)){1,2} ?\d`)

// listed takes the number at i, and those that follow in the same row: «V-nummers … en …».
func (sc *scan) listed(rule string, i int, end func(i int) int) {
	for {
		b := end(i)
		if b == 0 {
			return
		}
		sc.add(rule, Block, i, b)
		m := nextListed.FindIndex(sc.low[b:min(len(sc.low), b+12)])
		if m == nil {
			return
		}
		i = b + m[1] - 1
	}
}

// namedNumbers finds numbers that are told by the word before or behind them, valid or not.
func (sc *scan) namedNumbers() {
	if !sc.digits {
		return
	}
	sc.each(bsnNamed, func(_, b int) {
		sizes := []int{9, 8, 10}
		sc.listed(RuleBSN, b-1, func(i int) int { n := sc.digitsFrom(i, 3, sizes...); sizes = sizes[:1]; return n })
	})
	sc.each(bsnNamedTypo, func(a, b int) {
		if countDigits(sc.work[a:b]) >= 5 {
			sc.add(RuleBSN, Block, a, b)
		}
	})
	for i := range sc.work {
		if !sc.digitStart(i) {
			continue
		}
		if b := sc.digitsFrom(i, 3, 9, 8); b > 0 && bsnWordAfter.MatchString(sc.after(b, 40)) {
			sc.add(RuleBSN, Block, i, b)
		}
	}
	sc.each(alienNamed, func(_, b int) { sc.alienAt(b-1, 10, 9) })
	for _, m := range sc.all(passportNamed, sc.low) {
		sc.passportBehind(m[1])
	}
	sc.each(passportDigits, func(a, b int) { sc.add(RulePassport, Block, a, b) })
	sc.each(passportAny, func(a, b int) {
		if countDigits(sc.work[a:b]) >= 5 {
			sc.add(RulePassport, Block, a, b)
		}
	})
}

// passportBehind looks for a passport number among the words behind i, on the same line.
func (sc *scan) passportBehind(i int) {
	for a := i; a < min(len(sc.work), i+60) && sc.work[a] != '\n'; a++ {
		if !isWordByte(sc.work[a]) || isWordByte(sc.byteAt(a-1)) {
			continue
		}
		if b := sc.figuresFrom(a, 9); b > 0 && passportLike(sc.low[a:b]) {
			sc.add(RulePassport, Block, a, b)
			return
		}
	}
}

// figuresFrom reads n letters and digits at i with at most one separator between two, and gives their
// end when no other follows; else 0.
func (sc *scan) figuresFrom(i, n int) int {
	seps := 0
	for j := i; j < len(sc.work); j++ {
		if !isWordByte(sc.work[j]) {
			if seps++; seps > 1 || sc.work[j] != ' ' && sc.work[j] != '-' && sc.work[j] != '.' {
				return 0
			}
			continue
		}
		seps = 0
		if n--; n > 0 {
			continue
		}
		if isWordByte(sc.byteAt(j + 1)) {
			return 0
		}
		return j + 1
	}
	return 0
}

// passportLike checks a candidate: nine figures, the last a digit, a digit before it, and no two-letter
// word followed by an ordinary one.
func passportLike(b []byte) bool {
	n := 0
	for _, c := range b {
		if isWordByte(c) {
			n++
		}
	}
	if n != 9 || !isDigit(b[len(b)-1]) || countDigits(b[2:len(b)-1]) == 0 {
		return false
	}
	groups := strings.FieldsFunc(string(b), func(r rune) bool { return r == ' ' || r == '-' || r == '.' })
	return len(groups[0]) > 2 || countDigits([]byte(groups[1])) > 0
}

// digitStart says that a row of digits begins at i.
func (sc *scan) digitStart(i int) bool {
	return isDigit(sc.work[i]) && !isWordByte(sc.byteAt(i-1))
}

// digitsFrom reads a number at i with at most gap separators between digits. It gives the end of the
// first of the wanted sizes that is not followed by another digit, 0 when none fits.
func (sc *scan) digitsFrom(i, gap int, sizes ...int) int {
	for _, size := range sizes {
		n, seps := 0, 0
		for j := i; j < len(sc.work) && n < size; j++ {
			c := sc.work[j]
			if isDigit(c) {
				n, seps = n+1, 0
				if n == size && !isWordByte(sc.byteAt(j+1)) {
					return j + 1
				}
				continue
			}
			seps++
			if seps > gap || !isSeparator(c) {
				break
			}
		}
	}
	return 0
}

func isSeparator(c byte) bool {
	switch c {
	case ' ', '.', '-', '/', '_', '*', '(', ')':
		return true
	}
	return false
}

// bareNumbers finds numbers without a word that says what they are.
func (sc *scan) bareNumbers() {
	if !sc.digits {
		return
	}
	for i := range sc.work {
		if !sc.digitStart(i) {
			continue
		}
		b := sc.digitsFrom(i, 3, 9)
		if b > 0 && sc.g.phones["31"+digitsOf(sc.work[i:b])] {
			sc.hide(i, b)
			continue
		}
		if b > 0 && sc.ownNumber(i, b) && elevenProof(digitsOf(sc.work[i:b])) {
			sc.add(RuleBSN, Block, i, b)
		}
	}
	sc.asWritten(nineLetters, func(a, b int) {
		if n := countDigits(sc.work[a:b]); n >= 5 && n < 9 && elevenProof(asDigits(sc.work[a:b])) {
			sc.add(RuleBSN, Ask, a, b)
		}
	})
	for i := range sc.work {
		if !sc.digitStart(i) || sc.work[i] == '0' {
			continue
		}
		b := sc.digitsFrom(i, 1, 10)
		if b > 0 && sc.ownNumber(i, b) && tenForm(string(sc.work[i:b])) {
			sc.add(RuleAlien, Ask, i, b)
		}
	}
	sc.asWritten(passportBare, func(a, b int) {
		if countDigits(sc.work[a+2:b-1]) > 0 {
			level := Ask
			if passportWord.MatchString(sc.after(b, 40)) {
				level = Block
			}
			sc.add(RulePassport, level, a, b)
		}
	})
}

// tenForm says that ten digits are written together or in three groups, as on a permit.
func tenForm(s string) bool {
	groups := strings.FieldsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
	switch len(groups) {
	case 1:
		return true
	case 2:
		return len(groups[0]) == 3
	case 3:
		return len(groups[0]) == 3 && len(groups[1]) >= 3 && len(groups[2]) >= 3 || len(groups[0]) == 4 && len(groups[1]) == 3 || len(groups[0]) == 2 && len(groups[1]) == 4
	}
	return false
}

// all gives the matches of re in one form of the text, as a whole and by group.
func (sc *scan) all(re *pattern, text []byte) [][]int {
	if !re.mayMatch(sc.shaped) {
		return nil
	}
	return re.FindAllSubmatchIndex(text, -1)
}

// each calls f for every match of re in the lower-case text: for its first group where it has one.
func (sc *scan) each(re *pattern, f func(a, b int)) { sc.eachIn(sc.low, re, f) }

// asWritten is each with the capitals as they are.
func (sc *scan) asWritten(re *pattern, f func(a, b int)) { sc.eachIn(sc.work, re, f) }

// eachIn searches again behind each match, because f may have hidden some of what follows.
func (sc *scan) eachIn(text []byte, re *pattern, f func(a, b int)) {
	if !re.mayMatch(sc.shaped) {
		return
	}
	at := 0
	for at < len(text) {
		m := re.find(text, sc.shaped, at)
		if m == nil {
			return
		}
		a, b := m[0], m[1]
		if len(m) == 4 && m[2] >= 0 {
			a, b = m[2], m[3]
		}
		f(a, b)
		at = max(b, at+1)
	}
}

var (
	moneyBefore = compiled(`(?:€|eur|euro|usd|\$|£) ?$`)
	moneyAfter  = compiled(`^ ?(?:euro|eur\b|,\d|,-|%|inwoners)`)
	codeWord    = compiled(`(?:isbn|issn|ean|rsin|kvk|doi|oin|btw|fiscaal nummer|bwbr|agb)[^\d]{0,16}$`)
)

// ownNumber says that nine digits stand together as one number: grouped alike, and no amount.
func (sc *scan) ownNumber(a, b int) bool {
	if moneyBefore.MatchString(sc.before(a, 8)) || moneyAfter.MatchString(sc.after(b, 12)) || codeBefore(sc.before(a, 24)) {
		return false
	}
	if c := sc.byteAt(b); (c == '.' || c == ',') && isDigit(sc.byteAt(b+1)) {
		return false
	}
	if c := sc.byteAt(a - 1); (c == '.' || c == ',') && isDigit(sc.byteAt(a-2)) {
		return false
	}
	text := string(sc.work[a:b])
	groups := strings.FieldsFunc(text, func(r rune) bool { return r < '0' || r > '9' })
	if len(groups) == 1 {
		return true
	}
	if isDigit(sc.byteAt(a-2)) && !isWordByte(sc.byteAt(a-1)) || isDigit(sc.byteAt(b+1)) && !isWordByte(sc.byteAt(b)) {
		return false // part of a longer row of numbers
	}
	seps := strings.FieldsFunc(text, func(r rune) bool { return r >= '0' && r <= '9' })
	for _, s := range seps {
		if s != seps[0] {
			return false
		}
	}
	return !likeYears(groups)
}

// likeYears says that a group is a year, as in «2016 2017 5».
func likeYears(groups []string) bool {
	for _, g := range groups {
		if len(g) == 4 && (strings.HasPrefix(g, "19") || strings.HasPrefix(g, "20")) {
			return true
		}
	}
	return false
}

// codeBefore says that the words left of a number make it a number of a book or an organisation.
func codeBefore(s string) bool { return codeWord.MatchString(s) }

// elevenProof is the check of the BSN: weights 9 to 2 and -1, sum divisible by 11, not only zeros.
func elevenProof(d string) bool {
	if len(d) != 9 || d == "000000000" {
		return false
	}
	sum := -int(d[8] - '0')
	for i := range 8 {
		sum += (9 - i) * int(d[i]-'0')
	}
	return sum%11 == 0
}

// asDigits reads O as 0 and l or I as 1.
func asDigits(b []byte) string {
	out := make([]byte, 0, len(b))
	for _, c := range b {
		switch {
		case isDigit(c):
			out = append(out, c)
		case c == 'O' || c == 'o':
			out = append(out, '0')
		case c == 'l' || c == 'I':
			out = append(out, '1')
		}
	}
	return string(out)
}

func countDigits(b []byte) int {
	n := 0
	for _, c := range b {
		if isDigit(c) {
			n++
		}
	}
	return n
}

// eachIndex is each with all groups, places counted from the start of the text.
func (sc *scan) eachIndex(re *pattern, f func(m []int)) {
	if !re.mayMatch(sc.shaped) {
		return
	}
	at := 0
	for at < len(sc.low) {
		m := re.find(sc.low, sc.shaped, at)
		if m == nil {
			return
		}
		f(m)
		at = max(m[1], at+1)
	}
}
