package signals

import (
	"fmt"
	"time"
	_ "time/tzdata" // the zone must be known on a machine without zone files
)

// amsterdam is where days and working days are counted.
var amsterdam = mustZone("Europe/Amsterdam")

func mustZone(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic("signals: load zone: " + err.Error())
	}
	return zone
}

// dayOf is noon of the day of t in Amsterdam: what is shown of an instant, and
// what nobody can turn back into an hour.
func dayOf(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	y, m, d := t.In(amsterdam).Date()
	return time.Date(y, m, d, 12, 0, 0, 0, time.UTC)
}

// dayKey is the day as a search key.
func dayKey(t time.Time) string { return t.In(amsterdam).Format(time.DateOnly) }

var months = [...]string{
	"januari", "februari", "maart", "april", "mei", "juni",
	"juli", "augustus", "september", "oktober", "november", "december",
}

// dayWords writes a day as people read it, «25 november 2019»; what is no day
// stays as it is.
func dayWords(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return fmt.Sprintf("%d %s %d", t.Day(), months[t.Month()-1], t.Year())
}

// daysBetween counts calendar days in Amsterdam.
func daysBetween(from, to time.Time) int {
	return int(dayOf(to).Sub(dayOf(from)).Hours()) / 24
}

// afterWorkingDays is noon of the n-th working day after t.
func afterWorkingDays(t time.Time, n int) time.Time {
	day := dayOf(t)
	for n > 0 {
		day = day.AddDate(0, 0, 1)
		if workingDay(day) {
			n--
		}
	}
	return day
}

// workingDay leaves out weekends and the general Dutch holidays. Liberation Day
// is one only once in five years.
func workingDay(day time.Time) bool {
	if wd := day.Weekday(); wd == time.Saturday || wd == time.Sunday {
		return false
	}
	y, m, d := day.Date()
	switch {
	case m == time.January && d == 1,
		m == time.December && (d == 25 || d == 26),
		m == time.May && d == 5 && y%5 == 0:
		return false
	}
	if day.Equal(kingsDay(y)) {
		return false
	}
	since := int(day.Sub(easter(y)).Hours()) / 24
	return since != 1 && since != 39 && since != 50 // Easter Monday, Ascension, Whit Monday
}

// kingsDay is 27 April, or the Saturday before when that is a Sunday.
func kingsDay(year int) time.Time {
	day := time.Date(year, time.April, 27, 12, 0, 0, 0, time.UTC)
	if day.Weekday() == time.Sunday {
		return day.AddDate(0, 0, -1)
	}
	return day
}

// easter is noon of Easter Sunday, by the method of Meeus, Jones and Butcher.
func easter(year int) time.Time {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return time.Date(year, time.Month(n/31), n%31+1, 12, 0, 0, 0, time.UTC)
}
