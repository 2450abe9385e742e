package main

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// prose visits paragraphs of edited text, from which the model learns that no
// sentence ends there without a stop or before a small letter. Their sentences were parted by machine:
// other gaps behind a stop are not to be trusted.
func prose(data string, worldwide bool, visit func([]string)) error {
	if err := statements(filepath.Join(data, "sentiment", "newsmtsc", "train.jsonl"), visit); err != nil {
		return err
	}
	if err := editorials(filepath.Join(data, "sentiment", "nyt-editorials.tsv"), visit); err != nil {
		return err
	}
	if err := headlines(filepath.Join(data, "sentiment", "sentfin.csv"), visit); err != nil {
		return err
	}
	names := []string{"wikigold.tsv", "redocred-dev.tsv"}
	if worldwide {
		names = append(names, "worldwide.tsv")
	}
	for _, name := range names {
		if err := tagged(filepath.Join(data, "ner", name), visit); err != nil {
			return err
		}
	}
	return nil
}

// lines visits the lines of a file. An error of visit is given the line's number.
func lines(path string, visit func(line string) error) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	scanner := bufio.NewScanner(file)
	scanner.Buffer(nil, 1<<26)
	for n := 1; scanner.Scan(); n++ {
		if err := visit(scanner.Text()); err != nil {
			return fmt.Errorf("%s:%d: %w", path, n, err)
		}
	}
	return scanner.Err()
}

// statements visits the sentences of NewsMTSC.
func statements(path string, visit func([]string)) error {
	return lines(path, func(line string) error {
		var row struct {
			Sentence string `json:"sentence_normalized"`
		}
		err := json.Unmarshal([]byte(line), &row)
		visit([]string{row.Sentence})
		return err
	})
}

// editorials visits the sentences of the rated editorials, three to a
// paragraph: id of editorial and sentence, rating, text.
func editorials(path string, visit func([]string)) error {
	var p paragraph
	err := lines(path, func(line string) error {
		field := strings.Split(line, "\t")
		if len(field) != 3 {
			return fmt.Errorf("%d fields", len(field))
		}
		id, _, _ := strings.Cut(field[0], "_")
		p.add(id, field[2], visit)
		return nil
	})
	p.flush(visit)
	return err
}

// headlines visits the headlines of SEntFiN.
func headlines(path string, visit func([]string)) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	for _, row := range rows[1:] {
		visit([]string{row[1]})
	}
	return nil
}

// tagged visits the sentences of a file of tagged tokens, three to a
// paragraph: a token and a tag to a line, a blank line behind each sentence,
// #doc before each document.
func tagged(path string, visit func([]string)) error {
	var p paragraph
	var tokens []string
	doc := ""
	err := lines(path, func(line string) error {
		token, _, _ := strings.Cut(line, "\t")
		switch {
		case strings.HasPrefix(line, "#doc "):
			doc = line
		case token != "":
			tokens = append(tokens, token)
			return nil
		}
		if len(tokens) > 0 {
			p.add(doc, surface(tokens), visit)
			tokens = tokens[:0]
		}
		return nil
	})
	if len(tokens) > 0 {
		p.add(doc, surface(tokens), visit)
	}
	p.flush(visit)
	return err
}

// A paragraph gathers up to three sentences of one text.
type paragraph struct {
	of        string
	sentences []string
}

func (p *paragraph) add(of, sentence string, visit func([]string)) {
	if of != p.of || len(p.sentences) == 3 {
		p.flush(visit)
	}
	p.of = of
	p.sentences = append(p.sentences, sentence+" ")
}

func (p *paragraph) flush(visit func([]string)) {
	if len(p.sentences) > 0 {
		visit(p.sentences)
		p.sentences = p.sentences[:0]
	}
}

// surface joins tokens as they stood in the text, as well as can be known.
func surface(tokens []string) string {
	var b strings.Builder
	open := map[string]bool{}
	glue := true
	for i, t := range tokens {
		glueLeft, glueRight := false, false
		switch t {
		case ",", ".", ";", ":", "?", "!", ")", "]", "%", "...", "…", "”", "’":
			glueLeft = true
		case "(", "[", "$", "£", "€", "#", "“", "‘":
			glueRight = true
		case `"`, "'", "''", "``":
			glueLeft, glueRight = open[t], !open[t]
			open[t] = !open[t]
		case "-", "–", "/":
			glueLeft = i > 0 && i+1 < len(tokens) && inner(tokens[i-1]) && inner(tokens[i+1])
			glueRight = glueLeft
		default:
			glueLeft = contraction(t)
		}
		if !glue && !glueLeft {
			b.WriteByte(' ')
		}
		b.WriteString(t)
		glue = glueRight
	}
	return b.String()
}

// inner reports whether t may be part of a word with a hyphen: it is small or a number.
func inner(t string) bool {
	return 'a' <= t[0] && t[0] <= 'z' || '0' <= t[0] && t[0] <= '9'
}

// contraction reports whether t is the end of a word: 's n't
func contraction(t string) bool {
	switch strings.ToLower(strings.ReplaceAll(t, "’", "'")) {
	case "n't", "'s", "'re", "'ve", "'ll", "'d", "'m":
		return true
	}
	return false
}
