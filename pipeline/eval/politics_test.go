package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pressrow/stages"
)

// A marked mention reads [LABEL words] or [LABEL:mark words] in a text.
var marked = regexp.MustCompile(`\[([A-Z]+)(?::([^ \]]+))? ([^\]]+)\]`)

type markedName struct {
	stages.Span
	label, mark string
}

// unmark returns the text without its marks, and what they say.
func unmark(text string) (plain string, names []markedName) {
	at := 0
	for _, m := range marked.FindAllStringSubmatchIndex(text, -1) {
		plain += text[at:m[0]]
		n := markedName{label: text[m[2]:m[3]], Span: stages.Span{Start: len(plain)}}
		if m[4] >= 0 {
			n.mark = text[m[4]:m[5]]
		}
		plain += text[m[6]:m[7]]
		n.End = len(plain)
		names = append(names, n)
		at = m[1]
	}
	return plain + text[at:], names
}

// goldLine returns the line of politics.tsv for a marked sentence at byte
// start of a field.
func goldLine(id, field string, start int, sentence string) string {
	plain, names := unmark(sentence)
	list := []string{}
	for _, n := range names {
		text := fmt.Sprintf("%d:%d:%s", n.Start, n.End, n.label)
		if n.mark != "" {
			text += ":" + n.mark
		}
		list = append(list, text)
	}
	if len(list) == 0 {
		list = []string{"-"}
	}
	return fmt.Sprintf("%s\t%s\t%d:%d\t%s\t%s\n", id, field, start, start+len(plain), hashOf(plain), strings.Join(list, " "))
}

// tagged returns a Document as the tagger might leave it. A mark is the name
// of its mention, or with a slash in it the id.
func tagged(text string) *stages.Document {
	var d stages.Document
	plain, names := unmark(text)
	d.Text = plain
	for at := 0; ; {
		rest := strings.TrimLeft(plain[at:], " ")
		if rest == "" {
			break
		}
		at = len(plain) - len(rest)
		word, _, _ := strings.Cut(rest, " ")
		d.Tokens = append(d.Tokens, stages.Span{Start: at, End: at + len(word)})
		at += len(word)
	}
	for _, n := range names {
		e := stages.Entity{Span: n.Span, Label: stages.Label(slices.Index(stages.Labels[:], n.label)), Name: n.mark}
		if strings.Contains(n.mark, "/") {
			e.Name, e.EntityID = "", n.mark
		}
		d.Entities = append(d.Entities, e)
	}
	return &d
}

