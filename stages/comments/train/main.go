// Command train counts words in readers' comments and in news articles and
// writes register.tsv: how much more often a word is written by readers.
//
//	go run ./stages/comments/train -data ../shared/data
//
// The output depends on nothing but comments/fox-news-comments and
// articles/politics-2012-2020.jsonl.gz in that folder.
package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"math"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"pressrow/stages/comments"
)

// A word must occur in this many of the ten threads, so that what one thread
// is about does not pass for the way readers write, and this often in all.
const (
	minThreads  = 7
	minComments = 8
	minArticles = 20
	// Words that differ by less than this tell nothing and are left out.
	minWeight = 0.25
)

// topics are words for what the ten threads are about.
var topics = map[string]bool{
	"america": true, "americans": true, "black": true, "blacks": true, "clinton": true, "democrats": true, "illegal": true, "liberal": true,
	"liberals": true, "men": true, "nation": true, "obama": true, "republican": true, "society": true, "trump": true, "white": true, "women": true,
}

type counts struct {
	words map[string]float64
	total float64
}

func (c *counts) add(text string) {
	comments.EachWord(text, func(w string) {
		c.words[w]++
		c.total++
	})
}

func main() {
	log.SetFlags(0)
	data := flag.String("data", "../shared/data", "`folder` with the training data")
	out := flag.String("o", "stages/comments/register.tsv", "`file` to write")
	flag.Parse()
	var table bytes.Buffer
	err := run(&table, filepath.Join(*data, "comments", "fox-news-comments"), filepath.Join(*data, "articles", "politics-2012-2020.jsonl.gz"))
	if err == nil {
		err = os.WriteFile(*out, table.Bytes(), 0o644)
	}
	if err != nil {
		log.Fatal("train: ", err)
	}
}

func run(w io.Writer, commentsDir, articlesFile string) error {
	readers, threads, err := readComments(commentsDir)
	if err != nil {
		return err
	}
	press, err := readArticles(articlesFile)
	if err != nil {
		return err
	}
	var rows []string
	for word, n := range readers.words {
		m := press.words[word]
		if topics[word] || threads[word] < minThreads || n < minComments || m < minArticles {
			continue
		}
		weight := math.Log((n / readers.total) / (m / press.total))
		if math.Abs(weight) < minWeight {
			continue
		}
		rows = append(rows, fmt.Sprintf("%s\t%.2f\n", word, weight))
	}
	sort.Strings(rows)
	_, err = io.WriteString(w, strings.Join(rows, ""))
	return err
}

// readComments counts the words of all threads, and in how many threads each word occurs.
func readComments(dir string) (counts, map[string]int, error) {
	all := counts{words: map[string]float64{}}
	threads := map[string]int{}
	names, err := filepath.Glob(filepath.Join(dir, "annotated-threads", "[0-9]*-comments.txt"))
	if err != nil {
		return all, nil, err
	}
	if len(names) == 0 {
		return all, nil, fmt.Errorf("no threads below %s", dir)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			return all, nil, err
		}
		one := counts{words: map[string]float64{}}
		for line := range bytes.Lines(data) {
			_, text, _ := strings.Cut(string(line), " ") // label:user text
			one.add(text)
		}
		for word, n := range one.words {
			all.words[word] += n
			threads[word]++
		}
		all.total += one.total
	}
	return all, threads, nil
}

func readArticles(name string) (counts, error) {
	all := counts{words: map[string]float64{}}
	f, err := os.Open(name)
	if err != nil {
		return all, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return all, err
	}
	in := json.NewDecoder(bufio.NewReader(z))
	for {
		var article struct{ Text string }
		switch err := in.Decode(&article); err {
		case nil:
			all.add(article.Text)
		case io.EOF:
			return all, nil
		default:
			return all, err
		}
	}
}
