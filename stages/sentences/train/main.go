// Train makes the model of package sentences.
//
//	go run ./stages/sentences/train -data ../shared/data
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
	flag.Parse()
	gaps, err := read(*data, *worldwide)
	if err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(*out, quantize(train(gaps)), 0o644); err != nil {
		log.Fatal(err)
	}
}

// A gap is one training example.
type gap struct {
	features []uint32
	ends     bool
}

// read returns the gaps of the training sets, without the features that occur
// less than twice in EWT and GUM.
func read(data string, worldwide bool) ([]gap, error) {
	var gaps []gap
	counts := make([]int, sentences.TableSize)
	for _, name := range []string{"ewt-train.jsonl", "gum-train.jsonl"} {
		err := treebank(filepath.Join(data, "segmentation", name), func(p []string) {
			sentences.Gaps(p, func(features []uint32, stop, ends bool) {
				gaps = append(gaps, gap{slices.Clone(features), ends})
				for _, f := range features {
					counts[f]++
				}
			})
		})
		if err != nil {
			return nil, err
		}
	}
	for i := range gaps {
		gaps[i].features = frequent(gaps[i].features, counts)
	}
	err := prose(data, worldwide, func(p []string) {
		sentences.Gaps(p, func(features []uint32, stop, ends bool) {
			if !stop && !ends {
				gaps = append(gaps, gap{slices.Clone(frequent(features, counts)), false})
			}
		})
	})
	return gaps, err
}

// frequent returns, in their own memory, the features that counts has more than once.
func frequent(features []uint32, counts []int) []uint32 {
	return slices.DeleteFunc(features, func(f uint32) bool { return counts[f] < 2 })
}

// treebank visits the paragraphs of a set as lists of sentences.
func treebank(path string, visit func([]string)) error {
	return lines(path, func(line string) error {
		var doc struct {
			ID    string
			Paras [][]struct{ T string }
		}
		if err := json.Unmarshal([]byte(line), &doc); err != nil {
			return err
		}
		if parts := strings.Split(doc.ID, "_"); parts[0] == "GUM" && !genres[parts[1]] {
			return nil
		}
		for _, p := range doc.Paras {
			var list []string
			for _, s := range p {
				list = append(list, s.T)
			}
			visit(list)
		}
		return nil
	})
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
