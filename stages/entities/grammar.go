package entities

import (
	"time"

	"pressrow/stages"
)

// A grammar reads times and numbers in the words of one sentence. Each method
// tries one construction at word i and returns the word after it, or 0 when it
// is not there. Looking ahead is bounded, so a sentence takes linear time.
type grammar struct {
	text   string
	tokens []stages.Span
	words  []word

	anchor   time.Time // the day of publication
	anchored bool
	future   bool // the sentence has spoken of what will be
}

// A reading is what the grammar makes of some words.
type reading struct {
	end   int // the word after it; 0 when there is none
	label stages.Label
	value string
}

func (g *grammar) of(i int) string { return g.text[g.tokens[i].Start:g.tokens[i].End] }

// lex returns the lexeme of word i, the zero lexeme beyond the sentence.
func (g *grammar) lex(i int) lexeme {
	if i < 0 || i >= len(g.words) {
		return lexeme{}
	}
	return g.words[i].lex
}

func (g *grammar) is(i int, k kind) bool { return g.lex(i).kind == k }

func (g *grammar) hasDigit(i int) bool {
	return i >= 0 && i < len(g.words) && g.words[i].shape.has(digit)
}

// glued reports whether nothing stands between words i and i+1.
func (g *grammar) glued(i int) bool {
	return i >= 0 && i+1 < len(g.tokens) && g.tokens[i].End == g.tokens[i+1].Start
}

// openings is the set of kinds that a construction begins with.
const openings = 1<<numWord | 1<<dozen | 1<<scales | 1<<ordWord | 1<<month | 1<<weekday | 1<<season | 1<<relDay | 1<<dayPart |
	1<<fixedTime | 1<<nearby | 1<<symbol | 1<<article | 1<<part | 1<<fiscal | 1<<early | 1<<numberNo | 1<<ten

// behindArticle is the set of kinds that stand behind an article that opens a construction.
const behindArticle = 1<<scale | 1<<dozen | 1<<coin | 1<<cent | 1<<hyphen | 1<<clockUnit | 1<<dateUnit | 1<<symbol

// readable reports whether read may do something with a word of form f.
func (f *form) readable() bool {
	k := f.lex.kind
	return openings>>k&1 == 1 || k == future || k == telling || f.shape.has(digit) || k != none && f.shape.has(allCaps) // capitals may stand before $
}

// read returns what begins at word i, the longest construction first.
func (g *grammar) read(i int) reading {
	w := &g.words[i]
	if !w.service.has(counts) {
		return reading{}
	}
	if k := w.lex.kind; k == future || k == telling {
		g.future = k == future
		return reading{}
	}
	if w.lex.kind == article && behindArticle>>g.lex(i+1).kind&1 == 0 {
		return reading{}
	}
	if r := g.money(i); r.end > 0 {
		return r
	}
	if r := g.clock(i); r.end > 0 {
		return r
	}
	if r := g.date(i); r.end > 0 {
		return r
	}
	return g.count(i)
}

// number reads "1,200", "2.5 million", "two hundred and fifty", "a million", "two dozen", "half a million".
func (g *grammar) number(i int) (n number, end int) {
	switch l := g.lex(i); l.kind {
	case ten:
		n, _ = decimal(g.of(i))
		return g.scaled(n, i+1)
	case numWord:
		return g.spelled(i)
	case article:
		if next := g.lex(i + 1); next.kind == scale {
			return g.scaled(number{1, 0}, i+1)
		} else if next.kind == dozen {
			return number{12, 0}, i + 2
		}
	case dozen:
		return number{12, 0}, i + 1
	case part:
		if l.val != 2 || !g.is(i+1, article) {
			break
		}
		switch next := g.lex(i + 2); next.kind {
		case scale:
			return number{5, -1}.times(int(next.val)), i + 3
		case dozen:
			return number{6, 0}, i + 3
		}
	case none:
		if g.hasDigit(i) {
			return suffixed(g.of(i)), i + 1
		}
	}
	return number{}, 0
}

