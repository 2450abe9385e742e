package entities

import (
	"fmt"
	"strconv"
	"time"

	"pressrow/stages"
)

// clock reads times of day and durations below a day: "5:30 p.m. ET", "noon",
// "two hours", "half an hour", "Tuesday night", "this morning".
func (g *grammar) clock(i int) reading {
	l := g.lex(i)
	switch {
	case l.kind == fixedTime:
		return reading{i + 1, stages.Time, fmt.Sprintf("T%02d:00", l.val)}
	case l.kind == dayPart:
		return g.dayPart(i, "", i)
	case l.kind == nearby && g.is(i+1, dayPart) && l.val >= -1:
		day := ""
		if g.anchored {
			day = g.anchor.AddDate(0, 0, int(l.val)).Format(time.DateOnly)
		}
		return g.dayPart(i, day, i+1)
	case l.kind == relDay && g.is(i+1, dayPart):
		return g.dayPart(i, g.relativeDay(int(l.val)), i+1)
	case l.kind == weekday && g.is(i+1, dayPart):
		return g.dayPart(i, g.weekday(i), i+1)
	case l.kind == part && l.val == 2 && g.is(i+1, article) && g.is(i+2, clockUnit):
		value := "PT30M" // half an hour
		if g.lex(i+2).val == 'M' {
			value = "PT30S"
		}
		return reading{g.withAgo(i + 3), stages.Time, value}
	}
	if hour, minute, end := g.hourMinute(i); end > 0 {
		if g.is(end, zone) && g.words[end].shape.has(capital) {
			end++
		}
		return reading{end, stages.Time, fmt.Sprintf("T%02d:%02d", hour, minute)}
	}
	n, end := g.number(i)
	if end == 0 {
		if !g.is(i, article) {
			return reading{}
		}
		n, end = number{1, 0}, i+1
	}
	at := end
	if g.is(at, hyphen) {
		at++
	}
	if u := g.lex(at); u.kind == clockUnit && (n.mant > 0 || n.exp == 0) {
		return reading{g.withAgo(at + 1), stages.Time, "PT" + n.String() + string(rune(u.val))}
	}
	return reading{}
}

// hourMinute reads "5:30 p.m.", "5 p.m.", "17:30", "5pm".
func (g *grammar) hourMinute(i int) (hour, minute, end int) {
	if !g.hasDigit(i) {
		return 0, 0, 0
	}
	t := g.of(i)
	hour, rest := leadingInt(t)
	if rest == t || hour > 24 || len(t)-len(rest) > 2 {
		return 0, 0, 0
	}
	colon := false
	if len(rest) > 2 && (rest[0] == ':' || rest[0] == '.') {
		m, after := leadingInt(rest[1:])
		if len(rest)-len(after) != 3 || m > 59 {
			return 0, 0, 0
		}
		colon, minute, rest = rest[0] == ':', m, after
	}
	end = i + 1
	switch rest {
	case "":
		if l := g.lex(end); l.kind == amPm && hour <= 12 {
			return hour%12 + int(l.val), minute, end + 1
		}
		if colon && hour < 24 {
			return hour, minute, end
		}
	case "am", "a.m.", "AM":
		return hour % 12, minute, end
	case "pm", "p.m.", "PM":
		return hour%12 + 12, minute, end
	}
	return 0, 0, 0
}

// leadingInt parts the digits at the front of s, at most nine, from the rest.
func leadingInt(s string) (n int, rest string) {
	i := 0
	for i < len(s) && i < 9 && s[i] >= '0' && s[i] <= '9' {
		n = n*10 + int(s[i]-'0')
		i++
	}
	return n, s[i:]
}

// dayPart reads the part of a day at word at, of a phrase that begins at word i.
func (g *grammar) dayPart(i int, day string, at int) reading {
	l := g.lex(at)
	if l.val == 4 && g.anchored {
		day = g.anchor.Format(time.DateOnly)
	}
	if i == at && l.val != 4 {
		if prev := g.lex(i - 1); prev.kind == nearby || prev.kind == relDay {
			return reading{}
		}
	}
	if day == "" {
		return reading{at + 1, stages.Time, ""}
	}
	return reading{at + 1, stages.Time, day + "T" + [...]string{"MO", "AF", "EV", "NI", "NI"}[l.val]}
}

