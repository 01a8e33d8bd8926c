package markdown

import (
	"fmt"
	"regexp"
	"strings"

	"ruggespraak/internal/fault"
)

// The limits of what is parsed. Each holds a shape on which goldmark takes
// quadratic time, far above what a person types; `make fuzz-markdown` looks for
// others by counting work.
const (
	maxBytes   = 100_000 // of one text
	maxDepth   = 16      // list, quote and footnote markers at the start of one line
	maxIndent  = 60      // columns of white space at the start of one line
	maxPipes   = 40      // in one line: columns of a table
	maxCells   = 10_000  // rows times columns, of all tables in one text
	maxEscapes = 500     // \| in lines with code, in one text: goldmark compares each with each
	maxParts   = 12_000  // lines with text, and the markers before it: each becomes tags
	maxNotes   = 500     // footnotes: goldmark looks for each mark in the whole list

	// goldmark looks for the counterpart of a marker through the whole paragraph.
	// The work, markers times bytes, summed over the paragraphs, may be this many
	// times the length of the text; a short text counts as one of minBytes.
	maxWork  = 180
	minBytes = 20_000
)

// Check tells whether source can be rendered in time linear in its length. It
// returns nil, or a fault of kind Invalid whose sentence a person may read. It
// looks at each byte a few times and does not parse. Safe for several goroutines.
func Check(source string) error { return check(source, breaks) }

// CheckArticle is Check for what [Article] and [ODT] render: there a footnote ends
// a paragraph too, so that a long list of sources passes.
func CheckArticle(source string) error { return check(source, articleBreaks) }

func check(source string, breaks *regexp.Regexp) error {
	if len(source) > maxBytes {
		return refuse("De tekst is te lang. Maak hem korter dan %d tekens.", maxBytes)
	}
	s := shape{breaks: breaks}
	// Only this ends a line for goldmark: a lone carriage return does not.
	for line := range strings.SplitSeq(source, "\n") {
		s.number++
		if err := s.add(line); err != nil {
			return err
		}
	}
	s.end()
	if s.work > maxWork*max(len(source), minBytes) {
		return refuse("Vanaf regel %d staan te veel opmaaktekens (* _ ~ ` [ ] < >) in één stuk tekst. Haal er een paar weg of zet er een lege regel tussen.", s.worst.first)
	}
	return nil
}

// shape is what is known of a text up to a line. It cuts the text in pieces that
// goldmark never parses as one; where it is not sure it takes two as one.
type shape struct {
	breaks  *regexp.Regexp
	number  int // of the line
	parts   int // so far
	cells   int // of all tables so far: goldmark fills short rows up
	escapes int // \| in lines with code so far
	notes   int // ]: so far
	work    int // of all pieces that ended
	worst   piece
	piece
}

// piece is some lines that goldmark may parse as one paragraph, or one table.
type piece struct {
	first   int // line number
	lines   int
	bytes   int
	markers int
	columns int
	head    string // the first line
	rows    bool   // surely a table: each row is parsed by itself
	table   bool   // maybe a table
	// numbered is for a list with numbers in which each line so far is an item or
	// is indented.
	numbered bool
}

func (p piece) work() int { return p.markers * p.bytes }

// add takes the next line.
func (s *shape) add(line string) error {
	if strings.Trim(line, " \t\r") == "" { // for goldmark no other space is empty
		s.end()
		return nil
	}
	if err := s.addStart(line); err != nil {
		return err
	}
	number := numberItem.MatchString(line)
	if s.breaks.MatchString(line) || number && s.piece.numbered {
		s.end()
	}
	if s.piece.lines == 0 {
		s.piece.first, s.piece.head, s.piece.numbered = s.number, line, number
	}
	s.piece.numbered = s.piece.numbered && (number || strings.HasPrefix(line, "    "))
	s.piece.lines++
	if err := s.count(line); err != nil {
		return err
	}
	return s.addTable(line)
}

// end closes the piece.
func (s *shape) end() {
	s.cut()
	s.piece = piece{}
}

// cut counts the piece so far and goes on with the same table.
func (s *shape) cut() {
	s.work += s.piece.work()
	if s.piece.work() > s.worst.work() {
		s.worst = s.piece
	}
	s.piece.bytes, s.piece.markers = 0, 0
}

