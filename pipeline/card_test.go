package pipeline

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pressrow/schema"
)

// published builds a dataset of in and returns the folder of its snapshot.
func published(t *testing.T, opt Options) string {
	t.Helper()
	opt.Output = t.TempDir()
	return build(t, opt).Snapshot
}

func text(t *testing.T, name ...string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(name...))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestCard(t *testing.T) {
	in := t.TempDir()
	write(t, filepath.Join(in, "a.jsonl"), `{"id":"1","text":"The ferry is late. Ina Holt waits.","date":"2021-03-04","source":"The Pier Post"}
{"id":"2","text":"Snow fell on Port Arlen.","date":"2020-12-31","source":"The Pier Post"}
{"id":"3"}
`)
	write(t, filepath.Join(in, "b.txt"), "Nobody came.\n\nShare\n")
	card := text(t, published(t, Options{Input: in}), "README.md")
	for _, want := range []string{
		"| articles | 3 |", "| files and records in quarantine | 1 |", "| sentences | 4 |", "| first and last day | 2020-12-31 to 2021-03-04 |",
		"| The Pier Post | 2 |", "| no_text | 1 |", "\n- \"en\"\n", "\n- n<1K\n", "schema " + schema.Version, "The flag\n  `prompt_like`",
	} {
		if !strings.Contains(card, want) {
			t.Errorf("the card lacks %q", want)
		}
	}
	if !strings.HasPrefix(card, "---\n") || strings.Count(card, "\n---\n") != 1 {
		t.Error("the front matter does not stand between two lines of ---")
	}
	for _, table := range schema.Tables {
		for _, c := range flatColumns(table.Columns) {
			if row := fmt.Sprintf("| %s | %s | ", c.Name, c.Type); !strings.Contains(card, row) || !strings.Contains(card, markdown(c.Doc)) {
				t.Errorf("the card does not explain %s.%s", table.Name, c.Name)
			}
		}
	}
	for _, s := range Stages {
		if !strings.Contains(card, "| "+s.Name+" | "+s.fingerprint()+" |") {
			t.Errorf("the card does not tell the version of stage %s", s.Name)
		}
	}
}

// A hub of data sets shows a table for each configuration, and an error for
// one that has no rows.
func TestCardHasConfigsOfTablesWithRows(t *testing.T) {
	in := t.TempDir()
	write(t, filepath.Join(in, "a.txt"), "Nobody came.\n")
	snapshot := published(t, Options{Input: in})
	front, _, _ := strings.Cut(strings.TrimPrefix(text(t, snapshot, "README.md"), "---\n"), "\n---\n")
	var names []string
	for line := range strings.SplitSeq(front, "\n") {
		if name, ok := strings.CutPrefix(line, "- config_name: "); ok {
			names = append(names, name)
		}
		if glob, ok := strings.CutPrefix(line, "    path: "); ok {
			if found, err := filepath.Glob(filepath.Join(snapshot, glob)); len(found) != 1 || err != nil {
				t.Errorf("%s: found %q, %v", glob, found, err)
			}
		}
	}
	if d := cmp.Diff([]string{"sentences", "documents"}, names); d != "" {
		t.Error(d)
	}
}

func TestCardKeepsTextHarmless(t *testing.T) {
	for _, c := range []struct{ outlet, want string }{
		{"The Pier Post", "The Pier Post"},
		{"a | b", `a \| b`},
		{"<script>alert(1)</script>", "&lt;script>alert(1)&lt;/script>"},
		{"[free](https://example.com)", `\[free\](https://example.com)`},
		{"`rm` **now** & $x$", "\\`rm\\` \\*\\*now\\*\\* &amp; \\$x\\$"},
		{"red\x1b[31m\u202etxt\u2028\x07", `red\\u001b\[31m\\u202etxt\\u2028\\u0007`},
		{`back\slash`, `back\\slash`},
	} {
		if got := markdown(c.outlet); got != c.want {
			t.Errorf("%q becomes %q, want %q", c.outlet, got, c.want)
		}
	}
	m := &Manifest{Parts: []ManifestPart{{Counts: Counts{
		Languages: map[string]int64{"en\nlicense: mit": 1}, Outlets: map[string]int64{"x\n---\n# Big | <b>": 1},
	}}}}
	b, err := card(m)
	if err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{"\nlicense: mit", "\n# Big", "<b>"} {
		if strings.Contains(string(b), bad) {
			t.Errorf("the card contains %q", bad)
		}
	}
}

