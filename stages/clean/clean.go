// Package clean turns the bytes of a file into tidy UTF-8 text, and keeps the
// way back: every byte of the text leads to the bytes it was made from.
//
// It decodes, repairs what is certain, and leaves the rest as it is:
//
//	in   "May 4, 2016Mayor Ada Quill didnâ€™t\u00a0vote &amp; left.  \r\n"
//	out  "May 4, 2016\nMayor Ada Quill didn’t vote & left."
//
// Quotation marks are never changed, and the indentation of lines and the
// blank lines between blocks are kept, because later stages read them.
package clean

import (
	"sync"

	"pressrow/stages"
)

// Text sets d.Text, d.Encoding and d.Source from d.Raw and d.RawMap, and
// counts each repair in d.Flags. The text is valid UTF-8 in NFC; its lines end
// in \n and in no space, and it neither begins with a blank line nor ends in
// one. It is "", which is no error, where Raw holds nothing but space.
//
// The error is an *Error where Raw is not text. Its Offset counts bytes of
// d.Raw.
func Text(d *stages.Document) error {
	c := pool.Get().(*cleaner)
	defer c.release()
	c.flags = &d.Flags
	d.Text, d.Encoding = "", ""
	d.Source.Reset()
	if err := c.decode(d.Raw); err != nil {
		return err
	}
	if err := c.repair(len(d.Raw)); err != nil {
		return err
	}
	d.Text, d.Encoding = string(c.text), c.encoding
	if d.Text == "" {
		d.Flags.Add(stages.FlagEmpty, 1)
		return nil
	}
	d.Source, c.source = c.source, d.Source
	d.Source.Through(&d.RawMap)
	return nil
}

// maxRounds bounds how often a text is gone over. One repair can lay open
// another (&amp;quot;), so we go on until nothing changes; real text needs two
// or three rounds. What is nested deeper stays as it then is.
const maxRounds = 12

var pool = sync.Pool{New: func() any { return new(cleaner) }}

// A cleaner is the memory of Text, kept from document to document.
type cleaner struct {
	text     []byte     // the text as it stands: Raw or buffers[at]
	source   stages.Map // leads from text to Raw
	encoding string
	flags    *stages.Flags

	edit    edit
	buffers [2][]byte
	at      int

	controls     int // control characters taken out of this document
	firstControl int // where in Raw the first of them stands

	marks    int           // combining marks on the letter at hand
	markEnd  int           // where the last of them ends
	beyond   bool          // the text has characters from U+0300 on
	unclosed [numEnds]bool // what tag has looked for in vain

	stretches []stretch // that may be mojibake
	glyphs    []glyph
	c1        bool // the text has characters U+0080 to U+009F

	lines []line // that may be of one paragraph
	width int    // of the hard-wrapped lines found in this document, in characters
}

// release gives c back for the next document.
func (c *cleaner) release() {
	c.text, c.flags, c.edit.in = nil, nil, nil
	pool.Put(c)
}

// repair brings c.text to the form that no step changes any more. Size is
// that of Raw, in bytes.
func (c *cleaner) repair(size int) error {
	c.controls, c.width = 0, 0
	for range maxRounds {
		changed := c.encodings()
		changed = c.apply(c.tidy) || changed
		changed = c.apply(c.compose) || changed
		changed = c.apply(c.unglue) || changed
		changed = c.apply(c.unwrap) || changed
		if c.controls > 32 && c.controls > size/10 {
			return &Error{Binary, "control characters", c.firstControl}
		}
		if !changed {
			break
		}
	}
	return nil
}

// apply runs one step over the text and reports whether it changed anything.
func (c *cleaner) apply(step func()) bool {
	next := 1 - c.at
	c.edit.begin(c.text, c.buffers[next])
	step()
	if !c.edit.changed {
		return false
	}
	c.text = c.edit.finish()
	c.buffers[next], c.at = c.text, next
	if len(c.text) == 0 {
		c.source.Reset()
		return true
	}
	c.edit.source.Through(&c.source)
	c.edit.source, c.source = c.source, c.edit.source
	return true
}
