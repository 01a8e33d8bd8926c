//go:build unix

package live

import (
	"errors"
	"syscall"
)

const canTry = true

// try writes as much of p as the socket takes at once.
func try(fd uintptr, p []byte) (int, error) {
	n, err := syscall.Write(int(fd), p)
	if errors.Is(err, syscall.EAGAIN) || errors.Is(err, syscall.EINTR) {
		err = nil
	}
	return max(n, 0), err
}
