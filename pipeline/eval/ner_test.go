package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pressrow/stages"
)

// readOne reads lines of "token/label" as one document, without tagging it.
func readOne(t *testing.T, c *nerCounts, marked string) *nerSet {
	t.Helper()
	set := &nerSet{counts: c, note: t.Errorf}
	for i, word := range strings.Fields(marked) {
		line := strings.Replace(word, "/", "\t", 1)
		if word == "|" {
			line = ""
		}
		if err := set.line(i+1, []byte(line)); err != nil {
			t.Fatal(err)
		}
	}
	set.endSentence()
	set.d.Text = set.text.String()
	set.d.SetTypes(stages.MaxStretch)
	return set
}

// found adds an entity of tokens from to end, half-open.
func (s *nerSet) found(label stages.Label, from, end int) {
	s.d.Entities = append(s.d.Entities, stages.Entity{
		Span: stages.Span{Start: s.d.Tokens[from].Start, End: s.d.Tokens[end-1].End}, Label: label,
	})
}

func TestNERCounts(t *testing.T) {
	const market = "Mayor/B-PER Ada/I-PER Finch/I-PER met/O the/O Harbour/B-ORG Board/I-ORG in/O East/I-GPE Dunmore/I-GPE ./O | The/O "
	for _, test := range []struct {
		name, fair string
		want       string
	}{
		{"FAC not labelled counts as LOC", "Hall/O", "PER.f1 100.00 ORG.f1 0.00 LOC.f1 50.00 all.p 60.00 all.r 60.00 all.f1 60.00"},
		{"FAC labelled is ignored", "Hall/B-FAC", "PER.f1 100.00 ORG.f1 0.00 LOC.f1 66.67 all.p 75.00 all.r 60.00 all.f1 66.67"},
		{"a place that the set calls LOC may be found as FAC", "Hall/B-LOC", "PER.f1 100.00 ORG.f1 0.00 LOC.f1 80.00 all.p 80.00 all.r 66.67 all.f1 72.73"},
	} {
		var c nerCounts
		one := readOne(t, &c, market+test.fair+" opened/O ./O")
		one.found(stages.Person, 1, 3)
		one.found(stages.Org, 4, 7) // not exact
		one.found(stages.GPE, 8, 10)
		one.found(stages.Facility, 12, 13)
		one.found(stages.NORP, 13, 14) // ignored
		c.compare(&one.d, one.gold)

		two := readOne(t, &c, "Mr./B-politician Okoro/I-politician swam/O the/O Tarn/B-LOC ./O")
		two.found(stages.Person, 0, 2)
		c.compare(&two.d, two.gold)

		if diff := cmp.Diff(test.want, show(c.measures())); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestNERScores(t *testing.T) {
	var c nerCounts
	set := readOne(t, &c, "Ada/B-PER met/O Bo/B-PER in/O Dunmore/B-LOC and/O Cy/O ./O")
	for i, score := range []float32{0.95, 0.9, 0.85, 0.49} {
		set.found([]stages.Label{stages.Person, stages.Org, stages.GPE, stages.Person}[i], 2*i, 2*i+1)
		set.d.Entities[i].Score = score
	}
	c.compare(&set.d, set.gold)
	want := "score80.p 100.00 score90.p 50.00" // Bo is no organisation; below 0.5 nothing is told
	if got := show(c.measures()); !strings.HasSuffix(got, want) {
		t.Errorf("got %s, want %s at the end", got, want)
	}
}

func TestNERUnlabelledClass(t *testing.T) {
	var c nerCounts
	set := readOne(t, &c, "Ada/B-PER joined/O Acme/O")
	set.found(stages.Person, 0, 1)
	set.found(stages.Org, 2, 3)
	c.compare(&set.d, set.gold)
	want := "PER.f1 100.00 all.p 100.00 all.r 100.00 all.f1 100.00"
	if got := show(c.measures()); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestLabelSchemes(t *testing.T) {
	for _, test := range []struct{ marked, want string }{
		{"A/B-PER b/I-PER c/O", "PER[0:2]"},
		{"A/B-PER B/B-PER", "PER[0:1] PER[1:2]"},
		{"A/I-PER b/I-PER c/I-LOC", "PER[0:2] LOC[2:3]"},
		{"A/O b/I-ORG | c/I-ORG", "ORG[1:2] ORG[2:3]"},
		{"A/S-PER B/S-PER C/B-LOC d/E-LOC", "PER[0:1] PER[1:2] LOC[2:4]"},
		{"A/U-geo-loc b/O C/B-PER d/L-PER", "LOC[0:1] PER[2:4]"},
		{"A/person b/person c/O", "PER[0:2]"},
		{"A/B-politicalparty b/I-politicalparty", "ORG[0:2]"},
		{"A/B-MISC b/I-MISC C/B-country", "LOC[2:3]"},
	} {
		var c nerCounts
		set := readOne(t, &c, test.marked)
		if got := showMentions(set.gold); got != test.want {
			t.Errorf("%s: got %s, want %s", test.marked, got, test.want)
		}
	}
}

func TestStripTitles(t *testing.T) {
	for _, test := range []struct{ person, want string }{
		{"Ada Finch", "Ada Finch"},
		{"Mr. Finch", "Finch"},
		{"MRS Finch", "Finch"},
		{"Lt. Gov. Ada Finch", "Ada Finch"},
		{"Vice President Finch", "Finch"},
		{"Former Prime Minister Finch", "Finch"},
		{"Attorney General Finch", "Finch"},
		{"Prime Finch", "Prime Finch"},
		{"Queen Ada", "Queen Ada"},
		{"President", ""},
	} {
		var c nerCounts
		set := readOne(t, &c, strings.ReplaceAll(test.person, " ", "/PER ")+"/PER")
		m := set.gold[0]
		left := stripTitles(&set.d, &m)
		var words []string
		for _, span := range set.d.Tokens[m.start:m.end] {
			words = append(words, set.d.Of(span))
		}
		if got := strings.Join(words, " "); got != test.want || left != (test.want != "") {
			t.Errorf("%s: got %q %v, want %q", test.person, got, left, test.want)
		}
	}
}

func TestNERDocument(t *testing.T) {
	var c nerCounts
	set := readOne(t, &c, "Rain/O fell/O ./O | Ada/B-PER slept/O")
	if want := "Rain fell . Ada slept"; set.d.Text != want {
		t.Errorf("text %q, want %q", set.d.Text, want)
	}
	if err := set.d.Check(); err != nil {
		t.Error(err)
	}
	if len(set.d.Sentences) != 2 || len(set.d.Blocks) != 2 {
		t.Errorf("%d sentences in %d blocks, want 2 in 2", len(set.d.Sentences), len(set.d.Blocks))
	}
}
