package people

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base32"
	"net/url"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
)

const (
	codeStep   = 30 // seconds a one-time code is for
	codeSkew   = 1  // steps that a clock may be off
	secretSize = 20 // bytes, as RFC 4226 advises
	issuer     = "Ruggespraak"
)

var base32NoPad = base32.StdEncoding.WithPadding(base32.NoPadding)

func newSecret() string {
	b := make([]byte, secretSize)
	_, _ = rand.Read(b) // never returns an error since Go 1.24
	return base32NoPad.EncodeToString(b)
}

// codeAt finds the time step near now, after the last used one, that the code
// is for; ok is false when there is none. All steps are tried, so that the
// time it takes says nothing.
func codeAt(secret, code string, last int64, now time.Time) (step int64, ok bool) {
	code = strings.Join(strings.Fields(code), "")
	present := now.Unix() / codeStep
	for s := present - codeSkew; s <= present+codeSkew; s++ {
		want, err := hotp.GenerateCodeCustom(secret, uint64(s), hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		same := err == nil && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1
		if same && s > last && !ok {
			step, ok = s, true
		}
	}
	return step, ok
}

// CodeFor gives the one-time code of a secret at an instant: what the reader's
// own device computes. For tests and the terminal.
func CodeFor(secret string, at time.Time) (string, error) {
	return hotp.GenerateCodeCustom(secret, uint64(at.Unix()/codeStep), hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
}

// secretURI is what a QR code tells an authenticator.
func secretURI(secret, mail string) string {
	q := url.Values{"secret": {secret}, "issuer": {issuer}, "algorithm": {"SHA1"}, "digits": {"6"}, "period": {"30"}}
	return "otpauth://totp/" + url.PathEscape(issuer+":"+mail) + "?" + strings.ReplaceAll(q.Encode(), "+", "%20")
}
