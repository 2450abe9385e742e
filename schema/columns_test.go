package schema

import (
	"iter"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func collect[T any](t *testing.T, rows iter.Seq2[T, error]) []T {
	t.Helper()
	var list []T
	for row, err := range rows {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, row)
	}
	return list
}

func TestKeysAreThoseOfTheRows(t *testing.T) {
	docs := madeUp(30, 7)
	dir, _ := writePart(t, docs, 7, 2, Settings{})
	var documentKeys []DocumentKey
	var mentionKeys []MentionKey
	for _, rows := range docs {
		for _, d := range rows.Documents {
			documentKeys = append(documentKeys, DocumentKey{d.DocID, d.SHA256, d.NSentences, d.NEntities, d.NRemoved})
		}
		for m := range rows.Mentions() {
			mentionKeys = append(mentionKeys, MentionKey{m.Label, m.Name, m.EntityID})
		}
	}
	if len(documentKeys) != 30 || len(mentionKeys) == 0 {
		t.Fatalf("made up %d documents with %d mentions", len(documentKeys), len(mentionKeys))
	}
	if d := cmp.Diff(documentKeys, collect(t, DocumentKeys(filepath.Join(dir, "documents", "part-00000.parquet")))); d != "" {
		t.Errorf("documents:\n%s", d)
	}
	if d := cmp.Diff(mentionKeys, collect(t, MentionKeys(filepath.Join(dir, "entities", "part-00000.parquet")))); d != "" {
		t.Errorf("entities:\n%s", d)
	}
}

func TestKeysOfQuarantine(t *testing.T) {
	rows := &Rows{Quarantined: []Quarantined{
		{DocID: "a.png", Path: "a.png", Reason: "binary", Detail: "png"},
		{DocID: "b.jsonl#3", Path: "b.jsonl", Reason: "bad_json", Detail: "unexpected end"},
	}}
	dir, _ := writePart(t, []*Rows{rows}, 1, 1, Settings{})
	got := collect(t, QuarantineKeys(filepath.Join(dir, "quarantine", "part-00000.parquet")))
	if d := cmp.Diff([]QuarantineKey{{"a.png", "binary", "png"}, {"b.jsonl#3", "bad_json", "unexpected end"}}, got); d != "" {
		t.Error(d)
	}
}

// A damaged file is an error, not a panic, and no row is invented for it.
func TestKeysOfADamagedFile(t *testing.T) {
	dir, _ := writePart(t, madeUp(20, 3), 5, 1, Settings{})
	name := filepath.Join(dir, "documents", "part-00000.parquet")
	whole, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	want := collect(t, DocumentKeys(name))
	failed := 0
	for at := 4; at < len(whole); at += 97 {
		b := append([]byte(nil), whole...)
		b[at] ^= 0x10
		if err := os.WriteFile(name, b, 0o644); err != nil {
			t.Fatal(err)
		}
		for _, err := range DocumentKeys(name) {
			if err != nil {
				failed++
			}
		}
	}
	if failed == 0 {
		t.Errorf("no error in %d damaged files of %d documents", len(whole)/97, len(want))
	}
	for _, other := range []iter.Seq2[MentionKey, error]{MentionKeys(filepath.Join(dir, "documents", "part-00000.parquet")), MentionKeys(dir), MentionKeys("nowhere")} {
		n := 0
		for _, err := range other {
			if err == nil {
				t.Error("a row of a file that is none of entities")
			}
			n++
		}
		if n != 1 {
			t.Errorf("%d errors, want 1", n)
		}
	}
}
