package comments

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"pressrow/stages"
)

// The head of an article is what stands above its first paragraph: menus,
// headline, dek, author, date, and the picture with its caption. It ends at
// the first line that is none of these.

// Limits of the head, in lines that no cue has claimed, and in all lines.
const (
	top     = 8
	deepest = 40
)

// opening marks the lines of the head.
func (p *page) opening(titled bool) {
	p.headline, p.summed = -1, false
	if !titled {
		p.matter()
	}
	left := top
	for i := 0; i < len(p.lines) && i < deepest && left > 0; i++ {
		l := &p.lines[i]
		if titled && i == 0 {
			l.reason = ""
			l.set(stages.Headline, "layout:given-title", 1)
			p.headline = 0
			continue
		}
		if i == 0 && p.labelled() {
			l.reason = ""
		}
		if l.reason != "" {
			continue
		}
		left--
		if !p.opens(i) {
			return
		}
	}
}

// opens gives line i its role in the head and reports whether it has one.
func (p *page) opens(i int) bool {
	l := &p.lines[i]
	s := p.of(i)
	switch {
	case p.section(i):
		l.set(stages.Nav, "nav:section", 0.9)
	case p.headline < 0 && i == 0 && l.words > 6 && l.head&(hasBy|hasDate) != hasBy|hasDate && p.headlined(i): // By Land and Sea, ...
		l.set(stages.Headline, "layout:headline", 0.9)
		p.headline = i
	case p.signed(i):
	case bylined(s, l):
		l.set(stages.Byline, "layout:byline", 0.95)
	case p.dated(s) && !p.timeline(i):
		l.set(stages.Dateline, "layout:date-line", 1)
	case l.words <= 12 && l.head&hasDate != 0 && l.head&(hasBy|hasClock) != 0 && l.head&hasName != 0:
		l.set(stages.Byline, "layout:byline-date", 0.9)
	case p.headline < 0:
		if !p.headlined(i) {
			return false
		}
		l.set(stages.Headline, "layout:headline", 0.9)
		p.headline = i
	case s == p.of(p.headline):
		l.set(stages.Nav, "nav:headline-again", 0.9)
	case p.pictured(i):
		l.set(stages.Caption, "caption:above-credit", 0.8)
	case p.introduced(i):
		l.set(stages.Credit, "credit:author", 0.85)
	case p.dek(i):
		l.set(stages.Dek, "layout:dek", 0.7)
		p.summed = true
	case p.furnished(i):
		l.set(stages.Dek, "layout:dek-above-byline", 0.8)
		p.summed = true
	default:
		return false
	}
	return true
}

// maxMatter is how many lines front matter may have.
const maxMatter = 30

// matter marks the front matter of Markdown: lines of the form key: value
// between two lines of dashes, at the begin of the text.
func (p *page) matter() {
	end := 1
	for end < len(p.lines) && end < maxMatter && p.of(end) != "---" {
		if key, _ := entryOf(p.of(end)); key == "" && marker(p.of(end)) != '-' {
			return
		}
		end++
	}
	if end < 2 || end == len(p.lines) || end == maxMatter || p.of(0) != "---" {
		return
	}
	for i := 1; i < end; i++ {
		l := &p.lines[i]
		l.reason = ""
		switch key, value := entryOf(p.of(i)); {
		case value == "":
			l.set(stages.Nav, "nav:front-matter", 0.9)
		case key == "title" && p.headline < 0:
			l.set(stages.Headline, "layout:front-matter", 0.95)
			p.headline = i
		case key == "author" || key == "byline" || key == "authors":
			l.set(stages.Byline, "layout:front-matter", 0.95)
		case key == "date" || key == "published" || key == "updated":
			l.set(stages.Dateline, "layout:front-matter", 0.95)
		case key == "description" || key == "subtitle" || key == "summary" || key == "dek":
			l.set(stages.Dek, "layout:front-matter", 0.9)
		default:
			l.set(stages.Nav, "nav:front-matter", 0.9)
		}
	}
}

// entryOf returns the key and the value of a line of front matter, without
// quotes around the value; "" for a line that is none.
func entryOf(s string) (key, value string) {
	key, value, ok := strings.Cut(s, ":")
	if !ok || strings.ContainsAny(key, " .,") || key == "" || value != "" && value[0] != ' ' {
		return "", ""
	}
	value = strings.TrimSpace(value)
	if len(value) > 1 && (value[0] == '"' || value[0] == '\'') && value[len(value)-1] == value[0] {
		value = value[1 : len(value)-1]
	}
	return key, value
}

