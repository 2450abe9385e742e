package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"
	"unicode/utf8"

	"pressrow/stages"
)

// A rated sentence is one row of nyt-editorials.tsv.
type rated struct {
	article string
	rating  float64 // mean of twenty people's ratings, -4 to 4
	doc     *stages.Document
}

// A mention is a span of a sentence and the tone of the sentence toward it.
type mention struct {
	doc    *stages.Document
	target stages.Span
	tone   int // -1, 0, 1
}

func readRated(file string) ([]rated, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var list []rated
	for line := range strings.Lines(string(b)) {
		f := strings.SplitN(strings.TrimRight(line, "\r\n"), "\t", 3)
		if len(f) < 3 {
			return nil, fmt.Errorf("%s: %q has no three columns", file, line)
		}
		rating, err := strconv.ParseFloat(f[1], 64)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		article, _, _ := strings.Cut(f[0], "_")
		list = append(list, rated{article, rating, document(f[2])})
	}
	return list, nil
}

// readMentions reads a NewsMTSC file of either layout.
func readMentions(file string) ([]mention, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	type target struct {
		From, To int
		Polarity float64
	}
	var list []mention
	for line := range strings.Lines(string(b)) {
		var row struct {
			target
			Sentence   string
			Normalized string `json:"sentence_normalized"`
			Targets    []target
		}
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		if row.Targets == nil { // polarities are -1, 0, 1 in this layout and 2, 4, 6 in the other
			row.Polarity = 4 + 2*row.Polarity
			row.Targets, row.Normalized = []target{row.target}, row.Sentence
		}
		d := document(row.Normalized)
		for _, t := range row.Targets {
			span := stages.Span{Start: offset(d.Text, t.From), End: offset(d.Text, t.To)}
			list = append(list, mention{d, span, int(t.Polarity-4) / 2})
		}
	}
	return list, nil
}

// offset returns where the nth character of s begins.
func offset(s string, n int) int {
	at := 0
	for ; n > 0 && at < len(s); n-- {
		_, size := utf8.DecodeRuneInString(s[at:])
		at += size
	}
	return at
}

// readHeadlines reads sentfin.csv, whose third column is a Python dictionary
// from entity to tone.
func readHeadlines(file string) ([]mention, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	tones := map[string]int{"negative": -1, "neutral": 0, "positive": 1}
	var list []mention
	for _, row := range rows[1:] {
		d := document(row[1])
		rest := strings.Trim(row[2], "{}")
		for rest != "" {
			name, after, ok := cutAny(rest[1:], `': '`, `": '`, `': "`, `": "`)
			if !ok {
				return nil, fmt.Errorf("%s: %q", file, row[2])
			}
			end := strings.IndexAny(after, `'"`)
			tone, ok := tones[after[:end]]
			if !ok {
				return nil, fmt.Errorf("%s: %q", file, row[2])
			}
			rest = strings.TrimLeft(after[end+1:], ", ")
			if at := strings.Index(d.Text, name); at >= 0 {
				list = append(list, mention{d, stages.Span{Start: at, End: at + len(name)}, tone})
			}
		}
	}
	return list, nil
}

// cutAny cuts s at the first of the separators.
func cutAny(s string, separators ...string) (before, after string, found bool) {
	at, size := len(s), 0
	for _, sep := range separators {
		if i := strings.Index(s, sep); i >= 0 && i < at {
			at, size = i, len(sep)
		}
	}
	return s[:at], s[at+size:], size > 0
}
