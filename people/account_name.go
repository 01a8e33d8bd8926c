package people

import (
	"net/mail"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
	"golang.org/x/text/cases"
	"golang.org/x/text/secure/precis"
	"golang.org/x/text/unicode/norm"
)

const (
	maxName = 80  // characters
	maxMail = 254 // bytes, as SMTP has it
)

// mailKey is what makes a mail address one of a kind: its local part by the
// PRECIS profile for user names, in normal form KC and with case folded, and
// its domain in ASCII. ok is false for what is no plain address.
func mailKey(address string) (key string, ok bool) {
	if len(address) > maxMail || !utf8.ValidString(address) {
		return "", false
	}
	address = norm.NFKC.String(strings.TrimSpace(address))
	parsed, err := mail.ParseAddress(address)
	if err != nil || parsed.Address != address || strings.ContainsAny(address, "\"<>()\\ ") {
		return "", false
	}
	at := strings.LastIndexByte(address, '@')
	local, err := precis.UsernameCaseMapped.String(address[:at])
	if err != nil {
		return "", false
	}
	domain, err := idna.Lookup.ToASCII(address[at+1:])
	if err != nil || !strings.Contains(domain, ".") || strings.HasSuffix(domain, ".") {
		return "", false
	}
	key = norm.NFKC.String(cases.Fold().String(local)) + "@" + domain
	return key, len(key) <= maxMail
}

// attemptKey is the key under which attempts to sign in are counted: the same
// for every spelling of one address, and something for what is no address.
func attemptKey(address string) string {
	if key, ok := mailKey(address); ok {
		return key
	}
	return cases.Fold().String(norm.NFKC.String(strings.ToValidUTF8(address, "")))
}

// cleanName gives a name without odd spaces; ok is false when it is empty, too
// long, or holds signs that do not show.
func cleanName(name string) (clean string, ok bool) {
	clean = norm.NFC.String(strings.Join(strings.Fields(name), " "))
	odd := strings.ContainsFunc(clean, func(r rune) bool { return unicode.Is(unicode.C, r) || r == utf8.RuneError || r == '<' || r == '>' })
	n := utf8.RuneCountInString(clean)
	return clean, n >= 2 && n <= maxName && !odd
}

// sortKey puts names in the order a reader expects, within a key's size.
func sortKey(name string) string {
	folded := cases.Fold().String(norm.NFKD.String(name))
	plain := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) || r == 0 {
			return -1
		}
		return r
	}, folded)
	return plain[:min(len(plain), 200)]
}
