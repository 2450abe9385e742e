package schema

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v15/arrow/ipc"
	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares got with the file testdata/name.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s: want -, got +:\n%s", path, diff)
	}
}

// A change of the golden files is a change of what readers were promised: see Version.
func TestGoldenSchema(t *testing.T) {
	var text, object strings.Builder
	if err := Describe(&text); err != nil {
		t.Fatal(err)
	}
	if err := DescribeJSON(&object); err != nil {
		t.Fatal(err)
	}
	for i, s := range parquetSchemas {
		fmt.Fprintf(&text, "\n%s\n", s)
		for _, path := range s.Columns() {
			leaf, _ := s.Lookup(path...)
			fmt.Fprintf(&text, "%s %s\n", leafName(path), leaf.Node.Encoding())
		}
		if s.Name() != Tables[i].Name {
			t.Errorf("table %d is called %s", i, s.Name())
		}
	}
	golden(t, "schema.txt", text.String())
	golden(t, "schema.json", object.String())
}

func TestDocs(t *testing.T) {
	var check func(prefix string, columns []Column)
	check = func(prefix string, columns []Column) {
		for _, c := range columns {
			if c.Doc == "" || c.Type == "" || c.Name != strings.ToLower(c.Name) {
				t.Errorf("%s%s: %+v", prefix, c.Name, c)
			}
			if c.Nullable != strings.Contains(c.Doc, "NULL") {
				t.Errorf("%s%s: the doc should say when it is NULL, and only then", prefix, c.Name)
			}
			check(prefix+c.Name+".", c.Fields)
		}
	}
	for _, table := range Tables {
		check(table.Name+".", table.Columns)
	}
}

// The writers' versions are part of the fingerprint.
func TestWriterVersions(t *testing.T) {
	mod, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	for _, version := range strings.Split(writerVersions, ", ") {
		if !strings.Contains(string(mod), "/"+version+"\n") {
			t.Errorf("go.mod does not ask for %s", version)
		}
	}
}

// smallPart writes two documents with one oddity each.
func smallPart(t *testing.T) (dir string, paths map[string]string) {
	t.Helper()
	day := int32(18208)
	at, tone, mean := int64(41), -0.25, 0.11115
	docs := []*Rows{{
		Types: []string{",", "Ada", "Quill"},
		Sentences: []Sentence{{
			DocID: "a/one", Role: "body", Text: "Ada Quill, 7, said: \"=1+1\".", EndChar: 28, SourceEnd: 28, Title: "+41 metres", Published: &day,
			Tokens: []int32{1, 2, 0}, TokenStart: []int32{0, 4, 9},
			Entities: []Entity{
				{Text: "Ada Quill", Label: "PERSON", EndChar: 9, Name: "Ada Quill", EntityID: "person/ada-quill", Score: 0.91, Sentiment: &tone, SentimentLabel: "negative"},
				{Text: "7", Label: "CARDINAL", StartChar: 11, EndChar: 12, Value: "7", Score: 1},
			},
			NTokens: 3, NEntities: 2, Sentiment: -0.33333, SentimentLabel: "negative", Neutral: 1, Quoted: 0.2, Flags: []string{"split_forced"},
		}},
		Quarantined: []Quarantined{{DocID: "a/bad", Path: "a/bad.txt", PathHex: "612f6261642e747874", Size: 99, Reason: "binary", Detail: "NUL at 41", ByteOffset: &at}},
	}, {
		Sentences: []Sentence{{DocID: "b/two", Role: "headline", Text: "@東京\u2028tab\t<b>", SentimentLabel: "neutral", Neutral: 1}},
		Documents: []Document{{
			DocID: "b/two", Text: "=HYPERLINK(\"x\")", MainEntities: []MainEntity{{"Ada Quill", "PERSON", "person/ada-quill", 2, &mean}, {Name: "Arle", Label: "GPE", Mentions: 1}},
			Flags: []string{"html_tag", "spaces"}, FlagCounts: []int32{1, 2},
		}},
	}}
	dir, files := writePart(t, docs, 1, 1, Settings{})
	paths = map[string]string{}
	for _, f := range files {
		paths[f.Table] = filepath.Join(dir, filepath.FromSlash(f.Path))
	}
	return dir, paths
}

