package mail

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// trusted is the authority that the process trusts as it would trust those of
// the operating system.
var trusted *authority

// trustOnly writes a new authority's certificate into folder and makes it the
// only one that this process trusts. It works before the first TLS connection.
func trustOnly(folder string) error {
	a, err := newAuthority()
	if err != nil {
		return err
	}
	trusted = a
	file := filepath.Join(folder, "authority.pem")
	block := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: a.certificate.Raw})
	if err := os.WriteFile(file, block, 0o600); err != nil {
		return err
	}
	if err := os.Setenv("SSL_CERT_FILE", file); err != nil {
		return err
	}
	return os.Setenv("SSL_CERT_DIR", folder)
}

type authority struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
}

func newAuthority() (*authority, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "authority of the tests"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	raw, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return nil, err
	}
	certificate, err := x509.ParseCertificate(raw)
	return &authority{certificate, key}, err
}

// serverFor is the TLS side of a server with a certificate for the address.
func (a *authority) serverFor(t *testing.T, address string) *tls.Config {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: address},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.ParseIP(address)},
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	raw, err := x509.CreateCertificate(rand.Reader, template, a.certificate, key.Public(), a.key)
	if err != nil {
		t.Fatal(err)
	}
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{raw}, PrivateKey: key}}}
}

// AuthMechanisms and Auth make a conversation one that asks for a password.
func (c *counter) AuthMechanisms() []string { return []string{sasl.Plain} }

func (c *counter) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, name, password string) error {
		if name != "post" || password != "geheim" {
			return smtp.ErrAuthFailed
		}
		_, c.l.encrypted = c.conn.TLSConnectionState()
		c.l.user = name
		return nil
	}), nil
}

func TestEncryptedDelivery(t *testing.T) {
	stranger, err := newAuthority()
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name    string
		scheme  string
		by      *authority
		names   string // the address that the certificate is for
		secret  string
		arrives bool
	}{
		{"STARTTLS with a password", "smtp", trusted, "127.0.0.1", "geheim", true},
		{"TLS from the first byte", "smtps", trusted, "127.0.0.1", "geheim", true},
		{"STARTTLS, certificate of a stranger", "smtp", stranger, "127.0.0.1", "geheim", false},
		{"TLS, certificate of a stranger", "smtps", stranger, "127.0.0.1", "geheim", false},
		{"STARTTLS, certificate of another server", "smtp", trusted, "127.0.0.2", "geheim", false},
		{"TLS, certificate of another server", "smtps", trusted, "127.0.0.2", "geheim", false},
		{"wrong password", "smtps", trusted, "127.0.0.1", "vergeten", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := newEncryptedPostOffice(t, tt.by.serverFor(t, tt.names), tt.scheme == "smtps")
			d := newDesk(t, func(o *Options) { o.Server = tt.scheme + "://post:" + tt.secret + "@" + p.addr })
			d.mustAdd(t, "one", "antwoord", "/x")
			n, err := d.sender.SendDue(t.Context())
			got := p.letters()
			if !tt.arrives {
				if n != 0 || !errors.Is(err, errAway) || len(got) != 0 {
					t.Fatalf("SendDue = %d, %v with %d letters, want 0, errAway and none", n, err, len(got))
				}
				return
			}
			if n != 1 || err != nil || len(got) != 1 {
				t.Fatalf("SendDue = %d, %v with %d letters, want one", n, err, len(got))
			}
			if got[0].user != "post" || !got[0].encrypted {
				t.Errorf("the password came from %q, encrypted: %t", got[0].user, got[0].encrypted)
			}
		})
	}
}