func TestPoliticsCounts(t *testing.T) {
	for _, test := range []struct {
		name        string
		gold, found string
		want        string
	}{
		{"exact spans; NORP, MISC and dates are ignored; three kinds of places are one",
			"[PERSON:1 Ada Finch] left [GPE East Dunmore] for the [LOC Tarn] and [FAC Mill Hall] on [NORP Dunmorian] [MISC Founders' Day] .",
			"[PERSON Ada Finch] left East [GPE Dunmore] for the [FAC Tarn] and [GPE Mill Hall] on [NORP Dunmorian] [DATE Founders' Day] .",
			// LOC 2 of 3 found and 3 gold, with PER 3 of 4
			"PER.f1 100.00 LOC.f1 66.67 all.p 75.00 all.r 75.00 all.f1 75.00 names.bcubed.p 100.00 names.bcubed.r 100.00 names.bcubed.f1 100.00"},
		{"titles are stripped; a title alone vanishes; another label is a miss",
			"Mayor [PERSON:1 Ada Finch] and the mayor joined [ORG Orchard Bank] in [GPE Dunmore] .",
			"[PERSON Mayor Ada Finch] and the [PERSON mayor] joined [GPE Orchard Bank] in [GPE Dunmore] .",
			// ORG 0 of 0 found and 1 gold, LOC 1 of 2 and 1
			"PER.f1 100.00 ORG.f1 0.00 LOC.f1 66.67 all.p 66.67 all.r 66.67 all.f1 66.67 names.bcubed.p 100.00 names.bcubed.r 100.00 names.bcubed.f1 100.00"},
		{"groups by id, name or words; a missed one is alone",
			"[PERSON:1 Ada Finch] [PERSON:1 Finch] [PERSON:1 Ada] met [PERSON:2 Bo Okoro] [PERSON:2 Okoro] .",
			"[PERSON:person/ada Ada Finch] [PERSON:person/ada Finch] Ada met [PERSON:person/ada Bo Okoro] [PERSON Okoro] .",
			// p: 2/3 2/3 1 1/3 1, mean 11/15; r: 2/3 2/3 1/3 1/2 1/2, mean 8/15
			"PER.f1 88.89 all.p 100.00 all.r 80.00 all.f1 88.89 names.bcubed.p 73.33 names.bcubed.r 53.33 names.bcubed.f1 61.75"},
		{"the same words are one group, and a name meets equal words",
			"[PERSON:1 Finch] saw [PERSON:2 Finch] and [PERSON:1 Ada] .",
			"[PERSON Finch] saw [PERSON Finch] and [PERSON:Finch Ada] .",
			// p: 2/3 1/3 2/3, mean 5/9; r: 1 1 1
			"PER.f1 100.00 all.p 100.00 all.r 100.00 all.f1 100.00 names.bcubed.p 55.56 names.bcubed.r 100.00 names.bcubed.f1 71.43"},
		{"a person found as something else is not found",
			"[PERSON:1 Wendell] and [PERSON:1 Wendell] of [ORG Acme] .",
			"[ORG Wendell] and [PERSON Wendell] of [ORG Acme] .",
			"PER.f1 66.67 ORG.f1 66.67 all.p 66.67 all.r 66.67 all.f1 66.67 names.bcubed.p 100.00 names.bcubed.r 50.00 names.bcubed.f1 66.67"},
	} {
		gold, err := readPolitics(goldLine("a", "text", 0, test.gold))
		if err != nil {
			t.Fatal(err)
		}
		var c articleCounts
		c.compare(tagged(test.found), gold["a"])
		got := strings.ReplaceAll(show(c.measures()), "politics.", "")
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// Only what touches an annotated sentence is found, and no group reaches into another article.
func TestPoliticsBounds(t *testing.T) {
	const before = "Bo Okoro slept . "
	gold, err := readPolitics(goldLine("a", "text", len(before), "[PERSON:1 Ada] swam in"))
	if err != nil {
		t.Fatal(err)
	}
	var c articleCounts
	c.compare(tagged("[PERSON Bo Okoro] slept . [PERSON Ada] swam [ORG in Dunmore] [GPE West] ."), gold["a"])
	if want := (tally{1, 1, 1}); c.names.of[per] != want {
		t.Errorf("people %+v, want %+v", c.names.of[per], want)
	}
	if want := (tally{0, 1, 0}); c.names.of[org] != want {
		t.Errorf("an organisation across the end %+v, want %+v", c.names.of[org], want)
	}
	if want := (tally{}); c.names.of[loc] != want {
		t.Errorf("a place outside %+v, want %+v", c.names.of[loc], want)
	}
	c.compare(tagged("[PERSON Bo Okoro] slept . [PERSON Ada] swam in"), gold["a"])
	if want := (bcubed{2, 2, 2}); c.people != want {
		t.Errorf("two articles: %+v, want %+v", c.people, want)
	}
}

// Spans are compared where d.Source leads.
func TestPoliticsSource(t *testing.T) {
	gold, err := readPolitics(goldLine("a", "text", 3, "[ORG Finch &amp; Daughter] closed in [GPE Dunmore] ."))
	if err != nil {
		t.Fatal(err)
	}
	d := tagged("[ORG Finch & Daughter] closed in [GPE Dunmore] .")
	d.Source.Copy(len("Finch "), 3)
	d.Source.Replace(len("&"), 9, 14)
	d.Source.Copy(len(" Daughter closed in Dunmore ."), 14)
	var c articleCounts
	c.compare(d, gold["a"])
	if want := "politics.ORG.f1 100.00 politics.LOC.f1 100.00"; !strings.HasPrefix(show(c.measures()), want) {
		t.Errorf("got %s, want %s", show(c.measures()), want)
	}
}

func TestBCubed(t *testing.T) {
	for _, test := range []struct{ gold, groups, want string }{
		{"1 1 1 2 2", "a a - a b", "73.33 53.33 61.75"},
		{"1 1 2 2", "a a b b", "100.00 100.00 100.00"},
		{"1 1 2 2", "a a a a", "50.00 100.00 66.67"},
		{"1 1 2 2", "- - - -", "100.00 50.00 66.67"},
		{"1 1 2", "a b a", "66.67 66.67 66.67"}, // p: 1/2 1 1/2; r: 1/2 1/2 1
	} {
		var gold []int
		for _, word := range strings.Fields(test.gold) {
			gold = append(gold, int(word[0]-'0'))
		}
		groups := strings.Fields(strings.ReplaceAll(test.groups, "-", "."))
		for i := range groups {
			groups[i] = strings.Trim(groups[i], ".")
		}
		var b bcubed
		b.add(gold, groups)
		var got []string
		for _, m := range b.measures() {
			got = append(got, m.value.String())
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%s grouped %s: got %v, want %s", test.gold, test.groups, got, test.want)
		}
	}
}

func TestHashOf(t *testing.T) {
	if got := hashOf("abc"); got != "ba7816bf8f01cfea" {
		t.Errorf("got %s", got)
	}
}

// Which articles and sentences are taken, and from which field.
func TestCountArticles(t *testing.T) {
	const first, second = "Ada Finch opened the mill on Monday. ", "It was raining in Dunmore."
	gold, err := readPolitics("# a comment\n\n" +
		goldLine("one", "title", 1, "[GPE Dunmore] mill opens") +
		goldLine("one", "text", 0, "[PERSON:1 Ada Finch] opened the mill on Monday.") +
		goldLine("one", "text", len(first), "It was raining in [GPE Dunmore].") +
		goldLine("changed", "text", 0, "[PERSON:1 Ada] stayed.") +
		goldLine("begun", "title", 0, "Rain") +
		goldLine("begun", "text", 0, "Rain") +
		goldLine("absent", "text", 0, "No."))
	if err != nil {
		t.Fatal(err)
	}
	var lines bytes.Buffer
	for _, a := range []article{
		{ID: "other", Text: first},
		{ID: "one", Title: " Dunmore mill opens", Text: first + second, Date: "2020-05-01"},
		{ID: "one", Text: "The same id again."},
		{ID: "changed", Text: "Bo stayed."},
		{ID: "begun", Title: "Rain", Text: "Rain\n\nIt fell."},
	} {
		b, err := json.Marshal(map[string]string{"id": a.ID, "title": a.Title, "text": a.Text, "date": a.Date})
		if err != nil {
			t.Fatal(err)
		}
		lines.Write(append(b, '\n'))
	}
	lines.WriteString("no JSON\n")
	var notes []string
	c, err := countArticles(&lines, gold, func(format string, args ...any) { notes = append(notes, fmt.Sprintf(format, args...)) })
	if err != nil {
		t.Fatal(err)
	}
	if c.sentences != 4 || c.names.of[loc].gold != 2 || c.names.of[per].gold != 1 || c.people.mentions != 1 {
		t.Errorf("%d sentences, %+v, %+v", c.sentences, c.names.of, c.people)
	}
	want := []string{
		"article changed: text 0:11 is not the annotated sentence, left out",
		"article begun: title 0:4 is not the annotated sentence, left out",
		"holds 3 of the 4 annotated articles",
	}
	if diff := cmp.Diff(want, notes); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
}

func TestArticleFill(t *testing.T) {
	for _, test := range []struct {
		title, text string
		raw         string
		at          [2]int // title, text
	}{
		{"A mill\nopens", "It did.", "A mill opens\n\nIt did.", [2]int{0, 14}},
		{"A mill ", "A mill\n\nopens", "A mill\n\nopens", [2]int{-1, 0}},
		{" ", "It did.", "It did.", [2]int{-1, 0}},
	} {
		var d stages.Document
		a := article{ID: "a", Title: test.title, Text: test.text, Date: "soon"}
		title, text := a.fill(&d)
		if string(d.Raw) != test.raw || title != test.at[0] || text != test.at[1] || d.Given.Published.Known() {
			t.Errorf("%q: raw %q, title %d, text %d, date %v", test.title, d.Raw, title, text, d.Given.Published)
		}
	}
}

func TestPoliticsForms(t *testing.T) {
	for _, test := range []struct{ line, want string }{
		{"a\ttext\t0:9\tff", "4 columns, want 5"},
		{"a\ttext\t9:9\tff\t-", `span "9:9"`},
		{"a\ttext\t0-9\tff\t-", `span "0-9"`},
		{"a\ttext\t0:9\tff\t0:3", "no label"},
		{"a\ttext\t0:9\tff\t0:3:ORG 2:5:ORG", `"2:5:ORG" is not inside 3:9`},
		{"a\ttext\t0:9\tff\t4:12:GPE", `"4:12:GPE" is not inside 0:9`},
		{"a\ttext\t0:9\tff\t0:3:PERSON", "a person has a number"},
		{"a\ttext\t0:9\tff\t0:3:ORG:1", "a person has a number"},
		{"a\ttext\t0:9\tff\t0:3:PERSON:x", "no number"},
	} {
		_, err := readPolitics(test.line)
		if err == nil || !strings.Contains(err.Error(), test.want) || !strings.HasPrefix(err.Error(), "politics.tsv:1: ") {
			t.Errorf("%q: got %v, want %s", test.line, err, test.want)
		}
	}
}

// A file without the articles is a note; packed or not, the articles are found.
func TestScorePolitics(t *testing.T) {
	gold, err := readPolitics(politicsGold)
	if err != nil {
		t.Fatal(err)
	}
	ids := 0
	line := ""
	for id := range gold {
		ids++
		line += fmt.Sprintf(`{"text": "No more.", "id": %q}`+"\n", id)
	}
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	z.Write([]byte(line))
	z.Close()
	for _, test := range []struct {
		name  string
		file  string
		score scorer
		notes int
		want  string // of the last note
	}{
		{"none", `{"id": "other"}`, scorePolitics, 1, fmt.Sprintf("holds 0 of the %d annotated articles", ids)},
		{"changed", line, scorePolitics, 300, "left out"},
		{"packed", packed.String(), unzipped(scorePolitics), 300, "left out"},
	} {
		var notes []string
		list, err := test.score(strings.NewReader(test.file), func(format string, args ...any) { notes = append(notes, fmt.Sprintf(format, args...)) })
		if err != nil || list != nil {
			t.Errorf("%s: %v, %v", test.name, list, err)
		}
		if len(notes) != test.notes || !strings.HasSuffix(notes[len(notes)-1], test.want) {
			t.Errorf("%s: %d notes, the last %q", test.name, len(notes), notes[len(notes)-1])
		}
	}
	if _, err := unzipped(scorePolitics)(strings.NewReader(line), t.Errorf); err == nil {
		t.Error("plain text passes for a packed file")
	}
	if _, err := unzipped(scorePolitics)(bytes.NewReader(packed.Bytes()[:packed.Len()/2]), func(string, ...any) {}); err == nil {
		t.Error("half a packed file passes for one")
	}
}

// The annotation holds places and hashes, and no word of an article.
func TestPoliticsGold(t *testing.T) {
	form := regexp.MustCompile(`^[0-9A-Za-z]{16}\t(title|text)\t\d+:\d+\t[0-9a-f]{16}\t(-|\d+:\d+:(PERSON:\d+|ORG|GPE|LOC|FAC|NORP|MISC)( |$))*$`)
	for _, line := range strings.Split(strings.TrimSuffix(politicsGold, "\n"), "\n") {
		if !strings.HasPrefix(line, "#") && !form.MatchString(line) {
			t.Errorf("line %q", line)
		}
	}
	gold, err := readPolitics(politicsGold)
	if err != nil {
		t.Fatal(err)
	}
	var of [numClasses]int
	sentences, people := 0, 0
	for _, list := range gold {
		most := 0
		for _, s := range list {
			sentences++
			for _, n := range s.names {
				of[n.class]++
				most = max(most, n.person)
			}
		}
		people += most
	}
	if len(gold) != 30 || sentences != 300 || of != [numClasses]int{noClass: 84, per: 142, org: 91, loc: 86} || people != 72 {
		t.Errorf("%d articles, %d sentences, mentions %v, %d people", len(gold), sentences, of, people)
	}
}
