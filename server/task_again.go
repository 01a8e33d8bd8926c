package server

import (
	"github.com/gofiber/fiber/v2"

	"ruggespraak/internal/fault"
)

// taskRun runs a planned job now. What went wrong stands at the job, also that
// it runs already: every instance works through its jobs when it starts. Only an
// unknown job is answered otherwise.
func (s *Server) taskRun(c *fiber.Ctx) error {
	err := s.svc.Jobs.RunNow(ctx(c), c.Params("taak"))
	if fault.Is(err, fault.NotFound) {
		return err
	}
	if fault.Is(err, fault.Conflict) {
		return s.seeOther(c, "/taken", "Deze taak is al bezig.")
	}
	if err != nil {
		s.cfg.Log.ErrorContext(ctx(c), "job run by hand", "job", c.Params("taak"), "error", err)
		return s.seeOther(c, "/taken", "De taak is mislukt. De reden staat bij de taak.")
	}
	return s.seeOther(c, "/taken", "De taak is uitgevoerd.")
}

// taskMailAgain makes a mail due that failed or waits.
func (s *Server) taskMailAgain(c *fiber.Ctx) error {
	if err := s.svc.Sender.Again(ctx(c), c.Params("id")); err != nil {
		return err
	}
	return s.seeOther(c, "/taken", "De mail wordt opnieuw verstuurd.")
}

// taskStuckAgain tries again what could not be followed up.
func (s *Server) taskStuckAgain(c *fiber.Ctx) error {
	if err := s.svc.Effects.Again(ctx(c), c.Params("id")); err != nil {
		return err
	}
	return s.seeOther(c, "/taken", "Ruggespraak probeert het opnieuw.")
}
