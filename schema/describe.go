package schema

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// Describe writes the tables and their columns to w, for people. Fields of a
// struct stand below their column, with its name before theirs.
func Describe(w io.Writer) error {
	if _, err := fmt.Fprintf(w, "Tables, version %s. Offsets count Unicode code points from 0, and ends are exclusive.\n", Version); err != nil {
		return err
	}
	for i := range Tables {
		t := &Tables[i]
		if _, err := fmt.Fprintf(w, "\n%s: %s; sorted by %s\n", t.Name, t.Doc, strings.Join(t.SortedBy, ", ")); err != nil {
			return err
		}
		aligned := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
		describeColumns(aligned, "", t.Columns)
		if err := aligned.Flush(); err != nil {
			return err
		}
	}
	return nil
}

// describeColumns writes to a tabwriter, which keeps its errors for Flush.
func describeColumns(w *tabwriter.Writer, prefix string, columns []Column) {
	for _, c := range columns {
		null := ""
		if c.Nullable {
			null = "NULL"
		}
		kind := c.Type
		if c.Fields != nil {
			kind = "STRUCT[]"
		}
		fmt.Fprintf(w, "  %s\t%s\t%s\t%s\n", prefix+c.Name, kind, null, c.Doc)
		describeColumns(w, prefix+c.Name+".", c.Fields)
	}
}

// DescribeJSON writes the same to w as one JSON object: {"version": "1.0",
// "tables": [...]}, with the tables as in Table.
func DescribeJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(struct {
		Version string  `json:"version"`
		Tables  []Table `json:"tables"`
	}{Version, Tables[:]})
}