// Scores stand in two places; the card's must be those of the project's README.
func TestCardTellsScoresOfReadme(t *testing.T) {
	readme := text(t, "..", "README.md")
	rows := 0
	for line := range strings.SplitSeq(text(t, "card", "models.md"), "\n") {
		cells := strings.Split(line, " | ")
		if len(cells) != 4 || strings.HasPrefix(line, "| stage") {
			continue
		}
		rows++
		stage, score := strings.TrimPrefix(cells[0], "| "), strings.TrimSuffix(cells[3], " |")
		if !slices.ContainsFunc(Stages, func(s Stage) bool { return s.Name == stage && s.Data != nil }) {
			t.Errorf("%s is no stage with a model", stage)
		}
		if !strings.Contains(readme, score) {
			t.Errorf("%s: README.md knows nothing of %q", stage, score)
		}
	}
	with := 0
	for _, s := range Stages {
		if s.Data != nil {
			with++
		}
	}
	if rows != with {
		t.Errorf("%d models in the card, %d stages have one", rows, with)
	}
}

func TestSizeCategory(t *testing.T) {
	for n, want := range map[int64]string{
		0: "n<1K", 999: "n<1K", 1000: "1K<n<10K", 10_000: "10K<n<100K", 19_000_000: "10M<n<100M", 999_999_999_999: "100B<n<1T", 1e18: "n>1T",
	} {
		if got := sizeCategory(n); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
}

// TestCroissant checks the structure that Croissant 1.0 asks for: types, unique
// ids, references that lead somewhere, files with their hash, tables with all
// their columns.
func TestCroissant(t *testing.T) {
	snapshot := published(t, Options{Input: folder(t, 30), Parts: 2})
	var d struct {
		Context      map[string]json.RawMessage `json:"@context"`
		Type         string                     `json:"@type"`
		ConformsTo   string
		Name         string
		Description  string
		Version      string
		Distribution []crFile
		RecordSet    []crRecordSet
	}
	if err := json.Unmarshal([]byte(text(t, snapshot, "croissant.json")), &d); err != nil {
		t.Fatal(err)
	}
	if d.Type != "sc:Dataset" || d.ConformsTo != "http://mlcommons.org/croissant/1.0" || d.Name == "" || d.Description == "" || d.Version != schema.Version+".0" {
		t.Errorf("head: %s, %s, %q, %q, %s", d.Type, d.ConformsTo, d.Name, d.Description, d.Version)
	}
	ids := map[string]string{} // type by id
	add := func(kind, id string) {
		if id == "" || ids[id] != "" {
			t.Errorf("id %q is not there or not unique", id)
		}
		ids[id] = kind
	}
	files := 0
	for _, f := range d.Distribution {
		add(f.Type, f.ID)
		switch f.Type {
		case "cr:FileObject":
			files++
			content := text(t, snapshot, f.ContentURL)
			sum := sha256.Sum256([]byte(content))
			if f.SHA256 != hex.EncodeToString(sum[:]) || f.ContentSize != fmt.Sprint(len(content), " B") || f.EncodingFormat == "" {
				t.Errorf("%s: %s, %s", f.ID, f.ContentSize, f.SHA256)
			}
		case "cr:FileSet":
			if found, _ := filepath.Glob(filepath.Join(snapshot, f.Includes)); len(found) != 2 {
				t.Errorf("%s includes %q", f.ID, found)
			}
		default:
			t.Errorf("%s is a %s", f.ID, f.Type)
		}
	}
	if files != 2*len(schema.Tables) {
		t.Errorf("%d files of two parts", files)
	}
	for i, r := range d.RecordSet {
		add(r.Type, r.ID)
		if r.Type != "cr:RecordSet" || r.Name != schema.Tables[i].Name || r.Description != schema.Tables[i].Doc {
			t.Errorf("%s, %s: %s", r.Type, r.Name, r.Description)
		}
		checkCroissantFields(t, add, r.Field, schema.Tables[i].Columns)
		for _, k := range r.Key {
			if ids[k.ID] != "cr:Field" {
				t.Errorf("%s has the key %s, which is no field", r.ID, k.ID)
			}
		}
	}
	if len(d.RecordSet) != len(schema.Tables) {
		t.Errorf("%d record sets", len(d.RecordSet))
	}
	checkCroissantTerms(t, text(t, snapshot, "croissant.json"), d.Context)
}

func checkCroissantFields(t *testing.T, add func(kind, id string), fields []crField, columns []schema.Column) {
	t.Helper()
	if len(fields) != len(columns) {
		t.Fatalf("%d fields for %d columns", len(fields), len(columns))
	}
	for i, f := range fields {
		add(f.Type, f.ID)
		c := columns[i]
		table, _, _ := strings.Cut(f.ID, "/")
		if f.Type != "cr:Field" || f.Name != c.Name || f.Description != c.Doc || f.Repeated != strings.HasSuffix(c.Type, "[]") {
			t.Errorf("%s: %+v", f.ID, f)
		}
		if c.Fields != nil {
			if f.Source != nil || f.DataType != "" {
				t.Errorf("%s has a source or type beside its subfields", f.ID)
			}
			checkCroissantFields(t, add, f.SubField, c.Fields)
			continue
		}
		if f.Source == nil || f.Source.FileSet.ID != table+"-files" || f.Source.Extract.Column == "" {
			t.Errorf("%s comes from %+v", f.ID, f.Source)
		}
		want := map[string]string{"VARCHAR": "sc:Text", "INTEGER": "sc:Integer", "BIGINT": "sc:Integer", "FLOAT": "sc:Float", "DOUBLE": "sc:Float", "DATE": "sc:Date"}
		if f.DataType == "" || f.DataType != want[strings.TrimSuffix(c.Type, "[]")] {
			t.Errorf("%s is of type %s, in SQL %s", f.ID, f.DataType, c.Type)
		}
	}
}

// checkCroissantTerms makes sure that each of Croissant's own words in the text
// is in the context, without which JSON-LD takes it for a word of schema.org.
func checkCroissantTerms(t *testing.T, text string, context map[string]json.RawMessage) {
	t.Helper()
	for _, term := range []string{"column", "conformsTo", "dataType", "extract", "field", "fileSet", "includes", "jsonPath", "key", "recordSet", "repeated", "source", "subField", "transform"} {
		if !strings.Contains(text, `"`+term+`": `) || context[term] == nil {
			t.Errorf("term %s is not used, or not in the context", term)
		}
	}
	for _, prefix := range []string{"cr", "sc", "dct"} {
		if !strings.Contains(string(context[prefix]), "http") {
			t.Errorf("prefix %s is not in the context", prefix)
		}
	}
}

func TestPapersAreVerified(t *testing.T) {
	snapshot := published(t, Options{Input: folder(t, 3)})
	if files, err := Verify(snapshot); err != nil || files != 8 {
		t.Fatalf("%d files, %v", files, err)
	}
	for _, name := range []string{"README.md", "croissant.json"} {
		path := filepath.Join(snapshot, name)
		old := text(t, path)
		for _, damaged := range []string{"", old[:len(old)-1], strings.Replace(old, "e", "a", 1), old + "\n"} {
			if err := os.WriteFile(path, []byte(damaged), 0o644); err != nil {
				t.Fatal(err)
			}
			if _, err := Verify(snapshot); !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), name) {
				t.Errorf("%s of %d bytes: %v", name, len(damaged), err)
			}
		}
		if err := os.WriteFile(path, []byte(old), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Remove(filepath.Join(snapshot, "README.md")); err != nil {
		t.Fatal(err)
	}
	if _, err := Verify(snapshot); !errors.Is(err, ErrDamaged) {
		t.Errorf("without README.md: %v", err)
	}
}

// The counts of the parts add up to those of the same input in one part.
func TestCountsOfParts(t *testing.T) {
	in := folder(t, 60)
	write(t, filepath.Join(in, "more.jsonl"), `{"id":"1","text":"Rain again.","source":"The Pier Post","date":"1999-01-02"}`+"\n{\"id\":\"2\"}\n")
	read := func(parts int) *Counts {
		m, err := ReadManifest(published(t, Options{Input: in, Parts: parts, groupBytes: 2000}))
		if err != nil {
			t.Fatal(err)
		}
		return m.counts()
	}
	one := read(1)
	if d := cmp.Diff(one, read(4)); d != "" {
		t.Error(d)
	}
	var labelled int64
	for _, n := range one.Labels {
		labelled += n
	}
	if one.Documents != 61 || one.InQuarantine() != 1 || one.Outlets["The Pier Post"] != 1 || one.Dated == 0 || labelled != one.Entities || one.Entities == 0 {
		t.Errorf("%+v", one)
	}
}

func TestCountsLimitOutlets(t *testing.T) {
	var c Counts
	for i := range 300 {
		for range 1 + i%3 {
			c.add(&schema.Rows{Documents: []schema.Document{{Outlet: fmt.Sprintf("Outlet %03d", i)}}})
		}
	}
	c.add(&schema.Rows{Documents: []schema.Document{{Outlet: strings.Repeat("x", longestOutlet+1)}}})
	c.limit()
	if len(c.Outlets) != mostOutlets || c.Outlets["Outlet 002"] != 3 || c.Outlets["Outlet 299"] != 3 || c.Outlets["Outlet 001"] != 0 || c.Documents != 601 {
		t.Errorf("%d outlets, %d documents: %v", len(c.Outlets), c.Documents, c.Outlets)
	}
}
