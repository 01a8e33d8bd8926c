// Package clock is the only place that reads the time of day.
//
// There are two clocks. The real one serves sessions, one-time codes, account
// invitations, throttling, leases and the guard's dates. The consultation's
// serves everything else; outside the demo it runs along with the real one.
// It stores nothing and imports the standard library only.
package clock

import (
	"sync/atomic"
	"time"
)

// Now reads a clock. Instants are UTC, in whole milliseconds, as they are stored.
type Now func() time.Time

// Real is the clock of the machine.
func Real() time.Time { return time.Now().UTC().Truncate(time.Millisecond) }

// Consultation is the clock of meetings, bundles and answers. It is the real
// one plus an offset that only the demo moves. Safe for several goroutines.
type Consultation struct {
	real   Now
	offset atomic.Int64 // nanoseconds
}

// NewConsultation runs along with real until it is moved.
func NewConsultation(real Now) *Consultation { return &Consultation{real: real} }

// Now reads the consultation's clock.
func (c *Consultation) Now() time.Time {
	return c.real().Add(time.Duration(c.offset.Load())).Truncate(time.Millisecond)
}

// Offset is how far the clock stands from the real one.
func (c *Consultation) Offset() time.Duration { return time.Duration(c.offset.Load()) }

// SetOffset puts the clock at a distance from the real one.
func (c *Consultation) SetOffset(d time.Duration) { c.offset.Store(int64(d)) }
