package people

import (
	_ "embed"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"ruggespraak/internal/fault"
)

const (
	minPassword = 12  // characters
	maxPassword = 256 // characters
)

// commonPasswords is our own list, one a line: passwords of twelve characters
// or more that people choose often, and, after the line «--», words that make
// no password even with digits behind them.
//
//go:embed common_passwords.txt
var commonPasswords string

var commonWhole, commonWords = readCommon(commonPasswords)

func readCommon(list string) (whole map[string]bool, words []string) {
	passwords, rest, _ := strings.Cut(list, "\n--\n")
	whole = map[string]bool{}
	for p := range strings.FieldsSeq(passwords) {
		whole[p] = true
	}
	return whole, strings.Fields(rest)
}

// normalPassword makes one password of what different keyboards send for it.
func normalPassword(p string) string { return norm.NFKC.String(p) }

// CheckPassword notes at the field what is wrong with a new password. Own are
// words about the person, such as name and mail address, that others can guess.
func CheckPassword(f *fault.Form, field, password string, own ...string) {
	n := utf8.RuneCountInString(password)
	switch {
	case !utf8.ValidString(password) || n > maxPassword:
		f.Add(field, "Kies een wachtwoord van ten hoogste 256 tekens.")
	case n < minPassword:
		f.Add(field, "Kies een wachtwoord van ten minste 12 tekens.")
	case isCommon(password, own):
		f.Add(field, "Dit wachtwoord is te makkelijk te raden. Kies bijvoorbeeld vier losse woorden.")
	}
}

// isCommon tells whether the password is on the list, is built of very few
// different signs or one run of keys, or is little more than a word that
// everybody, or who knows the person, would try.
func isCommon(password string, own []string) bool {
	folded := unleet(password)
	if commonWhole[folded] || commonWhole[strings.ToLower(password)] || fewSigns(folded) || keyRun(strings.ToLower(password)) {
		return true
	}
	letters := onlyLetters(folded)
	rest := letters
	for _, w := range append(ownWords(own), commonWords...) {
		rest = strings.ReplaceAll(rest, w, " ")
	}
	left := utf8.RuneCountInString(strings.ReplaceAll(rest, " ", ""))
	known := strings.Count(rest, " ")
	digits := utf8.RuneCountInString(password) - utf8.RuneCountInString(letters)
	return left < 4 && known <= 2 && digits < 12
}

var leet = strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "7", "t", "@", "a", "$", "s", "!", "i", "€", "e")

// unleet reads digits and signs as the letters they stand for, unless they
// close the word.
func unleet(password string) string {
	p := strings.ToLower(normalPassword(password))
	word := strings.TrimRightFunc(p, func(r rune) bool { return !unicode.IsLetter(r) })
	return leet.Replace(word) + p[len(word):]
}

func onlyLetters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return -1
	}, s)
}

// ownWords are the words of four letters or more in names and addresses.
func ownWords(own []string) []string {
	var words []string
	for _, o := range own {
		for _, w := range strings.FieldsFunc(strings.ToLower(o), func(r rune) bool { return !unicode.IsLetter(r) }) {
			if utf8.RuneCountInString(w) >= 4 {
				words = append(words, w)
			}
		}
	}
	return words
}

// fewSigns tells whether there are at most four different signs.
func fewSigns(p string) bool {
	seen := map[rune]bool{}
	for _, r := range p {
		seen[r] = true
	}
	return len(seen) <= 4
}

// keyRows are what fingers run along.
var keyRows = []string{"01234567890", "09876543210", "qwertyuiopasdfghjklzxcvbnm", "azertyuiopqsdfghjklmwxcvbn", "abcdefghijklmnopqrstuvwxyz", "zyxwvutsrqponmlkjihgfedcba", "1q2w3e4r5t6y7u8i9o0p", "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "qazwsxedcrfvtgbyhnujm", "poiuytrewqlkjhgfdsamnbvcxz"}

// keyRun tells whether the password is little more than parts of such runs.
func keyRun(p string) bool {
	rest := []rune(p)
	runs, left := 0, 0
	for len(rest) > 0 {
		n := longestRun(rest)
		if n < 4 {
			left++
			rest = rest[1:]
			continue
		}
		runs++
		rest = rest[n:]
	}
	return runs > 0 && left < 4
}

func longestRun(p []rune) int {
	for n := len(p); n >= 4; n-- {
		for _, row := range keyRows {
			if strings.Contains(row, string(p[:n])) {
				return n
			}
		}
	}
	return 0
}
