package jobs

import (
	"testing"
	"time"
)

// Every day from 2019 to 2040 has one instant at 13.30 wall time, on the days
// the clocks change too.
func TestDailyHasOneInstantADay(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	for _, wall := range []struct{ hour, minute int }{{13, 30}, {0, 0}, {2, 30}} {
		p := Daily(wall.hour, wall.minute, zone)
		at := p.latest(time.Date(2019, 1, 1, 12, 0, 0, 0, time.UTC))
		for at.Year() < 2041 {
			next := p.next(at)
			if gap := next.Sub(at); gap < 22*time.Hour || gap > 26*time.Hour {
				t.Fatalf("after %v comes %v", at, next)
			}
			if back := p.latest(next.Add(-time.Millisecond)); !back.Equal(at) {
				t.Fatalf("latest before %v = %v, want %v", next, back, at)
			}
			if same := p.latest(next); !same.Equal(next) {
				t.Fatalf("latest at %v = %v", next, same)
			}
			at = next
		}
	}
}

func TestPlanInWords(t *testing.T) {
	for _, tc := range []struct {
		plan Plan
		want string
	}{
		{Daily(8, 0, time.UTC), "elke dag om 8.00 uur"},
		{Every(10 * time.Minute), "elke 10 minuten"},
		{Every(2 * time.Hour), "elke 2 uur"},
	} {
		t.Run(tc.want, func(t *testing.T) {
			if got := tc.plan.String(); got != tc.want {
				t.Errorf("String = %q, want %q", got, tc.want)
			}
		})
	}
}
