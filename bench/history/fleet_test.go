package history

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
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
	ended                        chan struct{} // closed when the process is no more
	how                          error         // set before that: how it ended
}

func newInstance(program, folder, store string) (*instance, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	listen, err := address()
	if err != nil {
		return nil, err
	}
	log, err := os.Create(filepath.Join(folder, "log"))
	return &instance{program: program, data: folder, store: store, listen: listen, log: log}, err
}

// given counts the addresses handed out, so that nobody gets the same.
var given atomic.Int64

// address gives a free one of this machine, below the ports that connections
// take for themselves: while an instance is away, the machine may give its port
// to a connection that asks whether it is there again, and then it cannot begin.
func address() (string, error) {
	const lowest, count = 10_000, 20_000
	begin := os.Getpid() * 61
	for range count {
		at := "127.0.0.1:" + strconv.Itoa(lowest+(begin+int(given.Add(1)))%count)
		if ln, err := net.Listen("tcp", at); err == nil {
			return at, ln.Close()
		}
	}
	return "", errors.New("no port is free")
}

// start begins the process; ready tells when it answers.
func (i *instance) start() error {
	process := exec.Command(i.program, "serve", "--listen", i.listen, "--data", i.data, "--store", i.store, "--development")
	process.Stdout, process.Stderr = i.log, i.log
	if err := process.Start(); err != nil {
		return err
	}
	ended := make(chan struct{})
	i.process, i.ended = process, ended
	go func() {
		i.how = process.Wait()
		close(ended)
	}()
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
		case <-i.ended:
			return fmt.Errorf("%w: %v\n%s", errDead, i.how, i.said())
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
	case <-i.ended:
		return i.how
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
