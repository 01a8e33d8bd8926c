package textindex

import (
	"bytes"
	"encoding/json"
	"fmt"
	"sync"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/registry"
)

// formatVersion goes up when the same tables lead to other features or fields.
const formatVersion = 4

// The fields of an entry. What [Index.Similar] compares and what [Index.Find]
// looks for stand apart, so that neither changes the order of the other.
const (
	fieldKind  = "k"
	fieldTitle = "t"  // features of a contribution's title
	fieldAll   = "a"  // features of its title and body
	fieldFind  = "s_" // and the kind: what is searched, each with its weight
	fieldWords = "w"  // words as they are written, for slips of who types
	fieldDay   = "d"
	fieldTheme = "h"
	fieldPlace = "v" // where a contribution stands in the space, packed
	fieldEntry = "e" // the entry itself, kept to be written again
)

const (
	analyzerName       = "ruggespraak_features"
	weightAnalyzerName = "ruggespraak_weights"
	wholeAnalyzerName  = "ruggespraak_whole"
)

// entry is what is kept of a document: features, one a line, never text.
type entry struct {
	Kind  string `json:"k"`
	Title string `json:"t,omitempty"`
	All   string `json:"a,omitempty"`
	Find  string `json:"s"`
	Words string `json:"w"`
	Day   string `json:"d,omitempty"`
	Theme string `json:"h,omitempty"`
}

func entryOf(d Doc) entry {
	e := entry{Kind: d.Kind, Find: findable(d), Words: writtenWords(d), Day: d.Day, Theme: d.Theme}
	if d.Kind == KindContribution {
		title := analyse(d.Title)
		all := title.clone()
		all.merge(analyse(d.Body))
		e.Title, e.All = title.lines(), all.lines()
	}
	return e
}

// fields is the entry as bleve takes it.
func (e entry) fields() (map[string]string, error) {
	kept, err := json.Marshal(e)
	if err != nil {
		return nil, err
	}
	return map[string]string{
		fieldKind: e.Kind, fieldTitle: e.Title, fieldAll: e.All, fieldFind + e.Kind: e.Find,
		fieldWords: e.Words, fieldDay: e.Day, fieldTheme: e.Theme, fieldPlace: e.place(), fieldEntry: string(kept),
	}, nil
}

// place is where the entry stands in the space, packed; empty where it says
// nothing that the space knows.
func (e entry) place() string {
	p, found := placeOf(readFeatures(e.All), readFeatures(e.Title))
	if !found {
		return ""
	}
	return p.pack()
}

func readEntry(kept []byte) (e entry, err error) {
	err = json.Unmarshal(kept, &e)
	return e, err
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

// weightAnalyzer takes each line for a term that follows its weight, one byte:
// it counts as often as that.
type weightAnalyzer struct{}

// Analyze implements bleve's Analyzer.
func (weightAnalyzer) Analyze(input []byte) analysis.TokenStream {
	var stream analysis.TokenStream
	for line := range bytes.SplitSeq(input, []byte{'\n'}) {
		if len(line) < 2 {
			continue
		}
		token := analysis.Token{Term: line[1:]}
		for range line[0] - weightZero {
			stream = append(stream, &token)
		}
	}
	return stream
}

// wholeAnalyzer takes what it is given for one term.
type wholeAnalyzer struct{}

// Analyze implements bleve's Analyzer.
func (wholeAnalyzer) Analyze(input []byte) analysis.TokenStream {
	if len(input) == 0 {
		return nil
	}
	return analysis.TokenStream{&analysis.Token{Term: input, End: len(input), Position: 1}}
}

// registerAnalyzer makes bleve know the analyzers; a second registration under
// one name would be a programmer's mistake.
var registerAnalyzer = sync.OnceFunc(func() {
	for name, a := range map[string]analysis.Analyzer{analyzerName: lineAnalyzer{}, weightAnalyzerName: weightAnalyzer{}, wholeAnalyzerName: wholeAnalyzer{}} {
		err := registry.RegisterAnalyzer(name, func(map[string]any, *registry.Cache) (analysis.Analyzer, error) { return a, nil })
		if err != nil {
			panic(fmt.Sprintf("textindex: %v", err))
		}
	}
})

// newMapping keeps no positions: only which features a document has.
func newMapping() mapping.IndexMapping {
	registerAnalyzer()
	doc := bleve.NewDocumentStaticMapping()
	for _, name := range []string{fieldKind, fieldTitle, fieldAll, fieldWords, fieldDay, fieldTheme} {
		doc.AddFieldMappingsAt(name, newField(analyzerName))
	}
	for _, kind := range Kinds {
		doc.AddFieldMappingsAt(fieldFind+kind, newField(weightAnalyzerName))
	}
	where := newField(wholeAnalyzerName)
	where.DocValues = true
	doc.AddFieldMappingsAt(fieldPlace, where)
	kept := newField(analyzerName)
	kept.Index, kept.Store = false, true
	doc.AddFieldMappingsAt(fieldEntry, kept)
	m := bleve.NewIndexMapping()
	m.DefaultMapping = doc
	m.DefaultAnalyzer = analyzerName
	return m
}

func newField(analyzer string) *mapping.FieldMapping {
	f := bleve.NewTextFieldMapping()
	f.Analyzer = analyzer
	f.Store, f.IncludeTermVectors, f.IncludeInAll, f.DocValues = false, false, false, false
	return f
}
