package main

import (
	"strings"
	"testing"

	"pressrow/stages"
)

// page is a page whose text is marked: lines begin with "A " where gold says
// article, "C " comment, "- " neither.
func page(marked string) (p *goldPage) {
	p = &goldPage{}
	var text []string
	for _, line := range strings.Split(marked, "\n") {
		side, line, _ := strings.Cut(line, " ")
		switch side {
		case "A":
			p.Main = append(p.Main, line)
		case "C":
			p.Com = append(p.Com, line)
		}
		text = append(text, line)
	}
	joined := strings.Join(text, "\n")
	p.Text = &joined
	return p
}

// roles gives d one block per line of text, with the roles that the letters
// stand for: a body, c comment, f comment form.
func roles(d *stages.Document, letters string) {
	at := 0
	for i, line := range strings.SplitAfter(d.Text, "\n") {
		span := trim(line)
		role := map[byte]stages.Role{'a': stages.Body, 'c': stages.Comment, 'f': stages.CommentForm}[letters[i]]
		d.Blocks = append(d.Blocks, stages.Block{Span: shift(span, at), Role: role})
		at += len(line)
	}
}

func TestCommentCounts(t *testing.T) {
	const bakery = "A Bakery opens today\nA It sells rye bread\nC 2 comments\nC Rolf says:\nC I like plum cake"
	for _, test := range []struct {
		name, page, roles string
		want              commentCounts
	}{
		{"all right", bakery, "aaccc",
			commentCounts{words: tally{8, 8, 8}, article: 7, withComments: 1, exact: 1}},
		{"the form line is missed but the cut is exact", bakery, "aafcc",
			commentCounts{words: tally{6, 6, 8}, article: 7, withComments: 1, exact: 1}},
		{"too late", bakery, "aaaac",
			commentCounts{words: tally{4, 4, 8}, article: 7, withComments: 1}},
		{"too early", bakery, "acccc",
			commentCounts{words: tally{8, 12, 8}, article: 7, lost: 4, withComments: 1}},
		{"nothing found", bakery, "aaaaa",
			commentCounts{words: tally{0, 0, 8}, article: 7, withComments: 1}},
		{"a clean page harmed", "A one two\nA three", "ac",
			commentCounts{words: tally{0, 1, 0}, article: 3, lost: 1, clean: 1, harmed: 1}},
		{"a clean page whole", "A one two\nA three", "af",
			commentCounts{article: 3, clean: 1}},
		{"words of neither side do not count", "A one two\n- Share this\nC three", "acc",
			commentCounts{words: tally{1, 1, 1}, article: 2, withComments: 1, exact: 1}},
	} {
		p := page(test.page)
		d := stages.Document{Text: *p.Text}
		roles(&d, test.roles)
		words := pageWords(p)
		setRoles(words, &d)
		var c commentCounts
		c.add(words)
		if c != test.want {
			t.Errorf("%s:\n got %+v\nwant %+v", test.name, c, test.want)
		}
	}
}

func TestPageWords(t *testing.T) {
	for _, test := range []struct {
		name string
		page *goldPage
		text string
		want string // per word: a article, c comment, - neither
	}{
		{"white space is made even", &goldPage{Main: []string{"one  two"}, Com: []string{"three"}},
			"  one\ttwo \n\n\u00a0 three\r\n", "aac"},
		{"a repeated line goes with its neighbours", &goldPage{Main: []string{"Reply", "one"}, Com: []string{"Reply", "two"}},
			"Reply\none\nmore\nReply\ntwo", "aa-cc"},
		{"a line out of order takes the only side that has it", &goldPage{Main: []string{"one", "two"}, Com: []string{"three", "four"}},
			"three\none\ntwo\nfour", "caac"},
		{"a line too many that both sides have takes none", &goldPage{Main: []string{"one", "Reply"}, Com: []string{"Reply", "two"}},
			"Reply\nReply\nReply\none\ntwo", "-acac"},
		{"nothing in common", &goldPage{Main: []string{"one"}}, "two three", "--"},
		{"no text", &goldPage{Main: []string{"one"}}, " \n ", ""},
	} {
		test.page.Text = &test.text
		var got strings.Builder
		for _, w := range pageWords(test.page) {
			switch {
			case w.article:
				got.WriteByte('a')
			case w.comment:
				got.WriteByte('c')
			default:
				got.WriteByte('-')
			}
			if c := test.text[w.start]; c == ' ' || c == '\n' {
				t.Errorf("%s: a word begins at white space, byte %d", test.name, w.start)
			}
		}
		if got.String() != test.want {
			t.Errorf("%s: got %s, want %s", test.name, &got, test.want)
		}
	}
}

// The roles are those of the source, whatever clean did to the text.
func TestSetRolesThroughSource(t *testing.T) {
	p := page("A one  two\nC three four")
	d := stages.Document{Text: "one two\nthree four"}
	d.Source.Copy(4, 0)
	d.Source.Copy(4, 5)
	d.Source.Copy(10, 9)
	roles(&d, "ac")
	words := pageWords(p)
	setRoles(words, &d)
	for _, w := range words {
		if w.inComment != w.comment {
			t.Errorf("word at byte %d: %+v", w.start, w)
		}
	}
}

func TestAlignGreedy(t *testing.T) {
	at := []int{-1, -1, -1, -1}
	alignGreedy(at, []string{"a", "x", "b", "a"}, []string{"a", "a", "b"}, 10)
	if want := [4]int{10, -1, 12, -1}; [4]int(at) != want {
		t.Errorf("got %v, want %v", at, want)
	}
}
