package textindex

import (
	"bytes"
	"fmt"
	"strings"
	"sync"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/registry"
)

// formatVersion goes up when the same tables lead to other features or fields.
const formatVersion = 1

// The fields of an entry.
const (
	fieldKind  = "k"
	fieldTitle = "t" // features of the title
	fieldAll   = "a" // features of title, body and tags
)

const analyzerName = "ruggespraak_features"

// entry is what bleve keeps of a document: features, one a line. They are sets,
// so an entry can be read back from the index as it was written.
type entry struct {
	Kind  string `json:"k"`
	Title string `json:"t"`
	All   string `json:"a"`
}

func entryOf(d Doc) entry {
	title := analyse(d.Title)
	rest := analyse(d.Body + "\n" + strings.Join(d.Tags, "\n"))
	all := title.clone()
	all.merge(rest)
	return entry{Kind: d.Kind, Title: title.lines(), All: all.lines()}
}

// terms gathers what bleve reads back of one document.
type terms struct{ kind, title, all []string }

// add takes one term of one field.
func (t *terms) add(field string, term []byte) {
	switch field {
	case fieldKind:
		t.kind = append(t.kind, string(term))
	case fieldTitle:
		t.title = append(t.title, string(term))
	case fieldAll:
		t.all = append(t.all, string(term))
	}
}

func (t *terms) entry() entry {
	return entry{Kind: strings.Join(t.kind, "\n"), Title: strings.Join(t.title, "\n"), All: strings.Join(t.all, "\n")}
}

// lineAnalyzer takes each line for a term: the analysis has been done before.
type lineAnalyzer struct{}

// Analyze implements bleve's Analyzer.
func (lineAnalyzer) Analyze(input []byte) analysis.TokenStream {
	var stream analysis.TokenStream
	start := 0
	for line := range bytes.SplitSeq(input, []byte{'\n'}) {
		if len(line) > 0 {
			stream = append(stream, &analysis.Token{Term: line, Start: start, End: start + len(line), Position: len(stream) + 1})
		}
		start += len(line) + 1
	}
	return stream
}

// registerAnalyzer makes bleve know the analyzer; a second registration under
// one name would be a programmer's mistake.
var registerAnalyzer = sync.OnceFunc(func() {
	err := registry.RegisterAnalyzer(analyzerName, func(map[string]any, *registry.Cache) (analysis.Analyzer, error) {
		return lineAnalyzer{}, nil
	})
	if err != nil {
		panic(fmt.Sprintf("textindex: %v", err))
	}
})

// newMapping keeps no text and no positions: only which features a document has.
func newMapping() mapping.IndexMapping {
	registerAnalyzer()
	doc := bleve.NewDocumentStaticMapping()
	for _, name := range []string{fieldKind, fieldTitle, fieldAll} {
		f := bleve.NewTextFieldMapping()
		f.Analyzer = analyzerName
		f.Store = false
		f.IncludeTermVectors = false
		f.IncludeInAll = false
		f.DocValues = true
		doc.AddFieldMappingsAt(name, f)
	}
	m := bleve.NewIndexMapping()
	m.DefaultMapping = doc
	m.DefaultAnalyzer = analyzerName
	return m
}
