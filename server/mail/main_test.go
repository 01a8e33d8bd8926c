package mail

import (
	"fmt"
	"os"
	"testing"

	"go.uber.org/goleak"
)

// The process trusts the tests' own authority alone, and whoever starts a
// goroutine ends it.
func TestMain(m *testing.M) {
	folder, err := os.MkdirTemp("", "mail")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if err := trustOnly(folder); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	goleak.VerifyTestMain(m, goleak.Cleanup(func(code int) {
		_ = os.RemoveAll(folder)
		os.Exit(code)
	}))
}