// scaled applies the scale words that follow a number.
func (g *grammar) scaled(n number, i int) (number, int) {
	for steps := 0; steps < 3; steps++ {
		at := i
		if g.is(at, hyphen) && g.is(at+1, scale) {
			at++
		}
		switch l := g.lex(at); l.kind {
		case scale:
			n, i = n.times(int(l.val)), at+1
		case dozen:
			if n.mant < maxMant {
				n.mant *= 12
			}
			return n, at + 1
		default:
			return n, i
		}
	}
	return n, i
}

// spelled reads a number in words.
func (g *grammar) spelled(i int) (number, int) {
	var total, group int64
	start := i
	for i-start < 16 {
		l := g.lex(i)
		switch {
		case l.kind == numWord && (group%100 == 0 || group%10 == 0 && group%100 >= 20 && l.val < 10):
			group += int64(l.val)
		case l.kind == scale && l.val == 2 && group > 0 && group < 100:
			group *= 100
		case l.kind == scale && group > 0:
			if total > maxMant/1e12 {
				return number{total + group, 0}, i
			}
			n, end := g.scaled(number{total + group, 0}, i)
			if g.is(end, numWord) && n.exp <= 9 {
				for ; n.exp > 0; n.exp-- {
					n.mant *= 10
				}
				total, group, i = n.mant, 0, end
				continue
			}
			return n, end
		case l.kind == dozen && group > 0:
			return number{group * 12, 0}, i + 1
		case l.kind == hyphen && g.is(i+1, numWord) && group%10 == 0 && group%100 >= 20 && g.glued(i-1) && g.glued(i):
		case l.kind == to && l.val == 1 && g.is(i+1, numWord) && group >= 100 && group%100 == 0:
		default:
			return number{total + group, 0}, i
		}
		i++
	}
	return number{total + group, 0}, i
}

// suffixed reads "420m", "30bn", "50k"; the number is 0 when text is none of these.
func suffixed(text string) number {
	end, exp := len(text), 0
	switch c := text[len(text)-1] | 0x20; {
	case c == 'n' && end > 1 && text[end-2]|0x20 == 'b', c == 'n' && end > 1 && text[end-2]|0x20 == 't':
		exp = 9
		if text[end-2]|0x20 == 't' {
			exp = 12
		}
		end -= 2
	case c == 'k':
		exp, end = 3, end-1
	case c == 'm':
		exp, end = 6, end-1
	case c == 'b':
		exp, end = 9, end-1
	default:
		return number{}
	}
	n, ok := decimal(text[:end])
	if !ok {
		return number{}
	}
	return n.times(exp)
}

// upper reads the second number of a range: "to 10", "-10", "and 10".
func (g *grammar) upper(i int) (n number, end int) {
	if g.is(i, to) && g.lex(i).val == 0 || g.is(i, hyphen) {
		if n, end = g.number(i + 1); end > 0 && n.mant > 0 {
			return n, end
		}
	}
	return number{}, 0
}