func (g *grammar) relativeDay(days int) string {
	if !g.anchored {
		return ""
	}
	return g.anchor.AddDate(0, 0, days).Format(time.DateOnly)
}

// weekday returns the day meant by the weekday at word i: the last one up to
// the day of publication, or the first one from it on where the sentence looks ahead.
func (g *grammar) weekday(i int) string {
	if !g.anchored {
		return ""
	}
	diff := int(g.lex(i).val) - int(g.anchor.Weekday())
	switch prev := g.lex(i - 1); {
	case prev.kind == nearby && prev.val == 1:
		if diff <= 0 {
			diff += 7
		}
	case prev.kind == nearby && prev.val == -1:
		if diff >= 0 {
			diff -= 7
		}
	case g.future:
		if diff < 0 {
			diff += 7
		}
	default:
		if diff > 0 {
			diff -= 7
		}
	}
	return g.anchor.AddDate(0, 0, diff).Format(time.DateOnly)
}

// withAgo takes in a following "ago", "later", "earlier" or "old", with or without a hyphen.
func (g *grammar) withAgo(i int) int {
	if g.is(i, ago) {
		return i + 1
	}
	if g.is(i, hyphen) && g.is(i+1, ago) {
		return i + 2
	}
	return i
}

// date reads dates and durations of a day or more.
func (g *grammar) date(i int) reading {
	l := g.lex(i)
	switch l.kind {
	case month:
		if g.words[i].shape.has(capital) {
			return asDate(g.monthDate(i, 0))
		}
		return reading{}
	case weekday:
		return g.weekdayDate(i)
	case relDay:
		return reading{i + 1, stages.Date, g.relativeDay(int(l.val))}
	case nearby:
		return g.nearbyDate(i)
	case season:
		return g.seasonDate(i)
	case early:
		return g.earlyDate(i)
	case fiscal:
		at := i + 1
		if g.lex(at) == (lexeme{dateUnit, unitYear}) {
			at++
		}
		if y := g.year(at); y > 0 {
			return reading{at + 1, stages.Date, strconv.Itoa(y)}
		}
		return reading{}
	}
	if r := g.ordinalDate(i); r.end > 0 {
		return r
	}
	if g.hasDigit(i) {
		if r := g.digitDate(i); r.end > 0 {
			return r
		}
	}
	return g.duration(i)
}

func asDate(end int, value string) reading {
	if end == 0 {
		return reading{}
	}
	return reading{end, stages.Date, value}
}

// year returns the year that word i is, 0 when it is none.
func (g *grammar) year(i int) int {
	if !g.is(i, ten) {
		return 0
	}
	t := g.of(i)
	y, rest := leadingInt(t)
	if len(t) != 4 || rest != "" || y < 1000 || y > 2199 {
		return 0
	}
	return y
}

// day returns the day of the month that word i is, "8" or "8th", 0 when it is none.
func (g *grammar) day(i int) int {
	if !g.hasDigit(i) {
		return 0
	}
	t := g.of(i)
	n, rest := leadingInt(t)
	if rest == t || n < 1 || n > 31 || rest != "" && rest != "st" && rest != "nd" && rest != "rd" && rest != "th" {
		return 0
	}
	return n
}

