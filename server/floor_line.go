package server

import (
	"context"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"ruggespraak/internal/fault"
	"ruggespraak/meetings/discussion"
	"ruggespraak/server/live"
)

// floorEntry is a change of how a meeting is led. It says only that there is
// one, to every audience the same: the page reads how the meeting stands now.
type floorEntry int

func (e floorEntry) Number() int64 { return int64(e) }

// Frame is the number alone.
func (e floorEntry) Frame(string) (any, error) { return Frame{N: int(e)}, nil }

func floorTopic(meeting string) discussion.Topic {
	return discussion.TopicOf(discussion.Meeting, meeting)
}

// ledIn is the meeting of which the topic is the control; empty for any other.
func ledIn(topic string) string {
	if subject, id, _ := discussion.Topic(topic).Parts(); subject == discussion.Meeting {
		return id
	}
	return ""
}

// ledAfter gives the changes of a meeting's control after number n.
func (l *lineLog) ledAfter(ctx context.Context, meeting string, n int64) ([]live.Entry, error) {
	last, err := l.floor.Last(ctx, meeting)
	var entries []live.Entry
	for n++; n <= int64(last); n++ {
		entries = append(entries, floorEntry(n))
	}
	return entries, err
}

// floorSince answers a client that returns, or that has no socket.
func (s *Server) floorSince(c *fiber.Ctx) error {
	after, err := strconv.Atoi(c.Query("na"))
	if err != nil || after < 0 {
		return fault.NotFoundError()
	}
	t := floorTopic(c.Params("id"))
	a, err := s.svc.Hall.Enter(ctx(c), viewer(c), t)
	if err != nil {
		return err
	}
	answer := since{Frames: []Frame{}}
	if answer.Here, err = s.visit(c, t, a); err != nil {
		return err
	}
	last, err := s.svc.Floor.Last(ctx(c), c.Params("id"))
	if err != nil {
		return err
	}
	for n := after + 1; n <= last; n++ {
		answer.Frames = append(answer.Frames, Frame{N: n})
	}
	return c.JSON(answer)
}
