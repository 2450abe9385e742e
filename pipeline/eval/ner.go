package main

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"pressrow/stages"
	"pressrow/stages/entities"
)

// A class is what a set and the tagger are compared in.
type class uint8

const (
	noClass class = iota // NORP, MISC, dates, numbers: ignored on both sides
	per
	org
	loc
	fac // ignored where the set labels it, counted as LOC where it does not
	numClasses
)

// classNames holds the classes that are measured, by class.
var classNames = [...]string{per: "PER", org: "ORG", loc: "LOC"}

// classOf maps the labels of annotated sets, in lower case, to classes. Labels
// that are not here are ignored.
var classOf = map[string]class{
	// CoNLL, Universal NER, OntoNotes
	"per": per, "person": per,
	"org": org, "organization": org, "organisation": org,
	"loc": loc, "location": loc, "gpe": loc,
	"fac": fac, "facility": fac,
	// CrossNER: its domains' own kinds of people, bodies and places
	"politician": per, "researcher": per, "scientist": per, "writer": per, "musicalartist": per,
	"politicalparty": org, "university": org, "band": org,
	"country": loc,
	// WNUT 2016 and 2017
	"corporation": org, "company": org, "group": org, "sportsteam": org,
	"geo-loc": loc,
	// GMB
	"geo": loc,
}

// labelClass maps the tagger's labels to classes; those that are not here are ignored.
var labelClass = map[stages.Label]class{
	stages.Person: per, stages.Org: org, stages.GPE: loc, stages.Loc: loc, stages.Facility: fac,
}

// titles are the forms of address and offices, in lower case and without a
// final stop, that are stripped from the front of a person. Royal titles are
// left: "Queen Anne" is a name.
var titles = wordSet(`
	mr mrs ms miss mx dr prof professor sir dame madam rev reverend fr msgr monsignor
	pres president sen sens senator senators rep reps representative congressman congresswoman
	gov govs governor mayor councilman councilwoman councillor alderman commissioner
	minister premier chancellor secretary ambassador speaker chairman chairwoman
	justice judge sheriff
	gen general lt lieutenant col colonel maj major capt captain cmdr commander adm admiral
	sgt sergeant cpl corporal officer det detective`)

// titleFirsts may stand before a title ("Vice President", "Prime Minister")
// but are none alone.
var titleFirsts = wordSet(`vice deputy assistant acting former then ex prime foreign chief associate attorney`)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// A mention is a run of tokens of one class.
type mention struct {
	class      class
	start, end int // tokens, half-open
	entity     int // index into Document.Entities; of no use in gold
}

// scoreNER tags the gold tokens and compares exact mentions.
//
// Each "#doc" is one Document: its tokens joined by single spaces, since where
// the source had none is not known; each sentence a Body block of its own. The
// tagger sees the gold tokens and sentences, so that only its own work counts.
//
// GPE and LOC count as LOC. Predicted FAC is ignored where the set labels FAC,
// and counts as LOC where it does not; gold FAC is ignored. All labels outside
// the three classes are ignored on both sides. Titles at the front of a person
// are stripped on both sides; a mention that is nothing but a title vanishes.
// A class that the set never labels is not measured and not part of all.*.
//
// The measures scoreN.p say how many of 100 mentions found in the three classes
// are right, of those with a score from N hundredths up to the next such measure.
func scoreNER(r io.Reader, note note) ([]measure, error) {
	var c nerCounts
	set := nerSet{note: note, counts: &c}
	if err := eachLine(r, set.line); err != nil {
		return nil, err
	}
	set.endDocument()
	if c.tokens == 0 {
		return nil, errForm
	}
	return c.measures(), nil
}

// scoreSteps are the lower bounds, in hundredths, of the scores that are tallied apart.
var scoreSteps = [...]int{50, 80, 90}

// nerCounts holds the tally of each class. Predicted FAC is tallied against
// gold LOC, until it is known whether the set labels FAC.
type nerCounts struct {
	of        [numClasses]tally
	scored    [len(scoreSteps)]tally // by score; gold is not counted
	facs      int                    // gold FAC
	tokens    int
	documents int
}

func (c *nerCounts) measures() []measure {
	if c.facs == 0 {
		c.of[loc].hits += c.of[fac].hits
		c.of[loc].found += c.of[fac].found
	}
	var all tally
	var list []measure
	for class := per; class <= loc; class++ {
		t := c.of[class]
		if t.gold == 0 {
			continue
		}
		all.add(t)
		list = append(list, percent(classNames[class]+".f1", t.f1()))
	}
	list = append(list,
		percent("all.p", all.precision()), percent("all.r", all.recall()), percent("all.f1", all.f1()))
	for i, t := range c.scored {
		if t.found > 0 {
			list = append(list, percent(fmt.Sprintf("score%d.p", scoreSteps[i]), t.precision()))
		}
	}
	return list
}

// score tallies a mention found with the given score.
func (c *nerCounts) score(score float32, right bool) {
	for i := len(scoreSteps) - 1; i >= 0; i-- {
		if int(score*100+0.5) < scoreSteps[i] {
			continue
		}
		c.scored[i].found++
		if right {
			c.scored[i].hits++
		}
		return
	}
}

