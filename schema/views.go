package schema

import (
	"fmt"
	"io"
	"path"
	"strings"
)

// Views writes SQL for DuckDB to w that makes a view of each table below dir, a
// path with /, and three convenient ones:
//
//   - mentions: entities with the sentence, title and day each stands in;
//   - names: who and what is named, with counts, mean tone and days;
//   - duplicates: documents with the very bytes of another, and the first of those.
//
// A view has the columns of Tables, in their order, whatever the files hold: a
// column that an older file lacks is NULL there, one that a newer file has
// besides stays out. So a query written against the views goes on working over
// files of several versions with the same first number. dir may hold * to read
// several snapshots at once.
func Views(w io.Writer, dir string) error {
	var b strings.Builder
	fmt.Fprintf(&b, "-- Views of a pressrow dataset, schema %s, for DuckDB.\n", Version)
	for i := range Tables {
		t := &Tables[i]
		names, types := make([]string, len(t.Columns)), make([]string, len(t.Columns))
		for k, c := range t.Columns {
			names[k], types[k] = c.Name, fmt.Sprintf("NULL::%s AS %s", c.Type, c.Name)
		}
		fmt.Fprintf(&b, "\nCREATE OR REPLACE VIEW %s AS\nSELECT %s\nFROM (\n  SELECT %s WHERE false\n  UNION ALL BY NAME\n  FROM read_parquet(%s, union_by_name = true)\n);\nCOMMENT ON VIEW %s IS %s;\n",
			t.Name, strings.Join(names, ", "), strings.Join(types, ", "), sqlString(path.Join(dir, t.Name, "*.parquet")), t.Name, sqlString(t.Doc))
	}
	b.WriteString(convenientViews)
	_, err := io.WriteString(w, b.String())
	return err
}

const convenientViews = `
CREATE OR REPLACE VIEW mentions AS
SELECT e.*, s.role, s.text AS sentence_text, s.sentiment AS sentence_sentiment, s.title AS document_title, s.published
FROM entities e JOIN sentences s USING (doc_id, sentence);
COMMENT ON VIEW mentions IS 'entities with the sentence, title and day each stands in';

CREATE OR REPLACE VIEW names AS
SELECT coalesce(entity_id, name) AS id, min(name) AS name, label, count(*) AS mentions, count(DISTINCT doc_id) AS documents,
  avg(sentiment) AS sentiment, min(published) AS first_published, max(published) AS last_published
FROM mentions WHERE name IS NOT NULL
GROUP BY ALL;
COMMENT ON VIEW names IS 'who and what is named, with counts, mean tone toward them and first and last day';

CREATE OR REPLACE VIEW duplicates AS
SELECT DISTINCT doc_id, dup_of, sha256
FROM (SELECT doc_id, min(doc_id) OVER (PARTITION BY sha256) AS dup_of, sha256 FROM documents)
WHERE doc_id <> dup_of;
COMMENT ON VIEW duplicates IS 'documents made from the very bytes of another: dup_of is the first of those by doc_id';
`

// sqlString returns s as an SQL string.
func sqlString(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