func export(t *testing.T, files []string, table, format string, opt ExportOptions) string {
	t.Helper()
	var b bytes.Buffer
	if err := Export(context.Background(), &b, files, table, format, opt); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestGoldenExport(t *testing.T) {
	_, paths := smallPart(t)
	for _, format := range []string{"csv", "jsonl"} {
		var all strings.Builder
		for _, table := range TableNames() {
			all.WriteString(export(t, []string{paths[table]}, table, format, ExportOptions{}))
		}
		golden(t, "export."+format, all.String())
	}
}

// Both text formats hold what the Arrow stream holds.
func TestExportAgrees(t *testing.T) {
	docs := madeUp(40, 7)
	dir, _ := writePart(t, docs, 9, 1, Settings{RowsPerGroup: 100})
	other, _ := writePart(t, madeUp(7, 8), 9, 1, Settings{})
	for i, table := range TableNames() {
		var files []string
		for _, d := range []string{dir, other} {
			files = append(files, filepath.Join(d, table, "part-00000.parquet"))
		}
		var fromArrow bytes.Buffer
		r, err := ipc.NewReader(strings.NewReader(export(t, files, table, "arrow", ExportOptions{})))
		if err != nil {
			t.Fatal(err)
		}
		if got, want := r.Schema(), arrowSchema(&Tables[i]); !got.Equal(want) {
			t.Errorf("schema is %s", got)
		}
		lines := jsonLines{w: &fromArrow}
		for r.Next() {
			if err := lines.Write(r.Record()); err != nil {
				t.Fatal(err)
			}
		}
		if r.Err() != nil && r.Err() != io.EOF {
			t.Fatal(r.Err())
		}
		jsonl := export(t, files, table, "jsonl", ExportOptions{})
		if diff := cmp.Diff(fromArrow.String(), jsonl); diff != "" {
			t.Errorf("%s: arrow -, jsonl +:\n%.2000s", table, diff)
		}
		for _, line := range strings.Split(strings.TrimSpace(jsonl), "\n") {
			if !json.Valid([]byte(line)) {
				t.Fatalf("%s: not JSON: %s", table, line)
			}
		}
		rows, err := csv.NewReader(strings.NewReader(export(t, files, table, "csv", ExportOptions{}))).ReadAll()
		if err != nil || len(rows) != 1+strings.Count(jsonl, "\n") {
			t.Errorf("%s: %d lines of csv, %v", table, len(rows), err)
		}
	}
}

func TestExportOfNothing(t *testing.T) {
	if got, want := export(t, nil, "quarantine", "csv", ExportOptions{}), "doc_id,path,path_hex,sha256,size,reason,detail,byte_offset\n"; got != want {
		t.Errorf("got %q", got)
	}
	if got := export(t, nil, "quarantine", "jsonl", ExportOptions{}); got != "" {
		t.Errorf("got %q", got)
	}
	r, err := ipc.NewReader(strings.NewReader(export(t, nil, "quarantine", "arrow", ExportOptions{})))
	if err != nil || len(r.Schema().Fields()) != 8 || r.Next() {
		t.Errorf("arrow stream of nothing: %v", err)
	}
}

func TestFormulas(t *testing.T) {
	for text, want := range map[string]bool{
		"=1+1": true, "+41": true, "-5": true, "@x": true, "\tx": true, "\rx": true, "\nx": true, "＝x": true, "＋x": true, "－x": true, "＠x": true,
		" =1": true, "\ufeff=1": true, "\u200b\u00a0+1": true, "\u202e=1": true, "\x00=1": true, "﹦1": true, "﹣1": true,
		"": false, "a=1": false, "7": false, " x": false, "–x": false, "'=": false, " ": false, "\ufeff": false, "(=1)": false,
	} {
		if got := isFormula(text); got != want {
			t.Errorf("isFormula(%q) = %v", text, got)
		}
	}
	_, paths := smallPart(t)
	raw := export(t, []string{paths["documents"]}, "documents", "csv", ExportOptions{Raw: true})
	if strings.Contains(raw, "'=") || !strings.Contains(raw, `"=HYPERLINK(""x"")"`) {
		t.Errorf("raw: %s", raw)
	}
}

func TestExportErrors(t *testing.T) {
	_, paths := smallPart(t)
	stopped, stop := context.WithCancel(context.Background())
	stop()
	for _, c := range []struct {
		ctx           context.Context
		file          string
		table, format string
		want          string
	}{
		{context.Background(), paths["documents"], "sentences", "csv", "not a file of sentences: 27 columns, not 34"},
		{context.Background(), "missing.parquet", "sentences", "csv", "missing.parquet: no such file"},
		{context.Background(), paths["documents"], "words", "csv", `no table "words"; there are sentences, documents, entities, removed, quarantine`},
		{context.Background(), paths["documents"], "documents", "xml", `no format "xml"; there are arrow, csv, jsonl`},
		{stopped, paths["documents"], "documents", "csv", "context canceled"},
	} {
		err := Export(c.ctx, io.Discard, []string{c.file}, c.table, c.format, ExportOptions{})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got %v, want something with %q", err, c.want)
		}
	}
	full := errors.New("disk full")
	if err := Export(context.Background(), failing{full}, []string{paths["documents"]}, "documents", "csv", ExportOptions{}); !errors.Is(err, full) {
		t.Errorf("got %v", err)
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }
