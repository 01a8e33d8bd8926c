package server

import (
	"context"
	"crypto/rand"
	"errors"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"ruggespraak/frontend/pages/general"
	"ruggespraak/internal/fault"
)

var statusOf = map[fault.Kind]int{
	fault.Invalid: fiber.StatusUnprocessableEntity, fault.NotFound: fiber.StatusNotFound,
	fault.Forbidden: fiber.StatusForbidden, fault.Conflict: fiber.StatusConflict,
	fault.TooMany: fiber.StatusTooManyRequests, fault.Unavailable: fiber.StatusServiceUnavailable,
}

// answerError makes every error of a handler a page, in this one place. A 404
// is the same in every byte whatever was asked, so it names nothing.
func (s *Server) answerError(c *fiber.Ctx, err error) error {
	s.setHeaders(c)                                                               // again: an error may arise before the middleware
	more, cancel := context.WithTimeout(context.WithoutCancel(ctx(c)), sorryTime) // the handler's has ended
	defer cancel()
	c.SetUserContext(more)
	var known *fault.Error
	if errors.As(err, &known) {
		return s.errorPage(c, statusOf[known.Kind], known.Sentence, "")
	}
	var refused *fiber.Error
	if errors.As(err, &refused) && refused.Code < fiber.StatusInternalServerError {
		return s.errorPage(c, refused.Code, refusedSentence(refused.Code), "")
	}
	if late(err) {
		s.cfg.Log.Warn("store did not answer in time", "route", routeOf(c).ID(), "err", err)
		c.Set(fiber.HeaderRetryAfter, retryAfter)
		return s.errorPage(c, fiber.StatusServiceUnavailable, lateSentence(c), "")
	}
	reference := rand.Text()[:10]
	s.cfg.Log.Error("request failed", "reference", reference, "route", routeOf(c).ID(), "err", err)
	return s.errorPage(c, fiber.StatusInternalServerError, "Er ging iets mis bij ons. Probeer het later nog eens.", reference)
}

// retryAfter is in how many seconds it may work again.
const retryAfter = "5"

// late tells that the store did not get to it in time: it is away, or somebody
// else has it.
func late(err error) bool { return errors.Is(err, context.DeadlineExceeded) }

func lateSentence(c *fiber.Ctx) string {
	if c.Method() == get {
		return "Deze pagina kan nu niet open. Probeer het zo nog eens."
	}
	return lateTitle + ". Probeer het opnieuw."
}

const lateTitle = "Dit is nu niet bewaard"

func refusedSentence(status int) string {
	switch status {
	case fiber.StatusRequestEntityTooLarge:
		return "Dit is te groot om te versturen. Maak de tekst korter."
	case fiber.StatusMethodNotAllowed, fiber.StatusNotFound:
		return "Deze pagina is niet gevonden."
	default:
		return "Wij begrijpen dit verzoek niet."
	}
}

// errorPage shows that something is wrong. But for an address that is not there it
// begins no session: who asks may have one that this request did not bring (a
// form of another site) or that could not be read, and the new one would take its
// place. Of what a page of another site loads a browser takes no Lax cookie.
func (s *Server) errorPage(c *fiber.Ctx, status int, sentence, reference string) error {
	if c.Method() != get || status != fiber.StatusNotFound {
		c.Locals(noSessionKey, true)
	}
	title := "Er ging iets mis"
	switch status {
	case fiber.StatusNotFound:
		title = "Niet gevonden"
	case fiber.StatusForbidden:
		title = "Dit kan niet"
	}
	page := s.page(c, title)
	page.Path, page.Flash, page.Again = "", "", false // it shows no form again
	return s.render(c, status, general.Error(general.ErrorPage{Page: page, Sentence: sentence, Reference: reference,
		Status: strconv.Itoa(status)}))
}

// noRoute answers what the table does not know.
func (s *Server) noRoute(c *fiber.Ctx) error {
	if err := s.resume(c); err != nil {
		return err
	}
	return fault.NotFoundError()
}