// monthDate reads the month at word i and what follows: "Nov. 8, 2019",
// "November 8", "November 2019", "November". A day before it is given as day.
func (g *grammar) monthDate(i, day int) (int, string) {
	m := int(g.lex(i).val)
	end := i + 1
	if day == 0 && g.year(end) == 0 {
		if day = g.day(end); day > 0 {
			end++
			if g.is(end, hyphen) && g.day(end+1) > day && g.year(end+1) == 0 {
				last := g.day(end + 1)
				end += 2
				y, after := g.trailingYear(end)
				return after, ymd(g.yearOf(y, m, day), m, day) + "/" + ymd(g.yearOf(y, m, last), m, last)
			}
		}
	}
	y, after := g.trailingYear(end)
	if day == 0 && y == 0 {
		if !g.monthAlone(i) {
			return 0, ""
		}
		return after, ym(g.yearOf(0, m, 0), m)
	}
	if day == 0 {
		return after, ym(y, m)
	}
	return after, ymd(g.yearOf(y, m, day), m, day)
}

// trailingYear reads "2019", ", 2019" or "of 2019" at word i.
func (g *grammar) trailingYear(i int) (year, end int) {
	if y := g.year(i); y > 0 {
		return y, i + 1
	}
	if g.is(i, comma) || g.is(i, of) {
		if y := g.year(i + 1); y > 0 {
			return y, i + 2
		}
	}
	return 0, i
}

// monthAlone reports whether the month at word i is sure to be one without a
// day or year: May, March and August are names and verbs, too.
func (g *grammar) monthAlone(i int) bool {
	switch m := g.lex(i).val; {
	case g.words[i].shape.has(dotted):
		return false
	case m != 5 && m != 3:
		return true
	}
	if i == 0 {
		return false
	}
	return g.is(i-1, leadIn) || g.is(i-1, of) || g.is(i-1, nearby) || g.is(i-1, early) || g.is(i-1, to)
}

// yearOf returns the year of a day given without one: the last such day up to
// the day of publication, or the next where the sentence looks ahead; 0 without an anchor.
func (g *grammar) yearOf(y, m, day int) int {
	if y > 0 || !g.anchored {
		return y
	}
	y, am, ad := g.anchor.Year(), int(g.anchor.Month()), g.anchor.Day()
	after := m > am || m == am && day > ad
	before := m < am || m == am && day > 0 && day < ad
	switch {
	case g.future && before:
		return y + 1
	case !g.future && after && (m-am > 2 || day == 0):
		return y - 1
	}
	return y
}

func ym(y, m int) string {
	if y == 0 {
		return fmt.Sprintf("XXXX-%02d", m)
	}
	return fmt.Sprintf("%04d-%02d", y, m)
}

func ymd(y, m, day int) string {
	return ym(y, m) + fmt.Sprintf("-%02d", day)
}

// weekdayDate reads "Friday", "Friday, Nov. 8, 2019", "Mondays".
func (g *grammar) weekdayDate(i int) reading {
	if !g.words[i].shape.has(capital) {
		return reading{}
	}
	at := i + 1
	if g.is(at, comma) {
		at++
	}
	if g.is(at, month) && g.day(at+1) > 0 {
		return asDate(g.monthDate(at, 0))
	}
	if d := g.day(at); d > 0 && g.is(at+1, month) {
		return asDate(g.monthDate(at+1, d))
	}
	return reading{i + 1, stages.Date, g.weekday(i)}
}

// nearbyDate reads "last week", "next Tuesday", "this November", "the past two years".
func (g *grammar) nearbyDate(i int) reading {
	l := g.lex(i)
	at := i + 1
	switch next := g.lex(at); next.kind {
	case weekday:
		r := g.weekdayDate(at)
		return r
	case month:
		if g.words[at].shape.has(capital) {
			m := int(next.val)
			if !g.anchored || l.val == -2 {
				return reading{at + 1, stages.Date, ym(0, m)}
			}
			return reading{at + 1, stages.Date, ym(g.nearYear(int(l.val), m), m)}
		}
	case season:
		value := ""
		if g.anchored && l.val > -2 {
			value = fmt.Sprintf("%04d-%d", g.nearYear(int(l.val), int(next.val-21)*3+4), next.val)
		}
		return reading{at + 1, stages.Date, value}
	case dateUnit:
		if t := g.of(at); t[len(t)-1] == 's' {
			return reading{at + 1, stages.Date, ""} // the last days
		}
		return reading{at + 1, stages.Date, g.nearUnit(int(l.val), int(next.val))}
	case century:
		return reading{at + 1, stages.Date, ""}
	case numWord, ten:
		n, end := g.number(at)
		if u := g.lex(end); u.kind == dateUnit {
			return reading{end + 1, stages.Date, duration(n, int(u.val))}
		} else if u.kind == clockUnit {
			return reading{end + 1, stages.Time, "PT" + n.String() + string(rune(u.val))}
		}
	}
	return reading{}
}

