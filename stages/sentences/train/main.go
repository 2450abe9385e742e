// Train makes the model of package sentences.
//
//	go run ./stages/sentences/train -data ../shared/data
//
// It reads segmentation/ewt-train.jsonl and the openly licensed genres of
// segmentation/gum-train.jsonl below -data and writes stages/sentences/model.bin:
// one signed byte per weight of a logistic regression over hashed features. Same
// data, same bytes, on one kind of processor.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"math"
	"os"
	"path/filepath"
	"strings"

	"pressrow/stages/sentences"
)

const (
	epochs = 12
	rate   = 0.05  // of AdaGrad, falling to zero over the epochs
	decay  = 0.002 // pull of a weight towards zero at each step
	rounds = 4     // models trained in different orders, whose weights are averaged
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
	flag.Parse()
	gaps, err := read(filepath.Join(*data, "segmentation"))
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

// read returns the gaps of the training sets, without features that occur once.
func read(dir string) ([]gap, error) {
	var gaps []gap
	counts := make([]int, sentences.TableSize)
	for _, name := range []string{"ewt-train.jsonl", "gum-train.jsonl"} {
		err := paragraphs(filepath.Join(dir, name), func(p []string) {
			sentences.Gaps(p, func(features []uint32, ends bool) {
				gaps = append(gaps, gap{append([]uint32(nil), features...), ends})
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
		kept := gaps[i].features[:0]
		for _, f := range gaps[i].features {
			if counts[f] > 1 {
				kept = append(kept, f)
			}
		}
		gaps[i].features = kept
	}
	return gaps, nil
}

// paragraphs visits the paragraphs of a set as lists of sentences.
func paragraphs(path string, visit func([]string)) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<26)
	for n := 1; lines.Scan(); n++ {
		var doc struct {
			ID    string
			Paras [][]struct{ T string }
		}
		if err := json.Unmarshal(lines.Bytes(), &doc); err != nil {
			return fmt.Errorf("%s:%d: %w", path, n, err)
		}
		if parts := strings.Split(doc.ID, "_"); parts[0] == "GUM" && !genres[parts[1]] {
			continue
		}
		for _, p := range doc.Paras {
			var list []string
			for _, s := range p {
				list = append(list, s.T)
			}
			visit(list)
		}
	}
	return lines.Err()
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
