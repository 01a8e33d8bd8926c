package nl_test

import (
	"testing"
	"time"

	"ruggespraak/frontend/nl"
)

func TestDates(t *testing.T) {
	// 23.30 UTC on 15 September is already the 16th in Amsterdam.
	late := time.Date(2019, time.September, 15, 23, 30, 0, 0, time.UTC)
	winter := time.Date(2026, time.March, 1, 9, 5, 0, 0, time.UTC)
	tests := []struct {
		name, got, want string
	}{
		{"Datum", nl.Datum(late), "16 september 2019"},
		{"DatumKort", nl.DatumKort(late), "16 september"},
		{"DatumDag", nl.DatumDag(late), "maandag 16 september 2019"},
		{"Dag", nl.Dag(late), "maandag"},
		{"DagKort", nl.DagKort(late), "ma"},
		{"Maand", nl.Maand(late), "september"},
		{"MaandKort", nl.MaandKort(late), "sep"},
		{"MaandKort of March", nl.MaandKort(winter), "mrt"},
		{"Uur in summer", nl.Uur(late), "01.30 uur"},
		{"Uur in winter", nl.Uur(winter), "10.05 uur"},
		{"DatumUur", nl.DatumUur(winter), "zondag 1 maart 2026, 10.05 uur"},
		{"DatumISO", nl.DatumISO(late), "2019-09-16"},
		{"UurISO in summer", nl.UurISO(late), "2019-09-16T01:30+02:00"},
		{"UurISO in winter", nl.UurISO(winter), "2026-03-01T10:05+01:00"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			if tc.got != tc.want {
				t.Errorf("%s = %q, want %q", tc.name, tc.got, tc.want)
			}
		})
	}
}

func TestAantal(t *testing.T) {
	tests := []struct {
		n    int
		want string
	}{
		{0, "0 dagen"}, {1, "1 dag"}, {2, "2 dagen"}, {43, "43 dagen"},
		{999, "999 dagen"}, {1000, "1.000 dagen"}, {1234567, "1.234.567 dagen"}, {-1, "-1 dag"}, {-1500, "-1.500 dagen"},
	}
	for _, tc := range tests {
		if got := nl.Aantal(tc.n, "dag", "dagen"); got != tc.want {
			t.Errorf("Aantal(%d) = %q, want %q", tc.n, got, tc.want)
		}
	}
}

func TestOpsomming(t *testing.T) {
	tests := []struct {
		words []string
		want  string
	}{
		{nil, ""},
		{[]string{"een leeftijd"}, "een leeftijd"},
		{[]string{"een leeftijd", "een plaats"}, "een leeftijd en een plaats"},
		{[]string{"een leeftijd", "een plaats", "een datum"}, "een leeftijd, een plaats en een datum"},
	}
	for _, tc := range tests {
		if got := nl.Opsomming(tc.words); got != tc.want {
			t.Errorf("Opsomming(%q) = %q, want %q", tc.words, got, tc.want)
		}
	}
}

func TestHoofdletter(t *testing.T) {
	tests := []struct{ in, want string }{{"", ""}, {"maandag", "Maandag"}, {"één plaats", "Één plaats"}}
	for _, tc := range tests {
		if got := nl.Hoofdletter(tc.in); got != tc.want {
			t.Errorf("Hoofdletter(%q) = %q, want %q", tc.in, got, tc.want)
		}
	}
}