// nearYear returns the year of last (-1), this (0) or next (1) month m.
func (g *grammar) nearYear(step, m int) int {
	y, am := g.anchor.Year(), int(g.anchor.Month())
	switch {
	case step < 0 && m >= am:
		return y - 1
	case step > 0 && m <= am:
		return y + 1
	}
	return y
}

// nearUnit returns last (-1), this (0) or next (1) week, month, year and so on.
func (g *grammar) nearUnit(step, u int) string {
	if !g.anchored || step < -1 {
		return ""
	}
	return g.shifted(step, u)
}

// shifted returns the unit u that lies steps units from the day of publication.
func (g *grammar) shifted(steps, u int) string {
	switch u {
	case unitDay:
		return g.anchor.AddDate(0, 0, steps).Format(time.DateOnly)
	case unitWeek:
		y, w := g.anchor.AddDate(0, 0, 7*steps).ISOWeek()
		return fmt.Sprintf("%04d-W%02d", y, w)
	case unitMonth:
		first := time.Date(g.anchor.Year(), g.anchor.Month(), 1, 0, 0, 0, 0, time.UTC)
		return first.AddDate(0, steps, 0).Format("2006-01")
	case unitYear:
		return fmt.Sprintf("%04d", g.anchor.Year()+steps)
	case unitDecade:
		return fmt.Sprintf("%03dX", g.anchor.Year()/10+steps)
	}
	return ""
}

// seasonDate reads "summer 2019", "fall of 2016".
func (g *grammar) seasonDate(i int) reading {
	if y, end := g.trailingYear(i + 1); y > 0 {
		return reading{end, stages.Date, fmt.Sprintf("%04d-%d", y, g.lex(i).val)}
	}
	return reading{}
}

// earlyDate reads "early 2019", "mid-1990s", "late March".
func (g *grammar) earlyDate(i int) reading {
	at := i + 1
	if g.is(at, hyphen) {
		at++
	}
	if g.is(at, month) && g.words[at].shape.has(capital) {
		return asDate(g.monthDate(at, 0))
	}
	if g.hasDigit(at) {
		return g.digitDate(at)
	}
	if l := g.lex(at); l.kind == nearby {
		return g.nearbyDate(at)
	}
	return g.ordinalDate(at)
}

// ordinalDate reads "third quarter of 2019", "19th century", "first half of 2016".
func (g *grammar) ordinalDate(i int) reading {
	n := 0
	if l := g.lex(i); l.kind == ordWord {
		n = int(l.val)
	} else if g.hasDigit(i) {
		if v, ok := ordinal(g.of(i)); ok {
			n, _ = leadingInt(v)
		}
	}
	if n == 0 {
		return reading{}
	}
	at := i + 1
	if g.is(at, hyphen) {
		at++
	}
	switch l := g.lex(at); {
	case l.kind == century && n <= 30:
		return reading{at + 1, stages.Date, fmt.Sprintf("%02dXX", n-1)}
	case l == lexeme{dateUnit, unitQuarter} && n <= 4:
		if y, end := g.trailingYear(at + 1); y > 0 {
			return reading{end, stages.Date, fmt.Sprintf("%04d-Q%d", y, n)}
		}
		return reading{at + 1, stages.Date, ""}
	case l == lexeme{part, 2} && n <= 2:
		if y, end := g.trailingYear(at + 1); y > 0 {
			return reading{end, stages.Date, fmt.Sprintf("%04d-H%d", y, n)}
		}
	}
	return reading{}
}

