// Package bench_test tests how the benchmarks are run. It stores nothing.
package bench_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestBenchFailsAsItsBenchmarksDo runs the target with a go command that says
// what a run of benchmarks says, and ends as it ends.
func TestBenchFailsAsItsBenchmarksDo(t *testing.T) {
	if _, err := exec.LookPath("make"); err != nil {
		t.Skip("make is missing")
	}
	for _, tc := range []struct {
		name, said, end string
		wantEnd         int
		want            []string
	}{
		{
			name: "passed", end: "0",
			said:    "goos: linux\nBenchmarkLine\nBenchmarkLine-2 1 5 ns/op\nbroken lines\nPASS\nok  ruggespraak/cmd/app 1s\n",
			wantEnd: 0,
			want:    []string{"BenchmarkLine", "BenchmarkLine-2 1 5 ns/op", "ok  ruggespraak/cmd/app 1s"},
		},
		{
			name: "failed", end: "1",
			said:    "goos: linux\nBenchmarkLine\n--- FAIL: BenchmarkLine\n    line_bench_test.go:9: 3 lost\nFAIL\nFAIL ruggespraak/cmd/app 1s\n",
			wantEnd: 2, // make's own
			want:    []string{"BenchmarkLine", "--- FAIL: BenchmarkLine", "    line_bench_test.go:9: 3 lost", "FAIL", "FAIL ruggespraak/cmd/app 1s"},
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			folder := t.TempDir()
			script := "#!/bin/sh\ncat <<'E'\n" + tc.said + "E\nexit " + tc.end + "\n"
			if err := os.WriteFile(filepath.Join(folder, "go"), []byte(script), 0o700); err != nil {
				t.Fatal(err)
			}
			run := exec.Command("make", "--silent", "-C", "..", "bench")
			run.Env = append(os.Environ(), "PATH="+folder+":"+os.Getenv("PATH"), "MAKEFLAGS=--no-print-directory")
			out, err := run.Output()
			if run.ProcessState == nil {
				t.Fatal(err)
			}
			lines := strings.Split(strings.TrimRight(string(out), "\n"), "\n")
			if end := run.ProcessState.ExitCode(); end != tc.wantEnd || !slices.Equal(lines, tc.want) {
				t.Errorf("make bench ends with %d and says %q, want %d and %q", end, lines, tc.wantEnd, tc.want)
			}
		})
	}
}
