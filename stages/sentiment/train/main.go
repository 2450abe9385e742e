// Train learns the weights of package sentiment:
//
//	go run ./stages/sentiment/train -data ../shared/data
//
// It writes stages/sentiment/words.tsv (the tone of words, for Score) and
// stages/sentiment/toward.bin (for Toward). The same data give the same bytes
// on amd64. With -score it writes nothing and prints how well the method does
// on articles and sentences it was not trained on.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"

	"pressrow/stages/sentiment"
)

func main() {
	log.SetFlags(0)
	data := flag.String("data", "../shared/data", "folder that holds sentiment, articles and words")
	out := flag.String("out", "stages/sentiment", "folder to write to")
	score := flag.Bool("score", false, "print scores on held-out data instead of writing weights")
	flag.Parse()
	m, err := read(*data)
	if err == nil && *score {
		m.score()
	} else if err == nil {
		err = m.write(*out)
	}
	if err != nil {
		log.Fatal("train: ", err)
	}
}

// material is all that is learned from.
type material struct {
	vocabulary *vocabulary
	rated      []rated
	mentions   []mention // NewsMTSC's training sentences
	realWorld  []mention // NewsMTSC's two development sets
	multi      []mention
	headlines  []mention // SEntFiN
}

func read(data string) (*material, error) {
	c, err := readCorpus(filepath.Join(data, "articles", "politics-2012-2020.jsonl.gz"))
	if err != nil {
		return nil, err
	}
	lexicons, err := readLexicons(filepath.Join(data, "sentiment", "lexicons"))
	if err != nil {
		return nil, err
	}
	clusters, err := readClusters(filepath.Join(data, "words", "brown256.tsv"))
	if err != nil {
		return nil, err
	}
	m := &material{vocabulary: newVocabulary(c, vectors(c), lexicons, clusters)}
	dir := filepath.Join(data, "sentiment")
	if m.rated, err = readRated(filepath.Join(dir, "nyt-editorials.tsv")); err != nil {
		return nil, err
	}
	for file, to := range map[string]*[]mention{"train": &m.mentions, "hf-rw-dev": &m.realWorld, "hf-mt-dev": &m.multi} {
		if *to, err = readMentions(filepath.Join(dir, "newsmtsc", file+".jsonl")); err != nil {
			return nil, err
		}
	}
	m.headlines, err = readHeadlines(filepath.Join(dir, "sentfin.csv"))
	return m, err
}

// scale brings predicted ratings to the spread of scores: with it, scores vary
// about as much as people's ratings divided by four, and 0.2 parts the tones well.
const scale = 0.45

func (m *material) write(dir string) error {
	tsv := fit(m.vocabulary, m.samples(), sentenceReach).tsv(m.vocabulary, sentenceReach, scale)
	if err := os.WriteFile(filepath.Join(dir, "words.tsv"), []byte(tsv), 0o644); err != nil {
		return err
	}
	lexicon, err := sentiment.ParseLexicon(tsv)
	if err != nil {
		return err
	}
	train := slices.Concat(views(lexicon, m.mentions, 1), views(lexicon, m.headlines, headlineWeight))
	j := fitToward(m.vocabulary, train, mentionReach)
	return os.WriteFile(filepath.Join(dir, "toward.bin"), j.bytes(m.vocabulary, mentionReach), 0o644)
}

// A headline of SEntFiN counts this much beside a sentence of NewsMTSC.
const headlineWeight = 0.5

// A sentence of NewsMTSC counts this much beside a rated one; its rating is
// the mean tone toward its mentions.
const mentionWeight = 0.4

// samples are the rated sentences and, after them, NewsMTSC's.
func (m *material) samples() []sample {
	reader := sentiment.NewReader(m.vocabulary.lexicon())
	var list []sample
	for _, r := range m.rated {
		words := reader.Read(r.doc, 0)
		list = append(list, sample{article: r.article, words: slices.Clone(words), rating: r.rating, weight: 1})
	}
	for rest := m.mentions; len(rest) > 0; {
		d, n, sum := rest[0].doc, 0, 0.0
		for n < len(rest) && rest[n].doc == d {
			sum += float64(rest[n].tone)
			n++
		}
		words := reader.Read(d, 0)
		list = append(list, sample{words: slices.Clone(words), rating: sum / float64(n), task: 1, weight: mentionWeight})
		rest = rest[n:]
	}
	return list
}

func (m *material) score() {
	x, y := m.crossValidate()
	fmt.Printf("nyt-editorials, 10 folds by article: pearson %.4f, macro F1 %.2f\n", pearson(x, y), 100*macroF1(x, y))
	calibration(x, y)
	lexicon, err := sentiment.ParseLexicon(fit(m.vocabulary, m.samples(), sentenceReach).tsv(m.vocabulary, sentenceReach, scale))
	if err != nil {
		log.Fatal("train: ", err)
	}
	var train, held []view
	for _, v := range views(lexicon, m.headlines, headlineWeight) {
		if v.fold == 0 {
			held = append(held, v)
		} else {
			train = append(train, v)
		}
	}
	train = append(train, views(lexicon, m.mentions, 1)...)
	j := fitToward(m.vocabulary, train, mentionReach)
	for _, set := range []struct {
		name string
		list []view
	}{
		{"newsmtsc/hf-rw-dev", views(lexicon, m.realWorld, 1)},
		{"newsmtsc/hf-mt-dev", views(lexicon, m.multi, 1)},
		{"sentfin, a tenth held out", held},
	} {
		fmt.Printf("%s: macro F1 %.2f\n", set.name, 100*j.f1(m.vocabulary, set.list, mentionReach))
	}
}
