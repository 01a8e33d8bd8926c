package fault_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ruggespraak/internal/fault"
)

func TestKindOf(t *testing.T) {
	for _, tc := range []struct {
		name string
		err  error
		want fault.Kind
	}{
		{"nil", nil, fault.Internal},
		{"another error", errors.New("disk"), fault.Internal},
		{"a fault", fault.NotFoundError(), fault.NotFound},
		{"a wrapped fault", fmt.Errorf("read bundle: %w", fault.ForbiddenError()), fault.Forbidden},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := fault.KindOf(tc.err); got != tc.want {
				t.Errorf("KindOf(%v) = %v, want %v", tc.err, got, tc.want)
			}
		})
	}
}

func TestFormKeepsFieldsInOrder(t *testing.T) {
	var f fault.Form
	if err := f.Err("leeg"); err != nil {
		t.Fatalf("Err of an empty form = %v, want nil", err)
	}
	f.Require(false, "tekst", "Schrijf wat u ziet.")
	f.Require(true, "titel", "Geef een titel.")
	f.Add("thema", "Kies een thema.")
	want := []fault.Field{{Name: "tekst", Sentence: "Schrijf wat u ziet."}, {Name: "thema", Sentence: "Kies een thema."}}
	err := fmt.Errorf("submit: %w", f.Err("Uw inbreng is nog niet ingediend"))
	if diff := cmp.Diff(want, fault.Fields(err)); diff != "" {
		t.Errorf("Fields (-want +got):\n%s", diff)
	}
	if !fault.Is(err, fault.Invalid) {
		t.Errorf("Is(%v, Invalid) = false, want true", err)
	}
}