// money reads "$2.5 million", "US$ 5-10 billion", "50 cents", "billions of dollars".
func (g *grammar) money(i int) reading {
	start := i
	if g.lex(i).kind != symbol && i+1 < len(g.words) && g.is(i+1, symbol) && g.glued(i) && g.words[i].shape.has(allCaps) {
		i++ // US $, HK $
	}
	if l := g.lex(i); l.kind == symbol {
		n, end := g.number(i + 1)
		if end == 0 || g.is(i+1, article) || !g.hasDigit(i+1) && !g.is(i+1, numWord) {
			return reading{}
		}
		if n.mant == 0 && g.lex(i+1).kind == none {
			return reading{}
		}
		name := currencies[l.val]
		if start < i {
			name = ""
		}
		if m, e := g.upper(end); e > 0 && !g.is(e, percent) {
			if m.exp > 0 && n.exp <= 0 && n.mant < 1000 {
				n = n.times(m.exp) // $5 to 10 million
			}
			return reading{e, stages.Money, span(amount(name, n), m)}
		}
		if g.lex(end+1) == l && (g.is(end, to) && g.lex(end).val == 0 || g.is(end, hyphen)) {
			if m, e := g.number(end + 2); e > 0 && g.hasDigit(end+2) {
				return reading{e, stages.Money, span(amount(name, n), m)} // $5 million to $10 million
			}
		}
		return reading{end, stages.Money, amount(name, n)}
	}
	if start < i {
		return reading{}
	}
	if g.is(i, scales) {
		if end := g.many(i); g.is(end, of) && g.is(end+1, coin) {
			return reading{end + 2, stages.Money, ""}
		}
		return reading{}
	}
	n, end := g.number(i)
	if end == 0 {
		if g.is(i, article) && (g.is(i+1, coin) || g.is(i+1, cent)) {
			n, end = number{1, 0}, i+1
		} else {
			return reading{}
		}
	}
	if g.is(end, hyphen) {
		end++
	}
	at := end
	if !g.is(at, coin) && !g.is(at, cent) && at < len(g.words) && g.words[at].shape.has(capital) {
		at++ // 100 Canadian dollars
	}
	switch l := g.lex(at); l.kind {
	case coin:
		name := currencies[l.val]
		if at > end {
			name = coinOf(g.of(end))
		}
		return reading{at + 1, stages.Money, amount(name, n)}
	case cent:
		return reading{at + 1, stages.Money, amount(currencies[l.val], n.times(-2))}
	}
	return reading{}
}

// coinOf returns the currency of a people's dollar, pound or peso.
func coinOf(adjective string) string {
	switch adjective {
	case "US", "U.S.", "American":
		return "USD"
	case "Canadian":
		return "CAD"
	case "Australian":
		return "AUD"
	case "Singapore":
		return "SGD"
	case "Hong", "Kong":
		return "HKD"
	case "Swiss":
		return "CHF"
	case "Mexican":
		return "MXN"
	case "Philippine":
		return "PHP"
	case "Kenyan":
		return "KES"
	}
	return ""
}

// amount returns a currency and a number, or nothing when either is unknown.
func amount(currency string, n number) string {
	if currency == "" {
		return ""
	}
	return currency + " " + n.String()
}

// span returns a range of values, or nothing when its lower end is unknown.
func span(low string, high number) string {
	if low == "" {
		return ""
	}
	return low + "/" + high.String()
}

// many reads "hundreds", "tens of thousands", "hundreds of millions".
func (g *grammar) many(i int) int {
	end := i + 1
	for steps := 0; steps < 2 && g.is(end, of) && g.is(end+1, scales); steps++ {
		end += 2
	}
	return end
}

// count reads percentages, quantities, ordinals and plain numbers.
func (g *grammar) count(i int) reading {
	switch l := g.lex(i); l.kind {
	case ordWord:
		return reading{i + 1, stages.Ordinal, number{int64(l.val), 0}.String()}
	case scales:
		return reading{g.many(i), stages.Cardinal, ""}
	case numberNo:
		if n, end := g.number(i + 1); end > 0 && g.is(i+1, ten) {
			return reading{end, stages.Cardinal, n.String()}
		}
		return reading{}
	}
	if v, ok := ordinal(g.of(i)); ok {
		return reading{i + 1, stages.Ordinal, v}
	}
	if t := g.of(i); t[0] == '#' {
		if n, ok := decimal(t[1:]); ok {
			return reading{i + 1, stages.Cardinal, n.String()}
		}
	}
	n, end := g.number(i)
	if end == 0 || n.mant == 0 && g.lex(i).kind == none {
		return reading{}
	}
	if g.is(i, article) {
		return g.measured(n, "", end)
	}
	if g.is(i, numWord) {
		if r := g.compound(n, i, end); r.end > 0 {
			return r
		}
		if n == (number{1, 0}) && end == i+1 && g.pronoun(i) {
			return reading{}
		}
	}
	if f := g.fraction(n, end); f.end > 0 {
		return f
	}
	low := n.String()
	if m, e := g.upper(end); e > 0 {
		if m.exp > 0 && n.exp <= 0 && g.is(i, ten) && n.mant < 1000 {
			low = n.times(m.exp).String()
		}
		if r := g.measured(m, low+"/", e); r.label != stages.Cardinal {
			return r
		}
		if g.is(end, hyphen) {
			return reading{e, stages.Cardinal, low + "-" + m.String()}
		}
		return reading{e, stages.Cardinal, low + "/" + m.String()}
	}
	r := g.measured(n, "", end)
	if r.label == stages.Percent && g.hasDigit(r.end+1) {
		if m, e := g.upper(r.end); e > 0 { // 20% to 30%
			if both := g.measured(m, low+"/", e); both.label == stages.Percent {
				return both
			}
		}
	}
	return r
}

