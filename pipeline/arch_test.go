package pipeline

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestArrowsRunDown keeps the shape of the project: stages see only the
// Document and do no work behind anybody's back, Parquet stays in schema,
// errgroups stay in pipeline, and files are changed by schema/disk alone.
func TestArrowsRunDown(t *testing.T) {
	count := 0
	err := filepath.WalkDir("..", func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir() && (strings.HasPrefix(e.Name(), ".") && e.Name() != ".." || e.Name() == "duckdb" || e.Name() == "peers"):
			return fs.SkipDir // modules of their own
		case !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		count++
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			return err
		}
		rel := strings.TrimPrefix(filepath.ToSlash(name), "../")
		dir := "main"
		if i := strings.LastIndexByte(rel, '/'); i >= 0 {
			dir = rel[:i]
		}
		for _, s := range f.Imports {
			path, _ := strconv.Unquote(s.Path.Value)
			if path == "unsafe" && !slices.Contains([]string{"schema/equal8_amd64.go", "schema/memory.go"}, rel) {
				t.Errorf("%s imports unsafe, which only two files of schema do, for speed", rel)
			}
			if why := forbidden(dir, path); why != "" {
				t.Errorf("%s imports %s: %s", rel, path, why)
			}
		}
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GoStmt:
				if top(dir) == "stages" && !tool(dir) {
					t.Errorf("%s starts a goroutine; only pipeline does", rel)
				}
			case *ast.SelectorExpr:
				x, ok := n.X.(*ast.Ident)
				if !ok || tool(dir) {
					break
				}
				switch name := x.Name + "." + n.Sel.Name; {
				case top(dir) == "stages" && slices.Contains(clocks, name):
					t.Errorf("%s uses %s: rows must not depend on the clock or its zone", rel, name)
				case dir != "schema/disk" && slices.Contains(changers, name):
					t.Errorf("%s uses %s: files are changed by schema/disk alone, which tests can watch", rel, name)
				case name == "disk.Watch":
					t.Errorf("%s uses %s, which is for tests", rel, name)
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if count < 20 {
		t.Errorf("only %d files seen", count)
	}
}

var clocks = []string{"time.Now", "time.Since", "time.Sleep", "time.Local"}

// changers are the functions of package os that change files. MkdirTemp is not
// among them: it makes nothing below the output folder.
var changers = []string{
	"os.Chmod", "os.Chown", "os.Chtimes", "os.CopyFS", "os.Create", "os.CreateTemp", "os.Lchown", "os.Link", "os.Mkdir", "os.MkdirAll",
	"os.NewFile", "os.OpenFile", "os.Remove", "os.RemoveAll", "os.Rename", "os.Symlink", "os.Truncate", "os.WriteFile",
}

func top(dir string) string {
	first, _, _ := strings.Cut(dir, "/")
	return first
}

// tool reports whether dir holds a program of its own, such as a trainer.
func tool(dir string) bool {
	return slices.Contains([]string{"train", "build", "eval"}, filepath.Base(dir))
}

// forbidden says why a package in dir must not import path; "" if it may.
func forbidden(dir, path string) string {
	ours := path == "pressrow" || strings.HasPrefix(path, "pressrow/")
	switch {
	case strings.HasPrefix(path, "net") && (path == "net" || strings.HasPrefix(path, "net/")):
		return "the program opens no network connection"
	case path == "os/exec" || path == "plugin":
		return "the program runs no other program and loads no code"
	case strings.Contains(path, "pqarrow"):
		return "it brings in gRPC; schema reads with parquet/file"
	case (strings.Contains(path, "parquet") || strings.Contains(path, "apache/arrow")) && top(dir) != "schema":
		return "Parquet and Arrow stay in schema"
	case strings.HasPrefix(path, "golang.org/x/sync") && top(dir) != "pipeline":
		return "goroutines stay in pipeline"
	case ours && top(dir) == "schema" && (dir == "schema/disk" || path != "pressrow/schema/disk"):
		return "schema knows nothing of the other packages, and disk of none"
	case top(dir) != "stages" || tool(dir):
		return ""
	case ours && path != "pressrow/stages":
		return "a stage knows only the Document"
	case ours || strings.HasPrefix(path, "golang.org/x/text/"):
		return ""
	case strings.Contains(path, "."):
		return "stages use the standard library and x/text"
	case slices.Contains([]string{"os", "io/fs", "log", "log/slog", "math/rand", "math/rand/v2", "os/exec", "path/filepath", "hash/maphash", "reflect", "syscall", "context"}, path):
		return "stages do no I/O and leave nothing to chance"
	}
	return ""
}