// Lines that always end the paragraph before them: an empty quote, an item with a
// bullet, and in articles a footnote. With more white space each may be a part
// of it. An item with a number ends one in a list that began with a number, and
// not in a paragraph.
var (
	breaks        = regexp.MustCompile(`^( {0,3}>)+[ \t\r]*$|^ {0,3}[-+*] +\S`)
	articleBreaks = regexp.MustCompile(breaks.String() + `|^\[\^\w{1,100}\]: *\S`)
	numberItem    = regexp.MustCompile(`^[0-9]{1,9}[.)] +\S`)
)

// count takes the markers of a line into the piece.
func (s *shape) count(line string) error {
	s.piece.bytes += len(line) + 1
	s.piece.markers += countMarkers(line)
	if strings.Contains(line, "`") {
		s.escapes += strings.Count(line, `\|`)
	}
	if s.escapes > maxEscapes {
		return refuse("Tot en met regel %d staan te veel tekens \\| naast code in de tekst. Haal er een paar weg.", s.number)
	}
	s.notes += strings.Count(line, "]:")
	if s.notes > maxNotes {
		return refuse("Tot en met regel %d staan te veel voetnoten in de tekst. Maak er twee teksten van.", s.number)
	}
	return nil
}

// addTable counts the cells that goldmark may make of a line.
func (s *shape) addTable(line string) error {
	pipes := strings.Count(line, "|")
	if pipes > maxPipes {
		return refuse("De tabel op regel %d heeft te veel kolommen. Maak er twee tabellen van.", s.number)
	}
	s.piece.rows = s.piece.rows && strings.HasPrefix(line, "|") // after another line it may be a paragraph
	if s.piece.lines == 2 && startsTable(s.piece.head, line) {
		s.piece.rows, s.piece.columns = true, pipes-1
	}
	if !s.piece.rows {
		s.piece.columns = max(s.piece.columns, pipes+1)
	}
	s.piece.table = s.piece.table || delimiterRow(line)
	if s.piece.table {
		s.cells += s.piece.columns
	}
	if s.cells > maxCells {
		return refuse("De tabel vanaf regel %d is te groot. Maak hem korter.", s.piece.first)
	}
	if s.piece.rows {
		s.cut()
	}
	return nil
}

// startsTable tells whether these two lines, after an empty one, are the head of
// a table for goldmark too. Not all are found; what is found is one.
func startsTable(head, delimiter string) bool {
	return tableHead.MatchString(head) && tableDelimiter.MatchString(delimiter) &&
		strings.Count(head, "|") == strings.Count(delimiter, "|")
}

var (
	tableHead      = regexp.MustCompile(`^\|([^|\\]+\|)+[ \t\r]*$`)
	tableDelimiter = regexp.MustCompile(`^\|( *:?-+:? *\|)+[ \t\r]*$`)
)

// addStart refuses a line that opens too many lists and quotes at once, or that
// may continue as many by its white space.
func (s *shape) addStart(line string) error {
	markers, indent := lineStart(line)
	if markers > maxDepth {
		return refuse("Op regel %d staan te veel opsommingstekens of citaattekens achter elkaar. Haal er een paar weg.", s.number)
	}
	if indent > maxIndent {
		return refuse("Regel %d springt te ver in. Haal spaties aan het begin weg.", s.number)
	}
	s.parts += markers + 1
	if s.parts > maxParts {
		return refuse("Tot en met regel %d staan te veel korte regels en opsommingstekens. Maak er twee teksten van.", s.number)
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
			n := max(listMarker(line[i:]), noteMarker(line[i:]))
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

// noteMarker returns the length of the start of a footnote's text, or 0.
func noteMarker(s string) int {
	if !strings.HasPrefix(s, "[^") {
		return 0
	}
	if i := strings.Index(s, "]:"); i > 0 {
		return i + 2
	}
	return 0
}

// countMarkers counts what goldmark may have to look for a counterpart of:
// emphasis marks, runs of code marks, brackets, angle brackets.
func countMarkers(line string) int {
	n := 0
	var last byte
	for i := range len(line) {
		c := line[i]
		switch c {
		case '[', ']', '<', '*', '_', '~':
			n++
		case '`':
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
	return strings.Trim(line, "|-: \t\r>") == "" && strings.Contains(line, "-")
}

func refuse(sentence string, args ...any) error {
	return fault.New(fault.Invalid, fmt.Sprintf(sentence, args...))
}
