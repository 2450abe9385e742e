package schema

import (
	"fmt"
	"os"

	"github.com/parquet-go/parquet-go"
)

// A Footer is what a Parquet file says of itself.
type Footer struct {
	Rows      int64
	RowGroups []int64           // rows of each
	Metadata  map[string]string // see KeyVersion, KeyTable, KeyDigests
}

// ReadFooter reads the footer of the Parquet file at path and nothing else.
func ReadFooter(path string) (Footer, error) {
	f, err := os.Open(path)
	if err != nil {
		return Footer{}, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return Footer{}, err
	}
	p, err := parquet.OpenFile(f, info.Size(), parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return Footer{}, fmt.Errorf("schema: read %s: %w", path, err)
	}
	out := Footer{Rows: p.NumRows(), Metadata: map[string]string{}}
	for _, kv := range p.Metadata().KeyValueMetadata {
		out.Metadata[kv.Key] = kv.Value
	}
	for _, g := range p.RowGroups() {
		out.RowGroups = append(out.RowGroups, g.NumRows())
	}
	return out, nil
}