// digitDate reads dates that begin with digits: "2019-11-08", "11/8/2019",
// "8 November 2019", "1990s", "2015-16", "2016".
func (g *grammar) digitDate(i int) reading {
	t := g.of(i)
	if v := isoDate(t); v != "" {
		return reading{i + 1, stages.Date, v}
	}
	if end, v := g.splitISO(i); end > 0 {
		return reading{end, stages.Date, v}
	}
	if v := slashDate(t); v != "" {
		return reading{i + 1, stages.Date, v}
	}
	if v := decade(t); v != "" {
		return reading{i + 1, stages.Date, v}
	}
	if d := g.day(i); d > 0 {
		at := i + 1
		if g.is(at, of) {
			at++
		}
		if g.is(at, month) && g.words[at].shape.has(capital) {
			return asDate(g.monthDate(at, d))
		}
	}
	y := g.year(i)
	if y == 0 {
		return reading{}
	}
	if g.is(i+1, hyphen) || g.is(i+1, to) && g.lex(i+1).val == 0 {
		if z := g.year(i + 2); z > y {
			return reading{i + 3, stages.Date, fmt.Sprintf("%04d/%04d", y, z)}
		}
		if z, rest := leadingInt(g.ofOr(i + 2)); g.glued(i) && g.glued(i+1) && rest == "" && len(g.ofOr(i+2)) == 2 && z > y%100 {
			return reading{i + 3, stages.Date, fmt.Sprintf("%04d/%02d%02d", y, y/100, z)}
		}
	}
	if g.yearAlone(i, y) {
		return reading{i + 1, stages.Date, fmt.Sprintf("%04d", y)}
	}
	return reading{}
}

// ofOr returns the text of word i, "" beyond the sentence.
func (g *grammar) ofOr(i int) string {
	if i < len(g.tokens) {
		return g.of(i)
	}
	return ""
}

// yearAlone reports whether the four digits at word i are a year rather than a
// count: a fitting word before them, or no counted noun after them.
func (g *grammar) yearAlone(i, y int) bool {
	if g.is(i+1, unit) || g.is(i+1, percent) || g.is(i+1, coin) || g.is(i+1, dateUnit) || g.is(i+1, scale) {
		return false
	}
	if g.is(i-1, leadIn) || g.is(i-1, early) || g.is(i-1, season) || g.is(i-1, nearby) {
		return y >= 1100 && y <= 2100
	}
	if y < 1800 || y > 2060 {
		return false
	}
	if i+1 < len(g.words) && g.words[i+1].shape.has(lower) {
		next := g.of(i + 1)
		return next == "election" || next == "elections" || next == "campaign" || next[len(next)-1] != 's' && next != "people" && next != "men" && next != "women" && next != "children"
	}
	return true
}

// isoDate reads "2019-11-08" and "2019-11".
func isoDate(t string) string {
	y, rest := leadingInt(t)
	if len(t)-len(rest) != 4 || len(rest) < 3 || rest[0] != '-' || y < 1000 {
		return ""
	}
	m, after := leadingInt(rest[1:])
	if len(rest)-len(after) != 3 || m < 1 || m > 12 {
		return ""
	}
	if after == "" {
		return ""
	}
	d, end := leadingInt(after[1:])
	if after[0] != '-' || end != "" || len(after) != 3 || d < 1 || d > 31 {
		return ""
	}
	return t
}

// splitISO reads an ISO date whose hyphens are words of their own.
func (g *grammar) splitISO(i int) (int, string) {
	if g.year(i) == 0 || i+4 >= len(g.tokens) || !g.is(i+1, hyphen) || !g.is(i+3, hyphen) || !(g.glued(i) && g.glued(i+1) && g.glued(i+2) && g.glued(i+3)) {
		return 0, ""
	}
	v := isoDate(g.text[g.tokens[i].Start:g.tokens[i+4].End])
	if v == "" {
		return 0, ""
	}
	return i + 5, v
}

