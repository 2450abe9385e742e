package main

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// A lexicon is one published list of words and scores, on VADER's scale.
type lexicon map[string]float64

// source says where a lexicon lies and how to read a line of it.
type source struct {
	files []string
	parse []func(line string) (word string, score float64, ok bool)
}

var sources = []source{
	{[]string{"vader.txt"}, []func(string) (string, float64, bool){scored(1)}},
	{[]string{"afinn-165.txt"}, []func(string) (string, float64, bool){scored(0.8)}},
	{[]string{"huliu-positive-words.txt", "huliu-negative-words.txt"}, []func(string) (string, float64, bool){listed(2), listed(-2)}},
}

func readLexicons(dir string) ([]lexicon, error) {
	var list []lexicon
	for _, s := range sources {
		l := lexicon{}
		for i, file := range s.files {
			b, err := os.ReadFile(filepath.Join(dir, file))
			if err != nil {
				return nil, err
			}
			for line := range strings.Lines(string(b)) {
				if w, v, ok := s.parse[i](strings.TrimRight(line, "\r\n")); ok && isWord(strings.ToLower(w)) {
					l[strings.ToLower(w)] = v
				}
			}
		}
		list = append(list, l)
	}
	return list, nil
}

// scored reads "word <tab> score ..." and brings the score to VADER's scale.
func scored(scale float64) func(string) (string, float64, bool) {
	return func(line string) (string, float64, bool) {
		f := strings.Split(line, "\t")
		if len(f) < 2 {
			return "", 0, false
		}
		v, err := strconv.ParseFloat(f[1], 64)
		return f[0], v * scale, err == nil
	}
}

// listed reads a bare word, which has the score of its list.
func listed(score float64) func(string) (string, float64, bool) {
	return func(line string) (string, float64, bool) {
		return line, score, line != "" && line[0] != ';'
	}
}

// isWord reports whether w is one word of letters, apostrophes and hyphens,
// and not an emoticon, a phrase or a number.
func isWord(w string) bool {
	letters := 0
	for _, r := range w {
		switch {
		case 'a' <= r && r <= 'z':
			letters++
		case r != '\'' && r != '-':
			return false
		}
	}
	return letters > 1
}

// readClusters reads lines of a Brown cluster's path, a word and its count,
// and gives each word in small letters the cluster of its commonest spelling.
func readClusters(file string) (map[string]string, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	path, most := map[string]string{}, map[string]int{}
	for line := range strings.Lines(string(b)) {
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(f) != 3 {
			continue
		}
		n, err := strconv.Atoi(f[2])
		if err != nil {
			return nil, err
		}
		if w := strings.ToLower(strings.ReplaceAll(f[1], "’", "'")); n > most[w] {
			path[w], most[w] = f[0], n
		}
	}
	return path, nil
}
