package guard

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// searched are the patterns that are sought all over a text.
var searched = []*pattern{
	titleName, titleLow, nameFirst, initials, calledOne, relation, plural, nameBefore, greeting,
	streetName, streetOfName, streetLower, livesAt, postcode, publicRefs, organisationNumber, prosecution, prosecNamed,
	policeCode, policeNamed, policeShort, verdict, caseCourt, caseSupreme, caseNamed, plate, plateNamed,
	ageForm, smallWords, mailPlain, mailHidden, webAddress, accountAt, accountTail, accountFront, accountOdd, accountNamed,
	accountFar, accountColon, accountKnown, accountHash, bareHandle, birthNamed, birthGlued, birthAfter, birthStar, anyDate,
	ibanStart, infoPhone, clockTimes, bsnNamed, bsnNamedTypo, bsnGlued, alienGlued, alienClose, alienNamed,
	passportNamed, passportAny, passportDigits, permitWhole, permitNamed, passportBare, nineLetters, spelledRow,
}

// What a pattern needs is in every text that it matches, and a led pattern matches at the same places as
// anywhere: also where something before it is hidden, which parts what was one word.
func TestNeedsLoseNothing(t *testing.T) {
	plain := make([]*regexp.Regexp, len(searched))
	for i, p := range searched {
		plain[i] = regexp.MustCompile(strings.TrimPrefix(p.text, "^"))
	}
	g := New(Allow{}, time.Now)
	matched := map[*pattern]bool{}
	for n, text := range everyText(t) {
		sc := newScan(g, text)
		if n%2 == 0 {
			sc.hide(0, len(sc.work)/3)
		}
		form := sc.low
		if n%4 > 1 {
			form = sc.work
		}
		for i, p := range searched {
			want := plain[i].FindSubmatchIndex(form)
			var got []int
			if p.mayMatch(sc.shaped) {
				got = p.find(form, sc.shaped, 0)
			}
			if !slices.Equal(got, want) {
				t.Errorf("%.60q finds %v in %q, want %v", p.text, got, form, want)
			}
			matched[p] = matched[p] || want != nil
		}
	}
	for _, p := range searched {
		if !matched[p] {
			t.Errorf("no text has %.60q", p.text)
		}
	}
}

// everyText gives the texts of a labelled set, and some of what it lacks.
func everyText(t *testing.T) []string {
	t.Helper()
	raw, err := os.ReadFile("testdata/labelled.tsv")
	if err != nil {
		t.Fatal(err)
	}
	texts := []string{
		"", "Zie ECLI:NL:RBAMS:2019:123, RSIN 123456789, pv-nummer 2019123456", "", "Hoi Karim, een jongen *12-3-1999 en (* 3 mei 2001) van Jansen, J.",
		"", "geb3-4-1999, bvh 2019123456, bsn111222333, vnr2712345678", "", "hij heet snapchat: jan_123 (@jan.1 op insta), x_y#1234",
	}
	for line := range strings.Lines(string(raw)) {
		if _, text, ok := strings.Cut(line, "\t"); ok {
			texts = append(texts, strings.ReplaceAll(text, `\n`, "\n"))
		}
	}
	return texts
}
