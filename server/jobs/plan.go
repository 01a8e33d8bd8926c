package jobs

import (
	"fmt"
	"time"
)

// Plan says at which instants a job is due.
type Plan struct {
	every        time.Duration
	hour, minute int
	zone         *time.Location
}

// Every is due each time a whole number of d has gone by.
func Every(d time.Duration) Plan { return Plan{every: d} }

// Daily is due every day at this wall time in the zone.
func Daily(hour, minute int, zone *time.Location) Plan {
	return Plan{hour: hour, minute: minute, zone: zone}
}

// latest is the last planned instant that is not after now.
func (p Plan) latest(now time.Time) time.Time {
	if p.every > 0 {
		return now.UTC().Truncate(p.every)
	}
	at := p.day(now, 0)
	if at.After(now) {
		at = p.day(now, -1)
	}
	return at
}

// next is the first planned instant after now.
func (p Plan) next(now time.Time) time.Time {
	if p.every > 0 {
		return p.latest(now).Add(p.every)
	}
	at := p.day(now, 0)
	if !at.After(now) {
		at = p.day(now, 1)
	}
	return at
}

// day is the planned instant on the day of now, or so many days later. A wall
// time that the clocks skip or repeat stands for one instant of that day.
func (p Plan) day(now time.Time, later int) time.Time {
	y, m, d := now.In(p.zone).Date()
	return time.Date(y, m, d+later, p.hour, p.minute, 0, 0, p.zone).UTC()
}

// String is the plan in Dutch.
func (p Plan) String() string {
	switch {
	case p.every == 0:
		return fmt.Sprintf("elke dag om %d.%02d uur", p.hour, p.minute)
	case p.every < time.Hour:
		return fmt.Sprintf("elke %d minuten", int(p.every.Minutes()))
	default:
		return fmt.Sprintf("elke %d uur", int(p.every.Hours()))
	}
}
