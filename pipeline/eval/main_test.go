package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"pressrow/stages"
)

func show(list []measure) string {
	var parts []string
	for _, m := range list {
		parts = append(parts, m.name+" "+m.value.String())
	}
	return strings.Join(parts, " ")
}

func showMentions(list []mention) string {
	var parts []string
	for _, m := range list {
		if m.class != noClass {
			parts = append(parts, fmt.Sprintf("%s[%d:%d]", classNames[m.class], m.start, m.end))
		}
	}
	return strings.Join(parts, " ")
}

// show2 joins the texts of spans with bars.
func show2(d *stages.Document, spans []stages.Span) string {
	var parts []string
	for _, s := range spans {
		parts = append(parts, d.Of(s))
	}
	return strings.Join(parts, "|")
}

// Which sets and measures are reported, in which order, with how many decimals.
func TestRun(t *testing.T) {
	jsonFile := filepath.Join(t.TempDir(), "scores.json")
	var stdout, stderr bytes.Buffer
	if code := run([]string{"testdata/data"}, jsonFile, &stdout, &stderr); code != 0 {
		t.Fatalf("exit %d: %s", code, &stderr)
	}
	lines := strings.Split(strings.TrimSuffix(stdout.String(), "\n"), "\n")
	var got []string
	for _, line := range lines {
		fields := strings.Split(line, "\t")
		if len(fields) != 3 {
			t.Fatalf("line %q has %d fields", line, len(fields))
		}
		if strings.HasPrefix(fields[1], "score") {
			continue // which there are is up to the model
		}
		got = append(got, fields[0]+" "+fields[1]+" "+shape(fields[2]))
	}
	want := strings.Fields(`
		comments/bakery article.lost 2
		comments/bakery clean.harmed 0
		comments/bakery clean.total 0
		comments/bakery cut.exact 0
		comments/bakery cut.total 0
		comments/bakery words.f1 2
		comments/bakery words.p 2
		comments/bakery words.r 2
		ner/harbour LOC.f1 2
		ner/harbour ORG.f1 2
		ner/harbour PER.f1 2
		ner/harbour all.f1 2
		ner/harbour all.p 2
		ner/harbour all.r 2
		repair/signs/menu passed 0
		repair/signs/menu total 0
		segmentation/mill sentences.f1 2
		segmentation/mill tokens.f1 2
		segmentation/mill words.f1 2
		segmentation/rules passed 0
		segmentation/rules total 0
		sentiment/flat/own target.f1 2
		sentiment/heads target.f1 2
		sentiment/nested target.f1 2
		sentiment/rated macro.f1 2
		sentiment/rated pearson 3`)
	if diff := cmp.Diff(strings.Join(want, " "), strings.Join(got, " ")); diff != "" {
		t.Errorf("set, measure, decimals (-want +got):\n%s", diff)
	}
	for _, total := range []string{"comments/bakery\tclean.total\t1", "comments/bakery\tcut.total\t1",
		"repair/signs/menu\ttotal\t2", "segmentation/rules\ttotal\t2"} {
		if !slices.Contains(lines, total) {
			t.Errorf("no line %q", total)
		}
	}
	if want := "ner/odd.tsv"; !strings.Contains(stderr.String(), want) {
		t.Errorf("no note on %s in %q", want, &stderr)
	}
	checkJSON(t, jsonFile, lines)
}

// shape returns the number of decimals.
func shape(value string) string {
	_, decimals, _ := strings.Cut(value, ".")
	return fmt.Sprint(len(decimals))
}

func checkJSON(t *testing.T, name string, lines []string) {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var scores []score
	if err := json.Unmarshal(b, &scores); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range scores {
		got = append(got, fmt.Sprintf("%s\t%s\t%s", s.Set, s.Measure, s.Value))
	}
	if diff := cmp.Diff(lines, got); diff != "" {
		t.Errorf("JSON differs from the lines (-lines +JSON):\n%s", diff)
	}
}

func TestScorerOf(t *testing.T) {
	for _, test := range []struct {
		name string
		want bool
	}{
		{"ner/a.tsv", true},
		{"more/ner/deep/a.tsv", true},
		{"ner/a.jsonl", false},
		{"segmentation/a.json", true},
		{"comments/a.json", false},
		{"comments/ner/a.tsv", false},
		{"repair/x/y/a.json", true},
		{"sentiment/a.csv", true},
		{"sentiment/lexicons/words.txt", false},
		{"articles/a.jsonl", true},
		{"articles/a.jsonl.gz", true},
		{"articles/a.gz", false},
		{"comments/a.jsonl.gz", false},
		{"words/a.tsv", false},
		{"ner.tsv", false},
	} {
		if got := scorerOf(test.name) != nil; got != test.want {
			t.Errorf("%s: scored %v, want %v", test.name, got, test.want)
		}
	}
}

