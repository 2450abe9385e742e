//go:build cgo

package duckdb

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"pressrow/schema"
)

func TestConvenientViews(t *testing.T) {
	db := open(t, build(t))
	for name, query := range map[string]string{
		"a row for each mention":     `SELECT abs((SELECT count(*) FROM mentions) - (SELECT count(*) FROM entities))`,
		"mention in its sentence":    `SELECT count(*) FROM mentions WHERE text <> sentence_text[start_char + 1 : end_char]`,
		"mentions of names":          `SELECT abs((SELECT sum(mentions) FROM names) - (SELECT count(*) FROM entities WHERE name IS NOT NULL))`,
		"documents of a name":        `SELECT count(*) FROM names WHERE documents <> 2`, // each story is in both parts
		"names with tone, days":      `SELECT count(*) FROM names WHERE label = 'GPE' AND (sentiment <> 0.25 OR first_published IS NULL)`,
		"a name and label only once": `SELECT count(*) - count(DISTINCT (id, label)) FROM names`,
		"each story is there twice":  `SELECT 6 - count(*) FROM duplicates WHERE doc_id[1] = '1' AND dup_of = '0' || doc_id[2:]`,
		"the first is no duplicate":  `SELECT count(*) FROM duplicates WHERE doc_id[1] = '0'`,
		"without duplicates":         `SELECT count(*) - 6 FROM documents ANTI JOIN duplicates USING (doc_id)`,
	} {
		if n := number(t, db, query); n != 0 {
			t.Errorf("%s: %d", name, n)
		}
	}
	if n := number(t, db, "SELECT count(*) FROM names"); n < 10 {
		t.Errorf("only %d names", n)
	}
}

// Files of an older version lack a column, those of a newer one have one more.
// A query over the views of both sees the columns of this version.
func TestViewsOverVersions(t *testing.T) {
	dir, now := t.TempDir(), build(t)
	db := open(t, now)
	for _, table := range schema.TableNames() {
		for version, columns := range map[string]string{"old": "* EXCLUDE (%s)", "now": "*", "new": "*, 1 AS %s_new"} {
			last := schema.Tables[0].Columns
			for _, t := range schema.Tables {
				if t.Name == table {
					last = t.Columns
				}
			}
			if version != "now" {
				columns = fmt.Sprintf(columns, last[len(last)-1].Name)
			}
			folder := filepath.Join(dir, version, table)
			if err := os.MkdirAll(folder, 0o755); err != nil {
				t.Fatal(err)
			}
			run(t, db, fmt.Sprintf("COPY (SELECT %s FROM %s) TO '%s/part-00000.parquet' (FORMAT parquet)", columns, table, filepath.ToSlash(folder)))
		}
	}
	all := open(t, filepath.Join(dir, "*"))
	for _, table := range schema.Tables {
		var rows, columns int64
		rows = number(t, all, "SELECT count(*) FROM "+table.Name)
		columns = number(t, all, "SELECT count(*) FROM (DESCRIBE "+table.Name+")")
		if want := 3 * number(t, db, "SELECT count(*) FROM "+table.Name); rows != want || columns != int64(len(table.Columns)) {
			t.Errorf("%s: %d rows of %d, %d columns of %d", table.Name, rows, want, columns, len(table.Columns))
		}
	}
	for query, want := range map[string]int64{
		"SELECT count(*) FROM sentences WHERE flags IS NULL":                       number(t, db, "SELECT count(*) FROM sentences"),
		"SELECT count(*) FROM sentences WHERE flags IS NOT NULL AND len(text) > 0": 2 * number(t, db, "SELECT count(*) FROM sentences"),
	} {
		if got := number(t, all, query); got != want {
			t.Errorf("%s: %d, want %d", query, got, want)
		}
	}
}
