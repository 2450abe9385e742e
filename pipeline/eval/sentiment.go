package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"pressrow/stages"
	"pressrow/stages/entities"
	"pressrow/stages/sentiment"
	"pressrow/stages/tokens"
)

// oneSentence makes d a document of one sentence, the whole of text without
// the white space around it, and carries it through tokens, entities and
// sentiment. Clean and sentences are not run: the unit that was rated must
// stay one, and offsets of mentions those of gold.
func oneSentence(d *stages.Document, id, text string) error {
	d.Reset()
	d.ID = id
	d.Text = text
	span := trim(text)
	if span.Len() == 0 {
		return fmt.Errorf("no text")
	}
	d.Blocks = append(d.Blocks, stages.Block{Span: span, Role: stages.Body, Reason: "gold", Score: 1})
	d.Sentences = append(d.Sentences, stages.Sentence{Span: span})
	return through(d, tokens.Split, entities.Tag, sentiment.Score)
}

// neutralBand is how far from 0 a rating, scaled to -1 to 1, still counts as
// neutral; a rating of just that size no longer does.
const neutralBand = 0.2

// scoreRated compares sentence scores with people's ratings.
//
// Ratings of -4 to 4 are divided by 4; ratings that are all between -1 and 1
// are taken as they are. pearson correlates them with the sentences'
// Sentiment. macro.f1 compares the three classes that neutralBand makes of
// the ratings with the stage's own Tone. Sentences that a stage refuses count
// as neutral.
func scoreRated(r io.Reader, note note) ([]measure, error) {
	var ratings, scores []float64
	var found []stages.Tone
	var d stages.Document
	err := eachLine(r, func(n int, line []byte) error {
		fields := strings.SplitN(string(line), "\t", 3)
		if len(fields) == 1 && strings.TrimSpace(fields[0]) == "" {
			return nil
		}
		if len(fields) < 3 {
			return fmt.Errorf("line %d: want id, rating and text: %w", n, errForm)
		}
		rating, err := strconv.ParseFloat(fields[1], 64)
		if err != nil && n == 1 {
			return nil // column names
		}
		if err != nil || math.IsNaN(rating) || math.Abs(rating) > 4 {
			return fmt.Errorf("line %d: rating %q: %w", n, fields[1], errForm)
		}
		var score float64
		var tone stages.Tone
		if err := oneSentence(&d, fields[0], strings.ToValidUTF8(fields[2], "\uFFFD")); err != nil {
			note("line %d: %v", n, err)
		} else {
			score, tone = d.Sentences[0].Sentiment, d.Sentences[0].Tone
		}
		ratings, scores, found = append(ratings, rating), append(scores, score), append(found, tone)
		return nil
	})
	if err != nil || len(ratings) == 0 {
		return nil, orForm(err)
	}
	scale(ratings)
	var c tones
	for i, rating := range ratings {
		c.add(found[i], toneOf(rating))
	}
	return []measure{plain("pearson", pearson(scores, ratings)), percent("macro.f1", c.macroF1())}, nil
}

// scale brings ratings to -1 to 1.
func scale(ratings []float64) {
	if slices.Max(ratings) <= 1 && slices.Min(ratings) >= -1 {
		return
	}
	for i := range ratings {
		ratings[i] /= 4
	}
}

func toneOf(rating float64) stages.Tone {
	switch {
	case rating >= neutralBand:
		return stages.TonePositive
	case rating <= -neutralBand:
		return stages.ToneNegative
	}
	return stages.ToneNeutral
}

// A goldTarget is a marked mention; From and To are code points of the sentence.
type goldTarget struct {
	Mention  string
	From, To *int
	Polarity *float64
}

// A goldSentiment is a line of NewsMTSC: in its own layout with a list of
// targets, or flat with one target in the row itself.
type goldSentiment struct {
	Normalized string `json:"sentence_normalized"`
	Sentence   string
	Targets    []goldTarget
	goldTarget
}

// polarities maps both layouts' polarities to tones. They share no number.
var polarities = map[float64]stages.Tone{
	-1: stages.ToneNegative, 0: stages.ToneNeutral, 1: stages.TonePositive,
	2: stages.ToneNegative, 4: stages.ToneNeutral, 6: stages.TonePositive,
}

