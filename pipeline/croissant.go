package pipeline

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"pressrow/schema"
)

// A crDataset is the root of a Croissant 1.0 description, JSON-LD after
// http://mlcommons.org/croissant/1.0. There is no datePublished, creator,
// license or url in it, which the format recommends: the program cannot know
// them, and the first would make two builds differ.
type crDataset struct {
	Context      json.RawMessage `json:"@context"`
	Type         string          `json:"@type"`
	ConformsTo   string          `json:"conformsTo"`
	Name         string          `json:"name"`
	Description  string          `json:"description"`
	Version      string          `json:"version"`
	Distribution []crFile        `json:"distribution"`
	RecordSet    []crRecordSet   `json:"recordSet"`
}

// A crFile is a file (cr:FileObject), or the files of a table (cr:FileSet).
type crFile struct {
	Type           string  `json:"@type"`
	ID             string  `json:"@id"`
	Name           string  `json:"name,omitempty"`
	Description    string  `json:"description,omitempty"`
	ContentURL     string  `json:"contentUrl,omitempty"`
	ContentSize    string  `json:"contentSize,omitempty"`
	ContainedIn    []crRef `json:"containedIn,omitempty"`
	EncodingFormat string  `json:"encodingFormat"`
	Includes       string  `json:"includes,omitempty"`
	SHA256         string  `json:"sha256,omitempty"`
}

type crRef struct {
	ID string `json:"@id"`
}

// A crRecordSet is a table.
type crRecordSet struct {
	Type        string    `json:"@type"`
	ID          string    `json:"@id"`
	Name        string    `json:"name"`
	Description string    `json:"description"`
	Key         []crRef   `json:"key"`
	Field       []crField `json:"field"`
}

// A crField is a column, or a field of a struct. A list of structs has
// subfields and no source; each of these takes its part out of the column.
type crField struct {
	Type        string    `json:"@type"`
	ID          string    `json:"@id"`
	Name        string    `json:"name"`
	Description string    `json:"description"`
	DataType    string    `json:"dataType,omitempty"`
	Repeated    bool      `json:"repeated,omitempty"`
	Source      *crSource `json:"source,omitempty"`
	SubField    []crField `json:"subField,omitempty"`
}

type crSource struct {
	FileSet   crRef        `json:"fileSet"`
	Extract   crExtract    `json:"extract"`
	Transform *crTransform `json:"transform,omitempty"`
}

type crExtract struct {
	Column string `json:"column"`
}

type crTransform struct {
	JSONPath string `json:"jsonPath"`
}

const parquetFormat = "application/x-parquet"

// croissant returns croissant.json.
func croissant(m *Manifest) ([]byte, error) {
	context, err := cardFiles.ReadFile("card/context.json")
	if err != nil {
		return nil, err
	}
	d := crDataset{
		Context: context, Type: "sc:Dataset", ConformsTo: "http://mlcommons.org/croissant/1.0", Name: "pressrow-" + m.ID,
		Description: "News articles, one row per sentence, with tokens, named entities and tone. README.md says how they were made and what to beware of.",
		Version:     m.SchemaVersion + ".0",
	}
	for i := range schema.Tables {
		t := &schema.Tables[i]
		d.Distribution = append(d.Distribution, crFile{
			Type: "cr:FileSet", ID: t.Name + "-files", Name: t.Name + "-files", Description: "the Parquet files of " + t.Name,
			EncodingFormat: parquetFormat, Includes: t.Name + "/*.parquet",
		})
		d.RecordSet = append(d.RecordSet, recordSet(t))
	}
	for i := range m.Parts {
		for _, f := range m.Parts[i].Files {
			d.Distribution = append(d.Distribution, crFile{
				Type: "cr:FileObject", ID: f.Path, Name: f.Path, ContentURL: f.Path, ContentSize: fmt.Sprint(f.Size, " B"),
				EncodingFormat: parquetFormat, SHA256: f.SHA256,
			})
		}
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err = e.Encode(d)
	return b.Bytes(), err
}

// recordSet describes a table.
func recordSet(t *schema.Table) crRecordSet {
	r := crRecordSet{Type: "cr:RecordSet", ID: t.Name, Name: t.Name, Description: t.Doc}
	for _, name := range t.SortedBy {
		r.Key = append(r.Key, crRef{t.Name + "/" + name})
	}
	for _, c := range t.Columns {
		f := fieldOf(t.Name, &c)
		if f.SubField == nil {
			f.Source = &crSource{FileSet: crRef{t.Name + "-files"}, Extract: crExtract{c.Name}}
		}
		for i := range f.SubField {
			sub := &f.SubField[i]
			sub.Source = &crSource{crRef{t.Name + "-files"}, crExtract{c.Name}, &crTransform{sub.Name}}
		}
		r.Field = append(r.Field, f)
	}
	return r
}

// fieldOf describes a column, or a field of a struct, whose parent has the id
// parent, but not where it lies.
func fieldOf(parent string, c *schema.Column) crField {
	f := crField{Type: "cr:Field", ID: parent + "/" + c.Name, Name: c.Name, Description: c.Doc, Repeated: strings.HasSuffix(c.Type, "[]")}
	for i := range c.Fields {
		f.SubField = append(f.SubField, fieldOf(f.ID, &c.Fields[i]))
	}
	if f.SubField == nil {
		f.DataType = dataType(strings.TrimSuffix(c.Type, "[]"))
	}
	return f
}

// dataType returns Croissant's type for an SQL type.
func dataType(sql string) string {
	switch sql {
	case "INTEGER", "BIGINT":
		return "sc:Integer"
	case "FLOAT", "DOUBLE":
		return "sc:Float"
	case "DATE":
		return "sc:Date"
	}
	return "sc:Text"
}
