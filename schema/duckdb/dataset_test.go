//go:build cgo

package duckdb

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"pressrow/schema"
)

// build writes a dataset of two parts with made-up articles into a folder, each
// document in a row group of its own, and returns the folder.
func build(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for part := range 2 {
		w, err := schema.CreatePart(dir, part, nil)
		if err != nil {
			t.Fatal(err)
		}
		defer w.Abort()
		enc := schema.NewEncoder(schema.Settings{})
		for i := range 6 {
			if err := enc.Append(article(fmt.Sprintf("%d/story-%d", part, i), i)); err != nil {
				t.Fatal(err)
			}
			g, err := enc.Finish()
			if err != nil {
				t.Fatal(err)
			}
			if err := w.Add(g); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// articles are made up. A mention stands in brackets after its label.
var articles = [][]string{
	{"[PERSON Ada Quill] opened the tram line to [GPE Port Ellery] ."},
	{"[PERSON Bruno Ødegård] sold 7 ferries in [GPE São Brás] .", "Nobody cheered .", "[GPE Grünau] wants its 😀 bridge back , said [PERSON Émile Ward] ."},
	{"In [GPE 東京] the [ORG Café Müller] closed .", "A cafe\u0301 owner , [PERSON Zoe\u0308 Lind] , wept ."},
	{"The family 👩‍👩‍👧 moved to [GPE Øster Vig] on [DATE 8 November 2019] ."},
	{},
	{"\"It's ours , \" said [PERSON Dora Péter] of [ORG Lower Tansy Ferries & Sons] ."},
}

// article returns the rows of articles[i] with offsets in code points.
func article(id string, i int) *schema.Rows {
	day := int32(18208 + i) // 2019-11-08 and the days after
	doc := schema.Document{
		DocID: id, Path: id + ".txt", SHA256: fmt.Sprintf("%064x", i), Encoding: "utf-8", Title: fmt.Sprint("Story ", i), NBlocks: 1,
		Flags: []string{"spaces"}, FlagCounts: []int32{int32(i + 1)},
	}
	rows := new(schema.Rows)
	var text strings.Builder
	for k, marked := range articles[i] {
		s := sentence(rows, marked)
		s.DocID, s.Sentence, s.Title, s.Role, s.SentimentLabel, s.Neutral = id, int32(k), doc.Title, "body", "neutral", 1
		s.StartChar, s.SourceStart = int32(utf8.RuneCountInString(text.String())), int64(text.Len())
		text.WriteString(s.Text)
		s.EndChar, s.SourceEnd = int32(utf8.RuneCountInString(text.String())), int64(text.Len())
		text.WriteString(" ")
		if k%2 == 0 {
			s.Published, doc.Published = &day, &day
		}
		for _, e := range s.Entities {
			if e.Sentiment != nil { // no name comes twice in a story
				doc.MainEntities = append(doc.MainEntities, schema.MainEntity{Name: e.Name, Label: e.Label, Mentions: 1, Sentiment: e.Sentiment})
			}
		}
		doc.NSentences++
		doc.NTokens += s.NTokens
		doc.NEntities += s.NEntities
		rows.Sentences = append(rows.Sentences, s)
	}
	const form = "Comments are closed · 東京 ."
	start := int32(utf8.RuneCountInString(text.String()))
	text.WriteString(form)
	doc.Text, doc.Size, doc.NRemoved = text.String(), int64(text.Len()), 1
	doc.NChars = int32(utf8.RuneCountInString(doc.Text))
	rows.Removed = []schema.Removed{{
		DocID: id, Block: 1, Text: form, StartChar: start, EndChar: doc.NChars, SourceEnd: doc.Size, Role: "comment-form", Reason: "cue:comments-closed", Score: 1,
	}}
	rows.Documents = []schema.Document{doc}
	return rows
}

var warm, cold = 0.25, -0.5

// sentence returns the row of a sentence in which words are parted by spaces and
// mentions marked as in articles. It adds the words to rows.
func sentence(rows *schema.Rows, marked string) schema.Sentence {
	var s schema.Sentence
	at := func() int32 { return int32(utf8.RuneCountInString(s.Text)) }
	var open *schema.Entity
	for word := range strings.FieldsSeq(marked) {
		if label, ok := strings.CutPrefix(word, "["); ok {
			s.Entities = append(s.Entities, schema.Entity{Label: label, Score: 0.9})
			open = &s.Entities[len(s.Entities)-1]
			open.StartChar = at()
			continue
		}
		word, closes := strings.CutSuffix(word, "]")
		s.Tokens, s.TokenStart = append(s.Tokens, int32(len(rows.Types))), append(s.TokenStart, at())
		rows.Types = append(rows.Types, word)
		s.Text += word
		if word == "\"" {
			s.Quoted = 0.5
		}
		if closes {
			open.EndChar = at()
			open.Text = string([]rune(s.Text)[open.StartChar:])
			open.Name = open.Text
			switch open.Label {
			case "DATE":
			case "ORG":
				open.Sentiment, open.SentimentLabel = &cold, "negative"
			default:
				open.Sentiment, open.SentimentLabel = &warm, "positive"
			}
		}
		s.Text += " "
	}
	s.Text = strings.TrimSuffix(s.Text, " ")
	s.NTokens, s.NEntities = int32(len(s.Tokens)), int32(len(s.Entities))
	return s
}
