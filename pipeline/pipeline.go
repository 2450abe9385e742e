// Package pipeline runs a folder of articles through the stages and publishes
// the dataset. The stages stay simple because everything that is not language
// lives here: files, goroutines, order, failures.
//
// [Stages] is the table of what happens to a document; [Build] runs it over a
// folder, for example seeds/ into out/current/sentences/part-00000.parquet
// and its sister tables.
//
// A rerun gives the bytes of a clean build for a fraction of the work. What a
// document was made from has a key (its id, its place and a hash of its bytes);
// each part has an index of the keys, in the snapshot itself. A part whose keys
// and recipe are the same is linked; in another one, groups of documents whose
// keys are the same are copied, and the rows of other documents with the same
// key are read back. Groups end where the documents say, so that a change moves
// no end but those near it.
//
// Nanoseconds a stage spends on a token of news, on one core of a shared
// virtual machine (go test -bench Stages -cpu 1, with PRESSROW_CORPUS set to
// political news):
//
//	clean  comments  sentences  tokens  entities  sentiment  prompts  all
//	   15        31         56      29       155         63        5  352
//
// In tokens, 8 of these are for the table of spellings that the stages behind it
// use.
package pipeline

import (
	"errors"
	"fmt"
	"hash"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/zeebo/xxh3"

	"pressrow/stages"
	"pressrow/stages/clean"
	"pressrow/stages/comments"
	"pressrow/stages/entities"
	"pressrow/stages/prompts"
	"pressrow/stages/sentences"
	"pressrow/stages/sentiment"
	"pressrow/stages/tokens"
)

// Stages is the whole of what happens to a document, in order. To add a
// stage, write func(*stages.Document) error in a package of its own and add a
// line here.
var Stages = []Stage{
	{"clean", 1, "decode the bytes, repair and tidy the text", clean.Text, nil},
	{"comments", 2, "give each block a role; mark comments, forms and credits", comments.Mark, comments.HashData},
	{"sentences", 3, "split article blocks into sentences", sentences.Split, sentences.HashData},
	{"tokens", 1, "split sentences into words", tokens.Split, nil},
	{"entities", 3, "tag people, places, bodies, dates and numbers", entities.Tag, entities.HashData},
	{"sentiment", 1, "score each sentence", sentiment.Score, sentiment.HashData},
	{"prompts", 1, "flag what reads like orders to a language model", prompts.Flag, nil},
}

// A Stage is one step on a document's way.
type Stage struct {
	Name    string
	Version int    // raised whenever the stage's output changes
	Doc     string // what it does, in a line
	Run     func(*stages.Document) error
	Data    func(hash.Hash) // adds the models and lexicons it rests on to a hash; nil without any
}

// fingerprint returns what a dataset's fingerprint knows of the stage: its
// version and a hash (XXH3) of its data, which are millions of bytes: a fast
// hash keeps the start short.
func (s *Stage) fingerprint() string {
	if s.Data == nil {
		return strconv.Itoa(s.Version)
	}
	h := xxh3.New()
	s.Data(h)
	return fmt.Sprintf("%d %016x", s.Version, h.Sum64())
}

// analyse takes d through the stages and adds the time of each to times. An
// error or a panic of a stage is that document's misfortune, not the batch's.
func analyse(d *stages.Document, list []Stage, times []time.Duration) *refusal {
	then := time.Now()
	for i, s := range list {
		if refused := guard(s.Name, func() error { return s.Run(d) }); refused != nil {
			if at := int(refused.offset); at >= 0 {
				refused.offset = int64(d.RawMap.Span(stages.Span{Start: at, End: at + 1}).Start)
			}
			return refused
		}
		now := time.Now()
		times[i] += now.Sub(then)
		then = now
	}
	return guard("check", d.Check)
}

// guard runs one step and turns its error or panic into a refusal.
func guard(step string, run func() error) (refused *refusal) {
	defer func() {
		if p := recover(); p != nil {
			refused = refuse(Internal, "%s: panic: %v; %s", step, p, where(debug.Stack()))
		}
	}()
	err := run()
	var unreadable *clean.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &unreadable):
		return refuse(Reason(unreadable.Reason), "%s", unreadable.Detail).at(int64(unreadable.Offset))
	}
	return refuse(Internal, "%s: %v", step, err)
}

// where returns the innermost line of pressrow's own code in a stack, without
// addresses and folders, which differ between machines.
func where(stack []byte) string {
	_, stack2, _ := strings.Cut(string(stack), "panic(")
	lines := strings.Split(stack2, "\n")
	for i := 1; i+1 < len(lines); i++ {
		if name, _, ok := strings.Cut(lines[i], "("); ok && strings.HasPrefix(name, "pressrow/") {
			file, _, _ := strings.Cut(strings.TrimSpace(lines[i+1]), " ")
			return fmt.Sprintf("%s at %s", name, file[strings.LastIndexByte(file, '/')+1:])
		}
	}
	return "no place known"
}