// slashDate reads the American "11/8/2019" and "11/08/19".
func slashDate(t string) string {
	m, rest := leadingInt(t)
	if m < 1 || m > 12 || len(rest) < 5 || rest[0] != '/' {
		return ""
	}
	d, rest := leadingInt(rest[1:])
	if d < 1 || d > 31 || len(rest) < 3 || rest[0] != '/' {
		return ""
	}
	y, end := leadingInt(rest[1:])
	if end != "" || len(rest) != 5 && len(rest) != 3 {
		return ""
	}
	if len(rest) == 3 {
		y += 1900
		if y < 1950 {
			y += 100
		}
	}
	return ymd(y, m, d)
}

// decade reads "1990s" and "'90s", as the EDTF decades "199X" and "19XX-9".
func decade(t string) string {
	for _, quote := range [...]string{"'", "’", "‘"} {
		if len(t) > len(quote) && t[:len(quote)] == quote {
			t = t[len(quote):]
			if len(t) == 3 && t[2] == 's' && t[0] >= '2' && t[0] <= '9' && t[1] == '0' {
				return "19" + t[:1] + "X"
			}
			return ""
		}
	}
	y, rest := leadingInt(t)
	if rest != "s" && rest != "'s" && rest != "’s" {
		return ""
	}
	switch {
	case len(t)-len(rest) == 4 && y >= 1000 && y < 2100 && y%10 == 0:
		return fmt.Sprintf("%03dX", y/10)
	case len(t)-len(rest) == 2 && y >= 20 && y%10 == 0:
		return fmt.Sprintf("19%dX", y/10)
	}
	return ""
}

// duration reads "three years", "two weeks ago", "35-year-old", "a decade".
func (g *grammar) duration(i int) reading {
	n, end := g.number(i)
	if end == 0 {
		if g.is(i, scales) {
			if e := g.many(i); g.is(e, of) && g.is(e+1, dateUnit) {
				return reading{g.withAgo(e + 2), stages.Date, ""}
			}
		}
		if !g.is(i, article) || !g.is(i+1, dateUnit) {
			return reading{}
		}
		n, end = number{1, 0}, i+1
	}
	low := ""
	if m, e := g.upper(end); e > 0 && (g.is(e, dateUnit) || g.is(e, hyphen) && g.is(e+1, dateUnit)) {
		low, n, end = n.String(), m, e
	}
	if g.is(end, hyphen) {
		end++
	}
	u := g.lex(end)
	if u.kind == century {
		u = lexeme{dateUnit, unitCentury}
	}
	if u.kind != dateUnit || g.is(i, article) && u.val == unitQuarter {
		return reading{}
	}
	after := g.withAgo(end + 1)
	if g.is(after-1, ago) && g.lex(after-1).val == -1 && after > end+1 {
		if steps, ok := n.integer(); ok && g.anchored && steps < 100000 && low == "" && u.val != unitQuarter && u.val != unitWeekend && u.val != unitCentury {
			return reading{after, stages.Date, g.shifted(-steps, int(u.val))}
		}
		return reading{after, stages.Date, ""}
	}
	value := duration(n, int(u.val))
	if low != "" {
		value = ""
	}
	if after == end+1 && g.is(i, article) && !g.is(i-1, leadIn) {
		return reading{} // "a year" as in "$5 a year" or "what a day" says no length
	}
	return reading{after, stages.Date, value}
}

// duration returns the ISO 8601 duration of n units, "" where there is none.
func duration(n number, u int) string {
	switch u {
	case unitDay:
		return "P" + n.String() + "D"
	case unitWeek:
		return "P" + n.String() + "W"
	case unitMonth:
		return "P" + n.String() + "M"
	case unitYear:
		return "P" + n.String() + "Y"
	case unitDecade:
		return "P" + n.times(1).String() + "Y"
	case unitCentury:
		return "P" + n.times(2).String() + "Y"
	case unitQuarter:
		if n.mant < 1e9 {
			return "P" + number{n.mant * 3, n.exp}.String() + "M"
		}
	}
	return ""
}
