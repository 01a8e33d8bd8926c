package app_test

import (
	"net/http"
	"testing"
)

// TestPeoplePagesAnswer asks every page about people as each role.
func TestPeoplePagesAnswer(t *testing.T) {
	t.Parallel()
	w := newApp(t)
	for _, tc := range []struct {
		path string
		as   []string
		want int
	}{
		{"/mijn-gegevens", []string{"c1", "chair", "som", "tf", "admin"}, http.StatusOK},
		{"/weergave", []string{"c1", "admin"}, http.StatusOK},
		{"/berichten", []string{"c1", "chair", "som", "tf", "admin"}, http.StatusOK},
		{"/accounts", []string{"admin", "chair"}, http.StatusOK},
		{"/accounts", []string{"c1", "som", "tf"}, http.StatusNotFound},
		{"/accounts/nieuw", []string{"admin"}, http.StatusOK},
		{"/accounts/logboek", []string{"admin"}, http.StatusOK},
		{"/accounts/logboek", []string{"chair", "c1", "som", "tf"}, http.StatusNotFound},
		{"/accounts/nieuw", []string{"chair"}, http.StatusForbidden},
		{"/accounts/c1", []string{"admin"}, http.StatusOK},
		{"/accounts/c1", []string{"c1", "som"}, http.StatusNotFound},
		{"/accounts/c1/sessies", []string{"admin"}, http.StatusOK},
		{"/accounts/c1/logboek", []string{"admin"}, http.StatusOK},
		{"/mijn-gegevens/sessies", []string{"c1", "som"}, http.StatusOK},
		{"/beheer", []string{"admin", "chair", "c1"}, http.StatusOK},
		{"/beheer", []string{"som", "tf"}, http.StatusNotFound},
		{"/beheer/organisaties/" + w.org[0], []string{"admin", "c1"}, http.StatusOK},
		{"/beheer/regios/" + w.reg[0], []string{"admin", "c1"}, http.StatusOK},
		{"/beheer/regios/bestaat-niet", []string{"admin"}, http.StatusNotFound},
		{"/berichten?na=onzin", []string{"c1"}, http.StatusNotFound},
		{"/inloggen", []string{"", "c1"}, 0},
	} {
		for _, account := range tc.as {
			a := w.as(account).get(tc.path)
			if tc.want != 0 && a.status != tc.want {
				t.Errorf("GET %s as %q = %d, want %d: %s", tc.path, account, a.status, tc.want, clip(text(a.body)))
			}
		}
	}
}
