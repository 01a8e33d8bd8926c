package textindex

import (
	"encoding/binary"
	"flag"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var writeSpace = flag.Bool("space", false, "write space.bin anew from the texts of testdata")

// How the space is made.
const (
	leastConcept = 2 // texts that a concept must be in
	leastStem    = 2 // texts that a stem must be in
	stemPull     = 1.0
	queryTimes   = 2  // a paraphrase stands in the text as often as the title
	spare        = 10 // directions beside those that are kept, for a sharper result
	rounds       = 8  // each makes the directions more exact
)

// TestSpaceIsMadeOfTheTexts keeps space.bin in step with the tables and the texts:
// features move when either changes. With -space it writes the file.
func TestSpaceIsMadeOfTheTexts(t *testing.T) {
	made := makeSpace(t)
	if *writeSpace {
		if err := os.WriteFile("space.bin", []byte(made), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	names, rows, _ := strings.Cut(made, "\n\n")
	now := loadSpace()
	if !slices.Equal(now.names, strings.Split(names, "\n")) {
		t.Fatal("space.bin has other features than the texts lead to: go test ./internal/textindex -run Space -space")
	}
	// The directions themselves may turn; what stands near what may not.
	for i := range 200 {
		a, b := i*7%len(now.names), i*i*13%len(now.names)
		was, is := together(now.rows, a, b), together(rows, a, b)
		if math.Abs(was-is) > 0.05 {
			t.Fatalf("%s and %s are %.2f near in space.bin, %.2f by the texts: go test ./internal/textindex -run Space -space", now.names[a], now.names[b], was, is)
		}
	}
}

func together(rows string, a, b int) float64 {
	var p, q place
	p.add(rows[a*spaceRow:(a+1)*spaceRow], 1)
	q.add(rows[b*spaceRow:(b+1)*spaceRow], 1)
	return p.nearness([]byte(q.pack()))
}

// makeSpace returns what space.bin should hold.
func makeSpace(t *testing.T) string {
	t.Helper()
	texts := spaceTexts(t)
	in := map[string]int{}
	for _, text := range texts {
		for f := range text {
			in[f]++
		}
	}
	var names []string
	for f, n := range in {
		if f[0] == markConcept && n >= leastConcept || f[0] != markConcept && f[0] != markStart && n >= leastStem {
			names = append(names, f)
		}
	}
	slices.Sort(names)
	at := map[string]int{}
	pull := make([]float64, len(names))
	for i, f := range names {
		at[f] = i
		pull[i] = spacePull(f) * math.Log(float64(len(texts)+1)/(float64(in[f])+0.5))
	}
	var m sparse
	for _, text := range texts {
		m = append(m, rowOf(text, at, pull))
	}
	directions := m.directions(len(names))
	return packSpace(names, directions, pull)
}

// spaceTexts are the features of each contribution of testdata with its
// paraphrases, and how often, and of each subject; not of what measures.
func spaceTexts(t *testing.T) []map[string]float64 {
	t.Helper()
	var texts []map[string]float64
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if measures(file) {
			continue // nothing is learned from it
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for block := range strings.SplitSeq(string(data), "\n= ") {
			lines := strings.Split(block, "\n")
			if strings.HasPrefix(block, "//") {
				continue
			}
			text := map[string]float64{}
			count := func(words string, times float64) {
				for _, u := range units(words) {
					for _, f := range u {
						text[f] += times
					}
				}
			}
			count(lines[1], 2)
			count(lines[2], 1)
			for _, line := range lines[3:] {
				if mark, query, _ := strings.Cut(line, " "); mark == "?" || mark == "!" {
					count(query, queryTimes)
				}
			}
			texts = append(texts, text)
		}
	}
	return append(texts, subjects(t)...)
}

// subjects are the lines of testdata/subjects.txt, words that are told together.
// A line is worth two texts: what stands in one is known to belong there.
func subjects(t *testing.T) (texts []map[string]float64) {
	t.Helper()
	data, err := os.ReadFile("testdata/subjects.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSpace(uncomment(line)); line == "" {
			continue
		}
		text := map[string]float64{}
		for _, u := range units(line) {
			for _, f := range u {
				text[f]++
			}
		}
		texts = append(texts, text, text)
	}
	return texts
}

// measures tells whether a file of testdata is there to measure.
func measures(file string) bool {
	return slices.ContainsFunc([]string{"half-", "everyday", "queries", "season-", "crowd", "subjects"}, func(name string) bool {
		return strings.Contains(file, name)
	})
}

func spacePull(f string) float64 {
	switch {
	case f == commonConcept:
		return commonShare
	case loadTables().wide[f]:
		return wideShare
	case f[0] == markConcept:
		return 1
	default:
		return stemPull
	}
}

// sparse is a matrix: a row a text, a column a feature.
type sparse []map[int]float64

func rowOf(text map[string]float64, at map[string]int, pull []float64) map[int]float64 {
	row, length := map[int]float64{}, 0.0
	for f, n := range text {
		if i, known := at[f]; known {
			row[i] = pull[i] * (1 + math.Log(n))
			length += row[i] * row[i]
		}
	}
	for i := range row {
		row[i] /= math.Sqrt(length)
	}
	return row
}

// directions returns, by feature, the largest directions of the texts: subspace
// iteration, then the eigenvectors of what is left.
func (m sparse) directions(features int) [][]float64 {
	const n = spaceSize + spare
	rng := rand.New(rand.NewPCG(1, 2))
	y := make([][]float64, features)
	for i := range y {
		y[i] = make([]float64, n)
		for j := range y[i] {
			y[i][j] = rng.NormFloat64()
		}
	}
	for range rounds {
		y = m.backAndForth(y)
		orthogonal(y)
	}
	z := m.times(y)
	gram := make([][]float64, n)
	for i := range gram {
		gram[i] = make([]float64, n)
		for _, row := range z {
			for j := range n {
				gram[i][j] += row[i] * row[j]
			}
		}
	}
	turn := eigenvectors(gram)
	for i, row := range y {
		turned := make([]float64, spaceSize)
		for j := range turned {
			for k, x := range row {
				turned[j] += x * turn[j][k]
			}
		}
		y[i] = turned
	}
	return y
}

// times is m y.
func (m sparse) times(y [][]float64) [][]float64 {
	z := make([][]float64, len(m))
	for r, row := range m {
		z[r] = make([]float64, len(y[0]))
		for _, i := range sortedKeys(row) {
			for j, x := range y[i] {
				z[r][j] += row[i] * x
			}
		}
	}
	return z
}

// backAndForth is m' m y.
func (m sparse) backAndForth(y [][]float64) [][]float64 {
	z := m.times(y)
	next := make([][]float64, len(y))
	for i := range next {
		next[i] = make([]float64, len(y[0]))
	}
	for r, row := range m {
		for i, x := range row {
			for j, v := range z[r] {
				next[i][j] += x * v
			}
		}
	}
	return next
}

func sortedKeys(row map[int]float64) []int {
	keys := make([]int, 0, len(row))
	for i := range row {
		keys = append(keys, i)
	}
	slices.Sort(keys)
	return keys
}

// orthogonal makes the columns of y of length one and at right angles (modified
// Gram-Schmidt).
func orthogonal(y [][]float64) {
	for j := range y[0] {
		for k := range j {
			dot := 0.0
			for _, row := range y {
				dot += row[j] * row[k]
			}
			for _, row := range y {
				row[j] -= dot * row[k]
			}
		}
		length := 0.0
		for _, row := range y {
			length += row[j] * row[j]
		}
		for _, row := range y {
			row[j] /= math.Sqrt(length)
		}
	}
}

// eigenvectors of a symmetric matrix, the largest value first (Jacobi).
func eigenvectors(a [][]float64) [][]float64 {
	n := len(a)
	v := make([][]float64, n)
	for i := range v {
		v[i] = make([]float64, n)
		v[i][i] = 1
	}
	for range 12 {
		for p := range n {
			for q := p + 1; q < n; q++ {
				if math.Abs(a[p][q]) < 1e-12 {
					continue
				}
				theta := (a[q][q] - a[p][p]) / (2 * a[p][q])
				tan := math.Copysign(1, theta) / (math.Abs(theta) + math.Sqrt(theta*theta+1))
				c := 1 / math.Sqrt(tan*tan+1)
				s := tan * c
				for k := range n {
					a[k][p], a[k][q] = c*a[k][p]-s*a[k][q], s*a[k][p]+c*a[k][q]
				}
				for k := range n {
					a[p][k], a[q][k] = c*a[p][k]-s*a[q][k], s*a[p][k]+c*a[q][k]
					v[p][k], v[q][k] = c*v[p][k]-s*v[q][k], s*v[p][k]+c*v[q][k]
				}
			}
		}
	}
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int {
		switch {
		case a[i][i] > a[j][j]:
			return -1
		case a[i][i] < a[j][j]:
			return 1
		}
		return 0
	})
	sorted := make([][]float64, n)
	for i, k := range order {
		sorted[i] = v[k]
	}
	return sorted
}

func packSpace(names []string, directions [][]float64, pull []float64) string {
	var b strings.Builder
	b.WriteString(strings.Join(names, "\n") + "\n\n")
	for i, row := range directions {
		var p place
		most := 0.0
		for j, x := range row {
			p[j] = x * pull[i]
			most = max(most, math.Abs(p[j]))
		}
		if most == 0 {
			most = 1
		}
		var scale [4]byte
		binary.LittleEndian.PutUint32(scale[:], math.Float32bits(float32(most/placeMost)))
		b.Write(scale[:])
		for _, x := range p {
			b.WriteByte(byte(placeZero + int(math.Round(placeMost*x/most))))
		}
	}
	return b.String()
}

// TestPlaceBringsTogetherWhatSharesNoFeature: the space knows that these are told
// together, and that those are not.
func TestPlaceBringsTogetherWhatSharesNoFeature(t *testing.T) {
	at := func(text string) place {
		p, found := placeOf(analyse(text), nil)
		if !found {
			t.Fatalf("%q stands nowhere", text)
		}
		return p
	}
	query := at("zijn pinpas werd misbruikt")
	alike, other := at("geldezels en katvangers zonder inkomen"), at("de tolk spreekt een andere taal")
	if near, far := query.nearness([]byte(alike.pack())), query.nearness([]byte(other.pack())); near < 2*far || near < 0.3 {
		t.Errorf("nearness = %.2f to what is told with it, %.2f to what is not", near, far)
	}
}

// TestPackedPlaceEndsNoValue: byte 255 ends a value in the index.
func TestPackedPlaceEndsNoValue(t *testing.T) {
	p, _ := placeOf(analyse("de tolk zegt steeds op het laatste moment af"), nil)
	packed := p.pack()
	if len(packed) != spaceSize || strings.Contains(packed, "\xff") {
		t.Errorf("packed = %q", packed)
	}
	if near := p.nearness([]byte(packed)); near < 0.999 {
		t.Errorf("a place is %.4f near to itself", near)
	}
	if nowhere, found := placeOf(features{}, nil); found || nowhere.pack() != "" {
		t.Error("no features stand somewhere")
	}
}
