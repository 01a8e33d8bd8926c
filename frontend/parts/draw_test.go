package parts

import "testing"

func TestWayClass(t *testing.T) {
	stops := []WayStop{{}, {}, {Back: true}, {Back: true}, {Back: true, Open: true}}
	want := []string{"", "is-turn", "is-back", "is-back is-before-open", "is-back is-open"}
	for i := range stops {
		if got := wayClass(stops, i); got != want[i] {
			t.Errorf("wayClass(stops, %d) = %q, want %q", i, got, want[i])
		}
	}
}

func TestLoopStation(t *testing.T) {
	tests := []struct {
		station, step int
		class, radius string
	}{
		{1, 1, "is-done", "4.5"},
		{2, 1, "", "2.8"},
		{4, 5, "is-done", "2.8"},
		{5, 5, "is-back", "4.5"},
		{6, 5, "", "2.8"},
		{6, 9, "is-back", "4.5"},
		{1, 0, "is-done", "4.5"},
	}
	for _, tc := range tests {
		class, radius := loopClass(tc.station, tc.step), loopRadius(tc.station, tc.step)
		if class != tc.class || radius != tc.radius {
			t.Errorf("station %d at step %d = %q %q, want %q %q", tc.station, tc.step, class, radius, tc.class, tc.radius)
		}
	}
}
