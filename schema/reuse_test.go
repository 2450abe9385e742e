package schema

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// reusable is a part of made-up documents with what a later run knows of it.
type reusable struct {
	dir    string
	files  []File
	docs   []*Rows
	groups []RowGroups
	old    *OldPart
}

const reusablePerGroup = 20

func newReusable(t testing.TB, n int, settings Settings) *reusable {
	t.Helper()
	r := &reusable{docs: madeUp(n, 7)}
	r.dir, r.files = writePart(t, r.docs, reusablePerGroup, 1, settings)
	for _, g := range encode(t, r.docs, reusablePerGroup, 1, settings) {
		r.groups = append(r.groups, g.RowGroups())
	}
	var err error
	if r.old, err = OpenPart(r.dir, r.files); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.old.Close() })
	return r
}

// Rows that are read back come to the same bytes, in whatever order they are read.
func TestReadBackIsExact(t *testing.T) {
	r := newReusable(t, 150, Settings{RowsPerGroup: 100})
	var first []Counts
	var at Counts
	for _, d := range r.docs {
		first = append(first, at)
		at.Add(d.RowCounts())
	}
	order := make([]int, len(r.docs))
	for i := range order {
		order[i] = i
	}
	for range 2 {
		again := make([]*Rows, len(r.docs))
		reader := r.old.NewRowReader()
		for _, i := range order {
			rows, err := reader.Read(first[i], r.docs[i].RowCounts())
			if err != nil {
				t.Fatal(err)
			}
			again[i] = cloneRows(rows)
		}
		if err := reader.Close(); err != nil {
			t.Fatal(err)
		}
		_, files := writePart(t, again, reusablePerGroup, 1, Settings{RowsPerGroup: 100})
		for i, f := range files {
			if f.SHA256 != r.files[i].SHA256 {
				t.Errorf("%s: other bytes", f.Table)
			}
		}
		rand.New(rand.NewPCG(1, 2)).Shuffle(len(order), func(i, k int) { order[i], order[k] = order[k], order[i] })
	}
}

// cloneRows returns rows that stay good when a reader's next ones come.
func cloneRows(rows *Rows) *Rows {
	out := &Rows{slices.Clone(rows.Sentences), slices.Clone(rows.Types), slices.Clone(rows.Documents), slices.Clone(rows.Removed), slices.Clone(rows.Quarantined)}
	for i := range out.Sentences {
		s := &out.Sentences[i]
		s.Published, s.Tokens, s.TokenStart, s.Flags = clonePointer(s.Published), slices.Clone(s.Tokens), slices.Clone(s.TokenStart), slices.Clone(s.Flags)
		s.Entities = slices.Clone(s.Entities)
		for k := range s.Entities {
			s.Entities[k].Sentiment = clonePointer(s.Entities[k].Sentiment)
		}
	}
	for i := range out.Documents {
		d := &out.Documents[i]
		d.Published, d.Sentiment, d.Flags, d.FlagCounts = clonePointer(d.Published), clonePointer(d.Sentiment), slices.Clone(d.Flags), slices.Clone(d.FlagCounts)
		d.MainEntities = slices.Clone(d.MainEntities)
		for k := range d.MainEntities {
			d.MainEntities[k].Sentiment = clonePointer(d.MainEntities[k].Sentiment)
		}
	}
	for i := range out.Quarantined {
		out.Quarantined[i].ByteOffset = clonePointer(out.Quarantined[i].ByteOffset)
	}
	return out
}

func clonePointer[T any](p *T) *T {
	if p == nil {
		return nil
	}
	v := *p
	return &v
}

func TestReadBackRefusesWrongRows(t *testing.T) {
	r := newReusable(t, 5, Settings{})
	reader := r.old.NewRowReader()
	defer reader.Close()
	for _, first := range []int64{-1, 1 << 40, r.files[0].Rows} {
		if _, err := reader.Read(Counts{first}, Counts{1}); err == nil {
			t.Errorf("row %d was read", first)
		}
	}
}

