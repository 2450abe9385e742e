package schema

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"

	"github.com/parquet-go/parquet-go"

	"pressrow/schema/disk"
)

// A File is a written Parquet file, as the manifest knows it.
type File struct {
	Table   string   `json:"table"`
	Path    string   `json:"path"` // below the dataset, with /: sentences/part-00000.parquet
	Size    int64    `json:"size"` // bytes
	SHA256  string   `json:"sha256"`
	Rows    int64    `json:"rows"`
	Digests []Digest `json:"digests"` // by leaf column, in file order

	origins []origin // by row group; nil in a File that was not just written
}

// An origin says where a row group of a new file comes from.
type origin struct {
	old     int   // the row group of the old part's file that it is a copy of; -1 for a new one
	digests []Sum // by leaf column
}

// A Digest is a hash over the values of a column, the same however they are
// encoded and compressed. Row groups have a part in it: the same rows cut into
// other row groups have another digest.
type Digest struct {
	Column string `json:"column"` // "text"; in a struct, "entities.text"
	Digest string `json:"digest"` // 32 hexadecimal digits; "dict:" before them says how the hash was taken
}

// The keys of the footer's metadata that are always there, besides the
// caller's own.
const (
	KeyVersion = "pressrow.schema"  // Version
	KeyTable   = "pressrow.table"   // the Table as JSON, with the docs of its columns
	KeyDigests = "pressrow.digests" // the Digests as JSON
)

// A PartWriter writes one part of the dataset, one file per table.
type PartWriter struct {
	files [numTables]*partFile
	given int64 // bytes
}

// CreatePart starts the files dir/sentences/part-00000.parquet and so on, with
// part as the number in their name, and makes the folders of the tables where
// they are missing. A file that is already there is an error. The footer of
// each file will hold the pairs of footer, sorted by key, and those named above.
// The caller ends with Close or Abort.
func CreatePart(dir string, part int, footer map[string]string) (*PartWriter, error) {
	w := new(PartWriter)
	for i := range Tables {
		f, err := createPartFile(dir, i, part, footer)
		if err != nil {
			w.Abort()
			return nil, err
		}
		w.files[i] = f
	}
	return w, nil
}

// Add copies the row groups of g to the ends of the files, byte for byte, and
// releases g. After an error the part can only be aborted.
func (w *PartWriter) Add(g *Group) error {
	defer g.Release()
	for i := range g.pieces {
		w.given += g.pieces[i].file.size
	}
	for i, f := range w.files {
		if err := f.add(&g.pieces[i]); err != nil {
			return fmt.Errorf("schema: write %s: %w", f.path, err)
		}
	}
	return nil
}

// Close writes the footers, syncs and closes the files, and says what they
// hold, by table. It does not sync their folders. After an error the part can
// only be aborted.
func (w *PartWriter) Close() ([]File, error) {
	files := make([]File, 0, numTables)
	for _, f := range w.files {
		file, err := f.close()
		if err != nil {
			return nil, fmt.Errorf("schema: write %s: %w", f.path, err)
		}
		files = append(files, file)
	}
	*w = PartWriter{}
	return files, nil
}

// Sizes returns the number of bytes written so far, and of those given to Add,
// which are more when the disk is full. After Close or Abort both are 0.
func (w *PartWriter) Sizes() (written, given int64) {
	for _, f := range w.files {
		if f != nil {
			written += f.size
		}
	}
	return written, w.given
}

// Abort closes and removes the files. After Close or Abort it does nothing.
func (w *PartWriter) Abort() error {
	var errs []error
	for _, f := range w.files {
		if f == nil {
			continue
		}
		f.file.Close() // may be closed already
		errs = append(errs, disk.Remove(f.path))
	}
	*w = PartWriter{}
	return errors.Join(errs...)
}

// A partFile is one file in the making.
type partFile struct {
	table   int
	dir     string
	path    string
	footer  map[string]string
	file    *disk.File
	hash    hash.Hash
	size    int64
	rows    int64
	writer  *parquet.GenericWriter[any]
	digests []fileDigest // by leaf column
	origins []origin     // by row group
}

