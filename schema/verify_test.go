package schema

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Every bit flipped is found by Verify. Prove alone, which reads values and not
// the file's every byte, must find those that change a value, and never panic
// nor go on without end.
func TestBitFlips(t *testing.T) {
	dir, files := writePart(t, madeUp(4, 3), 2, 1, Settings{})
	every := 3
	if testing.Short() {
		every = 41
	}
	for _, f := range files {
		path := filepath.Join(dir, filepath.FromSlash(f.Path))
		if err := Verify(path, f); err != nil {
			t.Fatal(err)
		}
		file, err := os.OpenFile(path, os.O_RDWR, 0)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		proved := 0
		for i := 0; i < int(f.Size); i += every {
			flip(t, file, i)
			if Verify(path, f) == nil {
				t.Fatalf("%s: byte %d of %d flipped, not found", f.Path, i, f.Size)
			}
			if i/every%17 == 0 && Prove(path, f) == nil {
				proved++
			}
			flip(t, file, i)
		}
		if err := Verify(path, f); err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: Prove alone let %d of %d flips pass", f.Path, proved, int(f.Size)/(17*every)+1)
	}
}

// flip flips a bit of byte i.
func flip(t testing.TB, f *os.File, i int) {
	t.Helper()
	var b [1]byte
	if _, err := f.ReadAt(b[:], int64(i)); err != nil {
		t.Fatal(err)
	}
	b[0] ^= 1 << (i % 8)
	if _, err := f.WriteAt(b[:], int64(i)); err != nil {
		t.Fatal(err)
	}
}

func TestCutFiles(t *testing.T) {
	dir, files := writePart(t, madeUp(2, 4), 2, 1, Settings{})
	f, whole := files[sentences], read(t, dir, "sentences")
	cut := filepath.Join(t.TempDir(), "cut.parquet")
	for n := 0; n < len(whole); n += 1 + len(whole)/200 {
		if err := os.WriteFile(cut, whole[:n], 0o644); err != nil {
			t.Fatal(err)
		}
		if err := Prove(cut, f); err == nil {
			t.Errorf("Prove took %d of %d bytes", n, len(whole))
		}
		if _, err := readFooter(cut); err == nil {
			t.Errorf("readFooter took %d of %d bytes", n, len(whole))
		}
	}
}

// Prove says which file, table and column differ.
func TestProveNames(t *testing.T) {
	dir, files := writePart(t, madeUp(3, 5), 3, 1, Settings{})
	path := filepath.Join(dir, "sentences", "part-00000.parquet")
	for _, c := range []struct {
		change func(*File)
		want   string
	}{
		{func(f *File) { f.Rows++ }, "table sentences: "},
		{func(f *File) { f.Digests[4].Digest = strings.Repeat("0", 32) }, "table sentences: column text: footer has the digest "},
		{func(f *File) { f.Digests[4].Column = "words" }, "table sentences: column 4 is text, not words"},
		{func(f *File) { f.Digests = f.Digests[1:] }, "table sentences: 34 columns, not 33"},
	} {
		f := files[sentences]
		f.Digests = append([]Digest(nil), f.Digests...)
		c.change(&f)
		err := Prove(path, f)
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), path) {
			t.Errorf("got %v, want something with %q", err, c.want)
		}
	}
	if err := Prove(filepath.Join(dir, "missing"), files[0]); !os.IsNotExist(unwrapAll(err)) {
		t.Errorf("missing file: %v", err)
	}
}

func unwrapAll(err error) error {
	for {
		u, ok := err.(interface{ Unwrap() error })
		if !ok {
			return err
		}
		err = u.Unwrap()
	}
}

// A writer that put one value wrong is found out, and the column named: the
// digests come from the rows, not from the file.
func TestProveFindsWrongValues(t *testing.T) {
	docs := madeUp(3, 6)
	dir, files := writePart(t, docs, 3, 1, Settings{})
	docs = madeUp(3, 6)
	docs[1].Sentences[2].Tokens[1]++
	other, lied := writePart(t, docs, 3, 1, Settings{})
	lied[sentences].Digests = files[sentences].Digests
	err := Prove(filepath.Join(other, "sentences", "part-00000.parquet"), lied[sentences])
	if err == nil || !strings.Contains(err.Error(), "column tokens") {
		t.Errorf("got %v", err)
	}
	if err := Verify(filepath.Join(dir, "sentences", "part-00000.parquet"), files[sentences]); err != nil {
		t.Error(err)
	}
}
