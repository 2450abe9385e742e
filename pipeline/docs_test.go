package pipeline

import (
	"slices"
	"strings"
	"testing"

	"pressrow/schema"
	"pressrow/stages"
)

// The docs of the columns name every role, label and reason that can stand there.
func TestDocsNameAllCodes(t *testing.T) {
	var article, other, reasons []string
	for _, r := range stages.Roles {
		if r.Article {
			article = append(article, r.Name)
		} else {
			other = append(other, r.Name)
		}
	}
	for _, r := range Reasons {
		reasons = append(reasons, string(r.Reason))
	}
	for _, c := range []struct {
		table, column string
		codes         []string
	}{
		{"sentences", "role", article},
		{"removed", "role", other},
		{"entities", "label", slices.Clone(stages.Labels[:])},
		{"quarantine", "reason", reasons},
	} {
		doc := docOf(t, c.table, c.column)
		_, list, _ := strings.Cut(doc, ": ")
		said := strings.Split(list, ", ")
		slices.Sort(said)
		if slices.Sort(c.codes); !slices.Equal(said, c.codes) {
			t.Errorf("%s.%s says %q, there are %q", c.table, c.column, said, c.codes)
		}
	}
}

func docOf(t *testing.T, table, column string) string {
	t.Helper()
	for i := range schema.Tables {
		for _, c := range schema.Tables[i].Columns {
			if schema.Tables[i].Name == table && c.Name == column {
				return c.Doc
			}
		}
	}
	t.Fatalf("no column %s.%s", table, column)
	return ""
}
