package guard_test

import (
	"fmt"
	"math/big"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"ruggespraak/internal/guard"
)

// validBSN draws nine digits that pass the eleven-proof.
func validBSN(t *rapid.T) string {
	for {
		digits := rapid.SliceOfN(rapid.IntRange(0, 9), 8, 8).Draw(t, "digits")
		sum := 0
		for i, d := range digits {
			sum += (9 - i) * d
		}
		if last := sum % 11; last < 10 && sum > 0 {
			return strings.Trim(strings.ReplaceAll(fmt.Sprint(append(digits, last)), " ", ""), "[]")
		}
	}
}

// validIBAN draws a Dutch account number.
func validIBAN(t *rapid.T) string {
	bank := rapid.StringMatching(`[A-Z]{4}`).Draw(t, "bank")
	account := rapid.StringMatching(`\d{10}`).Draw(t, "account")
	var figures strings.Builder
	for _, c := range bank + account + "NL00" {
		if c >= 'A' {
			fmt.Fprint(&figures, int(c-'A')+10)
			continue
		}
		figures.WriteRune(c)
	}
	n, _ := new(big.Int).SetString(figures.String(), 10)
	check := 98 - new(big.Int).Mod(n, big.NewInt(97)).Int64()
	return fmt.Sprintf("NL%02d%s%s", check, bank, account)
}

func TestValidBSNIsAlwaysRefused(t *testing.T) {
	g := newGuard()
	rapid.Check(t, func(t *rapid.T) {
		bsn := validBSN(t)
		if strings.HasPrefix(bsn, "610599458") || bsn == "503126123" || bsn == "615240136" {
			return // numbers of the directory, written short
		}
		forms := []string{bsn, bsn[:4] + "." + bsn[4:6] + "." + bsn[6:], bsn[:3] + " " + bsn[3:6] + " " + bsn[6:],
			bsn[:3] + "\u2011" + bsn[3:6] + "\u2011" + bsn[6:], strings.Join(strings.Split(bsn, ""), "\u200b"), fullWidth(bsn)}
		form := rapid.SampledFrom(forms).Draw(t, "form")
		frame := rapid.SampledFrom([]string{"%s", "Zijn nummer is %s.", "Kijk (%s) en verder.", "één — ’%s’"}).Draw(t, "frame")
		text := fmt.Sprintf(frame, form)
		if likeYear(bsn[:4]) && strings.Contains(form, ".") {
			text = "BSN " + text
		}
		mustHaveAt(t, g.Check(text, guard.Options{}), text, form, guard.RuleBSN, guard.Block)
	})
}

func likeYear(s string) bool { return strings.HasPrefix(s, "19") || strings.HasPrefix(s, "20") }

func TestNamedBSNIsAlwaysRefused(t *testing.T) {
	g := newGuard()
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.StringMatching(`[1-9]\d{7,8}`).Draw(t, "number")
		word := rapid.SampledFrom([]string{"BSN ", "bsn: ", "burgerservicenummer ", "Sofinummer=", "bsn-nummer is ", "Zijn burgerservicenr. is "}).Draw(t, "word")
		text := word + number
		mustHaveAt(t, g.Check(text, guard.Options{}), text, number, guard.RuleBSN, guard.Block)
	})
}

func TestValidIBANIsAlwaysRefused(t *testing.T) {
	g := newGuard()
	rapid.Check(t, func(t *rapid.T) {
		iban := validIBAN(t)
		spaced := iban[:4] + " " + iban[4:8] + " " + iban[8:12] + " " + iban[12:16] + " " + iban[16:]
		form := rapid.SampledFrom([]string{iban, spaced, strings.ToLower(iban), fullWidth(iban)}).Draw(t, "form")
		text := "Het geld ging naar " + form + ", op naam van de baas."
		mustHaveAt(t, g.Check(text, guard.Options{}), text, form, guard.RuleIBAN, guard.Block)
	})
}

func fullWidth(s string) string {
	return strings.Map(func(r rune) rune {
		if r > ' ' && r <= '~' {
			return r - '!' + '！'
		}
		return r
	}, s)
}

// mustHaveAt wants a finding of the rule exactly where part stands in text.
func mustHaveAt(t *rapid.T, r guard.Report, text, part, rule string, level guard.Level) {
	t.Helper()
	start := utf8.RuneCountInString(text[:strings.Index(text, part)])
	end := start + utf8.RuneCountInString(part)
	for _, f := range r.Findings {
		if f.Rule == rule && f.Level == level && f.Start == start && f.End == end {
			return
		}
	}
	t.Fatalf("Check(%q) = %+v, want %s/%s at %d-%d", text, r.Findings, rule, level, start, end)
}

// Whatever stands around it, an identifier is found where it is.
func TestFoundWhereItStands(t *testing.T) {
	g := newGuard()
	rapid.Check(t, func(t *rapid.T) {
		before := rapid.StringOf(rapid.SampledFrom([]rune("ab éï\n\u00a0\u200b–’ﬁ①😀,;"))).Draw(t, "before")
		after := rapid.StringOf(rapid.SampledFrom([]rune("ab éï\n\u00a0\u200b–’ﬁ😀,;"))).Draw(t, "after")
		part := rapid.SampledFrom([]string{"06-12345678", "jan.jansen@voorbeeld.nl", "16/800236-12", "PL0600-2019123456", "NL91 ABNA 0417 1643 00"}).Draw(t, "part")
		text := before + " | " + part + " | " + after
		r := g.Check(text, guard.Options{})
		start := utf8.RuneCountInString(before) + 3
		for _, f := range r.Findings {
			if f.Start == start && f.End == start+utf8.RuneCountInString(part) && f.Level == guard.Block {
				if want := 1 + strings.Count(before, "\n"); f.Line != want {
					t.Fatalf("Check(%q): line %d, want %d", text, f.Line, want)
				}
				return
			}
		}
		t.Fatalf("Check(%q) = %+v, want %q found", text, r.Findings, part)
	})
}

func FuzzCheck(f *testing.F) {
	for _, l := range mustLabelled(f, "testdata/labelled.tsv") {
		f.Add(l.text)
	}
	f.Add("\xff\xfe06-1234\x805678")
	f.Add("e\u0301\u0301\u0301 ﷺ 1\u200b1\u200b1")
	g := newGuard()
	f.Fuzz(func(t *testing.T, text string) {
		r := g.Check(text, guard.Options{})
		runes := len([]rune(text))
		for _, x := range append(r.Findings, g.CheckLeaving(text, guard.Known{}, nil)...) {
			if x.Start < 0 || x.Start >= x.End || x.End > runes || x.Line < 1 {
				t.Fatalf("Check(%q): finding %+v out of %d runes", text, x, runes)
			}
			if x.Level <= guard.Clean || x.Level > guard.Block || x.Rule == "" || x.Label() == "" {
				t.Fatalf("Check(%q): finding %+v", text, x)
			}
		}
	})
}
