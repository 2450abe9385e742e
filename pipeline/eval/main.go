// Command eval runs the stages on annotated data and says how well they do.
//
//	go run ./pipeline/eval [-floors FILE] DATA
//
// It scores every set it finds below DATA and prints one line per set and
// measure, tab-separated and sorted:
//
//	ner/river	PER.f1	85.71
//
// A set's name is its path below DATA without the extension. Shares and F1 are
// in per cent with two decimals, correlations plain with three, counts plain.
// The same goes to the file that the environment variable EVAL_JSON names, as
// a JSON list of {"set", "measure", "value"}. Nothing but scores is written to
// standard output; notes (a file of unknown form, a document that a stage
// refused, mentions that cannot be found) go to standard error.
//
// With -floors, each score is compared with the recorded one of the same set
// and measure (columns set, measure, floor). A score below its floor, or above
// it where less is better (article.lost, clean.harmed), is reported on
// standard error and makes the exit status 1. Floors of sets that are not
// below DATA are passed over.
//
// What a file is follows from its folder and its form, never from its name:
//
//	ner/*.tsv            token and label per line, "#doc" parts documents, blank lines sentences
//	segmentation/*.jsonl one document per line: {paras: [[{t, toks, words}]]}
//	segmentation/*.json  a list of {text, sents}
//	comments/*.jsonl     one page per line: {text, main, com, bad_gold}
//	repair/*.json        a list of {original, fixed, fixed-encoding}
//	sentiment/*.tsv      id, rating, sentence
//	sentiment/*.jsonl    a sentence and its marked mentions, in either NewsMTSC layout
//	sentiment/*.csv      columns Title and Decisions, a Python dict from mention to tone
//	articles/*.jsonl     articles: {id, title, text, date, source, url}; *.jsonl.gz, too
//
// Articles carry no labels. politics.tsv, which is part of this program, says
// where the names stand in 300 sentences of 30 of them; for the rest nothing is
// scored:
//
//	articles/news	politics.PER.f1	92.31
//	articles/news	politics.names.bcubed.f1	95.60
//
// Folders may be nested. Other folders and other files are no sets.
//
// All F1 are micro averages over the whole set unless they say macro. The
// functions that count say how they read their gold: see scoreNER,
// scoreSegmentation, scoreComments, scoreRepair, scoreRated, scoreTargets and
// scorePolitics.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"pressrow/stages"
)

func main() {
	os.Exit(run(os.Args[1:], os.Getenv("EVAL_JSON"), os.Stdout, os.Stderr))
}

// Exit codes, as in the program itself.
const (
	exitFailed = 1
	exitUsage  = 64
)

func run(args []string, jsonFile string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("eval", flag.ContinueOnError)
	flags.SetOutput(stderr)
	floorsFile := flags.String("floors", "", "compare with the scores recorded in `FILE` (set, measure, floor)")
	if err := flags.Parse(args); err != nil {
		return exitUsage
	}
	if flags.NArg() != 1 {
		fmt.Fprintln(stderr, "usage: eval [-floors FILE] DATA")
		return exitUsage
	}
	missed, err := evaluate(flags.Arg(0), *floorsFile, jsonFile, stdout, stderr)
	if err != nil {
		fmt.Fprintf(stderr, "eval: %v\n", err)
		return exitFailed
	}
	if missed > 0 {
		return exitFailed
	}
	return 0
}

// evaluate scores what is below the folder data and returns how many scores miss their floor.
func evaluate(data, floorsFile, jsonFile string, stdout, stderr io.Writer) (missed int, err error) {
	scores, err := scoreAll(os.DirFS(data), stderr)
	if err != nil {
		return 0, err
	}
	if len(scores) == 0 {
		return 0, fmt.Errorf("no set below %s", data)
	}
	for _, s := range scores {
		if _, err := fmt.Fprintf(stdout, "%s\t%s\t%s\n", s.Set, s.Measure, s.Value); err != nil {
			return 0, err
		}
	}
	if jsonFile != "" {
		if err := writeJSON(jsonFile, scores); err != nil {
			return 0, err
		}
	}
	if floorsFile == "" {
		return 0, nil
	}
	floors, err := readFloors(floorsFile)
	if err != nil {
		return 0, err
	}
	misses := compare(scores, floors)
	for _, miss := range misses {
		fmt.Fprintf(stderr, "eval: %s\n", miss)
	}
	return len(misses), nil
}

