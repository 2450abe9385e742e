package main

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"pressrow/stages"
)

// split marks d's text as split: "|" ends a sentence, a space or "·" a token.
// The marked text must be d.Text but for the marks and white space.
func split(t *testing.T, d *stages.Document, marked string) {
	t.Helper()
	at := 0
	for _, sentence := range strings.Split(marked, "|") {
		s := stages.Sentence{FirstToken: len(d.Tokens)}
		for _, word := range strings.FieldsFunc(sentence, func(r rune) bool { return r == ' ' || r == '·' }) {
			k := strings.Index(d.Text[at:], word)
			if k < 0 {
				t.Fatalf("%q not in %q", word, d.Text[at:])
			}
			d.Tokens = append(d.Tokens, stages.Span{Start: at + k, End: at + k + len(word)})
			at += k + len(word)
		}
		s.EndToken = len(d.Tokens)
		s.Start, s.End = d.Tokens[s.FirstToken].Start, d.Tokens[s.EndToken-1].End
		d.Sentences = append(d.Sentences, s)
	}
}

func TestSegmentationCounts(t *testing.T) {
	b, err := os.ReadFile("testdata/data/segmentation/mill.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	var row goldDocument
	if err := json.Unmarshal(b, &row); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		marked                   string
		sentences, tokens, words tally
	}{
		{"The mill ca·n't reopen·.|Its owners·' plans failed·.|Nobody cried·.",
			tally{3, 3, 3}, tally{13, 13, 13}, tally{15, 15, 15}},
		{"The mill ca·n't reopen·. Its owners·' plans failed·.|Nobody cried·.",
			tally{1, 2, 3}, tally{13, 13, 13}, tally{15, 15, 15}},
		{"The mill can't reopen·.|Its owners' plans failed.|Nobody cried·.",
			tally{3, 3, 3}, tally{11, 12, 13}, tally{9, 12, 15}},
	} {
		var d stages.Document
		gold := lay(&d, row.Paras)
		split(t, &d, test.marked)
		var c segmentationCounts
		c.add(&d, gold)
		want := segmentationCounts{test.sentences, test.tokens, test.words}
		if c != want {
			t.Errorf("%s:\n got %+v\nwant %+v", test.marked, c, want)
		}
	}
}

func TestLay(t *testing.T) {
	var d stages.Document
	gold := lay(&d, [][]goldSentence{
		{{T: "It ain't. ", Toks: []string{"It", "ain't", "."}, Words: []string{"It", "is", "not", "."}}, {T: "Go."}},
		{{T: " \u00a0"}},
		{{T: "Stay. "}},
	})
	if want := "It ain't. Go.\n\n \u00a0\n\nStay. "; d.Text != want {
		t.Errorf("text %q, want %q", d.Text, want)
	}
	if got, want := show2(&d, gold.sentences), "It ain't.|Go.|Stay."; got != want {
		t.Errorf("sentences %q, want %q", got, want)
	}
	if got, want := show2(&d, gold.words), "It|."; got != want {
		t.Errorf("words %q, want %q", got, want)
	}
	if len(d.Blocks) != 2 || d.Of(d.Blocks[1].Span) != "Stay." {
		t.Errorf("blocks %+v, want 2, the last of them Stay.", d.Blocks)
	}
	split(t, &d, "It ai·n't·.|Go.|Stay.")
	if got, want := gold.rewritten[0].compare(&d), (tally{hits: 0, gold: 2}); got != want {
		t.Errorf("rewritten: got %+v, want %+v", got, want)
	}
}

func TestRewritten(t *testing.T) {
	d := stages.Document{Text: "Gimme cannot"}
	split(t, &d, "Gim·me can·not")
	for _, test := range []struct {
		token stages.Span
		words []string
		hits  int
	}{
		{stages.Span{Start: 0, End: 5}, []string{"give", "me"}, 1},
		{stages.Span{Start: 0, End: 5}, []string{"GIM", "ME"}, 2},
		{stages.Span{Start: 6, End: 12}, []string{"not", "can"}, 1},
	} {
		got := rewritten{test.token, test.words}.compare(&d)
		if want := (tally{hits: test.hits, gold: 2}); got != want {
			t.Errorf("%v: got %+v, want %+v", test.words, got, want)
		}
	}
}

func TestJoinPieces(t *testing.T) {
	for _, test := range []struct{ marked, want string }{
		{"Do·n't go·.", "Don't|go|."},
		{"She·'d·'ve gone", "She'd've|gone"},
		{"I can·not and wo·nt", "I|cannot|and|wont"},
		{"the workers·' pay", "the|workers'|pay"},
		{"'·the workers·' he said", "'|the|workers|'|he|said"},
		{"U.S.·'s debt in the 1990·'s", "U.S.'s|debt|in|the|1990's"},
		{"a 5·pm start·-·up", "a|5|pm|start|-|up"},
		{"he said·,·'·Go·'", "he|said|,|'|Go|'"},
		{"Anna·’s", "Anna’s"},
	} {
		d := stages.Document{Text: strings.ReplaceAll(test.marked, "·", "")}
		split(t, &d, test.marked)
		if got := show2(&d, joinPieces(&d)); got != test.want {
			t.Errorf("%s: got %s, want %s", test.marked, got, test.want)
		}
	}
}

func TestSameSentences(t *testing.T) {
	d := stages.Document{Text: "The ferry sank. Nobody drowned."}
	split(t, &d, "The ferry sank·.|Nobody drowned·.")
	if !sameSentences(&d, []string{"The ferry sank. ", "Nobody drowned."}) {
		t.Error("equal sentences differ")
	}
	if sameSentences(&d, []string{"The ferry sank. Nobody drowned."}) {
		t.Error("one sentence equals two")
	}
}
