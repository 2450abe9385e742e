package pipeline

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pressrow/schema"
	"pressrow/stages"
)

// mentioned returns a document of the marked text, in which a mention stands as
// [LABEL text] or [LABEL text|name|id|sentiment].
func mentioned(t *testing.T, marked string) *stages.Document {
	t.Helper()
	d := new(stages.Document)
	for marked != "" {
		before, after, found := strings.Cut(marked, "[")
		d.Text += before
		if !found {
			break
		}
		mention, rest, _ := strings.Cut(after, "]")
		marked = rest
		label, mention, _ := strings.Cut(mention, " ")
		fields := append(strings.Split(mention, "|"), "", "", "")
		e := stages.Entity{
			Span: stages.Span{Start: len(d.Text), End: len(d.Text) + len(fields[0])}, Label: stages.Label(slices.Index(stages.Labels[:], label)),
			Name: fields[1], EntityID: fields[2],
		}
		e.Sentiment, _ = strconv.ParseFloat(fields[3], 64)
		d.Text += fields[0]
		d.Entities = append(d.Entities, e)
	}
	return d
}

func TestMainEntities(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Nobody came.", ""},
		{"[PERSON Ada Quill] met [PERSON Ada Quill] in [GPE Arle].", "PERSON Ada Quill  2 0; GPE Arle  1 0"},
		// One id, however the mention is written and labelled; the first mention gives the label.
		{"[PERSON Quill||person/ada-quill|0.5] and [ORG Ada Quill|Ada Quill|person/ada-quill|-0.25].", "PERSON Ada Quill person/ada-quill 2 0.125"},
		// Without an id the name and the label count, and without a name the text.
		{"[PERSON Quill|Ada Quill||1] [PERSON Ada Quill|||0] [ORG Ada Quill]", "PERSON Ada Quill  2 0.5; ORG Ada Quill  1 0"},
		// An id and none are not the same.
		{"[GPE Arle|Arle|gpe/arle] [GPE Arle|Arle]", "GPE Arle gpe/arle 1 0; GPE Arle  1 0"},
		// Numbers, times and languages are not what an article is about.
		{"[LANGUAGE Latin] [DATE Monday] [CARDINAL 7] [MONEY $7] [LAW the Ferry Act]", "LAW the Ferry Act  1 0"},
		// The most mentions first; of equals the first in the text.
		{"[LOC a] [FAC b] [NORP c] [NORP c] [EVENT d] [FAC b]", "FAC b  2 0; NORP c  2 0; LOC a  1 0; EVENT d  1 0"},
		{"[ORG a] [ORG b] [ORG c] [ORG b] [ORG c] [ORG c] [ORG d]", "ORG c  3 0; ORG b  2 0; ORG a  1 0; ORG d  1 0"},
		// Ten at most: k stands last and has two.
		{"[ORG a] [ORG b] [ORG c] [ORG d] [ORG e] [ORG f] [ORG g] [ORG h] [ORG i] [ORG j] [ORG k] [ORG k]",
			"ORG k  2 0; ORG a  1 0; ORG b  1 0; ORG c  1 0; ORG d  1 0; ORG e  1 0; ORG f  1 0; ORG g  1 0; ORG h  1 0; ORG i  1 0"},
	} {
		var names nameCount
		names.appendMain(nil, mentioned(t, "[PERSON Bruno Ward|||1] left.")) // must leave no trace
		var got []string
		for _, m := range names.appendMain(nil, mentioned(t, c.text)) {
			got = append(got, fmt.Sprintf("%s %s %s %d %v", m.Label, m.Name, m.EntityID, m.Mentions, *m.Sentiment))
		}
		if got := strings.Join(got, "; "); got != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", c.text, got, c.want)
		}
	}
}

func TestMainEntitiesAllocateNothing(t *testing.T) {
	d := mentioned(t, strings.Repeat("[PERSON Ada Quill] met [PERSON Bruno Ward] in [GPE Arle|Arle|gpe/arle]. ", 50))
	var names nameCount
	var rows []schema.MainEntity
	if n := testing.AllocsPerRun(10, func() { rows = names.appendMain(rows[:0], d) }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}
