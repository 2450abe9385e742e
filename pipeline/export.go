package pipeline

import (
	"context"
	"io"
	"path/filepath"

	"pressrow/schema"
)

// Export writes a table of the snapshot in a folder to w as "arrow" (an Arrow IPC
// stream), "csv" or "jsonl". Text that a spreadsheet would take for a formula
// is made harmless in CSV unless raw is set.
func Export(ctx context.Context, w io.Writer, snapshot, table, format string, raw bool) error {
	m, err := ReadManifest(snapshot)
	if err != nil {
		return err
	}
	var files []string
	for _, p := range m.Parts {
		for _, f := range p.Files {
			if f.Table == table {
				files = append(files, filepath.Join(snapshot, filepath.FromSlash(f.Path)))
			}
		}
	}
	return schema.Export(ctx, w, files, table, format, schema.ExportOptions{Raw: raw})
}
