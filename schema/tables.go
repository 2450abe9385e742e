// Package schema is the promise to the people who read the dataset: what the
// tables and columns are, and how they lie in Parquet files.
//
// Rows become files in two steps, so that workers can encode while one
// goroutine writes:
//
//	enc := schema.NewEncoder(schema.Settings{})   // one per worker
//	err := enc.Append(rows)                       // rows of one document, again and again
//	group, err := enc.Finish()                    // compressed, in memory
//
//	part, err := schema.CreatePart(dir, 0, footer) // one per part
//	err = part.Add(group)                          // copied into the five files as it is
//	files, err := part.Close()                     // dir/sentences/part-00000.parquet and so on
//
// The files hold the same bytes as if one writer had written all rows, whatever
// the number of encoders. [Prove] then reads a file back with Arrow, another
// implementation, and compares digests of the values of each column.
//
// Bytes are the same on all processors; see indexEqual8.
package schema

import (
	"reflect"
	"strings"

	"github.com/parquet-go/parquet-go"
)

// Version is the version of the tables. The first number changes when a column
// is renamed, removed or changes its type or meaning; the second when one is added.
const Version = "1.0"

// A Table describes one table of the dataset.
type Table struct {
	Name     string   `json:"name"`
	Doc      string   `json:"doc"`
	SortedBy []string `json:"sorted_by"` // columns its rows are in ascending order of
	Columns  []Column `json:"columns"`   // in file order
}

// A Column describes one column, or one field of a struct.
type Column struct {
	Name     string   `json:"name"`
	Type     string   `json:"type"` // as in SQL: VARCHAR, INTEGER, BIGINT, FLOAT, DOUBLE, DATE, VARCHAR[], STRUCT(...)[]
	Nullable bool     `json:"nullable"`
	Doc      string   `json:"doc"`              // meaning, unit, range, base
	Fields   []Column `json:"fields,omitempty"` // of a STRUCT
}

// numTables is the number of tables, and the constants before it index Tables.
const (
	sentences = iota
	documents
	entities
	removed
	quarantine
	numTables
)

// Tables holds the tables of the dataset, in the order in which they are
// written. It is made from the structs in layout.go and must not be changed.
var Tables = [numTables]Table{
	sentences: tableOf[sentenceRow]("sentences", "one row per sentence of an article, with its tokens, entities and tone",
		"doc_id", "sentence"),
	documents: tableOf[documentRow]("documents", "one row per article, with its whole text",
		"doc_id"),
	entities: tableOf[mentionRow]("entities", "one row per mention of an entity: sentences.entities laid flat",
		"doc_id", "sentence", "mention"),
	removed: tableOf[removedRow]("removed", "text that is not the article, and why",
		"doc_id", "block"),
	quarantine: tableOf[quarantinedRow]("quarantine", "files and records that are not in the dataset, and why",
		"doc_id"),
}

// parquetSchemas holds the Parquet schemas of Tables.
var parquetSchemas = [numTables]*parquet.Schema{
	sentences:  parquet.NewSchema(Tables[sentences].Name, parquet.SchemaOf(sentenceRow{})),
	documents:  parquet.NewSchema(Tables[documents].Name, parquet.SchemaOf(documentRow{})),
	entities:   parquet.NewSchema(Tables[entities].Name, parquet.SchemaOf(mentionRow{})),
	removed:    parquet.NewSchema(Tables[removed].Name, parquet.SchemaOf(removedRow{})),
	quarantine: parquet.NewSchema(Tables[quarantine].Name, parquet.SchemaOf(quarantinedRow{})),
}

// TableNames returns the names of Tables, in order.
func TableNames() []string {
	names := make([]string, numTables)
	for i := range Tables {
		names[i] = Tables[i].Name
	}
	return names
}

// tableIndex returns the index in Tables of the table called name, or -1.
func tableIndex(name string) int {
	for i := range Tables {
		if Tables[i].Name == name {
			return i
		}
	}
	return -1
}

func tableOf[T any](name, doc string, sortedBy ...string) Table {
	columns := columnsOf(parquet.SchemaOf(new(T)).Fields(), reflect.TypeFor[T]())
	return Table{Name: name, Doc: doc, SortedBy: sortedBy, Columns: columns}
}

// columnsOf describes the fields of the struct t, which Parquet knows as fields.
func columnsOf(fields []parquet.Field, t reflect.Type) []Column {
	docs, types := map[string]string{}, map[string]reflect.Type{}
	for _, f := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(f.Tag.Get("parquet"), ",")
		docs[name], types[name] = f.Tag.Get("doc"), f.Type
	}
	columns := make([]Column, len(fields))
	for i, f := range fields {
		c := Column{Name: f.Name(), Nullable: f.Optional(), Doc: docs[f.Name()]}
		element := parquet.Node(f)
		if isList(f) {
			element = elementOf(f)
		}
		if element.Leaf() {
			c.Type = typeName(element)
		} else {
			c.Fields = columnsOf(element.Fields(), types[f.Name()].Elem())
			c.Type = structName(c.Fields)
		}
		if isList(f) {
			c.Type += "[]"
		}
		columns[i] = c
	}
	return columns
}

func isList(n parquet.Node) bool {
	logical := n.Type().LogicalType()
	return logical != nil && logical.String() == "LIST"
}

// elementOf returns what a three-level list is a list of.
func elementOf(list parquet.Node) parquet.Node { return list.Fields()[0].Fields()[0] }

func structName(fields []Column) string {
	parts := make([]string, len(fields))
	for i, f := range fields {
		parts[i] = f.Name + " " + f.Type
	}
	return "STRUCT(" + strings.Join(parts, ", ") + ")"
}

// typeName returns the name that SQL has for the type of leaf.
func typeName(leaf parquet.Node) string {
	if l := leaf.Type().LogicalType(); l != nil && l.String() == "DATE" {
		return "DATE"
	}
	return map[parquet.Kind]string{
		parquet.ByteArray: "VARCHAR",
		parquet.Int32:     "INTEGER",
		parquet.Int64:     "BIGINT",
		parquet.Float:     "FLOAT",
		parquet.Double:    "DOUBLE",
	}[leaf.Type().Kind()]
}
