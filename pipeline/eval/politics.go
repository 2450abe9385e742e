package main

import (
	"cmp"
	"compress/gzip"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"pressrow/pipeline"
	"pressrow/stages"
)

// politicsGold is the annotation of sentences of political news, without their
// text; its head says how it came to be.
//
//go:embed politics.tsv
var politicsGold string

// scorePolitics takes the annotated articles among the JSON lines of r through
// all stages and compares names inside the annotated sentences.
//
// An article is laid out as the pipeline does it, its title before its text,
// and spans are compared in bytes of the record's fields, where d.Source leads.
// So a mention in a sentence that was taken out or cut in two counts as missed.
// An entity that only touches an annotated sentence counts as found.
//
// GPE, LOC and FAC count as LOC; labels outside PER, ORG and LOC are ignored on
// both sides. Titles at the front of a person are stripped from what was found;
// gold has none. The measures politics.names.bcubed.* say how well the mentions of people
// are grouped; see bcubed.
//
// A sentence whose bytes do not have the recorded hash is left out and noted,
// and so is an article that r does not hold.
func scorePolitics(r io.Reader, note note) ([]measure, error) {
	gold, err := readPolitics(politicsGold)
	if err != nil {
		return nil, err
	}
	c, err := countArticles(r, gold, note)
	if err != nil || c.sentences == 0 {
		return nil, err
	}
	return c.measures(), nil
}

// unzipped makes a scorer of files packed with gzip.
func unzipped(f scorer) scorer {
	return func(r io.Reader, note note) ([]measure, error) {
		z, err := gzip.NewReader(r)
		if err != nil {
			return nil, fmt.Errorf("%v: %w", err, errForm)
		}
		defer z.Close()
		return f(z, note)
	}
}

// A goldStretch is an annotated sentence.
type goldStretch struct {
	field string      // of the record: title or text
	span  stages.Span // bytes of the field
	hash  string      // of these bytes; see hashOf
	names []goldName  // in order, not overlapping
}

// A goldName is a mention of a goldStretch.
type goldName struct {
	stages.Span // bytes from the start of the stretch
	class       class
	person      int // the same for all mentions of a person in the article; 0 for other classes
}

// readPolitics returns the annotated sentences of each article, by its id.
func readPolitics(tsv string) (map[string][]goldStretch, error) {
	gold := map[string][]goldStretch{}
	err := eachLine(strings.NewReader(tsv), func(n int, line []byte) error {
		if len(line) == 0 || line[0] == '#' {
			return nil
		}
		columns := strings.Split(string(line), "\t")
		if len(columns) != 5 {
			return fmt.Errorf("politics.tsv:%d: %d columns, want 5", n, len(columns))
		}
		s := goldStretch{field: columns[1], hash: columns[3]}
		var err error
		if s.span, err = parseSpan(columns[2]); err == nil {
			s.names, err = parseNames(columns[4], s.span.Len())
		}
		if err != nil {
			return fmt.Errorf("politics.tsv:%d: %w", n, err)
		}
		gold[columns[0]] = append(gold[columns[0]], s)
		return nil
	})
	return gold, err
}

// parseNames reads the mentions of a sentence of so many bytes.
func parseNames(list string, length int) (names []goldName, err error) {
	if list == "-" {
		return nil, nil
	}
	end := 0
	for _, text := range strings.Split(list, " ") {
		parts := strings.Split(text, ":")
		if len(parts) < 3 {
			return nil, fmt.Errorf("mention %q has no label", text)
		}
		var n goldName
		if n.Span, err = parseSpan(parts[0] + ":" + parts[1]); err != nil {
			return nil, err
		}
		if n.Start < end || n.End > length {
			return nil, fmt.Errorf("mention %q is not inside %d:%d", text, end, length)
		}
		end = n.End
		if n.class = classOf[strings.ToLower(parts[2])]; n.class == fac {
			n.class = loc
		}
		if (n.class == per) != (len(parts) == 4) || len(parts) > 4 {
			return nil, fmt.Errorf("mention %q: a person has a number, and nothing else has", text)
		}
		if n.class == per {
			if n.person, err = strconv.Atoi(parts[3]); err != nil || n.person < 1 {
				return nil, fmt.Errorf("mention %q: no number of a person", text)
			}
		}
		names = append(names, n)
	}
	return names, nil
}

