package guard

import (
	"strconv"
	"time"
)

// RuleBirth is a date of birth, or a date beside a word for a person.
const RuleBirth = "geboortedatum"

const (
	monthNames = `(?:jan(?:uari)?|feb(?:r|ruari)?|mrt|maart|mar|apr(?:il)?|mei|jun[i]?|juni|jul[i]?|juli|aug(?:ustus)?|sept?(?:ember)?|okt(?:ober)?|oct|nov(?:ember)?|dec(?:ember)?)\.?`
	dateForms  = `\d{1,2} ?[-/.] ?\d{1,2} ?[-/.] ?(?:19|20)\d\d|(?:19|20)\d\d ?[-/.] ?\d{1,2} ?[-/.] ?\d{1,2}|\d{1,2}(?:e|ste|de)?[ -]?(?:van )?` + monthNames + `[ -]?,? ?(?:19|20)\d\d|` + monthNames + ` \d{1,2},? (?:19|20)\d\d|\d{1,2} \d{1,2} (?:19|20)\d\d`
	shortForms = `\d{1,2} ?[-/.] ?\d{1,2} ?[-/.] ?'?\d\d|\d{1,2}(?:e|ste)? ?` + monthNames + ` '?\d\d|\d{8}|\d{6}|\d{1,2} ?` + monthNames + `'?\d\d`
	wordsBirth = `gebo?o?rte?[ -]?(?:dat|dtm)[a-z]*\.?|\bgeb?orendatum|\bgeboorte:|\bgd:|geboorte[ -]?dag|geb\.?[ -]?dat(?:um)?\.?|\bgeb\b\.?|\bgeboren\b|\bgeb\.|\bg\.d\.|\bgbd\b|\bgebdat|date of birth|\bdob\b|\bborn\b|\bverjaart\b|\bjarig op\b|\bverjaardag`
)

var (
	birthNamed = compiled(`(?:` + wordsBirth + `)[^\d\x01]{0,48}?\b(` + dateForms + `|` + shortForms + `)(?:[^\d]|$)`)
	birthGlued = compiled(`\b(?:geb|geboren|geboortedatum|gebdatum|dob)(` + dateForms + `|` + shortForms + `)(?:[^\d]|$)`)
	birthAfter = compiled(`\b(` + dateForms + `)[ ,()]{0,3}(?:te [a-zë-]+ |in [a-zë-]+ )?(?:is |als )?(?:(?:zijn|haar|de|hun) )?(?:` + wordsBirth + `)`)
	birthStar  = compiled(`[^ *\n] ?[ (]\* ?(` + dateForms + `)(?:[^*\d]|$)`)
	anyDate    = compiled(`\b(?:` + dateForms + `)(?:[^\d]|$)`)
	// Dates of a law, a ruling, a paper or a start are not somebody's birthday.
	dateOfThing = compiled(`(?:\bper|\bsinds|\bvanaf|\bmet ingang van|\bingaande|\bt/m|\btot(?: en met)?|\btussen|\bna|\bv[óo]{1,2}r|\buiterlijk|(?:wet|besluit|verdrag|richtlijn|arrest|uitspraak|vonnis|beschikking|brief|rapport|circulaire|protocol|regeling|verslag|notitie|nota|overleg|publicatie|versie|stand|document|folder|artikel|werkinstructie|akkoord|convenant|advies|factsheet|agenda|bijeenkomst|vergadering|congres|expertmeeting|training)[a-z ,()/0-9-]{0,40}?(?:van|op|d\.d\.|dd\.?|:|\()|\bd\.?d\.?|datum inwerkingtreding:?|gepubliceerd op|gewijzigd op|vastgesteld op|aangenomen op|in werking(?: getreden)?(?: op)?) ?(?:(?:zondag|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag) )?$`)
	dateOfLaw   = compiled(`^[ ,]*(?:trad|treedt|is .{0,60}(?:in werking|gewijzigd|ingevoerd|aangenomen)|(?:werd|is|heeft|nam|besloot|stelde) (?:de|het|een|deze|dit) (?:[a-z]+ )?(?:wet|motie|regeling|richtlijn|besluit|verdrag|programma|pilot|project|overleg|raad|gemeente|minister|kamer|kabinet|vng|ind|regel|gemeenteraad|werkgroep|convenant|protocol)|werd .{0,60}(?:ingevoerd|van kracht|strafbaar))`)
	person      = compiled(`\b(?:cli[eë]nte?|vrouw(?:tje)?|kind(?:je)?|jongen(?:tje|man)?|meisje|meid|zij|hij|ze|haar|hem|dochter(?:tje)?|zoon(?:tje)?|moeder|vader|broer(?:tje)?|zusje|zus|baby|tiener|puber|jongere|minderjarige|slachtoffer|betrokkene|persoon|dame|mevrouw|meneer|heer|bewoner|bewoonster|pati[eë]nte?|pupil|jeugdige|vriendin|partner|echtgenote?|man|mw|dhr|kleuter|peuter|student|studente|deelneemster|deelnemer|asielzoeker|vreemdeling|verdachte|loverboy|aangeefster|aangever)\b`)
)

