package guard

import (
	"regexp/syntax"
	"slices"
	"strings"
)

// mostTexts is how many texts are put together from the pieces of a pattern, at most: with fewer, ages
// behind a word for a person are sought in most texts.
const mostTexts = 400

// needOf reads what a pattern needs.
func needOf(pattern string) *need {
	texts, n := readNeed(parsed(pattern))
	if texts != nil {
		return oneOf(texts)
	}
	return n
}

func parsed(pattern string) *syntax.Regexp {
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		panic(err) // a pattern of ours
	}
	return re.Simplify()
}

// readNeed gives all texts that re can match or, where they are too many, nil and what each of them holds.
func readNeed(re *syntax.Regexp) ([]string, *need) {
	switch re.Op {
	case syntax.OpLiteral:
		return []string{strings.Map(shape, string(re.Rune))}, nil
	case syntax.OpCharClass:
		return classTexts(re.Rune), nil
	case syntax.OpWordBoundary:
		return []string{edge}, nil
	case syntax.OpEmptyMatch, syntax.OpBeginLine, syntax.OpEndLine, syntax.OpBeginText, syntax.OpEndText, syntax.OpNoWordBoundary:
		return []string{""}, nil
	case syntax.OpCapture:
		return readNeed(re.Sub[0])
	case syntax.OpQuest:
		return readNeedOfOne([]*syntax.Regexp{re.Sub[0], {Op: syntax.OpEmptyMatch}})
	case syntax.OpPlus, syntax.OpConcat:
		return readNeedOfRow(flat(re))
	case syntax.OpAlternate:
		return readNeedOfOne(re.Sub)
	}
	return nil, nil
}

// classTexts gives the characters of a small class; the digits are one.
func classTexts(ranges []rune) []string {
	var texts []string
	for i := 0; i < len(ranges); i += 2 {
		if ranges[i+1]-ranges[i] >= 10 {
			return nil
		}
		for r := ranges[i]; r <= ranges[i+1]; r++ {
			texts = append(texts, string(shape(r)))
		}
	}
	return distinct(texts)
}

// readNeedOfRow puts the texts of what follows each other together, as far as they stay few.
func readNeedOfRow(row []*syntax.Regexp) ([]string, *need) {
	texts, whole := []string{""}, true
	var needs []*need
	for _, re := range row {
		next, n := readNeed(re)
		if next != nil && len(texts)*len(next) <= mostTexts {
			texts = joinEach(texts, next)
			continue
		}
		needs = append(needs, oneOf(texts), n)
		if texts, whole = next, false; next == nil {
			texts = []string{""}
		}
	}
	if whole {
		return texts, nil
	}
	return nil, allOf(append(needs, oneOf(texts)))
}

// flat gives the pieces of a row, those of a row inside of it too. What is repeated stands there once, with
// anything behind it.
func flat(re *syntax.Regexp) []*syntax.Regexp {
	switch re.Op {
	case syntax.OpPlus:
		return append(flat(re.Sub[0]), &syntax.Regexp{Op: syntax.OpStar})
	case syntax.OpConcat:
		var row []*syntax.Regexp
		for _, piece := range re.Sub {
			row = append(row, flat(piece)...)
		}
		return row
	}
	return []*syntax.Regexp{re}
}

func joinEach(heads, tails []string) []string {
	out := make([]string, 0, len(heads)*len(tails))
	for _, h := range heads {
		for _, t := range tails {
			out = append(out, h+t)
		}
	}
	return distinct(out)
}

func readNeedOfOne(choices []*syntax.Regexp) ([]string, *need) {
	var texts []string
	var needs []*need
	for _, re := range choices {
		t, n := readNeed(re)
		if t == nil && n == nil {
			return nil, nil
		}
		texts = append(texts, t...)
		if t == nil {
			needs = append(needs, n)
		}
	}
	if texts = distinct(texts); needs == nil && len(texts) <= mostTexts {
		return texts, nil
	}
	if texts != nil {
		needs = append(needs, oneOf(texts))
	}
	if slices.Contains(needs, nil) {
		return nil, nil
	}
	return nil, &need{parts: needs, one: true}
}

// oneOf needs one of the texts. A text that holds another adds nothing.
func oneOf(texts []string) *need {
	words := make([]string, len(texts))
	for i, t := range texts {
		words[i] = edged(t)
	}
	words = distinct(words)
	slices.SortStableFunc(words, func(a, b string) int { return len(a) - len(b) })
	n := &need{one: true}
	for _, w := range words {
		if w == "" {
			return nil
		}
		if !slices.ContainsFunc(n.parts, func(p *need) bool { return strings.Contains(w, p.word) }) {
			n.parts = append(n.parts, &need{word: w})
		}
	}
	return n
}

// edged keeps the edges at both ends, where a letter or digit stands inside of them.
func edged(text string) string {
	word := strings.ReplaceAll(text, edge, "")
	if word == "" {
		return ""
	}
	first, last := inWord(word[0]), inWord(word[len(word)-1])
	if first && strings.HasPrefix(text, edge) {
		word = edge + word
	}
	if last && strings.HasSuffix(text, edge) {
		word += edge
	}
	return word
}

// allOf needs all of the parts; what is the least to look for comes first.
func allOf(parts []*need) *need {
	parts = slices.DeleteFunc(parts, func(n *need) bool { return n == nil })
	if len(parts) == 0 {
		return nil
	}
	slices.SortStableFunc(parts, func(a, b *need) int { return a.size() - b.size() })
	return &need{parts: parts}
}

// headsOf gives how the matches of a led pattern begin, by first byte.
func headsOf(pattern string) map[byte][]string {
	heads := map[byte][]string{}
	for _, h := range readHeads(parsed(pattern)) {
		word, ok := strings.CutPrefix(h, edge)
		if word = strings.ReplaceAll(word, edge, ""); !ok || word == "" || !inWord(word[0]) {
			panic("no word leads " + pattern)
		}
		heads[word[0]] = append(heads[word[0]], word)
	}
	return heads
}

// readHeads gives texts of which every match of re begins with one.
func readHeads(re *syntax.Regexp) []string {
	switch re.Op {
	case syntax.OpCapture:
		return readHeads(re.Sub[0])
	case syntax.OpAlternate:
		var heads []string
		for _, choice := range re.Sub {
			heads = append(heads, readHeads(choice)...)
		}
		return heads
	case syntax.OpConcat:
		heads := []string{""}
		for _, part := range re.Sub {
			texts, _ := readNeed(part)
			if texts == nil {
				return joinEach(heads, readHeads(part))
			}
			if len(heads)*len(texts) > mostTexts {
				break
			}
			heads = joinEach(heads, texts)
		}
		return heads
	}
	if texts, _ := readNeed(re); texts != nil {
		return texts
	}
	return []string{""}
}

func distinct(texts []string) []string {
	slices.Sort(texts)
	return slices.Compact(texts)
}