// parseSpan reads "start:end".
func parseSpan(text string) (s stages.Span, err error) {
	start, end, _ := strings.Cut(text, ":")
	if s.Start, err = strconv.Atoi(start); err == nil {
		s.End, err = strconv.Atoi(end)
	}
	if err != nil || s.Start < 0 || s.Start >= s.End {
		return s, fmt.Errorf("span %q", text)
	}
	return s, nil
}

// hashOf returns the first 16 hexadecimal digits of the SHA-256 of text.
func hashOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:8])
}

// An article is a record with annotated sentences.
type article struct {
	ID, Title, Text   string
	Date, Source, URL string
}

// fill makes d the article and returns where title and text begin in d.Raw,
// the title at -1 where the text begins with it.
//
// The pipeline also leaves out a title that the text begins with in another
// case or punctuation. None of the annotated articles is such a one.
func (a *article) fill(d *stages.Document) (title, text int) {
	d.Reset()
	d.ID = a.ID
	title = -1
	if head := strings.TrimSpace(a.Title); head != "" {
		d.Given.Title = stages.Fact{Value: strings.Join(strings.Fields(head), " "), Method: "field"}
		if !strings.HasPrefix(a.Text, head) {
			title = 0
			d.Raw = append(d.Raw, lineEnds.Replace(a.Title)...)
			d.Raw = append(d.Raw, "\n\n"...)
			d.Flags.Add(stages.FlagTitleAdded, 1)
		}
	}
	text = len(d.Raw)
	d.Raw = append(d.Raw, a.Text...)
	if _, err := time.Parse(time.DateOnly, a.Date); err == nil {
		d.Given.Published = stages.Fact{Value: a.Date, Method: "field"}
	}
	if a.Source != "" {
		d.Given.Outlet = stages.Fact{Value: a.Source, Method: "field"}
	}
	if a.URL != "" {
		d.Given.URL = stages.Fact{Value: a.URL, Method: "field"}
	}
	return title, text
}

// lineEnds makes a title one line and moves no byte of it.
var lineEnds = strings.NewReplacer("\n", " ", "\r", " ")

// locate returns those of gold that a still holds, with spans of the Raw in
// which its title and text begin at the given bytes.
func (a *article) locate(gold []goldStretch, title, text int, note note) (here []goldStretch) {
	for _, s := range gold {
		field, at := a.Text, text
		if s.field == "title" {
			field, at = a.Title, title
		}
		if at < 0 || s.span.End > len(field) || hashOf(field[s.span.Start:s.span.End]) != s.hash {
			note("article %s: %s %d:%d is not the annotated sentence, left out", a.ID, s.field, s.span.Start, s.span.End)
			continue
		}
		s.span = shift(s.span, at)
		here = append(here, s)
	}
	return here
}

// countArticles takes the articles that gold names through the stages. It
// holds one line of r at a time.
func countArticles(r io.Reader, gold map[string][]goldStretch, note note) (*articleCounts, error) {
	var c articleCounts
	var d stages.Document
	seen := map[string]bool{}
	err := eachLine(r, func(n int, line []byte) error {
		var a article
		err := json.Unmarshal(line, &a)
		if gold[a.ID] == nil || seen[a.ID] {
			return nil
		}
		if err != nil {
			return fmt.Errorf("line %d: %v: %w", n, err, errForm)
		}
		seen[a.ID] = true
		title, text := a.fill(&d)
		here := a.locate(gold[a.ID], title, text, note)
		if err := through(&d, allStages()...); err != nil {
			note("article %s: %v", a.ID, err)
			d.Entities = nil
		}
		c.compare(&d, here)
		return nil
	})
	if len(seen) < len(gold) {
		note("holds %d of the %d annotated articles", len(seen), len(gold))
	}
	return &c, err
}