// A nerSet reads a set line by line and holds one document at a time.
type nerSet struct {
	note   note
	counts *nerCounts

	d    stages.Document
	text strings.Builder
	gold []mention
	from int    // first token of the sentence at hand
	last string // label of the token before, "" at the start of a sentence
}

func (s *nerSet) line(n int, line []byte) error {
	switch {
	case len(bytes.TrimSpace(line)) == 0:
		s.endSentence()
	case bytes.HasPrefix(line, []byte("#doc")) && !bytes.Contains(line, []byte("\t")):
		s.endDocument()
	default:
		return s.token(n, line)
	}
	return nil
}

func (s *nerSet) token(n int, line []byte) error {
	word, rest, ok := bytes.Cut(line, []byte("\t"))
	if !ok {
		return fmt.Errorf("line %d: no label: %w", n, errForm)
	}
	tag := string(bytes.TrimSpace(rest[bytes.LastIndexByte(rest, '\t')+1:]))
	if tag == "" {
		tag = "O"
	}
	form := strings.ToValidUTF8(strings.TrimSpace(string(word)), "\uFFFD")
	if form == "" {
		return nil
	}
	if s.text.Len() > 0 {
		s.text.WriteByte(' ')
	}
	start := s.text.Len()
	s.text.WriteString(form)
	s.d.Tokens = append(s.d.Tokens, stages.Span{Start: start, End: s.text.Len()})
	s.counts.tokens++
	s.label(tag)
	return nil
}

// label adds the newest token to the mention before it or begins one. An I-
// after another label begins a mention too, as in IOB1; E-, S-, L- and U- of
// the longer schemes are understood.
func (s *nerSet) label(tag string) {
	begins, label := tag != "O", tag
	if len(tag) > 2 && (tag[1] == '-' || tag[1] == '_') {
		label = tag[2:]
		begins = !strings.ContainsRune("IELM", rune(tag[0])) || label != s.last
	} else if tag == s.last {
		begins = false
	}
	s.last = label
	if tag == "O" {
		return
	}
	k := len(s.d.Tokens)
	if begins {
		s.gold = append(s.gold, mention{class: classOf[strings.ToLower(label)], start: k - 1, end: k})
		return
	}
	s.gold[len(s.gold)-1].end = k
}

func (s *nerSet) endSentence() {
	s.last = ""
	first, end := s.from, len(s.d.Tokens)
	s.from = end
	if first == end {
		return
	}
	span := stages.Span{Start: s.d.Tokens[first].Start, End: s.d.Tokens[end-1].End}
	s.d.Sentences = append(s.d.Sentences, stages.Sentence{
		Span: span, Block: len(s.d.Blocks), Paragraph: len(s.d.Blocks),
		FirstToken: first, EndToken: end,
	})
	s.d.Blocks = append(s.d.Blocks, stages.Block{Span: span, Role: stages.Body, Reason: "gold", Score: 1})
}

func (s *nerSet) endDocument() {
	s.endSentence()
	if len(s.d.Tokens) > 0 {
		s.d.ID = fmt.Sprint(s.counts.documents)
		s.d.Text = s.text.String()
		s.d.SetTypes(stages.MaxStretch)
		s.counts.documents++
		if err := through(&s.d, entities.Tag); err != nil {
			s.note("document %d: %v", s.counts.documents, err)
			s.d.Entities = nil
		}
		s.counts.compare(&s.d, s.gold)
	}
	s.d.Reset()
	s.text.Reset()
	s.gold, s.from = s.gold[:0], 0
}

// compare tallies the entities of d against the gold mentions.
func (c *nerCounts) compare(d *stages.Document, gold []mention) {
	right := map[[2]int]class{}
	for _, m := range gold {
		if m.class == fac {
			c.facs++
		}
		if m.class == noClass || m.class == fac || !stripTitles(d, &m) {
			continue
		}
		c.of[m.class].gold++
		right[[2]int{m.start, m.end}] = m.class
	}
	for _, m := range predicted(d) {
		if !stripTitles(d, &m) {
			continue
		}
		c.of[m.class].found++
		want := right[[2]int{m.start, m.end}]
		hit := want == m.class || want == loc && m.class == fac
		if hit {
			c.of[m.class].hits++
		}
		if m.class != fac {
			c.score(d.Entities[m.entity].Score, hit)
		}
	}
}

// predicted returns the entities of d as mentions.
func predicted(d *stages.Document) []mention {
	var list []mention
	k := 0
	for i := range d.Entities {
		e := &d.Entities[i]
		class := labelClass[e.Label]
		if class == noClass {
			continue
		}
		for k < len(d.Tokens) && d.Tokens[k].End <= e.Start {
			k++
		}
		end := k
		for end < len(d.Tokens) && d.Tokens[end].Start < e.End {
			end++
		}
		list = append(list, mention{class, k, end, i})
	}
	return list
}

// stripTitles takes titles off the front of a person and reports whether anything is left.
func stripTitles(d *stages.Document, m *mention) bool {
	if m.class != per {
		return true
	}
	word := func(i int) string {
		return strings.TrimSuffix(strings.ToLower(d.Of(d.Tokens[i])), ".")
	}
	for m.start < m.end {
		k := m.start
		for k < m.end && titleFirsts[word(k)] && !titles[word(k)] {
			k++
		}
		if k == m.end || !titles[word(k)] {
			return true
		}
		m.start = k + 1
	}
	return false
}
