package clean

import (
	"bytes"
	"html"
	"strings"
	"unicode/utf8"

	"pressrow/stages"
)

// maxReference is the length of the longest HTML reference, & and ; included.
const maxReference = 33

// reference resolves the HTML reference at i, if there is one, and returns
// where to go on. A reference that yields an ampersand is looked at again with
// what follows: &amp;quot; is a quotation mark.
func (c *cleaner) reference(i, end int) int {
	in := c.edit.in
	var text string
	j := i + 1
	for {
		n := referenceLen(in[j:end])
		if n == 0 {
			break
		}
		s, ok := resolve(in[j : j+n])
		if !ok {
			break
		}
		text = s
		j += n
		if s != "&" {
			break
		}
	}
	if text == "" {
		return i + 1
	}
	c.edit.replace(text, i, j)
	c.flags.Add(stages.FlagEntity, 1)
	return j
}

// referenceLen returns the length of the name or number, with its semicolon,
// that b begins with, or 0.
func referenceLen(b []byte) int {
	for n := 0; n < min(len(b), maxReference-1); n++ {
		switch ch := b[n]; {
		case ch == ';' && n > 0:
			return n + 1
		case ch >= '0' && ch <= '9', ch >= 'a' && ch <= 'z', ch >= 'A' && ch <= 'Z', ch == '#' && n == 0:
		default:
			return 0
		}
	}
	return 0
}

// common are the references that nearly all texts get by with.
var common = map[string]string{
	"amp;": "&", "lt;": "<", "gt;": ">", "quot;": `"`, "apos;": "'", "nbsp;": "\u00A0",
	"lsquo;": "‘", "rsquo;": "’", "ldquo;": "“", "rdquo;": "”", "ndash;": "–", "mdash;": "—", "hellip;": "…",
	"#38;": "&", "#039;": "'", "#39;": "'", "#34;": `"`, "#160;": "\u00A0",
	"#8211;": "–", "#8212;": "—", "#8216;": "‘", "#8217;": "’", "#8220;": "“", "#8221;": "”", "#8230;": "…",
}

// resolve returns what the reference with this name stands for, and whether it
// stands for a character at all. The name ends in a semicolon.
func resolve(name []byte) (string, bool) {
	if s, ok := common[string(name)]; ok {
		return s, true
	}
	ref := "&" + string(name)
	s := html.UnescapeString(ref)
	switch {
	case s == ref, s == "", s == "\x00", s == "\uFFFD":
		return "", false
	case name[0] == '#':
		return s, utf8.RuneCountInString(s) == 1
	}
	return s, s == ";" || !strings.HasSuffix(s, ";")
}

// What a tag does to the lines around it.
const (
	inline    = iota + 1 // nothing
	cell                 // sets what follows apart by a space
	lineBreak            // begins a new line
	block                // begins a new paragraph
	dropped              // as block, and its content is no text
)

var tags = func() map[string]int {
	t := make(map[string]int)
	for kind, names := range map[int]string{
		inline: "a abbr acronym b bdi bdo big cite code data del dfn em embed font i img ins kbd label map mark " +
			"math meta link base noscript object param path picture q rp rt ruby s samp small source span strike strong sub sup svg time " +
			"track tt u var wbr input button select area col colgroup",
		cell:      "td th",
		lineBreak: "br li tr dt dd option",
		block: "address article aside audio blockquote body canvas caption center details dialog div dl fieldset figcaption " +
			"figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend main nav ol p pre section " +
			"summary table tbody tfoot thead title ul video",
		dropped: "script style",
	} {
		for _, name := range strings.Fields(names) {
			t[name] = kind
		}
	}
	return t
}()

// What tag may look for up to the end of the text. Each is looked for in vain
// but once.
const (
	commentEnd = iota
	scriptEnd
	styleEnd
	doubleQuote
	singleQuote
	numEnds
)

// tag takes the HTML tag or comment at i out, if there is one, and returns
// where to go on.
func (c *cleaner) tag(i, end int) int {
	in := c.edit.in[:end]
	if bytes.HasPrefix(in[i:], []byte("<!--")) {
		if j := c.find("-->", commentEnd, i+4, end); j > 0 {
			return c.drop(i, j, stages.FlagTag)
		}
		return i + 1
	}
	if j := declarationEnd(in, i); j > 0 {
		return c.drop(i, j, stages.FlagTag)
	}
	kind, closing, j := c.parseTag(i, end)
	if kind == 0 {
		return i + 1
	}
	if kind == dropped && !closing {
		j = c.contentEnd(i, j, end)
	}
	c.flags.Add(stages.FlagTag, 1)
	c.parted(kind, i, j)
	switch kind {
	case lineBreak:
		j = c.skipSpace(j, end, 1)
	case block, dropped:
		j = c.skipSpace(j, end, end)
	}
	return j
}

// parted puts the tag in[i:j] out, and in its place the line breaks or space
// that it stands for where they are not there yet.
func (c *cleaner) parted(kind, i, j int) {
	e := &c.edit
	last := e.last(i)
	var gap string
	switch {
	case last == 0 || kind == inline:
	case kind == cell && last != '\n' && last != ' ':
		gap = " "
	case kind == cell:
	case last != '\n' && kind >= block:
		gap = "\n\n"
	case last != '\n' || kind >= block && !e.blankBefore(i):
		gap = "\n"
	}
	if gap == "" {
		e.drop(i, j)
	} else {
		e.replace(gap, i, j)
	}
}