// allStages returns the pipeline's stages and the check behind them.
func allStages() (steps []func(*stages.Document) error) {
	for _, s := range pipeline.Stages {
		steps = append(steps, s.Run)
	}
	return append(steps, (*stages.Document).Check)
}

// articleCounts sums up articles.
type articleCounts struct {
	sentences int
	names     nerCounts
	people    bcubed
}

func (c *articleCounts) measures() []measure {
	list := append(c.names.measures(), c.people.measures()...)
	for i := range list {
		list[i].name = "politics." + list[i].name
	}
	return list
}

// compare tallies the names of d inside the annotated sentences, whose spans
// are bytes of what d was made from.
func (c *articleCounts) compare(d *stages.Document, gold []goldStretch) {
	type place struct {
		class  class
		person int // index into persons, for a person
	}
	places := map[stages.Span]place{}
	var persons []int   // gold's numbers
	var groups []string // what the stages make of them
	for _, s := range gold {
		c.sentences++
		for _, n := range s.names {
			if n.class == noClass {
				continue
			}
			c.names.of[n.class].gold++
			places[shift(n.Span, s.span.Start)] = place{n.class, len(persons)}
			if n.class == per {
				persons, groups = append(persons, n.person), append(groups, "")
			}
		}
	}
	for _, m := range predicted(d) {
		if !stripTitles(d, &m) {
			continue
		}
		span := stages.Span{Start: d.Tokens[m.start].Start, End: d.Tokens[m.end-1].End}
		source := d.Source.Span(span)
		if !slices.ContainsFunc(gold, func(s goldStretch) bool { return source.Start < s.span.End && s.span.Start < source.End }) {
			continue
		}
		if m.class == fac {
			m.class = loc
		}
		c.names.of[m.class].found++
		want, ok := places[source]
		hit := ok && want.class == m.class
		c.names.score(d.Entities[m.entity].Score, hit)
		if hit {
			c.names.of[m.class].hits++
			if m.class == per {
				e := &d.Entities[m.entity]
				groups[want.person] = cmp.Or(e.EntityID, e.Name, d.Of(span))
			}
		}
	}
	c.people.add(persons, groups)
}

// bcubed scores a grouping of mentions as B-cubed (Bagga and Baldwin 1998).
//
// A mention's precision is the share of its group that is gold's person, its
// recall the share of gold's mentions of that person that are in its group,
// itself included both times. Both are averaged over gold's mentions of people
// inside the annotated sentences; other mentions play no part, and no group
// reaches beyond its article. A group is what shares an entity id or, without
// one, a name or, without that, the words. A gold mention that was not found as
// a person of exactly this span is a group of its own.
type bcubed struct {
	precision, recall float64 // sums
	mentions          int
}

// add counts the mentions of an article: gold's number of each and the group
// it was given, "" for one of its own.
func (b *bcubed) add(gold []int, groups []string) {
	for i := range gold {
		both, group, person := 0, 0, 0
		for k := range gold {
			together := i == k || groups[i] != "" && groups[i] == groups[k]
			if together {
				group++
			}
			if gold[i] == gold[k] {
				person++
				if together {
					both++
				}
			}
		}
		b.precision += ratio(both, group)
		b.recall += ratio(both, person)
		b.mentions++
	}
}

func (b *bcubed) measures() []measure {
	if b.mentions == 0 {
		return nil
	}
	p, r := b.precision/float64(b.mentions), b.recall/float64(b.mentions)
	return []measure{
		percent("names.bcubed.p", p), percent("names.bcubed.r", r), percent("names.bcubed.f1", 2*p*r/(p+r)),
	}
}
