package memory

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// Only what the file holds in full may be given back: pages that somebody wrote to
// would be lost.
func TestSegmentsAreMappedFromTheProgramAndReadOnly(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	maps, err := os.ReadFile("/proc/self/maps")
	if err != nil {
		t.Fatal(err)
	}
	all := segments()
	if len(all) == 0 {
		t.Skip("this program may stand anywhere in memory")
	}
	for _, s := range all {
		if !mapped(string(maps), self, s) {
			t.Errorf("%x and %d bytes on: not mapped from %s for reading only", s.at, s.size, self)
		}
	}
}

func mapped(maps, self string, s segment) bool {
	for line := range strings.Lines(maps) {
		var from, until uintptr
		var rights string
		_, err := fmt.Sscanf(line, "%x-%x %s", &from, &until, &rights)
		if err == nil && strings.HasSuffix(strings.TrimSpace(line), self) && from <= s.at && s.at+s.size <= until {
			return !strings.Contains(rights, "w")
		}
	}
	return false
}

// The program goes on: code that was given back comes again.
func TestReleaseLeavesTheProgramAsItIs(t *testing.T) {
	before := fmt.Sprint(segments())
	Release()
	if after := fmt.Sprint(segments()); after != before {
		t.Errorf("segments %s, before %s", after, before)
	}
}