// A score is one line of the report. Value is already rounded as it is printed.
type score struct {
	Set     string      `json:"set"`
	Measure string      `json:"measure"`
	Value   json.Number `json:"value"`
}

func writeJSON(name string, scores []score) error {
	b, err := json.MarshalIndent(scores, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(name, append(b, '\n'), 0o666)
}

// A note tells the person at the terminal what a score leaves out.
type note func(format string, args ...any)

// A scorer reads one set and measures the stages on it.
type scorer func(r io.Reader, note note) ([]measure, error)

// forms is the table of everything that can be scored.
var forms = []struct {
	folder, ext string
	score       scorer
}{
	{"ner", ".tsv", scoreNER},
	{"segmentation", ".jsonl", scoreSegmentation},
	{"segmentation", ".json", scoreRules},
	{"comments", ".jsonl", scoreComments},
	{"repair", ".json", scoreRepair},
	{"sentiment", ".tsv", scoreRated},
	{"sentiment", ".jsonl", scoreTargets},
	{"sentiment", ".csv", scoreHeadlines},
	{"articles", ".jsonl", scorePolitics},
	{"articles", ".jsonl.gz", unzipped(scorePolitics)},
}

// scorerOf returns the scorer for the file, or nil. The outermost folder with
// a known name decides.
func scorerOf(name string) scorer {
	for _, folder := range strings.Split(path.Dir(name), "/") {
		known := false
		for _, f := range forms {
			if f.folder != folder {
				continue
			}
			known = true
			if f.ext == extension(name) {
				return f.score
			}
		}
		if known {
			return nil
		}
	}
	return nil
}

// extension returns how name ends, from the last dot, or from the last but one
// for a packed file.
func extension(name string) string {
	unpacked, packed := strings.CutSuffix(name, ".gz")
	if packed {
		return path.Ext(unpacked) + ".gz"
	}
	return path.Ext(name)
}

// errForm says that a file is not of the form that its place promises.
var errForm = errors.New("unknown form, not scored")

// scoreAll scores every set in data and returns the scores sorted by set and measure.
func scoreAll(data fs.FS, stderr io.Writer) ([]score, error) {
	var all []score
	err := fs.WalkDir(data, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		score := scorerOf(name)
		if entry.IsDir() || score == nil {
			return nil
		}
		note := func(format string, args ...any) {
			fmt.Fprintf(stderr, "eval: %s: %s\n", name, fmt.Sprintf(format, args...))
		}
		scores, err := scoreFile(data, name, score, note)
		if errors.Is(err, errForm) {
			note("%v", err)
			return nil
		}
		all = append(all, scores...)
		return err
	})
	slices.SortFunc(all, func(a, b score) int {
		if c := strings.Compare(a.Set, b.Set); c != 0 {
			return c
		}
		return strings.Compare(a.Measure, b.Measure)
	})
	return all, err
}

func scoreFile(data fs.FS, name string, f scorer, note note) ([]score, error) {
	r, err := data.Open(name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	measures, err := f(r, note)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	set := strings.TrimSuffix(name, extension(name))
	scores := make([]score, len(measures))
	for i, m := range measures {
		scores[i] = score{set, m.name, m.value}
	}
	return scores, nil
}

// through carries d through the given stages as the pipeline does: an error or
// a panic sets the document aside.
func through(d *stages.Document, steps ...func(*stages.Document) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	for _, step := range steps {
		if err := step(d); err != nil {
			return err
		}
	}
	return nil
}

// eachRow decodes the JSON lines of r into rows of type T. A line that is no
// JSON object makes the whole file one of unknown form.
func eachRow[T any](r io.Reader, f func(line int, row *T) error) error {
	return eachLine(r, func(n int, line []byte) error {
		if len(bytes.TrimSpace(line)) == 0 {
			return nil
		}
		row := new(T)
		if err := json.Unmarshal(line, row); err != nil {
			return fmt.Errorf("line %d: %v: %w", n, err, errForm)
		}
		return f(n, row)
	})
}