// labelled reports whether the first line is a headline though a cue speaks of
// it: Watch: Mayor Walks the Bridge. The article must begin right below it.
func (p *page) labelled() bool {
	l := &p.lines[0]
	if l.cue == nil || l.cue.how != starts || l.words < 4 || !p.headlined(0) {
		return false
	}
	switch l.role {
	case stages.Related, stages.Source, stages.Note, stages.Credit:
	default:
		return false
	}
	k := p.next(0)
	return k < len(p.lines) && (p.lines[k].words > 20 || bylined(p.of(k), &p.lines[k]) || p.dated(p.of(k)))
}

// next returns the index of the first line behind i that no cue has claimed,
// len(p.lines) when there is none.
func (p *page) next(i int) int {
	for i++; i < len(p.lines) && p.lines[i].reason != ""; i++ {
	}
	return i
}

// headlined reports whether line i, the first that could be, is the headline:
// short, without a full stop, and followed by something longer.
func (p *page) headlined(i int) bool {
	l := &p.lines[i]
	if l.words == 0 || l.words > 25 || l.End-l.Start > 220 || l.lower || p.datelined(i) > 0 {
		return false
	}
	if l.end == ':' || l.end == ',' || l.end == ';' {
		return false
	}
	if l.end == '.' && l.capital*3 < l.words*2 && (l.words > 16 || i+1 >= len(p.lines) || p.lines[i+1].words < l.words+8) {
		return false
	}
	for k := i + 1; k < len(p.lines) && k < i+top; k++ {
		if p.lines[k].words > l.words {
			return true
		}
	}
	return l.end != '.' && len(p.lines) > i+1
}

// section reports whether line i names a section of the paper and the headline
// stands below it or directly above.
func (p *page) section(i int) bool {
	l := &p.lines[i]
	if l.words == 0 || l.words > 5 || !sectionName(p.of(i)) {
		return false
	}
	if p.headline >= 0 {
		return i <= p.headline+2
	}
	k := p.next(i)
	return k < len(p.lines) && p.headlined(k)
}

var sections = words(`opinion opinions opinionated editorial editorials commentary columns columnists oped perspective perspectives analysis
	news world nation national international local regional metro politics elections government courts crime business economy markets
	money finance technology tech science health environment climate weather education sport sports football baseball basketball soccer
	hockey golf tennis culture arts entertainment lifestyle life style travel food books movies music television weekend features
	obituaries classifieds letters latest breaking top investigations us uk europe africa asia americas`)

// sectionName reports whether s consists of names of sections: Sports, World
// News, Home / Politics, Arts & Culture.
func sectionName(s string) bool {
	if strings.IndexFunc(s, func(r rune) bool {
		return r != '|' && r != '/' && r != '>' && r != '»' && r != '›' && r != '&' && r != '•' && r != '.' && r != '-' && r != ' ' && !unicode.IsLetter(r)
	}) >= 0 {
		return false
	}
	var buf [maxWord]byte
	named := false
	for at := 0; ; {
		n, _, start, end := nextWord(s, at, &buf)
		if start == end {
			return named
		}
		switch w := buf[:n]; {
		case sections[string(w)]:
			named = true
		case string(w) != "home" && string(w) != "and" && string(w) != "s" && string(w) != "u":
			return false
		}
		at = end
	}
}

// dek reports whether line i, the first below headline, byline and date, is
// the summary: one short sentence set off from a longer paragraph.
func (p *page) dek(i int) bool {
	l := &p.lines[i]
	if p.summed || i+1 >= len(p.lines) || l.words < 5 || l.words > 30 || l.lower || p.datelined(i) > 0 || marker(p.of(i)) != 0 {
		return false
	}
	for k := p.headline + 1; k < i; k++ {
		if p.lines[k].role.Article() && p.lines[k].role != stages.Caption {
			return false
		}
	}
	next := &p.lines[i+1]
	if next.words <= l.words || next.cue != nil || l.end == ':' {
		return false
	}
	if s := p.of(i); strings.HasPrefix(s, "\"") || strings.HasPrefix(s, "“") || several(s) {
		return false
	}
	return !l.sentence() && l.words <= 25 && i == p.headline+1 || l.sentence() && l.blank > next.blank
}

