package outbox_test

import (
	"testing"

	"go.uber.org/goleak"
)

// Whoever starts a goroutine ends it.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }
