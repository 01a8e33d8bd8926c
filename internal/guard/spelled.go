package guard

import (
	"strings"
)

var (
	spelledRow  = compiled(`\b(?:(?:nul|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|\d{1,4}|dubbel|plus)[ ,.-]{1,3}){5,}(?:nul|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|\d{1,4})\b`)
	spelledPart = compiled(`nul|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|\d+|dubbel`)
	bsnBefore   = compiled(`(?:` + wordsBSN + `)[^\d\x01]{0,40}$`)
	alienBefore = compiled(`(?:` + wordsAlien + `)[^\d\x01]{0,40}$`)
)

// spelledNumbers reads rows of number words («nul zes een twee …») as the digits they stand for.
func (sc *scan) spelledNumbers() {
	sc.each(spelledRow, func(a, b int) {
		digits, words := spelledDigits(string(sc.low[a:b]))
		if words < 3 && !strings.HasPrefix(digits, "0") {
			return
		}
		before := sc.before(a, 60)
		switch {
		case bsnBefore.MatchString(before) && len(digits) >= 8 && len(digits) <= 10:
			sc.add(RuleBSN, Block, a, b)
		case alienBefore.MatchString(before) && len(digits) >= 9 && len(digits) <= 11:
			sc.add(RuleAlien, Block, a, b)
		case len(digits) == 9 && elevenProof(digits):
			sc.add(RuleBSN, Block, a, b)
		case len(digits) == 10 && strings.HasPrefix(digits, "06"), len(digits) == 13 && strings.HasPrefix(digits, "00316"):
			sc.add(RulePhone, Block, a, b)
		case len(digits) == 10 && digits[0] == '0' && !sc.g.phones[internationalDigits(digits)]:
			sc.add(RulePhone, Ask, a, b)
		case len(digits) == 10:
			sc.add(RuleAlien, Ask, a, b)
		}
	})
}

// spelledDigits gives the digits, and how many of them were words.
func spelledDigits(s string) (digits string, words int) {
	var out strings.Builder
	twice := false
	for _, p := range spelledPart.FindAllString(s, -1) {
		d := p
		if !isDigit(p[0]) {
			d = digitWord(p)
			words++
		}
		if p == "dubbel" {
			twice = true
			continue
		}
		if twice {
			d, twice = d+d, false
		}
		out.WriteString(d)
	}
	return out.String(), words
}

func digitWord(w string) string {
	switch w {
	case "nul":
		return "0"
	case "een", "één":
		return "1"
	case "twee":
		return "2"
	case "drie":
		return "3"
	case "vier":
		return "4"
	case "vijf":
		return "5"
	case "zes":
		return "6"
	case "zeven":
		return "7"
	case "acht":
		return "8"
	case "negen":
		return "9"
	}
	return ""
}
