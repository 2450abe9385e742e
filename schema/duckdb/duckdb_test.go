//go:build cgo

package duckdb

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/duckdb/duckdb-go/v2"

	"pressrow/schema"
)

// open returns a database with the views of the dataset in dir.
func open(t *testing.T, dir string) *sql.DB {
	t.Helper()
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	db.SetMaxOpenConns(1) // views are in memory, of one connection
	var views strings.Builder
	if err := schema.Views(&views, filepath.ToSlash(dir)); err != nil {
		t.Fatal(err)
	}
	run(t, db, views.String())
	return db
}

func run(t *testing.T, db *sql.DB, statements string) {
	t.Helper()
	if _, err := db.Exec(statements); err != nil {
		t.Fatalf("%s: %v", statements, err)
	}
}

// dataset opens the dataset in the folder PRESSROW_DATASET, or a small one made here.
func dataset(t *testing.T) *sql.DB {
	t.Helper()
	if dir := os.Getenv("PRESSROW_DATASET"); dir != "" {
		return open(t, dir)
	}
	return open(t, build(t))
}

func number(t *testing.T, db *sql.DB, query string) (n int64) {
	t.Helper()
	if err := db.QueryRow(query).Scan(&n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

func TestTypes(t *testing.T) {
	db := dataset(t)
	for _, table := range schema.Tables {
		rows, err := db.Query("SELECT column_name, column_type FROM (DESCRIBE " + table.Name + ")")
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		for _, c := range table.Columns {
			var name, kind string
			if !rows.Next() {
				t.Fatalf("%s: no column %s", table.Name, c.Name)
			}
			if err := rows.Scan(&name, &kind); err != nil {
				t.Fatal(err)
			}
			if name != c.Name || unquoted(kind) != c.Type {
				t.Errorf("%s: DuckDB sees %s %s, Tables says %s %s", table.Name, name, kind, c.Name, c.Type)
			}
		}
		if rows.Next() {
			t.Errorf("%s: too many columns", table.Name)
		}
	}
}

// unquoted takes the quotes from names that are words of SQL, such as "text".
func unquoted(kind string) string { return strings.ReplaceAll(kind, `"`, "") }

// Queries that find what must not be. Each counts the wrong rows.
func TestPromises(t *testing.T) {
	db := dataset(t)
	if number(t, db, "SELECT count(*) FROM sentences") == 0 || number(t, db, "SELECT count(*) FROM entities") == 0 {
		t.Fatal("there is nothing to test")
	}
	for name, query := range map[string]string{
		"doc_id is unique":            `SELECT count(*) - count(DISTINCT doc_id) FROM documents`,
		"sentences have a document":   `SELECT count(*) FROM sentences ANTI JOIN documents USING (doc_id)`,
		"mentions have a sentence":    `SELECT count(*) FROM entities ANTI JOIN sentences USING (doc_id, sentence)`,
		"removed text has a document": `SELECT count(*) FROM removed ANTI JOIN documents USING (doc_id)`,
		"sentences count from 0":      `SELECT count(*) FROM (SELECT max(sentence) + 1 - count(*) AS d, min(sentence) AS m FROM sentences GROUP BY doc_id) WHERE d <> 0 OR m <> 0`,
		"documents.n_sentences, n_tokens, n_entities": `SELECT count(*) FROM documents d LEFT JOIN (
			SELECT doc_id, count(*) AS s, sum(n_tokens) AS t, sum(n_entities) AS e FROM sentences GROUP BY doc_id) c USING (doc_id)
			WHERE n_sentences <> coalesce(s, 0) OR d.n_tokens <> coalesce(t, 0) OR d.n_entities <> coalesce(e, 0)`,
		"documents.n_removed": `SELECT count(*) FROM documents LEFT JOIN (SELECT doc_id, count(*) AS r FROM removed GROUP BY doc_id) USING (doc_id)
			WHERE n_removed <> coalesce(r, 0)`,
		"documents.n_chars":        `SELECT count(*) FROM documents WHERE n_chars <> length(text)`,
		"lists and their counts":   `SELECT count(*) FROM sentences WHERE len(tokens) <> n_tokens OR len(token_start) <> n_tokens OR len(entities) <> n_entities`,
		"flags and their counts":   `SELECT count(*) FROM documents WHERE len(flags) <> len(flag_counts)`,
		"sentence in its document": `SELECT count(*) FROM sentences s JOIN documents d USING (doc_id) WHERE s.text <> d.text[s.start_char + 1 : s.end_char]`,
		"removed in its document":  `SELECT count(*) FROM removed r JOIN documents d USING (doc_id) WHERE r.text <> d.text[r.start_char + 1 : r.end_char]`,
		"mention in its sentence": `SELECT count(*) FROM entities e JOIN sentences s USING (doc_id, sentence)
			WHERE e.text <> s.text[e.start_char + 1 : e.end_char] OR e.text <> substr(s.text, e.start_char + 1, e.end_char - e.start_char)`,
		"nested mention in its sentence": `SELECT count(*) FROM (SELECT text, unnest(entities) AS e FROM sentences) WHERE e.text <> text[e.start_char + 1 : e.end_char]`,
		"token in its sentence": `SELECT count(*) FROM (SELECT text, unnest(tokens) AS token, unnest(token_start) AS start FROM sentences)
			WHERE token <> text[start + 1 : start + length(token)]`,
		"tokens in order": `SELECT count(*) FROM sentences WHERE list_sort(token_start) <> token_start`,
		"entities is sentences.entities": `SELECT count(*) FROM (
			SELECT doc_id, sentence, unnest(range(len(entities))) AS mention, unnest(entities, recursive := true) FROM sentences
			EXCEPT ALL SELECT * FROM entities)`,
		"sentences.entities is entities": `SELECT count(*) FROM (
			SELECT * FROM entities
			EXCEPT ALL SELECT doc_id, sentence, unnest(range(len(entities))) AS mention, unnest(entities, recursive := true) FROM sentences)`,
		"scores in their range": `SELECT count(*) FROM sentences WHERE sentiment NOT BETWEEN -1 AND 1 OR abs(positive + negative + neutral - 1) > 0.0002
			OR sentiment_label NOT IN ('positive', 'neutral', 'negative')`,
		"quoted in its range": `SELECT count(*) FROM sentences WHERE quoted NOT BETWEEN 0 AND 1`,
		"names and only they have a sentiment": `SELECT count(*) FROM entities
			WHERE (sentiment IS NULL) <> (label IN ('DATE', 'TIME', 'PERCENT', 'MONEY', 'QUANTITY', 'ORDINAL', 'CARDINAL'))
			OR (sentiment IS NULL) <> (sentiment_label IS NULL)`,
		"sentiment toward mentions in its range": `SELECT count(*) FROM entities WHERE sentiment NOT BETWEEN -1 AND 1
			OR sentiment_label NOT IN ('positive', 'neutral', 'negative')`,
		"documents.main_entities": `WITH names AS (
				SELECT doc_id, coalesce(entity_id, coalesce(name, text) || ' ' || label) AS key, count(*) AS mentions, avg(sentiment) AS sentiment FROM entities
				WHERE label IN ('PERSON', 'NORP', 'FAC', 'ORG', 'GPE', 'LOC', 'PRODUCT', 'EVENT', 'WORK_OF_ART', 'LAW') GROUP BY ALL),
			main AS (SELECT doc_id, unnest(main_entities, recursive := true) FROM documents)
			SELECT count(*) FROM (SELECT doc_id, coalesce(entity_id, name || ' ' || label) AS key, mentions, sentiment FROM main) m
			LEFT JOIN names n USING (doc_id, key) WHERE n.mentions IS DISTINCT FROM m.mentions OR NOT abs(n.sentiment - m.sentiment) < 0.0002`,
		"main_entities are the most named": `SELECT count(*) FROM documents d JOIN (
				SELECT doc_id, list(mentions ORDER BY mentions DESC) AS counts FROM (
					SELECT doc_id, count(*) AS mentions FROM entities
					WHERE label IN ('PERSON', 'NORP', 'FAC', 'ORG', 'GPE', 'LOC', 'PRODUCT', 'EVENT', 'WORK_OF_ART', 'LAW')
					GROUP BY doc_id, coalesce(entity_id, coalesce(name, text) || ' ' || label))
				GROUP BY doc_id) n USING (doc_id)
			WHERE list_transform(main_entities, lambda m: m.mentions) <> counts[1:10]`,
		"four decimals": `SELECT count(*) FROM (SELECT unnest([sentiment, positive, negative, neutral, quoted]) AS x FROM sentences
			UNION ALL SELECT sentiment FROM entities UNION ALL SELECT unnest(main_entities).sentiment FROM documents) WHERE round(x, 4) <> x`,
		"published agrees":     `SELECT count(*) FROM sentences s JOIN documents d USING (doc_id) WHERE s.published <> d.published`,
		"unknown is NULL":      `SELECT count(*) FROM documents WHERE '' IN (title, byline, dateline, outlet, url, language)`,
		"no name is NULL":      `SELECT count(*) FROM entities WHERE '' IN (name, entity_id, external_id, title, value, sentiment_label)`,
		"removed has a why":    `SELECT count(*) FROM removed WHERE role = '' OR reason = ''`,
		"quarantine has a why": `SELECT count(*) FROM quarantine WHERE reason = ''`,
	} {
		if n := number(t, db, query); n != 0 {
			t.Errorf("%s: %d rows are wrong", name, n)
		}
	}
}

func TestMadeUp(t *testing.T) {
	db := open(t, build(t))
	for query, want := range map[string]string{
		`SELECT string_agg(DISTINCT text, '|' ORDER BY text) FROM entities WHERE label = 'GPE'`:                                            "Grünau|Port Ellery|São Brás|Øster Vig|東京",
		`SELECT string_agg(DISTINCT e.name, '|' ORDER BY e.name) FROM (SELECT unnest(entities) AS e FROM sentences) WHERE e.label = 'ORG'`: "Café Müller|Lower Tansy Ferries & Sons",
		`SELECT string_agg(DISTINCT published::VARCHAR, '|' ORDER BY published::VARCHAR) FROM documents`:                                   "2019-11-08|2019-11-09|2019-11-10|2019-11-11|2019-11-13",
		`SELECT count(*) FROM documents WHERE published IS NULL AND n_sentences = 0`:                                                       "2",
		`SELECT count(*) FROM sentences WHERE published = DATE '2019-11-09'`:                                                               "4",
		`SELECT count(*) FROM entities WHERE entity_id IS NULL`:                                                                            "26",
		`SELECT string_agg(t, '|') FROM (SELECT unnest(tokens) AS t FROM sentences WHERE doc_id = '0/story-2' AND sentence = 1)`:           "A|cafe\u0301|owner|,|Zoe\u0308|Lind|,|wept|.",
		`SELECT title FROM documents JOIN (SELECT doc_id FROM entities WHERE text = 'Émile Ward' LIMIT 1) USING (doc_id)`:                  "Story 1",
		`SELECT string_agg(m.name || ' ' || m.mentions || ' ' || m.sentiment, '|')
			FROM (SELECT unnest(main_entities) AS m FROM documents WHERE doc_id = '0/story-2')`: "東京 1 0.25|Café Müller 1 -0.5|Zoe\u0308 Lind 1 0.25",
		`SELECT sum(sentiment) FROM entities WHERE label = 'ORG'`: "-2",
		`SELECT max(quoted) FROM sentences`:                       "0.5",
		`SELECT count(*) FROM quarantine`:                         "0",
	} {
		var got string
		if err := db.QueryRow(query).Scan(&got); err != nil || got != want {
			t.Errorf("%s\ngot  %s %v\nwant %s", query, got, err, want)
		}
	}
}

// A query for one document reads the row group that has it, not the others.
func TestPruning(t *testing.T) {
	dir := build(t)
	db := open(t, dir)
	file := filepath.ToSlash(filepath.Join(dir, "sentences", "part-00000.parquet"))
	const groups = 5 // one of the six documents of a part has no sentence
	if n := number(t, db, fmt.Sprintf(`SELECT count(*) FROM parquet_metadata('%s')
		WHERE path_in_schema IN ('doc_id', 'sentence', 'sentiment') AND stats_min_value IS NOT NULL AND stats_max_value IS NOT NULL`, file)); n != 3*groups {
		t.Errorf("%d column chunks have statistics, want %d", n, 3*groups)
	}
	if n := number(t, db, fmt.Sprintf(`SELECT count(*) FROM parquet_metadata('%s')
		WHERE stats_min_value IS NOT NULL AND (path_in_schema = 'text' OR path_in_schema LIKE '%%list%%')`, file)); n != 0 {
		t.Errorf("%d column chunks of texts and lists have statistics", n)
	}
	if n := number(t, db, fmt.Sprintf(`SELECT count(DISTINCT row_group_id) FROM parquet_metadata('%s')
		WHERE path_in_schema = 'doc_id' AND '0/story-2' BETWEEN stats_min_value AND stats_max_value`, file)); n != 1 {
		t.Errorf("%d row groups may hold the document, want 1", n)
	}
	for _, setting := range []string{"parquet_metadata_cache = true", "enable_external_file_cache = false"} {
		if _, err := db.Exec("SET " + setting); err != nil {
			t.Fatal(err)
		}
	}
	all := bytesRead(t, db, "SELECT text FROM sentences")
	for _, where := range []string{"doc_id = '0/story-2'", "doc_id > '1/story-4'", "published = '2019-11-11'"} {
		if n := bytesRead(t, db, "SELECT text FROM sentences WHERE "+where); n == 0 || n > all*2/3 {
			t.Errorf("WHERE %s: DuckDB read %d bytes, and %d without it", where, n, all)
		}
	}
}

// bytesRead returns how much DuckDB reads from files for query, the footers aside.
func bytesRead(t *testing.T, db *sql.DB, query string) int {
	t.Helper()
	var kind, plan string
	for range 2 { // the second time it knows the footers
		if err := db.QueryRow("EXPLAIN (ANALYZE, FORMAT JSON) "+query).Scan(&kind, &plan); err != nil {
			t.Fatal(err)
		}
	}
	var total struct {
		Bytes int `json:"total_bytes_read"`
	}
	if err := json.Unmarshal([]byte(plan), &total); err != nil {
		t.Fatalf("%v in %s", err, plan)
	}
	return total.Bytes
}
