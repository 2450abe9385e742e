package main

import (
	"fmt"
	"math"
	"strconv"

	"pressrow/stages/sentiment"
)

const folds = 10

// crossValidate scores each rated sentence with weights learned without its
// article, and returns the scores beside the ratings, brought to -1 to 1.
func (m *material) crossValidate() (scores, ratings []float64) {
	samples := m.samples()
	scores, ratings = make([]float64, len(m.rated)), make([]float64, len(m.rated))
	each(folds, func(k int) {
		var train []sample
		for _, s := range samples {
			if s.task != 0 || foldOfArticle(s.article) != k {
				train = append(train, s)
			}
		}
		tsv := fit(m.vocabulary, train, sentenceReach).tsv(m.vocabulary, sentenceReach, scale)
		lexicon, err := sentiment.ParseLexicon(tsv)
		if err != nil {
			panic(err)
		}
		reader := sentiment.NewReader(lexicon)
		for i, r := range m.rated {
			if foldOfArticle(r.article) == k {
				scores[i] = lexicon.Sum(reader.Read(r.doc, 0)).Score
				ratings[i] = r.rating / 4
			}
		}
	})
	return scores, ratings
}

func foldOfArticle(article string) int {
	n, _ := strconv.Atoi(article)
	return n % folds
}

// calibration prints the mean rating of the sentences in each bin of scores.
func calibration(scores, ratings []float64) {
	const width = 0.2
	bins := map[int][]float64{}
	for i, s := range scores {
		b := int(math.Floor(s / width))
		bins[b] = append(bins[b], ratings[i])
	}
	fmt.Println("score from, to, sentences, mean rating / 4, share rated the same tone")
	for b := -5; b < 5; b++ {
		if len(bins[b]) == 0 {
			continue
		}
		sum, same, from := 0.0, 0, float64(b)*width
		for _, r := range bins[b] {
			sum += r
			if tone(r) == tone(from+width/2) {
				same++
			}
		}
		n := float64(len(bins[b]))
		fmt.Printf("%5.1f %5.1f %5.0f %6.2f %4.0f%%\n", from, from+width, n, sum/n, 100*float64(same)/n)
	}
}

// tone is 0, 1 or 2 for unfavourable, neutral or favourable.
func tone(score float64) int {
	switch {
	case score >= 0.2:
		return 2
	case score <= -0.2:
		return 0
	}
	return 1
}

func pearson(x, y []float64) float64 {
	var sx, sy, xx, yy, xy float64
	n := float64(len(x))
	for i := range x {
		sx += x[i]
		sy += y[i]
		xx += x[i] * x[i]
		yy += y[i] * y[i]
		xy += x[i] * y[i]
	}
	return (xy - sx*sy/n) / math.Sqrt((xx-sx*sx/n)*(yy-sy*sy/n))
}

// macroF1 is the mean over the three tones of the F1 of said against gold.
func macroF1(said, gold []float64) float64 {
	var c confusion
	for i := range said {
		c[tone(gold[i])][tone(said[i])]++
	}
	return c.f1()
}

// A confusion counts pairs of the right tone and the one said.
type confusion [sentiment.Outcomes][sentiment.Outcomes]float64

func (c *confusion) f1() float64 {
	sum := 0.0
	for k := range c {
		all := 0.0
		for l := range c {
			all += c[k][l] + c[l][k]
		}
		sum += 2 * c[k][k] / max(1, all) / sentiment.Outcomes
	}
	return sum
}
