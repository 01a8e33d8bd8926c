package server

import (
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"ruggespraak/internal/clock"
	"ruggespraak/internal/fault"
	"ruggespraak/meetings/discussion"
)

// maxWrites is how often an account may write in a second, at one instance:
// whatever makes a numbered change that everybody present gets.
const maxWrites = 5

// pace counts what accounts write in the second that runs.
type pace struct {
	now    clock.Now
	mu     sync.Mutex
	second time.Time
	wrote  map[string]int
}

const tooFast = "Dit gaat te snel. Wacht even en probeer het dan opnieuw."

// allows counts a write, and tells whether it is not one too many.
func (p *pace) allows(account string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if now := p.now(); now.Sub(p.second) >= time.Second || now.Before(p.second) {
		p.second, p.wrote = now, map[string]int{}
	}
	p.wrote[account]++
	return p.wrote[account] <= maxWrites
}

// paced refuses an act that is one too many.
func (s *Server) paced(act fiber.Handler) fiber.Handler {
	return func(c *fiber.Ctx) error {
		if !s.pace.allows(viewer(c).Account) {
			return fault.New(fault.TooMany, tooFast)
		}
		return act(c)
	}
}

// pacedText refuses a text that is one too many, at its field: it stays in the form.
func (s *Server) pacedText(c *fiber.Ctx, work func(said map[string]string) error) func(map[string]string) error {
	return func(said map[string]string) error {
		var form fault.Form
		form.Require(s.pace.allows(viewer(c).Account), discussion.FieldText, tooFast)
		if err := form.Err("Uw reactie is nog niet geplaatst"); err != nil {
			return err
		}
		return work(said)
	}
}