// several reports whether s is more than one sentence: a full stop within,
// behind a word of small letters that is no abbreviation.
func several(s string) bool {
	for i := 1; i+2 < len(s); i++ {
		switch {
		case s[i] != '.' && s[i] != '!' && s[i] != '?' || s[i+1] != ' ':
		case s[i] != '.':
			return true
		default:
			w := s[strings.LastIndexByte(s[:i], ' ')+1 : i]
			if len(w) > 3 && letter[w[0]] == w[0] || len(w) > 6 {
				return true
			}
		}
	}
	return false
}

// furnished reports whether line i is a dek because the byline or the date
// stands below it.
func (p *page) furnished(i int) bool {
	words := int32(0)
	for range 2 {
		l := &p.lines[i]
		if words += l.words; words > 60 || l.words > 40 || l.words < 3 || l.lower || p.datelined(i) > 0 || marker(p.of(i)) != 0 {
			return false
		}
		if i = p.next(i); i >= len(p.lines) {
			return false
		}
		if s := p.of(i); bylined(s, &p.lines[i]) || p.dated(s) && !p.timeline(i) {
			k := p.next(i)
			return k < len(p.lines) && (p.lines[k].words > 12 || p.dated(p.of(k)))
		}
	}
	return false
}

// timeline reports whether the date on line i is one of several that stand
// above paragraphs.
func (p *page) timeline(i int) bool {
	if p.lines[i].head&hasLabel != 0 {
		return false
	}
	more := 0
	for k := i + 2; k < len(p.lines); k++ {
		if l := &p.lines[k]; l.reason == "" && l.head&hasDate != 0 && l.head&hasLabel == 0 && p.dated(p.of(k)) {
			more++
		}
	}
	return more > 1 || more == 1 && i > p.headline+1
}

// pictured reports whether line i describes the picture that the line below
// credits: it stands closer to it than to the line above, or in the head.
func (p *page) pictured(i int) bool {
	l := &p.lines[i]
	if i+1 >= len(p.lines) || l.words < 4 || l.words > 60 || p.lines[i+1].reason != "credit:photo" {
		return false
	}
	return l.blank > 0 && p.lines[i+1].blank == 0 && p.datelined(i) == 0
}

// bylined reports whether s says who wrote the article: By Jane Doe.
func bylined(s string, l *line) bool {
	name, ok := afterBy(s)
	if !ok || l.words > 14 || len(s) > 140 || l.capital*2 < l.words || strings.Contains(name, ". ") && l.words > 8 {
		return false
	}
	r, _ := utf8.DecodeRuneInString(name)
	return unicode.IsUpper(r) && l.end != '?' && l.end != '!' && (l.end != '.' || l.words <= 5)
}

// afterBy returns what follows By, BY or Written by at the begin of s.
func afterBy(s string) (string, bool) {
	s = strings.TrimLeft(s, "*_-—–+ ")
	for _, by := range [...]string{"By ", "BY ", "by ", "Written by ", "Posted by ", "Posted By ", "posted by ", "By: ", "Story by ", "Analysis by ", "Words by ", "Report by "} {
		if rest, ok := strings.CutPrefix(s, by); ok {
			return rest, true
		}
	}
	return "", false
}

// signed marks the author's name, or that of the paper, which stands on line i
// without "By", and reports whether it does.
func (p *page) signed(i int) bool {
	if p.headline < 0 || p.lines[i].words > 12 {
		return false
	}
	s := p.of(i)
	if _, by := afterBy(s); by {
		return false
	}
	if i == p.headline+1 && paper(s) {
		p.lines[i].set(stages.Byline, "layout:outlet", 0.8)
		return true
	}
	names, rest := people(s)
	k := p.next(i)
	if k >= len(p.lines) {
		return false
	}
	below := &p.lines[k]
	if names > 0 && rest == "" && i == p.headline+1 && i+2 < len(p.lines) && (staff(p.of(i+1)) || site(p.of(i+1))) {
		p.lines[i].set(stages.Byline, "layout:name", 0.9)
		if paper(p.of(i+1)) || site(p.of(i+1)) {
			p.lines[i+1].set(stages.Byline, "layout:outlet", 0.8)
		}
		p.lines[i+1].set(stages.Byline, "layout:trade", 0.8)
		return true
	}
	if _, by := afterBy(p.of(k)); by {
		return false
	}
	if (names > 0 && rest == "" || shortName(s, &p.lines[i])) && i == p.headline+1 && k == i+1 && k+1 < len(p.lines) && p.lines[k+1].words > 12 && (paper(p.of(k)) || shortName(p.of(k), below)) {
		p.lines[i].set(stages.Byline, "layout:name", 0.8)
		below.set(stages.Byline, "layout:outlet", 0.8)
		return true
	}
	if names == 0 || below.words <= 12 && !p.dated(p.of(k)) && !paper(p.of(k)) {
		return false
	}
	if staff(rest) || rest == "" && p.author(i, s, names) {
		p.lines[i].set(stages.Byline, "layout:name", 0.8)
		return true
	}
	return false
}

