package guard

import (
	"bytes"
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// hidden stands for every byte that an earlier rule has taken. No rule matches it.
const hidden = 0x01

// scan is one text being read: normalised, with the way back to the runes of the text as given.
type scan struct {
	g      *Guard
	full   string  // normalised, never masked
	digits bool    // the text has a digit somewhere
	work   []byte  // normalised, found parts hidden
	low    []byte  // work in lower case, byte for byte as long
	shaped *shaped // low once more, as needs of patterns are sought in it
	from   []int32 // for each byte of work the rune of the given text where it comes from
	until  []int32 // and the rune after it
	breaks []int   // runes of the given text that end a line
	found  []Finding

	starts     []int        // cached starts of sentences, bytes
	placeSpots []spot       // cached places
	persons    map[int]bool // cached: the sentences that speak of a person
}

// newScan normalises: characters as Markdown shows them, NFKC, no zero-width characters or stray marks,
// one kind of space and hyphen, digits of every script as 0-9.
func newScan(g *Guard, text string) *scan {
	if !utf8.ValidString(text) {
		text = string([]rune(text)) // one rune for each bad byte, as the caller counts
	}
	sc := &scan{g: g, persons: map[int]bool{}}
	sc.work = make([]byte, 0, len(text)+16)
	sc.low = make([]byte, 0, len(text)+16)
	sc.from = make([]int32, 0, len(text)+16)
	sc.until = make([]int32, 0, len(text)+16)
	at, rune0 := 0, int32(0)
	for _, m := range escapes(text) {
		rune0 = sc.read(text[at:m[0]], rune0)
		at = m[1]
		until := rune0 + int32(utf8.RuneCountInString(text[m[0]:at]))
		sc.put(norm.NFKC.Bytes([]byte(html.UnescapeString(strings.TrimPrefix(text[m[0]:at], `\`)))), rune0, until)
		rune0 = until
	}
	sc.read(text[at:], rune0)
	sc.full = string(sc.work)
	sc.shaped = newShaped(sc.low)
	sc.digits = bytes.ContainsAny(sc.work, "0123456789")
	return sc
}

// escape is what Markdown shows as another character: «&#54;» is a 6, «\-» a hyphen.
var escape = compiled(`&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});|\\[!-/:-@\[-\x60{-~]`)

func escapes(text string) [][]int {
	if !strings.ContainsAny(text, `&\`) {
		return nil
	}
	return escape.FindAllStringIndex(text, -1)
}

// read appends text as it is, which begins at rune0, and gives the rune after it.
func (sc *scan) read(text string, rune0 int32) int32 {
	var it norm.Iter
	it.InitString(norm.NFKC, text)
	for at := 0; !it.Done(); {
		seg := it.Next()
		rune1 := rune0 + int32(utf8.RuneCountInString(text[at:it.Pos()]))
		at = it.Pos()
		sc.put(seg, rune0, rune1)
		rune0 = rune1
	}
	return rune0
}

// put appends one normalised segment that comes from the runes [from, until).
func (sc *scan) put(seg []byte, from, until int32) {
	for len(seg) > 0 {
		r, n := utf8.DecodeRune(seg)
		seg = seg[n:]
		r, keep := plain(r)
		if !keep {
			continue
		}
		if r == '\n' {
			sc.breaks = append(sc.breaks, int(from))
		}
		was := len(sc.work)
		sc.work = utf8.AppendRune(sc.work, r)
		sc.low = utf8.AppendRune(sc.low, lowerRune(r))
		for i := was; i < len(sc.work); i++ {
			sc.from = append(sc.from, from)
			sc.until = append(sc.until, until)
		}
	}
}

// plain maps one rune to its plain form; keep is false for runes that show nothing.
func plain(r rune) (_ rune, keep bool) {
	if r < utf8.RuneSelf {
		switch {
		case r == '\t' || r == '\r' || r == '\f' || r == '\v':
			return ' ', true
		case r == hidden:
			return ' ', true
		}
		return r, true
	}
	switch {
	case r >= 0x2010 && r <= 0x2015, r == 0x2212, r == 0x2043, r == 0xFE58, r == 0xFE63, r == 0xFF0D:
		return '-', true
	case r == '’', r == '‘', r == 'ʼ', r == '´', r == '′':
		return '\'', true
	case r == '“', r == '”', r == '„', r == '«', r == '»':
		return '"', true
	case r == 'İ': // its lower case would be longer
		return 'I', true
	case r == 'ı':
		return 'i', true
	case r == 0x2028, r == 0x2029, r == 0x85:
		return '\n', true
	case unicode.Is(unicode.Cf, r), unicode.Is(unicode.Mn, r), unicode.Is(unicode.Me, r), r == 0x034F, r == 0x115F, r == 0x1160, r == 0x3164, r == 0xFFA0:
		return 0, false
	case unicode.Is(unicode.Zs, r), r == 0x2800:
		return ' ', true
	case unicode.Is(unicode.Nd, r):
		return digitOf(r), true
	}
	return r, true
}

// digitOf gives 0-9 for a decimal digit of another script: each script has its ten in a row.
func digitOf(r rune) rune {
	v := rune('0')
	for unicode.Is(unicode.Nd, r-1) && v < '9' {
		r--
		v++
	}
	return v
}

// lowerRune keeps the number of bytes, so that one place counts for both forms of the text.
func lowerRune(r rune) rune {
	l := unicode.ToLower(r)
	if utf8.RuneLen(l) != utf8.RuneLen(r) {
		return r
	}
	return l
}

func lower(s string) string { return strings.Map(lowerRune, s) }

// add records a finding for the bytes [a, b) and hides them from later rules.
func (sc *scan) add(rule string, level Level, a, b int) {
	sc.note(rule, level, a, b)
	sc.hide(a, b)
}

// note records a finding and leaves the text readable for later rules.
func (sc *scan) note(rule string, level Level, a, b int) *Finding {
	f := Finding{Rule: rule, Level: level, Start: int(sc.from[a]), End: int(sc.until[b-1])}
	sc.found = append(sc.found, f)
	return &sc.found[len(sc.found)-1]
}

func (sc *scan) hide(a, b int) {
	for i := a; i < b; i++ {
		sc.work[i], sc.low[i], sc.shaped.text[i] = hidden, hidden, hidden
	}
}

// mentions says that one of the words, in lower case, stands in the text: a cheap question before an
// expensive pattern.
func (sc *scan) mentions(words ...string) bool {
	for _, w := range words {
		if bytes.Contains(sc.low, []byte(w)) {
			return true
		}
	}
	return false
}

// before gives up to n bytes of lower-case text left of i, as far as the line goes.
func (sc *scan) before(i, n int) string {
	a := max(0, i-n)
	s := string(sc.low[a:i])
	if k := strings.LastIndexByte(s, '\n'); k >= 0 {
		s = s[k+1:]
	}
	return s
}

// after gives up to n bytes of lower-case text right of i, as far as the line goes.
func (sc *scan) after(i, n int) string {
	s := string(sc.low[i:min(len(sc.low), i+n)])
	if k := strings.IndexByte(s, '\n'); k >= 0 {
		s = s[:k]
	}
	return s
}

// byteAt gives the byte at i, or a space outside the text.
func (sc *scan) byteAt(i int) byte {
	if i < 0 || i >= len(sc.work) {
		return ' '
	}
	return sc.work[i]
}

// alone says that [a, b) touches no letter or digit on either side.
func (sc *scan) alone(a, b int) bool {
	return !isWordByte(sc.byteAt(a-1)) && !isWordByte(sc.byteAt(b))
}

// isWordByte takes every byte of a multi-byte rune for a letter.
func isWordByte(c byte) bool {
	return isDigit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= utf8.RuneSelf
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// digitsOf keeps the digits of s.
func digitsOf(s []byte) string {
	out := make([]byte, 0, len(s))
	for _, c := range s {
		if isDigit(c) {
			out = append(out, c)
		}
	}
	return string(out)
}

// sentences gives the byte where each sentence begins, once a text.
func (sc *scan) sentences() []int {
	if sc.starts != nil {
		return sc.starts
	}
	s := sc.full
	sc.starts = append(sc.starts, 0)
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\n':
			sc.starts = append(sc.starts, i+1)
		case '.', '!', '?', ';':
			if sc.endsSentence(i) {
				sc.starts = append(sc.starts, i+1)
			}
		}
	}
	return sc.starts
}

// endsSentence says whether the mark at i closes a sentence, and not an abbreviation or an initial.
func (sc *scan) endsSentence(i int) bool {
	s, j := sc.full, i+1
	for j < len(s) && (s[j] == '"' || s[j] == '\'' || s[j] == ')') {
		j++
	}
	if j < len(s) && s[j] != ' ' {
		return false
	}
	for j < len(s) && s[j] == ' ' {
		j++
	}
	if j < len(s) && s[j] >= 'a' && s[j] <= 'z' {
		return false
	}
	if s[i] != '.' {
		return true
	}
	a := i
	for a > 0 && (isWordByte(s[a-1]) || s[a-1] == '.') && i-a < 16 {
		a--
	}
	word := lower(s[a:i])
	return !(len(word) == 1 && word[0] >= 'a') && !sc.g.lists.abbreviations[word]
}

const abbreviationWords = "geb mw mevr mej dhr drs dr mr ir ing prof nr nrs art ca evt bijv bv o.a d.w.z tel fam st o.l.v i.v.m t.a.v t.b.v m.b.t e.d enz no huisnr vnr bsnr jhr ds v.d v d j.p"

// sentenceOf gives the number of the sentence that holds byte i.
func (sc *scan) sentenceOf(i int) int {
	starts := sc.sentences()
	lo, hi := 0, len(starts)
	for lo+1 < hi {
		mid := (lo + hi) / 2
		if starts[mid] <= i {
			lo = mid
		} else {
			hi = mid
		}
	}
	return lo
}

// sentence gives the bytes of sentence n.
func (sc *scan) sentence(n int) (a, b int) {
	starts := sc.sentences()
	a, b = starts[n], len(sc.full)
	if n+1 < len(starts) {
		b = starts[n+1]
	}
	return a, b
}

func setOf(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}
