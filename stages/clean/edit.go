package clean

import (
	"unicode/utf8"

	"pressrow/stages"
)

// An edit is a text in the making: stretches copied from in, with others
// replaced or dropped, in order. While nothing changes, nothing is copied.
type edit struct {
	in, out []byte
	done    int        // in[:done] is in out, changed or not
	source  stages.Map // leads from out to in
	changed bool
}

// begin starts an edit of in that writes to buffer's memory.
func (e *edit) begin(in, buffer []byte) {
	e.in, e.out, e.done, e.changed = in, buffer[:0], 0, false
	e.source.Reset()
}

// finish copies the rest of in and returns the new text.
func (e *edit) finish() []byte {
	e.flush(len(e.in))
	return e.out
}

// flush copies in up to i.
func (e *edit) flush(i int) {
	if i > e.done {
		e.out = append(e.out, e.in[e.done:i]...)
		e.source.Copy(i-e.done, e.done)
		e.done = i
	}
}

// drop leaves in[i:j] out.
func (e *edit) drop(i, j int) {
	e.flush(i)
	e.done, e.changed = j, true
}

// replace puts s in the place of in[i:j].
func (e *edit) replace(s string, i, j int) {
	e.flush(i)
	e.out = append(e.out, s...)
	e.source.Replace(len(s), i, j)
	e.done, e.changed = j, true
}

// replaceRune puts r in the place of in[i:j].
func (e *edit) replaceRune(r rune, i, j int) {
	e.flush(i)
	n := len(e.out)
	e.out = utf8.AppendRune(e.out, r)
	e.source.Replace(len(e.out)-n, i, j)
	e.done, e.changed = j, true
}

// last returns the byte of the new text that stands before in[i], or 0 at the
// beginning.
func (e *edit) last(i int) byte {
	switch {
	case i > e.done:
		return e.in[i-1]
	case len(e.out) > 0:
		return e.out[len(e.out)-1]
	}
	return 0
}