func createPartFile(dir string, table, part int, footer map[string]string) (*partFile, error) {
	name := fmt.Sprintf("part-%05d.parquet", part)
	f := &partFile{table: table, dir: dir, path: filepath.Join(dir, Tables[table].Name, name), footer: footer, hash: sha256.New()}
	if err := disk.Mkdir(filepath.Dir(f.path)); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	var err error
	if f.file, err = disk.Create(f.path); err != nil {
		return nil, err
	}
	options := append(writerOptions(table, MaxRows), parquet.Compression(spliceCodec{}), parquet.WriteBufferSize(256<<10))
	f.writer = parquet.NewGenericWriter[any](f, options...)
	f.digests = make([]fileDigest, len(f.writer.Schema().Columns()))
	return f, nil
}

// Write passes bytes on to the file and to its hash.
func (f *partFile) Write(p []byte) (int, error) {
	n, err := f.file.Write(p)
	f.hash.Write(p[:n])
	f.size += int64(n)
	return n, err
}

func (f *partFile) add(p *piece) error {
	if len(p.rowGroups) == 0 {
		return nil
	}
	in, err := parquet.OpenFile(&p.file, p.file.size)
	if err != nil {
		return err
	}
	if len(in.RowGroups()) != len(p.rowGroups) {
		return fmt.Errorf("%d row groups in memory, %d were encoded", len(in.RowGroups()), len(p.rowGroups))
	}
	for i, r := range in.RowGroups() {
		if err := f.copy(r, p.rowGroups[i], -1); err != nil {
			return err
		}
	}
	return nil
}

// copy copies a row group, which is the from-th of an old part's file or, with
// -1, new.
func (f *partFile) copy(r parquet.RowGroup, known RowGroup, from int) error {
	if len(known.Digests) != len(f.digests) {
		return fmt.Errorf("%d digests of %d columns", len(known.Digests), len(f.digests))
	}
	rows, err := f.writer.WriteRowGroup(r)
	if err != nil {
		return err
	}
	if rows != known.Rows {
		return fmt.Errorf("%d rows copied of %d", rows, known.Rows)
	}
	f.rows += rows
	for c := range f.digests {
		f.digests[c].add(rows, known.Digests[c])
	}
	f.origins = append(f.origins, origin{from, known.Digests})
	return nil
}

func (f *partFile) close() (File, error) {
	out := File{
		Table: Tables[f.table].Name,
		Path:  Tables[f.table].Name + "/" + filepath.Base(f.path),
		Rows:  f.rows, origins: f.origins,
	}
	for i, path := range f.writer.Schema().Columns() {
		leaf, _ := f.writer.Schema().Lookup(path...)
		out.Digests = append(out.Digests, Digest{leafName(path), f.digests[i].text(isNumbered(leaf.Node))})
	}
	if err := f.describe(out.Digests); err != nil {
		return out, err
	}
	if err := f.writer.Close(); err != nil {
		return out, err
	}
	if err := f.file.Sync(); err != nil {
		return out, err
	}
	if err := f.file.Close(); err != nil {
		return out, err
	}
	out.Size, out.SHA256 = f.size, hex.EncodeToString(f.hash.Sum(nil))
	return out, nil
}

// describe puts the metadata into the footer.
func (f *partFile) describe(digests []Digest) error {
	table, err := marshal(Tables[f.table])
	if err != nil {
		return err
	}
	sums, err := marshal(digests)
	if err != nil {
		return err
	}
	pairs := maps.Clone(f.footer)
	if pairs == nil {
		pairs = map[string]string{}
	}
	pairs[KeyVersion], pairs[KeyTable], pairs[KeyDigests] = Version, table, sums
	for _, key := range slices.Sorted(maps.Keys(pairs)) {
		f.writer.SetKeyValueMetadata(key, pairs[key])
	}
	return nil
}

// marshal returns v as one line of JSON.
func marshal(v any) (string, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return string(bytes.TrimSuffix(b.Bytes(), []byte("\n"))), err
}

// leafName returns the name that people use for the leaf column at path:
// entities.text for entities.list.element.text.
func leafName(path []string) string {
	name := path[0]
	for i := 1; i < len(path); i++ {
		if path[i] == "list" && i+1 < len(path) && path[i+1] == "element" {
			i++
			continue
		}
		name += "." + path[i]
	}
	return name
}
