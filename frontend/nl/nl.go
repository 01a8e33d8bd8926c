// Package nl writes dates, times and numbers as Dutch readers expect them,
// always on the clock of Amsterdam: instants are stored in UTC and shown here.
//
// It stores nothing, reads no clock, and imports the standard library only. The
// time zone comes with the program (time/tzdata), so that an image without
// zone files shows the same hour.
package nl

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // the zone must be known on a machine without zone files
)

var (
	days   = [...]string{"zondag", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag"}
	months = [...]string{
		"januari", "februari", "maart", "april", "mei", "juni",
		"juli", "augustus", "september", "oktober", "november", "december",
	}
	amsterdam = mustZone("Europe/Amsterdam")
)

func mustZone(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic(fmt.Sprintf("nl: load zone %s: %v", name, err))
	}
	return zone
}

// Amsterdam returns t on the wall clock of Amsterdam.
func Amsterdam(t time.Time) time.Time { return t.In(amsterdam) }

// Zone is the time zone of every date and hour on a screen.
func Zone() *time.Location { return amsterdam }

// Datum writes a date: «16 september 2019».
func Datum(t time.Time) string {
	t = Amsterdam(t)
	return fmt.Sprintf("%d %s %d", t.Day(), months[t.Month()-1], t.Year())
}

// DatumKort writes a date without its year: «16 september».
func DatumKort(t time.Time) string {
	t = Amsterdam(t)
	return fmt.Sprintf("%d %s", t.Day(), months[t.Month()-1])
}

// DatumDag writes a date with its weekday: «maandag 16 september 2019».
func DatumDag(t time.Time) string { return Dag(t) + " " + Datum(t) }

// Dag writes the weekday: «maandag».
func Dag(t time.Time) string { return days[Amsterdam(t).Weekday()] }

// DagKort writes the first two letters of the weekday: «ma».
func DagKort(t time.Time) string { return Dag(t)[:2] }

// Maand writes the month: «september».
func Maand(t time.Time) string { return months[Amsterdam(t).Month()-1] }

// MaandKort writes the month as Dutch calendars shorten it: «sep», and «mrt» for March.
func MaandKort(t time.Time) string {
	month := Maand(t)
	if month == "maart" {
		return "mrt"
	}
	return month[:3]
}

// Uur writes an hour: «14.03 uur».
func Uur(t time.Time) string { return Amsterdam(t).Format("15.04") + " uur" }

// DatumUur writes a date with its weekday and hour: «maandag 7 december 2026, 10.00 uur».
func DatumUur(t time.Time) string { return DatumDag(t) + ", " + Uur(t) }

// DatumISO writes a date for the datetime attribute and for date fields: «2019-09-16».
func DatumISO(t time.Time) string { return Amsterdam(t).Format(time.DateOnly) }

// UurISO writes an instant for the datetime attribute, to the minute and with its offset.
func UurISO(t time.Time) string { return Amsterdam(t).Format("2006-01-02T15:04-07:00") }

// Aantal writes a number with the word that fits it: «1 dag», «43 dagen», «1.204 dagen».
func Aantal(n int, one, many string) string {
	if n == 1 || n == -1 {
		return Getal(n) + " " + one
	}
	return Getal(n) + " " + many
}

// Getal writes a whole number with points between the thousands: «1.204».
func Getal(n int) string {
	digits := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	var b strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte('.')
		}
		b.WriteRune(d)
	}
	return sign + b.String()
}

// Opsomming joins words as one reads them aloud: «een leeftijd, een plaats en een datum».
func Opsomming(words []string) string {
	switch len(words) {
	case 0:
		return ""
	case 1:
		return words[0]
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " en " + words[last]
}

// Hoofdletter gives the first letter of a sentence its capital.
func Hoofdletter(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}

// Middernacht is the beginning of the day of t in the Netherlands.
func Middernacht(t time.Time) time.Time {
	y, m, d := Amsterdam(t).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, amsterdam)
}
