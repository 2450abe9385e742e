// Train makes the name model of the entities stage from annotated text. Run it
// in the root of the project:
//
//	go run ./stages/entities/train -data ../shared/data
//
// It trains a first pass on all sets, then a second one that hears what the
// first says of a word's other mentions; for that, each quarter of the texts
// is tagged by a first pass trained on the others. The same data give the same
// bytes on the same kind of processor.
package main

import (
	"crypto/sha256"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"pressrow/stages/entities"
)

// A pass is how a crf is trained.
type pass struct {
	epochs int
	keep   float32 // share of the features that a step sees
	rate   float32
}

var (
	firstPass  = pass{epochs: 12, keep: 0.5, rate: 0.05}
	secondPass = pass{epochs: 6, keep: 0.5, rate: 0.05}
)

// caution is what the second pass gains for each word outside of names, in
// natural logarithms. Without it, held-out recall is two points above precision.
const caution = 0.25

const (
	folds = 4
	unit  = 24 // steps of a weight per natural logarithm
)

func main() {
	log.SetFlags(0)
	data := flag.String("data", "../shared/data", "folder with ner/*.tsv")
	out := flag.String("o", "stages/entities/model.bin", "file to write")
	open := flag.Bool("open", false, "leave out the set without a stated licence")
	hold := flag.Int("hold", -1, "hold out every tenth document of worldwide, from this one on (0 to 9)")
	flag.Parse()
	texts, err := read(*data, *open, *hold)
	if err != nil {
		log.Fatal(err)
	}
	file := train(texts)
	if err := os.WriteFile(*out, file, 0o644); err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%s: %d texts, %d bytes, sha256 %x\n", filepath.Base(*out), len(texts), len(file), sha256.Sum256(file))
}

// read loads and prepares the sets.
func read(data string, open bool, hold int) ([]*text, error) {
	var all []*text
	for i := range sets {
		s := &sets[i]
		if open && s.file == worldwide {
			continue
		}
		texts, err := load(data, s)
		if err != nil {
			return nil, err
		}
		if s.file == worldwide && hold >= 0 {
			kept := texts[:0]
			for k, t := range texts {
				if k%10 != hold {
					kept = append(kept, t)
				}
			}
			texts = kept
		}
		all = append(append(all, texts...), recased(texts)...)
	}
	x := new(entities.Extractor)
	for _, t := range all {
		t.prepare(x)
	}
	return all, nil
}

// train returns the model file.
func train(texts []*text) []byte {
	first := fit(texts, entities.TableBits, firstPass)
	x := new(entities.Extractor)
	echoed := make([][]run, len(texts))
	for f := range folds {
		var rest []*text
		for i, t := range texts {
			if i%folds != f {
				rest = append(rest, t)
			}
		}
		c := fit(rest, entities.TableBits, firstPass)
		for i, t := range texts {
			if i%folds == f {
				echoed[i] = c.echo(x, t)
			}
		}
	}
	for i, t := range texts {
		t.runs = echoed[i]
	}
	second := fit(texts, entities.EchoBits, secondPass).weights()
	second.Start[entities.Out] += caution
	for a := range second.Next {
		second.Next[a][entities.Out] += caution
	}
	return entities.CompileModel(first.weights(), second, unit)
}

// fit trains a crf on texts, which it takes in a new order in each epoch.
func fit(texts []*text, bits int, o pass) *crf {
	c := newCRF(bits, o)
	order := make([]int, len(texts))
	for i := range order {
		order[i] = i
	}
	random := uint64(1)
	for range o.epochs {
		for i := len(order) - 1; i > 0; i-- {
			random = random*6364136223846793005 + 1442695040888963407
			j := int(random >> 33 % uint64(i+1))
			order[i], order[j] = order[j], order[i]
		}
		for _, i := range order {
			t := texts[i]
			for k := range t.runs {
				c.learn(&t.runs[k], t.set.weight)
			}
		}
	}
	return c
}

// echo returns the runs of t as the second pass sees them when c is the first.
func (c *crf) echo(x *entities.Extractor, t *text) []run {
	x.Load(t.doc)
	found := make([]entities.Mark, len(t.doc.Tokens))
	runs := make([]run, len(t.runs))
	for k := range t.runs {
		r := &t.runs[k]
		copy(found[r.start:], c.best(r))
		runs[k] = run{sentence: r.sentence, start: r.start, gold: r.gold, given: append([]scores(nil), c.own[:len(r.rows)]...)}
	}
	x.Listen(found)
	for k := range runs {
		r := &runs[k]
		x.Sentence(r.sentence)
		for i := range r.gold {
			r.rows = append(r.rows, x.EchoRows(nil, r.start+i))
		}
	}
	return runs
}
