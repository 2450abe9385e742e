// Prose reads JSON lines of articles, takes them through prose (sentences, words,
// tags, names) and govader (tone), and writes a Parquet row per sentence: what a
// Go programmer would put together in place of pressrow.
//
//	prose ARTICLES.jsonl FOLDER
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/jdkato/prose/v2"
	"github.com/jonreiter/govader"
	"github.com/parquet-go/parquet-go"
)

type row struct {
	ID        string   `parquet:"id"`
	Sentence  int32    `parquet:"sentence"`
	Text      string   `parquet:"text"`
	Tokens    []string `parquet:"tokens,list"`
	Entities  []entity `parquet:"entities,list"`
	Sentiment float64  `parquet:"sentiment"`
}

type entity struct {
	Text  string `parquet:"text"`
	Label string `parquet:"label"`
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: prose ARTICLES.jsonl FOLDER")
		os.Exit(64)
	}
	if err := run(os.Args[1], filepath.Join(os.Args[2], "sentences.parquet")); err != nil {
		fmt.Fprintln(os.Stderr, "prose:", err)
		os.Exit(1)
	}
}

func run(from, to string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	w := parquet.NewGenericWriter[row](out, parquet.Compression(&parquet.Zstd))
	tone := govader.NewSentimentIntensityAnalyzer()
	// prose loads its models with each document unless it is given one.
	shared, err := prose.NewDocument("")
	if err != nil {
		return err
	}
	lines := json.NewDecoder(bufio.NewReader(in))
	for {
		var article struct{ ID, Text string }
		if err := lines.Decode(&article); err == io.EOF {
			return w.Close()
		} else if err != nil {
			return err
		}
		rows, err := analyse(article.ID, article.Text, shared.Model, tone)
		if err != nil {
			return err
		}
		if _, err := w.Write(rows); err != nil {
			return err
		}
	}
}

func analyse(id, text string, model *prose.Model, tone *govader.SentimentIntensityAnalyzer) ([]row, error) {
	split, err := prose.NewDocument(text, prose.WithTokenization(false), prose.WithTagging(false), prose.WithExtraction(false))
	if err != nil {
		return nil, err
	}
	var rows []row
	for i, s := range split.Sentences() {
		doc, err := prose.NewDocument(s.Text, prose.UsingModel(model), prose.WithSegmentation(false))
		if err != nil {
			return nil, err
		}
		r := row{ID: id, Sentence: int32(i), Text: s.Text, Sentiment: tone.PolarityScores(s.Text).Compound}
		for _, t := range doc.Tokens() {
			r.Tokens = append(r.Tokens, t.Text)
		}
		for _, e := range doc.Entities() {
			r.Entities = append(r.Entities, entity{e.Text, e.Label})
		}
		rows = append(rows, r)
	}
	return rows, nil
}