// measured reads the unit after a number that ends before word i.
func (g *grammar) measured(n number, before string, i int) reading {
	value := before + n.String()
	at := i
	if g.is(at, hyphen) {
		at++
	}
	switch l := g.lex(at); l.kind {
	case percent:
		return reading{at + 1, stages.Percent, value}
	case points:
		if at+1 < len(g.words) && (g.of(at+1) == "points" || g.of(at+1) == "point") {
			return reading{at + 2, stages.Percent, value}
		}
	case unit:
		return reading{at + 1, stages.Quantity, value + " " + units[l.val]}
	}
	if at+1 < len(g.words) && g.of(at) == "per" && g.of(at+1) == "cent" {
		return reading{at + 2, stages.Percent, value}
	}
	if g.is(at+1, unit) && (g.of(at) == "square" || g.of(at) == "cubic") {
		power := "2"
		if g.of(at) == "cubic" {
			power = "3"
		}
		return reading{at + 2, stages.Quantity, value + " " + units[g.lex(at+1).val] + power}
	}
	return reading{i, stages.Cardinal, value}
}

// compound reads the ordinal "twenty-first", whose number part ends before word end.
func (g *grammar) compound(n number, i, end int) reading {
	if g.is(end, hyphen) && g.is(end+1, ordWord) && g.glued(end-1) && g.glued(end) && n.mant >= 20 && n.mant%10 == 0 && g.lex(end+1).val < 10 {
		return reading{end + 2, stages.Ordinal, number{n.mant + int64(g.lex(end+1).val), 0}.String()}
	}
	return reading{}
}

// fraction reads the end of "two-thirds", "one third".
func (g *grammar) fraction(n number, i int) reading {
	at := i
	if g.is(at, hyphen) {
		at++
	}
	l := g.lex(at)
	if n.exp != 0 || n.mant >= 100 || !(l.kind == part && at > i-1 || l.kind == ordWord && l.val > 2 && n.mant == 1) {
		return reading{}
	}
	return reading{at + 1, stages.Cardinal, n.String() + "/" + number{int64(l.val), 0}.String()}
}

// pronoun reports whether the "one" at word i counts nothing: no one, this one, one another, one's.
func (g *grammar) pronoun(i int) bool {
	if g.is(i-1, notCount) || g.is(i-1, nearby) || g.is(i-1, hyphen) || g.is(i+1, notCount) {
		return true
	}
	if i+1 >= len(g.words) {
		return true
	}
	switch g.of(i + 1) {
	case "'s", "’s", ".", ",", "?", "!", ";", ":", "who", "can", "might", "should", "would", "could", "must", "day":
		return true
	}
	return i > 0 && (g.of(i-1) == "the" || g.of(i-1) == "The" || g.words[i-1].shape.has(lower) && g.words[i].shape.has(capital))
}

// ordinal reads "21st" and "100th".
func ordinal(text string) (string, bool) {
	if len(text) < 3 || text[0] < '0' || text[0] > '9' {
		return "", false
	}
	switch text[len(text)-2:] {
	case "st", "nd", "rd", "th", "ST", "ND", "RD", "TH":
		if n, ok := decimal(text[:len(text)-2]); ok {
			return n.String(), true
		}
	}
	return "", false
}
