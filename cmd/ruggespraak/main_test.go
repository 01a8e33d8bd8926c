package main

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"ruggespraak": main})
}

// What an operator types and reads: one script a subject, in testdata/script.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata/script"})
}

// served is the product, running in this process.
type served struct {
	url, printed string
	stop         func() int
}

func newServed(t *testing.T, args ...string) served {
	t.Helper()
	self, err := exec.LookPath("ruggespraak") // the scripts run it too
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	out, in := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, &terminal{in: strings.NewReader(""), out: in, err: io.Discard, self: self}, args)
		in.Close()
	}()
	s := served{stop: func() int { cancel(); return <-ended }}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		s.printed += lines.Text() + "\n"
		if url, ok := strings.CutPrefix(lines.Text(), "listening on "); ok {
			s.url = url
			return s
		}
	}
	t.Fatalf("it ended with %d and printed:\n%s", s.stop(), s.printed)
	return s
}

func TestServeAnswersAndStops(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	s := newServed(t, "serve", "--data", data, "--listen", "127.0.0.1:0")
	for _, path := range []string{"/livez", "/readyz"} {
		r, err := http.Get(s.url + path)
		if err != nil {
			t.Fatal(err)
		}
		r.Body.Close()
		if r.StatusCode != http.StatusOK {
			t.Errorf("GET %s = %d, want 200", path, r.StatusCode)
		}
	}
	if code := s.stop(); code != 0 {
		t.Errorf("exit code = %d, want 0", code)
	}
	info, err := os.Stat(data)
	if err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("data folder: %v, %v, want access for its owner only", info.Mode(), err)
	}
}

func TestServeKeepsWhatWasStoredOverARestart(t *testing.T) {
	data := t.TempDir()
	for range 2 {
		s := newServed(t, "serve", "--data", data, "--listen", "127.0.0.1:0")
		if code := s.stop(); code != 0 {
			t.Fatalf("exit code = %d, want 0", code)
		}
	}
}

// Loading the season leaves nothing behind in the process that serves: another
// does it, once.
func TestDemoHasItsSeasonLoadedByAnotherProcess(t *testing.T) {
	data := t.TempDir()
	var said strings.Builder
	args := []string{"demo", "--data", data, "--listen", "127.0.0.1:0"}
	if code := run(t.Context(), &terminal{out: io.Discard, err: &said, self: filepath.Join(data, "nothing")}, args); code != 1 || !strings.Contains(said.String(), "load the season") {
		t.Fatalf("without a program to load it: exit code %d, %q", code, said.String())
	}
	s := newServed(t, args...)
	r, err := http.Get(s.url + "/inloggen")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil || !strings.Contains(string(body), "Secretariaat Task Force") {
		t.Errorf("GET /inloggen = %d without the buttons of the season (%v)", r.StatusCode, err)
	}
	if code := s.stop(); code != 0 {
		t.Errorf("exit code = %d, want 0", code)
	}
}

// A stop under load: what was asked is answered, and nothing is answered badly.
func TestStopUnderLoad(t *testing.T) {
	s := newServed(t, "serve", "--data", t.TempDir(), "--listen", "127.0.0.1:0")
	var clients sync.WaitGroup
	answered := make(chan int, 1)
	for range 8 {
		clients.Go(func() {
			for {
				r, err := http.Get(s.url + "/readyz")
				if err != nil {
					return // the door is closed
				}
				r.Body.Close()
				if r.StatusCode >= 500 {
					t.Errorf("GET /readyz while stopping = %d", r.StatusCode)
				}
				select {
				case answered <- r.StatusCode:
				default:
				}
			}
		})
	}
	<-answered
	if code := s.stop(); code != 0 {
		t.Errorf("exit code = %d, want 0", code)
	}
	clients.Wait()
}

func TestConfigIsPrintedWithoutSecrets(t *testing.T) {
	file := filepath.Join(t.TempDir(), "smtp")
	if err := os.WriteFile(file, []byte("smtp://post:geheim@localhost:2525\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("RUGGESPRAAK_SMTP_FILE", file)
	t.Setenv("RUGGESPRAAK_BASE_URL", "https://ruggespraak.voorbeeld.nl")
	s := newServed(t, "serve", "--data", t.TempDir(), "--listen", "127.0.0.1:0")
	s.stop()
	if strings.Contains(s.printed, "geheim") {
		t.Errorf("the password is printed:\n%s", s.printed)
	}
	for _, want := range []string{`"smtp://post:***@localhost:2525"`, `"https://ruggespraak.voorbeeld.nl"`, `"ruggespraak@ruggespraak.voorbeeld.nl"`, "RUGGESPRAAK_DATA"} {
		if !strings.Contains(s.printed, want) {
			t.Errorf("not printed: %s\n%s", want, s.printed)
		}
	}
}

func TestRedact(t *testing.T) {
	for _, tc := range []struct{ address, want string }{
		{"", ""},
		{"sqlite:./data/ruggespraak.db", "sqlite:./data/ruggespraak.db"},
		{"mongodb://a:9,b:9/db", "mongodb://a:9,b:9/db"},
		{"mongodb://u:p@a:9,b:9/db", "mongodb://u:***@a:9,b:9/db"},
		{"mongodb://u:p@ss@a/db?tls=true&key=x", "mongodb://u:***@a/db?***"},
		{"smtps://token@mail.voorbeeld.nl", "smtps://***@mail.voorbeeld.nl"},
	} {
		t.Run(tc.address, func(t *testing.T) {
			if got := redact(tc.address); got != tc.want {
				t.Errorf("redact(%q) = %q, want %q", tc.address, got, tc.want)
			}
		})
	}
}

func TestRoutesAsJSON(t *testing.T) {
	var out strings.Builder
	if code := run(t.Context(), &terminal{out: &out, err: io.Discard}, []string{"routes", "--json"}); code != 0 {
		t.Fatalf("exit code = %d, want 0", code)
	}
	var routes []map[string]any
	if err := json.Unmarshal([]byte(out.String()), &routes); err != nil {
		t.Fatal(err)
	}
	if len(routes) < 5 {
		t.Fatalf("%d routes, which cannot be all", len(routes))
	}
	for _, r := range routes {
		for _, field := range []string{"method", "path", "objects", "verb", "roles", "handler"} {
			if r[field] == nil || r[field] == "" {
				t.Errorf("route %v has no %s", r["path"], field)
			}
		}
	}
}
