package schema

import (
	"bufio"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/ipc"
)

// ExportOptions say how Export writes. The zero value is right for most people.
type ExportOptions struct {
	// Raw leaves text in CSV as it is. Otherwise text that a spreadsheet would
	// run as a formula, because it begins with = + - @, a tab or a line break,
	// gets a ' before it. Columns of numbers are never touched.
	Raw bool
}

// Formats are the formats that Export knows: an Arrow IPC stream; CSV (RFC 4180,
// UTF-8, with a header, NULL as an empty field, lists as JSON); and JSON lines
// (one object per row, dates as 2019-11-08, NULL as null).
var Formats = []string{"arrow", "csv", "jsonl"}

// Export writes the rows of the table in files, in the order of the files, to
// w in one of Formats. It reads with Arrow, a few rows at a time, so that memory
// does not grow with the number of rows. It ends early with the error of ctx.
func Export(ctx context.Context, w io.Writer, files []string, table, format string, opt ExportOptions) error {
	t := tableIndex(table)
	if t < 0 {
		return fmt.Errorf("schema: export: no table %q; there are %s", table, strings.Join(TableNames(), ", "))
	}
	buffered := bufio.NewWriterSize(w, 64<<10)
	var out recordWriter
	switch format {
	case "arrow":
		out = ipc.NewWriter(buffered, ipc.WithSchema(arrowSchema(&Tables[t])))
	case "csv":
		out = newCSV(buffered, &Tables[t], opt.Raw)
	case "jsonl":
		out = &jsonLines{w: buffered}
	default:
		return fmt.Errorf("schema: export: no format %q; there are %s", format, strings.Join(Formats, ", "))
	}
	for _, path := range files {
		if err := exportFile(ctx, path, t, out); err != nil {
			return err
		}
	}
	if err := out.Close(); err != nil {
		return fmt.Errorf("schema: export %s: %w", table, err)
	}
	return buffered.Flush()
}

// A recordWriter writes records in a format.
type recordWriter interface {
	Write(arrow.Record) error
	Close() error
}

func exportFile(ctx context.Context, path string, table int, out recordWriter) (err error) {
	defer func() {
		if r := recover(); r != nil { // Arrow on a damaged page
			err = fmt.Errorf("%v", r)
		}
		if err != nil {
			err = fmt.Errorf("schema: export %s: %w", path, err)
		}
	}()
	return records(path, table, func(r arrow.Record) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		return out.Write(r)
	})
}

// jsonLines writes records as JSON lines.
type jsonLines struct {
	w   io.Writer
	buf []byte
}

func (j *jsonLines) Write(r arrow.Record) error {
	for i := range int(r.NumRows()) {
		j.buf = append(j.buf[:0], '{')
		for k, c := range r.Columns() {
			if k > 0 {
				j.buf = append(j.buf, ',')
			}
			j.buf = appendJSONString(j.buf, r.ColumnName(k))
			j.buf = append(j.buf, ':')
			j.buf = appendJSON(j.buf, c, i)
		}
		j.buf = append(j.buf, "}\n"...)
		if _, err := j.w.Write(j.buf); err != nil {
			return err
		}
	}
	return nil
}

func (j *jsonLines) Close() error { return nil }

// csvWriter writes records as CSV.
type csvWriter struct {
	w      *csv.Writer
	header []string // to be written before the first row
	fields []string
	raw    bool
	buf    []byte
}

func newCSV(w io.Writer, t *Table, raw bool) *csvWriter {
	c := &csvWriter{w: csv.NewWriter(w), fields: make([]string, len(t.Columns)), raw: raw}
	for _, column := range t.Columns {
		c.header = append(c.header, column.Name)
	}
	return c
}

func (c *csvWriter) Write(r arrow.Record) error {
	if err := c.writeHeader(); err != nil {
		return err
	}
	for i := range int(r.NumRows()) {
		for k, column := range r.Columns() {
			c.fields[k] = c.field(column, i)
		}
		if err := c.w.Write(c.fields); err != nil {
			return err
		}
	}
	return nil
}

func (c *csvWriter) writeHeader() error {
	if c.header == nil {
		return nil
	}
	err := c.w.Write(c.header)
	c.header = nil
	return err
}

func (c *csvWriter) field(column arrow.Array, i int) string {
	if column.IsNull(i) {
		return ""
	}
	switch column := column.(type) {
	case *array.String:
		if s := column.Value(i); c.raw || !isFormula(s) {
			return s
		}
		return "'" + column.Value(i)
	case *array.Date32:
		return column.Value(i).FormattedString()
	}
	c.buf = appendJSON(c.buf[:0], column, i)
	return string(c.buf)
}

func (c *csvWriter) Close() error {
	if err := c.writeHeader(); err != nil {
		return err
	}
	c.w.Flush()
	return c.w.Error()
}

// isFormula reports whether a spreadsheet may take s for a formula. Some look
// behind spaces and marks that nobody sees.
func isFormula(s string) bool {
	if s != "" && strings.ContainsRune("\t\r\n", rune(s[0])) {
		return true
	}
	s = strings.TrimLeftFunc(s, func(r rune) bool { return unicode.In(r, unicode.White_Space, unicode.Cf, unicode.Cc) })
	first, _ := utf8.DecodeRuneInString(s)
	return s != "" && strings.ContainsRune("=+-@＝＋－＠﹦﹢﹣﹫", first)
}