// scoreTargets compares the tone toward each marked mention with gold.
// Mentions that are not where gold says, nor anywhere in the sentence, are
// left out and noted; what a stage refuses counts as neutral.
func scoreTargets(r io.Reader, note note) ([]measure, error) {
	var c tones
	var t targets
	lost := 0
	err := eachRow(r, func(line int, row *goldSentiment) error {
		text := row.Normalized
		if text == "" {
			text = row.Sentence
		}
		list := row.Targets
		if list == nil {
			list = []goldTarget{row.goldTarget}
		}
		if text == "" {
			return fmt.Errorf("line %d: no sentence: %w", line, errForm)
		}
		t.set(fmt.Sprint(line), text, note)
		for _, g := range list {
			if g.Polarity == nil {
				return fmt.Errorf("line %d: a target without polarity: %w", line, errForm)
			}
			gold, ok := polarities[*g.Polarity]
			if !ok {
				return fmt.Errorf("line %d: polarity %v: %w", line, *g.Polarity, errForm)
			}
			span, ok := g.find(text)
			if !ok {
				lost++
				continue
			}
			c.add(t.toward(span), gold)
		}
		return nil
	})
	return targetMeasures(&c, lost, err, note)
}

func targetMeasures(c *tones, lost int, err error, note note) ([]measure, error) {
	if err != nil {
		return nil, err
	}
	if *c == (tones{}) {
		return nil, errForm
	}
	if lost > 0 {
		note("%d mentions not found in their sentences, left out", lost)
	}
	return []measure{percent("target.f1", c.macroF1())}, nil
}

// find returns the bytes of the mention in text: where gold says, or else
// where the words stand.
func (g *goldTarget) find(text string) (stages.Span, bool) {
	if g.From != nil && g.To != nil && *g.From < *g.To {
		start, ok := byteOf(text, *g.From)
		end, ok2 := byteOf(text, *g.To)
		if ok && ok2 && (g.Mention == "" || text[start:end] == g.Mention) {
			return stages.Span{Start: start, End: end}, true
		}
	}
	return findMention(text, g.Mention)
}

// byteOf returns the byte offset of the n-th code point of text, which may be its end.
func byteOf(text string, n int) (at int, ok bool) {
	for ; n > 0 && at < len(text); n-- {
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	return at, n == 0
}

// targets holds the sentence at hand while its mentions are asked for.
type targets struct {
	d      stages.Document
	failed bool
	note   note
}

func (t *targets) set(id, text string, note note) {
	err := oneSentence(&t.d, id, text)
	t.failed, t.note = err != nil, note
	if err != nil {
		note("%s: %v", id, err)
	}
}

// toward returns the stage's tone toward the mention.
func (t *targets) toward(mention stages.Span) (tone stages.Tone) {
	if t.failed {
		return stages.ToneNeutral
	}
	err := through(&t.d, func(d *stages.Document) error {
		_, tone = sentiment.Toward(d, 0, mention)
		return nil
	})
	if err != nil {
		t.note("%s: %v", t.d.ID, err)
	}
	return tone
}

// scoreHeadlines compares the tone toward each entity of a headline with gold.
// Entities that the headline does not hold are left out and noted.
func scoreHeadlines(r io.Reader, note note) ([]measure, error) {
	rows := csv.NewReader(r)
	rows.FieldsPerRecord = -1
	rows.LazyQuotes = true
	head, err := rows.Read()
	if err != nil {
		return nil, fmt.Errorf("%v: %w", err, errForm)
	}
	head[0] = strings.TrimPrefix(head[0], "\uFEFF")
	title, decisions := slices.Index(head, "Title"), slices.Index(head, "Decisions")
	if title < 0 || decisions < 0 {
		return nil, errForm
	}
	var c tones
	var t targets
	lost := 0
	for n := 2; ; n++ {
		row, err := rows.Read()
		if err == io.EOF {
			return targetMeasures(&c, lost, nil, note)
		}
		if err != nil || len(row) <= max(title, decisions) {
			return nil, fmt.Errorf("record %d: %v: %w", n, err, errForm)
		}
		list, err := parseDecisions(row[decisions])
		if err != nil {
			return nil, fmt.Errorf("record %d: %w: %w", n, err, errForm)
		}
		text := strings.ToValidUTF8(row[title], "\uFFFD")
		t.set(fmt.Sprint(n), text, note)
		for _, d := range list {
			span, ok := findDecided(text, d.mention)
			if !ok {
				lost++
				continue
			}
			c.add(t.toward(span), d.tone)
		}
	}
}
