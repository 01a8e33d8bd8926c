package markdown

import (
	"fmt"
	"strings"

	"ruggespraak/internal/fault"
)

// The limits of what is parsed. Each holds a shape on which goldmark takes
// quadratic time, far above what a person types.
const (
	maxBytes   = 100_000 // of one text
	maxDepth   = 16      // list and quote markers at the start of one line
	maxIndent  = 60      // columns of white space at the start of one line
	maxMarkers = 600     // markup characters between two empty lines
	maxPipes   = 40      // in one line: columns of a table
	maxCells   = 10_000  // rows times columns, of all tables in one text
	maxNotes   = 500     // footnotes: goldmark looks for each mark in the whole list
)

// Check tells whether source can be rendered in time linear in its length. It
// returns nil, or a fault of kind Invalid whose sentence a person may read. It
// looks at each byte once and does not parse. Safe for several goroutines.
func Check(source string) error {
	if len(source) > maxBytes {
		return refuse("De tekst is te lang. Maak hem korter dan %d tekens.", maxBytes)
	}
	var block shape
	number := 0
	for line := range strings.SplitSeq(strings.ReplaceAll(source, "\r", "\n"), "\n") {
		number++
		if err := checkStart(line, number); err != nil {
			return err
		}
		if strings.Trim(line, " \t>") == "" {
			block = shape{cells: block.cells}
			continue
		}
		if block.lines == 0 {
			block.first = number
		}
		if err := block.add(line, number); err != nil {
			return err
		}
	}
	return nil
}

// checkArticle is Check, and what footnotes add to it.
func checkArticle(source string) error {
	notes := 0
	for i := range len(source) {
		if strings.HasPrefix(source[i:], "]:") {
			notes++
		}
		if notes > maxNotes {
			return refuse("De tekst heeft te veel voetnoten. Maak er twee teksten van.")
		}
	}
	return Check(source)
}

// checkStart refuses a line that opens too many lists and quotes at once, or
// that may continue as many by its white space.
func checkStart(line string, number int) error {
	markers, indent := lineStart(line)
	if markers > maxDepth {
		return refuse("Op regel %d staan te veel opsommingstekens of citaattekens achter elkaar. Haal er een paar weg.", number)
	}
	if indent > maxIndent {
		return refuse("Regel %d springt te ver in. Haal spaties aan het begin weg.", number)
	}
	return nil
}

// lineStart counts the container markers and the columns of white space before
// the first other character of line.
func lineStart(line string) (markers, indent int) {
	for i := 0; i < len(line); {
		switch c := line[i]; {
		case c == ' ':
			indent++
			i++
		case c == '\t':
			indent += 4
			i++
		case c == '>':
			markers++
			i++
		default:
			n := listMarker(line[i:])
			if n == 0 {
				return markers, indent
			}
			markers++
			i += n
		}
	}
	return markers, indent
}

// listMarker returns the length of the bullet or number that s starts with, or 0.
func listMarker(s string) int {
	n := 0
	for n < len(s) && n < 10 && '0' <= s[n] && s[n] <= '9' {
		n++
	}
	if n == len(s) {
		return 0
	}
	if n == 0 && !strings.ContainsRune("-+*", rune(s[0])) || n > 0 && s[n] != '.' && s[n] != ')' {
		return 0
	}
	if n+1 < len(s) && s[n+1] != ' ' && s[n+1] != '\t' {
		return 0
	}
	return n + 1
}

// shape is what is known of the lines since the last empty one. goldmark may
// read them as several blocks; taking them as one errs on the safe side.
type shape struct {
	first   int // line number
	lines   int
	markers int
	columns int
	table   bool
	cells   int // of all tables so far: goldmark fills short rows up
}

func (s *shape) add(line string, number int) error {
	s.lines++
	s.markers += countMarkers(line)
	if s.markers > maxMarkers {
		return refuse("Vanaf regel %d staan te veel opmaaktekens (* _ ~ ` [ ] < >) zonder lege regel ertussen. Haal er een paar weg of zet er een lege regel tussen.", s.first)
	}
	pipes := strings.Count(line, "|")
	if pipes > maxPipes {
		return refuse("De tabel op regel %d heeft te veel kolommen. Maak er twee tabellen van.", number)
	}
	s.columns = max(s.columns, pipes+1)
	s.table = s.table || delimiterRow(line)
	if s.table {
		s.cells += s.columns
	}
	if s.cells > maxCells {
		return refuse("De tabel vanaf regel %d is te groot. Maak hem korter.", s.first)
	}
	return nil
}

// countMarkers counts what goldmark may have to look for a counterpart of: runs
// of emphasis and code marks, brackets, angle brackets.
func countMarkers(line string) int {
	n := 0
	var last byte
	for i := range len(line) {
		c := line[i]
		switch c {
		case '[', ']', '<', '!':
			n++
		case '*', '_', '~', '`':
			if c != last {
				n++
			}
		}
		last = c
	}
	return n
}

// delimiterRow tells whether line may be the row under a table's head.
func delimiterRow(line string) bool {
	return strings.Trim(line, "|-: \t>") == "" && strings.Contains(line, "-")
}

func refuse(sentence string, args ...any) error {
	return fault.New(fault.Invalid, fmt.Sprintf(sentence, args...))
}