// A file of another form is a note, not a score and not an error.
func TestUnknownForms(t *testing.T) {
	data := fstest.MapFS{}
	for name, text := range map[string]string{
		"ner/a.tsv":            "no label\n",
		"ner/empty.tsv":        "",
		"segmentation/a.jsonl": `{"text": "one"}`,
		"segmentation/b.jsonl": `not JSON`,
		"segmentation/a.json":  `{"version": 1}`,
		"segmentation/b.json":  `[{"rule": "one"}]`,
		"comments/a.jsonl":     `{"title": "one"}`,
		"comments/b.jsonl":     `{"text": "one", "main": [], "bad_gold": true}`,
		"repair/a.json":        `[{"label": "one"}]`,
		"repair/b.json":        `"one"`,
		"sentiment/a.tsv":      "good\t1.9\n",
		"sentiment/b.tsv":      "1\tgood\ttext\n2\tgood\ttext\n",
		"sentiment/c.tsv":      "1\t55\ttext\n",
		"sentiment/a.jsonl":    `{"sentence": "one"}`,
		"sentiment/b.jsonl":    `{"sentence": "one", "mention": "one", "polarity": 5}`,
		"sentiment/a.csv":      "a,b\n1,2\n",
		"sentiment/b.csv":      "Title,Decisions\none,two\n",
		"sentiment/empty.csv":  "",
	} {
		data[name] = &fstest.MapFile{Data: []byte(text)}
	}
	var stderr bytes.Buffer
	scores, err := scoreAll(data, &stderr)
	if err != nil || len(scores) != 0 {
		t.Errorf("scores %v, error %v, want none", scores, err)
	}
	for name := range data {
		if !strings.Contains(stderr.String(), name+": ") {
			t.Errorf("no note on %s", name)
		}
	}
}

func TestFloors(t *testing.T) {
	name := filepath.Join(t.TempDir(), "floors.tsv")
	const floors = "# set\tmeasure\tfloor\n\nner/a\tall.f1\t70\nner/a\tPER.f1\t80\ncomments/b\tarticle.lost\t3\ncomments/c\tarticle.lost\t3\nner/absent\tall.f1\t99\n"
	if err := os.WriteFile(name, []byte(floors), 0o666); err != nil {
		t.Fatal(err)
	}
	recorded, err := readFloors(name)
	if err != nil {
		t.Fatal(err)
	}
	got := compare([]score{
		{"comments/b", "article.lost", "3.01"}, {"comments/c", "article.lost", "3.00"},
		{"ner/a", "PER.f1", "79.99"}, {"ner/a", "all.f1", "70.00"}, {"ner/new", "all.f1", "1.00"},
	}, recorded)
	want := []string{
		"comments/b article.lost is 3.01, above its ceiling 3",
		"ner/a PER.f1 is 79.99, below its floor 80",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("misses (-want +got):\n%s", diff)
	}
}

func TestExitCodes(t *testing.T) {
	dir := t.TempDir()
	high := filepath.Join(dir, "high.tsv")
	if err := os.WriteFile(high, []byte("segmentation/rules\ttotal\t3\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		args []string
		want int
	}{
		{[]string{"testdata/data"}, 0},
		{[]string{"-floors", high, "testdata/data"}, 1},
		{[]string{"-floors", filepath.Join(dir, "none.tsv"), "testdata/data"}, 1},
		{[]string{dir + "/none"}, 1},
		{nil, 64},
		{[]string{"-unknown", "testdata/data"}, 64},
	} {
		if got := run(test.args, "", io.Discard, io.Discard); got != test.want {
			t.Errorf("%v: exit %d, want %d", test.args, got, test.want)
		}
	}
}

func TestEachLine(t *testing.T) {
	long := strings.Repeat("x", 1<<18)
	var got []string
	err := eachLine(strings.NewReader("one\r\n\n"+long+"\nlast"), func(n int, line []byte) error {
		got = append(got, fmt.Sprint(n, " ", len(line)))
		return nil
	})
	if want := []string{"1 3", "2 0", fmt.Sprint("3 ", len(long)), "4 4"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
}

// A stage that fails or panics on a document does not end the evaluation.
func TestThrough(t *testing.T) {
	var d stages.Document
	err := through(&d, func(*stages.Document) error { panic("out of range") })
	if err == nil || err.Error() != "panic: out of range" {
		t.Errorf("got %v", err)
	}
}