// shortName reports whether s, the text of l, is made of capitalized words alone.
func shortName(s string, l *line) bool {
	return l.words >= 2 && l.words <= 4 && l.capital >= l.words && l.end >= 'A' && !strings.ContainsAny(s, "0123456789:\"")
}

// author reports whether the bare name s on line i is the author's: the
// article does not speak of its bearer, and its first name is a common one, or
// the article ends with a word about him or her.
func (p *page) author(i int, s string, names int) bool {
	last := s[strings.LastIndexByte(s, ' ')+1:]
	first, _, _ := strings.Cut(s, " ")
	for k := len(p.lines) - 1; k > i && k > len(p.lines)-6; k-- {
		if rest, ok := strings.CutPrefix(strings.TrimLeft(p.of(k), "•*_—–- "), s); ok && strings.HasPrefix(rest, " ") {
			return true
		}
	}
	var buf [maxWord]byte
	n, _, _, _ := nextWord(first, 0, &buf)
	if names == 1 && !firstNames[string(buf[:n])] {
		return false
	}
	return !strings.Contains(p.of(p.headline), last) && !strings.Contains(p.text[p.lines[i].End:], last)
}

// people returns how many names of people s begins with, joined by commas and
// "and", and what follows them behind a comma or bar; 0 for none.
func people(s string) (n int, rest string) {
	for {
		end := strings.IndexAny(s, ",|")
		part := s
		if end >= 0 {
			part = s[:end]
		}
		for {
			one, more, joined := strings.Cut(part, " and ")
			if !person(strings.TrimSpace(strings.TrimPrefix(one, "and "))) {
				if n == 0 || joined {
					return 0, ""
				}
				return n, strings.TrimSpace(s)
			}
			n++
			if !joined {
				break
			}
			part = more
		}
		if end < 0 {
			return n, ""
		}
		s = strings.TrimSpace(s[end+1:])
	}
}

// person reports whether s is written as a full name is: two to four words,
// each with a capital, none of them one of news.
func person(s string) bool {
	n := 0
	for w := range strings.FieldsSeq(s) {
		r, size := utf8.DecodeRuneInString(w)
		switch {
		case w == "de" || w == "la" || w == "van" || w == "von" || w == "der" || w == "bin" || w == "al" || w == "y":
			continue
		case !unicode.IsUpper(r):
			return false
		}
		for at, c := range w[size:] {
			if !unicode.IsLetter(c) && c != '-' && c != '\'' && c != '’' && (c != '.' || size+at != len(w)-1 || len(w) > 3) {
				return false
			}
		}
		var buf [maxWord]byte
		if k, key, _, _ := nextWord(w, 0, &buf); press[string(buf[:k])] || trades[string(buf[:k])] || sections[string(buf[:k])] || lexicon.find(buf[:k], key).common > 0 {
			return false
		}
		n++
	}
	return n >= 2 && n <= 4
}

// press are words in the names of papers, stations and agencies.
var press = words(`press news times post herald journal tribune gazette chronicle observer courier dispatch globe examiner register sentinel
	guardian telegraph reuters bloomberg magazine review weekly today inquirer newspapers agency bulletin reporter monitor daily radio
	broadcasting television tv media network politico usatoday cnn npr bbc nbc cbs abc msnbc pbs afp ap upi wire service digest ledger argus`)

// paper reports whether s is the name of a paper, a station or an agency and
// nothing else.
func paper(s string) bool {
	var buf [maxWord]byte
	count, told := 0, false
	for w := range strings.FieldsSeq(s) {
		r, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsUpper(r) && w != "of" && w != "and" && w != "&" || strings.ContainsAny(w, "0123456789:\"“!?()") {
			return false
		}
		n, _, start, end := nextWord(w, 0, &buf)
		if end-start != len(w) && w != "&" {
			return false
		}
		told = told || press[string(buf[:n])]
		count++
	}
	return told && count <= 5 && !sectionName(s)
}

