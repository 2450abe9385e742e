package schema

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/parquet-go/parquet-go"
)

// Counts holds a number for each table, in the order of Tables.
type Counts [numTables]int64

// Add adds the numbers of o.
func (c *Counts) Add(o Counts) {
	for i, n := range o {
		c[i] += n
	}
}

// RowCounts returns the number of rows in each table.
func (r *Rows) RowCounts() Counts {
	mentions := 0
	for i := range r.Sentences {
		mentions += len(r.Sentences[i].Entities)
	}
	return Counts{
		sentences: int64(len(r.Sentences)), documents: int64(len(r.Documents)), entities: int64(mentions),
		removed: int64(len(r.Removed)), quarantine: int64(len(r.Quarantined)),
	}
}

// RowGroups says, for each table, which row groups a Group has become: enough
// to copy them from its part into another.
type RowGroups [numTables][]RowGroup

// A RowGroup is what is known of a row group without reading it.
type RowGroup struct {
	Rows    int64 `json:"rows"`
	Digests []Sum `json:"digests"` // by leaf column
}

// A Sum is the digest of a column of a row group. As text it is 32 hexadecimal
// digits.
type Sum [16]byte

// MarshalText implements encoding.TextMarshaler.
func (s Sum) MarshalText() ([]byte, error) { return hex.AppendEncode(nil, s[:]), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (s *Sum) UnmarshalText(text []byte) error {
	if len(text) != hex.EncodedLen(len(s)) {
		return fmt.Errorf("digest of %d digits", len(text))
	}
	_, err := hex.Decode(s[:], text)
	return err
}

// RowGroups says which row groups g becomes when it is added to a part.
func (g *Group) RowGroups() RowGroups {
	var out RowGroups
	for i := range g.pieces {
		out[i] = g.pieces[i].rowGroups
	}
	return out
}

// Count returns the number of row groups in each table.
func (r *RowGroups) Count() Counts {
	var c Counts
	for i := range r {
		c[i] = int64(len(r[i]))
	}
	return c
}

// An OldPart is a part that was written before and whose rows go into another
// one. Its files must be whole (see VerifyBytes). It may be used by several
// goroutines.
type OldPart struct {
	files  [numTables]*parquet.File
	paths  [numTables]string
	closer []io.Closer
}

// OpenPart opens the files of a part, which lie below dir. The caller ends with
// Close.
func OpenPart(dir string, files []File) (*OldPart, error) {
	p := new(OldPart)
	for _, f := range files {
		i := tableIndex(f.Table)
		if i < 0 {
			continue
		}
		var err error
		p.paths[i] = filepath.Join(dir, filepath.FromSlash(f.Path))
		if p.files[i], err = p.open(p.paths[i], f.Size); err != nil {
			return nil, errors.Join(fmt.Errorf("schema: open %s: %w", f.Path, err), p.Close())
		}
	}
	for i, f := range p.files {
		if f == nil {
			return nil, errors.Join(fmt.Errorf("schema: open part in %s: no file of %s", dir, Tables[i].Name), p.Close())
		}
	}
	return p, nil
}

func (p *OldPart) open(path string, size int64) (*parquet.File, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	p.closer = append(p.closer, f)
	return parquet.OpenFile(f, size)
}

// Close closes the files.
func (p *OldPart) Close() error {
	var errs []error
	for _, c := range p.closer {
		errs = append(errs, c.Close())
	}
	return errors.Join(errs...)
}

// Copy copies row groups of old to the ends of the files, byte for byte: in
// each table those from first on that groups speaks of. After an error the part
// can only be aborted.
func (w *PartWriter) Copy(old *OldPart, first Counts, groups *RowGroups) error {
	for i, f := range w.files {
		in := old.files[i].RowGroups()
		if end := first[i] + int64(len(groups[i])); first[i] < 0 || end > int64(len(in)) {
			return fmt.Errorf("schema: copy to %s: no row groups %d to %d among %d", f.path, first[i], end, len(in))
		}
		for k, known := range groups[i] {
			from := int(first[i]) + k
			if err := f.copy(in[from], known, from); err != nil {
				return fmt.Errorf("schema: copy to %s: %w", f.path, err)
			}
		}
	}
	return nil
}
