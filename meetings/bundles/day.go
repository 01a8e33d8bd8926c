package bundles

import (
	"sync"
	"time"
	_ "time/tzdata" // the days of Amsterdam must be known on a machine without zone files
)

// Day is a date on the wall clock of Amsterdam, «2026-02-16». It sorts as text;
// empty is no day.
type Day string

var zone = sync.OnceValue(func() *time.Location {
	z, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		panic(err) // tzdata is linked in
	}
	return z
})

// DayOf is the day on which an instant falls.
func DayOf(t time.Time) Day {
	if t.IsZero() {
		return ""
	}
	return Day(t.In(zone()).Format(time.DateOnly))
}

// Valid tells whether d is a date.
func (d Day) Valid() bool {
	_, err := time.Parse(time.DateOnly, string(d))
	return err == nil
}

// Noon is the middle of the day, for showing it; zero for no day.
func (d Day) Noon() time.Time {
	t, err := time.ParseInLocation(time.DateOnly, string(d), zone())
	if err != nil {
		return time.Time{}
	}
	return t.Add(12 * time.Hour).UTC()
}

// AddMonths is the same day so many months later; the last day of that month
// where it is shorter.
func (d Day) AddMonths(n int) Day {
	t := d.Noon()
	if t.IsZero() {
		return ""
	}
	y, m, day := t.Date()
	first := time.Date(y, m+time.Month(n), 1, 12, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return Day(first.AddDate(0, 0, min(day, last)-1).Format(time.DateOnly))
}

// DaysUntil counts the days from d to later; negative when later is earlier.
func (d Day) DaysUntil(later Day) int {
	from, err1 := time.Parse(time.DateOnly, string(d))
	to, err2 := time.Parse(time.DateOnly, string(later))
	if err1 != nil || err2 != nil {
		return 0
	}
	return int(to.Sub(from).Hours() / 24)
}