// site reports whether s is the address of a site and nothing else: Harbor.com.
func site(s string) bool {
	name, end, ok := strings.Cut(s, ".")
	return ok && name != "" && !strings.ContainsAny(name, " @/") && (end == "com" || end == "org" || end == "net")
}

// staff reports whether s says what an author is: Staff Writer, Special to the
// Herald, Harbor Daily.
func staff(s string) bool {
	if s == "" || len(s) > 60 || strings.ContainsAny(s, ".:;?!\"“") {
		return false
	}
	if paper(s) {
		return true
	}
	var buf [maxWord]byte
	for at := 0; ; {
		n, _, start, end := nextWord(s, at, &buf)
		if start == end {
			return false
		}
		if trades[string(buf[:n])] {
			return true
		}
		at = end
	}
}

var trades = words(`staff writer writers correspondent correspondents reporter reporters columnist columnists editor contributor contributors
	bureau special freelance journalist critic commentator`)

// firstNames are common given names of English-speaking countries.
var firstNames = words(`aaron abby abigail adam adrian aisha alan albert alejandro alex alexander alexandra alexis alice alicia alison allison amanda amber
	amy ana andre andrea andrew angela angelo anita ann anna anne annie anthony antonio april arthur ashley audrey austin barbara barry beatrice ben
	benjamin bernard beth betty beverly bill billy blake bob bonnie brad bradley brandon brenda brendan brett brian brooke bruce bryan caitlin calvin
	cameron carl carla carlos carmen carol caroline carolyn carrie casey catherine cathy charles charlie charlotte chelsea cheryl chloe chris christian
	christina christine christopher cindy claire clara clark claudia colin connie connor corey courtney craig crystal curtis cynthia daisy dale
	damian dan dana daniel danielle danny darren dave david dawn dean deborah debra denise dennis derek diana diane diego dominic don donald donna doris
	dorothy doug douglas duncan dylan ed eddie edith edward eileen elaine eleanor elena eli elizabeth ella ellen emily emma eric erica erik erin ernest
	esther ethan eugene eva evan evelyn fiona florence frances francis francisco frank fred frederick gabriel gail gary gavin gene geoffrey george
	gerald gina glen glenn gloria gordon grace graham grant greg gregory hailey hannah harold harriet harry heather heidi helen henry holly howard hugh
	ian irene isaac isabel isabella jack jackie jackson jacob jacqueline jake james jamie jan jane janet janice jared jasmine jason javier jay jean jeff
	jeffrey jenna jennifer jenny jeremy jerome jerry jesse jessica jill jim jimmy joan joanna joe joel john johnny jon jonathan jordan jorge jose
	joseph josh joshua joyce juan juanita judith judy julia julian julie justin karen karl kate katherine kathleen kathryn kathy katie kayla keith
	kelly ken kenneth kerry kevin kim kimberly kristen kristin kurt kyle lance larry laura lauren laurie lawrence leah lee leo leon leonard leslie lewis
	liam lillian linda lisa liz logan lois lori louis louise lucas lucy luis luke lydia lynn madison maggie malcolm marc marcia marcus margaret maria
	marie marilyn mario marion marjorie mark marsha martha martin marvin mary mason matt matthew maureen max megan meghan melanie melissa mia michael
	michelle miguel mike mildred mitchell molly monica nancy naomi natalie natasha nathan neil nicholas nick nicole nina noah noel nora norman olivia
	oliver oscar owen pamela patricia patrick paul paula pauline peggy penny pete peter phil philip phillip phyllis rachel ralph ramon randy raymond
	rebecca rebekah ricardo richard rick ricky rita rob robert roberta roberto robin rodney roger ron ronald rosa rose ross roy russell ruth ryan
	sally sam samantha samuel sandra sara sarah scott sean sergio seth shannon sharon shaun shawn sheila shirley sidney simon sofia sonia sophia sophie
	stacy stanley stella stephanie stephen steve steven stewart stuart sue susan suzanne sylvia tamara tara taylor ted teresa terry thelma theodore
	theo theresa thomas tiffany tim timothy tina todd tom tommy toni tony tracy travis trevor tyler valerie vanessa vera veronica victor victoria
	vincent virginia vivian walter wanda warren wayne wendy wesley whitney will william yvonne zach zachary zoe`)
