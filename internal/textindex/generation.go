package textindex

import (
	"context"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
	bolterrors "go.etcd.io/bbolt/errors"
)

// batchSize is how many documents are written at once.
const batchSize = 500

// generation is one bleve index. Rewriting makes the next one and drops the
// folder of the last, which leaves nothing behind by construction; merging
// bleve's segments would leave that to its own good time.
type generation struct {
	bleve  bleve.Index
	path   string // "" in memory
	number int
}

const (
	currentFile = "current"     // names the generation in use and its version
	folderStart = "generation-" // and a number
)

// openCurrent opens the generation that the file in dir names. Anything wrong
// with it but a lock that another process holds means: start empty.
func openCurrent(dir string) (g *generation, fresh bool, err error) {
	if dir == "" {
		g, err = newGeneration("", 1)
		return g, true, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, false, err
	}
	if number, ok := readCurrent(dir); ok {
		g, err := openGeneration(dir, number)
		if err == nil {
			return g, false, dropOthers(dir, number)
		}
		if errors.Is(err, bolterrors.ErrTimeout) {
			return nil, false, fmt.Errorf("in use by another process: %w", err)
		}
	}
	if err := dropOthers(dir, 0); err != nil {
		return nil, false, err
	}
	g, err = newGeneration(dir, 1)
	if err != nil {
		return nil, false, err
	}
	return g, true, writeCurrent(dir, 1)
}

func newGeneration(dir string, number int) (*generation, error) {
	if dir == "" {
		b, err := bleve.NewUsing("", newMapping(), scorch.Name, scorch.Name, nil)
		return &generation{bleve: b, number: number}, err
	}
	path := generationPath(dir, number)
	if err := os.RemoveAll(path); err != nil {
		return nil, err
	}
	b, err := bleve.NewUsing(path, newMapping(), scorch.Name, scorch.Name, diskConfig())
	return &generation{bleve: b, path: path, number: number}, err
}

// openGeneration turns a panic of a reader that met damaged bytes into an error.
func openGeneration(dir string, number int) (g *generation, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("damaged: %v", p)
		}
	}()
	registerAnalyzer()
	path := generationPath(dir, number)
	if err := checkSegments(path); err != nil {
		return nil, err
	}
	b, err := bleve.OpenUsing(path, diskConfig())
	if err != nil {
		return nil, err
	}
	return &generation{bleve: b, path: path, number: number}, nil
}

// checkSegments compares each segment with the checksum in its last four bytes.
// bleve itself passes over a segment that it cannot read and opens an older
// state, without a word to the caller.
func checkSegments(path string) error {
	files, err := filepath.Glob(filepath.Join(path, "store", "*.zap"))
	if err != nil {
		return err
	}
	for _, file := range files {
		if err := checkSegment(file); err != nil {
			return err
		}
	}
	return nil
}

func checkSegment(path string) (err error) {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	n := info.Size() - crc32.Size
	if n < 0 {
		return fmt.Errorf("damaged segment %s", filepath.Base(path))
	}
	sum := crc32.NewIEEE()
	if _, err := io.CopyN(sum, file, n); err != nil {
		return err
	}
	var want [crc32.Size]byte
	if _, err := io.ReadFull(file, want[:]); err != nil {
		return err
	}
	if sum.Sum32() != binary.BigEndian.Uint32(want[:]) {
		return fmt.Errorf("damaged segment %s", filepath.Base(path))
	}
	return nil
}

// diskConfig keeps no old snapshots. One process opens a folder; another is told
// so after the time-out instead of waiting for ever.
func diskConfig() map[string]any {
	return map[string]any{"numSnapshotsToKeep": 1, "bolt_timeout": "2s"}
}

// untidyKey says that documents were taken out since the index was written anew.
var untidyKey = []byte("untidy")

// remove takes documents out of the index.
func (g *generation) remove(ids []string) error {
	there, err := g.present(ids)
	if err != nil || len(there) == 0 {
		return err
	}
	batch := g.bleve.NewBatch()
	for _, id := range there {
		batch.Delete(id)
	}
	batch.SetInternal(untidyKey, []byte{1})
	if err := g.bleve.Batch(batch); err != nil {
		return fmt.Errorf("delete %d documents: %w", len(there), err)
	}
	return nil
}

