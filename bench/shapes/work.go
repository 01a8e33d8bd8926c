package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"runtime/coverage"
)

// work tells how many statements f executes in the packages that the program was
// built to count. It is the same on each machine, busy or not.
func work(f func()) (uint64, error) {
	if err := coverage.ClearCounters(); err != nil {
		return 0, fmt.Errorf("build with -cover -covermode=atomic and -coverpkg: %w", err)
	}
	f()
	var out bytes.Buffer
	if err := coverage.WriteCounters(&out); err != nil {
		return 0, err
	}
	return sum(out.Bytes())
}

// sum adds up the counters in coverage data: a header of the file, a header of
// the one segment, its strings, then for each function its number of counters,
// package and number, and the counters (Go's internal/coverage/defs.go).
func sum(data []byte) (uint64, error) {
	const fileHeader, segmentHeader = 32, 16
	if len(data) < fileHeader+segmentHeader || string(data[:4]) != "\x00cwm" {
		return 0, errors.New("this is not Go's coverage data")
	}
	const rawFlavour = 1
	raw := data[24] == rawFlavour
	segment := data[fileHeader:]
	functions := binary.LittleEndian.Uint64(segment)
	texts := binary.LittleEndian.Uint32(segment[8:]) + binary.LittleEndian.Uint32(segment[12:])
	rest := segment[(segmentHeader+int(texts)+3)&^3:]
	next := func() (v uint64) {
		if raw {
			v, rest = uint64(binary.LittleEndian.Uint32(rest)), rest[4:]
			return v
		}
		v, n := binary.Uvarint(rest)
		rest = rest[max(n, 1):]
		return v
	}
	var total uint64
	for range functions {
		counters := next()
		_, _ = next(), next()
		for range counters {
			total += next()
		}
	}
	return total, nil
}
