// Train makes the model of package sentences.
//
//	go run ./stages/sentences/train -data ../shared/data
//	go run ./stages/sentences/train -data ../shared/data -folds 5
//
// It reads segmentation/ewt-train.jsonl, the openly licensed genres of
// segmentation/gum-train.jsonl and the edited prose that prose.go names below
// -data, and writes stages/sentences/model.bin: one signed byte per weight of a
// logistic regression over hashed features. Same data, same bytes, on one kind
// of processor.
package main

import (
	"encoding/json"
	"flag"
	"log"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"pressrow/stages/sentences"
)

const (
	epochs = 12
	rate   = 0.05  // of AdaGrad, falling to zero over the epochs
	decay  = 0.002 // pull of a weight towards zero at each step
	rounds = 8     // models trained in different orders, whose weights are averaged
)

// genres of GUM whose text may be trained on: CC BY, CC BY-SA or public domain.
var genres = map[string]bool{
	"academic": true, "bio": true, "conversation": true, "court": true, "interview": true,
	"news": true, "speech": true, "textbook": true, "vlog": true, "voyage": true,
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("train: ")
	data := flag.String("data", "../shared/data", "`folder` with the training data")
	out := flag.String("o", "stages/sentences/model.bin", "`file` to write")
	worldwide := flag.Bool("worldwide", true, "learn from ner/worldwide.tsv too, which states no licence")
	folds := flag.Int("folds", 0, "cross-validate in `n` folds instead")
	flag.Parse()
	documents, err := treebanks(*data)
	if err != nil {
		log.Fatal(err)
	}
	without, err := inside(*data, *worldwide)
	if err != nil {
		log.Fatal(err)
	}
	if *folds > 0 {
		crossValidate(documents, without, *folds)
		return
	}
	if err := os.WriteFile(*out, quantize(train(choose(documents, without))), 0o644); err != nil {
		log.Fatal(err)
	}
}

// A document is one of EWT or GUM.
type document struct {
	id         string
	paragraphs [][]string // as lists of sentences
	licensed   bool       // the model may learn from it
	gaps       []gap
}

// A gap is one training example.
type gap struct {
	features []uint32
	ends     bool
}

// treebanks returns the documents of EWT and GUM.
func treebanks(data string) ([]document, error) {
	var documents []document
	for _, name := range []string{"ewt-train.jsonl", "gum-train.jsonl"} {
		err := lines(filepath.Join(data, "segmentation", name), func(line string) error {
			d, err := read(line)
			documents = append(documents, d)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return documents, nil
}

func read(line string) (document, error) {
	var row struct {
		ID    string
		Paras [][]struct{ T string }
	}
	err := json.Unmarshal([]byte(line), &row)
	parts := strings.Split(row.ID, "_")
	d := document{id: row.ID, licensed: parts[0] != "GUM" || genres[parts[1]]}
	for _, p := range row.Paras {
		var list []string
		for _, s := range p {
			list = append(list, s.T)
		}
		d.paragraphs = append(d.paragraphs, list)
		sentences.Gaps(list, func(features []uint32, plain, ends bool) {
			d.gaps = append(d.gaps, gap{slices.Clone(features), ends})
		})
	}
	return d, err
}

// inside returns the gaps of edited prose behind which certainly no sentence
// ends: those without a stop, or before a small letter.
func inside(data string, worldwide bool) ([]gap, error) {
	var gaps []gap
	err := prose(data, worldwide, func(p []string) {
		sentences.Gaps(p, func(features []uint32, plain, ends bool) {
			if plain && !ends {
				gaps = append(gaps, gap{slices.Clone(features), false})
			}
		})
	})
	return gaps, err
}

// choose returns what to learn from documents and the gaps without: the
// licensed gaps, without the features that occur less than twice in the documents.
func choose(documents []document, without []gap) []gap {
	counts := make([]int, sentences.TableSize)
	var gaps []gap
	for _, d := range documents {
		if !d.licensed {
			continue
		}
		gaps = append(gaps, d.gaps...)
		for _, g := range d.gaps {
			for _, f := range g.features {
				counts[f]++
			}
		}
	}
	gaps = append(gaps, without...)
	for i, g := range gaps {
		gaps[i].features = frequent(g.features, counts)
	}
	return gaps
}

// frequent returns, in their own memory, the features that counts has more than once.
func frequent(features []uint32, counts []int) []uint32 {
	kept := make([]uint32, 0, len(features))
	for _, f := range features {
		if counts[f] > 1 {
			kept = append(kept, f)
		}
	}
	return kept
}

// train returns the weights of the logistic regression. Each product is
// converted, so that no compiler fuses it with a sum and changes the result.
func train(gaps []gap) []float64 {
	mean := make([]float64, sentences.TableSize)
	for round := range rounds {
		weights := make([]float64, sentences.TableSize)
		squares := make([]float64, sentences.TableSize)
		order := permutation{seed: uint64(round + 1)}
		for epoch := range epochs {
			step := rate * float64(epochs-epoch) / epochs
			for _, i := range order.of(len(gaps)) {
				g := &gaps[i]
				var score float64
				for _, f := range g.features {
					score += weights[f]
				}
				loss := 1 / (1 + math.Exp(-score))
				if g.ends {
					loss--
				}
				if math.Abs(loss) < 1e-3 {
					continue
				}
				for _, f := range g.features {
					slope := loss + float64(decay*weights[f])
					squares[f] += float64(slope * slope)
					weights[f] -= float64(step*slope) / math.Sqrt(squares[f]+1e-8)
				}
			}
		}
		for i, w := range weights {
			mean[i] += w / rounds
		}
	}
	return mean
}

// quantize makes each weight one signed byte.
func quantize(weights []float64) []byte {
	out := make([]byte, len(weights))
	for i, w := range weights {
		out[i] = byte(int8(math.Round(max(-127, min(127, w*sentences.WeightScale)))))
	}
	return out
}

// A permutation deals out orders, the same ones for the same seed.
type permutation struct {
	seed  uint64
	order []int
}

// of returns the numbers below n in the next order.
func (p *permutation) of(n int) []int {
	if len(p.order) != n {
		p.order = make([]int, n)
		for i := range p.order {
			p.order[i] = i
		}
	}
	for i := n - 1; i > 0; i-- {
		p.seed = p.seed*6364136223846793005 + 1442695040888963407
		j := int(p.seed >> 33 % uint64(i+1))
		p.order[i], p.order[j] = p.order[j], p.order[i]
	}
	return p.order
}
