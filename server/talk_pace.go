package server

import (
	"sync"
	"time"

	"ruggespraak/internal/clock"
	"ruggespraak/internal/fault"
	"ruggespraak/meetings/discussion"
)

// maxMessages is how many messages an account may write in a second, at one
// instance.
const maxMessages = 5

// pace counts what accounts write in the second that runs.
type pace struct {
	now    clock.Now
	mu     sync.Mutex
	second time.Time
	wrote  map[string]int
}

// allow refuses a message too many, at the field of its text.
func (p *pace) allow(account string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if now := p.now(); now.Sub(p.second) >= time.Second || now.Before(p.second) {
		p.second, p.wrote = now, map[string]int{}
	}
	p.wrote[account]++
	var form fault.Form
	form.Require(p.wrote[account] <= maxMessages, discussion.FieldText, "Dit gaat te snel. Wacht even en plaats uw reactie dan opnieuw.")
	return form.Err("Uw reactie is nog niet geplaatst.")
}
