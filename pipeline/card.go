package pipeline

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"text/template"
	"time"

	"pressrow/schema"
	"pressrow/schema/disk"
)

// A Paper is a file of a snapshot that describes it: README.md, the card for
// people and for hubs of data sets, and croissant.json, for programs. Both are
// made from the manifest and schema.Tables alone, so that the same data has the
// same papers.
type Paper struct {
	Path   string `json:"path"`
	Size   int64  `json:"size"` // bytes
	SHA256 string `json:"sha256"`
}

// papers returns the papers of m by name and notes their hashes in m, whose
// other fields must be complete.
func (m *Manifest) papers() (map[string][]byte, error) {
	papers := map[string][]byte{}
	m.Papers = nil
	for _, p := range []struct {
		name string
		make func(*Manifest) ([]byte, error)
	}{{"README.md", card}, {"croissant.json", croissant}} {
		b, err := p.make(m)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p.name, err)
		}
		papers[p.name] = b
		sum := sha256.Sum256(b)
		m.Papers = append(m.Papers, Paper{p.name, int64(len(b)), hex.EncodeToString(sum[:])})
	}
	return papers, nil
}

// writePapers writes the papers of m, see there, to the folder of its snapshot.
func writePapers(dir string, m *Manifest) error {
	papers, err := m.papers()
	if err != nil {
		return err
	}
	for _, p := range m.Papers {
		if err := disk.WriteFile(filepath.Join(dir, p.Path), papers[p.Path]); err != nil {
			return err
		}
	}
	return nil
}

// verify reports how the paper in the folder of a snapshot differs from what
// was written.
func (p *Paper) verify(dir string) error {
	b, err := os.ReadFile(filepath.Join(dir, p.Path))
	if err != nil {
		return err
	}
	if sum := sha256.Sum256(b); int64(len(b)) != p.Size || hex.EncodeToString(sum[:]) != p.SHA256 {
		return fmt.Errorf("%s: %d bytes, not the %d that were written", p.Path, len(b), p.Size)
	}
	return nil
}

//go:embed card
var cardFiles embed.FS

// cardTemplate makes README.md. Words that come from the input go through md.
var cardTemplate = template.Must(template.New("README.md.tmpl").Funcs(template.FuncMap{
	"columns":   flatColumns,
	"day":       func(day *int32) string { return time.Unix(int64(*day)*86400, 0).UTC().Format(time.DateOnly) },
	"join":      strings.Join,
	"json":      func(s string) (string, error) { b, err := json.Marshal(s); return string(b), err }, // YAML reads it, too
	"md":        markdown,
	"mostFirst": mostFirst[string],
	"reasons":   reasonsOf,
	"section": func(title, key, value string, counts map[string]int64) section {
		return section{title, key, value, counts}
	},
	"sizeCategory": sizeCategory,
	"stages":       stagesOf,
	"thousands":    thousands,
	"top":          largest,
}).ParseFS(cardFiles, "card/README.md.tmpl"))

// A section is a table of counts in the card.
type section struct {
	Title, Key, Value string
	Counts            map[string]int64
}

// card returns README.md.
func card(m *Manifest) ([]byte, error) {
	models, err := cardFiles.ReadFile("card/models.md")
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = cardTemplate.Execute(&b, struct {
		*Manifest
		Tables []schema.Table
		Counts *Counts
		Models string
	}{m, schema.Tables[:], m.counts(), string(models)})
	return b.Bytes(), err
}

// counts returns what is in all parts.
func (m *Manifest) counts() *Counts {
	c := new(Counts)
	for i := range m.Parts {
		c.merge(&m.Parts[i].Counts)
	}
	return c
}

// largest returns the n largest of counts.
func largest(n int, counts map[string]int64) map[string]int64 {
	few := map[string]int64{}
	for _, k := range mostFirst(counts)[:min(n, len(counts))] {
		few[k] = counts[k]
	}
	return few
}

// flatColumns returns columns with the fields of structs behind their column,
// the column's name before theirs.
func flatColumns(columns []schema.Column) []schema.Column {
	var flat []schema.Column
	for _, c := range columns {
		if c.Fields == nil {
			flat = append(flat, c)
			continue
		}
		fields := c.Fields
		c.Type = "STRUCT[]"
		flat = append(flat, c)
		for _, f := range flatColumns(fields) {
			f.Name = c.Name + "." + f.Name
			flat = append(flat, f)
		}
	}
	return flat
}

// reasonsOf returns the rows of Reasons that are counted.
func reasonsOf(counts map[Reason]int64) []ReasonDoc {
	var found []ReasonDoc
	for _, r := range Reasons {
		if counts[r.Reason] > 0 {
			found = append(found, r)
		}
	}
	return found
}

// A stageDoc says what a stage did, and in which version.
type stageDoc struct{ Name, Version, Doc string }

// stagesOf returns the stages of a recipe, in the order of Stages.
func stagesOf(versions map[string]string) []stageDoc {
	var list []stageDoc
	for _, s := range Stages {
		if v, ok := versions[s.Name]; ok {
			list = append(list, stageDoc{s.Name, v, s.Doc})
		}
	}
	return list
}

// sizeCategory returns the class of size that the Hugging Face hub has for n rows.
func sizeCategory(n int64) string {
	names := []string{"1K", "10K", "100K", "1M", "10M", "100M", "1B", "10B", "100B", "1T"}
	last := "n<1K"
	for i, limit := 0, int64(1000); n >= limit; i, limit = i+1, limit*10 {
		if i+1 == len(names) {
			return "n>1T"
		}
		last = names[i] + "<n<" + names[i+1]
	}
	return last
}

// markdown returns s as text of one line of Markdown that does nothing but
// stand there: no markup, no table cell, no HTML, no control character.
func markdown(s string) string {
	var b strings.Builder
	for _, r := range PrintableLine(s) {
		switch {
		case r == '<':
			b.WriteString("&lt;")
			continue
		case r == '&':
			b.WriteString("&amp;")
			continue
		case strings.ContainsRune("\\`*[]|~$", r):
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
