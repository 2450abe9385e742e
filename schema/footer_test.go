package schema

import (
	"fmt"
	"os"

	"github.com/parquet-go/parquet-go"
)

// A footer is what a Parquet file says of itself.
type footer struct {
	Rows      int64
	RowGroups []int64           // rows of each
	Metadata  map[string]string // see KeyVersion, KeyTable, KeyDigests
}

// readFooter reads the footer of the Parquet file at path and nothing else.
func readFooter(path string) (footer, error) {
	f, err := os.Open(path)
	if err != nil {
		return footer{}, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return footer{}, err
	}
	p, err := parquet.OpenFile(f, info.Size(), parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return footer{}, fmt.Errorf("schema: read %s: %w", path, err)
	}
	out := footer{Rows: p.NumRows(), Metadata: map[string]string{}}
	for _, kv := range p.Metadata().KeyValueMetadata {
		out.Metadata[kv.Key] = kv.Value
	}
	for _, g := range p.RowGroups() {
		out.RowGroups = append(out.RowGroups, g.NumRows())
	}
	return out, nil
}