// dates finds dates of birth; another date is asked about when it lies 10 to 100 years back and its
// sentence speaks of a person. Every other date is hidden, so that no rule reads a number in it.
func (sc *scan) dates() {
	if !sc.digits {
		return
	}
	for _, re := range []*pattern{birthNamed, birthGlued, birthAfter, birthStar} {
		sc.each(re, func(a, b int) {
			if sc.realDate(a, b) {
				sc.add(RuleBirth, Block, a, b)
			}
		})
	}
	sc.each(anyDate, func(a, b int) {
		if b > a && !isDigit(sc.low[b-1]) {
			b--
		}
		if sc.birthLike(a, b) {
			sc.add(RuleBirth, Ask, a, b)
			return
		}
		sc.hide(a, b)
	})
}

var dateParts = compiled(`\d+|[a-z]{3,}`)

// realDate says that day and month of a candidate exist.
func (sc *scan) realDate(a, b int) bool {
	d, m, _ := dateOf(string(sc.low[a:b]))
	return d >= 1 && d <= 31 && m >= 1 && m <= 12
}

// dateOf reads day, month and year; zeros when it cannot.
func dateOf(s string) (d, m, y int) {
	parts := dateParts.FindAllString(s, -1)
	if len(parts) == 1 {
		return packedDate(parts[0])
	}
	if len(parts) < 3 {
		return 0, 0, 0
	}
	var nums []int
	for _, p := range parts {
		if isDigit(p[0]) {
			n, _ := strconv.Atoi(p)
			nums = append(nums, n)
			continue
		}
		if k := monthOf(p); k > 0 {
			m = k
		}
	}
	switch {
	case m > 0 && len(nums) >= 2:
		d, y = nums[0], nums[1]
	case len(nums) >= 3 && nums[0] > 31:
		y, m, d = nums[0], nums[1], nums[2]
	case len(nums) >= 3:
		d, m, y = nums[0], nums[1], nums[2]
	}
	if m > 12 && d <= 12 {
		d, m = m, d
	}
	return d, m, y
}

// packedDate reads ddmmjjjj, jjjjmmdd and ddmmjj.
func packedDate(s string) (d, m, y int) {
	n := func(a, b int) int { v, _ := strconv.Atoi(s[a:b]); return v }
	switch {
	case len(s) == 8 && (s[:2] == "19" || s[:2] == "20") && n(4, 6) <= 12:
		return n(6, 8), n(4, 6), n(0, 4)
	case len(s) == 8:
		return n(0, 2), n(2, 4), n(4, 8)
	case len(s) == 6:
		return n(0, 2), n(2, 4), n(4, 6)
	}
	return 0, 0, 0
}

func monthOf(s string) int {
	if len(s) < 3 {
		return 0
	}
	switch s[:3] {
	case "jan":
		return 1
	case "feb":
		return 2
	case "mrt", "maa", "mar":
		return 3
	case "apr":
		return 4
	case "mei":
		return 5
	case "jun":
		return 6
	case "jul":
		return 7
	case "aug":
		return 8
	case "sep":
		return 9
	case "okt", "oct":
		return 10
	case "nov":
		return 11
	case "dec":
		return 12
	}
	return 0
}

// birthLike says that a bare date may be somebody's birthday.
func (sc *scan) birthLike(a, b int) bool {
	d, m, y := dateOf(string(sc.low[a:b]))
	if d < 1 || d > 31 || m < 1 || m > 12 {
		return false
	}
	day := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	now := sc.g.now()
	if day.After(now.AddDate(-10, 0, 0)) || day.Before(now.AddDate(-100, 0, 0)) {
		return false
	}
	if dateOfThing.MatchString(sc.before(a, 90)) || dateOfLaw.MatchString(sc.after(b, 90)) {
		return false
	}
	return sc.aboutPerson(sc.sentenceOf(a))
}

// aboutPerson says that sentence n has a word for a person. Each sentence is read once.
func (sc *scan) aboutPerson(n int) bool {
	said, known := sc.persons[n]
	if !known {
		from, until := sc.sentence(n)
		said = person.Match(sc.low[from:until])
		sc.persons[n] = said
	}
	return said
}