// present gives those of the ids that the index has.
func (g *generation) present(ids []string) (there []string, err error) {
	if len(ids) == 0 {
		return nil, nil
	}
	advanced, err := g.bleve.Advanced()
	if err != nil {
		return nil, err
	}
	reader, err := advanced.Reader()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, reader.Close()) }()
	for _, id := range ids {
		internal, err := reader.InternalID(id)
		if err != nil {
			return nil, err
		}
		if internal != nil {
			there = append(there, id)
		}
	}
	return there, nil
}

// next makes a new generation, lets fill write to it, and makes it the current
// one of the folder.
func (g *generation) next(ctx context.Context, dir string, fill func(context.Context, *generation) error) (*generation, error) {
	next, err := newGeneration(dir, g.number+1)
	if err != nil {
		return nil, err
	}
	if err := fill(ctx, next); err != nil {
		return nil, errors.Join(err, next.discard())
	}
	if dir == "" {
		return next, nil
	}
	if err := writeCurrent(dir, next.number); err != nil {
		return nil, errors.Join(err, next.discard())
	}
	return next, nil
}

func (g *generation) copyEntries(ctx context.Context, next *generation) error {
	batch := next.bleve.NewBatch()
	err := g.each(ctx, func(id string, e entry) error {
		if err := add(batch, id, e); err != nil {
			return err
		}
		if batch.Size() < batchSize {
			return nil
		}
		defer batch.Reset()
		return next.bleve.Batch(batch)
	})
	if err != nil {
		return err
	}
	return next.bleve.Batch(batch)
}

// each calls f with every document.
func (g *generation) each(ctx context.Context, f func(id string, e entry) error) (err error) {
	advanced, err := g.bleve.Advanced()
	if err != nil {
		return err
	}
	reader, err := advanced.Reader()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, reader.Close()) }()
	docs, err := reader.DocIDReaderAll()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, docs.Close()) }()
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		internal, err := docs.Next()
		if err != nil || internal == nil {
			return err
		}
		if err := eachOne(reader, internal, f); err != nil {
			return err
		}
	}
}

func eachOne(r index.IndexReader, internal index.IndexInternalID, f func(string, entry) error) error {
	id, err := r.ExternalID(internal)
	if err != nil {
		return err
	}
	doc, err := r.Document(id)
	if err != nil || doc == nil {
		return err
	}
	var e entry
	doc.VisitFields(func(field index.Field) {
		if field.Name() == fieldEntry {
			e, err = readEntry(field.Value())
		}
	})
	if err != nil {
		return err
	}
	return f(id, e)
}

// add puts an entry in a batch.
func add(batch *bleve.Batch, id string, e entry) error {
	fields, err := e.fields()
	if err != nil {
		return err
	}
	return batch.Index(id, fields)
}

// discard closes g and removes its files.
func (g *generation) discard() error {
	err := g.bleve.Close()
	if g.path == "" {
		return err
	}
	return errors.Join(err, os.RemoveAll(g.path))
}

func generationPath(dir string, number int) string {
	return filepath.Join(dir, fmt.Sprintf("%s%06d", folderStart, number))
}

// readCurrent returns the number of the generation in use, and false when there
// is none of this version.
func readCurrent(dir string) (int, bool) {
	data, err := os.ReadFile(filepath.Join(dir, currentFile))
	if err != nil {
		return 0, false
	}
	number, version, _ := strings.Cut(strings.TrimSpace(string(data)), " ")
	n, err := strconv.Atoi(number)
	return n, err == nil && version == analysisVersion()
}

// writeCurrent names the generation in use in one step: a reader sees the old
// name or the new one.
func writeCurrent(dir string, number int) error {
	file := filepath.Join(dir, currentFile)
	line := fmt.Sprintf("%d %s\n", number, analysisVersion())
	if err := os.WriteFile(file+".new", []byte(line), 0o600); err != nil {
		return err
	}
	return os.Rename(file+".new", file)
}

// dropOthers removes every generation but the one with this number: what a crash
// while rewriting left.
func dropOthers(dir string, keep int) error {
	found, err := filepath.Glob(filepath.Join(dir, folderStart+"*"))
	if err != nil {
		return err
	}
	for _, path := range found {
		if path == generationPath(dir, keep) {
			continue
		}
		if err := os.RemoveAll(path); err != nil {
			return err
		}
	}
	return nil
}

// analysisVersion changes with the tables of the analysis and with bleve's files.
func analysisVersion() string {
	sum := tablesSum()
	return fmt.Sprintf("%d-%s", formatVersion, hex.EncodeToString(sum[:8]))
}