// blankBefore reports whether the new text before in[i] ends in a blank line.
func (e *edit) blankBefore(i int) bool {
	if i > e.done+1 {
		return string(e.in[i-2:i]) == "\n\n"
	}
	e.flush(i)
	return len(e.out) < 2 || string(e.out[len(e.out)-2:]) == "\n\n"
}

// skipSpace drops white space at i with up to so many line breaks in it.
func (c *cleaner) skipSpace(i, end, breaks int) int {
	j := i
	for j < end && breaks > 0 && (c.edit.in[j] == ' ' || c.edit.in[j] == '\t' || c.edit.in[j] == '\r' || c.edit.in[j] == '\n') {
		if c.edit.in[j] == '\n' {
			breaks--
		}
		j++
	}
	if j > i {
		c.edit.drop(i, j)
	}
	return j
}

// find returns the end of the first mark in the text from i on, or -1.
func (c *cleaner) find(mark string, which, i, end int) int {
	if c.unclosed[which] {
		return -1
	}
	at := bytes.Index(c.edit.in[min(i, end):end], []byte(mark))
	if at < 0 {
		c.unclosed[which] = true
		return -1
	}
	return i + at + len(mark)
}

// declarationEnd returns the end of the <!DOCTYPE ...> or <?xml ...?> at i, or 0.
func declarationEnd(in []byte, i int) int {
	head := in[i:min(len(in), i+256)]
	if hasFold(head, "<!doctype html") || hasFold(head, "<?xml ") {
		if n := bytes.IndexByte(head, '>'); n >= 0 {
			return i + n + 1
		}
	}
	return 0
}

// hasFold reports whether b begins with prefix, which is in lower case.
func hasFold(b []byte, prefix string) bool {
	return len(b) >= len(prefix) && strings.EqualFold(string(b[:len(prefix)]), prefix)
}

// parseTag reads the tag at i. It returns what the tag does, or 0 where none
// stands there, whether it closes an element, and where it ends. Only names
// that HTML has count, and only attributes that are well formed: "a <b and c>"
// is text.
func (c *cleaner) parseTag(i, end int) (kind int, closing bool, j int) {
	in := c.edit.in
	j = i + 1
	if j < end && in[j] == '/' {
		closing = true
		j++
	}
	var name [16]byte
	n := 0
	for ; j < end && isAlnum(in[j]); j++ {
		if n == len(name) {
			return 0, false, 0
		}
		name[n] = in[j] | 0x20 // a digit stays what it is
		n++
	}
	if kind = tags[string(name[:n])]; kind == 0 {
		return 0, false, 0
	}
	if j = c.attributes(j, end); j < 0 {
		return 0, false, 0
	}
	return kind, closing, j + 1
}

func isAlnum(b byte) bool {
	return b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z'
}

// attributes reads attributes from j on and returns where the > stands that
// ends them, or -1.
func (c *cleaner) attributes(j, end int) int {
	in := c.edit.in
	for {
		begin := j
		for j < end && (in[j] == ' ' || in[j] == '\t' || in[j] == '\n' || in[j] == '\r' || in[j] == '/') {
			j++
		}
		switch {
		case j >= end:
			return -1
		case in[j] == '>':
			return j
		case j == begin && in[j-1] != '"' && in[j-1] != '\'':
			return -1
		}
		if j = c.attribute(j, end); j < 0 {
			return -1
		}
	}
}

// flagAttributes are the attributes that need no value.
var flagAttributes = func() map[string]bool {
	t := make(map[string]bool)
	for _, name := range strings.Fields("allowfullscreen async autoplay checked compact controls defer disabled download hidden inert " +
		"ismap itemscope loop mozallowfullscreen multiple muted nofollow noresize noshade nowrap open playsinline readonly required " +
		"reversed selected webkitallowfullscreen") {
		t[name] = true
	}
	return t
}()

// attribute reads the attribute at j and returns its end, or -1.
func (c *cleaner) attribute(j, end int) int {
	in := c.edit.in
	begin := j
	for j < end && (isAlnum(in[j]) || in[j] == '-' || in[j] == ':' || in[j] == '_' || in[j] == '.' || in[j] == '@') {
		j++
	}
	switch {
	case j == begin || j >= end:
		return -1
	case in[j] != '=':
		if j-begin < 32 && flagAttributes[string(bytes.ToLower(in[begin:j]))] {
			return j
		}
		return -1
	}
	if j++; j >= end {
		return -1
	}
	switch in[j] {
	case '"':
		return c.find(`"`, doubleQuote, j+1, end)
	case '\'':
		return c.find("'", singleQuote, j+1, end)
	}
	begin = j
	for j < end && in[j] > ' ' && in[j] != '>' && in[j] != '<' && in[j] != '"' && in[j] != '\'' && in[j] < utf8.RuneSelf {
		j++
	}
	if j == begin {
		return -1
	}
	return j
}

// contentEnd returns where the content of the script or style element whose
// tag is in[i:j] ends, closing tag included; j where it does not end.
func (c *cleaner) contentEnd(i, j, end int) int {
	mark, which := "</script", scriptEnd
	if c.edit.in[i+2]|0x20 == 't' {
		mark, which = "</style", styleEnd
	}
	if c.unclosed[which] {
		return j
	}
	for k := j; ; k++ {
		at := bytes.IndexByte(c.edit.in[k:end], '<')
		if at < 0 {
			c.unclosed[which] = true
			return j
		}
		if k += at; hasFold(c.edit.in[k:end], mark) {
			if at := bytes.IndexByte(c.edit.in[k:min(k+32, end)], '>'); at >= 0 {
				return k + at + 1
			}
		}
	}
}