// copyHalf writes a part in which every second group is copied from r and the others are encoded anew.
func (r *reusable) copyHalf(t *testing.T, settings Settings) (string, []File) {
	t.Helper()
	dir := t.TempDir()
	w, err := CreatePart(dir, 0, map[string]string{"made.by": "a test"})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Abort()
	var at Counts
	for i, g := range encode(t, r.docs, reusablePerGroup, 1, settings) {
		if i%2 == 0 {
			err = w.Copy(r.old, at, &r.groups[i])
		} else {
			err = w.Add(g)
		}
		if err != nil {
			t.Fatal(err)
		}
		at.Add(r.groups[i].Count())
	}
	files, err := w.Close()
	if err != nil {
		t.Fatal(err)
	}
	return dir, files
}

func TestCopiesAreVerbatim(t *testing.T) {
	settings := Settings{RowsPerGroup: 100}
	r := newReusable(t, 150, settings)
	dir, files := r.copyHalf(t, settings)
	for i, f := range files {
		if f.SHA256 != r.files[i].SHA256 {
			t.Errorf("%s: other bytes", f.Table)
		}
		name := filepath.FromSlash(f.Path)
		if err := proveCopied(filepath.Join(dir, name), f, filepath.Join(r.dir, name)); err != nil {
			t.Error(err)
		}
	}
}

// proveCopied proves a file with row groups of old.
func proveCopied(path string, f File, old string) error {
	p, err := OpenProof(path, f, old)
	if err != nil {
		return err
	}
	defer p.Close()
	for c := range p.Columns() {
		if err := p.Column(c); err != nil {
			return err
		}
	}
	return nil
}

// Every wrong byte that decides a value is found, in copied row groups, too.
func TestProofOfCopiesFindsDamage(t *testing.T) {
	settings := Settings{RowsPerGroup: 400}
	r := newReusable(t, 40, settings)
	dir, files := r.copyHalf(t, settings)
	missed := 0
	f := files[sentences]
	path, old := filepath.Join(dir, filepath.FromSlash(f.Path)), filepath.Join(r.dir, filepath.FromSlash(f.Path))
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	data := int(r.old.files[sentences].Metadata().RowGroups[0].TotalCompressedSize) // the first group is a copy
	for i := 4; i < data; i += 97 {
		whole[i] ^= 4
		if err := os.WriteFile(path, whole, 0o644); err != nil {
			t.Fatal(err)
		}
		if err := proveCopied(path, f, old); err == nil {
			missed++
		} else if !strings.Contains(err.Error(), "sentences") {
			t.Fatalf("byte %d: %v", i, err)
		}
		whole[i] ^= 4
	}
	if missed > 0 {
		t.Errorf("%d wrong bytes were not found", missed)
	}
}

func TestCopyRefusesWrongGroups(t *testing.T) {
	r := newReusable(t, 40, Settings{})
	for name, first := range map[string]Counts{"behind the end": {9}, "before the beginning": {-1}} {
		w, err := CreatePart(t.TempDir(), 0, nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Copy(r.old, first, &r.groups[0]); err == nil {
			t.Errorf("%s: copied", name)
		}
		if err := w.Abort(); err != nil {
			t.Error(err)
		}
	}
	w, err := CreatePart(t.TempDir(), 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Abort()
	groups := r.groups[0]
	groups[sentences] = []RowGroup{{Rows: groups[sentences][0].Rows + 1, Digests: groups[sentences][0].Digests}}
	if err := w.Copy(r.old, Counts{}, &groups); err == nil || !strings.Contains(err.Error(), "rows copied of") {
		t.Errorf("a row too few: %v", err)
	}
}

func BenchmarkReadBack(b *testing.B) {
	r := newReusable(b, 400, Settings{})
	var rows int64
	for b.Loop() {
		reader := r.old.NewRowReader()
		var at Counts
		for _, d := range r.docs {
			n := d.RowCounts()
			if _, err := reader.Read(at, n); err != nil {
				b.Fatal(err)
			}
			at.Add(n)
		}
		rows += at[sentences]
		if err := reader.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "sentences/s")
}
