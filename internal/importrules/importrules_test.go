package importrules

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"strconv"
	"strings"
	"testing"
)

// sources parses the Go files of the module, by path from its root.
func sources(t *testing.T) map[string]*ast.File {
	t.Helper()
	root := os.DirFS("../..")
	files := map[string]*ast.File{}
	set := token.NewFileSet()
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == "testdata" || len(name) > 1 && d.Name()[0] == '.') {
			return fs.SkipDir
		}
		if d.IsDir() || path.Ext(name) != ".go" {
			return nil
		}
		text, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		files[name], err = parser.ParseFile(set, name, text, parser.SkipObjectResolution)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 20 {
		t.Fatalf("found %d files, which cannot be all of the module", len(files))
	}
	return files
}

func TestImportsPointDownwards(t *testing.T) {
	for name, file := range sources(t) {
		for _, spec := range file.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			own, ours := strings.CutPrefix(imported, module)
			if ours && !strings.HasSuffix(name, "_test.go") && own != packageOf(name) {
				report(t, name, checkOwn(packageOf(name), own))
			}
			if !ours {
				report(t, name, checkHome(packageOf(name), imported))
			}
		}
	}
}

func TestClocksAreInjected(t *testing.T) {
	for name, file := range sources(t) {
		if strings.HasSuffix(name, "_test.go") || fits("bench/...", packageOf(name)) || fits("store/storetest", packageOf(name)) {
			continue // they measure
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok {
				if of, ok := s.X.(*ast.Ident); ok {
					report(t, name, checkCall(packageOf(name), of.Name, s.Sel.Name))
				}
			}
			return true
		})
	}
}

func report(t *testing.T, file string, err error) {
	t.Helper()
	if err != nil {
		t.Errorf("%s: %v", file, err)
	}
}

// The rules must bite: these are what they are there to refuse.
func TestRulesRefuse(t *testing.T) {
	for _, tc := range []struct {
		name string
		err  error
	}{
		{"domain to adapter", checkOwn("meetings/signals", "store/sqlite")},
		{"down the chain", checkOwn("meetings/signals", "meetings/bundles")},
		{"sideways", checkOwn("meetings", "meetings/signals")},
		{"handler to store", checkOwn("server", "store")},
		{"page to domain", checkOwn("frontend/pages/signals", "meetings/signals")},
		{"leaf to domain", checkOwn("internal/guard", "people")},
		{"new corner", checkOwn("extra", "people")},
		{"fiber in the domain", checkHome("people", "github.com/gofiber/fiber/v2")},
		{"driver in a command", checkHome("cmd/app", "go.mongodb.org/mongo-driver/v2/mongo")},
		{"templates", checkHome("server", "html/template")},
		{"the machine's clock", checkCall("people", "time", "Now")},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if tc.err == nil {
				t.Error("the rules allow it")
			}
		})
	}
}
