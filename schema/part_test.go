package schema

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sync/errgroup"
)

// writePart writes docs in groups of perGroup documents and returns the folder and its files.
func writePart(t testing.TB, docs []*Rows, perGroup, workers int, settings Settings) (string, []File) {
	t.Helper()
	dir := t.TempDir()
	w, err := CreatePart(dir, 0, map[string]string{"made.by": "a test"})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Abort()
	groups := encode(t, docs, perGroup, workers, settings)
	for _, g := range groups {
		if err := w.Add(g); err != nil {
			t.Fatal(err)
		}
	}
	files, err := w.Close()
	if err != nil {
		t.Fatal(err)
	}
	return dir, files
}

// encode encodes docs in groups of perGroup documents, with as many Encoders as workers.
func encode(t testing.TB, docs []*Rows, perGroup, workers int, settings Settings) []*Group {
	t.Helper()
	groups := make([]*Group, (len(docs)+perGroup-1)/perGroup)
	var run errgroup.Group
	next := make(chan int)
	for range workers {
		run.Go(func() error {
			enc := NewEncoder(settings)
			for i := range next {
				for _, rows := range docs[i*perGroup : min(len(docs), (i+1)*perGroup)] {
					if err := enc.Append(rows); err != nil {
						return err
					}
				}
				var err error
				if groups[i], err = enc.Finish(); err != nil {
					return err
				}
			}
			return nil
		})
	}
	for i := range groups {
		next <- i
	}
	close(next)
	if err := run.Wait(); err != nil {
		t.Fatal(err)
	}
	return groups
}

func TestPartProves(t *testing.T) {
	dir, files := writePart(t, madeUp(200, 1), 30, 2, Settings{})
	for _, f := range files {
		if err := Verify(filepath.Join(dir, filepath.FromSlash(f.Path)), f); err != nil {
			t.Error(err)
		}
	}
}

// Same rows, same bytes. When this changes and Version and the modules' versions
// have not, raise writerRevision.
func TestGoldenBytes(t *testing.T) {
	_, files := writePart(t, madeUp(60, 10), 20, 2, Settings{})
	var sums strings.Builder
	fmt.Fprintln(&sums, Settings{})
	for _, f := range files {
		fmt.Fprintf(&sums, "%s %d bytes %s\n", f.Table, f.Size, f.SHA256)
	}
	golden(t, "bytes.txt", sums.String())
}

// The file is the one that a single writer makes of all rows, whatever the number of encoders.
func TestSpliceIsVerbatim(t *testing.T) {
	docs := madeUp(300, 2)
	settings := Settings{RowsPerGroup: 700} // below the rows of 50 documents, so that groups have several row groups
	dir, _ := writePart(t, docs, 50, 1, settings)
	for _, workers := range []int{2, 7} {
		other, _ := writePart(t, docs, 50, workers, settings)
		for _, name := range TableNames() {
			if !bytes.Equal(read(t, dir, name), read(t, other, name)) {
				t.Errorf("%s: other bytes with %d encoders", name, workers)
			}
		}
	}
	serial := serialPart(t, docs, 50, settings)
	for _, name := range TableNames() {
		if !bytes.Equal(read(t, dir, name), read(t, serial, name)) {
			t.Errorf("%s: the spliced file is not the serial one", name)
		}
	}
}

func read(t testing.TB, dir, table string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, table, "part-00000.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// serialPart writes docs with one Encoder and as one group, which ends its row
// groups where groups of perGroup documents would end, and returns the folder.
func serialPart(t testing.TB, docs []*Rows, perGroup int, settings Settings) string {
	t.Helper()
	e := NewEncoder(settings)
	for i, d := range docs {
		if i%perGroup == 0 {
			for k := range e.tables {
				if err := e.tables[k].endRowGroup(); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := e.Append(d); err != nil {
			t.Fatal(err)
		}
	}
	g, err := e.Finish()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	w, err := CreatePart(dir, 0, map[string]string{"made.by": "a test"})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Abort()
	if err := w.Add(g); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestNothingIsFiles(t *testing.T) {
	dir, files := writePart(t, nil, 1, 1, Settings{})
	if len(files) != len(Tables) {
		t.Fatalf("%d files", len(files))
	}
	for _, f := range files {
		if f.Rows != 0 {
			t.Errorf("%s has %d rows", f.Path, f.Rows)
		}
		path := filepath.Join(dir, filepath.FromSlash(f.Path))
		if err := Verify(path, f); err != nil {
			t.Error(err)
		}
		footer, err := readFooter(path)
		if err != nil {
			t.Error(err)
		}
		if diff := cmp.Diff("a test", footer.Metadata["made.by"]); diff != "" {
			t.Error(diff)
		}
	}
}
