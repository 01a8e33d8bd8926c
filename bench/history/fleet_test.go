package history

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// build makes the program, with what overlay replaces; empty: as it is.
func build(t testing.TB, overlay string) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "ruggespraak")
	args := []string{"build", "-trimpath", "-o", program}
	if overlay != "" {
		args = append(args, "-overlay", overlay)
	}
	command := exec.Command("go", append(args, "ruggespraak/cmd/ruggespraak")...)
	command.Env = append(os.Environ(), "CGO_ENABLED=0")
	if said, err := command.CombinedOutput(); err != nil {
		t.Fatalf("build the program: %v\n%s", err, said)
	}
	return program
}

// instance is a process of the program. Its address stays the same.
type instance struct {
	program, data, store, listen string
	log                          *os.File
	process                      *exec.Cmd
	ended                        chan error
}

func newInstance(program, folder, store string) (*instance, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	_ = ln.Close()
	log, err := os.Create(filepath.Join(folder, "log"))
	return &instance{program: program, data: folder, store: store, listen: ln.Addr().String(), log: log}, err
}

// start begins the process; ready tells when it answers.
func (i *instance) start() error {
	i.process = exec.Command(i.program, "serve", "--listen", i.listen, "--data", i.data, "--store", i.store, "--development")
	i.process.Stdout, i.process.Stderr = i.log, i.log
	if err := i.process.Start(); err != nil {
		return err
	}
	i.ended = make(chan error, 1)
	go func(p *exec.Cmd, ended chan error) { ended <- p.Wait() }(i.process, i.ended)
	return nil
}

var errDead = errors.New("the program ended")

// ready waits until the instance answers.
func (i *instance) ready() error {
	client := http.Client{Timeout: 5 * time.Second}
	for range 3000 {
		answer, err := client.Get("http://" + i.listen + "/readyz")
		if err == nil {
			_ = answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				return nil
			}
		}
		select {
		case err := <-i.ended:
			return fmt.Errorf("%w: %v\n%s", errDead, err, i.said())
		case <-time.After(100 * time.Millisecond):
		}
	}
	return fmt.Errorf("the program does not get ready:\n%s", i.said())
}

func (i *instance) signal(s syscall.Signal) { _ = i.process.Process.Signal(s) }

// kill ends the process as a power cut would.
func (i *instance) kill() {
	i.signal(syscall.SIGKILL)
	<-i.ended
}

// stop ends the process in good order.
func (i *instance) stop() error {
	i.signal(syscall.SIGTERM)
	select {
	case err := <-i.ended:
		return err
	case <-time.After(time.Minute):
		i.kill()
		return errors.New("the program did not stop")
	}
}

// said is the end of the log.
func (i *instance) said() string {
	raw, _ := os.ReadFile(i.log.Name())
	return string(raw[max(0, len(raw)-500):])
}

// panicked tells whether the program ever did.
func (i *instance) panicked() bool {
	raw, _ := os.ReadFile(i.log.Name())
	return strings.Contains(string(raw), "panic") || strings.Contains(string(raw), "goroutine ")
}
