package guard

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

type lineReport struct {
	Verdict  string        `json:"oordeel"`
	Findings []lineFinding `json:"vondsten"`
}

type lineFinding struct {
	Rule  string `json:"regel"`
	Level string `json:"niveau"`
	Start int    `json:"van"`
	End   int    `json:"tot"`
}

// Lines reads texts, one a line, and writes one JSON line for each: the verdict and the findings, with
// places in characters. It returns the error of reading or writing.
func Lines(g *Guard, in io.Reader, out io.Writer) error {
	r := bufio.NewReader(in)
	w := bufio.NewWriter(out)
	enc := json.NewEncoder(w)
	for {
		text, err := r.ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("read texts: %w", err)
		}
		if text == "" && err != nil {
			break
		}
		text = strings.TrimSuffix(strings.TrimSuffix(text, "\n"), "\r")
		if werr := enc.Encode(lineOf(g.Check(text, Options{}))); werr != nil {
			return fmt.Errorf("write report: %w", werr)
		}
		if err != nil {
			break
		}
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return nil
}

func lineOf(r Report) lineReport {
	out := lineReport{Verdict: r.Verdict.String(), Findings: make([]lineFinding, 0, len(r.Findings))}
	for _, f := range r.Findings {
		out.Findings = append(out.Findings, lineFinding{Rule: f.Rule, Level: f.Level.String(), Start: f.Start, End: f.End})
	}
	return out
}
