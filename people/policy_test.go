package people_test

import (
	"encoding/csv"
	"os"
	"testing"

	"ruggespraak/people"
)

// TestPolicyIsTheMatrix holds every cell of the policy against the matrix,
// which was written from the same text by another hand.
func TestPolicyIsTheMatrix(t *testing.T) {
	f, err := os.Open("testdata/permission_matrix.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	cells, allowed := 0, 0
	objects := map[people.Object]bool{}
	for _, row := range rows[1:] {
		object, role, verb := people.Object(row[0]), people.Role(row[1]), people.Verb(row[2][0])
		want := row[3] == "allow"
		if got := people.May(role, object, verb); got != want {
			t.Errorf("May(%s, %s, %c) = %v, want %v", role, object, verb, got, want)
		}
		reads := verb == people.List || verb == people.Read
		if got := people.RedactionFor(role, object); want && reads && got != people.Redaction(row[4]) {
			t.Errorf("RedactionFor(%s, %s) = %q, want %q", role, object, got, row[4])
		}
		cells++
		if want {
			allowed++
		}
		objects[object] = true
	}
	if cells != 7074 || allowed != 1284 {
		t.Errorf("the matrix has %d cells, %d of them allow; want 7074 and 1284", cells, allowed)
	}
	for _, o := range people.Objects() {
		if !objects[o] {
			t.Errorf("the policy knows %s, the matrix does not", o)
		}
	}
}
